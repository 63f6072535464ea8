//! Texts in each language: one catalogue per language, the same keys in all of them (tested).
//!
//! Catalogues are [Fluent](https://projectfluent.org) files embedded in the binary, `pages.ftl` for what
//! a browser shows, `verify.ftl` for what the checker of proofs says there and on the command line, `mails.ftl` for what
//! is mailed, `documents.ftl` for receipts and dossiers. Values are plain text: templates escape them.
//!
//! A tenant may word most texts in its own way ([`of`]); [`check`](fn@check) says which and how.

mod check;
mod fixed;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    fmt,
    sync::{Arc, LazyLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

pub use check::{Mistake, check};

use crate::domain::{Locale, Timestamp, catalog::Tenant};

type Bundle = FluentBundle<FluentResource>;

/// The texts of one language, perhaps some in a tenant's own words. Cheap to clone.
#[derive(Clone)]
pub struct Lang {
    locale: Locale,
    bundle: Arc<Bundle>,
    own: Option<Arc<Bundle>>,
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lang")
            .field("locale", &self.locale)
            .field("own", &self.own.is_some())
            .finish_non_exhaustive()
    }
}

impl PartialEq for Lang {
    /// The same language in the same words.
    fn eq(&self, other: &Self) -> bool {
        self.locale == other.locale
            && self.own.as_ref().map(Arc::as_ptr) == other.own.as_ref().map(Arc::as_ptr)
    }
}

impl Eq for Lang {}

/// The catalogues of each language.
const SOURCES_EN: [&str; 4] = [
    include_str!("en/pages.ftl"),
    include_str!("en/verify.ftl"),
    include_str!("en/mails.ftl"),
    include_str!("en/documents.ftl"),
];
/// See [`SOURCES_EN`].
const SOURCES_FR: [&str; 4] = [
    include_str!("fr/pages.ftl"),
    include_str!("fr/verify.ftl"),
    include_str!("fr/mails.ftl"),
    include_str!("fr/documents.ftl"),
];

static EN: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::En, &SOURCES_EN));
static FR: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::Fr, &SOURCES_FR));

/// The texts of `locale`.
pub fn lang(locale: Locale) -> &'static Lang {
    match locale {
        Locale::En => &EN,
        Locale::Fr => &FR,
    }
}

/// The texts of a tenant: those of `locale`, in its own words where it has any.
pub fn of(tenant: &Tenant, locale: Locale) -> Lang {
    let base = lang(locale);
    Lang { own: tenant.texts.made(locale, own), ..base.clone() }
}

/// Texts that were checked, ready to be shown. One that a newer catalogue gives other variables than it was checked
/// with is left out: the catalogue's own text is then the right one.
fn own(locale: Locale, texts: &BTreeMap<String, String>) -> Bundle {
    let mut bundle = new_bundle(locale);
    for (key, text) in texts.iter().filter(|(key, text)| check(locale, key, text).is_ok()) {
        if let Ok(resource) = FluentResource::try_new(check::source(key, text)) {
            bundle.add_resource_overriding(resource);
        }
    }
    bundle
}

fn new_bundle(locale: Locale) -> Bundle {
    let id: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks protect mixed-direction text; all our languages run left to right and the marks
    // would end up in mails, subjects and copied text.
    bundle.set_use_isolating(false);
    bundle
}

/// A value put into a text: `("count", 3.into())` or `("purpose", name.into())`.
pub type Arg<'a> = (&'a str, FluentValue<'a>);

impl Lang {
    fn new(locale: Locale, sources: &[&str]) -> Self {
        let mut bundle = new_bundle(locale);
        for source in sources {
            // A catalogue that does not parse is caught by the tests below; what does parse is kept.
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Self { locale, bundle: Arc::new(bundle), own: None }
    }

    /// The language of these texts.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The text of `key`; the key itself when there is none, which the tests do not let pass.
    pub fn get<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.format(key, None)
    }

