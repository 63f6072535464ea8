//! What the log may never hold.

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{Connection as _, Executor as _};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    database::{Database, both},
    page::Page,
    receiver::{Answer, Receiver},
    smtp_evil::{Behaviour, EvilSmtp},
};

const ADA: &str = "ada.lovelace@example.org";
const REFUSED: &str = "refused.by.relay@example.org";
/// People the API alone is told of, and what it is told of them.
const GRACE: &str = "grace.hopper@example.org";
const ALAN: &str = "alan.turing@example.org";
const TOLD: [&str; 8] = [
    "grace.hopper",
    "alan.turing",
    "crm-of-grace",
    "crm-of-hopper",
    "192.0.2.77",
    "agent-of-grace",
    "page-of-grace",
    "by-phone-with-grace",
];
const MASTER: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

/// What must not be found in the log, as it comes up in the story.
#[derive(Default)]
struct Secrets(Vec<String>);

impl Secrets {
    fn add(&mut self, secret: impl Into<String>) {
        let secret = secret.into();
        assert!(secret.len() >= 6, "{secret} could be in a log by chance");
        self.0.push(secret);
    }

    /// The last part of the path of a link, its MAC alone too.
    fn add_link(&mut self, link: &str) {
        let path = link.split(['?', '#']).next().unwrap();
        let token = path.rsplit('/').next().unwrap();
        self.add(token);
        self.add(token.rsplit('.').next().unwrap());
    }

    fn add_page(&mut self, page: &Page) {
        for part in page.html().split(['"', '\'']).filter(|it| it.contains("/ay1.") || it.starts_with("ay1."))
        {
            self.add_link(part);
        }
        if page.url().path().contains("/ay1.") {
            self.add_link(page.url().path());
        }
    }
}

/// The codes and links of a mail as sent.
fn secrets_of_mail(secrets: &mut Secrets, text: &str) {
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    for word in text.split(|it: char| it.is_whitespace() || "\"<>".contains(it)) {
        if word.starts_with("http://") && word.contains("/ay1.") {
            secrets.add_link(word);
        } else if word.len() == 6 && word.bytes().all(|it| it.is_ascii_digit()) {
            secrets.add(word);
        }
    }
}

async fn sign_up(service: &Running, email: &str, secrets: &mut Secrets) -> Page {
    let mut page = service.visitor().open("/f/newsletter").await;
    secrets.add_page(&page);
    page.fill("email", email).tick("p", "newsletter");
    let sent = page.press("Sign up").await;
    sent.assert_h1("Check your email");
    sent
}

fn link(secrets: &Secrets, kind: &str) -> String {
    let found = secrets.0.iter().rev().find(|it| it.starts_with(&format!("ay1.{kind}.")));
    found.unwrap_or_else(|| panic!("no link {kind} in {:#?}", secrets.0)).clone()
}

both! {
    async fn the_log_of_a_whole_story_names_nobody_and_opens_nothing(home: Home) {
        tell_the_story(home).await;
    }
}

