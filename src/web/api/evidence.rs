//! `POST /v1/evidence:export`: the dossier for an authority, as a ZIP file. The person is named in the body, so that no
//! address stands in a URL or a log.

use std::borrow::Cow;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    web::{Data, Payload},
};
use serde::de::MapAccess;

use super::{
    auth::{self, Caller, Scope},
    checks::{no_such_purpose, with_purpose},
    json::{self, Notes, Object, Value},
    problem::{self, Problem, Wrong},
    route::{Endpoint, Method},
    schema::{Field, LOCALE, Record, Shape},
};
use crate::{
    app::{
        controller::controller,
        dossier::{self, About, DossierError, Period, Question},
        gate::Recipient,
        verify::Limits,
    },
    domain::{Locale, Timestamp},
    web::{
        Web,
        error::Fault,
        extract::FORM_LIMIT,
        paper::{self, Cover},
    },
};

/// The longest note of who asked, in characters.
const ASKED_BY_MAX: usize = 200;

/// `POST /v1/evidence:export`
pub const EXPORT: Endpoint =
    Endpoint::new(Method::Post, "/v1/evidence:export", Scope::EvidenceRead, "Make a dossier for an authority")
        .about(
            "Everything recorded about a person or a purpose, with proofs that anybody can check with `ayeaye verify`. \
             One is made for you at once and two in all; another caller gets 503 and tries again.",
        )
        .takes(&ASKED, r#"{"contact":"{contact}","asked_by":"CNIL","locale":"en"}"#)
        .answers_with("The dossier, as a ZIP file.", "application/zip")
        .fails(&[(404, "The tenant never knew such a person.")]);

const DAY: Shape = Shape::format("date", "2026-11-21");
const ASKED: Record = Record::new(
    "DossierQuestion",
    "What the dossier is about.",
    &[
        Field::may("contact", "A person, by our id.", Shape::text("con_01kas0z1v8q4g6r1m0c7y2d3e5")),
        Field::may("email", "A person, by their address.", Shape::text("ada@example.org")),
        Field::may("purpose", "A purpose, by its slug.", Shape::text("newsletter")),
        Field::may("since", "The first day, in UTC.", DAY),
        Field::may("until", "The last day, in UTC.", DAY),
        Field::may("asked_by", "Who asked, for the cover.", Shape::text_within(ASKED_BY_MAX, "CNIL")),
        Field::may("locale", "The language; the tenant's own when left out.", LOCALE),
    ],
)
.one_of_the_first(3);

/// Answers [`EXPORT`].
///
/// # Errors
/// A problem document; 404 when the tenant never knew such a person, 422 when it would be too much, 503 when as many
/// as can be are being made.
pub async fn export(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &EXPORT).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let asked: Asked<'_> = json::read(&body)?;
    let Some(place) = web.app.places.dossiers.take(tenant.id) else { return Ok(busy()) };
    let tenant = match &asked.purpose {
        Some(slug) => with_purpose(&web.app, tenant, slug).await?,
        None => tenant,
    };
    let found = dossier::gather(&web.app, &tenant, &asked.question()).await.map_err(refused)?;
    let cover = Cover {
        asked_by: asked.authority.as_deref().unwrap_or_default().to_owned(),
        locale: asked.locale.unwrap_or(tenant.locale),
        pdf_alone: false,
    };
    let organisation = controller(&web.app.catalog(), &tenant);
    let base_url = web.app.url_for(tenant.id, "");
    let name = paper::dossier_name(&found, false);
    let made = tokio::task::spawn_blocking(move || {
        // Held until it is made, also when the caller has gone.
        let _place = place;
        paper::dossier(&found, &organisation, &base_url, &cover)
    });
    let bytes = match made.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => return Err(not_made(&error)),
        Err(error) => return Err(not_made(&error)),
    };
    if bytes.len() > Limits::FORMAT.file {
        return Err(refused(DossierError::TooLarge));
    }
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/zip"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(bytes))
}

fn busy() -> HttpResponse {
    let detail = "As many dossiers as can be made at once are being made. Try again in a minute.";
    problem::busy(detail)
}

fn not_made(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "a dossier could not be made");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "The dossier could not be made. Nothing was changed.")
        .into()
}

fn refused(error: DossierError) -> Error {
    let pointer = match error {
        DossierError::NoSuchContact => {
            return Problem::new(StatusCode::NOT_FOUND, "There is no such contact.").into();
        }
        DossierError::NoSuchPurpose => return no_such_purpose().into(),
        DossierError::App(error) => return Fault::App(error).into(),
        DossierError::Backwards => "/until",
        DossierError::TooManyPeople | DossierError::TooManyRecords | DossierError::TooLarge => "/since",
    };
    Problem::wrong(vec![Wrong::at(pointer, error.to_string())]).into()
}

/// The body.
#[derive(Default)]
struct Asked<'a> {
    person: Option<Recipient<'a>>,
    purpose: Option<Cow<'a, str>>,
    since: Day<'a>,
    until: Day<'a>,
    authority: Option<Cow<'a, str>>,
    locale: Option<Locale>,
}

/// A day as it was written, and its first and last instant.
#[derive(Default)]
struct Day<'a> {
    text: Option<Cow<'a, str>>,
    span: Option<(Timestamp, Timestamp)>,
}

impl Day<'_> {
    fn finish(&mut self, name: &str, notes: &mut Notes) {
        let Some(text) = &self.text else { return };
        self.span = dossier::day(text);
        if self.span.is_none() {
            notes.wrong_at(name, "write a day like 2026-11-21");
        }
    }
}

impl Asked<'_> {
    fn question(&self) -> Question<'_> {
        let about = match (&self.purpose, &self.person) {
            (Some(slug), _) => About::Purpose(slug),
            (None, Some(person)) => About::Person(person.clone()),
            (None, None) => About::Person(Recipient::Nobody),
        };
        let (since, until) = (self.since.span.map(|it| it.0), self.until.span.map(|it| it.1));
        Question { about, period: Period { since, until } }
    }
}

impl<'de> Object<'de> for Asked<'de> {
    const RECORD: &'static Record = &ASKED;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.person = value.text()?.map(|it| Recipient::contact(&it)),
            1 => self.person = value.text()?.map(|it| Recipient::email(&it)),
            2 => self.purpose = value.text()?,
            3 => self.since.text = value.text()?,
            4 => self.until.text = value.text()?,
            5 => self.authority = value.text()?,
            _ => self.locale = value.word()?.as_deref().and_then(Locale::from_tag),
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        self.since.finish("since", notes);
        self.until.finish("until", notes);
    }
}

#[cfg(test)]
mod tests;
