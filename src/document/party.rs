//! What a tenant has set up and the record does not say: where to write, where data are kept, who receives them.

use crate::i18n::Lang;

/// The organisation responsible, as it is set up now. Where a record names the organisation, the record wins.
#[derive(Clone, Debug)]
pub struct Controller<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its name in addresses: `/n/{slug}`.
    pub slug: &'a str,
    /// The name people know.
    pub name: &'a str,
    /// Legal name and postal address.
    pub legal: &'a str,
    /// Where people write about their data.
    pub contact: &'a str,
    /// Its country (ISO 3166-1 alpha-2), whose law and authority apply. `None`: it has not said.
    pub country: Option<&'a str>,
    /// Where the data are kept: a country, or `EU`. `None`: it has not said.
    pub storage: Option<&'a str>,
    /// How long the data are kept (ISO 8601 duration). `None`: until the consent is withdrawn or they are erased.
    pub retention: Option<&'a str>,
    /// How long a consent counts (ISO 8601 duration). `None`: until it is withdrawn.
    pub validity: Option<&'a str>,
    /// Who receives the data besides the organisation and the provider of this service.
    pub recipients: &'a [Recipient<'a>],
}

/// Someone the data are given to.
#[derive(Clone, Copy, Debug)]
pub struct Recipient<'a> {
    /// An address of the web that stands for it, or an id of ours.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its postal address.
    pub address: &'a str,
    /// How to reach it.
    pub contact: &'a str,
}

/// Where the French authority takes complaints, and the list of all authorities.
const CNIL: &str = "https://www.cnil.fr/fr/plaintes";
const EVERY_AUTHORITY: &str = "https://www.edpb.europa.eu/about-edpb/about-edpb/members_en";

impl Controller<'_> {
    /// The authority to complain to, in words, and its page. Where the country is not known, it is the person's
    /// own (GDPR, article 77).
    pub(super) fn authority(&self, lang: &Lang) -> (String, &'static str) {
        let (key, page) = match self.country {
            Some("FR") => ("doc-authority-fr", CNIL),
            Some(_) | None => ("doc-authority-other", EVERY_AUTHORITY),
        };
        (lang.get(key).into_owned(), page)
    }
}
