//! Receivers that want to hold the service up, all at once, beside one that behaves.

use std::{sync::atomic::Ordering, time::Duration};

use tokio::time::sleep;

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
    evil_receiver::{Evil, EvilReceiver, KINDS},
    receiver::{Answer, Receiver},
};

/// Receivers of each kind.
const OF_EACH: usize = 5;
const EVENTS: usize = 20;

fn webhook(url: &str) -> String {
    format!("[[tenant.webhook]]\nurl = \"{url}\"\nevents = [\"signup.requested\"]\n")
}

both! {
    async fn hostile_receivers_delay_none_that_behaves(app: TestApp) {
        let well = Receiver::start([]).await;
        let mut evil = Vec::new();
        let mut webhooks = String::new();
        for kind in KINDS.iter().cycle().take(KINDS.len() * OF_EACH) {
            let receiver = EvilReceiver::start(*kind).await;
            webhooks.push_str(&webhook(&receiver.url()));
            evil.push(receiver);
        }
        webhooks.push_str(&webhook(&well.url()));
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{webhooks}\n{at}"))).await;
        let url = format!("{}/f/newsletter", app.base());
        for n in 0..EVENTS {
            let request = http().post(&url).header("content-type", "application/x-www-form-urlencoded");
            let body = format!("email=a{n}%40example.org&p=newsletter");
            assert_eq!(request.body(body).send().await.unwrap().status(), 303);
        }
        let all_came = async {
            while well.requests().len() < EVENTS {
                sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::select! {
            () = app.run_due() => {}
            () = all_came => {}
        }
        assert_eq!(well.requests().len(), EVENTS);
        // Those that hold each attempt to its end, 15 seconds, are at their first of twenty, or one more on a very
        // busy machine: nobody waited for them.
        for receiver in evil.iter().filter(|it| matches!(it.kind, Evil::Interim | Evil::Dribble | Evil::Silence)) {
            let attempts = receiver.connections.load(Ordering::Relaxed);
            assert!(attempts <= 2, "{:?} had {attempts} attempts before the one that behaves had all", receiver.kind);
        }
        let ids: std::collections::BTreeSet<_> =
            well.requests().iter().map(|it| it.header("webhook-id").unwrap().to_owned()).collect();
        assert_eq!(ids.len(), EVENTS, "each once");
    }

    async fn a_hostile_answer_is_on_record_in_four_kilobytes(app: TestApp) {
        let evil = [EvilReceiver::start(Evil::Endless).await, EvilReceiver::start(Evil::HugeHead).await];
        let webhooks: String = evil.iter().map(|it| webhook(&it.url())).collect();
        let mut long = Vec::new();
        let mut webhooks = webhooks;
        // Each of these is longer on record than it was.
        for (status, body) in [(500, "\u{0}x".to_owned()), (502, "@ ".to_owned()), (503, "é\u{0}@,".to_owned())] {
            let receiver = Receiver::start([]).await;
            receiver.otherwise(Answer::status(status).body(body.repeat(5_000)));
            webhooks.push_str(&webhook(&receiver.url()));
            long.push(receiver);
        }
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{webhooks}\n{at}"))).await;
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        let attempts = app.database.rows("attempt").await;
        let notes: Vec<serde_json::Value> = attempts.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
        assert_eq!(notes.len(), 5, "{notes:?}");
        for note in &notes {
            assert!(note["note"].as_str().unwrap().len() <= 4_096, "{note}");
        }
        let of = |status: Option<i64>| notes.iter().filter(|it| it["status"].as_i64() == status).count();
        assert_eq!([Some(200), Some(500), Some(502), Some(503), None].map(of), [1; 5]);
    }
}
