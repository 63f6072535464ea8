//! One more step: while a form is flooded, browsers are asked to count for a moment before it is sent.
//!
//! Nothing of what was entered is lost. With a script the button counts, then sends; without one it sends at once, and
//! the form is taken under stricter budgets. Nobody has to read, hear or solve anything.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header::X_FRAME_OPTIONS},
};
use askama::Template;

use crate::{
    app::gatekeeper::proof::NONE,
    web::{
        assets,
        extract::Fields,
        page::{self, Frame},
    },
};

/// Our own two modules, and nothing they could send anything to; who may frame it comes after.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'none'; style-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors";

/// The page between the form and what follows it.
#[derive(Template)]
#[template(path = "public/prove.html")]
pub struct ProvePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where the form posts to.
    pub action: String,
    /// What to solve, as JSON.
    pub challenge: String,
    /// What was entered: every field as it was.
    pub kept: Vec<(String, String)>,
}

impl ProvePage<'_> {
    #[expect(clippy::unused_self, reason = "templates call methods")]
    fn script(&self) -> &'static str {
        assets::prove_href()
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    fn none(&self) -> &'static str {
        NONE
    }

    /// The answer that shows it.
    pub(super) fn answer(&self) -> HttpResponse {
        page::html_under(&format!("{POLICY} 'none'"), self.frame, StatusCode::OK, self)
    }

    /// The same in a frame on the pages of `ancestors`.
    pub(super) fn answer_in(&self, ancestors: &str) -> HttpResponse {
        let policy = format!("{POLICY} {ancestors}");
        let mut answer = page::html_under(&policy, self.frame, StatusCode::OK, self);
        answer.headers_mut().remove(X_FRAME_OPTIONS);
        answer
    }
}

/// The fields of a form but for its proof, to be sent again.
pub(super) fn kept(fields: &Fields) -> Vec<(String, String)> {
    fields
        .iter()
        .filter(|(name, _)| *name != "pow")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
