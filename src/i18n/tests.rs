//! What every catalogue must hold to, whatever its language.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;

use super::*;

/// Every key of a language with its text: the lines as they stand in the file.
fn texts(locale: Locale) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for source in sources(locale) {
        let parsed = FluentResource::try_new(source.to_owned());
        assert!(parsed.is_ok(), "{locale}: {:?}", parsed.err().map(|(_, errors)| errors));
        let mut key = String::new();
        for line in source.lines().filter(|it| !it.starts_with('#')) {
            let start = line.split_once(" =").filter(|_| !line.starts_with([' ', '.']));
            let rest = match start {
                Some((name, rest)) => {
                    key = name.to_owned();
                    assert!(
                        found.insert(key.clone(), String::new()).is_none(),
                        "{locale}: {key} stands twice"
                    );
                    rest
                }
                None => line,
            };
            if let Some(text) = found.get_mut(&key) {
                text.push_str(rest.trim_start());
                text.push('\n');
            }
        }
    }
    found
}

/// The variables a text names.
fn variables(text: &str) -> BTreeSet<String> {
    let named = text.split('$').skip(1);
    named.map(|it| it.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()).collect()
}

/// What people read of a text: its variables as `X`, the marks of plurals gone.
fn prose(text: &str) -> String {
    let mut prose = String::new();
    for line in text.lines().filter(|it| !it.ends_with("->") && it.trim() != "}") {
        let variant = line.split_once("] ").filter(|(it, _)| it.starts_with(['[', '*']));
        let mut rest = variant.map_or(line, |(_, said)| said);
        while let Some((before, after)) = rest.split_once('{') {
            prose.push_str(before);
            prose.push('X');
            rest = after.split_once('}').map_or("", |(_, it)| it);
        }
        prose.push_str(rest);
        prose.push('\n');
    }
    prose
}

#[test]
fn every_language_has_the_same_keys_and_variables() {
    let en = texts(Locale::En);
    for locale in Locale::ALL {
        let other = texts(locale);
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (en.keys().collect(), other.keys().collect());
        let different: Vec<_> = ours.symmetric_difference(&theirs).collect();
        assert_eq!(different, Vec::<&&String>::new(), "in one of en and {locale} only");
        for (key, text) in &en {
            assert_eq!(variables(text), variables(&other[key]), "{locale}: {key}");
        }
    }
}

/// Texts that are truly the same in English and in this language, by key.
fn truly_equal(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::En | Locale::Pt => &[],
        Locale::Fr => &[
            "doc-contact",
            "doc-form-version",
            "doc-version",
            "doc-when",
            "doc-wording-version",
            "history-when",
            "receipt-version",
            "receipt-when",
            "root-docs",
            "verify-label-organisation",
            "verify-label-when",
        ],
        Locale::De => &[
            "doc-browser",
            "doc-dossier-contact",
            "doc-page-origin",
            "doc-version",
            "doc-wording-version",
            "month-11",
            "month-4",
            "month-8",
            "month-9",
            "number-organisation",
            "snippet-element",
            "verify-label-organisation",
            "verify-label-who",
        ],
        Locale::Es => &["mail-receipt-no", "title-error"],
        Locale::It => &["doc-browser", "doc-dossier-file", "mail-receipt-no"],
        Locale::Nl => &[
            "doc-browser",
            "doc-contact",
            "doc-log-commitment",
            "doc-page-origin",
            "mail-contact",
            "snippet-element",
            "snippet-frame",
        ],
        Locale::Pl => &["snippet-element"],
    }
}

