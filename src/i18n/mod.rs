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

/// The files of one folder.
macro_rules! catalogue {
    ($folder:literal) => {
        [
            include_str!(concat!($folder, "/pages.ftl")),
            include_str!(concat!($folder, "/verify.ftl")),
            include_str!(concat!($folder, "/mails.ftl")),
            include_str!(concat!($folder, "/documents.ftl")),
        ]
    };
}

/// The catalogue of a language: its four files.
pub(crate) const fn sources(locale: Locale) -> [&'static str; 4] {
    match locale {
        Locale::En => catalogue!("en"),
        Locale::Fr => catalogue!("fr"),
        Locale::De => catalogue!("de"),
        Locale::Es => catalogue!("es"),
        Locale::It => catalogue!("it"),
        Locale::Nl => catalogue!("nl"),
        Locale::Pt => catalogue!("pt"),
        Locale::Pl => catalogue!("pl"),
    }
}

/// The texts of `locale`; read when they are first asked for.
pub fn lang(locale: Locale) -> &'static Lang {
    static EN: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::En));
    static FR: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::Fr));
    static DE: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::De));
    static ES: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::Es));
    static IT: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::It));
    static NL: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::Nl));
    static PT: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::Pt));
    static PL: LazyLock<Lang> = LazyLock::new(|| Lang::new(Locale::Pl));
    match locale {
        Locale::En => &EN,
        Locale::Fr => &FR,
        Locale::De => &DE,
        Locale::Es => &ES,
        Locale::It => &IT,
        Locale::Nl => &NL,
        Locale::Pt => &PT,
        Locale::Pl => &PL,
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
    let mut bundle = FluentBundle::new_concurrent(vec![plurals(locale)]);
    // Isolation marks protect mixed-direction text; all our languages run left to right and the marks
    // would end up in mails, subjects and copied text.
    bundle.set_use_isolating(false);
    bundle
}

/// A value put into a text: `("count", 3.into())` or `("purpose", name.into())`.
pub type Arg<'a> = (&'a str, FluentValue<'a>);

impl Lang {
    fn new(locale: Locale) -> Self {
        let mut bundle = new_bundle(locale);
        for source in sources(locale) {
            // A catalogue that does not parse is caught by the tests below; what does parse is kept.
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
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

    /// A day as people write it: `21 November 2026`, `1er mars 2026`, `21. November 2026`,
    /// `21 de noviembre de 2026`. In UTC.
    pub fn date(&self, at: Timestamp) -> String {
        let date = utc(at).date();
        let (day, year) = (date.day(), date.year());
        let month = self.get(MONTHS.get(usize::from(date.month().unsigned_abs()) - 1).copied().unwrap_or(""));
        match (self.locale, day) {
            (Locale::Fr, 1) => format!("1er {month} {year}"),
            (Locale::It, 1) => format!("1º {month} {year}"),
            (Locale::De, _) => format!("{day}. {month} {year}"),
            (Locale::Es | Locale::Pt, _) => format!("{day} de {month} de {year}"),
            (Locale::En | Locale::Fr | Locale::It | Locale::Nl | Locale::Pl, _) => {
                format!("{day} {month} {year}")
            }
        }
    }

    /// A day and a time: `21 November 2026, 10:14 UTC`, `21 novembre 2026 à 10 h 14 (UTC)`. In UTC, and it says so.
    pub fn date_time(&self, at: Timestamp) -> String {
        let (date, time) = (self.date(at), utc(at).time());
        let (hour, minute) = (time.hour(), time.minute());
        match self.locale {
            Locale::En => format!("{date}, {hour:02}:{minute:02} UTC"),
            Locale::Fr => format!("{date} à {hour} h {minute:02} (UTC)"),
            Locale::De => format!("{date}, {hour}:{minute:02} Uhr (UTC)"),
            Locale::Es | Locale::Pt => format!("{date}, {hour}:{minute:02} h (UTC)"),
            Locale::It => format!("{date}, ore {hour}:{minute:02} (UTC)"),
            Locale::Nl => format!("{date}, {hour}:{minute:02} uur (UTC)"),
            Locale::Pl => format!("{date}, godz. {hour}:{minute:02} (UTC)"),
        }
    }
}

/// Whose plural rules (CLDR) count.
fn plurals(locale: Locale) -> LanguageIdentifier {
    let tag = match locale {
        // Of Portugal: in Brazil nought is counted like one.
        Locale::Pt => "pt-PT",
        Locale::En | Locale::Fr | Locale::De | Locale::Es | Locale::It | Locale::Nl | Locale::Pl => {
            locale.tag()
        }
    };
    tag.parse().unwrap_or_default()
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

/// The keys of the texts that a tenant may word in its own way, in the order of the catalogues.
pub fn own_keys() -> impl Iterator<Item = &'static str> {
    sources(Locale::En).into_iter().flat_map(check::keys).filter(|it| fixed::reason(it).is_none())
}

/// Every key of the catalogues.
#[cfg(test)]
fn tests_keys() -> Vec<&'static str> {
    sources(Locale::En).into_iter().flat_map(check::keys).collect()
}

#[cfg(test)]
mod tests;
