//! `/dev/inbox`: the mails that were captured instead of sent, newest first.

use askama::Template;

use crate::web::page::Frame;

/// The list.
#[derive(Template)]
#[template(path = "dev/inbox.html")]
pub struct InboxPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Newest first.
    pub mails: Vec<MailLine>,
}

/// One captured mail.
pub struct MailLine {
    /// Its page.
    pub href: String,
    /// The recipient.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// Date and time, in words.
    pub when: String,
}
