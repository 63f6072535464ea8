//! The nightly examination of evidence and log.

use std::time::Duration;

use tokio::sync::watch;

use super::report;
use crate::{
    app::{App, Result, fsck},
    domain::time::{DAY, MINUTE},
    store,
};

/// How often it is asked whether an examination is due.
const LOOK: Duration = Duration::from_mins(1);
/// How long the lease keeps other instances from beginning one too, in milliseconds. One that takes longer may be
/// joined by a second, which harms nothing: an examination only reads.
const LEASE: i64 = MINUTE;
const JOB: &str = "fsck";

pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _stops = stop.wait_for(|it| *it) => return,
        }
        tokio::select! {
            outcome = run_due(&app) => report("fsck", outcome.map(|_| ())),
            _stops = stop.wait_for(|it| *it) => return,
        }
    }
}

/// Examines everything if the last time is a day ago; whether it did.
pub(super) async fn run_due(app: &App) -> Result<bool> {
    let now = app.now();
    let is_due = |last: Option<store::log::Examination>| last.is_none_or(|it| now.since(it.at) >= DAY);
    if !is_due(fsck::last(app).await?) {
        return Ok(false);
    }
    let mut tx = app.store.begin().await?;
    let token = store::lease::take(&mut tx, JOB, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    let Some(token) = token else { return Ok(false) };
    fsck::examine_and_keep(app).await?;
    let mut tx = app.store.begin().await?;
    store::lease::release(&mut tx, JOB, token, app.now()).await?;
    tx.commit().await?;
    Ok(true)
}
