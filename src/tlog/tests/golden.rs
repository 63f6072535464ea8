//! A log that never changes: three hundred entries, their roots, tiles, checkpoint and proofs, reckoned once by
//! a program of a few lines in another language. If one of these differs, logs in the field no longer verify.

use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::merkle::{leaf_hash, verify_inclusion};
use crate::tlog::note::{Note, SigningKey, VerifierKey};
use crate::tlog::proof::TlogProof;
use crate::tlog::tile::{self, TileId};
use crate::tlog::tree::{self, Tiles};
use crate::tlog::{Hash, sha256};

pub(super) const CHECKPOINT: &str = include_str!("testdata/checkpoint");
pub(super) const PROOF_42: &str = include_str!("testdata/42.tlog-proof");
const ORIGIN: &str = "log.example/golden";
const TIME: u64 = 1_767_225_600;
const ROOTS: [(u64, &str); 10] = [
    (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (1, "773885a613489e24ce2cf76199d6a423f042e4bbf12d7eecee912ef276c65701"),
    (2, "5a47662fd8a317d96049a3f9f47c55dc67ca66051baa3683dbb19b2fe09a07b0"),
    (3, "94fbd0dd836f50301692e6d0eade728ee19ec52bfff1606ed807c8575d5aaa19"),
    (7, "98c97f0ba3175cd08b031dd084b9dc4e649b64d1a28e6ea694646503173ab587"),
    (8, "b69732ce5c914162ca9accfaf4e95d3f9874d68805437088aaff184a4db96773"),
    (255, "cf66793e6329dff242eb3cee0a6f36ad3e3a196dcc573a1ec775e102be863f1c"),
    (256, "da6596d95369f5fef322ab8e4e0da3b0b50236aa9c8a3b1d246f7411c9e2e32e"),
    (257, "5c1fdfe835358022f2392de478dbe053fc130cfe1d3a082879a90cf6bf14bf7e"),
    (300, "ca393d0296bec5e0b8dcab983bd1fb7d1461f512e7267cb89631ad26fd66d848"),
];

fn entries() -> Vec<Vec<u8>> {
    (0..300).map(|it| format!("entry {it}").into_bytes()).collect()
}

fn tiles() -> Tiles {
    let mut tiles = Tiles::new();
    let leaves: Vec<Hash> = entries().iter().map(|it| leaf_hash(it)).collect();
    tree::append(0, &mut tiles, &leaves).unwrap();
    tiles
}

/// The key of the seed 00 01 02 … 1f.
pub(super) fn key() -> SigningKey {
    SigningKey::new(ORIGIN, std::array::from_fn(|at| u8::try_from(at).unwrap())).unwrap()
}

#[test]
fn the_roots_stay() {
    let tiles = tiles();
    for (size, root) in ROOTS {
        assert_eq!(tree::root(size, &tiles).unwrap().to_hex(), root, "{size}");
    }
}

#[test]
fn the_tiles_and_bundles_stay() {
    let (tiles, entries) = (tiles(), entries());
    let hash_of = |level, number| sha256(&tile::bytes(tiles.get(TileId { level, number }).unwrap())).to_hex();
    assert_eq!(tiles.iter().count(), 3);
    assert_eq!(hash_of(0, 0), "b0f6ca2ff42508faf8c6bb4ea8bb9c74243b19d4174fdc4fd17bdad9099e605e");
    assert_eq!(hash_of(0, 1), "b7fedf2b6e00be3853e3fd898c5f25e4182fd9d6ff22f5e48fe48f6b538c94e4");
    assert_eq!(hash_of(1, 0), "f01c757ba6dc86839ede8e694a0e86f97ea9ffca04a34404236c7f8cb374794a");
    let (first, second) = entries.split_at(256);
    let hash_of = |entries| sha256(&tile::bundle(entries).unwrap()).to_hex();
    assert_eq!(hash_of(first), "c378282cb2167eb29f7e0c483ef2ce284728c12286469737cf8c3dc71e412ff1");
    assert_eq!(hash_of(second), "a52dd94c9965926ebe9811d1a33f2b76f572262bd6e5ae115d8ec3779512ad46");
}

#[test]
fn the_keys_and_the_checkpoint_stay() {
    let (signing, cosigning) = (key().verifier(), key().cosigner_verifier());
    assert_eq!(
        signing.to_string(),
        "log.example/golden+15cad01a+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    );
    assert_eq!(
        cosigning.to_string(),
        "log.example/golden+9a5d0c5b+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    );
    let root = tree::root(300, &tiles()).unwrap();
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: 300, root, extensions: vec![] };
    let mut note = Note::new(checkpoint.to_string()).unwrap();
    note.sign(&key());
    note.cosign(&key(), TIME);
    assert_eq!(note.to_string(), CHECKPOINT);
}

/// What a verifier does with a proof: the keys it knows, the leaf it has, and nothing else.
pub(super) fn verify(text: &str, leaf: &Hash, keys: &[VerifierKey]) -> Option<usize> {
    let proof = TlogProof::parse(text).ok()?;
    let note = Note::parse(&proof.checkpoint).ok()?;
    let signers = note.verify(keys).ok()?.len();
    let Checkpoint { origin, size, root, extensions: _ } = Checkpoint::parse(&note.text).ok()?;
    verify_inclusion(leaf, proof.index, size, &proof.hashes, &root).ok()?;
    (origin == ORIGIN).then_some(signers)
}

#[test]
fn the_proof_stays_and_holds() {
    let hashes = tree::inclusion_proof(42, 300, &tiles()).unwrap();
    let proof = TlogProof { extra: None, index: 42, hashes, checkpoint: CHECKPOINT.to_owned() };
    assert_eq!(proof.to_string(), PROOF_42);
    let keys = [key().verifier(), key().cosigner_verifier()];
    assert_eq!(verify(PROOF_42, &leaf_hash(b"entry 42"), &keys), Some(2));
    assert_eq!(verify(PROOF_42, &leaf_hash(b"entry 43"), &keys), None);
}
