//! How the log fares, for operators.

use crate::{
    app::{App, Result},
    domain::Timestamp,
    store,
};

/// How far behind the log may be before that is worth a word, in milliseconds.
const PATIENCE: i64 = 10_000;

/// How the log fares.
#[derive(Clone, Debug)]
pub struct Status {
    /// Entries in it.
    pub size: u64,
    /// Entries that a published checkpoint covers.
    pub published: u64,
    /// When that was signed.
    pub signed_at: Option<Timestamp>,
    /// How long the oldest fact has waited for its place, in milliseconds; zero when none waits.
    pub behind: i64,
    /// Why nothing is signed now.
    pub refused: Option<String>,
    /// Those outside who have not confirmed anything for a day, and what they said.
    pub silent: Vec<(String, String)>,
}

impl Status {
    /// `ok`, `behind` or `refused`.
    pub fn word(&self) -> &'static str {
        match (&self.refused, self.behind > PATIENCE) {
            (Some(_), _) => "refused",
            (None, true) => "behind",
            (None, false) => "ok",
        }
    }
}

/// How the log fares now.
///
/// # Errors
/// The database failed.
pub async fn status(app: &App) -> Result<Status> {
    let now = app.now();
    let mut tx = app.store.peek().await?;
    let head = store::log::head(&mut tx).await?;
    let origin = super::signed_as(app, &head);
    let published = store::checkpoint::published(&mut tx, &origin).await?;
    let oldest = store::evidence::unlogged(&mut tx, 1).await?;
    let silent = super::anchoring::silent(app, &mut tx, &origin).await?;
    Ok(Status {
        size: head.size,
        published: published.as_ref().map_or(0, |it| it.size),
        signed_at: published.map(|it| it.at),
        behind: oldest.first().map_or(0, |it| now.since(it.at).max(0)),
        refused: head.refused,
        silent,
    })
}
