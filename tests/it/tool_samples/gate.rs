//! The programs that ask before they send: the question alone in five languages, by SMTP, by Postmark and in n8n.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::{Value, json};

use super::{
    ADA, BOB, StandIn, ada, forget_what_was_told, leave, links, printed, program, run, sample, told,
    with_people,
};
use crate::support::{
    app::TestApp,
    database::both,
    process::Scratch,
    smtp_real::{Encryption, RealSmtp},
};

const TEXT: &str = "News of June: élan.\n";

/// Each program that asks about addresses from its input and prints whom it may write to.
fn gates(app: &TestApp, key: &str) -> Vec<Command> {
    let built = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gate_go");
    let go = Command::new("go").arg("build").arg("-o").arg(&built).arg(sample("gate.go")).output();
    printed(&go.expect("go runs: run tests/run prepare"));
    let mut compiled = Command::new(&built);
    compiled.env("AYEAYE_URL", app.base()).env("AYEAYE_KEY", key).env("no_proxy", "*");
    let interpreted = [("python3", "gate.py"), ("php", "gate.php"), ("node", "gate.mjs")];
    let mut all: Vec<Command> =
        interpreted.map(|(interpreter, name)| program(interpreter, name, app, key)).into();
    all.push(compiled);
    for gate in &mut all {
        gate.arg("newsletter");
    }
    all
}

/// Holds a program to have ended badly without a word about whom one may write to.
#[track_caller]
fn refused(output: &Output, what: &str) {
    assert!(!output.status.success(), "{what} goes on without an answer");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{what}");
}

