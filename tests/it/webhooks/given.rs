//! Who was given somebody's address by webhooks: what the person, the notice and the export say of it.

use ayeaye::{
    app::{lapse, links},
    domain::time::{DAY, HOUR},
};
use reqwest::Method;
use serde_json::{Value, json};

use super::{ADA, Owner};
use crate::support::{
    app::TestApp,
    database::both,
    receiver::{Answer, Receiver},
};

/// The receivers' host.
const HOST: &str = "127.0.0.1";
const PAST: &str = "127.0.0.1 received your address until";

/// What is told to whom: the text of a person's page, that of the notice, and the recipients of their export.
struct Told {
    page: String,
    html: String,
    notice: String,
    export: Value,
}

async fn told(app: &TestApp, email: &str) -> Told {
    let contact = app.person("acme", email).await.unwrap().0;
    let page = links::preferences_url(app.app(), contact.tenant, contact.id);
    let notice = format!("{}/n/acme?lang=en", app.base());
    let owner = Owner { base: app.base(), key: app.api_key("acme").await };
    let (status, export) =
        owner.send(Method::GET, &format!("/v1/contacts/{}:export", contact.id), None).await;
    assert_eq!(status, 200, "{export}");
    let page = app.visitor().open(&page).await;
    Told {
        page: page.text(),
        html: page.html().to_owned(),
        notice: app.visitor().open(&notice).await.text(),
        export: export["recipients"].clone(),
    }
}

impl Told {
    fn is_given(&self) -> bool {
        assert_eq!(
            self.page.contains(HOST) && !self.page.contains(PAST),
            self.notice.contains(HOST),
            "one rule"
        );
        self.notice.contains(HOST)
    }

    fn was_given(&self) -> bool {
        self.page.contains(PAST)
    }
}

both! {
    async fn who_was_given_an_address_is_named_when_they_get_none_any_more(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        let path = owner.endpoint(&receiver.url(), &["consent.*"], true).await.path;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let at = app.clock.now();
        let took = json!([{ "host": HOST, "events": 1, "first_at": at.rfc3339(), "last_at": at.rfc3339() }]);
        let now = told(&app, ADA).await;
        assert_eq!((now.is_given(), now.was_given(), &now.export), (true, false, &took));

        let version = || app.tenant("acme").notice.as_ref().unwrap().version;
        let before = version();
        for (off, on) in [(Some(json!({ "addresses": false })), Some(json!({ "addresses": true }))), (None, None)] {
            match off {
                Some(change) => owner.patch(&path, change).await,
                None => owner.post(&format!("{path}:disable"), None).await,
            };
            let then = told(&app, ADA).await;
            assert_eq!((then.is_given(), then.was_given(), &then.export), (false, true, &took));
            match on {
                Some(change) => owner.patch(&path, change).await,
                None => owner.post(&format!("{path}:enable"), None).await,
            };
            let again = told(&app, ADA).await;
            assert_eq!((again.is_given(), again.was_given()), (true, false));
        }
        assert_eq!(version(), before + 4);

        // Bob came when it had none: nothing of his went there. Deliveries go in time, what was given stays.
        owner.patch(&path, json!({ "addresses": false })).await;
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        assert_eq!(receiver.requests().len(), 2);
        let bobs = told(&app, "bob@example.org").await;
        assert_eq!((bobs.is_given(), bobs.was_given(), &bobs.export), (false, false, &json!([])));
        app.clock.advance(100 * DAY);
        while lapse::leftovers(app.app()).await.unwrap() > 0 {}
        assert_eq!(app.database.rows("delivery").await.len(), 0);
        let late = told(&app, ADA).await;
        assert_eq!((late.was_given(), &late.export), (true, &took));
        assert!(late.html.contains(&format!("<ul>\n<li>{PAST}")), "a list, as of those who are given it");
    }

    async fn an_endpoint_that_is_switched_off_is_no_recipient_any_more(app: TestApp) {
        let owner = Owner::of(&app).await;
        let receiver = Receiver::start([]).await;
        owner.endpoint(&receiver.url(), &["consent.confirmed"], true).await;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        receiver.otherwise(Answer::status(410));
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        let adas = told(&app, ADA).await;
        assert_eq!((adas.is_given(), adas.was_given()), (false, true));
        let bobs = told(&app, "bob@example.org").await;
        assert_eq!((bobs.was_given(), bobs.export), (false, json!([])), "it did not take his");
    }

    async fn who_never_got_an_address_is_not_in_the_export(app: TestApp) {
        let owner = Owner::of(&app).await;
        let (thin, broken) = (Receiver::start([]).await, Receiver::start([]).await);
        broken.otherwise(Answer::status(500));
        owner.endpoint(&thin.url(), &["*"], false).await;
        owner.endpoint(&broken.url(), &["*"], true).await;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        for _ in 0..12 {
            app.clock.advance(12 * HOUR);
            app.run_due().await;
        }
        assert!(!thin.requests().is_empty() && !broken.requests().is_empty());
        let told = told(&app, ADA).await;
        assert_eq!((told.was_given(), told.export), (false, json!([])));
    }
}
