//! The bodies of requests about webhook endpoints.

use serde::de::{MapAccess, SeqAccess};

use super::declared;
use crate::{
    domain::setup::EventPattern,
    web::api::{
        json::{self, Element, Next, Notes, Object, Value},
        schema::Record,
    },
};

/// An endpoint to be set up.
#[derive(Default)]
pub(super) struct New {
    pub(super) url: String,
    pub(super) events: Vec<EventPattern>,
    pub(super) addresses: bool,
}

/// What is to be changed.
#[derive(Default)]
pub(super) struct Change {
    pub(super) url: Option<String>,
    pub(super) events: Option<Vec<EventPattern>>,
    pub(super) addresses: Option<bool>,
}

/// How a secret is replaced.
#[derive(Default)]
pub(super) struct Rotation {
    pub(super) overlap_hours: Option<i64>,
}

impl<'de> Element<'de> for EventPattern {
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(match json::next_text(list, notes)? {
            Next::Found(text) => match Self::parse(&text) {
                Some(pattern) => Next::Found(pattern),
                None => {
                    notes.wrong("fits no type of event; GET /v1/event_types lists them");
                    Next::Other
                }
            },
            Next::Other => Next::Other,
            Next::End => Next::End,
        })
    }
}

impl<'de> Object<'de> for New {
    const RECORD: &'static Record = &declared::NEW;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.url = value.text()?.unwrap_or_default().into_owned(),
            1 => self.events = value.list()?,
            _ => self.addresses = value.flag()?.unwrap_or_default(),
        }
        Ok(())
    }
}

impl<'de> Object<'de> for Change {
    const RECORD: &'static Record = &declared::CHANGES;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.url = value.text()?.map(std::borrow::Cow::into_owned),
            1 => self.events = Some(value.list()?),
            _ => self.addresses = value.flag()?,
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        if self.url.is_none() && self.events.is_none() && self.addresses.is_none() {
            notes.wrong("give url, events or addresses");
        }
    }
}

impl<'de> Object<'de> for Rotation {
    const RECORD: &'static Record = &declared::ROTATION;

    fn take<A: MapAccess<'de>>(&mut self, _index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.overlap_hours = value.number()?;
        Ok(())
    }
}
