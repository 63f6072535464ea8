//! After `POST /u/{token}`: it is done. Only now may a question be asked, and it may be left alone.

use askama::Template;

use crate::web::{
    page::Frame,
    part::{ReceiptView, Undo},
};

/// Values of `reason` and the keys of their texts.
pub const REASONS: [(&str, &str); 5] = [
    ("too_many", "reason-too-many"),
    ("not_relevant", "reason-not-relevant"),
    ("never_asked", "reason-never-asked"),
    ("other_address", "reason-other-address"),
    ("other", "reason-other"),
];

/// Done.
#[derive(Template)]
#[template(path = "public/unsubscribed.html")]
pub struct UnsubscribedPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The purpose left; `None` for everything.
    pub purpose: Option<String>,
    /// The proof.
    pub receipt: ReceiptView,
    /// How to take it back.
    pub undo: Option<Undo>,
    /// Names of what the person still receives.
    pub still: Vec<String>,
    /// The optional question.
    pub reason: Reason,
    /// The preference page.
    pub preferences: String,
}

/// The optional question.
pub enum Reason {
    /// Not asked.
    None,
    /// Asked: posts `reason` to this path, with these hidden fields.
    Ask {
        /// The path.
        action: String,
        /// Name and value.
        hidden: Vec<(&'static str, String)>,
    },
    /// Answered.
    Thanks,
}

impl UnsubscribedPage<'_> {
    fn title(&self) -> String {
        match &self.purpose {
            Some(name) => self.frame.fill("unsubscribed-title", "name", name),
            None => self.frame.fill("unsubscribed-title-all", "name", self.frame.brand()),
        }
    }
}
