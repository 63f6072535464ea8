//! A list as people keep it: CSV with commas, semicolons or tabs, with or without a heading, or one address a line.
//!
//! Cells are bytes, given back as they came, whatever their encoding. What would begin a formula in a spreadsheet is
//! written with an apostrophe before it.

mod rows;

use std::borrow::Cow;

use self::rows::Rows;
use crate::domain::{EmailAddress, csv};

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
/// What is said of a list without any address.
const NO_ADDRESSES: &str = "holds no email address. Look whether it is the right file: each person needs one, such as \
                            ada@example.org, in a column of its own";
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
    /// What other columns with addresses are called, when it was not said which to take.
    pub(super) others: Vec<String>,
    /// How many cells a row has.
    width: usize,
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
        let has_mark = text.len() != file.len();
        let (delimiter, text) = separator(text).unwrap_or_else(|| (delimiter(text), text));
        let Shape { first, count, widest, longer, held } = Shape::of(file, text, delimiter)?;
        let column = match wanted {
            Some(wanted) => named(&first, wanted)?,
            None => found(&first, &held)?,
        };
        let is_heading = first.get(column).is_none_or(|it| address(it).is_none());
        if is_heading && count == 1 {
            return Err(NO_ADDRESSES.to_owned());
        }
        if let Some(line) = longer.filter(|_| is_heading) {
            return Err(format!(
                "has more cells on line {line} than its heading has names. Put a cell that holds a separator between \
                 quotes, or name every column"
            ));
        }
        let width = if is_heading { first.len() } else { widest };
        let line_end: &[u8] = if text.windows(2).any(|it| it == b"\r\n") { b"\r\n" } else { b"\n" };
        let heading = is_heading.then_some(first);
        let others = Vec::new();
        let mut table = Self { text, delimiter, heading, column, others, width, has_mark, line_end };
        if wanted.is_none() {
            let others = (0..).zip(&held).filter(|(at, held)| *at != column && **held > 0);
            table.others = others.map(|(at, _)| table.name(at)).collect();
        }
        Ok(table)
    }

    /// Every row below the heading that is not blank.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'a>> {
        Rows::new(self.text, self.delimiter).skip(usize::from(self.heading.is_some()))
    }

    /// What stands in the column of the addresses.
    pub(super) fn cell<'r>(&self, row: &'r Row<'a>) -> Cow<'r, str> {
        row.get(self.column).map_or(Cow::Borrowed(""), |it| String::from_utf8_lossy(it))
    }

    /// The column's name, or its number.
    pub(super) fn column_name(&self) -> String {
        self.name(self.column)
    }

    fn name(&self, column: usize) -> String {
        let name = self.heading.as_ref().and_then(|it| it.get(column));
        name.map(|it| String::from_utf8_lossy(it).trim().to_owned())
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| format!("{}", column + 1))
    }

    /// The beginning of a file like this one: its mark and its heading with more columns.
    pub(super) fn begin(&self, more: &[&str]) -> Vec<u8> {
        let mut out = if self.has_mark { MARK.to_vec() } else { Vec::new() };
        if let Some(heading) = &self.heading {
            self.put(&mut out, heading, more);
        }
        out
    }

    /// Writes a row with more cells, which stand under their names however long the row is.
    pub(super) fn put(&self, out: &mut Vec<u8>, row: &Row<'_>, more: &[&str]) {
        let (most, missing) = match more {
            [] => (row.len(), 0),
            _ => (self.width, self.width.saturating_sub(row.len())),
        };
        let own = row.iter().take(most).map(AsRef::as_ref).chain(std::iter::repeat_n(&b""[..], missing));
        let cells = own.chain(more.iter().map(|it| it.as_bytes()));
        for (at, cell) in cells.enumerate() {
            if at > 0 {
                out.push(self.delimiter);
            }
            csv::put(out, cell, self.delimiter, begins_formula);
        }
        out.extend_from_slice(self.line_end);
    }
}

/// The address in a cell, if it is one.
pub(super) fn address(cell: &[u8]) -> Option<EmailAddress> {
    EmailAddress::parse(std::str::from_utf8(cell).ok()?).ok()
}

