//! The log's writer: gives evidence and published texts their places, and signs.
//!
//! One instance at a time holds the lease, and every write is fenced by it. Entries, tiles and the checkpoint over them
//! commit together; the checkpoint is handed out only after it is also kept outside the database. Killed anywhere in
//! between, the next pass finds either nothing done or the same checkpoint to publish: never a second one of its size.

use super::{Entry, JOB, guard, nodes};
use crate::{
    app::{App, Result},
    domain::{
        Timestamp,
        id::{EvidenceId, PublicationId, TenantId},
        time::SECOND,
    },
    store::{
        self, Batch, Tx, checkpoint::Checkpoint, evidence::Evidence, log::Head, publication::Publication,
    },
    tlog::{
        self, Hash,
        merkle::leaf_hash,
        note::{KeyError, Note, NoteError},
        tree,
    },
};

/// Entries written in one transaction.
const BATCH: i64 = 1_000;
/// How long the writer may be silent before another instance takes over, in milliseconds.
const LEASE: i64 = 30 * SECOND;

/// The writer's turn. Holds the fencing token between passes.
#[derive(Default)]
pub struct LogWriter {
    token: Option<i64>,
}

/// What waits for a place.
struct Waiting {
    texts: Vec<Publication>,
    facts: Vec<Evidence>,
}

/// Everything a pass writes.
struct Step {
    head: Head,
    entries: Vec<String>,
    texts: Vec<(TenantId, PublicationId, u64)>,
    facts: Vec<(TenantId, EvidenceId, u64)>,
}

impl LogWriter {
    /// Writes what waits, one batch, signs it and publishes; how many entries. Zero also when another instance is the
    /// writer, and when nothing may be signed.
    ///
    /// # Errors
    /// The database failed: what was not committed did not happen; what was is published by the next pass.
    pub async fn pass(&mut self, app: &App) -> Result<usize> {
        let mut tx = app.store.peek().await?;
        let head = store::log::head(&mut tx).await?;
        if head.refused.is_some() {
            return Ok(0);
        }
        let origin = super::origin(app, head.generation);
        let signed = store::checkpoint::newest(&mut tx, &origin).await?;
        let settled = signed.as_ref().map_or(head.size == 0, |it| it.size == head.size && it.published);
        if settled && Waiting::read(&mut tx, 1).await?.is_empty() {
            return Ok(0);
        }
        drop(tx);
        let Some(token) = self.turn(app).await? else { return Ok(0) };
        // Only who holds the lease changes what is read here; the fenced transaction sees to it.
        let mut tx = app.store.peek().await?;
        let head = store::log::head(&mut tx).await?;
        if let Some(unpublished) = store::checkpoint::newest(&mut tx, &origin).await?
            && !unpublished.published
        {
            publish(app, &unpublished).await?;
        }
        let waiting = Waiting::read(&mut tx, BATCH).await?;
        drop(tx);
        let step = Step::of(head, waiting)?;
        let written = step.entries.len();
        match write(app, token, &step).await? {
            Written::Fenced => self.token = None,
            Written::Nothing => {}
            Written::Signed(checkpoint) => publish(app, &checkpoint).await?,
        }
        Ok(written)
    }

    /// The fencing token, taken if nobody holds it; not before the file outside the database agrees.
    async fn turn(&mut self, app: &App) -> Result<Option<i64>> {
        if self.token.is_some() {
            return Ok(self.token);
        }
        let now = app.now();
        let known = guard::known(app);
        let mut tx = app.store.begin().await?;
        let token = store::lease::take(&mut tx, JOB, now, now.plus(LEASE)).await?;
        let head = store::log::head(&mut tx).await?;
        tx.commit().await?;
        self.token = token;
        if token.is_some()
            && let Some(why) = guard::refusal(app, &known, &head).await?
        {
            refuse(app, &why).await?;
            self.release(app).await?;
        }
        Ok(self.token)
    }

