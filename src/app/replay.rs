//! Sending again: one delivery at once, or everything of a span of time as a job in batches. The event keeps its id, so
//! that a receiver who has it already can tell.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{App, Result, endpoints, envelope::envelope, turn::Turn};
use crate::{
    domain::{
        Timestamp,
        catalog::Endpoint,
        id::{DeliveryId, EndpointId, EventId, JobId, TenantId},
        time::MINUTE,
    },
    store::{
        self, Batch, Tx,
        delivery_log::{Logged, Tried},
        event::Event,
        job::Job,
    },
};

/// The kind of the job.
pub const KIND: &str = "webhook_replay";
/// Events looked at in one transaction.
const BATCH: i64 = 500;
/// What is due within this time is under way already or goes out by itself, in milliseconds: a worker holds a delivery
/// for a minute at most.
const SOON: i64 = MINUTE;

/// What a range is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Where to.
    pub endpoint: String,
    /// Events of this instant and later, in milliseconds.
    pub since: i64,
    /// Events before this instant, in milliseconds.
    pub until: i64,
    /// Whether what the endpoint has had is sent again too.
    pub delivered: bool,
}

/// A delivery with all that is known of it.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The delivery.
    pub logged: Logged,
    /// Its attempts, the first one first.
    pub tried: Vec<Tried>,
    /// The message, as it would be sent to an endpoint without addresses; none once the event is gone.
    pub message: Option<Value>,
}

/// Deliveries to an endpoint of events before `before`, those of the newest events first.
///
/// # Errors
/// The database failed.
pub async fn list(
    app: &App,
    endpoint: &Endpoint,
    before: &str,
    state: Option<&str>,
    limit: i64,
) -> Result<Vec<Logged>> {
    let mut tx = app.store.peek().await?;
    let before =
        if before.is_empty() { EventId::from_bytes([0xff; 16]).to_string() } else { before.to_owned() };
    Ok(store::delivery_log::list(&mut tx, endpoint.tenant, endpoint.id, &before, state, limit).await?)
}

/// One delivery to an endpoint.
///
/// # Errors
/// The database failed.
pub async fn find(app: &App, endpoint: &Endpoint, id: DeliveryId) -> Result<Option<Detail>> {
    let mut tx = app.store.read().await?;
    let detail = detail(app, &mut tx, endpoint, id).await?;
    tx.commit().await?;
    Ok(detail)
}

async fn detail(app: &App, tx: &mut Tx, endpoint: &Endpoint, id: DeliveryId) -> Result<Option<Detail>> {
    let found = store::delivery_log::find(tx, endpoint.tenant, endpoint.id, id).await?;
    let Some(logged) = found else { return Ok(None) };
    let tried = store::delivery_log::attempts(tx, endpoint.tenant, id).await?;
    let event = store::event::find(tx, endpoint.tenant, logged.event).await?;
    let message = event.map(|it| envelope(app, &app.catalog(), &it, None));
    Ok(Some(Detail { logged, tried, message }))
}

/// Sends one delivery again, also to an endpoint that is switched off; `None` when there is none of this id. One that
/// is on its way is left alone.
///
/// # Errors
/// The database failed.
pub async fn one(app: &App, tx: &mut Tx, endpoint: &Endpoint, id: DeliveryId) -> Result<Option<Detail>> {
    let now = app.now();
    if store::delivery_log::find(tx, endpoint.tenant, endpoint.id, id).await?.is_none() {
        return Ok(None);
    }
    store::delivery_log::again(tx, endpoint.tenant, id, now, now.plus(SOON)).await?;
    detail(app, tx, endpoint, id).await
}

/// Begins to send everything of a span of time again: the job that does it.
///
/// # Errors
/// The database failed.
pub async fn range(
    app: &App,
    tx: &mut Tx,
    endpoint: &Endpoint,
    since: Timestamp,
    until: Timestamp,
    delivered: bool,
) -> Result<Job> {
    let now = app.now();
    let range = Range {
        endpoint: endpoint.id.to_string(),
        since: since.millis(),
        until: until.millis().min(now.millis()),
        delivered,
    };
    let job = Job {
        tenant: endpoint.tenant,
        id: JobId::new(now, &app.random),
        kind: KIND.to_owned(),
        about: serde_json::to_string(&range).unwrap_or_default(),
        place: String::new(),
        seen: 0,
        done: 0,
        created_at: now,
        ended_at: None,
    };
    let mut batch = Batch::default();
    store::job::put(&mut batch, &job);
    tx.batch(batch).await?;
    Ok(job)
}

