//! Signups that a tenant's own server asks for: they end in a mail, never in a consent.

use ayeaye::domain::time::{DAY, HOUR, MINUTE};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::client::{Answer, Client, text};
use crate::{
    guardian,
    support::{
        app::{SETUP, TestApp},
        database::{Db, Start, both},
    },
};

const ADA: &str = "ada@example.org";
const PATH: &str = "/v1/signups";

/// One that may ask three times an hour from one network.
struct Narrow(TestApp);

impl Start for Narrow {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(db, &[("limits.network_per_hour", "3")]).await;
        app.apply(SETUP).await;
        Self(app)
    }
}

/// A form that asks a guardian, and one that is closed and has fields.
struct Forms(TestApp);

impl Start for Forms {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(db, &[]).await;
        app.apply(&format!("{}{MORE}", guardian::SETUP.split("[[tenant]]\nslug = \"beta\"").next().unwrap()))
            .await;
        Self(app)
    }
}

const MORE: &str = r#"
[[tenant.form]]
slug = "old"
purposes = ["newsletter"]
closes = 2026-11-20T00:00:00Z

[[tenant.form]]
slug = "shop"
purposes = ["newsletter", "events"]

[[tenant.form.field]]
slug = "city"
kind = "text"
label = { en = "Your city" }
reason = { en = "To find the shop near you." }
required = true
max = 20
"#;

fn newsletter(email: &str) -> Value {
    json!({ "email": email, "purposes": ["newsletter"] })
}

/// Holds one of the answers to be this and all others to be 409.
#[track_caller]
fn one_has_it(answers: &[Answer], status: u16) {
    let mut statuses: Vec<u16> = answers.iter().map(|it| it.status).collect();
    statuses.sort_unstable();
    assert_eq!((statuses[0], &statuses[1..]), (status, &[409; 7][..]), "{answers:?}");
}

