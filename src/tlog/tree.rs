//! A log's tree kept in tiles: roots, proofs and growth, from the few tiles each needs.
//!
//! The caller keeps the tiles wherever it likes: it asks here which ones a task needs, loads them into
//! [`Tiles`], and calls. A tile may hold more hashes than the tree of a given size has there (it has grown
//! since); only the first ones are read. Tiles are taken at their word: whoever gets them from a stranger
//! compares [`root`] with a signed checkpoint.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::hash::Hash;
use super::merkle::{empty_root, node_hash};
use super::tile::{HEIGHT, TileId, WIDTH, width_at};

/// Tiles in memory. A tile's hashes are the nodes of level `8 * level` of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tiles(BTreeMap<TileId, Vec<Hash>>);

impl Tiles {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps a tile, and gives back the one that was there.
    pub fn insert(&mut self, id: TileId, hashes: Vec<Hash>) -> Option<Vec<Hash>> {
        self.0.insert(id, hashes)
    }

    /// The hashes of a tile, as many as are known.
    pub fn get(&self, id: TileId) -> Option<&[Hash]> {
        self.0.get(&id).map(Vec::as_slice)
    }

    /// Takes a tile out.
    pub fn remove(&mut self, id: TileId) -> Option<Vec<Hash>> {
        self.0.remove(&id)
    }

    /// All tiles, by level and number.
    pub fn iter(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        self.0.iter().map(|(id, hashes)| (*id, hashes.as_slice()))
    }

    fn first(&self, id: TileId, width: u64) -> Result<&[Hash], MissingTile> {
        let missing = MissingTile { id, width: u16::try_from(width).unwrap_or(WIDTH) };
        let tile = self.get(id).ok_or(missing)?;
        usize::try_from(width).ok().and_then(|width| tile.get(..width)).ok_or(missing)
    }
}

impl FromIterator<(TileId, Vec<Hash>)> for Tiles {
    fn from_iter<T: IntoIterator<Item = (TileId, Vec<Hash>)>>(tiles: T) -> Self {
        Self(tiles.into_iter().collect())
    }
}

/// A tile that is needed and not there, or not as wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tile {} of level {} is needed with {width} hashes", id.number, id.level)]
pub struct MissingTile {
    /// Which tile.
    pub id: TileId,
    /// How many of its hashes are needed.
    pub width: u16,
}

/// Why there is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// A tile is missing.
    #[error(transparent)]
    Missing(#[from] MissingTile),
    /// What is asked about lies beyond the end of the tree.
    #[error("{asked} is beyond a tree of {size}")]
    Beyond {
        /// The index, or the older size.
        asked: u64,
        /// The leaves of the tree.
        size: u64,
    },
}

/// The tiles of the right edge of a tree of this size, all of them partial: what [`root`] and [`append`] need.
pub fn tiles_of_root(size: u64) -> Vec<TileId> {
    tiles_of(&[Range { start: 0, end: size }])
}

/// The tiles [`inclusion_proof`] needs; none for a leaf beyond the tree.
pub fn tiles_of_inclusion(index: u64, size: u64) -> Vec<TileId> {
    inclusion_path(index, size).map(|path| tiles_of(&path)).unwrap_or_default()
}

/// The tiles [`consistency_proof`] needs; none when the older tree is the larger one.
pub fn tiles_of_consistency(old: u64, size: u64) -> Vec<TileId> {
    consistency_path(old, size).map(|path| tiles_of(&path)).unwrap_or_default()
}

/// The root of the tree of this size.
///
/// # Errors
///
/// The first tile of [`tiles_of_root`] that is missing.
pub fn root(size: u64, tiles: &Tiles) -> Result<Hash, MissingTile> {
    Reader::new(tiles).root(size)
}

/// The proof that a leaf stands at `index` in the tree of this size, the leaf's sibling first.
///
/// # Errors
///
/// A tile of [`tiles_of_inclusion`] is missing, or the tree has no such leaf.
pub fn inclusion_proof(index: u64, size: u64, tiles: &Tiles) -> Result<Vec<Hash>, TreeError> {
    Reader::new(tiles).inclusion_proof(index, size)
}

