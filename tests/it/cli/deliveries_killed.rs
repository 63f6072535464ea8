//! Deliveries through many a `kill -9`, to endpoints of which half misbehave: each event arrives everywhere, in time
//! where the endpoint behaves, and hardly ever twice.
//!
//! `AYEAYE_CHAOS` is the share of the full size in percent: 50,000 events to 50 endpoints and a kill every 30 seconds.
//! The suite runs a small share.

use std::{
    collections::BTreeSet,
    env, fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use ayeaye::{
    app::Clock,
    config::{Config, Flag, Sources},
    crypto::Random,
    domain::time::HOUR,
    jobs,
    server::{self, Parts},
};
use serde_json::Value;

use super::home::{Home, Running};
use crate::support::{
    database::{Database, Db, run_within},
    hooks::{Events, Hook, Manner, tenants},
    wait,
};

/// Tenants, each with an endpoint that behaves and one that does not.
const TENANTS: usize = 25;
/// How often events are written, in a second.
const BEATS: u32 = 10;
/// What healthy endpoints may wait for an event, but for one in a hundred.
const IN_TIME: Duration = Duration::from_secs(5);
/// The most attempts that an instance has under way at once.
const PLACES: usize = 128 + 192;
/// How much more memory a later life of the service may take than the first, in bytes.
const FLAT: u64 = 40_000_000;

/// How much of the full size is run.
struct Size {
    events: usize,
    lives: u32,
    life: Duration,
}

impl Size {
    fn asked_for() -> Self {
        let share =
            env::var("AYEAYE_CHAOS").map_or(2, |it| it.parse().expect("AYEAYE_CHAOS is a percentage"));
        let share: u32 = share;
        assert!((1..=100).contains(&share), "AYEAYE_CHAOS is 1 to 100");
        Self {
            events: usize::try_from(share).unwrap() * 500,
            lives: 4 + share / 20,
            life: Duration::from_millis(u64::from(3_000 + share * 270)),
        }
    }

    /// Events to write at each beat, so that all are written when the last life ends.
    fn at_once(&self) -> usize {
        let beats = self.lives * BEATS * u32::try_from(self.life.as_millis()).unwrap() / 1_000;
        self.events.div_ceil(usize::try_from(beats).unwrap())
    }

    /// Longer than a run that goes well can take.
    fn patience(&self) -> Duration {
        Duration::from_mins(4) + self.life * self.lives * 6
    }
}

struct Chaos {
    hooks: Vec<Vec<Hook>>,
    events: Events,
    /// Deliveries that healthy endpoints had got when the service was killed and that were not recorded yet.
    in_flight: usize,
    /// The memory of the service shortly before the end of each life.
    memory: Vec<u64>,
}

async fn hooks(healed: &Arc<AtomicBool>) -> Vec<Vec<Hook>> {
    let bad =
        [Manner::Hangs, Manner::HangsUp, Manner::Busy, Manner::Fails, Manner::After(Duration::from_secs(3))];
    let mut hooks = Vec::new();
    for number in 0..TENANTS {
        let well = Hook::start(Manner::Well, Arc::clone(healed)).await;
        let ill = Hook::start(bad[number % bad.len()], Arc::clone(healed)).await;
        hooks.push(vec![well, ill]);
    }
    hooks
}

fn resident(service: &Running) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", service.id())).expect("it runs");
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).expect("/proc tells the memory");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1_024
}

async fn deliveries(database: &Database) -> Vec<Value> {
    database.rows("delivery").await.iter().map(|it| serde_json::from_str(it).unwrap()).collect()
}

impl Chaos {
    /// One life of the service, ended by force in full flow.
    async fn live_and_die(&mut self, service: Running, size: &Size, database: &Database) {
        let end = Instant::now() + size.life;
        let mut beat = tokio::time::interval(Duration::from_secs(1) / BEATS);
        while Instant::now() < end {
            beat.tick().await;
            let count = size.at_once().min(size.events - self.events.written.len());
            if count > 0 {
                self.events.write(count).await;
            }
        }
        self.memory.push(resident(&service));
        service.kill();
        let text = |it: &Value, column: &str| it[column].as_str().unwrap().to_owned();
        let recorded: BTreeSet<(String, String)> = deliveries(database)
            .await
            .iter()
            .filter(|it| it["state"] == "delivered")
            .map(|it| (text(it, "endpoint_id"), text(it, "event_id")))
            .collect();
        for hook in self.hooks.iter().map(|it| &it[0]) {
            let endpoint = &self.events.endpoints[&hook.url()];
            let came = hook.came();
            let is_recorded = |event: &&String| recorded.contains(&(endpoint.clone(), (*event).clone()));
            self.in_flight += came.keys().filter(|it| !is_recorded(it)).count();
        }
    }

    /// Waits until the healthy endpoints have everything.
    async fn healthy_have_all(&self) {
        wait::until("healthy endpoints to have every event", Duration::from_mins(1), async || {
            let has_all = |number: usize| {
                let came = self.hooks[number][0].came();
                self.events.of(number).all(|it| came.contains_key(it))
            };
            (0..TENANTS).all(has_all).then_some(())
        })
        .await;
    }

