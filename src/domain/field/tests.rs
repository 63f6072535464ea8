use super::*;
use crate::domain::{
    Locale,
    tree::{Reader, Tree},
};

fn texts(text: &str) -> Tree {
    Tree::table([("en", Tree::text(text))])
}

fn field(slug: &str, kind: &str, more: impl IntoIterator<Item = (&'static str, Tree)>) -> Tree {
    let usual = [
        ("slug", Tree::text(slug)),
        ("kind", Tree::text(kind)),
        ("label", texts("A label")),
        ("reason", texts("A reason")),
    ];
    Tree::table(usual.into_iter().chain(more))
}

fn option(slug: &str) -> Tree {
    Tree::table([("slug", Tree::text(slug)), ("label", texts(slug))])
}

fn band(from: Option<i64>, to: Option<i64>) -> Tree {
    let year = |key, year: Option<i64>| year.map(|it| (key, Tree::Number(it)));
    Tree::table(year("from", from).into_iter().chain(year("to", to)))
}

fn options(options: impl IntoIterator<Item = Tree>) -> [(&'static str, Tree); 1] {
    [("options", Tree::List(options.into_iter().collect()))]
}

fn read(fields: impl IntoIterator<Item = Tree>) -> Result<Vec<Field>, Vec<(String, String)>> {
    let mut reader = Reader::default();
    let read = read_list(&mut reader, &Tree::List(fields.into_iter().collect()), Some(Locale::En));
    reader.end(read).map_err(|wrong| wrong.into_iter().map(|it| (it.pointer(), it.message)).collect())
}

#[test]
fn every_kind_is_read_as_it_is_written() {
    let fields = read([
        field("city", "text", [("max", Tree::Number(40)), ("autocomplete", Tree::text("address-level2"))]),
        field("size", "choice", options([option("s"), option("m")])),
        field(
            "born",
            "date-band",
            options([band(None, Some(1979)), band(Some(1980), Some(1999)), band(Some(2000), None)]),
        ),
    ])
    .unwrap();
    assert_eq!(fields[0].kind, FieldKind::Text { most: 40, autocomplete: Some("address-level2") });
    let mut reader = Reader::default();
    let again = read_list(&mut reader, &write_list(&fields), None);
    assert_eq!(reader.end(again).unwrap(), fields);
}

#[test]
fn each_mistake_is_told_with_its_place() {
    let told = |tree: Tree| read([tree]).unwrap_err();
    let at = |tree: Tree| told(tree).into_iter().map(|it| it.0).collect::<Vec<_>>();
    for name in RESERVED {
        assert_eq!(at(field(name, "text", [])), ["/0/slug"], "{name}");
    }
    assert_eq!(at(field("company_website", "text", [])), ["/0/slug"]);
    assert_eq!(at(Tree::table([])), ["/0/slug", "/0/kind", "/0/label", "/0/reason"]);
    assert_eq!(at(field("a", "date", [])), ["/0/kind"]);
    assert_eq!(at(field("a", "text", [("max", Tree::Number(201))])), ["/0/max"]);
    assert_eq!(at(field("a", "text", [("autocomplete", Tree::text("bday"))])), ["/0/autocomplete"]);
    assert_eq!(at(field("a", "text", options([option("b")]))), ["/0/options"]);
    assert_eq!(at(field("a", "choice", [])), ["/0/options"]);
    assert_eq!(at(field("a", "choice", options([option("b")]))), ["/0/options"]);
    assert_eq!(at(field("a", "choice", options([option("b"), option("b")]))), ["/0"]);
    let one_year = [band(Some(1990), Some(1990)), band(Some(1991), None)];
    assert_eq!(at(field("a", "date-band", options(one_year))), ["/0/options/0"]);
    let overlap = [band(Some(1990), Some(1999)), band(Some(1999), None)];
    assert_eq!(at(field("a", "date-band", options(overlap))), ["/0"]);
    let open = [band(Some(1990), None), band(Some(2000), None)];
    assert_eq!(at(field("a", "date-band", options(open))), ["/0"]);
    assert_eq!(
        at(field("a", "date-band", options([band(None, None), band(Some(2000), None)]))),
        ["/0/options/0"]
    );
    let french = Tree::table([("fr", Tree::text("Ville"))]);
    let mut wrong = field("a", "text", []);
    if let Tree::Table(members) = &mut wrong {
        members[2].1 = french;
    }
    assert_eq!(at(wrong), ["/0/label"]);
    let twice = read([field("a", "text", []), field("a", "text", [])]).unwrap_err();
    assert_eq!(twice[0].0, "/1/slug");
    let many = read((0..21).map(|it| field(&format!("f{it}"), "text", []))).unwrap_err();
    assert_eq!(many[0].0, "");
}

#[test]
fn what_is_entered_is_taken_or_refused_with_the_reason() {
    let fields = read([
        field("city", "text", [("max", Tree::Number(5)), ("required", Tree::Flag(true))]),
        field("size", "choice", options([option("s"), option("m")])),
        field("born", "date-band", options([band(None, Some(1979)), band(Some(1980), None)])),
    ])
    .unwrap();
    let check = |at: usize, typed: &str| fields[at].check(typed);
    assert_eq!(check(0, "  Paris "), Ok(Some("Paris".to_owned())));
    assert_eq!(check(0, "cafe\u{301}s"), Ok(Some("cafés".to_owned())));
    assert_eq!(check(0, " "), Err(AnswerError::Missing));
    assert_eq!(check(0, "Londres"), Err(AnswerError::TooLong(5)));
    assert_eq!(check(0, &"x".repeat(1_000_000)), Err(AnswerError::TooLong(5)));
    for hidden in ["a\nb", "a\0b", "a\u{202e}b"] {
        assert_eq!(check(0, hidden), Err(AnswerError::Unreadable), "{hidden:?}");
    }
    assert_eq!(check(1, "m"), Ok(Some("m".to_owned())));
    assert_eq!(check(1, ""), Ok(None));
    assert_eq!(check(1, "xl"), Err(AnswerError::NotOffered));
    assert_eq!(check(2, "-1979"), Ok(Some("-1979".to_owned())));
    assert_eq!(check(2, "1980-"), Ok(Some("1980-".to_owned())));
    assert_eq!(check(2, "1985"), Err(AnswerError::NotOffered));
}

#[test]
fn answers_never_print_what_a_person_said() {
    let answers = Answers([("city".to_owned(), "Paris".to_owned())].into());
    assert_eq!(format!("{answers:?}"), "Answers(city)");
}
