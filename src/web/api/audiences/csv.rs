//! An audience as CSV (RFC 4180), safe to open in a spreadsheet.

use super::columns::Column;
use crate::{
    app::audience::{Form, Recipient},
    domain::csv,
    store::disclosure::Disclosure,
};

/// What a spreadsheet takes for the beginning of a formula, the full-width twins included (OWASP, CSV injection).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// How the file is written.
pub(super) struct Csv {
    pub(super) columns: Vec<(String, Column)>,
    pub(super) separator: u8,
    /// Whether the last line is the trailer. An import would take it for a person.
    pub(super) has_trailer: bool,
}

impl Form for Csv {
    fn head(&self, out: &mut Vec<u8>) {
        self.line(out, self.columns.iter().map(|it| it.0.as_str().into()));
    }

    fn person(&self, out: &mut Vec<u8>, recipient: &Recipient<'_>) -> bool {
        // Guarded, it would be another address: mail would go to whoever has that one.
        if is_formula(recipient.email) {
            return false;
        }
        self.line(out, self.columns.iter().map(|it| it.1.of(recipient)));
        true
    }

    fn trailer(&self, out: &mut Vec<u8>, disclosure: &Disclosure) {
        if !self.has_trailer {
            return;
        }
        let Disclosure { id, people, left_out, as_of, sha256, .. } = disclosure;
        let sha256 = sha256.as_deref().unwrap_or_default();
        let cells = [
            "#trailer".to_owned(),
            format!("count={people}"),
            format!("sha256={sha256}"),
            format!("as_of_sequence={as_of}"),
            format!("left_out={left_out}"),
            format!("disclosure={id}"),
        ];
        self.line(out, cells.into_iter());
    }
}

impl Csv {
    fn line(&self, out: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
        for (at, text) in cells.enumerate() {
            if at > 0 {
                out.push(self.separator);
            }
            csv::put(out, text.as_bytes(), self.separator, |it| is_formula(&String::from_utf8_lossy(it)));
        }
        out.extend_from_slice(b"\r\n");
    }
}

fn is_formula(text: &str) -> bool {
    text.trim_start_matches(' ').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(separator: u8, cells: &[&str]) -> String {
        let csv = Csv { columns: Vec::new(), separator, has_trailer: true };
        let mut out = Vec::new();
        csv.line(&mut out, cells.iter().map(|it| (*it).to_owned()));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_only_where_they_must_be() {
        assert_eq!(written(b',', &["a", "", "b|c", "d e"]), "a,,b|c,d e\r\n");
        // A spreadsheet may split at another separator than ours: in French and German at semicolons.
        for separator in [b',', b';'] {
            for text in ["b;c", "d,e", "f\tg"] {
                assert_eq!(written(separator, &[text]), format!("\"{text}\"\r\n"));
            }
        }
        assert_eq!(
            written(b',', &["say \"hi\"", "1,2", "two\nlines"]),
            "\"say \"\"hi\"\"\",\"1,2\",\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn no_cell_begins_a_formula() {
        for text in ["=1+1", "+33 1", "-2", "@SUM(A1)", "＝1", "＋1", "－1", "＠x", " =1", "  +1"] {
            assert_eq!(written(b',', &[text]), format!("'{text}\r\n"));
        }
        for text in ["\tx", "\r=1", "\n=1", "=HYPERLINK(\"x\",\"y\")"] {
            assert!(written(b',', &[text]).starts_with("\"'"), "{text}");
        }
        for text in ["ada@example.org", "a=b", "https://example.org/u/ay1", "1-2", "'=1", "", " a"] {
            assert_eq!(written(b',', &[text]), format!("{text}\r\n"));
        }
    }

    #[test]
    fn nothing_behind_a_separator_begins_a_formula_however_the_line_is_split() {
        for (text, cell) in [
            (";=cmd|'/c calc'!A1;", "\";'=cmd|'/c calc'!A1;\""),
            ("a,=1", "\"a,'=1\""),
            ("a\t+1", "\"a\t'+1\""),
            ("a\r\n@b", "\"a\r\n'@b\""),
            ("a; -1; b", "\"a;' -1; b\""),
            ("a;\"=1\"", "\"a;'\"\"=1\"\"\""),
            ("a;＝1", "\"a;'＝1\""),
            ("=1;=2", "\"'=1;'=2\""),
            ("a;b=c,1-2", "\"a;b=c,1-2\""),
        ] {
            for separator in [b',', b';'] {
                assert_eq!(written(separator, &[text]), format!("{cell}\r\n"), "{text}");
            }
        }
    }
}
