//! A form as a document: read by one code whatever the way in, and written back.

use super::{
    Locale, Timestamp, age,
    country::Country,
    field,
    nearest::nearest,
    setup::{FormSetup, MinorsSetup},
    text::{LandingUrl, Line, Origin, Slug},
    tree::{Mistake, Reader, Tree},
};

/// The most purposes or origins of one form.
const LIST_MAX: usize = 100;

/// What a form may offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The purpose.
    pub slug: Slug,
    /// Whether it is no longer offered.
    pub retired: bool,
}

/// Reads a form of a tenant that speaks `own` and has the purposes `offered`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(document: &Tree, own: Locale, offered: &[Offered]) -> Result<FormSetup, Vec<Mistake>> {
    let mut reader = Reader::default();
    let read = form(&mut reader, document, own, offered);
    reader.end(read)
}

fn form(reader: &mut Reader, document: &Tree, own: Locale, offered: &[Offered]) -> Option<FormSetup> {
    let mut it = reader.members(document)?;
    let slug = it.required(reader, "slug", "its name in its address, like newsletter", |reader, value| {
        reader.text(value, Slug::parse)
    });
    let purposes = it.required(reader, "purposes", "a list of purposes", |reader, value| {
        let read = reader.list(value, LIST_MAX, |reader, value| {
            reader.text(value, |slug| offered_purpose(slug, offered))
        })?;
        if read.is_empty() {
            reader.note("is an empty list; write at least one purpose")
        } else {
            once(reader, read)
        }
    });
    let origins = it.optional(reader, "origins", |reader, value| {
        let read = reader.list(value, LIST_MAX, |reader, value| reader.text(value, Origin::parse))?;
        once(reader, read)
    });
    let next = it.optional(reader, "next", |reader, value| {
        let read = reader.list(value, LIST_MAX, |reader, value| reader.text(value, LandingUrl::parse))?;
        once(reader, read)
    });
    let title =
        it.optional(reader, "title", |reader, value| field::texts(reader, value, Some(own), Line::parse));
    let closes = it.optional(reader, "closes", |reader, value| reader.text(value, instant));
    let fields = it.optional(reader, "fields", |reader, value| field::read_list(reader, value, Some(own)));
    let minors = it.optional(reader, "minors", minors);
    it.finish(reader)?;
    Some(FormSetup {
        slug: slug?,
        purposes: purposes?,
        origins: origins?,
        next: next?.unwrap_or_default(),
        title: title?,
        closes: closes?,
        fields: fields?.unwrap_or_default(),
        minors: minors?,
    })
}

fn minors(reader: &mut Reader, document: &Tree) -> Option<MinorsSetup> {
    let mut it = reader.members(document)?;
    let rule = it.required(reader, "rule", "guardian or refuse", |reader, value| {
        reader.text(value, age::Rule::written)
    });
    let (least, most) = (i64::from(*age::ALLOWED.start()), i64::from(*age::ALLOWED.end()));
    let age = it.optional(reader, "age", |reader, value| reader.number(value, least, most));
    let country = it.optional(reader, "country", |reader, value| reader.text(value, Country::parse));
    it.finish(reader)?;
    Some(MinorsSetup { rule: rule?, age: age?.and_then(|it| u8::try_from(it).ok()), country: country? })
}

/// A purpose a form may name.
///
/// # Errors
/// There is none of this name, or it is retired.
pub fn offered_purpose(slug: &str, offered: &[Offered]) -> Result<Slug, String> {
    let found = offered.iter().find(|it| it.slug.as_str() == slug);
    match found {
        Some(Offered { slug, retired: false }) => Ok(slug.clone()),
        Some(Offered { slug, retired: true }) => Err(format!("`{slug}` is retired; take it out of the form")),
        None => Err(match nearest(slug, offered.iter().map(|it| it.slug.as_str())) {
            Some(near) => format!("there is no purpose `{slug}` in this tenant; did you mean {near}?"),
            None => {
                format!("there is no purpose `{slug}` in this tenant; write it as a [[tenant.purpose]] first")
            }
        }),
    }
}

fn once<T: PartialEq>(reader: &mut Reader, items: Vec<T>) -> Option<Vec<T>> {
    let twice = items.iter().enumerate().any(|(at, it)| items.iter().skip(at + 1).any(|other| other == it));
    if twice { reader.note("has something twice; take one out") } else { Some(items) }
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "is not an instant; write it like 2027-01-31T23:00:00Z".to_owned())
}

/// A form as a document that [`read`] takes.
pub fn write(form: &FormSetup) -> Tree {
    let FormSetup { slug, purposes, origins, next, title, closes, fields, minors } = form;
    let list = |items: Vec<&str>| Tree::List(items.into_iter().map(Tree::text).collect());
    let mut members = vec![
        ("slug", Tree::text(slug.as_str())),
        ("purposes", list(purposes.iter().map(Slug::as_str).collect())),
    ];
    let origins = origins.as_ref().map(|it| it.iter().map(Origin::as_str).collect());
    members.extend(origins.map(|it| ("origins", list(it))));
    members.push(("next", list(next.iter().map(LandingUrl::as_str).collect())));
    members.extend(title.as_ref().map(|it| ("title", field::write_texts(it))));
    members.extend(closes.map(|it| ("closes", Tree::text(it.rfc3339()))));
    members.push(("fields", field::write_list(fields)));
    members.extend(minors.map(|it| ("minors", minors_of(it))));
    Tree::table(members)
}

