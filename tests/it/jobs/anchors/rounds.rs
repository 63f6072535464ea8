//! When who is asked: rounds, two instances, an instance that dies, and the turns of the running job.

use ayeaye::{
    app::Clock,
    config::{Config, Flag, Sources},
    crypto::Random,
    domain::time::{MINUTE, SECOND},
    server::{self, Parts},
};

use super::*;
use crate::support::{
    app::NOW,
    database::{Database, both},
    process::Scratch,
    wait,
    witness::Manner,
};

/// Signs somebody up and lets everything run, with no time going by.
async fn enter(app: &TestApp, name: &str) {
    grow(app, name).await;
    app.run_due().await;
}

both! {
    async fn a_growing_log_is_shown_every_five_seconds_to_all_at_once(db: Db) {
        let mut witnesses = Vec::new();
        for name in ["a.example", "b.example", "c.example"] {
            witnesses.push(Witness::start(name).await);
        }
        let settings: Vec<String> = witnesses.iter().map(Witness::setting).collect();
        let app = service(db, &[("anchors.witnesses", &settings.join(","))]).await;
        // One comes back in the midst of it.
        witnesses[2].behave(Manner::Down);
        for second in 0..21 {
            if second == 3 {
                witnesses[2].behave(Manner::Well);
            }
            enter(&app, &format!("n{second}")).await;
            app.clock.advance(SECOND);
        }
        let asked: Vec<usize> = witnesses.iter().map(|it| it.requests().len()).collect();
        // At 0, 5, 10, 15 and 20; the third not at 5, when it had failed just before.
        assert_eq!(asked, [5, 5, 4]);
        let mut by_size = std::collections::BTreeMap::new();
        for row in rows(&app, "cosignature").await {
            *by_size.entry(row["size"].as_u64().unwrap()).or_insert(0) += 1;
        }
        let confirmed: Vec<i32> = by_size.into_values().collect();
        assert_eq!(confirmed, [2, 2, 3, 3, 3], "all confirm the same checkpoints");
    }

    async fn two_instances_ask_once(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        grow(&app, "a").await;
        witness.behave(Manner::Slow(Duration::from_millis(700)));
        tokio::join!(app.run_due(), app.run_due());
        app.run_due().await;
        assert_eq!((witness.requests().len(), rows(&app, "cosignature").await.len()), (1, 1));
    }

    async fn killed_before_the_answer_is_kept_it_is_asked_for_again(db: Db) {
        let witness = Witness::start("witness.example").await;
        let app = watched(db, &witness).await;
        let (origin, size) = settled(&app, &witness).await;
        witness.behave(Manner::Slow(Duration::from_mins(5)));
        let (inner, outside) = (app.app().clone(), app.running().outside.clone());
        let doomed = tokio::spawn(async move { jobs::run_due(&inner, &outside).await });
        wait::until("the witness signs", Duration::from_secs(20), async || {
            (witness.size_of(&origin) == Some(size)).then_some(())
        })
        .await;
        doomed.abort();
        assert!(doomed.await.unwrap_err().is_cancelled());
        assert_eq!(rows(&app, "cosignature").await.len(), 0);
        witness.behave(Manner::Well);
        app.clock.advance(MINUTE);
        app.run_due().await;
        let requests = witness.requests();
        assert_eq!(requests.len(), 4, "from 0, then from the size it has");
        assert!(requests[3].starts_with(&format!("old {size}\n\n")), "{requests:?}");
        assert_eq!(rows(&app, "cosignature").await.len(), 1);
        assert_eq!(ready(&app).await["status"], "ready");
    }

    async fn the_running_job_looks_again_by_itself(database: Database) {
        let witness = Witness::start("witness.example").await;
        let folder = Scratch::new("running");
        let flags = [
            ("data_dir", folder.path().display().to_string()),
            ("database_url", database.url().to_owned()),
            ("listen", "127.0.0.1:0".to_owned()),
            ("anchors.witnesses", witness.setting()),
        ];
        let flags = flags.map(|(key, value)| Flag { flag: key.to_owned(), key: key.to_owned(), value });
        let sources =
            Sources { flags: flags.to_vec(), cwd: folder.path().to_owned(), ..Sources::default() };
        let clock = Clock::set_at(NOW);
        let parts = Parts { clock: clock.clone(), random: Random::system(), jobs: true, ..Parts::real() };
        let running = server::start(Config::load(&sources).unwrap().config, parts).await.unwrap();
        let apply = async |text: &str| {
            let setup = SETUP.replace("Our monthly news by email.", text);
            let setup = ayeaye::cli::apply_file::parse(&setup, true).unwrap();
            ayeaye::app::apply::apply(&running.app, &setup, false).await.unwrap();
        };
        let asked = async |count: usize| {
            wait::until("the witness is asked", Duration::from_secs(20), async || {
                (witness.requests().len() >= count).then_some(())
            })
            .await;
        };
        apply("What is new.").await;
        asked(1).await;
        // The next checkpoint comes too soon after: nobody is woken when its time has come.
        apply("What is newer.").await;
        let size = async || {
            let note = read::checkpoint(&running.app).await.unwrap().unwrap();
            note.lines().nth(1).unwrap().parse::<u64>().unwrap()
        };
        let origin = ayeaye::app::log::origin(&running.app, 1);
        let first = witness.size_of(&origin).unwrap();
        wait::until("the log grows", Duration::from_secs(20), async || {
            (size().await > first).then_some(())
        })
        .await;
        assert_eq!(witness.requests().len(), 1);
        clock.advance(5 * SECOND);
        asked(2).await;
        wait::until("all is confirmed", Duration::from_secs(20), async || {
            (witness.size_of(&origin) == Some(size().await)).then_some(())
        })
        .await;
        running.stop().await;
    }
}