both! {
    async fn a_servers_signup_is_a_request_a_mail_and_no_consent(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let made = client.post(PATH, &json!({
            "email": "Ada@Example.org", "form": "newsletter", "purposes": ["newsletter"], "locale": "fr",
            "external_id": "crm-1", "shown": "Oui, la lettre", "page": "https://shop.example/in?mail=ada%40example.org#t",
            "ip": "203.0.113.9", "user_agent": "Mozilla/5.0 (their browser)", "note": "Asked at the till.",
        })).await;
        let location = made.location.clone().unwrap();
        let made = made.ok(201);
        let id = text(&made, "id");
        assert_eq!(location, format!("{PATH}/{id}"));
        assert_eq!((text(&made, "state"), &made["already_confirmed"]), ("pending".to_owned(), &json!([])));
        assert_eq!((&made["purposes"], &made["form"]), (&json!(["newsletter"]), &json!("newsletter")));
        app.run_due().await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        let mail = app.newest_mail("Ada@example.org");
        assert!(mail.subject.contains("Acme"), "{}", mail.subject);

        let (person, _) = app.person("acme", ADA).await.unwrap();
        assert_eq!((person.external_id.as_deref(), person.locale.tag()), (Some("crm-1"), "fr"));
        let evidence = app.evidence(&person).await;
        let record: Value = serde_json::from_str(evidence[0].record.as_ref().unwrap()).unwrap();
        assert_eq!((&record["type"], &record["method"]), (&json!("signup.requested"), &json!("api")));
        assert!(record["told_by"]["api_key"].as_str().unwrap().starts_with("key_"));
        assert_eq!(record["told_by"]["page"], "https://shop.example/in", "no query: an address may stand there");
        assert_eq!(record["told_by"]["note"], "Asked at the till.");
        let visit = &record["visit"];
        assert_eq!((&visit["network"], &visit["origin"]), (&json!("203.0.113.0/24"), &json!("https://shop.example")));
        assert_eq!((&visit["user_agent"], &record["shown"]), (&json!("Mozilla/5.0 (their browser)"), &json!("Oui, la lettre")));
        assert_eq!(app.event_kinds("acme").await, ["signup.requested", "signup.mail_sent"]);

        let read = client.get(&location).await.ok(200);
        assert!(read["mailed_at"].is_string() && read.get("already_confirmed").is_none(), "{read}");
        let link = app.newest_link("Ada@example.org", "confirm");
        app.visitor().open(&link).await.press("Oui, envoyez-moi ces e-mails").await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        let read = client.get(&location).await.ok(200);
        assert_eq!(text(&read, "state"), "confirmed");
        assert!(text(&read, "receipt").starts_with("R-"));
        assert_eq!(client.act(&format!("{location}:resend")).await.status, 409);
        assert_eq!(client.act(&format!("{location}:cancel")).await.status, 409);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");

        // The signup tells when its mail was taken for as long as it is kept itself.
        app.clock.advance(31 * DAY);
        while ayeaye::app::lapse::leftovers(app.app()).await.unwrap() > 0 {}
        assert_eq!(app.database.rows("mail").await.len(), 0);
        let late = client.get(&location).await.ok(200);
        assert_eq!((late["mailed_at"].is_string(), &late["mailed_at"]), (true, &read["mailed_at"]));
    }

    async fn what_is_told_of_nobody_is_not_made_up(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        client.post(PATH, &newsletter(ADA)).await.ok(201);
        let (person, _) = app.person("acme", ADA).await.unwrap();
        let record: Value = serde_json::from_str(app.evidence(&person).await[0].record.as_ref().unwrap()).unwrap();
        assert!(record.get("visit").is_none(), "{record}");
        assert!(record["shown"].as_str().unwrap().contains("Our monthly news by email."));
    }

    async fn what_is_confirmed_is_left_alone_and_said(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let before = app.person("acme", ADA).await.unwrap().1["newsletter"];
        let client = Client::new(&app, "acme").await;
        let mails = app.mails(ADA).len();
        let again = client.post(PATH, &newsletter(ADA)).await.ok(201);
        assert_eq!((text(&again, "state"), &again["already_confirmed"]), ("already_confirmed".to_owned(), &json!(["newsletter"])));
        let read = client.get(&format!("{PATH}/{}", text(&again, "id"))).await.ok(200);
        assert_eq!((text(&read, "state"), &read["contact"]), ("already_confirmed".to_owned(), &Value::Null));
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), mails, "the caller was told");
        app.clock.advance(11 * MINUTE);
        let more = client.post(PATH, &json!({ "email": ADA, "purposes": ["newsletter", "events"] })).await.ok(201);
        assert_eq!((&more["purposes"], &more["already_confirmed"]), (&json!(["events"]), &json!(["newsletter"])));
        assert_eq!(app.person("acme", ADA).await.unwrap().1["newsletter"], before);
        assert_eq!(app.state("acme", ADA, "events").await, "pending");
    }

    async fn one_mailbox_gets_one_mail_in_ten_minutes_and_three_a_day_whoever_asks(app: TestApp) {
        let (acme, beta) = (Client::new(&app, "acme").await, Client::new(&app, "beta").await);
        let lettre = json!({ "email": "ada+other@example.org", "form": "lettre" });
        let state = |answer: Answer| text(&answer.ok(201), "state");
        assert_eq!(state(acme.post(PATH, &newsletter(ADA)).await), "pending");
        assert_eq!(state(acme.post(PATH, &newsletter(ADA)).await), "held");
        assert_eq!(state(beta.post(PATH, &lettre).await), "held", "it is one mailbox");
        assert!(app.person("beta", "ada+other@example.org").await.is_none());
        app.run_due().await;
        for _ in 0..2 {
            app.clock.advance(11 * MINUTE);
            assert_eq!(state(acme.post(PATH, &newsletter(ADA)).await), "pending");
            app.run_due().await;
        }
        app.clock.advance(11 * MINUTE);
        let held = acme.post(PATH, &newsletter(ADA)).await.ok(201);
        let read = acme.get(&format!("{PATH}/{}", text(&held, "id"))).await.ok(200);
        assert_eq!((text(&held, "state"), &held["contact"], &read["state"]), ("held".to_owned(), &Value::Null, &held["state"]));
        app.run_due().await;
        assert_eq!(app.mails(ADA).len() + app.mails("ada+other@example.org").len(), 3);
        let form = app.sign_up("newsletter", ADA, &["newsletter"]).await;
        assert_eq!(form.status(), 200);
        assert_eq!(app.mails(ADA).len(), 3, "and the forms know of them");
        app.clock.advance(DAY);
        assert_eq!(state(acme.post(PATH, &newsletter(ADA)).await), "pending");
    }

    async fn equal_signups_at_once_are_one_with_a_key_and_one_mail_without(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let beside = app.beside().await;
        let bases = [app.base(), format!("http://{}", beside.addr)];
        let mut asked = JoinSet::new();
        for number in 0..20 {
            let request = client.at(&bases[number % 2]).post_request(PATH, &newsletter(ADA));
            let request = request.header("idempotency-key", "\"one\"");
            asked.spawn(async move { Answer::of(request.send().await.unwrap()).await });
        }
        let answers = asked.join_all().await;
        assert!(answers.iter().all(|it| *it == answers[0] && it.status == 201), "{answers:?}");
        app.run_due().await;
        assert_eq!((app.mails(ADA).len(), app.event_kinds("acme").await.len()), (1, 2));

        let mut asked = JoinSet::new();
        for number in 0..12 {
            let request = client.at(&bases[number % 2]).post_request(PATH, &newsletter("bob@example.org"));
            asked.spawn(async move { text(&Answer::of(request.send().await.unwrap()).await.ok(201), "state") });
        }
        let mut states = asked.join_all().await;
        states.sort();
        assert_eq!(states.iter().filter(|it| *it == "pending").count(), 1, "{states:?}");
        app.run_due().await;
        assert_eq!(app.mails("bob@example.org").len(), 1);
        beside.stop().await;
    }

    async fn what_is_wrong_is_told_with_its_place_and_changes_nothing(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let before = app.dump().await;
        for (body, places) in [
            (json!({}), &["/email", ""][..]),
            (json!({ "email": ADA }), &[""]),
            (json!({ "email": "no address", "purposes": ["newsletter"] }), &["/email"]),
            (json!({ "email": "a@b", "purposes": ["newsletter"] }), &["/email"]),
            (json!({ "email": "ada@example.org\r\nBcc: x@y.example", "purposes": ["newsletter"] }), &["/email"]),
            (json!({ "email": ADA, "purposes": ["paper"] }), &["/purposes/0"]),
            (json!({ "email": ADA, "purposes": ["newsletter", "lettre"] }), &["/purposes/1"]),
            (json!({ "email": ADA, "purposes": ["\u{0}"] }), &["/purposes/0"]),
            (json!({ "email": ADA, "purposes": [] }), &["/purposes", ""]),
            (json!({ "email": ADA, "purposes": "newsletter" }), &["/purposes", ""]),
            (json!({ "email": ADA, "form": "lettre" }), &["/form"]),
            (json!({ "email": ADA, "form": "\u{0}" }), &["/form"]),
            (json!({ "email": ADA, "form": "newsletter" }), &["/purposes"]),
            (json!({ "email": ADA, "form": "events", "purposes": ["newsletter"] }), &["/purposes/0"]),
            (json!({ "email": ADA, "form": "events", "fields": { "x": "y" } }), &["/fields"]),
            (json!({ "email": ADA, "form": "events", "fields": ["x"] }), &["/fields"]),
            (json!({ "email": ADA, "form": "events", "fields": { "x": 1 } }), &["/fields"]),
            (json!({ "email": ADA, "form": "events", "age": "from-15" }), &["/age"]),
            (json!({ "email": ADA, "form": "events", "guardian": "mum@example.org" }), &["/guardian"]),
            (json!({ "email": ADA, "purposes": ["events"], "locale": "xx" }), &["/locale"]),
            (json!({ "email": ADA, "purposes": ["events"], "ip": "here" }), &["/ip"]),
            (json!({ "email": ADA, "purposes": ["events"], "page": "javascript:alert(1)" }), &["/page"]),
            (json!({ "email": ADA, "purposes": ["events"], "page": "shop.example" }), &["/page"]),
            (json!({ "email": ADA, "purposes": ["events"], "user_agent": "a\u{0}b" }), &["/user_agent"]),
            (json!({ "email": ADA, "purposes": ["events"], "external_id": "" }), &["/external_id"]),
            (json!({ "email": ADA, "purposes": ["events"], "external_id": "x".repeat(201) }), &["/external_id"]),
            (json!({ "email": ADA, "purposes": ["events"], "shown": "\u{0}" }), &["/shown"]),
            (json!({ "email": ADA, "purposes": ["events"], "state": "confirmed" }), &["/state"]),
            (json!({ "email": ADA, "purposes": ["events"], "confirmed": true }), &["/confirmed"]),
        ] {
            for path in [PATH, "/v1/contacts"] {
                assert_eq!(client.post(path, &body).await.wrong(), places, "{path} {body}");
            }
        }
        for id in ["req_x", "con_01kas0z1v8q4g6r1m0c7y2d3e5", "%00", "req_01kas0z1v8q4g6r1m0c7y2d3e5"] {
            assert_eq!(client.get(&format!("{PATH}/{id}")).await.status, 404, "{id}");
            assert_eq!(client.act(&format!("{PATH}/{id}:resend")).await.status, 404, "{id}");
            assert_eq!(client.act(&format!("{PATH}/{id}:cancel")).await.status, 404, "{id}");
        }
        assert_eq!(client.get("/v1/signups?contact=x").await.wrong(), ["contact"]);
        assert_eq!(client.get("/v1/signups?limit=0").await.wrong(), ["limit"]);
        assert_eq!(client.get("/v1/signups?limit=501").await.wrong(), ["limit"]);
        assert_eq!(app.dump().await, before);
    }

    async fn a_signup_is_asked_for_again_and_taken_back(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let first = text(&client.post(PATH, &newsletter(ADA)).await.ok(201), "id");
        app.run_due().await;
        let old_link = app.newest_link(ADA, "confirm");
        assert_eq!(client.act(&format!("{PATH}/{first}:resend")).await.status, 409, "a mail has just been sent");
        app.clock.advance(11 * MINUTE);
        let again = client.act(&format!("{PATH}/{first}:resend")).await;
        let location = again.location.clone().unwrap();
        let second = text(&again.ok(201), "id");
        assert_eq!(location, format!("{PATH}/{second}"));
        app.run_due().await;
        assert_eq!(app.mails(ADA).len(), 2);
        assert_eq!(text(&client.get(&format!("{PATH}/{first}")).await.ok(200), "state"), "replaced");
        assert_eq!(text(&client.act(&format!("{PATH}/{first}:cancel")).await.ok(200), "state"), "replaced");
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending", "the newer one waits");
        let new_link = app.newest_link(ADA, "confirm");
        for _ in 0..2 {
            assert_eq!(text(&client.act(&format!("{PATH}/{second}:cancel")).await.ok(200), "state"), "cancelled");
        }
        assert_eq!(app.state("acme", ADA, "newsletter").await, "unknown");
        for link in [old_link, new_link] {
            let page = app.visitor().open(&link).await;
            assert!(!page.text().contains("Yes, send me these emails"), "{}", page.text());
        }
        assert_eq!(client.act(&format!("{PATH}/{second}:resend")).await.status, 409);
        let kinds = app.event_kinds("acme").await;
        assert_eq!(kinds.iter().filter(|it| *it == "signup.cancelled").count(), 1);
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert!(app.person("acme", ADA).await.is_none(), "who never confirmed is forgotten");
        assert_eq!(client.get(&format!("{PATH}/{second}")).await.status, 404);
    }

    async fn a_network_that_is_told_is_held_back_and_one_that_is_not_is_not(app: Narrow) {
        let client = Client::new(&app.0, "acme").await;
        let ask = async |name: &str, ip: Option<&str>| {
            let mut body = newsletter(&format!("{name}@example.org"));
            if let Some(ip) = ip {
                body["ip"] = json!(ip);
            }
            client.post(PATH, &body).await
        };
        for at in 0..3 {
            ask(&format!("a{at}"), Some(&format!("203.0.113.{at}"))).await.ok(201);
        }
        let refused = ask("eve", Some("203.0.113.77")).await;
        assert_eq!((refused.status, refused.retry_after.as_deref()), (429, Some("3600")));
        assert!(app.0.person("acme", "eve@example.org").await.is_none());
        ask("eve", Some("198.51.100.1")).await.ok(201);
        for at in 0..4 {
            ask(&format!("b{at}"), None).await.ok(201);
        }
        app.0.clock.advance(HOUR);
        ask("later", Some("203.0.113.1")).await.ok(201);
    }

    async fn forms_ask_their_fields_and_a_guardian_through_the_api_too(app: Forms) {
        let (app, client) = (&app.0, Client::new(&app.0, "acme").await);
        let body = |more: Value| {
            let mut body = json!({ "email": "kim@example.org", "form": "club", "purposes": ["newsletter"] });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            body
        };
        let young = "under-15";
        for (more, places) in [
            (json!({}), ["/age"]),
            (json!({ "age": "from-16" }), ["/age"]),
            (json!({ "age": young }), ["/guardian"]),
            (json!({ "age": young, "guardian": "kim+mum@example.org" }), ["/guardian"]),
            (json!({ "form": "wine", "age": "under-16", "guardian": "mum@example.org" }), ["/age"]),
            (json!({ "form": "shop" }), ["/fields/city"]),
            (json!({ "form": "shop", "fields": { "city": "x".repeat(21) } }), ["/fields/city"]),
            (json!({ "form": "shop", "fields": { "city": "a\nb" } }), ["/fields/city"]),
        ] {
            assert_eq!(client.post(PATH, &body(more.clone())).await.wrong(), places, "{more}");
        }
        assert_eq!(client.post(PATH, &body(json!({ "form": "old" }))).await.status, 409, "it is closed");
        client.post(PATH, &body(json!({ "age": young, "guardian": "mum@example.org" }))).await.ok(201);
        app.run_due().await;
        assert_eq!((app.mails("kim@example.org").len(), app.mails("mum@example.org").len()), (1, 1));
        app.clock.advance(11 * MINUTE);
        let plain = json!({ "email": "kim@example.org", "purposes": ["events"] });
        assert_eq!(client.post(PATH, &plain).await.status, 409, "no way around the guardian");

        let shop = json!({ "email": ADA, "form": "shop", "purposes": ["events"], "fields": { "city": "Brest" } });
        let made = client.post(PATH, &shop).await.ok(201);
        let contact = format!("/v1/contacts/{}", text(&made, "contact"));
        assert_eq!(client.get(&contact).await.ok(200)["fields"], json!({}), "not before it is confirmed");
        app.run_due().await;
        app.visitor().open(&app.newest_link(ADA, "confirm")).await.press("Yes, send me these emails").await;
        assert_eq!(client.get(&contact).await.ok(200)["fields"], json!({ "city": "Brest" }));
    }

    async fn signups_are_listed_stably_and_by_person(app: TestApp) {
        let (client, beta) = (Client::new(&app, "acme").await, Client::new(&app, "beta").await);
        let mut ids = Vec::new();
        for name in ["a", "b", "c"] {
            let made = client.post(PATH, &newsletter(&format!("{name}@example.org"))).await.ok(201);
            ids.push((text(&made, "id"), text(&made, "contact")));
            app.clock.advance(1_000);
        }
        client.post(PATH, &newsletter("a@example.org")).await.ok(201);
        let first = client.get("/v1/signups?limit=2").await.ok(200);
        app.clock.advance(1_000);
        ids.push({
            let made = client.post(PATH, &newsletter("d@example.org")).await.ok(201);
            (text(&made, "id"), text(&made, "contact"))
        });
        let cursor = text(&first, "next_cursor");
        let rest = client.get(&format!("/v1/signups?limit=2&cursor={cursor}")).await.ok(200);
        let listed = [&first, &rest].into_iter().flat_map(|it| it["data"].as_array().unwrap());
        let listed: Vec<String> = listed.map(|it| text(it, "id")).collect();
        assert_eq!(listed, ids.iter().map(|it| it.0.clone()).collect::<Vec<_>>(), "held ones are nobody's");
        assert_eq!(beta.get(&format!("/v1/signups?limit=2&cursor={cursor}")).await.status, 400);
        assert_eq!(beta.get(PATH).await.ok(200)["data"], json!([]));
        let hers = client.get(&format!("/v1/signups?contact={}", ids[1].1)).await.ok(200);
        assert_eq!(hers["data"].as_array().unwrap().len(), 1);
        let theirs = beta.get(&format!("/v1/signups?contact={}", ids[1].1)).await.ok(200);
        assert_eq!(theirs["data"], json!([]));
    }

    async fn a_name_that_is_another_persons_refuses_the_signup(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let named = |email: &str, name: &str| json!({ "email": email, "purposes": ["events"], "external_id": name });
        client.post(PATH, &named(ADA, "crm-1")).await.ok(201);
        let before = app.dump().await;
        assert_eq!(client.post(PATH, &named("bob@example.org", "crm-1")).await.status, 409);
        assert_eq!(app.dump().await, before);
        app.clock.advance(11 * MINUTE);
        assert_eq!(client.post(PATH, &named(ADA, "crm-2")).await.status, 409, "she has another one");
        client.post(PATH, &named(ADA, "crm-1")).await.ok(201);
        client.post(PATH, &named("bob@example.org", "crm-2")).await.ok(201);
    }

    async fn a_signup_that_mails_nobody_spends_no_mail(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let client = Client::new(&app, "acme").await;
        for path in [PATH, "/v1/contacts"].repeat(3) {
            client.post(path, &newsletter(ADA)).await.ok(201);
        }
        let again = client.post(PATH, &newsletter(ADA)).await.ok(201);
        assert_eq!(text(&again, "state"), "already_confirmed", "however often it is asked");
        let events = json!({ "email": ADA, "purposes": ["events"] });
        assert_eq!(text(&client.post(PATH, &events).await.ok(201), "state"), "pending", "the mail is still to be had");
        assert_eq!(text(&client.post(PATH, &newsletter(ADA)).await.ok(201), "state"), "already_confirmed");
        client.post("/v1/contacts", &newsletter(ADA)).await.ok(201);
        assert_eq!(text(&client.post(PATH, &events).await.ok(201), "state"), "held", "this one would be mailed");
    }

    async fn a_name_that_is_anothers_is_told_when_no_mail_may_go_either(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let named = |email: &str, name: &str| json!({ "email": email, "purposes": ["events"], "external_id": name });
        client.post(PATH, &named(ADA, "crm-1")).await.ok(201);
        client.post(PATH, &named("bob@example.org", "crm-2")).await.ok(201);
        let gone = json!({ "reason": "bounced", "recipients": [{ "email": "eve@example.org" }] });
        client.post("/v1/suppressions", &gone).await.ok(200);
        let before = app.dump().await;
        for (email, name) in [
            (ADA, "crm-2"),
            (ADA, "crm-3"),
            // The same mailbox, and nobody yet.
            ("ada+new@example.org", "crm-1"),
            ("eve@example.org", "crm-1"),
        ] {
            for path in [PATH, "/v1/contacts"] {
                let refused = client.post(path, &named(email, name)).await.ok(409);
                assert!(text(&refused, "detail").contains("external_id"), "{email} {name}: {refused}");
            }
        }
        assert_eq!(app.dump().await, before);
        for (email, name) in [(ADA, "crm-1"), ("ada+new@example.org", "crm-3"), ("eve@example.org", "crm-3")] {
            assert_eq!(text(&client.post(PATH, &named(email, name)).await.ok(201), "state"), "held", "{email}");
            let refused = client.post("/v1/contacts", &named(email, name)).await.ok(409);
            assert!(text(&refused, "detail").contains("No mail may go"), "{email}: {refused}");
        }
        assert!(app.person("acme", "ada+new@example.org").await.is_none(), "nobody is made who is not asked");
        client.post(PATH, &named("dan@example.org", "crm-3")).await.ok(201);
    }

    async fn of_those_who_claim_one_name_at_once_one_has_it_and_the_others_are_told(app: TestApp) {
        let client = Client::new(&app, "acme").await;
        let beside = app.beside().await;
        let bases = [app.base(), format!("http://{}", beside.addr)];
        for round in 0..4 {
            let (mut asked, mut people) = (JoinSet::new(), Vec::new());
            for number in 0..8 {
                let email = format!("p{number}-{round}@example.org");
                let body = json!({ "email": email, "purposes": ["events"], "external_id": format!("crm-{round}") });
                let path = [PATH, "/v1/contacts"][number / 4];
                let request = client.at(&bases[number % 2]).post_request(path, &body);
                asked.spawn(async move { Answer::of(request.send().await.unwrap()).await });
                let plain = json!({ "email": format!("q{number}-{round}@example.org"), "purposes": ["events"] });
                people.push(text(&client.post("/v1/contacts", &plain).await.ok(201), "id"));
            }
            one_has_it(&asked.join_all().await, 201);
            let mut asked = JoinSet::new();
            for (number, id) in people.iter().enumerate() {
                let (client, path) = (client.at(&bases[number % 2]), format!("/v1/contacts/{id}"));
                let body = json!({ "external_id": format!("erp-{round}") });
                asked.spawn(async move { client.patch(&path, &body).await });
            }
            one_has_it(&asked.join_all().await, 200);
        }
        beside.stop().await;
    }
}
