//! `POST /v1/checks`: may these people be mailed for this purpose now? Up to 10,000 at once; fails closed.

use std::{borrow::Cow, sync::Arc};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde::{
    Serialize, Serializer,
    de::{MapAccess, SeqAccess},
};

use super::{
    Shown,
    auth::{self, Caller, Scope},
    json::{self, Element, Next, Notes, Object, Value},
    problem::{Problem, Wrong},
    recipient::{RECIPIENT, Referred},
    route::{Endpoint, Method},
    schema::{CONTACT, EVIDENCE, Field, Record, Shape, URL},
};
use crate::{
    app::{
        App,
        gate::{self, Check, Decision, Recipient},
        links,
    },
    domain::{
        catalog::Tenant,
        consent::Denial,
        id::{CheckId, ContactId, EvidenceId, PurposeId, TenantId},
    },
    web::{Web, error::Fault, extract::API_LIMIT},
};

/// What an answer for one recipient takes about, in bytes, and what links and headers add.
const RESULT_SIZE: usize = 150;
const LINKS_SIZE: usize = 340;
const HEADERS_SIZE: usize = 260;

/// `POST /v1/checks`
pub const POST: Endpoint = Endpoint::new(Method::Post, "/v1/checks", Scope::Checks, "Ask the send gate")
    .about(
        "May these people be mailed for this purpose now? Up to 10,000 at once, answered in the order asked. \
         Whoever gets anything but a 200 must not send.",
    )
    .takes(
        &QUESTION,
        r#"{"purpose":"{purpose}","recipients":[{"email":"{email}","ref":"1"},{"contact":"{contact}","ref":"2"}],"include":["links","headers"]}"#,
    )
    .answers("A decision for each recipient.", &CHECK);

const QUESTION: Record = Record::new(
    "CheckQuestion",
    "Who is to be mailed, and what for.",
    &[
        Field::must("purpose", "The slug of the purpose.", Shape::text("newsletter")),
        Field::must("recipients", "The people.", Shape::List(&Shape::Object(&RECIPIENT), 1, gate::MOST)),
        Field::may(
            "include",
            "What is wanted besides the decisions.",
            Shape::List(&Shape::Word(&["links", "headers"]), 0, Extra::ALL.len()),
        ),
    ],
);
const CHECK: Record = Record::new(
    "Check",
    "The decisions of the send gate.",
    &[
        Field::must("object", "`check`", Shape::Word(&["check"])),
        Field::must(
            "id",
            "The check.",
            Shape::pattern("^chk_[0-9a-hjkmnp-tv-z]{26}$", "chk_01kas0z1v8q4g6r1m0c7y2d3e5"),
        ),
        Field::must("allowed", "How many may be mailed.", Shape::Number(0, 10_000)),
        Field::must("denied", "How many must not.", Shape::Number(0, 10_000)),
        Field::must(
            "results",
            "One for each recipient, in the order asked.",
            Shape::List(&Shape::Object(&DECISION), 1, gate::MOST),
        ),
    ],
);
const DECISION: Record = Record::new(
    "Decision",
    "Whether one person may be mailed.",
    &[
        Field::may("ref", "Your reference.", Shape::text("1")),
        Field::must("decision", "Whether they may be mailed.", Shape::Word(&["allow", "deny"])),
        Field::may("reason", "Why not.", Shape::Word(&Denial::WORDS)),
        Field::may("contact", "The person, when they may be mailed.", CONTACT),
        Field::may("consent", "The evidence of their consent.", EVIDENCE),
        Field::may("links", "Links for the footer.", Shape::Object(&LINKS)),
        Field::may(
            "headers",
            "Header lines the mail must have (RFC 8058).",
            Shape::Each(&Shape::text("<https://consent.example.org/u/ay1…>")),
        ),
    ],
);
const LINKS: Record = Record::new(
    "FooterLinks",
    "Links for the footer of a mail to one person.",
    &[
        Field::must("unsubscribe", "To leave this purpose.", URL),
        Field::must("preferences", "To choose.", URL),
    ],
);

/// Answers [`POST`].
///
/// # Errors
/// A problem document; whoever gets one must not send.
pub async fn post(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &POST).await?;
    let body = json::body(&request, &mut payload.into_inner(), API_LIMIT).await?;
    let Question { purpose, recipients, include } = json::read(&body)?;
    let tenant = with_purpose(&web.app, tenant, &purpose).await?;
    let purpose = tenant.purpose_named(&purpose).ok_or_else(no_such_purpose)?;
    let (whom, references): (Vec<Recipient<'_>>, Vec<Option<Cow<'_, str>>>) =
        recipients.into_iter().map(|it| (it.person.who(), it.reference)).unzip();
    let check = gate::check(&web.app, &tenant, purpose, &whom).await.map_err(Fault::App)?;
    let footer = Footer { app: &web.app, tenant: tenant.id, purpose: purpose.id, include };
    Ok(answer(&check, &references, &footer)?)
}

