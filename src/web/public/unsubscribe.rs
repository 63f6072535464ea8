//! `/u/{token}`: unsubscribe. One page, one button, no question.

use askama::Template;

use crate::web::page::Frame;

/// The button. Opening the page changes nothing.
#[derive(Template)]
#[template(path = "public/unsubscribe.html")]
pub struct UnsubscribePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where the button posts to, with `do=unsubscribe`: what tells it from a mail program's one-click request.
    pub action: String,
    /// The masked address.
    pub address: String,
    /// The purpose the link names; `None` when it names everything.
    pub purpose: Option<String>,
    /// When the person left already, in words.
    pub left_on: Option<String>,
    /// The preference page: takes `do=stop`, has breaks and choices.
    pub preferences: String,
}

impl UnsubscribePage<'_> {
    fn title(&self) -> String {
        match (&self.left_on, &self.purpose) {
            (None, Some(name)) => self.frame.fill("unsubscribe-title", "name", name),
            (None, None) => self.frame.fill("unsubscribe-title-all", "name", self.frame.brand()),
            (Some(_), Some(name)) => self.frame.fill("unsubscribed-title", "name", name),
            (Some(_), None) => self.frame.fill("unsubscribed-title-all", "name", self.frame.brand()),
        }
    }
}
