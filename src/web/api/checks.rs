//! `POST /v1/checks`: may these people be mailed for this purpose now? Up to 10,000 at once; fails closed. Any number:
//! [`lines`].

mod answer;
pub mod lines;
mod reader;
mod records;

use std::{borrow::Cow, sync::Arc};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde::{
    Serialize, Serializer,
    de::{MapAccess, SeqAccess},
};

use self::{
    answer::{Footer, Include, Verdict, allowed, proof_lines},
    records::{CHECK, EXTRAS, KEY_LIST, QUESTION},
};
use super::{
    Shown,
    auth::{self, Caller, Scope},
    json::{self, Element, Next, Notes, Object, Value},
    problem::{Problem, Wrong},
    recipient::Referred,
    route::{Endpoint, Method},
    schema::Record,
};
use crate::{
    app::{
        App,
        gate::{self, Check, Recipient, proof},
    },
    domain::{catalog::Tenant, id::CheckId},
    web::{Web, error::Fault, extract::API_LIMIT},
};

/// `POST /v1/checks`
pub const POST: Endpoint = Endpoint::new(Method::Post, "/v1/checks", Scope::Checks, "Ask the send gate")
    .about(
        "May these people be mailed for this purpose now? Up to 10,000 at once, answered in the order asked. \
         Whoever gets anything but a 200 must not send. `email_sha256` is the SHA-256, in hex, of the address trimmed \
         and in lower case, its domain as `xn--…` where it has other letters than a to z.",
    )
    .takes(
        &QUESTION,
        r#"{"purpose":"{purpose}","recipients":[{"email":"{email}","ref":"1"},{"contact":"{contact}","ref":"2"}],"include":["links","headers","proof"],"campaign":"Newsletter of November"}"#,
    )
    .answers("A decision for each recipient.", &CHECK);

/// `GET /v1/checks/keys`
pub const KEYS: Endpoint =
    Endpoint::new(Method::Get, "/v1/checks/keys", Scope::Checks, "Read the keys of proofs")
        .for_everybody()
        .about("What `ayeaye verify` is given as `--key` to check a proof of the send gate. No key of the API is needed.")
        .answers("The public keys.", &KEY_LIST);

/// Answers [`POST`].
///
/// # Errors
/// A problem document; whoever gets one must not send.
pub async fn post(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &POST).await?;
    let body = json::body(&request, &mut payload.into_inner(), API_LIMIT).await?;
    let Question { purpose, recipients, include, campaign } = json::read(&body)?;
    let tenant = with_purpose(&web.app, tenant, &purpose).await?;
    let purpose = tenant.purpose_named(&purpose).ok_or_else(no_such_purpose)?;
    let (whom, references): (Vec<Recipient<'_>>, Vec<Option<Cow<'_, str>>>) =
        recipients.into_iter().map(|it| (it.person.who(), it.reference)).unzip();
    let check = gate::check(&web.app, &tenant, purpose, &whom).await.map_err(Fault::App)?;
    let footer = Footer { app: &web.app, tenant: tenant.id, purpose: purpose.id, include };
    let lines = proof_lines(&whom, &check.decisions, include);
    let about = proof::About {
        check: check.id,
        tenant: &tenant.slug,
        test: tenant.test,
        purpose: &purpose.slug,
        begun: check.at,
        ended: check.at,
        campaign: campaign.as_deref(),
    };
    let proof = if include.proof { Some(signed(&web.app, &about, lines.iter().cloned())?) } else { None };
    Ok(answer(
        &check,
        tenant.test,
        proof,
        Results { check: &check, references: &references, lines: &lines, footer: &footer },
    )?)
}

/// Answers [`KEYS`].
///
/// # Errors
/// 422, or it could not be written.
pub async fn keys(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Problem> {
    auth::enter_without_key(&request, &KEYS)?;
    super::answer(&Keys { object: "list", data: proof::key(&web.app).into_iter().collect() }, 200)
}

#[derive(Serialize)]
struct Keys {
    object: &'static str,
    data: Vec<String>,
}

/// The proof of these decisions: whoever wants one gets one, or no answer at all.
fn signed(
    app: &App,
    about: &proof::About<'_>,
    lines: impl Iterator<Item = String>,
) -> Result<proof::Signed, Problem> {
    let mut digest = proof::Digest::default();
    for line in lines {
        digest.add(line);
    }
    proof::sign(app, about, digest).ok_or_else(super::not_written)
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
    let detail = "there is no purpose of this slug; see what `ayeaye apply` has set up";
    Problem::wrong(vec![Wrong::at("/purpose", detail)])
}

/// The body.
#[derive(Default)]
struct Question<'a> {
    purpose: Cow<'a, str>,
    recipients: Vec<Referred<'a>>,
    include: Include,
    campaign: Option<Cow<'a, str>>,
}

impl<'de> Object<'de> for Question<'de> {
    const RECORD: &'static Record = &QUESTION;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.purpose = value.text()?.unwrap_or_default(),
            1 => self.recipients = value.list()?,
            2 => value.list()?.into_iter().for_each(|Extra(word)| {
                self.include.add(word);
            }),
            _ => self.campaign = value.text()?,
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        if let Some(campaign) = &self.campaign {
            self.include.proof = true;
            if !proof::is_campaign(campaign) {
                notes.wrong_at("campaign", NOT_A_CAMPAIGN);
            }
        }
    }
}

const NOT_A_CAMPAIGN: &str = "must be one line, without spaces around it";

/// One thing wanted besides.
struct Extra(&'static str);

impl<'de> Element<'de> for Extra {
    fn next<A: SeqAccess<'de>>(list: &mut A, notes: &mut Notes) -> Result<Next<Self>, A::Error> {
        Ok(json::next_word(list, notes, &EXTRAS)?.map(Self))
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    object: &'static str,
    id: Shown<CheckId>,
    test: bool,
    allowed: usize,
    denied: usize,
    at: String,
    valid_until: String,
    results: Results<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<proof::Signed>,
}

/// The answers, made one by one as they are written.
struct Results<'a> {
    check: &'a Check,
    references: &'a [Option<Cow<'a, str>>],
    lines: &'a [String],
    footer: &'a Footer<'a>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { check, references, lines, footer } = self;
        let lines = lines.iter().map(|it| Some(it.as_str())).chain(std::iter::repeat(None));
        let all = check.decisions.iter().zip(*references).zip(lines);
        serializer.collect_seq(
            all.map(|((decision, reference), line)| {
                Verdict::of(decision, reference.as_deref(), line, footer)
            }),
        )
    }
}

fn answer(
    check: &Check,
    test: bool,
    proof: Option<proof::Signed>,
    results: Results<'_>,
) -> Result<HttpResponse, Problem> {
    let asked = check.decisions.len();
    let allowed = allowed(&check.decisions);
    let capacity = 400 + results.footer.include.size(asked, allowed);
    let answer = Answer {
        object: "check",
        id: Shown(check.id),
        test,
        allowed,
        denied: asked - allowed,
        at: check.at.rfc3339(),
        valid_until: check.at.plus(gate::VALID).rfc3339(),
        results,
        proof,
    };
    super::answer(&answer, capacity)
}

#[cfg(test)]
mod tests;
