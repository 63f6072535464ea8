//! One change in each input of each step: that very step fails, with its own words, and every checker says so.

use ayeaye::app::verify::Verdict;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use super::{
    checkers::{self, Verdicts},
    log_key, sample,
};
use crate::support::{app::TestApp, browser::Setup, database::Db, process::Scratch};

/// What is changed, how, the step that must fail, and what it must say.
type Tampering = (&'static str, fn(&mut Value), &'static str, &'static str);

#[rustfmt::skip]
const TAMPERINGS: &[Tampering] = &[
    ("another format", |it| it["format"] = json!("ayeaye-proof/2"), "record", "verify-other-format"),
    ("a record that is a list", |it| it["record"] = json!([1]), "record", "verify-no-record"),
    ("no record", |it| remove(it, "record"), "record", "verify-no-record"),
    ("a letter of the address", |it| replace(&mut it["record"]["email"], "ada", "adb"), "commitment", "verify-other-record"),
    ("a second of the time", |it| replace(&mut it["record"]["at"], ":07.", ":08."), "commitment", "verify-other-record"),
    ("a letter of the text shown", |it| replace(&mut it["record"]["shown"], "monthly", "Monthly"), "commitment", "verify-other-record"),
    ("the state of a purpose", |it| it["record"]["purposes"][0]["state"] = json!("withdrawn"), "commitment", "verify-other-record"),
    ("a member of the record less", |it| remove(&mut it["record"], "notice"), "commitment", "verify-other-record"),
    ("a member of the record more", |it| it["record"]["grade"] = json!("person"), "commitment", "verify-other-record"),
    ("a number of the record", |it| it["record"]["purposes"][0]["wording"]["version"] = json!(4), "commitment", "verify-other-record"),
    ("a digit of the salt", |it| flip_hex(&mut it["salt"], 9), "commitment", "verify-other-record"),
    ("a shorter salt", |it| cut(&mut it["salt"], 62), "commitment", "verify-bad-salt"),
    ("a salt in capitals", |it| it["salt"] = json!(it["salt"].as_str().unwrap().to_uppercase()), "commitment", "verify-bad-salt"),
    ("no salt", |it| remove(it, "salt"), "commitment", "verify-bad-salt"),
    ("a digit of the entry", |it| flip_hex(&mut it["entry"], 20), "commitment", "verify-other-record"),
    ("an entry of another kind", |it| replace(&mut it["entry"], "evidence", "wording"), "commitment", "verify-bad-entry"),
    ("an entry of another version", |it| replace(&mut it["entry"], ":1}", ":2}"), "commitment", "verify-bad-entry"),
    ("a space in the entry", |it| replace(&mut it["entry"], ",\"v\"", ", \"v\""), "commitment", "verify-bad-entry"),
    ("an entry that is an object", |it| it["entry"] = json!({}), "commitment", "verify-bad-entry"),
    ("another position", |it| replace(&mut it["proof"], "index 271", "index 270"), "inclusion", "verify-other-root"),
    ("a position beyond the tree", |it| replace(&mut it["proof"], "index 271", "index 300"), "inclusion", "verify-other-root"),
    ("a position with a zero in front", |it| replace(&mut it["proof"], "index 271", "index 0271"), "inclusion", "verify-bad-proof"),
    ("a bit of a hash", |it| line(it, 3, |it| flip_base64(&it)), "inclusion", "verify-other-root"),
    ("a hash less", |it| lines(it, |it| { it.remove(3); }), "inclusion", "verify-other-root"),
    ("a hash more", |it| lines(it, |it| it.insert(3, it[3].clone())), "inclusion", "verify-other-root"),
    ("two hashes the other way round", |it| lines(it, |it| it.swap(2, 3)), "inclusion", "verify-other-root"),
    ("a hash that is none", |it| line(it, 3, |it| it.replace('=', "")), "inclusion", "verify-bad-proof"),
    ("65 hashes", |it| lines(it, |it| for _ in 0..65 { it.insert(3, it[3].clone()); }), "inclusion", "verify-bad-proof"),
    ("another first line", |it| replace(&mut it["proof"], "@v1", "@v2"), "inclusion", "verify-bad-proof"),
    ("a proof cut before its checkpoint", |it| { let at = it["proof"].as_str().unwrap().find("\n\n").unwrap(); cut(&mut it["proof"], at); }, "inclusion", "verify-bad-proof"),
    ("a proof that is a number", |it| it["proof"] = json!(1), "inclusion", "verify-bad-proof"),
    ("a bit of the root", |it| in_note(it, 2, |it| flip_base64(&it)), "inclusion", "verify-other-root"),
    ("another size", |it| in_note(it, 1, |_| "600".into()), "inclusion", "verify-other-root"),
    ("a size with a zero in front", |it| in_note(it, 1, |_| "0300".into()), "inclusion", "verify-bad-checkpoint"),
    ("a checkpoint without a root", |it| in_note(it, 2, |_| "AAAA".into()), "inclusion", "verify-bad-checkpoint"),
    ("a control character in the checkpoint", |it| in_note(it, 0, |it| it + "\t"), "inclusion", "verify-bad-checkpoint"),
    ("another log", |it| in_note(it, 0, |it| it + "2"), "checkpoint", "verify-other-log"),
    ("a line more in the checkpoint", |it| in_note(it, 2, |it| it + "\nmore"), "checkpoint", "verify-wrong-signature"),
    ("a bit of the signature", |it| in_note(it, 4, |it| flip_base64(&it)), "checkpoint", "verify-wrong-signature"),
    ("a bit of the time line", |it| in_note(it, 5, |it| flip_base64(&it)), "checkpoint", "verify-wrong-signature"),
    ("no signature of the log, but its time line", |it| note(it, |it| { it.remove(4); }), "checkpoint", "verify-not-signed"),
    ("no signature of the log", |it| note(it, |it| { it.drain(4..6); }), "checkpoint", "verify-not-signed"),
    ("a signature line without its dash", |it| in_note(it, 4, |it| it.replace('—', "-")), "checkpoint", "verify-bad-note"),
    ("a last line cut off", |it| { let end = it["proof"].as_str().unwrap().len() - 1; cut(&mut it["proof"], end); }, "checkpoint", "verify-bad-note"),
    ("a bit of the log's key", |it| flip_key(&mut it["keys"]["log"][0]), "checkpoint", "verify-bad-key"),
    ("no key of the log", |it| it["keys"]["log"] = json!([]), "checkpoint", "verify-other-log"),
    ("keys that are no list", |it| it["keys"]["log"] = json!("key"), "checkpoint", "verify-bad-key"),
    ("a bit of a cosignature", |it| in_note(it, 6, |it| flip_base64(&it)), "witnesses", "verify-wrong-witness"),
    ("a cosignature less", |it| note(it, |it| { it.remove(7); }), "witnesses", "verify-too-few-witnesses"),
    ("a cosignature under another name", |it| in_note(it, 6, |it| it.replace("w1", "w3")), "witnesses", "verify-too-few-witnesses"),
    ("a bit of a witness's key", |it| flip_key(&mut it["keys"]["witnesses"][1]), "witnesses", "verify-bad-witness"),
    ("more witnesses needed than there are", |it| it["keys"]["threshold"] = json!(3), "witnesses", "verify-too-few-witnesses"),
    ("a witness counted twice", |it| { let one = it["keys"]["witnesses"][0].clone(); it["keys"]["witnesses"] = json!([one, one]); }, "witnesses", "verify-too-few-witnesses"),
    ("witnesses needed and none named", |it| it["keys"]["witnesses"] = json!([]), "witnesses", "verify-too-few-witnesses"),
    ("a threshold that is a text", |it| it["keys"]["threshold"] = json!("2"), "witnesses", "verify-bad-threshold"),
    ("a threshold below zero", |it| it["keys"]["threshold"] = json!(-1), "witnesses", "verify-bad-threshold"),
    ("a bit of the imprint", |it| token(it, 0, |it| flip_at(it, &[0x05, 0x00, 0x04, 0x20], 8)), "timestamp", "verify-other-timestamp"),
    ("a digit of the time stamped", |it| token(it, 0, |it| flip_at(it, b"\x18\x0f2026", 6)), "timestamp", "verify-wrong-timestamp"),
    ("a bit of the stamp's RSA signature", |it| token(it, 0, |it| *it.last_mut().unwrap() ^= 1), "timestamp", "verify-wrong-timestamp"),
    ("a bit of the stamp's ECDSA signature", |it| token(it, 1, |it| *it.last_mut().unwrap() ^= 1), "timestamp", "verify-wrong-timestamp"),
    ("a bit of the authority's certificate", |it| token(it, 0, |it| flip_at(it, b"Sample rsa authority", 3)), "timestamp", "verify-wrong-timestamp"),
    ("a token cut short", |it| token(it, 1, |it| it.truncate(it.len() - 20)), "timestamp", "verify-bad-timestamp"),
    ("a token that is not base64", |it| it["timestamps"][0]["token"] = json!("?"), "timestamp", "verify-bad-timestamp"),
    ("a stamp that is a text", |it| it["timestamps"][1] = json!("token"), "timestamp", "verify-bad-timestamp"),
    ("stamps that are no list", |it| it["timestamps"] = json!(null), "timestamp", "verify-bad-timestamp"),
];

fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name).unwrap();
}

