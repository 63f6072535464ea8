//! Evidence on paper and in files: what a person or an authority is handed.
//!
//! Facts come in as values (proof objects and what a tenant has set up), bytes go out: no I/O, no clock, no
//! database, so the same facts give the same bytes. [`receipt`] is for the person, one change each;
//! [`dossier`] is for an authority. What a person typed never makes a document fail: a character without a
//! glyph is written as its number.

pub mod dossier;
pub mod receipt;

mod archive;
mod fact;
mod font;
mod json_ld;
mod layout;
mod party;
mod pdf;
mod words;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use party::{Controller, Recipient};

/// Why a document could not be made. Never because of what the facts say.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The typesetter refused.
    #[error("the PDF could not be made: {0}")]
    Pdf(String),
    /// The archive could not be written.
    #[error("the ZIP could not be made")]
    Zip(#[from] zip::result::ZipError),
    /// A file of the archive could not be written.
    #[error("a file of the ZIP could not be written")]
    File(#[from] std::io::Error),
    /// There is nothing to make a document of.
    #[error("there is no fact to show")]
    NoFact,
}
