//! Jobs that one instance does at a time. Each takes its turn and keeps it from pass to pass; every write is fenced by
//! the turn, so that one who was silent too long writes nothing.

use super::{App, Result};
use crate::{
    domain::time::SECOND,
    store::{self, Tx},
};

/// How long whoever has a turn may be silent before another instance takes over, in milliseconds.
const LEASE: i64 = 30 * SECOND;

/// An instance's turn at a job.
pub(super) struct Turn {
    job: &'static str,
    token: Option<i64>,
}

impl Turn {
    /// No turn at this job yet.
    pub(super) const fn at(job: &'static str) -> Self {
        Self { job, token: None }
    }

    /// Keeps the turn until the end of the transaction, or takes it if nobody has it; false when another instance has
    /// it, and then nothing may be written.
    ///
    /// # Errors
    /// The database failed.
    pub(super) async fn hold(&mut self, app: &App, tx: &mut Tx) -> Result<bool> {
        let (now, until) = (app.now(), app.now().plus(LEASE));
        if let Some(token) = self.token
            && store::lease::hold(tx, self.job, token, until).await?
        {
            return Ok(true);
        }
        self.token = store::lease::take(tx, self.job, now, until).await?;
        let Some(token) = self.token else { return Ok(false) };
        if let Some(name) = app.instance.get() {
            store::lease::sign(tx, self.job, token, name).await?;
        }
        Ok(true)
    }

    /// Gives the turn back: another instance can go on at once.
    ///
    /// # Errors
    /// The database failed: the turn ends by itself.
    pub(super) async fn release(&mut self, app: &App) -> Result<()> {
        if let Some(token) = self.token.take() {
            let mut tx = app.store.begin().await?;
            store::lease::release(&mut tx, self.job, token, app.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
