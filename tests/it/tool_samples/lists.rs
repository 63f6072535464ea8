//! `follow.py` with the adapter of each tool that keeps lists.

use std::process::Command;

use serde_json::{Value, json};

use super::{
    ADA, Asked, BOB, StandIn, ada, forget_what_was_told, leave, links, printed, program, run, told,
    with_people,
};
use crate::support::{
    app::TestApp,
    database::{Db, Start, run_on},
    process::Scratch,
    receiver::{Answer, Request},
};

/// A tool, and what it is asked about Ada.
pub(super) struct Tool {
    name: &'static str,
    /// What the program is told; `{}` stands for where the tool is.
    settings: &'static [(&'static str, &'static str)],
    /// A header that must come with every request.
    header: (&'static str, &'static str),
    answer: fn(&Request) -> Answer,
    /// Her id, and her links to leave and to choose.
    join: fn(&str, &str, &str) -> Vec<Asked>,
    leave: fn() -> Vec<Asked>,
    forget: fn() -> Vec<Asked>,
}

fn asked(method: &str, target: &str, body: Value) -> Asked {
    (method.to_owned(), target.to_owned(), body)
}

const LISTMONK: Tool = Tool {
    name: "listmonk",
    settings: &[("LISTMONK_URL", "{}"), ("LISTMONK_TOKEN", "ayeaye:secret"), ("LISTMONK_LIST", "3")],
    header: ("authorization", "token ayeaye:secret"),
    answer: |request| match request.method.as_str() {
        "GET" => told(&json!({ "data": { "results": [{ "id": 7, "email": ADA }], "total": 1 } })),
        _ => told(&json!({ "data": true })),
    },
    join: |id, out, choose| {
        vec![asked(
            "POST",
            "/api/subscribers/subscription",
            json!({
                "email": ADA,
                "lists": [3],
                "preconfirm_subscriptions": true,
                "attribs": { "aye_id": id, "locale": "en", "aye_url": choose, "aye_unsub": out },
            }),
        )]
    },
    leave: || {
        let change = json!({ "ids": [7], "action": "remove", "target_list_ids": [3] });
        vec![found_by_listmonk(), asked("PUT", "/api/subscribers/lists", change)]
    },
    forget: || vec![found_by_listmonk(), asked("DELETE", "/api/subscribers/7", Value::Null)],
};

fn found_by_listmonk() -> Asked {
    asked("GET", "/api/subscribers?query=subscribers.email+%3D+%27ada%40example.org%27", Value::Null)
}

/// MD5 of her address.
const ADA_AT_MAILCHIMP: &str = "/3.0/lists/a1b2/members/5bfcf2d8e394674550332640d72db509";

const MAILCHIMP: Tool = Tool {
    name: "mailchimp",
    settings: &[("MAILCHIMP_URL", "{}/3.0"), ("MAILCHIMP_KEY", "secret"), ("MAILCHIMP_AUDIENCE", "a1b2")],
    header: ("authorization", "Basic YW55OnNlY3JldA=="),
    answer: |request| if request.method == "POST" { Answer::status(204) } else { told(&json!({})) },
    join: |id, out, choose| {
        vec![asked(
            "PUT",
            ADA_AT_MAILCHIMP,
            json!({
                "email_address": ADA,
                "status_if_new": "subscribed",
                "status": "subscribed",
                "language": "en",
                "merge_fields": { "AYE_ID": id, "AYE_URL": choose, "AYE_UNSUB": out },
            }),
        )]
    },
    leave: || vec![asked("PATCH", ADA_AT_MAILCHIMP, json!({ "status": "unsubscribed" }))],
    forget: || vec![asked("POST", &format!("{ADA_AT_MAILCHIMP}/actions/delete-permanent"), Value::Null)],
};

pub(super) const BREVO: Tool = Tool {
    name: "brevo",
    settings: &[("BREVO_URL", "{}"), ("BREVO_KEY", "secret"), ("BREVO_LIST", "7")],
    header: ("api-key", "secret"),
    answer: |request| if request.method == "POST" { told(&json!({ "id": 21 })) } else { Answer::status(204) },
    join: |id, out, choose| {
        vec![asked(
            "POST",
            "/v3/contacts",
            json!({
                "email": ADA,
                "updateEnabled": true,
                "listIds": [7],
                "attributes": { "AYE_ID": id, "LANGUAGE": "en", "AYE_URL": choose, "AYE_UNSUB": out },
            }),
        )]
    },
    leave: || vec![asked("PUT", "/v3/contacts/ada%40example.org", json!({ "unlinkListIds": [7] }))],
    forget: || vec![asked("DELETE", "/v3/contacts/ada%40example.org", Value::Null)],
};

