//! What ends with time.

use ayeaye::{
    app::{
        links::{Holder, Level},
        unsubscribe::{self, What},
    },
    domain::time::{DAY, MINUTE},
};

use crate::support::{app::TestApp, database::both};

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
