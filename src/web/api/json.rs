//! Strict JSON: unknown and repeated fields and wrong types are refused, each with its place.
//!
//! One pass over the bytes, into the value itself: texts without escapes are borrowed, and a mistake is noted
//! rather than raised, so that all are told at once. A body that is no JSON at all is another problem (400).

use std::{borrow::Cow, fmt, fmt::Write as _, marker::PhantomData};

use actix_web::{
    Error, HttpRequest,
    dev::Payload,
    http::{
        StatusCode,
        header::{CONTENT_ENCODING, CONTENT_TYPE},
    },
    web::Bytes,
};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    plain_name,
    problem::{Problem, Wrong},
    schema::{Field, Record, Shape},
};
use crate::{domain::Timestamp, web::extract};

/// The most mistakes told at once.
const MOST_TOLD: usize = 20;

/// A body said to be JSON, of at most `limit` bytes.
///
/// # Errors
/// 415 when it is said to be something else, 413, 408, or 400 when it broke off.
pub(super) async fn body(request: &HttpRequest, payload: &mut Payload, limit: usize) -> Result<Bytes, Error> {
    let media_type = extract::header(request, &CONTENT_TYPE).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).into());
    }
    is_plain(request)?;
    Ok(extract::body(request, payload, limit).await?)
}

/// Holds the caller to send the body as it is: what is small on the way may be endless once unpacked.
///
/// # Errors
/// 415 when it is compressed.
pub(super) fn is_plain(request: &HttpRequest) -> Result<(), Problem> {
    let codings = extract::header(request, &CONTENT_ENCODING).unwrap_or_default();
    if codings.is_empty() || codings.eq_ignore_ascii_case("identity") {
        return Ok(());
    }
    let detail = "The body is compressed. Send it as it is, without Content-Encoding.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}

/// An object with known fields.
pub(super) trait Object<'de>: Default {
    /// Its fields, and what may stand there.
    const RECORD: &'static Record;

    /// Takes the value of the field `RECORD.fields[index]`: exactly one call of a reader of `value`.
    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error>;

    /// Called after the last field, for what the record cannot say.
    fn finish(&mut self, _notes: &mut Notes) {}
}

/// Reads a whole body.
///
/// # Errors
/// 400 when it is no JSON, 422 with all that is wrong in it.
pub(super) fn read<'de, T: Object<'de>>(body: &'de [u8]) -> Result<T, Problem> {
    let text = std::str::from_utf8(body).map_err(|_invalid| not_json("it is not UTF-8"))?;
    let mut notes = Notes::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let object = ObjectSeed::<T> { notes: &mut notes, kind: PhantomData }.deserialize(&mut json);
    let object = object.and_then(|object| json.end().map(|()| object));
    // The parser's own words are left out: they may quote the body.
    let object = object.map_err(|error| {
        let start = if text.starts_with('\u{feff}') { ", which begins with a byte order mark" } else { "" };
        not_json(&format!("the mistake is in line {}, column {}{start}", error.line(), error.column()))
    })?;
    if notes.found.is_empty() { Ok(object) } else { Err(Problem::wrong(notes.found)) }
}

fn not_json(why: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, &format!("The body is not JSON as in RFC 8259: {why}."))
}

/// What was found wrong so far, and where the reader is.
#[derive(Default)]
pub(super) struct Notes {
    path: Vec<Step>,
    found: Vec<Wrong>,
}

enum Step {
    Field(&'static str),
    Element(usize),
}

impl Notes {
    /// Notes something wrong with what is being read.
    pub(super) fn wrong(&mut self, detail: &str) {
        self.wrong_at("", detail);
    }

    /// Notes something wrong with the field `name` of what is being read; with the whole when it is empty.
    pub(super) fn wrong_at(&mut self, name: &str, detail: &str) {
        if self.found.len() >= MOST_TOLD {
            return;
        }
        let mut pointer = String::new();
        for step in &self.path {
            // Writing into a string cannot fail.
            let _ = match step {
                Step::Field(name) => write!(pointer, "/{name}"),
                Step::Element(at) => write!(pointer, "/{at}"),
            };
        }
        if !name.is_empty() {
            let _ = write!(pointer, "/{name}");
        }
        self.found.push(Wrong { pointer: Some(pointer), parameter: None, detail: detail.to_owned() });
    }

    /// Notes an unknown field, by its name when that can be told.
    fn unknown(&mut self, name: &str, fields: &[Field]) {
        let known = fields.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
        match plain_name(name) {
            Some(name) => self.wrong_at(name, &format!("there is no such field; the fields are {known}")),
            None => self.wrong(&format!("a field is not one of {known}")),
        }
    }
}

/// The value of a field, not yet read.
pub(super) struct Value<'a, A> {
    map: &'a mut A,
    notes: &'a mut Notes,
    shape: &'static Shape,
}