/// What there is in a list, all of it.
#[derive(Default)]
struct Shape<'a> {
    first: Row<'a>,
    count: usize,
    /// The most cells of a row.
    widest: usize,
    /// The first line with more cells than the first row, when they are not blank.
    longer: Option<usize>,
    /// How many addresses each column holds.
    held: Vec<usize>,
}

impl<'a> Shape<'a> {
    fn of(file: &[u8], text: &'a [u8], delimiter: u8) -> Result<Self, String> {
        // The text is the end of the file.
        let line = |left: usize| {
            let before = file.len().saturating_sub(left);
            file.iter().take(before).filter(|it| **it == b'\n').count() + 1
        };
        let mut shape = Self::default();
        let mut rows = Rows::new(text, delimiter);
        while let Some(row) = rows.next() {
            if let Some(left) = rows.unclosed {
                let line = line(left);
                return Err(format!(
                    "opens a quote on line {line} that is not closed there. Close it or remove it"
                ));
            }
            if shape.count == 0 {
                shape.first.clone_from(&row);
            }
            let filled = row.iter().rposition(|it| !it.trim_ascii().is_empty()).map_or(0, |it| it + 1);
            if filled > shape.first.len() && shape.longer.is_none() {
                shape.longer = Some(line(rows.begun));
            }
            shape.take(&row);
        }
        if shape.count == 0 { Err("is empty".to_owned()) } else { Ok(shape) }
    }

    fn take(&mut self, row: &Row<'_>) {
        self.count += 1;
        self.widest = self.widest.max(row.len());
        self.held.resize(self.widest, 0);
        for (held, cell) in self.held.iter_mut().zip(row) {
            *held += usize::from(cell.contains(&b'@') && address(cell).is_some());
        }
    }
}

/// The separator that Excel is told on a first line of its own, `sep=;`, and what follows that line.
fn separator(text: &[u8]) -> Option<(u8, &[u8])> {
    let end = text.iter().position(|it| *it == b'\n').unwrap_or(text.len());
    let (line, rest) = text.split_at_checked(end)?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let line = line.strip_prefix(b"\"").and_then(|it| it.strip_suffix(b"\"")).unwrap_or(line);
    let (name, said) = line.split_at_checked(4)?;
    let (separator, more) = said.split_first()?;
    // A program that reads the line as cells writes it with more separators.
    let is_said = name.eq_ignore_ascii_case(b"sep=") && more.iter().all(|it| it == separator);
    let can_be = *separator == b'\t' || (separator.is_ascii_punctuation() && *separator != b'"');
    (is_said && can_be).then(|| (*separator, rest.strip_prefix(b"\n").unwrap_or(rest)))
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

/// The column with the addresses: the one that is called so, or the only one that holds any.
fn found(first: &Row<'_>, held: &[usize]) -> Result<usize, String> {
    let holding: Vec<usize> = (0..).zip(held).filter(|it| *it.1 > 0).map(|it| it.0).collect();
    let is_called_so =
        |column: usize| first.get(column).is_some_and(|it| NAMES.contains(&plain(it).as_str()));
    let called: Vec<usize> = holding.iter().copied().filter(|it| is_called_so(*it)).collect();
    match (holding.as_slice(), called.as_slice()) {
        ([], _) => Err(NO_ADDRESSES.to_owned()),
        (_, [only]) | ([only], _) => Ok(*only),
        _ => {
            Err(format!("has more than one column of addresses. Say which with --column. {}", columns(first)))
        }
    }
}

/// Whether a spreadsheet would take a cell for a formula. A plain number, as of a telephone, computes nothing.
fn begins_formula(cell: &[u8]) -> bool {
    let starts = matches!(cell.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'));
    let is_number = |rest: &[u8]| rest.iter().all(|it| it.is_ascii_digit() || b" .,()".contains(it));
    let signed = matches!(cell.first(), Some(b'+' | b'-')) && cell.get(1..).is_some_and(is_number);
    starts && !signed
}

#[cfg(test)]
mod tests;
