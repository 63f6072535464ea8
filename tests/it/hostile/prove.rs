//! Proof of work: asked for while a form is attacked, counted once, and never in the way of a person.

use ayeaye::{
    app::gatekeeper::proof::challenge,
    domain::{
        id::FormId,
        time::{HOUR, MINUTE, SECOND},
    },
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::Locator;
use futures_util::future::join_all;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    FORM,
    wire::{Answer, ask},
};
use crate::support::{
    app::{SETUP, TestApp},
    browser::Setup,
    database::{Db, Start, both},
};

/// The challenge on a page.
pub(super) fn challenge_of(page: &str) -> String {
    let document = scraper::Html::parse_document(page);
    let form = scraper::Selector::parse("form[data-pow]").expect("a selector");
    let form = document.select(&form).next().unwrap_or_else(|| panic!("no challenge in {page}"));
    form.attr("data-pow").unwrap_or_default().to_owned()
}

/// What a browser finds.
pub(super) fn solved(challenge: &str) -> String {
    let Value::Object(mut answer) = serde_json::from_str(challenge).expect("a challenge") else {
        panic!("{challenge}")
    };
    let salt = answer["salt"].as_str().expect("a salt").to_owned();
    let sought = answer["challenge"].as_str().expect("a hash").to_owned();
    let most = answer.remove("maxnumber").and_then(|it| it.as_u64()).expect("a limit");
    let found = (0..=most).find(|it| hex::encode(Sha256::digest(format!("{salt}{it}"))) == sought);
    answer.insert("number".to_owned(), json!(found.expect("a number")));
    BASE64_STANDARD.encode(Value::Object(answer).to_string())
}

/// Two forms, and signs of an attack are acted upon.
struct Watchful(TestApp);

impl Start for Watchful {
    async fn start(db: Db) -> Self {
        let settings = [
            ("limits.attack_mode", "auto"),
            ("limits.proof_work", "1000"),
            ("limits.unproven_per_network", "5"),
            ("trusted_proxies", "127.0.0.1/32"),
        ];
        let app = TestApp::with(db, &settings).await;
        app.apply(SETUP).await;
        Self(app)
    }
}

impl Watchful {
    async fn post(&self, ip: &str, name: &str, pow: &str, more: &str) -> Answer {
        let headers = format!("content-type: {FORM}\r\nx-forwarded-for: {ip}\r\n{more}");
        let pow: String = url::form_urlencoded::byte_serialize(pow.as_bytes()).collect();
        let body = format!("email={name}%40example.org&p=newsletter&p=events&pow={pow}");
        ask(&self.0, "POST", "/f/newsletter", &headers, &body).await
    }

    fn form(&self, slug: &str) -> FormId {
        self.0.app().catalog().forms[slug].id
    }

    /// A hundred sign-ups that nobody confirms.
    async fn attack(&self) {
        for at in 0..100 {
            let ip = format!("10.0.{at}.1");
            assert_eq!(self.post(&ip, &format!("stranger{at}"), "", "").await.status, 303, "{at}");
        }
        self.0.run_due().await;
    }

    fn alerts(&self) -> Vec<String> {
        self.0.mails("privacy@acme.example").iter().map(|it| it.subject.clone()).collect()
    }
}

