//! Fields as documents write them: read by one code whatever the way in, and written back.

use std::collections::{BTreeMap, BTreeSet};

use super::{AUTOCOMPLETE, Band, Choice, FIELDS_MAX, Field, FieldKind, RESERVED};
use crate::domain::{
    Locale,
    nearest::nearest,
    setup::Localized,
    text::{Line, Slug},
    tree::{Members, Reader, Step, Tree},
};

/// The most options of one field.
const OPTIONS_MAX: usize = 60;
/// How long a text may be where nothing is said.
const TEXT_USUAL: i64 = 100;
/// The years a band may name.
const YEARS: (i64, i64) = (1900, 2200);

/// Reads the fields of a form of a tenant that speaks `own`; with none, a text may lack any language.
pub fn read_list(reader: &mut Reader, value: &Tree, own: Option<Locale>) -> Option<Vec<Field>> {
    let mut seen = BTreeSet::new();
    reader.list(value, FIELDS_MAX, |reader, it| {
        let field = field(reader, it, own)?;
        if seen.insert(field.slug.clone()) {
            return Some(field);
        }
        reader.within(Step::Key("slug".to_owned()), |it| {
            it.note(format!("`{}` is the name of another field of this form; write another one", field.slug))
        })
    })
}

/// The fields as a document.
pub fn write_list(fields: &[Field]) -> Tree {
    Tree::List(fields.iter().map(write).collect())
}

fn field(reader: &mut Reader, value: &Tree, own: Option<Locale>) -> Option<Field> {
    let mut it = reader.members(value)?;
    let slug = it.required(reader, "slug", "the name it posts under, like city", |reader, value| {
        reader.text(value, name)
    });
    let word = it
        .required(reader, "kind", "text, choice or date-band", |reader, value| reader.text(value, kind_word));
    let label = localized(reader, &mut it, "label", "what the field is called, by language", own);
    let reason = localized(reader, &mut it, "reason", "why it is asked, by language", own);
    let required = it.optional(reader, "required", Reader::flag);
    let kind = word.and_then(|word| match word {
        "text" => text_kind(reader, &mut it),
        "choice" => options(reader, &mut it, |reader, value| choice(reader, value, own)).and_then(|it| {
            let names: BTreeSet<&Slug> = it.iter().map(|it| &it.slug).collect();
            if names.len() == it.len() {
                return Some(FieldKind::Choice(it));
            }
            reader.note("has two options of one slug; write another slug for one of them")
        }),
        _ => options(reader, &mut it, band).and_then(|it| in_order(reader, it)),
    });
    if word.is_some() {
        it.finish(reader)?;
    }
    Some(Field {
        slug: slug?,
        kind: kind?,
        label: label?,
        reason: reason?,
        required: required?.unwrap_or(false),
    })
}

fn name(text: &str) -> Result<Slug, String> {
    let slug = Slug::parse(text).map_err(|it| it.to_string())?;
    if RESERVED.contains(&text) {
        return Err(format!("`{text}` is a name the form itself uses; write another one"));
    }
    Ok(slug)
}

fn kind_word(text: &str) -> Result<&'static str, String> {
    let known = ["text", "choice", "date-band"];
    known
        .into_iter()
        .find(|it| *it == text)
        .ok_or_else(|| format!("`{text}` is not a kind of field; write text, choice or date-band"))
}

fn text_kind(reader: &mut Reader, it: &mut Members<'_>) -> Option<FieldKind> {
    let longest = i64::try_from(Line::MAX).unwrap_or(i64::MAX);
    let most = it.optional(reader, "max", |reader, value| reader.number(value, 1, longest));
    let autocomplete = it.optional(reader, "autocomplete", |reader, value| reader.text(value, autocomplete));
    let most = u16::try_from(most?.unwrap_or(TEXT_USUAL)).ok()?;
    Some(FieldKind::Text { most, autocomplete: autocomplete? })
}

fn autocomplete(word: &str) -> Result<&'static str, String> {
    AUTOCOMPLETE.into_iter().find(|it| *it == word).ok_or_else(|| match nearest(word, AUTOCOMPLETE) {
        Some(near) => format!("`{word}` is not a word for it; did you mean {near}?"),
        None => format!("`{word}` is not a word for it; write one of {}", AUTOCOMPLETE.join(", ")),
    })
}

fn options<T>(
    reader: &mut Reader,
    it: &mut Members<'_>,
    read: impl FnMut(&mut Reader, &Tree) -> Option<T>,
) -> Option<Vec<T>> {
    it.required(reader, "options", "a list of at least two options", |reader, value| {
        let options = reader.list(value, OPTIONS_MAX, read)?;
        if options.len() < 2 { reader.note("needs at least two options") } else { Some(options) }
    })
}

