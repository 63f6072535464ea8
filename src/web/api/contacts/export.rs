//! `GET /v1/contacts/{contact}:export`: everything we hold about one person, for their rights of access and portability.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::header::{CONTENT_DISPOSITION, HeaderValue},
    web::{Data, Path},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Person,
    declared::{ID, PERSON, UNKNOWN},
    named, no_such_contact,
};
use crate::{
    app::{
        everything::{self, Everything},
        server_signup::Standing,
    },
    domain::{Timestamp, catalog::Tenant},
    store::{
        challenge::Challenge, disclosure::Given, event::Event, evidence::Evidence, mail::Fate,
        request::Request, suppression::Suppression,
    },
    web::{
        Web,
        api::{
            auth::{self, Caller, Scope},
            disclosures::{self, DISCLOSURE},
            route::{Endpoint, Method},
            schema::{EVIDENCE, Field, INSTANT, LOCALE, PURPOSE, Record, Shape},
            signups::{SIGNUP_ID, slugs},
        },
        error::Fault,
    },
};

/// `GET /v1/contacts/{contact}:export`
pub const EXPORT: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/contacts/{contact}:export",
    Scope::ContactsRead,
    "Export all about a contact",
)
.about(
    "Everything kept about the person, to answer them under GDPR articles 15 and 20. What your own systems know is not \
     in it. The dossier of `POST /v1/evidence:export` proves the same to an authority.",
)
.with(&[ID])
.answers("Everything.", &EVERYTHING)
.fails(&[UNKNOWN]);

