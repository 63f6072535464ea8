//! What an operator sets up: tenants with their purposes, forms and endpoints, checked and complete.

use std::collections::BTreeMap;

use super::{
    EmailAddress, Locale, Timestamp,
    age::{Minors, Rule},
    country::{Country, Place},
    email::EmailError,
    field::Field,
    host::HostName,
    own_texts::OwnTexts,
    text::{EndpointUrl, LandingUrl, Line, Origin, Paragraph, Slug, TextError},
    theme::{Picture, Theme},
};

/// Everything one `apply` file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// In the order of the file; slugs differ.
    pub tenants: Vec<TenantSetup>,
}

/// One organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantSetup {
    /// Its name in addresses and commands.
    pub slug: Slug,
    /// Its name on pages and in mails.
    pub name: Line,
    /// Who answers for the data: legal name and postal address.
    pub legal: Line,
    /// Where people write about their data.
    pub contact: EmailAddress,
    /// Whom mails come from.
    pub from: Sender,
    /// The language of texts that have no other.
    pub locale: Locale,
    /// How people get their receipts.
    pub receipts: Receipts,
    /// The country whose law and authority apply; `None`: not told.
    pub country: Option<Country>,
    /// Where the data are kept; `None`: not told.
    pub storage: Option<Place>,
    /// Whether it is there to try things out: addresses with certain tags act a part.
    pub test: bool,
    /// What the address may be used for; slugs differ.
    pub purposes: Vec<PurposeSetup>,
    /// Where people sign up; slugs differ in the whole installation.
    pub forms: Vec<FormSetup>,
    /// Who is told; addresses differ.
    pub webhooks: Vec<WebhookSetup>,
    /// Its data protection officer; `None`: not told.
    pub dpo: Option<Line>,
    /// What protects data kept outside the European Economic Area; `None`: not told.
    pub transfer: Option<Line>,
    /// The names its pages answer under; no two tenants have one.
    pub hosts: Vec<HostName>,
    /// Texts in its own words, checked against the catalogue.
    pub texts: OwnTexts,
    /// Its colours and shapes.
    pub theme: Option<Theme>,
    /// The picture beside its name.
    pub logo: Option<Picture>,
}

/// The `From` of mails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// What mail programs show.
    pub name: Line,
    /// The address.
    pub address: EmailAddress,
}

/// Why a text is not a sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SenderError {
    /// The name.
    #[error("the name before the address: {0}")]
    Name(#[source] TextError),
    /// A name that mail programs could take for an address, or that would end early.
    #[error("the name before the address has `{0}` in it; take it out")]
    Symbol(char),
    /// Not of the form `Name <address>`.
    #[error("it is not a sender; write Name <address>")]
    Shape,
    /// The address.
    #[error(transparent)]
    Address(EmailError),
}

impl Sender {
    /// The longest name, in characters: more is cut by mail programs anyway.
    const NAME_MAX: usize = 80;

    /// The two parts of `Acme <confirm@acme.example>`; the name may be in double quotes, or missing.
    ///
    /// # Errors
    /// When one of them is not right, or there is more than them.
    pub fn split(text: &str) -> Result<(Option<Line>, EmailAddress), SenderError> {
        let text = text.trim();
        let Some((name, rest)) = text.rsplit_once('<') else {
            return EmailAddress::parse_public(text).map(|it| (None, it)).map_err(SenderError::Address);
        };
        let address = rest.strip_suffix('>').ok_or(SenderError::Shape)?;
        let address = EmailAddress::parse_public(address).map_err(SenderError::Address)?;
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(name);
        if name.is_empty() {
            return Ok((None, address));
        }
        if let Some(symbol) = name.chars().find(|it| "<>\"\\@".contains(*it)) {
            return Err(SenderError::Symbol(symbol));
        }
        let length = name.chars().count();
        if length > Self::NAME_MAX {
            return Err(SenderError::Name(TextError::TooLong { length, most: Self::NAME_MAX }));
        }
        Line::parse(name).map(|it| (Some(it), address)).map_err(SenderError::Name)
    }
}

/// The days without use after which a tenant may let a consent lapse: from a month to ten years.
pub const RETENTION_DAYS: std::ops::RangeInclusive<u32> = 30..=3_650;

/// One use of the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurposeSetup {
    /// Its name in addresses, forms and the API.
    pub slug: Slug,
    /// How often mails come.
    pub frequency: Frequency,
    /// What it is called.
    pub name: Localized<Line>,
    /// What a person agrees to.
    pub text: Localized<Paragraph>,
    /// No longer offered; consents given before keep their state.
    pub retired: bool,
    /// Days without use after which a consent no longer counts; `None` for the default.
    pub retention_days: Option<u32>,
}

