//! Time stamps: what is kept, and what is not believed.

use ayeaye::{
    anchor::stamp,
    app::log::anchoring,
    domain::time::{HOUR, MINUTE, SECOND},
    tlog::timestamp,
};
use serde_json::Value;
use url::Url;

use super::*;
use crate::support::{database::both, tsa::Manner};

/// A service with a time stamp authority whose certificate must lead to the root in `roots`.
async fn stamped(db: Db, tsa: &Tsa, roots: &Tsa) -> TestApp {
    let roots = roots.root_file().display().to_string();
    service(db, &[("anchors.timestamp_url", &tsa.url()), ("anchors.timestamp_ca_file", &roots)]).await
}

/// The next try fails, for this reason, and nothing is kept.
async fn assert_not_kept(app: &TestApp, words: &str) {
    app.clock.advance(HOUR);
    app.run_due().await;
    let said = complaint(app).await;
    assert!(said.contains(words), "“{said}” does not say “{words}”");
    assert_eq!(rows(app, "log_stamp").await, Vec::<Value>::new(), "{words}");
}

both! {
    async fn a_stamp_is_asked_for_as_often_as_configured(db: Db) {
        let tsa = Tsa::start().await;
        let app = stamped(db, &tsa, &tsa).await;
        follow(&tsa, &app);
        grow(&app, "a").await;
        app.run_due().await;
        grow(&app, "b").await;
        app.clock.advance(HOUR - 1);
        app.run_due().await;
        assert_eq!(tsa.requests().len(), 1);
        app.clock.advance(1);
        follow(&tsa, &app);
        app.run_due().await;
        assert_eq!((tsa.requests().len(), rows(&app, "log_stamp").await.len()), (2, 2));
        app.clock.advance(2 * HOUR);
        app.run_due().await;
        assert_eq!(tsa.requests().len(), 2, "there is nothing new");
        let proof = proof_about(&app, "b@example.org").await;
        assert_eq!(verdict(&verdicts(&proof), "timestamp"), "ok");
    }

    async fn a_stamp_that_does_not_hold_is_not_kept(db: Db) {
        let tsa = Tsa::start().await;
        let app = stamped(db, &tsa, &tsa).await;
        grow(&app, "a").await;
        tsa.behave(Manner::Rejects);
        assert_not_kept(&app, "status 2").await;
        tsa.behave(Manner::Fails(503));
        assert_not_kept(&app, "it answered with HTTP status 503").await;
        tsa.behave(Manner::Down);
        assert_not_kept(&app, "the connection broke").await;
        tsa.behave(Manner::Says(vec![0; 1 << 20]));
        assert_not_kept(&app, "its answer is too long").await;
        tsa.behave(Manner::Says(b"<html>".to_vec()));
        assert_not_kept(&app, "").await;
        // An answer to another question: the same checkpoint with another nonce, and something else.
        let checkpoint = anchoring::newest(app.app()).await.unwrap().unwrap();
        let imprint = anchoring::imprint(&checkpoint).unwrap();
        let client = Client::with(Duration::from_secs(20), rustls::RootCertStore::empty()).unwrap();
        let url = Url::parse(&tsa.url()).unwrap();
        for (imprint, words) in [(imprint, "nonce"), ([7; 32], "something else")] {
            follow(&tsa, &app);
            let answer = stamp::ask(&client, &url, &timestamp::request(&imprint, 7)).await.unwrap();
            tsa.behave(Manner::Says(answer));
            assert_not_kept(&app, words).await;
        }
    }

    async fn a_clock_far_off_is_not_believed(db: Db) {
        let tsa = Tsa::start().await;
        let app = stamped(db, &tsa, &tsa).await;
        grow(&app, "a").await;
        for off in [-10 * MINUTE - SECOND, 10 * MINUTE + SECOND] {
            tsa.behave(Manner::At(app.app().now().plus(HOUR + off).seconds()));
            assert_not_kept(&app, "one of the two clocks is wrong").await;
        }
        app.clock.advance(HOUR);
        tsa.behave(Manner::At(app.app().now().plus(10 * MINUTE).seconds()));
        app.run_due().await;
        assert_eq!(rows(&app, "log_stamp").await.len(), 1, "ten minutes are borne");
    }

    async fn a_stranger_among_authorities_is_not_believed(db: Db) {
        let (tsa, other) = (Tsa::start().await, Tsa::start().await);
        let app = stamped(db, &tsa, &other).await;
        grow(&app, "a").await;
        tsa.behave(Manner::At(app.app().now().plus(HOUR).seconds()));
        assert_not_kept(&app, "does not lead to a given authority").await;
    }
}