async fn tell_the_story(mut home: Home) {
    let relay = EvilSmtp::start([]).await;
    let receiver = Receiver::start([]).await;
    receiver.otherwise(Answer::status(500).body("no thanks"));
    let mut secrets = Secrets::default();
    home.set("AYEAYE_LOG", "debug,ayeaye=trace")
        .set("AYEAYE_MASTER_KEY", MASTER)
        .set("AYEAYE_SMTP_URL", relay.url());
    home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set("AYEAYE_LIMITS_RECIPIENT_GAP", "0s");
    home.set("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32");
    let webhook = format!(
        "\n[[tenant.webhook]]\nurl = \"{}?secret=of-the-endpoint\"\nevents = [\"*\"]\naddresses = true\n",
        receiver.url()
    );
    home.write(
        "setup.toml",
        &SETUP.replacen(
            "\n[[tenant]]\nslug = \"beta\"",
            &format!("{webhook}\n[[tenant]]\nslug = \"beta\""),
            1,
        ),
    );
    let applied = home.run(&["apply", "setup.toml", "--json"]).json();
    let steps = applied["steps"].as_array().unwrap();
    secrets.add(steps.iter().find_map(|it| it["secret"].as_str()).unwrap());
    let scopes = ayeaye::app::keys::SCOPES.join(",");
    let key = home.run(&["key", "new", "--tenant", "acme", "--scope", &scopes, "--json"]).json();
    secrets.add(key["key"].as_str().unwrap());
    for secret in
        [ADA, "ada.lovelace", REFUSED, MASTER, "of-the-endpoint", "typed.wrong"].into_iter().chain(TOLD)
    {
        secrets.add(secret);
    }

    let service = home.serve().await;
    live(&service, &relay, &mut secrets).await;
    work_by_the_api(&Caller { service: &service, key: key["key"].as_str().unwrap() }).await;
    ask_the_api(&service, key["key"].as_str().unwrap(), &mut secrets).await;
    receiver.wait_for(4).await;
    let log = service.log();
    service.signal("TERM");
    service.ended(Duration::from_secs(10)).await;

    assert!(
        log.lines().filter(|it| it.contains("\"level\":\"DEBUG\"")).count() > 20,
        "nothing to look at:\n{log}"
    );
    for kind in ["form", "sent", "confirm", "prefs", "unsub", "notme", "manage"] {
        link(&secrets, kind);
    }
    let found: Vec<(&String, &str)> = secrets
        .0
        .iter()
        .filter_map(|secret| Some((secret, log.lines().find(|it| it.contains(secret.as_str()))?)))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Signs up, mistypes, confirms, chooses, leaves, comes back, is refused.
async fn live(service: &Running, relay: &EvilSmtp, secrets: &mut Secrets) {
    let sent = sign_up(service, ADA, secrets).await;
    secrets.add_page(&sent);
    let mail = relay.wait_for(1).await[0].text();
    secrets_of_mail(secrets, &mail);
    let mut typed = sent;
    typed.fill("code", "000000");
    typed.press("Continue").await;

    let confirm = service.visitor().open(&format!("/c/{}", link(secrets, "confirm"))).await;
    secrets.add_page(&confirm);
    let done = confirm.press("Yes, send me these emails").await;
    secrets.add_page(&done);
    let mut preferences = done.follow("See and change your choices").await;
    secrets.add_page(&preferences);
    preferences.untick("p", "newsletter");
    let saved = preferences.press("Save my choices").await;
    secrets.add_page(&saved);
    saved.press("Undo").await.assert_says("Undone");
    service.visitor().open(&format!("/x/{}", link(secrets, "notme"))).await;

    let mut ask = service.visitor().open("/ask/acme").await;
    ask.fill("email", ADA);
    ask.press("Send me my link").await;
    secrets_of_mail(secrets, &relay.wait_for(2).await[1].text());
    let manage = service.visitor().open(&format!("/p/{}", link(secrets, "manage"))).await;
    secrets.add_page(&manage);

    let mut wrong = service.visitor().open("/f/newsletter").await;
    wrong.fill("email", "typed.wrong@");
    wrong.press("Sign up").await;
    service
        .visitor()
        .open(&format!("/p/{}x", link(secrets, "manage")))
        .await
        .assert_h1("We could not read this link");
    relay.then(Behaviour::AtRecipient("550 5.1.1 <refused.by.relay@example.org> is not known here"));
    sign_up(service, REFUSED, secrets).await;
    service.wait_for_line("a mail failed for good").await;
}

/// Uses the key rightly and wrongly, and leaves with one click.
async fn ask_the_api(service: &Running, key: &str, secrets: &mut Secrets) {
    let post = async |path: &str, body: &str| {
        let request = http().post(format!("{}{path}", service.base)).bearer_auth(key);
        let answer =
            request.header("content-type", "application/json").body(body.to_owned()).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let body =
        format!(r#"{{"purpose":"newsletter","recipients":[{{"email":"{ADA}"}}],"include":["links"]}}"#);
    let (status, text) = post("/v1/checks", &body).await;
    assert_eq!(status, 200, "{text}");
    let answer: Value = serde_json::from_str(&text).unwrap();
    let links = &answer["results"][0]["links"];
    let (unsubscribe, preferences) =
        (links["unsubscribe"].as_str().unwrap(), links["preferences"].as_str().unwrap());
    secrets.add_link(unsubscribe);
    secrets.add_link(preferences);
    service.visitor().open(preferences).await.assert_h1("Your email choices");
    let left = http().post(unsubscribe).body("List-Unsubscribe=One-Click");
    let left = left.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
    assert_eq!(left.status(), 200);
    assert_eq!(post("/v1/contacts:lookup", &format!(r#"{{"email":"{ADA}"}}"#)).await.0, 200);
    let (status, _) = post("/v1/contacts:lookup", &format!(r#"{{"email":"{ADA}" oops"#)).await;
    assert!((400..500).contains(&status), "{status}");
    post(&format!("/v1/contacts/{ADA}"), "{}").await;
}

/// Keeps everybody else from writing until it is released.
enum Held {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Held {
    async fn of(database: &Database) -> Self {
        match database {
            Database::Sqlite(it) => {
                let mut conn = sqlx::SqliteConnection::connect(it.url()).await.unwrap();
                conn.execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE").await.unwrap();
                Self::Sqlite(conn)
            }
            Database::Postgres(it) => {
                let mut conn = sqlx::PgConnection::connect(it.url()).await.unwrap();
                conn.execute("BEGIN; LOCK TABLE request IN ACCESS EXCLUSIVE MODE").await.unwrap();
                Self::Postgres(conn)
            }
        }
    }

    /// Lets go after longer than a statement should take.
    async fn release(self) {
        tokio::time::sleep(Duration::from_millis(2_500)).await;
        match self {
            Self::Sqlite(mut conn) => conn.execute("ROLLBACK").await.map(|_| ()).unwrap(),
            Self::Postgres(mut conn) => conn.execute("ROLLBACK").await.map(|_| ()).unwrap(),
        }
    }
}

both! {
    async fn a_slow_statement_is_named_by_its_first_line_without_its_values(home: Home) {
        home.set_up(SETUP);
        let service = home.serve().await;
        let form = http().post(format!("{}/f/newsletter", service.base));
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        let form = form.body("email=ada.lovelace%40example.org&p=newsletter").send();
        let held = Held::of(home.database()).await;
        let (sent, ()) = tokio::join!(form, held.release());
        assert_eq!(sent.unwrap().status(), 303);
        service.wait_for_line("slow statement").await;
        let log = service.log();
        let slow: Vec<Value> = log
            .lines()
            .filter(|it| it.contains("slow statement"))
            .map(|it| serde_json::from_str(it).unwrap())
            .collect();
        for line in &slow {
            let fields = line["fields"].as_object().unwrap();
            assert_eq!(fields.keys().collect::<Vec<_>>(), ["message", "ms", "statement"], "{line}");
            assert!(fields["ms"].as_u64().unwrap() >= 1_000, "{line}");
            let statement = fields["statement"].as_str().unwrap();
            assert!(!statement.is_empty() && !statement.contains('\n') && statement.len() <= 400, "{line}");
        }
        assert!(!log.contains("lovelace"), "{log}");
        service.stop().await;
    }
}

#[tokio::test]
async fn what_anybody_can_send_is_no_error_of_the_service() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let address = service.base.trim_start_matches("http://").to_owned();
    let long = format!("GET /{} HTTP/1.1\r\n", "x".repeat(200_000));
    let broken: [&[u8]; 7] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"POST /f/newsletter HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc",
        b"POST /f/newsletter HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzzz\r\n",
        long.as_bytes(),
    ];
    for bytes in broken {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        // It may hang up before all is said.
        let _ = stream.write_all(bytes).await;
        let mut answer = [0; 1_024];
        let _ = tokio::time::timeout(Duration::from_millis(300), stream.read(&mut answer)).await;
        // Closed with a reset while an answer may be under way.
        stream.set_zero_linger().unwrap();
    }
    assert_eq!(service.visitor().open("/f/newsletter").await.status(), 200);
    let log = service.log();
    service.stop().await;
    let noisy: Vec<&str> =
        log.lines().filter(|it| it.contains("\"ERROR\"") || it.contains("\"WARN\"")).collect();
    assert_eq!(noisy, [""; 0]);
}

/// A system of acme's.
struct Caller<'a> {
    service: &'a Running,
    key: &'a str,
}

impl Caller<'_> {
    async fn send(&self, verb: &str, path: &str, body: &str, status: u16) -> String {
        let url = format!("{}{path}", self.service.base);
        let request =
            http().request(verb.parse().unwrap(), url).bearer_auth(self.key).header("if-match", "*");
        let media_type = if path.contains(".ndjson") { "application/x-ndjson" } else { "application/json" };
        let request = if body.is_empty() { request } else { request.header("content-type", media_type) };
        let answer = request.body(body.to_owned()).send().await.unwrap();
        let found = answer.status().as_u16();
        let text = String::from_utf8_lossy(&answer.bytes().await.unwrap()).into_owned();
        assert_eq!(found, status, "{verb} {path}: {text}");
        text
    }

    async fn post(&self, path: &str, body: &Value, status: u16) -> Value {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        serde_json::from_str(&self.send("POST", path, &body, status).await).unwrap()
    }
}

/// Everything that takes or gives addresses, rightly and wrongly.
async fn work_by_the_api(caller: &Caller<'_>) {
    let page = "https://shop.example/page-of-grace";
    let signup = json!({
        "email": GRACE, "purposes": ["newsletter"], "external_id": "crm-of-grace", "page": page, "ip": "192.0.2.77",
        "user_agent": "agent-of-grace/1.0",
    });
    caller.post("/v1/signups", &signup, 201).await;
    caller.post("/v1/contacts", &json!({ "email": ALAN, "purposes": ["newsletter"] }), 201).await;
    let found = caller.post("/v1/contacts:lookup", &json!({ "email": GRACE }), 200).await;
    let grace = format!("/v1/contacts/{}", found["id"].as_str().unwrap());
    caller.send("PATCH", &grace, &json!({ "external_id": "crm-of-hopper" }).to_string(), 200).await;
    let choices = json!({ "pause": "1m", "note": "by-phone-with-grace" });
    caller.send("PATCH", &format!("{grace}/preferences"), &choices.to_string(), 200).await;
    let marks = json!({ "reason": "bounced", "recipients": [{ "email": ALAN }] });
    caller.post("/v1/suppressions", &marks, 200).await;

    let asked = [GRACE, ALAN, ADA].map(|it| json!({ "email": it }));
    let question = json!({ "purpose": "newsletter", "recipients": asked, "include": ["links", "proof"] });
    caller.post("/v1/checks", &question, 200).await;
    let lines: String = asked.iter().flat_map(|it| [it.to_string(), "\n".to_owned()]).collect();
    caller.send("POST", "/v1/checks.ndjson?purpose=newsletter&include=links", &lines, 200).await;
    for ending in ["ndjson", "csv"] {
        let path = format!("/v1/audiences/newsletter.{ending}?include=links&recipient=Acme");
        assert!(caller.send("GET", &path, "", 200).await.contains(ADA), "somebody is in it");
    }
    for of in ["contacts", "consents", "evidence", "events", "suppressions", "requests"] {
        let made = caller.post("/v1/exports", &json!({ "of": of }), 201).await;
        caller.send("GET", &format!("/v1/exports/{}.ndjson", made["id"].as_str().unwrap()), "", 200).await;
    }
    caller.send("POST", "/v1/evidence:export", &json!({ "email": ADA }).to_string(), 200).await;
    caller.send("GET", "/v1/events?limit=100", "", 200).await;

    caller.send("GET", &format!("/v1/contacts?email={GRACE}"), "", 422).await;
    caller.send("GET", &format!("/v1/contacts/{GRACE}"), "", 404).await;
    caller.post("/v1/signups", &json!({ "email": GRACE, "crm-of-grace": 1 }), 422).await;
    caller.post("/v1/contacts:erase", &json!({ "email": GRACE }), 200).await;
}
