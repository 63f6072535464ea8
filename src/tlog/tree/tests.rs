//! Trees in tiles against RFC 6962 read literally, for every size up to 1,100.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use super::*;
use crate::tlog::merkle::{leaf_hash, verify_consistency, verify_inclusion};

const LARGEST: u64 = 1100;

fn leaf(index: u64) -> Hash {
    leaf_hash(format!("leaf {index}").as_bytes())
}

fn leaves(range: std::ops::Range<u64>) -> Vec<Hash> {
    range.map(leaf).collect()
}

/// The definitions of RFC 6962 section 2.1, word for word; subtrees are remembered for the sake of time.
#[derive(Default)]
struct Naive(HashMap<(u64, u64), Hash>);

impl Naive {
    /// `MTH(D[start:end])`
    fn root(&mut self, start: u64, end: u64) -> Hash {
        if end == start {
            return empty_root();
        }
        if end - start == 1 {
            return leaf(start);
        }
        if let Some(known) = self.0.get(&(start, end)) {
            return *known;
        }
        let middle = start + largest_power_below(end - start);
        let hash = node_hash(&self.root(start, middle), &self.root(middle, end));
        self.0.insert((start, end), hash);
        hash
    }

    /// `PATH(m, D[start:end])`, `m` counted from the start of the log.
    fn path(&mut self, m: u64, start: u64, end: u64) -> Vec<Hash> {
        if end - start == 1 {
            return Vec::new();
        }
        let middle = start + largest_power_below(end - start);
        let (mut path, sibling) = if m < middle {
            (self.path(m, start, middle), self.root(middle, end))
        } else {
            (self.path(m, middle, end), self.root(start, middle))
        };
        path.push(sibling);
        path
    }

    /// `SUBPROOF(m, D[start:end], b)`, `m` counted from the start of the log.
    fn subproof(&mut self, m: u64, start: u64, end: u64, known: bool) -> Vec<Hash> {
        if m == end {
            return if known { Vec::new() } else { vec![self.root(start, end)] };
        }
        let middle = start + largest_power_below(end - start);
        let (mut proof, sibling) = if m <= middle {
            (self.subproof(m, start, middle, known), self.root(middle, end))
        } else {
            (self.subproof(m, middle, end, false), self.root(start, middle))
        };
        proof.push(sibling);
        proof
    }
}

fn largest_power_below(n: u64) -> u64 {
    let mut power = 1;
    while power * 2 < n {
        power *= 2;
    }
    power
}

/// Tiles of a log that grew in batches of these sizes, one after the other, up to `size`.
fn grown(size: u64, batches: &[u64]) -> Tiles {
    let (mut tiles, mut at) = (Tiles::new(), 0);
    for batch in batches.iter().cycle() {
        let next = size.min(at + batch);
        append(at, &mut tiles, &leaves(at..next)).unwrap();
        at = next;
        if at == size {
            return tiles;
        }
    }
    tiles
}

/// Batches nobody chose, the same at every run.
fn batches() -> Vec<u64> {
    let mut runner = TestRunner::deterministic();
    let sizes = prop::collection::vec(prop_oneof![1_u64..4, 1_u64..70, 250_u64..520], 40);
    sizes.new_tree(&mut runner).unwrap().current()
}

#[test]
fn every_proof_of_inclusion_up_to_1100_is_the_naive_one_and_holds() {
    let (mut naive, tiles) = (Naive::default(), grown(LARGEST, &batches()));
    let reader = Reader::new(&tiles);
    for size in 1..=LARGEST {
        let root = reader.root(size).unwrap();
        assert_eq!(root, naive.root(0, size), "root of {size}");
        for index in 0..size {
            let proof = reader.inclusion_proof(index, size).unwrap();
            assert_eq!(proof, naive.path(index, 0, size), "{index} of {size}");
            let leaf =
                tiles.0[&TileId { level: 0, number: index / 256 }][usize::try_from(index % 256).unwrap()];
            assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()), "{index} of {size}");
        }
    }
}

