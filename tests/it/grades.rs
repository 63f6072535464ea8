//! How a confirmation was made, as the evidence tells it: a person, a scanner before them, a program in their place.

use ayeaye::domain::time::{MINUTE, SECOND};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    app::{TestApp, http},
    database::both,
    page::Page,
};

const ADA: &str = "ada@example.org";
const CHROME: &str =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0";
/// What a browser sends when somebody presses the button of a page.
const PRESSED: [(&str, &str); 4] = [
    ("sec-fetch-site", "same-origin"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-dest", "document"),
    ("sec-fetch-user", "?1"),
];

/// A browser: its name, and what it says by itself.
struct Browser<'a> {
    name: &'a str,
    told: &'a [(&'a str, &'a str)],
}

const PERSON: Browser<'static> = Browser { name: CHROME, told: &PRESSED };

impl Browser<'_> {
    async fn send(&self, method: Method, url: &str, form: Option<String>) -> (u16, String) {
        let mut request = http().request(method, url).header("user-agent", self.name);
        for (name, value) in self.told {
            request = request.header(*name, *value);
        }
        if let Some(form) = form {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Opens the page of a link and gives the hidden field that says when.
    async fn open(&self, url: &str) -> String {
        let (status, page) = self.send(Method::GET, url, None).await;
        assert_eq!(status, 200);
        opened_field(&page)
    }

    async fn press(&self, url: &str, opened: &str) {
        let form = format!("do=confirm&p=newsletter&opened={opened}");
        assert_eq!(self.send(Method::POST, url, Some(form)).await.0, 200);
    }
}

fn opened_field(page: &str) -> String {
    let field = page.split("name=\"opened\" value=\"").nth(1).unwrap_or_else(|| panic!("{page}"));
    field.split('"').next().unwrap().to_owned()
}

/// Signs Ada up; the link in her mail a few minutes later.
async fn invited(app: &TestApp) -> String {
    app.sign_up("newsletter", ADA, &["newsletter"]).await;
    app.clock.advance(3 * MINUTE);
    app.newest_link(ADA, "confirm")
}

/// The record of Ada's confirmation.
async fn record(app: &TestApp) -> Value {
    let (contact, _) = app.person("acme", ADA).await.unwrap();
    let evidence = app.evidence(&contact).await;
    let found = evidence.iter().find(|it| it.kind == "consent.confirmed").expect("she has confirmed");
    serde_json::from_str(found.record.as_ref().unwrap()).unwrap()
}

both! {
    async fn a_person_after_a_scanner_is_a_person_and_the_scanner_is_told(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let (link, not_me) = (app.newest_link(ADA, "confirm"), app.newest_link(ADA, "not_me"));
        let before = app.dump().await;
        app.clock.advance(4 * SECOND);
        let scanner = Browser { name: "Mozilla/5.0 (compatible; Proofpoint URL Defense)", told: &[] };
        let stealthy = Browser { name: CHROME, told: &[] };
        scanner.send(Method::HEAD, &link, None).await;
        scanner.send(Method::GET, &link, None).await;
        stealthy.send(Method::GET, &not_me, None).await;
        app.clock.advance(3 * MINUTE);
        let opened = PERSON.open(&link).await;
        assert_eq!(app.dump().await, before, "opening changes nothing");
        app.clock.advance(7 * SECOND);
        PERSON.press(&link, &opened).await;

        let record = record(&app).await;
        assert_eq!((&record["method"], &record["grade"]), (&json!("link"), &json!("person")), "{record}");
        assert_eq!(record["grade_reasons"], json!(["user-activated", "took-time"]));
        // Signed up at 10:00:05, scanned 4 s later, opened 3 minutes after that.
        assert_eq!(record["opened_at"], "2026-11-21T10:03:09.000Z");
        assert_eq!(
            record["visit"]["sec_fetch"],
            "sec-fetch-site=same-origin sec-fetch-mode=navigate sec-fetch-dest=document sec-fetch-user=?1"
        );
        let openings = &record["openings"];
        assert_eq!(
            json!([openings["first"], openings["last"], openings["count"], openings["automated"]]),
            json!(["2026-11-21T10:00:09.000Z", "2026-11-21T10:03:09.000Z", 4, 3])
        );
        let seen: Vec<[&Value; 4]> = openings["seen"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| [&it["page"], &it["method"], &it["automated"], &it["reason"]])
            .collect();
        assert_eq!(
            json!(seen),
            json!([
                ["confirm", "HEAD", true, "head"],
                ["confirm", "GET", true, "known-scanner"],
                ["not_me", "GET", true, "several-links"],
                ["confirm", "GET", false, null],
            ])
        );
        assert_eq!(openings["seen"][0]["network"], "127.0.0.0/24");
        assert_eq!(openings["seen"][1]["user_agent"], scanner.name);
        assert!(!openings.to_string().contains(ADA) && !openings.to_string().contains("127.0.0.1"));
    }

    async fn a_script_that_presses_is_not_stopped_and_graded_as_what_it_is(app: TestApp) {
        let link = invited(&app).await;
        let script = Browser { name: "python-requests/2.32.5", told: &[] };
        script.press(&link, "").await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        let record = record(&app).await;
        assert_eq!(record["grade"], "likely-automated");
        assert_eq!(record["grade_reasons"], json!(["library", "page-not-opened", "no-fetch-metadata"]));
        assert_eq!((record.get("opened_at"), record.get("openings")), (None, None));
    }

    async fn a_page_that_presses_its_own_button_is_told_by_the_browser(app: TestApp) {
        let link = invited(&app).await;
        let opened = PERSON.open(&link).await;
        app.clock.advance(9 * SECOND);
        let by_script = Browser { name: CHROME, told: &PRESSED[..3] };
        by_script.press(&link, &opened).await;
        let record = record(&app).await;
        assert_eq!(record["grade"], "likely-automated");
        assert_eq!(record["grade_reasons"], json!(["no-activation", "took-time"]));
    }

    async fn a_code_typed_where_she_signed_up_is_a_person(app: TestApp) {
        let mut sent: Page = app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.clock.advance(MINUTE);
        let code = app.newest_mail(ADA).codes.first().expect("a code").clone();
        sent.fill("code", &code);
        sent.press("Continue").await;
        let record = record(&app).await;
        assert_eq!((&record["method"], &record["grade"]), (&json!("code"), &json!("person")), "{record}");
        // The test's own browser has no name.
        assert_eq!(
            record["grade_reasons"],
            json!(["code-typed", "no-user-agent", "took-time", "no-fetch-metadata"])
        );
        assert_eq!(record["opened_at"], "2026-11-21T10:00:05.000Z");
        assert!(record.get("openings").is_none(), "the link was never opened");
    }

    async fn what_a_page_says_of_its_opening_cannot_be_made_up(app: TestApp) {
        let link = invited(&app).await;
        app.sign_up("newsletter", "eve@example.org", &["newsletter"]).await;
        let of_another = PERSON.open(&app.newest_link("eve@example.org", "confirm")).await;
        let not_one = link.rsplit('/').next().unwrap().to_owned();
        for (forged, at) in [(of_another, 1), (not_one, 2), ("2026-11-21T10:00:00Z".to_owned(), 3)] {
            let email = format!("ada{at}@example.org");
            app.sign_up("newsletter", &email, &["newsletter"]).await;
            PERSON.press(&app.newest_link(&email, "confirm"), &forged).await;
            let (contact, _) = app.person("acme", &email).await.unwrap();
            let evidence = app.evidence(&contact).await;
            let record: Value = serde_json::from_str(evidence.last().unwrap().record.as_ref().unwrap()).unwrap();
            assert_eq!((&record["type"], record.get("opened_at")), (&json!("consent.confirmed"), None));
            assert_eq!(record["grade_reasons"], json!(["page-not-opened", "user-activated"]));
        }
    }

    async fn openings_are_not_told_of_a_second_request(app: TestApp) {
        let first = invited(&app).await;
        PERSON.open(&first).await;
        app.clock.advance(11 * MINUTE);
        let second = invited(&app).await;
        let opened = PERSON.open(&second).await;
        app.clock.advance(2 * SECOND);
        PERSON.press(&second, &opened).await;
        assert_eq!(record(&app).await["openings"]["count"], 1);
    }
}
