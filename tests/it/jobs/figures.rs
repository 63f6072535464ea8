//! The figures of what waits: each rises with its queue and falls with it.

use std::collections::BTreeMap;

use ayeaye::domain::time::{DAY, SECOND};

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
    receiver::{Answer, Receiver},
};

/// The figures without labels, by name.
async fn figures(app: &TestApp) -> BTreeMap<String, i64> {
    let answer = http().get(format!("{}/metrics", app.base())).send().await.unwrap();
    let text = answer.text().await.unwrap();
    let figure = |line: &str| {
        let (name, value) = line.strip_prefix("ayeaye_")?.split_once(' ')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    text.lines().filter_map(figure).collect()
}

fn of(figures: &BTreeMap<String, i64>, names: &[&str]) -> Vec<Option<i64>> {
    names.iter().map(|it| figures.get(*it).copied()).collect()
}

async fn sign_up(app: &TestApp, name: &str) {
    let request = http().post(format!("{}/f/newsletter", app.base()));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = format!("email={name}%40example.org&p=newsletter");
    assert_eq!(request.body(body).send().await.unwrap().status(), 303);
}

both! {
    async fn every_queue_has_its_depth_and_its_age(app: TestApp) {
        const FEED: [&str; 2] = ["events_waiting", "events_late_seconds"];
        const MAILS: [&str; 2] = ["mails_waiting", "mails_late_seconds"];
        const DELIVERIES: [&str; 3] =
            ["deliveries_waiting", "deliveries_late_seconds", "deliveries_failed_last_day"];
        let receiver = Receiver::start([]).await;
        receiver.otherwise(Answer::status(500));
        let webhook =
            format!("[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"signup.requested\"]\n", receiver.url());
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{webhook}\n{at}"))).await;
        let none = figures(&app).await;
        assert_eq!(of(&none, &FEED), [Some(0), Some(0)]);
        assert_eq!(of(&none, &MAILS), [Some(0), Some(0)]);
        assert_eq!(of(&none, &DELIVERIES), [Some(0), Some(0), Some(0)]);

        sign_up(&app, "ada").await;
        app.clock.advance(7 * SECOND);
        sign_up(&app, "bob").await;
        app.clock.advance(5 * SECOND);
        let waiting = figures(&app).await;
        assert_eq!(of(&waiting, &FEED), [Some(2), Some(12)]);
        assert_eq!(of(&waiting, &MAILS), [Some(2), Some(12)]);

        app.run_due().await;
        let told = figures(&app).await;
        assert_eq!(of(&told, &FEED), [Some(0), Some(0)]);
        assert_eq!(of(&told, &MAILS), [Some(0), Some(0)]);
        assert_eq!(of(&told, &DELIVERIES), [Some(2), Some(0), Some(0)], "they wait for their next try");
        app.clock.advance(DAY);
        let late = figures(&app).await["deliveries_late_seconds"];
        assert!((DAY / SECOND - 60..=DAY / SECOND).contains(&late), "{late}");
        for _ in 0..10 {
            app.run_due().await;
            app.clock.advance(DAY / 2);
        }
        assert_eq!(of(&figures(&app).await, &DELIVERIES[..2]), [Some(0), Some(0)]);
    }
}
