//! `PATCH /v1/contacts/{contact}`: the language a person reads and the tenant's own id for them.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Payload},
};
use serde::de::MapAccess;

use super::{Person, declared, named, no_such_contact};
use crate::{
    app::{
        edit::{self, Edit, Hindered},
        entered,
    },
    domain::Locale,
    web::{
        Web,
        api::{
            auth, etag,
            json::{self, Given, Notes, Object, Value},
            once::{self, Refusal},
            problem::Problem,
            schema::Record,
        },
        extract::FORM_LIMIT,
    },
};

/// The body.
#[derive(Default)]
struct Change {
    edit: Edit,
}

impl<'de> Object<'de> for Change {
    const RECORD: &'static Record = &declared::CHANGE;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.edit.locale = value.word()?.and_then(|it| Locale::from_tag(&it)),
            _ => {
                self.edit.external_id = match value.text_or_null()? {
                    Given::Text(text) => Some(Some(text.into_owned())),
                    Given::Null => Some(None),
                    Given::Other => None,
                };
            }
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        let unusable = |it: &String| it.is_empty() || it.chars().any(char::is_control);
        if self.edit.external_id.as_ref().is_some_and(|it| it.as_ref().is_some_and(unusable)) {
            notes.wrong_at("external_id", "must have a sign and no control characters; null takes it away");
        }
    }
}

/// Answers [`declared::PATCH`].
///
/// # Errors
/// A problem document; 404, 409, 412 and 428 besides the usual.
pub async fn patch(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &declared::PATCH).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Change { edit } = json::read(&body)?;
    let id = named(&id)?;
    let (app, tenant) = (&web.app, &caller.tenant);
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let (contact, consents) = edit::lock(app, tx, tenant, id).await?.ok_or_else(no_such_contact)?;
        let told = entered::known(app, tx, tenant.id, id).await?;
        let before = Person::of(app, tenant, &contact, &consents, &told);
        etag::hold(&request, &etag::when_read(&before)?)?;
        let changed = edit::edit(app, tx, tenant, &contact, &edit).await?.map_err(hindered)?;
        let after = Person::of(app, tenant, &changed, &consents, &told);
        let reply = once::reply(StatusCode::OK, &after, Some(id))?;
        Ok::<_, Refusal>(once::tagged(reply))
    });
    Ok(answer.await?)
}

fn hindered(why: Hindered) -> Problem {
    let detail = match why {
        Hindered::Restricted => "This contact is restricted: nothing about them may be changed.",
        Hindered::Taken => "Another contact has this external_id. Nothing was changed.",
    };
    Problem::new(StatusCode::CONFLICT, detail)
}
