use std::fmt::Write as _;

use actix_web::{http::header::CONTENT_TYPE, test::TestRequest};
use serde_json::{Value as Json, json};

use super::*;
use crate::{
    app::{
        links,
        testing::{NOON, Person, settled},
    },
    domain::{
        consent::{Consent, State, USE_BY},
        time::{DAY, HOUR},
    },
    web::api::testing::{Api, post, with_key},
};

const PATH: &str = "/v1/checks";

impl Api {
    async fn check(&self, recipients: &Json) -> Json {
        self.check_for("newsletter", recipients).await
    }

    async fn check_for(&self, purpose: &str, recipients: &Json) -> Json {
        let body = json!({ "purpose": purpose, "recipients": recipients });
        let answer = self.post(PATH, body.to_string()).await;
        assert_eq!((answer.status, answer.media_type.as_str()), (200, "application/json"), "{answer:?}");
        answer.json
    }

    async fn put(&self, email: &'static str, person: Person) {
        self.house.person("acme", &Person { email: Some(email), ..person }).await;
    }
}

/// What was answered, in order: `allow`, or the reason.
fn words(answer: &Json) -> Vec<&str> {
    let word = |it: &'static str| move |result: &'_ Json| result[it].as_str().map(str::len);
    let results = answer["results"].as_array().unwrap();
    let found: Vec<&str> = results
        .iter()
        .map(|it| {
            let allowed = it["decision"] == "allow";
            assert_eq!(word("reason")(it).is_none(), allowed, "{it}");
            if allowed { "allow" } else { it["reason"].as_str().unwrap() }
        })
        .collect();
    let allowed = found.iter().filter(|it| **it == "allow").count();
    assert_eq!(answer["allowed"], allowed);
    assert_eq!(answer["denied"], found.len() - allowed);
    found
}

#[tokio::test]
async fn the_answer_has_the_documented_shape() {
    let api = Api::new().await;
    let (contact, evidence) = api.house.confirmed("acme", "ada@example.org").await;
    let body = json!({
        "purpose": "newsletter",
        "recipients": [{ "email": "ada@example.org", "ref": "1" }, { "email": "bob@example.org" }],
        "include": ["links", "headers"],
    });
    let mut answer = api.post(PATH, body.to_string()).await.json;
    let id = answer["id"].take();
    assert!(id.as_str().unwrap().parse::<CheckId>().is_ok());
    let tenant = api.house.tenant("acme").id;
    let purpose = api.house.purpose("acme", "newsletter");
    let unsubscribe = links::unsubscribe_url(&api.house.app, tenant, contact, purpose);
    let preferences = links::preferences_url(&api.house.app, tenant, contact);
    assert_eq!(
        answer,
        json!({
            "object": "check", "id": null, "test": false, "allowed": 1, "denied": 1,
            "at": NOON.rfc3339(), "valid_until": NOON.plus(HOUR).rfc3339(),
            "results": [
                {
                    "ref": "1", "decision": "allow",
                    "contact": contact.to_string(), "consent": evidence.to_string(),
                    "links": { "unsubscribe": unsubscribe, "preferences": preferences },
                    "headers": {
                        "List-Unsubscribe": format!("<{unsubscribe}>"),
                        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                    },
                },
                { "decision": "deny", "reason": "unknown" },
            ],
        })
    );
}