/// One signup form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormSetup {
    /// Its name in its address, `/f/{slug}`.
    pub slug: Slug,
    /// The purposes it offers, in this order: at least one, each of this tenant and not retired.
    pub purposes: Vec<Slug>,
    /// The sites that may embed it and post to it: `None` is any site, an empty list its own page alone.
    pub origins: Option<Vec<Origin>>,
    /// Where a site may send people on after they have sent the form, each address exactly.
    pub next: Vec<LandingUrl>,
    /// A heading of its own.
    pub title: Option<Localized<Line>>,
    /// When it stops taking requests.
    pub closes: Option<Timestamp>,
    /// What it asks for besides the address; slugs differ.
    pub fields: Vec<Field>,
    /// What it asks about age; nothing when there is none.
    pub minors: Option<MinorsSetup>,
}

/// What a form does with people too young to consent alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinorsSetup {
    /// What becomes of them.
    pub rule: Rule,
    /// From which age people sign up alone; `None`: as the law of the country says.
    pub age: Option<u8>,
    /// The country whose law is meant; `None`: the tenant's.
    pub country: Option<Country>,
}

impl From<Minors> for MinorsSetup {
    fn from(Minors { rule, age }: Minors) -> Self {
        Self { rule, age: Some(age), country: None }
    }
}

/// One endpoint of a mailing tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookSetup {
    /// Where events are delivered.
    pub url: EndpointUrl,
    /// Which events: at least one pattern.
    pub events: Vec<EventPattern>,
    /// Whether payloads carry the address, which makes its owner a recipient of personal data.
    pub addresses: bool,
}

/// A text in the tenant's own language and perhaps in others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localized<T> {
    own: Locale,
    texts: BTreeMap<Locale, T>,
}

impl<T> Localized<T> {
    /// The texts of a tenant that speaks `own`; `None` when that very language is missing.
    pub fn new(own: Locale, texts: BTreeMap<Locale, T>) -> Option<Self> {
        texts.contains_key(&own).then_some(Self { own, texts })
    }

    /// The text in `locale`, or in the tenant's own language.
    pub fn get(&self, locale: Locale) -> Option<&T> {
        self.texts.get(&locale).or_else(|| self.texts.get(&self.own))
    }

    /// Each language there is, with its text.
    pub fn iter(&self) -> impl Iterator<Item = (Locale, &T)> {
        self.texts.iter().map(|(locale, text)| (*locale, text))
    }
}

/// How people get the receipts of their choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Receipts {
    /// On the pages, where they ask for them.
    #[default]
    Page,
    /// On the pages, and each by mail.
    Mail,
}

impl Receipts {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Page, Self::Mail];

    /// The word in files and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Mail => "mail",
        }
    }

    /// The way of exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// How often mails of a purpose come, as promised to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frequency {
    /// As things happen.
    Immediate,
    /// Once a day at most.
    Daily,
    /// Once a week at most.
    Weekly,
    /// Once a month at most.
    Monthly,
    /// Once in three months at most.
    Quarterly,
    /// Now and then.
    Occasional,
}

impl Frequency {
    /// Every frequency, the most frequent first.
    pub const ALL: [Self; 6] =
        [Self::Immediate, Self::Daily, Self::Weekly, Self::Monthly, Self::Quarterly, Self::Occasional];

    /// The word in files and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Occasional => "occasional",
        }
    }

    /// The frequency somebody wrote.
    ///
    /// # Errors
    /// There is none of this word.
    pub fn written(word: &str) -> Result<Self, String> {
        Self::parse(word).ok_or_else(|| {
            let words: Vec<&str> = Self::ALL.into_iter().map(Self::as_str).collect();
            format!("`{word}` is not a frequency; write one of {}", words.join(", "))
        })
    }

    /// The frequency of exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// Every type of event the outside may be told.
pub const EVENT_TYPES: &[&str] = &[
    "signup.requested",
    "signup.mail_sent",
    "signup.mail_bounced",
    "signup.expired",
    "signup.cancelled",
    "signup.reported",
    "consent.confirmed",
    "consent.withdrawn",
    "consent.refused",
    "consent.expired",
    "preference.changed",
    "pause.started",
    "pause.ended",
    "contact.restricted",
    "contact.unrestricted",
    "contact.erased",
    "suppression.added",
    "suppression.removed",
    "endpoint.disabled",
    "ping",
];

