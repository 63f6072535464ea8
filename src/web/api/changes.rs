//! `GET /v1/changes`: what is true of each contact now, for whoever builds a copy.

use std::collections::BTreeMap;

use actix_web::{Error, HttpRequest, HttpResponse, web::Data};
use serde::Serialize;

use super::{
    Shown,
    auth::{self, Scope},
    events::ahead,
    purposes::newest,
    route::{Endpoint, Method, Parameter},
    schema::{CONTACT, EVIDENCE, Field, INSTANT, LOCALE, Record, Shape},
};
use crate::{
    app::changes,
    domain::{
        Timestamp,
        catalog::{Purpose, Tenant},
        consent::Denial,
        id::{ContactId, EvidenceId},
    },
    store::{consent::Stored, contact::Contact, latest::Changed},
    web::{Web, error::Fault},
};

/// Contacts in one answer when the caller does not say.
const LIMIT_DEFAULT: i64 = 100;

/// `GET /v1/changes?after=&limit=`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/changes", Scope::EventsRead, "Build a copy of what is true")
        .about(
            "Each contact once, with what is true of each purpose now, in the order in which something was last told of \
             them. Begin without `after`, go on with `next_after` while `has_more`, then follow `/v1/events` from the last \
             `next_after`: nobody is missed, whatever happens meanwhile. What is shown may be newer than its place: leave \
             an event aside when its `timestamp` is not after the `changed_at` you have of that contact. Whoever is \
             `gone` is to be removed from your copy. Who has only asked and not confirmed yet is not in it: there is \
             nothing to send to them.",
        )
        .with(&[
            Parameter::query("after", "`next_after` of the last answer; the beginning when left out.", Shape::Number(0, i64::MAX)),
            Parameter::query("limit", "How many contacts at most; 100 when left out.", Shape::Number(1, 1_000)),
        ])
        .answers("Contacts behind that place.", &PAGE)
        .fails(&[(409, "The feed has not come that far.")]);

const PAGE: Record = Record::new(
    "ChangePage",
    "A part of what is true.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The contacts, in their order.", Shape::List(&Shape::Object(&CHANGED), 0, 1_000)),
        Field::must("has_more", "Whether there are more.", Shape::Flag),
        Field::must(
            "next_after",
            "What to send as `after` next: here while there are more, to `/v1/events` behind the last.",
            Shape::Number(0, i64::MAX),
        ),
    ],
);
const CHANGED: Record = Record::new(
    "ContactState",
    "What is true of a contact now.",
    &[
        Field::must("object", "`contact_state`", Shape::Word(&["contact_state"])),
        Field::must("contact", "The contact.", CONTACT),
        Field::must(
            "sequence",
            "The place of the last event that changed something about them.",
            Shape::Number(1, i64::MAX),
        ),
        Field::must(
            "gone",
            "Whether we hold nothing of them any more: erased, or never confirmed.",
            Shape::Flag,
        ),
        Field::must("changed_at", "The time of the last act; null when gone.", Shape::Maybe(&INSTANT)),
        Field::must("external_id", "Your own name for them.", Shape::Maybe(&Shape::text("crm-78"))),
        Field::must("locale", "Their language.", Shape::Maybe(&LOCALE)),
        Field::must("restricted", "Whether they are frozen on request.", Shape::Flag),
        Field::must("suppressed", "Whether they must not be mailed whatever they agreed to.", Shape::Flag),
        Field::must("paused_until", "Until when they take a break.", Shape::Maybe(&INSTANT)),
        Field::must("purposes", "By the slug of the purpose.", Shape::Each(&Shape::Object(&STATE))),
    ],
);
const STATE: Record = Record::new(
    "PurposeState",
    "What is true of a contact and a purpose now.",
    &[
        Field::must(
            "state",
            "The consent.",
            Shape::Word(&["unknown", "pending", "confirmed", "withdrawn", "refused", "expired"]),
        ),
        Field::must("since", "When it was settled.", INSTANT),
        Field::must("evidence", "The evidence of its last change.", EVIDENCE),
        Field::must("decision", "What the send gate would say now.", Shape::Word(&["allow", "deny"])),
        Field::must("reason", "Why not.", Shape::Maybe(&Shape::Word(&Denial::WORDS))),
    ],
);

#[derive(Serialize)]
struct Page<'a> {
    object: &'static str,
    data: Vec<ContactState<'a>>,
    has_more: bool,
    next_after: i64,
}

#[derive(Serialize)]
struct ContactState<'a> {
    object: &'static str,
    contact: Shown<ContactId>,
    sequence: i64,
    gone: bool,
    changed_at: Option<String>,
    external_id: Option<&'a str>,
    locale: Option<&'static str>,
    restricted: bool,
    suppressed: bool,
    paused_until: Option<String>,
    purposes: BTreeMap<&'a str, PurposeState>,
}

#[derive(Serialize)]
struct PurposeState {
    state: &'static str,
    since: String,
    evidence: Shown<EvidenceId>,
    decision: &'static str,
    reason: Option<&'static str>,
}

impl<'a> ContactState<'a> {
    fn of(tenant: &'a Tenant, changed: &'a Changed, now: Timestamp) -> Self {
        let Changed { id, sequence, contact, consents } = changed;
        let contact = contact.as_ref().filter(|it| it.erased_at.is_none());
        let purposes = consents.iter().filter_map(|it| {
            let purpose = tenant.purpose(it.purpose)?;
            Some((purpose.slug.as_str(), PurposeState::of(contact?, purpose, it, now)))
        });
        Self {
            object: "contact_state",
            contact: Shown(*id),
            sequence: *sequence,
            gone: contact.is_none(),
            changed_at: contact.map(|it| it.touched_at.rfc3339()),
            external_id: contact.and_then(|it| it.external_id.as_deref()),
            locale: contact.map(|it| it.locale.tag()),
            restricted: contact.is_some_and(|it| it.restricted_at.is_some()),
            suppressed: contact.is_some_and(|it| it.suppressed_at.is_some()),
            paused_until: contact.and_then(|it| it.paused_until).map(Timestamp::rfc3339),
            purposes: purposes.collect(),
        }
    }
}

impl PurposeState {
    fn of(contact: &Contact, purpose: &Purpose, stored: &Stored, now: Timestamp) -> Self {
        let Stored { consent, evidence, used_at, purpose: _ } = stored;
        let denial = purpose.may_send(consent, *used_at, &contact.standing(), now).err();
        Self {
            state: consent.word(),
            since: consent.since.rfc3339(),
            evidence: Shown(*evidence),
            decision: if denial.is_none() { "allow" } else { "deny" },
            reason: denial.map(Denial::word),
        }
    }
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &GET).await?;
    let after = query.number("after").unwrap_or(0);
    let limit = usize::try_from(query.number("limit").unwrap_or(LIMIT_DEFAULT)).unwrap_or_default();
    // Somebody may have agreed to a purpose that was set up a moment ago.
    let tenant = newest(&web, &caller).await?;
    let part = changes::after(&web.app, tenant.id, after, limit).await.map_err(Fault::App)?;
    let part = part.map_err(|changes::Ahead(last)| ahead(last))?;
    let page = Page {
        object: "list",
        data: part.contacts.iter().map(|it| ContactState::of(&tenant, it, part.at)).collect(),
        has_more: part.has_more,
        next_after: part.next_after,
    };
    Ok(super::answer(&page, 100 + part.contacts.len() * 512)?)
}

#[cfg(test)]
mod tests;
