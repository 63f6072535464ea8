//! Going on from a restored database: a decision of the operator, itself logged.

use super::{Entry, JOB, guard, writer};
use crate::{
    app::{self, App},
    domain::time::SECOND,
    store,
};

/// How long the adoption may take, in milliseconds.
const LEASE: i64 = 30 * SECOND;
/// The longest reason, in characters: it is published.
const LONGEST_REASON: usize = 500;

/// What an adoption led to.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// The name the log signs under from now on.
    pub origin: String,
    /// Its verifier key.
    pub key: String,
    /// Entries in it, the adoption included.
    pub size: u64,
}

/// Why nothing was adopted.
#[derive(Debug, thiserror::Error)]
pub enum AdoptError {
    /// The log is signed as ever.
    #[error("there is nothing to adopt: the log is not refused")]
    NotRefused,
    /// No word of why.
    #[error("say why with --reason, in 1 to {LONGEST_REASON} characters; it is published in the log")]
    Reason,
    /// Another instance writes.
    #[error("another instance is at it; try again in half a minute")]
    Busy,
    /// The file of the last checkpoint is in the way.
    #[error("{0}")]
    File(String),
    /// The database failed.
    #[error(transparent)]
    App(#[from] app::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Accepts the database as it is, although more was signed before. The log goes on under a new name, and its next entry
/// says why, and which checkpoint was the last of the old name. What was lost stays lost; receipts given for it still
/// verify with the old name's key.
///
/// # Errors
/// Nothing is refused, no reason is given, or something failed: nothing was changed.
pub async fn adopt(app: &App, reason: &str) -> Result<Adopted, AdoptError> {
    let reason = reason.trim();
    let sound = reason.chars().all(|it| !it.is_control()) && reason.chars().count() <= LONGEST_REASON;
    if reason.is_empty() || !sound {
        return Err(AdoptError::Reason);
    }
    let now = app.now();
    let known = guard::known(app);
    let mut tx = app.store.begin().await?;
    let token = store::lease::take(&mut tx, JOB, now, now.plus(LEASE)).await?.ok_or(AdoptError::Busy)?;
    let head = store::log::head(&mut tx).await?;
    if head.refused.is_none() && guard::refusal(app, &known, &head).await?.is_none() {
        return Err(AdoptError::NotRefused);
    }
    let known = known.map_err(AdoptError::File)?;
    let generation = known.as_ref().map_or(0, |it| it.generation).max(head.generation) + 1;
    let origin = super::renamed(&super::signed_as(app, &head), generation);
    let entry = Entry::of_adoption(reason, known.as_ref().map(|it| &it.checkpoint));
    let checkpoint = writer::append(app, &mut tx, &head, &origin, &[entry.0], now).await?;
    store::log::begin_generation(&mut tx, generation).await?;
    store::lease::release(&mut tx, JOB, token, now).await?;
    tx.commit().await?;
    tracing::warn!(reason, origin, "the database was adopted: the log goes on under a new name");
    guard::put_aside(app).map_err(|error| AdoptError::File(error.to_string()))?;
    if let Some(checkpoint) = &checkpoint {
        writer::publish(app, checkpoint).await?;
    }
    let key = app.keys.log(&origin).map(|it| it.verifier().to_string()).unwrap_or_default();
    Ok(Adopted { origin, key, size: head.size + 1 })
}
