//! The programs of `/docs/tools`, run as a reader would run them: against this service and a stand-in of each tool.

mod follow;
mod gate;
mod lists;
mod pages;

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex},
};

use ayeaye::{
    app::{feed::KEPT, lapse},
    domain::time::DAY,
};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::support::{
    app::{TestApp, http},
    receiver::{Answer, Request},
    served::Served,
};

const ADA: &str = "ada@example.org";
/// Somebody who has signed up and not confirmed.
const BOB: &str = "bob@example.org";

/// What a tool was asked: method, path and query, and the JSON sent.
type Asked = (String, String, Value);

fn sample(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "static", "samples", "tools", name].iter().collect()
}

/// A service with somebody who has confirmed and somebody who has not, and a key for it.
async fn with_people(app: &TestApp) -> String {
    app.subscribe("newsletter", ADA, &["newsletter"]).await;
    app.sign_up("newsletter", BOB, &["newsletter"]).await;
    app.api_key("acme").await
}

/// Ada by our id.
async fn ada(app: &TestApp) -> String {
    app.person("acme", ADA).await.expect("Ada is known").0.id.to_string()
}

/// Ada's links as the gate tells them, to leave and to choose.
async fn links(app: &TestApp, key: &str) -> [String; 2] {
    links_of(app, key, ADA).await
}

/// The same of somebody.
async fn links_of(app: &TestApp, key: &str, email: &str) -> [String; 2] {
    let question =
        json!({ "purpose": "newsletter", "recipients": [{ "email": email }], "include": ["links"] });
    let (status, check) = app.post_json("/v1/checks", key, &question).await;
    assert_eq!(status, 200, "{check}");
    ["unsubscribe", "preferences"]
        .map(|it| check["results"][0]["links"][it].as_str().expect("a link").to_owned())
}

/// Leaves by a link as a mail program does.
async fn leave(app: &TestApp, unsubscribe: &str) {
    let answer = http().post(unsubscribe).body("List-Unsubscribe=One-Click").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    app.run_due().await;
}

/// Lets time pass until nothing that was told before is in the feed.
async fn forget_what_was_told(app: &TestApp) {
    app.clock.advance(KEPT + DAY);
    while lapse::leftovers(app.app()).await.unwrap() > 0 {}
}

/// Runs a program to its end.
async fn run(mut command: Command, input: &str) -> Output {
    let input = input.to_owned();
    let program = format!("{command:?}");
    let work = move || {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that stops before it has read anything says so by how it ends.
            let _ = stdin.write_all(input.as_bytes());
        }
        child.wait_with_output()
    };
    let output = spawn_blocking(work).await.unwrap();
    output.unwrap_or_else(|error| panic!("cannot run {program} ({error}): run tests/run prepare"))
}

/// What it printed; the test stops when it failed.
#[track_caller]
fn printed(output: &Output) -> String {
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "it failed with {}\n{said}{complained}", output.status);
    said.into_owned()
}

/// A program with the settings every one of them needs.
fn program(interpreter: &str, name: &str, app: &TestApp, key: &str) -> Command {
    let mut command = script(interpreter, name);
    command.env("AYEAYE_URL", app.base()).env("AYEAYE_KEY", key);
    command
}

/// A program that was told nothing yet.
fn script(interpreter: &str, name: &str) -> Command {
    let mut command = Command::new(interpreter);
    command.arg(sample(name)).env("PYTHONDONTWRITEBYTECODE", "1").env("no_proxy", "*");
    command
}

/// A stand-in of a tool, and what it was asked.
struct StandIn {
    served: Served,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl StandIn {
    async fn start(answer: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let noted = Arc::clone(&asked);
        let served = Served::start(move |request| {
            let body = if request.body.is_empty() { Value::Null } else { request.json() };
            noted.lock().unwrap().push((request.method.clone(), request.target.clone(), body));
            answer(request)
        });
        Self { served: served.await, asked }
    }

    /// What it was asked since the last time.
    fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

/// A success with JSON.
fn told(body: &Value) -> Answer {
    Answer::status(200).header("content-type", "application/json").body(body.to_string())
}
