use std::borrow::Cow;

use serde::de::MapAccess;

use super::*;
use crate::web::api::schema::{Field, Record, Shape};

#[derive(Debug, Default, PartialEq)]
struct Inner {
    name: Option<String>,
}

#[derive(Debug, Default, PartialEq)]
struct Outer {
    title: Option<String>,
    parts: Vec<Inner>,
}

const INNER: Record = Record::new("Inner", "", &[Field::must("name", "", Shape::text("a"))]);
const OUTER: Record = Record::new(
    "Outer",
    "",
    &[
        Field::must("parts", "", Shape::List(&Shape::Object(&INNER), 1, 3)),
        Field::may("title", "", Shape::text_within(5, "a")),
    ],
);

impl<'de> Object<'de> for Inner {
    const RECORD: &'static Record = &INNER;

    fn take<A: MapAccess<'de>>(&mut self, _index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.name = value.text()?.map(Cow::into_owned);
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        if self.name.as_deref() == Some("bad") {
            notes.wrong("is bad");
        }
    }
}

impl<'de> Object<'de> for Outer {
    const RECORD: &'static Record = &OUTER;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.parts = value.list()?,
            _ => self.title = value.text()?.map(Cow::into_owned),
        }
        Ok(())
    }
}

fn outer(body: &[u8]) -> Result<Outer, Problem> {
    read(body)
}

/// Where a body that is JSON is wrong.
fn places(body: &str) -> Vec<String> {
    let problem = outer(body.as_bytes()).unwrap_err();
    assert_eq!(problem.status, 422, "{body}");
    problem.errors.into_iter().map(|it| it.pointer.unwrap()).collect()
}

#[test]
fn what_is_right_is_read_with_escapes_and_white_space() {
    let body = br#" { "title" : "caf\u00e9" ,"parts":[{"name":"a"},{"name":"\u0000"}]} "#;
    let part = |name: &str| Inner { name: Some(name.to_owned()) };
    let read = outer(body).unwrap();
    assert_eq!(read, Outer { title: Some("café".to_owned()), parts: vec![part("a"), part("\0")] });
}

#[test]
fn each_mistake_is_told_with_its_place() {
    for (body, wanted) in [
        ("{}", vec!["/parts"]),
        ("[]", vec![""]),
        ("5", vec![""]),
        ("null", vec![""]),
        (r#""text""#, vec![""]),
        (r#"{"parts":[]}"#, vec!["/parts"]),
        (r#"{"parts":{"name":"a"}}"#, vec!["/parts"]),
        (r#"{"parts":"a"}"#, vec!["/parts"]),
        (r#"{"parts":null}"#, vec!["/parts"]),
        (r#"{"parts":[{"name":"a"},7,{"name":8}]}"#, vec!["/parts/1", "/parts/2/name"]),
        (r#"{"parts":[{"name":"a"},{"name":"a"},{"name":"a"},{"name":"a"}]}"#, vec!["/parts"]),
        (r#"{"parts":[[],{}]}"#, vec!["/parts/0", "/parts/1/name"]),
        (r#"{"parts":[{"name":"bad"}]}"#, vec!["/parts/0"]),
        (r#"{"parts":[{"name":"a","name":"b"}]}"#, vec!["/parts/0/name"]),
        (r#"{"parts":[{"name":"a","nam":"b"}],"x":[{"y":[1]}]}"#, vec!["/parts/0/nam", "/x"]),
        (r#"{"parts":[{"name":"a"}],"title":"sixsix"}"#, vec!["/title"]),
        (r#"{"parts":[{"name":"a"}],"title":true}"#, vec!["/title"]),
        (r#"{"parts":[{"name":"a"}],"title":-1}"#, vec!["/title"]),
        (r#"{"parts":[{"name":"a"}],"title":1.5}"#, vec!["/title"]),
        (r#"{"parts":[{"name":"a"}],"title":[[1]]}"#, vec!["/title"]),
        (r#"{"parts":[{"name":"a"}],"title":{"title":{}}}"#, vec!["/title"]),
    ] {
        assert_eq!(places(body), wanted, "{body}");
    }
}

#[test]
fn a_text_is_measured_in_characters() {
    assert!(outer(r#"{"parts":[{"name":"a"}],"title":"ééééé"}"#.as_bytes()).is_ok());
    assert_eq!(places(r#"{"parts":[{"name":"a"}],"title":"éééééé"}"#), ["/title"]);
}

#[test]
fn a_name_that_may_be_an_address_or_a_key_is_not_repeated() {
    let key = format!("aye_{}", "A".repeat(43));
    for name in ["ada@example.org", key.as_str(), "", "a b", "a/b", "~", "é"] {
        let body = format!(r#"{{"parts":[{{"name":"a","{name}":1}}]}}"#);
        assert_eq!(places(&body), ["/parts/0"], "{name}");
    }
}

#[test]
fn not_more_mistakes_are_told_than_anyone_reads() {
    let fields: Vec<String> = (0..1_000).map(|it| format!("\"f{it}\":1")).collect();
    assert_eq!(places(&format!("{{{}}}", fields.join(","))).len(), notes::MOST_TOLD);
}

#[test]
fn what_is_not_json_is_another_problem_and_is_not_quoted() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let deep_field = format!(r#"{{"parts":[{{"name":{}}}]}}"#, "[".repeat(500_000));
    let bodies: Vec<&[u8]> = vec![
        b"",
        b" ",
        b"{",
        br#"{"parts":[{"name":"secret@example.org"}"#,
        br#"{"parts":[{"name":"secret"}],}"#,
        br#"{"parts":[{"name":"secret"}]} {}"#,
        br#"{"parts":[{"name":"secret"}]}x"#,
        br#"{"parts":[{"name":'secret'}]}"#,
        b"{parts:[]}",
        br#"{"parts":[{"name":NaN}]}"#,
        br#"{"parts":[{"name":1e999}]}"#,
        br#"{"parts":[{"name":01}]}"#,
        br#"{"parts":[{"name":"\ud800"}]}"#,
        br#"{"parts":[{"name":"\x00"}]}"#,
        b"{\"parts\":[{\"name\":\"\0\"}]}",
        b"{\"parts\":[{\"name\":\"\n\"}]}",
        b"{\"parts\":[{\"name\":\"\xff\"}]}",
        b"\xef\xbb\xbf{\"parts\":[{\"name\":\"a\"}]}",
        b"\xff\xfe{\0}\0",
        deep_field.as_bytes(),
    ];
    for body in bodies {
        let problem = outer(body).unwrap_err();
        assert_eq!(problem.status, 400, "{}", String::from_utf8_lossy(body));
        assert!(problem.errors.is_empty() && !problem.detail.contains("secret"), "{problem:?}");
    }
    assert_eq!(
        outer(deep.as_bytes()).unwrap_err().status,
        422,
        "nested, but closed: a list where an object must be"
    );
}

#[test]
fn huge_numbers_are_numbers() {
    let digits = "9".repeat(100);
    assert_eq!(places(&format!(r#"{{"parts":[{{"name":{digits}}}]}}"#)), ["/parts/0/name"]);
    assert_eq!(places(&format!(r#"{{"parts":[{{"name":-0.{digits}e-999}}]}}"#)), ["/parts/0/name"]);
}
