//! Places that many want at once: so many in all, and so many of them for each tenant, so that none takes all.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::domain::id::TenantId;

/// Places of one kind in this instance. Cheap to clone.
#[derive(Clone)]
pub struct Places(Arc<Inner>);

struct Inner {
    in_all: usize,
    of_one: usize,
    taken: Mutex<BTreeMap<TenantId, usize>>,
}

/// A place that is taken until this is dropped.
pub struct Place {
    places: Places,
    tenant: TenantId,
}

impl Places {
    pub(super) fn new(in_all: usize, of_one: usize) -> Self {
        Self(Arc::new(Inner { in_all, of_one, taken: Mutex::default() }))
    }

    /// Takes a place; `None` when there is none, or none for this tenant.
    pub fn take(&self, tenant: TenantId) -> Option<Place> {
        let mut taken = self.taken();
        let own = taken.get(&tenant).copied().unwrap_or_default();
        if own >= self.0.of_one || taken.values().sum::<usize>() >= self.0.in_all {
            return None;
        }
        taken.insert(tenant, own + 1);
        Some(Place { places: self.clone(), tenant })
    }

    fn taken(&self) -> MutexGuard<'_, BTreeMap<TenantId, usize>> {
        self.0.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        match taken.get_mut(&self.tenant) {
            Some(own) if *own > 1 => *own -= 1,
            Some(_) | None => {
                taken.remove(&self.tenant);
            }
        }
    }
}

/// The places of every kind.
pub struct AllPlaces {
    /// Listeners to the feed: each looks into the database once a second.
    pub listeners: Places,
    /// Audiences that are streamed: each has a connection of its own.
    pub audiences: Places,
    /// Streams of questions to the send gate: each holds a part of a few megabytes.
    pub checks: Places,
    /// Dossiers that are made: each may take a core for seconds.
    pub dossiers: Places,
}

impl Default for AllPlaces {
    fn default() -> Self {
        Self {
            listeners: Places::new(100, 25),
            audiences: Places::new(4, 1),
            checks: Places::new(16, 4),
            dossiers: Places::new(2, 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_takes_more_than_its_share_and_all_together_no_more_than_there_are() {
        let places = Places::new(3, 2);
        let of = |number| TenantId::from_bytes([number; TenantId::BYTES]);
        let one = [places.take(of(1)), places.take(of(1))];
        assert!(one.iter().all(Option::is_some) && places.take(of(1)).is_none());
        let other = places.take(of(2));
        assert!(other.is_some() && places.take(of(3)).is_none(), "there are three");
        drop(one);
        assert!(places.take(of(1)).is_some() && places.take(of(3)).is_some());
        drop(other);
        assert!(places.taken().is_empty(), "nothing is remembered of those who left");
    }
}
