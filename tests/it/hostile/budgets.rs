//! How often one network may ask, as it is out of the box.

use ayeaye::domain::time::HOUR;

use super::{
    FORM,
    wire::{Answer, ask},
};
use crate::support::{
    app::{SETUP, TestApp},
    database::{Db, Start, both},
};

/// A service behind a proxy, with the budgets it has out of the box.
struct Usual(TestApp);

impl Start for Usual {
    async fn start(db: Db) -> Self {
        let usual = [
            ("trusted_proxies", "127.0.0.1/32"),
            ("limits.network_per_hour", "100"),
            ("limits.form_per_minute", "300"),
            ("limits.codes_per_network", "100"),
        ];
        let app = TestApp::with(db, &usual).await;
        app.apply(SETUP).await;
        Self(app)
    }
}

impl Usual {
    async fn post(&self, ip: &str, path: &str, body: &str, more: &str) -> Answer {
        let headers = format!("content-type: {FORM}\r\nx-forwarded-for: {ip}\r\n{more}");
        ask(&self.0, "POST", path, &headers, body).await
    }

    async fn sign_up(&self, ip: &str, name: &str) -> Answer {
        self.post(ip, "/f/newsletter", &format!("email={name}%40example.org&p=newsletter"), "").await
    }
}

#[tokio::test]
async fn the_budgets_tested_here_are_those_out_of_the_box() {
    use ayeaye::config::{Config, Sources};
    let limits = Config::load(&Sources::default()).unwrap().config.limits;
    assert_eq!((limits.network_per_hour, limits.form_per_minute), (100, 300));
    assert_eq!((limits.recipient_per_day, limits.recipient_per_month), (3, 5));
    assert_eq!((limits.network_mails_per_hour, limits.domain_per_minute), (60, 120));
    assert_eq!((limits.unproven_per_network, limits.unproven_per_form), (5, 60));
    assert_eq!((limits.codes_per_network, limits.changes_per_person), (100, 60));
    assert_eq!(limits.copies_per_form, 60);
    assert!(limits.attack_mode);
}

both! {
    async fn the_hundred_and_first_sign_up_of_an_hour_waits(app: Usual) {
        for at in 0..100 {
            let ip = format!("198.51.100.{at}");
            assert_eq!(app.sign_up(&ip, &format!("ada{at}")).await.status, 303, "{at}");
        }
        let refused = app.sign_up("198.51.100.200", "eve").await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3600")));
        assert!(refused.body.contains("<h1>Please wait a little</h1>"), "{}", refused.body);
        let json = "accept: application/json\r\n";
        let body = "email=eve%40example.org&p=newsletter";
        let refused = app.post("198.51.100.9", "/f/newsletter", body, json).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3600")));
        assert!(refused.body.contains("too_fast"), "{}", refused.body);
        let french = app.post("198.51.100.9", "/f/newsletter", body, "accept-language: fr\r\n").await;
        assert!(french.body.contains("Merci d’attendre un peu"), "{}", french.body);
        assert_eq!(app.post("198.51.100.9", "/ask/acme", "email=ada%40example.org", "").await.status, 429);
        assert_eq!(app.post("198.51.100.9", "/f/lettre", "email=ada%40example.org", "").await.status, 429);
        assert!(app.0.person("acme", "eve@example.org").await.is_none());

        assert_eq!(app.sign_up("203.0.113.1", "other").await.status, 303, "another network");
        app.0.clock.advance(HOUR - 1);
        assert_eq!(app.sign_up("198.51.100.9", "late").await.status, 429, "an hour is not over");
        app.0.clock.advance(1);
        assert_eq!(app.sign_up("198.51.100.9", "later").await.status, 303);
    }

    async fn a_flooded_form_asks_for_a_proof_of_work_for_a_minute_and_others_do_not(app: Usual) {
        for at in 0..300 {
            let ip = format!("203.{}.{}.1", at / 200, at % 200);
            assert_eq!(app.sign_up(&ip, &format!("ada{at}")).await.status, 303, "{at}");
        }
        let asked = app.sign_up("203.9.9.9", "eve").await;
        assert_eq!(asked.status, 200);
        assert!(asked.body.contains("<h1>One more step</h1>"), "{}", asked.body);
        assert!(app.0.person("acme", "eve@example.org").await.is_none());
        assert_eq!(app.post("203.9.9.9", "/f/events", "email=eve%40example.org", "").await.status, 303);
        app.0.clock.advance(60_000);
        assert_eq!(app.sign_up("203.9.9.9", "eve").await.status, 303);
    }

    async fn a_hundred_codes_an_hour_are_looked_at_from_one_network(app: Usual) {
        let links = super::Links::of_a_newcomer(&app.0, "ada@example.org").await;
        for at in 0..100 {
            let typed = app.post("198.51.100.1", &links.sent, "code=000000", "").await;
            assert_eq!(typed.status, 422, "{at}");
        }
        assert_eq!(app.post("198.51.100.1", &links.sent, "code=000000", "").await.status, 429);
        let code = format!("{}&code=000000", "do=code");
        assert_eq!(app.post("198.51.100.1", &links.preferences, &code, "").await.status, 429);
        assert_eq!(app.post("203.0.113.1", &links.sent, "code=000000", "").await.status, 422);
    }

    async fn a_page_of_choices_may_be_changed_sixty_times_an_hour_and_left_at_any_time(app: Usual) {
        let links = super::Links::of_a_newcomer(&app.0, "ada@example.org").await;
        for at in 0..30 {
            assert_eq!(app.post("203.0.113.1", &links.preferences, "do=pause&pause=1m", "").await.status, 200, "{at}");
            assert_eq!(app.post("203.0.113.2", &links.preferences, "do=resume", "").await.status, 200, "{at}");
        }
        let refused = app.post("203.0.113.3", &links.preferences, "do=pause&pause=1m", "").await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3600")));
        assert_eq!(app.post("203.0.113.3", &links.preferences, "do=save&locale=fr", "").await.status, 200, "leaves all");
        assert_eq!(app.post("203.0.113.3", &links.preferences, "do=stop", "").await.status, 200);
        assert_eq!(app.post("203.0.113.3", &links.unsubscribe, "", "").await.status, 200);
        app.0.clock.advance(HOUR);
        assert_eq!(app.post("203.0.113.3", &links.preferences, "do=resume", "").await.status, 200);
    }

    async fn whoever_wants_to_leave_never_waits(app: Usual) {
        let links = super::Links::of_a_newcomer(&app.0, "ada@example.org").await;
        for at in 0..101 {
            app.sign_up("198.51.100.1", &format!("ada{at}")).await;
        }
        assert_eq!(app.sign_up("198.51.100.1", "eve").await.status, 429);
        assert_eq!(app.post("198.51.100.1", &links.unsubscribe, "", "").await.status, 200);
        assert_eq!(app.post("198.51.100.1", &links.preferences, "do=stop", "").await.status, 200);
        assert_eq!(app.post("198.51.100.1", &links.not_me, "do=block", "").await.status, 200);
    }
}
