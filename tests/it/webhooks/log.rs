//! The log of deliveries, and sending again.

use ayeaye::domain::time::{DAY, HOUR, MINUTE, SECOND};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{ADA, Owner};
use crate::support::{
    app::TestApp,
    database::both,
    receiver::{Answer, Receiver},
};

async fn deliveries(owner: &Owner, path: &str, query: &str) -> Vec<Value> {
    owner.get(&format!("{path}/deliveries?{query}")).await["data"].as_array().unwrap().clone()
}

/// The ids of the messages that came, in their order.
fn ids(receiver: &Receiver) -> Vec<String> {
    receiver.requests().iter().map(|it| it.header("webhook-id").unwrap().to_owned()).collect()
}

both! {
    async fn every_attempt_is_in_the_log_with_its_time_status_and_answer(app: TestApp) {
        let owner = Owner::of(&app).await;
        let script = [
            Answer::status(500).body("x".repeat(5_000)),
            Answer::HangUp,
            Answer::status(201).body("stored"),
        ];
        let receiver = Receiver::start(script).await;
        let path = owner.endpoint(&receiver.url(), &["signup.requested"], false).await.path;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let waiting = deliveries(&owner, &path, "state=waiting").await;
        assert_eq!(waiting.len(), 1);
        assert_eq!((&waiting[0]["last_status"], &waiting[0]["attempts"]), (&json!(500), &json!(1)));
        assert!(waiting[0]["next_attempt_at"].is_string());
        for _ in 0..2 {
            app.clock.advance(10 * MINUTE);
            app.run_due().await;
        }
        let id = waiting[0]["id"].as_str().unwrap();
        let whole = owner.get(&format!("{path}/deliveries/{id}")).await;
        assert_eq!((&whole["state"], &whole["attempts"], &whole["type"]), (&json!("delivered"), &json!(3), &json!("signup.requested")));
        let log = whole["log"].as_array().unwrap();
        let short: Vec<_> = log.iter().map(|it| (it["number"].clone(), it["status"].clone())).collect();
        assert_eq!(short, [(json!(1), json!(500)), (json!(2), Value::Null), (json!(3), json!(201))]);
        assert_eq!(log[0]["answer"].as_str().unwrap().len(), 4_096);
        assert_eq!((&log[1]["answer"], &log[1]["error"]), (&Value::Null, &json!("connection broken or answer unreadable")));
        assert_eq!(log[2]["answer"], "stored");
        assert!(log.iter().all(|it| it["ms"].as_i64().is_some_and(|it| it < 15_000) && it["at"].is_string()));
        assert_eq!(whole["message"], receiver.requests()[2].json(), "the log shows what was sent");
        assert_eq!(deliveries(&owner, &path, "state=waiting").await.len(), 0);
        assert_eq!(deliveries(&owner, &path, "state=delivered").await.len(), 1);
    }

    async fn the_log_is_read_in_pages_and_holds_no_address(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        receiver.otherwise(Answer::status(204));
        let path = owner.endpoint(&receiver.url(), &["*"], true).await.path;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let all = deliveries(&owner, &path, "").await;
        assert!(all.len() >= 3 && receiver.requests().iter().any(|it| it.json()["data"]["email"] == ADA));
        let events: Vec<&str> = all.iter().map(|it| it["event"].as_str().unwrap()).collect();
        assert!(events.is_sorted_by(|newer, older| newer > older), "the newest first: {events:?}");
        let (mut seen, mut query) = (Vec::new(), "limit=1".to_owned());
        loop {
            let page = owner.get(&format!("{path}/deliveries?{query}")).await;
            seen.extend(page["data"].as_array().unwrap().clone());
            let Some(next) = page["next_cursor"].as_str() else { break };
            query = format!("limit=1&cursor={next}");
        }
        assert_eq!(seen, all);
        for delivery in &all {
            let whole = owner.get(&format!("{path}/deliveries/{}", delivery["id"].as_str().unwrap())).await;
            assert!(!whole.to_string().contains("ada@"), "{whole}");
        }
    }

    async fn a_secret_that_is_answered_is_not_kept(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let made = owner.endpoint(&receiver.url(), &["signup.requested"], false).await;
        let rotated = owner.post(&format!("{}:rotate", made.path), Some(json!({ "overlap_hours": 24 }))).await;
        let secrets = [made.secret.as_str(), rotated["secret"].as_str().unwrap()];
        for (number, secret) in secrets.iter().enumerate() {
            let base64 = secret.strip_prefix("whsec_").unwrap();
            let hex = hex::encode(BASE64_STANDARD.decode(base64).unwrap());
            let url = base64.replace('+', "-").replace('/', "_");
            for (at, told) in [*secret, base64, &url, &hex].into_iter().enumerate() {
                // The end of what is kept cuts it off.
                let body = format!("{{\"env\":\"{told}\"}}{}{told}", "x".repeat(4_096 - 20 - 10 - told.len()));
                receiver.otherwise(Answer::status(200).body(if at % 2 == 0 { body } else { format!("SECRET={told}") }));
                app.sign_up("newsletter", &format!("a{number}{at}@example.org"), &["newsletter"]).await;
            }
        }
        let all = deliveries(&owner, &made.path, "").await;
        assert_eq!(all.len(), 8);
        for delivery in &all {
            let whole = owner.get(&format!("{}/deliveries/{}", made.path, delivery["id"].as_str().unwrap())).await;
            assert_eq!(whole["log"][0]["answer"], "(the answer held the signing secret)", "{whole}");
        }
    }

    async fn one_delivery_is_sent_again_with_the_same_id_and_all_its_attempts(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["signup.requested"], false).await.path;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let id = deliveries(&owner, &path, "").await[0]["id"].as_str().unwrap().to_owned();
        app.clock.advance(DAY);
        receiver.otherwise(Answer::status(500));
        let again = owner.post(&format!("{path}/deliveries/{id}:replay"), None).await;
        assert_eq!((&again["state"], &again["ended_at"]), (&json!("waiting"), &Value::Null));
        for _ in 0..(4 * 48) {
            app.run_due().await;
            app.clock.advance(HOUR / 2);
        }
        let sent = receiver.requests();
        assert_eq!(sent.len(), 11, "once, and ten times again");
        assert!(sent.iter().all(|it| it.header("webhook-id") == sent[0].header("webhook-id")));
        assert_eq!(sent[0].json(), sent[10].json());
        let stamps: Vec<i64> = sent.iter().map(|it| it.header("webhook-timestamp").unwrap().parse().unwrap()).collect();
        assert!(stamps.is_sorted_by(|a, b| a < b), "each attempt has its own time");
        let whole = owner.get(&format!("{path}/deliveries/{id}")).await;
        assert_eq!((&whole["state"], whole["log"].as_array().unwrap().len()), (&json!("failed"), 11));
        receiver.otherwise(Answer::status(204));
        owner.post(&format!("{path}:disable"), None).await;
        owner.post(&format!("{path}/deliveries/{id}:replay"), None).await;
        app.run_due().await;
        assert_eq!(receiver.requests().len(), 12, "also when it is switched off");
        assert_eq!(owner.get(&path).await["state"], "disabled");
    }

    async fn what_is_on_its_way_is_not_sent_twice(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["ping"], false).await.path;
        owner.post(&format!("{path}:test"), None).await;
        let mut sequencer = ayeaye::app::feed::Sequencer::default();
        sequencer.pass(app.app()).await.unwrap();
        sequencer.release(app.app()).await.unwrap();
        let id = deliveries(&owner, &path, "state=waiting").await[0]["id"].as_str().unwrap().to_owned();
        for _ in 0..3 {
            owner.post(&format!("{path}/deliveries/{id}:replay"), None).await;
        }
        app.run_due().await;
        assert_eq!(receiver.requests().len(), 1);
    }

    async fn what_was_missed_is_sent_again_as_a_job_and_nothing_else(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["signup.requested"], false).await.path;
        let others = Receiver::start([]).await;
        owner.endpoint(&others.url(), &["*"], false).await;
        let mut came = Vec::new();
        for (number, disabled) in [(0, false), (1, true), (2, true), (3, false)] {
            let verb = if disabled { "disable" } else { "enable" };
            owner.post(&format!("{path}:{verb}"), None).await;
            app.sign_up("newsletter", &format!("a{number}@example.org"), &["newsletter"]).await;
            app.clock.advance(HOUR);
            came.push(app.clock.now());
        }
        let before = ids(&receiver);
        assert_eq!(before.len(), 2);
        let (of_others, since) = (others.requests().len(), came[0].plus(-2 * HOUR).rfc3339());
        let job = owner.post(&format!("{path}:replay"), Some(json!({ "since": since }))).await;
        assert_eq!((&job["state"], &job["kind"]), (&json!("waiting"), &json!("webhook_replay")));
        app.run_due().await;
        let done = owner.get(&format!("/v1/jobs/{}", job["id"].as_str().unwrap())).await;
        assert_eq!((&done["state"], &done["deliveries_put"]), (&json!("done"), &json!(2)));
        assert_eq!(owner.get("/v1/jobs").await["data"], json!([done]));
        let after = ids(&receiver);
        assert_eq!(after.len(), 4, "what it had is not sent again");
        let wanted: Vec<String> = app.events("acme").await.iter().filter(|it| it.kind == "signup.requested").map(|it| it.id.to_string()).collect();
        assert_eq!(std::collections::BTreeSet::from_iter(after), wanted.iter().cloned().collect());
        let span = json!({ "since": came[0].rfc3339(), "until": came[2].rfc3339(), "which": "all" });
        owner.post(&format!("{path}:replay"), Some(span)).await;
        app.run_due().await;
        assert_eq!(ids(&receiver).split_off(4).len(), 2, "those of the span alone, also what it had");
        assert_eq!(others.requests().len(), of_others, "no other endpoint notices");
    }

    async fn what_waits_for_its_next_try_is_sent_at_once_by_a_replay(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([Answer::status(500), Answer::status(500)]).await;
        let path = owner.endpoint(&receiver.url(), &["signup.requested"], false).await.path;
        let since = app.clock.now().rfc3339();
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(MINUTE);
        app.run_due().await;
        assert_eq!(receiver.requests().len(), 2);
        let job = owner.post(&format!("{path}:replay"), Some(json!({ "since": since }))).await;
        app.run_due().await;
        let done = owner.get(&format!("/v1/jobs/{}", job["id"].as_str().unwrap())).await;
        assert_eq!(done["deliveries_put"], 1);
        let came = ids(&receiver);
        assert_eq!((came.len(), &came[0]), (3, &came[2]), "at once, and the same");
        let all = deliveries(&owner, &path, "").await;
        assert_eq!((&all[0]["state"], &all[0]["attempts"]), (&json!("delivered"), &json!(3)));
    }

    async fn a_large_range_is_sent_in_batches_that_go_on_where_they_stopped(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let (tenant, now) = (app.tenant("acme").id, app.clock.now());
        let events: Vec<ayeaye::store::event::Event> = (0..700).map(|number| ayeaye::store::event::Event {
            tenant,
            id: ayeaye::domain::id::EventId::new(now.plus(number), &app.app().random),
            kind: "pause.ended".to_owned(),
            at: now.plus(number),
            contact: None,
            data: "{}".to_owned(),
            sequence: None,
        }).collect();
        for chunk in events.chunks(100) {
            let mut batch = ayeaye::store::Batch::default();
            ayeaye::store::event::put(&mut batch, chunk);
            let mut tx = app.app().store.begin().await.unwrap();
            tx.batch(batch).await.unwrap();
            tx.commit().await.unwrap();
        }
        app.clock.advance(MINUTE);
        app.run_due().await;
        let path = owner.endpoint(&receiver.url(), &["pause.*"], false).await.path;
        let job = owner.post(&format!("{path}:replay"), Some(json!({ "since": now.rfc3339() }))).await;
        let job = format!("/v1/jobs/{}", job["id"].as_str().unwrap());
        let mut first = ayeaye::app::replay::Replayer::default();
        assert!(first.pass(app.app()).await.unwrap());
        let half = owner.get(&job).await;
        assert_eq!((&half["state"], &half["events_seen"]), (&json!("running"), &json!(500)));
        // Whoever did the jobs is gone without a word; another instance goes on when the lease is over.
        let mut second = ayeaye::app::replay::Replayer::default();
        assert!(!second.pass(app.app()).await.unwrap());
        app.clock.advance(31 * SECOND);
        while second.pass(app.app()).await.unwrap() {}
        assert!(!first.pass(app.app()).await.unwrap());
        second.release(app.app()).await.unwrap();
        let done = owner.get(&job).await;
        assert_eq!((&done["state"], &done["deliveries_put"]), (&json!("done"), &json!(700)));
        app.run_due().await;
        let came: std::collections::BTreeSet<String> = ids(&receiver).into_iter().collect();
        assert_eq!((came.len(), ids(&receiver).len()), (700, 700));
    }

    async fn a_span_of_time_that_is_none_is_refused(app: TestApp) {
        let owner = Owner::of(&app).await;
        let path = owner.endpoint("http://127.0.0.1:18081/", &["*"], false).await.path;
        for (body, place) in [
            (json!({}), "/since"),
            (json!({ "since": "yesterday" }), "/since"),
            (json!({ "since": "2026-11-21T00:00:00Z", "until": "2026-11-21T00:00:00Z" }), "/until"),
            (json!({ "since": "2026-11-21T00:00:00Z", "until": 7 }), "/until"),
            (json!({ "since": "0000-01-01T00:00:00Z" }), "/since"),
            (json!({ "since": "1969-12-31T23:59:59.999Z" }), "/since"),
            (json!({ "since": app.clock.now().rfc3339() }), "/since"),
            (json!({ "since": "2126-01-01T00:00:00Z", "until": "2126-01-02T00:00:00Z" }), "/since"),
            (json!({ "since": "2026-11-21T00:00:00Z", "until": app.clock.now().plus(1).rfc3339() }), "/until"),
            (json!({ "since": "2026-11-21T00:00:00Z", "which": "some" }), "/which"),
            (json!({ "since": "2026-11-21T00:00:00Z", "limit": 5 }), "/limit"),
        ] {
            let (status, answer) = owner.send(reqwest::Method::POST, &format!("{path}:replay"), Some(&body)).await;
            assert_eq!((status, &answer["errors"][0]["pointer"]), (422, &json!(place)), "{body}: {answer}");
        }
        let later = json!({ "since": "2126-01-01T00:00:00Z" });
        let (_, answer) = owner.send(reqwest::Method::POST, &format!("{path}:replay"), Some(&later)).await;
        let said = answer["errors"][0]["detail"].as_str().unwrap();
        assert!(said.contains("earlier than now") && said.contains(&app.clock.now().rfc3339()), "{said}");
        assert_eq!(owner.get("/v1/jobs").await["data"], json!([]));
        let span = json!({ "since": "1970-01-01T00:00:00Z", "until": app.clock.now().rfc3339() });
        owner.post(&format!("{path}:replay"), Some(span)).await;
    }

    async fn deliveries_and_jobs_are_kept_for_thirty_days(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["ping"], false).await.path;
        owner.post(&format!("{path}:test"), None).await;
        owner.post(&format!("{path}:replay"), Some(json!({ "since": "2026-11-21T00:00:00Z" }))).await;
        app.run_due().await;
        for (later, kept) in [(30 * DAY - MINUTE, 1), (2 * MINUTE, 0)] {
            app.clock.advance(later);
            ayeaye::app::lapse::leftovers(app.app()).await.unwrap();
            assert_eq!(deliveries(&owner, &path, "").await.len(), kept);
            assert_eq!(owner.get("/v1/jobs").await["data"].as_array().unwrap().len(), kept);
        }
    }
}
