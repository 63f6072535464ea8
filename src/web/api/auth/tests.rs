use actix_web::{http::header::AUTHORIZATION, test::TestRequest};

use super::*;
use crate::web::api::{
    contents::ALL,
    openapi::illustrated,
    route::Method,
    testing::{Api, post, with_key},
};

/// Every endpoint that needs a key, with the scope.
fn guarded() -> impl Iterator<Item = (&'static Endpoint, Scope)> {
    ALL.iter().filter_map(|it| Some((*it, it.scope?)))
}

fn request(endpoint: &Endpoint) -> TestRequest {
    let path = illustrated(endpoint.path);
    match endpoint.method {
        Method::Get => TestRequest::get().uri(&path),
        Method::Post => post(&path, "{}"),
        Method::Patch => post(&path, "{}").method(actix_web::http::Method::PATCH),
    }
}

#[test]
fn scopes_are_those_keys_are_made_with() {
    assert_eq!(Scope::ALL.map(Scope::word), keys::SCOPES);
}

#[tokio::test]
async fn without_a_live_key_every_endpoint_answers_401() {
    let api = Api::new().await;
    let good = &api.key;
    let unknown = format!("aye_{}", "A".repeat(43));
    let (short, long) = (good.strip_suffix(|_| true).unwrap().to_owned(), format!("{good}A"));
    let values: Vec<Vec<String>> = vec![
        vec![],
        vec![String::new()],
        vec!["Bearer".to_owned()],
        vec!["Bearer ".to_owned()],
        vec![format!("Bearer {unknown}")],
        vec![format!("Bearer {short}")],
        vec![format!("Bearer {long}")],
        vec![format!("Bearer {good} {good}")],
        vec![format!("Bearer\t{good}")],
        vec![format!("Basic {good}")],
        vec![good.clone()],
        vec![format!("Bearer {}", good.to_uppercase())],
        vec![format!("Bearer {good}"), format!("Bearer {good}")],
        vec![format!("Bearer {good}é")],
    ];
    for (endpoint, _) in guarded() {
        for given in &values {
            let request = given
                .iter()
                .fold(request(endpoint), |it, value| it.append_header((AUTHORIZATION, value.as_str())));
            let answer = api.send(request).await;
            answer.is_problem(401);
            assert_eq!(answer.challenge.as_deref(), Some("Bearer"), "{given:?}");
            assert!(!answer.text.contains(good.trim_start_matches("aye_")), "{answer:?}");
        }
    }
}

#[tokio::test]
async fn a_key_needs_the_scope_of_the_endpoint() {
    let api = Api::new().await;
    for (endpoint, scope) in guarded() {
        let others: Vec<&str> = keys::SCOPES.into_iter().filter(|it| *it != scope.word()).collect();
        let (without, with) =
            (api.house.key("acme", &others).await, api.house.key("acme", &[scope.word()]).await);
        let answer = api.send(with_key(request(endpoint), &without)).await;
        answer.is_problem(403);
        assert!(
            answer.json["detail"].as_str().unwrap().contains(&format!("`{}`", scope.word())),
            "{answer:?}"
        );
        assert_eq!(
            answer.challenge,
            Some(format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", scope.word()))
        );
        let answer = api.send(with_key(request(endpoint), &with)).await;
        assert!(![401, 403].contains(&answer.status), "{answer:?}");
    }
}

#[tokio::test]
async fn the_scheme_is_read_in_any_case_and_with_more_spaces() {
    let api = Api::new().await;
    for scheme in ["Bearer ", "bearer ", "BEARER   "] {
        let header = (AUTHORIZATION, format!("{scheme}{}", api.key));
        let answer = api.send(TestRequest::get().uri("/v1/events").insert_header(header)).await;
        assert_eq!(answer.status, 200, "{scheme:?}");
    }
}

#[tokio::test]
async fn a_revoked_key_stops_working_at_once() {
    let api = Api::new().await;
    assert_eq!(api.get("/v1/events").await.status, 200);
    let stored = keys::find_api_key(&api.house.app, &api.key).await.unwrap().unwrap();
    let other = api.house.key("acme", &["events:read"]).await;
    api.house.revoke(stored.id).await;
    let answer = api.get("/v1/events").await;
    answer.is_problem(401);
    assert_eq!(answer.challenge.as_deref(), Some("Bearer"));
    let answer = api.send(with_key(TestRequest::get().uri("/v1/events"), &other)).await;
    assert_eq!(answer.status, 200, "the tenant's other key still works");
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_503() {
    let api = Api::new().await;
    api.house.app.store.close().await;
    for (endpoint, _) in guarded() {
        let answer = api.send(with_key(request(endpoint), &api.key)).await;
        answer.is_problem(503);
    }
}

#[tokio::test]
async fn without_a_key_too_a_parameter_that_is_not_known_is_refused() {
    let api = Api::new().await;
    let open: Vec<_> = ALL.iter().filter(|it| it.scope.is_none()).collect();
    assert!(open.len() > 2);
    for endpoint in open {
        let path = endpoint.path.replace("{type}", "ping");
        assert_eq!(api.send(TestRequest::get().uri(&path)).await.status, 200, "{path}");
        api.send(TestRequest::get().uri(&format!("{path}?zzz=1"))).await.is_wrong_at(&["zzz"]);
    }
}
