//! A witness that has seen more than the database holds, or something else: nothing is signed on.

use ayeaye::{
    anchor::witness::add_checkpoint,
    app::log::{adopt::adopt, status},
    domain::time::{DAY, SECOND},
    store::{self, anchor::Anchor},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;
use url::Url;

use super::*;
use crate::support::{
    database::both,
    receiver::{Answer, Receiver},
    witness::Manner,
};

/// Has the witness confirm another history of this log.
async fn confirm_another(witness: &Witness, origin: &str, size: u64) {
    let root = STANDARD.encode([7; 32]);
    let body = format!("old 0\n\n{origin}\n{size}\n{root}\n\n— {origin} AAAA\n");
    let client = Client::with(Duration::from_secs(20), rustls::RootCertStore::empty()).unwrap();
    let answer = add_checkpoint(&client, &Url::parse(&witness.url()).unwrap(), &body).await.unwrap();
    assert_eq!(answer.status, 200);
}

/// The log is refused for a reason that holds these words, consents go on, and nothing more is signed.
async fn assert_refused(app: &TestApp, words: &str) {
    let told = ready(app).await;
    assert_eq!((&told["status"], &told["log"]["state"]), (&json!("degraded"), &json!("refused")));
    let why = told["log"]["refused"].as_str().unwrap();
    assert!(why.contains(words), "{why}");
    for part in ["witness.example has confirmed ", "ayeaye log adopt --reason", "anchors.witnesses"] {
        assert!(why.contains(part), "{why}");
    }
    let before = published(app).await;
    app.clock.advance(DAY);
    app.sign_up("newsletter", "later@example.org", &["newsletter"]).await;
    assert!(app.person("acme", "later@example.org").await.is_some());
    assert_eq!(published(app).await, before);
}

both! {
    async fn a_witness_that_has_more_stops_the_signing(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        witness.behave(Manner::Claims(1_000));
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        let (origin, held) = published(&app).await;
        let words = format!("1000 entries of {origin}, the database holds {held}");
        assert_refused(&app, &words).await;
        assert_eq!(witness.requests().len(), 1, "a refused log is shown to nobody");
    }

    async fn another_history_of_the_same_size_stops_the_signing(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        let (origin, size) = settled(&app, &witness).await;
        confirm_another(&witness, &origin, size).await;
        app.run_due().await;
        assert_refused(&app, &format!("{size} entries of {origin} that are not those of the database")).await;
        assert_eq!(rows(&app, "cosignature").await.len(), 0);
    }

    async fn another_history_of_fewer_entries_stops_the_signing(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        let (origin, size) = settled(&app, &witness).await;
        confirm_another(&witness, &origin, size - 1).await;
        app.run_due().await;
        let before = size - 1;
        assert_refused(&app, &format!("{before} entries of {origin} that are not the first {before}")).await;
    }

    async fn a_bare_conflict_about_the_whole_log_stops_the_signing(db: Db) {
        let vkey = Witness::start("witness.example").await.vkey();
        let receiver = Receiver::start([]).await;
        let app = service(db, &[("anchors.witnesses", &format!("{vkey} {}", receiver.url()))]).await;
        grow(&app, "a").await;
        app.run_due().await;
        app.clock.advance(10 * SECOND);
        let (origin, size) = published(&app).await;
        let told = Answer::status(409).header("content-type", "text/x.tlog.size").body(format!("{size}\n"));
        receiver.otherwise(told);
        app.run_due().await;
        assert_eq!(receiver.requests().len(), 3, "asked from 0 twice, then from its size");
        assert_refused(&app, &format!("{size} entries of {origin} that are not those of the database")).await;
    }

    async fn a_damaged_database_is_not_taken_for_a_fork(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        app.sign_up("newsletter", "b@example.org", &["newsletter"]).await;
        let asked = witness.requests().len();
        grow(&app, "c").await;
        app.run_due().await;
        app.database.run("UPDATE log_entry SET entry = '{\"t\":\"erased\",\"v\":1}' WHERE position = 1").await;
        app.clock.advance(5 * SECOND);
        app.run_due().await;
        assert_eq!(witness.requests().len(), asked, "no proof that does not hold is sent");
        let said = complaint(&app).await;
        assert!(said.contains("run `ayeaye fsck`"), "{said}");
        assert_eq!(ready(&app).await["log"]["state"], "ok");
    }

    async fn an_adopted_log_begins_anew_for_a_witness(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        let (first, size) = published(&app).await;
        witness.behave(Manner::Claims(1_000));
        app.sign_up("newsletter", "b@example.org", &["newsletter"]).await;
        assert_eq!(status::status(app.app()).await.unwrap().word(), "refused");
        // Back at the size the witness had confirmed, less one: the adoption brings it there again.
        let kept = size - 1;
        for statement in [
            format!("UPDATE log SET size = {kept}"),
            format!("DELETE FROM evidence WHERE position >= {kept}"),
            format!("DELETE FROM publication WHERE position >= {kept}"),
            format!("DELETE FROM log_entry WHERE position >= {kept}"),
            format!("DELETE FROM checkpoint WHERE size > {kept}"),
            "DELETE FROM consent".to_owned(),
            "DELETE FROM lease".to_owned(),
        ] {
            app.database.run(&statement).await;
        }
        let adopted = adopt(app.app(), "restored").await.unwrap();
        assert_eq!((adopted.size, adopted.origin != first), (size, true));
        witness.behave(Manner::Well);
        witness.know(&adopted.key);
        app.run_due().await;
        assert_eq!(witness.size_of(&adopted.origin), Some(published(&app).await.1));
        assert!(witness.requests().last().unwrap().starts_with("old 0\n\n"));
        assert_eq!(ready(&app).await["status"], "ready");
    }

    async fn one_who_is_no_longer_asked_is_no_alarm(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        let (origin, size) = published(&app).await;
        let ill = |name: &str| Anchor {
            name: format!("{name} {origin}"),
            size,
            due_at: app.app().now(),
            failures: 9,
            failing_since: Some(app.app().now().plus(-3 * DAY)),
            note: Some("nobody answers".to_owned()),
        };
        for (name, expected) in
            [("gone.example", "ready"), ("https://tsa.gone.example/", "ready"), ("witness.example", "degraded")]
        {
            let mut tx = app.app().store.begin().await.unwrap();
            store::anchor::put(&mut tx, &ill(name)).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(ready(&app).await["status"], expected, "{name}");
        }
    }
}
