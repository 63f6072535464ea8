//! A pass of the log's writer that ends in the middle, at each step there is: whatever was done by then, the next pass
//! goes on from it, and nobody ever sees two histories.

use ayeaye::{
    app::{
        fsck,
        log::{LogWriter, read, remember_published, status},
    },
    domain::time::SECOND,
};

use crate::support::{
    app::TestApp,
    database::{Database, both},
    step::{Paused, step},
    witnessed::Witnessed,
};

/// What a pass writes, and in which table.
const STATEMENTS: [(&str, &str); 9] = [
    ("UPDATE", "lease"),
    ("UPDATE", "log"),
    ("INSERT", "log_entry"),
    ("INSERT", "log_tile"),
    ("UPDATE", "log_tile"),
    ("INSERT", "checkpoint"),
    ("UPDATE", "publication"),
    ("UPDATE", "evidence"),
    ("UPDATE", "checkpoint"),
];
/// More waits than a pass has, or an examination of a small log; how many there are depends on how threads run.
const STEPS: usize = 40;

/// Makes one kind of statement fail, until [`mend`].
async fn break_at(database: &Database, verb: &str, table: &str) {
    let trigger = format!("CREATE TRIGGER broken BEFORE {verb} ON {table} FOR EACH ROW");
    let sql = match database {
        Database::Sqlite(_) => format!("{trigger} BEGIN SELECT RAISE(ABORT, 'broken here'); END"),
        Database::Postgres(_) => format!(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'broken here'; END $$;
             {trigger} EXECUTE FUNCTION broken()"
        ),
    };
    database.run(&sql).await;
}

async fn mend(database: &Database, table: &str) {
    let sql = match database {
        Database::Sqlite(_) => "DROP TRIGGER broken".to_owned(),
        Database::Postgres(_) => format!("DROP TRIGGER broken ON {table}; DROP FUNCTION broken()"),
    };
    database.run(&sql).await;
}

/// Signs up as many as it takes to fill tiles, and as many texts as there are.
async fn ask_many(app: &TestApp, count: usize, name: &str) {
    for n in 0..count {
        app.ask_as(&format!("{name}-{n}")).await;
    }
}

/// Nothing is wrong, and what the writer had promised before still stands.
async fn all_is_well(app: &TestApp, witnessed: &mut Witnessed, when: &str) {
    assert_eq!(app.fsck().await.findings, [], "{when}");
    app.show(witnessed).await;
    witnessed.hold_against(&app.entries().await);
}

