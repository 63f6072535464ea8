//! Whole stories, as people live them, on both databases.

use serde_json::json;

use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";

both! {
    async fn a_person_signs_up_confirms_chooses_and_leaves_and_each_step_is_proven(app: TestApp) {
        let sent = app.sign_up("newsletter", ADA, &["newsletter", "events"]).await;
        sent.assert_h1("Check your email");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        let mail = app.newest_mail(ADA);
        assert_eq!(mail.subject, "Confirm your subscription to Acme");
        assert!(mail.text.contains("Our monthly news by email."), "{}", mail.text);

        let confirm = app.visitor().open(&app.newest_link(ADA, "confirm")).await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending", "opening the link changes nothing");
        let mut confirm = confirm;
        confirm.untick("p", "events");
        let done = confirm.press("Yes, send me these emails").await;
        done.assert_says("R-");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        assert_eq!(app.state("acme", ADA, "events").await, "refused");

        let key = app.api_key("acme").await;
        let body = json!({ "purpose": "newsletter", "recipients": [{ "email": ADA, "ref": "1" }], "include": ["links"] });
        let (status, answer) = app.post_json("/v1/checks", &key, &body).await;
        assert_eq!((status, &answer["results"][0]["decision"]), (200, &json!("allow")), "{answer}");
        let unsubscribe = answer["results"][0]["links"]["unsubscribe"].as_str().unwrap().to_owned();
        let one_click = http().post(&unsubscribe).body("List-Unsubscribe=One-Click");
        let one_click = one_click.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        assert_eq!(one_click.status(), 200);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
        let (_, answer) = app.post_json("/v1/checks", &key, &body).await;
        assert_eq!(answer["results"][0]["reason"], "withdrawn");

        let kinds = app.event_kinds("acme").await;
        assert_eq!(
            kinds,
            ["signup.requested", "signup.mail_sent", "consent.confirmed", "consent.refused", "consent.withdrawn"]
        );
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let evidence = app.evidence(&contact).await;
        let records: Vec<serde_json::Value> =
            evidence.iter().map(|it| serde_json::from_str(it.record.as_ref().unwrap()).unwrap()).collect();
        let types: Vec<&str> = records.iter().map(|it| it["type"].as_str().unwrap()).collect();
        assert_eq!(types, ["signup.requested", "signup.mail_sent", "consent.confirmed", "consent.withdrawn"]);
        assert_eq!(records[0]["email"], ADA);
        assert!(records[0]["shown"].as_str().unwrap().contains("Our monthly news by email."));
        assert_eq!(records[0]["purposes"][0]["wording"]["version"], 1);
        assert!(records[1]["mail"]["message_id"].as_str().unwrap().ends_with("@acme.example>"));
        assert!(records[1]["mail"]["answer"].as_str().unwrap().starts_with("250"));
        assert_eq!(records[2]["request"], records[0]["request"]);
        assert_eq!(records[2]["method"], "link");
        assert_eq!(records[3]["method"], "one_click");
    }
}
