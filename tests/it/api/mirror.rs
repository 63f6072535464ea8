//! A copy built from what is true now and kept with the feed: however people act meanwhile, it ends as they want it.

use std::collections::BTreeMap;

use ayeaye::{
    app::{feed::Sequencer, lapse, links},
    domain::time::MINUTE,
};
use reqwest::Response;
use serde_json::{Value, json};

use super::read;
use crate::support::{
    app::{TestApp, http},
    database::both,
};

/// A copy as the documentation says that one is kept.
#[derive(Default)]
struct Mirror {
    /// The time of the last act we know of, and the state of the newsletter, by contact.
    people: BTreeMap<String, (String, Option<String>)>,
    after: i64,
}

impl Mirror {
    fn set(&mut self, contact: &Value) {
        let id = contact["contact"].as_str().unwrap().to_owned();
        if contact["gone"] == true {
            self.people.remove(&id);
            return;
        }
        let state = contact["purposes"]["newsletter"]["state"].as_str().map(str::to_owned);
        self.people.insert(id, (contact["changed_at"].as_str().unwrap().to_owned(), state));
    }

    fn follow(&mut self, event: &Value) {
        self.after = event["sequence"].as_i64().unwrap();
        let Some(id) = event["data"]["contact"].as_str().map(str::to_owned) else { return };
        let (kind, at) = (event["type"].as_str().unwrap(), event["timestamp"].as_str().unwrap());
        if kind == "contact.erased" {
            self.people.remove(&id);
            return;
        }
        if self.people.get(&id).is_some_and(|it| at <= it.0.as_str()) {
            return;
        }
        if kind.starts_with("consent.") && event["data"]["purpose"] == "newsletter" {
            let state = event["data"]["state"].as_str().unwrap().to_owned();
            self.people.insert(id, (at.to_owned(), Some(state)));
        }
    }
}

async fn get(app: &TestApp, key: &str, path: &str) -> Value {
    let (status, text) = read(ask(app, key, path).await).await;
    assert_eq!(status, 200, "{path}: {text}");
    serde_json::from_str(&text).unwrap()
}

async fn ask(app: &TestApp, key: &str, path: &str) -> Response {
    http().get(format!("{}{path}", app.base())).bearer_auth(key).send().await.unwrap()
}

/// The events of a stream of server-sent events.
fn sent(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|it| it.strip_prefix("data: "))
        .map(|it| serde_json::from_str(it).unwrap())
        .collect()
}

async fn post(url: String, key: Option<String>, body: String) -> u16 {
    let request = http().post(url).body(body);
    let request = match key {
        Some(key) => request.bearer_auth(key).header("content-type", "application/json"),
        None => request.header("content-type", "application/x-www-form-urlencoded"),
    };
    request.send().await.unwrap().status().as_u16()
}

