use actix_web::test::TestRequest;

use super::*;
use crate::web::api::{
    openapi::{self, illustrated},
    testing::{Answer, Api, post, with_key},
};

/// What changes something and takes no body.
fn bare() -> impl Iterator<Item = String> {
    ALL.iter().filter(|it| it.method != Method::Get && it.body.is_none()).map(|it| illustrated(it.path))
}

async fn send(api: &Api, path: &str, media_type: &str, body: &str) -> Answer {
    let request = TestRequest::post().uri(path).insert_header(("content-type", media_type));
    api.send(with_key(request.set_payload(body.to_owned()), &api.key)).await
}

#[tokio::test]
async fn where_no_body_is_taken_none_may_be_sent() {
    let api = Api::new().await;
    assert!(bare().count() > 5);
    for path in bare() {
        for (media_type, body) in [
            ("application/json", r#"{"overlap_hours":24}"#),
            ("application/json", "[]"),
            ("application/json", "null"),
            ("application/json", "{"),
            ("text/plain", "at once"),
            ("application/x-www-form-urlencoded", "at=once"),
        ] {
            send(&api, &path, media_type, body).await.is_wrong_at(&[""]);
        }
        for (media_type, body) in
            [("application/json", ""), ("application/json", " {\n} "), ("text/plain", "")]
        {
            let answer = send(&api, &path, media_type, body).await;
            assert!([200, 201, 404].contains(&answer.status), "{path} {body:?}: {answer:?}");
        }
        send(&api, &path, "text/plain", &"x".repeat(FORM_LIMIT + 1)).await.is_problem(413);
        api.send(post(&path, "[]")).await.is_problem(401);
    }
}

#[tokio::test]
async fn a_body_in_which_nothing_must_be_said_may_be_left_out() {
    let api = Api::new().await;
    let made = async |name: &str| {
        let endpoint = format!(r#"{{"url":"https://hooks.example.net/{name}","events":["*"]}}"#);
        let made = api.post("/v1/webhook_endpoints", endpoint).await;
        format!("{}:rotate", made.header("location").unwrap())
    };
    let without = |path: &str| with_key(TestRequest::post().uri(path), &api.key);
    let kinds = [None, Some("application/x-www-form-urlencoded"), Some("application/json")];
    for (name, kind) in ["a", "b", "c"].into_iter().zip(kinds) {
        let mut request = without(&made(name).await);
        if let Some(kind) = kind {
            request = request.insert_header(("content-type", kind));
        }
        let rotated = api.send(request).await;
        assert_eq!(
            (rotated.status, rotated.json["previous_secret_until"].is_string()),
            (200, true),
            "{kind:?}"
        );
    }
    let path = made("d").await;
    assert_eq!(api.send(with_key(post(&path, "{}"), &api.key)).await.status, 200);
    for body in ["overlap_hours=0", " "] {
        send(&api, &path, "application/x-www-form-urlencoded", body).await.is_problem(415);
    }
    api.send(without(&path).set_payload("{}")).await.is_problem(415);
    api.send(with_key(TestRequest::post().uri("/v1/checks"), &api.key)).await.is_problem(415);
}

#[test]
fn the_document_says_whether_a_body_is_needed() {
    let document = openapi::document("https://consent.example.org");
    let needed = |path: &str| document["paths"][path]["post"]["requestBody"]["required"].clone();
    assert_eq!(needed("/v1/webhook_endpoints/{endpoint}:rotate"), false);
    assert_eq!(needed("/v1/checks"), true);
    for endpoint in ALL.iter().filter(|it| it.body.is_none()) {
        let method = endpoint.method.word().to_lowercase();
        let operation = &document["paths"][endpoint.path][&method];
        assert!(operation.get("requestBody").is_none(), "{}", endpoint.path);
        assert_eq!(operation["responses"].get("413").is_some(), endpoint.method != Method::Get);
    }
}
