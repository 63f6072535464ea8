//! What is true of each contact now, in the order in which it was last told: for whoever builds a mirror.
//!
//! A contact stands at the place of the last event that changed something about them, and moves on with the next one.
//! A reader who goes from place to place meets everybody, whatever changes meanwhile: nobody ever moves back. What is
//! shown may be newer than its place, never older.

use super::{App, Result};
use crate::{
    domain::{Timestamp, id::TenantId},
    store::{self, latest::Changed},
};

/// A part of what is true.
#[derive(Debug)]
pub struct Part {
    /// The contacts, in the order of their places.
    pub contacts: Vec<Changed>,
    /// Whether there are more.
    pub has_more: bool,
    /// The place to go on from: here while there are more, in the feed behind the last of them.
    pub next_after: i64,
    /// When it was true.
    pub at: Timestamp,
}

/// The feed has never come to the place that was asked for: this is its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead(pub i64);

/// The contacts behind this place, at most `limit`, from one state of the database.
///
/// # Errors
/// The database failed.
pub async fn after(
    app: &App,
    tenant: TenantId,
    after: i64,
    limit: usize,
) -> Result<std::result::Result<Part, Ahead>> {
    let at = app.now();
    let mut tx = app.store.read().await?;
    let one_more = i64::try_from(limit).unwrap_or_default().saturating_add(1);
    let mut contacts = store::latest::after(&mut tx, tenant, after, one_more).await?;
    // Behind the last of them nothing more was told up to here, in this state of the database.
    let last = store::event::reach(&mut tx, tenant).await?.last;
    tx.commit().await?;
    if after > last {
        return Ok(Err(Ahead(last)));
    }
    let has_more = contacts.len() > limit;
    contacts.truncate(limit);
    let next_after = match contacts.last() {
        Some(it) if has_more => it.sequence,
        Some(_) | None => last,
    };
    Ok(Ok(Part { contacts, has_more, next_after, at }))
}
