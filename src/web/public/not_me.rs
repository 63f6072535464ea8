//! *It was not me*: from a confirmation mail nobody asked for to no more of them.

use askama::Template;

use crate::web::page::Frame;

/// The button, then what it did.
#[derive(Template)]
#[template(path = "public/not_me.html")]
pub struct NotMePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The masked address.
    pub address: String,
    /// Before or after.
    pub step: NotMe,
}

/// Before or after the button.
pub enum NotMe {
    /// Before: posts to this path.
    Ask {
        /// The path.
        action: String,
    },
    /// After, and each time the link is opened again.
    Done,
}
