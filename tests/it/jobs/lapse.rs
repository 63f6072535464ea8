//! What ends with time.

use ayeaye::{
    app::{
        links::{Holder, Level},
        unsubscribe::{self, What},
    },
    domain::time::{DAY, MINUTE},
};

use serde_json::{Value, json};

use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";

/// Holds the consents to be what their evidence says.
async fn is_proven(app: &TestApp) {
    assert_eq!(app.fsck().await.findings, []);
}

both! {
    async fn a_request_nobody_confirms_is_forgotten_with_the_address_after_seven_days(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let link = app.newest_link(ADA, "confirm");
        app.clock.advance(7 * DAY - MINUTE);
        app.run_due().await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        app.clock.advance(2 * MINUTE);
        app.run_due().await;
        assert!(app.person("acme", ADA).await.is_none());
        assert!(app.event_kinds("acme").await.contains(&"signup.expired".to_owned()));
        assert!(!app.dump().await.contains("ada@example.org"), "the address is in some table");
        assert_eq!(app.visitor().open(&link).await.status(), 410);
    }

    async fn whoever_keeps_a_copy_learns_that_somebody_is_forgotten(app: TestApp) {
        let key = app.api_key("acme").await;
        let changes = async |after: i64| {
            let url = format!("{}/v1/changes?after={after}", app.base());
            let text = http().get(url).bearer_auth(&key).send().await.unwrap().text().await.unwrap();
            serde_json::from_str::<Value>(&text).unwrap()
        };
        // The bare address of one is suppressed, the request of the other cancelled: nothing is settled of either.
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let body = json!({ "reason": "bounced", "recipients": [{ "email": ADA }] });
        assert_eq!(app.post_json("/v1/suppressions", &key, &body).await.0, 200);
        app.sign_up("newsletter", "bob@example.org", &["newsletter"]).await;
        let bob = app.person("acme", "bob@example.org").await.unwrap().0.id;
        let url = format!("{}/v1/signups?contact={bob}", app.base());
        let text = http().get(url).bearer_auth(&key).send().await.unwrap().text().await.unwrap();
        let list: Value = serde_json::from_str(&text).unwrap();
        let cancel = format!("/v1/signups/{}:cancel", list["data"][0]["id"].as_str().unwrap());
        assert_eq!(app.post_json(&cancel, &key, &json!({})).await.0, 200);
        app.run_due().await;
        let before = changes(0).await;
        assert!(before["data"].as_array().unwrap().iter().all(|it| it["gone"] != true), "{before}");
        let after = before["next_after"].as_i64().unwrap();
        app.clock.advance(8 * DAY);
        app.run_due().await;
        let now = changes(after).await;
        let gone = now["data"].as_array().unwrap().iter().filter(|it| it["gone"] == true).count();
        assert_eq!(gone, 2, "{now}");
    }

    async fn a_lapsed_request_of_someone_known_leaves_what_was_settled(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", ADA, &["events"]).await;
        assert_eq!(app.state("acme", ADA, "events").await, "pending");
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert_eq!(app.state("acme", ADA, "events").await, "unknown");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
    }

    async fn what_waits_when_something_else_is_left_waits_no_longer_than_its_request(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", ADA, &["events"]).await;
        let link = app.newest_link(ADA, "confirm");
        let tenant = app.tenant("acme");
        let contact = app.person("acme", ADA).await.unwrap().0.id;
        let holder = Holder { tenant: tenant.id, contact, level: Level::L0 };
        let newsletter = What::One(tenant.purpose_named("newsletter").unwrap().id);
        unsubscribe::leave(app.app(), &tenant, &holder, newsletter, "link", &TestApp::visit()).await.unwrap().unwrap();
        assert!(!app.visitor().open(&link).await.text().contains("Yes, send me these emails"), "the link is dead");
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert_eq!(app.state("acme", ADA, "events").await, "unknown");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
        let ends = app.event_kinds("acme").await.into_iter().filter(|it| it == "signup.expired").count();
        assert_eq!(ends, 1, "whoever keeps a copy is told");
        is_proven(&app).await;
    }

    async fn what_only_a_replaced_request_asked_for_waits_no_longer_than_it(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(DAY);
        app.sign_up("newsletter", ADA, &["events"]).await;
        app.clock.advance(DAY);
        app.sign_up("newsletter", ADA, &["events"]).await;
        app.clock.advance(5 * DAY + MINUTE);
        app.run_due().await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "unknown");
        assert_eq!(app.state("acme", ADA, "events").await, "pending");
        let link = app.newest_link(ADA, "confirm");
        app.visitor().open(&link).await.press("Yes, send me these emails").await;
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert_eq!(app.state("acme", ADA, "events").await, "confirmed");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "unknown");
        is_proven(&app).await;
    }

    async fn a_break_ends_by_itself_and_the_outside_is_told(app: TestApp) {
        use ayeaye::app::{gate, preferences::{self, Break}};
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let tenant = app.tenant("acme");
        let holder = Holder { tenant: tenant.id, contact: contact.id, level: Level::L0 };
        preferences::pause(app.app(), &tenant, &holder, Some(Break::TwoWeeks), &TestApp::visit()).await.unwrap();
        let ask = async || {
            let purpose = tenant.purpose_named("newsletter").unwrap();
            let check = gate::check(app.app(), &tenant, purpose, &[gate::Recipient::Contact(contact.id)]).await.unwrap();
            check.decisions[0]
        };
        assert_eq!(ask().await, gate::Decision::Deny(ayeaye::domain::consent::Denial::Paused, Some(app.clock.now().plus(14 * DAY))));
        app.clock.advance(14 * DAY);
        assert!(matches!(ask().await, gate::Decision::Allow(id, _) if id == contact.id));
        let kinds = app.event_kinds("acme").await;
        assert_eq!(kinds[kinds.len() - 2..], ["pause.started", "pause.ended"]);
    }
}
