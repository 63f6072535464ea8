//! The languages people are spoken to in.

use std::fmt;

/// A language of the public pages and mails. All are equals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Locale {
    /// English.
    En,
    /// French.
    Fr,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Italian.
    It,
    /// Dutch.
    Nl,
    /// Portuguese, as written in Portugal.
    Pt,
    /// Polish.
    Pl,
}

impl Locale {
    /// Every language, in the order of the language links: by its own name, as a reader looks for it.
    pub const ALL: [Self; 8] =
        [Self::De, Self::En, Self::Es, Self::Fr, Self::It, Self::Nl, Self::Pl, Self::Pt];

    /// The BCP 47 tag, as in `<html lang>` and in the database.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::De => "de",
            Self::Es => "es",
            Self::It => "it",
            Self::Nl => "nl",
            Self::Pt => "pt",
            Self::Pl => "pl",
        }
    }

    /// The language's name in itself, as a list shows it.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::De => "Deutsch",
            Self::Es => "Español",
            Self::It => "Italiano",
            Self::Nl => "Nederlands",
            Self::Pt => "Português",
            Self::Pl => "Polski",
        }
    }

    /// The language of exactly this tag, or of its primary subtag (`fr-CA` is French); `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|it| it.tag().eq_ignore_ascii_case(primary))
    }

    /// The best of our languages for an `Accept-Language` header (RFC 9110 section 12.5.4).
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, u32)> = None;
        for item in header.split(',').take(20) {
            let mut parts = item.trim().split(';');
            let Some(locale) = parts.next().and_then(|tag| Self::from_tag(tag.trim())) else { continue };
            let quality = parts
                .find_map(|it| it.trim().strip_prefix("q="))
                .map_or(Some(1.0), |it| it.trim().parse::<f64>().ok())
                .unwrap_or(0.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to 0..=1000"
            )]
            let quality = (quality.clamp(0.0, 1.0) * 1000.0) as u32;
            if quality > 0 && best.is_none_or(|(_, most)| quality > most) {
                best = Some((locale, quality));
            }
        }
        best.map(|(locale, _)| locale)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_quality_wins_and_the_first_of_equals() {
        let best = Locale::from_accept_language;
        assert_eq!(best("sv, fr;q=0.8, en;q=0.9"), Some(Locale::En));
        assert_eq!(best("fr-CA,fr;q=0.9,en;q=0.8"), Some(Locale::Fr));
        assert_eq!(best("de-AT,de;q=0.9,en;q=0.8"), Some(Locale::De));
        assert_eq!(best("pt-BR,pt;q=0.9"), Some(Locale::Pt));
        assert_eq!(best("en;q=0, fr;q=0.1"), Some(Locale::Fr));
        assert_eq!(best("sv, *;q=0.5"), None);
        assert_eq!(best("fr;q=banana, en;q=0.2"), Some(Locale::En));
        assert_eq!(best(""), None);
    }

    #[test]
    fn every_language_is_found_by_its_tag_and_by_no_other() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
            assert_eq!(Locale::from_tag(&locale.tag().to_uppercase()), Some(locale));
            assert_eq!(Locale::from_tag(&format!("{locale}-XX")), Some(locale));
            assert_eq!(Locale::from_tag(&format!("{locale}x")), None);
        }
    }

    #[test]
    fn languages_are_listed_by_their_own_names() {
        assert!(Locale::ALL.map(Locale::endonym).is_sorted());
    }
}
