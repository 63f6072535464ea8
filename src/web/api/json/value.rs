//! The value of a field, read as what the record says it is.

use std::{borrow::Cow, marker::PhantomData};

use serde::de::MapAccess;

use super::{
    list::{Element, ListSeed},
    notes::Notes,
    text::{Given, TextSeed},
};
use crate::{domain::Timestamp, web::api::schema::Shape};

/// The value of a field, not yet read.
pub(in crate::web::api) struct Value<'a, A> {
    pub(super) map: &'a mut A,
    pub(super) notes: &'a mut Notes,
    pub(super) shape: &'static Shape,
}

impl<'de, A: MapAccess<'de>> Value<'_, A> {
    /// A text as long as the record allows; `None` when it is none, which is noted.
    pub(in crate::web::api) fn text(self) -> Result<Option<Cow<'de, str>>, A::Error> {
        Ok(match self.nullable(false)? {
            Given::Text(text) => Some(text),
            Given::Null | Given::Other => None,
        })
    }

    /// One of the words the record allows; `None` when it is none of them, which is noted.
    pub(in crate::web::api) fn word(self) -> Result<Option<Cow<'de, str>>, A::Error> {
        let Self { map, notes, shape } = self;
        let text = Value { map, notes: &mut *notes, shape }.text()?;
        let Shape::Word(words) = shape else { return Ok(text) };
        let known = text.as_ref().is_none_or(|it| words.contains(&it.as_ref()));
        if !known {
            notes.wrong(&format!("must be one of {}", words.join(", ")));
        }
        Ok(text.filter(|_| known))
    }

    /// A text as long as the record allows, or null.
    pub(in crate::web::api) fn text_or_null(self) -> Result<Given<'de>, A::Error> {
        self.nullable(true)
    }

    fn nullable(self, nullable: bool) -> Result<Given<'de>, A::Error> {
        let most = self.shape.most_characters();
        self.map.next_value_seed(TextSeed { notes: self.notes, most, nullable })
    }

    /// True or false; `None` when it is neither, which is noted.
    pub(in crate::web::api) fn flag(self) -> Result<Option<bool>, A::Error> {
        let Self { map, notes, shape: _ } = self;
        let found = map.next_value::<serde_json::Value>()?.as_bool();
        if found.is_none() {
            notes.wrong("must be true or false");
        }
        Ok(found)
    }

    /// A whole number as the record allows; `None` when it is none, which is noted.
    pub(in crate::web::api) fn number(self) -> Result<Option<i64>, A::Error> {
        let Self { map, notes, shape } = self;
        let range = match shape {
            Shape::Number(least, most) => *least..=*most,
            _ => i64::MIN..=i64::MAX,
        };
        let found = whole(&map.next_value()?).filter(|it| range.contains(it));
        if found.is_none() {
            notes.wrong(&format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        Ok(found)
    }

    /// An instant as RFC 3339 writes it; `None` when it is none, which is noted.
    pub(in crate::web::api) fn instant(self) -> Result<Option<Timestamp>, A::Error> {
        let Self { map, notes, shape } = self;
        let text = Value { map, notes: &mut *notes, shape }.text()?;
        // Nothing of ours is older than the count of milliseconds.
        let at = text.as_deref().and_then(Timestamp::parse).filter(|it| it.millis() >= 0);
        if text.is_some() && at.is_none() {
            notes.wrong("must be an instant like 2026-11-21T09:14:32.000Z, of 1970 or later");
        }
        Ok(at)
    }

    /// A list as long as the record allows; what is beyond is counted, not kept.
    pub(in crate::web::api) fn list<T: Element<'de>>(self) -> Result<Vec<T>, A::Error> {
        let length = match self.shape {
            Shape::List(_, least, most) => *least..=*most,
            _ => 0..=usize::MAX,
        };
        self.map.next_value_seed(ListSeed { notes: self.notes, length, kind: PhantomData })
    }
}

/// A whole number, however it is written: to JSON Schema `24.0` is an integer, too. Beyond 2^53 a fraction may be lost.
fn whole(value: &serde_json::Value) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if let Some(number) = value.as_i64() {
        return Some(number);
    }
    let number = value.as_f64().filter(|it| it.abs() <= EXACT && it.fract() == 0.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and within 2^53")]
    Some(number as i64)
}