    /// Gives the lease back: another instance can go on at once.
    ///
    /// # Errors
    /// The database failed: the lease ends by itself.
    pub async fn release(&mut self, app: &App) -> Result<()> {
        if let Some(token) = self.token.take() {
            let mut tx = app.store.begin().await?;
            store::lease::release(&mut tx, JOB, token, app.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

impl Waiting {
    async fn read(tx: &mut Tx, limit: i64) -> Result<Self> {
        let texts = store::publication::unlogged(tx, limit).await?;
        let left = limit - i64::try_from(texts.len()).unwrap_or(limit);
        let facts = if left > 0 { store::evidence::unlogged(tx, left).await? } else { Vec::new() };
        Ok(Self { texts, facts })
    }

    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.facts.is_empty()
    }
}

impl Step {
    fn of(head: Head, waiting: Waiting) -> Result<Self> {
        let Waiting { texts, facts } = waiting;
        let mut step = Self { entries: Vec::new(), texts: Vec::new(), facts: Vec::new(), head };
        for text in &texts {
            step.texts.push((text.tenant, text.id, step.next()));
            step.entries.push(Entry::of_text(text).0);
        }
        for fact in &facts {
            let entry = Entry::of_fact(fact)
                .ok_or_else(|| store::Error::Stored(format!("evidence {} has no sound salt", fact.id)))?;
            step.facts.push((fact.tenant, fact.id, step.next()));
            step.entries.push(entry.0);
        }
        Ok(step)
    }

    /// The place of the next entry.
    fn next(&self) -> u64 {
        self.head.size + u64::try_from(self.entries.len()).unwrap_or_default()
    }
}

enum Written {
    Fenced,
    Nothing,
    Signed(Checkpoint),
}

async fn write(app: &App, token: i64, step: &Step) -> Result<Written> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    if !store::lease::hold(&mut tx, JOB, token, now.plus(LEASE)).await? {
        return Ok(Written::Fenced);
    }
    let Step { head, entries, texts, facts } = step;
    let origin = super::origin(app, head.generation);
    let Some(checkpoint) = append(app, &mut tx, head, &origin, entries, now).await? else {
        tx.commit().await?;
        return Ok(Written::Nothing);
    };
    store::publication::place(&mut tx, texts).await?;
    store::evidence::place(&mut tx, facts).await?;
    tx.commit().await?;
    Ok(Written::Signed(checkpoint))
}

/// Adds entries, the tiles above them and a signed checkpoint; `None` when the log is signed as it is.
pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    head: &Head,
    origin: &str,
    entries: &[String],
    now: Timestamp,
) -> Result<Option<Checkpoint>> {
    let mut tiles = nodes::load(tx, &tree::tiles_of_root(head.size), head.size).await?;
    check_edge(tx, head.size, &tiles).await?;
    let leaves: Vec<Hash> = entries.iter().map(|it| leaf_hash(it.as_bytes())).collect();
    let changed = tree::append(head.size, &mut tiles, &leaves).map_err(nodes::damaged)?;
    let size = head.size + u64::try_from(leaves.len()).unwrap_or_default();
    let root = tree::root(size, &tiles).map_err(nodes::damaged)?;
    if !entries.is_empty() && !store::log::grow(tx, head.size, size).await? {
        return Err(store::Error::Stored("the log has grown under another hand".to_owned()).into());
    }
    let mut batch = Batch::default();
    store::log::put_entries(&mut batch, head.size, entries);
    for tile in changed.into_iter().filter(|it| it.level > 0) {
        store::log::put_tile(&mut batch, tile, tiles.get(tile).unwrap_or_default());
    }
    tx.batch(batch).await?;
    let checkpoint = Checkpoint {
        origin: origin.to_owned(),
        size,
        note: sign(app, origin, size, root, now).map_err(|error| store::Error::Stored(error.to_string()))?,
        // The signature says whole seconds.
        at: Timestamp::from_millis(now.seconds() * SECOND),
        published: false,
    };
    let new = store::checkpoint::put(tx, &checkpoint).await?;
    if head.origin.as_deref() != Some(origin) {
        store::log::sign_as(tx, origin).await?;
    }
    if !new && !entries.is_empty() {
        let why = format!("{origin} has signed {size} entries before it held them");
        return Err(store::Error::Stored(why).into());
    }
    Ok(new.then_some(checkpoint))
}

/// What was signed last must still be what is there: entries changed since are not signed over.
async fn check_edge(tx: &mut Tx, size: u64, tiles: &tree::Tiles) -> Result<()> {
    let last = store::checkpoint::from(tx, size, 1).await?;
    let Some(last) = last.first().filter(|it| it.size == size) else { return Ok(()) };
    let root = tree::root(size, tiles).map_err(nodes::damaged)?;
    let note = Note::parse(&last.note).map_err(nodes::damaged)?;
    let signed = tlog::checkpoint::Checkpoint::parse(&note.text).map_err(nodes::damaged)?;
    if signed.root == root {
        return Ok(());
    }
    Err(nodes::damaged(format!("entries below {size} are not those that were signed")).into())
}

/// The signed note, with the line that tells when it was signed.
fn sign(
    app: &App,
    origin: &str,
    size: u64,
    root: Hash,
    now: Timestamp,
) -> std::result::Result<String, Unsigned> {
    let key = app.keys.log(origin)?;
    let text = tlog::checkpoint::Checkpoint { origin: origin.to_owned(), size, root, extensions: Vec::new() };
    let mut note = Note::new(text.to_string())?;
    note.sign(&key);
    note.cosign(&key, now.seconds().unsigned_abs());
    Ok(note.to_string())
}

/// A checkpoint that cannot be signed: the name of the log serves for no key.
#[derive(Debug, thiserror::Error)]
enum Unsigned {
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Hands a checkpoint out, once it is kept outside the database.
pub(super) async fn publish(app: &App, checkpoint: &Checkpoint) -> Result<()> {
    let kept = guard::remember(app, &checkpoint.note).map_err(store::Error::Stored)?;
    if kept.is_some() {
        let head = store::log::head(&mut app.store.peek().await?).await?;
        if let Some(why) = guard::refusal(app, &Ok(kept), &head).await? {
            refuse(app, &why).await?;
            return Err(store::Error::Stored(why).into());
        }
    }
    let mut tx = app.store.begin().await?;
    store::checkpoint::publish(&mut tx, &checkpoint.origin, checkpoint.size).await?;
    tx.commit().await?;
    app.wake.anchors.notify_one();
    Ok(())
}

/// Stops all signing, everywhere, and tells the operator. Consents are taken on.
pub(super) async fn refuse(app: &App, why: &str) -> Result<()> {
    tracing::error!(why, "the log is not signed on");
    let mut tx = app.store.begin().await?;
    store::log::refuse(&mut tx, Some(why)).await?;
    tx.commit().await?;
    Ok(())
}
