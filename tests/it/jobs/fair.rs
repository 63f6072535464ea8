//! What one tenant causes keeps no other waiting.

use std::{fmt::Write as _, time::Duration};

use ayeaye::{
    app::feed::{self, Sequencer},
    crypto::Random,
    domain::id::EventId,
    store::{self, Batch, event::Event},
};
use tokio::time::{Instant, timeout};

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
    receiver::{Answer, Receiver},
};

/// An attempt may take 15 seconds: whoever waits for one of another tenant waits longer than this.
const SOON: Duration = Duration::from_secs(6);

/// Endpoints of acme at one receiver and one of beta at another.
async fn endpoints(app: &TestApp, acme: (&Receiver, usize), beta: &Receiver) {
    let mut ours = String::new();
    for number in 0..acme.1 {
        let _written = write!(
            ours,
            "[[tenant.webhook]]\nurl = \"{}{number}\"\nevents = [\"signup.requested\"]\n",
            acme.0.url()
        );
    }
    let theirs = format!("\n[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"signup.requested\"]\n", beta.url());
    let at = "[[tenant]]\nslug = \"beta\"";
    app.apply(&(SETUP.replace(at, &format!("{ours}\n{at}")) + &theirs)).await;
}

async fn sign_up(app: &TestApp, form: &str, purpose: &str, name: &str) {
    let request = http().post(format!("{}/f/{form}", app.base()));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = format!("email={name}%40example.org&p={purpose}");
    assert_eq!(request.body(body).send().await.unwrap().status(), 303);
}

both! {
    async fn a_tenant_whose_endpoints_hang_delays_no_other(app: TestApp) {
        let hanging = Receiver::start([]).await;
        hanging.otherwise(Answer::Hang);
        let well = Receiver::start([Answer::status(204), Answer::status(500)]).await;
        endpoints(&app, (&hanging, 150), &well).await;
        let working = app.at_work().await;
        sign_up(&app, "newsletter", "newsletter", "ada").await;
        hanging.wait_for(60).await;
        // Nothing is known of it, it has just answered, it has just failed.
        for (count, name) in [(1, "a"), (2, "b"), (3, "c")] {
            sign_up(&app, "lettre", "lettre", name).await;
            timeout(SOON, well.wait_for(count)).await.unwrap_or_else(|_late| panic!("event {name} waits"));
        }
        working.stop().await;
        let before = hanging.requests().len();
        // What was known is forgotten.
        let working = app.at_work().await;
        hanging.wait_for(before + 60).await;
        sign_up(&app, "lettre", "lettre", "d").await;
        timeout(SOON, well.wait_for(4)).await.expect("after a restart, too");
        assert!(hanging.most_at_once() <= 100, "one tenant has no more than its share");
        working.stop().await;
    }

    async fn a_pass_of_the_feed_writes_few_deliveries_however_many_wait(app: TestApp) {
        let (acme, beta) = (Receiver::start([]).await, Receiver::start([]).await);
        endpoints(&app, (&acme, 20), &beta).await;
        let (tenant, random) = (app.tenant("acme").id, Random::system());
        let now = app.clock.now();
        let events: Vec<Event> = (0..300)
            .map(|_| Event {
                tenant,
                id: EventId::new(now, &random),
                kind: "signup.requested".to_owned(),
                at: now,
                contact: None,
                data: "{}".to_owned(),
                sequence: None,
            })
            .collect();
        let mut batch = Batch::default();
        store::event::put(&mut batch, &events);
        let mut tx = app.app().store.begin().await.unwrap();
        tx.batch(batch).await.unwrap();
        tx.commit().await.unwrap();
        let mut sequencer = Sequencer::default();
        let (mut placed, mut written) = (0, 0);
        while placed < 300 {
            let some = sequencer.pass(app.app()).await.unwrap();
            assert!(some > 0, "{placed} are placed");
            placed += some;
            let deliveries = app.database.rows("delivery").await.len();
            assert!(deliveries - written <= 2_000, "{} in one pass", deliveries - written);
            written = deliveries;
        }
        assert_eq!((placed, written), (300, 6_000));
        let places: Vec<_> =
            feed::page(app.app(), tenant, 0, 1_000).await.unwrap().iter().map(|it| it.sequence).collect();
        assert_eq!(places, (1..=300).map(Some).collect::<Vec<_>>());
        sequencer.release(app.app()).await.unwrap();
    }

    async fn a_thousand_suppressions_and_their_deliveries_keep_nobody_waiting(app: TestApp) {
        let acme = Receiver::start([]).await;
        let mut setup = String::new();
        for number in 0..20 {
            let _written =
                write!(setup, "[[tenant.webhook]]\nurl = \"{}{number}\"\nevents = [\"*\"]\n", acme.url());
        }
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{setup}\n{at}"))).await;
        let key = app.api_key("acme").await;
        let recipients: Vec<_> =
            (0..1_000).map(|it| serde_json::json!({ "email": format!("z{it}@example.org") })).collect();
        let body = serde_json::json!({ "reason": "bounced", "recipients": recipients });
        let working = app.at_work().await;
        let begun = Instant::now();
        let (status, answer) = app.post_json("/v1/suppressions", &key, &body).await;
        assert_eq!(status, 200, "{answer}");
        let called = begun.elapsed();
        let mut longest = Duration::ZERO;
        for name in ["a", "b", "c", "d", "e"] {
            let begun = Instant::now();
            sign_up(&app, "lettre", "lettre", name).await;
            longest = longest.max(begun.elapsed());
        }
        assert!(longest < SOON, "the call took {called:?}, a sign-up behind it {longest:?}");
        working.stop().await;
    }
}
