//! Canonical forms from RFC 8785, and texts with two meanings or none.

use super::*;

fn round(text: &str) -> String {
    canonical(&parse_strict(text, 8).unwrap()).unwrap()
}

#[test]
fn the_example_of_the_rfc_has_its_canonical_form() {
    // RFC 8785 section 3.2.2, but for one number more precise than a double.
    let text = r#"{ "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"#;
    let form = r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
    assert_eq!(round(text), form);
    assert_eq!(round(form), form);
}

#[test]
fn members_are_ordered_by_utf_16() {
    let text = r#"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#;
    let form = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}";
    assert_eq!(round(text), form);
}

#[test]
fn numbers_keep_their_value_or_are_refused() {
    let kept = [
        ("0", "0"),
        ("-0", "0"),
        ("-0.0e9", "0"),
        ("0e99999999999999999999", "0"),
        ("1.0", "1"),
        ("10e-1", "1"),
        ("0.1", "0.1"),
        ("0.10", "0.1"),
        ("100e-3", "0.1"),
        ("-1.50", "-1.5"),
        ("9007199254740991", "9007199254740991"),
        ("9007199254740992", "9007199254740992"),
        ("9007199254740994", "9007199254740994"),
        ("-9007199254740992", "-9007199254740992"),
        ("9223372036854776000", "9223372036854776000"),
        ("295147905179352830000", "295147905179352830000"),
        ("1e23", "1e+23"),
        ("1E+00000000000000000000021", "1e+21"),
        ("5e-324", "5e-324"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"),
    ];
    for (text, form) in kept {
        assert_eq!(round(text), form, "{text}");
    }
    let refused = [
        "9007199254740993",
        "-9007199254740993",
        "18446744073709551615",
        "9223372036854775807",
        "333333333.33333329",
        "0.1000000000000000055511151231257827",
        "1e309",
        "-1e309",
        "1e99999999999999999999",
        "1e-400",
        "2e-324",
        "1e-99999999999999999999",
    ];
    for text in refused {
        let told = parse_strict(&format!(" {text}"), 0);
        assert_eq!(told, Err(JcsError { offset: 1, fault: JcsFault::InexactNumber }), "{text}");
    }
}

#[test]
fn a_value_with_an_inexact_integer_has_no_canonical_form() {
    let exact = serde_json::json!({"a": [9_007_199_254_740_992_u64, -5, 0.1]});
    assert_eq!(canonical(&exact).unwrap(), r#"{"a":[9007199254740992,-5,0.1]}"#);
    for wrong in [serde_json::json!([u64::MAX]), serde_json::json!({"a": {"b": i64::MIN + 1}})] {
        assert_eq!(canonical(&wrong), Err(NoCanonicalForm));
    }
}

#[test]
fn two_members_of_one_name_are_refused() {
    let wrong = [
        (r#"{"a":1,"a":1}"#, 7),
        (r#"{"a":1,"b":{"c":1, "c":2}}"#, 19),
        (r#"{"a":1,"\u0061":2}"#, 7),
        (r#"{"":1,"":2}"#, 6),
    ];
    for (text, offset) in wrong {
        assert_eq!(parse_strict(text, 8), Err(JcsError { offset, fault: JcsFault::DuplicateName }), "{text}");
    }
    assert!(parse_strict(r#"[{"a":1},{"a":1,"A":{"a":1}}]"#, 8).is_ok());
}

#[test]
fn nesting_ends_where_the_caller_says() {
    let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse_strict(&nested(3), 3).is_ok());
    assert_eq!(parse_strict(&nested(4), 3), Err(JcsError { offset: 3, fault: JcsFault::TooDeep }));
    assert_eq!(parse_strict("{}", 0), Err(JcsError { offset: 0, fault: JcsFault::TooDeep }));
    assert!(parse_strict("[[1],[[2]],{}]", 3).is_ok());
    assert!(parse_strict(&nested(DEEPEST), usize::MAX).is_ok());
    let told = parse_strict(&"[".repeat(1_000_000), usize::MAX);
    assert_eq!(told, Err(JcsError { offset: DEEPEST, fault: JcsFault::TooDeep }));
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    use JcsFault::{CutShort, String, Syntax, Trailing};
    let wrong = [
        ("", CutShort, 0),
        (" ", CutShort, 1),
        ("\u{feff}1", Syntax, 0),
        ("\u{a0}1", Syntax, 0),
        ("tru", CutShort, 0),
        ("trux", Syntax, 0),
        ("truex", Trailing, 4),
        ("True", Syntax, 0),
        ("NaN", Syntax, 0),
        ("Infinity", Syntax, 0),
        ("'a'", Syntax, 0),
        ("1 2", Trailing, 2),
        ("01", Trailing, 1),
        ("-", CutShort, 1),
        ("-a", Syntax, 1),
        ("+1", Syntax, 0),
        (".5", Syntax, 0),
        ("1.", CutShort, 2),
        ("1.e1", Syntax, 2),
        ("1e", CutShort, 2),
        ("1e+", CutShort, 3),
        ("1ex", Syntax, 2),
        ("[", CutShort, 1),
        ("[1", CutShort, 2),
        ("[1,", CutShort, 3),
        ("[1,]", Syntax, 3),
        ("[,1]", Syntax, 1),
        ("[1 2]", Syntax, 3),
        ("[1}", Syntax, 2),
        ("{", CutShort, 1),
        ("{a:1}", Syntax, 1),
        ("{1:1}", Syntax, 1),
        (r#"{"a"}"#, Syntax, 4),
        (r#"{"a":}"#, Syntax, 5),
        (r#"{"a":1,}"#, Syntax, 7),
        (r#"{"a":1"#, CutShort, 6),
        (r#"{"a" 1}"#, Syntax, 5),
        (r#"[1,"abc"#, CutShort, 3),
        ("\"\\", CutShort, 0),
        ("\"\\\"", CutShort, 0),
        ("[\"a\nb\"]", String, 1),
        ("\"\0\"", String, 0),
        (r#""\x""#, String, 0),
        (r#""\u12""#, String, 0),
        (r#""\ud800""#, String, 0),
        (r#""\ude00\ud83d""#, String, 0),
        ("\"\\é\"", String, 0),
        ("[] // note", Trailing, 3),
    ];
    for (text, fault, offset) in wrong {
        assert_eq!(parse_strict(text, 8), Err(JcsError { offset, fault }), "{text:?}");
    }
}
