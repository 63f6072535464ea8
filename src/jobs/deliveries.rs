//! Delivers events to endpoints: each attempt, and what becomes of it. Which are made when is the business of the
//! [`engine`]; how many at once to one endpoint, of its [`lane`], and to all, of the
//! [`places`].

mod engine;
mod lane;
mod note;
mod places;

use std::collections::{BTreeMap, BTreeSet};

use tokio::{sync::watch, time::sleep_until};

use super::{Outside, TICK, report};
use crate::{
    app::{
        App, Result,
        endpoint_health::{self, Health},
        envelope,
    },
    domain::{
        Timestamp, backoff,
        catalog::Endpoint,
        endpoint_url,
        id::{ContactId, EndpointId, TenantId},
    },
    store::{
        self,
        delivery::{self, Delivery, Outcome},
        event::Event,
    },
    webhook::{self, Attempt, AttemptResult, EndpointUrl, KEPT_BODY, Secret, Verdict},
};
use engine::Engine;

/// Makes attempts and records them.
#[derive(Clone)]
pub struct Deliveries {
    app: App,
    outside: Outside,
}

/// An attempt that was made, or could not be, and what follows from it.
struct Settled {
    delivery: Delivery,
    /// Whom the event is about.
    contact: Option<ContactId>,
    /// The host that was sent their address, if it was.
    host: Option<String>,
    result: AttemptResult,
    verdict: Verdict,
}

pub(super) async fn run(app: App, outside: Outside, mut stop: watch::Receiver<bool>) {
    let mut engine = Engine::new(Deliveries::new(app.clone(), outside));
    report("deliveries", engine.take_over().await);
    loop {
        let outcome = engine.turn().await.map(|_| ());
        let failed = outcome.is_err();
        report("deliveries", outcome);
        let look_at = engine.look_at;
        tokio::select! {
            _ = stop.wait_for(|it| *it) => break,
            () = tokio::time::sleep(TICK), if failed => {}
            () = engine.one_ended(), if !failed => {}
            () = app.wake.deliveries.notified(), if !failed => engine.look_soon(),
            () = sleep_until(look_at), if !failed => {}
        }
    }
    engine.stop().await;
}

impl Deliveries {
    /// Deliveries of this app to that outside.
    pub fn new(app: App, outside: Outside) -> Self {
        Self { app, outside }
    }

    /// Delivers everything that is due now; how many attempts that took.
    ///
    /// # Errors
    /// The database failed.
    pub async fn run_due(&self) -> Result<usize> {
        let mut engine = Engine::new(self.clone());
        let mut begun = 0;
        loop {
            engine.look_now();
            begun += engine.turn().await?;
            if engine.is_done() {
                return Ok(begun);
            }
            if !engine.is_idle() {
                engine.one_ended().await;
            }
        }
    }

    /// Makes one attempt; what is to be recorded of it.
    async fn deliver(
        &self,
        endpoint: &Endpoint,
        delivery: Delivery,
        event: Option<Event>,
    ) -> Result<Settled> {
        let app = &self.app;
        let Some(event) = event else {
            let result = gone("the event is gone");
            return Ok(Settled { delivery, contact: None, host: None, result, verdict: Verdict::Gone });
        };
        let email = match event.contact.filter(|_| endpoint.addresses) {
            Some(contact) => {
                let mut tx = app.store.peek().await?;
                store::contact::find(&mut tx, delivery.tenant, contact).await?.and_then(|it| it.email)
            }
            None => None,
        };
        let body = envelope::envelope(app, &app.catalog(), &event, email.as_deref()).to_string();
        let result = self.attempt(endpoint, &event, body.as_bytes()).await;
        let verdict = webhook::verdict(&result);
        let host = email.and_then(|_| endpoint_url::host(&endpoint.url));
        Ok(Settled { delivery, contact: event.contact, host, result, verdict })
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
        let mut result = self.outside.client.attempt(attempt).await;
        if secrets.iter().any(|it| it.is_told_in(&result.body)) {
            result.body = b"(the answer held the signing secret)".to_vec();
        }
        result
    }