/// Which events an endpoint wants: one type, `object.*`, or `*`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventPattern(String);

impl EventPattern {
    /// The pattern, when it can match anything; `None` when there is no such event.
    pub fn parse(text: &str) -> Option<Self> {
        let pattern = Self(text.to_owned());
        let is_whole =
            !text.contains('*') || text == "*" || text.strip_suffix(".*").is_some_and(|it| !it.contains('*'));
        (is_whole && EVENT_TYPES.iter().any(|it| pattern.matches(it))).then_some(pattern)
    }

    /// Whether an event of this type is wanted.
    pub fn matches(&self, event_type: &str) -> bool {
        match self.0.strip_suffix('*') {
            None => self.0 == event_type,
            Some(object) => event_type.starts_with(object),
        }
    }

    /// The pattern as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_its_events_and_no_others() {
        let matches = |pattern: &str, event| EventPattern::parse(pattern).unwrap().matches(event);
        assert!(matches("*", "ping") && matches("*", "consent.confirmed"));
        assert!(matches("consent.*", "consent.confirmed") && !matches("consent.*", "contact.erased"));
        assert!(matches("ping", "ping") && !matches("ping", "pingpong"));
        for bad in [
            "",
            "consent",
            "consent.",
            "consent*",
            "con*",
            "*.confirmed",
            "**",
            "consent.**",
            ".*",
            "Consent.*",
            "x.*",
        ] {
            assert_eq!(EventPattern::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_sender_is_a_name_and_an_address() {
        for (text, name, address) in [
            ("Acme <confirm@acme.example>", Some("Acme"), "confirm@acme.example"),
            ("\"Acme, Inc.\" <confirm@acme.example>", Some("Acme, Inc."), "confirm@acme.example"),
            (" Café d’Ici<a@b.fr> ", Some("Café d’Ici"), "a@b.fr"),
            ("confirm@acme.example", None, "confirm@acme.example"),
            ("<confirm@acme.example>", None, "confirm@acme.example"),
        ] {
            let (found, parsed) = Sender::split(text).unwrap();
            assert_eq!((found.as_ref().map(Line::as_str), parsed.expose()), (name, address), "{text}");
        }
        for (text, reason) in [
            ("", SenderError::Address(EmailError::Empty)),
            ("Acme", SenderError::Address(EmailError::NoAt)),
            ("Acme confirm@acme.example", SenderError::Address(EmailError::NotPlain)),
            ("Acme <confirm@acme.example", SenderError::Shape),
            ("Acme <confirm@acme.example> x", SenderError::Shape),
            ("Acme <>", SenderError::Address(EmailError::Empty)),
            ("Acme <a@b.fr>, Other <c@d.fr>", SenderError::Symbol('<')),
            ("pay@bank.example <a@b.fr>", SenderError::Symbol('@')),
            ("A \"B\" C <a@b.fr>", SenderError::Symbol('"')),
            ("Acme\r\nBcc: x <a@b.fr>", SenderError::Name(TextError::SeveralLines)),
            ("Ac\u{202e}me <a@b.fr>", SenderError::Name(TextError::Hidden { code: 0x202E })),
            (
                &format!("{} <a@b.fr>", "x".repeat(81)),
                SenderError::Name(TextError::TooLong { length: 81, most: 80 }),
            ),
        ] {
            assert_eq!(Sender::split(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn every_frequency_is_read_as_it_is_written() {
        for it in Frequency::ALL {
            assert_eq!(Frequency::parse(it.as_str()), Some(it));
        }
        assert_eq!(Frequency::parse("Monthly"), None);
    }

    #[test]
    fn every_way_of_receipts_is_read_as_it_is_written() {
        for it in Receipts::ALL {
            assert_eq!(Receipts::parse(it.as_str()), Some(it));
        }
        assert_eq!(Receipts::parse("email"), None);
        assert_eq!(Receipts::default(), Receipts::Page);
    }

    #[test]
    fn a_text_falls_back_to_the_tenants_own_language() {
        let texts = BTreeMap::from([(Locale::Fr, "bonjour")]);
        assert_eq!(Localized::new(Locale::En, texts.clone()), None);
        let text = Localized::new(Locale::Fr, texts).unwrap();
        assert_eq!(text.get(Locale::En), Some(&"bonjour"));
        assert_eq!(text.iter().collect::<Vec<_>>(), [(Locale::Fr, &"bonjour")]);
    }
}
