//! After a form that takes nothing from people below an age: why, and that nothing was kept.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use crate::web::page::{self, Frame};

/// The page.
#[derive(Template)]
#[template(path = "public/too_young.html")]
pub struct TooYoungPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// From which age people can sign up.
    pub age: u8,
}

impl TooYoungPage<'_> {
    /// What the age is about.
    pub(super) fn why(&self) -> String {
        self.frame.fill("young-why", "age", self.age)
    }
}

/// The answer: nothing was taken.
pub(super) fn answer(frame: &Frame, age: u8) -> HttpResponse {
    page::html(frame, StatusCode::FORBIDDEN, &TooYoungPage { frame, age })
}