    /// How long each event took to its healthy endpoint, in order; and how many came again.
    fn healthy(&self) -> (Vec<Duration>, usize) {
        let (mut took, mut again) = (Vec::new(), 0);
        for its in &self.hooks {
            for (id, times) in its[0].came().iter() {
                let (written, _) = self.events.written[id];
                took.push(times[0].saturating_duration_since(written));
                again += times.len() - 1;
            }
        }
        took.sort_unstable();
        (took, again)
    }

    /// Every event reached every endpoint of its tenant, and nothing else did.
    fn assert_complete(&self) {
        for (number, its) in self.hooks.iter().enumerate() {
            let expected: BTreeSet<&String> = self.events.of(number).collect();
            for hook in its {
                let came = hook.came();
                let came: BTreeSet<&String> = came.keys().collect();
                let missing = expected.difference(&came).count();
                let strange = came.difference(&expected).count();
                assert_eq!((missing, strange), (0, 0), "{:?} of tenant {number}", hook.manner);
            }
        }
    }
}

/// Days pass, attempt after attempt, until nothing waits.
async fn everything_is_delivered(home: &Home) {
    let settings = [
        ("data_dir", home.path("ayeaye-data").display().to_string()),
        ("database_url", home.database().url().to_owned()),
        ("listen", "127.0.0.1:0".to_owned()),
        ("webhook_allow_net", "127.0.0.1/32".to_owned()),
        ("mx_check", "off".to_owned()),
    ];
    let flags =
        settings.map(|(key, value)| Flag { flag: format!("--set {key}"), key: key.to_owned(), value });
    let sources = Sources { flags: flags.into(), cwd: home.path(""), ..Sources::default() };
    let config = Config::load(&sources).unwrap_or_else(|error| panic!("{error}")).config;
    let clock = Clock::set_at(Clock::system().now());
    let parts = Parts { clock: clock.clone(), random: Random::system(), demo: None, jobs: false };
    let running = server::start(config, parts).await.unwrap_or_else(|error| panic!("{error}"));
    let mut waiting = usize::MAX;
    for _ in 0..10 {
        clock.advance(2 * HOUR);
        jobs::run_due(&running.app, &running.outside).await.unwrap();
        let states = deliveries(home.database()).await;
        assert!(states.iter().all(|it| it["state"] != "failed"), "nothing is given up");
        waiting = states.iter().filter(|it| it["state"] == "waiting").count();
        if waiting == 0 {
            break;
        }
    }
    assert_eq!(waiting, 0, "everything is delivered in the end");
    running.stop().await;
}

async fn events_reach_everybody(home: Home) {
    let (mut home, size, healed) = (home, Size::asked_for(), Arc::new(AtomicBool::new(false)));
    let hooks = hooks(&healed).await;
    for (name, value) in [("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32"), ("AYEAYE_LOG", "error")] {
        home.set(name, value);
    }
    home.set_up(&tenants(&hooks));
    let events = Events::into(home.database().url()).await;
    let mut chaos = Chaos { hooks, events, in_flight: 0, memory: Vec::new() };
    // The instance keeps its name, and with it what it held.
    let service = home.serve().await;
    let address = service.base.trim_start_matches("http://").to_owned();
    let mut service = Some(service);
    for _ in 0..size.lives {
        let life = match service.take() {
            Some(first) => first,
            None => home.serve_on(&address).await,
        };
        chaos.live_and_die(life, &size, home.database()).await;
    }
    chaos.events.write(size.events - chaos.events.written.len()).await;
    let service = home.serve_on(&address).await;
    chaos.healthy_have_all().await;
    chaos.memory.push(resident(&service));
    service.stop().await;

    let (took, again) = chaos.healthy();
    let (lives, in_flight) = (size.lives, chaos.in_flight);
    let p99 = took[took.len() * 99 / 100];
    let megabytes: Vec<u64> = chaos.memory.iter().map(|it| it / 1_000_000).collect();
    eprintln!(
        "{} events, {lives} kills: healthy p50 {:?}, p99 {p99:?}, longest {:?}; {again} came again, {in_flight} were \
         in flight; resident {megabytes:?} MB",
        size.events,
        took[took.len() / 2],
        took[took.len() - 1],
    );
    assert_eq!(took.len(), size.events);
    assert!(p99 < IN_TIME, "healthy endpoints waited {p99:?}");
    assert!(again <= in_flight, "{again} came again, but only {in_flight} were in flight");
    assert!(in_flight <= usize::try_from(lives).unwrap() * PLACES, "{in_flight} in flight at {lives} kills");
    // The last life has little left to do: what counts is that none grows.
    let most = chaos.memory.iter().max().unwrap();
    assert!(most - chaos.memory[0] < FLAT, "{megabytes:?} MB");

    healed.store(true, Ordering::Relaxed);
    everything_is_delivered(&home).await;
    chaos.assert_complete();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_reach_everybody_through_kills_on_sqlite() {
    run_within(Size::asked_for().patience(), Db::Sqlite, events_reach_everybody).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_reach_everybody_through_kills_on_postgres() {
    run_within(Size::asked_for().patience(), Db::Postgres, events_reach_everybody).await;
}
