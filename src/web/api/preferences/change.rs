//! `PATCH /v1/contacts/{contact}/preferences`: a person told the tenant what they want.

use std::{borrow::Cow, sync::Arc};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::de::MapAccess;

use super::{PREFERENCES, Preferences};
use crate::{
    app::{
        edit,
        preferences::Break,
        told::{Surroundings, Told},
        told_choices::{self, Pause, Wishes},
    },
    domain::{Locale, catalog::Tenant, id::PurposeId},
    web::{
        Web,
        api::{
            auth::{self, Scope},
            checks::with_purpose,
            contacts::{ID, named, no_such_contact},
            etag,
            json::{self, Given, Notes, Object, Text, Value},
            once::{self, Refusal},
            problem::{Problem, Wrong},
            route::{Endpoint, Method},
            schema::{Field, LOCALE, PURPOSE, Record, Shape},
            signups::{NOTE, PURPOSES_MAX, slugs},
        },
        extract::FORM_LIMIT,
    },
};

/// `PATCH /v1/contacts/{contact}/preferences`
pub const PATCH: Endpoint = Endpoint::new(
    Method::Patch,
    "/v1/contacts/{contact}/preferences",
    Scope::ContactsWrite,
    "Change the preferences of a contact",
)
.about(
    "When a person told you, and not us. What they leave is left at once, with its evidence. What they join becomes \
     `pending`, and they get a mail to confirm: no call says yes for anybody. A break and a language hold at once.",
)
.with(&[ID])
.takes(&CHANGE, r#"{"leave":["{purpose}"],"pause":"1m","note":"By phone on 21 November, ticket 4711."}"#)
.answers("The preferences as they are now.", &PREFERENCES)
.matched()
.changes()
.fails(&[
    (404, "The tenant knows no such contact, or does not know them any more."),
    (409, "The contact is restricted: only leaving is done. Nothing was changed."),
]);

const CHANGE: Record = Record::new(
    "PreferencesChange",
    "What the person wants changed; what is left out stays.",
    &[
        Field::may("leave", "The slugs of what they leave.", Shape::List(&PURPOSE, 1, PURPOSES_MAX)),
        Field::may("join", "The slugs of what they want besides.", Shape::List(&PURPOSE, 1, PURPOSES_MAX)),
        Field::may(
            "pause",
            "A break of two weeks, one month or three; null ends it.",
            Shape::Maybe(&Shape::Word(&["2w", "1m", "3m"])),
        ),
        Field::may("locale", "The language they read.", LOCALE),
        NOTE,
    ],
);

#[derive(Default)]
struct Change<'a> {
    leave: Vec<Text<'a>>,
    join: Vec<Text<'a>>,
    pause: Option<Pause>,
    locale: Option<Locale>,
    note: Option<Cow<'a, str>>,
    unknown_break: bool,
}

impl<'de> Object<'de> for Change<'de> {
    const RECORD: &'static Record = &CHANGE;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.leave = value.list()?,
            1 => self.join = value.list()?,
            2 => match value.text_or_null()? {
                Given::Text(word) => {
                    let known = Break::from_word(&word);
                    self.unknown_break = known.is_none();
                    self.pause = known.map(Pause::Begin);
                }
                Given::Null => self.pause = Some(Pause::End),
                Given::Other => {}
            },
            3 => self.locale = value.word()?.and_then(|it| Locale::from_tag(&it)),
            _ => self.note = value.text()?,
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        if self.unknown_break {
            notes.wrong_at("pause", "must be one of 2w, 1m, 3m, or null");
        } else if self.leave.is_empty()
            && self.join.is_empty()
            && self.pause.is_none()
            && self.locale.is_none()
        {
            notes.wrong("give leave, join, pause or locale");
        }
        if self.note.as_ref().is_some_and(|it| it.is_empty() || it.chars().any(char::is_control)) {
            notes.wrong_at("note", "must have a sign and no control characters");
        }
    }
}

/// What the slugs of a body name.
fn wishes(tenant: &Tenant, change: &Change<'_>) -> Result<Wishes, Problem> {
    let mut wrong = Vec::new();
    let mut note = |pointer: String, detail: &str| {
        wrong.push(Wrong::at(pointer, detail));
    };
    let mut leave: Vec<PurposeId> = Vec::new();
    for (index, Text(slug)) in change.leave.iter().enumerate() {
        match tenant.purpose_named(slug) {
            Some(purpose) if leave.contains(&purpose.id) => {}
            Some(purpose) => leave.push(purpose.id),
            None => note(format!("/leave/{index}"), "there is no purpose of this slug"),
        }
    }
    let mut join: Vec<PurposeId> = Vec::new();
    for (index, Text(slug)) in change.join.iter().enumerate() {
        match tenant.purpose_named(slug).filter(|it| it.retired_at.is_none()) {
            Some(purpose) if leave.contains(&purpose.id) => {
                note(format!("/join/{index}"), "is to be left, too");
            }
            Some(purpose) if join.contains(&purpose.id) => {}
            Some(purpose) => join.push(purpose.id),
            None => note(format!("/join/{index}"), "nothing of this slug is offered"),
        }
    }
    if wrong.is_empty() {
        Ok(Wishes { leave, join, pause: change.pause, locale: change.locale })
    } else {
        Err(Problem::wrong(wrong))
    }
}

/// Answers [`PATCH`].
///
/// # Errors
/// A problem document; 404, 409, 412 and 428 besides the usual.
pub async fn patch(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &PATCH).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let change: Change<'_> = json::read(&body)?;
    let (app, id) = (&web.app, named(&id)?);
    let mut tenant = Arc::clone(&caller.tenant);
    for Text(slug) in change.leave.iter().chain(&change.join) {
        tenant = with_purpose(app, tenant, slug).await?;
    }
    let (tenant, wishes) = (&*tenant, wishes(&tenant, &change));
    let note = change.note.as_deref().map(str::to_owned);
    let told = Told::by(caller.key, Surroundings { note, ..Surroundings::default() });
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let wishes = wishes?;
        let (contact, consents) = edit::lock(app, tx, tenant, id).await?.ok_or_else(no_such_contact)?;
        let before = Preferences::of(app, tenant, &contact, &consents);
        etag::hold(&request, &etag::when_read(&before)?)?;
        let chosen = told_choices::carry_out(app, tx, tenant, contact, consents, &wishes, &told).await?;
        let chosen = chosen.map_err(|_restricted| restricted())?;
        let mut after = Preferences::of(app, tenant, &chosen.contact, &chosen.consents);
        let tag = etag::when_read(&after)?;
        after.held = Some(slugs(tenant, &chosen.held));
        let mut reply = once::reply(StatusCode::OK, &after, Some(id))?;
        reply.headers.push(("etag".to_owned(), tag));
        Ok::<_, Refusal>(reply)
    });
    Ok(answer.await?)
}

fn restricted() -> Problem {
    let detail = "This contact is restricted: only leaving is done. Send `leave` alone. Nothing was changed.";
    Problem::new(StatusCode::CONFLICT, detail)
}
