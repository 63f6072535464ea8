//! To the organisation: a form of theirs may be under attack, or is calm again.

use super::rendered::{Rendered, Sender, responsible, templates};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(Alert, "mail/alert.subject", "mail/alert.txt", "mail/alert.html");

/// What the mail says.
#[derive(Clone, Debug)]
pub struct Alert {
    /// Language of the mail.
    pub locale: Locale,
    /// Who writes.
    pub sender: Sender,
    /// The name of the form.
    pub form: String,
    /// What happened.
    pub news: News,
}

/// What happened to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// An attack began, as far as can be seen.
    Began(Timestamp),
    /// It is over.
    Ended,
}

impl Alert {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        parts(self, vec![("notice", self.sender.notice_url.clone())], Vec::new())
    }

    fn subject(&self, t: &Lang) -> String {
        let key = match self.news {
            News::Began(_) => "mail-alert-subject-began",
            News::Ended => "mail-alert-subject-ended",
        };
        t.with(key, &[("form", (&self.form).into())])
    }

    fn lines(&self, t: &Lang) -> Vec<String> {
        match self.news {
            News::Began(at) => vec![
                t.with(
                    "mail-alert-began",
                    &[("form", (&self.form).into()), ("when", t.date_time(at).into())],
                ),
                t.get("mail-alert-began-now").into_owned(),
                t.get("mail-alert-began-do").into_owned(),
            ],
            News::Ended => vec![
                t.with("mail-alert-ended", &[("form", (&self.form).into())]),
                t.get("mail-alert-ended-do").into_owned(),
            ],
        }
    }

    fn foot(&self, t: &Lang) -> [String; 3] {
        responsible(&self.sender, t)
    }
}
