//! Places for attempts under way: those to endpoints that hang take none from those that answer quickly, and those of
//! one tenant leave some to every other.

use std::collections::HashMap;

use super::lane::Lane;
use crate::domain::id::TenantId;

/// Attempts under way at once to endpoints that answer quickly.
const QUICK: usize = 128;
/// Attempts under way at once to all others.
const SLOW: usize = 192;
/// Those of them to endpoints that are known to hang: the rest is for those that nothing is known of, such as all after
/// a start, and for those that have failed once.
const HANGING: usize = 128;
/// Those of them to endpoints of one tenant.
const OF_ONE: usize = 64;

/// The places that are taken.
#[derive(Default)]
pub(super) struct Places {
    quick: usize,
    slow: HashMap<TenantId, usize>,
}

impl Places {
    /// Takes a place.
    pub(super) fn take(&mut self, tenant: TenantId, is_quick: bool) {
        if is_quick {
            self.quick += 1;
        } else {
            *self.slow.entry(tenant).or_default() += 1;
        }
    }

    /// Whether an attempt of a lane of this tenant may begin. Of the slow places a tenant has as many as are left free,
    /// so that however many tenants there are, there is one for the next. Once it has its share, each of its quick lanes
    /// has one attempt at once, as any of them may be the next to hang.
    pub(super) fn has_room(&self, tenant: TenantId, lane: &Lane) -> bool {
        let own = self.slow.get(&tenant).copied().unwrap_or_default();
        if lane.is_quick() {
            return self.quick < QUICK && (own < OF_ONE || lane.under_way() == 0);
        }
        let places = if lane.hangs() { HANGING } else { SLOW };
        // What was quick when it began may drag by now: nobody else's share shrinks for that.
        let taken: usize = self.slow.values().map(|it| (*it).min(OF_ONE)).sum();
        own < OF_ONE.min(places.saturating_sub(taken))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(number: u8) -> TenantId {
        TenantId::from_bytes([number; TenantId::BYTES])
    }

    /// Gives this tenant as many slow places as it can have.
    fn fill(places: &mut Places, number: u8, lane: &Lane) -> usize {
        let mut count = 0;
        while places.has_room(tenant(number), lane) {
            places.take(tenant(number), false);
            count += 1;
        }
        count
    }

    #[test]
    fn however_many_tenants_hang_there_is_a_place_for_the_next() {
        let mut hangs = Lane::new();
        hangs.drags();
        let mut places = Places::default();
        let taken: Vec<usize> = (0..5).map(|it| fill(&mut places, it, &hangs)).collect();
        assert_eq!(taken, [64, 32, 16, 8, 4]);
        assert!(places.has_room(tenant(9), &hangs));
        assert!(fill(&mut places, 9, &Lane::new()) >= 32, "more for those that nothing is known of");
    }

    #[test]
    fn what_begins_to_drag_all_at_once_takes_one_share() {
        let mut places = Places::default();
        for _ in 0..1_000 {
            places.take(tenant(1), false);
        }
        let (mut hangs, mut quick) = (Lane::new(), Lane::new());
        hangs.drags();
        quick.begun();
        quick.ended(Some(super::super::lane::Ended::Quickly));
        assert!(!places.has_room(tenant(1), &hangs) && places.has_room(tenant(2), &hangs));
        assert!(places.has_room(tenant(1), &quick));
        quick.begun();
        assert!(!places.has_room(tenant(1), &quick), "one at once");
        assert!(places.has_room(tenant(2), &quick));
    }
}
