//! Characters that deceive: invisible ones and those that reorder what is read.
//!
//! The tables follow Unicode 16: general categories Cc, Cf, Zl, Zp, Co, the noncharacters, and the letters
//! and marks that have no ink.

/// Whether `it` draws nothing, moves the cursor, or changes the direction of the text around it.
///
/// Variation selectors 15 and 16 are not in: they choose between the text and the picture form of the
/// character before them. [`is_invisible`] has them too.
pub(crate) fn is_hidden(it: char) -> bool {
    it.is_control() || is_format(it) || is_blank_letter(it) || is_private(it)
}

/// [`is_hidden`], and every variation selector: for identifiers, where two spellings of one look are a trap.
pub(crate) fn is_invisible(it: char) -> bool {
    is_hidden(it) || matches!(it, '\u{FE00}'..='\u{FE0F}')
}

/// General category Cf, line and paragraph separators, and the unused tag plane.
fn is_format(it: char) -> bool {
    matches!(it,
        '\u{AD}'
        | '\u{600}'..='\u{605}' | '\u{61C}' | '\u{6DD}' | '\u{70F}'
        | '\u{890}'..='\u{891}' | '\u{8E2}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{110BD}' | '\u{110CD}' | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Letters, marks and symbols that take room or join, and show nothing.
fn is_blank_letter(it: char) -> bool {
    matches!(it,
        '\u{34F}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{2800}' | '\u{3164}' | '\u{FFA0}'
        | '\u{FE00}'..='\u{FE0D}')
}

/// Private use and noncharacters: what they look like is nobody's business but the sender's.
fn is_private(it: char) -> bool {
    let code = u32::from(it);
    matches!(it, '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{F0000}'..='\u{10FFFF}')
        || code & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_hidden() {
        for it in "\0\u{1b}\u{7f}\u{85}\u{ad}\u{200b}\u{200d}\u{200e}\u{202e}\u{2028}\u{2066}\u{feff}\u{3164}\u{e0041}\u{e000}\u{ffff}".chars() {
            assert!(is_hidden(it), "{it:?}");
            assert!(is_invisible(it), "{it:?}");
        }
        assert!(is_invisible('\u{FE0F}') && !is_hidden('\u{FE0F}'));
    }

    #[test]
    fn what_people_write_is_not() {
        for it in "aZ9 .-'’«»\u{a0}\u{202f}\u{2009}éœ…€用户еע\u{301}❤🎉".chars() {
            assert!(!is_hidden(it) && !is_invisible(it), "{it:?}");
        }
    }
}
