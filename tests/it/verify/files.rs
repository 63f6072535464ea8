//! Files that are no proof, or not whole: a verdict with the place, in every checker the same; never a panic.

use std::{
    fs,
    io::{Cursor, Write as _},
};

use ayeaye::app::verify::Worth;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    checkers::{self, Verdicts},
    path, sample,
};
use crate::support::{app::TestApp, browser::Setup, database::Db, process::Scratch};

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Writes `bytes` over the place `after` bytes behind the last `mark`.
fn patched(mut file: Vec<u8>, mark: &[u8], after: usize, bytes: &[u8]) -> Vec<u8> {
    let at = file.windows(mark.len()).rposition(|it| it == mark).unwrap() + after;
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

/// Four bytes inside the packed text of the second proof.
fn in_packed(mut file: Vec<u8>) -> Vec<u8> {
    let at = file.windows(16).position(|it| it == b"proofs/0002.json").unwrap() + 400;
    file[at..at + 4].copy_from_slice(&[0; 4]);
    file
}

/// A line of the central directory of a ZIP file begins so; the unpacked size stands at 24.
const DIRECTORY: &[u8] = b"PK\x01\x02";

/// Files that cannot be read at all, and what is said of them.
fn unreadable() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let (proof, dossier) = (sample("proof.json"), sample("dossier.zip"));
    let text = String::from_utf8(proof.clone()).unwrap();
    let with = |from: &str, to: &str| {
        assert!(text.contains(from));
        text.replacen(from, to, 1).into_bytes()
    };
    let deep = format!("{{\"format\":{}1{}}}", "[".repeat(64), "]".repeat(64));
    let twice = zip(&[("proofs/0001.json", &proof), ("proofs/0002.json", &proof)]);
    let name = twice.windows(4).position(|it| it == b"0002").unwrap();
    let mut twice = patched(twice, b"0002", 0, b"0001");
    twice[name..name + 4].copy_from_slice(b"0001");
    vec![
        ("nothing", vec![], "verify-not-json"),
        ("a picture", b"\x89PNG\r\n\x1a\n".to_vec(), "verify-not-json"),
        ("a proof cut short", proof[..900].to_vec(), "verify-not-json"),
        ("a mark before the text", [b"\xef\xbb\xbf", proof.as_slice()].concat(), "verify-not-json"),
        ("something after the text", [proof.as_slice(), b"x"].concat(), "verify-not-json"),
        (
            "half a letter",
            with("Zürich", "Z\u{fc}r").into_iter().filter(|it| *it != 0xbc).collect(),
            "verify-not-json",
        ),
        ("half a surrogate pair", with("Zürich", "\\ud800"), "verify-not-json"),
        ("a member twice", with("\"method\":", "\"email\": 1, \"method\":"), "verify-not-json"),
        ("a number too large", with("\"version\": 3", "\"version\": 1e999"), "verify-not-json"),
        (
            "a number no double carries",
            with("\"version\": 3", "\"version\": 9007199254740993"),
            "verify-not-json",
        ),
        ("not a number", with("\"version\": 3", "\"version\": NaN"), "verify-not-json"),
        ("65 levels", deep.into_bytes(), "verify-not-json"),
        ("a list", b"[]".to_vec(), "verify-foreign"),
        ("another object", b"{\"a\":1}".to_vec(), "verify-foreign"),
        ("proofs that are no list", b"{\"proofs\":{}}".to_vec(), "verify-foreign"),
        ("a receipt without proofs", b"{\"proofs\":[]}".to_vec(), "verify-no-proof"),
        ("the beginning of a dossier", dossier[..600].to_vec(), "verify-not-zip"),
        ("a dossier without its last byte", dossier[..dossier.len() - 1].to_vec(), "verify-not-zip"),
        ("a dossier without proofs", zip(&[("dossier.pdf", b"%PDF")]), "verify-no-proof"),
        ("two proofs of one name", twice, "verify-not-zip"),
        ("a byte of packed text", in_packed(dossier.clone()), "verify-not-zip"),
        (
            "a size that is a lie",
            patched(zip(&[("proofs/1.json", &proof)]), DIRECTORY, 24, &[9, 0, 0, 0]),
            "verify-not-zip",
        ),
        (
            "a bomb",
            patched(zip(&[("proofs/1.json", &proof)]), DIRECTORY, 24, &[0, 0, 0, 0x7f]),
            "verify-bomb",
        ),
        ("17 MiB", vec![b' '; 17 << 20], "verify-too-large"),
    ]
}

fn file_failed() -> Verdicts {
    vec![("file".to_owned(), "failed".to_owned())]
}

#[test]
fn a_file_that_is_no_proof_says_what_it_is_not() {
    for (what, file, said) in unreadable() {
        let report = checkers::report(&file);
        let unread = report.unread.unwrap_or_else(|| panic!("{what} was read"));
        assert_eq!(unread.said.word(), said, "{what}");
        assert!(!report.valid && report.proofs.is_empty(), "{what}");
        for (name, worth) in unread.values {
            let Worth::Number(at) = worth else { panic!("{what}: {name} is no number") };
            assert!(name == "mib" || at <= file.len() as u64, "{what}: byte {at} of {}", file.len());
        }
    }
}

#[test]
fn the_independent_checker_says_the_same_of_every_file() {
    let scratch = Scratch::new("verify");
    for (what, file, _) in unreadable() {
        assert_eq!(checkers::stranger(scratch.path(), &file), file_failed(), "{what}");
    }
    for name in ["proof.json", "receipt.json", "waiting.json", "dossier.zip"] {
        let file = sample(name);
        assert_eq!(checkers::stranger(scratch.path(), &file), checkers::core(&file), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_says_the_same_of_every_file() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    let browser = Setup::new().open().await;
    browser.goto(&format!("{}/v", app.base())).await.unwrap();
    // A file of 17 MiB is chosen in the form, not handed over by the driver.
    for (what, file, _) in unreadable().into_iter().filter(|it| it.1.len() < 1 << 20) {
        assert_eq!(checkers::browser(&browser, &file).await, file_failed(), "{what}");
    }
    for name in ["proof.json", "receipt.json", "waiting.json", "dossier.zip"] {
        let file = sample(name);
        assert_eq!(checkers::browser(&browser, &file).await, checkers::core(&file), "{name}");
    }
}

#[test]
fn the_independent_checker_is_short_enough_to_be_read() {
    let text = fs::read_to_string(path("verify.py")).unwrap();
    assert!(text.lines().count() < 200 && !text.contains("ayeaye verify"));
}

#[test]
fn a_proof_of_a_dossier_that_cannot_be_read_fails_alone() {
    let proof = sample("proof.json");
    let dossier =
        zip(&[("proofs/0001.json", &proof), ("proofs/0002.json", &proof[..40]), ("proofs/x/1.json", b"{")]);
    let report = checkers::report(&dossier);
    let valid: Vec<bool> = report.proofs.iter().map(ayeaye::app::verify::ProofReport::holds).collect();
    assert_eq!((valid, report.valid), (vec![true, false], false));
    let scratch = Scratch::new("verify");
    assert_eq!(checkers::stranger(scratch.path(), &dossier), checkers::core(&dossier));
}
