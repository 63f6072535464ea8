//! Texts in a list, and texts under names of the caller's own.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    list::{Element, Next},
    notes::Notes,
    others::others,
    text::{Given, TextSeed, next_text},
    value::Value,
};
use crate::web::api::schema::Shape;

/// A text in a list.
pub(in crate::web::api) struct Text<'a>(pub(in crate::web::api) Cow<'a, str>);

impl<'de> Element<'de> for Text<'de> {
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(next_text(list, notes)?.map(Self))
    }
}

impl<'de, A: MapAccess<'de>> Value<'_, A> {
    /// An object of texts under any names, at most `most` of them; each name once.
    pub(in crate::web::api) fn texts(self, most: usize) -> Result<BTreeMap<String, String>, A::Error> {
        let longest = match self.shape {
            Shape::Each(inner) => inner.most_characters(),
            _ => usize::MAX,
        };
        self.map.next_value_seed(TextsSeed { notes: self.notes, most, longest })
    }
}

struct TextsSeed<'n> {
    notes: &'n mut Notes,
    most: usize,
    longest: usize,
}

impl TextsSeed<'_> {
    fn other(self) -> BTreeMap<String, String> {
        self.notes.wrong("must be an object of texts");
        BTreeMap::new()
    }
}

impl<'de> DeserializeSeed<'de> for TextsSeed<'_> {
    type Value = BTreeMap<String, String>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextsSeed<'_> {
    type Value = BTreeMap<String, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }

    others!(scalars null text list);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Self { notes, most, longest } = self;
        let mut found = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if found.len() >= most {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                notes.wrong(&format!("must have at most {most} entries"));
                break;
            }
            match map.next_value_seed(TextSeed { notes: &mut *notes, most: longest, nullable: false })? {
                Given::Text(text) => {
                    if found.insert(name, text.into_owned()).is_some() {
                        notes.wrong("a name is given twice");
                    }
                }
                Given::Null | Given::Other => {}
            }
        }
        Ok(found)
    }
}
