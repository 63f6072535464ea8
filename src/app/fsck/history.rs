//! The log from its first entry: commitments, hashes, checkpoints.

use std::collections::{BTreeMap, VecDeque};

use super::{PAGE, Report, claims, far};
use crate::{
    app::{
        self, App, Result,
        log::{self, Entry, Remembered},
    },
    crypto::mac,
    domain::Timestamp,
    store::{self, Tx, checkpoint::Checkpoint, evidence::Evidence, log::Head, publication::Publication},
    tlog::{
        self, Hash,
        merkle::leaf_hash,
        note::{KeyKind, Note},
        tile::{TileId, width_at},
        tree::{self, Tiles},
    },
};

/// Where the walk is: the hashes over what it has passed, and the checkpoints ahead.
struct Walk<'a> {
    app: &'a App,
    now: Timestamp,
    /// The right edge of the tree so far, and every tile above the leaves.
    tiles: Tiles,
    at: u64,
    ahead: VecDeque<Checkpoint>,
    /// The size of the last checkpoint read.
    read_to: u64,
    /// When the checkpoint before the present position was signed.
    signed_before: Option<Timestamp>,
    /// The largest size of each origin, for what may still be unpublished.
    newest: BTreeMap<String, u64>,
}

/// Walks the log.
pub(super) async fn walk(app: &App, tx: &mut Tx, known: &Remembered, report: &mut Report) -> Result<()> {
    let head = store::log::head(tx).await?;
    let mut walk = Walk {
        app,
        now: app.now(),
        tiles: Tiles::default(),
        at: 0,
        ahead: VecDeque::new(),
        read_to: 0,
        signed_before: None,
        newest: BTreeMap::new(),
    };
    for origin in store::checkpoint::origins(tx).await? {
        if let Some(newest) = store::checkpoint::newest(tx, &origin).await? {
            walk.newest.insert(origin, newest.size);
        }
    }
    let mut from = 0;
    while from < head.size {
        from = walk.page(tx, &head, from, report).await?;
    }
    walk.beyond(tx, &head, report).await?;
    walk.kept_tiles(tx, &head, report).await?;
    walk.waiting(tx, &head, report).await?;
    for text in store::publication::altered(tx).await? {
        report.find(text, "it is not the text that was published");
    }
    last_checkpoint(app, tx, known, &head, report).await
}

/// The newest entries are signed, and the database is not behind what was signed before.
async fn last_checkpoint(
    app: &App,
    tx: &mut Tx,
    known: &Remembered,
    head: &Head,
    report: &mut Report,
) -> Result<()> {
    let newest = store::checkpoint::newest(tx, &log::signed_as(app, head)).await?;
    match newest.map(|it| it.size) {
        Some(size) if size < head.size => {
            report.find(format!("checkpoint {size}"), "it is the last one, and does not cover all entries");
        }
        None if head.origin.is_some() => report.find("the log", "it was signed, and no checkpoint is left"),
        Some(_) | None => {}
    }
    match log::refusal(app, known, head).await {
        Ok(None) => {}
        Ok(Some(why)) => report.find("the log", why),
        Err(app::Error::Store(store::Error::Stored(what))) => report.find("the log", what),
        Err(error) => return Err(error),
    }
    Ok(())
}

