//! "Do you want these emails?": the mail that asks for the second yes.
//!
//! Strict by design: courts have called a logo or a word of welcome in this mail advertising. It says who
//! asks, for what and how often, and how to say yes; what to do when it was somebody else; and who is
//! responsible. Nothing else belongs here; a logo is in it only where its owner wants it against this advice.

use super::rendered::{Asked, File, Rendered, Sender, foot, templates};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(Confirm, "mail/confirm.subject", "mail/confirm.txt", "mail/confirm.html");

/// What the mail says.
#[derive(Clone, Debug)]
pub struct Confirm {
    /// Language of the mail.
    pub locale: Locale,
    /// Who asks.
    pub sender: Sender,
    /// The address it concerns, which is the one it is sent to.
    pub address: String,
    /// What was asked for.
    pub purposes: Vec<AskedPurpose>,
    /// Where to say yes.
    pub confirm_url: String,
    /// Six digits that say the same on the sign-up page.
    pub code: String,
    /// Where to say that it was somebody else.
    pub not_me_url: String,
    /// Where and when it was asked.
    pub asked: Asked,
    /// When link and code stop working.
    pub expires_at: Timestamp,
    /// The picture of the brand, where its owner insists; none by default.
    pub logo: Option<ShownLogo>,
}

/// A picture that goes with the mail: nothing is fetched when it is read.
#[derive(Clone, Debug)]
pub struct ShownLogo {
    /// The picture.
    pub file: File,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// One purpose as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedPurpose {
    /// Its name.
    pub name: String,
    /// What will be received.
    pub text: String,
    /// The language of name and text, where it is not the mail's.
    pub lang: Option<Locale>,
    /// How often, in words; may be empty.
    pub frequency: String,
}

impl Confirm {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        let links = vec![
            ("confirm", self.confirm_url.clone()),
            ("not_me", self.not_me_url.clone()),
            ("notice", self.sender.notice_url.clone()),
        ];
        let rendered = parts(self, links, vec![self.code.clone()])?;
        let files = self.logo.iter().map(|it| it.file.clone()).collect();
        Ok(Rendered { files, ..rendered })
    }

    fn subject(&self, t: &Lang) -> String {
        t.with("mail-confirm-subject", &[("brand", (&self.sender.brand).into())])
    }

    fn who(&self, t: &Lang) -> String {
        let brand = (&self.sender.brand).into();
        t.with("mail-confirm-who", &[("brand", brand), ("address", (&self.address).into())])
    }

    fn expires(&self, t: &Lang) -> String {
        t.with("mail-confirm-expires", &[("when", t.date_time(self.expires_at).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 4] {
        foot(&self.sender, &self.asked, t)
    }
}
