//! The data protection authorities of the European Economic Area, the United Kingdom and Switzerland.

use super::country::{Country, Place};

/// Where people complain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The country's code.
    pub country: &'static str,
    /// Its name, in its own language or as it calls itself abroad.
    pub name: &'static str,
    /// Its web site.
    pub site: &'static str,
}

/// Countries whose authority is not one of the European Economic Area.
const OUTSIDE: [&str; 2] = ["CH", "GB"];

/// Countries of which the European Commission has decided, for everyone there, that they protect personal data
/// adequately (GDPR article 45).
const ADEQUATE: [&str; 12] = ["AD", "AR", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ"];

/// Every authority, by country.
pub const AUTHORITIES: [Authority; 32] = [
    of("AT", "Österreichische Datenschutzbehörde", "https://www.dsb.gv.at/"),
    of(
        "BE",
        "Autorité de protection des données – Gegevensbeschermingsautoriteit",
        "https://www.dataprotectionauthority.be/",
    ),
    of("BG", "Commission for Personal Data Protection", "https://www.cpdp.bg/"),
    of(
        "CH",
        "Eidgenössischer Datenschutz- und Öffentlichkeitsbeauftragter (EDÖB)",
        "https://www.edoeb.admin.ch/",
    ),
    of("CY", "Commissioner for Personal Data Protection", "https://www.dataprotection.gov.cy/"),
    of("CZ", "Úřad pro ochranu osobních údajů", "https://www.uoou.gov.cz/"),
    of(
        "DE",
        "Bundesbeauftragte für den Datenschutz und die Informationsfreiheit (BfDI)",
        "https://www.bfdi.bund.de/",
    ),
    of("DK", "Datatilsynet", "https://www.datatilsynet.dk/"),
    of("EE", "Andmekaitse Inspektsioon", "https://www.aki.ee/"),
    of("ES", "Agencia Española de Protección de Datos (AEPD)", "https://www.aepd.es/"),
    of("FI", "Tietosuojavaltuutetun toimisto", "https://tietosuoja.fi/"),
    of("FR", "Commission nationale de l’informatique et des libertés (CNIL)", "https://www.cnil.fr/"),
    of("GB", "Information Commissioner’s Office (ICO)", "https://ico.org.uk/"),
    of("GR", "Hellenic Data Protection Authority", "https://www.dpa.gr/"),
    of("HR", "Agencija za zaštitu osobnih podataka (AZOP)", "https://azop.hr/"),
    of("HU", "Nemzeti Adatvédelmi és Információszabadság Hatóság (NAIH)", "https://www.naih.hu/"),
    of("IE", "Data Protection Commission", "https://www.dataprotection.ie/"),
    of("IS", "Persónuvernd", "https://www.personuvernd.is/"),
    of("IT", "Garante per la protezione dei dati personali", "https://www.garanteprivacy.it/"),
    of("LI", "Datenschutzstelle Fürstentum Liechtenstein", "https://www.datenschutzstelle.li/"),
    of("LT", "Valstybinė duomenų apsaugos inspekcija", "https://vdai.lrv.lt/"),
    of("LU", "Commission nationale pour la protection des données (CNPD)", "https://cnpd.public.lu/"),
    of("LV", "Datu valsts inspekcija", "https://www.dvi.gov.lv/"),
    of("MT", "Office of the Information and Data Protection Commissioner", "https://idpc.org.mt/"),
    of("NL", "Autoriteit Persoonsgegevens", "https://autoriteitpersoonsgegevens.nl/"),
    of("NO", "Datatilsynet", "https://www.datatilsynet.no/"),
    of("PL", "Urząd Ochrony Danych Osobowych (UODO)", "https://uodo.gov.pl/"),
    of("PT", "Comissão Nacional de Proteção de Dados (CNPD)", "https://www.cnpd.pt/"),
    of(
        "RO",
        "Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal",
        "https://www.dataprotection.ro/",
    ),
    of("SE", "Integritetsskyddsmyndigheten (IMY)", "https://www.imy.se/"),
    of("SI", "Informacijski pooblaščenec", "https://www.ip-rs.si/"),
    of("SK", "Úrad na ochranu osobných údajov", "https://dataprotection.gov.sk/"),
];

const fn of(country: &'static str, name: &'static str, site: &'static str) -> Authority {
    Authority { country, name, site }
}

/// The authority of a country; `None` where there is none we know.
pub fn authority(country: Country) -> Option<&'static Authority> {
    AUTHORITIES.iter().find(|it| it.country == country.code())
}

/// What the law asks where data are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Inside the European Economic Area: nothing more.
    Same,
    /// The European Commission has decided that it protects them adequately.
    Adequate,
    /// Something must protect them, and be told.
    Safeguard,
}

/// What the law asks for data kept at `place`.
pub fn protection(place: Place) -> Protection {
    let code = place.code();
    let is_area = AUTHORITIES.iter().any(|it| it.country == code) && !OUTSIDE.contains(&code);
    if code == "EU" || is_area {
        Protection::Same
    } else if ADEQUATE.contains(&code) {
        Protection::Adequate
    } else {
        Protection::Safeguard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_of_the_area_and_two_more_has_one_authority() {
        let codes: Vec<&str> = AUTHORITIES.iter().map(|it| it.country).collect();
        assert!(codes.is_sorted() && codes.windows(2).all(|it| it[0] != it[1]));
        let area =
            "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK";
        for code in area.split(' ').chain(OUTSIDE) {
            let found = authority(Country::parse(code).unwrap()).unwrap();
            assert!(found.site.starts_with("https://") && found.site.ends_with('/'), "{code}");
        }
        assert_eq!(codes.len(), area.split(' ').count() + OUTSIDE.len());
        assert_eq!(authority(Country::parse("US").unwrap()), None);
    }

    #[test]
    fn data_abroad_need_a_safeguard_unless_the_commission_has_decided() {
        let asked = |code| protection(Place::parse(code).unwrap());
        for same in ["EU", "FR", "IS", "NO", "LI"] {
            assert_eq!(asked(same), Protection::Same, "{same}");
        }
        for adequate in ADEQUATE {
            assert_eq!(asked(adequate), Protection::Adequate, "{adequate}");
        }
        for other in ["US", "IN", "CA", "CN"] {
            assert_eq!(asked(other), Protection::Safeguard, "{other}");
        }
    }
}
