//! The log through many a `kill -9`: whatever a stranger has fetched of it stays true.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use ayeaye::{
    crypto::Random,
    tlog::{
        note::VerifierKey,
        tile::{TileId, TilePath, WIDTH, parse_bundle, width_at},
    },
};
use serde_json::Value;

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    database::{Database, Db, run_within},
    wait,
    witnessed::Witnessed,
};

const ROUNDS: u64 = 14;
const PEOPLE_AT_ONCE: usize = 6;
/// A round is killed at any moment of this many milliseconds after the log has begun to be written.
const LONGEST_ROUND: u64 = 900;
const PATIENCE: Duration = Duration::from_mins(1);

/// What is outside of the service and outlives it.
#[derive(Clone, Default)]
struct Outside {
    tried: Arc<AtomicUsize>,
    acknowledged: Arc<AtomicUsize>,
    witnessed: Arc<Mutex<Witnessed>>,
}

impl Outside {
    /// Signs new people up, one after the other, until the service is gone.
    async fn sign_up(self, base: String) {
        let client = http();
        loop {
            let number = self.tried.fetch_add(1, Ordering::Relaxed);
            let body = format!("email=person{number}%40crowd{number}.example&p=newsletter");
            let request = client.post(format!("{base}/f/newsletter"));
            let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
            let Ok(answer) = request.send().await else { return };
            assert_eq!(answer.status(), 303);
            self.acknowledged.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Fetches the checkpoint again and again until the service is gone. What it says never goes back.
    async fn watch(self, base: String, key: VerifierKey) {
        let (client, mut newest) = (http(), 0);
        while let Ok(answer) = client.get(format!("{base}/log/checkpoint")).send().await {
            let status = answer.status();
            let Ok(note) = answer.text().await else { return };
            if status == 404 {
                assert_eq!(newest, 0, "there was a checkpoint before");
                continue;
            }
            assert_eq!(status, 200, "{note}");
            let size = self.seen().take(&note, &key);
            assert!(size >= newest, "{size} after {newest}");
            newest = size;
        }
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Witnessed> {
        self.witnessed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One life of the service, ended by force at a moment that chance picks once the log is being written.
    async fn live_and_die(&self, service: Running, key: &VerifierKey, chance: &Random) {
        let before = self.seen().count();
        let watching = tokio::spawn(self.clone().watch(service.base.clone(), key.clone()));
        let people: Vec<_> =
            (0..PEOPLE_AT_ONCE).map(|_| tokio::spawn(self.clone().sign_up(service.base.clone()))).collect();
        wait::until("a checkpoint", PATIENCE, async || (self.seen().count() > before).then_some(())).await;
        tokio::time::sleep(Duration::from_millis(chance.number() % LONGEST_ROUND)).await;
        service.kill();
        watching.await.expect("what was fetched is consistent");
        for person in people {
            person.await.expect("every answer was the usual one");
        }
    }
}

/// Half a minute has passed: what the killed service held is free again.
async fn half_a_minute_later(database: &Database) {
    database.run("UPDATE lease SET until = 0").await;
}

fn examine(home: &Home) -> Value {
    let report = home.run(&["fsck", "--json"]).json();
    assert_eq!((&report["clean"], &report["findings"]), (&true.into(), &Value::Array(vec![])), "{report}");
    report
}

/// Everything in the log, as a stranger reads it.
async fn entries(base: &str, size: u64) -> Vec<Vec<u8>> {
    let mut entries = Vec::new();
    for number in 0..size.div_ceil(u64::from(WIDTH)) {
        let width = width_at(TileId { level: 0, number }, size);
        let path = TilePath::Entries { number, width };
        let answer = http().get(format!("{base}/log/{path}")).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        entries.extend(parse_bundle(&answer.bytes().await.unwrap()).unwrap());
    }
    entries
}

/// The places of facts and texts: each once, and none left out.
async fn places_are_dense(database: &Database, size: u64) {
    let mut places = BTreeSet::new();
    for table in ["evidence", "publication"] {
        for row in database.rows(table).await {
            let row: Value = serde_json::from_str(&row).unwrap();
            let place = row["position"].as_u64().unwrap_or_else(|| panic!("no place: {row}"));
            assert!(places.insert(place), "two at place {place}");
        }
    }
    assert!(places.iter().copied().eq(0..size), "{} places in a log of {size}", places.len());
}

async fn the_log_survives(home: Home) {
    let mut home = home;
    for (name, value) in [
        ("AYEAYE_LIMITS_NETWORK_PER_HOUR", "1000000"),
        ("AYEAYE_LIMITS_NETWORK_MAILS_PER_HOUR", "1000000"),
        ("AYEAYE_LIMITS_FORM_PER_MINUTE", "1000000"),
        ("AYEAYE_LIMITS_DOMAIN_PER_MINUTE", "1000000"),
        ("AYEAYE_LIMITS_ATTACK_MODE", "off"),
        ("AYEAYE_BASE_URL", "http://127.0.0.1:8080"),
        ("AYEAYE_LOG", "error"),
    ] {
        home.set(name, value);
    }
    home.set_up(SETUP);
    let key: VerifierKey = home.run(&["log", "key"]).assert_code(0).out.trim().parse().unwrap();
    let (outside, chance) = (Outside::default(), Random::seeded(9));
    for round in 0..ROUNDS {
        let service = home.serve().await;
        if round > 0 {
            examine(&home);
        }
        outside.live_and_die(service, &key, &chance).await;
        // As it was left, before anybody mends anything.
        examine(&home);
        half_a_minute_later(home.database()).await;
    }
    let service = home.serve().await;
    let facts = wait::until("everything to have its place", PATIENCE, async || {
        let report = examine(&home);
        (report["waiting"] == 0).then(|| report["facts"].as_u64().unwrap())
    })
    .await;
    let acknowledged = outside.acknowledged.load(Ordering::Relaxed);
    assert!(acknowledged > 200, "{acknowledged}");
    assert!(facts >= u64::try_from(acknowledged).unwrap(), "{facts} facts, {acknowledged} acknowledged");
    let note =
        http().get(format!("{}/log/checkpoint", service.base)).send().await.unwrap().text().await.unwrap();
    let size = outside.seen().take(&note, &key);
    let entries = entries(&service.base, size).await;
    outside.seen().hold_against(&entries);
    assert!(outside.seen().count() >= usize::try_from(ROUNDS).unwrap(), "each life wrote some of it");
    service.stop().await;
    places_are_dense(home.database(), size).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_survives_kills_on_sqlite() {
    run_within(Duration::from_mins(4), Db::Sqlite, the_log_survives).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_survives_kills_on_postgres() {
    run_within(Duration::from_mins(4), Db::Postgres, the_log_survives).await;
}
