//! What is said of a list that was checked.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Check, NO_ADDRESS, Outcome, answers::Told, files::Names};
use crate::{domain::Locale, i18n::lang, web::public::verify::view::moment};

/// A reason in plain words, after "so many".
fn reason(word: &str, count: usize) -> &str {
    let (one, many) = match word {
        NO_ADDRESS => ("holds no email address", "hold no email address"),
        "unknown" => ("never signed up here", "never signed up here"),
        "pending" => ("has not confirmed yet", "have not confirmed yet"),
        "withdrawn" => ("has left", "have left"),
        "refused" => ("said no", "said no"),
        "expired" => ("agreed too long ago", "agreed too long ago"),
        "paused" => {
            ("is taking a break; the file says until when", "are taking a break; the file says until when")
        }
        "suppressed" => ("must not be mailed at all", "must not be mailed at all"),
        "restricted" => ("had their data frozen", "had their data frozen"),
        "erased" => ("had their data erased", "had their data erased"),
        other => (other, other),
    };
    if count == 1 { one } else { many }
}

/// What somebody who looks after a list should know of it.
fn remarks(outcome: &Outcome) -> String {
    let Outcome { others, repeated, .. } = outcome;
    let mut text = match others.as_slice() {
        [] => String::new(),
        [only] => format!(
            "The column {only} holds addresses, too. They were not asked about; --column takes another column.\n"
        ),
        several => format!(
            "The columns {} hold addresses, too. They were not asked about; --column takes another column.\n",
            several.join(", ")
        ),
    };
    // Writing into a string cannot fail.
    let _ = match repeated {
        0 => Ok(()),
        1 => writeln!(text, "1 address stands in the list more than once; the files keep each of its rows."),
        _ => writeln!(
            text,
            "{} addresses stand in the list more than once; the files keep each of their rows.",
            grouped(*repeated)
        ),
    };
    if text.is_empty() { text } else { format!("\n{text}") }
}

/// The line of the proof for one row: nothing of the row but its number.
pub(super) fn proof_line(told: &Told) -> String {
    let Told { reference, line, .. } = told;
    format!("{}\n", json!({ "ref": reference, "line": line }))
}

/// A number as people write it.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The summary for people.
pub(super) fn text(args: &Check, outcome: &Outcome, names: &Names) -> String {
    let Outcome { sums, reasons, column, .. } = outcome;
    let denied = sums.count.saturating_sub(sums.allowed);
    let total = grouped(sums.count);
    let width = total.len();
    let (t, mut text) = (lang(Locale::En), String::new());
    // Writing into a string cannot fail.
    let rows = if sums.count == 1 { "row" } else { "rows" };
    let _ =
        writeln!(text, "{total} {rows}; the addresses are in the column {column}. For {}:\n", args.purpose);
    let _ =
        writeln!(text, "{:>width$}  may be mailed      {}", grouped(sums.allowed), names.allowed.display());
    let _ = writeln!(text, "{:>width$}  must not be mailed {}", grouped(denied), names.denied.display());
    let mut sorted: Vec<_> = reasons.iter().collect();
    sorted.sort_by(|left, right| right.1.cmp(left.1).then(left.0.cmp(right.0)));
    for (word, count) in sorted {
        let why = reason(word, *count);
        let _ = writeln!(text, "{:>width$}    {:>width$} {why} ({word})", "", grouped(*count));
    }
    text.push_str(&remarks(outcome));
    let _ =
        writeln!(text, "\nChecked {}. Mail before {};", moment(t, &sums.at), moment(t, &sums.valid_until));
    let _ = writeln!(text, "after that, check again: people may have left.");
    let proof = names.proof.display();
    let _ = writeln!(text, "The proof of this check ({}) is {proof}: `ayeaye verify {proof}`", sums.id);
    text
}

/// The summary for programs.
pub(super) fn json(args: &Check, outcome: &Outcome, names: &Names) -> Value {
    let Outcome { sums, reasons, column, others, repeated } = outcome;
    json!({
        "check": sums.id, "purpose": args.purpose, "campaign": args.campaign, "column": column,
        "other_columns": others, "repeated": repeated,
        "count": sums.count, "allowed": sums.allowed, "denied": sums.count.saturating_sub(sums.allowed),
        "reasons": reasons, "at": sums.at, "valid_until": sums.valid_until, "key": sums.proof.key,
        "files": {
            "allowed": names.allowed.display().to_string(), "denied": names.denied.display().to_string(),
            "proof": names.proof.display().to_string(),
        },
    })
}
