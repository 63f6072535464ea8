//! An address is suppressed while its person signs up, confirms and leaves: whichever comes first, the gate never says
//! yes to an address that is marked.

use std::{collections::BTreeSet, time::Duration};

use ayeaye::{
    app::gate::Recipient,
    app::{
        guardian::Age,
        links, server_signup, suppress,
        told::{Surroundings, Told},
    },
    domain::{
        EmailAddress, Locale,
        consent::Reason,
        field::Answers,
        id::{ApiKeyId, RequestId},
    },
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::client::{Client, text};
use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";
const PATH: &str = "/v1/suppressions";

fn told(app: &TestApp) -> Told {
    Told::by(ApiKeyId::new(&app.app().random), Surroundings::default())
}

/// What the gate says of each.
async fn gate(client: &Client, emails: &[String]) -> Vec<bool> {
    let recipients: Vec<Value> = emails.iter().map(|it| json!({ "email": it })).collect();
    let body = json!({ "purpose": "newsletter", "recipients": recipients });
    let answer = client.post("/v1/checks", &body).await.ok(200);
    answer["results"].as_array().unwrap().iter().map(|it| it["decision"] == "allow").collect()
}

/// Presses the button of the mail that a request leads to, if it led to one.
async fn confirm(app: &TestApp, id: &str) {
    let id: RequestId = id.parse().unwrap();
    let until = app.clock.now().plus(1_000_000);
    let link = links::confirm_url(app.app(), app.tenant("acme").id, id, until);
    let press = http().post(link).header("content-type", "application/x-www-form-urlencoded");
    let status = press.body("do=confirm&p=newsletter").send().await.unwrap().status().as_u16();
    assert!([200, 404, 410].contains(&status), "{status}");
}

fn suppression(emails: &[String]) -> Value {
    let recipients: Vec<Value> = emails.iter().map(|it| json!({ "email": it })).collect();
    json!({ "reason": "objected", "recipients": recipients })
}

/// The addresses whose mark is committed.
async fn marked(app: &TestApp, emails: &[String]) -> BTreeSet<String> {
    let rows = app.database.rows("suppression").await.concat();
    let tenant = app.tenant("acme").id;
    let is_marked = |it: &&String| rows.contains(&app.app().keys.address_hash(tenant, it));
    emails.iter().filter(is_marked).cloned().collect()
}

both! {
    async fn who_is_signing_up_while_the_address_is_suppressed_is_suppressed(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let (email, tenant, told) = (EmailAddress::parse(ADA).unwrap(), app.tenant("acme"), told(&app));
        let purposes = [tenant.purpose_named("newsletter").unwrap().id];
        let asked = server_signup::Asked {
            form: None,
            email: &email,
            purposes: &purposes,
            locale: Locale::En,
            age: Age::NotAsked,
            shown: None,
            external_id: None,
            entered: &Answers::default(),
            told: &told,
        };
        let mut signing_up = app.app().store.begin().await.unwrap();
        let signup = server_signup::ask(app.app(), &mut signing_up, &tenant, &asked).await.unwrap().unwrap();
        let suppressed = {
            let client = client.at(&app.base());
            tokio::spawn(async move { client.post(PATH, &suppression(&[ADA.to_owned()])).await.status })
        };
        // Time enough for a suppression that does not wait for the signup.
        tokio::time::sleep(Duration::from_millis(500)).await;
        signing_up.commit().await.unwrap();
        assert_eq!(suppressed.await.unwrap(), 200);
        confirm(&app, &signup.id.to_string()).await;
        assert_eq!(gate(&client, &[ADA.to_owned()]).await, [false]);
        assert!(app.person("acme", ADA).await.unwrap().0.suppressed_at.is_some());
    }

    async fn who_signs_up_while_the_address_is_being_suppressed_is_not_asked(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let (tenant, told) = (app.tenant("acme"), told(&app));
        let mut suppressing = app.app().store.begin().await.unwrap();
        let whom = [Recipient::email(ADA)];
        suppress::add(app.app(), &mut suppressing, &tenant, &whom, Reason::Objected, &told).await.unwrap().unwrap();
        let signed_up = {
            let client = client.at(&app.base());
            let body = json!({ "email": ADA, "purposes": ["newsletter"] });
            tokio::spawn(async move { client.post("/v1/signups", &body).await.ok(201) })
        };
        // Time enough for a signup that does not wait for the suppression.
        tokio::time::sleep(Duration::from_millis(500)).await;
        suppressing.commit().await.unwrap();
        let signup = signed_up.await.unwrap();
        assert_eq!(text(&signup, "state"), "held");
        confirm(&app, &text(&signup, "id")).await;
        assert_eq!(gate(&client, &[ADA.to_owned()]).await, [false]);
        assert!(app.person("acme", ADA).await.is_none());
    }

    async fn whatever_is_done_at_once_the_gate_says_no_to_who_is_marked(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let emails: Vec<String> = (0..60).map(|at| format!("p{at}@example.org")).collect();
        let number = || usize::try_from(app.app().random.number() % 1_000).unwrap();
        let mut acts: JoinSet<()> = JoinSet::new();
        let mut confirming = Vec::new();
        for (at, email) in emails.iter().enumerate() {
            if at % 6 == 0 {
                let is_meant = |it: &&String| *it == email || number() % 12 == 0;
                let some: Vec<String> = emails.iter().filter(is_meant).cloned().collect();
                let client = client.at(&app.base());
                acts.spawn(async move {
                    client.post(PATH, &suppression(&some)).await.ok(200);
                });
            }
            let (client, body) = (client.at(&app.base()), json!({ "email": email, "purposes": ["newsletter"] }));
            let (app, leaves) = (&app, number() % 4 == 0);
            confirming.push(async move {
                let signup = client.post("/v1/signups", &body).await.ok(201);
                confirm(app, &text(&signup, "id")).await;
                if let Some(contact) = signup["contact"].as_str().filter(|_| leaves) {
                    let contact = contact.parse().unwrap();
                    let leave = links::preferences_url(app.app(), app.tenant("acme").id, contact);
                    let press = http().post(leave).header("content-type", "application/x-www-form-urlencoded");
                    press.body("do=stop").send().await.unwrap();
                }
            });
        }
        let watch = async {
            for _ in 0..12 {
                let marked: Vec<String> = marked(&app, &emails).await.into_iter().collect();
                if !marked.is_empty() {
                    let allowed = gate(&client, &marked).await;
                    assert!(!allowed.contains(&true), "{marked:?}: {allowed:?}");
                }
            }
        };
        tokio::join!(futures_util::future::join_all(confirming), watch);
        while let Some(act) = acts.join_next().await {
            act.unwrap();
        }
        let marked = marked(&app, &emails).await;
        assert!(marked.len() > 20 && marked.len() < emails.len(), "{}", marked.len());
        let allowed = gate(&client, &emails).await;
        assert!(allowed.contains(&true), "somebody is neither marked nor gone");
        for (email, allowed) in emails.iter().zip(allowed) {
            let Some((contact, _)) = app.person("acme", email).await else { continue };
            assert_eq!(contact.suppressed_at.is_some(), marked.contains(email), "{email}");
            assert!(!(allowed && marked.contains(email)), "{email}");
        }
    }
}
