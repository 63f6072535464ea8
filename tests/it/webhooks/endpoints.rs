//! Endpoints: what they get, when they are off, and whom they may be.

use ayeaye::domain::time::{DAY, HOUR, MINUTE};
use serde_json::{Value, json};

use super::{ADA, Owner};
use crate::{
    hostile::wire,
    support::{
        app::TestApp,
        database::both,
        receiver::{Answer, Receiver},
    },
};

fn kinds(receiver: &Receiver) -> Vec<String> {
    receiver.requests().iter().map(|it| it.json()["type"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn an_endpoint_gets_the_events_it_asked_for(app: TestApp) {
        let owner = Owner::of(&app).await;
        let (some, all, off) =
            (Receiver::start([]).await, Receiver::start([]).await, Receiver::start([]).await);
        owner.endpoint(&some.url(), &["consent.*", "pause.started"], false).await;
        owner.endpoint(&all.url(), &["*"], false).await;
        let made = owner.endpoint(&off.url(), &["*"], false).await;
        assert_eq!(owner.post(&format!("{}:disable", made.path), None).await["state"], "disabled");
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        assert_eq!(kinds(&some), ["consent.confirmed"]);
        assert_eq!(kinds(&all).len(), app.events("acme").await.len());
        assert_eq!(kinds(&off), [""; 0]);
        let path = made.path;
        assert_eq!(owner.post(&format!("{path}:enable"), None).await["state"], "enabled");
        app.sign_up("newsletter", "bob@example.org", &["newsletter"]).await;
        assert!(kinds(&off).contains(&"signup.requested".to_owned()));
        assert_eq!(kinds(&some).len(), 1);
    }

    async fn what_takes_no_body_is_not_done_with_one_however_it_is_sent(app: TestApp) {
        let owner = Owner::of(&app).await;
        let path = owner.endpoint("http://127.0.0.1:18081/", &["*"], false).await.path;
        let disable = format!("{path}:disable");
        let (status, _) = owner.send(reqwest::Method::POST, &disable, Some(&json!({ "at": "once" }))).await;
        assert_eq!(status, 422);
        let (addr, key) = (app.running().addr, &owner.key);
        let chunked = async |body: &str| {
            let head = format!("POST {disable} HTTP/1.1\r\nhost: {addr}\r\nauthorization: Bearer {key}\r\nconnection: close");
            let whole = format!("{head}\r\ntransfer-encoding: chunked\r\n\r\n{body}0\r\n\r\n");
            wire::raw(&app, whole.as_bytes()).await.unwrap().status
        };
        assert_eq!(chunked("4\r\nonce\r\n").await, 422);
        assert_eq!(owner.get(&path).await["state"], "enabled");
        assert_eq!(chunked("").await, 200);
        assert_eq!(owner.get(&path).await["state"], "disabled");
        owner.post(&format!("{path}:enable"), Some(json!({}))).await;
        owner.post(&format!("{path}:rotate"), None).await;
    }

    async fn an_endpoint_is_changed_however_it_fares_meanwhile(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([Answer::status(500)]).await;
        let path = owner.endpoint(&receiver.url(), &["ping"], false).await.path;
        let send = async |method, body: &'static str, seen: &str| {
            let request = crate::support::app::http().request(method, format!("{}{path}", owner.base));
            let request = request.bearer_auth(&owner.key).header("content-type", "application/json").body(body);
            let answer = request.header("if-match", seen).header("if-none-match", seen).send().await.unwrap();
            let tag = answer.headers().get("etag").map_or("", |it| it.to_str().unwrap());
            (answer.status().as_u16(), tag.to_owned())
        };
        let get = reqwest::Method::GET;
        let patch = reqwest::Method::PATCH;
        owner.post(&format!("{path}:rotate"), Some(json!({ "overlap_hours": 1 }))).await;
        let (_, works) = send(get.clone(), "", "\"x\"").await;
        owner.post(&format!("{path}:test"), None).await;
        app.run_due().await;
        let (status, fails) = send(get.clone(), "", &works).await;
        assert_eq!(status, 200, "who reads is told that it fails");
        let (status, changed) = send(patch.clone(), r#"{"events":["ping"]}"#, &works).await;
        assert_eq!((status, &changed), (200, &fails), "nobody had changed it");
        app.clock.advance(HOUR);
        app.run_due().await;
        assert_eq!(owner.get(&path).await["failing_since"], Value::Null);
        assert_eq!(owner.get(&path).await["previous_secret_until"], Value::Null);
        let (status, changed) = send(patch.clone(), r#"{"events":["pause.*"]}"#, &fails).await;
        assert_eq!((status, send(get, "", &changed).await), (200, (304, changed)));
        assert_eq!(send(patch.clone(), r#"{"events":["*"]}"#, &fails).await.0, 412, "somebody has changed it");
        let (_, seen) = send(patch.clone(), r#"{"events":["ping"]}"#, "*").await;
        owner.post(&format!("{path}:disable"), None).await;
        assert_eq!(send(patch, r#"{"events":["*"]}"#, &seen).await.0, 412, "somebody has switched it off");
    }

    async fn a_changed_endpoint_gets_what_is_due_where_it_is_now(app: TestApp) {
        let owner = Owner::of(&app).await;
        let (old, new) = (Receiver::start([]).await, Receiver::start([]).await);
        old.otherwise(Answer::status(500));
        let path = owner.endpoint(&old.url(), &["signup.requested"], false).await.path;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        assert_eq!(old.requests().len(), 1);
        owner.patch(&path, json!({ "url": new.url() })).await;
        app.clock.advance(MINUTE);
        app.run_due().await;
        assert_eq!((old.requests().len(), new.requests().len()), (1, 1));
        assert_eq!(old.requests()[0].header("webhook-id"), new.requests()[0].header("webhook-id"));
    }

    async fn a_ping_goes_to_the_endpoint_it_is_meant_for_and_to_no_other(app: TestApp) {
        let owner = Owner::of(&app).await;
        let (ours, other) = (Receiver::start([]).await, Receiver::start([]).await);
        let path = owner.endpoint(&ours.url(), &["consent.*"], false).await.path;
        owner.endpoint(&other.url(), &["*"], false).await;
        let sent = owner.post(&format!("{path}:test"), None).await;
        app.run_due().await;
        assert_eq!((kinds(&ours), kinds(&other)), (vec!["ping".to_owned()], Vec::new()));
        assert_eq!(ours.requests()[0].header("webhook-id"), sent["event"].as_str());
        owner.post(&format!("{path}:disable"), None).await;
        owner.post(&format!("{path}:test"), None).await;
        app.run_due().await;
        assert_eq!(kinds(&ours), ["ping", "ping"], "a switched off endpoint can be tried");
        assert_eq!(owner.get(&path).await["state"], "disabled", "which switches nothing on");
    }

    async fn an_endpoint_set_up_at_another_instance_gets_the_next_event(app: TestApp) {
        let beside = app.beside().await;
        let receiver = Receiver::start([]).await;
        let mut owner = Owner::of(&app).await;
        owner.base = format!("http://{}", beside.addr);
        owner.endpoint(&receiver.url(), &["signup.requested"], false).await;
        // The sequencer of the first instance has not been told of anything.
        let answer = crate::support::app::http()
            .post(format!("{}/f/newsletter", app.base()))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("email=ada%40example.org&p=newsletter");
        assert_eq!(answer.send().await.unwrap().status(), 303);
        let mut sequencer = ayeaye::app::feed::Sequencer::default();
        sequencer.pass(app.app()).await.unwrap();
        sequencer.release(app.app()).await.unwrap();
        app.run_due().await;
        assert_eq!(kinds(&receiver), ["signup.requested"]);
        beside.stop().await;
    }

    async fn an_owner_is_told_after_a_day_of_failures_and_when_it_ends(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        receiver.otherwise(Answer::status(500));
        let path = owner.endpoint(&receiver.url(), &["signup.requested"], false).await.path;
        let mails = || app.mails("privacy@acme.example");
        for day in 0..7 {
            app.sign_up("newsletter", &format!("a{day}@example.org"), &["newsletter"]).await;
            if day == 0 {
                app.clock.advance(23 * HOUR);
                app.run_due().await;
                assert_eq!(mails().len(), 0, "a day has not passed");
                app.clock.advance(HOUR);
            } else {
                app.clock.advance(DAY);
            }
            app.run_due().await;
        }
        let told: Vec<String> = mails().iter().map(|it| it.subject.clone()).collect();
        assert_eq!(told, ["Your webhook endpoint at 127.0.0.1 is failing", "Your webhook endpoint at 127.0.0.1 is switched off"]);
        let last = mails().pop().unwrap();
        assert!(last.text.contains("every delivery failed for 5 days"), "{}", last.text);
        let endpoint = owner.get(&path).await;
        assert_eq!((&endpoint["state"], &endpoint["disabled_reason"]), (&json!("disabled"), &json!("every delivery failed for 5 days")));
        let told = app.events("acme").await;
        assert_eq!(told.iter().filter(|it| it.kind == "endpoint.disabled").count(), 1);
        let enabled = owner.post(&format!("{path}:enable"), None).await;
        assert_eq!((&enabled["failing_since"], &enabled["disabled_reason"]), (&Value::Null, &Value::Null));
    }

    async fn one_event_that_fails_is_told_of_after_a_day_and_ends_nothing(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        receiver.otherwise(Answer::status(500));
        let path = owner.endpoint(&receiver.url(), &["signup.requested"], false).await.path;
        let mails = || app.mails("privacy@acme.example").iter().map(|it| it.subject.clone()).collect::<Vec<_>>();
        let pass = async |hours: i64| {
            for _ in 0..2 * hours {
                app.clock.advance(HOUR / 2);
                app.run_due().await;
            }
        };
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        pass(23).await;
        assert_eq!(mails().len(), 0);
        pass(1).await;
        let failing = "Your webhook endpoint at 127.0.0.1 is failing".to_owned();
        assert_eq!(mails(), [failing.as_str()]);
        assert!(receiver.requests().len() <= 7, "the next try comes after 28 hours at the earliest");
        pass(3 * 24).await;
        assert_eq!(receiver.requests().len(), 10);
        app.clock.advance(3 * DAY);
        app.run_due().await;
        let again = app.clock.now();
        app.sign_up("newsletter", "bob@example.org", &["newsletter"]).await;
        assert_eq!(receiver.requests().len(), 11);
        let endpoint = owner.get(&path).await;
        assert_eq!(endpoint["state"], "enabled", "it did not fail for five days");
        assert!(endpoint["failing_since"].as_str().unwrap() >= again.rfc3339().as_str());
        assert_eq!(mails().len(), 1);
        pass(25).await;
        assert_eq!(mails(), [failing.clone(), failing], "told of anew");
    }

    async fn an_endpoint_that_fails_by_turns_is_noted_at_itself_alone(app: TestApp) {
        let owner = Owner::of(&app).await;
        let beside = app.beside().await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["ping"], false).await.path;
        app.run_due().await;
        ayeaye::jobs::run_due(&beside.app, &beside.outside).await.unwrap();
        let version = async || {
            let mut peek = app.app().store.peek().await.unwrap();
            ayeaye::store::catalog::version(&mut peek).await.unwrap()
        };
        for _ in 0..3 {
            receiver.otherwise(Answer::status(500));
            owner.post(&format!("{path}:test"), None).await;
            let pinged = version().await;
            app.run_due().await;
            assert!(owner.get(&path).await["failing_since"].is_string());
            receiver.otherwise(Answer::status(204));
            app.clock.advance(MINUTE);
            ayeaye::jobs::run_due(&beside.app, &beside.outside).await.unwrap();
            assert_eq!(owner.get(&path).await["failing_since"], Value::Null, "whichever instance meets it");
            assert_eq!(version().await, pinged);
        }
        beside.stop().await;
    }

    async fn an_endpoint_that_recovers_is_told_of_anew_when_it_fails_again(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["ping"], false).await.path;
        let mails = || app.mails("privacy@acme.example").len();
        for told in 1..=2 {
            receiver.otherwise(Answer::status(500));
            owner.post(&format!("{path}:test"), None).await;
            app.run_due().await;
            app.clock.advance(25 * HOUR);
            app.run_due().await;
            assert_eq!(mails(), told);
            receiver.otherwise(Answer::status(204));
            app.clock.advance(25 * HOUR);
            app.run_due().await;
            assert_eq!(owner.get(&path).await["failing_since"], Value::Null);
        }
    }
}
