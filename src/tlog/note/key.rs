//! Keys of notes: who may sign, under which name, in which way.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature as Ed25519Signature, Signer as _, VerifyingKey};

use super::super::hash::sha256_of;
use super::super::strict;

/// How a key signs: the signature type byte of C2SP signed-note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// Ed25519 over the text.
    Ed25519 = 0x01,
    /// Ed25519 over a time and the text: C2SP tlog-cosignature, `cosignature/v1`.
    Cosignature = 0x04,
}

impl KeyKind {
    const fn byte(self) -> u8 {
        self as u8
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0x01 => Some(Self::Ed25519),
            0x04 => Some(Self::Cosignature),
            _ => None,
        }
    }
}

/// Why a key is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form `name+id+base64`, each in its only spelling.
    #[error("a key is written name+id+base64")]
    Form,
    /// The name is empty or has spaces, control characters or a plus sign.
    #[error("the name of the key is empty or has a space, a control character or a plus sign")]
    Name,
    /// Neither Ed25519 nor `cosignature/v1`.
    #[error("the key is of a kind that is not known here")]
    Kind,
    /// Not a point a signature could be checked with.
    #[error("the key is not an Ed25519 public key")]
    PublicKey,
    /// The id is not that of the name and the key.
    #[error("the id does not belong to this name and key")]
    Id,
}

/// A public key under a name. Written `name+<id in hex>+base64(kind ‖ key)`, a *vkey*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    kind: KeyKind,
    key: VerifyingKey,
}

impl VerifierKey {
    /// A key of 32 bytes under a name.
    ///
    /// # Errors
    ///
    /// A name that is none, or bytes that are no key.
    pub fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        // A key of small order would make one signature fit any text.
        let key = VerifyingKey::from_bytes(public).or(Err(KeyError::PublicKey))?;
        if key.is_weak() {
            return Err(KeyError::PublicKey);
        }
        Ok(Self::of(name, kind, key))
    }

    fn of(name: &str, kind: KeyKind, key: VerifyingKey) -> Self {
        Self { name: name.to_owned(), id: key_id(name, kind, key.as_bytes()), kind, key }
    }

    /// The name it signs under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of `SHA-256(name ‖ 0x0A ‖ kind ‖ key)`.
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    /// How it signs.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The 32 bytes of the key.
    pub fn public(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// This key as if it had another id: what a collision would look like.
    #[cfg(test)]
    pub(super) fn with_id(mut self, id: [u8; 4]) -> Self {
        self.id = id;
        self
    }

    /// Whether the signature is this key's over these bytes, by the strict rules of RFC 8032.
    pub(in crate::tlog) fn is_signed(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &Ed25519Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.public());
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id), STANDARD.encode(bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Form)?;
        check_name(name)?;
        let key = strict::base64(key).ok_or(KeyError::Form)?;
        let (kind, public) = key.split_first().ok_or(KeyError::Form)?;
        let kind = KeyKind::from_byte(*kind).ok_or(KeyError::Kind)?;
        let public = <[u8; 32]>::try_from(public).or(Err(KeyError::PublicKey))?;
        let key = Self::new(name, kind, &public)?;
        if hex::encode(key.id) == id { Ok(key) } else { Err(KeyError::Id) }
    }
}

/// A secret key under a name. It signs in both ways. `Debug` never shows it.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key of this seed (the secret key of RFC 8032) under a name.
    ///
    /// # Errors
    ///
    /// A name no key can have.
    pub fn new(name: &str, seed: [u8; 32]) -> Result<Self, KeyError> {
        check_name(name)?;
        Ok(Self { name: name.to_owned(), key: ed25519_dalek::SigningKey::from_bytes(&seed) })
    }

    /// The name it signs under.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public key its signatures are checked with.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey::of(&self.name, KeyKind::Ed25519, self.key.verifying_key())
    }

    /// The public key its cosignatures are checked with.
    pub fn cosigner_verifier(&self) -> VerifierKey {
        VerifierKey::of(&self.name, KeyKind::Cosignature, self.key.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, …)", self.name)
    }
}

/// Whether a key can have this name.
pub(super) fn check_name(name: &str) -> Result<(), KeyError> {
    let wrong = |it: char| it.is_whitespace() || it.is_control() || it == '+';
    if name.is_empty() || name.contains(wrong) { Err(KeyError::Name) } else { Ok(()) }
}

fn key_id(name: &str, kind: KeyKind, public: &[u8; 32]) -> [u8; 4] {
    let hash = sha256_of(&[name.as_bytes(), &[b'\n', kind.byte()], public]);
    let [first, second, third, fourth, ..] = *hash.bytes();
    [first, second, third, fourth]
}
