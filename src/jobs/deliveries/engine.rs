//! The engine of the delivery job: leases in batches, begins what has a place, records in batches.
//!
//! One task turns it, so nothing here is locked. A delivery is held from its lease until its attempt is recorded;
//! its lease is prolonged meanwhile, and what it completes is fenced by it. What is in memory is bounded, however
//! much waits in the database.

use std::{
    collections::{HashMap, HashSet},
    future,
    time::Duration,
};

use tokio::{
    task::{Id, JoinError, JoinSet},
    time::{Instant, timeout_at},
};

use super::{
    Deliveries, Settled,
    lane::{Ended, Lane, QUICK},
    places::Places,
};
use crate::{
    app::Result,
    domain::{
        Timestamp,
        id::{DeliveryId, EndpointId, EventId},
        time::SECOND,
    },
    jobs::{TICK, report},
    store::{
        self,
        delivery::{self, Delivery},
        event::Event,
    },
    webhook::Verdict,
};

/// Deliveries held at once.
const HELD: usize = 1_024;
/// Deliveries recorded in one transaction.
const AT_ONCE: usize = 500;
/// How long a lease lasts unless it is prolonged, in milliseconds: how late a delivery is whose instance was killed
/// and does not start again.
const LEASE: i64 = 20 * SECOND;
/// How old a lease is when it is prolonged, in milliseconds.
const BEAT: i64 = 5 * SECOND;
/// The least time between two looks for what is due.
const LOOK_GAP: Duration = Duration::from_millis(20);
/// How long attempts under way may take to end once the service stops.
const LAST_ATTEMPTS: Duration = Duration::from_secs(5);
/// How often recording is tried before each outcome is recorded alone.
const TRIES: u32 = 5;

/// What this instance has leased and under way.
pub(super) struct Engine {
    deliveries: Deliveries,
    lanes: HashMap<EndpointId, Lane>,
    held: HashMap<DeliveryId, Held>,
    workers: JoinSet<Result<Settled>>,
    tasks: HashMap<Id, DeliveryId>,
    ended: Vec<Settled>,
    failed: u32,
    back: Vec<Delivery>,
    looked: Instant,
    /// When it is looked next for what is due.
    pub(super) look_at: Instant,
}

/// A delivery from its lease until its attempt is recorded.
struct Held {
    delivery: Delivery,
    leased_at: Timestamp,
    until: Timestamp,
    event: Option<Event>,
    begun: Option<Begun>,
}

/// When an attempt was begun, in whose places, and whether it is over and waits to be recorded.
struct Begun {
    at: Instant,
    quick: bool,
    over: bool,
}

impl Begun {
    fn drags(&self) -> bool {
        !self.over && self.at.elapsed() >= QUICK
    }
}

type Joined = std::result::Result<(Id, Result<Settled>), JoinError>;

impl Engine {
    /// An engine that holds nothing.
    pub(super) fn new(deliveries: Deliveries) -> Self {
        Self {
            deliveries,
            lanes: HashMap::new(),
            held: HashMap::new(),
            workers: JoinSet::new(),
            tasks: HashMap::new(),
            ended: Vec::new(),
            failed: 0,
            back: Vec::new(),
            looked: Instant::now(),
            look_at: Instant::now(),
        }
    }

    /// Records what has ended, leases what is due and begins what has a place; how many were begun.
    ///
    /// # Errors
    /// The database failed; what was not recorded is tried again at the next turn.
    pub(super) async fn turn(&mut self) -> Result<usize> {
        self.reap();
        while !self.ended.is_empty() {
            self.record().await?;
        }
        self.keep().await?;
        // What has ended while the database was slow does not drag on.
        self.reap();
        self.trim();
        self.give_back().await?;
        self.look().await?;
        self.lease().await?;
        Ok(self.begin())
    }

    /// Makes due what this instance held when it crashed.
    ///
    /// # Errors
    /// The database failed: it is due when the leases end.
    pub(super) async fn take_over(&self) -> Result<()> {
        let app = &self.deliveries.app;
        let Some(name) = app.instance.get() else { return Ok(()) };
        let mut tx = app.store.begin().await?;
        let found = delivery::take_over(&mut tx, name, app.now(), app.now().plus(LEASE)).await?;
        tx.commit().await?;
        if found > 0 {
            tracing::info!(
                found,
                "deliveries that were under way when this instance ended are taken up again"
            );
        }
        Ok(())
    }

