//! A key of one tenant and the ids of another: nothing is told, nothing is changed.

use ayeaye::{
    app::{keys, server_signup},
    domain::time::MINUTE,
    web::api::{auth::Scope, route::ALL},
};

use serde_json::{Value, json};

use super::{ask, read};
use crate::{
    support::{
        app::{TestApp, http},
        database::both,
        receiver::Receiver,
    },
    webhooks::Owner,
};

const ADA: &str = "ada@example.org";
/// A tenant with a purpose of the same name as acme's.
const GAMMA: &str = r#"
[[tenant]]
slug = "gamma"
name = "Gamma"
legal = "Gamma SAS, 3 rue Haute, 75003 Paris"
contact = "privacy@gamma.example"
from = "Gamma <confirm@gamma.example>"
locale = "en"

[[tenant.purpose]]
slug = "newsletter"
frequency = "weekly"
name = { en = "Weekly" }
text = { en = "Our news, every week." }
"#;

/// A webhook endpoint, a delivery, a job and a disclosure that nobody has.
const NOBODYS: [&str; 4] = [
    "whe_0f3k9m2q7r5tz",
    "dlv_01kas0z1v8q4g6r1m0c7y2d3e5",
    "job_01kas0z1v8q4g6r1m0c7y2d3e5",
    "dis_01kas0z1v8q4g6r1m0c7y2d3e5",
];

