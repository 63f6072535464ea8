//! Signed notes after C2SP signed-note: a text, a blank line, and a line for each signature.
//!
//! Two kinds of signature are read: Ed25519 over the text (type 0x01), and the timestamped cosignature of
//! C2SP tlog-cosignature (type 0x04). Signatures of other kinds and of unknown keys are carried along and
//! ignored. There is no way to a text whose signatures were not looked at except the field itself.

mod key;
mod signature;

use std::fmt;

use super::strict;

pub use key::{KeyError, KeyKind, SigningKey, VerifierKey};
pub use signature::{Signature, cosign, sign};

/// The longest note that is read, in bytes.
pub const LONGEST_NOTE: usize = 1 << 20;
/// The most signatures that are read; the specification asks for 16 at least.
pub const MOST_SIGNATURES: usize = 64;

/// A text and the signatures that came with it; whether they hold is for [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What is signed, with its final line feed.
    pub text: String,
    /// In the order of their lines.
    pub signatures: Vec<Signature>,
}

/// A signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whose.
    pub key: VerifierKey,
    /// For a cosignature, when it says it was made, in seconds since 1970.
    pub at: Option<u64>,
}

/// Why a note is refused, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (byte {offset})")]
pub struct NoteError {
    /// The byte of the note where the fault lies, or the line with it begins.
    pub offset: usize,
    /// What is wrong.
    pub fault: NoteFault,
}

/// What is wrong with a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// Longer than [`LONGEST_NOTE`].
    #[error("the note is too long")]
    TooLong,
    /// A control character other than a line feed.
    #[error("the note holds a control character")]
    ControlCharacter,
    /// The text is empty, or does not end with a line feed.
    #[error("the text does not end with a line feed")]
    TextNotEnded,
    /// No blank line, so no signatures.
    #[error("no blank line separates text and signatures")]
    NoBlankLine,
    /// Nothing after the blank line.
    #[error("the note has no signatures")]
    NoSignatures,
    /// The last line has no line feed.
    #[error("the last line does not end with a line feed")]
    LineNotEnded,
    /// A line after the blank line that is no signature.
    #[error("the line is not a signature")]
    NotASignature,
    /// More than [`MOST_SIGNATURES`].
    #[error("the note has too many signatures")]
    TooManySignatures,
    /// Two of the keys given have the name and the id of this signature.
    #[error("two known keys have the same name and id")]
    AmbiguousKey,
    /// The signature of a known key does not fit the text.
    #[error("the signature of a known key is wrong")]
    WrongSignature,
    /// No signature is by a known key.
    #[error("no known key signed the note")]
    NoKnownKey,
}

impl NoteFault {
    const fn at(self, offset: usize) -> NoteError {
        NoteError { offset, fault: self }
    }
}

impl Note {
    /// A note without signatures yet.
    ///
    /// # Errors
    ///
    /// A text no note can have: empty, without final line feed, too long, or with control characters.
    pub fn new(text: impl Into<String>) -> Result<Self, NoteError> {
        let text = text.into();
        check_characters(&text)?;
        if !text.ends_with('\n') {
            return Err(NoteFault::TextNotEnded.at(text.len()));
        }
        Ok(Self { text, signatures: Vec::new() })
    }

    /// Reads a note with one signature or more. The last blank line ends the text.
    ///
    /// # Errors
    ///
    /// Where it is not a note; see [`NoteFault`].
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        check_characters(note)?;
        let blank = note.rfind("\n\n").ok_or(NoteFault::NoBlankLine.at(note.len()))?;
        let (Some(text), Some(lines)) = (note.get(..=blank), note.get(blank + 2..)) else {
            return Err(NoteFault::NoBlankLine.at(blank));
        };
        Ok(Self { text: text.to_owned(), signatures: read_signatures(lines, blank + 2)? })
    }

    /// Adds the Ed25519 signature of this key.
    pub fn sign(&mut self, key: &SigningKey) {
        self.signatures.push(sign(&self.text, key));
    }

    /// Adds the cosignature of this key, made at this second since 1970.
    pub fn cosign(&mut self, key: &SigningKey, unix_seconds: u64) {
        self.signatures.push(cosign(&self.text, key, unix_seconds));
    }

    /// The signatures of known keys, in the order of the note; a key that signed twice counts once, by its
    /// first signature. Unknown keys are ignored.
    ///
    /// # Errors
    ///
    /// No known key signed, or a signature of one does not hold: then the whole note is refused.
    pub fn verify(&self, known: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let (mut verified, mut offset) = (Vec::<Verified>::new(), self.text.len() + 1);
        for signature in &self.signatures {
            let Some(key) = whose(signature, known).map_err(|fault| fault.at(offset))? else {
                offset += signature.line_length();
                continue;
            };
            let at = signature.verify(&self.text, key).map_err(|fault| fault.at(offset))?;
            if !verified.iter().any(|it| it.key == *key) {
                verified.push(Verified { key: key.clone(), at });
            }
            offset += signature.line_length();
        }
        if verified.is_empty() { Err(NoteFault::NoKnownKey.at(self.text.len() + 1)) } else { Ok(verified) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|it| writeln!(f, "{it}"))
    }
}

fn check_characters(text: &str) -> Result<(), NoteError> {
    if text.len() > LONGEST_NOTE {
        return Err(NoteFault::TooLong.at(LONGEST_NOTE));
    }
    match strict::control_character(text) {
        Some(offset) => Err(NoteFault::ControlCharacter.at(offset)),
        None => Ok(()),
    }
}

fn read_signatures(lines: &str, offset: usize) -> Result<Vec<Signature>, NoteError> {
    if lines.is_empty() {
        return Err(NoteFault::NoSignatures.at(offset));
    }
    let Some(lines) = lines.strip_suffix('\n') else {
        return Err(NoteFault::LineNotEnded.at(offset + lines.len()));
    };
    let (mut signatures, mut offset) = (Vec::new(), offset);
    for line in lines.split('\n') {
        if signatures.len() == MOST_SIGNATURES {
            return Err(NoteFault::TooManySignatures.at(offset));
        }
        signatures.push(line.parse().or(Err(NoteFault::NotASignature.at(offset)))?);
        offset += line.len() + 1;
    }
    Ok(signatures)
}

/// The known key with the name and the id of the signature.
fn whose<'a>(signature: &Signature, known: &'a [VerifierKey]) -> Result<Option<&'a VerifierKey>, NoteFault> {
    let mut fitting = known.iter().filter(|it| it.name() == signature.name && it.id() == signature.id);
    let Some(first) = fitting.next() else {
        return Ok(None);
    };
    if fitting.all(|it| it == first) { Ok(Some(first)) } else { Err(NoteFault::AmbiguousKey) }
}

#[cfg(test)]
mod tests;
