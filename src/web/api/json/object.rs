//! Objects: each field once, no others, all that the record requires.

use std::{fmt, marker::PhantomData};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    notes::{Notes, Step},
    others::others,
    value::Value,
};
use crate::web::api::schema::{Field, Record};

/// An object with known fields.
pub(in crate::web::api) trait Object<'de>: Default {
    /// Its fields, and what may stand there.
    const RECORD: &'static Record;

    /// Takes the value of the field `RECORD.fields[index]`: exactly one call of a reader of `value`.
    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error>;

    /// Called after the last field, for what the record cannot say.
    fn finish(&mut self, _notes: &mut Notes) {}
}

/// Reads an object as its record says.
pub(super) struct ObjectSeed<'n, T> {
    pub(super) notes: &'n mut Notes,
    pub(super) kind: PhantomData<T>,
}

impl<T: Default> ObjectSeed<'_, T> {
    fn other(self) -> T {
        self.notes.wrong("must be an object");
        T::default()
    }
}

impl<'de, T: Object<'de>> DeserializeSeed<'de> for ObjectSeed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<T, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, T: Object<'de>> Visitor<'de> for ObjectSeed<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    others!(scalars null text list);

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let notes = self.notes;
        let record = T::RECORD;
        let (mut object, mut seen) = (T::default(), 0_u32);
        while let Some(key) = map.next_key_seed(KeySeed(record.fields))? {
            match key {
                Key::Unknown(name) => {
                    map.next_value::<IgnoredAny>()?;
                    notes.unknown(&name, record.fields);
                }
                Key::Known(index, field) if seen & (1 << index) != 0 => {
                    map.next_value::<IgnoredAny>()?;
                    notes.wrong_at(field.name, "is given twice");
                }
                Key::Known(index, field) => {
                    seen |= 1 << index;
                    notes.path.push(Step::Field(field.name));
                    object.take(index, Value { map: &mut map, notes: &mut *notes, shape: &field.shape })?;
                    notes.path.pop();
                }
            }
        }
        for (index, field) in record.fields.iter().enumerate() {
            if field.required && seen & (1 << index) == 0 {
                notes.wrong_at(field.name, "is missing");
            }
        }
        let chosen = seen & ((1 << record.alternatives) - 1);
        if record.alternatives > 0 && chosen.count_ones() != 1 {
            notes.wrong(&exactly_one(record));
        }
        if record.some && seen == 0 {
            notes.wrong(&at_least_one(record));
        }
        object.finish(notes);
        Ok(object)
    }
}

/// What is said when not exactly one of the alternatives was given.
fn exactly_one(record: &Record) -> String {
    let names: Vec<&str> = record.fields.iter().take(record.alternatives).map(|it| it.name).collect();
    match names.split_last() {
        Some((last, first)) if !first.is_empty() => {
            format!("give exactly one of {} and {last}", first.join(", "))
        }
        Some(_) | None => format!("give {}", names.concat()),
    }
}

/// What is said when nothing was given.
fn at_least_one(record: &Record) -> String {
    let names: Vec<&str> = record.fields.iter().map(|it| it.name).collect();
    format!("give {}", names.join(" or "))
}

struct KeySeed(&'static [Field]);

enum Key {
    Known(usize, &'static Field),
    Unknown(String),
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Key, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, text: &str) -> Result<Key, E> {
        let known = self.0.iter().enumerate().find(|(_, it)| it.name == text);
        Ok(known.map_or_else(|| Key::Unknown(text.to_owned()), |(index, field)| Key::Known(index, field)))
    }
}