    /// The text of `key` with its variables filled in.
    pub fn with<'a>(&'a self, key: &'a str, args: &[Arg<'_>]) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, value.clone().into_owned());
        }
        self.format(key, Some(&filled)).into_owned()
    }

    fn format<'a>(&'a self, key: &'a str, args: Option<&'a FluentArgs<'_>>) -> Cow<'a, str> {
        let bundles = self.own.iter().chain([&self.bundle]);
        let mut found = bundles.filter_map(|it| Some((it, it.get_message(key)?.value()?)));
        match found.next() {
            Some((bundle, pattern)) => bundle.format_pattern(pattern, args, &mut Vec::new()),
            None => Cow::Borrowed(key),
        }
    }

    /// A day as people write it: `21 November 2026`, `21 novembre 2026`, `1er mars 2026`. In UTC.
    pub fn date(&self, at: Timestamp) -> String {
        let date = utc(at).date();
        let month = self.get(MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).copied().unwrap_or(""));
        let day = match (self.locale, date.day()) {
            (Locale::Fr, 1) => "1er".to_owned(),
            (Locale::En | Locale::Fr, day) => day.to_string(),
        };
        format!("{day} {month} {}", date.year())
    }

    /// A day and a time: `21 November 2026, 10:14 UTC`, `21 novembre 2026 à 10 h 14 (UTC)`.
    pub fn date_time(&self, at: Timestamp) -> String {
        let time = utc(at).time();
        match self.locale {
            Locale::En => format!("{}, {:02}:{:02} UTC", self.date(at), time.hour(), time.minute()),
            Locale::Fr => format!("{} à {} h {:02} (UTC)", self.date(at), time.hour(), time.minute()),
        }
    }
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9",
    "month-10", "month-11", "month-12",
];

fn utc(at: Timestamp) -> jiff::Zoned {
    jiff::Timestamp::from_millisecond(at.millis())
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
        .to_zoned(jiff::tz::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fluent_bundle::FluentResource;

    use super::*;

    /// Every key of a catalogue with the variables its text uses.
    fn keys(sources: [&str; 4]) -> BTreeMap<String, Vec<String>> {
        let mut found = BTreeMap::new();
        for source in sources {
            FluentResource::try_new(source.to_owned()).expect("a catalogue parses");
            let mut key = String::new();
            for line in source.lines() {
                if let Some((name, _)) =
                    line.split_once(" =").filter(|(it, _)| !it.starts_with([' ', '#', '.']))
                {
                    key = name.to_owned();
                    assert!(found.insert(key.clone(), Vec::new()).is_none(), "{key} stands twice");
                }
                for part in line.split('$').skip(1) {
                    let name: String =
                        part.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
                    let names: &mut Vec<String> = found.get_mut(&key).unwrap();
                    if !names.contains(&name) {
                        names.push(name);
                        names.sort();
                    }
                }
            }
        }
        found
    }

    #[test]
    fn every_language_has_the_same_keys_and_variables() {
        let en = keys(SOURCES_EN);
        let fr = keys(SOURCES_FR);
        for (key, names) in &en {
            assert_eq!(fr.get(key), Some(names), "{key} differs between en and fr");
        }
        for key in fr.keys() {
            assert!(en.contains_key(key), "{key} is missing in en");
        }
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        let first = Timestamp::from_millis(1_772_323_200_000 + 36_840_000);
        assert_eq!(lang(Locale::En).date_time(first), "1 March 2026, 10:14 UTC");
        assert_eq!(lang(Locale::Fr).date_time(first), "1er mars 2026 à 10 h 14 (UTC)");
    }
}

/// The keys of the texts that a tenant may word in its own way, in the order of the catalogues.
pub fn own_keys() -> impl Iterator<Item = &'static str> {
    SOURCES_EN.iter().flat_map(|it| check::keys(it)).filter(|it| fixed::reason(it).is_none())
}

/// Every key of the catalogues.
#[cfg(test)]
fn tests_keys() -> Vec<&'static str> {
    SOURCES_EN.iter().flat_map(|it| check::keys(it)).collect()
}