const MANY: usize = usize::MAX;
const EVERYTHING: Record = Record::new(
    "ContactExport",
    "Everything kept about a person.",
    &[
        Field::must("object", "`contact_export`", Shape::Word(&["contact_export"])),
        Field::must("made_at", "When it was put together.", INSTANT),
        Field::must("contact", "The person and their consents.", Shape::Object(&PERSON)),
        Field::must(
            "signups",
            "What they asked for and is still kept, the oldest first.",
            Shape::List(&Shape::Object(&ASKED), 0, MANY),
        ),
        Field::must(
            "evidence",
            "What was recorded, the newest first.",
            Shape::List(&Shape::Object(&FACT), 0, MANY),
        ),
        Field::must(
            "events",
            "What others could be told, the oldest first.",
            Shape::List(&Shape::Object(&TOLD), 0, MANY),
        ),
        Field::must(
            "mails",
            "Mails of this service to them that are still kept, the oldest first.",
            Shape::List(&Shape::Object(&MAIL), 0, MANY),
        ),
        Field::must(
            "codes",
            "Codes mailed to them that are still kept.",
            Shape::List(&Shape::Object(&CODE), 0, MANY),
        ),
        Field::must(
            "link_references",
            "What stands for them in links of yours.",
            Shape::List(&Shape::Object(&REFERENCE), 0, MANY),
        ),
        Field::must(
            "recipients",
            "Who was given their address: where events about them went, as far as it is still kept, and then each \
             disclosure of an audience, the oldest first. A disclosure names no person, so that they were in it is \
             derived: their yes to its purpose was confirmed before it began, and they had not left by then. Whoever was \
             on a break, suppressed or frozen then was left out of it all the same.",
            Shape::List(&Shape::Object(&RECIPIENT), 0, MANY),
        ),
        Field::must("suppression", "The mark on their address.", Shape::Maybe(&Shape::Object(&MARK))),
    ],
);
const ASKED: Record = Record::new(
    "ExportedSignup",
    "Something they asked for.",
    &[
        Field::must("id", "Our id.", SIGNUP_ID),
        Field::must("state", "Where it stands.", Shape::Word(&Standing::WORDS)),
        Field::must("purposes", "What was asked for.", Shape::List(&PURPOSE, 0, MANY)),
        Field::must("locale", "The language it was asked in.", LOCALE),
        Field::must("created_at", "When.", INSTANT),
        Field::must("expires_at", "Until when it can be confirmed.", INSTANT),
        Field::must("mailed_at", "When the relay took the mail.", Shape::Maybe(&INSTANT)),
        Field::must("younger_than", "The age they said to be below.", Shape::Maybe(&Shape::Number(1, 150))),
    ],
);
const FACT: Record = Record::new(
    "ExportedFact",
    "Something that was recorded.",
    &[
        Field::must("id", "Our id.", EVIDENCE),
        Field::must("type", "What happened.", Shape::text("consent.confirmed")),
        Field::must("at", "When.", INSTANT),
        Field::must("record", "All that was recorded.", Shape::Maybe(&Shape::Anything)),
        Field::must("log_position", "Its place in the log.", Shape::Maybe(&Shape::Number(0, i64::MAX))),
    ],
);
const TOLD: Record = Record::new(
    "ExportedEvent",
    "Something that others could be told.",
    &[
        Field::must("id", "The event.", Shape::text("evt_01kas0z1v8q4g6r1m0c7y2d3e5")),
        Field::must("type", "What happened.", Shape::text("consent.confirmed")),
        Field::must("at", "When.", INSTANT),
        Field::must("data", "What else was said.", Shape::Anything),
    ],
);
const MAIL: Record = Record::new(
    "ExportedMail",
    "A mail of this service.",
    &[
        Field::must("id", "The mail.", Shape::text("mai_01kas0z1v8q4g6r1m0c7y2d3e5")),
        Field::must("kind", "Which mail.", Shape::text("confirm")),
        Field::must("state", "How it fared.", Shape::text("sent")),
        Field::must("created_at", "Since when it waited.", INSTANT),
        Field::must("ended_at", "When it was sent or given up.", Shape::Maybe(&INSTANT)),
        Field::must("answer", "What the mail server said.", Shape::Maybe(&Shape::text("250 2.0.0 Ok"))),
    ],
);
const CODE: Record = Record::new(
    "ExportedCode",
    "A code that was mailed.",
    &[
        Field::must("created_at", "When.", INSTANT),
        Field::must("expires_at", "Until when it worked.", INSTANT),
        Field::must("tries", "How often one was typed.", Shape::Number(0, i64::MAX)),
        Field::must("used_at", "When it was used.", Shape::Maybe(&INSTANT)),
    ],
);
const REFERENCE: Record = Record::new(
    "ExportedReference",
    "What stands for them in links made with a link key.",
    &[
        Field::must("link_key", "The key.", Shape::text("lk0f3k9m2q7r5tz")),
        Field::must("reference", "What stands in the links.", Shape::text("eAAAAAAAAAAAAAAAAAAAAAA")),
    ],
);
const RECIPIENT: Record = Record::new(
    "ExportedRecipient",
    "An endpoint that events about them were for, or somebody who was given an audience.",
    &[
        Field::may("url", "Of an endpoint: where.", Shape::format("uri", "https://hooks.example.net/ayeaye")),
        Field::may("events", "Of an endpoint: how many.", Shape::Number(1, i64::MAX)),
        Field::may("first_at", "Of an endpoint: the first one.", INSTANT),
        Field::may("last_at", "Of an endpoint: the last one.", INSTANT),
        Field::may(
            "recipient",
            "Of an audience: who got it; null when it was not said, which earlier versions allowed.",
            Shape::Maybe(&Shape::text("Mailchimp")),
        ),
        Field::may("purpose", "Of an audience: the purpose they had agreed to.", PURPOSE),
        Field::may("at", "Of an audience: when.", INSTANT),
        Field::may("disclosure", "Of an audience: the disclosure.", DISCLOSURE),
    ],
);
const MARK: Record = Record::new(
    "ExportedSuppression",
    "That their address must not be mailed.",
    &[
        Field::must("reason", "Why.", Shape::text("reported")),
        Field::must("created_at", "Since when.", INSTANT),
        Field::must("until", "Until when; null for ever.", Shape::Maybe(&INSTANT)),
    ],
);

