//! A cell of CSV (RFC 4180) that is safe in a spreadsheet, whichever separator that splits the line at: in French and
//! German they split at semicolons, also what has commas, and quotes inside a cell count for nothing then.

/// What a spreadsheet may end a cell at.
const ENDS: [u8; 5] = [b',', b';', b'\t', b'\r', b'\n'];

/// Writes a cell. An apostrophe stands before whatever would begin a formula, at its beginning or behind an end.
pub fn put(out: &mut Vec<u8>, cell: &[u8], separator: u8, is_formula: impl Fn(&[u8]) -> bool) {
    let is_special = |it: &u8| *it == separator || *it == b'"' || ENDS.contains(it);
    let quote: &[u8] = if cell.iter().any(is_special) { b"\"" } else { b"" };
    out.extend_from_slice(quote);
    for (at, part) in cell.split_inclusive(|it| ENDS.contains(it)).enumerate() {
        let begins_formula = if at == 0 { is_formula(cell) } else { is_formula(bare(part)) };
        if begins_formula {
            out.push(b'\'');
        }
        for byte in part {
            if *byte == b'"' {
                out.push(b'"');
            }
            out.push(*byte);
        }
    }
    out.extend_from_slice(quote);
}

/// A part without its end, and without the spaces and quotes before it.
fn bare(part: &[u8]) -> &[u8] {
    let part = match part.split_last() {
        Some((last, rest)) if ENDS.contains(last) => rest,
        Some(_) | None => part,
    };
    let begin = part.iter().position(|it| !matches!(it, b' ' | b'"')).unwrap_or(part.len());
    part.get(begin..).unwrap_or_default()
}
