//! Whether a body is expected: where none is taken, none may be sent, and where nothing need be said, none need be.
//!
//! Known from the declarations alone. A handler that takes no body has no hand on what was sent, so it is kept beside
//! the request until it is known who sends it.

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{Payload, ServiceRequest, ServiceResponse},
    middleware::Next,
};
use serde_json::{Map, Value};

use super::{
    contents::ALL,
    problem::{Problem, Wrong},
    route::{Endpoint, Method},
};
use crate::web::extract::{self, FORM_LIMIT};

/// What was sent to an endpoint that takes no body.
struct Unread(Payload);

/// Marks a request whose body may be left out.
struct MayBeLeftOut;

/// Whether something is done at a path without a body, so that its routes need [`keep_unread`].
pub(in crate::web) fn takes_none(path: &str) -> bool {
    ALL.iter().any(|it| it.path == path && it.method != Method::Get && it.body.is_none())
}

/// Keeps what was sent for [`expect`].
///
/// # Errors
/// As the service inside.
pub(in crate::web) async fn keep_unread(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let payload = request.take_payload();
    request.extensions_mut().insert(Unread(payload));
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// Holds what was sent to an endpoint that takes no body to be nothing or `{}`; notes where a body may be left out.
///
/// # Errors
/// 422, 413, 408, or 400 when it broke off.
pub(super) async fn expect(request: &HttpRequest, endpoint: &Endpoint) -> Result<(), Error> {
    if endpoint.may_go_without_body() {
        request.extensions_mut().insert(MayBeLeftOut);
    }
    let unread = request.extensions_mut().remove::<Unread>();
    let (None, Some(Unread(mut payload))) = (endpoint.body, unread) else { return Ok(()) };
    let body = extract::body(request, &mut payload, FORM_LIMIT).await?;
    if body.is_empty() || serde_json::from_slice::<Map<String, Value>>(&body).is_ok_and(|it| it.is_empty()) {
        return Ok(());
    }
    let detail = "must be left out, or an empty object: nothing is taken here".to_owned();
    Err(Problem::wrong(vec![Wrong { pointer: Some(String::new()), parameter: None, detail }]).into())
}

/// Whether the body of a request may be left out.
pub(super) fn may_be_left_out(request: &HttpRequest) -> bool {
    request.extensions().contains::<MayBeLeftOut>()
}

#[cfg(test)]
mod tests;
