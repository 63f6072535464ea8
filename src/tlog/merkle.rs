//! The hash tree of RFC 6962 section 2.1 (RFC 9162 section 2.1 with SHA-256): hashes, and the check of proofs.
//!
//! A proof is cut in two. Its *inner* part climbs while the two paths compared still turn differently, left or
//! right; its *border* part runs along the right edge of the tree, where every sibling stands on the left. The
//! length of each part follows from the numbers alone, so a proof that is too long or too short is refused
//! before anything is hashed. Making proofs needs the tree: see [`tree`](super::tree).

use super::hash::{Hash, sha256, sha256_of};

/// The longest proof there is: a tree has fewer than 2^64 leaves.
pub const LONGEST_PROOF: usize = 64;

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The tree of this size has no such leaf.
    #[error("leaf {index} is not in a tree of {size}")]
    NoSuchLeaf {
        /// The index asked for.
        index: u64,
        /// The leaves of the tree.
        size: u64,
    },
    /// The older tree is the larger one.
    #[error("a tree of {old} cannot grow into a tree of {new}")]
    Shrunk {
        /// The leaves of the older tree.
        old: u64,
        /// The leaves of the newer tree.
        new: u64,
    },
    /// Nothing can be proved about the empty tree: every tree begins with it.
    #[error("the older tree is empty")]
    FromNothing,
    /// The proof has too many or too few hashes for these numbers.
    #[error("the proof has {found} hashes, {expected} are needed")]
    Length {
        /// How many hashes these numbers need.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// The proof leads to another root of the tree (of the newer one, for two trees).
    #[error("the proof leads to another root")]
    Root,
    /// The proof leads to another root of the older tree.
    #[error("the proof leads to another root of the older tree")]
    OldRoot,
}

/// The root of the tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    sha256(b"")
}

/// `SHA-256(0x00 ‖ data)`.
pub fn leaf_hash(data: &[u8]) -> Hash {
    sha256_of(&[&[0], data])
}

/// `SHA-256(0x01 ‖ left ‖ right)`.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut bytes = [1; 65];
    let (_, pair) = bytes.split_at_mut(1);
    let (on_the_left, on_the_right) = pair.split_at_mut(32);
    on_the_left.copy_from_slice(left.bytes());
    on_the_right.copy_from_slice(right.bytes());
    sha256(&bytes)
}

/// Checks that the leaf with this hash stands at `index` in the tree of `size` leaves with this root.
///
/// # Errors
///
/// What does not hold; see [`ProofError`].
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::NoSuchLeaf { index, size });
    }
    let inner = inner_length(index, size - 1);
    let (inner, border) = cut(proof, inner, inner + border_length(index, inner))?;
    let found = climb_border(climb_inner(*leaf, inner, index), border);
    if found == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// Checks that the tree of `new` leaves begins with the tree of `old` leaves.
///
/// # Errors
///
/// What does not hold; see [`ProofError`]. Nothing proves anything about an older tree without leaves.
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), ProofError> {
    if old > new {
        return Err(ProofError::Shrunk { old, new });
    }
    if old == 0 {
        return Err(ProofError::FromNothing);
    }
    if old == new {
        cut(proof, 0, 0)?;
        return if old_root == new_root { Ok(()) } else { Err(ProofError::Root) };
    }
    // The largest complete subtree at the right edge of the older tree: both walks start there.
    let level = old.trailing_zeros();
    let inner = inner_length(old - 1, new - 1).saturating_sub(level as usize);
    let border = border_length(old - 1, inner + level as usize);
    let complete = old.is_power_of_two();
    let start = usize::from(!complete);
    if proof.len() != start + inner + border {
        return Err(ProofError::Length { expected: start + inner + border, found: proof.len() });
    }
    let (seed, rest) = match proof.split_first() {
        Some((first, rest)) if !complete => (*first, rest),
        Some(_) | None => (*old_root, proof),
    };
    let (inner, border) = cut(rest, inner, rest.len())?;
    let turns = (old - 1) >> level;
    if climb_border(climb_inner_left(seed, inner, turns), border) != *old_root {
        return Err(ProofError::OldRoot);
    }
    let found = climb_border(climb_inner(seed, inner, turns), border);
    if found == *new_root { Ok(()) } else { Err(ProofError::Root) }
}

/// How many levels lie below the one where the paths to `index` and to the last leaf part.
fn inner_length(index: u64, last: u64) -> usize {
    (u64::BITS - (index ^ last).leading_zeros()) as usize
}

/// How many siblings on the left remain above the inner part.
fn border_length(index: u64, inner: usize) -> usize {
    let above = u32::try_from(inner).ok().and_then(|inner| index.checked_shr(inner));
    above.unwrap_or(0).count_ones() as usize
}

/// The proof in its two parts, when it has the length it must have.
fn cut(proof: &[Hash], inner: usize, expected: usize) -> Result<(&[Hash], &[Hash]), ProofError> {
    match proof.split_at_checked(inner) {
        Some(parts) if proof.len() == expected => Ok(parts),
        Some(_) | None => Err(ProofError::Length { expected, found: proof.len() }),
    }
}

/// Climbs from `seed`; the bits of `turns`, lowest first, say on which side it stands.
fn climb_inner(seed: Hash, siblings: &[Hash], turns: u64) -> Hash {
    let mut turns = turns;
    siblings.iter().fold(seed, |hash, sibling| {
        let on_the_right = turns & 1 == 1;
        turns >>= 1;
        if on_the_right { node_hash(sibling, &hash) } else { node_hash(&hash, sibling) }
    })
}

/// Climbs likewise in the older tree, which has nothing on the right yet.
fn climb_inner_left(seed: Hash, siblings: &[Hash], turns: u64) -> Hash {
    let mut turns = turns;
    siblings.iter().fold(seed, |hash, sibling| {
        let on_the_right = turns & 1 == 1;
        turns >>= 1;
        if on_the_right { node_hash(sibling, &hash) } else { hash }
    })
}

/// Climbs along the right edge.
fn climb_border(seed: Hash, siblings: &[Hash]) -> Hash {
    siblings.iter().fold(seed, |hash, sibling| node_hash(sibling, &hash))
}

#[cfg(test)]
mod tests;