both! {
    async fn each_language_tells_whom_one_may_write_to(app: TestApp) {
        let key = with_people(&app).await;
        let [out, choose] = links(&app, &key).await;
        for gate in gates(&app, &key) {
            let what = format!("{gate:?}");
            let told = printed(&run(gate, &format!("{BOB}\n{ADA}\nnobody@example.org\n")).await);
            assert_eq!(told, format!("{ADA}\t{out}\t{choose}\n"), "{what}");
        }
        for gate in gates(&app, "aye_not-a-key") {
            let what = format!("{gate:?}");
            refused(&run(gate, ADA).await, &what);
        }
    }

    async fn curl_tells_whether_one_may_write_to_somebody(app: TestApp) {
        let key = with_people(&app).await;
        for (address, answer) in [
            (ADA, "\"decision\":\"allow\"\n"),
            (BOB, "\"decision\":\"deny\",\"reason\":\"pending\"\n"),
        ] {
            let mut command = program("sh", "gate.sh", &app, &key);
            command.args(["newsletter", address]);
            assert_eq!(printed(&run(command, "").await), answer, "{address}");
        }
        let mut command = program("sh", "gate.sh", &app, "aye_not-a-key");
        command.args(["newsletter", ADA]);
        refused(&run(command, "").await, "curl");
    }

    async fn a_campaign_by_smtp_reaches_those_who_confirmed(app: TestApp) {
        let key = with_people(&app).await;
        let [out, choose] = links(&app, &key).await;
        let (relay, folder) = (RealSmtp::start(Encryption::None), Scratch::new("campaign"));
        let send = async |key: &str| {
            let mut command = campaign("smtp.py", &app, key, &folder);
            command.env("SMTP_HOST", "127.0.0.1").env("SMTP_PORT", relay.port().to_string());
            run(command, &format!("{BOB}\n{ADA}\n")).await
        };
        refused(&send("aye_not-a-key").await, "smtp.py");
        assert_eq!(printed(&send(&key).await), "1 sent\n");
        let mails = relay.wait_for(1).await;
        assert_eq!((mails.len(), &mails[0].envelope.to[..]), (1, &[ADA.to_owned()][..]));
        let raw = String::from_utf8_lossy(&mails[0].raw).replace("\r\n", "\n").replace("\n ", " ");
        assert!(raw.contains(&format!("\nList-Unsubscribe: <{out}>\n")), "{raw}");
        assert!(raw.contains("\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{raw}");
        let shown = raw.replace("=\n", "").replace("=3D", "=");
        assert!(shown.contains(&out) && shown.contains(&choose), "{raw}");
    }

    async fn a_campaign_by_postmark_reaches_those_who_confirmed(app: TestApp) {
        let key = with_people(&app).await;
        let [out, choose] = links(&app, &key).await;
        let folder = Scratch::new("campaign");
        let postmark = StandIn::start(|request| {
            assert_eq!(request.header("x-postmark-server-token"), Some("secret"));
            told(&json!([{ "ErrorCode": 0, "Message": "OK" }]))
        })
        .await;
        let send = async |key: &str| {
            let mut command = campaign("postmark.py", &app, key, &folder);
            command.env("POSTMARK_URL", postmark.served.url());
            command.env("POSTMARK_TOKEN", "secret").env("POSTMARK_STREAM", "news");
            run(command, &format!("{BOB}\n{ADA}\n")).await
        };
        refused(&send("aye_not-a-key").await, "postmark.py");
        assert_eq!(postmark.asked(), []);
        assert_eq!(printed(&send(&key).await), "1 handed over\n");
        let mail = json!({
            "MessageStream": "news", "From": "Acme <news@acme.example>", "To": ADA, "Subject": "News",
            "TextBody": format!("{TEXT}\n-- \nUnsubscribe: {out}\nChoose what you receive: {choose}\n"),
            "Headers": [
                { "Name": "List-Unsubscribe", "Value": format!("<{out}>") },
                { "Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click" },
            ],
        });
        assert_eq!(postmark.asked(), [("POST".to_owned(), "/email/batch".to_owned(), json!([mail]))]);
    }

    async fn the_workflow_of_n8n_tells_the_two_ways_apart(app: TestApp) {
        let key = with_people(&app).await;
        let (id, folder) = (ada(&app).await, Scratch::new("n8n"));
        let [out, _] = links(&app, &key).await;
        let step = async || {
            let ends = printed(&run(workflow(&app, &key, &folder), "").await);
            serde_json::from_str::<Value>(&ends).unwrap()
        };
        let bob = app.person("acme", BOB).await.expect("Bob is known").0.id.to_string();
        let ends = step().await;
        assert_eq!(ends["Put on the list"][0]["ref"], id);
        assert_eq!(ends["Put on the list"][0]["links"]["unsubscribe"], out);
        assert_eq!(ends["Take off the list"], json!([{ "ref": bob, "decision": "deny", "reason": "pending" }]));
        assert_eq!(step().await, json!({}), "there is no news");
        leave(&app, &out).await;
        let gone = json!([{ "ref": id, "decision": "deny", "reason": "withdrawn" }]);
        assert_eq!(step().await, json!({ "Take off the list": gone }));
    }

    async fn the_workflow_of_n8n_begins_with_the_oldest_that_is_kept_and_says_when_it_is_too_late(app: TestApp) {
        let key = with_people(&app).await;
        let folder = Scratch::new("n8n");
        forget_what_was_told(&app).await;
        app.subscribe("newsletter", "eve@example.org", &["newsletter"]).await;
        let eve = app.person("acme", "eve@example.org").await.expect("Eve is known").0.id.to_string();
        fs::write(folder.path().join("static.json"), r#"{"after": 0}"#).unwrap();
        let output = run(workflow(&app, &key, &folder), "").await;
        refused(&output, "n8n.json");
        let said = String::from_utf8_lossy(&output.stderr);
        let todo = "Build the copy anew from /v1/changes, then delete this workflow and import it again.";
        assert!(said.contains(todo), "{said}");
        fs::write(folder.path().join("static.json"), "{}").unwrap();
        let ends: Value = serde_json::from_str(&printed(&run(workflow(&app, &key, &folder), "").await)).unwrap();
        let listed: Vec<&Value> = ends["Put on the list"].as_array().unwrap().iter().map(|it| &it["ref"]).collect();
        assert_eq!(listed, [&eve], "{ends}");
    }
}

/// The workflow of n8n with what it keeps between two runs.
fn workflow(app: &TestApp, key: &str, folder: &Scratch) -> Command {
    let runner = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tool_samples/n8n.mjs");
    let mut command = Command::new("node");
    command.arg(runner).arg(sample("n8n.json")).arg(folder.path().join("static.json"));
    command.env("AYEAYE_URL", app.base()).env("AYEAYE_KEY", key);
    command
}

/// A program that sends a campaign.
fn campaign(name: &str, app: &TestApp, key: &str, folder: &Scratch) -> Command {
    let text = folder.path().join("news.txt");
    fs::write(&text, TEXT).unwrap();
    let mut command = program("python3", name, app, key);
    command.args(["newsletter", "Acme <news@acme.example>", "News"]).arg(text);
    command
}
