//! Text that ends up in a header: one line, nothing invisible, not endless.

/// Longest display name or subject, in characters.
const LONGEST: usize = 200;

/// `text` as one line: runs of white space and control characters become one space, characters that
/// reorder or hide text (bidirectional controls, zero-width spaces, tags) are dropped, and what is longer
/// than 200 characters ends in an ellipsis.
///
/// A brand set up as `"Acme\r\nBcc: …"` becomes harmless here, before any header is written; lettre would
/// panic on it.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|it| !is_invisible(*it))
        .map(|it| if it.is_control() || it.is_whitespace() && !is_no_break(it) { ' ' } else { it })
        .collect();
    let line = visible.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// The name of a file in a header: ASCII letters, digits, `-`, `_` and `.`, at most 80 of them, no dot in front.
pub(super) fn file_name(name: &str) -> String {
    let plain = name.chars().filter(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.'));
    let safe: String = plain.skip_while(|it| *it == '.').take(80).collect();
    if safe.is_empty() { "file".to_owned() } else { safe }
}

/// French sets these before `:`, `;`, `?` and `!`.
fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

/// Characters that change how others are read and have no look of their own. Joiners (U+200C, U+200D)
/// stay: Persian and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_controls_become_one_space() {
        assert_eq!(one_line("Acme\r\nBcc: eve@evil.example"), "Acme Bcc: eve@evil.example");
        assert_eq!(one_line("\0A\u{85}c\u{2028}m\u{2029}e\t"), "A c m e");
    }

    #[test]
    fn reordering_and_hidden_characters_are_dropped() {
        assert_eq!(one_line("Ac\u{202e}me\u{2066}\u{200b} SAS\u{feff}"), "Acme SAS");
    }

    #[test]
    fn french_spacing_and_joiners_stay() {
        assert_eq!(one_line("Vous\u{a0}?\u{202f}! 👩\u{200d}🚀"), "Vous\u{a0}?\u{202f}! 👩\u{200d}🚀");
    }

    #[test]
    fn endless_text_is_cut() {
        let line = one_line(&"é".repeat(1_000));
        assert_eq!(line.chars().count(), 200);
        assert!(line.ends_with('…'));
    }
}
