//! The log: every piece of evidence commits to one append-only Merkle log of this installation.
//!
//! A request writes its evidence and goes; [`writer`] gives it a place soon after, one instance at a time, and signs
//! a checkpoint over all of it. [`guard`] keeps the last checkpoint outside the database too, so that a database
//! restored from an old backup is noticed before a second history is signed. [`read`] answers what strangers ask
//! (C2SP tlog-tiles), [`proof`] puts together what proves one fact.
//!
//! What stands in the log is public and says nothing about anyone: a commitment under a salt of its own.

pub mod adopt;
pub mod anchoring;
mod entry;
mod guard;
mod nodes;
pub mod proof;
pub mod read;
pub mod status;
mod writer;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::App;
use crate::{
    domain::time::DAY,
    store::log::Head,
    tlog::{Hash, timestamp},
};

pub(super) use entry::Entry;
pub use guard::remember_published;
pub(super) use guard::{Remembered, known, refusal};
pub use writer::LogWriter;

/// How long a checkpoint is kept that nobody outside confirmed, in milliseconds. Proofs carry their own copy.
pub(super) const CHECKPOINTS_KEPT: i64 = 7 * DAY;

/// The lease of the one instance that writes the log.
const JOB: &str = "log";

/// The name this log signs under: where people reach it, and which history it is. A database restored from a backup
/// and adopted goes on under another name, so that no name ever signs two roots for one size.
pub fn origin(app: &App, generation: u64) -> String {
    named(app.config.base_url.authority(), generation)
}

fn named(host: &str, generation: u64) -> String {
    if generation <= 1 { format!("{host}/log") } else { format!("{host}/log/{generation}") }
}

/// The name the log was signed under last: that of the service, whatever base URL a command beside it was told.
pub(super) fn signed_as(app: &App, head: &Head) -> String {
    head.origin.clone().unwrap_or_else(|| origin(app, head.generation))
}

/// The name of a later history of the log that was signed as `last`.
fn renamed(last: &str, generation: u64) -> String {
    named(last.split_once("/log").map_or(last, |it| it.0), generation)
}

/// Which history a name of ours is of.
fn generation_of(origin: &str) -> Option<u64> {
    let (_, rest) = origin.split_once("/log")?;
    match rest.strip_prefix('/') {
        None if rest.is_empty() => Some(1),
        None => None,
        Some(number) => number.parse().ok().filter(|it| *it > 1),
    }
}

/// What is wrong with a time stamp of a checkpoint's text, in words. Who stamped is checked when the stamp comes.
pub(super) fn check_stamp(token: &str, imprint: &Hash) -> std::result::Result<(), String> {
    let token = BASE64_STANDARD.decode(token).map_err(|error| error.to_string())?;
    timestamp::verify(&token, imprint.bytes(), None).map(|_| ()).map_err(|error| error.to_string())
}
