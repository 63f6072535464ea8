//! `ayeaye verify`, in an empty folder: no settings, no data directory, no database.

use std::fs;

use serde_json::Value;

use super::home::{Home, Ran};
use crate::verify::{log_key, path, sample};

fn verify(home: &Home, name: &str, more: &[&str]) -> Ran {
    let file = path("samples").join(name);
    home.run(&[&["verify", file.to_str().unwrap()], more].concat())
}

#[test]
fn a_receipt_is_checked_where_nothing_else_is() {
    let home = Home::new();
    let answer = verify(&home, "receipt.json", &[]);
    answer.assert_code(0);
    for words in [
        "THE PROOF HOLDS",
        "Consent given and confirmed (proofs[0])",
        "Sign-up requested (proofs[1])",
        "ada271@example.org",
        "| Yes, sign me up",
        "with the key that came with the file",
        "Known witnesses that signed: 2. Needed: 2.",
    ] {
        assert!(answer.out.contains(words), "“{words}” is not in {}", answer.out);
    }
    assert_eq!(fs::read_dir(home.path(".")).unwrap().count(), 0, "something was left behind");
}

#[test]
fn the_keys_and_authorities_that_are_given_count() {
    let home = Home::new();
    let (key, keys) = (log_key(), String::from_utf8(sample("keys.txt")).unwrap());
    let witness = keys.lines().nth(1).unwrap();
    let roots = path("samples").join("roots.pem");
    let given = ["--key", &key, "--witness", witness, "--tsa-ca", roots.to_str().unwrap()];
    let answer = verify(&home, "dossier.zip", &given);
    answer.assert_code(0);
    for words in ["with the key known here", "signed: 1. Needed: 1.", "descends from a certificate you gave"]
    {
        assert_eq!(answer.out.matches(words).count(), 3, "{words}: {}", answer.out);
    }
    let answer = verify(&home, "dossier.zip", &["--witness", witness, "--witness-threshold", "2"]);
    answer.assert_code(1);
    assert!(answer.out.contains("signed: 1. Needed: 2."), "{}", answer.out);
    verify(&home, "dossier.zip", &["--key", witness]).assert_refused(2, &["--key", "another kind"]);
    verify(&home, "dossier.zip", &["--key", "nonsense"]).assert_refused(2, &["--key nonsense"]);
    verify(&home, "dossier.zip", &["--tsa-ca", "nowhere.pem"])
        .assert_refused(2, &["--tsa-ca: there is no file nowhere.pem"]);
    home.write("empty.pem", "");
    verify(&home, "dossier.zip", &["--tsa-ca", "empty.pem"]).assert_refused(2, &["no certificate in it"]);
}

#[test]
fn a_file_that_does_not_hold_says_where_and_ends_with_1() {
    let home = Home::new();
    let text = String::from_utf8(sample("proof.json")).unwrap();
    let answer = home.run_with(&["verify", "-"], &text.replace("ada271@", "eve271@"));
    answer.assert_code(1);
    assert!(answer.out.contains("THE PROOF DOES NOT HOLD") && answer.out.contains("made of another record"));
    let (begin, _) = text.split_once(" \"email\"").unwrap();
    let answer = home.run_with(&["verify", "-", "--json"], begin);
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!((answer.code, &report["file"]["finding"]), (1, &Value::from("not-json")));
    assert_eq!(report["file"]["at"], begin.len());
    let answer = home.run_with(&["verify", "-"], "email,reason\nada@example.org,unknown\n");
    assert!(answer.out.starts_with("THIS IS NO PROOF FILE"), "{}", answer.assert_code(1).out);
    let answer = verify(&home, "waiting.json", &[]);
    assert!(answer.out.starts_with("THE CHECK IS NOT COMPLETE"), "{}", answer.assert_code(1).out);
    home.run(&["verify", "nowhere.json"]).assert_refused(2, &["there is no file nowhere.json"]);
}