/// Answers [`EXPORT`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn export(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &EXPORT).await?;
    let found = everything::gather(&web.app, &tenant, named(&id)?).await.map_err(Fault::App)?;
    let Everything {
        contact,
        consents,
        entered,
        signups,
        evidence,
        events,
        mails,
        codes,
        references,
        told,
        given,
        suppression,
    } = found.ok_or_else(no_such_contact)?;
    let now = web.app.now();
    let answer = Export {
        object: "contact_export",
        made_at: now.rfc3339(),
        contact: Person::of(&web.app, &tenant, &contact, &consents, &entered),
        signups: signups.iter().filter_map(|it| asked(&tenant, it, now)).collect(),
        evidence: evidence.iter().map(fact).collect(),
        events: events.iter().map(event).collect(),
        mails: mails.iter().map(mail).collect(),
        codes: codes.iter().map(code).collect(),
        link_references: references
            .iter()
            .map(|(key, reference)| json!({ "link_key": key.to_string(), "reference": reference }))
            .collect(),
        recipients: told
            .iter()
            .map(|(url, events, first, last)| {
                json!({ "url": url, "events": events, "first_at": first.rfc3339(), "last_at": last.rfc3339() })
            })
            .chain(given.iter().map(|it| disclosed(&tenant, it)))
            .collect(),
        suppression: suppression.as_ref().map(mark),
    };
    let mut answer = super::super::answer(&answer, 16_384)?;
    let name = format!("attachment; filename=\"{}.json\"", contact.id);
    if let Ok(name) = HeaderValue::from_str(&name) {
        answer.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    Ok(answer)
}

#[derive(Serialize)]
struct Export<'a> {
    object: &'static str,
    made_at: String,
    contact: Person<'a>,
    signups: Vec<Value>,
    evidence: Vec<Value>,
    events: Vec<Value>,
    mails: Vec<Value>,
    codes: Vec<Value>,
    link_references: Vec<Value>,
    recipients: Vec<Value>,
    suppression: Option<Value>,
}

fn asked(tenant: &Tenant, request: &Request, now: Timestamp) -> Option<Value> {
    Some(json!({
        "id": request.id.to_string(),
        "state": Standing::of(request, now)?.word(),
        "purposes": slugs(tenant, &request.purposes),
        "locale": request.locale.tag(),
        "created_at": request.created_at.rfc3339(),
        "expires_at": request.facts.expires_at.rfc3339(),
        "mailed_at": request.mailed_at.map(Timestamp::rfc3339),
        "younger_than": request.minor.as_ref().map(|it| it.than),
    }))
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

fn fact(fact: &Evidence) -> Value {
    json!({
        "id": fact.id.to_string(), "type": fact.kind, "at": fact.at.rfc3339(),
        "record": fact.record.as_deref().map(read), "log_position": fact.position,
    })
}

fn event(event: &Event) -> Value {
    json!({ "id": event.id.to_string(), "type": event.kind, "at": event.at.rfc3339(), "data": read(&event.data) })
}

fn mail(mail: &Fate) -> Value {
    let Fate { id, kind, state, created_at, ended_at, answer } = mail;
    json!({
        "id": id.to_string(), "kind": kind, "state": state, "created_at": created_at.rfc3339(),
        "ended_at": ended_at.map(Timestamp::rfc3339), "answer": answer,
    })
}

fn code(code: &Challenge) -> Value {
    let Challenge { tenant: _, id: _, contact: _, created_at, expires_at, tries, used_at } = code;
    json!({
        "created_at": created_at.rfc3339(), "expires_at": expires_at.rfc3339(), "tries": tries,
        "used_at": used_at.map(Timestamp::rfc3339),
    })
}

fn disclosed(tenant: &Tenant, given: &Given) -> Value {
    let Given { id, purpose, recipient, at } = given;
    let recipient = Some(recipient).filter(|it| !it.is_empty());
    json!({
        "recipient": recipient, "purpose": disclosures::slug(tenant, *purpose), "at": at.rfc3339(),
        "disclosure": id.to_string(),
    })
}

fn mark(mark: &Suppression) -> Value {
    let Suppression { address_hash: _, reason, created_at, until } = mark;
    json!({
        "reason": reason, "created_at": created_at.rfc3339(), "until": until.map(Timestamp::rfc3339),
    })
}
