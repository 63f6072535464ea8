//! Keeps a number of connections busy with one kind of request, and counts.
//!
//! The loop is closed: a connection sends its next request when it has the answer to the last one. So the
//! figures say what the service gives to that many callers who wait, not how it behaves when callers queue up.

use std::{
    cell::Cell,
    collections::BTreeMap,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use tokio::task::spawn_local;

use crate::http::{Answer, Connection};

/// A connection that is not answered so often gives up: the service is gone.
const SILENCES: u32 = 20;

/// One kind of request, and what is right as an answer.
pub(crate) trait Work: 'static {
    /// Writes the next request, whole, and gives the number it is known by; none when there is none left.
    fn next(&self, out: &mut Vec<u8>) -> Option<u32>;

    /// Judges the answer to the request of that number.
    ///
    /// # Errors
    /// What is wrong with it, to be counted.
    fn judge(&self, number: u32, answer: Answer<'_>) -> Result<(), String>;
}

/// How long to drive, and how wide.
#[derive(Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) connections: usize,
    /// Without one, until there is no request left.
    pub(crate) time: Option<Duration>,
    /// Requests a second at most, all connections together; without one, as many as are answered.
    pub(crate) rate: Option<u32>,
}

/// When the next request may be sent.
struct Pace {
    begun: Instant,
    each: Duration,
    turns: Cell<u32>,
}

impl Pace {
    async fn turn(&self) {
        let turn = self.turns.get();
        self.turns.set(turn + 1);
        tokio::time::sleep_until((self.begun + self.each * turn).into()).await;
    }
}

/// What was counted.
#[derive(Default)]
pub(crate) struct Tally {
    /// From sending to the whole answer, of each request answered rightly; in order once driven.
    pub(crate) took: Vec<Duration>,
    /// What else came, and how often.
    pub(crate) wrong: BTreeMap<String, u64>,
    /// From the first request to the last answer.
    pub(crate) elapsed: Duration,
}

impl Tally {
    /// Right answers a second.
    pub(crate) fn per_second(&self) -> f64 {
        let count = u32::try_from(self.took.len()).unwrap_or(u32::MAX);
        f64::from(count) / self.elapsed.as_secs_f64().max(1e-9)
    }

    /// The time that `percent` of the requests stayed within.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        percentile(&self.took, percent)
    }

    fn blame(&mut self, what: String) {
        *self.wrong.entry(what).or_default() += 1;
    }

    fn add(&mut self, other: Self) {
        self.took.extend(other.took);
        for (what, count) in other.wrong {
            *self.wrong.entry(what).or_default() += count;
        }
    }
}

/// The time that `percent` of these, in order, stayed within.
pub(crate) fn percentile(took: &[Duration], percent: usize) -> Duration {
    let rank = (took.len() * percent).div_ceil(100);
    took.get(rank.saturating_sub(1)).copied().unwrap_or_default()
}

/// Drives `work`. Connections are opened before the clock starts; a request under way when the time is over is
/// waited for and counted.
pub(crate) async fn drive(address: SocketAddr, stage: Stage, work: &Rc<impl Work>) -> Tally {
    let mut connections = Vec::new();
    for _ in 0..stage.connections {
        connections.push(Connection::to(address).await);
    }
    let begun = Instant::now();
    let until = stage.time.map(|it| begun + it);
    let pace =
        stage.rate.map(|rate| Pace { begun, each: Duration::from_secs(1) / rate, turns: Cell::default() });
    let pace = pace.map(Rc::new);
    let workers: Vec<_> = connections
        .into_iter()
        .map(|connection| spawn_local(keep_busy(connection, until, pace.clone(), Rc::clone(work))))
        .collect();
    let mut all = Tally::default();
    for worker in workers {
        all.add(worker.await.expect("a connection is driven to the end"));
    }
    all.elapsed = begun.elapsed();
    all.took.sort_unstable();
    all
}

async fn keep_busy(
    mut connection: Connection,
    until: Option<Instant>,
    pace: Option<Rc<Pace>>,
    work: Rc<impl Work>,
) -> Tally {
    let (mut tally, mut silences) = (Tally::default(), 0);
    let mut request = Vec::new();
    while until.is_none_or(|it| Instant::now() < it) && silences < SILENCES {
        if let Some(pace) = &pace {
            pace.turn().await;
        }
        request.clear();
        let Some(number) = work.next(&mut request) else { break };
        let sent = Instant::now();
        match connection.ask(&request).await {
            Ok(answer) => match work.judge(number, answer) {
                Ok(()) => tally.took.push(sent.elapsed()),
                Err(what) => tally.blame(what),
            },
            Err(error) => {
                silences += 1;
                tally.blame(format!("no answer ({})", error.kind()));
            }
        }
    }
    tally
}
