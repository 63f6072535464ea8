use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::{
    app::testing::{NOON, Person, settled},
    domain::{consent::State, id::ContactId, time::DAY},
    web::api::testing::{Api, with_key},
};

fn places(page: &Value) -> Vec<i64> {
    page["data"].as_array().unwrap().iter().map(|it| it["sequence"].as_i64().unwrap()).collect()
}

async fn three(api: &Api) -> [ContactId; 3] {
    let (ada, _) = api.house.confirmed("acme", "ada@example.org").await;
    let away = Person {
        email: Some("bob@example.org"),
        external_id: Some("crm-2"),
        consent: Some(settled(State::Confirmed)),
        paused_until: Some(NOON.plus(30 * DAY)),
        ..Person::default()
    };
    let (bob, _) = api.house.person("acme", &away).await;
    let (eve, _) = api.house.person("acme", &Person { erased: true, ..Person::default() }).await;
    for (contact, kind) in [
        (ada, "consent.confirmed"),
        (bob, "consent.confirmed"),
        (bob, "pause.started"),
        (eve, "contact.erased"),
        (ada, "signup.requested"),
    ] {
        api.house.happen("acme", Some(contact), &[kind]).await;
    }
    [ada, bob, eve]
}

#[tokio::test]
async fn each_contact_stands_once_at_the_place_of_what_was_told_last() {
    let api = Api::new().await;
    let [ada, bob, eve] = three(&api).await;
    let page = api.get("/v1/changes").await.json;
    assert_eq!(
        (places(&page), &page["has_more"], &page["next_after"]),
        (vec![1, 3, 4], &json!(false), &json!(5))
    );
    let data = page["data"].as_array().unwrap();
    assert_eq!(data[0]["contact"], ada.to_string());
    assert_eq!(data[0]["purposes"]["newsletter"]["state"], "confirmed");
    assert_eq!(
        (&data[0]["purposes"]["newsletter"]["decision"], &data[0]["purposes"]["newsletter"]["reason"]),
        (&json!("allow"), &Value::Null)
    );
    assert_eq!((&data[1]["contact"], &data[1]["external_id"]), (&json!(bob.to_string()), &json!("crm-2")));
    assert_eq!(
        (&data[1]["purposes"]["newsletter"]["decision"], &data[1]["purposes"]["newsletter"]["reason"]),
        (&json!("deny"), &json!("paused"))
    );
    assert_eq!(
        (&data[2]["contact"], &data[2]["gone"], &data[2]["purposes"]),
        (&json!(eve.to_string()), &json!(true), &json!({}))
    );
    assert!(!api.get("/v1/changes").await.text.contains("@example.org"), "thin");
    // Behind the last of them the feed goes on.
    assert_eq!(api.get("/v1/events?after=5").await.json["data"], json!([]));
}

#[tokio::test]
async fn whoever_changes_meanwhile_is_met_again_and_nobody_is_missed() {
    let api = Api::new().await;
    let [ada, ..] = three(&api).await;
    let first = api.get("/v1/changes?limit=1").await.json;
    assert_eq!(
        (places(&first), &first["has_more"], &first["next_after"]),
        (vec![1], &json!(true), &json!(1))
    );
    api.house.happen("acme", Some(ada), &["consent.withdrawn"]).await;
    let rest = api.get("/v1/changes?after=1&limit=1000").await.json;
    assert_eq!(
        (places(&rest), &rest["has_more"], &rest["next_after"]),
        (vec![3, 4, 6], &json!(false), &json!(6))
    );
    assert_eq!(rest["data"][2]["contact"], ada.to_string());
    let none = api.get("/v1/changes?after=6").await.json;
    assert_eq!((places(&none), &none["next_after"]), (vec![], &json!(6)));
}

#[tokio::test]
async fn a_tenant_reads_of_its_own_people_alone() {
    let api = Api::new().await;
    three(&api).await;
    let key = api.house.key("other", &["events:read"]).await;
    let answer = api.send(with_key(TestRequest::get().uri("/v1/changes"), &key)).await;
    assert_eq!((&answer.json["data"], &answer.json["next_after"]), (&json!([]), &json!(0)));
    for (query, place) in
        [("after=-1", "after"), ("limit=0", "limit"), ("limit=1001", "limit"), ("wait=1", "wait")]
    {
        api.get(&format!("/v1/changes?{query}")).await.is_wrong_at(&[place]);
    }
}
