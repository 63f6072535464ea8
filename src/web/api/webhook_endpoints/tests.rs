use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::*;
use crate::web::api::testing::{Answer, Api, post, with_key};

const PATH: &str = "/v1/webhook_endpoints";
const URL: &str = "https://hooks.example.net/ayeaye";

async fn create(api: &Api, url: &str) -> Answer {
    api.post(PATH, json!({ "url": url, "events": ["consent.*"] }).to_string()).await
}

async fn patch(api: &Api, path: &str, tag: &str, body: &Value) -> Answer {
    let request = TestRequest::patch().uri(path).insert_header(("content-type", "application/json"));
    let request = request.insert_header(("if-match", tag)).set_payload(body.to_string());
    api.send(with_key(request, &api.key)).await
}

#[tokio::test]
async fn a_secret_is_shown_when_it_is_new_and_never_again() {
    let api = Api::new().await;
    let made = create(&api, URL).await;
    assert_eq!(made.status, 201, "{made:?}");
    let secret = made.json["secret"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && secret.len() == "whsec_".len() + 44, "{secret}");
    assert!(made.json["public_key"].as_str().unwrap().starts_with("whpk_"));
    let path = made.header("location").unwrap().to_owned();
    let read = api.get(&path).await;
    let mut expected = made.json.clone();
    expected.as_object_mut().unwrap().remove("secret");
    assert_eq!((read.status, &read.json), (200, &expected));
    assert_eq!(api.get(PATH).await.json["data"], json!([expected]));
    let rotated = api.post(&format!("{path}:rotate"), r#"{"overlap_hours":24.0}"#).await;
    assert_eq!(rotated.status, 200, "{rotated:?}");
    assert_ne!(rotated.json["secret"], json!(secret));
    assert_ne!(rotated.json["public_key"], expected["public_key"]);
    assert_eq!(rotated.json["previous_secret_until"], "2026-11-22T09:14:32.000Z");
    assert_eq!(api.get(&path).await.json.get("secret"), None);
    for body in ["{}", r#"{"overlap_hours":1}"#] {
        let again = api.post(&format!("{path}:rotate"), body).await;
        again.is_problem(409);
        let detail = again.json["detail"].as_str().unwrap();
        assert!(
            detail.contains("2026-11-22T09:14:32.000Z") && detail.contains("`overlap_hours`: 0"),
            "{detail}"
        );
    }
    let kept = api.get(&path).await;
    assert_eq!(
        kept.json["previous_secret_until"], "2026-11-22T09:14:32.000Z",
        "the old one lives as promised"
    );
    let at_once = api.post(&format!("{path}:rotate"), r#"{"overlap_hours":0}"#).await;
    assert_eq!(at_once.json["previous_secret_until"], Value::Null);
    assert_eq!(api.post(&format!("{path}:rotate"), "{}").await.status, 200, "no older one lives");
    api.house.clock.advance(crate::domain::time::DAY);
    assert_eq!(api.post(&format!("{path}:rotate"), "{}").await.status, 200, "it has ended");
    for hours in ["-1", "169", "169.0", "1.5", "1e300", "\"24\"", "null"] {
        let body = format!("{{\"overlap_hours\":{hours}}}");
        api.post(&format!("{path}:rotate"), body).await.is_wrong_at(&["/overlap_hours"]);
    }
}

#[tokio::test]
async fn a_retried_creation_makes_one_endpoint_and_shows_its_secret_again() {
    let api = Api::new().await;
    let send = || {
        let body = json!({ "url": URL, "events": ["*"] }).to_string();
        let request = post(PATH, body).insert_header(("idempotency-key", "\"one\""));
        api.send(with_key(request, &api.key))
    };
    let (first, again) = (send().await, send().await);
    assert_eq!((first.status, &first.text), (201, &again.text));
    assert_eq!(api.get(PATH).await.json["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn where_events_may_not_go_is_refused_with_the_reason() {
    let api = Api::new().await;
    for url in [
        "http://hooks.example.net/",
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://localhost/",
        "https://db.internal/",
        "https://user:secret@hooks.example.net/",
        "https://hooks.example.net:6379/",
        "https://hooks.example.net/#x",
        "ftp://hooks.example.net/",
        "hooks.example.net",
        "",
    ] {
        let answer = create(&api, url).await;
        answer.is_wrong_at(&["/url"]);
        assert!(!answer.text.contains("secret"), "{url}: {}", answer.text);
    }
    assert_eq!(api.get(PATH).await.json["data"], json!([]));
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let api = Api::new().await;
    let body = json!({ "events": ["consent.*", "consent", 7], "addresses": "yes", "description": "x" });
    let answer = api.post(PATH, body.to_string()).await;
    answer.is_wrong_at(&["/addresses", "/description", "/events/1", "/events/2", "/url"]);
    api.post(PATH, json!({ "url": URL, "events": [] }).to_string()).await.is_wrong_at(&["/events"]);
}

#[tokio::test]
async fn an_address_is_taken_once_by_each_tenant() {
    let api = Api::new().await;
    assert_eq!(create(&api, URL).await.status, 201);
    create(&api, URL).await.is_problem(409);
    create(&api, "https://HOOKS.example.net/ayeaye").await.is_problem(409);
    let other = create(&api, "https://hooks.example.net/other").await;
    let path = other.header("location").unwrap();
    patch(&api, path, "*", &json!({ "url": URL })).await.is_problem(409);
    let theirs = api.house.key("other", &["webhooks:write"]).await;
    let body = json!({ "url": URL, "events": ["*"] }).to_string();
    assert_eq!(api.send(with_key(post(PATH, body), &theirs)).await.status, 201);
}

#[tokio::test]
async fn an_endpoint_is_changed_as_it_was_seen() {
    let api = Api::new().await;
    let path = create(&api, URL).await.header("location").unwrap().to_owned();
    let seen = api.get(&path).await.header("etag").unwrap().to_owned();
    let changed =
        patch(&api, &path, &seen, &json!({ "events": ["pause.*", "ping"], "addresses": true })).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(
        (&changed.json["events"], &changed.json["addresses"]),
        (&json!(["pause.*", "ping"]), &json!(true))
    );
    assert_eq!(changed.json["url"], URL);
    patch(&api, &path, &seen, &json!({ "events": ["*"] })).await.is_problem(412);
    patch(&api, &path, "*", &json!({})).await.is_wrong_at(&[""]);
    patch(&api, &path, "*", &json!({ "url": "http://x.example/" })).await.is_wrong_at(&["/url"]);
    assert_eq!(api.get(&path).await.header("etag"), changed.header("etag"));
}

#[tokio::test]
async fn what_is_no_endpoint_of_the_tenant_is_not_there() {
    let api = Api::new().await;
    let path = create(&api, URL).await.header("location").unwrap().to_owned();
    let theirs = api.house.key("other", &["webhooks:read", "webhooks:write"]).await;
    let send = async |request: TestRequest| api.send(with_key(request, &theirs)).await;
    for path in [&path, "/v1/webhook_endpoints/whe_0f3k9m2q7r5tz", "/v1/webhook_endpoints/x"] {
        send(TestRequest::get().uri(path)).await.is_problem(404);
        for verb in ["enable", "disable", "test"] {
            send(TestRequest::post().uri(&format!("{path}:{verb}"))).await.is_problem(404);
        }
        send(post(&format!("{path}:rotate"), "{}")).await.is_problem(404);
    }
    assert_eq!(send(TestRequest::get().uri(PATH)).await.json["data"], json!([]));
    let read = api.get(&path).await;
    assert_eq!((&read.json["state"], &read.json["previous_secret_until"]), (&json!("enabled"), &Value::Null));
}

#[tokio::test]
async fn there_are_as_many_endpoints_as_are_allowed_and_they_are_listed_in_pages() {
    let api = Api::new().await;
    for number in 0..endpoints::MOST {
        assert_eq!(create(&api, &format!("{URL}/{number}")).await.status, 201);
    }
    create(&api, URL).await.is_problem(409);
    let (mut seen, mut path) = (Vec::new(), format!("{PATH}?limit=40"));
    loop {
        let page = api.get(&path).await.json;
        seen.extend(page["data"].as_array().unwrap().iter().map(|it| it["url"].to_string()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        path = format!("{PATH}?limit=40&cursor={next}");
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), endpoints::MOST);
}

#[tokio::test]
async fn whoever_gets_addresses_has_a_place_in_the_notice() {
    let api = Api::new().await;
    let notice = || api.house.tenant("acme").notice.clone().unwrap();
    let before = notice();
    let path = create(&api, URL).await.header("location").unwrap().to_owned();
    assert_eq!(notice().version, before.version, "a thin endpoint is no recipient");
    patch(&api, &path, "*", &json!({ "addresses": true })).await;
    let after = notice();
    assert_eq!(after.version, before.version + 1);
    let facts: Value = serde_json::from_str(&after.facts).unwrap();
    assert_eq!(facts["recipients"], json!([URL]));
    patch(&api, &path, "*", &json!({ "events": ["*"] })).await;
    assert_eq!(notice().version, after.version);
    patch(&api, &path, "*", &json!({ "addresses": false })).await;
    assert_eq!(notice().facts, before.facts);
}
