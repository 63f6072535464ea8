//! Instances that take the log over from each other at the worst moments: a machine sleeps in the middle of a pass,
//! past the end of its lease, and goes on when another one has long been writing.

use std::time::Duration;

use ayeaye::{
    app::{
        App, Result,
        log::{
            LogWriter,
            anchoring::{self, Became},
            remember_published, status,
        },
    },
    config::Witness,
    crypto::Random,
    domain::{
        text::EndpointUrl,
        time::{MINUTE, SECOND},
    },
    tlog::witness::Answer,
};

use crate::support::{
    app::TestApp,
    database::{Database, both},
    step::{Paused, step},
    witnessed::Witnessed,
};

const TAKEOVERS: usize = 40;
const MOST: usize = 5 * TAKEOVERS;
/// Longer than a pass takes; one that waits for what the sleeper holds is given up.
const BLOCKED: Duration = Duration::from_millis(200);

/// Lets the other one write while the first one sleeps; it may have to wait for what the first one holds.
async fn goes_on(app: &App, writer: &mut LogWriter) {
    for _ in 0..3 {
        match tokio::time::timeout(BLOCKED, writer.pass(app)).await {
            Ok(written) => {
                written.unwrap();
            }
            Err(_) => return,
        }
    }
}

both! {
    async fn whoever_sleeps_past_their_lease_and_whenever_the_log_stays_one(app: TestApp) {
        // On SQLite there is one process; two writers in it are as much as there can be.
        let other = match &app.database {
            Database::Sqlite(_) => None,
            Database::Postgres(_) => Some(app.beside().await),
        };
        let instances = [app.app().clone(), other.as_ref().map_or_else(|| app.app().clone(), |it| it.app.clone())];
        let mut writers = [LogWriter::default(), LogWriter::default()];
        let chance = Random::seeded(20);
        let pick = |of: u64| usize::try_from(chance.number() % of).unwrap();
        let (mut witnessed, mut asleep, mut late) = (Witnessed::default(), 0, 0);
        for turn in 0..MOST {
            // How far a pass comes in so many steps is the machine's business: it goes on until enough slept.
            if turn >= TAKEOVERS && asleep > 5 && late > 2 {
                break;
            }
            for n in 0..=pick(6) {
                app.ask_as(&format!("t{turn}-{n}")).await;
            }
            let sleeper = pick(2);
            let [one, two] = &mut writers;
            let (slow, quick) = if sleeper == 0 { (one, two) } else { (two, one) };
            let mut pass: Paused<'_, Result<usize>> = Box::pin(slow.pass(&instances[sleeper]));
            let early = step(&mut pass, pick(40)).await;
            app.clock.advance(31 * SECOND);
            goes_on(&instances[1 - sleeper], quick).await;
            let before = app.show(&mut witnessed).await;
            // Where the sleeper holds the only writer, nobody signs up until it wakes.
            let _ = tokio::time::timeout(BLOCKED, app.ask_as(&format!("t{turn}-late"))).await;
            match early {
                Some(ended) => {
                    ended.unwrap();
                }
                // It wakes up, or it never does.
                None if pick(4) > 0 => {
                    asleep += 1;
                    let woken = pass.await;
                    late += usize::from(woken.is_ok());
                }
                None => drop(pass),
            }
            assert!(app.show(&mut witnessed).await >= before, "what is shown never goes back");
            remember_published(&instances[pick(2)]).await.unwrap();
        }
        app.clock.advance(MINUTE);
        for (instance, writer) in instances.iter().zip(&mut writers) {
            while writer.pass(instance).await.unwrap() > 0 {}
            writer.release(instance).await.unwrap();
        }
        app.show(&mut witnessed).await;
        let report = app.fsck().await;
        assert_eq!((report.findings, report.waiting), (vec![], 0));
        witnessed.hold_against(&app.entries().await);
        assert_eq!(status::status(app.app()).await.unwrap().refused, None);
        assert!(witnessed.count() > TAKEOVERS / 2 && asleep > 5 && late > 2, "{} checkpoints, {asleep} slept, {late} well", witnessed.count());
        if let Some(other) = other {
            other.stop().await;
        }
    }

    async fn a_witness_that_another_instance_asked_meanwhile_is_no_restored_backup(app: TestApp) {
        let witness = Witness {
            key: String::new(),
            name: "remora.example".to_owned(),
            url: EndpointUrl::parse("https://remora.example").unwrap(),
        };
        let mut writer = LogWriter::default();
        app.ask_as("a").await;
        app.write_log(&mut writer).await;
        let old = anchoring::newest(app.app()).await.unwrap().unwrap();
        app.ask_as("b").await;
        app.write_log(&mut writer).await;
        let size = app.checkpoint().await.size;
        let answer = anchoring::take_answer(app.app(), &witness, &old, 0, Answer::Conflict(size)).await.unwrap();
        assert!(matches!(answer, Became::Overtaken), "{answer:?}");
        assert_eq!(status::status(app.app()).await.unwrap().refused, None);
        let answer = anchoring::take_answer(app.app(), &witness, &old, 0, Answer::Conflict(size + 1)).await.unwrap();
        assert!(matches!(answer, Became::Failed(_)), "{answer:?}");
        assert_eq!(status::status(app.app()).await.unwrap().word(), "refused", "more than there is was confirmed");
    }
}
