//! A purpose as a document: a new one, what is to be changed of one, or new texts for it.

use super::{
    Locale,
    catalog::Purpose,
    field::{by_language, texts},
    setup::{Frequency, PurposeSetup, RETENTION_DAYS},
    text::{Line, Paragraph, Slug},
    tree::{Mistake, Reader, Step, Tree},
};

/// What is to be changed of a purpose; `None` stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// How often mails come. The wordings say it, so that a new one is published in each language.
    pub frequency: Option<Frequency>,
    /// Days without use after which a consent no longer counts; `Some(None)` for the default.
    pub retention_days: Option<Option<u32>>,
}

/// Reads a new purpose of a tenant that speaks `own`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(document: &Tree, own: Locale) -> Result<PurposeSetup, Vec<Mistake>> {
    let mut reader = Reader::default();
    let read = purpose(&mut reader, document, own);
    reader.end(read)
}

fn purpose(reader: &mut Reader, document: &Tree, own: Locale) -> Option<PurposeSetup> {
    let mut it = reader.members(document)?;
    let slug = it.required(reader, "slug", "its name in addresses, like newsletter", |reader, value| {
        reader.text(value, Slug::parse)
    });
    let frequency =
        it.required(reader, "frequency", "how often mails come, like monthly", |reader, value| {
            reader.text(value, Frequency::written)
        });
    let name = it.required(reader, "name", "what it is called, by language", |reader, value| {
        texts(reader, value, Some(own), Line::parse)
    });
    let text = it.required(reader, "text", "what a person agrees to, by language", |reader, value| {
        texts(reader, value, Some(own), Paragraph::parse)
    });
    let retention = it.optional(reader, "retention_days", retention_days);
    it.finish(reader)?;
    Some(PurposeSetup {
        slug: slug?,
        frequency: frequency?,
        name: name?,
        text: text?,
        retired: false,
        retention_days: retention?,
    })
}

fn retention_days(reader: &mut Reader, value: &Tree) -> Option<u32> {
    let (least, most) = (i64::from(*RETENTION_DAYS.start()), i64::from(*RETENTION_DAYS.end()));
    reader.number(value, least, most).and_then(|it| u32::try_from(it).ok())
}

/// Reads what is to be changed.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_change(document: &Tree) -> Result<Change, Vec<Mistake>> {
    let mut reader = Reader::default();
    let read = change(&mut reader, document);
    reader.end(read)
}

fn change(reader: &mut Reader, document: &Tree) -> Option<Change> {
    let mut it = reader.members(document)?;
    let frequency = it.optional(reader, "frequency", |reader, value| reader.text(value, Frequency::written));
    let retention = it.optional(reader, "retention_days", retention_days);
    it.finish(reader)?;
    let change = Change {
        frequency: frequency?,
        retention_days: document.get("retention_days").is_some().then_some(retention?),
    };
    if change == Change::default() { reader.note("give frequency or retention_days") } else { Some(change) }
}

/// Reads new names and texts of a purpose. What is left out of a language is as it was; a language that was not there
/// yet needs both.
///
/// # Errors
/// Everything that is wrong with them.
pub fn read_texts(document: &Tree, purpose: &Purpose) -> Result<Vec<(Locale, String, String)>, Vec<Mistake>> {
    let mut reader = Reader::default();
    let read = new_texts(&mut reader, document, purpose);
    reader.end(read)
}

fn new_texts(
    reader: &mut Reader,
    document: &Tree,
    purpose: &Purpose,
) -> Option<Vec<(Locale, String, String)>> {
    let mut it = reader.members(document)?;
    let names = it.optional(reader, "name", |reader, value| by_language(reader, value, Line::parse));
    let bodies = it.optional(reader, "text", |reader, value| by_language(reader, value, Paragraph::parse));
    it.finish(reader)?;
    let (names, bodies) = (names?.unwrap_or_default(), bodies?.unwrap_or_default());
    if names.is_empty() && bodies.is_empty() {
        return reader.note("give name or text in at least one language");
    }
    let languages = Locale::ALL.into_iter().filter(|it| names.contains_key(it) || bodies.contains_key(it));
    let read = languages.map(|locale| {
        let known = purpose.wordings.get(&locale);
        let name = names.get(&locale).map(Line::as_str).or(known.map(|it| it.name.as_str()));
        let body = bodies.get(&locale).map(Paragraph::as_str).or(known.map(|it| it.body.as_str()));
        match (name, body) {
            (Some(name), Some(body)) => Some((locale, name.to_owned(), body.to_owned())),
            (None, _) => lacks(reader, "name", locale),
            (Some(_), None) => lacks(reader, "text", locale),
        }
    });
    read.collect::<Vec<_>>().into_iter().collect()
}

