//! One act for one `Idempotency-Key`, on both databases, at once and after a kill.

use ayeaye::{
    crypto::mac::sha256_hex,
    domain::{id::ContactId, time::DAY},
};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{
    app::{TestApp, http},
    database::{Db, Start as _, both},
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
        let emptied = rows.iter().filter(|it| it.contains("\"answer\":\"\"") && it.contains("\"body\":\"\""));
        assert_eq!(emptied.count(), 1, "{rows:?}");
        assert_eq!(change(&base, &api_key, contact, KEY, "fr").send().await.unwrap().status(), 409);
        app.clock.advance(DAY + 1);
        ayeaye::app::lapse::leftovers(app.app()).await.unwrap();
        assert_eq!(app.database.rows("idempotency").await, [""; 0]);
    }

    async fn a_retry_is_answered_the_same_whatever_was_set_up_since(app: TestApp) {
        let (contact, api_key, base) = (ada(&app).await, app.api_key("acme").await, app.base());
        let send = async |method: Method, path: &str, key: &str, body: Value| {
            let request = http().request(method, format!("{base}{path}")).bearer_auth(&api_key);
            let request = request.header("idempotency-key", key).header("if-match", "*");
            let request = request.header("content-type", "application/json").body(body.to_string());
            text(request.send().await.unwrap()).await
        };
        let preferences = format!("/v1/contacts/{contact}/preferences");
        let asked = [
            (Method::POST, "/v1/signups", json!({ "email": "bob@example.org", "purposes": ["newsletter"] })),
            (Method::POST, "/v1/contacts", json!({ "email": "cy@example.org", "form": "newsletter", "purposes": ["newsletter"] })),
            (Method::PATCH, preferences.as_str(), json!({ "join": ["events"] })),
        ];
        let mut first = Vec::new();
        for (method, path, body) in &asked {
            first.push(send(method.clone(), path, KEY, body.clone()).await);
        }
        assert_eq!(first.iter().map(|it| it.0).collect::<Vec<_>>(), [201, 201, 200], "{first:?}");
        for purpose in ["newsletter", "events"] {
            assert_eq!(app.post_json(&format!("/v1/purposes/{purpose}:retire"), &api_key, &json!({})).await.0, 200);
        }
        for ((method, path, body), first) in asked.iter().zip(&first) {
            assert_eq!(send(method.clone(), path, KEY, body.clone()).await, *first, "{path}");
            assert_eq!(send(method.clone(), path, "\"new\"", body.clone()).await.0, 422, "{path}");
        }
        let bob = json!({ "email": "bob@example.org" });
        assert_eq!(app.post_json("/v1/contacts:erase", &api_key, &bob).await.0, 200);
        let (status, said) = send(Method::POST, "/v1/signups", KEY, asked[0].2.clone()).await;
        assert!(status == 409 && said.contains("was erased since"), "{status} {said}");
    }

    async fn no_guess_of_an_erased_address_is_confirmed(app: TestApp) {
        let (_, api_key, base) = (ada(&app).await, app.api_key("acme").await, app.base());
        let key = format!("erase {ADA}");
        let bodies = [
            ("/v1/suppressions", json!({ "reason": "objected", "recipients": [{ "email": ADA }] }).to_string()),
            ("/v1/contacts:erase", json!({ "email": ADA }).to_string()),
        ];
        for (path, body) in &bodies {
            let request = http().post(format!("{base}{path}")).bearer_auth(&api_key).header("idempotency-key", &key);
            let request = request.header("content-type", "application/json").body(body.clone());
            assert_eq!(text(request.send().await.unwrap()).await.0, 200);
        }
        let rows = app.database.rows("idempotency").await;
        assert_eq!(rows.len(), 2, "{rows:?}");
        let keys = app.database.rows("api_key").await.concat();
        let by = keys.split('"').find(|it| it.starts_with("key_")).unwrap();
        for (path, body) in &bodies {
            let acts = [body.clone(), format!("{by}\nPOST\n{path}\n{key}")];
            let guessed = acts.map(|it| sha256_hex(it.as_bytes()));
            assert!(rows.iter().all(|it| !guessed.iter().any(|guess| it.contains(guess))), "{rows:?}");
        }
    }

    async fn what_is_done_is_answered_even_if_it_cannot_be_read_back_at_once(app: TestApp) {
        let api_key = app.api_key("acme").await;
        app.database.run("ALTER TABLE link_master RENAME TO link_master_away").await;
        let endpoint = json!({ "url": "https://hooks.example.net/ayeaye", "events": ["*"] });
        let (status, made) = app.post_json("/v1/webhook_endpoints", &api_key, &endpoint).await;
        assert!(status == 201 && made["secret"].as_str().unwrap().starts_with("whsec_"), "{status} {made}");
        assert!(app.app().refresh().await.is_err(), "what is set up cannot be read");
        app.database.run("ALTER TABLE link_master_away RENAME TO link_master").await;
        app.app().refresh().await.unwrap();
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

/// PostgreSQL keeps no such file.
#[tokio::test]
async fn a_retried_erasure_cuts_the_log_of_a_file_again() {
    let app = TestApp::start(Db::Sqlite).await;
    ada(&app).await;
    let api_key = app.api_key("acme").await;
    let wal = format!("{}-wal", app.database.url().strip_prefix("sqlite:").unwrap());
    let still_holds_her =
        || std::fs::read(&wal).unwrap().windows(ADA.len()).any(|it| it.eq_ignore_ascii_case(ADA.as_bytes()));
    let erase = async || {
        let request = http().post(format!("{}/v1/contacts:erase", app.base())).bearer_auth(&api_key);
        let request = request.header("idempotency-key", KEY).header("content-type", "application/json");
        let answer = request.body(json!({ "email": ADA }).to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.headers().contains_key("idempotency-replayed")
    };
    // Whoever reads keeps the log from being cut.
    let mut reading = app.app().store.read().await.unwrap();
    ayeaye::store::catalog::version(&mut reading).await.unwrap();
    assert!(!erase().await && still_holds_her(), "the first came to no end");
    drop(reading);
    assert!(erase().await && !still_holds_her());
}
