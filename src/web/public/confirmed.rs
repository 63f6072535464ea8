//! After `POST /c/{token}`, and each time the link is opened again.

use askama::Template;

use crate::web::{
    page::Frame,
    part::{PurposeView, ReceiptView},
};

/// What came of a request.
#[derive(Template)]
#[template(path = "public/confirmed.html")]
pub struct ConfirmedPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// What came of it.
    pub outcome: Outcome,
    /// The preference page of this person.
    pub preferences_href: String,
}

/// What came of a request.
pub enum Outcome {
    /// Confirmed, now or, when the link is opened again, earlier.
    Confirmed {
        /// What the person receives from this request.
        purposes: Vec<PurposeView>,
        /// The proof.
        receipt: ReceiptView,
        /// Whether this is a second visit.
        already: bool,
    },
    /// The person said no: the request is gone. Nothing else changed.
    Deleted {
        /// Where to sign up after all.
        form_href: Option<String>,
    },
}
