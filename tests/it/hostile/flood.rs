//! A form is used as a weapon: one mailbox from everywhere, everybody's mailbox from one network, and honest people
//! in between.

use std::{collections::BTreeSet, time::Duration};

use ayeaye::domain::time::{HOUR, MINUTE, SECOND};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;

use super::prove::{challenge_of, solved};
use crate::support::{
    app::{SETUP, TestApp},
    database::{Db, Start, run_within},
};

/// How many honest people sign up, and how many submissions aim at one mailbox, per hundred of the whole run.
/// `AYEAYE_FLOOD=100` makes the run whole: 10,000 and 5,000 hostile submissions, 1,000 honest people.
fn share(whole: usize) -> usize {
    let percent = std::env::var("AYEAYE_FLOOD").ok().and_then(|it| it.parse().ok()).unwrap_or(10);
    whole * percent / 100
}

/// Behind a proxy, out of the box but for the work of a proof: the tests solve thousands.
struct Guarded(TestApp);

impl Start for Guarded {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(
            db,
            &[
                ("trusted_proxies", "127.0.0.1/32"),
                ("limits.network_per_hour", "100"),
                ("limits.network_mails_per_hour", "60"),
                ("limits.form_per_minute", "300"),
                ("limits.domain_per_minute", "120"),
                ("limits.attack_mode", "auto"),
                ("limits.proof_work", "1000"),
                ("limits.connections_per_ip", "100000"),
            ],
        )
        .await;
        app.apply(SETUP).await;
        Self(app)
    }
}

/// What one submission came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    In,
    Refused,
    AskedToProve,
}

impl Guarded {
    async fn post(&self, client: &reqwest::Client, ip: &str, email: &str, pow: &str) -> (u16, String) {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("email", email)
            .append_pair("p", "newsletter")
            .append_pair("pow", pow)
            .finish();
        let request = client.post(format!("{}/f/newsletter", self.0.base())).header("x-forwarded-for", ip);
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a body"))
    }

    /// A program that solves nothing.
    async fn attack(&self, client: &reqwest::Client, ip: &str, email: &str) -> Came {
        match self.post(client, ip, email, "").await.0 {
            303 => Came::In,
            429 => Came::Refused,
            200 => Came::AskedToProve,
            other => panic!("{other}"),
        }
    }

    /// A person, whose browser solves what it is asked to.
    async fn honest(&self, client: &reqwest::Client, ip: &str, email: &str) -> Came {
        let (status, page) = self.post(client, ip, email, "").await;
        match status {
            303 => Came::In,
            429 => Came::Refused,
            200 => match self.post(client, ip, email, &solved(&challenge_of(&page))).await.0 {
                303 => Came::In,
                _ => Came::Refused,
            },
            other => panic!("{other}"),
        }
    }

    /// Mails sent to addresses like this. Counted where they are kept: the inbox of a flood forgets the first ones.
    async fn got_mail(&self, email: impl Fn(&str) -> bool) -> usize {
        let rows = async |table| {
            let rows = self.0.database.rows(table).await;
            rows.iter().map(|it| serde_json::from_str::<Value>(it).expect("a row")).collect::<Vec<_>>()
        };
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let contacts = rows("contact").await;
        let wanted: BTreeSet<String> =
            contacts.iter().filter(|it| email(&text(it, "email"))).map(|it| text(it, "id")).collect();
        let mails = rows("mail").await;
        mails.iter().filter(|it| it["state"] == "sent" && wanted.contains(&text(it, "contact_id"))).count()
    }

    /// Mails to the organisation.
    async fn alerts(&self) -> usize {
        let rows = self.0.database.rows("mail").await;
        rows.iter().filter(|it| it.contains("\"alert\"")).count()
    }
}

/// The spellings of one mailbox.
fn spelling(at: usize) -> String {
    let mut name: String = "victim.address".chars().filter(|it| *it != '.').collect();
    for place in (1..name.len()).rev() {
        if at >> place & 1 == 1 {
            name.insert(place, '.');
        }
    }
    let host = if at.is_multiple_of(3) { "googlemail.com" } else { "gmail.com" };
    if at.is_multiple_of(2) {
        format!("{name}+{at}@{host}")
    } else {
        format!("{}@{host}", name.to_uppercase())
    }
}

