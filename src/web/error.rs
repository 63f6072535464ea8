//! What went wrong, as the visitor reads it: a page in their language, or a problem document for the API.
//!
//! The log keeps the cause; the visitor never sees it.

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header::RETRY_AFTER},
    middleware::Next,
    web::Data,
};

use super::{
    Web,
    api::problem::Problem,
    extract, is_api,
    public::message::{self, MessagePage, Reason},
};
use crate::app;

/// Why a request got no ordinary answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database failed; nothing was changed.
    #[error("{0}")]
    App(#[from] app::Error),
    /// The body is larger than allowed.
    #[error("the body is too large")]
    TooLarge,
    /// The body did not arrive in time.
    #[error("the body took too long")]
    TooSlow,
    /// The body broke off.
    #[error("the body broke off")]
    Interrupted,
    /// The body is not an urlencoded form.
    #[error("the body is no form")]
    NotAForm,
}

impl From<crate::store::Error> for Fault {
    fn from(error: crate::store::Error) -> Self {
        Self::App(error.into())
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::App(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Interrupted => StatusCode::BAD_REQUEST,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// After a body that was not read to its end nothing else can follow on the connection.
    fn error_response(&self) -> HttpResponse {
        let mut answer = HttpResponse::build(self.status_code());
        match self {
            Self::TooLarge | Self::TooSlow | Self::Interrupted => answer.force_close().finish(),
            Self::App(_) => answer.insert_header((RETRY_AFTER, "10")).finish(),
            Self::NotAForm => answer.finish(),
        }
    }
}

/// Gives every answer without words its words: faults, unknown paths, methods that a path does not take.
///
/// # Errors
/// As the service inside.
pub async fn in_words(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let answer = match next.call(request).await {
        Ok(answer) => answer.map_into_boxed_body(),
        Err(error) => return Err(error),
    };
    let status = answer.status();
    let silent = answer.response().body().size().is_eof();
    if !silent || !(status.is_client_error() || status.is_server_error()) {
        return Ok(answer);
    }
    if let Some(error) = answer.response().error() {
        if status.is_server_error() {
            tracing::error!(path = safe_path(answer.request().path()), %error, "a request failed");
        } else {
            tracing::debug!(path = safe_path(answer.request().path()), %error, "a request was refused");
        }
    }
    let (request, response) = answer.into_parts();
    let mut words = in_words_for(&request, status);
    words.head_mut().set_connection_type(response.head().connection_type());
    for (name, value) in response.headers() {
        if !words.headers().contains_key(name) {
            words.headers_mut().append(name.clone(), value.clone());
        }
    }
    Ok(ServiceResponse::new(request, words))
}

fn in_words_for(request: &actix_web::HttpRequest, status: StatusCode) -> HttpResponse {
    if is_api(request.path()) {
        return Problem::of_status(status).into();
    }
    let Some(web) = request.app_data::<Data<Web>>() else { return HttpResponse::new(status) };
    let locale = extract::locale(request, None, None);
    if status == StatusCode::NOT_FOUND {
        return message::not_found(request, web);
    }
    let frame = extract::frame(web, locale, "/p", None);
    let reason = match status.as_u16() {
        413 => Reason::TooLarge,
        429 => Reason::TooFast { minutes: 1 },
        500..=599 => Reason::NotSaved,
        _ => Reason::BadRequest,
    };
    let mut answer = MessagePage::answer(&frame, reason, message::Next::None);
    *answer.status_mut() = status;
    answer
}

/// A path without what follows its first segment: tokens never reach a log.
fn safe_path(path: &str) -> &str {
    let end = path.char_indices().filter(|(_, it)| *it == '/').nth(1).map_or(path.len(), |(at, _)| at);
    path.get(..end).unwrap_or("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_meets_a_database_that_does_not_answer_is_told_when_to_come_back() {
        let error = crate::store::Error::Commit("the writer is busy".to_owned());
        let answer = Fault::from(error).error_response();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers().get("retry-after").unwrap(), "10");
    }

    #[test]
    fn a_logged_path_holds_no_token() {
        assert_eq!(safe_path("/p/ay1.prefs.k1.secret.secret"), "/p");
        assert_eq!(safe_path("/u/lk.ref.mac?p=news"), "/u");
        assert_eq!(safe_path("/healthz"), "/healthz");
        assert_eq!(safe_path("/"), "/");
    }
}
