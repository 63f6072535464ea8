//! The same thing twice, at once, out of order.

use ayeaye::domain::time::{DAY, MINUTE};

use crate::support::{
    app::{TestApp, http},
    database::both,
    page::Page,
};

const ADA: &str = "ada@example.org";
const YES: &str = "Yes, send me these emails";

async fn confirm(app: &TestApp, link: &str) -> Page {
    app.visitor().open(link).await.press(YES).await
}

fn count(kinds: &[String], kind: &str) -> usize {
    kinds.iter().filter(|it| *it == kind).count()
}

both! {
    async fn fifty_clicks_at_once_confirm_once(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let link = app.newest_link(ADA, "confirm");
        let mut clicks = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let request = http().post(&link).header("content-type", "application/x-www-form-urlencoded");
            clicks.spawn(async move { request.body("do=confirm&p=newsletter").send().await.unwrap() });
        }
        while let Some(answer) = clicks.join_next().await {
            assert_eq!(answer.unwrap().status(), 200);
        }
        assert_eq!(count(&app.event_kinds("acme").await, "consent.confirmed"), 1);
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let evidence = app.evidence(&contact).await;
        assert_eq!(evidence.iter().filter(|it| it.kind == "consent.confirmed").count(), 1);
    }

    async fn a_second_click_keeps_the_first_receipt(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let link = app.newest_link(ADA, "confirm");
        let first = confirm(&app, &link).await;
        let text = first.text();
        let receipt = text.get(text.find("R-").unwrap()..).unwrap().chars().take(11).collect::<String>();
        app.clock.advance(DAY);
        let again = app.visitor().open(&link).await;
        again.assert_says(&receipt);
        assert_eq!(again.status(), 200);
    }

    async fn confirming_and_leaving_at_once_end_in_what_the_evidence_says(app: TestApp) {
        for round in 0..10 {
            let email = format!("ada{round}@example.org");
            app.subscribe("newsletter", &email, &["newsletter"]).await;
            app.sign_up("newsletter", &email, &["events"]).await;
            let confirm = app.newest_link(&email, "confirm");
            let (contact, _) = app.person("acme", &email).await.unwrap();
            let leave = ayeaye::app::links::preferences_url(app.app(), contact.tenant, contact.id);
            let post = |url: &str, body: &'static str| {
                let request = http().post(url).header("content-type", "application/x-www-form-urlencoded");
                async move { request.body(body).send().await.unwrap().status() }
            };
            let both = tokio::join!(post(&confirm, "do=confirm&p=events"), post(&leave, "do=stop"));
            assert_eq!(both.1, 200);
            let evidence = app.evidence(&contact).await;
            let last = &evidence.last().unwrap().kind;
            let state = app.state("acme", &email, "events").await;
            // Whoever came second had the last word; a link never grants after a leaving.
            let expected = if last == "consent.withdrawn" { ["withdrawn", "refused"] } else { ["confirmed", "confirmed"] };
            assert!(expected.contains(&state), "{last} but {state}");
            assert_eq!(app.state("acme", &email, "newsletter").await, "withdrawn");
        }
    }

    async fn a_link_mailed_before_a_leaving_grants_nothing_after_it(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", ADA, &["events"]).await;
        let link = app.newest_link(ADA, "confirm");
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let preferences = ayeaye::app::links::preferences_url(app.app(), contact.tenant, contact.id);
        app.visitor().open(&preferences).await.press("Unsubscribe from everything").await;
        let page = app.visitor().open(&link).await;
        assert_eq!(page.status(), 410);
        let forced = http().post(&link).header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(forced.body("do=confirm&p=events").send().await.unwrap().status(), 410);
        assert_ne!(app.state("acme", ADA, "events").await, "confirmed");
    }

    async fn a_newer_request_replaces_the_older_link(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let older = app.newest_link(ADA, "confirm");
        app.clock.advance(11 * MINUTE);
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let newer = app.newest_link(ADA, "confirm");
        assert_ne!(older, newer);
        assert_eq!(app.visitor().open(&older).await.status(), 410);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        confirm(&app, &newer).await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
    }

    async fn twenty_signups_of_one_address_at_once_are_one_person_and_one_mail(app: TestApp) {
        let url = format!("{}/f/newsletter", app.base());
        let mut posts = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let request = http().post(&url).header("content-type", "application/x-www-form-urlencoded");
            posts.spawn(async move { request.body("email=ada%40example.org&p=newsletter").send().await.unwrap() });
        }
        while let Some(answer) = posts.join_next().await {
            assert_eq!(answer.unwrap().status(), 303);
        }
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), 1);
        assert_eq!(count(&app.event_kinds("acme").await, "signup.requested"), 1);
    }

    async fn one_address_gets_three_mails_a_day_however_many_forms_and_spellings_ask(app: TestApp) {
        let spellings = ["ada@example.org", "ADA@example.org", "ada+1@example.org", "ada+2@example.org"];
        for round in 0..40 {
            let form = ["newsletter", "events", "lettre"][round % 3];
            let body = format!(
                "email={}&p=newsletter&p=events&p=lettre",
                spellings[round % 4].replace('@', "%40").replace('+', "%2B")
            );
            let body = match form {
                "newsletter" => body.replace("&p=lettre", ""),
                "events" => body.replace("&p=newsletter", "").replace("&p=lettre", ""),
                _ => body.replace("&p=newsletter&p=events", ""),
            };
            let request = http().post(format!("{}/f/{form}", app.base()));
            let answer = request.header("content-type", "application/x-www-form-urlencoded").body(body).send().await;
            assert_eq!(answer.unwrap().status(), 303);
            app.clock.advance(20 * MINUTE);
            app.run_due().await;
        }
        let mails: usize = ["ada@example.org", "ADA@example.org", "ada+1@example.org", "ada+2@example.org"]
            .into_iter()
            .map(|it| app.mails(it).len())
            .sum();
        // 40 rounds of 20 minutes are a little more than half a day.
        assert_eq!(mails, 3);
    }
}
