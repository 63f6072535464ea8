//! Audiences over HTTP while the world goes on, on both databases.

use std::time::Duration;

use ayeaye::{
    domain::{
        Locale,
        consent::{Consent, State},
        id::{ContactId, EvidenceId},
        time::MINUTE,
    },
    store::{self, Batch, consent::Stored, contact::Newcomer},
};
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{client::Client, read};
use crate::support::{
    app::{TestApp, http},
    database::both,
    wait::until,
};

/// More than the buffers between the two of us hold.
const MANY: u32 = 30_000;
const PATIENCE: Duration = Duration::from_mins(1);

/// People who confirmed, without the way that leads there.
async fn confirmed(app: &TestApp, numbers: std::ops::Range<u32>) -> Vec<ContactId> {
    let (tenant, now, random) = (app.tenant("acme"), app.app().now(), &app.app().random);
    let purpose = tenant.purpose_named("newsletter").unwrap().id;
    let mut people = Vec::new();
    let mut tx = app.app().store.begin().await.unwrap();
    for number in numbers {
        let email = format!("somebody.with.a.long.name.{number}@example.org");
        let (id, lookup_key, address_hash) = (ContactId::new(now, random), &email, &format!("hash {number}"));
        let newcomer =
            Newcomer { tenant: tenant.id, id, email: &email, lookup_key, address_hash, locale: Locale::En };
        people.push(store::contact::meet(&mut tx, &newcomer, now).await.unwrap().unwrap().id);
    }
    for group in people.chunks(500) {
        let mut batch = Batch::default();
        for id in group {
            let consent = Consent { state: State::Confirmed, since: now, pending_since: None };
            let stored = Stored { purpose, consent, evidence: EvidenceId::new(now, random), used_at: None };
            store::consent::put(&mut batch, tenant.id, *id, &[stored]);
        }
        tx.batch(batch).await.unwrap();
    }
    tx.commit().await.unwrap();
    people
}

async fn asked(app: &TestApp, key: &str, ending: &str) -> Response {
    let url = format!("{}/v1/audiences/newsletter.{ending}", app.base());
    http().get(url).bearer_auth(key).send().await.unwrap()
}

async fn newest_disclosure(app: &TestApp, key: &str) -> Value {
    let url = format!("{}/v1/disclosures?limit=1", app.base());
    let (_, text) = read(http().get(url).bearer_auth(key).send().await.unwrap()).await;
    let list: Value = serde_json::from_str(&text).unwrap();
    list["data"][0].clone()
}

/// Lines and trailer of a whole audience, its hash held against what was sent.
fn whole(text: &str) -> (Vec<Value>, Value) {
    let before = text.rfind("{\"object\":\"trailer\"").expect("it has its trailer");
    let (people, trailer) = text.split_at_checked(before).unwrap();
    let trailer: Value = serde_json::from_str(trailer).unwrap();
    assert_eq!(trailer["sha256"], hex::encode(Sha256::digest(people)));
    let lines: Vec<Value> = people.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(trailer["count"], json!(lines.len()));
    (lines, trailer)
}

