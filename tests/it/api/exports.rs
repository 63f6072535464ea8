//! Data taken out in bulk, on both databases: whole, counted and hashed, recorded, and only what there is.

use std::collections::BTreeSet;

use ayeaye::domain::time::DAY;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::support::{
    app::{TestApp, http},
    database::both,
};

const KINDS: [&str; 6] = ["contacts", "consents", "evidence", "events", "suppressions", "requests"];

/// The record of a new export.
async fn ask(app: &TestApp, key: &str, of: &str) -> Value {
    // Ids of one millisecond have no order.
    app.clock.advance(1);
    let request = http().post(format!("{}/v1/exports", app.base())).bearer_auth(key);
    let request = request.header("content-type", "application/json").body(json!({ "of": of }).to_string());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let record: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(location, format!("/v1/exports/{}", record["id"].as_str().unwrap()));
    record
}

async fn download(app: &TestApp, key: &str, export: &Value) -> (u16, String) {
    let path = format!("/v1/exports/{}.ndjson", export["id"].as_str().unwrap());
    let answer = http().get(format!("{}{path}", app.base())).bearer_auth(key).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The lines of an export, whose last one is held to be right about them.
async fn lines(app: &TestApp, key: &str, of: &str) -> Vec<Value> {
    let export = ask(app, key, of).await;
    let (status, text) = download(app, key, &export).await;
    assert_eq!(status, 200, "{text}");
    let (body, end) =
        text.trim_end().rsplit_once('\n').map_or(("", text.trim_end()), |(body, end)| (body, end));
    let body = if body.is_empty() { String::new() } else { format!("{body}\n") };
    let end: Value = serde_json::from_str(end).unwrap();
    let expected = json!({
        "object": "export_end", "export": export["id"], "count": body.lines().count(),
        "sha256": hex::encode(Sha256::digest(&body)),
    });
    assert_eq!(end, expected);
    body.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// Makes so many contacts past the pages, as an import would.
async fn crowd(app: &TestApp, many: usize) {
    let tenant = app.tenant("acme").id;
    for chunk in (0..many).collect::<Vec<_>>().chunks(500) {
        let values: Vec<String> = chunk
            .iter()
            .map(|it| {
                format!("('{tenant}', 'con_{it:026}', 'p{it}@example.org', 'p{it}@example.org', 'en', 1, 1)")
            })
            .collect();
        app.database
            .run(&format!(
                "INSERT INTO contact (tenant_id, id, email, lookup_key, locale, created_at, touched_at) VALUES {}",
                values.join(", ")
            ))
            .await;
    }
}

both! {
    async fn each_kind_is_handed_out_whole_and_recorded(app: TestApp) {
        let (ours, theirs) = (app.api_key("acme").await, app.api_key("beta").await);
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        app.subscribe("newsletter", "bob@example.org", &["newsletter", "events"]).await;
        app.sign_up("newsletter", "eve@example.org", &["events"]).await;
        let counts = [3, 4, 5, 5, 0, 3];
        for (kind, least) in KINDS.into_iter().zip(counts) {
            let found = lines(&app, &ours, kind).await;
            assert!(found.len() >= least, "{kind}: {found:?}");
            assert_eq!(lines(&app, &theirs, kind).await.len(), 0, "{kind}: nothing of another tenant's");
        }
        let contacts = lines(&app, &ours, "contacts").await;
        let emails: BTreeSet<&str> = contacts.iter().filter_map(|it| it["email"].as_str()).collect();
        assert_eq!(emails, ["ada@example.org", "bob@example.org", "eve@example.org"].into());
        let consents = lines(&app, &ours, "consents").await;
        let confirmed = consents.iter().filter(|it| it["state"] == "confirmed");
        assert_eq!(confirmed.count(), 3, "{consents:?}");
        assert!(consents.iter().all(|it| ["newsletter", "events"].contains(&it["purpose"].as_str().unwrap())));
        let evidence = lines(&app, &ours, "evidence").await;
        let whole = evidence.iter().all(|it| it["record"].is_object() && it["log_entry"].as_str().unwrap().contains("\"c\""));
        assert!(whole, "{evidence:?}");
        assert!(!evidence.iter().any(|it| it.to_string().contains("salt")), "the salts stay here");
        let list = http().get(format!("{}/v1/exports?limit=500", app.base())).bearer_auth(&ours).send().await.unwrap();
        let list: Value = serde_json::from_str(&list.text().await.unwrap()).unwrap();
        let recorded = list["data"].as_array().unwrap();
        assert_eq!(recorded.len(), 9, "each asking is a record");
        let asked: Vec<&str> = recorded.iter().map(|it| it["of"].as_str().unwrap()).collect();
        assert_eq!(asked[..3], ["evidence", "consents", "contacts"], "the newest first");
        assert!(recorded.iter().all(|it| it["api_key"] == recorded[0]["api_key"]));
    }

    async fn more_than_a_page_comes_in_order_and_each_once(app: TestApp) {
        let key = app.api_key("acme").await;
        for many in [499, 1] {
            let before = app.database.rows("contact").await.len();
            if before == 0 {
                crowd(&app, many).await;
            } else {
                app.database.run("DELETE FROM contact").await;
                crowd(&app, before + many).await;
            }
            assert_eq!(lines(&app, &key, "contacts").await.len(), before + many);
        }
        app.database.run("DELETE FROM contact").await;
        crowd(&app, 1_203).await;
        let found = lines(&app, &key, "contacts").await;
        let ids: Vec<String> = found.iter().map(|it| it["id"].to_string()).collect();
        assert_eq!(ids.len(), 1_203);
        assert!(ids.is_sorted());
    }

    async fn an_export_is_readable_for_a_day_and_its_record_stays(app: TestApp) {
        let key = app.api_key("acme").await;
        let export = ask(&app, &key, "contacts").await;
        app.clock.advance(DAY);
        assert_eq!(download(&app, &key, &export).await.0, 200);
        app.clock.advance(1);
        assert_eq!(download(&app, &key, &export).await.0, 410);
        let record = format!("{}/v1/exports/{}", app.base(), export["id"].as_str().unwrap());
        let record = http().get(record).bearer_auth(&key).send().await.unwrap();
        assert_eq!(serde_json::from_str::<Value>(&record.text().await.unwrap()).unwrap(), export);
    }

    async fn who_is_erased_is_in_no_export_and_reading_changes_nothing(app: TestApp) {
        let key = app.api_key("acme").await;
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let contact = app.person("acme", "ada@example.org").await.unwrap().0.id;
        let early = ask(&app, &key, "contacts").await;
        let erase = http().post(format!("{}/v1/contacts:erase", app.base())).bearer_auth(&key);
        let erase = erase.header("content-type", "application/json");
        let erase = erase.body(json!({ "contact": contact.to_string() }).to_string()).send().await.unwrap();
        assert_eq!(erase.status(), 200);
        let before = app.dump().await;
        assert!(!download(&app, &key, &early).await.1.contains(&contact.to_string()), "asked for earlier, read later");
        assert_eq!(app.dump().await, before);
        for kind in KINDS {
            let found = lines(&app, &key, kind).await;
            assert!(!found.iter().any(|it| it.to_string().contains("ada@example.org")), "{kind}: {found:?}");
        }
        let evidence = lines(&app, &key, "evidence").await;
        assert!(evidence.iter().any(|it| it["contact"] == contact.to_string() && it["record"].is_null()));
    }
}
