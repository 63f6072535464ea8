//! The dossier as a ZIP file: the readable part, one proof object a file, keys, signed states of the log, and how
//! to check it all. The same facts give the same bytes: files stand in one order and carry the time the dossier
//! was made. Names are numbers of ours, never something that was typed.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    DocumentError,
    dossier::{self, Checkpoint, Dossier},
};
use crate::{domain::Timestamp, i18n::Lang};

/// Checks commitments and places with what comes with Python. Records hold no fractions, so that sorted members
/// and plain integers are their canonical form.
const SCRIPT: &str = include_str!("check.py");

/// The name of the `number`-th proof.
pub(super) fn proof_file(number: usize) -> String {
    format!("proofs/{number:04}.json")
}

/// The name of the signed state of this size.
pub(super) fn checkpoint_file(size: u64) -> String {
    format!("checkpoints/{size}.txt")
}

/// The whole dossier as a ZIP file: `dossier.pdf`, `VERIFY.txt`, `keys.txt`, `checkpoints/`, `proofs/`. Erased
/// records have no proof: nothing is left to prove.
///
/// # Errors
/// The typesetter or the archive refused.
pub fn zip(dossier: &Dossier<'_>, lang: &Lang) -> Result<Vec<u8>, DocumentError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(file_time(dossier.made_at))
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), DocumentError> {
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
        Ok(())
    };
    add("dossier.pdf", &dossier::pdf(dossier, lang)?)?;
    add("VERIFY.txt", verify_text(dossier, lang).as_bytes())?;
    add("keys.txt", keys(dossier).as_bytes())?;
    let mut known: Vec<u64> = Vec::new();
    for Checkpoint { size, note } in dossier.checkpoints {
        if !known.contains(size) {
            known.push(*size);
            add(&checkpoint_file(*size), note.as_bytes())?;
        }
    }
    let steps = dossier.people.iter().flat_map(|it| it.steps).filter(|it| !it.is_erased());
    for (number, step) in (1..).zip(steps) {
        add(&proof_file(number), &serde_json::to_vec_pretty(step.proof).map_err(std::io::Error::from)?)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// The vkeys, one a line.
fn keys(dossier: &Dossier<'_>) -> String {
    let keys = dossier.keys.log.iter().chain(dossier.keys.witnesses);
    keys.fold(String::new(), |text, key| text + key + "\n")
}

/// How to check the dossier, as plain text.
fn verify_text(dossier: &Dossier<'_>, lang: &Lang) -> String {
    let heading = |key: &'static str| {
        let title = lang.get(key);
        format!("{title}\n{}\n\n", "-".repeat(title.chars().count()))
    };
    let paragraph = |key: &'static str| format!("{}\n\n", filled(&lang.get(key), 0));
    let point = |key: &'static str| format!("  {}\n", filled(&lang.get(key), 2));
    let mut parts = vec![
        heading("doc-verify-title"),
        paragraph("doc-dossier-check-lead"),
        heading("doc-verify-files"),
        point("doc-verify-file-pdf"),
        point("doc-verify-file-proofs"),
        point("doc-verify-file-keys"),
        point("doc-verify-file-checkpoints"),
        "\n".to_owned(),
        heading("doc-verify-command"),
        paragraph("doc-verify-command-text"),
        "    ayeaye verify dossier.zip\n\n".to_owned(),
        heading("doc-verify-hand"),
    ];
    let by_hand = dossier::check_steps(dossier, lang).into_iter().skip(1);
    parts.extend((1..).zip(by_hand).map(|(number, step)| format!("{number}. {}\n\n", filled(&step, 3))));
    parts.push(heading("doc-dossier-keys"));
    for (name, keys) in
        [("doc-dossier-key-log", dossier.keys.log), ("doc-dossier-key-witness", dossier.keys.witnesses)]
    {
        for key in keys {
            let named = [("name", lang.get(name).into_owned().into()), ("key", key.as_str().into())];
            parts.push(format!("  {}\n", lang.with("doc-verify-key", &named)));
        }
    }
    parts.push(format!("\n{}", paragraph("doc-verify-script")));
    parts
        .extend(SCRIPT.lines().map(|it| if it.is_empty() { "\n".to_owned() } else { format!("    {it}\n") }));
    parts.concat()
}

/// A text in lines of at most 90 characters, those after the first indented.
fn filled(text: &str, indent: usize) -> String {
    let (mut lines, mut used) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > 90 - indent {
            lines.push('\n');
            lines.push_str(&" ".repeat(indent));
            used = 0;
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines
}

/// The time in the ZIP file: UTC, even seconds, 1980 to 2107.
fn file_time(at: Timestamp) -> DateTime {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let at = at.to_zoned(jiff::tz::TimeZone::UTC);
    let part = |it: i8| it.unsigned_abs();
    let (year, month, day) = (at.year().unsigned_abs(), part(at.month()), part(at.day()));
    DateTime::from_date_and_time(year, month, day, part(at.hour()), part(at.minute()), part(at.second()))
        .unwrap_or_default()
}
