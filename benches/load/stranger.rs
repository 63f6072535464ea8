//! Strangers who audit the log while it grows: each fetches the checkpoint, checks its signature, fetches the tiles for
//! an entry picked by chance, computes its proof and the proof that the log continues what was seen before.

use std::{
    cell::{Cell, RefCell},
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use ayeaye::{
    crypto::Random,
    tlog::{
        checkpoint::Checkpoint,
        merkle::{leaf_hash, verify_consistency, verify_inclusion},
        note::{Note, VerifierKey},
        tile::{self, TileId, TilePath, WIDTH, parse_bundle, width_at},
        tree::{self, Tiles},
    },
};
use tokio::task::{JoinHandle, spawn_local};

use crate::{evidence::get, http::Connection};

/// How many verify at once.
pub(crate) const STRANGERS: usize = 4;
/// How long each rests between two proofs.
const REST: Duration = Duration::from_millis(100);
/// How often somebody looks whether there is a new checkpoint: latency is measured as finely as this.
const LOOK: Duration = Duration::from_millis(20);

/// A checkpoint, and when it was first there to be fetched.
#[derive(Clone, Copy)]
pub(crate) struct Sighting {
    pub(crate) size: u64,
    pub(crate) at: Instant,
}

/// What strangers have seen.
#[derive(Default)]
pub(crate) struct Watched {
    stop: Cell<bool>,
    sightings: RefCell<Vec<Sighting>>,
    proofs: Cell<u64>,
    failed: RefCell<Vec<String>>,
}

impl Watched {
    /// Entries under the newest checkpoint seen.
    pub(crate) fn newest(&self) -> u64 {
        self.sightings.borrow().last().map_or(0, |it| it.size)
    }

    /// Every checkpoint seen, the smallest first.
    pub(crate) fn sightings(&self) -> Vec<Sighting> {
        self.sightings.borrow().clone()
    }

    /// Proofs that held.
    pub(crate) fn proofs(&self) -> u64 {
        self.proofs.get()
    }

    /// What did not hold.
    pub(crate) fn failed(&self) -> Vec<String> {
        self.failed.borrow().clone()
    }
}

/// Strangers at work.
pub(crate) struct Strangers {
    pub(crate) watched: Rc<Watched>,
    at_work: Vec<JoinHandle<()>>,
}

impl Strangers {
    /// Sends them to the log of this key.
    pub(crate) fn start(address: SocketAddr, key: &VerifierKey) -> Self {
        let watched = Rc::<Watched>::default();
        let mut at_work = vec![spawn_local(look(address, key.clone(), Rc::clone(&watched)))];
        for _ in 0..STRANGERS {
            at_work.push(spawn_local(verify(address, key.clone(), Rc::clone(&watched))));
        }
        Self { watched, at_work }
    }

    /// Calls them back.
    pub(crate) async fn stop(self) -> Rc<Watched> {
        self.watched.stop.set(true);
        for one in self.at_work {
            one.await.expect("a stranger comes back");
        }
        self.watched
    }
}

async fn look(address: SocketAddr, key: VerifierKey, watched: Rc<Watched>) {
    let mut log = Log::new(address, key).await;
    while !watched.stop.get() {
        match log.checkpoint().await {
            Ok(Checkpoint { size, .. }) if size > watched.newest() => {
                watched.sightings.borrow_mut().push(Sighting { size, at: Instant::now() });
            }
            Ok(Checkpoint { size, .. }) if size < watched.newest() => {
                watched.failed.borrow_mut().push(format!("the log went back to {size} entries"));
            }
            Ok(_same) => {}
            Err(why) => watched.failed.borrow_mut().push(why),
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn verify(address: SocketAddr, key: VerifierKey, watched: Rc<Watched>) {
    let (mut log, mut before, chance) = (Log::new(address, key).await, None, Random::system());
    while !watched.stop.get() {
        match log.prove(before.as_ref(), chance.number()).await {
            Ok(checkpoint) => {
                watched.proofs.set(watched.proofs.get() + 1);
                before = Some(checkpoint);
            }
            Err(why) => watched.failed.borrow_mut().push(why),
        }
        tokio::time::sleep(REST).await;
    }
}

/// The log as it is served.
struct Log {
    address: SocketAddr,
    connection: Connection,
    key: VerifierKey,
    request: Vec<u8>,
}

impl Log {
    async fn new(address: SocketAddr, key: VerifierKey) -> Self {
        Self { address, connection: Connection::to(address).await, key, request: Vec::new() }
    }

    async fn fetch(&mut self, path: &str) -> Result<Vec<u8>, String> {
        get(&mut self.request, self.address, path);
        let answer = self.connection.ask(&self.request).await.map_err(|error| format!("{path}: {error}"))?;
        if answer.status == 200 {
            Ok(answer.body.to_vec())
        } else {
            Err(format!("{path}: status {}", answer.status))
        }
    }

    async fn checkpoint(&mut self) -> Result<Checkpoint, String> {
        let text = String::from_utf8(self.fetch("/log/checkpoint").await?).map_err(|it| it.to_string())?;
        let note = Note::parse(&text).map_err(|it| it.to_string())?;
        note.verify(std::slice::from_ref(&self.key)).map_err(|it| it.to_string())?;
        Checkpoint::parse(&note.text).map_err(|it| it.to_string())
    }

    async fn tiles(&mut self, ids: &[TileId], size: u64) -> Result<Tiles, String> {
        let mut tiles = Tiles::new();
        for id in ids {
            let path = TilePath::Tile { id: *id, width: width_at(*id, size) };
            let bytes = self.fetch(&format!("/log/{path}")).await?;
            tiles.insert(*id, tile::parse(&bytes).map_err(|it| it.to_string())?);
        }
        Ok(tiles)
    }

    /// Proves that the entry that `chance` picks is in the log, and that the log continues `before`.
    async fn prove(&mut self, before: Option<&Checkpoint>, chance: u64) -> Result<Checkpoint, String> {
        let checkpoint = self.checkpoint().await?;
        let Checkpoint { size, root, .. } = &checkpoint;
        let index = chance % size;
        let width = u64::from(WIDTH);
        let (number, within) = (index / width, index % width);
        let path = TilePath::Entries { number, width: width_at(TileId { level: 0, number }, *size) };
        let entries =
            parse_bundle(&self.fetch(&format!("/log/{path}")).await?).map_err(|it| it.to_string())?;
        let entry = usize::try_from(within).ok().and_then(|it| entries.get(it)).ok_or("no such entry")?;
        let tiles = self.tiles(&tree::tiles_of_inclusion(index, *size), *size).await?;
        let proof = tree::inclusion_proof(index, *size, &tiles).map_err(|it| it.to_string())?;
        verify_inclusion(&leaf_hash(entry), index, *size, &proof, root)
            .map_err(|it| format!("entry {index} of {size}: {it}"))?;
        if let Some(old) = before {
            let tiles = self.tiles(&tree::tiles_of_consistency(old.size, *size), *size).await?;
            let proof = tree::consistency_proof(old.size, *size, &tiles).map_err(|it| it.to_string())?;
            verify_consistency(old.size, *size, &proof, &old.root, root)
                .map_err(|it| format!("{} to {size}: {it}", old.size))?;
        }
        Ok(checkpoint)
    }
}
