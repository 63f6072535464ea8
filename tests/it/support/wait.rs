//! Waiting for a condition, with a deadline and a name.

use std::{
    thread,
    time::{Duration, Instant},
};

const PAUSE: Duration = Duration::from_millis(10);

/// Asks `probe` again and again until it answers, at most for `deadline`.
///
/// # Panics
/// When the deadline has passed; the message says `what` was awaited.
pub(crate) async fn until<T>(what: &str, deadline: Duration, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(begun.elapsed() < deadline, "waited {deadline:?} in vain for {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// The same where there is no runtime: for services that are started once per process.
pub(crate) fn until_blocking<T>(what: &str, deadline: Duration, mut probe: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(begun.elapsed() < deadline, "waited {deadline:?} in vain for {what}");
        thread::sleep(PAUSE);
    }
}
