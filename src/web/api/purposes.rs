//! `GET /v1/purposes`, `GET /v1/purposes/{purpose}`: what people may consent to, and in which words.

use std::collections::BTreeMap;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Shown,
    auth::{self, Caller, Scope},
    checks::with_purpose,
    list::{CURSOR, LIMIT, NEXT_CURSOR, Place},
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, PURPOSE, Record, Shape},
};
use crate::{
    domain::{
        Timestamp,
        catalog::{self, Tenant},
        id::{PurposeId, WordingId},
    },
    web::{Web, error::Fault},
};

/// `GET /v1/purposes`
pub const LIST: Endpoint =
    Endpoint::new(Method::Get, "/v1/purposes", Scope::PurposesRead, "List the purposes")
        .about("What people may consent to, retired purposes included, in the order of their slugs.")
        .with(&[LIMIT, CURSOR])
        .answers("A page of purposes.", &PAGE);

/// `GET /v1/purposes/{purpose}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/purposes/{purpose}", Scope::PurposesRead, "Read a purpose")
        .with(&[Parameter::path("purpose", "The slug of the purpose.", PURPOSE)])
        .answers("The purpose.", &PURPOSE_RECORD)
        .fails(&[(404, "There is no such purpose.")]);

const PAGE: Record = Record::new(
    "PurposePage",
    "A page of purposes.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The purposes.", Shape::List(&Shape::Object(&PURPOSE_RECORD), 0, 500)),
        Field::must("has_more", "Whether there are more.", Shape::Flag),
        Field::must("next_cursor", "What to send as `cursor` next.", Shape::Maybe(&NEXT_CURSOR)),
    ],
);
const PURPOSE_RECORD: Record = Record::new(
    "Purpose",
    "One use of the address.",
    &[
        Field::must("object", "`purpose`", Shape::Word(&["purpose"])),
        Field::must("id", "Our id.", Shape::pattern("^pur_[0-9a-hjkmnp-tv-z]{13}$", "pur_0f3k9m2q7r5tz")),
        Field::must("slug", "Its name in addresses, forms and the API.", PURPOSE),
        Field::must("frequency", "How often mails come.", FREQUENCY),
        Field::must("retired_at", "No longer offered since.", Shape::Maybe(&INSTANT)),
        Field::must("wordings", "The newest text, by language.", Shape::Each(&Shape::Object(&WORDING))),
    ],
);
/// How often mails of a purpose come.
pub(super) const FREQUENCY: Shape =
    Shape::Word(&["immediate", "daily", "weekly", "monthly", "quarterly", "occasional"]);
/// The text people agree to, in one language.
pub(super) const WORDING: Record = Record::new(
    "PurposeWording",
    "The text people agree to, in one language. A text never changes: a new one is a new version.",
    &[
        Field::must("id", "Our id.", Shape::pattern("^wrd_[0-9a-hjkmnp-tv-z]{13}$", "wrd_0f3k9m2q7r5tz")),
        Field::must("version", "1 for the first of its language.", Shape::Number(1, i64::MAX)),
        Field::must("name", "What the purpose is called.", Shape::text("Newsletter")),
        Field::must("text", "What a person agrees to.", Shape::text("Our monthly news by email.")),
        Field::must(
            "sha256",
            "SHA-256 of name, text and frequency, as it stands in the evidence.",
            Shape::pattern(
                "^[0-9a-f]{64}$",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
        ),
    ],
);

#[derive(Serialize)]
struct Purpose<'a> {
    object: &'static str,
    id: Shown<PurposeId>,
    slug: &'a str,
    frequency: &'static str,
    retired_at: Option<String>,
    wordings: BTreeMap<&'static str, Wording<'a>>,
}

#[derive(Serialize)]
struct Wording<'a> {
    id: Shown<WordingId>,
    version: i64,
    name: &'a str,
    text: &'a str,
    sha256: &'a str,
}

impl<'a> Purpose<'a> {
    fn of(purpose: &'a catalog::Purpose) -> Self {
        let wordings = purpose.wordings.iter().map(|(locale, it)| {
            let catalog::Wording { id, locale: _, version, name, body, sha256 } = it;
            (locale.tag(), Wording { id: Shown(*id), version: *version, name, text: body, sha256 })
        });
        Self {
            object: "purpose",
            id: Shown(purpose.id),
            slug: &purpose.slug,
            frequency: purpose.frequency.as_str(),
            retired_at: purpose.retired_at.map(Timestamp::rfc3339),
            wordings: wordings.collect(),
        }
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    web.app.refresh().await.map_err(Fault::App)?;
    let tenant =
        web.app.catalog().tenant(caller.tenant.id).map_or_else(|| caller.tenant.clone(), Clone::clone);
    let found = after(&tenant, &place);
    Ok(place.answer(&web, &caller, found, |it| it.slug.to_owned())?)
}

fn after<'a>(tenant: &'a Tenant, place: &Place) -> Vec<Purpose<'a>> {
    let mut found: Vec<&catalog::Purpose> =
        tenant.purposes.iter().filter(|it| it.slug > place.after).collect();
    found.sort_by(|left, right| left.slug.cmp(&right.slug));
    found.into_iter().take(place.limit + 1).map(Purpose::of).collect()
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose.
pub async fn get(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let tenant = with_purpose(&web.app, tenant, &slug).await?;
    let Some(purpose) = tenant.purpose_named(&slug) else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "There is no such purpose.").into());
    };
    Ok(super::answer(&Purpose::of(purpose), 1_024)?)
}