#[test]
fn nothing_is_left_in_english() {
    let en = texts(Locale::En);
    let mut wrong = Vec::new();
    for locale in Locale::ALL.into_iter().filter(|it| *it != Locale::En) {
        let other = texts(locale);
        // Names of standards, numbers and variables alone say nothing in any language.
        let says = |it: &str| {
            let said = prose(it).replace("SHA-256", "").replace("Message-ID", "").replace('X', "");
            said.chars().any(char::is_alphabetic)
        };
        let same: Vec<&str> = en
            .iter()
            .filter(|(key, text)| says(text) && other[*key] == **text)
            .map(|(key, _)| key.as_str())
            .collect();
        if same != truly_equal(locale) {
            wrong.push(format!("{locale}: {same:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The quotation marks of a language: outer ones, as pages and documents use them.
fn quotes(locale: Locale) -> [char; 2] {
    match locale {
        Locale::En | Locale::Nl => ['“', '”'],
        Locale::De => ['„', '“'],
        Locale::Fr | Locale::Es | Locale::It | Locale::Pt => ['«', '»'],
        Locale::Pl => ['„', '”'],
    }
}

#[test]
fn texts_are_set_as_their_language_is_and_never_shout() {
    for locale in Locale::ALL {
        let (here, inner) = (quotes(locale), '’');
        for (key, text) in texts(locale) {
            let text = prose(&text);
            let foreign = |it: char| "\"'`´!¡‚‘“”„«»‹›".contains(it) && !here.contains(&it) && it != inner;
            assert_eq!(text.chars().find(|it| foreign(*it)), None, "{locale}: {key}: {text}");
            let count = |mark: char| text.matches(mark).count();
            assert_eq!(count(here[0]), count(here[1]), "{locale}: {key}: a quotation is left open: {text}");
            assert!(
                !text.contains("...") && !text.contains("  ") && !text.contains(" ,"),
                "{locale}: {key}: {text}"
            );
        }
    }
}

#[test]
fn french_sets_a_hard_space_before_its_high_marks_and_no_other_language_does() {
    for locale in Locale::ALL {
        for (key, text) in texts(locale) {
            let text = prose(&text);
            for (before, mark) in text.chars().zip(text.chars().skip(1)) {
                let spaced = matches!(before, ' ' | '\u{a0}' | '\u{202f}');
                let wrong = match (locale, mark) {
                    (Locale::Fr, '?' | ';' | '»') => !matches!(before, '\u{a0}' | '\u{202f}'),
                    (Locale::Fr, _) => false,
                    (_, '?' | ';' | ':') => spaced,
                    _ => false,
                };
                assert!(!wrong, "{locale}: {key}: {before:?} before {mark:?}: {text}");
            }
        }
    }
}

#[test]
fn spanish_opens_its_questions() {
    for (key, text) in texts(Locale::Es) {
        assert_eq!(text.matches('?').count(), text.matches('¿').count(), "{key}: {text}");
    }
}

#[test]
fn every_count_has_the_plurals_of_its_language() {
    for locale in Locale::ALL {
        for (key, text) in texts(locale) {
            if !text.contains("->") {
                continue;
            }
            for n in [1_i64, 2, 5, 12, 22, 101] {
                let wanted = category(locale, n);
                let marked = [format!("\n[{wanted}] "), format!("\n*[{wanted}] ")];
                let has = marked.iter().any(|it| text.contains(it.as_str()));
                assert!(has, "{locale}: {key} has no [{wanted}], needed for {n}");
            }
        }
    }
}

/// The CLDR category of a whole number: so few rules that they can be written down again.
fn category(locale: Locale, n: i64) -> &'static str {
    let few = (2..=4).contains(&(n % 10)) && !(12..=14).contains(&(n % 100));
    match (locale, n) {
        (_, 1) | (Locale::Fr, 0) => "one",
        (Locale::Pl, _) => {
            if few {
                "few"
            } else {
                "many"
            }
        }
        _ => "other",
    }
}

#[test]
fn counts_are_said_in_the_plurals_of_their_language() {
    const KEY: &str =
        "example = { $n ->\n    [one] one\n    [few] few\n    [many] many\n   *[other] other\n}\n";
    for locale in Locale::ALL {
        let mut bundle = FluentBundle::new_concurrent(vec![plurals(locale)]);
        bundle.add_resource_overriding(FluentResource::try_new(KEY.to_owned()).expect("it parses"));
        for n in [0_i64, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 112, 122] {
            let mut args = FluentArgs::new();
            args.set("n", n);
            let pattern = bundle.get_message("example").and_then(|it| it.value()).expect("it is there");
            let said = bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
            assert_eq!(said, category(locale, n), "{locale}: {n}");
        }
    }
}

#[test]
fn dates_are_written_as_people_write_them() {
    let first = Timestamp::from_millis(1_772_323_200_000 + 36_840_000);
    let night = Timestamp::from_millis(1_795_256_040_000 - 8 * 3_600_000);
    for (locale, first_day, night_hour) in [
        (Locale::En, "1 March 2026, 10:14 UTC", "21 November 2026, 02:14 UTC"),
        (Locale::Fr, "1er mars 2026 à 10 h 14 (UTC)", "21 novembre 2026 à 2 h 14 (UTC)"),
        (Locale::De, "1. März 2026, 10:14 Uhr (UTC)", "21. November 2026, 2:14 Uhr (UTC)"),
        (Locale::Es, "1 de marzo de 2026, 10:14 h (UTC)", "21 de noviembre de 2026, 2:14 h (UTC)"),
        (Locale::It, "1º marzo 2026, ore 10:14 (UTC)", "21 novembre 2026, ore 2:14 (UTC)"),
        (Locale::Nl, "1 maart 2026, 10:14 uur (UTC)", "21 november 2026, 2:14 uur (UTC)"),
        (Locale::Pt, "1 de março de 2026, 10:14 h (UTC)", "21 de novembro de 2026, 2:14 h (UTC)"),
        (Locale::Pl, "1 marca 2026, godz. 10:14 (UTC)", "21 listopada 2026, godz. 2:14 (UTC)"),
    ] {
        assert_eq!(lang(locale).date_time(first), first_day);
        assert_eq!(lang(locale).date_time(night), night_hour);
    }
}
