//! `/dev/shop`: somebody else's site with our form on it, as a plain link and as plain HTML.

use askama::Template;

use crate::web::{page::Frame, part::PurposeView, public::sign_up::HONEYPOT};

/// The shop.
#[derive(Template)]
#[template(path = "dev/shop.html")]
pub struct ShopPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The hosted form: the link, and where the plain form posts to.
    pub form_href: String,
    /// What the form offers.
    pub purposes: Vec<PurposeView>,
    /// Who asks: legal name and address.
    pub legal: String,
    /// The privacy notice.
    pub notice_href: Option<String>,
    /// Hidden fields the form needs, such as the version of its wording: name and value.
    pub hidden: Vec<(&'static str, String)>,
}
