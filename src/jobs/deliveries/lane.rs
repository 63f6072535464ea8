//! One endpoint's share of the work: how many attempts at once, and how much is leased ahead of them.
//!
//! Nothing good is known of an endpoint at first: it gets one attempt. One that answers gets a few; one that always
//! answers quickly gets more with each answer. A failure brings it back to one. So an endpoint that hangs or fails
//! holds one place, and what it could not use is not kept from others.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use crate::domain::id::DeliveryId;

/// Attempts at once to an endpoint that has not answered well yet.
const PROBE: usize = 1;
/// Attempts at once to one that answers, however slowly.
const STEADY: usize = 4;
/// Attempts at once to one that answers quickly, at most.
const MOST: usize = 32;
/// An answer within this time is a quick one.
pub(super) const QUICK: Duration = Duration::from_secs(1);

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Delivered within [`QUICK`].
    Quickly,
    /// Delivered, later than that.
    Slowly,
    /// Not delivered.
    Badly,
}

/// The work for one endpoint in this instance.
#[derive(Debug)]
pub(super) struct Lane {
    window: usize,
    quick: bool,
    hangs: bool,
    under_way: usize,
    /// Leased and not begun, the longest due first.
    waiting: VecDeque<DeliveryId>,
    /// Whether more may be due than is leased.
    pub(super) more: bool,
    /// When it had its last turn.
    pub(super) served: Instant,
}

impl Lane {
    /// A lane of which nothing is known.
    pub(super) fn new() -> Self {
        Self {
            window: PROBE,
            quick: false,
            hangs: false,
            under_way: 0,
            waiting: VecDeque::new(),
            more: false,
            served: Instant::now(),
        }
    }

    /// Whether its last answer came quickly.
    pub(super) fn is_quick(&self) -> bool {
        self.quick
    }

    /// Whether an attempt took long, and none has been quick since.
    pub(super) fn hangs(&self) -> bool {
        self.hangs
    }

    /// How many attempts are under way.
    pub(super) fn under_way(&self) -> usize {
        self.under_way
    }

    /// Whether nothing of it is in this instance.
    pub(super) fn is_empty(&self) -> bool {
        self.under_way == 0 && self.waiting.is_empty()
    }

    /// How many to lease now. A quick lane leases as much ahead as it has under way, when half of that is used up.
    pub(super) fn wants(&self) -> usize {
        if !self.more {
            return 0;
        }
        let ahead = if self.quick { self.window } else { 0 };
        if self.quick && self.waiting.len() > self.window / 2 {
            return 0;
        }
        (self.window + ahead).saturating_sub(self.under_way + self.waiting.len())
    }

    /// Takes what was leased for it.
    pub(super) fn take(&mut self, leased: DeliveryId) {
        self.waiting.push_back(leased);
    }

    /// The next to begin, if it may begin one more.
    pub(super) fn next(&mut self) -> Option<DeliveryId> {
        if self.under_way < self.window { self.waiting.pop_front() } else { None }
    }

    /// Counts an attempt that was begun.
    pub(super) fn begun(&mut self) {
        self.under_way += 1;
        self.served = Instant::now();
    }

    /// Counts an attempt that has ended and learns from it; nothing when we broke it off ourselves.
    pub(super) fn ended(&mut self, how: Option<Ended>) {
        self.under_way = self.under_way.saturating_sub(1);
        match how {
            Some(Ended::Quickly) => {
                self.quick = true;
                self.hangs = false;
                self.window = (self.window + 1).clamp(STEADY, MOST);
            }
            Some(Ended::Slowly) => {
                self.quick = false;
                self.hangs = true;
                self.window = STEADY;
            }
            Some(Ended::Badly) => {
                self.quick = false;
                self.window = PROBE;
            }
            None => {}
        }
    }

    /// Learns that an attempt under way takes long.
    pub(super) fn drags(&mut self) {
        self.quick = false;
        self.hangs = true;
        self.window = self.window.min(STEADY);
    }

    /// What is leased beyond what could begin now, when it does not answer quickly any more: to be given back.
    pub(super) fn surplus(&mut self) -> Vec<DeliveryId> {
        if self.quick {
            return Vec::new();
        }
        let room = self.window.saturating_sub(self.under_way);
        let surplus = self.waiting.split_off(room.min(self.waiting.len()));
        self.more |= !surplus.is_empty();
        surplus.into()
    }

    /// Forgets one that was leased and is another's now.
    pub(super) fn forget(&mut self, lost: DeliveryId) {
        self.waiting.retain(|it| *it != lost);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(quick_answers: usize) -> Lane {
        let mut lane = Lane::new();
        lane.more = true;
        for _ in 0..quick_answers {
            lane.begun();
            lane.ended(Some(Ended::Quickly));
        }
        lane
    }

    fn fill(lane: &mut Lane) -> usize {
        let wanted = lane.wants();
        for number in 0..wanted {
            lane.take(DeliveryId::from_bytes([u8::try_from(number).unwrap(); DeliveryId::BYTES]));
        }
        wanted
    }

    fn begin(lane: &mut Lane) -> usize {
        let mut begun = 0;
        while lane.next().is_some() {
            lane.begun();
            begun += 1;
        }
        begun
    }

    #[test]
    fn a_stranger_gets_one_attempt_and_more_once_it_answers() {
        let mut lane = lane(0);
        assert_eq!((fill(&mut lane), begin(&mut lane)), (1, 1));
        assert_eq!(lane.wants(), 0, "nothing is leased that could not begin");
        lane.ended(Some(Ended::Slowly));
        assert_eq!((fill(&mut lane), begin(&mut lane)), (STEADY, STEADY));
        assert!(!lane.is_quick());
    }

    #[test]
    fn quick_answers_open_the_window_up_to_its_end_and_lease_ahead() {
        assert_eq!(lane(1).wants(), 2 * STEADY);
        let mut lane = lane(100);
        assert_eq!(fill(&mut lane), 2 * MOST);
        assert_eq!(begin(&mut lane), MOST);
        assert_eq!((lane.waiting.len(), lane.wants()), (MOST, 0), "half of it is not used up yet");
        for _ in 0..MOST / 2 {
            lane.ended(Some(Ended::Quickly));
        }
        assert_eq!(begin(&mut lane), MOST / 2);
        assert_eq!(lane.wants(), MOST / 2);
    }

    #[test]
    fn a_failure_closes_it_to_one_and_gives_the_rest_back() {
        let mut lane = lane(100);
        fill(&mut lane);
        begin(&mut lane);
        assert!(lane.surplus().is_empty(), "a quick lane keeps what it has");
        lane.more = false;
        lane.ended(Some(Ended::Badly));
        assert_eq!(lane.next(), None, "others are under way still");
        assert_eq!(lane.surplus().len(), MOST);
        assert!(lane.more, "what is given back is due");
        for _ in 0..MOST - 1 {
            lane.ended(None);
        }
        assert!(lane.is_empty());
        assert_eq!(lane.wants(), PROBE);
    }

    #[test]
    fn an_attempt_that_drags_on_stops_the_rush() {
        let mut lane = lane(100);
        fill(&mut lane);
        for _ in 0..2 {
            lane.next().unwrap();
            lane.begun();
        }
        lane.drags();
        assert_eq!(lane.surplus().len(), 2 * MOST - STEADY);
        assert_eq!(begin(&mut lane), STEADY - 2);
    }

    #[test]
    fn what_another_took_over_is_not_begun() {
        let mut lane = lane(0);
        fill(&mut lane);
        let lost = lane.waiting[0];
        lane.forget(lost);
        assert_eq!(lane.next(), None);
    }
}