both! {
    async fn an_attacked_form_asks_for_proof_tells_its_owner_and_switches_back(app: Watchful) {
        assert_eq!(app.post("10.9.9.9", "ada", "", "").await.status, 303);
        app.attack().await;
        assert_eq!(app.alerts(), ["The form newsletter may be under attack"]);
        let asked = app.post("10.9.9.9", "eve", "", "").await;
        assert_eq!(asked.status, 200);
        assert!(app.0.person("acme", "eve@example.org").await.is_none());
        let other = ask(&app.0, "POST", "/f/lettre", &format!("content-type: {FORM}\r\n"), "email=eve%40example.org").await;
        assert_eq!(other.status, 303, "a form beside it is as it was");

        for _ in 0..7 {
            app.0.clock.advance(10 * MINUTE);
            app.0.run_due().await;
        }
        assert_eq!(app.post("10.9.9.9", "eve", "", "").await.status, 200, "it was seen an hour ago at the latest");
        for _ in 0..4 {
            app.0.clock.advance(10 * MINUTE);
            app.0.run_due().await;
        }
        assert_eq!(app.post("10.9.9.9", "eve", "", "").await.status, 303);
        let subjects = ["The form newsletter may be under attack", "The form newsletter is calm again"];
        assert_eq!(app.alerts(), subjects);
        app.attack().await;
        assert_eq!(app.alerts(), subjects, "told again after six hours only");
    }

    async fn an_instance_beside_learns_of_the_attack(app: Watchful) {
        app.attack().await;
        let beside = app.0.beside().await;
        assert!(!beside.app.tally.is_attacked(app.form("newsletter")));
        ayeaye::app::attacks::exchange(&beside.app).await.unwrap();
        assert!(!beside.app.tally.is_attacked(app.form("newsletter")), "it was started with the mode off");
        assert!(app.0.app().tally.is_attacked(app.form("newsletter")));
    }

    async fn the_page_keeps_what_was_entered_and_its_solution_gets_in_once(app: Watchful) {
        app.attack().await;
        let asked = app.post("10.9.9.9", "eve", "", "").await;
        assert!(asked.body.contains("<h1>One more step</h1>"), "{}", asked.body);
        for kept in ["name=\"email\" value=\"eve@example.org\"", "value=\"newsletter\"", "value=\"events\""] {
            assert!(asked.body.contains(kept), "{kept} is not in {}", asked.body);
        }
        let policy = asked.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        let proof = solved(&challenge_of(&asked.body));
        assert_eq!(app.post("10.9.9.9", "eve", &proof, "").await.status, 303);
        app.0.run_due().await;
        assert_eq!(app.0.mails("eve@example.org").len(), 1);
        let replayed = app.post("10.9.9.9", "mallory", &proof, "").await;
        assert_eq!(replayed.status, 200);
        assert_ne!(challenge_of(&replayed.body), challenge_of(&asked.body), "a fresh one");
        assert!(app.0.person("acme", "mallory@example.org").await.is_none());
    }

    async fn of_fifty_that_bring_one_proof_at_once_one_gets_in(app: Watchful) {
        app.attack().await;
        let proof = solved(&challenge(app.0.app(), app.form("newsletter")));
        let names: Vec<String> = (0..50).map(|at| format!("racer{at}")).collect();
        let answers = join_all(names.iter().map(|it| app.post("10.9.9.9", it, &proof, ""))).await;
        let count = |status| answers.iter().filter(|it| it.status == status).count();
        assert_eq!((count(303), count(200)), (1, 49));
    }

    async fn what_proves_nothing_is_asked_for_again(app: Watchful) {
        app.attack().await;
        let good = challenge(app.0.app(), app.form("newsletter"));
        let forged = good.replace("\"signature\":\"", "\"signature\":\"0");
        let other = solved(&challenge(app.0.app(), app.form("events")));
        let late = solved(&good);
        for (what, pow) in [("of another form", other.as_str()), ("no base64", "%%%"), ("no JSON", "AAAA"), ("forged", &solved(&forged))] {
            let answer = app.post("10.9.9.9", "eve", pow, "").await;
            assert_eq!(answer.status, 200, "{what}");
            assert!(answer.body.contains("value=\"eve@example.org\""), "{what}: nothing is lost");
        }
        app.0.clock.advance(20 * MINUTE);
        assert_eq!(app.post("10.9.9.9", "eve", &late, "").await.status, 200, "too late");
        assert!(app.0.person("acme", "eve@example.org").await.is_none());
    }

    async fn a_browser_without_script_gets_in_more_slowly(app: Watchful) {
        app.attack().await;
        for at in 0..5 {
            assert_eq!(app.post("10.9.9.9", &format!("plain{at}"), "none", "").await.status, 303, "{at}");
        }
        let refused = app.post("10.9.9.9", "plain6", "none", "").await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("3600")));
        assert_eq!(app.post("10.8.8.8", "plain6", "none", "").await.status, 303, "another network");
        app.0.clock.advance(HOUR);
        assert_eq!(app.post("10.9.9.9", "plain7", "none", "").await.status, 303);
    }

    async fn a_script_is_told_in_json(app: Watchful) {
        app.attack().await;
        let asked = app.post("10.9.9.9", "eve", "", "accept: application/json\r\n").await;
        let told: Value = serde_json::from_str(&asked.body).unwrap();
        assert_eq!((asked.status, &told["status"]), (200, &json!("prove")));
        let proof = solved(&told["challenge"].to_string());
        let done = app.post("10.9.9.9", "eve", &proof, "accept: application/json\r\n").await;
        assert_eq!((done.status, done.body.as_str()), (200, "{\"status\":\"pending\"}"));
    }

    async fn metrics_count_decisions_without_addresses(app: Watchful) {
        app.attack().await;
        app.post("10.9.9.9", "eve", "", "").await;
        app.post("10.9.9.9", "eve", "AAAA", "").await;
        let metrics = ask(&app.0, "GET", "/metrics", "", "").await.body;
        for line in [
            "ayeaye_forms_attacked 1",
            "ayeaye_decisions_total{decision=\"accepted\"} 100",
            "ayeaye_decisions_total{decision=\"proof_asked\"} 2",
            "ayeaye_decisions_total{decision=\"proof_failed\"} 1",
            "ayeaye_decisions_total{decision=\"honeypot\"} 0",
        ] {
            assert!(metrics.lines().any(|it| it == line), "{line} is not in\n{metrics}");
        }
        assert!(!metrics.contains('@'));
    }

    async fn a_mailbox_has_five_mails_in_a_month(app: Watchful) {
        for day in 0..8 {
            app.post("10.9.9.9", "ada", "", "").await;
            app.0.run_due().await;
            app.0.clock.advance(3 * ayeaye::domain::time::DAY);
            assert_eq!(app.0.mails("ada@example.org").len(), 5.min(day + 1), "day {day}");
        }
        app.0.clock.advance(31 * ayeaye::domain::time::DAY);
        app.post("10.9.9.9", "ada", "", "").await;
        app.0.run_due().await;
        assert_eq!(app.0.mails("ada@example.org").len(), 6);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_attack_the_browser_of_a_person_counts_and_they_get_through() {
    let app = Watchful::start(Db::Sqlite).await;
    app.attack().await;
    // From this machine, whoever does not count no longer gets in.
    for at in 0..5 {
        assert_eq!(app.post("127.0.0.1", &format!("plain{at}"), "none", "").await.status, 303, "{at}");
    }
    assert_eq!(app.post("127.0.0.1", "plain5", "none", "").await.status, 429);
    let browser = Setup::new().open().await;
    browser.goto(&format!("{}/f/newsletter?lang=en", app.0.base())).await.unwrap();
    browser.find(Locator::Css("label[for=p-events]")).await.unwrap().click().await.unwrap();
    browser.find(Locator::Id("email")).await.unwrap().send_keys("ada@example.org").await.unwrap();
    app.0.clock.advance(5 * SECOND);
    browser.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
    browser.wait().for_element(Locator::Id("prove")).await.unwrap();
    let challenge = "return JSON.parse(document.querySelector('#prove').dataset.pow).challenge";
    assert_eq!(browser.execute(challenge, vec![]).await.unwrap().as_str().unwrap().len(), 64);
    assert!(app.0.person("acme", "ada@example.org").await.is_none(), "nothing was taken yet");
    browser.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
    browser.wait_for_heading("Check your email").await;
    assert_eq!(app.0.state("acme", "ada@example.org", "events").await, "pending");
}
