//! "Do you agree to these emails?": the mail that asks a child's guardian.
//!
//! As strict as the mail that asks the child, and it says less: whoever typed the guardian's address may have typed a
//! stranger's. Of the child it names the masked address alone, by which a parent knows whose request it is and a
//! stranger learns nothing to write to. No name, no age but the one the form asks about, nothing the visitor typed. A
//! code would be of no use: the guardian has no page open to type it on.

use super::{
    confirm::AskedPurpose,
    rendered::{Asked, Rendered, Sender, foot, templates},
};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(Guardian, "mail/guardian.subject", "mail/guardian.txt", "mail/guardian.html");

/// What the mail says.
#[derive(Clone, Debug)]
pub struct Guardian {
    /// Language of the mail: the one the child signed up in.
    pub locale: Locale,
    /// Who asks.
    pub sender: Sender,
    /// The child's address, masked.
    pub child: String,
    /// The age below which the child said to be.
    pub than: u8,
    /// What was asked for.
    pub purposes: Vec<AskedPurpose>,
    /// Where to answer.
    pub answer_url: String,
    /// Where to say that it was somebody else.
    pub not_me_url: String,
    /// Where and when it was asked.
    pub asked: Asked,
    /// When the link stops working.
    pub expires_at: Timestamp,
}

impl Guardian {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        let links = vec![
            ("guardian", self.answer_url.clone()),
            ("not_me", self.not_me_url.clone()),
            ("notice", self.sender.notice_url.clone()),
        ];
        parts(self, links, Vec::new())
    }

    fn subject(&self, t: &Lang) -> String {
        t.with("mail-guardian-subject", &[("brand", (&self.sender.brand).into())])
    }

    fn who(&self, t: &Lang) -> String {
        let facts = [
            ("brand", (&self.sender.brand).into()),
            ("address", (&self.child).into()),
            ("age", i64::from(self.than).into()),
        ];
        t.with("mail-guardian-who", &facts)
    }

    fn expires(&self, t: &Lang) -> String {
        t.with("mail-guardian-expires", &[("when", t.date_time(self.expires_at).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 4] {
        foot(&self.sender, &self.asked, t)
    }
}
