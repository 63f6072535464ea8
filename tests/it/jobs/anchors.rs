//! Checkpoints confirmed by others: real cosignatures and time stamps, and what becomes of those who fail.

mod forks;
mod rounds;
mod stamps;
mod witnesses;

use std::{sync::Arc, time::Duration};

use ayeaye::{
    anchor::Client,
    app::log::{LogWriter, proof, read},
    domain::time::SECOND,
    jobs::{self, Outside},
};
use serde_json::Value;

use crate::support::{
    app::{SETUP, TestApp, http},
    database::{Db, Start},
    tsa::{self, Tsa},
    witness::{self, Witness},
};

/// The database alone: its test starts the service, once it knows who is outside.
impl Start for Db {
    async fn start(db: Self) -> Self {
        db
    }
}

/// A service set up with these settings.
async fn service(db: Db, settings: &[(&str, &str)]) -> TestApp {
    let app = TestApp::with(db, settings).await;
    app.apply(SETUP).await;
    app
}

/// A service that one witness has to confirm.
async fn watched(db: Db, witness: &Witness) -> TestApp {
    service(db, &[("anchors.witnesses", &witness.setting()), ("anchors.witness_threshold", "1")]).await
}

/// Does everything that is due, with `deadline` for whoever is asked.
async fn run_hurried(app: &TestApp, deadline: Duration) {
    let client = Client::with(deadline, rustls::RootCertStore::empty()).unwrap();
    let outside = Outside { anchors: Arc::new(client), ..app.running().outside.clone() };
    jobs::run_due(app.app(), &outside).await.unwrap();
}

/// What `/readyz` says.
async fn ready(app: &TestApp) -> Value {
    let answer = http().get(format!("{}/readyz", app.base())).send().await.unwrap();
    assert_eq!(answer.status(), 200, "consents are taken on");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

/// The rows of a table as JSON.
async fn rows(app: &TestApp, table: &str) -> Vec<Value> {
    let rows = app.database.rows(table).await;
    rows.iter().map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// What the only row about somebody outside says went wrong.
async fn complaint(app: &TestApp) -> String {
    let rows = rows(app, "anchor").await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows[0]["note"].as_str().unwrap_or_default().to_owned()
}

/// Writes the log without asking anybody outside.
async fn write_log(app: &TestApp) {
    let mut writer = LogWriter::default();
    while writer.pass(app.app()).await.unwrap() > 0 {}
    writer.release(app.app()).await.unwrap();
}

/// One more entry in the log, signed and published; nobody outside is asked, no time goes by.
async fn grow(app: &TestApp, name: &str) {
    let email = ayeaye::domain::EmailAddress::parse(&format!("{name}@example.org")).unwrap();
    app.ask(&email).await;
    write_log(app).await;
}

/// A log that has all its entries, while the witness is down: the next to be asked in ten seconds. Its name and size.
async fn settled(app: &TestApp, witness: &Witness) -> (String, u64) {
    witness.behave(witness::Manner::Down);
    grow(app, "a").await;
    app.run_due().await;
    witness.behave(witness::Manner::Well);
    app.clock.advance(10 * SECOND);
    published(app).await
}

/// The proof of the first fact about a person of Acme.
async fn proof_about(app: &TestApp, email: &str) -> Value {
    let (contact, _) = app.person("acme", email).await.unwrap();
    let facts = app.evidence(&contact).await;
    proof::of(app.app(), &facts[0]).await.unwrap().unwrap()
}

/// The verdict of a step by the service's own checker; the one in Python must agree on every step.
#[track_caller]
fn verdict(verdicts: &[(String, String)], step: &str) -> String {
    verdicts.iter().find(|(it, _)| it == step).expect("a verdict of every step").1.clone()
}

fn verdicts(proof: &Value) -> Vec<(String, String)> {
    use crate::{support::process::Scratch, verify::checkers};
    let file = serde_json::to_vec(proof).unwrap();
    let core = checkers::core(&file);
    assert_eq!(checkers::stranger(Scratch::new("stranger").path(), &file), core);
    core
}

/// The name of the log and its size as published.
async fn published(app: &TestApp) -> (String, u64) {
    let it = app.checkpoint().await;
    (it.origin, it.size)
}

/// Makes the authority stamp with the time of the service.
fn follow(tsa: &Tsa, app: &TestApp) {
    tsa.behave(tsa::Manner::At(app.app().now().seconds()));
}

/// The verifier key of the log.
async fn log_key(app: &TestApp) -> String {
    read::keys(app.app()).await.unwrap().remove(0)
}
