//! The age from which a person consents to a service of the information society alone (GDPR article 8), by country,
//! and what a form does with those who are younger.

use super::country::Country;

/// The age where a country has set none, and where none is known: the strictest there is.
pub const DEFAULT: u8 = 16;
/// The ages a country, and a form, may choose from (GDPR article 8(1)).
pub const ALLOWED: std::ops::RangeInclusive<u8> = 13..=DEFAULT;

/// How sure an age of the table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Read in a published overview of the national laws.
    Verified,
    /// Remembered: to be looked up in the law of that country by whoever relies on it.
    Remembered,
}

use Source::{Remembered, Verified};

/// Each country's age, and how sure it is. Denmark is said to have raised its age to 15 since: a form there that wants
/// to be on the safe side says `age = 15`.
const AGES: [(&str, u8, Source); 31] = [
    ("AT", 14, Verified),
    ("BE", 13, Verified),
    ("BG", 14, Remembered),
    ("CY", 14, Remembered),
    ("CZ", 15, Verified),
    ("DE", 16, Verified),
    ("DK", 13, Verified),
    ("EE", 13, Remembered),
    ("ES", 14, Verified),
    ("FI", 13, Verified),
    ("FR", 15, Verified),
    ("GB", 13, Verified),
    ("GR", 15, Remembered),
    ("HR", 16, Remembered),
    ("HU", 16, Verified),
    ("IE", 16, Verified),
    ("IS", 13, Remembered),
    ("IT", 14, Verified),
    ("LI", 16, Remembered),
    ("LT", 14, Remembered),
    ("LU", 16, Remembered),
    ("LV", 13, Remembered),
    ("MT", 13, Remembered),
    ("NL", 16, Verified),
    ("NO", 13, Remembered),
    ("PL", 16, Remembered),
    ("PT", 13, Remembered),
    ("RO", 16, Remembered),
    ("SE", 13, Verified),
    ("SI", 15, Remembered),
    ("SK", 16, Verified),
];

/// The age of a country and how sure it is; `None` where the table says nothing.
pub fn known(country: Country) -> Option<(u8, Source)> {
    AGES.iter().find(|(code, ..)| *code == country.code()).map(|(_, age, source)| (*age, *source))
}

/// The age from which people of this country consent alone.
pub fn of_consent(country: Option<Country>) -> u8 {
    country.and_then(known).map_or(DEFAULT, |(age, _)| age)
}

/// What a form does with people who are younger than the age of consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Asks a guardian as well, and grants nothing before both have said yes.
    Guardian,
    /// Takes nothing from them.
    Refuse,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 2] = [Self::Guardian, Self::Refuse];

    /// The word in files and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Refuse => "refuse",
        }
    }

    /// The rule of exactly this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }

    /// The rule somebody wrote.
    ///
    /// # Errors
    /// There is none of this word; the text says which there are.
    pub fn written(word: &str) -> Result<Self, String> {
        Self::parse(word).ok_or_else(|| {
            let words = Self::ALL.map(|it| format!("\"{}\"", it.as_str()));
            format!("`{word}` is nothing a form does with minors; write {}", words.join(" or "))
        })
    }
}

/// What a form asks about age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minors {
    /// What becomes of those who are younger.
    pub rule: Rule,
    /// From which age people sign up alone.
    pub age: u8,
}

impl Minors {
    /// The text in the database: `guardian 15`.
    pub fn written(self) -> String {
        format!("{} {}", self.rule.as_str(), self.age)
    }

    /// What [`written`](Self::written) wrote.
    pub fn read(text: &str) -> Option<Self> {
        let (rule, age) = text.split_once(' ')?;
        let age = age.parse().ok().filter(|it| ALLOWED.contains(it))?;
        Some(Self { rule: Rule::parse(rule)?, age })
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, fs, path::Path};

    use super::*;

    fn age(code: &str) -> u8 {
        of_consent(Some(Country::parse(code).unwrap()))
    }

    #[test]
    fn the_table_is_in_order_of_countries_that_are_and_ages_the_law_allows() {
        assert!(AGES.is_sorted_by(|left, right| left.0 < right.0));
        for (code, age, _) in AGES {
            assert!(Country::parse(code).is_ok() && ALLOWED.contains(&age), "{code}");
        }
    }

    #[test]
    fn a_country_has_its_age_and_any_other_the_strictest() {
        let ages = ["FR", "DE", "AT", "BE", "CZ", "GB", "GR", "SI"].map(age);
        assert_eq!(ages, [15, 16, 14, 13, 15, 13, 15, 15]);
        assert_eq!((age("US"), age("CH"), of_consent(None)), (16, 16, 16));
        let source = |code| known(Country::parse(code).unwrap()).map(|it| it.1);
        assert_eq!([source("FR"), source("PL"), source("US")], [Some(Verified), Some(Remembered), None]);
    }

    #[test]
    fn the_table_is_that_of_the_vectors() {
        let path = "../shared/vectors/gdpr/digital_consent_age.json";
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        if !path.parent().unwrap().exists() {
            return;
        }
        let vectors: serde_json::Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let mut told = BTreeMap::new();
        for (list, source) in [("verified", Verified), ("memory", Remembered)] {
            for (code, age) in vectors[list].as_object().unwrap() {
                told.insert(code.clone(), (age.as_u64().unwrap(), source));
            }
        }
        let ours: BTreeMap<_, _> =
            AGES.into_iter().map(|(code, age, source)| (code.to_owned(), (u64::from(age), source))).collect();
        assert_eq!(ours.len(), told.len());
        for (code, said) in &told {
            assert_eq!(ours.get(code).map(|it| it.0), Some(said.0), "{code}");
            assert_eq!(ours[code].1 == Verified, said.1 == Verified, "{code}");
        }
        assert_eq!(vectors["default"].as_u64(), Some(u64::from(DEFAULT)));
    }

    #[test]
    fn what_a_form_asks_is_read_as_it_is_written() {
        for rule in Rule::ALL {
            let minors = Minors { rule, age: 15 };
            assert_eq!(Minors::read(&minors.written()), Some(minors));
        }
        for wrong in ["", "guardian", "guardian 12", "guardian 17", "guardian x", "Refuse 15", "ask 15"] {
            assert_eq!(Minors::read(wrong), None, "{wrong}");
        }
    }
}