/// A tenant's jobs with ids before `before`, the newest first.
///
/// # Errors
/// The database failed.
pub async fn jobs(app: &App, tenant: TenantId, before: &str, limit: i64) -> Result<Vec<Job>> {
    let before =
        if before.is_empty() { JobId::from_bytes([0xff; 16]).to_string() } else { before.to_owned() };
    Ok(store::job::list(&mut app.store.peek().await?, tenant, &before, limit).await?)
}

/// One job.
///
/// # Errors
/// The database failed.
pub async fn job(app: &App, tenant: TenantId, id: JobId) -> Result<Option<Job>> {
    Ok(store::job::find(&mut app.store.peek().await?, tenant, id).await?)
}

/// Whoever does the jobs, one instance at a time. Keeps its turn between passes.
pub struct Replayer(Turn);

impl Default for Replayer {
    fn default() -> Self {
        Self(Turn::at("jobs"))
    }
}

impl Replayer {
    /// Does one batch of the oldest job; whether there was one. False also when another instance does the jobs.
    ///
    /// # Errors
    /// The database failed: nothing of the batch was done.
    pub async fn pass(&mut self, app: &App) -> Result<bool> {
        let now = app.now();
        if store::job::next(&mut app.store.peek().await?).await?.is_none() {
            return Ok(false);
        }
        let mut tx = app.store.begin().await?;
        if !self.0.hold(app, &mut tx).await? {
            return Ok(false);
        }
        let Some(job) = store::job::next(&mut tx).await? else { return Ok(false) };
        let job = step(app, &mut tx, job, now).await?;
        store::job::advance(&mut tx, &job).await?;
        tx.commit().await?;
        app.wake.deliveries.notify_one();
        Ok(true)
    }

    /// Gives the lease back: another instance can go on at once.
    ///
    /// # Errors
    /// The database failed: the lease ends by itself.
    pub async fn release(&mut self, app: &App) -> Result<()> {
        self.0.release(app).await
    }
}

/// The job after its next batch.
async fn step(app: &App, tx: &mut Tx, mut job: Job, now: Timestamp) -> Result<Job> {
    let range: Option<Range> = serde_json::from_str(&job.about).ok();
    let endpoint: Option<EndpointId> = range.as_ref().and_then(|it| it.endpoint.parse().ok());
    let all = store::endpoint::all(tx).await?;
    let endpoint = all.into_iter().find(|it| Some(it.id) == endpoint && it.tenant == job.tenant);
    let (Some(range), Some(endpoint)) = (range, endpoint) else {
        tracing::error!(job = %job.id, "a job that cannot be read is ended");
        job.ended_at = Some(now);
        return Ok(job);
    };
    let after = if job.place.is_empty() { first_of(range.since) } else { job.place.clone() };
    let until = first_of(range.until);
    let events = store::event::between(tx, job.tenant, &after, &until, BATCH).await?;
    let wanted = events.iter().filter(|it| is_sent_again(&endpoint, it));
    let wanted: Vec<_> = wanted.map(|it| (DeliveryId::new(now, &app.random), it.id)).collect();
    let put =
        store::delivery_log::put_again(tx, job.tenant, endpoint.id, &wanted, range.delivered, now).await?;
    job.seen = job.seen.saturating_add_unsigned(events.len() as u64);
    job.done = job.done.saturating_add_unsigned(put as u64);
    match events.last() {
        Some(last) if i64::try_from(events.len()).unwrap_or(BATCH) == BATCH => {
            job.place = last.id.to_string();
        }
        Some(_) | None => job.ended_at = Some(now),
    }
    Ok(job)
}

fn is_sent_again(endpoint: &Endpoint, event: &Event) -> bool {
    event.kind != endpoints::PING && endpoints::wants(endpoint, event)
}

/// An id before those of all events of an instant and after those of all earlier ones: ids begin with their time.
fn first_of(millis: i64) -> String {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(millis.max(0).to_be_bytes().into_iter().skip(2)) {
        *to = from;
    }
    EventId::from_bytes(bytes).to_string()
}
