//! After a sign-up: check your email. The same page for every address, known or not, and no address on it.

use askama::Template;

use crate::{
    domain::Timestamp,
    i18n::Lang,
    web::{page::Frame, part::CodeForm},
};

/// Check your email.
#[derive(Template)]
#[template(path = "public/check_email.html")]
pub struct CheckEmailPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where the 6-digit code is typed.
    pub code: CodeForm,
    /// Where *Send it again* posts to, with the hidden fields of `code`.
    pub resend_action: String,
    /// The form, to use another address.
    pub form_href: String,
    /// The sender's address, to search for.
    pub sender: String,
    /// Until when the link and the code work, in words.
    pub until: String,
    /// Whether the person has just asked for it again.
    pub resent: bool,
}

impl CheckEmailPage<'_> {
    /// `until` in words: date and time, as the delay may be an hour.
    pub fn until(t: &Lang, at: Timestamp) -> String {
        t.date_time(at)
    }
}
