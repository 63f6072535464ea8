use actix_web::test::TestRequest;
use serde_json::Value;

use crate::{
    app::testing::NOON,
    domain::time::DAY,
    web::api::testing::{Answer, Api, with_key},
};

fn slugs(answer: &Answer) -> Vec<&str> {
    answer.json["data"].as_array().unwrap().iter().map(|it| it["slug"].as_str().unwrap()).collect()
}

/// All pages of a list, as texts of `field`.
async fn all(api: &Api, path: &str, field: &str) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), path.to_owned());
    loop {
        let answer = api.get(&next).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        for item in answer.json["data"].as_array().unwrap() {
            found.push(item[field].as_str().unwrap().to_owned());
        }
        match &answer.json["next_cursor"] {
            Value::String(cursor) => {
                let (path, _) = path.split_once("&cursor=").unwrap_or((path, ""));
                next = format!("{path}&cursor={cursor}");
            }
            _ => return found,
        }
    }
}

#[tokio::test]
async fn a_list_comes_in_pages_that_name_the_next() {
    let api = Api::new().await;
    let whole = api.get("/v1/purposes").await;
    assert_eq!(slugs(&whole), ["events", "newsletter", "paper"]);
    assert_eq!((&whole.json["has_more"], &whole.json["next_cursor"]), (&Value::Bool(false), &Value::Null));
    assert_eq!(whole.header("link"), None);

    let first = api.get("/v1/purposes?limit=2").await;
    assert_eq!(slugs(&first), ["events", "newsletter"]);
    let cursor = first.json["next_cursor"].as_str().unwrap();
    let link =
        format!("<{}/v1/purposes?limit=2&cursor={cursor}>; rel=\"next\"", api.house.app.config.base_url);
    assert_eq!(first.header("link"), Some(link.as_str()));
    let last = api.get(&format!("/v1/purposes?limit=2&cursor={cursor}")).await;
    assert_eq!((slugs(&last), last.header("link")), (vec!["paper"], None));
}

#[tokio::test]
async fn a_cursor_from_elsewhere_is_refused() {
    let api = Api::new().await;
    for email in ["a@x.example", "b@x.example", "c@x.example"] {
        api.house.suppress("acme", email, "reported", None).await;
    }
    let other = api.house.key("other", &["purposes:read"]).await;
    let purposes = api.get("/v1/purposes?limit=1").await;
    let purposes = purposes.json["next_cursor"].as_str().unwrap();
    let marks = api.get("/v1/suppressions?limit=1&reason=reported").await;
    let marks = marks.json["next_cursor"].as_str().unwrap();
    let foreign = TestRequest::get().uri(&format!("/v1/purposes?cursor={purposes}"));
    api.send(with_key(foreign, &other)).await.is_problem(400);
    for path in [
        "/v1/purposes?cursor=x".to_owned(),
        "/v1/purposes?cursor=".to_owned(),
        "/v1/purposes?cursor=%00".to_owned(),
        format!("/v1/purposes?cursor={purposes}A"),
        format!("/v1/purposes?cursor={marks}"),
        format!("/v1/suppressions?reason=reported&cursor={purposes}"),
        format!("/v1/suppressions?cursor={marks}"),
        format!("/v1/suppressions?reason=erased&cursor={marks}"),
    ] {
        let answer = api.get(&path).await;
        answer.is_problem(400);
        assert_eq!(answer.json["errors"][0]["parameter"], "cursor", "{path}");
    }
    let right = format!("/v1/suppressions?limit=2&reason=reported&cursor={marks}");
    assert_eq!(api.get(&right).await.json["data"].as_array().unwrap().len(), 2, "the limit may change");
}

#[tokio::test]
async fn limits_out_of_range_and_unknown_parameters_are_refused() {
    let api = Api::new().await;
    for (query, place) in [
        ("limit=0", "limit"),
        ("limit=05", "limit"),
        ("limit=501", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("limit=1&limit=1", "limit"),
        ("offset=3", "offset"),
        ("email=ada@example.org", "email"),
    ] {
        api.get(&format!("/v1/purposes?{query}")).await.is_wrong_at(&[place]);
    }
    assert_eq!(api.get("/v1/purposes?limit=500").await.status, 200);
}

#[tokio::test]
async fn what_is_added_meanwhile_is_neither_shown_twice_nor_hides_others() {
    let api = Api::new().await;
    for number in 0..7 {
        api.house.suppress("acme", &format!("{number}@x.example"), "reported", None).await;
    }
    let before = all(&api, "/v1/suppressions?limit=2", "address_hash").await;
    assert_eq!(before.len(), 7);
    let first = api.get("/v1/suppressions?limit=3").await;
    let cursor = first.json["next_cursor"].as_str().unwrap().to_owned();
    for number in 7..20 {
        api.house.suppress("acme", &format!("{number}@x.example"), "reported", None).await;
    }
    let rest = all(&api, &format!("/v1/suppressions?limit=3&cursor={cursor}"), "address_hash").await;
    let first: Vec<String> = first.json["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["address_hash"].as_str().unwrap().to_owned())
        .collect();
    let read = [first, rest].concat();
    let mut once = read.clone();
    once.dedup();
    assert_eq!(once, read, "nothing twice");
    assert!(read.is_sorted() && before.iter().all(|it| read.contains(it)), "nothing missed");
}

#[tokio::test]
async fn suppressions_are_those_in_force_of_the_tenant_and_the_reason() {
    let api = Api::new().await;
    api.house.suppress("acme", "a@x.example", "reported", Some(NOON.plus(DAY))).await;
    api.house.suppress("acme", "b@x.example", "bounced", None).await;
    api.house.suppress("acme", "over@x.example", "reported", Some(NOON)).await;
    api.house.suppress("other", "c@x.example", "reported", None).await;
    let listed = async |query: &str| all(&api, &format!("/v1/suppressions?limit=50{query}"), "reason").await;
    let mut both = listed("").await;
    both.sort();
    assert_eq!(both, ["bounced", "reported"]);
    assert_eq!(listed("&reason=bounced").await, ["bounced"]);
    assert_eq!(listed("&reason=%00").await, [""; 0]);
    assert!(!api.get("/v1/suppressions").await.text.contains("x.example"));
}