/// A place in paths and examples, and what stands there.
type Name = (&'static str, String);

/// What is not acme's alone.
fn common() -> [Name; 5] {
    [
        ("{email}", ADA),
        ("{purpose}", "newsletter"),
        ("{form}", "newsletter"),
        ("{version}", "1"),
        ("{type}", "ping"),
    ]
    .map(|(place, it)| (place, it.to_owned()))
}

/// Ids of things of acme's.
async fn ids(
    app: &TestApp,
    contact: &str,
    signup: &str,
    [endpoint, delivery, job, disclosure]: [&str; 4],
) -> Vec<Name> {
    let acme = app.tenant("acme");
    let (link_key, _) = keys::new_link_key(app.app(), acme.id).await.unwrap();
    let (api_key, _) = keys::new_api_key(app.app(), acme.id, vec!["checks".to_owned()]).await.unwrap();
    vec![
        ("{contact}", contact.to_owned()),
        ("{signup}", signup.to_owned()),
        ("{endpoint}", endpoint.to_owned()),
        ("{delivery}", delivery.to_owned()),
        ("{job}", job.to_owned()),
        ("{disclosure}", disclosure.to_owned()),
        ("{wording}", acme.purposes[0].wordings[&acme.locale].id.to_string()),
        ("{link_key}", link_key.to_string()),
        ("{api_key}", api_key.to_string()),
        ("{export}", made(app, "/v1/exports").await),
    ]
}

/// The id of what is made by the example of an endpoint.
async fn made(app: &TestApp, path: &str) -> String {
    let endpoint = ALL.iter().find(|it| it.path == path && it.body.is_some()).unwrap();
    let asked = ask(app, endpoint, &[]).bearer_auth(app.api_key("acme").await).send().await.unwrap();
    let made: serde_json::Value = serde_json::from_str(&read(asked).await.1).unwrap();
    made["id"].as_str().unwrap_or_else(|| panic!("{path}: {made}")).to_owned()
}

fn borrowed(names: &[Name]) -> Vec<(&str, &str)> {
    names.iter().map(|(place, it)| (*place, it.as_str())).collect()
}

/// Hands an audience of acme's out; the disclosure.
async fn disclosed(app: &TestApp, key: &str) -> String {
    let url = format!("{}/v1/audiences/newsletter.ndjson", app.base());
    let answer = http().get(url).bearer_auth(key).send().await.unwrap();
    let link = answer.headers()["link"].to_str().unwrap().to_owned();
    assert_eq!(read(answer).await.0, 200);
    let id = link.split(['/', '>']).find(|it| it.starts_with("dis_")).unwrap();
    id.to_owned()
}

/// Every row besides those of this tenant.
async fn others_rows(app: &TestApp, tenant: &str) -> Vec<String> {
    let id = app.tenant(tenant).id.to_string();
    app.dump().await.lines().filter(|it| !it.contains(&id)).map(str::to_owned).collect()
}

/// What acme's answers hold and nobody else's may.
async fn of_acme(app: &TestApp) -> (String, Vec<String>) {
    let (contact, consents) = app.person("acme", ADA).await.unwrap();
    let mut secrets = vec![ADA.to_owned(), "Our monthly news".to_owned(), "crm-78".to_owned()];
    secrets.extend(consents.values().map(|it| it.evidence.to_string()));
    secrets.extend(app.events("acme").await.iter().map(|it| it.id.to_string()));
    secrets.extend(app.tenant("acme").purposes.iter().map(|it| it.id.to_string()));
    secrets.push(app.app().catalog().forms["newsletter"].id.to_string());
    (contact.id.to_string(), secrets)
}

/// The last thing a person asked for.
async fn newest_signup(app: &TestApp, email: &str) -> String {
    let contact = app.person("acme", email).await.unwrap().0.id;
    let found = server_signup::page(app.app(), &app.tenant("acme"), Some(contact), "", 10).await.unwrap();
    found.last().unwrap().0.id.to_string()
}

both! {
    async fn a_key_of_another_tenant_learns_and_changes_nothing(app: TestApp) {
        app.apply(&[crate::support::app::SETUP, GAMMA].concat()).await;
        app.app().reload().await.unwrap();
        let receiver = Receiver::start([]).await;
        let owner = Owner::of(&app).await;
        let endpoint = owner.endpoint(&receiver.url(), &["*"], false).await;
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        // Somebody who has still to confirm, and may get another mail by now.
        app.sign_up("newsletter", "cleo@example.org", &["events"]).await;
        app.clock.advance(11 * MINUTE);
        let (contact, mut secrets) = of_acme(&app).await;
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        let delivery = text(&owner.get(&format!("{}/deliveries", endpoint.path)).await["data"][0]["id"]);
        let since = Some(json!({ "since": "2026-11-01T00:00:00Z" }));
        let job = text(&owner.post(&format!("{}:replay", endpoint.path), since).await["id"]);
        app.run_due().await;
        secrets.push(receiver.url());
        let signup = newest_signup(&app, "cleo@example.org").await;
        let disclosure = disclosed(&app, &app.api_key("acme").await).await;
        let ids = ids(&app, &contact, &signup, [&endpoint.id(), &delivery, &job, &disclosure]).await;
        secrets.extend(ids.iter().map(|(_, id)| id.clone()));
        let all = [common().to_vec(), ids.clone()].concat();
        let names = borrowed(&all);
        let (ours, theirs) = (app.api_key("acme").await, app.api_key("gamma").await);
        let before = others_rows(&app, "gamma").await;
        for endpoint in ALL.iter().filter(|it| it.scope.is_some()) {
            let is_named = |text: &str| ids.iter().any(|(place, _)| text.contains(place));
            let named = is_named(endpoint.path) || endpoint.path.contains("{form}")
                || endpoint.body.is_some_and(|it| is_named(it.1) || it.1.contains("{email}"));
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&theirs).send().await.unwrap()).await;
            let told: Vec<&String> = secrets.iter().filter(|it| body.contains(*it)).collect();
            assert!(told.is_empty(), "{} {} tells {told:?}", endpoint.method.word(), endpoint.path);
            let right = status == 404 || status == endpoint.answer.status && (!named || body.contains("\"decision\":\"deny\""));
            assert!(right, "{} {}: {status} {body}", endpoint.method.word(), endpoint.path);
        }
        assert_eq!(others_rows(&app, "gamma").await, before, "nothing of acme's has changed");
        // One mailbox gets one mail in ten minutes, whoever asks.
        app.clock.advance(11 * MINUTE);
        // The same calls with acme's own key: what was hidden is there to be told. Who is erased is erased last.
        let (last, first): (Vec<_>, Vec<_>) = ALL.iter().partition(|it| it.path.ends_with(":erase"));
        let mut all = String::new();
        for endpoint in first.into_iter().chain(last) {
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&ours).send().await.unwrap()).await;
            assert_eq!(status, endpoint.answer.status, "{} {}: {body}", endpoint.method.word(), endpoint.path);
            all.push_str(&body);
        }
        let untold: Vec<&String> = secrets.iter().filter(|it| !all.contains(*it)).collect();
        assert!(untold.is_empty(), "a secret nobody is told proves nothing: {untold:?}");
    }

    async fn an_endpoint_needs_a_key_with_its_scope(app: TestApp) {
        let ids = ids(&app, "con_01kas0z1v8q4g6r1m0c7y2d3e5", "req_01kas0z1v8q4g6r1m0c7y2d3e5", NOBODYS).await;
        let all = [common().to_vec(), ids].concat();
        let names = borrowed(&all);
        let tenant = app.tenant("acme").id;
        for endpoint in ALL {
            let (status, body) = read(ask(&app, endpoint, &names).send().await.unwrap()).await;
            let Some(scope) = endpoint.scope else {
                assert_eq!(status, 200, "{}", endpoint.path);
                continue;
            };
            assert_eq!(status, 401, "{}: {body}", endpoint.path);
            let others = Scope::ALL.into_iter().filter(|it| *it != scope).map(|it| it.word().to_owned());
            let (_, key) = keys::new_api_key(app.app(), tenant, others.collect()).await.unwrap();
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap()).await;
            assert_eq!(status, 403, "{}: {body}", endpoint.path);
            let (_, key) = keys::new_api_key(app.app(), tenant, vec![scope.word().to_owned()]).await.unwrap();
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap()).await;
            assert!([endpoint.answer.status, 404].contains(&status), "{}: {status} {body}", endpoint.path);
        }
    }
}
