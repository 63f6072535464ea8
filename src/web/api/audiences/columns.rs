//! What is told of each person, and what mailing tools call it in the files they import.
//!
//! Names of columns as the tools' own documentation has them: a file goes through an import without anything being
//! matched by hand, as long as the fields of our own making (links, ids) were made there under these names.

use crate::app::audience::Recipient;

/// Something told of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Our id.
    Contact,
    /// The address.
    Email,
    /// The tenant's own name for the person.
    ExternalId,
    /// Their language.
    Locale,
    /// When they confirmed.
    ConfirmedAt,
    /// The evidence of it.
    Consent,
    /// The link to their choices.
    Preferences,
    /// The link that leaves.
    Unsubscribe,
    /// What they entered in this declared field.
    Entered(String),
    /// The same for everybody.
    Fixed(&'static str),
    /// Everything but the address as one JSON text.
    Attributes,
}

/// The columns one may choose by name; `answers.<field>` besides.
pub(super) const NAMED: [(&str, Column); 6] = [
    ("contact", Column::Contact),
    ("email", Column::Email),
    ("external_id", Column::ExternalId),
    ("locale", Column::Locale),
    ("confirmed_at", Column::ConfirmedAt),
    ("consent", Column::Consent),
];
/// What stands before the name of a declared field.
pub(super) const ANSWERS: &str = "answers.";

impl Column {
    /// The column of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        if let Some(field) = name.strip_prefix(ANSWERS) {
            let right = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-' || it == b'_';
            return (!field.is_empty() && field.bytes().all(right)).then(|| Self::Entered(field.to_owned()));
        }
        NAMED.into_iter().find(|it| it.0 == name).map(|it| it.1)
    }

    /// Its name where nobody asked for another.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Contact => "contact".to_owned(),
            Self::Email => "email".to_owned(),
            Self::ExternalId => "external_id".to_owned(),
            Self::Locale => "locale".to_owned(),
            Self::ConfirmedAt => "confirmed_at".to_owned(),
            Self::Consent => "consent".to_owned(),
            Self::Preferences => "preferences_url".to_owned(),
            Self::Unsubscribe => "unsubscribe_url".to_owned(),
            Self::Entered(field) => format!("{ANSWERS}{field}"),
            Self::Fixed(text) => (*text).to_owned(),
            Self::Attributes => "attributes".to_owned(),
        }
    }

    /// What it says of a person; empty when there is nothing to say.
    pub(super) fn of(&self, recipient: &Recipient<'_>) -> String {
        let member = recipient.member;
        let links = recipient.links.as_ref();
        match self {
            Self::Contact => member.contact.to_string(),
            Self::Email => recipient.email.to_owned(),
            Self::ExternalId => member.external_id.as_deref().unwrap_or_default().to_owned(),
            Self::Locale => member.locale.tag().to_owned(),
            Self::ConfirmedAt => member.consent.since.rfc3339(),
            Self::Consent => member.evidence.to_string(),
            Self::Preferences => links.map_or_else(String::new, |it| it.preferences.clone()),
            Self::Unsubscribe => links.map_or_else(String::new, |it| it.unsubscribe.clone()),
            Self::Entered(field) => recipient.entered.get(field).cloned().unwrap_or_default(),
            Self::Fixed(text) => (*text).to_owned(),
            Self::Attributes => attributes(recipient),
        }
    }
}

/// What listmonk keeps beside the address: `{{ .Subscriber.Attribs.aye_url }}` in a template.
fn attributes(recipient: &Recipient<'_>) -> String {
    let mut all = serde_json::Map::new();
    let mut set = |name: &str, text: &str| {
        if !text.is_empty() {
            all.insert(name.to_owned(), text.into());
        }
    };
    set("aye_id", &recipient.member.contact.to_string());
    set("locale", recipient.member.locale.tag());
    set("external_id", recipient.member.external_id.as_deref().unwrap_or_default());
    if let Some(links) = &recipient.links {
        set("aye_url", &links.preferences);
        set("aye_unsub", &links.unsubscribe);
    }
    for (field, text) in &recipient.entered {
        set(field, text);
    }
    serde_json::Value::Object(all).to_string()
}

