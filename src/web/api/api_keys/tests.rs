use serde_json::{Value, json};

use crate::web::api::testing::{Api, post, with_key};

#[tokio::test]
async fn a_key_is_made_works_and_is_revoked() {
    let api = Api::new().await;
    let body = json!({ "name": " Our shop ", "scopes": ["purposes:read", "keys:write"] });
    let made = api.post("/v1/api_keys", body.to_string()).await;
    assert_eq!((made.status, &made.json["name"]), (201, &json!("Our shop")), "{made:?}");
    let (id, key) = (made.json["id"].as_str().unwrap(), made.json["key"].as_str().unwrap());
    assert_eq!(made.header("location"), Some(format!("/v1/api_keys/{id}").as_str()));
    let ask = |path: &str| with_key(actix_web::test::TestRequest::get().uri(path), key);
    assert_eq!(api.send(ask("/v1/purposes")).await.status, 200);
    api.send(ask("/v1/events")).await.is_problem(403);
    let mut told = made.json.clone();
    told.as_object_mut().unwrap().remove("key");
    assert_eq!(api.get(&format!("/v1/api_keys/{id}")).await.json, told, "the key itself is told once");
    let list = api.get("/v1/api_keys").await;
    assert!(list.json["data"].as_array().unwrap().contains(&told) && !list.text.contains(key));
    let itself = with_key(post(&format!("/v1/api_keys/{id}:revoke"), ""), key);
    let revoked = api.send(itself).await;
    assert_eq!((revoked.status, revoked.json["revoked_at"].is_string()), (200, true), "{revoked:?}");
    api.send(ask("/v1/purposes")).await.is_problem(401);
    api.house.clock.advance(60_000);
    let again = api.post(&format!("/v1/api_keys/{id}:revoke"), "").await;
    assert_eq!(again.json, revoked.json, "the first time counts");
    for nobody in ["key_x", "key_0000000000000", "%00"] {
        api.post(&format!("/v1/api_keys/{nobody}:revoke"), "").await.is_problem(404);
        api.get(&format!("/v1/api_keys/{nobody}")).await.is_problem(404);
    }
}

#[tokio::test]
async fn a_key_grants_nothing_it_may_not_do_itself() {
    let api = Api::new().await;
    let small = api.house.key("acme", &["keys:write", "checks"]).await;
    let body = json!({ "scopes": ["checks", "contacts:erase", "keys:write", "exports:read"] }).to_string();
    let refused = api.send(with_key(post("/v1/api_keys", body), &small)).await;
    refused.is_problem(403);
    let places: Vec<&Value> =
        refused.json["errors"].as_array().unwrap().iter().map(|it| &it["pointer"]).collect();
    assert_eq!(places, ["/scopes/1", "/scopes/3"]);
    let body = json!({ "scopes": ["checks"] }).to_string();
    assert_eq!(api.send(with_key(post("/v1/api_keys", body), &small)).await.status, 201);
    let wrong = json!({ "scopes": ["all", 7, "checks"], "name": "a\nb", "tenant": "other" }).to_string();
    let wrong = api.post("/v1/api_keys", wrong).await;
    wrong.is_wrong_at(&["/scopes/0", "/scopes/1", "/tenant", "/name"]);
    api.post("/v1/api_keys", r#"{"scopes":[]}"#).await.is_wrong_at(&["/scopes"]);
    api.post("/v1/api_keys", "{}").await.is_wrong_at(&["/scopes"]);
    api.post("/v1/api_keys", r#"{"scopes":["checks"],"name":null}"#).await;
}

#[tokio::test]
async fn link_keys_are_made_up_to_a_number_and_live_until_revoked() {
    let api = Api::new().await;
    let made = api.post("/v1/link_keys", r#"{"name":"Letters"}"#).await;
    assert_eq!(made.status, 201, "{made:?}");
    let (id, key) = (made.json["id"].as_str().unwrap(), made.json["key"].as_str().unwrap());
    assert_eq!(key.len(), 64, "32 bytes in hexadecimal");
    let list = api.get("/v1/link_keys").await;
    assert!(list.text.contains(id) && !list.text.contains(key));
    for _ in 1..crate::app::key_ring::LINK_KEYS_MOST {
        assert_eq!(api.post("/v1/link_keys", "{}").await.status, 201);
    }
    api.post("/v1/link_keys", "{}").await.is_problem(409);
    let revoked = api.post(&format!("/v1/link_keys/{id}:revoke"), "").await;
    assert!(revoked.json["revoked_at"].is_string(), "{revoked:?}");
    assert_eq!(api.get(&format!("/v1/link_keys/{id}")).await.json, revoked.json);
    assert_eq!(api.post("/v1/link_keys", "{}").await.status, 201, "one is free again");
    let mut seen = Vec::new();
    let mut path = "/v1/link_keys?limit=8".to_owned();
    loop {
        let page = api.get(&path).await;
        seen.extend(page.json["data"].as_array().unwrap().iter().map(|it| it["id"].to_string()));
        let Some(cursor) = page.json["next_cursor"].as_str() else { break };
        path = format!("/v1/link_keys?limit=8&cursor={cursor}");
    }
    assert_eq!(seen.len(), 21);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 21, "each once");
    api.post("/v1/link_keys", r#"{"name":7}"#).await.is_wrong_at(&["/name"]);
    api.post("/v1/link_keys", r#"{"name":""}"#).await.is_wrong_at(&["/name"]);
    api.post("/v1/link_keys/lk_x:revoke", "").await.is_problem(404);
}
