//! Messages overtake each other; whoever keeps the highest number they have seen of each contact and purpose ends with
//! what is true.

use std::collections::BTreeMap;

use ayeaye::domain::time::{DAY, MINUTE};
use serde_json::Value;

use super::Owner;
use crate::support::{
    app::TestApp,
    database::both,
    receiver::{Answer, Receiver, Request},
};

const PEOPLE: [&str; 3] = ["ada@example.org", "bob@example.org", "eve@example.org"];

/// What a mailing tool keeps, as `/docs/webhooks` says.
#[derive(Default)]
struct Mirror {
    states: BTreeMap<(String, String), (i64, String)>,
    pauses: BTreeMap<String, (i64, bool)>,
}

impl Mirror {
    fn take(&mut self, message: &Value) {
        let text = |name: &str| message["data"][name].as_str().map(str::to_owned);
        let (Some(contact), Some(sequence)) = (text("contact"), message["sequence"].as_i64()) else { return };
        match message["type"].as_str().unwrap() {
            "consent.confirmed" | "consent.withdrawn" | "consent.refused" | "consent.expired" => {
                let key = (contact, text("purpose").unwrap());
                let known = self.states.entry(key).or_default();
                if sequence > known.0 {
                    *known = (sequence, text("state").unwrap());
                }
            }
            kind @ ("pause.started" | "pause.ended") => {
                let known = self.pauses.entry(contact).or_default();
                if sequence > known.0 {
                    *known = (sequence, kind == "pause.started");
                }
            }
            _ => {}
        }
    }
}

/// The same messages in an order of chance, some of them twice.
fn shuffled(requests: &[Request], seed: u64) -> Vec<Value> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let all = requests.iter().filter(|_| true).chain(requests.iter().take(requests.len() / 2));
    let mut keyed: Vec<(u64, Value)> = all.map(|it| (next(), it.json())).collect();
    keyed.sort_by_key(|it| it.0);
    keyed.into_iter().map(|it| it.1).collect()
}

/// What people do, several times, each time in another order.
async fn live(app: &TestApp) {
    for round in 0..4 {
        for (number, email) in PEOPLE.iter().enumerate() {
            app.clock.advance(DAY + MINUTE);
            let purposes: &[&str] =
                if (round + number) % 2 == 0 { &["newsletter", "events"] } else { &["newsletter"] };
            app.subscribe("newsletter", email, purposes).await;
            let links = app.app();
            let (person, _) = app.person("acme", email).await.unwrap();
            let path = ayeaye::app::links::preferences_url(links, person.tenant, person.id);
            let mut page = app.visitor().open(&path).await;
            if (round + number) % 3 == 0 {
                page.press("Unsubscribe from everything").await;
            } else {
                page.untick("p", "newsletter");
                page.press("Save my choices").await;
            }
            app.run_due().await;
        }
    }
}

both! {
    async fn any_order_of_messages_ends_in_the_true_state(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        // Some fail at first and come later than what happened after them.
        receiver.otherwise(Answer::status(204));
        owner.endpoint(&receiver.url(), &["*"], false).await;
        live(&app).await;
        let requests = receiver.requests();
        let sequences: std::collections::BTreeSet<i64> =
            requests.iter().map(|it| it.json()["sequence"].as_i64().unwrap()).collect();
        assert_eq!(sequences.len(), requests.len(), "no two events share a number");
        let mut truth = BTreeMap::new();
        for email in PEOPLE {
            let (contact, consents) = app.person("acme", email).await.unwrap();
            for (purpose, stored) in consents {
                truth.insert((contact.id.to_string(), purpose), stored.consent.word().to_owned());
            }
        }
        assert!(truth.values().any(|it| it == "confirmed") && truth.values().any(|it| it == "withdrawn"), "{truth:?}");
        for seed in 1..=200 {
            let mut mirror = Mirror::default();
            for it in &shuffled(&requests, seed) {
                mirror.take(it);
            }
            let states: BTreeMap<_, _> = mirror.states.into_iter().map(|(key, it)| (key, it.1)).collect();
            assert_eq!(states, truth, "order {seed}");
        }
    }
}
