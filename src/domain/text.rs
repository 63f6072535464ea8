//! Texts of a known shape: a name in an address, one line, a paragraph, an origin, an endpoint's address.

mod web;

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use super::chars::is_hidden;

pub use web::{EndpointUrl, LandingUrl, Origin, WebError};

/// Declares a type that holds a checked text and nothing else.
macro_rules! checked_text {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}
pub(in crate::domain) use checked_text;

checked_text! {
    /// A name in an address: `a` to `z`, `0` to `9` and `-` between them, 1 to 40 characters.
    Slug
}

checked_text! {
    /// One line: 1 to 200 characters, trimmed, in NFC, with nothing invisible in it.
    Line
}

checked_text! {
    /// A few lines: 1 to 4,000 characters, trimmed, in NFC, with nothing invisible in it but line ends (`\n`).
    Paragraph
}

/// Why a text has not the shape asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("it is empty; write a text")]
    Empty,
    /// More characters than allowed.
    #[error("it has {length} characters; write at most {most}")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        most: usize,
    },
    /// A line end in one line.
    #[error("it has several lines; write it in one")]
    SeveralLines,
    /// A control, format, direction or private character.
    #[error("it has the invisible character U+{code:04X}; take it out")]
    Hidden {
        /// Its code point.
        code: u32,
    },
    /// A character that has no place in a slug.
    #[error("`{found}` has no place in it; use a to z, 0 to 9, and - between them")]
    NotSlug {
        /// The first such character.
        found: char,
    },
}

impl Slug {
    /// The longest, in characters.
    pub const MAX: usize = 40;

    /// Takes `text` as it is, or not at all: two spellings of one address help nobody.
    ///
    /// # Errors
    /// When it is empty, too long, or has a character out of place.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        if text.is_empty() {
            return Err(TextError::Empty);
        }
        if let Some(found) = text.chars().find(|it| !matches!(it, 'a'..='z' | '0'..='9' | '-')) {
            return Err(if is_hidden(found) { hidden(found) } else { TextError::NotSlug { found } });
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err(TextError::NotSlug { found: '-' });
        }
        within(text, Self::MAX)?;
        Ok(Self(text.to_owned()))
    }
}

impl Line {
    /// The longest, in characters.
    pub const MAX: usize = 200;

    /// Trims `text`, composes it (NFC) and checks it.
    ///
    /// # Errors
    /// When it is empty, too long, has several lines, or an invisible character.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        let text = text.trim();
        if text.contains(['\n', '\r']) {
            return Err(TextError::SeveralLines);
        }
        composed(text, Self::MAX, |_| false).map(Self)
    }
}

impl Paragraph {
    /// The longest, in characters.
    pub const MAX: usize = 4_000;

    /// Trims `text`, turns its line ends into `\n`, composes it (NFC) and checks it.
    ///
    /// # Errors
    /// When it is empty, too long, or has an invisible character.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        composed(&text.trim().replace("\r\n", "\n"), Self::MAX, |it| it == '\n').map(Self)
    }
}

fn composed(text: &str, most: usize, is_allowed: fn(char) -> bool) -> Result<String, TextError> {
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    if let Some(found) = text.chars().find(|it| is_hidden(*it) && !is_allowed(*it)) {
        return Err(hidden(found));
    }
    within(text, most)?;
    let text: String = text.nfc().collect();
    within(&text, most)?;
    Ok(text)
}

fn within(text: &str, most: usize) -> Result<(), TextError> {
    let length = text.chars().count();
    if length > most { Err(TextError::TooLong { length, most }) } else { Ok(()) }
}

fn hidden(found: char) -> TextError {
    TextError::Hidden { code: u32::from(found) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slugs_are_taken_as_they_are_or_not_at_all() {
        for good in ["a", "newsletter", "letter-2026", "0", &"x".repeat(40)] {
            assert_eq!(Slug::parse(good).unwrap().as_str(), good);
        }
        for (bad, reason) in [
            ("", TextError::Empty),
            ("Newsletter", TextError::NotSlug { found: 'N' }),
            (" a", TextError::NotSlug { found: ' ' }),
            ("a_b", TextError::NotSlug { found: '_' }),
            ("é", TextError::NotSlug { found: 'é' }),
            ("a/../b", TextError::NotSlug { found: '/' }),
            ("-a", TextError::NotSlug { found: '-' }),
            ("a-", TextError::NotSlug { found: '-' }),
            ("a\n", TextError::Hidden { code: 10 }),
            ("a\0", TextError::Hidden { code: 0 }),
            (&"x".repeat(41), TextError::TooLong { length: 41, most: 40 }),
        ] {
            assert_eq!(Slug::parse(bad), Err(reason), "{bad:?}");
        }
    }

    #[test]
    fn a_line_is_trimmed_composed_and_free_of_tricks() {
        assert_eq!(Line::parse("  Acme\u{a0}& Fils \n").unwrap().as_str(), "Acme\u{a0}& Fils");
        assert_eq!(Line::parse("cafe\u{301} ❤\u{fe0f} 🎉").unwrap().as_str(), "café ❤\u{fe0f} 🎉");
        assert_eq!(Line::parse(&"é".repeat(200)).unwrap().as_str().chars().count(), 200);
        for (bad, reason) in [
            ("", TextError::Empty),
            ("\u{3000}\t ", TextError::Empty),
            ("Acme\r\nBcc: x", TextError::SeveralLines),
            ("a\tb", TextError::Hidden { code: 9 }),
            ("a\0b", TextError::Hidden { code: 0 }),
            ("a\u{202e}b", TextError::Hidden { code: 0x202E }),
            ("a\u{200b}b", TextError::Hidden { code: 0x200B }),
            ("a\u{85}b", TextError::Hidden { code: 0x85 }),
            (&"x".repeat(201), TextError::TooLong { length: 201, most: 200 }),
        ] {
            assert_eq!(Line::parse(bad), Err(reason), "{bad:?}");
        }
        // Composing can lengthen: U+0958 is two characters in NFC.
        assert!(matches!(Line::parse(&"\u{958}".repeat(150)), Err(TextError::TooLong { length: 300, .. })));
    }

    #[test]
    fn a_paragraph_keeps_its_lines() {
        assert_eq!(Paragraph::parse("one\r\ntwo\n\nthree\n").unwrap().as_str(), "one\ntwo\n\nthree");
        assert_eq!(Paragraph::parse("one\rtwo"), Err(TextError::Hidden { code: 13 }));
        assert_eq!(Paragraph::parse(" \n "), Err(TextError::Empty));
        assert!(matches!(Paragraph::parse(&"x".repeat(4_001)), Err(TextError::TooLong { most: 4_000, .. })));
    }

    #[test]
    fn every_reason_says_what_to_do() {
        assert_eq!(
            Slug::parse("a b").unwrap_err().to_string(),
            "` ` has no place in it; use a to z, 0 to 9, and - between them"
        );
        assert_eq!(
            Line::parse("a\u{202e}").unwrap_err().to_string(),
            "it has the invisible character U+202E; take it out"
        );
    }

    proptest! {
        #[test]
        fn parsing_what_was_parsed_changes_nothing(text in "[\\PC\u{200b}\u{301}\n\r\t]{0,80}") {
            if let Ok(line) = Line::parse(&text) {
                prop_assert_eq!(Line::parse(line.as_str()), Ok(line));
            }
            if let Ok(paragraph) = Paragraph::parse(&text) {
                prop_assert_eq!(Paragraph::parse(paragraph.as_str()), Ok(paragraph));
            }
        }
    }
}
