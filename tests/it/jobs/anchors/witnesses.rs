//! Witnesses that confirm, forget, fail and come back.

use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

use ayeaye::domain::time::{DAY, HOUR, SECOND};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::*;
use crate::support::{
    database::both,
    receiver::{Answer, Receiver},
    witness::Manner,
};

both! {
    async fn a_checkpoint_is_cosigned_and_stamped_and_anybody_can_check_it(db: Db) {
        let (witness, tsa) = (Witness::start("witness.example").await, Tsa::start().await);
        let app = service(db, &[
            ("anchors.witnesses", &witness.setting()),
            ("anchors.witness_threshold", "1"),
            ("anchors.timestamp_url", &tsa.url()),
            ("anchors.timestamp_ca_file", &tsa.root_file().display().to_string()),
        ]).await;
        follow(&tsa, &app);
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        assert_eq!((witness.requests().len(), tsa.requests().len()), (1, 1));
        let proof = proof_about(&app, "ada@example.org").await;
        assert!(proof["proof"].as_str().unwrap().contains("\n— witness.example "), "{proof}");
        assert_eq!(proof["timestamps"][0]["tsa"], tsa.url());
        let verdicts = verdicts(&proof);
        assert!(verdicts.iter().all(|(_, verdict)| verdict == "ok"), "{verdicts:?}");
        assert_eq!(verdicts.len(), 7);
        assert_eq!(ready(&app).await["status"], "ready");
        assert_eq!(app.fsck().await.findings, []);
    }

    async fn the_next_checkpoint_comes_with_the_way_from_the_last(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        grow(&app, "a").await;
        app.run_due().await;
        let (origin, first) = published(&app).await;
        witness.know(&log_key(&app).await);
        assert_eq!(witness.size_of(&origin), Some(first));
        for name in ["b", "c", "d"] {
            grow(&app, name).await;
        }
        app.clock.advance(5 * SECOND);
        app.run_due().await;
        let (_, second) = published(&app).await;
        let requests = witness.requests();
        assert_eq!((requests.len(), witness.size_of(&origin)), (2, Some(second)));
        assert!(requests[0].starts_with("old 0\n\n"), "{requests:?}");
        assert!(requests[1].starts_with(&format!("old {first}\n")), "{requests:?}");
        // Nothing new: nobody is asked.
        app.clock.advance(HOUR);
        app.run_due().await;
        assert_eq!(witness.requests().len(), 2);
    }

    async fn a_witness_that_forgot_is_asked_again_at_once(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        witness.forget();
        app.sign_up("newsletter", "b@example.org", &["newsletter"]).await;
        let (origin, size) = published(&app).await;
        let requests = witness.requests();
        assert_eq!((requests.len(), witness.size_of(&origin)), (3, Some(size)));
        assert!(requests[2].starts_with("old 0\n\n"), "{requests:?}");
        assert_eq!(rows(&app, "cosignature").await.len(), 2);
    }

    async fn a_witness_down_for_a_day_blocks_nothing_and_is_told_of(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        let said = Said::listen();
        witness.behave(Manner::Down);
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        // Asked again with growing pauses, up to an hour.
        let mut asked = 1;
        for pause in [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600] {
            app.clock.advance(pause * SECOND - 1);
            app.run_due().await;
            assert_eq!(witness.requests().len(), asked, "not before {pause} s");
            app.clock.advance(1);
            app.run_due().await;
            asked += 1;
            assert_eq!(witness.requests().len(), asked, "after {pause} s");
        }
        assert_eq!(ready(&app).await["status"], "ready", "hours are no alarm");
        assert!(!said.text().contains("for a day"));
        app.clock.advance(DAY);
        app.run_due().await;
        let told = ready(&app).await;
        assert_eq!((&told["status"], &told["log"]["state"]), (&json!("degraded"), &json!("ok")));
        let why = "the connection broke before the answer was complete";
        assert_eq!(told["log"]["silent"], json!([{ "name": "witness.example", "said": why }]));
        let line = said.text();
        let line = line.lines().find(|it| it.contains("no checkpoint was confirmed for a day")).expect("a line");
        assert!(line.contains("ERROR") && line.contains("witness.example") && line.contains(why), "{line}");
        // Meanwhile consents, log and proofs go on.
        let (_, before) = published(&app).await;
        app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
        assert_eq!(app.state("acme", "bob@example.org", "newsletter").await, "confirmed");
        assert!(published(&app).await.1 > before);
        let proof = proof_about(&app, "bob@example.org").await;
        assert_eq!(verdict(&verdicts(&proof), "checkpoint"), "ok");
        // Back again.
        witness.behave(Manner::Well);
        app.clock.advance(HOUR);
        app.run_due().await;
        let (origin, size) = published(&app).await;
        assert_eq!(witness.size_of(&origin), Some(size));
        assert_eq!(ready(&app).await["status"], "ready");
        assert!(said.text().contains("confirmed again"));
        assert_eq!(verdict(&verdicts(&proof_about(&app, "bob@example.org").await), "witnesses"), "ok");
    }

    async fn a_forged_signature_is_not_kept(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        witness.behave(Manner::Forges);
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        assert_eq!(rows(&app, "cosignature").await, Vec::<Value>::new());
        assert_eq!(complaint(&app).await, "it answered without a signature that holds");
    }

    async fn what_a_witness_refuses_is_told_in_words(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        witness.behave(Manner::KnowsNobody);
        grow(&app, "a").await;
        app.run_due().await;
        assert_eq!(complaint(&app).await, "the witness does not know this log");
        witness.behave(Manner::Well);
        let (origin, _) = published(&app).await;
        witness.know(&format!("{origin}+00000000+{}", STANDARD.encode([1; 33])));
        app.clock.advance(10 * SECOND);
        app.run_due().await;
        assert_eq!(complaint(&app).await, "the witness does not trust the signatures of the checkpoint");
        witness.behave(Manner::Slow(Duration::from_mins(5)));
        app.clock.advance(20 * SECOND);
        run_hurried(&app, Duration::from_millis(200)).await;
        assert_eq!(complaint(&app).await, "it took too long to answer");
        assert_eq!((witness.requests().len(), rows(&app, "cosignature").await.len()), (3, 0));
        assert_eq!(ready(&app).await["log"]["state"], "ok");
    }

    async fn answers_that_are_none_are_told_in_words(db: Db) {
        let size = |it: &str| Answer::status(409).header("content-type", "text/x.tlog.size").body(it);
        let script = [
            Answer::status(200).body(vec![b'x'; 1 << 20]),
            Answer::status(200).body("<html>"),
            Answer::status(302).header("location", "http://127.0.0.1:1/"),
            size("1\n"), size("2\n"), size("1\n"),
            size("0\n"),
            size("-1\n"),
            Answer::status(409),
        ];
        let receiver = Receiver::start(script).await;
        let vkey = Witness::start("witness.example").await.vkey();
        let app = service(db, &[("anchors.witnesses", &format!("{vkey} {}", receiver.url()))]).await;
        grow(&app, "a").await;
        grow(&app, "b").await;
        let mut said = Vec::new();
        for _ in 0..7 {
            app.run_due().await;
            said.push(complaint(&app).await);
            app.clock.advance(HOUR);
        }
        assert_eq!(said, [
            "its answer is too long",
            "the answer of the witness cannot be read",
            "the witness answers with status 302",
            "it names another size each time it is asked",
            "it takes no checkpoint, whatever size it is asked from",
            "the answer of the witness cannot be read",
            "the witness has seen another root of this size",
        ]);
        assert_eq!((receiver.requests().len(), rows(&app, "cosignature").await.len()), (9, 0));
        assert_eq!(ready(&app).await["log"]["state"], "ok", "a bare 409 to another size shows no fork");
    }

    async fn six_of_ten_are_enough(db: Db) {
        let mut witnesses = Vec::new();
        for n in 0..10 {
            witnesses.push(Witness::start(&format!("w{n}.example")).await);
        }
        let settings: Vec<String> = witnesses.iter().map(Witness::setting).collect();
        let settings = settings.join(", ");
        let app =
            service(db, &[("anchors.witnesses", &settings), ("anchors.witness_threshold", "6")]).await;
        for down in &witnesses[3..8] {
            down.behave(Manner::Down);
        }
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        assert_eq!(rows(&app, "cosignature").await.len(), 5);
        // Handed out now, the proof names those who have signed and no more: it must hold as it is.
        let five = proof_about(&app, "ada@example.org").await;
        assert_eq!((&five["keys"]["threshold"], verdict(&verdicts(&five), "witnesses")), (&5.into(), "ok".to_owned()));
        witnesses[5].behave(Manner::Well);
        app.clock.advance(10 * SECOND);
        app.run_due().await;
        let six = proof_about(&app, "ada@example.org").await;
        assert_eq!((&six["keys"]["threshold"], verdict(&verdicts(&six), "witnesses")), (&6.into(), "ok".to_owned()));
        assert_eq!(ready(&app).await["status"], "ready");
    }
}

/// What the service logs on this thread while it listens.
struct Said {
    text: Arc<Mutex<Vec<u8>>>,
    _listening: tracing::subscriber::DefaultGuard,
}

struct Paper(Arc<Mutex<Vec<u8>>>);

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Said {
    fn listen() -> Self {
        let text = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&text);
        let lines =
            tracing_subscriber::fmt().with_ansi(false).with_writer(move || Paper(Arc::clone(&shared)));
        Self { text, _listening: tracing::subscriber::set_default(lines.finish()) }
    }

    fn text(&self) -> String {
        String::from_utf8(self.text.lock().unwrap().clone()).unwrap()
    }
}
