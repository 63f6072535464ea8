//! What a forwarded newsletter, an old mail and a guessed code can do: never say yes for somebody else.

use ayeaye::{
    app::links,
    domain::time::{DAY, MINUTE},
};

use super::{contact, post, token};
use crate::support::{app::TestApp, database::both, page::Page};

const ADA: &str = "ada@example.org";

async fn footer(app: &TestApp) -> String {
    links::preferences_url(app.app(), app.tenant("acme").id, contact(app, ADA).await)
}

async fn open(app: &TestApp, link: &str) -> Page {
    app.visitor().open(link).await
}

/// Six digits that are not these.
fn another(code: &str) -> String {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    format!("{:06}", (digits.parse::<u32>().unwrap() + 1) % 1_000_000)
}

both! {
    async fn a_forwarded_newsletter_never_creates_consent(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(DAY);
        let mut page = open(&app, &footer(&app).await).await;
        page.tick("p", "events");
        let saved = page.press("Save my choices").await;
        assert_eq!(saved.status(), 200);
        assert!(!saved.text().contains(ADA), "the address is masked");
        assert_eq!(app.state("acme", ADA, "events").await, "pending");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        app.run_due().await;
        let confirm = app.newest_link(ADA, "confirm");
        assert_eq!(app.state("acme", ADA, "events").await, "pending", "the mail alone is no yes");
        // Again, by whatever else the page posts.
        for body in ["do=save&p=events&p=newsletter", "do=save&seen=newsletter&p=newsletter&p=events", "do=resume",
            "do=undo", "do=confirm&p=events", "do=code&code=000000", "do=save&seen=events&p=events&p=newsletter"] {
            post(&app, &format!("/p/{}", token(&footer(&app).await)), body).await;
            assert_eq!(app.state("acme", ADA, "events").await, "pending", "{body}");
        }
        open(&app, &confirm).await.press("Yes, send me these emails").await;
        assert_eq!(app.state("acme", ADA, "events").await, "confirmed");
    }

    async fn what_somebody_left_is_not_brought_back_by_a_footer_link(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let link = footer(&app).await;
        let left = open(&app, &link).await.press("Unsubscribe from everything").await;
        app.clock.advance(15 * MINUTE + 1);
        let late = left.press("Undo").await;
        assert_eq!(late.status(), 409);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
        app.clock.advance(DAY);
        let mut page = open(&app, &link).await;
        page.tick("p", "newsletter");
        page.press("Save my choices").await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        let kinds = app.event_kinds("acme").await;
        assert_eq!(kinds.iter().filter(|it| *it == "consent.confirmed").count(), 1);
    }

    async fn undo_brings_back_what_was_left_last_and_nothing_else(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter", "events"]).await;
        let path = format!("/p/{}", token(&footer(&app).await));
        assert_eq!(post(&app, &path, "do=save&seen=newsletter&seen=events&p=newsletter").await, 200);
        app.clock.advance(10 * MINUTE);
        assert_eq!(post(&app, &path, "do=stop").await, 200);
        app.clock.advance(10 * MINUTE);
        assert_eq!(post(&app, &path, "do=undo").await, 200);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        assert_eq!(app.state("acme", ADA, "events").await, "withdrawn", "left twenty minutes ago");
        assert_eq!(post(&app, &path, "do=undo").await, 409);
        assert_eq!(app.state("acme", ADA, "events").await, "withdrawn");
    }

    async fn undo_never_turns_a_request_into_a_yes(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let path = format!("/p/{}", token(&footer(&app).await));
        assert_eq!(post(&app, &path, "do=stop").await, 200);
        assert_eq!(post(&app, &path, "do=undo").await, 409);
        assert_ne!(app.state("acme", ADA, "newsletter").await, "confirmed");
        let unsubscribe = links::unsubscribe_url(
            app.app(),
            app.tenant("acme").id,
            contact(&app, ADA).await,
            app.tenant("acme").purpose_named("events").unwrap().id,
        );
        let unsubscribe = format!("/u/{}", token(&unsubscribe));
        assert_eq!(post(&app, &unsubscribe, "").await, 200);
        assert_eq!(post(&app, &unsubscribe, "do=undo").await, 409);
        assert_ne!(app.state("acme", ADA, "events").await, "confirmed");
    }

    async fn a_link_mailed_half_an_hour_ago_proves_no_more_than_a_footer_link(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(DAY);
        let mut ask = open(&app, "/ask/acme").await;
        ask.fill("email", ADA);
        ask.press("Send me my link").await;
        app.run_due().await;
        let link = app.newest_link(ADA, "preferences");
        let mut fresh = open(&app, &link).await;
        fresh.assert_says(ADA);
        app.clock.advance(31 * MINUTE);
        let old = open(&app, &link).await;
        assert!(!old.text().contains(ADA), "{}", old.text());
        // The page was opened while the link was fresh; the button is pressed when it is not.
        fresh.tick("p", "events");
        fresh.press("Save my choices").await;
        assert_eq!(app.state("acme", ADA, "events").await, "pending");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
    }

    async fn five_wrong_codes_spend_the_code_and_not_the_link(app: TestApp) {
        let sent = app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let (confirm, code) = (app.newest_link(ADA, "confirm"), app.newest_mail(ADA).codes[0].clone());
        let path = sent.url().path();
        for _ in 0..5 {
            assert_eq!(post(&app, path, format!("code={}", another(&code))).await, 422);
        }
        assert_eq!(post(&app, path, format!("code={code}")).await, 422, "the right one comes too late");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        open(&app, &confirm).await.press("Yes, send me these emails").await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
    }

    async fn guesses_at_once_are_five_guesses(app: TestApp) {
        let sent = app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let code = app.newest_mail(ADA).codes[0].clone();
        let mut guesses = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let request = crate::support::app::http().post(sent.url().clone());
            let body = format!("code={}", another(&code));
            guesses.spawn(async move { request.header("content-type", super::FORM).body(body).send().await.unwrap() });
        }
        while let Some(answer) = guesses.join_next().await {
            assert_eq!(answer.unwrap().status(), 422);
        }
        assert_eq!(post(&app, sent.url().path(), format!("code={code}")).await, 422);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
    }

    async fn five_wrong_codes_on_the_preference_page_need_a_new_code(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(DAY);
        let path = format!("/p/{}", token(&footer(&app).await));
        assert_eq!(post(&app, &path, "do=code").await, 200);
        app.run_due().await;
        let code = app.newest_mail(ADA).codes[0].clone();
        for _ in 0..5 {
            assert_eq!(post(&app, &path, format!("do=code&code={}", another(&code))).await, 422);
        }
        assert_eq!(post(&app, &path, format!("do=code&code={code}")).await, 422);
        app.clock.advance(11 * MINUTE);
        assert_eq!(post(&app, &path, "do=code").await, 200);
        app.run_due().await;
        let code = app.newest_mail(ADA).codes[0].clone();
        assert_eq!(post(&app, &path, format!("do=code&code={code}")).await, 303);
        assert_eq!(post(&app, &path, format!("do=code&code={code}")).await, 422, "it works once");
    }
}
