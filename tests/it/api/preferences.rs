//! What a person told the tenant: they leave at once, and join nothing without their own yes.

use serde_json::{Value, json};

use super::client::{Client, text};
use crate::support::{app::TestApp, database::both};

const ADA: &str = "ada@example.org";

async fn ada(app: &TestApp) -> String {
    app.subscribe("newsletter", ADA, &["newsletter"]).await;
    let id = app.person("acme", ADA).await.unwrap().0.id;
    format!("/v1/contacts/{id}/preferences")
}

/// The state of a purpose in an answer.
fn state(preferences: &Value, purpose: &str) -> String {
    let found = preferences["purposes"].as_array().unwrap().iter().find(|it| it["purpose"] == purpose);
    text(found.unwrap(), "state")
}

async fn gate(client: &Client) -> Value {
    let body = json!({ "purpose": "newsletter", "recipients": [{ "email": ADA }] });
    let answer = client.post("/v1/checks", &body).await.ok(200);
    let result = &answer["results"][0];
    if result["decision"] == "allow" { json!("allow") } else { result["reason"].clone() }
}

both! {
    async fn who_leaves_has_left_at_once_with_evidence_of_who_said_so(app: TestApp) {
        let (client, path) = (Client::new(&app, "acme").await, ada(&app).await);
        let change = json!({ "leave": ["newsletter", "newsletter"], "note": "By phone, ticket 4711." });
        let left = client.patch(&path, &change).await;
        let (tag, left) = (left.tag.clone(), left.ok(200));
        assert_eq!((state(&left, "newsletter"), &left["held"]), ("withdrawn".to_owned(), &json!([])));
        assert_eq!(gate(&client).await, "withdrawn");
        assert_eq!(client.get(&path).await.tag, tag, "the tag of a change is that of reading it");
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let evidence = app.evidence(&person).await;
        let record: Value = serde_json::from_str(evidence.last().unwrap().record.as_ref().unwrap()).unwrap();
        assert_eq!((&record["type"], &record["method"]), (&json!("consent.withdrawn"), &json!("api")));
        assert_eq!(record["told_by"]["note"], "By phone, ticket 4711.");
        let facts = evidence.len();
        client.patch(&path, &change).await.ok(200);
        assert_eq!(app.evidence(&person).await.len(), facts, "leaving twice is leaving once");
        let kinds = app.event_kinds("acme").await;
        assert_eq!(kinds.iter().filter(|it| *it == "consent.withdrawn").count(), 1);
    }

    async fn who_joins_is_asked_and_nothing_else(app: TestApp) {
        let (client, path) = (Client::new(&app, "acme").await, ada(&app).await);
        let mails = app.mails(ADA).len();
        let joined = client.patch(&path, &json!({ "join": ["events", "newsletter"], "locale": "fr" })).await.ok(200);
        assert_eq!((state(&joined, "events"), state(&joined, "newsletter")), ("pending".to_owned(), "confirmed".to_owned()));
        assert_eq!(joined["locale"], "fr");
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), mails + 1);
        app.visitor().open(&app.newest_link(ADA, "confirm")).await.press("Oui, envoyez-moi ces e-mails").await;
        assert_eq!(app.state("acme", ADA, "events").await, "confirmed");
        client.patch(&path, &json!({ "leave": ["events"] })).await.ok(200);
        let held = client.patch(&path, &json!({ "join": ["events"] })).await.ok(200);
        assert_eq!((state(&held, "events"), &held["held"]), ("withdrawn".to_owned(), &json!(["events"])), "too soon");
        app.clock.advance(11 * ayeaye::domain::time::MINUTE);
        let asked = client.patch(&path, &json!({ "join": ["events"], "leave": ["newsletter"] })).await.ok(200);
        assert_eq!((state(&asked, "events"), state(&asked, "newsletter")), ("pending".to_owned(), "withdrawn".to_owned()));
        app.run_due().await;
        let page = app.visitor().open(&app.newest_link(ADA, "confirm")).await;
        page.press("Oui, envoyez-moi ces e-mails").await;
        assert_eq!(app.state("acme", ADA, "events").await, "confirmed", "what was left besides revokes it not");
    }

    async fn a_break_begins_and_ends(app: TestApp) {
        let (client, path) = (Client::new(&app, "acme").await, ada(&app).await);
        let paused = client.patch(&path, &json!({ "pause": "2w", "locale": "fr" })).await.ok(200);
        assert!(paused["paused_until"].is_string());
        let (person, _) = app.person("acme", ADA).await.unwrap();
        assert_eq!((person.locale.tag(), person.paused_until.is_some()), ("fr", true), "both are kept");
        assert_eq!(gate(&client).await, "paused");
        for _ in 0..2 {
            let resumed = client.patch(&path, &json!({ "pause": null })).await.ok(200);
            assert_eq!(resumed["paused_until"], Value::Null);
        }
        assert_eq!(gate(&client).await, "allow");
        let kinds = app.event_kinds("acme").await;
        let count = |kind: &str| kinds.iter().filter(|it| *it == kind).count();
        assert_eq!((count("pause.started"), count("pause.ended")), (1, 1));
    }

    async fn a_change_is_made_to_what_was_seen_and_wrong_ones_change_nothing(app: TestApp) {
        let (client, path) = (Client::new(&app, "acme").await, ada(&app).await);
        let seen = client.get(&path).await.tag.unwrap();
        client.patch_seen(&path, &seen, &json!({ "pause": "1m" })).await.ok(200);
        assert_eq!(client.patch_seen(&path, &seen, &json!({ "pause": null })).await.status, 412, "a lost update");
        let before = app.dump().await;
        for (change, place) in [
            (json!({}), ""),
            (json!({ "note": "x" }), ""),
            (json!({ "leave": [] }), "/leave"),
            (json!({ "leave": ["paper"] }), "/leave/0"),
            (json!({ "leave": ["\u{0}"] }), "/leave/0"),
            (json!({ "leave": [1] }), "/leave/0"),
            (json!({ "join": ["lettre"] }), "/join/0"),
            (json!({ "join": ["events"], "leave": ["events"] }), "/join/0"),
            (json!({ "join": vec!["events"; 101] }), "/join"),
            (json!({ "pause": "1y" }), "/pause"),
            (json!({ "pause": 5 }), "/pause"),
            (json!({ "locale": null, "pause": null }), "/locale"),
            (json!({ "pause": null, "note": "" }), "/note"),
            (json!({ "confirm": ["events"] }), "/confirm"),
            (json!({ "state": "confirmed" }), "/state"),
        ] {
            assert_eq!(client.patch(&path, &change).await.wrong()[0], place, "{change}");
        }
        assert_eq!(app.dump().await, before);
        let leave = json!({ "leave": ["newsletter"] });
        let ten: Vec<_> = (0..10).map(|_| client.patch(&path, &leave)).collect();
        for answer in futures_util::future::join_all(ten).await {
            answer.ok(200);
        }
        let kinds = app.event_kinds("acme").await;
        assert_eq!(kinds.iter().filter(|it| *it == "consent.withdrawn").count(), 1, "at once is once");
    }
}
