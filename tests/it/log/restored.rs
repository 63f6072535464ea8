//! A database restored from a backup: consents are taken on, nothing is signed, and the operator decides.

use ayeaye::app::log::{
    LogWriter,
    adopt::{AdoptError, adopt},
    read, status,
};
use serde_json::Value;

use crate::support::{
    app::{TestApp, http},
    database::both,
};

/// Takes the log back to what it was `entries` ago, as a backup does, and its writer's turn with it.
async fn go_back(app: &TestApp, entries: u64) {
    let size = app.checkpoint().await.size - entries;
    for statement in [
        format!("UPDATE log SET size = {size}"),
        format!("DELETE FROM evidence WHERE position >= {size}"),
        format!("DELETE FROM publication WHERE position >= {size}"),
        format!("DELETE FROM log_entry WHERE position >= {size}"),
        format!("DELETE FROM checkpoint WHERE size > {size}"),
        "DELETE FROM consent".to_owned(),
        "DELETE FROM lease".to_owned(),
    ] {
        app.database.run(&statement).await;
    }
}

async fn ready(app: &TestApp) -> Value {
    let answer = http().get(format!("{}/readyz", app.base())).send().await.unwrap();
    assert_eq!(answer.status(), 200, "consents are taken on");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

both! {
    async fn a_database_behind_its_last_checkpoint_is_not_signed_on(app: TestApp) {
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        app.sign_up("newsletter", "b@example.org", &["newsletter"]).await;
        assert_eq!(ready(&app).await["status"], "ready");
        let last = app.checkpoint().await;
        go_back(&app, 2).await;
        app.sign_up("newsletter", "c@example.org", &["newsletter"]).await;
        let said = ready(&app).await;
        assert_eq!((&said["status"], &said["log"]["state"]), (&Value::from("degraded"), &Value::from("refused")));
        let why = said["log"]["refused"].as_str().unwrap();
        assert!(why.contains("ayeaye log adopt --reason"), "{why}");
        assert!(app.person("acme", "c@example.org").await.is_some(), "the consent was taken");
        // Nothing was signed past the backup, whoever tries.
        let mut other = LogWriter::default();
        assert_eq!(other.pass(app.app()).await.unwrap(), 0);
        let now = read::checkpoint(app.app()).await.unwrap();
        assert!(now.is_none_or(|it| it.lines().nth(1).unwrap().parse::<u64>().unwrap() < last.size));
    }

    async fn an_adoption_goes_on_under_another_name_and_says_why(app: TestApp) {
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        let last = app.checkpoint().await;
        assert!(matches!(adopt(app.app(), "no need").await, Err(AdoptError::NotRefused)));
        go_back(&app, 1).await;
        app.sign_up("newsletter", "c@example.org", &["newsletter"]).await;
        assert!(matches!(adopt(app.app(), " ").await, Err(AdoptError::Reason)));
        let adopted = adopt(app.app(), "disk failure, restored from the backup of 20 November").await.unwrap();
        assert_eq!(adopted.origin, format!("{}/2", last.origin));
        app.run_due().await;
        let now = app.checkpoint().await;
        assert_eq!((now.origin.clone(), status::status(app.app()).await.unwrap().word()), (adopted.origin, "ok"));
        // What waited since has its place after the adoption.
        let entries = http().get(format!("{}/log/tile/entries/000.p/{}", app.base(), now.size));
        let entries = entries.send().await.unwrap().bytes().await.unwrap();
        let entries = ayeaye::tlog::tile::parse_bundle(&entries).unwrap();
        let said: Vec<Value> = entries.iter().map(|it| serde_json::from_slice(it).unwrap()).collect();
        let adoption = said.iter().position(|it| it["t"] == "adoption").unwrap();
        assert_eq!(said[adoption]["after"]["origin"], last.origin);
        assert_eq!(said[adoption]["after"]["size"], last.size);
        assert_eq!(said[adoption]["reason"], "disk failure, restored from the backup of 20 November");
        assert!(adoption + 1 < said.len());
        assert!(matches!(adopt(app.app(), "again").await, Err(AdoptError::NotRefused)));
        assert_eq!(ready(&app).await["status"], "ready");
    }

    async fn another_history_of_the_same_size_is_noticed(app: TestApp) {
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        app.database.run("UPDATE log_entry SET entry = '{\"t\":\"erased\",\"v\":1}' WHERE position = 1").await;
        app.database.run("DELETE FROM lease").await;
        app.sign_up("newsletter", "b@example.org", &["newsletter"]).await;
        assert_eq!(ready(&app).await["log"]["state"], "refused");
    }

    async fn a_file_of_another_installation_is_named(app: TestApp) {
        let file = &app.app().config.anchors.checkpoint_file;
        std::fs::write(file, "consent.example/log\n1\nAAAA\n\n— nobody AAAA\n").unwrap();
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        let said = ready(&app).await;
        let why = said["log"]["refused"].as_str().unwrap();
        assert!(why.contains("is not a checkpoint of this installation"), "{why}");
    }

    async fn a_checkpoint_that_cannot_be_kept_outside_is_not_published(app: TestApp) {
        let file = &app.app().config.anchors.checkpoint_file;
        std::fs::create_dir_all(file.with_extension("new")).unwrap();
        let mut writer = LogWriter::default();
        let error = writer.pass(app.app()).await.unwrap_err().to_string();
        assert!(error.contains("AYEAYE_ANCHORS_CHECKPOINT_FILE"), "{error}");
        assert_eq!(read::checkpoint(app.app()).await.unwrap(), None);
        std::fs::remove_dir(file.with_extension("new")).unwrap();
        writer.pass(app.app()).await.unwrap();
        assert!(read::checkpoint(app.app()).await.unwrap().is_some());
        assert_eq!(app.fsck().await.findings, []);
    }
}
