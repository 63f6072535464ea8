//! What a `kill -9` in the middle of signups leaves: every acknowledged one, whole, and its mail.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use ayeaye::{
    app::Clock,
    config::{Config, Flag, Sources},
    crypto::Random,
    domain::time::MINUTE,
    jobs,
    server::{self, Parts},
};
use serde_json::Value;

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    database::{Database, Db, run_on},
    smtp_evil::{EvilSmtp, Mail},
    wait,
};

const ROUNDS: u64 = 12;
const PEOPLE_AT_ONCE: usize = 8;

/// Addresses whose sign-up was acknowledged, and how many were tried.
#[derive(Clone, Default)]
struct Signups {
    acknowledged: Arc<Mutex<BTreeSet<String>>>,
    tried: Arc<AtomicUsize>,
}

impl Signups {
    fn count(&self) -> usize {
        self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Signs new people up, one after the other, until the service is gone.
    async fn go_on(self, form: String) {
        let client = http();
        loop {
            let number = self.tried.fetch_add(1, Ordering::Relaxed);
            let email = format!("person{number}@crowd{number}.example");
            let body = format!("email={}&p=newsletter&p=events", email.replace('@', "%40"));
            let request = client.post(&form).header("content-type", "application/x-www-form-urlencoded");
            let Ok(answer) = request.body(body).send().await else { return };
            assert_eq!(answer.status(), 303, "{email}");
            self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner).insert(email);
        }
    }

    /// Lets people sign up and kills the service once `enough` more were acknowledged.
    async fn until_killed(&self, service: Running, enough: usize) {
        let before = self.count();
        let form = format!("{}/f/newsletter", service.base);
        let people: Vec<_> =
            (0..PEOPLE_AT_ONCE).map(|_| tokio::spawn(self.clone().go_on(form.clone()))).collect();
        wait::until("sign-ups", Duration::from_mins(1), async || {
            (self.count() >= before + enough).then_some(())
        })
        .await;
        service.kill();
        for person in people {
            person.await.expect("every answer was the usual one");
        }
    }
}

async fn acknowledged_signups_survive(home: Home) {
    let mut home = home;
    let relay = EvilSmtp::start([]).await;
    let url = home.database().url().to_owned();
    let settings = [
        ("smtp_url", relay.url()),
        ("limits.network_per_hour", "100000".to_owned()),
        ("limits.network_mails_per_hour", "100000".to_owned()),
        ("limits.form_per_minute", "100000".to_owned()),
        ("limits.domain_per_minute", "100000".to_owned()),
        ("limits.attack_mode", "off".to_owned()),
        ("mx_check", "off".to_owned()),
        ("log", "error".to_owned()),
    ];
    for (key, value) in &settings {
        home.set(&format!("AYEAYE_{}", key.replace('.', "_").to_uppercase()), value);
    }
    home.set_up(SETUP);
    let signups = Signups::default();
    for round in 0..ROUNDS {
        let service = home.serve().await;
        // Sometimes early, sometimes in full flow.
        let enough = usize::try_from(1 + round * 7 % 40).unwrap();
        signups.until_killed(service, enough).await;
    }
    home.serve().await.stop().await;
    let acknowledged = signups.acknowledged.lock().unwrap().clone();
    assert!(acknowledged.len() > 100, "{}", acknowledged.len());
    nothing_is_half_done(home.database(), &acknowledged).await;

    let data_dir = home.path("ayeaye-data").display().to_string();
    let settings = settings.into_iter().chain([("data_dir", data_dir), ("database_url", url)]);
    everything_due_is_sent(&home, settings.collect()).await;
    every_mail_has_arrived(home.database(), &acknowledged, &relay.mails()).await;
}

async fn table(database: &Database, name: &str) -> Vec<Value> {
    database.rows(name).await.iter().map(|it| serde_json::from_str(it).unwrap()).collect()
}

fn text<'a>(row: &'a Value, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_else(|| panic!("{column} of {row}"))
}

/// How often each value of a column is there.
fn tally(rows: &[Value], column: &str, fits: impl Fn(&Value) -> bool) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for row in rows.iter().filter(|it| fits(it)) {
        *tally.entry(text(row, column).to_owned()).or_default() += 1;
    }
    tally
}

/// Each sign-up has its contact, request, two consents, evidence, event and mail, acknowledged or not.
async fn nothing_is_half_done(database: &Database, acknowledged: &BTreeSet<String>) {
    let contacts = table(database, "contact").await;
    let known: BTreeSet<String> = contacts.iter().map(|it| text(it, "email").to_owned()).collect();
    let lost: Vec<&String> = acknowledged.difference(&known).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");

    let once: BTreeMap<String, usize> = contacts.iter().map(|it| (text(it, "id").to_owned(), 1)).collect();
    let twice: BTreeMap<String, usize> = once.keys().map(|it| (it.clone(), 2)).collect();
    let any = |_: &Value| true;
    assert_eq!(tally(&table(database, "request").await, "contact_id", any), once);
    let pending = |it: &Value| !it["pending_since"].is_null();
    assert_eq!(tally(&table(database, "consent").await, "contact_id", pending), twice);
    let asked = |it: &Value| it["kind"] == "signup.requested";
    assert_eq!(tally(&table(database, "evidence").await, "contact_id", asked), once);
    assert_eq!(tally(&table(database, "event").await, "contact_id", asked), once);
    assert_eq!(tally(&table(database, "mail").await, "contact_id", any), once);
}

/// Runs every job two minutes later, when what the killed service held is free again.
async fn everything_due_is_sent(home: &Home, settings: Vec<(&str, String)>) {
    let flags = settings.into_iter().chain([("listen", "127.0.0.1:0".to_owned())]).map(|(key, value)| Flag {
        flag: format!("--set {key}"),
        key: key.to_owned(),
        value,
    });
    let sources = Sources { flags: flags.collect(), cwd: home.path(""), ..Sources::default() };
    let config = Config::load(&sources).unwrap_or_else(|error| panic!("{error}")).config;
    let clock = Clock::set_at(Clock::system().now().plus(2 * MINUTE));
    let parts = Parts { clock, random: Random::system(), demo: None, jobs: false };
    let running = server::start(config, parts).await.unwrap_or_else(|error| panic!("{error}"));
    jobs::run_due(&running.app, &running.outside).await.unwrap();
    running.stop().await;
}

/// Every mail was sent and is marked so; what was sent twice, in doubt, is the same mail.
async fn every_mail_has_arrived(database: &Database, acknowledged: &BTreeSet<String>, mails: &[Mail]) {
    let ended = table(database, "mail").await;
    assert!(ended.iter().all(|it| !it["ended_at"].is_null()), "{ended:?}");
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for mail in mails {
        let text = mail.text();
        let id = text.lines().find_map(|it| it.strip_prefix("Message-ID: ")).expect("every mail has one");
        ids.entry(mail.to[0].as_str()).or_default().insert(id.to_owned());
    }
    let without: Vec<&String> = acknowledged.iter().filter(|it| !ids.contains_key(it.as_str())).collect();
    assert!(without.is_empty(), "acknowledged and never mailed: {without:?}");
    assert!(ids.values().all(|it| it.len() == 1), "one mail, however often it was sent: {ids:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_signups_survive_kills_on_sqlite() {
    run_on(Db::Sqlite, acknowledged_signups_survive).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_signups_survive_kills_on_postgres() {
    run_on(Db::Postgres, acknowledged_signups_survive).await;
}