#[test]
fn every_proof_of_consistency_up_to_1100_is_the_naive_one_and_holds() {
    let (mut naive, tiles) = (Naive::default(), grown(LARGEST, &batches()));
    let reader = Reader::new(&tiles);
    let roots: Vec<_> = (0..=LARGEST).map(|size| reader.root(size).unwrap()).collect();
    let root = |size: u64| &roots[usize::try_from(size).unwrap()];
    for size in 1..=LARGEST {
        for old in 1..=size {
            let proof = reader.consistency_proof(old, size).unwrap();
            assert_eq!(proof, naive.subproof(old, 0, size, true), "{old} to {size}");
            assert_eq!(
                verify_consistency(old, size, &proof, root(old), root(size)),
                Ok(()),
                "{old} to {size}"
            );
        }
    }
}

#[test]
fn roots_agree_with_another_implementation() {
    let tiles = grown(LARGEST, &batches());
    let reader = Reader::new(&tiles);
    let mut other = ct_merkle::mem_backed_tree::MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    for size in 0..=600 {
        assert_eq!(
            reader.root(size).unwrap().bytes().as_slice(),
            other.root().as_bytes().as_slice(),
            "{size}"
        );
        other.push(format!("leaf {size}").into_bytes());
    }
    for index in [0, 1, 254, 255, 256, 511, 512, 599, 600] {
        let theirs = other.prove_inclusion(usize::try_from(index).unwrap());
        let ours = reader.inclusion_proof(index, 601).unwrap();
        assert_eq!(super::super::tile::bytes(&ours), theirs.as_bytes(), "{index}");
    }
    for old in [1, 2, 255, 256, 257, 600] {
        let theirs = other.prove_consistency(usize::try_from(601 - old).unwrap());
        let ours = reader.consistency_proof(old, 601).unwrap();
        assert_eq!(super::super::tile::bytes(&ours), theirs.as_bytes(), "{old}");
    }
}

/// A tree with tiles on three levels: 65,536 leaves and a little more.
#[test]
fn a_tree_of_three_levels_grows_the_same_in_batches_and_at_once() {
    let size = 65_536 + 300;
    let mut at_once = Tiles::new();
    let changed = append(0, &mut at_once, &leaves(0..size)).unwrap();
    assert_eq!(changed.len(), 256 + 2 + 2 + 1);
    assert_eq!(grown(size, &[1, 300, 7000, 255, 256, 257]), at_once);
    for (id, hashes) in at_once.iter() {
        assert_eq!(hashes.len(), usize::from(width_at(id, size)), "{id:?}");
    }
    let root_now = root(size, &at_once).unwrap();
    for index in [0, 255, 256, 65_535, 65_536, size - 1] {
        let proof = inclusion_proof(index, size, &at_once).unwrap();
        assert_eq!(verify_inclusion(&leaf(index), index, size, &proof, &root_now), Ok(()), "{index}");
    }
    for old in [1, 256, 257, 65_535, 65_536, 65_537, size - 1, size] {
        let (proof, before) = (consistency_proof(old, size, &at_once).unwrap(), root(old, &at_once).unwrap());
        assert_eq!(verify_consistency(old, size, &proof, &before, &root_now), Ok(()), "{old}");
    }
}

/// Only these tiles of the log.
fn only(tiles: &Tiles, wanted: &[TileId]) -> Tiles {
    wanted.iter().map(|id| (*id, tiles.get(*id).unwrap().to_vec())).collect()
}

#[test]
fn the_tiles_asked_for_are_enough_and_each_is_needed() {
    let tiles = grown(70_000, &[70_000]);
    for size in [1, 255, 256, 257, 65_536, 65_537, 69_999, 70_000] {
        let asked = tiles_of_root(size);
        assert_eq!(root(size, &only(&tiles, &asked)), root(size, &tiles), "{size}");
        for without in &asked {
            let mut fewer = only(&tiles, &asked);
            fewer.remove(*without);
            assert_eq!(root(size, &fewer).unwrap_err().id, *without);
        }
        for other in [0, 1, 200, size / 2, size - 1] {
            let asked = tiles_of_inclusion(other.min(size - 1), size);
            let proof = inclusion_proof(other.min(size - 1), size, &only(&tiles, &asked));
            assert_eq!(proof, inclusion_proof(other.min(size - 1), size, &tiles), "{other} of {size}");
            let asked = tiles_of_consistency(other, size);
            let proof = consistency_proof(other, size, &only(&tiles, &asked));
            assert_eq!(proof, consistency_proof(other, size, &tiles), "{other} to {size}");
        }
    }
}