both! {
    async fn a_pass_that_fails_at_a_statement_is_made_up_for(app: TestApp) {
        let mut witnessed = Witnessed::default();
        for (round, (verb, table)) in STATEMENTS.into_iter().enumerate() {
            let when = format!("{verb} {table} fails");
            // Enough to begin a tile, or to go on with one; a new text where texts are placed.
            ask_many(&app, if table == "log_tile" { 257 } else { 3 }, &format!("r{round}")).await;
            if table == "publication" {
                app.apply(&crate::support::app::SETUP.replace("Our monthly news", "News, every month,")).await;
            }
            let mut writer = LogWriter::default();
            break_at(&app.database, verb, table).await;
            let error = writer.pass(app.app()).await.expect_err(&when).to_string();
            assert!(error.contains("broken here"), "{when}: {error}");
            let before = witnessed.count();
            all_is_well(&app, &mut witnessed, &when).await;
            assert_eq!(witnessed.count(), before, "{when}, and nothing new is shown");
            mend(&app.database, table).await;
            // The same writer, or another one when this one is gone.
            if round % 2 == 1 {
                writer = LogWriter::default();
                app.clock.advance(31 * SECOND);
            }
            app.write_log(&mut writer).await;
            all_is_well(&app, &mut witnessed, &format!("after {when}")).await;
            assert_eq!(app.fsck().await.waiting, 0, "after {when}");
            assert!(witnessed.count() > before, "after {when}");
            writer.release(app.app()).await.unwrap();
        }
    }

    async fn a_file_that_cannot_be_replaced_is_made_up_for(app: TestApp) {
        let (mut witnessed, mut writer) = (Witnessed::default(), LogWriter::default());
        app.ask_as("first").await;
        app.write_log(&mut writer).await;
        app.show(&mut witnessed).await;
        let file = app.app().config.anchors.checkpoint_file.clone();
        for (n, name) in ["log-checkpoint", "log-checkpoint.new", "log-checkpoint.lock"].iter().enumerate() {
            let in_the_way = file.with_file_name(name);
            let kept = std::fs::read(&in_the_way).unwrap_or_default();
            let _ = std::fs::remove_file(&in_the_way);
            std::fs::create_dir_all(in_the_way.join("in the way")).unwrap();
            app.ask_as(&format!("n{n}")).await;
            for _ in 0..2 {
                let error = writer.pass(app.app()).await.expect_err(name).to_string();
                assert!(error.contains("AYEAYE_ANCHORS_CHECKPOINT_FILE"), "{error}");
            }
            let before = witnessed.count();
            app.show(&mut witnessed).await;
            assert_eq!(witnessed.count(), before, "nothing is shown that is not kept outside");
            std::fs::remove_dir_all(&in_the_way).unwrap();
            if !kept.is_empty() {
                std::fs::write(&in_the_way, kept).unwrap();
            }
            app.write_log(&mut writer).await;
            all_is_well(&app, &mut witnessed, name).await;
            assert_eq!(witnessed.count(), before + 1);
        }
    }

    async fn a_pass_given_up_at_any_wait_is_made_up_for(app: TestApp) {
        let mut witnessed = Witnessed::default();
        // Most of a tile, so that some of the passes fill it.
        ask_many(&app, 200, "before").await;
        app.write_log(&mut LogWriter::default()).await;
        let mut given_up = 0;
        for steps in 0..STEPS {
            ask_many(&app, 2, &format!("s{steps}")).await;
            app.clock.advance(31 * SECOND);
            let mut writer = LogWriter::default();
            let mut pass: Paused<'_, _> = Box::pin(writer.pass(app.app()));
            given_up += usize::from(step(&mut pass, steps).await.is_none());
            drop(pass);
            all_is_well(&app, &mut witnessed, &format!("given up at wait {steps}")).await;
            // Half of the time the same process goes on, half of the time another one.
            if steps % 2 == 1 {
                writer = LogWriter::default();
            }
            app.clock.advance(31 * SECOND);
            app.write_log(&mut writer).await;
            all_is_well(&app, &mut witnessed, &format!("after wait {steps}")).await;
        }
        assert!(given_up >= 5, "{given_up} passes were given up");
        assert_eq!(app.fsck().await.waiting, 0);
        assert_eq!(status::status(app.app()).await.unwrap().refused, None);
    }

    async fn a_checkpoint_that_comes_while_the_file_is_looked_at_is_no_restored_backup(app: TestApp) {
        let mut writer = LogWriter::default();
        for steps in 0..STEPS {
            // One is published and not yet in the file of this instance, so that there is something to do.
            app.ask_as(&format!("a{steps}")).await;
            app.write_log(&mut writer).await;
            let _ = std::fs::remove_file(&app.app().config.anchors.checkpoint_file);
            let mut looking: Paused<'_, _> =
                Box::pin(remember_published(app.app()));
            let early = step(&mut looking, steps).await;
            app.ask_as(&format!("b{steps}")).await;
            app.write_log(&mut writer).await;
            let size = app.checkpoint().await.size;
            match early {
                Some(done) => done.unwrap(),
                None => looking.await.unwrap(),
            }
            let refused = status::status(app.app()).await.unwrap().refused;
            assert_eq!(refused, None, "after {steps} waits");
            let kept = std::fs::read_to_string(&app.app().config.anchors.checkpoint_file).unwrap();
            assert_eq!(kept.lines().nth(1).unwrap(), size.to_string(), "the file never goes back");
        }
    }

    async fn an_examination_while_the_log_grows_finds_nothing(app: TestApp) {
        let mut writer = LogWriter::default();
        ask_many(&app, 5, "before").await;
        app.write_log(&mut writer).await;
        for steps in 0..STEPS {
            let mut examination: Paused<'_, _> =
                Box::pin(fsck::examine(app.app()));
            let early = step(&mut examination, steps).await;
            app.ask_as(&format!("s{steps}")).await;
            app.write_log(&mut writer).await;
            let report = match early {
                Some(report) => report,
                None => examination.await,
            };
            assert_eq!(report.unwrap().findings, [], "after {steps} waits");
        }
    }

    async fn a_database_that_goes_back_under_a_writer_is_not_signed_on(app: TestApp) {
        let mut writer = LogWriter::default();
        ask_many(&app, 3, "a").await;
        app.write_log(&mut writer).await;
        let size = app.checkpoint().await.size - 2;
        for statement in [
            format!("UPDATE log SET size = {size}"),
            format!("UPDATE evidence SET position = NULL WHERE position >= {size}"),
            format!("DELETE FROM log_entry WHERE position >= {size}"),
            format!("DELETE FROM checkpoint WHERE size > {size}"),
        ] {
            app.database.run(&statement).await;
        }
        // The writer has its turn still, as far as it knows, and gives the places anew to others.
        app.database.run(&format!("UPDATE evidence SET salt = '{}' WHERE position IS NULL", "ab".repeat(32))).await;
        let error = writer.pass(app.app()).await.unwrap_err().to_string();
        assert!(error.contains("ayeaye log adopt"), "{error}");
        assert_eq!(status::status(app.app()).await.unwrap().word(), "refused");
        let shown = read::checkpoint(app.app()).await.unwrap();
        assert!(shown.is_none_or(|it| it.lines().nth(1).unwrap().parse::<u64>().unwrap() <= size));
    }
}
