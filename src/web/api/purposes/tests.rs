use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::web::api::testing::{Answer, Api, with_key};

fn offers() -> Value {
    json!({
        "slug": "offers", "frequency": "weekly", "name": { "en": "Offers", "fr": "Offres" },
        "text": { "en": "Our offers, once a week.", "fr": "Nos offres, chaque semaine." }, "retention_days": 365,
    })
}

impl Api {
    async fn change(&self, slug: &str, tag: Option<&str>, body: &Value) -> Answer {
        let uri = format!("/v1/purposes/{slug}");
        let request = TestRequest::patch().uri(&uri).insert_header(("content-type", "application/json"));
        let request = match tag {
            Some(tag) => request.insert_header(("if-match", tag)),
            None => request,
        };
        self.send(with_key(request.set_payload(body.to_string()), &self.key)).await
    }

    async fn notice(&self) -> Value {
        self.get("/v1/notices").await.json["data"][0]["version"].clone()
    }

    async fn wordings(&self, slug: &str) -> Vec<(i64, String)> {
        let list = self.get(&format!("/v1/purposes/{slug}/wordings")).await;
        let data = list.json["data"].as_array().unwrap().iter();
        data.map(|it| (it["version"].as_i64().unwrap(), it["locale"].as_str().unwrap().to_owned())).collect()
    }
}

fn tag(answer: &Answer) -> String {
    answer.header("etag").unwrap().to_owned()
}

#[tokio::test]
async fn a_purpose_is_made_read_and_told_in_the_notice() {
    let api = Api::new().await;
    let before = api.notice().await.as_i64().unwrap();
    let made = api.post("/v1/purposes", offers().to_string()).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(made.header("location"), Some("/v1/purposes/offers"));
    assert_eq!((&made.json["retention_days"], &made.json["retired_at"]), (&json!(365), &Value::Null));
    assert_eq!(made.json["wordings"]["fr"]["version"], 1);
    assert_eq!(api.get("/v1/purposes/offers").await.json, made.json);
    assert_eq!(api.notice().await, json!(before + 1));
    let notice = api.get(&format!("/v1/notices/{}", before + 1)).await;
    let told = notice.json["facts"]["purposes"].as_array().unwrap();
    assert_eq!(told.last().unwrap()["texts"]["en"]["name"], "Offers", "it comes last");
    let again = api.post("/v1/purposes", offers().to_string()).await;
    again.is_problem(409);
    let id = made.json["wordings"]["en"]["id"].as_str().unwrap();
    let wording = api.get(&format!("/v1/wordings/{id}")).await;
    assert_eq!(
        (&wording.json["purpose"], &wording.json["text"], &wording.json["frequency"]),
        (&json!("offers"), &json!("Our offers, once a week."), &json!("weekly"))
    );
    let hashed = "Offers\nOur offers, once a week.\nweekly";
    assert_eq!(wording.json["sha256"], crate::app::testing::sha256_hex(hashed));
}

