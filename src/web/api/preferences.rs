//! `/v1/contacts/{contact}/preferences`: what a person chose, and what they told the tenant's own people or systems.

mod change;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Path},
};
use serde::Serialize;

pub use self::change::{PATCH, patch};
use super::{
    Shown,
    auth::{self, Caller, Scope},
    contacts::{ID, STATE, named, no_such_contact},
    etag,
    purposes::FREQUENCY,
    route::{Endpoint, Method},
    schema::{CONTACT, EVIDENCE, Field, INSTANT, LOCALE, PURPOSE, Record, Shape},
};
use crate::{
    app::{App, edit},
    domain::{
        Timestamp,
        catalog::{self, Tenant},
        consent::{Consent, State},
        id::{ContactId, EvidenceId},
    },
    store::{consent::Stored, contact::Contact},
    web::{Web, error::Fault},
};

/// `GET /v1/contacts/{contact}/preferences`
pub const GET: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/contacts/{contact}/preferences",
    Scope::ContactsRead,
    "Read the preferences of a contact",
)
.about("What is offered now and what they said of it, in the words of their language.")
.with(&[ID])
.answers("Their preferences.", &PREFERENCES)
.tagged()
.fails(&[(404, "The tenant knows no such contact, or does not know them any more.")]);

const PREFERENCES: Record = Record::new(
    "Preferences",
    "What a person chose.",
    &[
        Field::must("object", "`preferences`", Shape::Word(&["preferences"])),
        Field::must("contact", "The person.", CONTACT),
        Field::must("locale", "The language they read.", LOCALE),
        Field::must("paused_until", "Until when they take a break.", Shape::Maybe(&INSTANT)),
        Field::must(
            "purposes",
            "What is offered, and what is not any more but was answered.",
            Shape::List(&Shape::Object(&CHOICE), 0, usize::MAX),
        ),
        Field::may(
            "held",
            "What was to be joined just now and was not asked for: a guardian must agree on a form, or no mail may go to \
             the address now.",
            Shape::List(&PURPOSE, 0, usize::MAX),
        ),
    ],
);
const CHOICE: Record = Record::new(
    "Choice",
    "One purpose, and what a person said of it.",
    &[
        Field::must("purpose", "The slug of the purpose.", PURPOSE),
        Field::must("name", "What it is called.", Shape::text("Newsletter")),
        Field::must("text", "What is agreed to.", Shape::text("Our monthly news by email.")),
        Field::must("frequency", "How often mails come.", FREQUENCY),
        Field::must("state", "What holds; only `confirmed` may be mailed.", STATE),
        Field::must("since", "Since when; null where nothing was ever said.", Shape::Maybe(&INSTANT)),
        Field::must("evidence", "The evidence of it.", Shape::Maybe(&EVIDENCE)),
    ],
);

/// Preferences as the API shows them.
#[derive(Serialize)]
struct Preferences<'a> {
    object: &'static str,
    contact: Shown<ContactId>,
    locale: &'static str,
    paused_until: Option<String>,
    purposes: Vec<Choice<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<Vec<&'a str>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    purpose: &'a str,
    name: &'a str,
    text: &'a str,
    frequency: &'static str,
    state: &'static str,
    since: Option<String>,
    evidence: Option<Shown<EvidenceId>>,
}

impl<'a> Preferences<'a> {
    fn of(app: &App, tenant: &'a Tenant, contact: &Contact, consents: &[Stored]) -> Self {
        let choice = |purpose: &'a catalog::Purpose| {
            let stored = consents.iter().find(|it| it.purpose == purpose.id);
            Choice::of(tenant, purpose, contact, stored)
        };
        Self {
            object: "preferences",
            contact: Shown(contact.id),
            locale: contact.locale.tag(),
            paused_until: contact.paused_until.filter(|it| *it > app.now()).map(Timestamp::rfc3339),
            purposes: tenant.purposes.iter().filter_map(choice).collect(),
            held: None,
        }
    }
}

impl<'a> Choice<'a> {
    /// `None` for what is not offered any more and was never answered.
    fn of(
        tenant: &'a Tenant,
        purpose: &'a catalog::Purpose,
        contact: &Contact,
        stored: Option<&Stored>,
    ) -> Option<Self> {
        let consent = stored.map_or(Consent::NONE, |it| it.consent);
        let since = match (consent.state, consent.pending_since) {
            (State::Unknown, None) => None,
            (State::Confirmed, _) | (_, None) => Some(consent.since),
            (State::Unknown | State::Withdrawn | State::Refused | State::Expired, Some(asked)) => Some(asked),
        };
        if purpose.retired_at.is_some() && since.is_none() {
            return None;
        }
        let wording = tenant.wording(purpose, contact.locale)?;
        Some(Self {
            purpose: &purpose.slug,
            name: &wording.name,
            text: &wording.body,
            frequency: purpose.frequency.as_str(),
            state: consent.word(),
            since: since.map(Timestamp::rfc3339),
            evidence: since.and(stored).map(|it| Shown(it.evidence)),
        })
    }
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let found = edit::find(&web.app, &tenant, named(&id)?).await.map_err(Fault::App)?;
    let (contact, consents) = found.ok_or_else(no_such_contact)?;
    let preferences = Preferences::of(&web.app, &tenant, &contact, &consents);
    Ok(etag::answer(&request, &preferences)?)
}
