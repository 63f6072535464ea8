//! One act for one `Idempotency-Key`, on both databases, at once and after a kill.

use ayeaye::domain::{id::ContactId, time::DAY};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";
const KEY: &str = "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"";

async fn ada(app: &TestApp) -> ContactId {
    app.subscribe("newsletter", ADA, &["newsletter"]).await;
    app.person("acme", ADA).await.unwrap().0.id
}

/// A change of Ada's language.
fn change(base: &str, api_key: &str, contact: ContactId, key: &str, locale: &str) -> RequestBuilder {
    let request = http().patch(format!("{base}/v1/contacts/{contact}")).bearer_auth(api_key);
    let request = request.header("if-match", "*").header("idempotency-key", key);
    request.header("content-type", "application/json").body(json!({ "locale": locale }).to_string())
}

async fn text(answer: Response) -> (u16, String) {
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn changes(app: &TestApp) -> usize {
    app.event_kinds("acme").await.iter().filter(|it| *it == "preference.changed").count()
}

both! {
    async fn fifty_equal_requests_at_two_instances_are_one_act_with_one_answer(app: TestApp) {
        let (contact, api_key, beside) = (ada(&app).await, app.api_key("acme").await, app.beside().await);
        let bases = [app.base(), format!("http://{}", beside.addr)];
        let mut asked = JoinSet::new();
        for number in 0..50 {
            let request = change(&bases[number % 2], &api_key, contact, KEY, "fr");
            asked.spawn(async move { text(request.send().await.unwrap()).await });
        }
        let answers = asked.join_all().await;
        assert!(answers.iter().all(|it| it.0 == 200 && *it == answers[0]), "{answers:?}");
        assert_eq!(changes(&app).await, 1);
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let evidence = app.evidence(&person).await;
        assert_eq!(evidence.iter().filter(|it| it.kind == "preference.changed").count(), 1);
        beside.stop().await;
    }

    async fn a_key_is_good_for_one_body_and_a_day(app: TestApp) {
        let (contact, api_key, base) = (ada(&app).await, app.api_key("acme").await, app.base());
        let send = async |key: &str, locale: &str| {
            change(&base, &api_key, contact, key, locale).send().await.unwrap()
        };
        let first = send(KEY, "fr").await;
        assert_eq!(first.headers().get("idempotency-replayed"), None);
        let first = text(first).await;
        assert_eq!(send(KEY, "en").await.status(), 422, "another body");
        let again = send("8e03978e-40d5-43e8-bc93-6894a57f9324", "fr").await;
        assert_eq!(again.headers()["idempotency-replayed"], "true");
        assert_eq!(text(again).await, first, "with and without quotes is the same key");
        assert_eq!(text(send("\"another\"", "en").await).await.0, 200);
        assert_eq!(text(send(KEY, "fr").await).await, first, "what has changed since does not change the answer");
        assert_eq!(changes(&app).await, 2);
        app.clock.advance(DAY + 1);
        assert_eq!(text(send(KEY, "fr").await).await.0, 200);
        assert_eq!(changes(&app).await, 3, "a day later it is a new act");
    }

    async fn another_api_key_or_contact_is_another_act(app: TestApp) {
        let (contact, api_key) = (ada(&app).await, app.api_key("acme").await);
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        let bob = app.person("acme", "bob@example.org").await.unwrap().0.id;
        for (api_key, contact) in [(&api_key, contact), (&api_key, bob), (&app.api_key("acme").await, contact)] {
            let answer = change(&app.base(), api_key, contact, KEY, "fr").send().await.unwrap();
            assert_eq!((answer.status().as_u16(), answer.headers().get("idempotency-replayed")), (200, None));
        }
    }

    async fn what_was_refused_is_not_kept_and_a_key_that_is_none_is_refused(app: TestApp) {
        let (contact, api_key, base) = (ada(&app).await, app.api_key("acme").await, app.base());
        let stale = change(&base, &api_key, contact, KEY, "fr");
        let stale = http().execute({
            let mut request = stale.build().unwrap();
            request.headers_mut().insert("if-match", "\"old\"".parse().unwrap());
            request
        });
        assert_eq!(stale.await.unwrap().status(), 412);
        assert_eq!(app.database.rows("idempotency").await, [""; 0]);
        assert_eq!(text(change(&base, &api_key, contact, KEY, "fr").send().await.unwrap()).await.0, 200);
        let long = format!("\"{}\"", "k".repeat(256));
        for key in ["\"\"", "\"open", "\"a\"b", "\"a\\b\"", "", long.as_str()] {
            let answer = change(&base, &api_key, contact, key, "en").send().await.unwrap();
            assert_eq!(answer.status(), 400, "{key}");
        }
        assert_eq!(changes(&app).await, 1);
    }

    async fn what_is_kept_is_sealed_and_goes_with_its_time_or_its_person(app: TestApp) {
        let (contact, api_key, base) = (ada(&app).await, app.api_key("acme").await, app.base());
        let first = text(change(&base, &api_key, contact, KEY, "fr").send().await.unwrap()).await;
        let rows = app.database.rows("idempotency").await;
        assert_eq!(rows.len(), 1);
        assert!(first.1.contains(ADA) && !rows[0].contains(ADA), "{rows:?}");
        let erase = http().post(format!("{base}/v1/contacts:erase")).bearer_auth(&api_key);
        let erase = erase.header("idempotency-key", "\"erase\"").header("content-type", "application/json");
        let erase = erase.body(json!({ "contact": contact.to_string() }).to_string());
        let erased = text(erase.try_clone().unwrap().send().await.unwrap()).await;
        assert_eq!(text(erase.send().await.unwrap()).await, erased);
        let rows = app.database.rows("idempotency").await;
        assert_eq!(rows.len(), 2, "the erasure's own answer, and that there was another");
        assert!(rows.iter().any(|it| it.contains("\"answer\":\"\"") && it.contains("\"body\":\"\"")), "{rows:?}");
        assert_eq!(change(&base, &api_key, contact, KEY, "fr").send().await.unwrap().status(), 409);
        app.clock.advance(DAY + 1);
        ayeaye::app::lapse::leftovers(app.app()).await.unwrap();
        assert_eq!(app.database.rows("idempotency").await, [""; 0]);
    }

    async fn a_retry_does_not_bring_back_who_was_erased(app: TestApp) {
        let (api_key, base) = (app.api_key("acme").await, app.base());
        let sign_up = async || {
            let request = http().post(format!("{base}/v1/signups")).bearer_auth(&api_key);
            let request = request.header("idempotency-key", KEY).header("content-type", "application/json");
            let body = json!({ "email": ADA, "purposes": ["newsletter"] }).to_string();
            text(request.body(body).send().await.unwrap()).await
        };
        assert_eq!(sign_up().await.0, 201);
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), 1);
        let erased = app.post_json("/v1/contacts:erase", &api_key, &json!({ "email": ADA })).await;
        assert_eq!(erased.0, 200);
        app.clock.advance(11 * ayeaye::domain::time::MINUTE);
        let (status, said) = sign_up().await;
        assert!(status == 409 && said.contains("was erased since"), "{status} {said}");
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), 1);
        assert!(app.person("acme", ADA).await.is_none());
    }

    async fn a_change_is_made_to_the_state_that_was_seen(app: TestApp) {
        let (contact, api_key) = (ada(&app).await, app.api_key("acme").await);
        let url = format!("{}/v1/contacts/{contact}", app.base());
        let get = async || http().get(&url).bearer_auth(&api_key).send().await.unwrap();
        let patch = async |tag: Option<&str>, body: Value| {
            let request = http().patch(&url).bearer_auth(&api_key).header("content-type", "application/json");
            let request = match tag {
                Some(tag) => request.header("if-match", tag),
                None => request,
            };
            request.body(body.to_string()).send().await.unwrap()
        };
        let tag = |answer: &Response| answer.headers()["etag"].to_str().unwrap().to_owned();
        let seen = tag(&get().await);
        assert_eq!(patch(None, json!({ "locale": "fr" })).await.status(), 428);
        let changed = patch(Some(&seen), json!({ "locale": "fr", "external_id": "crm-1" })).await;
        let new = tag(&changed);
        let shown: Value = serde_json::from_str(&changed.text().await.unwrap()).unwrap();
        assert_eq!((&shown["locale"], &shown["external_id"]), (&json!("fr"), &json!("crm-1")));
        assert_eq!(tag(&get().await), new, "the tag of a change is that of reading it");
        assert_eq!(patch(Some(&seen), json!({ "locale": "en" })).await.status(), 412, "a lost update");
        let known = http().get(&url).bearer_auth(&api_key).header("if-none-match", &new).send().await.unwrap();
        assert_eq!(known.status(), 304);
        assert_eq!(patch(Some(&new), json!({ "external_id": null })).await.status(), 200);
        for (body, place) in [
            (json!({}), ""),
            (json!({ "locale": "xx" }), "/locale"),
            (json!({ "locale": null }), "/locale"),
            (json!({ "external_id": "" }), "/external_id"),
            (json!({ "external_id": "\u{0}" }), "/external_id"),
            (json!({ "external_id": "é".repeat(201) }), "/external_id"),
            (json!({ "consents": [] }), "/consents"),
        ] {
            let answer = patch(Some("*"), body.clone()).await;
            assert_eq!(answer.status(), 422, "{body}");
            let problem: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            assert_eq!(problem["errors"][0]["pointer"], place, "{body}");
        }
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        let bob = app.person("acme", "bob@example.org").await.unwrap().0.id;
        let taken = http().patch(format!("{}/v1/contacts/{bob}", app.base())).bearer_auth(&api_key);
        let taken = taken.header("if-match", "*").header("content-type", "application/json");
        assert_eq!(taken.body(r#"{"external_id":"crm-2"}"#).send().await.unwrap().status(), 200);
        assert_eq!(patch(Some("*"), json!({ "external_id": "crm-2" })).await.status(), 409);
    }
}
