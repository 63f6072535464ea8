//! The texts: none missing, none unused, none that pushes, and French set as French is.

use std::{collections::BTreeSet, fs, path::Path};

use scraper::Node;

use super::each;
use crate::domain::Locale;

const EN: &str = concat!(include_str!("../../i18n/en/pages.ftl"), include_str!("../../i18n/en/verify.ftl"));
const FR: &str = concat!(include_str!("../../i18n/fr/pages.ftl"), include_str!("../../i18n/fr/verify.ftl"));

/// Keys of the page catalogue.
fn keys() -> BTreeSet<&'static str> {
    let top = EN.lines().filter(|it| !it.starts_with([' ', '#']));
    top.filter_map(|it| it.split_once(" =").map(|(key, _)| key)).collect()
}

/// The text of every template and every source file of this layer, the gallery left out, and of the checker of proofs,
/// which says by key what it found.
fn sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = String::new();
    let mut open = vec![
        root.join("templates"),
        root.join("src/web"),
        root.join("src/app/verify"),
        root.join("src/i18n/mod.rs"),
    ];
    while let Some(path) = open.pop() {
        if path.is_dir() && !path.ends_with("gallery") {
            open.extend(fs::read_dir(path).unwrap().map(|it| it.unwrap().path()));
        } else if path.is_file() {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    all
}

#[test]
fn every_text_is_used_somewhere() {
    let sources = sources();
    let unused: Vec<&str> = keys().into_iter().filter(|it| !sources.contains(&format!("\"{it}\""))).collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn every_key_a_template_names_has_a_text() {
    let sources = sources();
    let keys = keys();
    for call in ["frame.text(\"", "frame.fill(\"", "frame.count(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(keys.contains(key), "{key} has no text");
        }
    }
}

#[test]
fn no_page_shows_a_key_or_an_unfilled_variable() {
    let keys = keys();
    let families: BTreeSet<&str> =
        keys.iter().filter_map(|it| it.split_once('-')).map(|(it, _)| it).collect();
    let looks_like_a_key = |text: &str| {
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
        text.chars().all(plain) && text.split_once('-').is_some_and(|(it, _)| families.contains(it))
    };
    each(|sample, page| {
        let texts = page.tree.nodes().filter_map(|it| match it.value() {
            Node::Text(text) => Some(text.trim()),
            _ => None,
        });
        texts
            .flat_map(|it| it.split(" - ").chain([it]))
            .filter(|it| looks_like_a_key(it) || it.contains("{$") || it.contains("{ $"))
            .filter(|_| !sample.name.starts_with("dev_"))
            .map(|it| format!("shows {it:?}"))
            .collect()
    });
}

/// What no page says: jokes, regrets and haste.
fn unwelcome(locale: Locale) -> &'static [&'static str] {
    match locale {
        Locale::En => &["oops", "sad to see", "sorry to see", "miss out", "are you sure", "hurry"],
        Locale::Fr => &["oups", "dommage", "désolé", "rater", "vous êtes sûr", "vite"],
        Locale::De => &["ups,", "hoppla", "schade", "leider", "verpassen", "sind sie sicher", "schnell,"],
        Locale::Es => &["vaya", "ups,", "lástima", "lo sentimos", "se pierda", "está seguro", "dese prisa"],
        Locale::It => &["ops,", "peccato", "ci dispiace", "si perda", "è sicuro", "si affretti"],
        Locale::Nl => &["oeps", "helaas", "jammer", "mis niet", "weet u zeker", "snel,"],
        Locale::Pt => &["ups,", "é pena", "lamentamos", "não perca", "tem a certeza", "apresse-se"],
        Locale::Pl => &["ups", "szkoda", "przykro nam", "przegap", "czy na pewno", "pospiesz"],
    }
}

#[test]
fn no_text_pushes_or_jokes() {
    each(|sample, page| {
        let shown: String = page.root_element().text().collect::<String>().to_lowercase();
        let found = unwelcome(sample.locale).iter().chain(&["!"]).filter(|it| shown.contains(*it));
        found.map(|it| format!("says {it:?}")).collect()
    });
}

#[test]
fn french_is_set_as_french_is() {
    for line in FR.lines() {
        for mark in ['?', '!', ';', ':', '»'] {
            assert!(!line.contains(&format!(" {mark}")), "plain space before {mark}: {line}");
        }
        assert!(!line.contains("« "), "plain space after «: {line}");
        assert!(!line.contains('\''), "straight apostrophe: {line}");
    }
}