#[tokio::test]
async fn links_and_headers_come_only_when_asked_for() {
    let api = Api::new().await;
    api.house.confirmed("acme", "ada@example.org").await;
    for (include, links, headers) in
        [("[]", false, false), (r#"["links"]"#, true, false), (r#"["headers"]"#, false, true)]
    {
        let body = format!(
            r#"{{"include":{include},"purpose":"newsletter","recipients":[{{"email":"ada@example.org"}}]}}"#
        );
        let answer = api.post(PATH, body).await;
        let result = &answer.json["results"][0];
        assert_eq!(result["decision"], "allow");
        assert_eq!(
            (result.get("links").is_some(), result.get("headers").is_some()),
            (links, headers),
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn every_state_has_its_reason() {
    let api = Api::new().await;
    let confirmed = || Some(settled(State::Confirmed));
    let pending = |state| Some(Consent { pending_since: Some(NOON), ..settled(state) });
    let long_ago = Consent { since: NOON.plus(-USE_BY - 1), ..settled(State::Confirmed) };
    let person = Person::default;
    let people = [
        ("confirmed@x.example", Person { consent: confirmed(), ..person() }, "allow"),
        ("met@x.example", person(), "unknown"),
        ("pending@x.example", Person { consent: pending(State::Unknown), ..person() }, "pending"),
        ("again@x.example", Person { consent: pending(State::Withdrawn), ..person() }, "pending"),
        ("withdrawn@x.example", Person { consent: Some(settled(State::Withdrawn)), ..person() }, "withdrawn"),
        ("refused@x.example", Person { consent: Some(settled(State::Refused)), ..person() }, "refused"),
        ("expired@x.example", Person { consent: Some(settled(State::Expired)), ..person() }, "expired"),
        ("unused@x.example", Person { consent: Some(long_ago), ..person() }, "expired"),
        (
            "paused@x.example",
            Person { consent: confirmed(), paused_until: Some(NOON.plus(1)), ..person() },
            "paused",
        ),
        ("back@x.example", Person { consent: confirmed(), paused_until: Some(NOON), ..person() }, "allow"),
        ("suppressed@x.example", Person { consent: confirmed(), suppressed: true, ..person() }, "suppressed"),
        ("restricted@x.example", Person { consent: confirmed(), restricted: true, ..person() }, "restricted"),
    ];
    let (mut asked, mut wanted) = (Vec::new(), Vec::new());
    for (email, person, word) in people {
        api.put(email, person).await;
        asked.push(json!({ "email": email }));
        wanted.push(word);
    }
    let erased = Person { erased: true, ..person() };
    asked.push(json!({ "contact": api.house.person("acme", &erased).await.0.to_string() }));
    wanted.push("erased");
    assert_eq!(words(&api.check(&Json::Array(asked)).await), wanted);
}

#[tokio::test]
async fn strangers_are_denied_by_the_mark_their_address_left() {
    let api = Api::new().await;
    api.house.suppress("acme", "erased@x.example", "erased", None).await;
    api.house.suppress("acme", "bounced@x.example", "hard_bounce", None).await;
    api.house.suppress("acme", "over@x.example", "not_me", Some(NOON.plus(HOUR))).await;
    let emails =
        ["Erased@X.example", "bounced@x.example", "over@x.example", "new@x.example", "erased@x.example"];
    let asked = Json::Array(emails.iter().map(|it| json!({ "email": it })).collect());
    let reasons = ["erased", "suppressed", "suppressed", "unknown", "erased"];
    assert_eq!(words(&api.check(&asked).await), reasons);
    api.house.clock.advance(HOUR);
    assert_eq!(words(&api.check(&asked).await)[2], "unknown");
}

#[tokio::test]
async fn a_person_is_found_by_each_of_their_names() {
    let api = Api::new().await;
    let person = Person {
        email: Some("Ada.Lovelace@Bücher.example"),
        external_id: Some("crm \"77\" é"),
        consent: Some(settled(State::Confirmed)),
        ..Person::default()
    };
    let (contact, _) = api.house.person("acme", &person).await;
    let answer = api
        .check(&json!([
            { "email": "ada.lovelace@xn--bcher-kva.EXAMPLE" },
            { "email": " Ada.Lovelace@bücher.example " },
            { "external_id": "crm \"77\" é" },
            { "contact": contact.to_string() },
            { "external_id": "CRM \"77\" É" },
        ]))
        .await;
    assert_eq!(words(&answer), ["allow", "allow", "allow", "allow", "unknown"]);
}

#[tokio::test]
async fn what_names_nobody_is_denied_as_unknown() {
    let api = Api::new().await;
    let (contact, evidence) = api.house.confirmed("acme", "ada@example.org").await;
    let asked = json!([
        { "email": "" }, { "email": "ada" }, { "email": "ada@example.org, bob@example.org" },
        { "email": "ada@example.org\u{0}" }, { "email": "ada@example.org\r\nBcc: x" }, { "email": "x".repeat(5_000) },
        { "email": contact.to_string() }, { "external_id": "" }, { "external_id": "\u{0}" },
        { "external_id": "ada@example.org" }, { "contact": "" }, { "contact": "con_" },
        { "contact": evidence.to_string() }, { "contact": contact.to_string().to_uppercase() },
        { "contact": "ada@example.org" },
    ]);
    assert_eq!(words(&api.check(&asked).await), vec!["unknown"; asked.as_array().unwrap().len()]);
}

#[tokio::test]
async fn another_tenants_people_and_purposes_are_unknown() {
    let api = Api::new().await;
    let person = Person {
        email: Some("ada@example.org"),
        external_id: Some("77"),
        consent: Some(settled(State::Confirmed)),
        ..Person::default()
    };
    let (contact, _) = api.house.person("other", &person).await;
    api.house.suppress("other", "bob@example.org", "erased", None).await;
    let asked = json!([
        { "email": "ada@example.org" }, { "contact": contact.to_string() }, { "external_id": "77" },
        { "email": "bob@example.org" },
    ]);
    assert_eq!(words(&api.check(&asked).await), ["unknown"; 4]);
    let key = api.house.key("other", &["checks"]).await;
    let body = |purpose: &str| json!({ "purpose": purpose, "recipients": asked }).to_string();
    let answer = api.send(with_key(post(PATH, body("newsletter")), &key)).await;
    assert_eq!(words(&answer.json), ["allow", "allow", "allow", "erased"]);
    api.send(with_key(post(PATH, body("events")), &key)).await.is_wrong_at(&["/purpose"]);
}

#[tokio::test]
async fn a_yes_for_one_purpose_is_none_for_another_or_a_retired_one() {
    let api = Api::new().await;
    api.house.confirmed("acme", "ada@example.org").await;
    let asked = json!([{ "email": "ada@example.org" }]);
    assert_eq!(words(&api.check_for("events", &asked).await), ["unknown"]);
    assert_eq!(words(&api.check_for("paper", &asked).await), ["unknown"]);
}

#[tokio::test]
async fn ten_thousand_are_answered_in_the_order_asked_and_one_more_is_refused() {
    let api = Api::new().await;
    api.house.confirmed("acme", "ada@example.org").await;
    let mut recipients = String::new();
    for at in 0..gate::MOST {
        let name = if at % 3 == 0 { "ada".to_owned() } else { format!("stranger{at}") };
        let _ = write!(recipients, r#"{{"email":"{name}@example.org","ref":"{at}"}},"#);
    }
    let body = |recipients: &str| format!(r#"{{"purpose":"newsletter","recipients":[{recipients}]}}"#);
    let answer = api.post(PATH, body(recipients.trim_end_matches(','))).await;
    assert_eq!(answer.status, 200);
    let results = answer.json["results"].as_array().unwrap();
    assert_eq!(results.len(), gate::MOST);
    for (at, result) in results.iter().enumerate() {
        assert_eq!(result["ref"], at.to_string());
        assert_eq!(result["decision"], if at % 3 == 0 { "allow" } else { "deny" }, "{at}");
    }
    assert_eq!(words(&answer.json).len(), gate::MOST);
    recipients.push_str(r#"{"email":5}"#);
    let answer = api.post(PATH, body(&recipients)).await;
    answer.is_wrong_at(&["/recipients"]);
    let detail = answer.json["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("10000") && detail.contains("10001"), "{detail}");
}

#[tokio::test]
async fn each_mistake_in_a_body_is_told_with_its_place() {
    let api = Api::new().await;
    let long = "é".repeat(201);
    let good = r#""purpose":"newsletter","recipients":[{"email":"ada@example.org"}]"#;
    let recipients = |inner: &str| format!(r#"{{"purpose":"newsletter","recipients":[{inner}]}}"#);
    let in_good = |more: &str| format!("{{{good},{more}}}");
    let cases: Vec<(String, &[&str])> = vec![
        ("{}".to_owned(), &["/purpose", "/recipients"]),
        ("[]".to_owned(), &[""]),
        (recipients(""), &["/recipients"]),
        (recipients("{}"), &["/recipients/0"]),
        (recipients(r#"{"ref":"1"}"#), &["/recipients/0"]),
        (recipients(r#"{"email":"a@b.example"},{"email":12}"#), &["/recipients/1/email"]),
        (recipients(r#"{"email":null}"#), &["/recipients/0/email"]),
        (recipients(r#"{"email":["a@b.example"]}"#), &["/recipients/0/email"]),
        (recipients(r#"{"contact":{}}"#), &["/recipients/0/contact"]),
        (recipients(r#"{"external_id":7}"#), &["/recipients/0/external_id"]),
        (recipients(r#"{"email":"a@b.example","contact":"x"}"#), &["/recipients/0"]),
        (recipients(r#"{"email":"a@b.example","email":"c@b.example"}"#), &["/recipients/0/email"]),
        (recipients(r#"{"email":"a@b.example","ref":1}"#), &["/recipients/0/ref"]),
        (recipients(&format!(r#"{{"email":"a@b.example","ref":"{long}"}}"#)), &["/recipients/0/ref"]),
        (recipients(r#"{"e-mail":"a@b.example"}"#), &["/recipients/0/e-mail", "/recipients/0"]),
        (recipients(r#""ada@example.org""#), &["/recipients/0"]),
        (in_good(r#""include":["links","open_tracking"]"#), &["/include/1"]),
        (in_good(r#""include":"links""#), &["/include"]),
        (in_good(r#""include":[7]"#), &["/include/0"]),
        (in_good(r#""include":["links","links","links","links"]"#), &["/include"]),
        (in_good(r#""campaign":" x""#), &["/campaign"]),
        (in_good(r#""campaign":"""#), &["/campaign"]),
        (in_good(r#""campaign":"a\nb""#), &["/campaign"]),
        (in_good(r#""campaing":"x""#), &["/campaing"]),
        (in_good(r#""purpose":"events""#), &["/purpose"]),
        (r#"{"purpose":7,"recipients":[{"email":"a@b.example"}]}"#.to_owned(), &["/purpose"]),
        (r#"{"purpose":"nothing","recipients":[{"email":"a@b.example"}]}"#.to_owned(), &["/purpose"]),
        (r#"{"purpose":"","recipients":[{"email":"a@b.example"}]}"#.to_owned(), &["/purpose"]),
    ];
    for (body, places) in cases {
        let answer = api.post(PATH, body).await;
        answer.is_wrong_at(places);
        assert!(!answer.text.contains('@'), "no address is repeated: {answer:?}");
    }
}

#[tokio::test]
async fn hostile_bodies_are_refused() {
    let api = Api::new().await;
    for body in [
        b"".to_vec(),
        b"{\"purpose\":\"newsletter\"".to_vec(),
        b"\xef\xbb\xbf{}".to_vec(),
        b"{\"purpose\":\"\xff\"}".to_vec(),
        b"purpose=newsletter".to_vec(),
        "[".repeat(200_000).into_bytes(),
    ] {
        api.post(PATH, body).await.is_problem(400);
    }
    api.post(PATH, vec![b' '; API_LIMIT + 1]).await.is_problem(413);
    api.post(PATH, vec![b' '; API_LIMIT]).await.is_problem(400);
}

#[tokio::test]
async fn the_body_must_be_said_to_be_json() {
    let api = Api::new().await;
    let body = r#"{"purpose":"newsletter","recipients":[{"email":"ada@example.org"}]}"#;
    for (media_type, status) in [
        (None, 415),
        (Some("text/plain"), 415),
        (Some("application/x-www-form-urlencoded"), 415),
        (Some("application/jsonp"), 415),
        (Some("application/json; charset=utf-8"), 200),
        (Some("Application/JSON"), 200),
    ] {
        let request = TestRequest::post().uri(PATH).set_payload(body);
        let request = match media_type {
            Some(it) => request.insert_header((CONTENT_TYPE, it)),
            None => request,
        };
        let answer = api.send(with_key(request, &api.key)).await;
        if status == 200 {
            assert_eq!(answer.status, 200, "{media_type:?}");
        } else {
            answer.is_problem(status);
        }
    }
}

#[tokio::test]
async fn using_a_consent_keeps_it_alive() {
    let api = Api::new().await;
    api.house.confirmed("acme", "ada@example.org").await;
    let asked = json!([{ "email": "ada@example.org" }]);
    api.house.clock.advance(USE_BY - DAY);
    assert_eq!(words(&api.check(&asked).await), ["allow"]);
    api.house.clock.advance(USE_BY - DAY);
    assert_eq!(words(&api.check(&asked).await), ["allow"], "used a day before the end");
    api.house.clock.advance(USE_BY + 1);
    assert_eq!(words(&api.check(&asked).await), ["expired"], "not used since");
}

#[tokio::test]
async fn other_methods_are_refused() {
    let api = Api::new().await;
    for request in [TestRequest::get(), TestRequest::put(), TestRequest::delete(), TestRequest::patch()] {
        api.send(with_key(request.uri(PATH), &api.key)).await.is_problem(405);
    }
}

#[tokio::test]
async fn a_compressed_body_is_refused_in_words() {
    let api = Api::new().await;
    let ask = |path: &str, media_type: &str, coding: &str| {
        let request = TestRequest::post().uri(path).insert_header((CONTENT_TYPE, media_type));
        let body = r#"{"purpose":"newsletter","recipients":[{"email":"ada@example.org"}]}"#;
        let body = if path == PATH { body } else { r#"{"email":"ada@example.org"}"# };
        with_key(request.insert_header(("content-encoding", coding)).set_payload(body), &api.key)
    };
    for (path, media_type) in
        [(PATH, "application/json"), ("/v1/checks.ndjson?purpose=newsletter", "application/x-ndjson")]
    {
        for coding in ["gzip", "br", "identity, gzip"] {
            let answer = api.send(ask(path, media_type, coding)).await;
            answer.is_problem(415);
            assert!(answer.json["detail"].as_str().unwrap().contains("Content-Encoding"), "{answer:?}");
        }
        assert_eq!(api.send(ask(path, media_type, "identity")).await.status, 200);
    }
}
