//! `fsck`: derives everything that can be derived from the evidence anew, and says what differs.
//!
//! [`history`] walks the log from its first entry: every commitment, every hash above it, every checkpoint.
//! [`people`] walks person by person: the state of each consent is the fold of the person's evidence. Both go on side by
//! side, each over one snapshot of the database, page by page, so that it takes the same memory whatever there is.

mod claims;
mod history;
mod people;

use std::fmt;

use tokio::task::JoinSet;

use super::{App, Result, log};
use crate::{
    domain::Timestamp,
    store::{self, log::Examination},
};

/// Findings kept in full; of the others only the number.
const KEPT: usize = 20;
/// Rows read at once.
const PAGE: i64 = 2_000;

/// What an examination found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Entries of the log.
    pub entries: u64,
    /// Facts whose commitment was derived anew.
    pub facts: u64,
    /// Facts of erased people: their place is there, their content is gone for good.
    pub erased: u64,
    /// Published texts.
    pub texts: u64,
    /// Facts and texts that wait for their place.
    pub waiting: u64,
    /// Signed heads.
    pub checkpoints: u64,
    /// People whose state was compared with their evidence.
    pub people: u64,
    /// How many things are not as they must be.
    pub bad: u64,
    /// The first of them.
    pub findings: Vec<Finding>,
}

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where: `log entry 17`, `checkpoint 400`, `contact con_…`.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, what } = self;
        write!(f, "{place}: {what}")
    }
}

impl Report {
    fn find(&mut self, place: impl fmt::Display, what: impl fmt::Display) {
        self.bad += 1;
        if self.findings.len() < KEPT {
            self.findings.push(Finding { place: place.to_string(), what: what.to_string() });
        }
    }

    /// Adds what was found elsewhere.
    fn add(&mut self, other: Self) {
        let Self { entries, facts, erased, texts, waiting, checkpoints, people, bad, findings } = other;
        self.entries += entries;
        self.facts += facts;
        self.erased += erased;
        self.texts += texts;
        self.waiting += waiting;
        self.checkpoints += checkpoints;
        self.people += people;
        self.bad += bad;
        self.findings.extend(findings);
        self.findings.truncate(KEPT);
    }

    /// Whether all is as it must be.
    pub fn is_clean(&self) -> bool {
        self.bad == 0
    }
}

/// Examines everything. Changes nothing.
///
/// # Errors
/// The database failed.
pub async fn examine(app: &App) -> Result<Report> {
    // A task of its own, for another processor; it ends with this examination, however that ends.
    let mut beside = JoinSet::new();
    let store = app.store.clone();
    beside.spawn(async move {
        let mut report = Report::default();
        let mut tx = store.read().await?;
        people::walk(&mut tx, &mut report).await?;
        tx.commit().await?;
        Ok(report)
    });
    let mut report = Report::default();
    // Before the database, which may have gone on when it is read.
    let known = log::known(app);
    let mut tx = app.store.read().await?;
    history::walk(app, &mut tx, &known, &mut report).await?;
    tx.commit().await?;
    while let Some(people) = beside.join_next().await {
        let people: Result<Report> =
            people.map_err(|error| store::Error::Stored(format!("the walk along people: {error}")))?;
        report.add(people?);
    }
    Ok(report)
}

/// Examines everything, keeps what came of it, and tells the operator what is wrong.
///
/// # Errors
/// The database failed.
pub async fn examine_and_keep(app: &App) -> Result<Report> {
    let report = examine(app).await?;
    let first_bad = report.findings.first().map(ToString::to_string);
    if let Some(first) = &first_bad {
        tracing::error!(bad = report.bad, first, "the examination of evidence and log found damage");
    }
    let Report { facts, erased, bad, .. } = report;
    let kept = Examination { at: app.now(), facts: facts + erased, bad, first_bad };
    let mut tx = app.store.begin().await?;
    store::log::put_examination(&mut tx, &kept).await?;
    tx.commit().await?;
    Ok(report)
}

/// What the last examination found; none before the first.
///
/// # Errors
/// The database failed.
pub async fn last(app: &App) -> Result<Option<Examination>> {
    Ok(store::log::examination(&mut app.store.peek().await?).await?)
}

/// Whether two instants are as far apart as only a mistake or a lie explains.
fn far(earlier: Timestamp, later: Timestamp) -> bool {
    later.since(earlier) > crate::domain::time::DAY
}
