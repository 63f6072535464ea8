//! The link of the mail opened in the browser that signed up: yes without a button, by its cookie, and by nothing else.

use ayeaye::domain::{
    id::RequestId,
    link::{Kind, Link},
    time::{DAY, MINUTE, SECOND},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    app::{SETUP, TestApp, http},
    database::{Db, Start, both},
};

const ADA: &str = "ada@example.org";
const EVE: &str = "eve@example.org";
const BASE: &str = "https://consent.example.org";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";

/// What a browser sends by itself: `Sec-Fetch-Site`, `-Mode` and `-Dest`.
type Told = [(&'static str, &'static str); 3];
const PRESSED: Told = told("same-origin", "navigate", "document");
const FETCHED: Told = told("same-origin", "cors", "empty");

const fn told(site: &'static str, mode: &'static str, dest: &'static str) -> Told {
    [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)]
}

struct Answer {
    status: u16,
    cookie: Option<String>,
    location: String,
    body: String,
}

/// A service behind a proxy that speaks HTTPS.
struct Https(TestApp);

impl Start for Https {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(db, &[("base_url", BASE), ("dev_inbox", "on")]).await;
        app.apply(SETUP).await;
        Self(app)
    }
}

impl Https {
    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let path = path.strip_prefix(BASE).unwrap_or(path);
        let mut request =
            http().request(method, format!("{}{path}", self.0.base())).header("user-agent", FIREFOX);
        let base = self.0.app().config.base_url.as_str();
        request = request.header("host", base.rsplit('/').next().unwrap());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(body.to_owned()).send().await.unwrap();
        let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
        let (cookie, location) = (header("set-cookie"), header("location").unwrap_or_default());
        let status = answer.status().as_u16();
        Answer { status, cookie, location, body: answer.text().await.unwrap() }
    }

    /// Fills the form in and sends it as `headers` tell; the answer and the value of the cookie it sets.
    async fn sign_up(&self, email: &str, headers: &[(&str, &str)]) -> Answer {
        let form = self.send(Method::GET, "/f/newsletter", &[], "").await;
        let token = field(&form.body, "token");
        self.0.clock.advance(5 * SECOND);
        let body = format!("email={email}&p=newsletter&p=events&token={token}");
        let answer = self.send(Method::POST, "/f/newsletter", headers, &body).await;
        self.0.run_due().await;
        self.0.clock.advance(MINUTE);
        answer
    }

    /// What the script of the page posts, with this cookie.
    async fn ask(&self, link: &str, cookie: Option<&str>) -> Answer {
        self.ask_as(link, cookie, &FETCHED, "").await
    }

    async fn ask_as(&self, link: &str, cookie: Option<&str>, told: &[(&str, &str)], opened: &str) -> Answer {
        let mut headers = told.to_vec();
        headers.extend(cookie.map(|it| ("cookie", it)));
        self.send(Method::POST, link, &headers, &format!("do=same-browser&opened={opened}")).await
    }

    async fn state(&self, email: &str) -> &'static str {
        self.0.state("acme", email, "newsletter").await
    }

    /// The record of a confirmation.
    async fn record(&self, email: &str) -> Value {
        let (contact, _) = self.0.person("acme", email).await.unwrap();
        let evidence = self.0.evidence(&contact).await;
        let found = evidence.iter().find(|it| it.kind == "consent.confirmed").expect("a confirmation");
        serde_json::from_str(found.record.as_ref().unwrap()).unwrap()
    }

    /// The request that a link to confirm is about.
    fn request(&self, link: &str) -> RequestId {
        let token = link.rsplit('/').next().unwrap();
        match Link::open(&self.0.app().link_keys(), Kind::Confirm, token) {
            Some(Link::Confirm(_, request, _)) => request,
            _ => panic!("{link} is none to confirm"),
        }
    }
}

fn field(page: &str, name: &str) -> String {
    let found = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{page}"));
    found.split('"').next().unwrap().to_owned()
}