#[track_caller]
fn replace(value: &mut Value, from: &str, to: &str) {
    let text = value.as_str().unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    *value = json!(text.replace(from, to));
}

fn cut(value: &mut Value, at: usize) {
    *value = json!(value.as_str().unwrap().get(..at).unwrap());
}

fn flip_hex(value: &mut Value, at: usize) {
    let mut text: Vec<char> = value.as_str().unwrap().chars().collect();
    text[at] = if text[at] == '0' { '1' } else { '0' };
    *value = json!(text.into_iter().collect::<String>());
}

/// The last word of a line with its sixth-last byte changed.
fn flip_base64(line: &str) -> String {
    let (head, word) = line.split_at(line.rfind(' ').map_or(0, |it| it + 1));
    let mut bytes = BASE64_STANDARD.decode(word).unwrap();
    let at = bytes.len() - 6;
    bytes[at] ^= 1;
    format!("{head}{}", BASE64_STANDARD.encode(bytes))
}

fn flip_key(value: &mut Value) {
    let key = value.as_str().unwrap();
    let (head, _) = key.match_indices('+').nth(1).unwrap();
    let (head, word) = key.split_at(head + 1);
    *value = json!(format!("{head}{}", flip_base64(word)));
}

/// The lines of the proof text: header, index, hashes, an empty one, and the note.
fn lines(proof: &mut Value, change: impl FnOnce(&mut Vec<String>)) {
    let mut lines: Vec<String> = proof["proof"].as_str().unwrap().split('\n').map(str::to_owned).collect();
    change(&mut lines);
    proof["proof"] = json!(lines.join("\n"));
}

