//! The published vectors, where the folder with them stands beside the repository. Without it these tests
//! assert nothing; the essentials are typed in beside each module.

use std::fs;
use std::path::PathBuf;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;

use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::merkle::{empty_root, leaf_hash, verify_consistency, verify_inclusion};
use crate::tlog::note::{KeyKind, Note, NoteFault, Signature, SigningKey, VerifierKey, cosign, sign};
use crate::tlog::proof::TlogProof;
use crate::tlog::tile::{self, TileId, TilePath, width_at};
use crate::tlog::tree::{self, Tiles};
use crate::tlog::{Hash, jcs, sha256, strict};

/// The file of this path among the vectors, if there are any.
pub(super) fn file(path: &str) -> Option<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors");
    folder.is_dir().then(|| fs::read(folder.join(path)).unwrap())
}

fn json(path: &str) -> Option<Value> {
    file(path).map(|it| serde_json::from_slice(&it).unwrap())
}

fn all(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(text(value)).unwrap()
}

fn hash(value: &Value) -> Hash {
    Hash::from_hex(text(value)).unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    all(value).iter().map(hash).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn key(value: &Value) -> VerifierKey {
    text(value).parse().unwrap()
}

/// A key as the Go library writes it: `PRIVATE+KEY+name+id+base64(0x01 ‖ seed)`.
fn signing_key(value: &Value) -> SigningKey {
    let mut parts = text(value).strip_prefix("PRIVATE+KEY+").unwrap().splitn(3, '+');
    let (name, seed) = (parts.next().unwrap(), parts.nth(1).unwrap());
    SigningKey::new(name, strict::base64(seed).unwrap()[1..].try_into().unwrap()).unwrap()
}

#[test]
fn the_reference_tree() {
    let Some(vectors) = json("merkle/rfc6962_reference_tree.json") else {
        return;
    };
    let leaves: Vec<Hash> = all(&vectors["leaf_inputs_hex"]).iter().map(|it| leaf_hash(&bytes(it))).collect();
    assert_eq!(leaves, hashes(&vectors["node_hashes"]["level0"]));
    assert_eq!(empty_root(), hash(&vectors["hasher"]["empty_root"]));
    assert_eq!(leaf_hash(b"L123456"), hash(&vectors["hasher"]["leaf_of_ascii_L123456"]));
    let mut tiles = Tiles::new();
    tree::append(0, &mut tiles, &leaves).unwrap();
    for (size, root) in (0..).zip(hashes(&vectors["root_by_size"])) {
        assert_eq!(tree::root(size, &tiles), Ok(root));
    }
    let inclusions = all(&vectors["inclusion_proofs"]);
    for it in inclusions {
        let (index, size, proof) =
            (number(&it["leaf_index"]), number(&it["tree_size"]), hashes(&it["proof"]));
        assert_eq!(tree::inclusion_proof(index, size, &tiles), Ok(proof.clone()));
        assert_eq!(
            verify_inclusion(&hash(&it["leaf_hash"]), index, size, &proof, &hash(&it["root"])),
            Ok(())
        );
    }
    let consistencies = all(&vectors["consistency_proofs"]);
    for it in consistencies {
        let (old, new, proof) = (number(&it["size1"]), number(&it["size2"]), hashes(&it["proof"]));
        assert_eq!(tree::consistency_proof(old, new, &tiles), Ok(proof.clone()));
        assert_eq!(verify_consistency(old, new, &proof, &hash(&it["root1"]), &hash(&it["root2"])), Ok(()));
    }
    assert_eq!((inclusions.len(), consistencies.len()), (36, 36));
}

/// Hashes in base64. Some probes hold other bytes, which no hash here can be: their own hash stands for them,
/// equal where they are equal.
fn probe_hash(value: &Value) -> Hash {
    let bytes = strict::base64(value.as_str().unwrap_or_default()).unwrap();
    Hash::from_slice(&bytes).unwrap_or_else(|| sha256(&bytes))
}

fn probe(path: &str, holds: impl Fn(&Value, &[Hash]) -> bool) {
    let Some(vectors) = json(path) else {
        return;
    };
    for it in all(&vectors["probes"]) {
        let proof: Vec<_> = all(&it["proof"]).iter().map(probe_hash).collect();
        assert_eq!(!holds(it, &proof), it["wantErr"], "{}", it["file"]);
    }
    assert_eq!(all(&vectors["probes"]).len(), 98);
}

#[test]
fn the_probes_of_inclusion() {
    probe("merkle/inclusion_probes.json", |it, proof| {
        // A leaf hash of another length cannot be asked about.
        let leaf = it["leafHash"].as_str().and_then(Hash::from_base64);
        let (index, size, root) = (number(&it["leafIdx"]), number(&it["treeSize"]), probe_hash(&it["root"]));
        leaf.is_some_and(|leaf| verify_inclusion(&leaf, index, size, proof, &root).is_ok())
    });
}

#[test]
fn the_probes_of_consistency() {
    probe("merkle/consistency_probes.json", |it, proof| {
        let (old, new) = (number(&it["size1"]), number(&it["size2"]));
        verify_consistency(old, new, proof, &probe_hash(&it["root1"]), &probe_hash(&it["root2"])).is_ok()
    });
}

#[test]
fn the_roots_across_the_edge_of_a_tile() {
    let Some(vectors) = json("merkle/leaf_n_roots.json") else {
        return;
    };
    let mut tiles = Tiles::new();
    let leaves: Vec<Hash> = (0..300).map(|it| leaf_hash(format!("leaf {it}").as_bytes())).collect();
    tree::append(0, &mut tiles, &leaves).unwrap();
    for (size, root) in vectors["roots"].as_object().unwrap() {
        assert_eq!(tree::root(size.parse().unwrap(), &tiles), Ok(hash(root)), "{size}");
    }
}

#[test]
fn the_signed_notes() {
    let Some(vectors) = json("signed_note/notes.json") else {
        return;
    };
    for it in all(&vectors["valid"]) {
        let note = Note::parse(text(&it["note"])).unwrap();
        assert_eq!(note.to_string(), text(&it["note"]));
        let single = it.get("vkey").into_iter();
        let keys: Vec<_> = single.chain(all(&it["vkeys"])).map(key).collect();
        assert_eq!(note.verify(&keys).unwrap().len(), keys.len(), "{}", it["id"]);
        for one in &keys {
            assert_eq!(note.verify(std::slice::from_ref(one)).unwrap()[0].key, *one);
        }
        if let Some(signer) = it.get("signer_key") {
            assert_eq!(sign(&note.text, &signing_key(signer)), note.signatures[0]);
        }
    }
    for it in all(&vectors["invalid"]) {
        let told = Note::parse(text(&it["note"])).and_then(|note| note.verify(&[key(&it["vkey"])]));
        let told = told.unwrap_err();
        if it["expect"] == "malformed note" {
            assert_ne!(told.fault, NoteFault::NoKnownKey, "{}", it["why"]);
            assert_ne!(told.fault, NoteFault::WrongSignature, "{}", it["why"]);
        }
    }
    for it in all(&vectors["invalid_vkeys"]) {
        assert!(text(&it["vkey"]).parse::<VerifierKey>().is_err(), "{}", it["why"]);
    }
    for it in all(&vectors["sign_must_fail"]) {
        assert!(it.get("text").is_none_or(|it| Note::new(text(it)).is_err()));
        assert!(it.get("key_name").is_none_or(|it| SigningKey::new(text(it), [0; 32]).is_err()));
    }
}

#[test]
fn the_log_in_tiles() {
    let Some(vectors) = json("tlog_proof/vectors.json") else {
        return;
    };
    let names = "one two three four five six seven eit nain ten ileven twelf threeten fourten fivten";
    let entries: Vec<_> = names.split(' ').map(|it| it.as_bytes().to_vec()).collect();
    let (log, first) = (signing_key(&vectors["log_signing_key"]), TileId { level: 0, number: 0 });
    let (mut tiles, mut before) = (Tiles::new(), Vec::new());
    for (size, entry) in (1..).zip(&entries) {
        tree::append(size - 1, &mut tiles, &[leaf_hash(entry)]).unwrap();
        before.push(entry.clone());
        let width = width_at(first, size);
        let served = |path: TilePath| file(&format!("tlog_tiles/tessera_testlog/{path}")).unwrap();
        let leaves = served(TilePath::Tile { id: first, width });
        assert_eq!(tile::parse(&leaves).unwrap(), tiles.get(first).unwrap());
        assert_eq!(tile::bytes(tiles.get(first).unwrap()), leaves);
        let bundle = served(TilePath::Entries { number: 0, width });
        assert_eq!(tile::parse_bundle(&bundle).unwrap(), before);
        assert_eq!(tile::bundle(&before).unwrap(), bundle);
        let published = file(&format!("tlog_tiles/tessera_testlog/checkpoint.{size}")).unwrap();
        let checkpoint = Checkpoint {
            origin: log.name().to_owned(),
            size,
            root: tree::root(size, &tiles).unwrap(),
            extensions: vec![],
        };
        let mut note = Note::new(checkpoint.to_string()).unwrap();
        note.sign(&log);
        assert_eq!(note.to_string().as_bytes(), published, "{size}");
        assert_eq!(note.verify(&[key(&vectors["log_vkey"])]).unwrap().len(), 1);
    }
}

#[test]
fn the_paths_of_tiles() {
    let Some(vectors) = json("tlog_tiles/paths.json") else {
        return;
    };
    let small = |it: &Value| u16::try_from(number(it)).unwrap();
    for it in all(&vectors["encode"]) {
        let level = u8::try_from(number(&it["level"])).unwrap();
        let id = TileId { level, number: number(&it["index"]) };
        let path = TilePath::Tile { id, width: small(&it["width"]) };
        assert_eq!(path.to_string(), text(&it["path"]));
        assert_eq!(text(&it["path"]).parse(), Ok(path));
    }
    for it in all(&vectors["entries_for_index"]) {
        let number_of = number(&it["index"]) / 256;
        let width = width_at(TileId { level: 0, number: number_of }, number(&it["log_size"]));
        assert_eq!(TilePath::Entries { number: number_of, width }.to_string(), text(&it["path"]));
    }
    for it in all(&vectors["must_reject"]) {
        assert!(text(it).parse::<TilePath>().is_err(), "{it}");
    }
    for it in all(&vectors["partial_widths"]) {
        let size = number(&it["tree_size"]);
        for (level, name) in [(0, "0"), (1, "1"), (2, "2")] {
            let full = size >> (8 * (u32::from(level) + 1));
            let named = |kind: &str| it.get(format!("{kind}_level{name}")).map(number);
            assert!(named("full").is_none_or(|it| it == full), "{it}");
            let partial = width_at(TileId { level, number: full }, size);
            assert!(named("partial").is_none_or(|it| it == u64::from(partial)), "{it}");
        }
    }
}

#[test]
fn the_proofs_that_travel() {
    let Some(vectors) = json("tlog_proof/vectors.json") else {
        return;
    };
    for it in all(&vectors["marshal"]) {
        let proof = TlogProof {
            extra: it["extra"].as_str().map(|it| it.as_bytes().to_vec()),
            index: number(&it["index"]),
            hashes: all(&it["hashes_of"]).iter().map(|it| sha256(text(it).as_bytes())).collect(),
            checkpoint: text(&it["checkpoint"]).to_owned(),
        };
        assert_eq!(proof.to_string(), text(&it["want"]));
        assert_eq!(TlogProof::parse(text(&it["want"])), Ok(proof));
    }
    for it in all(&vectors["must_reject"]) {
        assert!(TlogProof::parse(text(&it["proof"])).is_err(), "{}", it["why"]);
    }
    let keys = [key(&vectors["log_vkey"]), key(&vectors["witness_cosignature_vkey"])];
    let witness = signing_key(&vectors["witness_signing_key_note"]);
    assert_eq!(witness.cosigner_verifier(), keys[1]);
    let time = number(&vectors["cosignature_timestamp"]);
    assert_eq!(all(&vectors["end_to_end"]).len(), 3);
    for it in all(&vectors["end_to_end"]) {
        let proof = TlogProof::parse(text(&it["proof"])).unwrap();
        assert_eq!(proof.index, number(&it["index"]));
        let note = Note::parse(&proof.checkpoint).unwrap();
        let verified = note.verify(&keys).unwrap();
        assert_eq!(verified.iter().map(|it| it.at).collect::<Vec<_>>(), [None, Some(time)]);
        let line = format!("{}\n", cosign(&note.text, &witness, time));
        assert_eq!(line, text(&vectors["cosignature_line"]));
        let checkpoint = Checkpoint::parse(&note.text).unwrap();
        let leaf = leaf_hash(text(&it["leaf_data_utf8"]).as_bytes());
        assert_eq!(leaf.to_base64(), text(&it["leaf_hash_b64"]));
        let (index, size) = (proof.index, checkpoint.size);
        assert_eq!(verify_inclusion(&leaf, index, size, &proof.hashes, &checkpoint.root), Ok(()));
    }
}

#[test]
fn the_keys_of_cosigners() {
    let Some(vectors) = json("tlog_proof/cosignature_vkeys.json") else {
        return;
    };
    let cosigner = key(&vectors["ed25519_cosig_vkey"]);
    assert_eq!(cosigner.kind(), KeyKind::Cosignature);
    assert_eq!(key(&vectors["plain_ed25519_vkey"]).kind(), KeyKind::Ed25519);
    let line = format!("— {} {}", cosigner.name(), text(&vectors["cosignature_b64"]));
    let signature: Signature = line.parse().unwrap();
    let time = u64::from_be_bytes(signature.blob[..8].try_into().unwrap());
    assert_eq!((signature.blob.len(), time), (72, number(&vectors["cosignature_timestamp"])));
}

#[test]
fn canonical_json() {
    let Some(numbers) = json("jcs/numbers.json") else {
        return;
    };
    for it in all(&numbers["rows"]) {
        let double = f64::from_bits(u64::from_str_radix(text(&it["ieee754"]), 16).unwrap());
        let Some(value) = serde_json::Number::from_f64(double) else {
            assert_eq!(text(&it["json"]), "");
            continue;
        };
        let form = jcs::canonical(&Value::Number(value)).unwrap();
        assert_eq!(form, text(&it["json"]));
        assert_eq!(jcs::canonical(&jcs::parse_strict(&form, 0).unwrap()), Ok(form));
    }
    for name in ["arrays", "french", "structures", "unicode", "values", "weird"] {
        let read =
            |folder: &str| String::from_utf8(file(&format!("jcs/{folder}/{name}.json")).unwrap()).unwrap();
        let (input, output) = (read("input"), read("output"));
        let form = jcs::canonical(&serde_json::from_str(&input).unwrap()).unwrap();
        assert_eq!(form, output, "{name}");
        assert_eq!(jcs::canonical(&jcs::parse_strict(&output, 8).unwrap()), Ok(form), "{name}");
        // One input holds a number more precise than a double; no hash may stand on that text.
        match jcs::parse_strict(&input, 8) {
            Ok(value) => assert_eq!(jcs::canonical(&value).unwrap(), output, "{name}"),
            Err(told) => assert_eq!((name, told.fault), ("values", jcs::JcsFault::InexactNumber)),
        }
    }
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[test]
fn a_commitment_over_canonical_json() {
    let Some(vectors) = json("commitment/proposal.json") else {
        return;
    };
    let record = jcs::canonical(&vectors["record"]).unwrap();
    assert_eq!(record, text(&vectors["record_jcs"]));
    assert_eq!(hmac(&bytes(&vectors["salt_hex"]), record.as_bytes()), bytes(&vectors["commitment_hex"]));
    let leaf = jcs::canonical(&vectors["leaf_entry"]).unwrap();
    assert_eq!(leaf, text(&vectors["leaf_jcs"]));
    assert_eq!(leaf_hash(leaf.as_bytes()), hash(&vectors["leaf_hash_hex"]));
    let changed = record.replace("jane@", "Jane@");
    let negative = all(&vectors["negative"]);
    assert_eq!(hmac(&bytes(&vectors["salt_hex"]), changed.as_bytes()), bytes(&negative[0]["commitment_hex"]));
    assert_eq!(hmac(&[0; 32], record.as_bytes()), bytes(&negative[1]["commitment_hex"]));
}

#[test]
fn signatures_of_the_rfc_and_those_meant_to_deceive() {
    let (Some(rfc), Some(wycheproof)) =
        (json("crypto/ed25519_rfc8032.json"), json("crypto/wycheproof_ed25519_test.json"))
    else {
        return;
    };
    for it in all(&rfc["cases"]) {
        let signer = SigningKey::new("a", bytes(&it["secret"]).try_into().unwrap()).unwrap();
        assert_eq!(signer.verifier().public().as_slice(), bytes(&it["public"]));
        let signature: [u8; 64] = bytes(&it["signature"]).try_into().unwrap();
        assert!(signer.verifier().is_signed(&bytes(&it["message"]), &signature));
        if let Ok(message) = String::from_utf8(bytes(&it["message"])) {
            assert_eq!(sign(&message, &signer).blob, signature);
        }
    }
    let mut seen = 0;
    for group in all(&wycheproof["testGroups"]) {
        let public = bytes(&group["publicKey"]["pk"]).try_into().unwrap();
        let verifier = VerifierKey::new("a", KeyKind::Ed25519, &public).unwrap();
        for it in all(&group["tests"]) {
            let signature = <[u8; 64]>::try_from(bytes(&it["sig"]));
            let holds = signature.is_ok_and(|sig| verifier.is_signed(&bytes(&it["msg"]), &sig));
            assert_eq!(holds, it["result"] == "valid", "{} {}", it["tcId"], it["comment"]);
            seen += 1;
        }
    }
    assert_eq!(seen, number(&wycheproof["numberOfTests"]));
}
