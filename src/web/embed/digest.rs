//! The text a form shows, as one hash that the element and we work out alike.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::app::Displayed;

/// The hash of texts that stand on the screen in this order: white space as one space, NFC, one line each; SHA-256
/// in base64.
pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let lines: Vec<String> = texts.into_iter().map(canonical).collect();
    BASE64_STANDARD.encode(Sha256::digest(lines.join("\n")))
}

/// What the element says it found, held against what was sent.
pub fn compare<'a>(found: &str, sent: impl IntoIterator<Item = &'a str>) -> Displayed {
    if found.is_empty() {
        Displayed::Unattested
    } else if found == of(sent) {
        Displayed::Attested
    } else {
        Displayed::Altered
    }
}

fn canonical(text: &str) -> String {
    let words: Vec<&str> = text.split(is_space).filter(|it| !it.is_empty()).collect();
    words.join(" ").nfc().collect()
}

/// What `\s` matches in JavaScript (ECMA-262, `WhiteSpace` and `LineTerminator`).
const fn is_space(it: char) -> bool {
    matches!(
        it,
        '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}'
            | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_the_way_accents_are_written_make_no_difference() {
        assert_eq!(of(["Fréquence :\u{a0}chaque  mois\n"]), of([" Fre\u{301}quence : chaque\u{202f}mois"]));
        assert_ne!(of(["a", "b"]), of(["a b"]));
        assert_ne!(of(["Newsletter"]), of(["newsletter"]));
        // printf 'Newsletter\nSign up' | openssl dgst -sha256 -binary | base64
        assert_eq!(of(["Newsletter", "Sign up"]), "l/morRBkivSVoF7MqipMq/ECYGyHPmnLm44f0nbMxig=");
    }

    #[test]
    fn nothing_found_is_nothing_attested() {
        assert_eq!(compare("", ["a"]), Displayed::Unattested);
        assert_eq!(compare(&of(["a"]), ["a"]), Displayed::Attested);
        assert_eq!(compare(&of(["b"]), ["a"]), Displayed::Altered);
        assert_eq!(compare("\0", ["a"]), Displayed::Altered);
    }
}
