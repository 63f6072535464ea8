//! What a form asks for besides the address: a text, a choice, or a band of years; never a full date of birth.

mod read;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use unicode_normalization::UnicodeNormalization;

use super::{
    chars::is_hidden,
    setup::Localized,
    text::{Line, Slug},
};

pub(in crate::domain) use read::{by_language, texts, write_texts};
pub use read::{read_list, write_list};

/// The most fields of one form: whoever asks for more gets fewer answers.
pub const FIELDS_MAX: usize = 20;

/// Names a field may not have: the form itself posts under them.
pub const RESERVED: [&str; 16] = [
    "email", "p", "locale", "token", "v", "shown", "page", "ref", "next", "pow", "do", "embed", "age",
    "guardian", "code", "opened",
];

/// The `autocomplete` words a text may have (HTML, autofill). Those of birthdays, passwords and cards are left out.
pub const AUTOCOMPLETE: [&str; 19] = [
    "additional-name",
    "address-level1",
    "address-level2",
    "address-line1",
    "address-line2",
    "country",
    "country-name",
    "family-name",
    "given-name",
    "honorific-prefix",
    "language",
    "name",
    "nickname",
    "organization",
    "organization-title",
    "postal-code",
    "street-address",
    "tel",
    "url",
];

/// Something a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name it posts under.
    pub slug: Slug,
    /// What may be entered.
    pub kind: FieldKind,
    /// What it is called.
    pub label: Localized<Line>,
    /// Why it is asked.
    pub reason: Localized<Line>,
    /// Whether it must be filled in.
    pub required: bool,
}

/// What may be entered in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text {
        /// Its longest, in characters.
        most: u16,
        /// What browsers may fill in.
        autocomplete: Option<&'static str>,
    },
    /// One of several.
    Choice(Vec<Choice>),
    /// One of several spans of years.
    DateBand(Vec<Band>),
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is posted and kept.
    pub slug: Slug,
    /// What is shown.
    pub label: Localized<Line>,
}

/// A span of years, open at one end perhaps; two years at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The first year; `None`: all before, too.
    pub from: Option<u16>,
    /// The last year; `None`: all after, too.
    pub to: Option<u16>,
}

impl fmt::Display for Band {
    /// What is posted and kept: `1990-1999`, `-1989` or `2000-`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = |year: Option<u16>| year.map(|it| it.to_string()).unwrap_or_default();
        write!(f, "{}-{}", year(self.from), year(self.to))
    }
}

/// Why what was entered is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// Nothing was entered, and something must be.
    Missing,
    /// More than so many characters.
    TooLong(u16),
    /// A character that cannot be seen, or several lines.
    Unreadable,
    /// Nothing that the form offers.
    NotOffered,
}

/// What was entered, by the names of the fields.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answers(pub BTreeMap<String, String>);

impl fmt::Debug for Answers {
    /// Never the values: they are a person's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answers({})", self.0.keys().cloned().collect::<Vec<_>>().join(" "))
    }
}

impl FieldKind {
    /// The word in files and in the API.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Choice(_) => "choice",
            Self::DateBand(_) => "date-band",
        }
    }
}

impl Field {
    /// What is kept of what was typed; nothing for an empty field that may be empty.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn check(&self, typed: &str) -> Result<Option<String>, AnswerError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return if self.required { Err(AnswerError::Missing) } else { Ok(None) };
        }
        match &self.kind {
            FieldKind::Text { most, autocomplete: _ } => one_line(typed, *most).map(Some),
            FieldKind::Choice(choices) => {
                let known = choices.iter().find(|it| it.slug.as_str() == typed);
                known.map(|it| Some(it.slug.as_str().to_owned())).ok_or(AnswerError::NotOffered)
            }
            FieldKind::DateBand(bands) => {
                let known = bands.iter().map(ToString::to_string).find(|it| it == typed);
                known.map(Some).ok_or(AnswerError::NotOffered)
            }
        }
    }
}

fn one_line(typed: &str, most: u16) -> Result<String, AnswerError> {
    let longest = usize::from(most);
    // Counted before it is composed: what is far too long is not worked on.
    if typed.chars().take(longest * 4 + 1).count() > longest * 4 {
        return Err(AnswerError::TooLong(most));
    }
    if typed.chars().any(is_hidden) {
        return Err(AnswerError::Unreadable);
    }
    let text: String = typed.nfc().collect();
    if text.chars().count() > longest { Err(AnswerError::TooLong(most)) } else { Ok(text) }
}