fn line(proof: &mut Value, at: usize, change: impl FnOnce(String) -> String) {
    lines(proof, |it| it[at] = change(it[at].clone()));
}

/// The lines of the note: origin, size, root, an empty one, then log, time line, two witnesses.
fn note(proof: &mut Value, change: impl FnOnce(&mut Vec<String>)) {
    lines(proof, |it| {
        let begins = it.iter().position(String::is_empty).unwrap() + 1;
        let mut note = it.split_off(begins);
        change(&mut note);
        it.append(&mut note);
    });
}

fn in_note(proof: &mut Value, at: usize, change: impl FnOnce(String) -> String) {
    note(proof, |it| it[at] = change(it[at].clone()));
}

fn token(proof: &mut Value, at: usize, change: impl FnOnce(&mut Vec<u8>)) {
    let token = &mut proof["timestamps"][at]["token"];
    let mut bytes = BASE64_STANDARD.decode(token.as_str().unwrap()).unwrap();
    change(&mut bytes);
    *token = json!(BASE64_STANDARD.encode(bytes));
}

/// Changes a bit `after` bytes into the first place where `mark` stands.
fn flip_at(bytes: &mut [u8], mark: &[u8], after: usize) {
    let at = bytes.windows(mark.len()).position(|it| it == mark).expect("the mark is in the token");
    bytes[at + after] ^= 1;
}