/// `name=value` of a cookie, as it is sent back.
fn pair(answer: &Answer) -> String {
    let cookie = answer.cookie.as_deref().expect("a cookie");
    cookie.split(';').next().unwrap().to_owned()
}

both! {
    async fn the_browser_that_signed_up_confirms_by_opening_the_link(app: Https) {
        let signed_up = app.sign_up(ADA, &PRESSED).await;
        let (cookie, link) = (pair(&signed_up), app.0.newest_link(ADA, "confirm"));
        let sent = app.send(Method::GET, &signed_up.location, &[("cookie", &cookie)], "").await;
        assert!(sent.body.contains("If you open the link of the email in this browser"), "{}", sent.body);
        let elsewhere = app.send(Method::GET, &signed_up.location, &[], "").await;
        assert!(!elsewhere.body.contains("in this browser"), "{}", elsewhere.body);

        let page = app.send(Method::GET, &link, &[], "").await;
        assert!(page.body.contains("/confirm.js\"></script>"), "{}", page.body);
        assert_eq!((app.state(ADA).await, page.cookie), ("pending", None));
        app.0.clock.advance(SECOND / 10);
        let answer = app.ask_as(&link, Some(&cookie), &FETCHED, &field(&page.body, "opened")).await;
        assert_eq!((answer.status, app.state(ADA).await), (200, "confirmed"));
        assert!(answer.body.contains("You are signed up") && answer.body.contains("/p/ay1.manage."), "{}", answer.body);
        assert_eq!(answer.cookie.as_deref(), Some("__Host-ayeaye=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"));
        let record = app.record(ADA).await;
        assert_eq!((&record["method"], &record["grade"]), (&json!("same-browser"), &json!("person")), "{record}");
        assert_eq!(record["grade_reasons"], json!(["same-browser"]));
        assert_eq!((&record["openings"]["count"], &record["opened_at"]), (&json!(1), &json!("2026-11-21T10:01:05.000Z")));
        assert_eq!(record["purposes"].as_array().unwrap().len(), 2);
        let shown = record["shown"].to_string();
        assert!(shown.contains("Our monthly news by email.") && shown.contains("opening it means yes"), "{record}");

        let again = app.ask(&link, Some(&cookie)).await;
        assert_eq!(again.status, 200, "a second tab finds it done");
        let (contact, _) = app.0.person("acme", ADA).await.unwrap();
        let confirmed = app.0.evidence(&contact).await.into_iter().filter(|it| it.kind == "consent.confirmed");
        assert_eq!(confirmed.count(), 1);
    }

    async fn the_cookie_is_strict_and_lasts_as_long_as_the_request(app: Https) {
        let cookie = app.sign_up(ADA, &PRESSED).await.cookie.expect("a cookie");
        let (value, attributes) = cookie.split_once("; ").unwrap();
        assert!(value.starts_with("__Host-ayeaye=ay1.browser."), "{value}");
        assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=604800");
    }

    async fn it_tells_nobody_whether_an_address_is_known(app: Https) {
        app.0.apply(SETUP).await;
        let first = app.sign_up(ADA, &PRESSED).await.cookie.expect("a cookie");
        let link = app.0.newest_link(ADA, "confirm");
        app.send(Method::POST, &link, &PRESSED, "do=confirm&p=newsletter&p=events").await;
        app.0.clock.advance(DAY);
        for email in [ADA, "nobody@example.org"] {
            let cookie = app.sign_up(email, &PRESSED).await.cookie.expect("a cookie for everybody");
            assert_eq!(cookie.len(), first.len(), "{cookie}");
            assert_eq!(cookie.split_once("; ").unwrap().1, first.split_once("; ").unwrap().1);
        }
    }

    async fn only_our_own_page_in_a_tab_gets_it(app: Https) {
        let json = ("accept", "application/json");
        let others: [(&str, &[(&str, &str)]); 8] = [
            ("another site", &told("cross-site", "navigate", "document")),
            ("a sister site", &told("same-site", "navigate", "document")),
            ("typed by a program", &told("none", "navigate", "document")),
            ("a frame", &told("same-origin", "navigate", "iframe")),
            ("a script", &FETCHED),
            ("a script that wants JSON", &[FETCHED[0], FETCHED[1], FETCHED[2], json]),
            ("a browser that tells nothing", &[]),
            ("half of it", &[PRESSED[0]]),
        ];
        for (at, (who, headers)) in others.into_iter().enumerate() {
            let answer = app.sign_up(&format!("ada{at}@example.org"), headers).await;
            assert!(matches!(answer.status, 200 | 303), "{who}: {}", answer.status);
            assert_eq!(answer.cookie, None, "{who}");
        }
        let plain = app.send(Method::POST, "/f/newsletter", &PRESSED, "email=b@example.org&p=newsletter").await;
        assert_eq!((plain.status, plain.cookie), (303, None), "a form copied to another page has no token");
        let wrong = app.send(Method::POST, "/f/newsletter", &PRESSED, "email=b@&p=newsletter").await;
        assert_eq!((wrong.status, wrong.cookie), (422, None));
    }

    async fn nothing_else_confirms(app: Https) {
        let cookie = pair(&app.sign_up(ADA, &PRESSED).await);
        let link = app.0.newest_link(ADA, "confirm");
        let of_eve = pair(&app.sign_up(EVE, &PRESSED).await);
        let (tenant, request) = (app.0.tenant("acme").id, app.request(&link));
        let (keys, now) = (app.0.app().link_keys(), app.0.clock.now());
        let later = now.plus(DAY);
        let named = |token: String| format!("__Host-ayeaye={token}");
        let swapped = if cookie.ends_with('A') { "E" } else { "A" };
        let forged = [
            ("none", String::new()),
            ("empty", "__Host-ayeaye=".to_owned()),
            ("of another request", of_eve.clone()),
            ("expired", named(Link::Browser(tenant, request, now).sign(&keys))),
            ("of another tenant", named(Link::Browser(app.0.tenant("beta").id, request, later).sign(&keys))),
            ("the link itself", named(link.rsplit('/').next().unwrap().to_owned())),
            ("the page after the form", named(Link::Sent(tenant, request, later).sign(&keys))),
            ("another mac", format!("{}{swapped}", cookie.get(..cookie.len() - 2).unwrap())),
            ("another name", cookie.replace("__Host-ayeaye", "ayeaye")),
            ("a longer name", format!("x{cookie}")),
            ("10,000 of them", "__Host-ayeaye=x;".repeat(10_000)),
        ];
        let before = app.0.dump().await;
        for (what, forged) in &forged {
            let answer = app.ask(&link, Some(forged)).await;
            if *what == "10,000 of them" {
                assert!(answer.status >= 400 || answer.status == 204, "{what}: {}", answer.status);
            } else {
                assert_eq!((answer.status, answer.body.as_str(), answer.cookie), (204, "", None), "{what}");
            }
        }
        assert_eq!(app.ask(&link, None).await.status, 204);
        let [site, mode, dest] = FETCHED;
        let ways: [(&str, &[(&str, &str)]); 6] = [
            ("another site", &told("cross-site", "cors", "empty")),
            ("a sister site", &told("same-site", "cors", "empty")),
            ("a form", &PRESSED),
            ("no browser", &[]),
            ("looking ahead", &[site, mode, dest, ("sec-purpose", "prefetch;prerender")]),
            ("looking ahead, old", &[site, mode, dest, ("purpose", "prefetch")]),
        ];
        for (who, told) in ways {
            assert_eq!(app.ask_as(&link, Some(&cookie), told, "").await.status, 204, "{who}");
        }
        let unknown = format!("{BASE}/c/ay1.confirm.k1.AAAA.AAAA");
        assert_eq!(app.ask(&unknown, Some(&cookie)).await.status, 204);
        let twice = app.send(Method::POST, &link, &FETCHED, "do=same-browser&do=confirm&p=newsletter").await;
        assert_eq!(twice.status, 400);
        assert_eq!(app.0.dump().await, before);
        assert_eq!(app.ask(&link, Some(&cookie)).await.status, 200);
        assert_eq!((app.state(ADA).await, app.state(EVE).await), ("confirmed", "pending"));
    }

    async fn a_request_that_has_ended_is_not_confirmed(app: Https) {
        let cookie = pair(&app.sign_up(ADA, &PRESSED).await);
        let link = app.0.newest_link(ADA, "confirm");
        app.send(Method::POST, &link, &PRESSED, "do=delete").await;
        assert_eq!(app.ask(&link, Some(&cookie)).await.status, 204, "deleted");
        assert_ne!(app.state(ADA).await, "confirmed");

        let cookie = pair(&app.sign_up(EVE, &PRESSED).await);
        let link = app.0.newest_link(EVE, "confirm");
        let not_me = app.0.newest_link(EVE, "not_me");
        app.send(Method::POST, &not_me, &PRESSED, "do=block").await;
        let before = app.0.dump().await;
        app.0.clock.advance(8 * DAY);
        assert_eq!(app.ask(&link, Some(&cookie)).await.status, 204, "past its time");
        assert_eq!(app.0.dump().await, before);
    }

    async fn asked_for_once_more_it_moves_to_the_new_request_in_that_browser_alone(app: Https) {
        let signed_up = app.sign_up(ADA, &PRESSED).await;
        let cookie = pair(&signed_up);
        app.0.clock.advance(11 * MINUTE);
        let elsewhere = app.send(Method::POST, &signed_up.location, &PRESSED, "do=resend").await;
        assert_eq!((elsewhere.status, elsewhere.cookie), (303, None));
        app.0.run_due().await;
        app.0.clock.advance(11 * MINUTE);

        let first = app.sign_up(EVE, &PRESSED).await;
        let cookie_of_eve = pair(&first);
        app.0.clock.advance(11 * MINUTE);
        let mut headers = PRESSED.to_vec();
        headers.push(("cookie", &cookie_of_eve));
        let again = app.send(Method::POST, &first.location, &headers, "do=resend").await;
        app.0.run_due().await;
        let (next, link) = (pair(&again), app.0.newest_link(EVE, "confirm"));
        assert_ne!(next, cookie_of_eve);
        assert_eq!(app.ask(&link, Some(&cookie_of_eve)).await.status, 204, "of the request before");
        assert_eq!(app.ask(&link, Some(&cookie)).await.status, 204, "of somebody else");
        assert_eq!(app.ask(&link, Some(&next)).await.status, 200);
    }

    async fn a_button_or_a_code_takes_it_back(app: Https) {
        let gone = "__Host-ayeaye=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0";
        for (email, by_code) in [(ADA, false), (EVE, true)] {
            let signed_up = app.sign_up(email, &PRESSED).await;
            let cookie = pair(&signed_up);
            let headers = [PRESSED[0], PRESSED[1], PRESSED[2], ("cookie", cookie.as_str())];
            let code = format!("code={}", app.0.newest_mail(email).codes[0]);
            let (path, body) = if by_code {
                (signed_up.location.clone(), code.as_str())
            } else {
                (app.0.newest_link(email, "confirm"), "do=confirm&p=newsletter")
            };
            let answer = app.send(Method::POST, &path, &headers, body).await;
            assert_eq!((answer.status, answer.cookie.as_deref()), (200, Some(gone)), "{email}");
            assert_eq!(app.state(email).await, "confirmed");
        }
    }

    async fn without_https_there_is_no_cookie_and_no_script(app: TestApp) {
        let app = Https(app);
        let answer = app.sign_up(ADA, &PRESSED).await;
        assert_eq!((answer.status, answer.cookie), (303, None));
        let link = app.0.newest_link(ADA, "confirm");
        let page = app.send(Method::GET, link.strip_prefix(&app.0.base()).unwrap(), &[], "").await;
        assert!(page.status == 200 && !page.body.contains("<script"), "{}", page.body);
    }
}
