//! Texts that can and cannot stand in place of the catalogue's.

use proptest::prelude::*;

use super::{super::FluentBundle, *};

fn fails(key: &str, text: &str) -> String {
    check(Locale::En, key, text).unwrap_err().to_string()
}

#[test]
fn a_text_that_says_the_same_is_taken() {
    for (key, text) in [
        ("sign-up-title", "{ $name }: our letters"),
        ("sign-up-title", "Letters from {$name}, & more: 1 < 2"),
        ("sign-up-you-get", "What comes:"),
        ("ask-what", "One line.\nAnother line."),
        ("code-wrong", "{ $n ->\n  [0] No.\n  [one] Once more.\n *[other] { $n } times more.\n}"),
        (
            "code-wrong",
            "No. { $n ->\n  [0] Never.\n  [one] Once.\n  [2] Twice.\n *[other] { $n } times.\n} Sorry.",
        ),
    ] {
        assert_eq!(check(Locale::En, key, text), Ok(()), "{text}");
    }
    assert_eq!(check(Locale::Fr, "sign-up-title", "Les lettres de { $name }"), Ok(()));
}

#[test]
fn a_text_that_cannot_stand_there_is_told_why() {
    for (key, text, expected) in [
        ("sign-up-titel", "x", "is not the key of a text; did you mean sign-up-title?"),
        ("zzzzzzzzzzzzzz", "x", "is not the key of a text; the keys are listed at /docs/domains"),
        (
            "confirm-yes",
            "Yes",
            "cannot be changed: it is part of the page that asks for the second yes. Take it out",
        ),
        ("sign-up-title", " \n ", "is empty; write a text, or take the key out to have the usual one"),
        ("sign-up-title", "Letters", "does not say { $name }, which the usual text says; add it"),
        (
            "sign-up-title",
            "{ $nam } letters",
            "has the variable $nam, which is not given here; there are { $name }",
        ),
        (
            "sign-up-you-get",
            "{ $name }",
            "has the variable $name, which is not given here; the text has none",
        ),
        ("sign-up-title", "{ $name }\u{202e}", "has the invisible character U+202E; take it out"),
        ("sign-up-title", "{ $name }\u{7}", "has the invisible character U+0007; take it out"),
        (
            "sign-up-title",
            "<b>{ $name }</b>",
            "has HTML in it (`<b>{ $name }`), which would be shown as it stands; write plain text",
        ),
        (
            "sign-up-title",
            "{ $name }&nbsp;!",
            "has HTML in it (`&nbsp;!`), which would be shown as it stands; write plain text",
        ),
        (
            "sign-up-title",
            "{ $name } { frame-how }",
            "has a reference to another text in it; use variables like { $name } and choices on them alone",
        ),
        (
            "sign-up-title",
            "{ NUMBER($name) }",
            "has a function in it; use variables like { $name } and choices on them alone",
        ),
        (
            "sign-up-title",
            "{ \"\\u202e\" }{ $name }",
            "has a literal in braces in it; use variables like { $name } and choices on them alone",
        ),
        (
            "sign-up-title",
            "{ $name ->\n *[other] { $name }\n}",
            "has a choice that the usual text does not make in it; use variables like { $name } and choices on them alone",
        ),
        (
            "code-wrong",
            "{ $n ->\n  [one] Once more.\n *[other] { $n } times more.\n}",
            "makes no choice on $n for [0]; the usual text has the cases [0], [one], [other]",
        ),
        (
            "code-wrong",
            "{ $n } times more.",
            "makes no choice on $n for [0]; the usual text has the cases [0], [one], [other]",
        ),
        (
            "code-wrong",
            "{ $n ->\n  [0] A\n  [one] B\n  [few] C\n *[other] D\n}",
            "has the case [few] for $n, which never happens; the usual text has the cases [0], [one], [other]",
        ),
        ("sign-up-you-get", &"x".repeat(79), "has 79 characters; write at most 60"),
    ] {
        assert_eq!(fails(key, text), expected, "{text}");
    }
    let syntax = "is not a text in Fluent syntax; write each variable as { $name }, and begin no line with [, *, . or }";
    for text in [
        "{ $name",
        "} { $name }",
        "{ $name }\n.title = x",
        "{ $name }\n[x] y",
        "{ $name }\n}",
        "{ }",
        "{ $name -> }",
    ] {
        assert_eq!(fails("sign-up-title", text), syntax, "{text}");
    }
}

#[test]
fn a_text_says_in_every_case_what_the_usual_one_says() {
    let usual = "A { $a } { $n ->\n  [one] { $b } one\n *[other] { $b } { $n }\n}";
    let said = |text: &str| {
        let resource = FluentResource::try_new(source("k", text)).unwrap();
        let Some(Entry::Message(message)) = resource.entries().next() else { panic!("a message") };
        Said::of(message.value.as_ref().unwrap(), 0).unwrap()
    };
    let compared = |own: &str| compare(&said(usual), &said(own)).map_err(|it| it.to_string());
    assert_eq!(compared("{ $n ->\n  [one] { $b }\n *[other] { $b }\n} { $a }"), Ok(()));
    assert_eq!(
        compared("{ $n ->\n  [one] { $b }\n *[other] x\n} { $a }"),
        Err("does not say { $b }, which the usual text says; add it".to_owned())
    );
}

/// No usual text would be refused for what it says in its own place: the rules fit the texts they protect.
#[test]
fn every_usual_text_passes_its_own_check() {
    for locale in Locale::ALL {
        for key in super::super::tests_keys() {
            let bundle = &lang(locale).bundle;
            let usual = bundle.get_message(key).and_then(|it| it.value()).unwrap();
            let said = Said::of(usual, 0).unwrap_or_else(|error| panic!("{locale} {key}: {error}"));
            assert_eq!(compare(&said, &said), Ok(()), "{locale} {key}");
            assert!(said.longest <= LONGEST, "{locale} {key}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_taken_is_shown_and_nothing_panics(text in "[\\PC\n{}$\\[\\]*.=<&]{0,60}") {
        let text = format!("{text}{{ $name }}");
        if check(Locale::En, "sign-up-title", &text).is_ok() {
            let mut bundle: FluentBundle<FluentResource> = super::super::new_bundle(Locale::En);
            bundle.add_resource_overriding(FluentResource::try_new(source("sign-up-title", &text)).unwrap());
            let mut args = fluent_bundle::FluentArgs::new();
            args.set("name", "Acme");
            let mut errors = Vec::new();
            let message = bundle.get_message("sign-up-title").unwrap();
            let shown = bundle.format_pattern(message.value().unwrap(), Some(&args), &mut errors).into_owned();
            prop_assert!(errors.is_empty() && shown.contains("Acme"), "{shown:?}");
        }
    }
}
