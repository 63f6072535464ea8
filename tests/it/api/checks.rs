//! The send gate for any number of people: streams, hashes, proofs; and that half an answer is never a whole one.

use ayeaye::{
    app::gate::proof::{self, Digest},
    domain::email,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.org";
const PATH: &str = "/v1/checks.ndjson?purpose=newsletter";

/// Posts lines; status, lines of the answer, and whether it came to its end.
async fn stream(app: &TestApp, key: &str, path: &str, body: String) -> (u16, Vec<Value>, bool) {
    let request = http().post(format!("{}{path}", app.base())).bearer_auth(key);
    let mut answer = request.header("content-type", "application/x-ndjson").body(body).send().await.unwrap();
    let (status, mut text) = (answer.status().as_u16(), Vec::new());
    let whole = loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => text.extend_from_slice(&chunk),
            Ok(None) => break true,
            Err(_broken) => break false,
        }
    };
    let lines = text.split(|it| *it == b'\n').filter(|it| !it.is_empty());
    (status, lines.map(|it| serde_json::from_slice(it).unwrap()).collect(), whole)
}

fn line(who: &Value) -> String {
    format!("{who}\n")
}

/// A request whose body is sent piece by piece while the answer is read.
struct Wire {
    stream: TcpStream,
    raw: Vec<u8>,
}

