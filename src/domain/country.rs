//! Countries by their code (ISO 3166-1 alpha-2), and where data may be kept: a country, or the European Union.

use std::fmt;

/// Every code assigned.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
     BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI \
     FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ \
     IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
     ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN \
     PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH \
     TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// What people write for a code that is another.
const MISTAKEN: [(&str, &str); 2] = [("UK", "GB"), ("EL", "GR")];

/// The European Union, reserved in ISO 3166-1 for this very use.
const EU: &str = "EU";

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country(&'static str);

/// Where data are kept: a country, or the European Union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place(&'static str);

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountryError {
    /// Another code is meant.
    #[error("`{0}` is not the code of a country; write {1}")]
    Mistaken(String, &'static str),
    /// No country.
    #[error("`{0}` is not the code of a country; write two capital letters (ISO 3166-1), like FR")]
    Country(String),
    /// Neither a country nor the European Union.
    #[error("`{0}` is not a place; write EU, or the two capital letters of a country (ISO 3166-1), like FR")]
    Place(String),
}

impl Country {
    /// The country of exactly this code.
    ///
    /// # Errors
    /// When there is none, with what to write.
    pub fn parse(code: &str) -> Result<Self, CountryError> {
        assigned(code)
            .map(Self)
            .ok_or_else(|| near(code).unwrap_or_else(|| CountryError::Country(code.to_owned())))
    }

    /// Its code.
    pub const fn code(self) -> &'static str {
        self.0
    }
}

impl Place {
    /// The place of exactly this code.
    ///
    /// # Errors
    /// When there is none, with what to write.
    pub fn parse(code: &str) -> Result<Self, CountryError> {
        if code == EU {
            return Ok(Self(EU));
        }
        assigned(code)
            .map(Self)
            .ok_or_else(|| near(code).unwrap_or_else(|| CountryError::Place(code.to_owned())))
    }

    /// Its code.
    pub const fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

fn assigned(code: &str) -> Option<&'static str> {
    CODES.split_whitespace().find(|it| *it == code)
}

fn near(code: &str) -> Option<CountryError> {
    let upper = code.to_ascii_uppercase();
    let mistaken = MISTAKEN.iter().find(|(wrong, _)| *wrong == upper).map(|(_, right)| *right);
    let meant = mistaken.or_else(|| assigned(&upper))?;
    Some(CountryError::Mistaken(code.to_owned(), meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_codes_as_the_standard_assigns_in_its_order() {
        let codes: Vec<&str> = CODES.split_whitespace().collect();
        assert_eq!(codes.len(), 249);
        assert!(codes.is_sorted() && codes.iter().all(|it| it.len() == 2));
    }

    #[test]
    fn a_code_is_taken_exactly_and_a_near_one_is_named() {
        assert_eq!(Country::parse("FR").map(Country::code), Ok("FR"));
        assert_eq!(Place::parse("EU").map(Place::code), Ok("EU"));
        assert_eq!(Place::parse("IS").map(Place::code), Ok("IS"));
        let told = |it: Result<Country, CountryError>| it.unwrap_err().to_string();
        assert_eq!(told(Country::parse("UK")), "`UK` is not the code of a country; write GB");
        assert_eq!(told(Country::parse("fr")), "`fr` is not the code of a country; write FR");
        for wrong in ["", "EU", "France", "ZZ", "F", "FR ", "É"] {
            assert_eq!(Country::parse(wrong), Err(CountryError::Country(wrong.to_owned())));
        }
        assert_eq!(Place::parse("Europe"), Err(CountryError::Place("Europe".to_owned())));
    }
}
