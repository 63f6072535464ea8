//! `/p`: send me my link. The same answer for a known and an unknown address.

use askama::Template;

use crate::web::{
    page::Frame,
    part::{EmailProblem, FormError},
};

/// Where to ask.
#[derive(Template)]
#[template(path = "public/ask_link.html")]
pub struct AskLinkPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where `email` posts to.
    pub action: String,
    /// The address as typed.
    pub email: String,
    /// What is wrong with it.
    pub problem: Option<EmailProblem>,
}

impl AskLinkPage<'_> {
    fn errors(&self) -> Vec<FormError> {
        let say = |it: EmailProblem| it.message(self.frame.t).into_owned();
        self.problem
            .map(|it| FormError { anchor: "email".to_owned(), message: say(it) })
            .into_iter()
            .collect()
    }
}

/// Asked.
#[derive(Template)]
#[template(path = "public/ask_link_sent.html")]
pub struct AskLinkSentPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}