fn choice(reader: &mut Reader, value: &Tree, own: Option<Locale>) -> Option<Choice> {
    let mut it = reader.members(value)?;
    let slug = it.required(reader, "slug", "a name that is kept, like paris", |reader, value| {
        reader.text(value, Slug::parse)
    });
    let label = localized(reader, &mut it, "label", "what is shown, by language", own);
    it.finish(reader)?;
    Some(Choice { slug: slug?, label: label? })
}

fn band(reader: &mut Reader, value: &Tree) -> Option<Band> {
    let mut it = reader.members(value)?;
    let year = |reader: &mut Reader, it: &mut Members<'_>, key| {
        let year = it.optional(reader, key, |reader, value| reader.number(value, YEARS.0, YEARS.1))?;
        Some(year.and_then(|it| u16::try_from(it).ok()))
    };
    let from = year(reader, &mut it, "from");
    let to = year(reader, &mut it, "to");
    it.finish(reader)?;
    let band = Band { from: from?, to: to? };
    match (band.from, band.to) {
        (None, None) => reader.note("names no year; write from, to, or both"),
        (Some(from), Some(to)) if from >= to => {
            reader.note("spans less than two years: a band must not tell one year; write a later to")
        }
        (Some(_) | None, Some(_) | None) => Some(band),
    }
}

/// Bands follow one another: the first one alone may be open at its start, the last one at its end.
fn in_order(reader: &mut Reader, bands: Vec<Band>) -> Option<FieldKind> {
    for pair in bands.windows(2) {
        if let [before, after] = pair
            && !matches!((before.to, after.from), (Some(to), Some(from)) if to < from)
        {
            return reader.note(format!(
                "has the bands {before} and {after}, which overlap or stand in the wrong order; write them from the \
                 earliest to the latest"
            ));
        }
    }
    Some(FieldKind::DateBand(bands))
}

/// A text in the tenant's own language and perhaps in others.
pub(in crate::domain) fn localized(
    reader: &mut Reader,
    it: &mut Members<'_>,
    key: &'static str,
    what: &str,
    own: Option<Locale>,
) -> Option<Localized<Line>> {
    it.required(reader, key, what, |reader, value| texts(reader, value, own, Line::parse))
}

/// The texts of a table of languages, that of the tenant's own among them.
pub(in crate::domain) fn texts<T, E: std::fmt::Display>(
    reader: &mut Reader,
    value: &Tree,
    own: Option<Locale>,
    parse: fn(&str) -> Result<T, E>,
) -> Option<Localized<T>> {
    let texts = by_language(reader, value, parse)?;
    let base = own.or_else(|| texts.keys().next().copied()).unwrap_or(Locale::En);
    match Localized::new(base, texts) {
        Some(texts) => Some(texts),
        None => {
            reader.note(format!("has no text in the tenant’s own language; add one under `{}`", base.tag()))
        }
    }
}

/// The texts of a table of languages, whichever there are.
pub(in crate::domain) fn by_language<T, E: std::fmt::Display>(
    reader: &mut Reader,
    value: &Tree,
    parse: fn(&str) -> Result<T, E>,
) -> Option<BTreeMap<Locale, T>> {
    let mut it = reader.members(value)?;
    let read = Locale::ALL.map(|locale| {
        let text = it.optional(reader, locale.tag(), |reader, value| reader.text(value, parse));
        (locale, text)
    });
    it.finish(reader)?;
    let mut texts = BTreeMap::new();
    for (locale, text) in read {
        texts.extend(text?.map(|it| (locale, it)));
    }
    Some(texts)
}

/// The texts as a table of languages.
pub(in crate::domain) fn write_texts(texts: &Localized<Line>) -> Tree {
    Tree::table(texts.iter().map(|(locale, it)| (locale.tag(), Tree::text(it.as_str()))))
}

fn write(field: &Field) -> Tree {
    let Field { slug, kind, label, reason, required } = field;
    let mut members = vec![
        ("slug", Tree::text(slug.as_str())),
        ("kind", Tree::text(kind.word())),
        ("label", write_texts(label)),
        ("reason", write_texts(reason)),
        ("required", Tree::Flag(*required)),
    ];
    match kind {
        FieldKind::Text { most, autocomplete } => {
            members.push(("max", Tree::Number(i64::from(*most))));
            members.extend(autocomplete.map(|it| ("autocomplete", Tree::text(it))));
        }
        FieldKind::Choice(choices) => {
            let option = |it: &Choice| {
                Tree::table([("slug", Tree::text(it.slug.as_str())), ("label", write_texts(&it.label))])
            };
            members.push(("options", Tree::List(choices.iter().map(option).collect())));
        }
        FieldKind::DateBand(bands) => {
            let year = |key, year: Option<u16>| year.map(|it| (key, Tree::Number(i64::from(it))));
            let option = |it: &Band| Tree::table(year("from", it.from).into_iter().chain(year("to", it.to)));
            members.push(("options", Tree::List(bands.iter().map(option).collect())));
        }
    }
    Tree::table(members)
}
