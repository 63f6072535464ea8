//! A person is erased: nothing of them is found anywhere, everybody who was told is told, and nobody brings them back.

use ayeaye::{
    app::{
        erase::{self, By},
        keys, links,
    },
    domain::{id::ContactId, time::MINUTE},
};
use serde_json::{Value, json};

use crate::{
    hostile::contact,
    support::{
        app::{SETUP, TestApp, http},
        database::both,
        receiver::{Answer, Receiver},
    },
};

const ADA: &str = "Ada.Lovelace@example.org";
/// What must be found nowhere, in any spelling.
const HERS: [&str; 4] = ["lovelace", "too many of your mails", "crm-ada-7", "an-unusual-browser"];

impl TestApp {
    /// Everything stored, in all tables.
    async fn whole_dump(&self) -> String {
        self.dump_but(&[]).await.to_lowercase()
    }

    async fn erase(&self, contact: ContactId) -> Option<erase::Erased> {
        erase::erase(self.app(), &self.tenant("acme"), contact, By::Api).await.unwrap()
    }

    /// What the gate answers about somebody.
    async fn gate(&self, who: Value) -> Value {
        let key = self.api_key("acme").await;
        let body = json!({ "purpose": "newsletter", "recipients": [who] });
        let (status, answer) = self.post_json("/v1/checks", &key, &body).await;
        assert_eq!(status, 200);
        let result = &answer["results"][0];
        if result["decision"] == "allow" { json!("allow") } else { result["reason"].clone() }
    }

    async fn give_external_id(&self, contact: ContactId, name: &str) {
        use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
        let sql = AssertSqlSafe(format!("UPDATE contact SET external_id = '{name}' WHERE id = '{contact}'"));
        let url = self.database.url();
        if url.starts_with("sqlite:") {
            sqlx::SqliteConnection::connect(url).await.unwrap().execute(sql).await.unwrap();
        } else {
            sqlx::PgConnection::connect(url).await.unwrap().execute(sql).await.unwrap();
        }
    }
}

/// Ada with traces everywhere: evidence, events, references, codes, waiting mails, answers of an endpoint that
/// repeats what it is sent.
async fn known_everywhere(app: &TestApp) -> (ContactId, Receiver) {
    let receiver = Receiver::start([]).await;
    let webhook =
        format!("[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"*\"]\naddresses = true\n", receiver.url());
    let at = "[[tenant]]\nslug = \"beta\"";
    app.apply(&SETUP.replace(at, &format!("{webhook}\n{at}"))).await;
    keys::new_link_key(app.app(), app.tenant("acme").id).await.unwrap();

    // What is told of somebody else is answered with her address.
    receiver.otherwise(Answer::status(200).body(format!("after {}", ADA.replace('@', "%40"))));
    app.subscribe("newsletter", "cyd@example.org", &["newsletter"]).await;
    receiver.otherwise(Answer::status(500).body(format!("cannot store {}", ADA.to_lowercase())));
    app.sign_up("newsletter", ADA, &["newsletter", "events"]).await;
    let link = app.newest_link(ADA, "confirm");
    let press = http().post(&link).header("user-agent", "an-unusual-browser/1.0");
    let press = press.header("content-type", "application/x-www-form-urlencoded");
    http().get(&link).header("user-agent", "an-unusual-browser/1.0").send().await.unwrap();
    assert_eq!(press.body("do=confirm&p=newsletter&p=events").send().await.unwrap().status(), 200);
    app.clock.advance(11 * MINUTE);
    app.run_due().await;
    let ada = contact(app, ADA).await;
    let audience = format!("{}/v1/audiences/newsletter.ndjson?recipient=Acme", app.base());
    let given = http().get(audience).bearer_auth(app.api_key("acme").await).send().await.unwrap();
    assert!(given.text().await.unwrap().contains(ADA));
    app.give_external_id(ada, "crm-ada-7").await;
    let preferences = links::preferences_url(app.app(), app.tenant("acme").id, ada);
    app.visitor().open(&preferences).await.press("2 weeks").await;
    app.visitor().open(&preferences).await.press("Send me a code").await;
    let holder = links::Holder { tenant: app.tenant("acme").id, contact: ada, level: links::Level::L0 };
    let reason = "too many of your mails, says Ada Lovelace";
    ayeaye::app::unsubscribe::give_reason(app.app(), &app.tenant("acme"), &holder, reason).await.unwrap();
    app.clock.advance(11 * MINUTE);
    app.sign_up("events", ADA, &[]).await;
    app.run_due().await;
    receiver.otherwise(Answer::status(503));
    let dump = app.whole_dump().await;
    for hers in HERS {
        assert!(dump.contains(hers), "{hers} is to be looked for");
    }
    for table in ["disclosure ", "recipient ", "latest ", "publication ", "attempt "] {
        assert!(dump.contains(table), "{table} is to be looked in");
    }
    (ada, receiver)
}

