use actix_web::test::TestRequest;
use serde_json::json;

use super::*;
use crate::{
    app::testing::{NOON, Person as Known, settled},
    domain::{consent::State, time::DAY},
    store::{self, Batch, evidence::Evidence},
    web::api::testing::{Api, post, with_key},
};

const PATH: &str = "/v1/evidence:export";

#[tokio::test]
async fn whatever_is_wrong_is_told_with_its_place() {
    let api = Api::new().await;
    for (body, places) in [
        (json!({}), &[""][..]),
        (json!({ "contact": "con_x", "purpose": "newsletter" }), &[""]),
        (json!({ "contact": "con_x", "email": "a@b.example" }), &[""]),
        (json!({ "purpose": 7 }), &["/purpose"]),
        (json!({ "purpose": "paper", "everything": true }), &["/everything"]),
        (json!({ "purpose": "nowhere" }), &["/purpose"]),
        (
            json!({ "purpose": "newsletter", "since": "yesterday", "until": "2026-02-30" }),
            &["/since", "/until"],
        ),
        (json!({ "purpose": "newsletter", "since": "2026-02-02", "until": "2026-02-01" }), &["/until"]),
        (
            json!({ "purpose": "newsletter", "locale": "xx", "asked_by": "x".repeat(201) }),
            &["/asked_by", "/locale"],
        ),
    ] {
        api.post(PATH, body.to_string()).await.is_wrong_at(places);
    }
    api.post(PATH, "{").await.is_problem(400);
    api.send(with_key(TestRequest::post().uri(PATH).set_payload("{}"), &api.key)).await.is_problem(415);
}

#[tokio::test]
async fn unknown_and_foreign_people_are_the_same_404() {
    let api = Api::new().await;
    let (foreign, _) = api.house.confirmed("other", "bob@example.org").await;
    let mut answers = Vec::new();
    for body in [
        json!({ "email": "nobody@example.org" }),
        json!({ "email": "bob@example.org" }),
        json!({ "email": "no address" }),
        json!({ "contact": foreign.to_string() }),
        json!({ "contact": "con_x" }),
    ] {
        let answer = api.post(PATH, body.to_string()).await;
        answer.is_problem(404);
        answers.push(answer.text);
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
}

#[tokio::test]
async fn a_key_must_be_allowed_to_read_evidence() {
    let api = Api::new().await;
    let others: Vec<&str> =
        crate::app::keys::SCOPES.into_iter().filter(|it| *it != "evidence:read").collect();
    let key = api.house.key("acme", &others).await;
    let body = json!({ "purpose": "newsletter" }).to_string();
    let answer = api.send(with_key(post(PATH, body.clone()), &key)).await;
    answer.is_problem(403);
    assert_eq!(
        answer.challenge.as_deref(),
        Some("Bearer error=\"insufficient_scope\", scope=\"evidence:read\"")
    );
    api.send(post(PATH, body)).await.is_problem(401);
}

#[tokio::test]
async fn too_many_people_are_refused_with_what_to_do() {
    let api = Api::new().await;
    let (app, tenant) = (&api.house.app, api.house.tenant("acme").id);
    let mut batch = Batch::default();
    for number in 0..=dossier::PEOPLE_MOST {
        let consent = Some(settled(State::Confirmed));
        let (contact, id) = api.house.person("acme", &Known { consent, ..Known::default() }).await;
        let fact = Evidence {
            tenant,
            id,
            contact,
            kind: "consent.confirmed".to_owned(),
            at: NOON.plus(i64::from(number == 0) * DAY),
            receipt: None,
            record: Some("{}".to_owned()),
            salt: Some("00".repeat(32)),
            position: None,
        };
        store::evidence::put(&mut batch, &fact);
    }
    let mut tx = app.store.begin().await.unwrap();
    tx.batch(batch).await.unwrap();
    tx.commit().await.unwrap();
    let all = api.post(PATH, json!({ "purpose": "newsletter" }).to_string()).await;
    all.is_wrong_at(&["/since"]);
    assert!(all.text.contains("more than 2000 people"), "{}", all.text);
}
