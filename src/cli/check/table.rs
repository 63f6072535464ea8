//! A list as people keep it: CSV with commas, semicolons or tabs, with or without a heading, or one address a line.
//!
//! Cells are bytes, given back as they came, whatever their encoding. What would begin a formula in a spreadsheet is
//! written with an apostrophe before it.

use std::borrow::Cow;

use crate::domain::EmailAddress;

/// Rows looked at to find the column of the addresses.
const SAMPLE: usize = 200;
/// What separates cells, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// What a column of addresses is called, in lower case, letters alone.
const NAMES: [&str; 18] = [
    "email",
    "mail",
    "emailaddress",
    "mailaddress",
    "emailaddresses",
    "subscriberemail",
    "contactemail",
    "courriel",
    "adressemail",
    "adresseemail",
    "adressemél",
    "emailadresse",
    "mailadresse",
    "correo",
    "correoelectrónico",
    "indirizzoemail",
    "emailadres",
    "adresemail",
];
const MARK: &[u8] = b"\xef\xbb\xbf";

/// One row.
pub(super) type Row<'a> = Vec<Cow<'a, [u8]>>;

/// A list that was understood.
pub(super) struct Table<'a> {
    text: &'a [u8],
    delimiter: u8,
    /// The first row, when it names the columns.
    pub(super) heading: Option<Row<'a>>,
    /// Which column holds the addresses, from 0.
    pub(super) column: usize,
    has_mark: bool,
    line_end: &'static [u8],
}

impl<'a> Table<'a> {
    /// Understands a file. `wanted` is the column by name or number, when it was said.
    ///
    /// # Errors
    /// What is to be done about it, in words.
    pub(super) fn read(file: &'a [u8], wanted: Option<&str>) -> Result<Self, String> {
        if file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff") || file.contains(&0) {
            return Err("is no text in UTF-8. Save it as “CSV UTF-8” and try again".to_owned());
        }
        let text = file.strip_prefix(MARK).unwrap_or(file);
        let delimiter = delimiter(text);
        let sample: Vec<Row<'a>> = Rows { text, delimiter }.take(SAMPLE).collect();
        let Some(first) = sample.first() else { return Err("is empty".to_owned()) };
        let column = match wanted {
            Some(wanted) => named(first, wanted)?,
            None => found(&sample)?,
        };
        let is_heading = first.get(column).is_none_or(|it| address(it).is_none());
        if is_heading && sample.len() == 1 {
            return Err("holds no email address".to_owned());
        }
        let line_end: &[u8] = if text.windows(2).any(|it| it == b"\r\n") { b"\r\n" } else { b"\n" };
        let heading = is_heading.then(|| first.clone());
        Ok(Self { text, delimiter, heading, column, has_mark: text.len() != file.len(), line_end })
    }

    /// Every row below the heading that is not blank.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        let rows = Rows { text: self.text, delimiter: self.delimiter };
        rows.skip(usize::from(self.heading.is_some()))
    }

    /// What stands in the column of the addresses.
    pub(super) fn cell<'r>(&self, row: &'r Row<'a>) -> Cow<'r, str> {
        row.get(self.column).map_or(Cow::Borrowed(""), |it| String::from_utf8_lossy(it))
    }

    /// The column's name, or its number.
    pub(super) fn column_name(&self) -> String {
        let name = self.heading.as_ref().and_then(|it| it.get(self.column));
        name.map(|it| String::from_utf8_lossy(it).trim().to_owned())
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| format!("{}", self.column + 1))
    }

    /// The beginning of a file like this one: its mark and its heading with more columns.
    pub(super) fn begin(&self, more: &[&str]) -> Vec<u8> {
        let mut out = if self.has_mark { MARK.to_vec() } else { Vec::new() };
        if let Some(heading) = &self.heading {
            self.put(&mut out, heading, more);
        }
        out
    }

    /// Writes a row with more cells.
    pub(super) fn put(&self, out: &mut Vec<u8>, row: &Row<'_>, more: &[&str]) {
        let cells = row.iter().map(AsRef::as_ref).chain(more.iter().map(|it| it.as_bytes()));
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                out.push(self.delimiter);
            }
            put_cell(out, cell, self.delimiter);
        }
        out.extend_from_slice(self.line_end);
    }
}

/// The address in a cell, if it is one.
pub(super) fn address(cell: &[u8]) -> Option<EmailAddress> {
    EmailAddress::parse(std::str::from_utf8(cell).ok()?).ok()
}