impl Wire {
    async fn begin(app: &TestApp, key: &str) -> Self {
        let address = app.running().addr;
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = format!(
            "POST {PATH} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {key}\r\n\
             Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        Self { stream, raw: Vec::new() }
    }

    async fn send(&mut self, text: &str) {
        let chunk = format!("{:x}\r\n{text}\r\n", text.len());
        self.stream.write_all(chunk.as_bytes()).await.unwrap();
    }

    /// The lines that came, and whether the answer came to its end.
    fn lines(&self) -> (Vec<Value>, bool) {
        let text = String::from_utf8_lossy(&self.raw).into_owned();
        let Some((_head, mut rest)) = text.split_once("\r\n\r\n") else { return (Vec::new(), false) };
        let (mut body, mut whole) = (String::new(), false);
        while let Some((length, more)) = rest.split_once("\r\n") {
            let length = usize::from_str_radix(length, 16).unwrap();
            whole = length == 0;
            let Some((chunk, after)) = more.split_at_checked(length) else { break };
            body.push_str(chunk);
            rest = after.strip_prefix("\r\n").unwrap_or_default();
        }
        (body.lines().map(|it| serde_json::from_str(it).unwrap()).collect(), whole)
    }

    /// Reads until so many lines have come.
    async fn read(&mut self, wanted: usize) -> Vec<Value> {
        loop {
            let (lines, _) = self.lines();
            if lines.len() >= wanted {
                return lines;
            }
            assert_ne!(self.stream.read_buf(&mut self.raw).await.unwrap(), 0, "the answer ended early");
        }
    }

    /// Reads until the connection ends.
    async fn rest(mut self) -> (Vec<Value>, bool) {
        // A connection that is broken off may be told by an error.
        let _ = self.stream.read_to_end(&mut self.raw).await;
        self.lines()
    }
}

both! {
    async fn a_stream_is_answered_line_by_line_with_the_sums_at_its_end(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", BOB, &["newsletter"]).await;
        let key = app.api_key("acme").await;
        let mut body = "\n".repeat(12_000);
        for number in 0..25_000 {
            let email = match number % 5 { 0 => ADA.to_owned(), 1 => BOB.to_owned(), _ => format!("nobody{number}@example.org") };
            body.push_str(&line(&json!({ "email": email, "ref": number.to_string() })));
        }
        let path = format!("{PATH}&campaign=Winter%20sale");
        let (status, mut lines, whole) = stream(&app, &key, &path, body).await;
        assert_eq!((status, lines.len(), whole), (200, 25_001, true));
        let last = lines.pop().unwrap();
        let mut digest = Digest::default();
        for (number, told) in lines.iter().enumerate() {
            let (decision, reason) = match number % 5 { 0 => ("allow", Value::Null), 1 => ("deny", json!("pending")), _ => ("deny", json!("unknown")) };
            assert_eq!((&told["ref"], &told["decision"], &told["reason"]), (&json!(number.to_string()), &json!(decision), &reason));
            digest.add(told["line"].as_str().unwrap().to_owned());
        }
        assert_eq!(lines[0]["line"], format!("allow e:{} {}", email::sha256(ADA), lines[0]["consent"].as_str().unwrap()));
        assert_eq!((&last["object"], &last["count"], &last["allowed"], &last["denied"]), (&json!("check"), &json!(25_000), &json!(5_000), &json!(20_000)));
        let proof = &last["proof"];
        let (statement, signer) = proof::open(proof["statement"].as_str().unwrap(), &[proof["key"].as_str().unwrap().parse().unwrap()]).unwrap();
        assert_eq!(statement.holds(&digest.finish()), Ok(()));
        assert_eq!(signer, format!("{}/checks", app.running().addr));
        assert_eq!((statement.check.as_str(), statement.tenant.as_str(), statement.campaign.as_deref()), (last["id"].as_str().unwrap(), "acme", Some("Winter sale")));
        let keys: Value = serde_json::from_str(&http().get(format!("{}/v1/checks/keys", app.base())).send().await.unwrap().text().await.unwrap()).unwrap();
        assert_eq!(keys["data"], json!([proof["key"]]), "anybody may read the key");
    }

    async fn everybody_is_found_by_the_hash_of_their_address_until_they_are_erased(app: TestApp) {
        app.subscribe("newsletter", "Ada.Lovelace@example.org", &["newsletter"]).await;
        let hash = email::sha256("ada.lovelace@example.org");
        let key = app.api_key("acme").await;
        let ask = async || {
            let question = json!({ "purpose": "newsletter", "recipients": [{ "email_sha256": hash.to_uppercase() }, { "email_sha256": "nonsense" }] });
            let (status, answer) = app.post_json("/v1/checks", &key, &question).await;
            assert_eq!((status, &answer["results"][1]["reason"]), (200, &json!("unknown")));
            answer["results"][0].clone()
        };
        let told = ask().await;
        let contact = told["contact"].as_str().unwrap().to_owned();
        assert_eq!(told["decision"], "allow");
        // As it is after a database was filled by something that knows no hashes.
        app.database.run("UPDATE contact SET email_sha256 = NULL").await;
        assert_eq!(ask().await["decision"], "deny", "who cannot be found is denied");
        app.run_due().await;
        assert_eq!(ask().await["decision"], "allow");
        assert!(app.dump().await.contains(&hash));
        let (status, _) = app.post_json("/v1/contacts:erase", &key, &json!({ "contact": contact })).await;
        assert_eq!(status, 200);
        app.run_due().await;
        assert_eq!(ask().await["reason"], "unknown");
        assert!(!app.dump().await.contains(&hash), "the hash goes with the address");
    }

    async fn a_break_tells_when_it_ends(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let tenant = app.tenant("acme");
        let holder = ayeaye::app::links::Holder { tenant: tenant.id, contact: contact.id, level: ayeaye::app::links::Level::L0 };
        let weeks = Some(ayeaye::app::preferences::Break::TwoWeeks);
        ayeaye::app::preferences::pause(app.app(), &tenant, &holder, weeks, &TestApp::visit()).await.unwrap();
        let until = app.person("acme", ADA).await.unwrap().0.paused_until.unwrap();
        let key = app.api_key("acme").await;
        let (_, lines, _) = stream(&app, &key, PATH, line(&json!({ "email": ADA }))).await;
        assert_eq!(lines[0], json!({ "decision": "deny", "reason": "paused", "until": until.rfc3339() }));
    }

    async fn what_is_wrong_before_the_first_answer_is_a_problem(app: TestApp) {
        let key = app.api_key("acme").await;
        let good = line(&json!({ "email": ADA }));
        for (path, body, status, said) in [
            (PATH, String::new(), 422, "no line"),
            (PATH, "\n \n".to_owned(), 422, "no line"),
            (PATH, format!("{{\"email\":\"{}\"}}\n", "x".repeat(9_000)), 413, "8192"),
            (PATH, "x".repeat(20_000), 413, "8192"),
            (PATH, format!("\n{}", "x".repeat(20_000)), 413, "\"line\":2"),
            (PATH, format!("{good}{{\"email\":7}}\n"), 422, "\"line\":2"),
            (PATH, "\n{\"email\":\"a@b.example\"".to_owned(), 400, "\"line\":2"),
            ("/v1/checks.ndjson", good.clone(), 422, "purpose"),
            ("/v1/checks.ndjson?purpose=nothing", good.clone(), 422, "purpose"),
            ("/v1/checks.ndjson?purpose=newsletter&include=links,cookies", good.clone(), 422, "include"),
            ("/v1/checks.ndjson?purpose=newsletter&campaign=a%0Ab", good.clone(), 422, "campaign"),
            ("/v1/checks.ndjson?purpose=newsletter&campain=x", good.clone(), 422, "campain"),
        ] {
            let (found, lines, whole) = stream(&app, &key, path, body).await;
            let text = lines.iter().map(ToString::to_string).collect::<String>();
            assert!(found == status && whole && text.contains(said) && !text.contains("decision"), "{path}: {found} {text}");
            assert!(!text.contains('@'), "no address is repeated: {text}");
        }
        let request = http().post(format!("{}{PATH}", app.base())).bearer_auth(&key);
        let answer = request.header("content-type", "application/json").body(good).send().await.unwrap();
        assert_eq!(answer.status(), 415);
    }

    async fn a_line_that_is_wrong_later_ends_the_answer_without_its_last_line(app: TestApp) {
        let key = app.api_key("acme").await;
        let mut body = line(&json!({ "email": ADA })).repeat(10_001);
        body.push_str("{\"mail\":\"ada@example.org\"}\n");
        let (status, lines, whole) = stream(&app, &key, PATH, body).await;
        assert_eq!((status, whole), (200, false));
        assert!(!lines.iter().any(|it| it["object"] == "check"), "there is no last line");
        let last = lines.last().unwrap();
        assert_eq!((&last["status"], &last["line"]), (&json!(422), &json!(10_002)), "{last}");
        assert_eq!(lines.iter().filter(|it| it["decision"] == "deny").count(), 10_000, "the first part was answered");
    }

    async fn a_body_that_breaks_off_is_not_answered_to_its_end(app: TestApp) {
        let key = app.api_key("acme").await;
        let mut wire = Wire::begin(&app, &key).await;
        wire.send(&line(&json!({ "email": ADA, "ref": "1" }))).await;
        assert_eq!(wire.read(1).await[0]["ref"], "1", "who waits for an answer before sending more gets one");
        wire.send(&line(&json!({ "email": BOB, "ref": "2" }))).await;
        assert_eq!(wire.read(2).await[1]["ref"], "2");
        wire.send("{\"email\":\"half").await;
        wire.stream.shutdown().await.unwrap();
        let (lines, whole) = wire.rest().await;
        assert!(!whole && !lines.iter().any(|it| it["object"] == "check"), "{lines:?}");
    }

    async fn a_database_that_goes_away_ends_the_answer_without_its_last_line(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let key = app.api_key("acme").await;
        let mut wire = Wire::begin(&app, &key).await;
        wire.send(&line(&json!({ "email": ADA }))).await;
        assert_eq!(wire.read(1).await[0]["decision"], "allow");
        app.app().store.close().await;
        wire.send(&line(&json!({ "email": ADA }))).await;
        wire.send("").await;
        let (lines, whole) = wire.rest().await;
        assert!(!whole && !lines.iter().any(|it| it["object"] == "check"), "{lines:?}");
        assert_eq!(lines.iter().filter(|it| it["decision"] == "allow").count(), 1, "{lines:?}");
    }
}
