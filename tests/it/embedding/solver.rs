//! The script that counts for a form under attack, run by Node as a browser runs it.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Solves the challenge of each line of the input; a line of output for each.
const RUN: &str = r#"
import { readFileSync } from "node:fs";
const { solve } = await import("data:text/javascript," + encodeURIComponent(readFileSync(process.argv[1], "utf8")));
for (const line of readFileSync(0, "utf8").trim().split("\n"))
  console.log(await solve(line).catch((error) => "none: " + error.message));
"#;

/// What the script makes of these challenges.
fn solved(challenges: &[Value]) -> Vec<String> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/static/pow.js");
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", RUN, script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs it: apt-get install nodejs");
    let mut input = node.stdin.take().unwrap();
    for challenge in challenges {
        writeln!(input, "{challenge}").unwrap();
    }
    drop(input);
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn challenge(salt: &str, number: u64, most: u64) -> Value {
    let hash = hex::encode(Sha256::digest(format!("{salt}{number}")));
    json!({ "algorithm": "SHA-256", "challenge": hash, "maxnumber": most, "salt": salt, "signature": "5166" })
}

#[test]
fn it_finds_every_number_whatever_the_length_of_the_salt() {
    // SHA-256 pads differently from 55, 56, 63, 64, 119 and 120 bytes on.
    let challenges: Vec<Value> =
        (0..=130).map(|it| challenge(&"a".repeat(it), 1_000 + it as u64, 2_000)).collect();
    let found = solved(&challenges);
    assert_eq!(found.len(), challenges.len());
    for (challenge, answer) in challenges.iter().zip(found) {
        let answer: Value = serde_json::from_slice(&BASE64_STANDARD.decode(answer).unwrap()).unwrap();
        let mut wanted = challenge.clone();
        wanted.as_object_mut().unwrap().remove("maxnumber");
        let salt = challenge["salt"].as_str().unwrap();
        wanted["number"] = json!(1_000 + salt.len());
        assert_eq!(answer, wanted, "a salt of {} bytes", salt.len());
    }
}

#[test]
fn it_looks_at_all_the_numbers_there_are_and_no_further() {
    let found = solved(&[challenge("s&", 0, 0), challenge("s&", 300, 300), challenge("s&", 301, 300)]);
    let number = |at: usize| -> Value {
        let answer: Value = serde_json::from_slice(&BASE64_STANDARD.decode(&found[at]).unwrap()).unwrap();
        answer["number"].clone()
    };
    assert_eq!((number(0), number(1), found[2].as_str()), (json!(0), json!(300), "none: no number fits"));
}
