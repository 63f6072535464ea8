//! The JSON Schemas of events, held by a validator that knows nothing of us against events as they really happen.

use std::{
    collections::BTreeSet,
    io::Write as _,
    process::{Command, Stdio},
};

use ayeaye::{
    domain::time::{DAY, MINUTE},
    web::api::event_types::declared::ALL,
};
use serde_json::{Value, json};

use super::{ADA, Owner};
use crate::support::{
    app::{TestApp, http},
    database::both,
    receiver::{Answer, Receiver, Request},
    smtp_real::python,
};

/// Reads schemas by type and messages, and says what is wrong; a field that no schema names is wrong too.
const CHECK: &str = r#"
import json, sys
from jsonschema import Draft202012Validator, FormatChecker

given = json.load(sys.stdin)
wrong = []

def strict(schema):
    if isinstance(schema, dict):
        if "properties" in schema:
            schema["additionalProperties"] = False
        for inner in schema.values():
            strict(inner)
    if isinstance(schema, list):
        for inner in schema:
            strict(inner)

validators = {}
for name, schema in given["schemas"].items():
    Draft202012Validator.check_schema(schema)
    examples = schema["examples"]
    strict(schema)
    validators[name] = Draft202012Validator(schema, format_checker=FormatChecker())
    for error in validators[name].iter_errors(examples[0]):
        wrong.append(f"example of {name}: {error.json_path}: {error.message}")
for message in given["messages"]:
    for error in validators[message["type"]].iter_errors(message):
        wrong.append(f"{message['type']}: {error.json_path}: {error.message}")
print(json.dumps(wrong))
"#;

async fn schemas(app: &TestApp) -> Value {
    let mut all = serde_json::Map::new();
    for event in ALL {
        let url = format!("{}/v1/schemas/events/{}.json", app.base(), event.name);
        let text = http().get(url).send().await.unwrap().text().await.unwrap();
        all.insert(event.name.to_owned(), serde_json::from_str(&text).unwrap());
    }
    Value::Object(all)
}

fn wrong(schemas: &Value, messages: &[Value]) -> Vec<String> {
    let mut checker = Command::new(python())
        .args(["-c", CHECK])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let given = json!({ "schemas": schemas, "messages": messages }).to_string();
    checker.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
    let output = checker.wait_with_output().unwrap();
    assert!(output.status.success(), "jsonschema comes with openapi-spec-validator: run tests/run prepare");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Everything a person and an operator can do that is told.
async fn live(app: &TestApp, owner: &Owner) {
    let off = Receiver::start([Answer::status(410)]).await;
    owner.endpoint(&off.url(), &["pause.started"], false).await;
    app.sign_up("newsletter", "cancels@example.org", &["newsletter"]).await;
    let page = app.visitor().open(&app.newest_link("cancels@example.org", "confirm")).await;
    page.press("No, delete my request").await;
    app.sign_up("newsletter", "stranger@example.org", &["newsletter"]).await;
    let page = app.visitor().open(&app.newest_link("stranger@example.org", "not_me")).await;
    page.press("Block this address").await;
    app.sign_up("newsletter", "forgets@example.org", &["newsletter"]).await;
    app.subscribe("newsletter", ADA, &["newsletter", "events"]).await;
    let (ada, _) = app.person("acme", ADA).await.unwrap();
    let path = ayeaye::app::links::preferences_url(app.app(), ada.tenant, ada.id);
    let open = async || {
        app.clock.advance(MINUTE);
        app.visitor().open(&path).await
    };
    open().await.press("2 weeks").await;
    open().await.press("Resume now").await;
    let key = app.api_key("acme").await;
    let change = http().patch(format!("{}/v1/contacts/{}", app.base(), ada.id)).bearer_auth(&key);
    let change = change.header("if-match", "*").header("content-type", "application/json");
    assert_eq!(change.body(r#"{"locale":"fr"}"#).send().await.unwrap().status(), 200);
    app.subscribe("newsletter", "bea@example.org", &["newsletter"]).await;
    let bea = app.person("acme", "bea@example.org").await.unwrap().0.id;
    for act in ["restrict", "unrestrict"] {
        let answer = app.post_json(&format!("/v1/contacts/{bea}:{act}"), &key, &json!({})).await;
        assert_eq!(answer.0, 200, "{act}: {}", answer.1);
    }
    let them = ["bea@example.org", "nobody@example.org"].map(|it| json!({ "email": it }));
    let added = json!({ "reason": "bounced", "recipients": them });
    assert_eq!(app.post_json("/v1/suppressions", &key, &added).await.0, 200);
    for who in &them {
        assert_eq!(app.post_json("/v1/suppressions:remove", &key, who).await.0, 200);
    }
    app.run_due().await;
    app.clock.advance(8 * DAY);
    let unsubscribe = ayeaye::app::links::unsubscribe_url(
        app.app(),
        ada.tenant,
        ada.id,
        app.tenant("acme").purpose_named("newsletter").unwrap().id,
    );
    assert_eq!(http().post(&unsubscribe).send().await.unwrap().status(), 200);
    // The feed goes on telling what they did before, and what is left of it is still as the schemas say.
    for id in [ada.id, bea] {
        let erased = app.post_json("/v1/contacts:erase", &key, &json!({ "contact": id.to_string() })).await;
        assert_eq!(erased.0, 200);
    }
    app.run_due().await;
}

both! {
    async fn events_as_they_happen_are_as_their_schemas_say(app: TestApp) {
        let owner = Owner::of(&app).await;
        let (thin, fat) = (Receiver::start([]).await, Receiver::start([]).await);
        let path = owner.endpoint(&thin.url(), &["*"], false).await.path;
        owner.endpoint(&fat.url(), &["*"], true).await;
        live(&app, &owner).await;
        owner.post(&format!("{path}:test"), None).await;
        app.run_due().await;
        let mut messages: Vec<Value> = thin.requests().iter().chain(&fat.requests()).map(Request::json).collect();
        messages.extend(owner.get("/v1/events?limit=1000").await["data"].as_array().unwrap().clone());
        let schemas = schemas(&app).await;
        assert_eq!(wrong(&schemas, &messages), [""; 0]);
        let kinds: BTreeSet<&str> = messages.iter().map(|it| it["type"].as_str().unwrap()).collect();
        for kind in [
            "signup.requested", "signup.mail_sent", "signup.cancelled", "signup.reported", "signup.expired",
            "consent.confirmed", "consent.withdrawn", "pause.started", "pause.ended", "preference.changed",
            "contact.erased", "contact.restricted", "contact.unrestricted", "suppression.added", "suppression.removed",
            "endpoint.disabled", "ping",
        ] {
            assert!(kinds.contains(kind), "{kind} never happened: {kinds:?}");
        }
        let mut broken = messages[0].clone();
        broken["data"]["contact"] = json!("somebody");
        broken["data"]["surprise"] = json!(1);
        assert_eq!(wrong(&schemas, &[broken]).len(), 2, "the validator validates");
        assert!(messages.iter().all(|it| it.to_string().len() < 20_000));
    }
}
