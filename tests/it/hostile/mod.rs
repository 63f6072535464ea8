//! What nobody sends by accident: wrong fields, foreign tokens, broken bodies, forged headers, many connections.
//!
//! Whatever is sent, the service answers in words, changes nothing by half, mails nobody, and answers the next one.

mod answers;
mod bodies;
mod budgets;
mod connections;
mod fields;
mod flood;
mod headers;
mod levels;
mod prove;
mod sandbox;
mod tokens;
pub(crate) mod wire;

use ayeaye::{
    app::links,
    domain::{id::ContactId, time::DAY},
};

use crate::support::app::{TestApp, http};

pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// Links of one person of Acme.
pub(crate) struct Links {
    pub(crate) sent: String,
    pub(crate) confirm: String,
    pub(crate) not_me: String,
    pub(crate) preferences: String,
    pub(crate) unsubscribe: String,
    pub(crate) receipt: String,
    pub(crate) number: String,
    pub(crate) guardian: String,
}

impl Links {
    /// Somebody who has just signed up for both purposes, with every link there is to them, as paths.
    pub(crate) async fn of_a_newcomer(app: &TestApp, email: &str) -> Self {
        let sent = app.sign_up("newsletter", email, &["newsletter", "events"]).await;
        let contact = contact(app, email).await;
        let tenant = app.tenant("acme");
        let purpose = tenant.purpose_named("newsletter").unwrap().id;
        let path = |url: &str| url.strip_prefix(&app.base()).unwrap().to_owned();
        let (person, _) = app.person("acme", email).await.unwrap();
        let asked = app.evidence(&person).await.remove(0);
        let record: serde_json::Value = serde_json::from_str(asked.record.as_ref().unwrap()).unwrap();
        let request = record["request"].as_str().unwrap().parse().unwrap();
        let until = app.clock.now().plus(DAY);
        Self {
            guardian: path(&links::guardian_url(app.app(), tenant.id, request, until)),
            receipt: links::receipt_path(app.app(), tenant.id, asked.id, app.clock.now()),
            number: asked.receipt.unwrap(),
            sent: sent.url().path().to_owned(),
            confirm: path(&app.newest_link(email, "confirm")),
            not_me: path(&app.newest_link(email, "not_me")),
            preferences: path(&links::preferences_url(app.app(), tenant.id, contact)),
            unsubscribe: path(&links::unsubscribe_url(app.app(), tenant.id, contact, purpose)),
        }
    }
}

/// The id of a person of Acme.
pub(crate) async fn contact(app: &TestApp, email: &str) -> ContactId {
    app.person("acme", email).await.unwrap().0.id
}

/// What follows the last slash of a path.
pub(crate) fn token(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// Posts a body as a form; the status.
pub(crate) async fn post(app: &TestApp, path: &str, body: impl Into<reqwest::Body>) -> u16 {
    let request = http().post(format!("{}{path}", app.base())).header("content-type", FORM).body(body);
    request.send().await.unwrap_or_else(|error| panic!("{path}: {error:?}")).status().as_u16()
}

/// Opens a path; the status.
pub(crate) async fn get(app: &TestApp, path: &str) -> u16 {
    http().get(format!("{}{path}", app.base())).send().await.unwrap().status().as_u16()
}

/// How many mails were sent, to anybody.
pub(crate) fn sent_mails(app: &TestApp) -> usize {
    app.running().inbox.as_ref().unwrap().list().len()
}

/// Fails unless two dumps are the same, and shows the rows that are not.
#[track_caller]
pub(crate) fn assert_same(before: &str, after: &str) {
    let rows = |of: &str, not_in: &str| -> Vec<String> {
        of.lines().filter(|it| !not_in.lines().any(|other| other == *it)).map(str::to_owned).collect()
    };
    let (gone, new) = (rows(before, after), rows(after, before));
    assert!(before == after, "rows that were: {gone:#?}\nrows that are: {new:#?}");
}

/// Fails unless nobody consented to anything and the service still answers.
pub(crate) async fn assert_unharmed(app: &TestApp) {
    let dump = app.dump().await;
    let consents = dump.lines().filter(|it| it.starts_with("consent "));
    let confirmed: Vec<&str> = consents.filter(|it| it.contains("confirmed")).collect();
    assert_eq!(confirmed, [""; 0], "somebody is said to have consented");
    assert_eq!(get(app, "/readyz").await, 200);
    assert_eq!(get(app, "/f/newsletter").await, 200);
}