/// What stands most often in the first line.
fn delimiter(text: &[u8]) -> u8 {
    let first = text.split(|it| *it == b'\n').find(|it| !it.trim_ascii().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [0_usize; DELIMITERS.len()];
    for byte in first {
        quoted ^= *byte == b'"';
        let place = DELIMITERS.iter().position(|it| it == byte && !quoted);
        if let Some(count) = place.and_then(|it| counts.get_mut(it)) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    DELIMITERS.into_iter().zip(counts).find(|it| it.1 == most && most > 0).map_or(b',', |it| it.0)
}

/// Letters alone, in lower case.
fn plain(name: &[u8]) -> String {
    String::from_utf8_lossy(name)
        .chars()
        .filter(|it| it.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect()
}

fn named(first: &Row<'_>, wanted: &str) -> Result<usize, String> {
    let same = |it: &Cow<'_, [u8]>| {
        String::from_utf8_lossy(it).trim().to_lowercase() == wanted.trim().to_lowercase()
    };
    let by_name = first.iter().position(same);
    let by_number =
        wanted.parse::<usize>().ok().and_then(|it| it.checked_sub(1)).filter(|it| *it < first.len());
    by_name.or(by_number).ok_or_else(|| format!("has no column “{wanted}”. {}", columns(first)))
}

fn columns(first: &Row<'_>) -> String {
    let names: Vec<String> = (1..)
        .zip(first)
        .map(|(number, it)| format!("{number} “{}”", String::from_utf8_lossy(it).trim()))
        .collect();
    format!("Its columns are {}", names.join(", "))
}

/// The column with the addresses: the one that is called so, or the one that holds the most.
fn found(sample: &[Row<'_>]) -> Result<usize, String> {
    let width = sample.iter().map(Vec::len).max().unwrap_or_default();
    let held = |column: usize| {
        sample.iter().filter(|row| row.get(column).is_some_and(|it| address(it).is_some())).count()
    };
    let holding: Vec<(usize, usize)> = (0..width).map(|it| (it, held(it))).filter(|it| it.1 > 0).collect();
    let first = sample.first().map(Vec::as_slice).unwrap_or_default();
    let is_called_so =
        |column: usize| first.get(column).is_some_and(|it| NAMES.contains(&plain(it).as_str()));
    let called: Vec<usize> = holding.iter().map(|it| it.0).filter(|it| is_called_so(*it)).collect();
    if let [only] = called.as_slice() {
        return Ok(*only);
    }
    let most = holding.iter().map(|it| it.1).max().unwrap_or_default();
    let fullest: Vec<usize> = holding.iter().filter(|it| it.1 == most).map(|it| it.0).collect();
    match fullest.as_slice() {
        [] => Err("holds no email address".to_owned()),
        [only] if called.is_empty() => Ok(*only),
        _ => {
            let heading = first.to_vec();
            Err(format!(
                "has more than one column of addresses. Say which with --column. {}",
                columns(&heading)
            ))
        }
    }
}

/// The rows of a text (RFC 4180, and what spreadsheets make of it). Blank ones are left out.
struct Rows<'a> {
    text: &'a [u8],
    delimiter: u8,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        while !self.text.is_empty() {
            let row = self.row();
            if row.iter().any(|it| !it.trim_ascii().is_empty()) {
                return Some(row);
            }
        }
        None
    }
}

impl<'a> Rows<'a> {
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

    /// Between quotes; two of them stand for one. What follows the last one belongs to the cell, too.
    fn quoted(&mut self) -> Cow<'a, [u8]> {
        let mut cell = Vec::new();
        let mut rest = self.text.get(1..).unwrap_or_default();
        loop {
            let Some(end) = rest.iter().position(|it| *it == b'"') else {
                cell.extend_from_slice(rest);
                self.text = &[];
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
        cell.extend_from_slice(&self.bare());
        Cow::Owned(cell)
    }
}

/// Whether a spreadsheet would take a cell for a formula. A plain number, as of a telephone, computes nothing.
fn begins_formula(cell: &[u8]) -> bool {
    let starts = matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'));
    let is_number = |rest: &[u8]| rest.iter().all(|it| it.is_ascii_digit() || b" .,()".contains(it));
    let signed = matches!(cell.first(), Some(b'+' | b'-')) && cell.get(1..).is_some_and(is_number);
    starts && !signed
}

fn put_cell(out: &mut Vec<u8>, cell: &[u8], delimiter: u8) {
    let guarded = begins_formula(cell);
    let special = |it: &u8| *it == delimiter || matches!(it, b'"' | b'\n' | b'\r');
    if !cell.iter().any(special) {
        if guarded {
            out.push(b'\'');
        }
        out.extend_from_slice(cell);
        return;
    }
    out.push(b'"');
    if guarded {
        out.push(b'\'');
    }
    for byte in cell {
        if *byte == b'"' {
            out.push(b'"');
        }
        out.push(*byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests;