#[test]
fn growing_needs_only_the_right_edge() {
    let mut whole = grown(65_000, &[65_000]);
    let mut edge = only(&whole, &tiles_of_root(65_000));
    let more = leaves(65_000..66_000);
    let changed = append(65_000, &mut whole, &more).unwrap();
    assert_eq!(append(65_000, &mut edge, &more).unwrap(), changed);
    assert!(changed.iter().all(|id| edge.get(*id) == whole.get(*id)));
    assert_eq!(root(66_000, &edge), root(66_000, &whole));
}

#[test]
fn a_missing_edge_is_named_and_nothing_changes() {
    let whole = grown(600, &[600]);
    let mut tiles = whole.clone();
    tiles.remove(TileId { level: 1, number: 0 });
    let before = tiles.clone();
    let missing = MissingTile { id: TileId { level: 1, number: 0 }, width: 2 };
    assert_eq!(append(600, &mut tiles, &leaves(600..601)), Err(missing));
    assert_eq!(root(600, &tiles), Err(missing));
    assert_eq!(inclusion_proof(599, 600, &tiles), Err(TreeError::Missing(missing)));
    tiles.insert(TileId { level: 1, number: 0 }, vec![leaf(0)]);
    assert_eq!(append(600, &mut tiles, &leaves(600..601)), Err(missing));
    tiles.remove(TileId { level: 1, number: 0 });
    assert_eq!(tiles, before);
}

#[test]
fn hashes_that_were_never_committed_are_written_over() {
    let mut tiles = grown(300, &[300]);
    append(300, &mut tiles, &[leaf(9), leaf(8)]).unwrap();
    append(300, &mut tiles, &leaves(300..301)).unwrap();
    assert_eq!(tiles, grown(301, &[1]));
}

#[test]
fn the_empty_tree_needs_nothing() {
    let mut tiles = Tiles::new();
    assert_eq!(root(0, &tiles), Ok(empty_root()));
    assert_eq!((tiles_of_root(0), tiles_of_inclusion(0, 0), tiles_of_consistency(0, 0)), Default::default());
    assert_eq!(append(0, &mut tiles, &[]), Ok(vec![]));
    assert_eq!(consistency_proof(0, 0, &tiles), Ok(vec![]));
    assert_eq!(inclusion_proof(0, 0, &tiles), Err(TreeError::Beyond { asked: 0, size: 0 }));
    assert_eq!(consistency_proof(2, 1, &tiles), Err(TreeError::Beyond { asked: 2, size: 1 }));
}

#[test]
fn the_largest_trees_are_reckoned_without_overflow() {
    let mut tiles: Tiles = tiles_of_root(u64::MAX).into_iter().map(|id| (id, vec![leaf(0); 255])).collect();
    assert_eq!(tiles.iter().count(), 8);
    let before = tiles.clone();
    assert!(root(u64::MAX, &tiles).is_ok());
    assert!(append(u64::MAX, &mut tiles, &[leaf(1)]).is_err());
    assert!(append(u64::MAX - 1, &mut tiles, &leaves(0..2)).is_err());
    assert_eq!(tiles, before);
    let last = inclusion_proof(u64::MAX - 1, u64::MAX, &tiles).unwrap();
    let (leaf, root) = (leaf(0), root(u64::MAX, &tiles).unwrap());
    assert_eq!(verify_inclusion(&leaf, u64::MAX - 1, u64::MAX, &last, &root), Ok(()));
    assert!(append(u64::MAX - 1, &mut tiles, &leaves(0..1)).is_ok());
}

#[test]
fn any_numbers_are_answered() {
    let answer = |asked: u64, size: u64| {
        let tiles = Tiles::new();
        let _ = (tiles_of_root(size), tiles_of_inclusion(asked, size), tiles_of_consistency(asked, size));
        assert_eq!(root(size, &tiles).is_ok(), size == 0);
        // The only leaf of a tree has no sibling.
        assert_eq!(inclusion_proof(asked, size, &tiles).is_ok(), asked == 0 && size == 1);
        assert_eq!(consistency_proof(asked, size, &tiles).is_ok(), asked == 0 || asked == size);
        Ok(())
    };
    TestRunner::new(Config::with_cases(200))
        .run(&(any::<u64>(), any::<u64>()), |(a, b)| answer(a, b))
        .unwrap();
    for a in [0, 1, 2, u64::MAX - 1, u64::MAX] {
        for b in [0, 1, 2, u64::MAX - 1, u64::MAX] {
            answer(a, b).unwrap();
        }
    }
}
