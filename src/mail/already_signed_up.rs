//! "Your subscription is already active": sent instead of a confirmation to somebody who has confirmed,
//! so that the sign-up page can answer everybody alike.

use super::rendered::{Asked, Rendered, Sender, foot, templates};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(
    AlreadySignedUp,
    "mail/already_signed_up.subject",
    "mail/already_signed_up.txt",
    "mail/already_signed_up.html"
);

/// What the mail says.
#[derive(Clone, Debug)]
pub struct AlreadySignedUp {
    /// Language of the mail.
    pub locale: Locale,
    /// Who writes.
    pub sender: Sender,
    /// The address it concerns, which is the one it is sent to.
    pub address: String,
    /// What the person receives already.
    pub purposes: Vec<HeldPurpose>,
    /// Where to see and change it.
    pub preferences_url: String,
    /// Where and when it was asked again.
    pub asked: Asked,
}

/// One confirmed purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldPurpose {
    /// Its name.
    pub name: String,
    /// The language of the name, where it is not the mail's.
    pub lang: Option<Locale>,
    /// When it was confirmed.
    pub since: Timestamp,
}

impl HeldPurpose {
    fn since(&self, t: &Lang) -> String {
        t.with("mail-already-since", &[("date", t.date(self.since).into())])
    }
}

impl AlreadySignedUp {
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
        t.with("mail-already-subject", &[("brand", (&self.sender.brand).into())])
    }

    fn who(&self, t: &Lang) -> String {
        let brand = (&self.sender.brand).into();
        t.with("mail-already-who", &[("brand", brand), ("address", (&self.address).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 4] {
        foot(&self.sender, &self.asked, t)
    }
}
