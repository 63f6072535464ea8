//! What runs by itself, in every instance at once: mails, the feed, deliveries, and what ends with time.
//!
//! Each job looks when it is woken and at least every second, takes work under a lease of at most 60 s, and
//! ends each piece in a state one can see. [`run_due`] does everything that is due now, for tests.

mod anchors;
mod attacks;
mod deliveries;
mod fsck;
mod letters;
mod log;
mod mails;
mod receipts;
mod references;
mod replays;

use std::{sync::Arc, time::Duration};

use tokio::{sync::watch, task::JoinSet};

use crate::{
    anchor,
    app::{
        App, Result, endpoint_health,
        feed::Sequencer,
        lapse,
        log::{LogWriter, remember_published},
    },
    mail::{Mailer, MxCheck},
    store,
    webhook::{AllowNets, Client},
};

pub use deliveries::Deliveries;

/// How long a job sleeps when nobody wakes it.
const TICK: Duration = Duration::from_secs(1);
/// How often what ends with time is looked for.
const SWEEP: Duration = Duration::from_secs(30);

/// What the jobs talk to the outside with.
#[derive(Clone)]
pub struct Outside {
    /// Sends mails.
    pub mailer: Arc<Mailer>,
    /// Asks whether domains take mail, when they are asked about.
    pub mx: Option<Arc<MxCheck>>,
    /// Mails under way at once, at most.
    pub mails_at_once: usize,
    /// Delivers events.
    pub client: Arc<Client>,
    /// Private networks that endpoints may be in.
    pub nets: AllowNets,
    /// Asks witnesses and the time-stamping authority.
    pub anchors: Arc<anchor::Client>,
    /// The roots that the authority's certificate must lead to, DER; none, its chain is not checked.
    pub tsa_roots: Option<Arc<Vec<Vec<u8>>>>,
}

/// Starts every job. Each ends soon after `stop` turns true, with what it had under way.
pub fn spawn(app: &App, outside: &Outside, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut jobs = JoinSet::new();
    jobs.spawn(sequence(app.clone(), stop.clone()));
    jobs.spawn(mails::run(app.clone(), outside.clone(), stop.clone()));
    jobs.spawn(deliveries::run(app.clone(), outside.clone(), stop.clone()));
    jobs.spawn(replays::run(app.clone(), stop.clone()));
    jobs.spawn(log::run(app.clone(), stop.clone()));
    jobs.spawn(anchors::run(app.clone(), outside.clone(), stop.clone()));
    jobs.spawn(attacks::run(app.clone(), stop.clone()));
    jobs.spawn(fsck::run(app.clone(), stop.clone()));
    jobs.spawn(keep_house(app.clone(), stop.clone()));
    jobs
}

/// Does everything that is due now and returns when nothing is: for tests and for one-off commands.
///
/// # Errors
/// The database failed.
pub async fn run_due(app: &App, outside: &Outside) -> Result<()> {
    let (mut sequencer, mut writer) = (Sequencer::default(), LogWriter::default());
    let mut references = references::References::default();
    let deliveries = Deliveries::new(app.clone(), outside.clone());
    app.refresh().await?;
    attacks::run_due(app).await?;
    loop {
        let mut done = lapse::requests(app).await? + lapse::pauses(app).await?;
        done += mails::run_due(app, outside).await?;
        done += sequencer.pass(app).await?;
        done += writer.pass(app).await?;
        done += anchors::run_due(app, outside).await?;
        done += replays::run_due(app).await?;
        done += deliveries.run_due().await?;
        done += endpoint_health::alerts(app).await?;
        references.index(app).await?;
        if done == 0 {
            writer.release(app).await?;
            fsck::run_due(app).await?;
            return sequencer.release(app).await;
        }
    }
}

/// Waits to be woken, at most [`TICK`]; false when the service stops.
async fn next_turn(woken: impl Future<Output = ()>, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = woken => {}
        () = tokio::time::sleep(TICK) => {}
        _ = stop.wait_for(|it| *it) => return false,
    }
    !*stop.borrow()
}

/// Says once that a job met trouble; it tries again at its next turn.
fn report(job: &str, outcome: Result<()>) {
    if let Err(error) = outcome {
        tracing::error!(job, %error, "a job failed; it will try again");
    }
}

/// Ends the leases this instance held when it crashed: events need not wait for them.
async fn take_over(app: &App) -> Result<()> {
    let Some(name) = app.instance.get() else { return Ok(()) };
    let mut tx = app.store.begin().await?;
    store::lease::take_over(&mut tx, name, app.now()).await?;
    Ok(tx.commit().await?)
}

async fn sequence(app: App, mut stop: watch::Receiver<bool>) {
    report("feed", take_over(&app).await);
    let mut sequencer = Sequencer::default();
    loop {
        let outcome = async {
            while sequencer.pass(&app).await? > 0 {}
            Ok(())
        };
        report("feed", outcome.await);
        if !next_turn(app.wake.feed.notified(), &mut stop).await {
            return report("feed", sequencer.release(&app).await);
        }
    }
}

/// Takes over what other processes set up, indexes references, and ends what ends with time.
async fn keep_house(app: App, mut stop: watch::Receiver<bool>) {
    let mut references = references::References::default();
    let mut swept = tokio::time::Instant::now();
    loop {
        report("refresh", app.refresh().await);
        report("references", references.index(&app).await);
        report("log", remember_published(&app).await);
        if swept.elapsed() >= SWEEP {
            swept = tokio::time::Instant::now();
            report("lapse", sweep(&app).await);
        }
        if !next_turn(std::future::pending(), &mut stop).await {
            return;
        }
    }
}

async fn sweep(app: &App) -> Result<()> {
    while lapse::requests(app).await? > 0 {}
    while lapse::pauses(app).await? > 0 {}
    while lapse::leftovers(app).await? > 0 {}
    endpoint_health::alerts(app).await?;
    Ok(())
}
