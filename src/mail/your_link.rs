//! "Here is your link": a link to one's choices, asked for on a page and good for half an hour.

use super::rendered::{Asked, Rendered, Sender, foot, templates};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(YourLink, "mail/your_link.subject", "mail/your_link.txt", "mail/your_link.html");

/// What the mail says.
#[derive(Clone, Debug)]
pub struct YourLink {
    /// Language of the mail.
    pub locale: Locale,
    /// Who writes.
    pub sender: Sender,
    /// The address it concerns, which is the one it is sent to.
    pub address: String,
    /// The page with the person's choices; having this mail proves who they are.
    pub preferences_url: String,
    /// Where and when it was asked for.
    pub asked: Asked,
    /// When the link stops proving anything.
    pub expires_at: Timestamp,
}

impl YourLink {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        let links =
            vec![("preferences", self.preferences_url.clone()), ("notice", self.sender.notice_url.clone())];
        parts(self, links, Vec::new())
    }

    fn subject(&self, t: &Lang) -> String {
        t.with("mail-link-subject", &[("brand", (&self.sender.brand).into())])
    }

    fn who(&self, t: &Lang) -> String {
        let brand = (&self.sender.brand).into();
        t.with("mail-link-who", &[("brand", brand), ("address", (&self.address).into())])
    }

    fn expires(&self, t: &Lang) -> String {
        let minutes = self.asked.minutes_to(self.expires_at);
        let when = t.date_time(self.expires_at);
        t.with("mail-link-expires", &[("minutes", minutes.into()), ("when", when.into())])
    }

    fn foot(&self, t: &Lang) -> [String; 4] {
        foot(&self.sender, &self.asked, t)
    }
}
