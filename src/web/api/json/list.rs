//! Lists.

use std::{fmt, marker::PhantomData, ops::RangeInclusive};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{
    notes::{Notes, Step},
    object::{Object, ObjectSeed},
    others::others,
};

/// What stands at the next place of a list.
pub(in crate::web::api) enum Next<T> {
    /// What was asked for.
    Found(T),
    /// Something else, which is noted.
    Other,
    /// Nothing: the list is over.
    End,
}

impl<T> Next<T> {
    /// The same with what was asked for made into something else.
    pub(in crate::web::api) fn map<U>(self, with: impl FnOnce(T) -> U) -> Next<U> {
        match self {
            Self::Found(found) => Next::Found(with(found)),
            Self::Other => Next::Other,
            Self::End => Next::End,
        }
    }
}

/// What may stand in a list.
pub(in crate::web::api) trait Element<'de>: Sized {
    /// Reads the next element.
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error>;
}

impl<'de, T: Object<'de>> Element<'de> for T {
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(list.next_element_seed(ObjectSeed { notes, kind: PhantomData })?.map_or(Next::End, Next::Found))
    }
}

/// Reads a list of so many elements; what is beyond is counted, not kept.
pub(super) struct ListSeed<'n, T> {
    pub(super) notes: &'n mut Notes,
    pub(super) length: RangeInclusive<usize>,
    pub(super) kind: PhantomData<T>,
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
