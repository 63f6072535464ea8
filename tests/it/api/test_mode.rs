//! What is for tests and what is live are never taken for each other.

use ayeaye::{
    app::{
        apply::{self, ApplyError},
        gate::proof,
    },
    cli::apply_file,
};
use serde_json::{Value, json};

use super::client::{Client, text};
use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";

/// The same with acme for tests.
fn with_tests() -> String {
    SETUP.replacen("locale = \"en\"", "locale = \"en\"\ntest = true", 1)
}

/// Why this cannot be applied.
async fn refused(app: &TestApp, toml: &str, dry_run: bool) -> String {
    let setup = apply_file::parse(toml, true).expect("the file is right");
    match apply::apply(app.app(), &setup, dry_run).await {
        Err(error @ ApplyError::Mode { .. }) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

/// What the proof of an answer says of tests, and the answer itself.
fn said(answer: &Value) -> [bool; 2] {
    let signed = &answer["proof"];
    let key = text(signed, "key").parse().unwrap();
    let (statement, _) = proof::open(&text(signed, "statement"), &[key]).unwrap();
    [statement.test, answer["test"].as_bool().expect("it says so")]
}

both! {
    async fn a_tenant_that_somebody_relies_on_stays_what_it_is(app: TestApp) {
        app.apply(&with_tests()).await;
        app.apply(SETUP).await;
        assert!(!app.tenant("acme").test, "nobody relied on it");
        app.api_key("acme").await;
        let why = refused(&app, &with_tests(), true).await;
        assert!(why.contains("\"acme\" is live") && why.contains("API keys") && why.contains("another slug"), "{why}");
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let why = refused(&app, &with_tests(), false).await;
        assert!(why.contains("has contacts"), "{why}");
        app.app().reload().await.unwrap();
        assert!(!app.tenant("acme").test);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
    }

    async fn a_tenant_for_tests_never_goes_live(app: TestApp) {
        app.apply(&with_tests()).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let record = app.evidence(&contact).await.remove(0).record.unwrap();
        let record: Value = serde_json::from_str(&record).unwrap();
        assert_eq!(record["controller"]["name"], "[TEST] Acme", "its receipts and proofs say so to whoever reads them");
        assert_eq!(record["controller"]["legal"], "[TEST] Acme SAS, 1 rue de la Paix, 75002 Paris");
        let why = refused(&app, SETUP, false).await;
        assert!(why.contains("\"acme\" is for tests") && why.contains("to go live"), "{why}");
    }

    async fn keys_events_answers_and_proofs_say_which_it_is(app: TestApp) {
        app.apply(&with_tests()).await;
        for (tenant, purpose, is_test) in [("acme", "newsletter", true), ("beta", "lettre", false)] {
            let key = app.api_key(tenant).await;
            let client = Client::new(&app, tenant).await;
            let made = client.post("/v1/api_keys", &json!({ "scopes": ["checks"] })).await.ok(201);
            for key in [&key, &text(&made, "key")] {
                assert_eq!((key.starts_with("aye_"), key.starts_with("aye_test_")), (true, is_test));
                assert_eq!(key.len(), if is_test { 52 } else { 47 });
            }
            let email = format!("{tenant}@example.org");
            client.post("/v1/signups", &json!({ "email": email, "purposes": [purpose] })).await.ok(201);
            app.run_due().await;
            let events = client.get("/v1/events").await.ok(200);
            let events = events["data"].as_array().unwrap();
            assert!(!events.is_empty() && events.iter().all(|it| it["test"] == is_test), "{events:?}");

            let question = json!({ "purpose": purpose, "recipients": [{ "email": email }], "include": ["proof"] });
            assert_eq!(said(&client.post("/v1/checks", &question).await.ok(200)), [is_test; 2]);
            let path = format!("{}/v1/checks.ndjson?purpose={purpose}&include=proof", app.base());
            let lines = http().post(path).bearer_auth(&key).header("content-type", "application/x-ndjson");
            let answer = lines.body(json!({ "email": email }).to_string()).send().await.unwrap().text().await.unwrap();
            assert_eq!(said(&serde_json::from_str(answer.lines().last().unwrap()).unwrap()), [is_test; 2]);
        }
    }
}
