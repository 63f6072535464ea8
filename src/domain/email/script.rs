//! Labels that mix alphabets are look-alikes of others (UTS 39, "highly restrictive").

use unicode_script::{Script, ScriptExtension, UnicodeScript};

/// The writing systems that mix scripts by nature, each with the Latin letters their users also write.
const SYSTEMS: [&[Script]; 3] = [
    &[Script::Han, Script::Hiragana, Script::Katakana, Script::Latin],
    &[Script::Han, Script::Bopomofo, Script::Latin],
    &[Script::Hangul, Script::Han, Script::Latin],
];

/// Whether all letters of `label` belong to one script, or to one of the mixed writing systems.
pub(super) fn is_one_alphabet(label: &str) -> bool {
    let shared = label
        .chars()
        .fold(ScriptExtension::default(), |shared, it| shared.intersection(it.script_extension()));
    !shared.is_empty() || SYSTEMS.iter().any(|system| label.chars().all(|it| belongs(it, system)))
}

fn belongs(it: char, system: &[Script]) -> bool {
    let scripts = it.script_extension();
    scripts.is_common()
        || scripts.is_inherited()
        || system.iter().any(|script| scripts.contains_script(*script))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_script_or_one_writing_system() {
        for label in [
            "example",
            "müller",
            "exam-ple2",
            "пример",
            "例え",
            "サイト例え",
            "abc例え",
            "한국abc",
            "παράδειγμα",
            "123",
            "-",
        ] {
            assert!(is_one_alphabet(label), "{label}");
        }
        for label in ["ex\u{430}mple", "\u{3bf}range", "пример例", "한え"] {
            assert!(!is_one_alphabet(label), "{label}");
        }
    }
}
