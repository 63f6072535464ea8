//! The sequencer: gives committed events their place in a tenant's feed and fans them out to endpoints.
//!
//! One instance at a time holds the lease, and every write is fenced by it, so places are dense and an event
//! committed late gets a later place: a reader never sees a gap that could fill.

use std::{collections::BTreeMap, time::Duration};

use tokio::time::{Instant, sleep_until};

use super::{
    App, Result,
    endpoints::{PING, wants},
};
use crate::{
    domain::{
        id::{DeliveryId, TenantId},
        time::SECOND,
    },
    store::{self, delivery::Delivery, event::Event},
};

/// Events placed in one transaction.
const BATCH: i64 = 500;
/// How long the sequencer may be silent before another instance takes over, in milliseconds.
const LEASE: i64 = 30 * SECOND;
const JOB: &str = "feed";
/// How often a long poll looks without having been told: the sequencer may run in another instance.
const RELOOK: Duration = Duration::from_secs(1);

/// The sequencer's turn. Holds the fencing token between passes.
#[derive(Default)]
pub struct Sequencer {
    token: Option<i64>,
}

impl Sequencer {
    /// Places what waits, one batch; how many. Zero also when another instance is the sequencer.
    ///
    /// # Errors
    /// The database failed: nothing was placed.
    pub async fn pass(&mut self, app: &App) -> Result<usize> {
        let now = app.now();
        if store::event::unplaced(&mut app.store.peek().await?, 1).await?.is_empty() {
            return Ok(0);
        }
        let mut tx = app.store.begin().await?;
        let held = match self.token {
            Some(token) => store::lease::hold(&mut tx, JOB, token, now.plus(LEASE)).await?,
            None => false,
        };
        if !held {
            self.token = store::lease::take(&mut tx, JOB, now, now.plus(LEASE)).await?;
            let Some(token) = self.token else { return Ok(0) };
            if let Some(name) = app.instance.get() {
                store::lease::sign(&mut tx, JOB, token, name).await?;
            }
        }
        let events = store::event::unplaced(&mut tx, BATCH).await?;
        // An endpoint set up before an event gets it, whichever instance it was set up at.
        app.refresh().await?;
        let mut by_tenant: BTreeMap<TenantId, Vec<&Event>> = BTreeMap::new();
        for event in &events {
            by_tenant.entry(event.tenant).or_default().push(event);
        }
        let mut places = Vec::with_capacity(events.len());
        for (tenant, events) in &by_tenant {
            let count = i64::try_from(events.len()).unwrap_or(BATCH);
            let last = store::event::reserve(&mut tx, *tenant, count).await?;
            places.extend(events.iter().zip(last + 1..).map(|(event, place)| (*tenant, event.id, place)));
        }
        store::event::place(&mut tx, &places).await?;
        let deliveries = fan_out(app, &events);
        for chunk in deliveries.chunks(1_000) {
            store::delivery::put(&mut tx, chunk).await?;
        }
        tx.commit().await?;
        app.wake.grown.notify_waiters();
        if !deliveries.is_empty() {
            app.wake.deliveries.notify_one();
        }
        Ok(events.len())
    }
}

impl Sequencer {
    /// Gives the lease back: another instance can go on at once.
    ///
    /// # Errors
    /// The database failed: the lease ends by itself.
    pub async fn release(&mut self, app: &App) -> Result<()> {
        if let Some(token) = self.token.take() {
            let mut tx = app.store.begin().await?;
            store::lease::release(&mut tx, JOB, token, app.now()).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

/// One delivery per event and live endpoint that wants it.
fn fan_out(app: &App, events: &[Event]) -> Vec<Delivery> {
    let (catalog, now) = (app.catalog(), app.now());
    let mut deliveries = Vec::new();
    for event in events {
        let ours = catalog.endpoints.values().filter(|it| it.tenant == event.tenant);
        // Who is switched off gets a ping all the same: it is how one finds out whether it can be switched on again.
        for endpoint in ours.filter(|it| it.disabled_at.is_none() || event.kind == PING) {
            if wants(endpoint, event) {
                deliveries.push(Delivery {
                    tenant: event.tenant,
                    id: DeliveryId::new(now, &app.random),
                    endpoint: endpoint.id,
                    event: event.id,
                    attempts: 0,
                    lease: 0,
                    created_at: now,
                });
            }
        }
    }
    deliveries
}

/// A page of a tenant's feed: events after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, tenant: TenantId, after: i64, limit: i64) -> Result<Vec<Event>> {
    Ok(store::event::after(&mut app.store.peek().await?, tenant, after, limit).await?)
}

/// As [`page`], but when there is nothing yet, waits for at most `wait`. Ends at once when the service stops.
/// Holds no connection while it waits.
///
/// # Errors
/// The database failed.
pub async fn poll(app: &App, tenant: TenantId, after: i64, limit: i64, wait: Duration) -> Result<Vec<Event>> {
    poll_every(app, tenant, after, limit, wait, RELOOK).await
}

async fn poll_every(
    app: &App,
    tenant: TenantId,
    after: i64,
    limit: i64,
    wait: Duration,
    relook: Duration,
) -> Result<Vec<Event>> {
    let until = Instant::now() + wait;
    let mut stopping = app.wake.stopping.subscribe();
    loop {
        // Made before looking: what grows meanwhile is told to it.
        let grown = app.wake.grown.notified();
        let events = page(app, tenant, after, limit).await?;
        let now = Instant::now();
        if !events.is_empty() || now >= until || *stopping.borrow() {
            return Ok(events);
        }
        tokio::select! {
            () = grown => {}
            _stops = stopping.wait_for(|it| *it) => {}
            () = sleep_until(until.min(now + relook)) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::House;

    const LONG: Duration = Duration::from_hours(1);

    #[tokio::test]
    async fn the_bell_ends_a_poll_without_another_look() {
        let house = House::new().await;
        let tenant = house.tenant("acme").id;
        let (events, ()) = tokio::join!(
            poll_every(&house.app, tenant, 0, 10, LONG, LONG),
            house.happen("acme", None, &["ping"])
        );
        assert_eq!(events.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_another_instance_placed_is_found_by_looking_again() {
        let (house, soon) = (House::new().await, Duration::from_millis(20));
        let tenant = house.tenant("acme").id;
        // The bell of another instance does not ring here.
        let elsewhere = async {
            let app = house.another_instance().await;
            house.happen_at(&app, "acme", None, &["ping"]).await;
        };
        let (events, ()) = tokio::join!(poll_every(&house.app, tenant, 0, 10, LONG, soon), elsewhere);
        assert_eq!(events.unwrap().len(), 1);
    }
}
