//! The checkpoints of a log as a stranger collects them, held against each other and against the entries.

use std::collections::BTreeMap;

use ayeaye::tlog::{
    Hash,
    checkpoint::Checkpoint,
    merkle::{leaf_hash, node_hash, verify_consistency},
    note::{Note, VerifierKey},
};

/// Roots by the size they are of.
#[derive(Default)]
pub(crate) struct Witnessed {
    origin: Option<String>,
    roots: BTreeMap<u64, Hash>,
}

impl Witnessed {
    /// Takes a signed checkpoint. It must verify, be of the same log as the others, and be no second root of a size.
    #[track_caller]
    pub(crate) fn take(&mut self, note: &str, key: &VerifierKey) -> u64 {
        let note = Note::parse(note).unwrap_or_else(|error| panic!("{error}: {note}"));
        note.verify(std::slice::from_ref(key)).unwrap();
        let Checkpoint { origin, size, root, .. } = Checkpoint::parse(&note.text).unwrap();
        assert_eq!(*self.origin.get_or_insert_with(|| origin.clone()), origin);
        let before = *self.roots.entry(size).or_insert(root);
        assert_eq!(before, root, "a fork: two roots for {size} entries");
        size
    }

    /// How many different ones were taken.
    pub(crate) fn count(&self) -> usize {
        self.roots.len()
    }

    /// Each is over the first of these entries, and continues the one before it by a proof (RFC 6962 section 2.1.2).
    pub(crate) fn hold_against(&self, entries: &[Vec<u8>]) {
        let leaves: Vec<Hash> = entries.iter().map(|it| leaf_hash(it)).collect();
        let mut last: Option<(u64, Hash)> = None;
        for (size, signed) in &self.roots {
            let covered = leaves.get(..usize::try_from(*size).unwrap());
            let covered = covered.unwrap_or_else(|| panic!("{size} entries were signed and are gone"));
            assert_eq!(root(covered), *signed, "the first {size} entries are not those that were signed");
            if let Some((old, old_root)) = last {
                let hashes = consistency(usize::try_from(old).unwrap(), covered, true);
                verify_consistency(old, *size, &hashes, &old_root, signed).unwrap();
            }
            last = Some((*size, *signed));
        }
    }
}

fn split(leaves: &[Hash]) -> (&[Hash], &[Hash]) {
    leaves.split_at(leaves.len().next_power_of_two() / 2)
}

/// The root after RFC 6962 section 2.1, straight from its definition.
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => panic!("an empty log has no checkpoint"),
        [leaf] => *leaf,
        _ => {
            let (left, right) = split(leaves);
            node_hash(&root(left), &root(right))
        }
    }
}

/// `SUBPROOF` of RFC 6962 section 2.1.2, straight from its definition; `known` while the old root is known.
fn consistency(old: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if known { Vec::new() } else { vec![root(leaves)] };
    }
    let (left, right) = split(leaves);
    let mut proof = if old <= left.len() {
        consistency(old, left, known)
    } else {
        consistency(old - left.len(), right, false)
    };
    proof.push(if old <= left.len() { root(right) } else { root(left) });
    proof
}
