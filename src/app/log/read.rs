//! What strangers ask of the log (C2SP tlog-tiles): its checkpoint, its tiles, its entries.

use super::nodes;
use crate::{
    app::{App, Result},
    store::{self, Tx, checkpoint::Checkpoint},
    tlog::tile::{TileId, TilePath, WIDTH, bundle, width_at},
};

/// The newest checkpoint, with what witnesses signed of it; `None` before the first.
///
/// # Errors
/// The database failed.
pub async fn checkpoint(app: &App) -> Result<Option<String>> {
    let mut tx = app.store.peek().await?;
    let Some(checkpoint) = published(app, &mut tx).await? else { return Ok(None) };
    Ok(Some(with_witnesses(&mut tx, &checkpoint).await?))
}

pub(super) async fn published(app: &App, tx: &mut Tx) -> Result<Option<Checkpoint>> {
    let head = store::log::head(tx).await?;
    Ok(store::checkpoint::published(tx, &super::signed_as(app, &head)).await?)
}

/// A checkpoint with the lines of its witnesses below its own.
pub(super) async fn with_witnesses(tx: &mut Tx, checkpoint: &Checkpoint) -> Result<String> {
    let mut note = checkpoint.note.clone();
    for cosignature in store::checkpoint::cosignatures(tx, checkpoint).await? {
        note.push_str(&cosignature.line);
    }
    Ok(note)
}

/// The bytes of a tile or of a bundle of entries; `None` for what no published checkpoint covers.
///
/// # Errors
/// The database failed.
pub async fn resource(app: &App, path: TilePath) -> Result<Option<Vec<u8>>> {
    let mut tx = app.store.peek().await?;
    let Some(checkpoint) = published(app, &mut tx).await? else { return Ok(None) };
    let (id, width) = match path {
        TilePath::Tile { id, width } => (id, width),
        TilePath::Entries { number, width } => (TileId { level: 0, number }, width),
    };
    if width > width_at(id, checkpoint.size) {
        return Ok(None);
    }
    match path {
        TilePath::Tile { .. } => {
            let tiles = nodes::load(&mut tx, &[id], checkpoint.size).await?;
            let hashes = tiles.get(id).unwrap_or_default().iter().take(usize::from(width));
            Ok(Some(hashes.flat_map(|it| *it.bytes()).collect()))
        }
        TilePath::Entries { .. } => {
            let from = id.number * u64::from(WIDTH);
            let entries = store::log::entries(&mut tx, from, u64::from(width)).await?;
            let bytes = bundle(&entries).map_err(|error| store::Error::Stored(error.to_string()))?;
            Ok(Some(bytes))
        }
    }
}

/// The keys under which this log ever signed, as verifier keys (C2SP signed-note).
///
/// # Errors
/// The database failed.
pub async fn keys(app: &App) -> Result<Vec<String>> {
    let mut tx = app.store.peek().await?;
    let head = store::log::head(&mut tx).await?;
    let now = super::signed_as(app, &head);
    let mut origins = store::checkpoint::origins(&mut tx).await?;
    origins.retain(|it| *it != now);
    origins.insert(0, now);
    Ok(origins.iter().filter_map(|it| Some(app.keys.log(it).ok()?.verifier().to_string())).collect())
}
