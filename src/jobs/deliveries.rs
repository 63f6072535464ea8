//! Delivers events to endpoints. Each endpoint has its own few places, so that a slow one delays nobody else.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    sync::{Notify, Semaphore, watch},
    task::JoinSet,
};

use super::{Outside, next_turn, report};
use crate::{
    app::{
        App, Result,
        endpoint_health::{self, Health},
        envelope,
    },
    domain::{Timestamp, backoff, catalog::Endpoint, id::EndpointId, time::SECOND},
    store::{
        self,
        delivery::{self, Delivery},
        event::Event,
    },
    webhook::{self, Attempt, AttemptResult, EndpointUrl, Secret, Verdict},
};

/// Deliveries under way to one endpoint at once.
const PER_ENDPOINT: usize = 4;
/// Deliveries under way at once.
const IN_ALL: usize = 64;
/// How long a worker may hold a delivery, in milliseconds; an attempt ends after 15 s.
const LEASE: i64 = 60 * SECOND;

/// The delivery job's places.
#[derive(Clone)]
pub struct Deliveries {
    app: App,
    outside: Outside,
    under_way: Arc<Mutex<HashMap<EndpointId, usize>>>,
    places: Arc<Semaphore>,
    freed: Arc<Notify>,
}

pub(super) async fn run(app: App, outside: Outside, mut stop: watch::Receiver<bool>) {
    let deliveries = Deliveries::new(app.clone(), outside);
    let mut workers = JoinSet::new();
    loop {
        report("deliveries", deliveries.begin(&mut workers).await.map(|_| ()));
        while workers.try_join_next().is_some() {}
        let woken = async {
            tokio::select! {
                () = app.wake.deliveries.notified() => {}
                () = deliveries.freed.notified() => {}
            }
        };
        if !next_turn(woken, &mut stop).await {
            break;
        }
    }
    while workers.join_next().await.is_some() {}
}

impl Deliveries {
    /// Places for deliveries, all free.
    pub fn new(app: App, outside: Outside) -> Self {
        Self {
            app,
            outside,
            under_way: Arc::default(),
            places: Arc::new(Semaphore::new(IN_ALL)),
            freed: Arc::default(),
        }
    }

