//! Addresses that a tenant says must not be mailed.

use serde_json::{Value, json};

use super::client::{Client, text};
use crate::support::{app::TestApp, database::both};

const ADA: &str = "ada@example.org";
const PATH: &str = "/v1/suppressions";
const LIFT: &str = "/v1/suppressions:remove";

async fn ada(app: &TestApp) -> String {
    app.subscribe("newsletter", ADA, &["newsletter"]).await;
    app.person("acme", ADA).await.unwrap().0.id.to_string()
}

async fn gate(client: &Client, email: &str) -> Value {
    let body = json!({ "purpose": "newsletter", "recipients": [{ "email": email }] });
    let answer = client.post("/v1/checks", &body).await.ok(200);
    let result = &answer["results"][0];
    if result["decision"] == "allow" { json!("allow") } else { result["reason"].clone() }
}

fn of(reason: &str, emails: &[&str]) -> Value {
    let recipients: Vec<Value> = emails.iter().map(|it| json!({ "email": it })).collect();
    json!({ "reason": reason, "recipients": recipients })
}

async fn count(app: &TestApp, kind: &str) -> usize {
    app.event_kinds("acme").await.iter().filter(|it| *it == kind).count()
}

both! {
    async fn a_bounced_address_is_not_mailed_until_the_mark_is_lifted(app: TestApp) {
        let (client, beta) = (Client::new(&app, "acme").await, Client::new(&app, "beta").await);
        ada(&app).await;
        for _ in 0..2 {
            let marks = client.post(PATH, &of("bounced", &["ADA@example.org", "stranger@example.org"])).await.ok(200);
            assert_eq!(marks["data"].as_array().unwrap().len(), 2);
            assert!(!marks.to_string().contains("example.org"));
        }
        assert_eq!(count(&app, "suppression.added").await, 2, "twice is once");
        for email in [ADA, "stranger@example.org"] {
            assert_eq!(gate(&client, email).await, "suppressed");
        }
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed", "a full mailbox says nothing");
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let evidence = app.evidence(&person).await;
        assert_eq!(evidence.iter().filter(|it| it.kind == "suppression.added").count(), 1);
        app.clock.advance(11 * ayeaye::domain::time::MINUTE);
        for email in [ADA, "stranger@example.org"] {
            let asked = client.post("/v1/signups", &json!({ "email": email, "purposes": ["events"] })).await.ok(201);
            assert_eq!(text(&asked, "state"), "held");
        }
        assert_eq!(client.get(PATH).await.ok(200)["data"].as_array().unwrap().len(), 2);
        assert_eq!(beta.get(PATH).await.ok(200)["data"], json!([]));
        assert_eq!(beta.post(LIFT, &json!({ "email": ADA })).await.ok(200)["removed"], false, "it is not theirs");
        for email in [ADA, "stranger@example.org"] {
            for removed in [true, false] {
                assert_eq!(client.post(LIFT, &json!({ "email": email })).await.ok(200)["removed"], removed);
            }
        }
        assert_eq!(count(&app, "suppression.removed").await, 2);
        assert_eq!(gate(&client, ADA).await, "allow");
        assert_eq!(gate(&client, "stranger@example.org").await, "unknown");
    }

    async fn a_complaint_is_a_no_that_lifting_does_not_take_back(app: TestApp) {
        let (client, ada) = (Client::new(&app, "acme").await, ada(&app).await);
        let path = format!("/v1/contacts/{ada}:suppress");
        let shown = client.post(&path, &json!({ "reason": "bounced" })).await.ok(200);
        assert_eq!((&shown["suppressed"], &shown["consents"][0]["state"]), (&json!(true), &json!("confirmed")));
        for _ in 0..2 {
            let body = json!({ "reason": "complained", "note": "Feedback loop of 21 November." });
            let shown = client.post(&path, &body).await.ok(200);
            assert_eq!(shown["consents"][0]["state"], "withdrawn");
        }
        assert_eq!((count(&app, "suppression.added").await, count(&app, "consent.withdrawn").await), (2, 1));
        assert_eq!(client.post(LIFT, &json!({ "contact": ada })).await.ok(200)["removed"], true);
        assert_eq!(gate(&client, ADA).await, "withdrawn");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
    }

    async fn what_a_person_blocked_is_not_the_tenants_to_lift(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let link = app.newest_link(ADA, "not_me");
        let press = crate::support::app::http().post(link).header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(press.body("do=block").send().await.unwrap().status(), 200);
        for _ in 0..2 {
            assert_eq!(client.post(LIFT, &json!({ "email": ADA })).await.status, 409);
            client.post(PATH, &of("bounced", &[ADA])).await.ok(200);
        }
    }

    async fn an_address_suppressed_while_its_person_was_being_met_is_not_asked(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        client.post("/v1/contacts", &json!({ "email": ADA, "purposes": ["newsletter"] })).await.ok(201);
        // What two transactions that do not see each other leave: the mark, and a person without it.
        let tenant = app.tenant("acme").id;
        let hash = app.app().keys.address_hash(tenant, ADA);
        let mut tx = app.app().store.begin().await.unwrap();
        ayeaye::store::suppression::add(&mut tx, tenant, &[(hash, app.clock.now())], "bounced").await.unwrap();
        tx.commit().await.unwrap();
        app.run_due().await;
        assert!(app.mails(ADA).is_empty());
    }

    async fn one_id_that_is_nobodys_among_many_refuses_the_whole_call(app: TestApp) {
        let (client, beta) = (Client::new(&app, "acme").await, Client::new(&app, "beta").await);
        ada(&app).await;
        let body = json!({ "email": "zoe@example.org", "form": "lettre" });
        let foreign = text(&beta.post("/v1/contacts", &body).await.ok(201), "id");
        let mut recipients: Vec<Value> = (0..1_000).map(|at| json!({ "email": format!("p{at}@example.org") })).collect();
        recipients[7] = json!({ "email": ADA });
        let before = app.dump().await;
        for stranger in [
            json!({ "contact": foreign }),
            json!({ "contact": "con_01kas0z1v8q4g6r1m0c7y2d3e5" }),
            json!({ "contact": "con_x" }),
            json!({ "external_id": "crm-9" }),
            json!({ "external_id": "\u{0}" }),
        ] {
            recipients[613] = stranger.clone();
            let refused = client.post(PATH, &json!({ "reason": "objected", "recipients": recipients })).await;
            assert_eq!((refused.status, &refused.body["errors"][0]["pointer"]), (404, &json!("/recipients/613")), "{stranger}");
        }
        recipients[613] = json!({ "email": "no address" });
        let wrong = client.post(PATH, &json!({ "reason": "objected", "recipients": recipients })).await.wrong();
        assert_eq!(wrong, ["/recipients/613/email"]);
        recipients[613] = json!({ "email": "p613@example.org" });
        recipients.push(json!({ "email": "one.more@example.org" }));
        let wrong = client.post(PATH, &json!({ "reason": "objected", "recipients": recipients })).await.wrong();
        assert_eq!(wrong, ["/recipients"]);
        for (body, place) in [
            (json!({ "reason": "bounced" }), "/recipients"),
            (json!({ "reason": "reported", "recipients": [{ "email": ADA }] }), "/reason"),
            (json!({ "reason": "erased", "recipients": [{ "email": ADA }] }), "/reason"),
            (json!({ "recipients": [{ "email": ADA }] }), "/reason"),
            (json!({ "reason": "bounced", "recipients": [] }), "/recipients"),
            (json!({ "reason": "bounced", "recipients": [{}] }), "/recipients/0"),
            (json!({ "reason": "bounced", "recipients": [{ "email": ADA, "contact": foreign }] }), "/recipients/0"),
            (json!({ "reason": "bounced", "recipients": [ADA] }), "/recipients/0"),
        ] {
            assert_eq!(client.post(PATH, &body).await.wrong(), [place], "{body}");
        }
        assert_eq!(app.dump().await, before);
        recipients.pop();
        let marks = client.post(PATH, &json!({ "reason": "objected", "recipients": recipients })).await.ok(200);
        assert_eq!(marks["data"].as_array().unwrap().len(), 1_000);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
    }

    async fn calls_at_once_about_the_same_people_in_any_order_all_end(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let emails: Vec<String> = (0..12).map(|at| format!("p{at}@example.org")).collect();
        for email in &emails[..6] {
            client.post("/v1/contacts", &json!({ "email": email, "purposes": ["events"] })).await.ok(201);
        }
        let calls = (0..8).map(|at| {
            let mut order: Vec<&str> = emails.iter().map(String::as_str).collect();
            order.rotate_left(at);
            if at % 2 == 0 {
                order.reverse();
            }
            let (client, body) = (&client, of("bounced", &order));
            async move { client.post(PATH, &body).await }
        });
        for answer in futures_util::future::join_all(calls).await {
            assert_eq!(answer.ok(200)["data"].as_array().unwrap().len(), 12);
        }
        assert_eq!(count(&app, "suppression.added").await, 12);
    }
}
