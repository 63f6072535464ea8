//! Every page that says why something did not happen: what, why, and one thing to do next.
//!
//! One neutral page answers wrong, foreign and erased links alike. No code in the title, no blame.

use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::RETRY_AFTER},
};
use askama::Template;

use crate::{
    domain::{
        Timestamp,
        catalog::{Catalog, Tenant},
        time::MINUTE,
    },
    web::{
        Web, extract,
        page::{self, Frame},
    },
};

/// Why something did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A confirmation link past its time.
    Expired {
        /// When it stopped working.
        on: Timestamp,
    },
    /// A link older than one sent since.
    Replaced,
    /// A confirmation link of somebody who has left since.
    Revoked {
        /// When they left.
        on: Timestamp,
    },
    /// *It was not me*, of a request confirmed since.
    Confirmed {
        /// When it was confirmed.
        on: Timestamp,
    },
    /// A person whose choices may not be changed: frozen at their request, or their address must not be mailed.
    Frozen,
    /// A link we cannot read: cut short, altered, another tenant's, or of a person erased since.
    Unreadable,
    /// No page at this path.
    NotFound,
    /// More than the budgets allow.
    TooFast {
        /// Minutes to wait.
        minutes: u32,
    },
    /// A form that takes no more sign-ups.
    FormClosed,
    /// The form was sent from a site its owner does not allow.
    Origin,
    /// A form whose body is not one.
    BadRequest,
    /// A form body past the limit.
    TooLarge,
    /// Nothing was saved, and it is our fault.
    NotSaved,
    /// A receipt whose proof is being written.
    NotProven,
}

/// The one thing to do next.
pub enum Next {
    /// Nothing on this site.
    None,
    /// A button that posts to this path.
    Send {
        /// The path.
        action: String,
        /// Hidden fields it posts along: name and value.
        hidden: Vec<(&'static str, String)>,
    },
    /// A plain link to this path: back to the form, or the same page again.
    Open(String),
    /// A plain link to the person's choices.
    Choices(String),
    /// "Send me my link".
    AskLink,
}

/// The page.
#[derive(Template)]
#[template(path = "public/message.html")]
pub struct MessagePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Why.
    pub reason: Reason,
    /// What next.
    pub next: Next,
}

impl Reason {
    /// More than the budgets allow; `wait` is in milliseconds.
    pub fn of_wait(wait: i64) -> Self {
        let minutes = u32::try_from(wait.saturating_add(MINUTE - 1) / MINUTE).unwrap_or(60);
        Self::TooFast { minutes: minutes.max(1) }
    }

    /// The status this answer has.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Expired { .. }
            | Self::Replaced
            | Self::Revoked { .. }
            | Self::Confirmed { .. }
            | Self::FormClosed => StatusCode::GONE,
            Self::Frozen => StatusCode::CONFLICT,
            Self::Unreadable | Self::NotFound => StatusCode::NOT_FOUND,
            Self::TooFast { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Origin => StatusCode::FORBIDDEN,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NotSaved | Self::NotProven => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// Seconds for the `Retry-After` header (RFC 9110 section 10.2.3).
    pub(in crate::web) fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooFast { minutes } => Some(minutes.saturating_mul(60)),
            Self::NotSaved => Some(60),
            Self::NotProven => Some(2),
            Self::Expired { .. }
            | Self::Replaced
            | Self::Revoked { .. }
            | Self::Confirmed { .. }
            | Self::Frozen
            | Self::Unreadable
            | Self::NotFound
            | Self::FormClosed
            | Self::Origin
            | Self::BadRequest
            | Self::TooLarge => None,
        }
    }
}

/// The one neutral answer to links that are altered, foreign, or of a person no longer known. It is the same
/// for all of them, byte by byte.
pub fn unreadable(request: &HttpRequest, web: &Web) -> HttpResponse {
    let frame = extract::frame(web, extract::locale(request, None, None), "/p", None);
    MessagePage::answer(&frame, Reason::Unreadable, Next::AskLink)
}

/// No page at this path.
pub fn not_found(request: &HttpRequest, web: &Web) -> HttpResponse {
    let frame = extract::frame(web, extract::locale(request, None, None), "/p", None);
    MessagePage::answer(&frame, Reason::NotFound, Next::AskLink)
}

/// More than the budgets allow; `wait` is in milliseconds.
pub fn too_fast(frame: &Frame, wait: i64) -> HttpResponse {
    MessagePage::answer(frame, Reason::of_wait(wait), Next::None)
}

/// A form that does not say what to do, or says two things; the page it was on is at `path`.
pub fn bad_request(frame: &Frame, path: &str) -> HttpResponse {
    MessagePage::answer(frame, Reason::BadRequest, Next::Open(frame.path(path)))
}

/// Where a person can sign up again when the request that a link names is gone: the tenant's form, if it has
/// just one.
pub fn only_form(catalog: &Catalog, tenant: &Tenant, now: Timestamp) -> Option<String> {
    let mut open = catalog.forms.values().filter(|it| it.tenant == tenant.id && !it.is_closed(now));
    match (open.next(), open.next()) {
        (Some(form), None) => Some(format!("/f/{}", form.slug)),
        (Some(_) | None, _) => None,
    }
}

impl<'a> MessagePage<'a> {
    /// The whole answer: page, status and, where waiting helps, `Retry-After`.
    pub fn answer(frame: &'a Frame, reason: Reason, next: Next) -> HttpResponse {
        let page = Self { frame, reason, next };
        let mut answer = page::html(frame, page.reason.status(), &page);
        if let Some(seconds) = page.reason.retry_after() {
            answer.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        answer
    }

    /// What happened, in a few words.
    pub(in crate::web) fn title(&self) -> Cow<'_, str> {
        self.frame.text(match self.reason {
            Reason::Expired { .. } | Reason::Replaced | Reason::Revoked { .. } | Reason::Confirmed { .. } => {
                "message-link-title"
            }
            Reason::Frozen => "message-frozen-title",
            Reason::Unreadable => "message-unreadable-title",
            Reason::NotFound => "message-not-found-title",
            Reason::TooFast { .. } => "message-too-fast-title",
            Reason::FormClosed => "message-closed-title",
            Reason::Origin => "message-origin-title",
            Reason::BadRequest => "message-bad-request-title",
            Reason::TooLarge => "message-too-large-title",
            Reason::NotSaved => "message-not-saved-title",
            Reason::NotProven => "message-not-proven-title",
        })
    }

    /// What happened, why, and what to do: one sentence or two.
    pub(in crate::web) fn why(&self) -> Cow<'_, str> {
        let dated = |key, at| self.frame.fill(key, "date", self.frame.t.date_time(at)).into();
        match self.reason {
            Reason::Expired { on } => dated("message-expired", on),
            Reason::Replaced => self.frame.text("message-replaced"),
            Reason::Revoked { on } => dated("message-revoked", on),
            Reason::Confirmed { on } => dated("message-confirmed", on),
            Reason::Frozen => self.frame.text("message-frozen"),
            Reason::Unreadable => self.frame.text("message-unreadable"),
            Reason::NotFound => self.frame.text("message-not-found"),
            Reason::TooFast { minutes } => self.frame.count("message-too-fast", minutes).into(),
            Reason::FormClosed => self.frame.text("message-closed"),
            Reason::Origin => self.frame.text("message-origin"),
            Reason::BadRequest => self.frame.text("message-bad-request"),
            Reason::TooLarge => self.frame.text("message-too-large"),
            Reason::NotSaved => self.frame.text("message-not-saved"),
            Reason::NotProven => self.frame.text("receipt-waiting"),
        }
    }
}
