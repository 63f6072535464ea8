//! Receipts and dossiers as other programs read them: text, structure, attachment, and the check by hand.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::Command,
};

use ayeaye::{
    document::{
        dossier::{self, Checkpoint, Dossier, Keys, Person, Step},
        receipt::{self, Receipt},
    },
    domain::{Locale, Timestamp},
    i18n::lang,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::testing;

const MADE_AT: Timestamp = Timestamp::from_millis(1_768_473_100_000);

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("paper").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// What a program says; it must say that all is well.
fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let output =
        output.unwrap_or_else(|error| panic!("cannot run {program} ({error}): run tests/run prepare"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    said
}

/// The text of a PDF with every run of white space as one space.
fn text(file: &str, folder: &Path) -> String {
    let text = run("pdftotext", &["-layout", file, "-"], folder);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for it in wanted {
        let it = it.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&it), "{it:?} is not in: {text}");
    }
}

#[test]
fn a_receipt_says_everything_in_the_readers_language_and_carries_its_data() {
    let (controller, proofs) = (testing::controller(), testing::confirmation());
    let base_url = "https://consent.example.org";
    let receipt = Receipt { proofs: &proofs, controller: &controller, base_url, made_at: MADE_AT };
    for (locale, words) in [
        (Locale::En, ["Receipt R-7Q2M-K4XD", "Page 1 of 2", "with the link in the confirmation email"]),
        (Locale::Fr, ["Reçu R-7Q2M-K4XD", "Page 1 sur 2", "par le lien de l’e-mail de confirmation"]),
    ] {
        let folder = folder(&format!("receipt-{locale}"));
        fs::write(folder.join("receipt.pdf"), receipt::pdf(&receipt, lang(locale)).unwrap()).unwrap();
        run("qpdf", &["--check", "receipt.pdf"], &folder);
        let about = run("pdfinfo", &["receipt.pdf"], &folder);
        assert!(about.contains("Tagged:          yes") && about.contains("Pages:           2"), "{about}");
        let text = text("receipt.pdf", &folder);
        holds(&text, &words);
        holds(
            &text,
            &[
                "ada@example.org",
                "Acme SAS, 1 rue de la Paix, 75002 Paris",
                testing::SHOWN.lines().next().unwrap(),
                "Oui, envoyez-moi ces e-mails",
                "2026-01-15T10:29:55.118Z",
                "2026-01-15T10:31:07.042Z",
                "250 2.0.0 Ok: queued as 4F1A2",
                "https://consent.example.org/n/acme?v=2",
                "ayeaye verify R-7Q2M-K4XD.jsonld",
                &"c0".repeat(32),
            ],
        );
        run("pdfdetach", &["-saveall", "receipt.pdf"], &folder);
        let attached: Value =
            serde_json::from_slice(&fs::read(folder.join("R-7Q2M-K4XD.jsonld")).unwrap()).unwrap();
        assert_eq!(attached, receipt::json_ld(&receipt, lang(locale)));
    }
}

#[test]
fn what_was_typed_is_shown_even_where_it_hides() {
    let folder = folder("hostile");
    let (controller, mut proofs) = (testing::silent(), testing::withdrawal());
    proofs[0]["record"]["email"] = testing::hostile().into();
    let base_url = "https://consent.example.org";
    let receipt = Receipt { proofs: &proofs, controller: &controller, base_url, made_at: MADE_AT };
    fs::write(folder.join("receipt.pdf"), receipt::pdf(&receipt, lang(Locale::En)).unwrap()).unwrap();
    run("qpdf", &["--check", "receipt.pdf"], &folder);
    let text = text("receipt.pdf", &folder);
    holds(&text, &["[U+202E]evil[U+0000]", "[U+1F600]", "Characters that this document has no letters for"]);
    assert!(text.matches('W').count() >= 10_000);
}

/// SHA-256 of these parts, one after the other.
fn hash(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), Digest::chain_update).finalize().into()
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    hash(&[&[1], left, right])
}