    /// Delivers everything that is due now; how many attempts that took.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run_due(&self) -> Result<usize> {
        let mut workers = JoinSet::new();
        let mut begun = 0;
        loop {
            let more = self.begin(&mut workers).await?;
            begun += more;
            // A place that is freed is filled at once: one slow endpoint holds up no other.
            if more == 0 && workers.join_next().await.is_none() {
                return Ok(begun);
            }
        }
    }

    /// Begins what is due and has a place; how many.
    async fn begin(&self, workers: &mut JoinSet<()>) -> Result<usize> {
        let app = &self.app;
        let due = delivery::due_endpoints(&mut app.store.peek().await?, app.now()).await?;
        let mut begun = 0;
        for id in due {
            let catalog = app.catalog();
            let Some(endpoint) = catalog.endpoints.get(&id).cloned() else { continue };
            let room = PER_ENDPOINT.saturating_sub(self.busy(id));
            let room = room.min(self.places.available_permits());
            if room == 0 {
                continue;
            }
            for delivery in self.lease(id, room).await? {
                let Ok(place) = Arc::clone(&self.places).acquire_owned().await else { return Ok(begun) };
                self.count(id, 1);
                begun += 1;
                let (deliveries, endpoint) = (self.clone(), Arc::clone(&endpoint));
                workers.spawn(async move {
                    report("delivery", deliveries.deliver(&endpoint, &delivery).await);
                    deliveries.count(endpoint.id, -1);
                    drop(place);
                    deliveries.freed.notify_one();
                });
            }
        }
        Ok(begun)
    }

    async fn lease(&self, endpoint: EndpointId, room: usize) -> Result<Vec<Delivery>> {
        let now = self.app.now();
        let mut tx = self.app.store.begin().await?;
        let limit = i64::try_from(room).unwrap_or(1);
        let leased = delivery::lease(&mut tx, endpoint, now, now.plus(LEASE), limit).await?;
        tx.commit().await?;
        Ok(leased)
    }

    fn busy(&self, endpoint: EndpointId) -> usize {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner).get(&endpoint).copied().unwrap_or(0)
    }

    fn count(&self, endpoint: EndpointId, by: isize) {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let count = under_way.entry(endpoint).or_default();
        *count = count.saturating_add_signed(by);
    }

    async fn deliver(&self, endpoint: &Endpoint, delivery: &Delivery) -> Result<()> {
        let app = &self.app;
        let mut tx = app.store.read().await?;
        let event = store::event::find(&mut tx, delivery.tenant, delivery.event).await?;
        let email = match event.as_ref().and_then(|it| it.contact).filter(|_| endpoint.addresses) {
            Some(contact) => {
                store::contact::find(&mut tx, delivery.tenant, contact).await?.and_then(|it| it.email)
            }
            None => None,
        };
        tx.commit().await?;
        let Some(event) = event else {
            return self.settle(endpoint, delivery, &gone("the event is gone"), Verdict::Gone).await;
        };
        let body = envelope::envelope(app, &app.catalog(), &event, email.as_deref()).to_string();
        let mut result = self.attempt(endpoint, &event, body.as_bytes()).await;
        if let Some(email) = email {
            result.body = without(&result.body, &email);
        }
        let verdict = webhook::verdict(&result);
        self.settle(endpoint, delivery, &result, verdict).await
    }

    async fn attempt(&self, endpoint: &Endpoint, event: &Event, body: &[u8]) -> AttemptResult {
        // The rules may have become stricter since the address was saved.
        let url = match EndpointUrl::parse(&endpoint.url, &self.outside.nets) {
            Ok(url) => url,
            Err(refusal) => return gone(&refusal.to_string()),
        };
        let now = self.app.now();
        let keys = self.app.keys.webhook_keys(endpoint, now).into_iter();
        let secrets: Vec<Secret> = keys
            .flat_map(|(shared, private)| {
                Secret::from_bytes(shared.expose().to_vec()).into_iter().chain([Secret::private(private)])
            })
            .collect();
        let attempt = Attempt {
            url: &url,
            id: &event.id.to_string(),
            timestamp_seconds: now.seconds(),
            body,
            secrets: &secrets,
        };
        self.outside.client.attempt(attempt).await
    }

    /// Records the attempt and what becomes of the delivery and its endpoint.
    async fn settle(
        &self,
        endpoint: &Endpoint,
        delivery: &Delivery,
        result: &AttemptResult,
        verdict: Verdict,
    ) -> Result<()> {
        let (app, now) = (&self.app, self.app.now());
        let failed = u32::try_from(delivery.attempts).unwrap_or(u32::MAX);
        let (state, due_at) = match verdict {
            Verdict::Delivered => ("delivered", now),
            Verdict::Gone => ("failed", now),
            Verdict::Retry { after } => match backoff::webhook(failed, after, app.random.number()) {
                Some(delay) => ("waiting", now.plus(delay)),
                None => ("failed", now),
            },
        };
        let note = match &result.error {
            Some(error) => error.to_string(),
            None => String::from_utf8_lossy(&result.body).replace('\0', "\u{fffd}"),
        };
        let attempt = delivery::Attempt { status: result.status.map(i64::from), ms: result.ms, note: &note };
        let mut tx = app.store.begin().await?;
        // The endpoint's row before the delivery's, as everywhere: in another order two wait for each other.
        let changed = self.judge_endpoint(&mut tx, endpoint, result, verdict, now).await?;
        delivery::settle(&mut tx, delivery, &attempt, state, due_at, now).await?;
        tx.commit().await?;
        if changed {
            app.reload().await?;
            app.wake.feed.notify_one();
            app.wake.mails.notify_one();
        }
        Ok(())
    }

    /// What the attempt says of the endpoint, and what comes of that. True when something was written.
    async fn judge_endpoint(
        &self,
        tx: &mut store::Tx,
        endpoint: &Endpoint,
        result: &AttemptResult,
        verdict: Verdict,
        now: Timestamp,
    ) -> Result<bool> {
        let health = match verdict {
            Verdict::Delivered => Health::Works,
            // Only an answer of the endpoint's own ends it; an event that is gone says nothing about it.
            Verdict::Gone if result.status.is_some() => Health::Gone,
            Verdict::Gone => return Ok(false),
            Verdict::Retry { .. } => Health::Fails,
        };
        Ok(endpoint_health::fares(&self.app, tx, endpoint, health, now).await?)
    }
}

/// What an endpoint answered, without the address it was sent: the person may be erased by now. An answer that
/// repeats it in any spelling is not kept at all.
fn without(answer: &[u8], email: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(answer).to_lowercase().replace("%40", "@").replace("\\u0040", "@");
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    if text.contains(&email.to_lowercase()) || text.contains(&format!("{local}@")) {
        return b"(the answer held the address)".to_vec();
    }
    answer.to_vec()
}

/// An attempt that was not made.
fn gone(why: &str) -> AttemptResult {
    AttemptResult { status: None, ms: 0, body: why.as_bytes().to_vec(), retry_after: None, error: None }
}
