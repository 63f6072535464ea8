//! What every mail shares: who writes, where and when it was asked for, and the finished parts.

use super::text::one_line;
use crate::{
    domain::{Locale, Timestamp},
    i18n::{Lang, lang},
};

/// A mail in one language, ready to be addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// The plain text part.
    pub text: String,
    /// The HTML part: the same content, links and codes.
    pub html: String,
    /// Links with what they are for: `confirm`, `not_me`, `preferences`, `notice`.
    pub links: Vec<(&'static str, String)>,
    /// Codes to type in.
    pub codes: Vec<String>,
    /// Files that go with it.
    pub files: Vec<File>,
}

/// A file that goes with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name; what cannot stand in one is dropped.
    pub name: String,
    /// What it is: `application/pdf`.
    pub media_type: &'static str,
    /// What is in it.
    pub data: Vec<u8>,
}

/// Who is responsible for the mail and who sends it. From the tenant's settings and ours, never from a
/// visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name people know: `Acme`.
    pub brand: String,
    /// Legal name and postal address: `Acme SAS, 1 rue de la Paix, 75002 Paris`.
    pub legal: String,
    /// Where people reach somebody: an address or a page.
    pub contact: String,
    /// The privacy notice.
    pub notice_url: String,
    /// The host that runs the sign-up for the brand: `consent.example.org`.
    pub host: String,
    /// Texts in the brand's own words; none: ours.
    pub own: Option<Lang>,
}

impl Sender {
    /// The texts of a mail in `locale`.
    pub(super) fn texts(&self, locale: Locale) -> &Lang {
        self.own.as_ref().filter(|it| it.locale() == locale).unwrap_or(lang(locale))
    }

    /// Which machine sent the mail, and for whom.
    fn sent_by(&self, t: &Lang) -> String {
        let Self { brand, host, .. } = self;
        t.with("mail-sent-by", &[("brand", brand.into()), ("host", host.into())])
    }

    fn contact(&self, t: &Lang) -> String {
        t.with("mail-contact", &[("contact", (&self.contact).into())])
    }
}

/// Where and when the mail was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The site or form, as configured: `shop.example`, `https://consent.example.org/f/newsletter`.
    pub on: String,
    /// When the request arrived.
    pub at: Timestamp,
}

impl Asked {
    fn line(&self, t: &Lang) -> String {
        t.with("mail-asked", &[("place", (&self.on).into()), ("when", t.date_time(self.at).into())])
    }

    /// Whole minutes from the request to `end`, for "works for 30 minutes".
    pub(super) fn minutes_to(&self, end: Timestamp) -> i64 {
        end.since(self.at).max(0) / crate::domain::time::MINUTE
    }
}

/// The lines at the foot of every mail, in both parts.
pub(super) fn foot(sender: &Sender, asked: &Asked, t: &Lang) -> [String; 4] {
    let [sent_by, legal, contact] = responsible(sender, t);
    [asked.line(t), sent_by, legal, contact]
}

/// The lines at the foot of a mail that nobody asked for on a page of ours.
pub(super) fn responsible(sender: &Sender, t: &Lang) -> [String; 3] {
    [sender.sent_by(t), sender.legal.clone(), sender.contact(t)]
}

/// Trims what the templates leave around the parts; the subject becomes one line.
pub(super) fn finish(
    [subject, text, html]: [String; 3],
    links: Vec<(&'static str, String)>,
    codes: Vec<String>,
) -> Rendered {
    let text = format!("{}\n", text.trim());
    let html = format!("{}\n", html.trim());
    Rendered { subject: one_line(&subject), text, html, links, codes, files: Vec::new() }
}

/// The three templates of a mail and the function that fills them: `parts(&mail, links, codes)`.
///
/// In the templates `mail` is the mail's own struct and `t` its language.
macro_rules! templates {
    ($mail:ty, $subject:tt, $text:tt, $html:tt) => {
        #[derive(askama::Template)]
        #[template(path = $subject, escape = "none")]
        struct SubjectPart<'a> {
            mail: &'a $mail,
            t: &'a Lang,
        }

        #[derive(askama::Template)]
        #[template(path = $text, escape = "none")]
        struct TextPart<'a> {
            mail: &'a $mail,
            t: &'a Lang,
        }

        #[derive(askama::Template)]
        #[template(path = $html)]
        struct HtmlPart<'a> {
            mail: &'a $mail,
            t: &'a Lang,
        }

        fn parts(
            mail: &$mail,
            links: Vec<(&'static str, String)>,
            codes: Vec<String>,
        ) -> askama::Result<Rendered> {
            use askama::Template as _;
            let t = mail.sender.texts(mail.locale);
            let subject = SubjectPart { mail, t }.render()?;
            let text = TextPart { mail, t }.render()?;
            let html = HtmlPart { mail, t }.render()?;
            Ok(super::rendered::finish([subject, text, html], links, codes))
        }
    };
}
pub(super) use templates;
