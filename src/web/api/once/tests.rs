use super::*;

#[test]
fn a_key_is_one_text_in_quotes_or_bare() {
    for (given, wanted) in [
        ("\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
        ("\"clkyoesmbgybucifusbbtdsbohtyuuwz\"", "clkyoesmbgybucifusbbtdsbohtyuuwz"),
        ("8e03978e-40d5-43e8-bc93-6894a57f9324", "8e03978e-40d5-43e8-bc93-6894a57f9324"),
        ("\"a \\\"b\\\" \\\\\"", "a \"b\" \\"),
    ] {
        assert_eq!(unquoted(given).as_deref(), Some(wanted), "{given}");
    }
    let long = "k".repeat(256);
    for wrong in ["", "\"", "\"\"", "\"a", "\"a\"b", "\"a\\b\"", "\"a\\", "é", "a\tb", &long] {
        assert_eq!(unquoted(wrong), None, "{wrong}");
    }
    assert!(unquoted(&"k".repeat(255)).is_some());
}
