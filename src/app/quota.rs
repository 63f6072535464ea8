//! How many requests each API key has left this minute.
//!
//! Counted in memory, each instance for itself: a count in the database would cost every check of the send gate a
//! write. With several instances a key has its quota at each of them; a restart starts anew.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use crate::domain::{
    Timestamp,
    id::ApiKeyId,
    time::{MINUTE, SECOND},
};

/// How long a window is, in seconds.
pub const WINDOW_SECONDS: i64 = MINUTE / SECOND;

/// The windows of the keys used lately.
#[derive(Default)]
pub struct Quotas(Mutex<HashMap<ApiKeyId, Window>>);

#[derive(Clone, Copy)]
struct Window {
    since: Timestamp,
    used: u32,
}

/// How a key stands after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Requests in one window.
    pub quota: u32,
    /// How many are left.
    pub left: u32,
    /// In how many seconds the next window begins, at least 1.
    pub resets_in: i64,
    /// Whether this request had room.
    pub granted: bool,
}

impl Quotas {
    /// Counts one request of a key. A refusal uses nothing up.
    pub fn take(&self, key: ApiKeyId, quota: u32, now: Timestamp) -> Standing {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry(key).or_insert(Window { since: now, used: 0 });
        // A clock that was set back begins a window anew rather than a long one.
        if !(0..MINUTE).contains(&now.since(window.since)) {
            *window = Window { since: now, used: 0 };
        }
        let granted = window.used < quota;
        if granted {
            window.used += 1;
        }
        let rest = MINUTE - now.since(window.since);
        Standing {
            quota,
            left: quota - window.used.min(quota),
            resets_in: (rest + SECOND - 1) / SECOND,
            granted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: ApiKeyId = ApiKeyId::from_bytes([1; 8]);
    const START: Timestamp = Timestamp::from_millis(1_795_252_472_000);

    fn take(quotas: &Quotas, after: i64) -> (bool, u32, i64) {
        let Standing { quota: _, left, resets_in, granted } = quotas.take(KEY, 2, START.plus(after));
        (granted, left, resets_in)
    }

    #[test]
    fn a_key_has_its_quota_in_each_window() {
        let quotas = Quotas::default();
        assert_eq!(take(&quotas, 0), (true, 1, 60));
        assert_eq!(take(&quotas, 500), (true, 0, 60));
        assert_eq!(take(&quotas, 1_000), (false, 0, 59));
        assert_eq!(take(&quotas, MINUTE - 1), (false, 0, 1));
        assert_eq!(take(&quotas, MINUTE), (true, 1, 60));
        assert_eq!(quotas.take(ApiKeyId::from_bytes([2; 8]), 2, START).left, 1, "another key has its own");
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let quotas = Quotas::default();
        assert!(take(&quotas, 0).0 && take(&quotas, 0).0 && !take(&quotas, 0).0);
        assert_eq!(take(&quotas, -5 * MINUTE), (true, 1, 60));
    }
}
