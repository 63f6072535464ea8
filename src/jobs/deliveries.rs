//! Delivers events to endpoints: each attempt, and what becomes of it. Which are made when is the business of the
//! [`engine`]; how many at once to one endpoint, of its [`lane`].

mod engine;
mod lane;

use std::collections::BTreeMap;

use serde_json::json;
use tokio::{sync::watch, time::sleep_until};

use super::{Outside, TICK, report};
use crate::{
    app::{App, Result, envelope},
    domain::{
        Timestamp, backoff,
        catalog::Endpoint,
        id::{EndpointId, EventId},
        time::DAY,
    },
    store::{
        self, Batch,
        delivery::{self, Delivery, Outcome},
        event::Event,
    },
    webhook::{self, Attempt, AttemptResult, EndpointUrl, Secret, Verdict},
};
use engine::Engine;

/// How long an endpoint may only fail before it is switched off, in milliseconds.
const PATIENCE: i64 = 5 * DAY;

/// Makes attempts and records them.
#[derive(Clone)]
pub struct Deliveries {
    app: App,
    outside: Outside,
}

/// An attempt that was made, or could not be, and what follows from it.
struct Settled {
    delivery: Delivery,
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
            if engine.is_idle() {
                return Ok(begun);
            }
            engine.one_ended().await;
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
            return Ok(Settled { delivery, result: gone("the event is gone"), verdict: Verdict::Gone });
        };
        let email = match event.contact.filter(|_| endpoint.addresses) {
            Some(contact) => {
                let mut tx = app.store.peek().await?;
                store::contact::find(&mut tx, delivery.tenant, contact).await?.and_then(|it| it.email)
            }
            None => None,
        };
        let body = envelope::envelope(app, &app.catalog(), &event, email.as_deref()).to_string();
        let mut result = self.attempt(endpoint, &event, body.as_bytes()).await;
        if let Some(email) = email {
            result.body = without(&result.body, &email);
        }
        let verdict = webhook::verdict(&result);
        Ok(Settled { delivery, result, verdict })
    }

    async fn attempt(&self, endpoint: &Endpoint, event: &Event, body: &[u8]) -> AttemptResult {
        // The rules may have become stricter since the address was saved.
        let url = match EndpointUrl::parse(&endpoint.url, &self.outside.nets) {
            Ok(url) => url,
            Err(refusal) => return gone(&refusal.to_string()),
        };
        let secrets: Vec<Secret> =
            Secret::from_bytes(self.app.keys.webhook_secret(endpoint).to_vec()).into_iter().collect();
        let attempt = Attempt {
            url: &url,
            id: &event.id.to_string(),
            timestamp_seconds: self.app.now().seconds(),
            body,
            secrets: &secrets,
        };
        self.outside.client.attempt(attempt).await
    }

    /// Records attempts and what becomes of their deliveries and endpoints, in one transaction.
    async fn settle(&self, all: &[Settled]) -> Result<()> {
        let (app, now) = (&self.app, self.app.now());
        let outcomes: Vec<Outcome> = all.iter().map(|it| self.outcome(it, now)).collect();
        let mut changed = false;
        let mut tx = app.store.begin().await?;
        delivery::settle(&mut tx, &outcomes, now).await?;
        let catalog = app.catalog();
        for (id, Settled { result, verdict, .. }) in telling(all) {
            if let Some(endpoint) = catalog.endpoints.get(&id) {
                changed |= self.judge_endpoint(&mut tx, endpoint, result, *verdict, now).await?;
            }
        }
        tx.commit().await?;
        if changed {
            app.wake.feed.notify_one();
            app.reload().await?;
        }
        Ok(())
    }

    /// What becomes of a delivery after an attempt.
    fn outcome(&self, settled: &Settled, now: Timestamp) -> Outcome {
        let Settled { delivery, result, verdict } = settled;
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
        let attempt = delivery::Attempt { status: result.status.map(i64::from), ms: result.ms, note };
        Outcome { delivery: delivery.clone(), attempt, state, due_at }
    }

    /// Notes when an endpoint begins to fail and when it works again; switches it off when it says 410 or has
    /// only failed for five days. True when something was written.
    async fn judge_endpoint(
        &self,
        tx: &mut store::Tx,
        endpoint: &Endpoint,
        result: &AttemptResult,
        verdict: Verdict,
        now: Timestamp,
    ) -> Result<bool> {
        let since = endpoint.failing_since;
        let (failing_since, off) = match verdict {
            Verdict::Delivered if since.is_none() => return Ok(false),
            Verdict::Delivered => (None, None),
            // Only an answer of the endpoint's own ends it; an event that is gone says nothing about it.
            Verdict::Gone if result.status.is_some() => (since.or(Some(now)), Some("it answered 410 Gone")),
            Verdict::Gone => return Ok(false),
            Verdict::Retry { .. } => match since {
                None => (Some(now), None),
                Some(at) if now.since(at) > PATIENCE => (since, Some("every delivery failed for 5 days")),
                Some(_) => return Ok(false),
            },
        };
        store::catalog::raise(tx).await?;
        let disabled = off.map(|why| (now, why));
        store::catalog::set_endpoint_health(tx, endpoint.tenant, endpoint.id, failing_since, disabled)
            .await?;
        if let Some(why) = off {
            let mut batch = Batch::default();
            delivery::fail_waiting(&mut batch, endpoint.id, now);
            store::event::put(&mut batch, &[disabled_event(&self.app, endpoint, why, now)]);
            tx.batch(batch).await?;
            tracing::error!(endpoint = %endpoint.id, why, "an endpoint was switched off");
        }
        Ok(true)
    }
}

/// The attempt of each endpoint that says most about it: that it is gone, else that it works, else that it fails.
fn telling(all: &[Settled]) -> BTreeMap<EndpointId, &Settled> {
    let weight = |it: &Settled| match it.verdict {
        Verdict::Gone if it.result.status.is_some() => 3,
        Verdict::Delivered => 2,
        Verdict::Retry { .. } => 1,
        Verdict::Gone => 0,
    };
    let mut telling: BTreeMap<EndpointId, &Settled> = BTreeMap::new();
    for settled in all {
        let known = telling.entry(settled.delivery.endpoint).or_insert(settled);
        if weight(settled) > weight(known) {
            *known = settled;
        }
    }
    telling
}

fn disabled_event(app: &App, endpoint: &Endpoint, why: &str, now: Timestamp) -> Event {
    Event {
        tenant: endpoint.tenant,
        id: EventId::new(now, &app.random),
        kind: "endpoint.disabled".to_owned(),
        at: now,
        contact: None,
        data: json!({ "endpoint": endpoint.id.to_string(), "reason": why }).to_string(),
        sequence: None,
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