/// The proof that the tree of this size begins with the tree of `old` leaves. Empty when `old` is 0 or `size`.
///
/// # Errors
///
/// A tile of [`tiles_of_consistency`] is missing, or the older tree is the larger one.
pub fn consistency_proof(old: u64, size: u64, tiles: &Tiles) -> Result<Vec<Hash>, TreeError> {
    Reader::new(tiles).consistency_proof(old, size)
}

/// Adds leaves to the tree of this size and gives back the tiles that changed, lowest level first. A tile that
/// fills up puts its hash into the level above. Hashes beyond `size`, left by work that was never committed,
/// are written over.
///
/// # Errors
///
/// A tile of [`tiles_of_root`] is missing, or the tree would have 2^64 leaves or more; `tiles` is as it was.
pub fn append(size: u64, tiles: &mut Tiles, leaves: &[Hash]) -> Result<Vec<TileId>, MissingTile> {
    for id in tiles_of_root(size) {
        tiles.first(id, u64::from(width_at(id, size)))?;
    }
    let Some(end) = u64::try_from(leaves.len()).ok().and_then(|more| size.checked_add(more)) else {
        return Err(MissingTile { id: TileId { level: HEIGHT, number: 0 }, width: 1 });
    };
    let mut changed = BTreeSet::new();
    for (position, leaf) in (size..end).zip(leaves) {
        push(tiles, position, *leaf, &mut changed);
    }
    Ok(changed.into_iter().collect())
}

/// Puts one leaf at its position, and one hash above for each tile this fills.
fn push(tiles: &mut Tiles, position: u64, leaf: Hash, changed: &mut BTreeSet<TileId>) {
    let (mut level, mut position, mut hash) = (0, position, leaf);
    loop {
        let id = TileId { level, number: position / u64::from(WIDTH) };
        let tile = tiles.0.entry(id).or_default();
        tile.truncate(usize::try_from(position % u64::from(WIDTH)).unwrap_or_default());
        tile.push(hash);
        changed.insert(id);
        if tile.len() < usize::from(WIDTH) {
            return;
        }
        hash = fold_complete(tile);
        level += 1;
        position /= u64::from(WIDTH);
    }
}

/// Reads many roots and proofs from the same tiles; hashes computed once are remembered.
#[derive(Debug)]
pub struct Reader<'a> {
    tiles: &'a Tiles,
    known: RefCell<BTreeMap<Range, Hash>>,
}

impl<'a> Reader<'a> {
    /// A reader of these tiles.
    pub const fn new(tiles: &'a Tiles) -> Self {
        Self { tiles, known: RefCell::new(BTreeMap::new()) }
    }

    /// See [`root`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn root(&self, size: u64) -> Result<Hash, MissingTile> {
        self.hash(Range { start: 0, end: size })
    }

    /// See [`inclusion_proof`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
        let path = inclusion_path(index, size).ok_or(TreeError::Beyond { asked: index, size })?;
        Ok(path.into_iter().map(|range| self.hash(range)).collect::<Result<_, _>>()?)
    }

    /// See [`consistency_proof`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn consistency_proof(&self, old: u64, size: u64) -> Result<Vec<Hash>, TreeError> {
        let path = consistency_path(old, size).ok_or(TreeError::Beyond { asked: old, size })?;
        Ok(path.into_iter().map(|range| self.hash(range)).collect::<Result<_, _>>()?)
    }

    /// `MTH(D[start:end])` of RFC 6962, for the ranges that stand in a tree.
    fn hash(&self, range: Range) -> Result<Hash, MissingTile> {
        if let Some(known) = self.known.borrow().get(&range) {
            return Ok(*known);
        }
        let mut hash = None;
        for node in range.nodes().into_iter().rev() {
            let left = self.node(node)?;
            hash = Some(hash.map_or(left, |right| node_hash(&left, &right)));
        }
        let hash = hash.unwrap_or_else(empty_root);
        self.known.borrow_mut().insert(range, hash);
        Ok(hash)
    }

    /// The hash of a complete subtree: that of the hashes of one tile it stands on.
    fn node(&self, node: Node) -> Result<Hash, MissingTile> {
        let (id, first, count) = node.place();
        let tile = self.tiles.first(id, first + count)?;
        let from = usize::try_from(first).unwrap_or(usize::MAX);
        let missing = MissingTile { id, width: WIDTH };
        Ok(fold_complete(tile.get(from..).filter(|it| !it.is_empty()).ok_or(missing)?))
    }
}