const SENDGRID: Tool = Tool {
    name: "sendgrid",
    settings: &[
        ("SENDGRID_URL", "{}"),
        ("SENDGRID_KEY", "secret"),
        ("SENDGRID_LIST", "list-1"),
        ("SENDGRID_GROUP", "12"),
        ("SENDGRID_FIELDS", "e1_T,e2_T,e3_T"),
    ],
    header: ("authorization", "Bearer secret"),
    answer: |request| match request.target.as_str() {
        "/v3/marketing/contacts/search/emails" => {
            told(&json!({ "result": { ADA: { "contact": { "id": "u-1" } } } }))
        }
        _ if request.method == "DELETE" => Answer::status(204),
        _ => told(&json!({ "job_id": "j-1" })),
    },
    join: |id, out, choose| {
        let person = json!({ "email": ADA, "custom_fields": { "e1_T": id, "e2_T": choose, "e3_T": out } });
        vec![
            asked("DELETE", "/v3/asm/groups/12/suppressions/ada%40example.org", Value::Null),
            asked("PUT", "/v3/marketing/contacts", json!({ "list_ids": ["list-1"], "contacts": [person] })),
        ]
    },
    leave: || vec![left_at_sendgrid()],
    forget: || {
        vec![
            left_at_sendgrid(),
            asked("POST", "/v3/marketing/contacts/search/emails", json!({ "emails": [ADA] })),
            asked("DELETE", "/v3/marketing/contacts?ids=u-1", Value::Null),
        ]
    },
};

fn left_at_sendgrid() -> Asked {
    asked("POST", "/v3/asm/groups/12/suppressions", json!({ "recipient_emails": [ADA] }))
}

const MAUTIC: Tool = Tool {
    name: "mautic",
    settings: &[("MAUTIC_URL", "{}"), ("MAUTIC_LOGIN", "ayeaye:secret"), ("MAUTIC_SEGMENT", "4")],
    header: ("authorization", "Basic YXllYXllOnNlY3JldA=="),
    answer: |request| match (request.method.as_str(), request.target.as_str()) {
        ("POST", "/api/contacts/new") => told(&json!({ "contact": { "id": 12 } })),
        ("GET", _) => told(&json!({ "total": "1", "contacts": { "12": { "id": 12 } } })),
        _ => told(&json!({ "success": 1 })),
    },
    join: |id, out, choose| {
        vec![
            asked(
                "POST",
                "/api/contacts/new",
                json!({
                    "email": ADA, "preferred_locale": "en", "aye_id": id, "aye_url": choose, "aye_unsub": out,
                }),
            ),
            asked("POST", "/api/segments/4/contact/12/add", Value::Null),
        ]
    },
    leave: || vec![found_by_mautic(), asked("POST", "/api/segments/4/contact/12/remove", Value::Null)],
    forget: || vec![found_by_mautic(), asked("DELETE", "/api/contacts/12/delete", Value::Null)],
};

fn found_by_mautic() -> Asked {
    asked("GET", "/api/contacts?search=email%3Aada%40example.org", Value::Null)
}

const HUBSPOT: Tool = Tool {
    name: "hubspot",
    settings: &[("HUBSPOT_URL", "{}"), ("HUBSPOT_TOKEN", "secret"), ("HUBSPOT_SUBSCRIPTION", "123")],
    header: ("authorization", "Bearer secret"),
    answer: |request| {
        if request.target.ends_with("gdpr-delete") { Answer::status(204) } else { told(&json!({})) }
    },
    join: |id, out, choose| {
        let properties = json!({
            "email": ADA, "hs_language": "en", "aye_id": id, "aye_url": choose, "aye_unsub": out,
        });
        let person = json!({ "idProperty": "email", "id": ADA, "properties": properties });
        vec![
            asked("POST", "/crm/v3/objects/contacts/batch/upsert", json!({ "inputs": [person] })),
            state_at_hubspot("SUBSCRIBED", &format!("Confirmed twice; the evidence is kept under {id}")),
        ]
    },
    leave: || vec![state_at_hubspot("UNSUBSCRIBED", "May not be mailed now")],
    forget: || {
        let whom = json!({ "idProperty": "email", "objectId": ADA });
        vec![asked("POST", "/crm/v3/objects/contacts/gdpr-delete", whom)]
    },
};

