//! Whatever strangers may send: no input stops a parser, one value has one text, and no changed byte verifies.

use proptest::prelude::*;

use super::golden::{CHECKPOINT, PROOF_42, key, verify};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::merkle::{leaf_hash, verify_consistency, verify_inclusion};
use crate::tlog::note::{Note, Signature, VerifierKey};
use crate::tlog::proof::TlogProof;
use crate::tlog::tile::{self, TilePath};
use crate::tlog::witness::{Answer, parse_answer};
use crate::tlog::{Hash, jcs};

const PATHS: [&str; 3] = ["tile/0/x001/x234/067.p/8", "tile/entries/000.p/255", "tile/63/000"];
const JSON: &str = r#"{"a":[1,-2.5e-3,true,null,"\u20ac\n\ud83d\ude00"],"b":{"c":{},"d":[]},"é":"ü","n":12}"#;

/// Puts every text parser on the text; what is read is written as it was.
fn read(text: &str) {
    if let Ok(note) = Note::parse(text) {
        assert_eq!(note.to_string(), text);
        let _ = note.verify(&[key().verifier(), key().cosigner_verifier()]);
    }
    if let Ok(checkpoint) = Checkpoint::parse(text) {
        assert_eq!(checkpoint.to_string(), text);
    }
    if let Ok(proof) = TlogProof::parse(text) {
        assert_eq!(proof.to_string(), text);
    }
    if let Ok(path) = text.parse::<TilePath>() {
        assert_eq!(path.to_string(), text);
    }
    if let Ok(key) = text.parse::<VerifierKey>() {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(signature) = text.parse::<Signature>() {
        assert_eq!(signature.to_string(), text);
    }
    read_json(text);
}

/// What is let through means to an ordinary reader what it means here, and its canonical form is its own.
fn read_json(text: &str) {
    let Ok(value) = jcs::parse_strict(text, 64) else {
        return;
    };
    let form = jcs::canonical(&value).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(text).unwrap(), value);
    assert_eq!(jcs::canonical(&jcs::parse_strict(&form, 64).unwrap()).unwrap(), form);
}