impl Walk<'_> {
    /// Looks at one page of entries; the position after it.
    async fn page(&mut self, tx: &mut Tx, head: &Head, from: u64, report: &mut Report) -> Result<u64> {
        let page = PAGE.unsigned_abs();
        let wanted = page.min(head.size - from);
        let entries = match store::log::entries(tx, from, wanted).await {
            Ok(entries) if entries.is_empty() => {
                report.find(format!("log entry {from}"), "it is missing");
                return Ok(head.size);
            }
            Ok(entries) => entries,
            Err(store::Error::Stored(what)) => {
                report.find(format!("log entries from {from}"), what);
                return Ok(from + wanted);
            }
            Err(error) => return Err(error.into()),
        };
        let to = from + u64::try_from(entries.len()).unwrap_or(wanted);
        let facts = store::evidence::logged(tx, from, PAGE).await?;
        let texts = store::publication::logged(tx, from, PAGE).await?;
        let mut facts: BTreeMap<u64, Evidence> = within(facts, to, |it| it.position);
        let mut texts: BTreeMap<u64, Publication> = within(texts, to, |it| it.position);
        for (position, entry) in (from..).zip(&entries) {
            self.checkpoints_at(tx, position, report).await?;
            self.owner(position, entry, facts.remove(&position), texts.remove(&position), report);
            self.add(entry);
        }
        self.checkpoints_at(tx, to, report).await?;
        Ok(to)
    }

    fn add(&mut self, entry: &str) {
        // The right edge is never taken away: nothing is missing.
        let _ = tree::append(self.at, &mut self.tiles, &[leaf_hash(entry.as_bytes())]);
        self.at += 1;
        // Full tiles of leaves are not needed again: the walk would hold the whole log otherwise.
        if self.at.is_multiple_of(u64::from(tlog::tile::WIDTH)) {
            let number = self.at / u64::from(tlog::tile::WIDTH) - 1;
            self.tiles.remove(TileId { level: 0, number });
        }
    }

    /// Holds an entry against the fact or the text it stands for.
    fn owner(
        &self,
        position: u64,
        entry: &str,
        fact: Option<Evidence>,
        text: Option<Publication>,
        report: &mut Report,
    ) {
        report.entries += 1;
        let place = format!("log entry {position}");
        match (fact, text) {
            (Some(_), Some(_)) => report.find(place, "both a fact and a text claim this place"),
            (Some(fact), None) => self.fact(&place, entry, &fact, report),
            (None, Some(text)) => {
                report.texts += 1;
                if mac::sha256_hex(text.body.as_bytes()) != text.sha256 || Entry::of_text(&text).0 != entry {
                    let Publication { kind, about, version, .. } = text;
                    report
                        .find(place, format!("the {kind} {about} v{version} is not the text published then"));
                }
            }
            (None, None) if entry.contains("\"t\":\"adoption\"") => {}
            (None, None) => report.find(place, "what it stands for is gone"),
        }
    }

    fn fact(&self, place: &str, entry: &str, fact: &Evidence, report: &mut Report) {
        let name = claims::name(fact);
        let (Some(record), Some(_)) = (&fact.record, &fact.salt) else {
            report.erased += 1;
            let is_commitment = entry.contains("\"t\":\"evidence\"") || entry.contains("\"t\":\"erased\"");
            if fact.record.is_some() || fact.salt.is_some() {
                report.find(place, format!("{name} has lost its record or its salt alone"));
            } else if !is_commitment {
                report.find(place, format!("{name} has another entry than a fact has"));
            }
            return;
        };
        report.facts += 1;
        if Entry::of_fact(fact).is_none_or(|it| it.0 != entry) {
            report.find(place, format!("{name} is not what was committed to"));
        } else if let Err(what) = claims::read(fact, record) {
            report.find(place, format!("{name}: {what}"));
        } else if self.signed_before.is_some_and(|signed| far(fact.at, signed)) {
            report
                .find(place, format!("{name} is dated more than a day before the log was signed without it"));
        }
    }

    /// Looks at the checkpoints over exactly `size` entries.
    async fn checkpoints_at(&mut self, tx: &mut Tx, size: u64, report: &mut Report) -> Result<()> {
        loop {
            if self.ahead.is_empty() && self.read_to <= size {
                let page = store::checkpoint::from(tx, self.read_to, PAGE).await?;
                let Some(last) = page.last() else {
                    self.read_to = u64::MAX;
                    return Ok(());
                };
                self.read_to = last.size + 1;
                self.ahead = page.into();
            }
            match self.ahead.front() {
                Some(next) if next.size <= size => {}
                Some(_) | None => return Ok(()),
            }
            let Some(checkpoint) = self.ahead.pop_front() else { return Ok(()) };
            report.checkpoints += 1;
            let place = format!("checkpoint {} of {}", checkpoint.size, checkpoint.origin);
            if let Err(what) = self.checkpoint(tx, &checkpoint).await? {
                report.find(place, what);
            }
            self.signed_before = Some(checkpoint.at);
        }
    }

    /// What is wrong with a checkpoint over what the walk has passed, in words.
    async fn checkpoint(
        &self,
        tx: &mut Tx,
        checkpoint: &Checkpoint,
    ) -> Result<std::result::Result<(), String>> {
        let Checkpoint { origin, size, note, at, published } = checkpoint;
        let key = match self.app.keys.log(origin) {
            Ok(key) => key,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let said = Note::parse(note).map_err(|it| it.to_string()).and_then(|note| {
            let keys = [key.verifier(), key.cosigner_verifier()];
            let signed = note.verify(&keys).map_err(|it| it.to_string())?;
            let text = tlog::checkpoint::Checkpoint::parse(&note.text).map_err(|it| it.to_string())?;
            let time = signed.iter().find(|it| it.key.kind() == KeyKind::Cosignature).and_then(|it| it.at);
            Ok((text, time, signed.len(), note))
        });
        let (text, time, signatures, note) = match said {
            Ok(said) => said,
            Err(what) => return Ok(Err(what)),
        };
        let here = tree::root(*size, &self.tiles).ok();
        let wrong = if self.at != *size || here.is_none_or(|it| it != text.root) {
            Some("the entries below it are not those that were signed".to_owned())
        } else if text.origin != *origin || text.size != *size {
            Some("it says another name or size than its row".to_owned())
        } else if signatures != 2 || note.to_string() != checkpoint.note {
            Some("it does not carry the log's own two signatures alone".to_owned())
        } else if time.and_then(|it| i64::try_from(it).ok()) != Some(at.seconds()) || at.millis() % 1_000 != 0
        {
            Some("its row says another time than its signature".to_owned())
        } else if !published && self.newest.get(origin).is_some_and(|newest| newest > size) {
            Some("it was passed over without being published".to_owned())
        } else {
            None
        };
        if let Some(wrong) = wrong {
            return Ok(Err(wrong));
        }
        self.outside(tx, checkpoint, &note).await
    }

    /// What witnesses and time-stamping authorities said of it.
    async fn outside(
        &self,
        tx: &mut Tx,
        checkpoint: &Checkpoint,
        note: &Note,
    ) -> Result<std::result::Result<(), String>> {
        let keys: Vec<_> =
            self.app.config.anchors.witnesses.iter().filter_map(|it| it.key.parse().ok()).collect();
        for cosignature in store::checkpoint::cosignatures(tx, checkpoint).await? {
            let signed = Note::parse(&format!("{note}{}", cosignature.line));
            let good = signed.is_ok_and(|it| match it.verify(&keys) {
                Ok(verified) => !verified.is_empty(),
                // A witness that is no longer asked cannot be checked.
                Err(_) => !keys.iter().any(|key: &tlog::note::VerifierKey| key.name() == cosignature.witness),
            });
            if !good {
                return Ok(Err(format!("what {} signed does not verify", cosignature.witness)));
            }
        }
        let imprint = tlog::sha256(note.text.as_bytes());
        for stamp in store::checkpoint::stamps(tx, checkpoint).await? {
            if let Err(what) = log::check_stamp(&stamp.token, &imprint) {
                return Ok(Err(format!("the time stamp of {}: {what}", stamp.tsa)));
            }
        }
        Ok(Ok(()))
    }

    /// What claims a place after the last entry, and checkpoints over more than there is.
    async fn beyond(&mut self, tx: &mut Tx, head: &Head, report: &mut Report) -> Result<()> {
        for fact in store::evidence::logged(tx, head.size, PAGE).await? {
            report.find(claims::name(&fact), "it claims a place after the end of the log");
        }
        for text in store::publication::logged(tx, head.size, PAGE).await? {
            report.find(format!("text {}", text.id), "it claims a place after the end of the log");
        }
        for entry in store::log::entries(tx, head.size, 1).await.unwrap_or_default() {
            report.find(
                format!("log entry {}", head.size),
                format!("it comes after the end of the log: {entry}"),
            );
        }
        let over: Vec<Checkpoint> = if self.ahead.is_empty() {
            store::checkpoint::from(tx, head.size + 1, PAGE).await?
        } else {
            self.ahead.drain(..).collect()
        };
        for checkpoint in over {
            let Checkpoint { origin, size, .. } = checkpoint;
            report.find(format!("checkpoint {size} of {origin}"), "it is over more entries than there are");
        }
        Ok(())
    }

    /// Holds the tiles that are kept against those derived.
    async fn kept_tiles(&self, tx: &mut Tx, head: &Head, report: &mut Report) -> Result<()> {
        let kept = store::log::tiles(tx).await?;
        let derived: Vec<TileId> = self.tiles.iter().map(|it| it.0).filter(|it| it.level > 0).collect();
        for id in kept.iter().chain(derived.iter().filter(|it| !kept.contains(it))) {
            let hashes = match store::log::tile(tx, *id).await {
                Ok(hashes) => hashes,
                Err(store::Error::Stored(what)) => {
                    report.find(format!("tile {}/{}", id.level, id.number), what);
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            let wanted: &[Hash] = self.tiles.get(*id).unwrap_or_default();
            if hashes != wanted || hashes.len() != usize::from(width_at(*id, head.size)) {
                report.find(
                    format!("tile {}/{}", id.level, id.number),
                    "its hashes are not those of the entries",
                );
            }
        }
        Ok(())
    }

    /// Facts and texts without a place: they may be new, not old.
    async fn waiting(&self, tx: &mut Tx, head: &Head, report: &mut Report) -> Result<()> {
        let facts = store::evidence::unlogged(tx, PAGE).await?;
        let texts = store::publication::unlogged(tx, PAGE).await?;
        report.waiting = u64::try_from(facts.len() + texts.len()).unwrap_or_default();
        for fact in facts {
            let said = fact.record.as_deref().map(|it| claims::read(&fact, it).map(|_| ()));
            if let Some(Err(what)) = said {
                report.find(claims::name(&fact), what);
            } else if claims::is_late(fact.at, self.now) && head.refused.is_none() {
                report.find(claims::name(&fact), "it has waited for its place for more than ten minutes");
            }
        }
        for text in texts.iter().filter(|it| mac::sha256_hex(it.body.as_bytes()) != it.sha256) {
            report.find(format!("text {}", text.id), "it is not the text its hash is of");
        }
        Ok(())
    }
}

fn within<T>(rows: Vec<T>, to: u64, position: impl Fn(&T) -> Option<u64>) -> BTreeMap<u64, T> {
    let placed = rows.into_iter().filter_map(|it| Some((position(&it)?, it)));
    placed.take_while(|(at, _)| *at < to).collect()
}