fn lacks<T>(reader: &mut Reader, member: &str, locale: Locale) -> Option<T> {
    reader.within(Step::Key(member.to_owned()), |reader| {
        reader.within(Step::Key(locale.tag().to_owned()), |it| {
            it.note("is missing; the purpose has none in this language yet")
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        crypto::Random,
        domain::{
            catalog::Wording,
            id::{PurposeId, WordingId},
        },
    };

    fn in_languages(texts: &[(&str, &str)]) -> Tree {
        Tree::table(texts.iter().map(|(tag, it)| (*tag, Tree::text(*it))))
    }

    fn places<T: std::fmt::Debug>(read: Result<T, Vec<Mistake>>) -> Vec<String> {
        read.unwrap_err().iter().map(Mistake::pointer).collect()
    }

    fn known() -> Purpose {
        let random = Random::seeded(7);
        let wording = Wording {
            id: WordingId::new(&random),
            locale: Locale::En,
            version: 1,
            name: "Newsletter".to_owned(),
            body: "Our news.".to_owned(),
            sha256: String::new(),
        };
        Purpose {
            id: PurposeId::new(&random),
            slug: "newsletter".to_owned(),
            frequency: Frequency::Monthly,
            retired_at: None,
            retention_days: None,
            wordings: BTreeMap::from([(Locale::En, wording)]),
        }
    }

    #[test]
    fn a_purpose_is_read_with_everything_that_is_wrong() {
        let whole = Tree::table([
            ("slug", Tree::text("offers")),
            ("frequency", Tree::text("weekly")),
            ("name", in_languages(&[("en", "Offers"), ("fr", "Offres")])),
            ("text", in_languages(&[("en", "Our offers.\nEach week.")])),
            ("retention_days", Tree::Number(30)),
        ]);
        let purpose = read(&whole, Locale::En).unwrap();
        assert_eq!((purpose.slug.as_str(), purpose.frequency), ("offers", Frequency::Weekly));
        assert_eq!((purpose.retired, purpose.retention_days), (false, Some(30)));
        assert_eq!(purpose.text.get(Locale::Fr).unwrap().as_str(), "Our offers.\nEach week.");
        assert_eq!(places(read(&whole, Locale::Fr)), ["/text"], "the tenant's own language must be there");
        assert_eq!(places(read(&Tree::table([]), Locale::En)), ["/slug", "/frequency", "/name", "/text"]);
        let wrong = Tree::table([
            ("slug", Tree::text("Offers")),
            ("frequency", Tree::text("hourly")),
            ("name", in_languages(&[("en", "two\nlines"), ("xx", "what")])),
            ("text", Tree::Nothing),
            ("retention_days", Tree::Number(29)),
            ("retired", Tree::Flag(true)),
        ]);
        let expected =
            ["/slug", "/frequency", "/name/en", "/name/xx", "/text", "/retention_days", "/retired"];
        assert_eq!(places(read(&wrong, Locale::En)), expected);
    }

    #[test]
    fn a_change_says_what_and_null_is_the_default() {
        let weekly = Tree::table([("frequency", Tree::text("weekly"))]);
        let change = Change { frequency: Some(Frequency::Weekly), retention_days: None };
        assert_eq!(read_change(&weekly), Ok(change));
        let default = Tree::table([("retention_days", Tree::Nothing)]);
        assert_eq!(read_change(&default), Ok(Change { frequency: None, retention_days: Some(None) }));
        let days = Tree::table([("retention_days", Tree::Number(3_650))]);
        assert_eq!(read_change(&days).unwrap().retention_days, Some(Some(3_650)));
        assert_eq!(places(read_change(&Tree::table([]))), [""]);
        assert_eq!(places(read_change(&Tree::table([("frequency", Tree::Nothing)]))), [""]);
        assert_eq!(places(read_change(&Tree::table([("slug", Tree::text("a"))]))), ["/slug"]);
        assert_eq!(places(read_change(&Tree::Other)), [""]);
    }

    #[test]
    fn new_texts_keep_what_they_leave_out_and_a_new_language_needs_both() {
        let name = Tree::table([("name", in_languages(&[("en", "Letter")]))]);
        let expected = vec![(Locale::En, "Letter".to_owned(), "Our news.".to_owned())];
        assert_eq!(read_texts(&name, &known()), Ok(expected));
        let french = Tree::table([("text", in_languages(&[("fr", "Nos nouvelles.")]))]);
        assert_eq!(places(read_texts(&french, &known())), ["/name/fr"]);
        let french = Tree::table([("name", in_languages(&[("fr", "La lettre")]))]);
        assert_eq!(places(read_texts(&french, &known())), ["/text/fr"]);
        for nothing in [Tree::table([]), Tree::table([("name", in_languages(&[]))])] {
            assert_eq!(places(read_texts(&nothing, &known())), [""]);
        }
        let hidden = Tree::table([("text", in_languages(&[("en", "Our\u{202e}news")]))]);
        assert_eq!(places(read_texts(&hidden, &known())), ["/text/en"]);
    }
}