/// Honest people live where everybody lives, each in a network of their own, many at the victim's provider.
fn honest(at: usize) -> (String, String) {
    let host = ["gmail.com", "example.org", "orange.fr", "example.net"][at % 4];
    (format!("10.{}.{}.7", 20 + at / 250, at % 250), format!("honest{at}@{host}"))
}

async fn one_mailbox_gets_three_mails_while_honest_people_get_theirs(app: Guarded) {
    let (hostile, people) = (share(10_000), share(1_000));
    let client = crate::support::app::http();
    let every = hostile / people;
    let steps = stream::iter(0..hostile).map(|at| {
        let (app, client) = (&app, &client);
        async move {
            // An attack of three hours: the clock goes on with it, and the jobs see it.
            app.0.clock.advance(3 * HOUR / i64::try_from(hostile).unwrap_or(1));
            let ip = format!("10.{}.{}.{}", 200 + at % 2, at % 200 / 2, at % 250);
            app.attack(client, &ip, &spelling(at)).await;
            if at % every == 0 {
                let (ip, email) = honest(at / every);
                assert_ne!(app.honest(client, &ip, &email).await, Came::AskedToProve);
            }
            if at % (hostile / 20) == 0 {
                app.0.run_due().await;
            }
        }
    });
    steps.buffer_unordered(4).collect::<Vec<()>>().await;
    app.0.run_due().await;
    let to_victim = app
        .got_mail(|it| {
            let (name, host) = it.split_once('@').unwrap_or_default();
            let name = name.split('+').next().unwrap_or_default().replace('.', "").to_lowercase();
            name == "victimaddress" && host.ends_with("mail.com")
        })
        .await;
    let to_honest = app.got_mail(|it| it.starts_with("honest")).await;
    assert!((1..=3).contains(&to_victim), "{to_victim} mails to the victim");
    assert!(to_honest * 100 >= people * 99, "{to_honest} of {people} honest people got their mail");
    let alerts = app.alerts().await;
    assert_eq!(alerts, 1, "the organisation is told");
}

async fn one_network_is_throttled_while_honest_people_are_not(app: Guarded) {
    let (hostile, people) = (share(5_000), share(1_000).min(200));
    let client = crate::support::app::http();
    let every = (2 * hostile / people).max(1);
    let steps = stream::iter(0..2 * hostile).map(|at| {
        let (app, client) = (&app, &client);
        async move {
            app.0.clock.advance(50 * MINUTE / i64::try_from(2 * hostile).unwrap_or(1));
            let ip = if at % 2 == 0 {
                format!("10.77.77.{}", at % 250)
            } else {
                format!("2001:db8:77:77:{:x}::{:x}", at % 65_000, at % 9_999)
            };
            let came = app.attack(client, &ip, &format!("someone{at}@host{}.example", at % 40)).await;
            if at % every == 0 {
                let (ip, email) = honest(at / every);
                assert_eq!(app.honest(client, &ip, &email).await, Came::In, "{email}");
            }
            came
        }
    });
    let came: Vec<Came> = steps.buffer_unordered(4).collect().await;
    app.0.clock.advance(SECOND);
    app.0.run_due().await;
    let let_in = came.iter().filter(|it| **it == Came::In).count();
    assert!(let_in <= 2 * 60, "{let_in} of {} from two networks", came.len());
    assert_eq!(app.got_mail(|it| it.starts_with("someone")).await, let_in);
    let to_honest = app.got_mail(|it| it.starts_with("honest")).await;
    assert!(to_honest >= people, "{to_honest} of {people} honest people got their mail");
}

/// The whole run takes longer than a test may.
const PATIENCE: Duration = Duration::from_mins(20);

#[tokio::test]
async fn a_mailbox_under_fire_sqlite() {
    run_within(PATIENCE, Db::Sqlite, one_mailbox_gets_three_mails_while_honest_people_get_theirs).await;
}

#[tokio::test]
async fn a_mailbox_under_fire_postgres() {
    run_within(PATIENCE, Db::Postgres, one_mailbox_gets_three_mails_while_honest_people_get_theirs).await;
}

#[tokio::test]
async fn a_busy_network_sqlite() {
    run_within(PATIENCE, Db::Sqlite, one_network_is_throttled_while_honest_people_are_not).await;
}

#[tokio::test]
async fn a_busy_network_postgres() {
    run_within(PATIENCE, Db::Postgres, one_network_is_throttled_while_honest_people_are_not).await;
}
