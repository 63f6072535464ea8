//! The reference tree of RFC 6962 implementations, and proofs that must not hold.

use super::*;

/// The eight leaves every implementation is tried on.
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const L: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
    "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
    "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
    "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
];
const A: [&str; 4] = [
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
];
const B: [&str; 2] = [
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hash(hex: &str) -> Hash {
    Hash::from_hex(hex).unwrap()
}

fn hashes(hex: &[&str]) -> Vec<Hash> {
    hex.iter().map(|it| hash(it)).collect()
}

/// Index, size and proof, as published.
fn inclusions() -> Vec<(u64, u64, Vec<Hash>)> {
    vec![
        (0, 8, hashes(&[L[1], A[1], B[1]])),
        (1, 8, hashes(&[L[0], A[1], B[1]])),
        (2, 8, hashes(&[L[3], A[0], B[1]])),
        (3, 8, hashes(&[L[2], A[0], B[1]])),
        (4, 8, hashes(&[L[5], A[3], B[0]])),
        (5, 8, hashes(&[L[4], A[3], B[0]])),
        (6, 8, hashes(&[L[7], A[2], B[0]])),
        (7, 8, hashes(&[L[6], A[2], B[0]])),
        (2, 3, hashes(&[A[0]])),
        (1, 5, hashes(&[L[0], A[1], L[4]])),
        (6, 7, hashes(&[A[2], B[0]])),
        (0, 1, vec![]),
    ]
}

/// Older size, newer size and proof, as published.
fn consistencies() -> Vec<(u64, u64, Vec<Hash>)> {
    vec![
        (1, 8, hashes(&[L[1], A[1], B[1]])),
        (2, 8, hashes(&[A[1], B[1]])),
        (3, 8, hashes(&[L[2], L[3], A[0], B[1]])),
        (4, 8, hashes(&[B[1]])),
        (5, 8, hashes(&[L[4], L[5], A[3], B[0]])),
        (6, 8, hashes(&[A[2], A[3], B[0]])),
        (7, 8, hashes(&[L[6], L[7], A[2], B[0]])),
        (8, 8, vec![]),
        (2, 5, hashes(&[A[1], L[4]])),
        (6, 7, hashes(&[A[2], L[6], B[0]])),
    ]
}

fn root_of(size: u64) -> Hash {
    hash(ROOTS[usize::try_from(size).unwrap()])
}

#[test]
fn hashes_are_those_of_the_reference_tree() {
    assert_eq!(empty_root(), root_of(0));
    for (data, expected) in LEAVES.iter().zip(L) {
        assert_eq!(leaf_hash(&hex::decode(data).unwrap()), hash(expected));
    }
    for (pair, expected) in L.chunks(2).zip(A).chain(A.chunks(2).zip(B)) {
        assert_eq!(node_hash(&hash(pair[0]), &hash(pair[1])), hash(expected));
    }
    assert_eq!(node_hash(&hash(B[0]), &hash(B[1])), root_of(8));
    assert_eq!(
        leaf_hash(b"L123456").to_hex(),
        "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
    );
}

#[test]
fn the_published_proofs_of_inclusion_hold() {
    for (index, size, proof) in inclusions() {
        let leaf = hash(L[usize::try_from(index).unwrap()]);
        assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root_of(size)), Ok(()), "{index} of {size}");
    }
}

#[test]
fn the_published_proofs_of_consistency_hold() {
    for (old, new, proof) in consistencies() {
        let held = verify_consistency(old, new, &proof, &root_of(old), &root_of(new));
        assert_eq!(held, Ok(()), "{old} to {new}");
    }
}

/// Every proof that differs from this one in a single way.
fn spoiled(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for at in 0..proof.len() {
        let mut bit = proof.to_vec();
        let mut bytes = *bit[at].bytes();
        bytes[at % 32] ^= 0x10;
        bit[at] = Hash::new(bytes);
        let mut shorter = proof.to_vec();
        shorter.remove(at);
        all.extend([bit, shorter]);
        if at > 0 {
            let mut swapped = proof.to_vec();
            swapped.swap(at - 1, at);
            all.push(swapped);
        }
    }
    for at in 0..=proof.len() {
        let mut longer = proof.to_vec();
        longer.insert(at, empty_root());
        all.push(longer);
    }
    all
}

