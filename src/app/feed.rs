//! The sequencer: gives committed events their place in a tenant's feed and fans them out to endpoints.
//!
//! One instance at a time holds the lease, and every write is fenced by it, so places are dense and an event
//! committed late gets a later place: a reader never sees a gap that could fill.

use std::{collections::BTreeMap, time::Duration};

use tokio::time::{Instant, sleep_until};

use super::{
    App, Result,
    endpoints::{PING, wants},
    turn::Turn,
};
use crate::{
    domain::{
        id::{ContactId, DeliveryId, EndpointId, TenantId},
        time::DAY,
    },
    store::{self, delivery::Delivery, event::Event},
};

/// Events placed in one transaction, at most.
const BATCH: i64 = 500;
/// Deliveries written in one transaction, unless a single event has more: whoever else writes waits for it.
const FANNED_OUT: usize = 2_000;
/// How long what was told is kept, in milliseconds: 90 days. What it changed is kept as long as it is true.
pub const KEPT: i64 = 90 * DAY;
/// Events forgotten in one transaction.
const FORGOTTEN: i64 = 1_000;
/// How often a long poll looks without having been told: the sequencer may run in another instance.
const RELOOK: Duration = Duration::from_secs(1);

/// The sequencer's turn.
pub struct Sequencer(Turn);

impl Default for Sequencer {
    fn default() -> Self {
        Self(Turn::at("feed"))
    }
}

impl Sequencer {
    /// Places what waits, one batch, which is small when each event has many deliveries; how many. Zero also when another
    /// instance is the sequencer.
    ///
    /// # Errors
    /// The database failed: nothing was placed.
    pub async fn pass(&mut self, app: &App) -> Result<usize> {
        if store::event::unplaced(&mut app.store.peek().await?, 1).await?.is_empty() {
            return Ok(0);
        }
        let mut tx = app.store.begin().await?;
        if !self.0.hold(app, &mut tx).await? {
            return Ok(0);
        }
        let mut events = store::event::unplaced(&mut tx, BATCH).await?;
        // An endpoint set up before an event gets it, whichever instance it was set up at.
        app.refresh().await?;
        let deliveries = fan_out(app, &mut events);
        let mut by_tenant: BTreeMap<TenantId, Vec<&Event>> = BTreeMap::new();
        for event in &events {
            by_tenant.entry(event.tenant).or_default().push(event);
        }
        let mut places = Vec::with_capacity(events.len());
        let mut latest = BTreeMap::new();
        for (tenant, events) in &by_tenant {
            let count = i64::try_from(events.len()).unwrap_or(BATCH);
            let last = store::event::reserve(&mut tx, *tenant, count).await?;
            for (event, place) in events.iter().zip(last + 1..) {
                places.push((*tenant, event.id, place));
                note(&mut latest, event, place);
            }
        }
        store::event::place(&mut tx, &places).await?;
        store::latest::note(&mut tx, &latest).await?;
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

    /// Gives the lease back: another instance can go on at once.
    ///
    /// # Errors
    /// The database failed: the lease ends by itself.
    pub async fn release(&mut self, app: &App) -> Result<()> {
        self.0.release(app).await
    }
}

/// Notes where something was told that changes what is true of a contact. That they asked for something, or that a mail
/// went out, changes nothing; with what they asked for, they may be forgotten themselves.
fn note(latest: &mut BTreeMap<(TenantId, ContactId), i64>, event: &Event, place: i64) {
    const CHANGING: [&str; 6] =
        ["consent.", "contact.", "pause.", "preference.", "signup.expired", "suppression."];
    if let Some(contact) = event.contact
        && CHANGING.iter().any(|it| event.kind.starts_with(it))
    {
        latest.insert((event.tenant, contact), place);
    }
}

/// Forgets what was told longer than [`KEPT`] ago, from the beginning of each feed and without gaps; how many events.
///
/// # Errors
/// The database failed; what was done before it stays done.
pub async fn forget_old(app: &App) -> Result<u64> {
    let before = app.now().plus(-KEPT);
    let mut forgotten = 0;
    for tenant in app.catalog().tenants.keys() {
        let oldest = store::event::times(&mut app.store.peek().await?, *tenant, 0, FORGOTTEN).await?;
        let Some((to, _)) = oldest.into_iter().take_while(|(_, at)| *at < before).last() else { continue };
        let mut tx = app.store.begin().await?;
        forgotten += store::event::forget(&mut tx, *tenant, to).await?;
        tx.commit().await?;
    }
    Ok(forgotten)
}

/// What a reader of the feed gets.
#[derive(Debug)]
pub enum Told {
    /// What comes next, in its order; nothing yet when it is empty.
    Events(Vec<Event>),
    /// Some of what comes next is no longer kept.
    Forgotten,
    /// The feed has never come that far: this is its last place.
    Ahead(i64),
}

/// Where a reader begins who has read nothing: before the oldest event that is kept.
///
/// # Errors
/// The database failed.
pub async fn oldest_kept(app: &App, tenant: TenantId) -> Result<i64> {
    Ok(store::event::reach(&mut app.store.peek().await?, tenant).await?.forgotten)
}

/// What was told after `after`. Places are dense, so that a page which begins with the next one misses nothing.
async fn told(app: &App, tenant: TenantId, after: i64, limit: i64) -> Result<Told> {
    let mut tx = app.store.peek().await?;
    let events = store::event::after(&mut tx, tenant, after, limit).await?;
    let follows = events.first().is_some_and(|it| it.sequence == after.checked_add(1));
    if follows {
        return Ok(Told::Events(events));
    }
    // Looked at last: what was forgotten meanwhile is noticed.
    let reach = store::event::reach(&mut tx, tenant).await?;
    Ok(match reach.forgotten > after {
        true => Told::Forgotten,
        false if reach.last < after => Told::Ahead(reach.last),
        false => Told::Events(events),
    })
}

/// One delivery per event and live endpoint that wants it. Events that would make it too many are left for the next
/// pass.
fn fan_out(app: &App, events: &mut Vec<Event>) -> Vec<Delivery> {
    let (catalog, now) = (app.catalog(), app.now());
    let mut deliveries = Vec::new();
    let mut fitting = 0;
    for event in events.iter() {
        let ours = catalog.endpoints.values().filter(|it| it.tenant == event.tenant);
        // Who is switched off gets a ping all the same: it is how one finds out whether it can be switched on again.
        let live = ours.filter(|it| it.disabled_at.is_none() || event.kind == PING);
        let wanting: Vec<EndpointId> = live.filter(|it| wants(it, event)).map(|it| it.id).collect();
        if fitting > 0 && deliveries.len() + wanting.len() > FANNED_OUT {
            break;
        }
        fitting += 1;
        deliveries.extend(wanting.into_iter().map(|endpoint| Delivery {
            tenant: event.tenant,
            id: DeliveryId::new(now, &app.random),
            endpoint,
            event: event.id,
            attempts: 0,
            lease: 0,
            created_at: now,
        }));
    }
    events.truncate(fitting);
    deliveries
}

/// A page of a tenant's feed: events after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn page(app: &App, tenant: TenantId, after: i64, limit: i64) -> Result<Vec<Event>> {
    Ok(store::event::after(&mut app.store.peek().await?, tenant, after, limit).await?)
}

