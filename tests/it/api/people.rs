//! Contacts through the API: created as a request, listed, told about, exported, frozen.

use ayeaye::domain::time::{DAY, MINUTE};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::client::{Answer, Client, text};
use crate::support::{app::TestApp, database::both};

const ADA: &str = "ada@example.org";

/// Ada, who confirmed the newsletter.
async fn ada(app: &TestApp) -> String {
    app.subscribe("newsletter", ADA, &["newsletter"]).await;
    app.person("acme", ADA).await.unwrap().0.id.to_string()
}

/// What the gate says of a contact.
async fn gate(client: &Client, contact: &str) -> Value {
    let body = json!({ "purpose": "newsletter", "recipients": [{ "contact": contact }] });
    let answer = client.post("/v1/checks", &body).await.ok(200);
    let result = &answer["results"][0];
    if result["decision"] == "allow" { json!("allow") } else { result["reason"].clone() }
}

async fn count(app: &TestApp, kind: &str) -> usize {
    app.event_kinds("acme").await.iter().filter(|it| *it == kind).count()
}

both! {
    async fn a_contact_is_created_as_somebody_who_is_asked(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let body = json!({ "email": ADA, "purposes": ["newsletter"], "external_id": "crm-1" });
        let made = client.post("/v1/contacts", &body).await;
        let location = made.location.clone().unwrap();
        let made = made.ok(201);
        assert_eq!(location, format!("/v1/contacts/{}", text(&made, "id")));
        assert_eq!((&made["consents"][0]["state"], &made["external_id"]), (&json!("pending"), &json!("crm-1")));
        assert_eq!(client.get(&location).await.ok(200), made);
        assert_eq!(gate(&client, &text(&made, "id")).await, "pending");
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), 1);
        let before = app.dump().await;
        assert_eq!(client.post("/v1/contacts", &body).await.status, 409, "she has just had a mail");
        assert_eq!(app.dump().await, before);
        let frozen = json!({ "email": "bob@example.org", "purposes": ["newsletter"] });
        let frozen = text(&client.post("/v1/contacts", &frozen).await.ok(201), "id");
        client.act(&format!("/v1/contacts/{frozen}:restrict")).await.ok(200);
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert_eq!(client.get(&location).await.status, 404, "who never confirms is forgotten, whatever their name");
        client.get(&format!("/v1/contacts/{frozen}")).await.ok(200);
    }

    async fn contacts_are_listed_whole_and_stably(app: TestApp) {
        let (client, beta) = (Client::new(&app, "acme").await, Client::new(&app, "beta").await);
        let ada = ada(&app).await;
        let mut ids = vec![ada.clone()];
        for name in ["b", "c", "d"] {
            app.clock.advance(1_000);
            let body = json!({ "email": format!("{name}@example.org"), "purposes": ["events"] });
            ids.push(text(&client.post("/v1/contacts", &body).await.ok(201), "id"));
        }
        client.post("/v1/contacts:erase", &json!({ "contact": ids[2] })).await.ok(200);
        let first = client.get("/v1/contacts?limit=2").await.ok(200);
        app.clock.advance(1_000);
        let late = json!({ "email": "late@example.org", "purposes": ["events"] });
        ids.push(text(&client.post("/v1/contacts", &late).await.ok(201), "id"));
        ids.remove(2);
        let (mut listed, mut cursor) = (first["data"].as_array().unwrap().clone(), text(&first, "next_cursor"));
        loop {
            let page = client.get(&format!("/v1/contacts?limit=1&cursor={cursor}")).await.ok(200);
            listed.extend(page["data"].as_array().unwrap().clone());
            match page["next_cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        assert_eq!(listed.iter().map(|it| text(it, "id")).collect::<Vec<_>>(), ids);
        for person in &listed {
            let alone = client.get(&format!("/v1/contacts/{}", text(person, "id"))).await.ok(200);
            assert_eq!(*person, alone, "the list says what reading says");
        }
        assert_eq!(beta.get("/v1/contacts").await.ok(200)["data"], json!([]));
        assert_eq!(beta.get(&format!("/v1/contacts?cursor={cursor}")).await.status, 400);
        assert_eq!(client.get("/v1/contacts?email=ada@example.org").await.status, 422, "no address in a URL");
    }

    async fn the_timeline_is_the_evidence_newest_first(app: TestApp) {
        let (client, ada) = (Client::new(&app, "acme").await, ada(&app).await);
        client.patch(&format!("/v1/contacts/{ada}/preferences"), &json!({ "leave": ["newsletter"] })).await.ok(200);
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let mut expected: Vec<String> = app.evidence(&person).await.iter().map(|it| it.id.to_string()).collect();
        expected.reverse();
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = client.get(&format!("/v1/contacts/{ada}:timeline?limit=2{cursor}")).await.ok(200);
            found.extend(page["data"].as_array().unwrap().clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found.iter().map(|it| text(it, "evidence")).collect::<Vec<_>>(), expected);
        let left = json!([{ "purpose": "newsletter", "state": "withdrawn", "previous_state": "confirmed" }]);
        assert_eq!((&found[0]["purposes"], &found[0]["method"]), (&left, &json!("api")));
        assert_eq!(text(found.last().unwrap(), "type"), "signup.requested");
        assert_eq!(client.get(&format!("/v1/contacts/{ada}:timeline?cursor=x")).await.status, 400);
        client.post("/v1/contacts:erase", &json!({ "contact": ada })).await.ok(200);
        assert_eq!(client.get(&format!("/v1/contacts/{ada}:timeline")).await.status, 404);
    }

    async fn links_made_for_a_contact_lead_where_they_say(app: TestApp) {
        let (client, ada) = (Client::new(&app, "acme").await, ada(&app).await);
        let path = format!("/v1/contacts/{ada}/links");
        let all = client.post(&path, &json!({})).await.ok(200);
        let names: Vec<&String> = all["purposes"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["events", "newsletter"]);
        let one = client.post(&path, &json!({ "purposes": ["newsletter"], "locale": "fr" })).await.ok(200);
        let leaving = &one["purposes"]["newsletter"];
        assert!(app.visitor().open(&text(&one, "preferences")).await.text().contains("Lettre d’information"));
        let header = text(&leaving["headers"], "List-Unsubscribe");
        assert_eq!(text(&leaving["headers"], "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        let url = header.trim_start_matches('<').trim_end_matches('>');
        assert_eq!(text(leaving, "unsubscribe"), format!("{url}?lang=fr"));
        let press = crate::support::app::http().post(url).header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(press.body("List-Unsubscribe=One-Click").send().await.unwrap().status(), 200);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
        assert_eq!(client.post(&path, &json!({ "purposes": ["lettre"] })).await.wrong(), ["/purposes/0"]);
        assert_eq!(client.post(&path, &json!({ "purposes": [] })).await.wrong(), ["/purposes"]);
        assert_eq!(client.post(&path, &json!({ "locale": "xx" })).await.wrong(), ["/locale"]);
        assert_eq!(client.post("/v1/contacts/con_x/links", &json!({})).await.status, 404);
    }

    async fn the_export_of_a_person_is_all_of_them_and_of_nobody_else(app: TestApp) {
        let (client, ada) = (Client::new(&app, "acme").await, ada(&app).await);
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        let told = json!({ "email": ADA, "purposes": ["events"], "note": "at the till", "external_id": "crm-ada" });
        client.post("/v1/signups", &told).await.ok(201);
        client.post(&format!("/v1/contacts/{ada}:suppress"), &json!({ "reason": "bounced" })).await.ok(200);
        app.run_due().await;
        let all = client.get(&format!("/v1/contacts/{ada}:export")).await.ok(200);
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let evidence: Vec<String> = app.evidence(&person).await.iter().map(|it| it.id.to_string()).collect();
        let mut exported: Vec<String> = all["evidence"].as_array().unwrap().iter().map(|it| text(it, "id")).collect();
        exported.reverse();
        assert_eq!(exported, evidence);
        let events = app.events("acme").await.into_iter().filter(|it| it.contact == Some(person.id)).count();
        assert_eq!(all["events"].as_array().unwrap().len(), events);
        assert_eq!(all["signups"].as_array().unwrap().len(), 2);
        assert_eq!(all["contact"], client.get(&format!("/v1/contacts/{ada}")).await.ok(200));
        assert_eq!(all["suppression"]["reason"], "bounced");
        assert!(!all["mails"].as_array().unwrap().is_empty());
        let whole = all.to_string();
        assert!(whole.contains("at the till") && whole.contains("crm-ada"));
        let bob = app.person("acme", "bob@example.org").await.unwrap().0.id.to_string();
        assert!(!whole.contains("bob@example.org") && !whole.contains(&bob));
        client.post("/v1/contacts:erase", &json!({ "contact": ada })).await.ok(200);
        assert_eq!(client.get(&format!("/v1/contacts/{ada}:export")).await.status, 404);
    }

    async fn a_frozen_person_is_kept_and_not_mailed_nor_changed(app: TestApp) {
        let (client, ada) = (Client::new(&app, "acme").await, ada(&app).await);
        let path = format!("/v1/contacts/{ada}");
        assert_eq!(gate(&client, &ada).await, "allow");
        let mut asked = JoinSet::new();
        for _ in 0..8 {
            let request = client.post_request(&format!("{path}:restrict"), &json!({}));
            asked.spawn(async move { Answer::of(request.send().await.unwrap()).await });
        }
        let answers = asked.join_all().await;
        assert!(answers.iter().all(|it| it.status == 200 && it.body["restricted"] == true), "{answers:?}");
        assert_eq!(count(&app, "contact.restricted").await, 1);
        assert_eq!(gate(&client, &ada).await, "restricted");
        assert_eq!(client.patch(&path, &json!({ "locale": "fr" })).await.status, 409);
        let choices = format!("{path}/preferences");
        for change in [json!({ "join": ["events"] }), json!({ "pause": "1m" }), json!({ "leave": ["newsletter"], "locale": "fr" })] {
            assert_eq!(client.patch(&choices, &change).await.status, 409, "{change}");
        }
        app.clock.advance(11 * MINUTE);
        let again = json!({ "email": ADA, "purposes": ["events"] });
        assert_eq!(text(&client.post("/v1/signups", &again).await.ok(201), "state"), "held");
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let kinds: Vec<String> = app.evidence(&person).await.into_iter().map(|it| it.kind).collect();
        assert_eq!(kinds.iter().filter(|it| *it == "contact.restricted").count(), 1);
        let thawed = client.act(&format!("{path}:unrestrict")).await.ok(200);
        assert_eq!((&thawed["restricted"], gate(&client, &ada).await), (&json!(false), json!("allow")));
        client.act(&format!("{path}:unrestrict")).await.ok(200);
        assert_eq!(count(&app, "contact.unrestricted").await, 1);
        client.act(&format!("{path}:restrict")).await.ok(200);
        let left = client.patch(&choices, &json!({ "leave": ["newsletter"] })).await.ok(200);
        assert_eq!(left["purposes"][0]["state"], "withdrawn", "leaving is never refused");
        for id in ["con_x", "%00", "con_01kas0z1v8q4g6r1m0c7y2d3e5"] {
            for verb in ["restrict", "unrestrict"] {
                assert_eq!(client.act(&format!("/v1/contacts/{id}:{verb}")).await.status, 404, "{id}");
            }
        }
    }
}
