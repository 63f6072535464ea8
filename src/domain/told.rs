//! What an organisation says of itself in its privacy notice, as a document that changes it.

use super::{
    EmailAddress,
    catalog::Tenant,
    country::{Country, Place},
    text::Line,
    tree::{Mistake, Reader, Tree},
};

/// What is to be changed; `None` stays as it is, `Some(None)` takes away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Who answers for the data: legal name and postal address.
    pub legal: Option<Line>,
    /// Where people write about their data.
    pub contact: Option<EmailAddress>,
    /// The country whose law and authority apply.
    pub country: Option<Option<Country>>,
    /// Where the data are kept.
    pub storage: Option<Option<Place>>,
    /// The data protection officer.
    pub dpo: Option<Option<Line>>,
    /// What protects data kept outside the European Economic Area.
    pub transfer: Option<Option<Line>>,
}

/// Reads what is to be changed; it may be nothing.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(document: &Tree) -> Result<Change, Vec<Mistake>> {
    let mut reader = Reader::default();
    let read = change(&mut reader, document);
    reader.end(read)
}

fn change(reader: &mut Reader, document: &Tree) -> Option<Change> {
    let mut it = reader.members(document)?;
    let legal = it.optional(reader, "legal", |reader, value| reader.text(value, Line::parse));
    let contact =
        it.optional(reader, "contact", |reader, value| reader.text(value, EmailAddress::parse_public));
    let country = it.optional(reader, "country", |reader, value| reader.text(value, Country::parse));
    let storage = it.optional(reader, "storage", |reader, value| reader.text(value, Place::parse));
    let dpo = it.optional(reader, "dpo", |reader, value| reader.text(value, Line::parse));
    let transfer = it.optional(reader, "transfer", |reader, value| reader.text(value, Line::parse));
    it.finish(reader)?;
    let is_given = |key: &str| document.get(key).is_some();
    Some(Change {
        legal: legal?,
        contact: contact?,
        country: is_given("country").then_some(country?),
        storage: is_given("storage").then_some(storage?),
        dpo: is_given("dpo").then_some(dpo?),
        transfer: is_given("transfer").then_some(transfer?),
    })
}

impl Change {
    /// The tenant with what is to be changed.
    pub fn of(self, tenant: &Tenant) -> Tenant {
        let Self { legal, contact, country, storage, dpo, transfer } = self;
        let text = |it: Line| it.as_str().to_owned();
        let mut changed = tenant.clone();
        changed.legal = legal.map_or(changed.legal, text);
        changed.contact = contact.map_or(changed.contact, |it| it.expose().to_owned());
        changed.country = country.unwrap_or(changed.country);
        changed.storage = storage.unwrap_or(changed.storage);
        changed.dpo = dpo.map_or(changed.dpo, |it| it.map(text));
        changed.transfer = transfer.map_or(changed.transfer, |it| it.map(text));
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_stays_and_null_takes_away() {
        assert_eq!(read(&Tree::table([])), Ok(Change::default()));
        let document = Tree::table([
            ("legal", Tree::text("Acme SA, 2 rue de la Paix, 75002 Paris")),
            ("country", Tree::text("FR")),
            ("dpo", Tree::Nothing),
        ]);
        let change = read(&document).unwrap();
        assert_eq!(change.legal.unwrap().as_str(), "Acme SA, 2 rue de la Paix, 75002 Paris");
        assert_eq!((change.country, change.dpo), (Some(Country::parse("FR").ok()), Some(None)));
        assert_eq!((change.storage, change.transfer, change.contact), (None, None, None));
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let document = Tree::table([
            ("legal", Tree::text("two\nlines")),
            ("contact", Tree::text("nobody")),
            ("country", Tree::text("UK")),
            ("storage", Tree::Number(1)),
            ("dpo", Tree::text("\u{0}")),
            ("transfer", Tree::text("")),
            ("name", Tree::text("Acme")),
        ]);
        let wrong = read(&document).unwrap_err();
        let places: Vec<String> = wrong.iter().map(Mistake::pointer).collect();
        assert_eq!(places, ["/legal", "/contact", "/country", "/storage", "/dpo", "/transfer", "/name"]);
    }
}
