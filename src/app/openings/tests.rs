use std::net::IpAddr;

use super::*;
use crate::{
    app::testing::House,
    crypto::Random,
    domain::{
        Locale,
        grade::Fetch,
        id::TenantId,
        request::{Facts, Outcome, Verdict},
        time::{DAY, HOUR},
    },
    store::{contact::Contact, request::Request},
};

const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";

fn visit(user_agent: &str) -> Visit {
    Visit {
        ip: IpAddr::from([203, 0, 113, 77]),
        user_agent: user_agent.to_owned(),
        origin: Some("https://mail.example".to_owned()),
        fetch: Fetch::default(),
    }
}

/// A request of somebody new, mailed an hour ago.
fn opened(app: &App, random: &Random) -> Opened {
    let now = app.now();
    let (tenant, contact) = (TenantId::new(random), ContactId::new(now, random));
    let facts = Facts { outcome: Outcome::Open, expires_at: now.plus(DAY), generation: 1, newest: 1 };
    let request = Request {
        tenant,
        id: RequestId::new(now, random),
        contact: Some(contact),
        form: None,
        nowhere: None,
        recipient: String::new(),
        locale: Locale::En,
        purposes: Vec::new(),
        created_at: now,
        tries: 0,
        facts,
        minor: None,
        receipt: None,
        mailed_at: Some(now.plus(-HOUR)),
    };
    let contact = Contact {
        tenant,
        id: contact,
        email: None,
        external_id: None,
        locale: Locale::En,
        restricted_at: None,
        suppressed_at: None,
        paused_until: None,
        erased_at: None,
        created_at: now,
        touched_at: now,
    };
    Opened { request, verdict: Verdict::Live, contact }
}

#[tokio::test]
async fn openings_are_told_with_what_they_look_like() {
    let house = House::new().await;
    let (app, random) = (&house.app, Random::seeded(1));
    let it = opened(app, &random);
    assert_eq!(app.openings.record(it.request.id), None);
    app.note_opening(&it, Page::Confirm, true, &visit("Barracuda Sentinel (EE)"));
    house.clock.advance(HOUR);
    app.note_opening(&it, Page::Confirm, false, &visit(CHROME));
    let network = app.keys.network("203.0.113.77");
    assert_eq!(
        app.openings.record(it.request.id),
        Some(json!({
            "first": "2026-11-21T09:14:32.000Z", "last": "2026-11-21T10:14:32.000Z", "count": 2, "automated": 1,
            "seen": [
                {
                    "at": "2026-11-21T09:14:32.000Z", "page": "confirm", "method": "HEAD", "automated": true,
                    "reason": "head", "network": "203.0.113.0/24", "ip_hash": network,
                    "user_agent": "Barracuda Sentinel (EE)",
                },
                {
                    "at": "2026-11-21T10:14:32.000Z", "page": "confirm", "method": "GET", "automated": false,
                    "network": "203.0.113.0/24", "ip_hash": network, "user_agent": CHROME,
                },
            ],
        }))
    );
}

#[tokio::test]
async fn links_opened_together_were_opened_by_a_list_the_first_one_too() {
    let house = House::new().await;
    let (app, random) = (&house.app, Random::seeded(1));
    let it = opened(app, &random);
    app.note_opening(&it, Page::NotMe, false, &visit(CHROME));
    house.clock.advance(1_000);
    app.note_opening(&it, Page::Confirm, false, &visit(CHROME));
    house.clock.advance(HOUR);
    app.note_opening(&it, Page::Confirm, false, &visit(CHROME));
    let record = app.openings.record(it.request.id).unwrap();
    assert_eq!((&record["count"], &record["automated"]), (&json!(3), &json!(2)));
    let reasons: Vec<&Value> = record["seen"].as_array().unwrap().iter().map(|it| &it["reason"]).collect();
    assert_eq!(reasons, [&json!("several-links"), &json!("several-links"), &Value::Null]);
}

#[tokio::test]
async fn many_openings_are_counted_and_the_first_ones_kept() {
    let house = House::new().await;
    let (app, random) = (&house.app, Random::seeded(1));
    let it = opened(app, &random);
    for _ in 0..1_000 {
        app.note_opening(&it, Page::Confirm, false, &visit(&"long ".repeat(80)));
    }
    let record = app.openings.record(it.request.id).unwrap();
    assert_eq!(record["count"], 1_000);
    let seen = record["seen"].as_array().unwrap();
    assert_eq!(seen.len(), KEPT);
    assert_eq!(seen[0]["user_agent"].as_str().unwrap().chars().count(), NAME);
}

#[tokio::test]
async fn the_oldest_request_is_forgotten_first_and_a_person_entirely() {
    let house = House::new().await;
    let (app, random) = (&house.app, Random::seeded(1));
    let many: Vec<Opened> = (0..=MOST).map(|_| opened(app, &random)).collect();
    let visit = visit(CHROME);
    for it in &many {
        app.note_opening(it, Page::Confirm, false, &visit);
    }
    let known = |at: usize| app.openings.record(many[at].request.id).is_some();
    assert_eq!((known(0), known(1), known(MOST)), (false, true, true));
    app.openings.forget(many[1].request.id);
    app.openings.forget_contact(many[2].contact.id);
    assert_eq!((known(1), known(2), known(3)), (false, false, true));
    app.note_opening(&many[0], Page::Confirm, false, &visit);
    assert_eq!((known(0), known(3)), (true, true), "there is room again");
    app.openings.forget_expired(app.now().plus(DAY));
    assert_eq!((known(0), known(3), known(MOST)), (false, false, false));
    assert!(app.openings.book().by_age.is_empty());
}
