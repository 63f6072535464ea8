use actix_web::test::TestRequest;

use crate::{
    domain::time::MINUTE,
    web::api::testing::{Answer, Api, with_key},
};

fn told(answer: &Answer) -> (Option<&str>, Option<&str>) {
    (answer.header("ratelimit-policy"), answer.header("ratelimit"))
}

#[tokio::test]
async fn every_answer_to_a_key_says_how_it_stands() {
    let api = Api::new().await;
    let first = api.get("/v1/events").await;
    assert_eq!(told(&first), (Some("\"default\";q=6000;w=60"), Some("\"default\";r=5999;t=60")));
    api.house.clock.advance(1_500);
    let refused = api.get("/v1/events?limit=0").await;
    refused.is_problem(422);
    assert_eq!(told(&refused).1, Some("\"default\";r=5998;t=59"));
    let other = api.house.key("acme", &["events:read"]).await;
    let answer = api.send(with_key(TestRequest::get().uri("/v1/events"), &other)).await;
    assert_eq!(told(&answer).1, Some("\"default\";r=5999;t=60"), "each key has its own");
    for path in ["/v1/events", "/v1/openapi.json"] {
        assert_eq!(told(&api.send(TestRequest::get().uri(path)).await), (None, None), "nobody's: {path}");
    }
}

#[tokio::test]
async fn a_key_that_used_its_quota_waits_for_the_next_window() {
    let api = Api::new().await;
    let key = crate::app::keys::find_api_key(&api.house.app, &api.key).await.unwrap().unwrap().id;
    for _ in 0..6_000 {
        assert!(api.house.app.quotas.take(key, 6_000, api.house.app.now()).granted);
    }
    api.house.clock.advance(20_000);
    let answer = api.get("/v1/events").await;
    assert_eq!((answer.status, answer.media_type.as_str()), (429, "application/problem+json"));
    assert_eq!(answer.json["type"], "https://iana.org/assignments/http-problem-types#quota-exceeded");
    assert_eq!(answer.json["violated-policies"][0], "default");
    assert_eq!(told(&answer).1, Some("\"default\";r=0;t=40"));
    assert_eq!(answer.header("retry-after"), Some("40"));
    let other = api.house.key("acme", &["events:read"]).await;
    let answer = api.send(with_key(TestRequest::get().uri("/v1/events"), &other)).await;
    assert_eq!(answer.status, 200);
    api.house.clock.advance(MINUTE);
    assert_eq!(api.get("/v1/events").await.status, 200);
}
