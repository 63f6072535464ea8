//! An audience as one JSON object a line.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{super::Shown, columns::Column};
use crate::{
    app::audience::{Footer, Form, Recipient},
    domain::id::{ContactId, DisclosureId, EvidenceId},
    store::disclosure::Disclosure,
};

/// What is written of each person.
pub(super) struct Ndjson {
    pub(super) columns: Vec<Column>,
}

#[derive(Default, Serialize)]
struct Line<'a> {
    object: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Shown<ContactId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<OrNull<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<Shown<EvidenceId>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links<'a>>,
}

#[derive(Serialize)]
struct OrNull<'a>(Option<&'a str>);

#[derive(Serialize)]
struct Links<'a> {
    preferences: &'a str,
    unsubscribe: &'a str,
}

#[derive(Serialize)]
struct Trailer<'a> {
    object: &'static str,
    count: i64,
    left_out: i64,
    sha256: Option<&'a str>,
    as_of_sequence: i64,
    as_of: String,
    disclosure: Shown<DisclosureId>,
}

impl Form for Ndjson {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn person(&self, out: &mut Vec<u8>, recipient: &Recipient<'_>) -> bool {
        write(out, &self.line(recipient))
    }

    fn trailer(&self, out: &mut Vec<u8>, disclosure: &Disclosure) {
        let Disclosure { id, people, left_out, as_of, began_at, sha256, .. } = disclosure;
        let trailer = Trailer {
            object: "trailer",
            count: *people,
            left_out: *left_out,
            sha256: sha256.as_deref(),
            as_of_sequence: *as_of,
            as_of: began_at.rfc3339(),
            disclosure: Shown(*id),
        };
        write(out, &trailer);
    }
}

impl Ndjson {
    fn line<'a>(&self, recipient: &'a Recipient<'_>) -> Line<'a> {
        let member = recipient.member;
        let mut line = Line { object: "member", ..Line::default() };
        for column in &self.columns {
            match column {
                Column::Contact => line.contact = Some(Shown(member.contact)),
                Column::Email => line.email = Some(recipient.email),
                Column::ExternalId => line.external_id = Some(OrNull(member.external_id.as_deref())),
                Column::Locale => line.locale = Some(member.locale.tag()),
                Column::ConfirmedAt => line.confirmed_at = Some(member.consent.since.rfc3339()),
                Column::Consent => line.consent = Some(Shown(member.evidence)),
                Column::Entered(field) => {
                    if let Some((field, text)) = recipient.entered.get_key_value(field) {
                        line.answers.insert(field, text);
                    }
                }
                Column::Preferences | Column::Unsubscribe | Column::Fixed(_) | Column::Attributes => {}
            }
        }
        let links = |it: &'a Footer| Links { preferences: &it.preferences, unsubscribe: &it.unsubscribe };
        line.links = recipient.links.as_ref().map(links);
        line
    }
}

/// Writes a line; false when it cannot be written, and then nothing of it is.
fn write(out: &mut Vec<u8>, line: &impl Serialize) -> bool {
    let before = out.len();
    if serde_json::to_writer(&mut *out, line).is_err() {
        out.truncate(before);
        return false;
    }
    out.push(b'\n');
    true
}
