//! The rows of a text (RFC 4180, and what spreadsheets make of it).

use std::borrow::Cow;

use super::Row;

/// The rows of a text. Blank ones are left out.
pub(super) struct Rows<'a> {
    text: &'a [u8],
    delimiter: u8,
    /// How much of the text follows the beginning of the last row.
    pub(super) begun: usize,
    /// How much follows the first quote that is never closed.
    pub(super) unclosed: Option<usize>,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        while !self.text.is_empty() {
            self.begun = self.text.len();
            let row = self.row();
            if row.iter().any(|it| !it.trim_ascii().is_empty()) {
                return Some(row);
            }
        }
        None
    }
}

impl<'a> Rows<'a> {
    pub(super) fn new(text: &'a [u8], delimiter: u8) -> Self {
        Self { text, delimiter, begun: text.len(), unclosed: None }
    }

    fn row(&mut self) -> Row<'a> {
        let mut row = Vec::new();
        loop {
            let cell = if self.text.first() == Some(&b'"') { self.quoted() } else { self.bare() };
            row.push(cell);
            match self.text.split_first() {
                Some((byte, rest)) if *byte == self.delimiter => self.text = rest,
                Some((b'\n', rest)) => {
                    self.text = rest;
                    return row;
                }
                Some(_) | None => return row,
            }
        }
    }

    /// Up to the next separator or the end of the line.
    fn bare(&mut self) -> Cow<'a, [u8]> {
        let is_end = |it: &u8| *it == self.delimiter || *it == b'\n';
        let end = self.text.iter().position(is_end).unwrap_or(self.text.len());
        let (cell, rest) = self.text.split_at(end);
        self.text = rest;
        Cow::Borrowed(
            cell.strip_suffix(b"\r").filter(|_| rest.first() != Some(&self.delimiter)).unwrap_or(cell),
        )
    }

    /// Between quotes; two of them stand for one. What follows the last one belongs to the cell, too. A cell of several
    /// lines that has something there was not closed: its end is the beginning of another one.
    fn quoted(&mut self) -> Cow<'a, [u8]> {
        let begun = self.text.len();
        let mut cell = Vec::new();
        let mut rest = self.text.get(1..).unwrap_or_default();
        loop {
            let Some(end) = rest.iter().position(|it| *it == b'"') else {
                cell.extend_from_slice(rest);
                self.text = &[];
                self.unclosed.get_or_insert(begun);
                return Cow::Owned(cell);
            };
            cell.extend_from_slice(rest.get(..end).unwrap_or_default());
            rest = rest.get(end + 1..).unwrap_or_default();
            if rest.first() != Some(&b'"') {
                break;
            }
            cell.push(b'"');
            rest = rest.get(1..).unwrap_or_default();
        }
        self.text = rest;
        let after = self.bare();
        if cell.contains(&b'\n') && !after.trim_ascii().is_empty() {
            self.unclosed.get_or_insert(begun);
        }
        cell.extend_from_slice(&after);
        Cow::Owned(cell)
    }
}
