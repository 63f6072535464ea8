//! What proves one fact to somebody who does not trust us.

use serde_json::{Value, json};

use super::{Entry, nodes, read};
use crate::{
    app::{App, Result},
    store::{self, Tx, checkpoint::Checkpoint, evidence::Evidence},
    tlog::{proof::TlogProof, tree},
};

/// The name and version of the format.
pub const FORMAT: &str = "ayeaye-proof/1";

/// The proof of a fact: record, salt, entry, its way to a signed checkpoint, and time stamps. Without that way while
/// the fact waits for its place. `None` once the person is erased: then nothing is left to show.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, fact: &Evidence) -> Result<Option<Value>> {
    let (Some(record), Some(salt), Some(entry)) = (&fact.record, &fact.salt, Entry::of_fact(fact)) else {
        return Ok(None);
    };
    let record: Value = serde_json::from_str(record)
        .map_err(|error| store::Error::Stored(format!("evidence {} is no JSON: {error}", fact.id)))?;
    let keys = json!({
        "log": read::keys(app).await?,
        "witnesses": app.config.anchors.witnesses.iter().map(|it| &it.key).collect::<Vec<_>>(),
        "threshold": app.config.anchors.witness_threshold,
    });
    let mut proof = json!({
        "format": FORMAT, "record": record, "salt": salt, "entry": entry.0, "keys": keys, "timestamps": [],
    });
    let mut tx = app.store.peek().await?;
    if let (Some(position), Value::Object(members)) = (fact.position, &mut proof)
        && let Some(checkpoint) = covering(app, &mut tx, position).await?
    {
        members.insert("proof".to_owned(), json!(way(&mut tx, position, &checkpoint).await?));
        let stamps = store::checkpoint::stamps(&mut tx, &checkpoint).await?;
        let stamps = stamps.iter().map(|it| json!({ "tsa": it.tsa, "token": it.token }));
        members.insert("timestamps".to_owned(), stamps.collect());
    }
    Ok(Some(proof))
}

/// The checkpoint to prove a position with: the first that everybody outside confirmed, or else the newest.
async fn covering(app: &App, tx: &mut Tx, position: u64) -> Result<Option<Checkpoint>> {
    let head = store::log::head(tx).await?;
    let origin = super::origin(app, head.generation);
    let wanted = &app.config.anchors;
    let (witnesses, stamped) = (i64::from(wanted.witness_threshold), wanted.timestamp_url.is_some());
    if witnesses > 0 || stamped {
        let anchored = store::checkpoint::anchored(tx, &origin, position, witnesses, stamped).await?;
        if anchored.is_some() {
            return Ok(anchored);
        }
    }
    Ok(store::checkpoint::published(tx, &origin).await?.filter(|it| it.size > position))
}

async fn way(tx: &mut Tx, index: u64, checkpoint: &Checkpoint) -> Result<String> {
    let size = checkpoint.size;
    let tiles = nodes::load(tx, &tree::tiles_of_inclusion(index, size), size).await?;
    let hashes = tree::inclusion_proof(index, size, &tiles).map_err(nodes::damaged)?;
    let checkpoint = read::with_witnesses(tx, checkpoint).await?;
    Ok(TlogProof { extra: None, index, hashes, checkpoint }.to_string())
}