#[tokio::test]
async fn every_mistake_is_told_with_its_pointer_and_nothing_is_made() {
    let api = Api::new().await;
    let wrong = json!({
        "slug": "Offers", "frequency": "hourly", "name": { "fr": "Offres" }, "text": { "en": "a\u{202e}b", "xx": "" },
        "retention_days": 1.5, "retired": true,
    });
    let expected = ["/slug", "/frequency", "/name", "/text/en", "/text/xx", "/retention_days", "/retired"];
    api.post("/v1/purposes", wrong.to_string()).await.is_wrong_at(&expected);
    api.post("/v1/purposes", "[]").await.is_wrong_at(&[""]);
    api.post("/v1/purposes", "{").await.is_problem(400);
    api.post("/v1/purposes", br#"{"slug":"a","slug":"b"}"#.to_vec()).await.is_problem(422);
    let long = json!({
        "slug": "a".repeat(41), "frequency": "weekly", "name": { "en": "é".repeat(201) }, "text": { "en": "x".repeat(4_001) },
    });
    api.post("/v1/purposes", long.to_string()).await.is_wrong_at(&["/slug", "/name/en", "/text/en"]);
    assert_eq!(api.get("/v1/purposes").await.json["data"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn another_frequency_words_the_purpose_anew_and_its_forms_with_it() {
    let api = Api::new().await;
    api.house.publish_beside("letters", "Our letters").await;
    api.house.app.reload().await.unwrap();
    let seen = api.get("/v1/purposes/newsletter").await;
    api.change("newsletter", None, &json!({ "frequency": "weekly" })).await.is_problem(428);
    let changed = api.change("newsletter", Some(&tag(&seen)), &json!({ "frequency": "weekly" })).await;
    assert_eq!((changed.status, &changed.json["frequency"]), (200, &json!("weekly")), "{changed:?}");
    assert_eq!(changed.json["wordings"]["en"]["version"], 2);
    assert_eq!(tag(&changed), tag(&api.get("/v1/purposes/newsletter").await));
    assert_eq!(api.house.app.catalog().forms["letters"].version, 2);
    api.change("newsletter", Some(&tag(&seen)), &json!({ "frequency": "daily" })).await.is_problem(412);
    let same = api.change("newsletter", Some("*"), &json!({ "frequency": "weekly" })).await;
    assert_eq!(same.json, changed.json, "what says the same changes nothing");
    let kept = api.change("newsletter", Some("*"), &json!({ "retention_days": 30 })).await;
    assert_eq!(
        (&kept.json["retention_days"], &kept.json["wordings"]["en"]["version"]),
        (&json!(30), &json!(2))
    );
    let default = api.change("newsletter", Some("*"), &json!({ "retention_days": null })).await;
    assert_eq!(default.json["retention_days"], Value::Null);
    for (body, place) in [
        (json!({}), ""),
        (json!({ "slug": "other" }), "/slug"),
        (json!({ "retention_days": 29 }), "/retention_days"),
        (json!({ "retention_days": 3_651 }), "/retention_days"),
        (json!({ "frequency": 7 }), "/frequency"),
    ] {
        api.change("newsletter", Some("*"), &body).await.is_wrong_at(&[place]);
    }
    api.change("nowhere", Some("*"), &json!({ "frequency": "daily" })).await.is_problem(404);
}

#[tokio::test]
async fn new_words_are_published_once_with_all_that_shows_them() {
    let api = Api::new().await;
    api.house.publish_beside("letters", "Our letters").await;
    api.house.app.reload().await.unwrap();
    let before = api.notice().await.as_i64().unwrap();
    let words = json!({ "text": { "en": "News,\r\nonce a month." }, "name": { "fr": "Lettre" } });
    api.post("/v1/purposes/newsletter:publish", words.to_string()).await.is_wrong_at(&["/text/fr"]);
    let words = json!({ "text": { "en": "News,\r\nonce a month.", "fr": "Des nouvelles." }, "name": { "fr": "Lettre" } });
    let done = api.post("/v1/purposes/newsletter:publish", words.to_string()).await;
    assert_eq!(done.status, 200, "{done:?}");
    assert_eq!(done.json["published"]["en"]["version"], 2);
    assert_eq!(done.json["published"]["en"]["text"], "News,\nonce a month.");
    assert_eq!(done.json["published"]["fr"]["version"], 1);
    assert_eq!(done.json["forms"], json!([{ "slug": "letters", "version": 2 }]));
    assert_eq!(done.json["notice"], json!(before + 1));
    let again = api.post("/v1/purposes/newsletter:publish", words.to_string()).await;
    assert_eq!((&again.json["published"], &again.json["forms"]), (&json!({}), &json!([])));
    assert_eq!(again.json["notice"], json!(before + 1));
    let expected = [(2, "en"), (1, "en"), (1, "fr")].map(|(it, tag)| (it, tag.to_owned()));
    assert_eq!(api.wordings("newsletter").await, expected);
    let page = api.get("/v1/purposes/newsletter/wordings?limit=1").await;
    let cursor = page.json["next_cursor"].as_str().unwrap();
    let rest = api.get(&format!("/v1/purposes/newsletter/wordings?cursor={cursor}")).await;
    assert_eq!(rest.json["data"].as_array().unwrap().len(), 2);
    api.get(&format!("/v1/purposes/events/wordings?cursor={cursor}")).await.is_problem(400);
    let version = api.get("/v1/forms/letters/versions/2").await;
    let shown = &version.json["form"]["purposes"][0]["wordings"]["en"]["id"];
    assert_eq!(shown, &done.json["published"]["en"]["id"]);
}

#[tokio::test]
async fn a_retired_purpose_leaves_the_notice_and_comes_back_as_it_was() {
    let api = Api::new().await;
    let told = async || {
        let newest = api.notice().await;
        let notice = api.get(&format!("/v1/notices/{newest}")).await;
        let purposes = notice.json["facts"]["purposes"].as_array().unwrap().clone();
        purposes.iter().map(|it| it["slug"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told().await, ["newsletter", "events"]);
    let retired = api.post("/v1/purposes/events:retire", "").await;
    assert_eq!(retired.json["retired_at"], "2026-11-21T09:14:32.000Z");
    assert_eq!(told().await, ["newsletter"]);
    api.house.clock.advance(60_000);
    assert_eq!(api.post("/v1/purposes/events:retire", "").await.json, retired.json, "the first time counts");
    let restored = api.post("/v1/purposes/events:restore", "").await;
    assert_eq!((restored.status, &restored.json["retired_at"]), (200, &Value::Null));
    assert_eq!(told().await, ["newsletter", "events"]);
    api.post("/v1/purposes/nowhere:retire", "").await.is_problem(404);
    api.get("/v1/wordings/nothing").await.is_problem(404);
}
