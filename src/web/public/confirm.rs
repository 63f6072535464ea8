//! `/c/{token}`: confirm. Opening it changes nothing and uses nothing up.

use askama::Template;

use crate::web::{page::Frame, part::PurposeView};

/// The request, restated, with a yes and a no of the same weight.
#[derive(Template)]
#[template(path = "public/confirm.html")]
pub struct ConfirmPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where both answers post to: `do=confirm` or `do=delete`, and `p`.
    pub action: String,
    /// The masked address the request is about.
    pub address: String,
    /// When it was asked, in words.
    pub asked_on: String,
    /// Until when the link works, in words.
    pub until: String,
    /// What this request asked for. Several are boxes that may be unticked; one is a plain line.
    pub purposes: Vec<PurposeView>,
    /// Whether the person pressed *yes* with every box unticked.
    pub nothing_ticked: bool,
}
