//! Checkpoints after C2SP tlog-checkpoint: what a log says of itself, as the text of a signed note.

use std::fmt;

use super::hash::Hash;
use super::strict;

/// A log at one size. Nothing here tells who said so: the signatures are in the [`Note`](super::note::Note).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: one line, not empty.
    pub origin: String,
    /// How many leaves its tree has.
    pub size: u64,
    /// The root of that tree.
    pub root: Hash,
    /// Further lines, none of them empty. Logs are advised against them.
    pub extensions: Vec<String>,
}

/// Why a text is not a checkpoint, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (byte {offset})")]
pub struct CheckpointError {
    /// The byte of the text where the faulty line begins, or the forbidden character stands.
    pub offset: usize,
    /// What is wrong.
    pub fault: CheckpointFault,
}

/// What is wrong with a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    /// A control character other than a line feed.
    #[error("the checkpoint holds a control character")]
    ControlCharacter,
    /// The last line has no line feed.
    #[error("the last line does not end with a line feed")]
    LineNotEnded,
    /// The first line is empty.
    #[error("the origin is empty")]
    Origin,
    /// The second line is no decimal number in its only spelling, or there is none.
    #[error("the second line is not a tree size")]
    Size,
    /// The third line is not the base64 of 32 bytes, or there is none.
    #[error("the third line is not a root hash")]
    Root,
    /// An empty line among the extensions.
    #[error("a line is empty")]
    EmptyLine,
}

impl Checkpoint {
    /// Reads the text of a note.
    ///
    /// # Errors
    ///
    /// Where it is not a checkpoint; see [`CheckpointFault`].
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let wrong = |fault, offset| CheckpointError { offset, fault };
        if let Some(offset) = strict::control_character(text) {
            return Err(wrong(CheckpointFault::ControlCharacter, offset));
        }
        let body = text.strip_suffix('\n').ok_or(wrong(CheckpointFault::LineNotEnded, text.len()))?;
        let mut at = 0;
        let mut lines = body.split('\n').map(|line| {
            let offset = at;
            at += line.len() + 1;
            (offset, line)
        });
        let end = text.len();
        let (offset, origin) = lines.next().unwrap_or((end, ""));
        if origin.is_empty() {
            return Err(wrong(CheckpointFault::Origin, offset));
        }
        let (offset, size) = lines.next().unwrap_or((end, ""));
        let size = strict::decimal(size).ok_or(wrong(CheckpointFault::Size, offset))?;
        let (offset, root) = lines.next().unwrap_or((end, ""));
        let root = Hash::from_base64(root).ok_or(wrong(CheckpointFault::Root, offset))?;
        let extension = |(offset, line): (usize, &str)| match line {
            "" => Err(wrong(CheckpointFault::EmptyLine, offset)),
            line => Ok(line.to_owned()),
        };
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions: lines.map(extension).collect::<Result<_, _>>()?,
        })
    }
}

/// The text of the note, with its final line feed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, self.root.to_base64())?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests;
