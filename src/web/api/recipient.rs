//! A person as the API is asked about them: by address, contact id, external id or, by the send gate, the hash of the
//! address; exactly one of these.

use std::borrow::Cow;

use serde::de::MapAccess;

use super::{
    json::{Object, Value},
    schema::{Field, Record, Shape},
};
use crate::app::gate::Recipient;

/// The longest reference, in characters.
const REF_MAX: usize = 200;

/// Who is asked about.
#[derive(Default)]
pub(super) struct Person<'a>(Option<Recipient<'a>>);

const EMAIL: Field = Field::may("email", "The address, in any spelling.", Shape::text("ada@example.org"));
const CONTACT: Field = Field::may("contact", "Our id.", Shape::text("con_01kas0z1v8q4g6r1m0c7y2d3e5"));
const EXTERNAL_ID: Field = Field::may("external_id", "The id in your own system.", Shape::text("crm-77"));
const EMAIL_SHA256: Field = Field::may(
    "email_sha256",
    "The SHA-256, in hex, of the address trimmed and in lower case.",
    Shape::text("fb98d44ad7501a959f3f4f4a3f004fe2d9e581ea6207e218c4b02c08a4d75adf"),
);
const REFERENCE: Field = Field::may(
    "ref",
    "Your own reference, given back with the answer.",
    Shape::text_within(REF_MAX, "row-1"),
);

impl<'de> Person<'de> {
    /// The fields that name a person.
    const COUNT: usize = 3;
    /// The same where the hash of the address is one.
    const COUNT_IN_LISTS: usize = 4;

    /// Takes the value of the field that names the person in this way.
    pub(super) fn take<A: MapAccess<'de>>(
        &mut self,
        index: usize,
        value: Value<'_, A>,
    ) -> Result<(), A::Error> {
        let text = value.text()?;
        self.0 = text.map(|text| match index {
            0 => Recipient::email(&text),
            1 => Recipient::contact(&text),
            2 => Recipient::external_id(text),
            _ => Recipient::email_sha256(&text),
        });
        Ok(())
    }

    /// Whether what was given names nobody.
    pub(super) const fn is_nobody(&self) -> bool {
        matches!(self.0, Some(Recipient::Nobody))
    }

    /// The person; nobody when something was wrong.
    pub(super) fn who(self) -> Recipient<'de> {
        self.0.unwrap_or(Recipient::Nobody)
    }
}

/// A person in a body.
pub(super) const LOOKUP: Record =
    Record::new("Lookup", "A person, named in one way.", &[EMAIL, CONTACT, EXTERNAL_ID])
        .one_of_the_first(Person::COUNT);
/// A person in a list.
pub(super) const RECIPIENT: Record = Record::new(
    "Recipient",
    "A person, named in one way.",
    &[EMAIL, CONTACT, EXTERNAL_ID, EMAIL_SHA256, REFERENCE],
)
.one_of_the_first(Person::COUNT_IN_LISTS);

/// A person alone.
#[derive(Default)]
pub(super) struct Lookup<'a>(pub(super) Person<'a>);

impl<'de> Object<'de> for Lookup<'de> {
    const RECORD: &'static Record = &LOOKUP;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.0.take(index, value)
    }
}

/// A person and the caller's own reference, given back with the answer.
#[derive(Default)]
pub(super) struct Referred<'a> {
    pub(super) person: Person<'a>,
    pub(super) reference: Option<Cow<'a, str>>,
}

impl<'de> Object<'de> for Referred<'de> {
    const RECORD: &'static Record = &RECIPIENT;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        if index < Person::COUNT_IN_LISTS {
            return self.person.take(index, value);
        }
        self.reference = value.text()?;
        Ok(())
    }
}