/// What was told after `after`; when there is nothing yet, waits for at most `wait`. Ends at once when the service
/// stops. Holds no connection while it waits.
///
/// # Errors
/// The database failed.
pub async fn poll(app: &App, tenant: TenantId, after: i64, limit: i64, wait: Duration) -> Result<Told> {
    poll_every(app, tenant, after, limit, wait, RELOOK).await
}

async fn poll_every(
    app: &App,
    tenant: TenantId,
    after: i64,
    limit: i64,
    wait: Duration,
    relook: Duration,
) -> Result<Told> {
    let until = Instant::now() + wait;
    let mut stopping = app.wake.stopping.subscribe();
    loop {
        // Made before looking: what grows meanwhile is told to it.
        let grown = app.wake.grown.notified();
        let told = told(app, tenant, after, limit).await?;
        let now = Instant::now();
        let is_nothing = matches!(&told, Told::Events(events) if events.is_empty());
        if !is_nothing || now >= until || *stopping.borrow() {
            return Ok(told);
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

    fn count(told: Told) -> usize {
        match told {
            Told::Events(events) => events.len(),
            Told::Forgotten | Told::Ahead(_) => panic!("it goes on from there"),
        }
    }

    #[tokio::test]
    async fn the_bell_ends_a_poll_without_another_look() {
        let house = House::new().await;
        let tenant = house.tenant("acme").id;
        let (told, ()) = tokio::join!(
            poll_every(&house.app, tenant, 0, 10, LONG, LONG),
            house.happen("acme", None, &["ping"])
        );
        assert_eq!(count(told.unwrap()), 1);
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
        let (told, ()) = tokio::join!(poll_every(&house.app, tenant, 0, 10, LONG, soon), elsewhere);
        assert_eq!(count(told.unwrap()), 1);
    }
}