both! {
    async fn nothing_of_an_erased_person_stays_and_those_who_were_told_are_told(app: TestApp) {
        let (ada, receiver) = known_everywhere(&app).await;
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        let facts = app.evidence(&app.person("acme", ADA).await.unwrap().0).await;
        let told = receiver.requests().len();
        let key = app.api_key("acme").await;
        let by_address = json!({ "email": ADA.to_uppercase() });
        let (status, answer) = app.post_json("/v1/contacts:erase", &key, &by_address).await;
        assert_eq!((status, &answer["contact"]), (200, &json!(ada.to_string())), "{answer}");
        let dump = app.whole_dump().await;
        for hers in HERS {
            let found = dump.lines().find(|it| it.contains(hers));
            assert_eq!(found, None, "{hers}");
        }
        assert!(dump.contains("bob@example.org"));

        // The evidence keeps its places; what was proven there is gone.
        let mut tx = app.app().store.peek().await.unwrap();
        let mut left =
            ayeaye::store::evidence::of_contact(&mut tx, app.tenant("acme").id, ada, 100).await.unwrap();
        drop(tx);
        let erasure = left.remove(0);
        left.reverse();
        assert_eq!(left.len(), facts.len());
        for (left, fact) in left.iter().zip(&facts) {
            assert_eq!((left.id, left.at, &left.kind), (fact.id, fact.at, &fact.kind));
            assert_eq!((&left.record, &left.salt), (&None, &None));
        }
        let record: Value = serde_json::from_str(&erasure.record.unwrap()).unwrap();
        assert!(erasure.salt.is_some());
        assert_eq!(
            json!([record["type"], record["contact"], record["email"], record["method"], record["purposes"]]),
            json!(["contact.erased", ada.to_string(), null, "api", []])
        );

        // Who asks is told so, by id and by address; pages and lookups know nobody.
        assert_eq!(app.gate(json!({ "contact": ada.to_string() })).await, "erased");
        assert_eq!(app.gate(json!({ "email": ADA })).await, "erased");
        assert_eq!(app.gate(json!({ "external_id": "crm-ada-7" })).await, "unknown");
        assert_eq!(app.post_json("/v1/contacts:lookup", &key, &by_address).await.0, 404);
        let preferences = links::preferences_url(app.app(), app.tenant("acme").id, ada);
        app.visitor().open(&preferences).await.assert_h1("We could not read this link");

        // Once more is the same; by the address, nobody is found any more.
        let by_id = json!({ "contact": ada.to_string() });
        assert_eq!(app.post_json("/v1/contacts:erase", &key, &by_id).await, (200, answer));
        assert_eq!(app.post_json("/v1/contacts:erase", &key, &by_address).await.0, 404);

        // What still waits carries no address; nothing is mailed.
        let mails = app.mails(ADA).len();
        receiver.otherwise(Answer::status(200));
        for _ in 0..12 {
            app.clock.advance(60 * MINUTE);
            app.run_due().await;
        }
        let after: Vec<Value> =
            receiver.requests()[told..].iter().map(crate::support::receiver::Request::json).collect();
        let of_ada = |it: &&Value| it["data"]["contact"] == json!(ada.to_string());
        assert!(after.iter().filter(of_ada).count() > 5, "{after:#?}");
        let erased: Vec<&Value> = after.iter().filter(|it| it["type"] == "contact.erased").collect();
        assert_eq!(erased.len(), 1);
        assert_eq!(erased[0]["data"], json!({ "contact": ada.to_string(), "evidence": erasure.id.to_string() }));
        let all = json!(after).to_string().to_lowercase();
        assert!(HERS.iter().all(|hers| !all.contains(hers)), "{all}");
        assert_eq!(app.mails(ADA).len(), mails);
        let dump = app.whole_dump().await;
        assert!(HERS.iter().all(|hers| !dump.contains(hers)), "{dump}");
    }

    async fn what_endpoints_answered_of_somebody_tells_nothing_of_them(app: TestApp) {
        let receiver = Receiver::start([]).await;
        let webhook = format!("[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"consent.*\", \"pause.*\", \"contact.*\"]\n", receiver.url());
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{webhook}\n{at}"))).await;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let ada = contact(&app, ADA).await;
        let spellings = ["Ada.Lovelace%2Bnews%40example.org", "ada.lovelace&#43;news&#64;example.org", ADA];
        for (at, spelling) in spellings.into_iter().enumerate() {
            receiver.otherwise(Answer::status(200).body(format!("queue full after {spelling}")));
            app.subscribe("newsletter", &format!("bob{at}@example.org"), &["newsletter"]).await;
        }
        let answers = app.database.rows("attempt").await.concat().to_lowercase();
        assert!(answers.contains("queue full after") && !answers.contains("lovelace"), "{answers}");

        // An attempt that is under way while she is erased, answered in a spelling that nobody foresees.
        let hidden = "QWRhLkxvdmVsYWNlQGV4YW1wbGUub3Jn";
        receiver.otherwise(Answer::status(200).body(hidden).after(std::time::Duration::from_secs(1)));
        let preferences = links::preferences_url(app.app(), app.tenant("acme").id, ada);
        app.visitor().open(&preferences).await.press("2 weeks").await;
        let told = receiver.requests().len();
        tokio::join!(app.run_due(), async {
            receiver.wait_for(told + 1).await;
            app.erase(ada).await.unwrap();
        });
        app.run_due().await;
        let attempts = app.database.rows("attempt").await;
        assert_eq!(attempts.len(), receiver.requests().len(), "each is on record");
        assert!(attempts.iter().all(|it| !it.contains(hidden)), "{attempts:#?}");
    }

    async fn a_key_must_be_allowed_to_erase_and_only_its_own_people(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let body = json!({ "contact": contact(&app, ADA).await.to_string() });
        let scopes = vec!["contacts:read".to_owned(), "checks".to_owned()];
        let (_, reads) = keys::new_api_key(app.app(), app.tenant("acme").id, scopes).await.unwrap();
        assert_eq!(app.post_json("/v1/contacts:erase", &reads, &body).await.0, 403);
        let other = app.api_key("beta").await;
        assert_eq!(app.post_json("/v1/contacts:erase", &other, &body).await.0, 404);
        let key = app.api_key("acme").await;
        for (body, status) in [
            (json!({}), 422),
            (json!({ "email": ADA, "contact": "con_x" }), 422),
            (json!({ "email": "nobody@example.org" }), 404),
            (json!({ "contact": "con_x" }), 404),
        ] {
            assert_eq!(app.post_json("/v1/contacts:erase", &key, &body).await.0, status, "{body}");
        }
        assert_eq!(app.gate(json!({ "email": ADA })).await, "allow");
    }

    async fn an_erased_person_comes_back_by_a_new_double_opt_in_of_their_own_only(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let before = contact(&app, ADA).await;
        app.erase(before).await.unwrap();
        app.clock.advance(11 * MINUTE);
        app.sign_up("newsletter", ADA, &["newsletter"]).await.assert_h1("Check your email");
        assert_eq!(app.gate(json!({ "email": ADA })).await, "pending");
        let confirm = app.visitor().open(&app.newest_link(ADA, "confirm")).await;
        confirm.press("Yes, send me these emails").await;
        assert_eq!(app.gate(json!({ "email": ADA })).await, "allow");
        assert_ne!(contact(&app, ADA).await, before, "somebody new");
        assert_eq!(app.gate(json!({ "contact": before.to_string() })).await, "erased");
    }

    async fn an_erased_person_whom_someone_else_signs_up_is_left_alone_when_they_say_so(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.erase(contact(&app, ADA).await).await.unwrap();
        app.clock.advance(11 * MINUTE);
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let not_me = app.visitor().open(&app.newest_link(ADA, "not_me")).await;
        not_me.press("Block this address").await;
        let mails = app.mails(ADA).len();
        app.clock.advance(8 * ayeaye::domain::time::DAY);
        app.run_due().await;
        assert!(app.person("acme", ADA).await.is_none(), "the request lapsed and left nobody");
        app.sign_up("newsletter", ADA, &["newsletter"]).await.assert_h1("Check your email");
        assert_eq!(app.mails(ADA).len(), mails);
        assert_eq!(app.gate(json!({ "email": ADA })).await, "erased");
    }

    async fn erasing_beside_other_acts_leaves_a_person_or_an_empty_mark(app: TestApp) {
        for round in 0..8 {
            let email = format!("ada{round}@example.org");
            app.sign_up("newsletter", &email, &["newsletter"]).await;
            let ada = contact(&app, &email).await;
            let link = app.newest_link(&email, "confirm");
            let preferences = links::preferences_url(app.app(), app.tenant("acme").id, ada);
            app.clock.advance(11 * MINUTE);
            let post = |url: String, body: String| {
                let request = http().post(url).header("content-type", "application/x-www-form-urlencoded");
                async move { request.body(body).send().await.unwrap().status().as_u16() }
            };
            let sign_up = post(format!("{}/f/newsletter", app.base()), format!("email={}&p=events", email.replace('@', "%40")));
            let (confirmed, left, signed_up, first, second) = tokio::join!(
                post(link, "do=confirm&p=newsletter".to_owned()),
                post(preferences, "do=stop".to_owned()),
                sign_up,
                app.erase(ada),
                app.erase(ada),
            );
            // The link may be unreadable by then, or replaced by the newer request.
            assert!([200, 404, 410].contains(&confirmed) && [200, 404].contains(&left), "{confirmed} {left}");
            assert_eq!(signed_up, 303);
            let (first, second) = (first.unwrap(), second.unwrap());
            assert_eq!((first.at, first.already), (second.at, !second.already), "once");
            app.run_due().await;
            let mut tx = app.app().store.peek().await.unwrap();
            let evidence =
                ayeaye::store::evidence::of_contact(&mut tx, app.tenant("acme").id, ada, 100).await.unwrap();
            drop(tx);
            let written: Vec<&str> =
                evidence.iter().filter(|it| it.record.is_some()).map(|it| it.kind.as_str()).collect();
            assert_eq!(written, ["contact.erased"], "round {round}");
            assert_eq!(app.gate(json!({ "contact": ada.to_string() })).await, "erased");
            for table in ["consent", "request", "mail", "challenge", "link_ref", "told_host"] {
                let rows = app.database.rows(table).await;
                assert!(rows.iter().all(|it| !it.contains(&ada.to_string())), "{table} in round {round}");
            }
            // Whoever signed up after it is somebody new, who waits; nobody else has the address.
            let dump = app.dump().await;
            let again = app.person("acme", &email).await;
            assert_eq!(dump.contains(&email), again.is_some());
            if let Some((again, consents)) = again {
                assert_ne!(again.id, ada);
                assert_eq!(consents["events"].consent.word(), "pending");
            }
        }
    }

    async fn an_erasure_given_up_half_way_is_whole_or_nothing(app: TestApp) {
        for steps in 0..24 {
            let email = format!("ada{steps}@example.org");
            app.sign_up("newsletter", &email, &["newsletter"]).await;
            let ada = contact(&app, &email).await;
            let (running, tenant) = (app.app().clone(), app.tenant("acme"));
            let erasing = tokio::spawn(async move {
                erase::erase(&running, &tenant, ada, By::Api).await.unwrap();
            });
            for _ in 0..steps {
                tokio::task::yield_now().await;
            }
            erasing.abort();
            let _ = erasing.await;
            // What was handed to the database before may still be on its way: the person's lock comes after it.
            let mut tx = app.app().store.begin().await.unwrap();
            let tenant = app.tenant("acme").id;
            let now = ayeaye::store::contact::lock(&mut tx, tenant, ada, app.clock.now()).await.unwrap().unwrap();
            tx.commit().await.unwrap();
            let dump = app.dump().await;
            let rows = |table: &str| {
                dump.lines().filter(|it| it.starts_with(table) && it.contains(&ada.to_string())).count()
            };
            let there = (now.email.is_some(), dump.contains(&email), rows("request "), rows("consent "));
            let whole = if now.erased_at.is_some() { (false, false, 0, 0) } else { (true, true, 1, 1) };
            assert_eq!(there, whole, "after {steps} steps");
            let erasures = app.evidence(&now).await.iter().filter(|it| it.kind == "contact.erased").count();
            assert_eq!(erasures, usize::from(now.erased_at.is_some()));
        }
    }
}