/// The root above hashes whose number is a power of two.
fn fold_complete(hashes: &[Hash]) -> Hash {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        let (pairs, _) = row.as_chunks();
        row = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    row.first().copied().unwrap_or_else(empty_root)
}

/// Leaves from `start` to before `end`, as RFC 6962 splits trees: `start` is a multiple of the smallest power
/// of two that is not below the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    start: u64,
    end: u64,
}

impl Range {
    const fn len(self) -> u64 {
        self.end - self.start
    }

    /// Where the range is split: after the largest power of two smaller than its length, which is 2 or more.
    const fn middle(self) -> u64 {
        self.start + (1 << (self.len() - 1).ilog2())
    }

    /// The complete subtrees it consists of, largest first.
    fn nodes(self) -> Vec<Node> {
        let (mut nodes, mut start) = (Vec::new(), self.start);
        for level in (0..u64::BITS).rev() {
            if self.len() & (1 << level) != 0 {
                nodes.push(Node { level, index: start >> level });
                start += 1 << level;
            }
        }
        nodes
    }
}

/// A complete subtree of `2^level` leaves.
#[derive(Clone, Copy, Debug)]
struct Node {
    level: u32,
    index: u64,
}

impl Node {
    /// The tile it stands on, its first hash there, and how many.
    fn place(self) -> (TileId, u64, u64) {
        let (tile_level, above) = (self.level / u32::from(HEIGHT), self.level % u32::from(HEIGHT));
        let first = self.index << above;
        let level = u8::try_from(tile_level).unwrap_or(u8::MAX);
        let id = TileId { level, number: first / u64::from(WIDTH) };
        (id, first % u64::from(WIDTH), 1 << above)
    }
}

fn tiles_of(path: &[Range]) -> Vec<TileId> {
    let nodes = path.iter().flat_map(|range| range.nodes());
    nodes.map(|node| node.place().0).collect::<BTreeSet<_>>().into_iter().collect()
}

/// `PATH(m, D[n])` of RFC 6962 section 2.1.1.
fn inclusion_path(index: u64, size: u64) -> Option<Vec<Range>> {
    if index >= size {
        return None;
    }
    let (mut path, mut here) = (Vec::new(), Range { start: 0, end: size });
    while here.len() > 1 {
        let (left, right) = split(here);
        let (next, sibling) = if index < right.start { (left, right) } else { (right, left) };
        path.push(sibling);
        here = next;
    }
    path.reverse();
    Some(path)
}

/// `PROOF(m, D[n])` of RFC 6962 section 2.1.2.
fn consistency_path(old: u64, size: u64) -> Option<Vec<Range>> {
    if old > size {
        return None;
    }
    let (mut path, mut here) = (Vec::new(), Range { start: 0, end: size });
    if old == 0 {
        return Some(path);
    }
    while here.end != old {
        let (left, right) = split(here);
        let (next, sibling) = if old <= right.start { (left, right) } else { (right, left) };
        path.push(sibling);
        here = next;
    }
    // The verifier knows the older root; it needs to be told the subtree only where that is another.
    if here.start != 0 {
        path.push(here);
    }
    path.reverse();
    Some(path)
}

const fn split(range: Range) -> (Range, Range) {
    let middle = range.middle();
    (Range { start: range.start, end: middle }, Range { start: middle, end: range.end })
}

#[cfg(test)]
mod tests;
