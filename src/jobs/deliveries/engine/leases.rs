//! What the engine leases: from which endpoints, how much, and for how long.

use std::collections::{HashMap, HashSet};

use tokio::time::Instant;

use super::{AT_ONCE, Begun, Engine, Held};
use crate::{
    app::Result,
    domain::{
        id::{DeliveryId, EndpointId, EventId},
        time::SECOND,
    },
    jobs::{TICK, deliveries::lane::Lane},
    store::{
        self,
        delivery::{self, Delivery},
        event::Event,
    },
};

/// How long a lease lasts unless it is prolonged, in milliseconds: how late a delivery is whose instance was killed
/// and does not start again.
const LEASE: i64 = 20 * SECOND;
/// How old a lease is when it is prolonged, in milliseconds.
const BEAT: i64 = 5 * SECOND;
/// Deliveries held at once.
const HELD: usize = 1_024;

impl Engine {
    /// Makes due what this instance held when it crashed.
    ///
    /// # Errors
    /// The database failed: it is due when the leases end.
    pub(in crate::jobs::deliveries) async fn take_over(&self) -> Result<()> {
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

    /// A connection for leases. Losing one in a power cut harms nobody, so that it need not wait for the disk.
    async fn light(&self) -> Result<store::Tx> {
        let store = &self.deliveries.app.store;
        Ok(match store.beside().await? {
            Some(tx) => tx,
            None => store.begin().await?,
        })
    }

    /// Prolongs the leases that grow old. What another has taken over meanwhile is not begun.
    pub(super) async fn keep(&mut self) -> Result<()> {
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
    pub(super) fn trim(&mut self) {
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

    /// Gives back what this instance will not attempt: it is due again at once.
    pub(super) async fn give_back(&mut self) -> Result<()> {
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
    pub(super) async fn look(&mut self) -> Result<()> {
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

    /// Leases what is due, as much as there is room for.
    pub(super) async fn lease(&mut self) -> Result<()> {
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
}
