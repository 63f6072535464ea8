use actix_web::test::TestRequest;
use serde_json::json;

use super::*;
use crate::{
    app::testing::{NOON, Person as Known, settled},
    domain::{consent, time::DAY},
    web::api::testing::{Api, with_key},
};

const PATH: &str = "/v1/contacts:lookup";
const SINCE: &str = "2026-11-21T09:14:32.000Z";

#[tokio::test]
async fn a_person_is_shown_with_all_their_consents() {
    let api = Api::new().await;
    let person = Known {
        email: Some("Ada@example.org"),
        external_id: Some("crm-77"),
        consent: Some(settled(State::Confirmed)),
        paused_until: Some(NOON.plus(DAY)),
        ..Known::default()
    };
    let (contact, evidence) = api.house.person("acme", &person).await;
    let tenant = api.house.tenant("acme").id;
    for body in [
        json!({ "email": "ada@EXAMPLE.org" }),
        json!({ "external_id": "crm-77" }),
        json!({ "contact": contact.to_string() }),
    ] {
        let answer = api.post(PATH, body.to_string()).await;
        assert_eq!((answer.status, answer.media_type.as_str()), (200, "application/json"));
        assert_eq!(
            answer.json,
            json!({
                "object": "contact", "id": contact.to_string(), "email": "Ada@example.org",
                "external_id": "crm-77", "locale": "en", "restricted": false,
                "paused_until": "2026-11-22T09:14:32.000Z", "suppressed": false, "created_at": SINCE,
                "consents": [{
                    "purpose": "newsletter", "state": "confirmed", "since": SINCE, "evidence": evidence.to_string(),
                }],
                "fields": {},
                "links": { "preferences": minted::preferences_url(&api.house.app, tenant, contact) },
            })
        );
    }
}

#[tokio::test]
async fn what_waits_is_pending_and_what_lapsed_is_not_told() {
    let api = Api::new().await;
    let waits = consent::Consent { pending_since: Some(NOON), ..consent::Consent::NONE };
    let again =
        consent::Consent { since: NOON.plus(-DAY), pending_since: Some(NOON), state: State::Withdrawn };
    let left = consent::Consent { since: NOON, pending_since: None, state: State::Withdrawn };
    for (email, consent, wanted) in [
        ("waits@x.example", waits, Some(("pending", true))),
        ("again@x.example", again, Some(("pending", true))),
        ("left@x.example", left, Some(("withdrawn", false))),
        ("lapsed@x.example", consent::Consent::NONE, None),
    ] {
        let person = Known { email: Some(email), consent: Some(consent), ..Known::default() };
        let (_, evidence) = api.house.person("acme", &person).await;
        let answer = api.post(PATH, json!({ "email": email }).to_string()).await;
        let consents = wanted.map(|(state, waits)| {
            let mut shown = json!({
                "purpose": "newsletter", "state": state, "since": SINCE, "evidence": evidence.to_string(),
            });
            if waits {
                shown["pending_since"] = json!(SINCE);
            }
            shown
        });
        assert_eq!(answer.json["consents"], json!(Vec::from_iter(consents)), "{email}");
    }
}

#[tokio::test]
async fn marks_and_breaks_are_shown_as_they_are_now() {
    let api = Api::new().await;
    let person = Known {
        email: Some("ada@example.org"),
        restricted: true,
        suppressed: true,
        paused_until: Some(NOON),
        ..Known::default()
    };
    api.house.person("acme", &person).await;
    let answer = api.post(PATH, r#"{"email":"ada@example.org"}"#).await;
    for (member, value) in [
        ("restricted", json!(true)),
        ("suppressed", json!(true)),
        ("paused_until", json!(null)),
        ("external_id", json!(null)),
        ("consents", json!([])),
    ] {
        assert_eq!(answer.json[member], value, "{member}");
    }
}

#[tokio::test]
async fn unknown_erased_and_foreign_people_are_the_same_404() {
    let api = Api::new().await;
    let erased = Known { external_id: Some("gone"), erased: true, ..Known::default() };
    let (erased, _) = api.house.person("acme", &erased).await;
    let (foreign, _) = api.house.confirmed("other", "bob@example.org").await;
    let mut answers = Vec::new();
    for body in [
        json!({ "email": "nobody@example.org" }),
        json!({ "email": "bob@example.org" }),
        json!({ "email": "no address" }),
        json!({ "contact": erased.to_string() }),
        json!({ "contact": foreign.to_string() }),
        json!({ "contact": "con_x" }),
        json!({ "external_id": "gone" }),
        json!({ "external_id": "\u{0}" }),
    ] {
        let answer = api.post(PATH, body.to_string()).await;
        answer.is_problem(404);
        answers.push(answer.text);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
}

#[tokio::test]
async fn each_mistake_in_a_body_is_told_with_its_place() {
    let api = Api::new().await;
    for (body, places) in [
        ("{}", &[""] as &[&str]),
        ("[]", &[""]),
        (r#"{"email":5}"#, &["/email"]),
        (r#"{"email":"a@b.example","contact":"c"}"#, &[""]),
        (r#"{"email":"a@b.example","email":"a@b.example"}"#, &["/email"]),
        (r#"{"ref":"1","email":"a@b.example"}"#, &["/ref"]),
    ] {
        api.post(PATH, body).await.is_wrong_at(places);
    }
    api.post(PATH, "").await.is_problem(400);
    api.post(PATH, vec![b' '; FORM_LIMIT + 1]).await.is_problem(413);
    let form = TestRequest::post().uri(PATH).set_payload("email=a@b.example");
    api.send(with_key(form, &api.key)).await.is_problem(415);
}

#[tokio::test]
async fn an_address_in_the_path_leads_nowhere() {
    let api = Api::new().await;
    api.house.confirmed("acme", "ada@example.org").await;
    api.get("/v1/contacts:lookup?email=ada@example.org").await.is_problem(405);
    api.get("/v1/contacts/ada@example.org").await.is_problem(404);
}