both! {
    async fn what_happens_while_it_is_read_is_not_in_it(app: TestApp) {
        let people = confirmed(&app, 0..MANY).await;
        let key = app.api_key("acme").await;
        let mut answer = asked(&app, &key, "ndjson?recipient=Acme&include=links").await;
        let mut text = answer.chunk().await.unwrap().unwrap().to_vec();
        // The last of them leave and are erased, and somebody new comes, before the first of them are read.
        for id in people.iter().rev().take(20) {
            let body = json!({ "contact": id.to_string() });
            assert_eq!(app.post_json("/v1/contacts:erase", &key, &body).await.0, 200);
        }
        confirmed(&app, MANY..MANY + 5).await;
        app.run_due().await;
        while let Some(piece) = answer.chunk().await.unwrap() {
            text.extend_from_slice(&piece);
        }
        let (lines, trailer) = whole(std::str::from_utf8(&text).unwrap());
        assert_eq!((lines.len(), &trailer["as_of_sequence"]), (30_000, &json!(0)));
        let mut met: Vec<&str> = lines.iter().map(|it| it["contact"].as_str().unwrap()).collect();
        let mut wanted: Vec<String> = people.iter().map(ToString::to_string).collect();
        wanted.sort_unstable();
        assert!(met.is_sorted(), "in an order that does not change");
        met.sort_unstable();
        assert_eq!(met, wanted);
        let (_, text) = read(asked(&app, &key, "ndjson?recipient=Acme").await).await;
        let (lines, trailer) = whole(&text);
        assert_eq!((lines.len(), &trailer["as_of_sequence"]), (30_000 - 20 + 5, &json!(20)));
    }

    async fn a_reader_who_goes_away_leaves_no_complete_disclosure_and_no_place_taken(app: TestApp) {
        confirmed(&app, 0..MANY).await;
        let key = app.api_key("acme").await;
        for _ in 0..3 {
            // Ids of one millisecond have no order.
            app.clock.advance(1);
            let mut answer = asked(&app, &key, "csv?recipient=Acme&include=links").await;
            assert_eq!(answer.status(), 200);
            answer.chunk().await.unwrap().unwrap();
            drop(answer);
            let disclosure = until("the end of it", PATIENCE, async || {
                Some(newest_disclosure(&app, &key).await).filter(|it| it["state"] != "open")
            });
            let disclosure = disclosure.await;
            assert_eq!((&disclosure["state"], &disclosure["sha256"]), (&json!("broken"), &Value::Null));
            // Who does not read is waited for: it was not all read ahead.
            assert!(disclosure["count"].as_u64().unwrap() < 10_000, "{disclosure}");
        }
        // One is read at once: a second waits for its turn, and that of another tenant does not.
        let mut first = asked(&app, &key, "ndjson?recipient=Acme&include=links").await;
        let second = asked(&app, &key, "ndjson?recipient=Acme").await;
        assert_eq!((second.status().as_u16(), second.headers()["retry-after"].to_str().unwrap()), (503, "60"));
        let url = format!("{}/v1/audiences/lettre.ndjson?recipient=B", app.base());
        let theirs = http().get(url).bearer_auth(app.api_key("beta").await).send().await.unwrap();
        assert_eq!(theirs.status(), 200);
        while first.chunk().await.unwrap().is_some() {}
        assert_eq!(asked(&app, &key, "ndjson?recipient=Acme").await.status(), 200);
    }

    async fn a_tenant_has_two_hundred_recipients_at_most_and_those_it_has_go_on(app: TestApp) {
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let key = app.api_key("acme").await;
        for number in 0..200 {
            let form = format!("csv?fields=email&recipient=Run%20{number}");
            assert_eq!(read(asked(&app, &key, &form).await).await.0, 200);
        }
        let (status, refused) = read(asked(&app, &key, "csv?fields=email&recipient=Run%20200").await).await;
        assert!(status == 422 && refused.contains("which is the most") && refused.contains("recipient"), "{refused}");
        assert_eq!(read(asked(&app, &key, "csv?fields=email&recipient=Run%207").await).await.0, 200);
        let others = format!("{}/v1/audiences/lettre.ndjson?recipient=Run%20200", app.base());
        let theirs = http().get(others).bearer_auth(app.api_key("beta").await).send().await.unwrap();
        assert_eq!(theirs.status(), 200);
    }

    async fn people_see_to_whom_their_address_is_given(app: TestApp) {
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        app.subscribe("newsletter", "bob@example.org", &["events"]).await;
        let key = app.api_key("acme").await;
        assert_eq!(read(asked(&app, &key, "csv?profile=mailchimp").await).await.0, 200);
        assert_eq!(read(asked(&app, &key, "ndjson?recipient=Acme%20Mail%20SAS").await).await.0, 200);
        for (email, is_given) in [("ada@example.org", true), ("bob@example.org", false)] {
            let contact = app.person("acme", email).await.unwrap().0;
            let page = app.visitor().open(&ayeaye::app::links::preferences_url(app.app(), contact.tenant, contact.id)).await;
            let text = page.text();
            assert_eq!((text.contains("Mailchimp"), text.contains("Acme Mail SAS")), (is_given, is_given), "{email}");
        }
        // Whoever came later was not in it.
        app.subscribe("newsletter", "cyd@example.org", &["newsletter"]).await;
        let contact = app.person("acme", "cyd@example.org").await.unwrap().0;
        let page = app.visitor().open(&ayeaye::app::links::preferences_url(app.app(), contact.tenant, contact.id)).await;
        assert!(!page.text().contains("Mailchimp"));
    }

    async fn who_left_is_still_told_who_received_their_address(app: TestApp) {
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let (client, key) = (Client::new(&app, "acme").await, app.api_key("acme").await);
        let contact = app.person("acme", "ada@example.org").await.unwrap().0;
        app.clock.advance(MINUTE);
        assert_eq!(read(asked(&app, &key, "csv?profile=mailchimp").await).await.0, 200);
        let disclosure = newest_disclosure(&app, &key).await;
        app.clock.advance(MINUTE);
        let preferences = format!("/v1/contacts/{}/preferences", contact.id);
        client.patch(&preferences, &json!({ "leave": ["newsletter"] })).await.ok(200);
        app.clock.advance(MINUTE);
        assert_eq!(read(asked(&app, &key, "ndjson?recipient=Acme%20Mail%20SAS").await).await.0, 200);
        let page = app.visitor().open(&ayeaye::app::links::preferences_url(app.app(), contact.tenant, contact.id)).await;
        let text = page.text();
        assert!(text.contains("Mailchimp received your address until") && !text.contains("Acme Mail SAS"), "{text}");
        let all = client.get(&format!("/v1/contacts/{}:export", contact.id)).await.ok(200);
        let given = all["recipients"].as_array().unwrap().iter().find(|it| it["recipient"] == "Mailchimp").unwrap();
        assert_eq!((&given["purpose"], &given["at"]), (&json!("newsletter"), &disclosure["began_at"]));
        assert_eq!(given["disclosure"], disclosure["id"]);
        assert_eq!(all["recipients"].as_array().unwrap().len(), 1);
    }

    async fn the_notice_says_nobody_until_somebody_is_given_addresses_and_then_names_them(app: TestApp) {
        const NOBODY: [(&str, &str); 2] = [("en", "Nobody but Acme"), ("fr", "Personne d’autre que Acme")];
        let key = app.api_key("acme").await;
        let says = async |version: &str, lang: &str, text: &str| {
            let path = format!("{}/n/acme?lang={lang}{version}", app.base());
            app.visitor().open(&path).await.text().contains(text)
        };
        assert_eq!(read(asked(&app, &key, "csv?profile=mailchimp").await).await.0, 200);
        assert_eq!(app.tenant("acme").notice.as_ref().unwrap().version, 1, "nobody was in it");
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        assert_eq!(read(asked(&app, &key, "csv?profile=mailchimp").await).await.0, 200);
        for (lang, nobody) in NOBODY {
            assert!(says("", lang, "Mailchimp").await && !says("", lang, nobody).await, "{lang}");
            assert!(says("&v=1", lang, nobody).await && !says("&v=1", lang, "Mailchimp").await, "{lang}: as it was");
        }
        // Once they are named, nothing is new; the next one, and an endpoint, are named beside them.
        assert_eq!(read(asked(&app, &key, "csv?profile=mailchimp").await).await.0, 200);
        assert_eq!(app.tenant("acme").notice.as_ref().unwrap().version, 2);
        assert_eq!(read(asked(&app, &key, "ndjson?recipient=Acme%20Mail%20SAS").await).await.0, 200);
        let hook = json!({ "url": "https://crm.example/hook", "events": ["*"], "addresses": true });
        assert_eq!(app.post_json("/v1/webhook_endpoints", &key, &hook).await.0, 201);
        assert_eq!(app.tenant("acme").notice.as_ref().unwrap().version, 4);
        for name in ["Mailchimp", "Acme Mail SAS", "crm.example"] {
            assert!(says("", "en", name).await, "{name}");
        }
        assert!(!says("&v=3", "en", "crm.example").await);
        // Nobody else's notice tells of it, and setting up the same again makes no version.
        assert!(app.visitor().open(&format!("{}/n/beta?lang=en", app.base())).await.text().contains("Nobody but"));
        app.apply(crate::support::app::SETUP).await;
        assert_eq!(app.tenant("acme").notice.as_ref().unwrap().version, 4);
    }
}
