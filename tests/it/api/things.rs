//! A thing of acme's of every kind that the API has ids for.

use ayeaye::{
    app::{keys, server_signup},
    domain::time::MINUTE,
    web::api::{contents::ALL, route::Method},
};
use serde_json::{Value, json};

use super::{ask, read};
use crate::{
    support::{
        app::{TestApp, http},
        receiver::Receiver,
    },
    webhooks::Owner,
};

/// Somebody who has confirmed the newsletter.
pub(super) const ADA: &str = "ada@example.org";
/// Somebody who has still to confirm, and may get another mail by now.
pub(super) const CLEO: &str = "cleo@example.org";

/// A place in paths and examples, and what stands there.
pub(super) type Name = (&'static str, String);

/// What is not acme's alone.
pub(super) fn common() -> [Name; 5] {
    [
        ("{email}", ADA),
        ("{purpose}", "newsletter"),
        ("{form}", "newsletter"),
        ("{version}", "1"),
        ("{type}", "ping"),
    ]
    .map(|(place, it)| (place, it.to_owned()))
}

/// Things of acme's.
pub(super) struct Things {
    /// Their ids.
    pub(super) ids: Vec<Name>,
    /// Where its webhook endpoint is.
    pub(super) receiver: Receiver,
}

impl Things {
    /// Makes one of each.
    pub(super) async fn of(app: &TestApp) -> Self {
        let receiver = Receiver::start([]).await;
        let owner = Owner::of(app).await;
        let endpoint = owner.endpoint(&receiver.url(), &["*"], false).await;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", CLEO, &["events"]).await;
        app.clock.advance(11 * MINUTE);
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        let delivery = text(&owner.get(&format!("{}/deliveries", endpoint.path)).await["data"][0]["id"]);
        let since = Some(json!({ "since": "2026-11-01T00:00:00Z" }));
        let job = text(&owner.post(&format!("{}:replay", endpoint.path), since).await["id"]);
        app.run_due().await;
        let acme = app.tenant("acme");
        let ids = vec![
            ("{contact}", app.person("acme", ADA).await.unwrap().0.id.to_string()),
            ("{signup}", newest_signup(app, CLEO).await),
            ("{endpoint}", endpoint.id()),
            ("{delivery}", delivery),
            ("{job}", job),
            ("{disclosure}", disclosed(app).await),
            ("{wording}", acme.purposes[0].wordings[&acme.locale].id.to_string()),
            ("{link_key}", link_key(app).await),
            ("{api_key}", api_key(app).await),
            ("{export}", made(app, "/v1/exports").await),
        ];
        Self { ids, receiver }
    }
}

/// Another link key.
pub(super) async fn link_key(app: &TestApp) -> String {
    keys::new_link_key(app.app(), app.tenant("acme").id).await.unwrap().0.to_string()
}

/// Another API key.
pub(super) async fn api_key(app: &TestApp) -> String {
    let scopes = vec!["checks".to_owned()];
    keys::new_api_key(app.app(), app.tenant("acme").id, scopes).await.unwrap().0.to_string()
}

/// The id of what is made by the example of an endpoint.
async fn made(app: &TestApp, path: &str) -> String {
    let endpoint = ALL.iter().find(|it| it.path == path && it.body.is_some()).unwrap();
    let asked = ask(app, endpoint, &[]).bearer_auth(app.api_key("acme").await).send().await.unwrap();
    let made: serde_json::Value = serde_json::from_str(&read(asked).await.1).unwrap();
    made["id"].as_str().unwrap_or_else(|| panic!("{path}: {made}")).to_owned()
}

/// A draft of acme's form, so that there is something to be compared with.
pub(super) async fn draft(app: &TestApp) {
    let change = ALL.iter().find(|it| it.method == Method::Patch && it.path == "/v1/forms/{form}").unwrap();
    let asked = ask(app, change, &[("{form}", "newsletter"), ("{purpose}", "newsletter")]);
    let (status, body) = read(asked.bearer_auth(app.api_key("acme").await).send().await.unwrap()).await;
    assert_eq!(status, change.answer.status, "{body}");
}

/// Hands an audience of acme's out; the disclosure.
async fn disclosed(app: &TestApp) -> String {
    let url = format!("{}/v1/audiences/newsletter.ndjson?recipient=Acme", app.base());
    let answer = http().get(url).bearer_auth(app.api_key("acme").await).send().await.unwrap();
    let link = answer.headers()["link"].to_str().unwrap().to_owned();
    assert_eq!(read(answer).await.0, 200);
    let id = link.split(['/', '>']).find(|it| it.starts_with("dis_")).unwrap();
    id.to_owned()
}

/// The last thing a person asked for.
pub(super) async fn newest_signup(app: &TestApp, email: &str) -> String {
    let contact = app.person("acme", email).await.unwrap().0.id;
    let found = server_signup::page(app.app(), &app.tenant("acme"), Some(contact), "", 10).await.unwrap();
    found.last().unwrap().0.id.to_string()
}