fn state_at_hubspot(word: &str, why: &str) -> Asked {
    asked(
        "POST",
        "/communication-preferences/2026-03/statuses/ada%40example.org",
        json!({
            "channel": "EMAIL", "statusState": word, "subscriptionId": 123,
            "legalBasis": "CONSENT_WITH_NOTICE", "legalBasisExplanation": why,
        }),
    )
}

/// The follower of one tool, over a service of its own.
pub(super) struct Following {
    pub(super) app: TestApp,
    pub(super) key: String,
    pub(super) folder: Scratch,
}

impl Start for Following {
    async fn start(db: Db) -> Self {
        let app = TestApp::start(db).await;
        let key = with_people(&app).await;
        Self { app, key, folder: Scratch::new("follow") }
    }
}

impl Following {
    pub(super) fn command(&self, tool: &Tool, stand_in: &StandIn) -> Command {
        let mut command = program("python3", "follow.py", &self.app, &self.key);
        let url = stand_in.served.url();
        command.arg(tool.name).arg("newsletter").arg(self.folder.path().join("state.json"));
        command.envs(tool.settings.iter().map(|(name, value)| (*name, value.replace("{}", &url))));
        command
    }
}

/// Runs the follower through the life of a person at one tool.
async fn keeps_in_step(tool: &Tool, it: &Following) {
    let (answer, header) = (tool.answer, tool.header);
    let stand_in = StandIn::start(move |request| {
        assert_eq!(request.header(header.0), Some(header.1), "{request:?}");
        assert!(!String::from_utf8_lossy(&request.body).contains(BOB), "Bob has not confirmed");
        answer(request)
    })
    .await;
    let id = ada(&it.app).await;
    let [out, choose] = links(&it.app, &it.key).await;
    // She confirmed before anything that the feed still tells.
    forget_what_was_told(&it.app).await;
    let step = async || {
        printed(&run(it.command(tool, &stand_in), "").await);
        stand_in.asked()
    };
    assert_eq!(step().await, (tool.join)(&id, &out, &choose), "{}: Ada has confirmed", tool.name);
    assert_eq!(step().await, [], "{}: there is no news", tool.name);
    leave(&it.app, &out).await;
    assert_eq!(step().await, (tool.leave)(), "{}: Ada has left", tool.name);
    let (status, _) = it.app.post_json("/v1/contacts:erase", &it.key, &json!({ "contact": id })).await;
    assert_eq!(status, 200);
    it.app.run_due().await;
    assert_eq!(step().await, (tool.forget)(), "{}: Ada is erased", tool.name);
    assert_eq!(step().await, []);
}

macro_rules! in_step {
    ($($name:ident: $tool:ident,)+) => {$(
        #[tokio::test]
        async fn $name() {
            run_on(Db::Sqlite, async |it: Following| keeps_in_step(&$tool, &it).await).await;
        }
    )+};
}

in_step! {
    listmonk_is_kept_in_step: LISTMONK,
    mailchimp_is_kept_in_step: MAILCHIMP,
    brevo_is_kept_in_step: BREVO,
    sendgrid_is_kept_in_step: SENDGRID,
    mautic_is_kept_in_step: MAUTIC,
    hubspot_is_kept_in_step: HUBSPOT,
}

#[tokio::test]
async fn what_the_tool_did_not_take_is_brought_again() {
    run_on(Db::Sqlite, async |it: Following| {
        let down = StandIn::start(|_| Answer::status(503)).await;
        let output = run(it.command(&LISTMONK, &down), "").await;
        assert!(!output.status.success(), "a tool that is down stops the program");
        let (up, id) = (StandIn::start(LISTMONK.answer).await, ada(&it.app).await);
        printed(&run(it.command(&LISTMONK, &up), "").await);
        let [out, choose] = links(&it.app, &it.key).await;
        assert_eq!(up.asked(), (LISTMONK.join)(&id, &out, &choose));
    })
    .await;
}

#[tokio::test]
async fn whom_mailchimp_does_not_take_back_stops_nobody_else() {
    run_on(Db::Sqlite, async |it: Following| {
        it.app.subscribe("newsletter", "eve@example.org", &["newsletter"]).await;
        let stand_in = StandIn::start(|request| {
            let is_ada = request.json()["email_address"] == ADA;
            if is_ada {
                Answer::status(400).body(r#"{"title":"Member In Compliance State"}"#)
            } else {
                told(&json!({}))
            }
        })
        .await;
        let output = run(it.command(&MAILCHIMP, &stand_in), "").await;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let id = ada(&it.app).await;
        assert_eq!(said.trim_end(), format!("{id} is not taken back by Mailchimp"));
        printed(&output);
        assert_eq!(stand_in.asked().len(), 2, "Ada and Eve");
    })
    .await;
}
