//! `GET /v1/contacts`: all people the tenant knows. Nobody is sought by address here: see `:lookup`.

use actix_web::{Error, HttpRequest, HttpResponse, web::Data};

use super::{Person, declared::PERSON};
use crate::{
    app::people,
    web::{
        Web,
        api::{
            auth::{self, Scope},
            list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
            route::{Endpoint, Method},
            schema::{Field, Record, Shape},
        },
        error::Fault,
    },
};

/// `GET /v1/contacts`
pub const LIST: Endpoint =
    Endpoint::new(Method::Get, "/v1/contacts", Scope::ContactsRead, "List the contacts")
        .about(
            "Everybody but the erased, in the order they were met. Whom you may mail now is another question: ask for the \
             audience of a purpose, or the send gate.",
        )
        .with(&[LIMIT, CURSOR])
        .answers("A page of contacts.", &PAGE);

const PAGE: Record = Record::new(
    "ContactPage",
    "A page of contacts.",
    &[
        IS_LIST,
        Field::must("data", "The contacts.", Shape::List(&Shape::Object(&PERSON), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let (app, tenant) = (&web.app, &caller.tenant);
    let found = people::page(app, tenant, &place.after, place.one_more()).await.map_err(Fault::App)?;
    let people = found.iter().map(|it| Person::of(app, tenant, &it.contact, &it.consents, &it.entered));
    Ok(place.answer(&web, &caller, people.collect(), |it: &Person<'_>| it.id.0.to_string())?)
}
