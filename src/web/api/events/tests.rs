use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::web::api::testing::{Api, with_key};

const THREE: [&str; 3] = ["consent.confirmed", "pause.started", "consent.withdrawn"];

fn kinds(answer: &Value) -> Vec<&str> {
    answer["data"].as_array().unwrap().iter().map(|it| it["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn events_come_in_their_order_as_envelopes() {
    let api = Api::new().await;
    let (contact, _) = api.house.confirmed("acme", "ada@example.org").await;
    api.house.happen("acme", Some(contact), &THREE).await;
    let answer = api.get("/v1/events").await;
    assert_eq!((answer.status, answer.media_type.as_str()), (200, "application/json"));
    assert_eq!(kinds(&answer.json), THREE);
    assert!(!answer.text.contains("ada@"), "thin: {answer:?}");
    let first = &answer.json["data"][0];
    assert_eq!((&first["sequence"], &first["tenant"]), (&json!(1), &json!("acme")));
    assert_eq!(first["timestamp"], "2026-11-21T09:14:32.000Z");
    assert!(first["id"].as_str().unwrap().starts_with("evt_"));
    assert!(first["data"]["links"]["unsubscribe"].as_str().unwrap().contains("/u/ay1.unsub."), "{first}");
    let list: Vec<&String> = answer.json.as_object().unwrap().keys().collect();
    assert_eq!(list, ["data", "has_more", "next_after", "object"]);
}

#[tokio::test]
async fn a_reader_follows_the_feed_by_its_place() {
    let api = Api::new().await;
    api.house.happen("acme", None, &THREE).await;
    for (query, wanted, has_more, next_after) in [
        ("", &THREE[..], false, 3),
        ("?after=0&limit=2", &THREE[..2], true, 2),
        ("?after=2&limit=2", &THREE[2..], false, 3),
        ("?limit=3", &THREE[..], false, 3),
        ("?after=3", &[], false, 3),
    ] {
        let answer = api.get(&format!("/v1/events{query}")).await;
        assert_eq!(kinds(&answer.json), wanted, "{query}");
        assert_eq!(
            (&answer.json["object"], &answer.json["has_more"], &answer.json["next_after"]),
            (&json!("list"), &json!(has_more), &json!(next_after)),
            "{query}"
        );
    }
    for ahead in
        ["/v1/events?after=4", "/v1/events?after=9223372036854775807&limit=1000", "/v1/changes?after=4"]
    {
        let problem = api.get(ahead).await;
        problem.is_problem(409);
        assert!(problem.text.contains("its last place is 3"), "{}", problem.text);
    }
}

#[tokio::test]
async fn a_tenant_reads_its_own_feed_alone() {
    let api = Api::new().await;
    api.house.happen("other", None, &["ping", "ping"]).await;
    api.house.happen("acme", None, &["consent.confirmed"]).await;
    assert_eq!(kinds(&api.get("/v1/events").await.json), ["consent.confirmed"]);
    let key = api.house.key("other", &["events:read"]).await;
    let answer = api.send(with_key(TestRequest::get().uri("/v1/events"), &key)).await;
    assert_eq!(kinds(&answer.json), ["ping", "ping"]);
}

#[tokio::test]
async fn each_wrong_parameter_is_named() {
    let api = Api::new().await;
    for (query, places) in [
        ("after=-1", &["after"] as &[&str]),
        ("after=", &["after"]),
        ("after=x", &["after"]),
        ("after=+1", &["after"]),
        ("after=9223372036854775808", &["after"]),
        ("after=1.0", &["after"]),
        ("after=%00", &["after"]),
        ("limit=0", &["limit"]),
        ("limit=1001", &["limit"]),
        ("wait=31", &["wait"]),
        ("wait=-1", &["wait"]),
        ("wait=0.5", &["wait"]),
        ("limit=1&limit=1", &["limit"]),
        ("since=3", &["since"]),
        ("After=3", &["After"]),
        ("ada@example.org", &["?"]),
        ("limit=0&wait=99&x=1", &["limit", "wait", "x"]),
    ] {
        let answer = api.get(&format!("/v1/events?{query}")).await;
        answer.is_wrong_at(places);
        assert!(!answer.text.contains('@'), "{answer:?}");
    }
}

#[tokio::test]
async fn a_long_poll_answers_when_something_happens() {
    let api = Api::new().await;
    let (answer, ()) =
        tokio::join!(api.get("/v1/events?wait=30"), api.house.happen("acme", None, &["consent.confirmed"]));
    assert_eq!(kinds(&answer.json), ["consent.confirmed"]);
}

#[tokio::test]
async fn a_long_poll_ends_empty_when_its_time_is_over_or_the_service_stops() {
    let api = Api::new().await;
    let answer = api.get("/v1/events?after=0&wait=1").await;
    assert_eq!((kinds(&answer.json), &answer.json["next_after"]), (Vec::new(), &json!(0)));
    let stop = async { api.house.app.wake.stopping.send_replace(true) };
    let (answer, _) = tokio::join!(api.get("/v1/events?wait=30"), stop);
    assert_eq!(kinds(&answer.json), Vec::<&str>::new());
    assert_eq!(kinds(&api.get("/v1/events?wait=30").await.json), Vec::<&str>::new(), "stopping already");
}

#[tokio::test]
async fn head_is_answered_and_other_methods_are_not() {
    let api = Api::new().await;
    let head = TestRequest::default().method(actix_web::http::Method::HEAD).uri("/v1/events");
    assert_eq!(api.send(with_key(head, &api.key)).await.status, 200);
    api.send(with_key(TestRequest::post().uri("/v1/events"), &api.key)).await.is_problem(405);
}
