//! Webhooks from the event row to the receiver.

use std::time::{Duration, Instant};

use ayeaye::{
    app::{Clock, apply},
    domain::time::{DAY, HOUR, MINUTE, SECOND},
};

use crate::support::{
    app::TestApp,
    database::both,
    receiver::{Answer, Receiver},
};

const ADA: &str = "ada@example.org";

/// Points acme's webhook at a receiver; its signing secret.
async fn subscribe_endpoint(app: &TestApp, url: &str, events: &str, addresses: bool) -> String {
    let webhook =
        format!("[[tenant.webhook]]\nurl = \"{url}\"\nevents = [\"{events}\"]\naddresses = {addresses}\n");
    let at = "[[tenant]]\nslug = \"beta\"";
    let setup = crate::support::app::SETUP.replace(at, &format!("{webhook}\n{at}"));
    let steps: Vec<apply::Step> = app.apply(&setup).await;
    steps.into_iter().find_map(|it| it.secret).expect("a new endpoint has a secret")
}

both! {
    async fn an_event_reaches_its_endpoint_signed_after_standard_webhooks(app: TestApp) {
        let receiver = Receiver::start([]).await;
        let secret = subscribe_endpoint(&app, &receiver.url(), "consent.*", false).await;
        // The reference library compares the timestamp with the machine's clock.
        app.clock.advance(Clock::system().now().plus(-12 * MINUTE).since(app.clock.now()));
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let requests = receiver.wait_for(1).await;
        let request = &requests[0];
        let reference = standardwebhooks::Webhook::new(&secret).unwrap();
        let mut headers = http::HeaderMap::new();
        for (name, value) in &request.headers {
            headers.append(http::HeaderName::try_from(name.as_str()).unwrap(), value.parse().unwrap());
        }
        reference.verify(&request.body, &headers).unwrap();
        let envelope = request.json();
        assert_eq!(envelope["type"], "consent.confirmed");
        assert_eq!(envelope["id"], request.header("webhook-id").unwrap());
        assert_eq!(envelope["data"]["purpose"], "newsletter");
        assert!(envelope["data"]["links"]["unsubscribe"].as_str().unwrap().contains("/u/ay1.unsub."));
        assert_eq!(envelope["data"].get("email"), None, "thin by default");
        assert!(!String::from_utf8_lossy(&request.body).contains("ada@"));
    }

    async fn an_endpoint_that_asked_for_addresses_gets_them(app: TestApp) {
        let receiver = Receiver::start([]).await;
        subscribe_endpoint(&app, &receiver.url(), "consent.*", true).await;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        assert_eq!(receiver.wait_for(1).await[0].json()["data"]["email"], ADA);
    }

    async fn a_failing_endpoint_is_tried_ten_times_over_three_days_with_the_same_id(app: TestApp) {
        let receiver = Receiver::start([]).await;
        receiver.otherwise(Answer::status(503));
        subscribe_endpoint(&app, &receiver.url(), "signup.requested", false).await;
        let begun = app.clock.now();
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let mut last = begun;
        // Steps of half an hour: fine enough to see each attempt, coarse enough for four days.
        for _ in 0..(4 * 48) {
            let before = receiver.requests().len();
            app.clock.advance(HOUR / 2);
            app.run_due().await;
            if receiver.requests().len() > before {
                last = app.clock.now();
            }
        }
        let requests = receiver.requests();
        assert_eq!(requests.len(), 10);
        assert!(last.since(begun) >= 72 * HOUR, "{} h", last.since(begun) / HOUR);
        let ids: std::collections::BTreeSet<_> = requests.iter().map(|it| it.header("webhook-id")).collect();
        assert_eq!(ids.len(), 1);
    }

    async fn an_endpoint_that_says_when_is_not_tried_before_and_never_later_than_a_day(app: TestApp) {
        let later = |status: u16, seconds: &str| Answer::status(status).header("Retry-After", seconds);
        let receiver = Receiver::start([later(503, "7200"), later(429, "99999999"), later(503, "1")]).await;
        subscribe_endpoint(&app, &receiver.url(), "signup.requested", false).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        // The third says sooner than the schedule does: half an hour, a fifth less at most.
        for (number, wait) in [(1, 2 * HOUR), (2, DAY), (3, 24 * MINUTE)] {
            assert_eq!(receiver.requests().len(), number);
            app.clock.advance(wait - SECOND);
            app.run_due().await;
            assert_eq!(receiver.requests().len(), number, "no sooner than asked for");
            app.clock.advance(if number == 3 { 12 * MINUTE + SECOND } else { SECOND });
            app.run_due().await;
        }
        assert_eq!(receiver.requests().len(), 4);
    }

    async fn gone_switches_an_endpoint_off_at_once(app: TestApp) {
        let receiver = Receiver::start([Answer::status(410)]).await;
        subscribe_endpoint(&app, &receiver.url(), "*", false).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(DAY);
        app.run_due().await;
        let after_gone = receiver.requests().len();
        assert!(after_gone <= 2, "what was under way together, and nothing after: {after_gone}");
        app.sign_up("newsletter", "bob@example.org", &["newsletter"]).await;
        app.clock.advance(DAY);
        app.run_due().await;
        assert_eq!(receiver.requests().len(), after_gone);
        assert!(app.event_kinds("acme").await.contains(&"endpoint.disabled".to_owned()));
    }

    async fn an_endpoint_that_only_fails_is_switched_off_after_five_days(app: TestApp) {
        let receiver = Receiver::start([]).await;
        receiver.otherwise(Answer::status(500));
        subscribe_endpoint(&app, &receiver.url(), "signup.requested", false).await;
        for day in 0..7 {
            app.sign_up("newsletter", &format!("a{day}@example.org"), &["newsletter"]).await;
            app.clock.advance(DAY);
            app.run_due().await;
        }
        assert!(app.event_kinds("acme").await.contains(&"endpoint.disabled".to_owned()));
        let before = receiver.requests().len();
        app.sign_up("newsletter", "late@example.org", &["newsletter"]).await;
        app.clock.advance(5 * SECOND);
        app.run_due().await;
        assert_eq!(receiver.requests().len(), before);
    }

    async fn a_redirect_is_a_failure_and_never_followed(app: TestApp) {
        let trap = Receiver::start([]).await;
        let answer = Answer::status(302).header("Location", &trap.url());
        let receiver = Receiver::start([answer]).await;
        subscribe_endpoint(&app, &receiver.url(), "signup.requested", false).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(MINUTE);
        app.run_due().await;
        assert_eq!(receiver.wait_for(2).await.len(), 2, "tried again");
        assert_eq!(trap.requests().len(), 0);
    }

    async fn one_slow_endpoint_delays_no_other(app: TestApp) {
        let slow = Receiver::start([]).await;
        slow.otherwise(Answer::status(200).after(Duration::from_secs(3)));
        let quick = Receiver::start([]).await;
        let webhooks = format!(
            "[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"*\"]\n[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"*\"]\n",
            slow.url(),
            quick.url()
        );
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&crate::support::app::SETUP.replace(at, &format!("{webhooks}\n{at}"))).await;
        let url = format!("{}/f/newsletter", app.base());
        for n in 0..12 {
            let body = format!("email=a{n}%40example.org&p=newsletter");
            let request = crate::support::app::http().post(&url).header("content-type", "application/x-www-form-urlencoded");
            assert_eq!(request.body(body).send().await.unwrap().status(), 303);
        }
        let begun = Instant::now();
        let (all, ()) = tokio::join!(app.run_due(), async {
            quick.wait_for(12).await;
            // The slow one needs one round of one and three of four, twelve seconds, for as many.
            assert!(slow.requests().len() < 12, "the quick one had to wait for the slow one");
        });
        let () = all;
        assert!(slow.most_at_once() <= 4, "bounded per endpoint");
        assert!(begun.elapsed() >= Duration::from_secs(6), "the slow one really was slow");
    }
}