    /// Looks at the next turn for what is due, whatever the gap.
    pub(super) fn look_now(&mut self) {
        self.look_at = Instant::now();
    }

    /// Looks soon for what is due.
    pub(super) fn look_soon(&mut self) {
        self.look_at = self.look_at.min(self.looked + LOOK_GAP);
    }

    /// Whether no attempt is under way and every one that was is on record.
    pub(super) fn is_done(&self) -> bool {
        self.is_idle() && self.ended.is_empty()
    }

    /// Whether no attempt is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.workers.is_empty()
    }

    /// Waits until an attempt has ended; for ever when none is under way. May be dropped.
    pub(super) async fn one_ended(&mut self) {
        match self.workers.join_next_with_id().await {
            Some(joined) => self.take(joined),
            None => future::pending().await,
        }
    }

    /// Ends within seconds: what was not begun is given back, what is under way may end, the rest is broken off and
    /// given back.
    pub(super) async fn stop(mut self) {
        for lane in self.lanes.values_mut() {
            lane.more = false;
        }
        let idle = self.held.values().filter(|it| it.begun.is_none());
        self.back.extend(idle.map(|it| it.delivery.clone()));
        report("deliveries", self.give_back().await);
        let until = Instant::now() + LAST_ATTEMPTS;
        while !self.is_idle() && timeout_at(until, self.one_ended()).await.is_ok() {
            if !self.ended.is_empty() {
                report("deliveries", self.record().await);
            }
        }
        self.workers.abort_all();
        while let Some(joined) = self.workers.join_next_with_id().await {
            self.take(joined);
        }
        while !self.ended.is_empty() && self.failed < TRIES {
            report("deliveries", self.record().await);
        }
        report("deliveries", self.give_back().await);
    }

    /// Takes over every attempt that has ended.
    fn reap(&mut self) {
        while let Some(joined) = self.workers.try_join_next_with_id() {
            self.take(joined);
        }
    }

    /// Takes over how an attempt ended.
    fn take(&mut self, joined: Joined) {
        let (task, result) = match joined {
            Ok((task, result)) => (task, Ok(result)),
            Err(error) => (error.id(), Err(error)),
        };
        let Some(id) = self.tasks.remove(&task) else { return };
        let Some(held) = self.held.get_mut(&id) else { return };
        if let Some(begun) = &mut held.begun {
            begun.over = true;
        }
        let how = match &result {
            Ok(Ok(settled)) => Some(how_ended(settled)),
            Ok(Err(_)) | Err(_) => None,
        };
        if let Some(lane) = self.lanes.get_mut(&held.delivery.endpoint) {
            lane.ended(how);
        }
        match result {
            // The lease may have been renewed meanwhile.
            Ok(Ok(settled)) => self.ended.push(Settled { delivery: held.delivery.clone(), ..settled }),
            Ok(Err(error)) => {
                report("delivery", Err(error));
                self.back.push(held.delivery.clone());
            }
            Err(error) if error.is_cancelled() => self.back.push(held.delivery.clone()),
            Err(error) => {
                tracing::error!(delivery = %id, %error, "an attempt ended by itself; it is made again when its lease ends");
                self.held.remove(&id);
            }
        }
    }

    /// Records the next of what has ended in one transaction. What the database refuses again and again is recorded
    /// one by one, and what it refuses even then is left to the end of its lease.
    async fn record(&mut self) -> Result<()> {
        let count = if self.failed < TRIES { self.ended.len().min(AT_ONCE) } else { 1 };
        let Some(batch) = self.ended.get(..count) else { return Ok(()) };
        let recorded = self.deliveries.settle(batch).await;
        let is_alone = self.failed >= TRIES;
        if recorded.is_err() && !is_alone {
            self.failed += 1;
            return recorded;
        }
        for settled in self.ended.drain(..count) {
            self.held.remove(&settled.delivery.id);
        }
        if self.ended.is_empty() {
            self.failed = 0;
        }
        recorded
    }

    /// A connection for leases. Losing one in a power cut harms nobody, so that it need not wait for the disk.
    async fn light(&self) -> Result<store::Tx> {
        let store = &self.deliveries.app.store;
        Ok(match store.beside().await? {
            Some(tx) => tx,
            None => store.begin().await?,
        })
    }

    /// Prolongs the leases that grow old. What another has taken over meanwhile is not begun.
    async fn keep(&mut self) -> Result<()> {
        let now = self.deliveries.app.now();
        let soon = now.plus(LEASE - BEAT);
        let old: Vec<Delivery> =
            self.held.values().filter(|it| it.until <= soon).map(|it| it.delivery.clone()).collect();
        if old.is_empty() {
            return Ok(());
        }
        let until = now.plus(LEASE);
        let mut tx = self.light().await?;
        let kept: HashSet<DeliveryId> = delivery::keep(&mut tx, &old, until).await?.into_iter().collect();
        tx.commit().await?;
        for Delivery { id, endpoint, .. } in old {
            let Some(held) = self.held.get_mut(&id) else { continue };
            if kept.contains(&id) || held.begun.is_some() {
                // An attempt under way cannot be called back; what it writes is fenced.
                held.until = until;
                continue;
            }
            self.held.remove(&id);
            if let Some(lane) = self.lanes.get_mut(&endpoint) {
                lane.forget(id);
            }
        }
        Ok(())
    }

    /// Takes back from lanes that answer quickly no more what they could not begin now.
    fn trim(&mut self) {
        for held in self.held.values() {
            if held.begun.as_ref().is_some_and(Begun::drags)
                && let Some(lane) = self.lanes.get_mut(&held.delivery.endpoint)
            {
                lane.drags();
            }
        }
        for lane in self.lanes.values_mut() {
            let surplus = lane.surplus();
            let held = surplus.iter().filter_map(|it| self.held.get(it));
            self.back.extend(held.map(|it| it.delivery.clone()));
        }
    }

    async fn give_back(&mut self) -> Result<()> {
        if self.back.is_empty() {
            return Ok(());
        }
        let now = self.deliveries.app.now();
        let mut tx = self.light().await?;
        for some in self.back.chunks(AT_ONCE) {
            delivery::give_back(&mut tx, some, now).await?;
        }
        tx.commit().await?;
        for Delivery { id, .. } in self.back.drain(..) {
            self.held.remove(&id);
        }
        Ok(())
    }

    /// Finds out which endpoints something is due for.
    async fn look(&mut self) -> Result<()> {
        if Instant::now() < self.look_at {
            return Ok(());
        }
        let app = &self.deliveries.app;
        let due = delivery::first_due(&mut app.store.peek().await?).await?;
        self.looked = Instant::now();
        self.look_at = self.looked + TICK;
        let (now, catalog) = (app.now(), app.catalog());
        self.lanes.retain(|id, lane| !lane.is_empty() || catalog.endpoints.contains_key(id));
        for (id, first) in due {
            // What waits for one that is switched off was asked for: a try, or to be sent again.
            if first <= now && catalog.endpoints.contains_key(&id) {
                self.lanes.entry(id).or_insert_with(Lane::new).more = true;
            }
        }
        Ok(())
    }

    /// The lanes in the order of their turns, those longest without one first.
    fn in_turn(&self) -> Vec<EndpointId> {
        let mut lanes: Vec<(Instant, EndpointId)> =
            self.lanes.iter().map(|(id, lane)| (lane.served, *id)).collect();
        lanes.sort_unstable();
        lanes.into_iter().map(|(_, id)| id).collect()
    }

    /// The places that are taken: of a lane that was quick when an attempt began, quick ones until it drags.
    fn taken(&self) -> Places {
        let mut places = Places::default();
        for held in self.held.values() {
            if let Some(begun) = &held.begun {
                places.take(held.delivery.tenant, begun.quick && !begun.drags());
            }
        }
        places
    }

    /// How many to lease for each endpoint.
    fn wanted(&self) -> Vec<(EndpointId, i64)> {
        let mut free = HELD.saturating_sub(self.held.len());
        let catalog = self.deliveries.app.catalog();
        let mut places = self.taken();
        // What a lane that is not quick has leased will take a slow place.
        for held in self.held.values().filter(|it| it.begun.is_none()) {
            if self.lanes.get(&held.delivery.endpoint).is_some_and(|it| !it.is_quick()) {
                places.take(held.delivery.tenant, false);
            }
        }
        let mut wanted = Vec::new();
        for id in self.in_turn() {
            let Some(lane) = self.lanes.get(&id) else { continue };
            let Some(tenant) = catalog.endpoints.get(&id).map(|it| it.tenant) else { continue };
            let most = lane.wants().min(free);
            let mut count = if lane.is_quick() { most } else { 0 };
            while count < most && places.has_room(tenant, lane) {
                places.take(tenant, false);
                count += 1;
            }
            if count == 0 {
                continue;
            }
            free -= count;
            wanted.push((id, i64::try_from(count).unwrap_or(1)));
        }
        wanted
    }

    async fn lease(&mut self) -> Result<()> {
        let wanted = self.wanted();
        if wanted.is_empty() {
            return Ok(());
        }
        let (now, holder) = (self.deliveries.app.now(), self.deliveries.app.instance.get());
        let until = now.plus(LEASE);
        let mut leased = Vec::new();
        let mut tx = self.light().await?;
        for (endpoint, count) in &wanted {
            let some =
                delivery::lease(&mut tx, *endpoint, holder.map(String::as_str), now, until, *count).await?;
            if let Some(lane) = self.lanes.get_mut(endpoint) {
                lane.more = some.len() >= usize::try_from(*count).unwrap_or(usize::MAX);
            }
            leased.extend(some);
        }
        tx.commit().await?;
        let mut events = self.events_of(&leased).await?;
        for delivery in leased {
            // One that this very instance let grow too old: what is under way goes on under the new lease.
            if let Some(held) = self.held.get_mut(&delivery.id) {
                (held.delivery, held.until) = (delivery, until);
                continue;
            }
            if let Some(lane) = self.lanes.get_mut(&delivery.endpoint) {
                lane.take(delivery.id);
            }
            let event = events.remove(&(delivery.endpoint, delivery.event));
            self.held.insert(
                delivery.id,
                Held { delivery, leased_at: self.deliveries.app.now(), until, event, begun: None },
            );
        }
        Ok(())
    }

    async fn events_of(&self, leased: &[Delivery]) -> Result<HashMap<(EndpointId, EventId), Event>> {
        let mut found = HashMap::new();
        let mut tx = self.deliveries.app.store.peek().await?;
        for some in leased.chunks(AT_ONCE) {
            let asked: HashSet<_> = some.iter().map(|it| (it.tenant, it.event)).collect();
            let asked: Vec<_> = asked.into_iter().collect();
            let events = store::event::find_all(&mut tx, &asked).await?;
            let events: HashMap<EventId, Event> = events.into_iter().map(|it| (it.id, it)).collect();
            for delivery in some {
                if let Some(event) = events.get(&delivery.event).filter(|it| it.tenant == delivery.tenant) {
                    found.insert((delivery.endpoint, delivery.event), event.clone());
                }
            }
        }
        Ok(found)
    }

    /// Begins what has a place; how many.
    fn begin(&mut self) -> usize {
        let mut places = self.taken();
        let (now, catalog) = (self.deliveries.app.now(), self.deliveries.app.catalog());
        let mut begun = 0;
        for id in self.in_turn() {
            let Some(lane) = self.lanes.get_mut(&id) else { continue };
            let endpoint = catalog.endpoints.get(&id);
            let tenant = endpoint.map(|it| it.tenant);
            while tenant.is_none_or(|it| places.has_room(it, lane))
                && let Some(id) = lane.next()
            {
                let Some(held) = self.held.get_mut(&id) else { continue };
                let is_off = |it: &crate::domain::catalog::Endpoint| {
                    it.disabled_at.is_some_and(|at| at > held.leased_at)
                };
                let Some(endpoint) = endpoint.filter(|it| held.until > now && !is_off(it)) else {
                    // Switched off meanwhile, or ours no more.
                    self.held.remove(&id);
                    continue;
                };
                held.begun = Some(Begun { at: Instant::now(), quick: lane.is_quick(), over: false });
                places.take(endpoint.tenant, lane.is_quick());
                let (deliveries, endpoint) = (self.deliveries.clone(), endpoint.clone());
                let (delivery, event) = (held.delivery.clone(), held.event.take());
                let work = async move { deliveries.deliver(&endpoint, delivery, event).await };
                self.tasks.insert(self.workers.spawn(work).id(), id);
                lane.begun();
                begun += 1;
            }
        }
        begun
    }
}

fn how_ended(settled: &Settled) -> Ended {
    let is_quick = u128::try_from(settled.result.ms).is_ok_and(|it| it < QUICK.as_millis());
    match settled.verdict {
        Verdict::Delivered if is_quick => Ended::Quickly,
        Verdict::Delivered => Ended::Slowly,
        Verdict::Gone | Verdict::Retry { .. } => Ended::Badly,
    }
}
