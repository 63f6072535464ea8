use serde_json::json;

use super::*;
use crate::{
    app::testing::{House, NOON},
    domain::{consent::Consent, id::EvidenceId},
};

fn at(seconds: i64) -> Timestamp {
    NOON.plus(seconds * 1_000)
}

#[tokio::test]
async fn a_yes_stands_until_it_is_taken_back_and_may_stand_again() {
    let house = House::new().await;
    let (tenant, purpose) = (house.tenant("acme").id, house.purpose("acme", "newsletter"));
    let contact = house.confirmed("acme", "ada@example.org").await.0;
    let random = &house.app.random;
    let fact = |seconds, state: &str| Evidence {
        tenant,
        id: EvidenceId::new(at(seconds), random),
        contact,
        kind: "anything".to_owned(),
        at: at(seconds),
        receipt: None,
        record: Some(json!({ "purposes": [{ "id": purpose.to_string(), "state": state }] }).to_string()),
        salt: None,
        position: None,
    };
    let newest_first = [
        fact(60, "confirmed"),
        fact(50, "pending"),
        fact(40, "withdrawn"),
        fact(30, "confirmed"),
        fact(20, "confirmed"),
        fact(10, "pending"),
    ];
    let consent = Consent { state: State::Confirmed, since: at(60), pending_since: None };
    let stored = Stored { purpose, consent, evidence: EvidenceId::new(NOON, random), used_at: None };
    let found = yeses(&newest_first, &[stored]);
    let stood = |seconds| found.iter().any(|it| it.stood(purpose, at(seconds)));
    let seconds: Vec<i64> = (0..8).map(|it| it * 10).filter(|it| stood(*it)).collect();
    assert_eq!(seconds, [20, 30, 60, 70]);
    // What is stored counts where nothing was recorded, and what has ended is not still going on.
    assert_eq!(yeses(&[], &[stored]), [Yes { purpose, since: at(60), until: None }]);
    let left = Stored { consent: Consent { state: State::Expired, ..consent }, ..stored };
    assert_eq!(yeses(&newest_first[4..], &[left]), [Yes { purpose, since: at(20), until: Some(at(60)) }]);
    assert_eq!(yeses(&[], &[left]), []);
}

#[test]
fn names_stand_as_people_read_them_each_once() {
    let names = ["SendGrid", "hooks.example.net", "listmonk", "Acme", "acme", "listmonk", "Brevo"];
    let sorted = in_order(names.map(str::to_owned).into());
    assert_eq!(sorted, ["Acme", "acme", "Brevo", "hooks.example.net", "listmonk", "SendGrid"]);
}