/// Proof objects whose commitments and places are right: a tree of exactly these entries.
fn proved(mut proofs: Vec<Value>) -> Vec<Value> {
    let mut leaves = Vec::new();
    for proof in &mut proofs {
        let record = serde_json_canonicalizer::to_string(&proof["record"]).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&[0x5a; 32]).unwrap();
        mac.update(record.as_bytes());
        let entry =
            format!("{{\"c\":\"{}\",\"t\":\"evidence\",\"v\":1}}", hex::encode(mac.finalize().into_bytes()));
        leaves.push(hash(&[&[0], entry.as_bytes()]));
        proof["entry"] = entry.into();
    }
    let [a, b, c] = leaves.as_slice() else { panic!("three facts") };
    let root = node(&node(a, b), c);
    for (index, path) in [vec![*b, *c], vec![*a, *c], vec![node(a, b)]].into_iter().enumerate() {
        let path: String = path.iter().map(|it| STANDARD.encode(it) + "\n").collect();
        let note = format!("consent.example.org/log\n3\n{}\n\n— x AAAA\n", STANDARD.encode(root));
        proofs[index]["proof"] = format!("c2sp.org/tlog-proof@v1\nindex {index}\n{path}\n{note}").into();
    }
    proofs
}

/// A dossier of these facts, unpacked.
fn unpacked(name: &str, proofs: &[Value], locale: Locale) -> PathBuf {
    let folder = folder(name);
    let controller = testing::controller();
    let kind = |it: &'_ Value| it["record"]["type"].as_str().unwrap().to_owned();
    let kinds: Vec<String> = proofs.iter().map(kind).collect();
    let steps: Vec<Step<'_>> =
        proofs.iter().zip(&kinds).map(|(proof, kind)| Step { kind, at: MADE_AT, proof }).collect();
    let dossier = Dossier {
        asked_by: "CNIL, 26-0042",
        subject: "ada@example.org",
        without_erased: false,
        controller: &controller,
        base_url: "https://consent.example.org",
        since: None,
        until: None,
        made_at: MADE_AT,
        people: &[Person { contact: "con_01K9Z5B8QV", steps: &steps }],
        keys: Keys {
            log: &["consent.example.org/log+01020304+AAAA".to_owned()],
            witnesses: &[],
            threshold: 0,
        },
        checkpoints: &[Checkpoint { size: 3, note: "consent.example.org/log\n3\n" }],
    };
    let bytes = dossier::zip(&dossier, lang(locale)).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.extract(&folder).unwrap();
    folder
}

/// The program printed in VERIFY.txt.
fn script(folder: &Path) -> String {
    let mut text = String::new();
    fs::File::open(folder.join("VERIFY.txt")).unwrap().read_to_string(&mut text).unwrap();
    let (_, program) = text.split_once("\n    import ").expect("the program is in VERIFY.txt");
    format!("import {program}")
        .lines()
        .map(|it| it.strip_prefix("    ").unwrap_or(it).to_owned() + "\n")
        .collect()
}

#[test]
fn a_dossier_can_be_checked_by_hand_and_a_changed_one_is_found() {
    let whole = proved(testing::confirmation());
    let folder = unpacked("whole", &whole, Locale::Fr);
    fs::write(folder.join("check.py"), script(&folder)).unwrap();
    let said = run("python3", &["check.py"], &folder);
    assert_eq!(
        said.lines().filter(|it| it.contains(": ok: in consent.example.org/log, 3 entries")).count(),
        3,
        "{said}"
    );

    let mut changed = whole.clone();
    changed[0]["record"]["at"] = "2026-01-14T10:31:07.042Z".into();
    changed[1]["proof"] = changed[2]["proof"].clone();
    let folder = unpacked("changed", &changed, Locale::En);
    fs::write(folder.join("check.py"), script(&folder)).unwrap();
    let said = run("python3", &["check.py"], &folder);
    let verdicts: Vec<&str> = said.lines().map(|it| it.split_once(": ").unwrap().1).collect();
    assert_eq!(verdicts[0], "the record is not what was committed to");
    assert_eq!(verdicts[1], "the proof does not lead to the root");
    assert!(verdicts[2].starts_with("ok: "), "{said}");
}

#[test]
fn a_dossier_reads_as_a_story_with_the_words_as_they_were_shown() {
    let folder = unpacked("story", &proved(testing::confirmation()), Locale::En);
    run("qpdf", &["--check", "dossier.pdf"], &folder);
    let text = text("dossier.pdf", &folder);
    holds(
        &text,
        &[
            "Evidence of consents",
            "CNIL, 26-0042",
            "1. ada@example.org",
            "waiting for confirmation",
            "Oui, envoyez-moi ces e-mails",
            "<mai_01K9Z5B8QR@acme.example>",
            "203.0.113.0/24",
            "proofs/0003.json",
            "How to check this dossier",
            "consent.example.org/log+01020304+AAAA",
        ],
    );
}
