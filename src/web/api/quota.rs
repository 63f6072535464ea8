//! How many requests a key has left, told with every answer: `RateLimit-Policy` and `RateLimit`
//! (draft-ietf-httpapi-ratelimit-headers), and 429 when none is left.

use actix_web::{
    Error, HttpMessage as _, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue, RETRY_AFTER},
    },
    middleware::Next,
};

use super::problem::Problem;
use crate::{
    app::quota::{Standing, WINDOW_SECONDS},
    domain::id::ApiKeyId,
    web::Web,
};

/// The name of the one policy.
const POLICY: &str = "default";
/// What kind of problem it is to have none left, as registered with IANA.
const EXCEEDED: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// Counts a request of this key, for [`tell`] to say.
pub(super) fn take(web: &Web, request: &HttpRequest, key: ApiKeyId) -> Result<(), Problem> {
    let app = &web.app;
    let standing = app.quotas.take(key, app.config.limits.api_per_minute, app.now());
    request.extensions_mut().insert(standing);
    if standing.granted { Ok(()) } else { Err(exceeded(&standing)) }
}

fn exceeded(standing: &Standing) -> Problem {
    let Standing { quota, resets_in, .. } = standing;
    let detail = format!(
        "This key has used its {quota} requests a minute. Try again in {resets_in} s. The setting \
         limits.api_per_minute says how many there are."
    );
    let mut problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, &detail);
    problem.kind = EXCEEDED;
    problem.title = "Quota exceeded";
    problem.violated_policies = &[POLICY];
    problem
}

/// Adds how the caller's key stands to every answer of the API that a key was counted for.
///
/// # Errors
/// As the service inside.
pub async fn tell<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut answer = next.call(request).await?;
    let standing = answer.request().extensions().get::<Standing>().copied();
    let Some(Standing { quota, left, resets_in, granted }) = standing else { return Ok(answer) };
    let policy = format!("\"{POLICY}\";q={quota};w={WINDOW_SECONDS}");
    let now = format!("\"{POLICY}\";r={left};t={resets_in}");
    let headers = answer.headers_mut();
    for (name, value) in [(RATELIMIT_POLICY, policy), (RATELIMIT, now)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    if !granted {
        headers.insert(RETRY_AFTER, HeaderValue::from(resets_in));
    }
    Ok(answer)
}

#[cfg(test)]
mod tests;
