//! `verify`: is this proof genuine? Needs no database, no configuration, no network; written for whoever is handed one.

mod check;

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use rustls::pki_types::{CertificateDer, pem::PemObject as _};

use super::{
    Stop,
    args::{Exit, Verify},
    file::unreadable,
    say, say_json,
};
use crate::{
    app::verify::{Limits, Report, Trust, verify},
    domain::Locale,
    i18n::{Lang, lang},
    tlog::note::{KeyKind, VerifierKey},
    web::public::verify::view::{ProofView, ResultView, StepView, moment, sentence},
};

/// How wide a verdict stands before its step.
const WIDTH: usize = 18;

/// What is said of a file in which there is nothing to check.
const NO_PROOF_FILE: &str = "THIS IS NO PROOF FILE\nNothing in it can be checked. Give the file of a proof as it was made \
                             (.proof.ndjson, .json or .zip), whole and unchanged.\n";

/// Checks the file and says what it proves.
pub(super) fn run(args: &Verify) -> Result<Exit, Stop> {
    let Verify { file, keys, witnesses, witness_threshold, tsa_ca, answer } = args;
    let trust = Trust {
        logs: parsed(keys, KeyKind::Ed25519, "--key")?,
        keys_of_the_file: keys.is_empty(),
        witnesses: parsed(witnesses, KeyKind::Cosignature, "--witness")?,
        threshold: *witness_threshold,
        roots: tsa_ca.as_deref().map(certificates).transpose()?.unwrap_or_default(),
    };
    let t = lang(Locale::En);
    let opened = open(file)?;
    let bytes = match opened {
        Opened::Check(found) => return Ok(say_check(t, &found(&trust.logs), answer.json)),
        Opened::Other(bytes) => bytes,
    };
    let report = verify(&bytes, &trust);
    if answer.json {
        say_json(&report.to_json(&|finding| sentence(t, finding)));
    } else {
        say(text(t, &report).trim_end());
    }
    Ok(if report.valid { Exit::Done } else { Exit::Failed })
}

fn parsed(keys: &[String], kind: KeyKind, flag: &str) -> Result<Vec<VerifierKey>, Stop> {
    let parse = |key: &String| match key.trim().parse::<VerifierKey>() {
        Ok(parsed) if parsed.kind() == kind => Ok(parsed),
        Ok(_) => Err(Stop::usage(format!("{flag} {key}: this is a key of another kind"))),
        Err(error) => Err(Stop::usage(format!("{flag} {key}: {error}"))),
    };
    keys.iter().map(parse).collect()
}

fn certificates(path: &Path) -> Result<Vec<Vec<u8>>, Stop> {
    let wrong = |why: &dyn std::fmt::Display| Stop::usage(format!("--tsa-ca {}: {why}", path.display()));
    let pem = std::fs::read(path)
        .map_err(|error| Stop::usage(format!("--tsa-ca: {}", unreadable(path, &error))))?;
    let found: Result<Vec<_>, _> =
        CertificateDer::pem_slice_iter(&pem).map(|it| it.map(|it| it.to_vec())).collect();
    let found = found.map_err(|error| wrong(&error))?;
    if found.is_empty() { Err(wrong(&"there is no certificate in it")) } else { Ok(found) }
}

/// Holds an answer against keys.
type Holding = dyn FnOnce(&[VerifierKey]) -> Result<check::Found, check::Unproven>;

/// A file, as far as it is known what it is.
enum Opened {
    /// An answer of the send gate, to be held against these keys.
    Check(Box<Holding>),
    /// Anything else: as much of it as shows that it is too large.
    Other(Vec<u8>),
}

fn open(path: &PathBuf) -> Result<Opened, Stop> {
    let wrong = |error: std::io::Error| Stop::usage(unreadable(path, &error));
    let mut file: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(BufReader::new(std::fs::File::open(path).map_err(wrong)?))
    };
    let mut bytes = Vec::new();
    file.by_ref().take(check::LINE_MAX).read_until(b'\n', &mut bytes).map_err(wrong)?;
    let is_line = bytes.ends_with(b"\n");
    if let Some(first) = check::Piece::read(&bytes).filter(|_| is_line) {
        return Ok(Opened::Check(Box::new(move |keys| {
            let mut reader = check::Reader::default();
            reader.take(first)?;
            reader.take_lines(file)?;
            reader.finish(keys)
        })));
    }
    let most = (Limits::FORMAT.file as u64 + 1).saturating_sub(bytes.len() as u64);
    file.take(most).read_to_end(&mut bytes).map_err(wrong)?;
    Ok(match check::Piece::read(&bytes) {
        Some(whole) => Opened::Check(Box::new(move |keys| {
            let mut reader = check::Reader::default();
            reader.take(whole)?;
            reader.finish(keys)
        })),
        None => Opened::Other(bytes),
    })
}

fn say_check(t: &Lang, found: &Result<check::Found, check::Unproven>, in_json: bool) -> Exit {
    if in_json {
        say_json(&check::to_json(found));
    } else {
        say(check::text(found, |it| moment(t, it)).trim_end());
    }
    if found.is_ok() { Exit::Done } else { Exit::Failed }
}

/// One block a proof: what was proven, then each step.
fn text(t: &Lang, report: &Report) -> String {
    let ResultView { outcome, why, holds: _, unread, proofs, more: _ } =
        ResultView::of(t, report, usize::MAX);
    let mut text = if unread.is_some() && proofs.is_empty() {
        NO_PROOF_FILE.to_owned()
    } else {
        format!("{}\n{why}\n", outcome.to_uppercase())
    };
    if let Some(unread) = &unread {
        text.push('\n');
        put_step(&mut text, unread);
    }
    for proof in &proofs {
        put_proof(&mut text, t, proof);
    }
    text
}

fn put_proof(text: &mut String, t: &Lang, proof: &ProofView) {
    let ProofView { title, name, unproven, claims, shown, steps } = proof;
    let _ = writeln!(text, "\n{} ({})", printable(title), printable(name));
    if let Some(line) = unproven {
        let _ = writeln!(text, "  {line}");
    }
    for (label, value) in claims {
        let _ = writeln!(text, "  {label:WIDTH$}{}", printable(value));
    }
    if let Some(shown) = shown {
        let _ = writeln!(text, "  {}:", t.get("verify-shown"));
        for line in shown.lines() {
            let _ = writeln!(text, "    | {}", printable(line));
        }
    }
    let _ = writeln!(text, "  {}:", t.get("verify-steps"));
    for step in steps {
        put_step(text, step);
    }
}

fn put_step(text: &mut String, step: &StepView) {
    let StepView { title, class: _, verdict, detail } = step;
    let _ = writeln!(text, "  {verdict:WIDTH$}{title}\n  {:WIDTH$}{}", "", printable(detail));
}

/// Text of a stranger for a terminal: nothing that moves the cursor, changes colours or the direction of writing.
fn printable(text: &str) -> String {
    let moves = |it: char| {
        it.is_control()
            || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|it| if moves(it) { '\u{fffd}' } else { it }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_cannot_write_to_the_terminal_what_it_likes() {
        assert_eq!(printable("é \u{1b}[2J\r\n\u{202e}x"), "é \u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}x");
    }
}
