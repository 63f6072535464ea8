//! Texts in each language: one catalogue per language, the same keys in all of them (tested).
//!
//! Catalogues are [Fluent](https://projectfluent.org) files embedded in the binary, `pages.ftl` for what
//! a browser shows, `verify.ftl` for what the checker of proofs says there and on the command line, `mails.ftl` for what
//! is mailed, `documents.ftl` for receipts and dossiers. Values are plain text: templates escape them.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::domain::{Locale, Timestamp};

/// The texts of one language.
pub struct Lang {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

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

/// A value put into a text: `("count", 3.into())` or `("purpose", name.into())`.
pub type Arg<'a> = (&'a str, FluentValue<'a>);

impl Lang {
    fn new(locale: Locale) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![plurals(locale)]);
        // Isolation marks protect mixed-direction text; all our languages run left to right and the marks
        // would end up in mails, subjects and copied text.
        bundle.set_use_isolating(false);
        for source in sources(locale) {
            // A catalogue that does not parse is caught by the tests below; what does parse is kept.
            let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Self { locale, bundle }
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
        match self.bundle.get_message(key).and_then(|it| it.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, args, &mut Vec::new()),
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

#[cfg(test)]
mod tests;