#[test]
fn a_spoiled_proof_of_inclusion_does_not_hold() {
    for (index, size, proof) in inclusions() {
        let (leaf, root) = (hash(L[usize::try_from(index).unwrap()]), root_of(size));
        for wrong in spoiled(&proof) {
            assert!(verify_inclusion(&leaf, index, size, &wrong, &root).is_err(), "{index} of {size}");
        }
        let other = leaf_hash(b"another");
        assert_eq!(verify_inclusion(&other, index, size, &proof, &root), Err(ProofError::Root));
        assert_eq!(verify_inclusion(&leaf, index, size, &proof, &empty_root()), Err(ProofError::Root));
        for other in (0..8).filter(|it| *it != index) {
            assert!(verify_inclusion(&leaf, other, size, &proof, &root).is_err(), "{index} as {other}");
        }
    }
}

#[test]
fn a_spoiled_proof_of_consistency_does_not_hold() {
    for (old, new, proof) in consistencies() {
        let (before, after) = (root_of(old), root_of(new));
        for wrong in spoiled(&proof) {
            assert!(verify_consistency(old, new, &wrong, &before, &after).is_err(), "{old} to {new}");
        }
        let nothing = empty_root();
        assert!(verify_consistency(old, new, &proof, &nothing, &after).is_err());
        assert!(verify_consistency(old, new, &proof, &before, &nothing).is_err());
        if old != new {
            assert!(verify_consistency(old, new, &proof, &after, &before).is_err());
            assert!(verify_consistency(new, old, &proof, &after, &before).is_err());
        }
    }
}

#[test]
fn each_refusal_says_what_is_wrong() {
    let some = leaf_hash(b"");
    assert_eq!(verify_inclusion(&some, 8, 8, &[], &some), Err(ProofError::NoSuchLeaf { index: 8, size: 8 }));
    assert_eq!(verify_inclusion(&some, 0, 0, &[], &some), Err(ProofError::NoSuchLeaf { index: 0, size: 0 }));
    assert_eq!(
        verify_inclusion(&some, 0, 8, &[some], &some),
        Err(ProofError::Length { expected: 3, found: 1 })
    );
    assert_eq!(
        verify_consistency(3, 8, &[some], &some, &some),
        Err(ProofError::Length { expected: 4, found: 1 })
    );
    assert_eq!(verify_consistency(8, 7, &[], &some, &some), Err(ProofError::Shrunk { old: 8, new: 7 }));
    assert_eq!(verify_consistency(0, 7, &[], &some, &some), Err(ProofError::FromNothing));
    assert_eq!(verify_consistency(0, 0, &[], &empty_root(), &empty_root()), Err(ProofError::FromNothing));
    assert_eq!(verify_consistency(7, 7, &[], &some, &empty_root()), Err(ProofError::Root));
    assert_eq!(
        verify_consistency(7, 7, &[some], &some, &some),
        Err(ProofError::Length { expected: 0, found: 1 })
    );
}

#[test]
fn numbers_at_their_limit_are_refused_without_overflow() {
    let some = leaf_hash(b"");
    let long = vec![some; LONGEST_PROOF + 1];
    for size in [1, 2, 1 << 32, 1 << 63, (1 << 63) + 1, u64::MAX - 1, u64::MAX] {
        for other in [0, 1, 1 << 31, 1 << 62, 1 << 63, u64::MAX - 1, u64::MAX] {
            for length in [0, 1, 63, 64, 65] {
                assert_ne!(verify_inclusion(&some, other, size, &long[..length], &empty_root()), Ok(()));
                assert_ne!(verify_consistency(other, size, &long[..length], &some, &empty_root()), Ok(()));
            }
        }
    }
    // The proof for the last leaf of the largest tree: 63 siblings, all on the left.
    let root = long[..63].iter().fold(some, |hash, sibling| node_hash(sibling, &hash));
    assert_eq!(verify_inclusion(&some, u64::MAX - 1, u64::MAX, &long[..63], &root), Ok(()));
}
