//! What is kept of an endpoint's answer: nothing that looks like somebody's address, as it is kept when they are erased.

/// The at sign, as answers write it: plain, in URLs, in HTML, in JSON and scripts, full-width.
const AT_SIGNS: [&str; 13] = [
    "@", "%40", "%2540", "&#64", "&#064", "&#0064", "&#x40", "&#x040", "&#x0040", "&commat", "\\u0040",
    "\\x40", "\u{ff20}",
];

/// The answer, with a mark in place of each word that holds an at sign in any of its spellings.
pub(super) fn without_addresses(answer: &str) -> String {
    let is_between = |it: char| it.is_whitespace() || matches!(it, '"' | '\'' | '<' | '>' | '(' | ')' | ',');
    let holds_one = |word: &str| {
        let word = word.to_lowercase();
        AT_SIGNS.iter().any(|it| word.contains(it)) || is_quoted_printable(&word)
    };
    answer
        .split_inclusive(is_between)
        .map(|piece| {
            let word = piece.trim_end_matches(is_between);
            if holds_one(word) { piece.replace(word, "[address]") } else { piece.to_owned() }
        })
        .collect()
}

/// Whether a word holds the at sign of quoted-printable text: between something and a letter, so that `status=404` is none.
fn is_quoted_printable(word: &str) -> bool {
    word.split("=40").skip(1).any(|after| after.starts_with(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_of_an_address_is_kept_and_what_stands_around_it_is() {
        for address in [
            "Ada.Lovelace@example.org",
            "mailto:ada.lovelace@example.org?subject=x",
            "ada.lovelace%40example.org",
            "ADA.LOVELACE%2Bnews%2540example.org",
            "ada.lovelace&#43;news&#64;example.org",
            "ada.lovelace&#X40;example.org",
            "ada.lovelace&commat;example.org",
            "ada.lovelace\\u0040example.org",
            "ada.lovelace=40example.org",
            "ada.lovelace＠example.org",
        ] {
            for (before, after) in
                [("", ""), ("no room for ", ", try later"), ("{\"email\":\"", "\"}"), ("<", ">\n")]
            {
                let kept = without_addresses(&format!("{before}{address}{after}"));
                assert_eq!(kept, format!("{before}[address]{after}"), "{address}");
            }
        }
        for text in ["", "  ", "queue full: 40 waiting, 100 % of \"room\"\n", "no bien reçu", "code=404&n=40"]
        {
            assert_eq!(without_addresses(text), text);
        }
    }
}