both! {
    async fn a_copy_that_is_built_while_people_act_is_right_in_the_end(app: TestApp) {
        let key = app.api_key("acme").await;
        let mut people = Vec::new();
        for n in 0..8 {
            let email = format!("a{n}@example.org");
            app.subscribe("newsletter", &email, &["newsletter"]).await;
            people.push(app.person("acme", &email).await.unwrap().0);
        }
        let purpose = app.tenant("acme").purpose_named("newsletter").unwrap().id;
        let mut acts = tokio::task::JoinSet::new();
        for (n, contact) in people.iter().enumerate() {
            let leave = links::unsubscribe_url(app.app(), contact.tenant, contact.id, purpose);
            let (erase, key) = (format!("{}/v1/contacts:erase", app.base()), key.clone());
            let body = json!({ "contact": contact.id.to_string() }).to_string();
            acts.spawn(async move {
                match n % 4 {
                    0 => assert_eq!(post(leave, None, "List-Unsubscribe=One-Click".to_owned()).await, 200),
                    1 => assert_eq!(post(erase, Some(key), body).await, 200),
                    2 => {
                        assert_eq!(post(leave, None, "List-Unsubscribe=One-Click".to_owned()).await, 200);
                        assert_eq!(post(erase, Some(key), body).await, 200);
                    }
                    _ => {}
                }
            });
        }
        // The copy is built in small steps while they act, and while the sequencer runs after them.
        let (mut mirror, mut sequencer) = (Mirror::default(), Sequencer::default());
        loop {
            let page = get(&app, &key, &format!("/v1/changes?after={}&limit=2", mirror.after)).await;
            page["data"].as_array().unwrap().iter().for_each(|it| mirror.set(it));
            mirror.after = page["next_after"].as_i64().unwrap();
            sequencer.pass(app.app()).await.unwrap();
            if page["has_more"] == false {
                break;
            }
        }
        while let Some(done) = acts.join_next().await {
            done.unwrap();
        }
        while sequencer.pass(app.app()).await.unwrap() > 0 {}
        sequencer.release(app.app()).await.unwrap();
        loop {
            let page = get(&app, &key, &format!("/v1/events?after={}&limit=3", mirror.after)).await;
            page["data"].as_array().unwrap().iter().for_each(|it| mirror.follow(it));
            if page["has_more"] == false {
                break;
            }
        }
        let mut truth = BTreeMap::new();
        for (n, contact) in people.iter().enumerate() {
            let state = app.state("acme", &format!("a{n}@example.org"), "newsletter").await;
            if n % 4 == 0 || n % 4 == 3 {
                truth.insert(contact.id.to_string(), Some(state.to_owned()));
            }
        }
        let copy: BTreeMap<String, Option<String>> = mirror.people.into_iter().map(|(id, it)| (id, it.1)).collect();
        assert_eq!(copy, truth);
        assert_eq!(copy.values().filter(|it| it.as_deref() == Some("withdrawn")).count(), 2);
    }

    async fn what_was_not_placed_yet_does_not_turn_a_copy_back(app: TestApp) {
        let key = app.api_key("acme").await;
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let contact = app.person("acme", "ada@example.org").await.unwrap().0;
        let purpose = app.tenant("acme").purpose_named("newsletter").unwrap().id;
        let leave = links::unsubscribe_url(app.app(), contact.tenant, contact.id, purpose);
        assert_eq!(post(leave, None, "List-Unsubscribe=One-Click".to_owned()).await, 200);
        // She has left, and the feed does not say so yet.
        let page = get(&app, &key, "/v1/changes").await;
        let mut mirror = Mirror { after: page["next_after"].as_i64().unwrap(), ..Mirror::default() };
        mirror.set(&page["data"][0]);
        let state = |mirror: &Mirror| mirror.people[&contact.id.to_string()].1.clone();
        assert_eq!(state(&mirror).as_deref(), Some("withdrawn"));
        app.run_due().await;
        for event in get(&app, &key, &format!("/v1/events?after={}", mirror.after)).await["data"].as_array().unwrap() {
            mirror.follow(event);
            assert_eq!(state(&mirror).as_deref(), Some("withdrawn"), "{event}");
        }
        // Even from the very beginning.
        for event in get(&app, &key, "/v1/events").await["data"].as_array().unwrap() {
            mirror.follow(event);
            assert_eq!(state(&mirror).as_deref(), Some("withdrawn"), "{event}");
        }
    }

    async fn what_is_told_is_kept_for_ninety_days_and_what_is_true_for_ever(app: TestApp) {
        let key = app.api_key("acme").await;
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        let told = app.events("acme").await.len();
        // Each of them takes eleven minutes.
        app.clock.advance(ayeaye::app::feed::KEPT - 15 * MINUTE);
        let at = app.clock.now();
        lapse::leftovers(app.app()).await.unwrap();
        let kept = get(&app, &key, "/v1/events").await["data"].as_array().unwrap().len();
        assert_eq!(2 * kept, told, "what is not older than that is kept");
        app.clock.advance(ayeaye::domain::time::DAY);
        app.subscribe("newsletter", "cyd@example.org", &["newsletter"]).await;
        while lapse::leftovers(app.app()).await.unwrap() > 0 {}
        let events = get(&app, &key, "/v1/events").await;
        let events = events["data"].as_array().unwrap();
        let last = i64::try_from(told).unwrap();
        assert_eq!(events[0]["sequence"], json!(last + 1), "the oldest that is kept, without a gap");
        assert!(events.iter().all(|it| it["timestamp"].as_str().unwrap() > at.rfc3339().as_str()));
        for path in ["events?after=0", "events?after=1&wait=30", "events/stream?after=0"] {
            let answer = ask(&app, &key, &format!("/v1/{path}")).await;
            assert_eq!(answer.headers()["content-type"], "application/problem+json", "{path}");
            assert_eq!(read(answer).await.0, 410, "{path}");
        }
        assert_eq!(get(&app, &key, &format!("/v1/events?after={last}")).await["data"], json!(events));
        let (status, text) = read(ask(&app, &key, "/v1/events/stream").await).await;
        assert_eq!((status, sent(&text)), (200, events.clone()), "the stream tells the same");
        let changes = get(&app, &key, "/v1/changes").await;
        let contacts = changes["data"].as_array().unwrap();
        assert_eq!(contacts.len(), 3);
        assert!(contacts.iter().all(|it| it["purposes"]["newsletter"]["state"] == "confirmed"), "{changes}");
        let next = changes["next_after"].as_i64().unwrap();
        assert_eq!(get(&app, &key, &format!("/v1/events?after={next}")).await["data"], json!([]));
    }
}
