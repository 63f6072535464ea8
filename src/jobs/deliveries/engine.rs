//! The engine of the delivery job: leases in batches, begins what has a place, records in batches.
//!
//! One task turns it, so nothing here is locked. A delivery is held from its lease until its attempt is recorded;
//! its lease is prolonged meanwhile, and what it completes is fenced by it. What is in memory is bounded, however
//! much waits in the database.

mod leases;

use std::{collections::HashMap, future, time::Duration};

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
        Timestamp, catalog,
        id::{DeliveryId, EndpointId},
    },
    jobs::report,
    store::{delivery::Delivery, event::Event},
    webhook::Verdict,
};

/// Deliveries recorded in one transaction.
const AT_ONCE: usize = 500;
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
                let is_off = |it: &catalog::Endpoint| it.disabled_at.is_some_and(|at| at > held.leased_at);
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
