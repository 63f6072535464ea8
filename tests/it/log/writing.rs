//! Places in the log.

use ayeaye::{
    app::log::LogWriter,
    domain::time::{MINUTE, SECOND},
};

use crate::support::{
    app::{TestApp, http},
    database::both,
};

both! {
    async fn every_fact_and_every_published_text_has_its_place(app: TestApp) {
        app.subscribe("newsletter", "ada@example.org", &["newsletter", "events"]).await;
        let report = app.fsck().await;
        assert_eq!(report.findings, []);
        // Asked, mailed, confirmed; five wordings, two notices, three forms.
        assert_eq!((report.facts, report.texts, report.waiting), (3, 10, 0));
        assert_eq!((report.entries, report.people), (13, 1));
        assert_eq!(app.checkpoint().await.size, 13);
    }

    async fn two_writers_give_dense_places_while_people_sign_up(app: TestApp) {
        let url = format!("{}/f/newsletter", app.base());
        let mut people = tokio::task::JoinSet::new();
        for person in 0..6 {
            let url = url.clone();
            people.spawn(async move {
                for n in 0..10 {
                    let body = format!("email=w{person}-{n}%40example.org&p=newsletter");
                    let request = http().post(&url).header("content-type", "application/x-www-form-urlencoded");
                    assert_eq!(request.body(body).send().await.unwrap().status(), 303);
                }
            });
        }
        let mut writers = [LogWriter::default(), LogWriter::default()];
        let mut turns = 0;
        while !people.is_empty() || turns % 50 != 0 {
            for writer in &mut writers {
                writer.pass(app.app()).await.unwrap();
            }
            while people.try_join_next().map(|it| it.unwrap()).is_some() {}
            turns += 1;
            // The other one takes over now and then.
            if turns % 7 == 0 {
                writers[0].release(app.app()).await.unwrap();
                writers.rotate_left(1);
            }
            tokio::task::yield_now().await;
        }
        app.write_log(&mut writers[0]).await;
        app.write_log(&mut writers[1]).await;
        let report = app.fsck().await;
        assert_eq!(report.findings, []);
        assert_eq!((report.facts, report.waiting), (60, 0));
    }

    async fn a_writer_that_lost_its_turn_writes_nothing(app: TestApp) {
        let (mut slow, mut quick) = (LogWriter::default(), LogWriter::default());
        app.sign_up("newsletter", "a@example.org", &["newsletter"]).await;
        app.sign_up("newsletter", "b@example.org", &["newsletter"]).await;
        app.visitor().open("/f/newsletter").await;
        app.write_log(&mut slow).await;
        // Paused past its lease, while another goes on.
        app.clock.advance(31 * SECOND);
        sign_up_only(&app, "c@example.org").await;
        assert!(quick.pass(app.app()).await.unwrap() > 0);
        sign_up_only(&app, "d@example.org").await;
        let size = app.checkpoint().await.size;
        slow.pass(app.app()).await.unwrap();
        assert_eq!(app.checkpoint().await.size, size, "it was fenced");
        app.clock.advance(MINUTE);
        app.run_due().await;
        assert_eq!(app.fsck().await.findings, []);
    }
}

/// Signs somebody up and runs no job.
async fn sign_up_only(app: &TestApp, email: &str) {
    let request = http().post(format!("{}/f/newsletter", app.base()));
    let body = format!("email={}&p=newsletter", email.replace('@', "%40"));
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    assert_eq!(request.send().await.unwrap().status(), 303);
}
