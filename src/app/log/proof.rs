//! What proves facts to somebody who does not trust us.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{Entry, nodes, read};
use crate::{
    app::{App, Result},
    config::Witness,
    store::{self, Tx, checkpoint::Checkpoint, evidence::Evidence, log::Head},
    tlog::{proof::TlogProof, tile::TileId, tree},
};

/// The name and version of the format.
pub const FORMAT: &str = "ayeaye-proof/1";

/// Proofs, and the signed states of the log they lead to.
#[derive(Debug, Default)]
pub struct Proofs {
    /// One for each fact, in their order.
    pub proofs: Vec<Value>,
    /// Size and signed note, the smallest first.
    pub checkpoints: Vec<(u64, String)>,
}

/// A checkpoint to prove with, as it is handed out.
struct Signed {
    size: u64,
    note: String,
    stamps: Vec<Value>,
    /// What its signatures are to be checked with.
    keys: Value,
}

/// The proof of a fact: record, salt, entry, its way to a signed checkpoint, and time stamps. Without that way while
/// the fact waits for its place. `None` once the person is erased: then nothing is left to show.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, fact: &Evidence) -> Result<Option<Value>> {
    if fact.record.is_none() {
        return Ok(None);
    }
    Ok(of_many(app, std::slice::from_ref(fact)).await?.proofs.pop())
}

/// The proofs of many facts, for which each tile of the log is read once. That of an erased fact has neither record
/// nor salt: it shows that the fact has its place, not what it said.
///
/// # Errors
/// The database failed.
pub async fn of_many(app: &App, facts: &[Evidence]) -> Result<Proofs> {
    let logs = read::keys(app).await?;
    let unsigned = json!({ "log": logs, "witnesses": [], "threshold": 0 });
    let mut tx = app.store.peek().await?;
    let signed = checkpoints(app, &mut tx, facts, &logs).await?;
    let tiles = nodes::load_for(&mut tx, &tiles(facts, &signed)).await?;
    let readers: Vec<tree::Reader<'_>> = tiles.iter().map(tree::Reader::new).collect();
    let mut proofs = Vec::with_capacity(facts.len());
    for fact in facts {
        let mut members = said(&mut tx, fact).await?;
        let (mut keys, mut stamps) = (&unsigned, Vec::new());
        if let Some((index, at)) = fact.position.and_then(|it| Some((it, covering(&signed, it)?)))
            && let (Some(checkpoint), Some(reader)) = (signed.get(at), readers.get(at))
        {
            let hashes = reader.inclusion_proof(index, checkpoint.size).map_err(nodes::damaged)?;
            let way = TlogProof { extra: None, index, hashes, checkpoint: checkpoint.note.clone() };
            members.insert("proof".to_owned(), json!(way.to_string()));
            stamps.clone_from(&checkpoint.stamps);
            keys = &checkpoint.keys;
        }
        members.insert("keys".to_owned(), keys.clone());
        members.insert("timestamps".to_owned(), Value::Array(stamps));
        proofs.push(Value::Object(members));
    }
    let checkpoints = signed.into_iter().map(|it| (it.size, it.note)).collect();
    Ok(Proofs { proofs, checkpoints })
}

/// The members of a proof that do not depend on the state of the log.
async fn said(tx: &mut Tx, fact: &Evidence) -> Result<Map<String, Value>> {
    let mut members = Map::new();
    members.insert("format".to_owned(), json!(FORMAT));
    let entry = match (&fact.record, &fact.salt, fact.position) {
        (Some(record), Some(salt), _) => {
            let record: Value = serde_json::from_str(record)
                .map_err(|error| store::Error::Stored(format!("evidence {} is no JSON: {error}", fact.id)))?;
            members.insert("record".to_owned(), record);
            members.insert("salt".to_owned(), json!(salt));
            Entry::of_fact(fact).map(|it| it.0)
        }
        // What was committed to can be read in the log alone.
        (_, _, Some(position)) => store::log::entries(tx, position, 1).await?.pop(),
        (_, _, None) => None,
    };
    if let Some(entry) = entry {
        members.insert("entry".to_owned(), json!(entry));
    }
    Ok(members)
}

