//! Time as a value: the system's in the service, set by hand in tests.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::domain::Timestamp;

/// A clock. Cheap to clone; clones of a set clock show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that stands at `at` until it is moved.
    pub fn set_at(at: Timestamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.millis()))))
    }

    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Some(set) => Timestamp::from_millis(set.load(Ordering::SeqCst)),
            None => Timestamp::from_millis(jiff::Timestamp::now().as_millisecond()),
        }
    }

    /// Moves a set clock by `millis`, also backwards; the system's clock stays.
    pub fn advance(&self, millis: i64) {
        if let Some(set) = &self.0 {
            set.fetch_add(millis, Ordering::SeqCst);
        }
    }
}
