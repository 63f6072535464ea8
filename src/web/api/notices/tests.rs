use serde_json::json;

use crate::web::api::testing::Api;

#[tokio::test]
async fn a_notice_is_published_when_it_says_something_new() {
    let api = Api::new().await;
    let change = json!({ "dpo": "dpo@acme.example", "country": "FR" }).to_string();
    let first = api.post("/v1/notices:publish", change.clone()).await;
    assert_eq!((first.status, &first.json["is_new_version"]), (200, &json!(true)), "{first:?}");
    let version = first.json["version"].as_i64().unwrap();
    let again = api.post("/v1/notices:publish", change).await;
    assert_eq!((&again.json["is_new_version"], &again.json["version"]), (&json!(false), &json!(version)));
    let whole = api.get(&format!("/v1/notices/{version}")).await;
    assert_eq!(whole.json["facts"]["dpo"], "dpo@acme.example");
    assert_eq!(whole.json["facts"]["legal"], "Acme SAS, 1 rue de la Paix, 75002 Paris", "it stays");
    let text = whole.json["text"].as_str().unwrap();
    assert_eq!(whole.json["sha256"], crate::app::testing::sha256_hex(text));
    assert!(whole.json["url"].as_str().unwrap().ends_with(&format!("/n/acme?v={version}")));
    let without = api.post("/v1/notices:publish", r#"{"dpo":null}"#).await;
    assert_eq!(without.json["version"], json!(version + 1));
    let list = api.get("/v1/notices?limit=1").await;
    assert_eq!(list.json["data"][0]["version"], json!(version + 1));
    let cursor = list.json["next_cursor"].as_str().unwrap();
    let rest = api.get(&format!("/v1/notices?cursor={cursor}")).await;
    assert_eq!(rest.json["data"][0]["version"], json!(version));
    assert_eq!(api.house.tenant("acme").dpo, None);
    for nowhere in ["0", "99", "01", "x", "-1", "9223372036854775808"] {
        api.get(&format!("/v1/notices/{nowhere}")).await.is_problem(404);
    }
}

#[tokio::test]
async fn a_notice_that_would_lack_something_is_refused_while_a_form_collects() {
    let api = Api::new().await;
    let abroad = json!({ "storage": "US" }).to_string();
    api.house.publish_beside("letters", "Our letters").await;
    api.house.app.reload().await.unwrap();
    let refused = api.post("/v1/notices:publish", abroad).await;
    refused.is_problem(422);
    assert!(refused.text.contains("outside the European Economic Area"), "{}", refused.text);
    assert_eq!(api.house.tenant("acme").storage, None);
    let told = json!({ "storage": "US", "transfer": "Standard contractual clauses" }).to_string();
    assert_eq!(api.post("/v1/notices:publish", told).await.status, 200);
    let wrong = json!({ "legal": "", "contact": "nobody", "country": "UK", "name": "Acme" }).to_string();
    api.post("/v1/notices:publish", wrong).await.is_wrong_at(&["/legal", "/contact", "/country", "/name"]);
}
