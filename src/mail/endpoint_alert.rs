//! To the organisation: a webhook endpoint of theirs only fails, or is switched off.

use super::rendered::{Rendered, Sender, responsible, templates};
use crate::{
    domain::{Locale, Timestamp},
    i18n::Lang,
};

templates!(
    EndpointAlert,
    "mail/endpoint_alert.subject",
    "mail/endpoint_alert.txt",
    "mail/endpoint_alert.html"
);

/// What the mail says.
#[derive(Clone, Debug)]
pub struct EndpointAlert {
    /// Language of the mail.
    pub locale: Locale,
    /// Who writes.
    pub sender: Sender,
    /// The endpoint's host. Its whole address may hold a secret.
    pub host: String,
    /// The endpoint's id.
    pub id: String,
    /// What happened.
    pub news: EndpointNews,
}

/// What happened to an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointNews {
    /// It takes nothing.
    Failing {
        /// Since then.
        since: Timestamp,
        /// Switched off if it still takes nothing then.
        until: Timestamp,
    },
    /// It asked for an end and is switched off.
    Gone,
    /// It took nothing for five days and is switched off.
    Failed,
}

impl EndpointAlert {
    /// The mail in its language.
    ///
    /// # Errors
    /// When a template cannot be filled.
    pub fn render(&self) -> askama::Result<Rendered> {
        parts(self, vec![("notice", self.sender.notice_url.clone())], Vec::new())
    }

    fn subject(&self, t: &Lang) -> String {
        let key = match self.news {
            EndpointNews::Failing { .. } => "mail-endpoint-subject-failing",
            EndpointNews::Gone | EndpointNews::Failed => "mail-endpoint-subject-disabled",
        };
        self.about(t, key)
    }

    fn lines(&self, t: &Lang) -> Vec<String> {
        let mut lines = match self.news {
            EndpointNews::Failing { since, until } => vec![
                t.with(
                    "mail-endpoint-failing",
                    &[("host", (&self.host).into()), ("when", t.date_time(since).into())],
                ),
                t.with("mail-endpoint-failing-do", &[("when", t.date_time(until).into())]),
            ],
            EndpointNews::Gone => {
                vec![self.about(t, "mail-endpoint-gone"), t.get("mail-endpoint-disabled-do").into_owned()]
            }
            EndpointNews::Failed => {
                vec![self.about(t, "mail-endpoint-failed"), t.get("mail-endpoint-disabled-do").into_owned()]
            }
        };
        lines.push(t.with("mail-endpoint-id", &[("id", (&self.id).into())]));
        lines
    }

    fn about(&self, t: &Lang, key: &'static str) -> String {
        t.with(key, &[("host", (&self.host).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 3] {
        responsible(&self.sender, t)
    }
}
