//! One signature line: `— <name> base64(id ‖ signature)`.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::strict;
use super::NoteFault;
use super::key::{KeyKind, SigningKey, VerifierKey, check_name};

/// A signature as it stands in a note; it may be of a kind that is not known here.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    /// The name of the key.
    pub name: String,
    /// The id of the key.
    pub id: [u8; 4],
    /// The signature itself, without the id.
    pub blob: Vec<u8>,
}

/// A line that is not a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a signature line")]
pub struct NotASignature;

/// The Ed25519 signature of a text, which ends with a line feed.
pub fn sign(text: &str, key: &SigningKey) -> Signature {
    let verifier = key.verifier();
    let blob = key.sign(text.as_bytes()).to_vec();
    Signature { name: verifier.name().to_owned(), id: verifier.id(), blob }
}

/// The `cosignature/v1` of a checkpoint's text, made at this second since 1970 (below 2^63, as the
/// specification says; later ones are written as that).
pub fn cosign(text: &str, key: &SigningKey, unix_seconds: u64) -> Signature {
    let (verifier, at) = (key.cosigner_verifier(), unix_seconds.min(i64::MAX.cast_unsigned()));
    let mut blob = at.to_be_bytes().to_vec();
    blob.extend_from_slice(&key.sign(cosigned(text, at).as_bytes()));
    Signature { name: verifier.name().to_owned(), id: verifier.id(), blob }
}

/// What a cosignature covers.
fn cosigned(text: &str, at: u64) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

impl Signature {
    /// The time it tells, where the kind of key has one; a fault when it is not this key's over this text.
    pub(super) fn verify(&self, text: &str, key: &VerifierKey) -> Result<Option<u64>, NoteFault> {
        let (time, message, signature) = match key.kind() {
            KeyKind::Ed25519 => (None, text.to_owned(), self.blob.as_slice()),
            KeyKind::Cosignature => {
                let (time, signature) = self.blob.split_first_chunk().ok_or(NoteFault::WrongSignature)?;
                let at = u64::from_be_bytes(*time);
                (Some(at), cosigned(text, at), signature)
            }
        };
        let signature = signature.try_into().or(Err(NoteFault::WrongSignature))?;
        let in_range = time.is_none_or(|at| i64::try_from(at).is_ok());
        let holds = in_range && key.is_signed(message.as_bytes(), signature);
        if holds { Ok(time) } else { Err(NoteFault::WrongSignature) }
    }

    /// The bytes of its line, line feed included.
    pub(super) fn line_length(&self) -> usize {
        let base64 = (self.id.len() + self.blob.len()).div_ceil(3) * 4;
        "— ".len() + self.name.len() + " \n".len() + base64
    }
}

/// The line, without its line feed.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.as_slice(), self.blob.as_slice()].concat();
        write!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

/// Reads the line, without its line feed.
impl FromStr for Signature {
    type Err = NotASignature;

    fn from_str(line: &str) -> Result<Self, NotASignature> {
        read(line).ok_or(NotASignature)
    }
}

fn read(line: &str) -> Option<Signature> {
    let (name, bytes) = line.strip_prefix("— ")?.split_once(' ')?;
    check_name(name).ok()?;
    let bytes = strict::base64(bytes)?;
    let (id, blob) = bytes.split_first_chunk()?;
    let signature = Signature { name: name.to_owned(), id: *id, blob: blob.to_vec() };
    (!blob.is_empty()).then_some(signature)
}