/// The tenant as it is now, when another process may have added a purpose a moment ago.
pub(super) async fn with_purpose(app: &App, tenant: Arc<Tenant>, slug: &str) -> Result<Arc<Tenant>, Fault> {
    if tenant.purpose_named(slug).is_some() {
        return Ok(tenant);
    }
    app.refresh().await?;
    Ok(app.catalog().tenant(tenant.id).map_or(tenant, Arc::clone))
}

pub(super) fn no_such_purpose() -> Problem {
    let detail = "there is no purpose of this slug; see what `ayeaye apply` has set up".to_owned();
    Problem::wrong(vec![Wrong { pointer: Some("/purpose".to_owned()), parameter: None, detail }])
}

/// The body.
#[derive(Default)]
struct Question<'a> {
    purpose: Cow<'a, str>,
    recipients: Vec<Referred<'a>>,
    include: Include,
}

/// What is wanted besides the decisions.
#[derive(Clone, Copy, Default)]
struct Include {
    links: bool,
    headers: bool,
}

impl<'de> Object<'de> for Question<'de> {
    const RECORD: &'static Record = &QUESTION;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.purpose = value.text()?.unwrap_or_default(),
            1 => self.recipients = value.list()?,
            _ => {
                let wanted: Vec<Extra> = value.list()?;
                let has = |extra: Extra| wanted.contains(&extra);
                self.include = Include { links: has(Extra::Links), headers: has(Extra::Headers) };
            }
        }
        Ok(())
    }
}

/// One thing wanted besides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extra {
    Links,
    Headers,
}

impl Extra {
    const ALL: [Self; 2] = [Self::Links, Self::Headers];

    const fn word(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Headers => "headers",
        }
    }
}

impl<'de> Element<'de> for Extra {
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(match json::next_text(list, notes)? {
            Next::Found(text) => {
                let extra = Self::ALL.into_iter().find(|it| it.word() == text);
                extra.map_or_else(
                    || {
                        notes.wrong("must be links or headers");
                        Next::Other
                    },
                    Next::Found,
                )
            }
            Next::Other => Next::Other,
            Next::End => Next::End,
        })
    }
}

/// What makes links.
struct Footer<'a> {
    app: &'a App,
    tenant: TenantId,
    purpose: PurposeId,
    include: Include,
}

/// The links of one person.
#[derive(Serialize)]
struct Links {
    unsubscribe: String,
    preferences: String,
}

/// The headers a mail to one person must have (RFC 8058 section 3.1).
#[derive(Serialize)]
struct Headers {
    #[serde(rename = "List-Unsubscribe")]
    list_unsubscribe: String,
    #[serde(rename = "List-Unsubscribe-Post")]
    list_unsubscribe_post: &'static str,
}

impl Footer<'_> {
    fn of(&self, contact: ContactId) -> (Option<Links>, Option<Headers>) {
        let Self { app, tenant, purpose, include } = self;
        if !include.links && !include.headers {
            return (None, None);
        }
        let unsubscribe = links::unsubscribe_url(app, *tenant, contact, *purpose);
        let headers = include.headers.then(|| Headers {
            list_unsubscribe: format!("<{unsubscribe}>"),
            list_unsubscribe_post: "List-Unsubscribe=One-Click",
        });
        let links = include
            .links
            .then(|| Links { unsubscribe, preferences: links::preferences_url(app, *tenant, contact) });
        (links, headers)
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    object: &'static str,
    id: Shown<CheckId>,
    allowed: usize,
    denied: usize,
    results: Results<'a>,
}

/// The answers, made one by one as they are written.
struct Results<'a> {
    check: &'a Check,
    references: &'a [Option<Cow<'a, str>>],
    footer: &'a Footer<'a>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    decision: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Shown<ContactId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<Shown<EvidenceId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Headers>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { check, references, footer } = self;
        let references = references.iter().map(Option::as_deref);
        serializer.collect_seq(check.decisions.iter().zip(references).map(|(decision, reference)| {
            match *decision {
                Decision::Allow(contact, evidence) => {
                    let (links, headers) = footer.of(contact);
                    Verdict {
                        reference,
                        decision: "allow",
                        reason: None,
                        contact: Some(Shown(contact)),
                        consent: Some(Shown(evidence)),
                        links,
                        headers,
                    }
                }
                Decision::Deny(denial) => Verdict {
                    reference,
                    decision: "deny",
                    reason: Some(denial.word()),
                    contact: None,
                    consent: None,
                    links: None,
                    headers: None,
                },
            }
        }))
    }
}

fn answer(
    check: &Check,
    references: &[Option<Cow<'_, str>>],
    footer: &Footer<'_>,
) -> Result<HttpResponse, Problem> {
    let asked = check.decisions.len();
    let allowed = check.decisions.iter().filter(|it| matches!(it, Decision::Allow(..))).count();
    let Include { links, headers } = footer.include;
    let extra = if links { LINKS_SIZE } else { 0 } + if headers { HEADERS_SIZE } else { 0 };
    let answer = Answer {
        object: "check",
        id: Shown(check.id),
        allowed,
        denied: asked - allowed,
        results: Results { check, references, footer },
    };
    super::answer(&answer, 200 + asked * RESULT_SIZE + allowed * extra)
}

#[cfg(test)]
mod tests;
