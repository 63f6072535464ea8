//! What ends with time.

use ayeaye::domain::time::{DAY, MINUTE};

use crate::support::{app::TestApp, database::both};

const ADA: &str = "ada@example.org";

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

    async fn a_break_ends_by_itself_and_the_outside_is_told(app: TestApp) {
        use ayeaye::app::{gate, preferences::{self, Break}, links::{Holder, Level}};
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
