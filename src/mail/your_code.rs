//! "Your code": six digits to type on a page that is open, instead of a link.

use super::rendered::{Asked, Rendered, Sender, foot, templates};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(YourCode, "mail/your_code.subject", "mail/your_code.txt", "mail/your_code.html");

/// What the mail says.
#[derive(Clone, Debug)]
pub struct YourCode {
    /// Language of the mail.
    pub locale: Locale,
    /// Who writes.
    pub sender: Sender,
    /// The address it concerns, which is the one it is sent to.
    pub address: String,
    /// Six digits.
    pub code: String,
    /// What they allow.
    pub allows: CodeAllows,
    /// Where and when it was asked for.
    pub asked: Asked,
    /// When the code stops working.
    pub expires_at: Timestamp,
}

/// What a code allows; the mail says it, so that nobody is talked into giving it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeAllows {
    /// Seeing and changing one's choices.
    Preferences,
    /// Downloading all data.
    Export,
    /// Erasing all data.
    Erasure,
}

impl YourCode {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        let links = vec![("notice", self.sender.notice_url.clone())];
        parts(self, links, vec![self.code.clone()])
    }

    fn subject(&self, t: &Lang) -> String {
        t.with("mail-code-subject", &[("brand", (&self.sender.brand).into())])
    }

    fn allows(&self, t: &Lang) -> String {
        let key = match self.allows {
            CodeAllows::Preferences => "mail-code-allows-preferences",
            CodeAllows::Export => "mail-code-allows-export",
            CodeAllows::Erasure => "mail-code-allows-erasure",
        };
        let brand = (&self.sender.brand).into();
        t.with(key, &[("brand", brand), ("address", (&self.address).into())])
    }

    fn expires(&self, t: &Lang) -> String {
        let minutes = self.asked.minutes_to(self.expires_at);
        let when = t.date_time(self.expires_at);
        t.with("mail-code-expires", &[("minutes", minutes.into()), ("when", when.into())])
    }

    fn ignore(&self, t: &Lang) -> String {
        t.with("mail-code-ignore", &[("brand", (&self.sender.brand).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 4] {
        foot(&self.sender, &self.asked, t)
    }
}