    /// Records attempts and what becomes of their deliveries and endpoints, in one transaction.
    async fn settle(&self, all: &[Settled]) -> Result<()> {
        let (app, now) = (&self.app, self.app.now());
        let mut outcomes: Vec<Outcome> = all.iter().map(|it| self.outcome(it, now)).collect();
        let mut tx = app.store.begin().await?;
        // The endpoint's row before the delivery's, as everywhere: in another order two wait for each other.
        let is_off = endpoint_health::fare(app, &mut tx, &telling(all), now).await?;
        let there = there(&mut tx, all, &outcomes).await?;
        forget_the_erased(&there, all, &mut outcomes);
        store::disclosure::tell_hosts(&mut tx, &told(&there, all), now).await?;
        delivery::settle(&mut tx, &outcomes, now).await?;
        tx.commit().await?;
        if is_off {
            app.wake.feed.notify_one();
            app.wake.mails.notify_one();
            app.reload().await?;
        }
        Ok(())
    }

    /// What becomes of a delivery after an attempt.
    fn outcome(&self, settled: &Settled, now: Timestamp) -> Outcome {
        let Settled { delivery, contact: _, host: _, result, verdict } = settled;
        let failed = u32::try_from(delivery.attempts).unwrap_or(u32::MAX);
        let (state, due_at) = match *verdict {
            Verdict::Delivered => ("delivered", now),
            Verdict::Gone => ("failed", now),
            Verdict::Retry { after } => match backoff::webhook(failed, after, self.app.random.number()) {
                Some(delay) => ("waiting", now.plus(delay)),
                None => ("failed", now),
            },
        };
        let note = match &result.error {
            Some(error) => error.to_string(),
            None => String::from_utf8_lossy(&result.body).replace('\0', "\u{fffd}"),
        };
        let mut note = note::without_addresses(&note);
        // Signs that are no text and marks in place of addresses are longer than what they stand for.
        note.truncate(note.floor_char_boundary(KEPT_BODY));
        let attempt = delivery::Attempt { status: result.status.map(i64::from), ms: result.ms, note };
        Outcome { delivery: delivery.clone(), attempt, state, due_at }
    }
}

/// What the attempts say of each endpoint: that it is gone, else that it works, else that it fails.
fn telling(all: &[Settled]) -> BTreeMap<EndpointId, (TenantId, Health)> {
    let mut telling: BTreeMap<EndpointId, (TenantId, Health)> = BTreeMap::new();
    for Settled { delivery, contact: _, host: _, result, verdict } in all {
        let health = match verdict {
            Verdict::Delivered => Health::Works,
            // Only an answer of the endpoint's own ends it; an event that is gone says nothing about it.
            Verdict::Gone if result.status.is_some() => Health::Gone,
            Verdict::Gone => continue,
            Verdict::Retry { .. } => Health::Fails,
        };
        let (_, known) = telling.entry(delivery.endpoint).or_insert((delivery.tenant, health));
        *known = health.max(*known);
    }
    telling
}

/// Of the persons that anything is to be kept of, those who were not erased while the attempt was under way.
async fn there(tx: &mut store::Tx, all: &[Settled], outcomes: &[Outcome]) -> Result<BTreeSet<ContactId>> {
    let mut about: BTreeMap<TenantId, BTreeSet<ContactId>> = BTreeMap::new();
    for (settled, outcome) in all.iter().zip(outcomes) {
        let is_kept = settled.host.is_some() || !outcome.attempt.note.is_empty();
        if let Some(contact) = settled.contact.filter(|_| is_kept) {
            about.entry(settled.delivery.tenant).or_default().insert(contact);
        }
    }
    let mut there = BTreeSet::new();
    for (tenant, contacts) in &about {
        there.extend(store::contact::hold(tx, *tenant, contacts).await?);
    }
    Ok(there)
}

/// Empties what was answered about persons who were erased meanwhile: an answer may tell of them in spellings nobody
/// foresees.
fn forget_the_erased(there: &BTreeSet<ContactId>, all: &[Settled], outcomes: &mut [Outcome]) {
    for (settled, outcome) in all.iter().zip(outcomes) {
        if settled.contact.is_some_and(|it| !there.contains(&it)) {
            outcome.attempt.note.clear();
        }
    }
}

/// Which hosts took whose addresses, and with how many events.
fn told<'s>(
    there: &BTreeSet<ContactId>,
    all: &'s [Settled],
) -> BTreeMap<(TenantId, ContactId, &'s str), i64> {
    let mut told = BTreeMap::new();
    for Settled { delivery, contact, host, result: _, verdict } in all {
        if let (Some(contact), Some(host), Verdict::Delivered) = (contact, host, verdict)
            && there.contains(contact)
        {
            *told.entry((delivery.tenant, *contact, host.as_str())).or_default() += 1;
        }
    }
    told
}

/// An attempt that was not made.
fn gone(why: &str) -> AttemptResult {
    AttemptResult { status: None, ms: 0, body: why.as_bytes().to_vec(), retry_after: None, error: None }
}
