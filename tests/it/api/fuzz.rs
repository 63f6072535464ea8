//! The API asked by schemathesis, which knows nothing of us but the OpenAPI document: valid requests, and every way to
//! make them invalid. No answer is our fault, none is undocumented, nothing that the document forbids is accepted.
//!
//! `AYEAYE_FUZZ=100` makes more than 5,000 calls; by default each database gets a small share of them, and PostgreSQL none
//! of those at each limit, which are answered before a database is asked. What a schema
//! cannot say (a cursor is one of this list, a period ends after it begins) is refused though the schema allows it, so
//! that valid requests are not held to be accepted; that each endpoint has accepted one is held at full size.

use std::{
    collections::BTreeMap,
    env, fs,
    process::{Command, Output},
    time::Duration,
};

use ayeaye::web::api::{contents::ALL, route::Endpoint};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use super::things::{Name, Things, api_key, common, link_key, newest_signup};
use crate::support::{
    app::{SETUP, TestApp},
    database::{Db, Start, run_within},
    process::Scratch,
    receiver::Receiver,
    smtp_real::python,
};

/// Whoever is erased when somebody of ours is, whoever must not be mailed any more, whoever changes their mind.
const EVE: &str = "eve@example.org";
const FAY: &str = "fay@example.org";
const GIL: &str = "gil@example.org";
const HOOKS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/api/fuzz.py");
/// Requests that schemathesis makes of each endpoint by chance, besides those it makes of each limit.
const BY_CHANCE: u32 = 75;
const LONGEST: Duration = Duration::from_mins(20);
/// Every check of schemathesis but `positive_data_acceptance` and those that need two users of one tenant.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                      response_schema_conformance,negative_data_rejection,missing_required_header,unsupported_method,\
                      allow_header_conformance,use_after_free,ignored_auth";

/// A change without `If-Match` is answered with 428 (RFC 6585).
const SETTINGS: &str = "[checks]
# A key of an earlier request is answered as that one was, before anything else is looked at.
missing_required_header.expected-statuses = [400, 401, 403, 406, 409, 415, 422, 428]
# A condition that does not hold comes before what is wrong in the body (RFC 9110 section 13.2.1).
# Too large a body is not read far enough to be found wrong.
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]
";

fn percent() -> u32 {
    env::var("AYEAYE_FUZZ").map_or(1, |it| it.parse().expect("AYEAYE_FUZZ is a number"))
}

/// A service in which there is something to ask about; what, by the names the document has for it.
struct Peopled {
    app: TestApp,
    told: Value,
    _receiver: Receiver,
}

impl Start for Peopled {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(db, &[("limits.api_per_minute", "1000000")]).await;
        app.apply(SETUP).await;
        let Things { ids, receiver } = Things::of(&app).await;
        let named = |it: Vec<Name>| -> serde_json::Map<String, Value> {
            it.into_iter().map(|(place, it)| (place.trim_matches(['{', '}']).to_owned(), json!(it))).collect()
        };
        let mut there = named([common().to_vec(), ids].concat());
        there.extend(["from", "to"].map(|it| (it.to_owned(), json!("1"))));
        for email in [EVE, FAY] {
            app.subscribe("newsletter", email, &["newsletter"]).await;
        }
        app.sign_up("newsletter", GIL, &["events"]).await;
        let eve = app.person("acme", EVE).await.expect("Eve is there").0.id.to_string();
        let told = json!({
            "there": there,
            "lost": {
                ":erase": { "contact": eve, "email": EVE },
                ":cancel": { "signup": newest_signup(&app, GIL).await },
                ":revoke": { "link_key": link_key(&app).await, "api_key": api_key(&app).await },
                ":suppress": { "contact": app.person("acme", FAY).await.expect("Fay is there").0.id.to_string() },
                ":retire": { "purpose": "events" },
                ":restore": { "purpose": "events" },
            },
        });
        Self { app, told, _receiver: receiver }
    }
}

async fn schemathesis(app: &TestApp, mut told: Value, phases: &str, folder: &Scratch) -> Output {
    fs::write(folder.path().join("schemathesis.toml"), SETTINGS).expect("a file in a folder of our own");
    told["calls"] = json!(folder.path().join("calls.json"));
    let mut command = Command::new(python());
    command
        .args(["-m", "schemathesis.cli", "run", &format!("{}/v1/openapi.json", app.base())])
        .args(["--header", &format!("Authorization: Bearer {}", app.api_key("acme").await)])
        .args(["--phases", phases, "--checks", CHECKS, "--seed", "1"])
        .args(["--max-examples", &(BY_CHANCE * percent()).div_ceil(100).to_string()])
        .args(["--generation-database", "none", "--request-timeout", "60"])
        .args(["--continue-on-failure", "--no-color", "--warnings", "off"])
        .env("SCHEMATHESIS_HOOKS", HOOKS)
        .env("AYEAYE_FUZZ_TOLD", told.to_string())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(folder.path());
    spawn_blocking(move || command.output()).await.unwrap().unwrap()
}

/// How often each endpoint has answered each status: `GET /v1/forms 200`.
fn counted(folder: &Scratch) -> BTreeMap<String, u32> {
    let counts = fs::read_to_string(folder.path().join("calls.json")).expect("the calls were counted");
    serde_json::from_str(&counts).unwrap()
}

/// Endpoints that are asked and accept something by chance: their answer has an end, and what they take agrees with
/// itself whatever it is. A form and somebody's details have rules between their members, which no schema says.
fn accepting() -> impl Iterator<Item = &'static Endpoint> {
    let has_rules = |it: &Endpoint| {
        [("POST", "/v1/contacts"), ("PATCH", "/v1/forms/{form}")].contains(&(it.method.word(), it.path))
    };
    let is_asked = move |it: &&Endpoint| {
        it.scope.is_some() && it.answer.media_type != "text/event-stream" && !has_rules(it)
    };
    ALL.iter().copied().filter(is_asked)
}

async fn every_answer_is_documented(Peopled { app, told, _receiver }: Peopled) {
    let folder = Scratch::new("fuzz");
    let is_whole = percent() >= 100 || app.database.url().starts_with("sqlite:");
    let phases = if is_whole { "examples,coverage,fuzzing" } else { "examples,fuzzing" };
    let output = schemathesis(&app, told, phases, &folder).await;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(!said.contains("No module named"), "{said}\nrun `tests/run prepare`");
    assert!(output.status.success(), "{said}");
    let calls = counted(&folder);
    // A small share of the calls does not come upon something valid for each; every example is sent by other tests.
    if percent() >= 100 {
        for endpoint in accepting() {
            let done = format!("{} {} {}", endpoint.method.word(), endpoint.path, endpoint.answer.status);
            assert!(calls.contains_key(&done), "never {done}: {calls:#?}");
        }
    }
    let total: u32 = calls.values().sum();
    let wanted = match (percent() >= 100, is_whole) {
        (true, _) => 5_000,
        (false, true) => 1_000,
        (false, false) => 200,
    };
    assert!(total >= wanted, "{total} calls");
    // What the calls have left to be done can be done.
    app.run_due().await;
}

#[tokio::test]
async fn every_answer_is_documented_on_sqlite() {
    run_within(LONGEST, Db::Sqlite, every_answer_is_documented).await;
}

#[tokio::test]
async fn every_answer_is_documented_on_postgres() {
    run_within(LONGEST, Db::Postgres, every_answer_is_documented).await;
}
