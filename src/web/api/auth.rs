//! Who calls: `Authorization: Bearer aye_…` (RFC 6750), a key of one tenant with scopes.

use std::sync::Arc;

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE},
    },
};

use super::{bodies, problem::Problem, query::Query, quota, route::Endpoint};
use crate::{
    app::keys,
    domain::{catalog::Tenant, id::ApiKeyId},
    web::{Web, error::Fault},
};

/// What an endpoint needs a key to be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Get the addresses of those who may be mailed.
    AudiencesRead,
    /// Ask the send gate.
    Checks,
    /// Erase a person.
    ContactsErase,
    /// Read a person and their consents.
    ContactsRead,
    /// Change what is known of a person besides their consents.
    ContactsWrite,
    /// Read the feed.
    EventsRead,
    /// Have a dossier made.
    EvidenceRead,
    /// Take data out in bulk.
    ExportsRead,
    /// Read forms, their drafts and versions.
    FormsRead,
    /// Change and publish forms.
    FormsWrite,
    /// List, make and end keys.
    KeysWrite,
    /// Read what may be consented to, and the notices that say so.
    PurposesRead,
    /// Read what people asked for.
    SignupsRead,
    /// Ask people to confirm.
    SignupsWrite,
    /// Change what may be consented to, its words and the notice.
    PurposesWrite,
    /// Read which addresses must not be mailed.
    SuppressionsRead,
    /// Say which addresses must not be mailed.
    SuppressionsWrite,
    /// Read webhook endpoints, their deliveries and jobs.
    WebhooksRead,
    /// Set webhook endpoints up, change them, and send again.
    WebhooksWrite,
}

impl Scope {
    /// Every scope, as in [`keys::SCOPES`].
    pub const ALL: [Self; 19] = [
        Self::AudiencesRead,
        Self::Checks,
        Self::ContactsErase,
        Self::ContactsRead,
        Self::ContactsWrite,
        Self::EventsRead,
        Self::EvidenceRead,
        Self::ExportsRead,
        Self::FormsRead,
        Self::FormsWrite,
        Self::KeysWrite,
        Self::PurposesRead,
        Self::PurposesWrite,
        Self::SignupsRead,
        Self::SignupsWrite,
        Self::SuppressionsRead,
        Self::SuppressionsWrite,
        Self::WebhooksRead,
        Self::WebhooksWrite,
    ];

    /// The word by which keys are given it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AudiencesRead => "audiences:read",
            Self::Checks => "checks",
            Self::ContactsErase => "contacts:erase",
            Self::ContactsRead => "contacts:read",
            Self::ContactsWrite => "contacts:write",
            Self::EventsRead => "events:read",
            Self::EvidenceRead => "evidence:read",
            Self::ExportsRead => "exports:read",
            Self::FormsRead => "forms:read",
            Self::FormsWrite => "forms:write",
            Self::KeysWrite => "keys:write",
            Self::PurposesRead => "purposes:read",
            Self::SignupsRead => "signups:read",
            Self::SignupsWrite => "signups:write",
            Self::PurposesWrite => "purposes:write",
            Self::SuppressionsRead => "suppressions:read",
            Self::SuppressionsWrite => "suppressions:write",
            Self::WebhooksRead => "webhooks:read",
            Self::WebhooksWrite => "webhooks:write",
        }
    }
}

/// Why a caller is sent away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// No key, or none that works: which of these is not told.
    #[error("no live key")]
    NoKey,
    /// The key may not do this.
    #[error("the key lacks the scope {}", .0.word())]
    NotAllowed(Scope),
}

impl ResponseError for Denied {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NoKey => StatusCode::UNAUTHORIZED,
            Self::NotAllowed(_) => StatusCode::FORBIDDEN,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let (detail, challenge) = match self {
            Self::NoKey => (
                "Send a live API key: Authorization: Bearer aye_…. The command `ayeaye key new` makes one."
                    .to_owned(),
                "Bearer".to_owned(),
            ),
            Self::NotAllowed(scope) => (
                format!(
                    "This key lacks the scope `{0}`. Make one with `ayeaye key new --tenant SLUG --scope {0}`.",
                    scope.word()
                ),
                format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", scope.word()),
            ),
        };
        let mut answer = HttpResponse::from(Problem::new(self.status_code(), &detail));
        if let Ok(challenge) = HeaderValue::from_str(&challenge) {
            answer.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        answer
    }
}

/// Who calls, by a key that may do this.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    /// The tenant the key acts for.
    pub(super) tenant: Arc<Tenant>,
    /// The key.
    pub(super) key: ApiKeyId,
    /// What it may do.
    pub(super) scopes: Vec<String>,
}

/// The door of every endpoint that needs a key: a live one with its scope and requests left, a query it understands,
/// and no body where it takes none.
///
/// # Errors
/// [`Denied`], 429, 422, or the database failed.
pub(super) async fn enter<'a>(
    web: &Web,
    request: &'a HttpRequest,
    endpoint: &Endpoint,
) -> Result<(Caller, Query<'a>), Error> {
    let text = bearer(request).ok_or(Denied::NoKey)?;
    let key = keys::find_api_key(&web.app, text).await.map_err(Fault::App)?.ok_or(Denied::NoKey)?;
    if let Some(scope) = endpoint.scope
        && !key.scopes.iter().any(|it| it == scope.word())
    {
        return Err(Denied::NotAllowed(scope).into());
    }
    quota::take(web, request, key.id)?;
    let query = Query::parse(endpoint, request.query_string())?;
    bodies::expect(request, endpoint).await?;
    if let Some(tenant) = web.app.catalog().tenant(key.tenant) {
        return Ok((Caller { tenant: Arc::clone(tenant), key: key.id, scopes: key.scopes }, query));
    }
    // Set up by another process a moment ago.
    web.app.refresh().await.map_err(Fault::App)?;
    let tenant = web.app.catalog().tenant(key.tenant).map(Arc::clone).ok_or(Denied::NoKey)?;
    Ok((Caller { tenant, key: key.id, scopes: key.scopes }, query))
}

/// The door of an endpoint for everybody: a query it understands.
///
/// # Errors
/// 422.
pub(super) fn enter_without_key<'a>(
    request: &'a HttpRequest,
    endpoint: &Endpoint,
) -> Result<Query<'a>, Problem> {
    Query::parse(endpoint, request.query_string())
}

/// The key's text, if there is exactly one and it has the shape of one.
pub(super) fn bearer(request: &HttpRequest) -> Option<&str> {
    let mut given = request.headers().get_all(AUTHORIZATION);
    let (Some(only), None) = (given.next(), given.next()) else { return None };
    let (scheme, text) = only.to_str().ok()?.split_once(' ')?;
    let text = text.trim_start_matches(' ');
    (scheme.eq_ignore_ascii_case("Bearer") && keys::is_api_key(text)).then_some(text)
}

#[cfg(test)]
mod tests;