/// The checkpoints to prove these facts with, the smallest first.
async fn checkpoints(app: &App, tx: &mut Tx, facts: &[Evidence], logs: &[String]) -> Result<Vec<Signed>> {
    let head = store::log::head(tx).await?;
    let positions: BTreeSet<u64> = facts.iter().filter_map(|it| it.position).collect();
    let mut found: Vec<Signed> = Vec::new();
    for position in positions {
        if covering(&found, position).is_some() {
            continue;
        }
        let Some(checkpoint) = checkpoint_over(app, tx, &head, position).await? else { break };
        let stamps = store::checkpoint::stamps(tx, &checkpoint).await?;
        let stamps = stamps.iter().map(|it| json!({ "tsa": it.tsa, "token": it.token })).collect();
        let note = read::with_witnesses(tx, &checkpoint).await?;
        let keys = keys(app, tx, &checkpoint, logs).await?;
        found.push(Signed { size: checkpoint.size, note, stamps, keys });
    }
    Ok(found)
}

/// The keys to check a checkpoint with. As long as too few witnesses have signed it, those who have are named alone: a
/// proof handed out while others are down must hold as it is.
async fn keys(app: &App, tx: &mut Tx, checkpoint: &Checkpoint, logs: &[String]) -> Result<Value> {
    let wanted = &app.config.anchors;
    let signed = store::checkpoint::cosignatures(tx, checkpoint).await?;
    let mut witnesses: Vec<&str> = wanted.witnesses.iter().map(|it| it.key.as_str()).collect();
    let has_signed = |it: &&Witness| signed.iter().any(|line| line.witness == it.name);
    let signers: Vec<&str> = wanted.witnesses.iter().filter(has_signed).map(|it| it.key.as_str()).collect();
    let mut threshold = usize::try_from(wanted.witness_threshold).unwrap_or(usize::MAX);
    if signers.len() < threshold {
        threshold = signers.len();
        witnesses = signers;
    }
    Ok(json!({ "log": logs, "witnesses": witnesses, "threshold": threshold }))
}

/// Which of the checkpoints found so far covers a position: the smallest that does.
fn covering(signed: &[Signed], position: u64) -> Option<usize> {
    signed.iter().position(|it| it.size > position)
}

/// The checkpoint to prove a position with: the first that everybody outside confirmed, or else the newest.
async fn checkpoint_over(app: &App, tx: &mut Tx, head: &Head, position: u64) -> Result<Option<Checkpoint>> {
    let origin = super::signed_as(app, head);
    let wanted = &app.config.anchors;
    let (enough, stamped) = (i64::from(wanted.witness_threshold), wanted.timestamp_url.is_some());
    if enough > 0 || stamped {
        let names: Vec<&str> = wanted.witnesses.iter().map(|it| it.name.as_str()).collect();
        let anchored = store::checkpoint::anchored(tx, &origin, position, (&names, enough), stamped).await?;
        if anchored.is_some() {
            return Ok(anchored);
        }
    }
    Ok(store::checkpoint::published(tx, &origin).await?.filter(|it| it.size > position))
}

/// The tiles that lead from the facts to each checkpoint, and its size.
fn tiles(facts: &[Evidence], signed: &[Signed]) -> Vec<(u64, Vec<TileId>)> {
    let mut ids: Vec<BTreeSet<TileId>> = signed.iter().map(|_| BTreeSet::new()).collect();
    for index in facts.iter().filter_map(|it| it.position) {
        if let Some(at) = covering(signed, index)
            && let (Some(checkpoint), Some(ids)) = (signed.get(at), ids.get_mut(at))
        {
            ids.extend(tree::tiles_of_inclusion(index, checkpoint.size));
        }
    }
    signed.iter().zip(ids).map(|(it, ids)| (it.size, ids.into_iter().collect())).collect()
}