fn read_bytes(bytes: &[u8]) {
    if let Ok(entries) = tile::parse_bundle(bytes) {
        assert_eq!(tile::bundle(&entries).unwrap(), bytes);
    }
    if let Ok(hashes) = tile::parse(bytes) {
        assert_eq!(tile::bytes(&hashes), bytes);
    }
    for (status, content_type) in [(200, ""), (409, "text/x.tlog.size"), (409, ""), (500, "")] {
        match parse_answer(status, content_type, bytes) {
            Answer::Cosignatures(lines) => assert_eq!(format!("{}\n", lines.join("\n")).as_bytes(), bytes),
            Answer::Conflict(size) => assert_eq!(format!("{size}\n").as_bytes(), bytes),
            Answer::Refused(_) => {}
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        read(text);
    }
}

/// One change of a valid input: a byte replaced, taken away, put in, or the rest cut off.
fn changed(original: &[u8], at: prop::sample::Index, how: u8, byte: u8) -> Vec<u8> {
    let (mut bytes, at) = (original.to_vec(), at.index(original.len()));
    match how % 4 {
        0 => bytes[at] = byte,
        1 => drop(bytes.remove(at)),
        2 => bytes.insert(at, byte),
        _ => bytes.truncate(at),
    }
    bytes
}

fn valid_inputs() -> Vec<Vec<u8>> {
    let mut inputs: Vec<Vec<u8>> = PATHS.iter().map(|it| it.as_bytes().to_vec()).collect();
    let text = CHECKPOINT.split_once("\n\n").unwrap().0;
    inputs.extend([CHECKPOINT, PROOF_42, JSON, &format!("{text}\n")].map(|it| it.as_bytes().to_vec()));
    inputs.push(format!("{}\n", CHECKPOINT.lines().last().unwrap()).into_bytes());
    inputs.push(b"1234\n".to_vec());
    inputs.push(key().verifier().to_string().into_bytes());
    inputs.push(tile::bundle(&["one", "two", "", "four"]).unwrap());
    inputs
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        read_bytes(&bytes);
    }

    #[test]
    fn any_text_is_answered(text in "\\PC*", lines in "(extra |index |old |— |tile/|[a-z0-9+/= ]|\n|\\{|\\}|\\[|\\]|\"|\\\\|,|:|[0-9.eE+-])*") {
        read(&text);
        read(&lines);
        read(&format!("c2sp.org/tlog-proof@v1\n{lines}"));
    }

    #[test]
    fn any_change_of_a_valid_input_is_answered(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u8>()), 1..4),
    ) {
        let inputs = valid_inputs();
        let mut bytes = inputs[which.index(inputs.len())].clone();
        for (at, how, byte) in changes {
            if !bytes.is_empty() {
                bytes = changed(&bytes, at, how, byte);
            }
        }
        read_bytes(&bytes);
    }

    #[test]
    fn any_proof_is_answered(
        numbers in any::<(u64, u64)>(),
        hashes in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let hashes: Vec<Hash> = hashes.into_iter().map(Hash::new).collect();
        let (some, other) = (leaf_hash(b""), leaf_hash(b"a"));
        prop_assert!(verify_inclusion(&some, numbers.0, numbers.1, &hashes, &other).is_err());
        prop_assert!(verify_consistency(numbers.0, numbers.1, &hashes, &some, &other).is_err());
    }

    #[test]
    fn what_is_written_is_read_again(
        origin in "[a-z/.]{1,40}",
        size in any::<u64>(),
        root in any::<[u8; 32]>(),
        extensions in prop::collection::vec("[^\\x00-\\x1f]{1,20}", 0..3),
        extra in prop::option::of(prop::collection::vec(any::<u8>(), 0..50)),
        time in 0..u64::MAX / 2,
    ) {
        let checkpoint = Checkpoint { origin, size, root: Hash::new(root), extensions };
        prop_assert_eq!(Checkpoint::parse(&checkpoint.to_string()).unwrap(), checkpoint.clone());
        let mut note = Note::new(checkpoint.to_string()).unwrap();
        note.sign(&key());
        note.cosign(&key(), time);
        let read = Note::parse(&note.to_string()).unwrap();
        prop_assert_eq!(&read, &note);
        let verified = read.verify(&[key().verifier(), key().cosigner_verifier()]).unwrap();
        prop_assert_eq!(verified.iter().map(|it| it.at).collect::<Vec<_>>(), vec![None, Some(time)]);
        let proof = TlogProof { extra, index: size, hashes: vec![checkpoint.root], checkpoint: note.to_string() };
        prop_assert_eq!(TlogProof::parse(&proof.to_string()).unwrap(), proof);
    }

    #[test]
    fn a_changed_proof_does_not_verify(at in any::<prop::sample::Index>(), how in any::<u8>(), byte in any::<u8>()) {
        let changed = changed(PROOF_42.as_bytes(), at, how, byte);
        prop_assume!(changed != PROOF_42.as_bytes());
        assert_nothing_verifies(&changed);
    }
}

/// A change may hide one of the two signatures (its name or id is another then), never keep both, and never
/// change what the remaining one says.
fn assert_nothing_verifies(changed: &[u8]) {
    let Ok(text) = std::str::from_utf8(changed) else {
        return;
    };
    let leaf = leaf_hash(b"entry 42");
    let (log, time) = (key().verifier(), key().cosigner_verifier());
    assert_ne!(verify(text, &leaf, &[log, time]), Some(2), "{text}");
    if let Ok(proof) = TlogProof::parse(text)
        && let Ok(note) = Note::parse(&proof.checkpoint)
        && note.verify(&[key().verifier()]).is_ok()
    {
        assert_eq!(note.text, Note::parse(CHECKPOINT).unwrap().text, "{text}");
    }
}

#[test]
fn no_flipped_bit_of_a_proof_verifies() {
    for at in 0..PROOF_42.len() {
        for bit in 0..8 {
            let mut bytes = PROOF_42.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            assert_nothing_verifies(&bytes);
        }
    }
}

#[test]
fn no_flipped_bit_of_a_note_with_one_signature_verifies() {
    let mut note = Note::new(Note::parse(CHECKPOINT).unwrap().text).unwrap();
    note.sign(&key());
    let text = note.to_string();
    for at in 0..text.len() {
        for bit in 0..8 {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let read = String::from_utf8(bytes).ok().and_then(|it| Note::parse(&it).ok());
            let verified = read.is_some_and(|it| it.verify(&[key().verifier()]).is_ok());
            assert!(!verified, "bit {bit} of byte {at}");
        }
    }
}