impl<'de, A: MapAccess<'de>> Value<'_, A> {
    /// A text as long as the record allows; `None` when it is none, which is noted.
    pub(super) fn text(self) -> Result<Option<Cow<'de, str>>, A::Error> {
        Ok(match self.nullable(false)? {
            Given::Text(text) => Some(text),
            Given::Null | Given::Other => None,
        })
    }

    /// One of the words the record allows; `None` when it is none of them, which is noted.
    pub(super) fn word(self) -> Result<Option<Cow<'de, str>>, A::Error> {
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
    pub(super) fn text_or_null(self) -> Result<Given<'de>, A::Error> {
        self.nullable(true)
    }

    fn nullable(self, nullable: bool) -> Result<Given<'de>, A::Error> {
        let most = self.shape.most_characters();
        self.map.next_value_seed(TextSeed { notes: self.notes, most, nullable })
    }

    /// True or false; `None` when it is neither, which is noted.
    pub(super) fn flag(self) -> Result<Option<bool>, A::Error> {
        let Self { map, notes, shape: _ } = self;
        let found = map.next_value::<serde_json::Value>()?.as_bool();
        if found.is_none() {
            notes.wrong("must be true or false");
        }
        Ok(found)
    }

    /// A whole number as the record allows; `None` when it is none, which is noted.
    pub(super) fn number(self) -> Result<Option<i64>, A::Error> {
        let Self { map, notes, shape } = self;
        let range = match shape {
            Shape::Number(least, most) => *least..=*most,
            _ => i64::MIN..=i64::MAX,
        };
        let found = map.next_value::<serde_json::Value>()?.as_i64().filter(|it| range.contains(it));
        if found.is_none() {
            notes.wrong(&format!("must be a whole number from {} to {}", range.start(), range.end()));
        }
        Ok(found)
    }

    /// An instant as RFC 3339 writes it; `None` when it is none, which is noted.
    pub(super) fn instant(self) -> Result<Option<Timestamp>, A::Error> {
        let Self { map, notes, shape } = self;
        let text = Value { map, notes: &mut *notes, shape }.text()?;
        let at = text.as_deref().and_then(Timestamp::parse);
        if text.is_some() && at.is_none() {
            notes.wrong("must be an instant like 2026-11-21T09:14:32.000Z");
        }
        Ok(at)
    }

    /// A list as long as the record allows; what is beyond is counted, not kept.
    pub(super) fn list<T: Element<'de>>(self) -> Result<Vec<T>, A::Error> {
        let length = match self.shape {
            Shape::List(_, least, most) => *least..=*most,
            _ => 0..=usize::MAX,
        };
        self.map.next_value_seed(ListSeed { notes: self.notes, length, kind: PhantomData })
    }
}

/// What stood where a text may stand.
pub(super) enum Given<'de> {
    /// A text.
    Text(Cow<'de, str>),
    /// Null.
    Null,
    /// Something else, which is noted.
    Other,
}

/// What stands at the next place of a list.
pub(super) enum Next<T> {
    /// What was asked for.
    Found(T),
    /// Something else, which is noted.
    Other,
    /// Nothing: the list is over.
    End,
}

/// The next text of a list.
pub(super) fn next_text<'de, A: SeqAccess<'de>>(
    list: &mut A,
    notes: &mut Notes,
) -> Result<Next<Cow<'de, str>>, A::Error> {
    Ok(match list.next_element_seed(TextSeed { notes, most: usize::MAX, nullable: false })? {
        Some(Given::Text(text)) => Next::Found(text),
        Some(Given::Null | Given::Other) => Next::Other,
        None => Next::End,
    })
}

/// What may stand in a list.
pub(super) trait Element<'de>: Sized {
    /// Reads the next element.
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error>;
}

impl<'de, T: Object<'de>> Element<'de> for T {
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(list.next_element_seed(ObjectSeed { notes, kind: PhantomData })?.map_or(Next::End, Next::Found))
    }
}

/// The visits of values of another kind than asked for: they are skipped, and `other` notes them.
macro_rules! others {
    ($($kind:ident)*) => { $(others!(@ $kind);)* };
    (@ scalars) => {
        others!(@@ visit_bool: bool);
        others!(@@ visit_i64: i64);
        others!(@@ visit_u64: u64);
        others!(@@ visit_f64: f64);
    };
    (@ null) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(self.other())
        }
    };
    (@ text) => {
        others!(@@ visit_str: &str);
    };
    (@ list) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(self.other())
        }
    };
    (@ object) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(self.other())
        }
    };
    (@@ $visit:ident: $kind:ty) => {
        fn $visit<E>(self, _other: $kind) -> Result<Self::Value, E> {
            Ok(self.other())
        }
    };
}

mod texts;

pub(super) use texts::Text;

struct TextSeed<'n> {
    notes: &'n mut Notes,
    most: usize,
    nullable: bool,
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

struct ListSeed<'n, T> {
    notes: &'n mut Notes,
    length: std::ops::RangeInclusive<usize>,
    kind: PhantomData<T>,
}

impl<T> ListSeed<'_, T> {
    fn other(self) -> Vec<T> {
        self.notes.wrong("must be a list");
        Vec::new()
    }
}

impl<'de, T: Element<'de>> DeserializeSeed<'de> for ListSeed<'_, T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, T: Element<'de>> Visitor<'de> for ListSeed<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    others!(scalars null text object);

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let Self { notes, length, kind: _ } = self;
        let (mut read, mut count) = (Vec::new(), 0_usize);
        while count < *length.end() {
            notes.path.push(Step::Element(count));
            let next = T::next(&mut list, notes)?;
            notes.path.pop();
            match next {
                Next::Found(element) => read.push(element),
                Next::Other => {}
                Next::End => break,
            }
            count += 1;
        }
        if count == *length.end() {
            while list.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
        }
        if !length.contains(&count) {
            let (least, most) = (length.start(), length.end());
            notes.wrong(&format!("must have {least} to {most} elements; it has {count}"));
        }
        Ok(read)
    }
}

struct ObjectSeed<'n, T> {
    notes: &'n mut Notes,
    kind: PhantomData<T>,
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

#[cfg(test)]
mod tests;