/// What a form does with minors, as a document.
pub fn minors_of(minors: MinorsSetup) -> Tree {
    let MinorsSetup { rule, age, country } = minors;
    let mut members = vec![("rule", Tree::text(rule.as_str()))];
    members.extend(age.map(|it| ("age", Tree::Number(i64::from(it)))));
    members.extend(country.map(|it| ("country", Tree::text(it.code()))));
    Tree::table(members)
}

/// A document with some members changed: what `changes` names takes the place of what was there.
///
/// # Errors
/// The changes are no table, or would rename the form.
pub fn changed(document: &Tree, changes: &Tree) -> Result<Tree, Vec<Mistake>> {
    let mut reader = Reader::default();
    let (Tree::Table(before), Tree::Table(new)) = (document, changes) else {
        let read: Option<Tree> = reader.note("must be a table of named values");
        return reader.end(read);
    };
    if let Some(slug) = changes.get("slug")
        && document.get("slug") != Some(slug)
    {
        let step = super::tree::Step::Key("slug".to_owned());
        let read: Option<Tree> = reader.within(step, |it| {
            it.note("cannot be changed: snippets name the form by it. Create another form")
        });
        return reader.end(read);
    }
    let kept = before.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name));
    Ok(Tree::Table(kept.chain(new).cloned().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered() -> [Offered; 2] {
        [("newsletter", false), ("old", true)]
            .map(|(slug, retired)| Offered { slug: Slug::parse(slug).unwrap(), retired })
    }

    fn list(items: &[&str]) -> Tree {
        Tree::List(items.iter().map(|it| Tree::text(*it)).collect())
    }

    fn whole() -> Tree {
        Tree::table([
            ("slug", Tree::text("letters")),
            ("purposes", list(&["newsletter"])),
            ("origins", list(&["https://shop.example"])),
            ("next", list(&["https://shop.example/thanks"])),
            ("title", Tree::table([("en", Tree::text("Our letters"))])),
            ("closes", Tree::text("2027-01-31T23:00:00.000Z")),
            ("fields", Tree::List(Vec::new())),
            ("minors", Tree::table([("rule", Tree::text("guardian")), ("age", Tree::Number(15))])),
        ])
    }

    fn places(document: &Tree) -> Vec<String> {
        let wrong = read(document, Locale::En, &offered()).unwrap_err();
        wrong.iter().map(Mistake::pointer).collect()
    }

    #[test]
    fn a_form_is_read_as_it_is_written() {
        let form = read(&whole(), Locale::En, &offered()).unwrap();
        assert_eq!(write(&form), whole());
        let short = Tree::table([("slug", Tree::text("a")), ("purposes", list(&["newsletter"]))]);
        let form = read(&short, Locale::En, &offered()).unwrap();
        assert_eq!((form.title, form.closes, form.fields.len()), (None, None, 0));
        assert_eq!((form.origins, form.next.len()), (None, 0));
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        assert_eq!(places(&Tree::table([])), ["/slug", "/purposes"]);
        let wrong = Tree::table([
            ("slug", Tree::text("A B")),
            ("purposes", list(&["newsletter", "old", "newsletters"])),
            ("origins", list(&["https://*.example"])),
            ("next", list(&["javascript:alert(1)"])),
            ("title", Tree::table([("fr", Tree::text("Nos lettres"))])),
            ("closes", Tree::text("tomorrow")),
            ("fields", Tree::Number(1)),
            ("minors", Tree::table([("rule", Tree::text("ask")), ("age", Tree::Number(12))])),
            ("field", Tree::Nothing),
        ]);
        let expected = [
            "/slug",
            "/purposes/1",
            "/purposes/2",
            "/origins/0",
            "/next/0",
            "/title",
            "/closes",
            "/fields",
            "/minors/rule",
            "/minors/age",
            "/field",
        ];
        assert_eq!(places(&wrong), expected);
        let twice =
            Tree::table([("slug", Tree::text("a")), ("purposes", list(&["newsletter", "newsletter"]))]);
        assert_eq!(places(&twice), ["/purposes"]);
    }

    #[test]
    fn changes_take_the_place_of_what_was_there_and_never_rename() {
        let changes =
            Tree::table([("closes", Tree::Nothing), ("title", Tree::table([("en", Tree::text("New"))]))]);
        let form = read(&changed(&whole(), &changes).unwrap(), Locale::En, &offered()).unwrap();
        assert_eq!(form.closes, None);
        assert_eq!(form.title.unwrap().get(Locale::En).unwrap().as_str(), "New");
        assert_eq!(form.origins.unwrap().len(), 1);
        let renamed = changed(&whole(), &Tree::table([("slug", Tree::text("other"))])).unwrap_err();
        assert_eq!(renamed[0].pointer(), "/slug");
        assert!(changed(&whole(), &Tree::table([("slug", Tree::text("letters"))])).is_ok());
        assert_eq!(changed(&whole(), &Tree::Other).unwrap_err()[0].pointer(), "");
    }
}
