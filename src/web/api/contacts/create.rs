//! `POST /v1/contacts`: a signup as seen from the contact. The person is made as somebody who is asked to confirm.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};

use super::{Person, declared::PERSON};
use crate::{
    app::{edit, entered, server_signup},
    web::{
        Web,
        api::{
            auth::{self, Scope},
            json, once,
            problem::Problem,
            route::{Endpoint, Method},
            signups::{self, ASKED},
        },
        extract::SIGNUP_LIMIT,
    },
};

/// `POST /v1/contacts`
pub const CREATE: Endpoint =
    Endpoint::new(Method::Post, "/v1/contacts", Scope::ContactsWrite, "Create a contact, as a request")
        .about(
            "As `POST /v1/signups`, answered with the contact: the person gets a mail to confirm, and until they do their \
             consents are `pending`. Whoever never confirms is forgotten in time. An address that is known already stays \
             one contact.",
        )
        .takes(&ASKED, r#"{"email":"alan@example.org","purposes":["{purpose}"],"locale":"en"}"#)
        .creates("The contact.", &PERSON)
        .changes()
        .fails(&[(
            409,
            "The form is closed, a guardian must agree for this person, the external id is another contact's, or no mail \
             may go to this address now: it had as many as it may have, or must not be mailed. Nothing was changed.",
        )]);

/// Answers [`CREATE`].
///
/// # Errors
/// A problem document; 409, 422 and 429 besides the usual.
pub async fn create(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &CREATE).await?;
    let body = json::body(&request, &mut payload.into_inner(), SIGNUP_LIMIT).await?;
    let checked = signups::read(&web, &caller, &body).await?;
    let app = &web.app;
    let mut held_back = None;
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let checked = checked?;
        let tenant = &checked.tenant;
        let signup = server_signup::ask(app, tx, tenant, &checked.asked()).await?;
        let signup = signup.map_err(|it| signups::refused(it, &mut held_back))?;
        let id = signup.contact.ok_or_else(held)?;
        let (contact, consents) = edit::lock(app, tx, tenant, id).await?.ok_or_else(held)?;
        let told = entered::known(app, tx, tenant.id, id).await?;
        let person = Person::of(app, tenant, &contact, &consents, &told);
        let mut reply = once::reply(StatusCode::CREATED, &person, Some(id))?;
        reply.headers.push(("location".to_owned(), format!("/v1/contacts/{id}")));
        Ok(reply)
    });
    signups::with_wait(answer.await, held_back)
}

/// No mail may go to the address, and nobody is made who was not asked.
fn held() -> Problem {
    let detail = "No mail may go to this address now: it had as many as it may have, or must not be mailed. Nothing was \
                  changed.";
    Problem::new(StatusCode::CONFLICT, detail)
}
