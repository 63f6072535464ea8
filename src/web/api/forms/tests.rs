use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::web::api::testing::{Answer, Api, post, with_key};

fn city() -> Value {
    json!({
        "slug": "city", "kind": "text", "label": { "en": "Your town" },
        "reason": { "en": "To invite you to what is near." }, "max": 60, "autocomplete": "address-level2",
    })
}

fn letters() -> Value {
    json!({ "slug": "letters", "purposes": ["newsletter"], "title": { "en": "Our letters" }, "fields": [city()] })
}

impl Api {
    async fn patch(&self, path: &str, body: &Value) -> Answer {
        let request = TestRequest::patch().uri(path).insert_header(("content-type", "application/json"));
        let request = request.insert_header(("if-match", "*"));
        self.send(with_key(request.set_payload(body.to_string()), &self.key)).await
    }

    async fn publish(&self, slug: &str) -> Answer {
        self.post(&format!("/v1/forms/{slug}:publish"), "").await
    }
}

#[tokio::test]
async fn a_form_is_drafted_published_changed_and_compared() {
    let api = Api::new().await;
    let made = api.post("/v1/forms", letters().to_string()).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(made.json["published"], Value::Null);
    assert_eq!(made.json["draft"]["fields"][0]["slug"], "city");
    assert_eq!(made.json["draft"]["based_on"], 0);
    assert!(!api.house.app.catalog().forms.contains_key("letters"), "a draft is nobody's form yet");

    let first = api.publish("letters").await;
    assert_eq!((first.status, &first.json["is_new_version"]), (200, &json!(true)), "{first:?}");
    assert_eq!(first.json["published"]["version"], 1);
    assert_eq!(first.json["draft"], Value::Null);
    assert_eq!(api.house.app.catalog().forms["letters"].fields.len(), 1);
    let again = api.publish("letters").await;
    assert_eq!(
        (&again.json["is_new_version"], &again.json["published"]["version"]),
        (&json!(false), &json!(1))
    );

    let changes = json!({ "title": { "en": "Letters" }, "closes": "2027-01-31T23:00:00Z", "fields": [] });
    let changed = api.patch("/v1/forms/letters", &changes).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(changed.json["published"]["title"]["en"], "Our letters");
    assert_eq!(changed.json["draft"]["title"]["en"], "Letters");
    let differs = |answer: Answer| {
        assert_eq!(answer.status, 200, "{answer:?}");
        let changes = answer.json["changes"].as_array().unwrap().clone();
        changes.into_iter().map(|it| it["place"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let draft = differs(api.get("/v1/forms/letters:diff?from=1&to=draft").await);
    for place in ["/closes", "/fields", "/fields/city/label/en", "/title/en"] {
        assert!(draft.contains(&place.to_owned()), "{draft:?}");
    }
    assert_eq!(api.publish("letters").await.json["published"]["version"], 2);
    assert_eq!(differs(api.get("/v1/forms/letters:diff?from=1&to=2").await), draft);
    assert_eq!(differs(api.get("/v1/forms/letters:diff?from=2&to=2").await), Vec::<String>::new());

    let versions = api.get("/v1/forms/letters/versions").await;
    let numbers: Vec<&Value> =
        versions.json["data"].as_array().unwrap().iter().map(|it| &it["version"]).collect();
    assert_eq!(numbers, [&json!(2), &json!(1)]);
    let one = api.get("/v1/forms/letters/versions/1").await;
    assert_eq!(one.json["form"]["fields"][0]["reason"]["en"], "To invite you to what is near.");
    let wording = &one.json["form"]["purposes"][0]["wordings"]["en"];
    assert_eq!(wording["version"], 1);
    assert!(
        wording["id"].as_str().unwrap().starts_with("wrd_") && wording["sha256"].is_string(),
        "{wording}"
    );
    let text = one.json["text"].as_str().unwrap();
    assert_eq!(one.json["sha256"], crate::app::testing::sha256_hex(text));
}

#[tokio::test]
async fn nobody_changes_a_draft_they_have_not_seen() {
    let api = Api::new().await;
    api.post("/v1/forms", letters().to_string()).await;
    let (path, title) = ("/v1/forms/letters", |text: &str| json!({ "title": { "en": text } }).to_string());
    let tag_of = |answer: Answer| answer.headers.into_iter().find(|it| it.0 == "etag").unwrap().1;
    let tag = || async { tag_of(api.get(path).await) };
    let change = |tag: Option<String>, body: String| {
        let request = TestRequest::patch().uri(path).insert_header(("content-type", "application/json"));
        let request = match tag {
            Some(tag) => request.insert_header(("if-match", tag)),
            None => request,
        };
        with_key(request.set_payload(body), &api.key)
    };
    let seen = tag().await;
    api.send(change(None, title("Blind"))).await.is_problem(428);
    let changed = api.send(change(Some(seen.clone()), title("Mine"))).await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let now = tag().await;
    assert_eq!(tag_of(changed), now);
    api.send(change(Some(seen), title("Theirs"))).await.is_problem(412);
    assert_eq!(api.get(path).await.json["draft"]["title"]["en"], "Mine");
    assert_eq!(api.send(change(Some(now), title("Both"))).await.status, 200);
    let known = tag().await;
    let again = with_key(TestRequest::get().uri(path).insert_header(("if-none-match", known)), &api.key);
    assert_eq!(api.send(again).await.status, 304);
}

#[tokio::test]
async fn drafts_and_published_forms_are_listed_together() {
    let api = Api::new().await;
    api.post("/v1/forms", letters().to_string()).await;
    api.publish("letters").await;
    api.post("/v1/forms", json!({ "slug": "later", "purposes": ["newsletter"] }).to_string()).await;
    let list = api.get("/v1/forms").await;
    let told: Vec<(&str, bool, bool)> = list.json["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["slug"].as_str().unwrap(), it["published"].is_null(), it["draft"].is_null()))
        .collect();
    assert_eq!(told, [("later", true, false), ("letters", false, true)]);
    let one = api.get("/v1/forms/letters").await;
    assert_eq!(one.json, list.json["data"][1]);
    assert!(one.json["url"].as_str().unwrap().ends_with("/f/letters"));
}

#[tokio::test]
async fn every_mistake_is_told_with_its_pointer() {
    let api = Api::new().await;
    let wrong = json!({
        "slug": "Letters", "purposes": ["newsletters", "paper"], "colour": "red",
        "fields": [{ "slug": "email", "kind": "date", "label": {}, "reason": { "en": "a\nb" } }],
    });
    let expected = [
        "/slug",
        "/purposes/0",
        "/purposes/1",
        "/fields/0/slug",
        "/fields/0/kind",
        "/fields/0/label",
        "/fields/0/reason/en",
        "/colour",
    ];
    api.post("/v1/forms", wrong.to_string()).await.is_wrong_at(&expected);
    api.post("/v1/forms", "[]").await.is_wrong_at(&[""]);
    api.post("/v1/forms", r#"{"slug":"a","slug":"b","purposes":["newsletter"]}"#)
        .await
        .is_wrong_at(&["/slug"]);
    api.post("/v1/forms", "{").await.is_problem(400);
    api.post("/v1/forms", vec![b' '; 300_000]).await.is_problem(413);
    api.post("/v1/forms", letters().to_string()).await;
    api.patch("/v1/forms/letters", &json!({ "slug": "other" })).await.is_wrong_at(&["/slug"]);
    api.patch("/v1/forms/letters", &json!({ "purposes": null })).await.is_wrong_at(&["/purposes"]);
    api.patch("/v1/forms/letters", &json!({ "based_on": 3 })).await.is_wrong_at(&["/based_on"]);
    api.get("/v1/forms/letters:diff").await.is_wrong_at(&["from", "to"]);
    api.get("/v1/forms/letters:diff?from=01&to=draft").await.is_wrong_at(&["from"]);
    api.get("/v1/forms/letters:diff?from=1&from=2&x=1").await.is_wrong_at(&["from", "x", "to"]);
    let form = TestRequest::post().uri("/v1/forms").set_payload("slug=a");
    api.send(with_key(form, &api.key)).await.is_problem(415);
}

#[tokio::test]
async fn a_form_of_another_tenant_is_not_there() {
    let api = Api::new().await;
    api.post("/v1/forms", letters().to_string()).await;
    api.publish("letters").await;
    api.patch("/v1/forms/letters", &json!({ "title": null })).await;
    let theirs = api.house.key("other", &crate::app::keys::SCOPES).await;
    let send = async |request| api.send(with_key(request, &theirs)).await;
    for path in [
        "/v1/forms/letters",
        "/v1/forms/letters/versions",
        "/v1/forms/letters/versions/1",
        "/v1/forms/letters:diff?from=1&to=draft",
        "/v1/forms/nobodys",
        "/v1/forms/nobodys/versions/0",
    ] {
        send(TestRequest::get().uri(path)).await.is_problem(404);
    }
    send(post("/v1/forms/letters:publish", "")).await.is_problem(404);
    let patch =
        TestRequest::patch().uri("/v1/forms/letters").insert_header(("content-type", "application/json"));
    send(patch.set_payload("{}")).await.is_problem(404);
    assert_eq!(send(TestRequest::get().uri("/v1/forms")).await.json["data"], json!([]));
    send(post("/v1/forms", letters().to_string())).await.is_problem(409);
    api.post("/v1/forms", letters().to_string()).await.is_problem(409);
    assert!(api.get("/v1/forms/letters").await.json["draft"].is_object(), "nothing of it was changed");
}

#[tokio::test]
async fn a_key_must_be_allowed_to_read_and_to_write() {
    let api = Api::new().await;
    let reads = api.house.key("acme", &["forms:read"]).await;
    let writes = api.house.key("acme", &["forms:write"]).await;
    let make = || post("/v1/forms", letters().to_string());
    api.send(with_key(make(), &reads)).await.is_problem(403);
    assert_eq!(api.send(with_key(make(), &writes)).await.status, 201);
    api.send(with_key(TestRequest::get().uri("/v1/forms"), &writes)).await.is_problem(403);
    assert_eq!(api.send(with_key(TestRequest::get().uri("/v1/forms"), &reads)).await.status, 200);
    api.send(with_key(post("/v1/forms/letters:publish", ""), &reads)).await.is_problem(403);
}

#[tokio::test]
async fn what_was_published_beside_a_draft_is_never_lost() {
    let api = Api::new().await;
    api.post("/v1/forms", letters().to_string()).await;
    api.publish("letters").await;
    api.patch("/v1/forms/letters", &json!({ "title": { "en": "Mine" } })).await;
    api.house.publish_beside("letters", "Theirs").await;
    let stale = api.publish("letters").await;
    stale.is_problem(409);
    assert!(stale.json["detail"].as_str().unwrap().contains("from=1&to=2"), "{stale:?}");
    assert_eq!(api.patch("/v1/forms/letters", &json!({ "based_on": 2 })).await.status, 200);
    assert_eq!(api.publish("letters").await.json["published"]["version"], 3);
    let titles: Vec<Value> = {
        let mut found = Vec::new();
        for version in 1..=3 {
            let answer = api.get(&format!("/v1/forms/letters/versions/{version}")).await;
            found.push(answer.json["form"]["title"]["en"].clone());
        }
        found
    };
    assert_eq!(titles, ["Our letters", "Theirs", "Mine"]);
}
