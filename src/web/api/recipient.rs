//! A person as the API is asked about them: by address, contact id or external id, exactly one of these.

use std::borrow::Cow;

use serde::de::MapAccess;

use super::json::{Notes, Object, Value};
use crate::app::gate::Recipient;

/// The longest reference, in characters.
const REF_MAX: usize = 200;

/// Who is asked about.
#[derive(Default)]
pub(super) struct Person<'a> {
    given: usize,
    who: Option<Recipient<'a>>,
}

impl<'de> Person<'de> {
    /// The fields that name a person.
    const FIELDS: [&'static str; 3] = ["email", "contact", "external_id"];

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.given += 1;
        let text = value.text()?;
        self.who = text.map(|text| match index {
            0 => Recipient::email(&text),
            1 => Recipient::contact(&text),
            _ => Recipient::external_id(text),
        });
        Ok(())
    }

    fn finish(&self, notes: &mut Notes) {
        if self.given != 1 {
            notes.wrong("give exactly one of email, contact and external_id");
        }
    }

    /// The person; nobody when something was wrong.
    pub(super) fn who(self) -> Recipient<'de> {
        self.who.unwrap_or(Recipient::Nobody)
    }
}

/// A person alone.
#[derive(Default)]
pub(super) struct Lookup<'a>(pub(super) Person<'a>);

impl<'de> Object<'de> for Lookup<'de> {
    const FIELDS: &'static [&'static str] = &Person::FIELDS;
    const REQUIRED: usize = 0;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.0.take(index, value)
    }

    fn finish(&mut self, notes: &mut Notes) {
        self.0.finish(notes);
    }
}

/// A person and the caller's own reference, given back with the answer.
#[derive(Default)]
pub(super) struct Referred<'a> {
    pub(super) person: Person<'a>,
    pub(super) reference: Option<Cow<'a, str>>,
}

impl<'de> Object<'de> for Referred<'de> {
    const FIELDS: &'static [&'static str] = &["email", "contact", "external_id", "ref"];
    const REQUIRED: usize = 0;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        if index < Person::FIELDS.len() {
            return self.person.take(index, value);
        }
        self.reference = value.text_within(REF_MAX)?;
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        self.person.finish(notes);
    }
}
