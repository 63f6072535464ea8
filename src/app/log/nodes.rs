//! The tiles of the log, read from where they are kept.

use std::fmt;

use crate::{
    app::Result,
    store::{self, Tx},
    tlog::{
        Hash,
        merkle::leaf_hash,
        tile::{TileId, WIDTH, width_at},
        tree::{self, Tiles},
    },
};

/// The tiles asked for, as they were when the log had `size` entries.
pub(super) async fn load(tx: &mut Tx, ids: &[TileId], size: u64) -> Result<Tiles> {
    let mut tiles = Tiles::default();
    for id in ids {
        let width = width_at(*id, size);
        let mut hashes = if id.level == 0 {
            let entries = store::log::entries(tx, id.number * u64::from(WIDTH), u64::from(width)).await?;
            entries.iter().map(|it| leaf_hash(it.as_bytes())).collect()
        } else {
            store::log::tile(tx, *id).await?
        };
        hashes.truncate(usize::from(width));
        tiles.insert(*id, hashes);
    }
    Ok(tiles)
}

/// The tiles asked for, for each size of the log apart.
pub(super) async fn load_for(tx: &mut Tx, wanted: &[(u64, Vec<TileId>)]) -> Result<Vec<Tiles>> {
    let mut all = Vec::with_capacity(wanted.len());
    for (size, ids) in wanted {
        all.push(load(tx, ids, *size).await?);
    }
    Ok(all)
}

/// The root of the log when it had `size` entries.
pub(super) async fn root(tx: &mut Tx, size: u64) -> Result<Hash> {
    let tiles = load(tx, &tree::tiles_of_root(size), size).await?;
    Ok(tree::root(size, &tiles).map_err(damaged)?)
}

/// A tile that must be there is not: the database was damaged, which `fsck` looks into.
pub(super) fn damaged(missing: impl fmt::Display) -> store::Error {
    store::Error::Stored(format!("the log is damaged ({missing}): run `ayeaye fsck`"))
}
