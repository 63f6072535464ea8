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
        match self.news {
            EndpointNews::Failing { since, until } => vec![
                t.with(
                    "mail-endpoint-failing",
                    &[("host", (&self.host).into()), ("when", t.date_time(since).into())],
                ),
                t.with("mail-endpoint-failing-do", &[("when", t.date_time(until).into())]),
                t.with("mail-endpoint-id", &[("id", (&self.id).into())]),
            ],
            EndpointNews::Gone => vec![self.about(t, "mail-endpoint-gone"), self.what_to_do(t)],
            EndpointNews::Failed => vec![self.about(t, "mail-endpoint-failed"), self.what_to_do(t)],
        }
    }

    /// The calls of the API that bring it back.
    fn what_to_do(&self, t: &Lang) -> String {
        let call = |verb: &str| format!("POST /v1/webhook_endpoints/{}:{verb}", self.id);
        t.with(
            "mail-endpoint-disabled-do",
            &[("enable", call("enable").into()), ("replay", call("replay").into())],
        )
    }

    fn about(&self, t: &Lang, key: &'static str) -> String {
        t.with(key, &[("host", (&self.host).into())])
    }

    fn foot(&self, t: &Lang) -> [String; 3] {
        responsible(&self.sender, t)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::DAY;

    fn alert(locale: Locale, news: EndpointNews) -> Rendered {
        let sender = Sender {
            brand: "Acme".to_owned(),
            legal: "Acme SAS, 1 rue de la Paix, 75002 Paris".to_owned(),
            contact: "privacy@acme.example".to_owned(),
            notice_url: "https://consent.example.org/n/acme".to_owned(),
            host: "consent.example.org".to_owned(),
            own: None,
        };
        let (host, id) = ("hooks.example.net".to_owned(), "whe_0f3k9m2q7r5tz".to_owned());
        EndpointAlert { locale, sender, host, id, news }.render().unwrap()
    }

    #[test]
    fn every_language_names_the_endpoint_and_what_happened() {
        let since = Timestamp::from_millis(1_795_252_472_000);
        let news = [
            EndpointNews::Failing { since, until: since.plus(5 * DAY) },
            EndpointNews::Gone,
            EndpointNews::Failed,
        ];
        for locale in Locale::ALL {
            let mails = news.map(|it| alert(locale, it));
            for mail in &mails {
                assert!(mail.subject.contains("hooks.example.net"), "{locale}: {}", mail.subject);
                assert!(mail.text.contains("whe_0f3k9m2q7r5tz") && mail.html.contains("whe_0f3k9m2q7r5tz"));
                assert!(!mail.text.contains("mail-endpoint") && !mail.text.contains("{ $"), "{}", mail.text);
            }
            let [failing, gone, failed] = mails;
            assert_ne!(failing.subject, gone.subject, "{locale}");
            for mail in [&gone, &failed] {
                assert!(
                    mail.text.contains("POST /v1/webhook_endpoints/whe_0f3k9m2q7r5tz:enable"),
                    "{}",
                    mail.text
                );
                assert!(
                    mail.text.contains("POST /v1/webhook_endpoints/whe_0f3k9m2q7r5tz:replay"),
                    "{}",
                    mail.text
                );
            }
            assert!(gone.text.contains("410") && !failed.text.contains("410"), "{locale}");
        }
    }
}
