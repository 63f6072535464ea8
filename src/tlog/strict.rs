//! The small alphabets all these text formats share, each with one spelling per value.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Standard base64 with padding; other spellings of the same bytes (no padding, spare bits set) are refused.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// An ASCII decimal without sign and without leading zeroes, `0` itself excepted.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let canonical = digits && (text == "0" || !text.starts_with('0'));
    if canonical { text.parse().ok() } else { None }
}

/// Where the first ASCII control character other than a line feed stands.
pub(super) fn control_character(text: &str) -> Option<usize> {
    text.bytes().position(|it| it < 0x20 && it != b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(decimal("0"), Some(0));
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for wrong in ["", "00", "01", "+1", "-1", " 1", "1 ", "1e3", "18446744073709551616", "٣"] {
            assert_eq!(decimal(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn bytes_have_one_spelling() {
        assert_eq!(base64("AA=="), Some(vec![0]));
        assert_eq!(base64(""), Some(vec![]));
        for wrong in ["AA", "AA=", "AB==", "AA==\n", " AA==", "A_==", "AA==AA=="] {
            assert_eq!(base64(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_line_feeds_are_allowed_among_control_characters() {
        assert_eq!(control_character("a\nb — ù\n"), None);
        assert_eq!(control_character("ab\tc"), Some(2));
        assert_eq!(control_character("a\r\n"), Some(1));
        assert_eq!(control_character("\0"), Some(0));
    }
}
