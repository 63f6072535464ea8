//! "Your receipt": what a person changed, with the proof of it in two files.
//!
//! It follows what they did, and only where the organisation wants it. It says what changed, when, and how to
//! check it; it holds no link that does anything for whoever has the mail.

use super::{
    File,
    rendered::{Rendered, Sender, responsible, templates},
};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(Receipt, "mail/receipt.subject", "mail/receipt.txt", "mail/receipt.html");

/// What the mail says.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Language of the mail.
    pub locale: Locale,
    /// Who writes.
    pub sender: Sender,
    /// The address it concerns, which is the one it is sent to.
    pub address: String,
    /// What the person did.
    pub act: Act,
    /// What it changed.
    pub purposes: Vec<ChangedPurpose>,
    /// The number of the receipt.
    pub number: String,
    /// When it happened.
    pub at: Timestamp,
    /// The page that checks the proof.
    pub check_url: String,
    /// The page that mails a link to one's choices.
    pub ask_url: String,
    /// The receipt to read.
    pub paper: File,
    /// The receipt to check.
    pub proof: File,
}

/// What a person did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// They said yes to something.
    Agreed,
    /// They stopped something.
    Stopped,
    /// They said no to what was asked.
    Refused,
}

/// One purpose, in the language of the mail, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPurpose {
    /// Its name.
    pub name: String,
    /// Where it stands now, in a word.
    pub state: String,
}

impl ChangedPurpose {
    fn said(&self, t: &Lang) -> String {
        t.with("mail-receipt-change", &[("name", (&self.name).into()), ("state", (&self.state).into())])
    }
}

impl Receipt {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        let links = vec![
            ("check", self.check_url.clone()),
            ("ask", self.ask_url.clone()),
            ("notice", self.sender.notice_url.clone()),
        ];
        let rendered = parts(self, links, Vec::new())?;
        Ok(Rendered { files: vec![self.paper.clone(), self.proof.clone()], ..rendered })
    }

    fn subject(&self, t: &Lang) -> String {
        let brand = (&self.sender.brand).into();
        t.with("mail-receipt-subject", &[("brand", brand), ("number", (&self.number).into())])
    }

    fn who(&self, t: &Lang) -> String {
        let key = match self.act {
            Act::Agreed => "mail-receipt-agreed",
            Act::Stopped => "mail-receipt-stopped",
            Act::Refused => "mail-receipt-refused",
        };
        let brand = (&self.sender.brand).into();
        let when = t.date_time(self.at).into();
        t.with(key, &[("brand", brand), ("address", (&self.address).into()), ("when", when)])
    }

    fn number(&self, t: &Lang) -> String {
        t.with("mail-receipt-number", &[("number", (&self.number).into())])
    }

    fn files(&self, t: &Lang) -> String {
        let files = [("paper", (&self.paper.name).into()), ("proof", (&self.proof.name).into())];
        t.with("mail-receipt-files", &files)
    }

    fn check(&self, t: &Lang) -> String {
        t.with("mail-receipt-check", &[("proof", (&self.proof.name).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 3] {
        responsible(&self.sender, t)
    }
}
