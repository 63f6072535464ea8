//! Texts.

use std::{borrow::Cow, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{list::Next, notes::Notes, others::others};

/// What stood where a text may stand.
pub(in crate::web::api) enum Given<'de> {
    /// A text.
    Text(Cow<'de, str>),
    /// Null.
    Null,
    /// Something else, which is noted.
    Other,
}

/// The next text of a list.
pub(in crate::web::api) fn next_text<'de, A: SeqAccess<'de>>(
    list: &mut A,
    notes: &mut Notes,
) -> Result<Next<Cow<'de, str>>, A::Error> {
    Ok(match list.next_element_seed(TextSeed { notes, most: usize::MAX, nullable: false })? {
        Some(Given::Text(text)) => Next::Found(text),
        Some(Given::Null | Given::Other) => Next::Other,
        None => Next::End,
    })
}

/// The next text of a list, which must be one of these words.
pub(in crate::web::api) fn next_word<'de, A: SeqAccess<'de>>(
    list: &mut A,
    notes: &mut Notes,
    words: &'static [&'static str],
) -> Result<Next<&'static str>, A::Error> {
    Ok(match next_text(list, notes)? {
        Next::Found(text) => match words.iter().find(|it| **it == text) {
            Some(word) => Next::Found(*word),
            None => {
                notes.wrong(&format!("must be one of {}", words.join(", ")));
                Next::Other
            }
        },
        Next::Other => Next::Other,
        Next::End => Next::End,
    })
}

/// Reads a text of at most `most` characters, or null where that may stand.
pub(super) struct TextSeed<'n> {
    pub(super) notes: &'n mut Notes,
    pub(super) most: usize,
    pub(super) nullable: bool,
}

impl TextSeed<'_> {
    fn other<'de>(self) -> Given<'de> {
        self.notes.wrong(if self.nullable { "must be a text or null" } else { "must be a text" });
        Given::Other
    }

    fn check(self, text: &str) {
        let Self { notes, most, nullable: _ } = self;
        if text.len() > most && text.chars().count() > most {
            notes.wrong(&format!("must have at most {most} characters"));
        }
    }
}

impl<'de> DeserializeSeed<'de> for TextSeed<'_> {
    type Value = Given<'de>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextSeed<'_> {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    others!(scalars list object);

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(if self.nullable { Given::Null } else { self.other() })
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        self.check(text);
        Ok(Given::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        self.check(text);
        Ok(Given::Text(Cow::Owned(text.to_owned())))
    }
}