/// The first proof of the sample receipt, with both witnesses and two stamps.
fn whole() -> Value {
    let receipt: Value = serde_json::from_slice(&sample("receipt.json")).unwrap();
    receipt["proofs"][0].clone()
}

fn tampered(change: fn(&mut Value)) -> Vec<u8> {
    let mut proof = whole();
    change(&mut proof);
    assert_ne!(proof, whole(), "nothing was changed");
    proof.to_string().into_bytes()
}

/// What must come out when one step fails: what stands on it is not checked.
fn expected(failed: &str) -> Verdicts {
    let steps = ["record", "commitment", "leaf", "inclusion", "checkpoint", "witnesses", "timestamp"];
    let mut before = true;
    let verdict = |step: &str| {
        if step == failed {
            before = failed == "witnesses";
            return "failed";
        }
        if before { "ok" } else { "unchecked" }
    };
    let verdicts: Vec<&str> = steps.into_iter().map(verdict).collect();
    steps.into_iter().zip(verdicts).map(|(step, verdict)| (step.to_owned(), verdict.to_owned())).collect()
}

#[test]
fn the_step_whose_input_was_changed_fails_with_its_own_words() {
    assert!(checkers::report(whole().to_string().as_bytes()).valid);
    for (what, change, step, said) in TAMPERINGS {
        let file = tampered(*change);
        assert_eq!(checkers::core(&file), expected(step), "{what}");
        let report = checkers::report(&file);
        let failed = report.proofs[0].steps.iter().find(|it| it.verdict == Verdict::Failed).unwrap();
        assert_eq!(failed.detail.said.word(), *said, "{what}");
        assert!(!report.valid, "{what}");
    }
}

#[test]
fn the_independent_checker_finds_every_tampering_in_the_same_step() {
    let scratch = Scratch::new("verify");
    for (what, change, step, _) in TAMPERINGS {
        assert_eq!(checkers::stranger(scratch.path(), &tampered(*change)), expected(step), "{what}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_finds_every_tampering_in_the_same_step() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    let browser = Setup::new().open().await;
    browser.goto(&format!("{}/v", app.base())).await.unwrap();
    for (what, change, step, _) in TAMPERINGS {
        assert_eq!(checkers::browser(&browser, &tampered(*change)).await, expected(step), "{what}");
    }
}

#[test]
fn a_checkpoint_must_be_signed_by_the_key_that_the_checker_gives() {
    use ayeaye::app::verify::{Trust, verify};
    let other = "other.example.org/log";
    let key = ayeaye::tlog::note::SigningKey::new(other, [7; 32]).unwrap().verifier();
    let logs = |keys: Vec<_>| Trust { logs: keys, ..Trust::default() };
    let file = whole().to_string();
    assert!(verify(file.as_bytes(), &logs(vec![log_key().parse().unwrap()])).valid);
    assert!(!verify(file.as_bytes(), &logs(vec![key])).valid);
    // The file's own key does not help where the log has a known one.
    let name = "consent.example.org/log";
    let usurper = ayeaye::tlog::note::SigningKey::new(name, [7; 32]).unwrap().verifier();
    let trust = Trust { logs: vec![usurper], keys_of_the_file: true, ..Trust::default() };
    let report = verify(file.as_bytes(), &trust);
    assert_eq!(report.proofs[0].steps[4].detail.said.word(), "verify-not-signed");
}