/// A mailing tool whose import the file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    Listmonk,
    Mailchimp,
    Brevo,
    Sendgrid,
    Mautic,
    Hubspot,
}

impl Profile {
    pub(super) const WORDS: [&'static str; 6] =
        ["listmonk", "mailchimp", "brevo", "sendgrid", "mautic", "hubspot"];

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "listmonk" => Self::Listmonk,
            "mailchimp" => Self::Mailchimp,
            "brevo" => Self::Brevo,
            "sendgrid" => Self::Sendgrid,
            "mautic" => Self::Mautic,
            "hubspot" => Self::Hubspot,
            _ => return None,
        })
    }

    /// What it is called, as the recipient of the addresses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Listmonk => "listmonk",
            Self::Mailchimp => "Mailchimp",
            Self::Brevo => "Brevo",
            Self::Sendgrid => "SendGrid",
            Self::Mautic => "Mautic",
            Self::Hubspot => "HubSpot",
        }
    }

    /// What stands between cells. Brevo's import by API takes semicolons alone; `SendGrid`'s takes commas alone.
    pub(super) const fn separator(self) -> u8 {
        match self {
            Self::Brevo => b';',
            Self::Listmonk | Self::Mailchimp | Self::Sendgrid | Self::Mautic | Self::Hubspot => b',',
        }
    }

    /// Its columns: their headings and what they say. `entered` are the declared fields asked for besides.
    pub(super) fn columns(self, links: bool, entered: &[String]) -> Vec<(String, Column)> {
        let head: &[(&str, Column)] = match self {
            Self::Listmonk => &[
                ("email", Column::Email),
                // Left empty, listmonk takes what stands before the @.
                ("name", Column::Fixed("")),
                ("attributes", Column::Attributes),
            ],
            Self::Mailchimp => {
                &[("Email Address", Column::Email), ("Language", Column::Locale), ("AYE_ID", Column::Contact)]
            }
            Self::Brevo => &[
                ("EMAIL", Column::Email),
                ("EXT_ID", Column::ExternalId),
                ("LANGUAGE", Column::Locale),
                ("AYE_ID", Column::Contact),
            ],
            Self::Sendgrid => {
                &[("email", Column::Email), ("locale", Column::Locale), ("aye_id", Column::Contact)]
            }
            Self::Mautic => {
                &[("email", Column::Email), ("preferred_locale", Column::Locale), ("aye_id", Column::Contact)]
            }
            Self::Hubspot => &[
                ("Email", Column::Email),
                ("Preferred language", Column::Locale),
                (
                    "Legal basis for processing contact's data",
                    Column::Fixed("Freely given consent from contact"),
                ),
                ("aye_id", Column::Contact),
            ],
        };
        let mut all: Vec<(String, Column)> =
            head.iter().map(|(name, column)| ((*name).to_owned(), column.clone())).collect();
        if self == Self::Listmonk {
            return all;
        }
        if links {
            all.push((self.own("aye_url"), Column::Preferences));
            all.push((self.own("aye_unsub"), Column::Unsubscribe));
        }
        all.extend(entered.iter().map(|it| (self.own(it), Column::Entered(it.clone()))));
        all
    }

    /// What a field of our own making is called there. Mailchimp's tags have ten signs at most; Brevo's and
    /// Mailchimp's are capitals; `SendGrid` takes letters, digits and underscores alone.
    fn own(self, name: &str) -> String {
        let plain = name.replace('-', "_");
        match self {
            Self::Mailchimp => plain.to_ascii_uppercase().chars().take(10).collect(),
            Self::Brevo => plain.to_ascii_uppercase(),
            Self::Listmonk | Self::Sendgrid | Self::Mautic | Self::Hubspot => plain,
        }
    }
}
