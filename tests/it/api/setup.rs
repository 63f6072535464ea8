//! What is set up by calls, on both databases: at once, twice, by instances that know nothing of each other, and beside a
//! file that says something else.

use ayeaye::web::api::route::Method;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
};

const KEY: &str = "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"";

fn call(base: &str, method: Method, path: &str, key: &str, body: &Value) -> RequestBuilder {
    let url = format!("{base}{path}");
    let request = match method {
        Method::Get => http().get(url),
        Method::Post => http().post(url),
        Method::Patch => http().patch(url).header("if-match", "*"),
    };
    let request = request.bearer_auth(key);
    if method == Method::Get || body.is_null() {
        return request;
    }
    request.header("content-type", "application/json").body(body.to_string())
}

async fn told(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

async fn post(app: &TestApp, path: &str, key: &str, body: Value) -> (u16, Value) {
    told(call(&app.base(), Method::Post, path, key, &body).send().await.unwrap()).await
}

async fn get(app: &TestApp, path: &str, key: &str) -> (u16, Value) {
    told(call(&app.base(), Method::Get, path, key, &Value::Null).send().await.unwrap()).await
}

fn offers() -> Value {
    json!({
        "slug": "offers", "frequency": "weekly", "name": { "en": "Offers" }, "text": { "en": "Our offers." },
    })
}

/// What is published of this kind, as stored.
async fn rows(app: &TestApp, table: &str) -> Vec<String> {
    let mut rows = app.database.rows(table).await;
    rows.sort();
    rows
}

both! {
    async fn a_purpose_made_twenty_times_at_two_instances_is_made_once(app: TestApp) {
        let (key, beside) = (app.api_key("acme").await, app.beside().await);
        let bases = [app.base(), format!("http://{}", beside.addr)];
        let mut asked = JoinSet::new();
        for number in 0..20 {
            let request = call(&bases[number % 2], Method::Post, "/v1/purposes", &key, &offers());
            asked.spawn(async move { told(request.send().await.unwrap()).await.0 });
        }
        let mut statuses = asked.join_all().await;
        statuses.sort_unstable();
        assert_eq!((statuses[0], &statuses[1..]), (201, &[409; 19][..]));
        let purposes = rows(&app, "purpose").await;
        assert_eq!(purposes.iter().filter(|it| it.contains("offers")).count(), 1);
        for base in &bases {
            let read = call(base, Method::Get, "/v1/purposes/offers", &key, &Value::Null);
            assert_eq!(told(read.send().await.unwrap()).await.0, 200, "each instance knows it");
        }
        beside.stop().await;
    }

    async fn words_published_at_once_are_versions_one_after_the_other(app: TestApp) {
        let (key, beside) = (app.api_key("acme").await, app.beside().await);
        let bases = [app.base(), format!("http://{}", beside.addr)];
        let mut asked = JoinSet::new();
        for number in 0..12 {
            let words = json!({ "text": { "en": format!("Our news, told in way {number}.") } });
            let path = "/v1/purposes/newsletter:publish";
            let request = call(&bases[number % 2], Method::Post, path, &key, &words);
            asked.spawn(async move { told(request.send().await.unwrap()).await });
        }
        let answers = asked.join_all().await;
        assert!(answers.iter().all(|it| it.0 == 200), "{answers:?}");
        let versions = |place: &str| {
            let mut found: Vec<i64> =
                answers.iter().map(|it| it.1.pointer(place).and_then(Value::as_i64).unwrap()).collect();
            found.sort_unstable();
            found
        };
        assert_eq!(versions("/published/en/version"), (2..=13).collect::<Vec<_>>());
        assert_eq!(versions("/forms/0/version"), (2..=13).collect::<Vec<_>>(), "the form that shows it follows");
        assert_eq!(versions("/notice"), (2..=13).collect::<Vec<_>>(), "and so does the notice");
        let examined = ayeaye::store::publication::altered(&mut app.app().store.peek().await.unwrap()).await;
        assert_eq!(examined.unwrap(), [""; 0], "what stands in the log is what people were shown");
        beside.stop().await;
    }

    async fn a_file_that_does_not_name_it_leaves_a_purpose_and_says_nothing_twice(app: TestApp) {
        let key = app.api_key("acme").await;
        assert_eq!(post(&app, "/v1/purposes", &key, offers()).await.0, 201);
        let notice = get(&app, "/v1/notices", &key).await.1["data"][0]["version"].clone();
        assert_eq!(app.apply(SETUP).await, [], "nothing differs from what the file says");
        assert_eq!(get(&app, "/v1/purposes/offers", &key).await.0, 200);
        assert_eq!(get(&app, "/v1/notices", &key).await.1["data"][0]["version"], notice);
        let another = SETUP.replacen(
            "[[tenant.form]]",
            "[[tenant.purpose]]\nslug = \"tips\"\nfrequency = \"daily\"\nname = { en = \"Tips\" }\ntext = { en = \"Tips.\" }\n\n[[tenant.form]]",
            1,
        );
        let steps: Vec<String> = app.apply(&another).await.into_iter().map(|it| it.what).collect();
        let moved = ["purpose acme/tips", "wording acme/tips en v1", "purpose acme/offers", "notice acme v3"];
        assert_eq!(steps, moved, "what the file does not name comes last");
        assert_eq!(app.apply(&another).await, []);
        let slugs: Vec<_> = app.tenant("acme").purposes.iter().map(|it| it.slug.clone()).collect();
        assert_eq!(slugs, ["newsletter", "events", "tips", "offers"]);
    }

    async fn a_call_and_a_file_that_say_the_same_write_the_same(app: TestApp) {
        let key = app.api_key("acme").await;
        let weekly = json!({ "frequency": "weekly", "retention_days": 90 });
        let change = call(&app.base(), Method::Patch, "/v1/purposes/newsletter", &key, &weekly);
        assert_eq!(told(change.send().await.unwrap()).await.0, 200);
        let words = json!({ "text": { "en": "Other news." } });
        assert_eq!(post(&app, "/v1/purposes/newsletter:publish", &key, words).await.0, 200);
        assert_eq!(post(&app, "/v1/purposes/events:retire", &key, Value::Null).await.0, 200);
        let legal = json!({ "legal": "Acme SA, Lyon", "dpo": "dpo@acme.example" });
        assert_eq!(post(&app, "/v1/notices:publish", &key, legal).await.0, 200);
        let file = SETUP
            .replacen("\"monthly\"", "\"weekly\"\nretention = \"90d\"", 1)
            .replacen("Our monthly news by email.", "Other news.", 1)
            .replacen("\"occasional\"", "\"occasional\"\nretired = true", 1)
            .replacen("Acme SAS, 1 rue de la Paix, 75002 Paris", "Acme SA, Lyon", 1)
            .replacen("from = \"Acme", "dpo = \"dpo@acme.example\"\nfrom = \"Acme", 1)
            .replacen("purposes = [\"newsletter\", \"events\"]", "purposes = [\"newsletter\"]", 1)
            .replacen("slug = \"events\"\npurposes = [\"events\"]", "slug = \"second\"\npurposes = [\"newsletter\"]", 1);
        let steps: Vec<String> = app.apply(&file).await.into_iter().map(|it| it.what).collect();
        assert_eq!(steps, ["form acme/newsletter", "form acme/second"], "the forms alone are new to it");
    }

    async fn a_file_that_rewords_a_purpose_renews_forms_it_does_not_name(app: TestApp) {
        let key = app.api_key("acme").await;
        let form = json!({ "slug": "letters", "purposes": ["newsletter"] });
        assert_eq!(post(&app, "/v1/forms", &key, form).await.0, 201);
        assert_eq!(post(&app, "/v1/forms/letters:publish", &key, Value::Null).await.0, 200);
        let reworded = SETUP.replacen("Our monthly news by email.", "Other news.", 1);
        let steps: Vec<String> = app.apply(&reworded).await.into_iter().map(|it| it.what).collect();
        let renewed = ["wording acme/newsletter en v2", "form acme/newsletter", "form acme/letters", "notice acme v2"];
        assert_eq!(steps, renewed);
        let version = get(&app, "/v1/forms/letters/versions/2", &key).await.1;
        assert_eq!(version["form"]["purposes"][0]["wordings"]["en"]["text"], "Other news.");
        assert_eq!(app.apply(&reworded).await, []);
    }

    async fn a_retired_purpose_is_no_longer_shown_and_denied_until_restored(app: TestApp) {
        let key = app.api_key("acme").await;
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let check = async || {
            let question = json!({ "purpose": "newsletter", "recipients": [{ "email": "ada@example.org" }] });
            post(&app, "/v1/checks", &key, question).await.1["results"][0]["decision"].clone()
        };
        let shown = async || app.visitor().open("/f/newsletter").await.html().contains("Our monthly news");
        assert_eq!((check().await, shown().await), (json!("allow"), true));
        assert_eq!(post(&app, "/v1/purposes/newsletter:retire", &key, Value::Null).await.0, 200);
        assert_eq!((check().await, shown().await), (json!("deny"), false));
        assert_eq!(post(&app, "/v1/purposes/newsletter:restore", &key, Value::Null).await.0, 200);
        assert_eq!((check().await, shown().await), (json!("allow"), true));
    }

    async fn a_secret_told_once_is_told_again_for_its_idempotency_key_alone(app: TestApp) {
        let key = app.api_key("acme").await;
        for (path, body) in [("/v1/api_keys", json!({ "scopes": ["checks"] })), ("/v1/link_keys", json!({}))] {
            let ask = || call(&app.base(), Method::Post, path, &key, &body).header("idempotency-key", KEY);
            let mut asked = JoinSet::new();
            for _ in 0..10 {
                let request = ask();
                asked.spawn(async move { told(request.send().await.unwrap()).await });
            }
            let answers = asked.join_all().await;
            assert!(answers.iter().all(|it| it.0 == 201 && *it == answers[0]), "{answers:?}");
            let secret = answers[0].1["key"].as_str().unwrap();
            assert!(!app.dump().await.contains(secret), "it is stored nowhere as it is");
            let other = call(&app.base(), Method::Post, path, &key, &body).send().await.unwrap();
            assert_ne!(told(other).await.1["key"], secret);
        }
    }

    async fn no_more_link_keys_are_made_at_once_than_may_be(app: TestApp) {
        let key = app.api_key("acme").await;
        let mut asked = JoinSet::new();
        for _ in 0..30 {
            let request = call(&app.base(), Method::Post, "/v1/link_keys", &key, &json!({}));
            asked.spawn(async move { request.send().await.unwrap().status().as_u16() });
        }
        let made = asked.join_all().await;
        assert_eq!(made.iter().filter(|it| **it == 201).count(), 20, "{made:?}");
        assert!(made.iter().all(|it| [201, 409].contains(it)));
        let beta = app.api_key("beta").await;
        assert_eq!(post(&app, "/v1/link_keys", &beta, json!({})).await.0, 201, "another tenant has its own");
    }

    async fn hostile_values_are_refused_and_change_nothing(app: TestApp) {
        let key = app.api_key("acme").await;
        let before = app.dump().await;
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        for path in ["/v1/purposes", "/v1/purposes/newsletter:publish", "/v1/notices:publish", "/v1/api_keys", "/v1/exports"] {
            for body in [
                "", "null", "[]", "7", "\"x\"", "{\"slug\":", "{\"slug\":\"a\\u0000b\"}", "{\"\\ud800\":1}",
                "{\"name\":{\"en\":\"\\u0000\"}}", "{\"of\":\"contacts; DROP TABLE contact\"}", "{\"scopes\":{}}", &deep,
                "{\"slug\":\"x\",\"frequency\":\"weekly\",\"name\":{\"en\":\"\\u202e\"},\"text\":{\"en\":\" \"}}",
                "{\"legal\":\"a\\r\\nBcc: x\"}", "{\"__proto__\":{}}",
            ] {
                let request = http().post(format!("{}{path}", app.base())).bearer_auth(&key);
                let answer = request.header("content-type", "application/json").body(body.to_owned());
                let status = answer.send().await.unwrap().status().as_u16();
                // Nothing need be said to have the notice published as it is.
                let said_nothing = body.is_empty() && path == "/v1/notices:publish";
                let right = if said_nothing { status == 200 } else { [400, 422].contains(&status) };
                assert!(right, "{path} {body}: {status}");
            }
            let large = "x".repeat(300 * 1024);
            let answer = http().post(format!("{}{path}", app.base())).bearer_auth(&key);
            let answer = answer.header("content-type", "application/json").body(large).send().await.unwrap();
            assert_eq!(answer.status().as_u16(), 413, "{path}");
        }
        for path in ["/v1/purposes/a%00b", "/v1/purposes/%F0%9F%92%A9", "/v1/wordings/wrd_%00", "/v1/exports/exp_%00",
            "/v1/purposes/..%2f..%2f", "/v1/notices/1%00", "/v1/exports/%00.ndjson", "/v1/purposes/a%00b/wordings"] {
            let (status, _) = get(&app, path, &key).await;
            assert_eq!(status, 404, "{path}");
        }
        for verb in ["retire", "restore"] {
            assert_eq!(post(&app, &format!("/v1/purposes/a%00b:{verb}"), &key, Value::Null).await.0, 404);
        }
        assert_eq!(app.dump().await, before);
    }

    async fn another_tenants_things_are_not_there(app: TestApp) {
        let (ours, theirs) = (app.api_key("acme").await, app.api_key("beta").await);
        let made = post(&app, "/v1/purposes", &ours, offers()).await.1;
        let wording = made["wordings"]["en"]["id"].as_str().unwrap().to_owned();
        let link = post(&app, "/v1/link_keys", &ours, json!({})).await.1["id"].as_str().unwrap().to_owned();
        let api = post(&app, "/v1/api_keys", &ours, json!({ "scopes": ["checks"] })).await.1;
        let api = api["id"].as_str().unwrap().to_owned();
        let export = post(&app, "/v1/exports", &ours, json!({ "of": "contacts" })).await.1;
        let export = export["id"].as_str().unwrap().to_owned();
        let before = app.dump().await;
        for path in [
            "/v1/purposes/offers".to_owned(), "/v1/purposes/offers/wordings".to_owned(), format!("/v1/wordings/{wording}"),
            format!("/v1/link_keys/{link}"), format!("/v1/api_keys/{api}"), format!("/v1/exports/{export}"),
            format!("/v1/exports/{export}.ndjson"),
        ] {
            assert_eq!(get(&app, &path, &theirs).await.0, 404, "{path}");
        }
        let none = Value::Null;
        for (path, body) in [
            ("/v1/purposes/offers:publish".to_owned(), json!({ "name": { "en": "Ours" } })),
            ("/v1/purposes/offers:retire".to_owned(), none.clone()), ("/v1/purposes/offers:restore".to_owned(), none.clone()),
            (format!("/v1/link_keys/{link}:revoke"), none.clone()), (format!("/v1/api_keys/{api}:revoke"), none),
        ] {
            assert_eq!(post(&app, &path, &theirs, body).await.0, 404, "{path}");
        }
        let change = json!({ "retention_days": 30 });
        let change = call(&app.base(), Method::Patch, "/v1/purposes/offers", &theirs, &change).send().await.unwrap();
        assert_eq!(change.status().as_u16(), 404);
        assert_eq!(app.dump().await, before, "and nothing has changed");
    }
}
