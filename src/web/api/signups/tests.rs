use serde_json::json;

use super::*;
use crate::web::api::testing::Api;

const PATH: &str = "/v1/signups";

#[tokio::test]
async fn every_answer_about_a_signup_is_as_declared() {
    let api = Api::new().await;
    let body = json!({ "email": "ada@example.org", "purposes": ["newsletter"], "locale": "fr" }).to_string();
    let made = api.post(PATH, body.clone()).await;
    assert_eq!((made.status, &made.json["state"]), (201, &json!("pending")));
    let id = made.json["id"].as_str().unwrap();
    assert_eq!(made.header("location"), Some(format!("{PATH}/{id}").as_str()));
    let held = api.post(PATH, body).await;
    assert_eq!((held.status, &held.json["state"]), (201, &json!("held")));
    assert_eq!(api.get(&format!("{PATH}/{id}")).await.json["state"], "pending");
    assert_eq!(api.get(PATH).await.json["data"].as_array().unwrap().len(), 1);
    api.post(&format!("{PATH}/{id}:resend"), "").await.is_problem(409);
    assert_eq!(api.post(&format!("{PATH}/{id}:cancel"), "").await.json["state"], "cancelled");
    api.get(&format!("{PATH}/req_x")).await.is_problem(404);
    api.post(PATH, r#"{"email":"ada@example.org","purposes":["paper"]}"#).await.is_wrong_at(&["/purposes/0"]);
}

#[tokio::test]
async fn every_answer_about_a_person_is_as_declared() {
    let api = Api::new().await;
    let (contact, _) = api.house.confirmed("acme", "ada@example.org").await;
    let path = format!("/v1/contacts/{contact}");
    assert_eq!(api.get("/v1/contacts").await.status, 200);
    assert_eq!(api.get(&format!("{path}:timeline")).await.status, 200);
    assert_eq!(api.get(&format!("{path}/preferences")).await.status, 200);
    assert_eq!(api.post(&format!("{path}/links"), "{}").await.status, 200);
    for verb in ["restrict", "unrestrict"] {
        assert_eq!(api.post(&format!("{path}:{verb}"), "").await.status, 200);
    }
    assert_eq!(api.post(&format!("{path}:suppress"), r#"{"reason":"complained"}"#).await.status, 200);
    let body = json!({ "reason": "bounced", "recipients": [{ "email": "eve@example.org" }] }).to_string();
    assert_eq!(api.post("/v1/suppressions", body).await.status, 200);
    assert_eq!(api.post("/v1/suppressions:remove", r#"{"email":"eve@example.org"}"#).await.status, 200);
    assert_eq!(api.get(&format!("{path}:timeline")).await.json["data"][0]["type"], "suppression.added");
    assert_eq!(api.get(&format!("{path}:export")).await.status, 200);
    let body = json!({ "email": "bob@example.org", "purposes": ["events"] }).to_string();
    assert_eq!(api.post("/v1/contacts", body).await.status, 201);
}

#[test]
fn a_wait_is_told_in_whole_seconds_that_are_long_enough() {
    assert_eq!([1, 999, 1_000, 1_001, 3_600_000].map(seconds), [1, 1, 1, 2, 3_600]);
}
