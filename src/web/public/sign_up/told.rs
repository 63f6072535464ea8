//! The answer to a submitted form, as a page and as JSON.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, HeaderValue, ORIGIN, RETRY_AFTER, VARY},
    },
};
use serde_json::{Value, json};

use super::{Again, Offer, Problem, SignUpPage, prove::ProvePage, submitted::Entered};
use crate::{
    domain::{
        catalog::Form,
        id::{PurposeId, RequestId},
        time::SECOND,
    },
    web::{
        Web,
        page::{self, Frame},
        public::{
            message::{self, MessagePage, Next, Reason},
            same_browser, too_young,
        },
    },
};

/// What a submission comes to.
pub(super) enum Told {
    /// A confirmation was asked for by mail, whatever is known of the address.
    CheckEmail(AskedFor),
    /// Come back after so many milliseconds.
    TooFast(i64),
    /// The form takes no more requests.
    Closed,
    /// Sent from a site that may not use the form.
    OtherSite,
    /// Too young for a form that takes nothing from people below this age.
    TooYoung(u8),
    /// Once more with the solution of this challenge, and with everything as it was entered.
    Prove(String, Entered, Vec<(String, String)>),
    /// To be corrected, or sent once more.
    Once(Entered, Vec<Problem>, Option<Again>),
}

/// A confirmation that was asked for.
pub(super) struct AskedFor {
    /// The submission.
    pub(super) id: RequestId,
    /// What was ticked.
    pub(super) purposes: Vec<PurposeId>,
    /// The page that says so.
    pub(super) path: String,
    /// The cookie of the browser that signed up, where it may have one.
    pub(super) cookie: Option<HeaderValue>,
}

/// Lets a script of an allowed site read the answer (Fetch standard, CORS protocol).
pub(super) fn allow_origin(request: &HttpRequest, form: &Form, answer: &mut HttpResponse) {
    let headers = answer.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    if form.origins.is_none() {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    } else if let Some(origin) = request.headers().get(ORIGIN)
        && origin.to_str().is_ok_and(|it| form.is_for(it))
    {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
}

impl Told {
    /// The page that follows; `next` is one of the site's own that the form allows.
    pub(super) fn page(
        self,
        offer: &Offer<'_>,
        web: &Web,
        frame: &Frame,
        next: Option<&str>,
    ) -> HttpResponse {
        match self {
            Self::CheckEmail(AskedFor { id: _, purposes: _, path, cookie }) => {
                let mut answer = page::see_other(next.unwrap_or(&path));
                same_browser::give(&mut answer, cookie);
                answer
            }
            Self::TooFast(wait) => message::too_fast(frame, wait),
            Self::Closed => MessagePage::answer(frame, Reason::FormClosed, Next::None),
            Self::OtherSite => {
                let own = Next::Open(frame.path(&offer.path()));
                MessagePage::answer(frame, Reason::Origin, own)
            }
            Self::TooYoung(age) => too_young::answer(frame, age),
            Self::Prove(challenge, _, kept) => {
                ProvePage { frame, action: frame.path(&offer.path()), challenge, kept }.answer()
            }
            Self::Once(entered, problems, again) => {
                let page = SignUpPage { problems, again, ..offer.page(web, frame, &entered) };
                page::html(frame, StatusCode::UNPROCESSABLE_ENTITY, &page)
            }
        }
    }

    pub(super) fn json(self, offer: &Offer<'_>, web: &Web, frame: &Frame) -> HttpResponse {
        let said = |status: &str, message: &str| json!({ "status": status, "message": frame.text(message) });
        let (status, body) = match self {
            Self::CheckEmail(..) => (StatusCode::OK, json!({ "status": "pending" })),
            Self::TooFast(wait) => {
                let mut answer = told(StatusCode::TOO_MANY_REQUESTS, &json!({ "status": "too_fast" }));
                let seconds = u64::try_from(wait / SECOND).unwrap_or_default();
                answer.headers_mut().insert(RETRY_AFTER, seconds.max(1).into());
                return answer;
            }
            Self::Closed => (StatusCode::GONE, said("closed", "message-closed")),
            Self::TooYoung(_) => (StatusCode::FORBIDDEN, said("too_young", "young-nothing")),
            Self::OtherSite => (StatusCode::FORBIDDEN, said("forbidden", "message-origin")),
            Self::Prove(challenge, ..) => {
                let challenge: Value = serde_json::from_str(&challenge).unwrap_or_default();
                (StatusCode::OK, json!({ "status": "prove", "challenge": challenge }))
            }
            Self::Once(entered, problems, again) => {
                let page = SignUpPage { problems, again, ..offer.page(web, frame, &entered) };
                (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    json!({ "status": "invalid", "errors": page.errors_by_field() }),
                )
            }
        };
        told(status, &body)
    }
}

fn told(status: StatusCode, body: &Value) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .json(body)
}

impl SignUpPage<'_> {
    fn errors_by_field(&self) -> Vec<Value> {
        let of = |problem: &Problem| {
            let field = match problem {
                Problem::Email(_) => "email",
                Problem::NothingTicked | Problem::NotOffered => "p",
                Problem::FieldMissing(slug)
                | Problem::FieldTooLong(slug, _)
                | Problem::FieldUnreadable(slug)
                | Problem::FieldNotOffered(slug)
                | Problem::FieldRepeated(slug) => slug,
                Problem::Age(_) => "age",
                Problem::Guardian(..) => "guardian",
            };
            json!({ "field": field, "message": self.message(problem) })
        };
        let again = self.again.map(|it| json!({ "field": "token", "message": self.frame.text(it.key()) }));
        self.problems.iter().map(of).chain(again).collect()
    }
}
