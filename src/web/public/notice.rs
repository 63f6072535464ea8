//! `/n/{notice}`: the privacy notice (GDPR articles 13 and 14), written from the configuration.

use askama::Template;

use crate::web::page::Frame;

/// The notice.
#[derive(Template)]
#[template(path = "public/notice.html")]
pub struct NoticePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Its version.
    pub version: String,
    /// Since when it is in force, in words.
    pub since: String,
    /// What the address is used for.
    pub purposes: Vec<NoticePurpose>,
    /// Who receives the address besides the organisation itself.
    pub recipients: Vec<String>,
    /// Days after which an unconfirmed request is deleted.
    pub unconfirmed_days: i64,
}

/// One use of the address.
pub struct NoticePurpose {
    /// The published name.
    pub name: String,
    /// The published sentence.
    pub sentence: String,
    /// How often, in words.
    pub frequency: Option<String>,
}
