//! `ayeaye migrate`.

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};

use super::home::Home;
use crate::support::database::{Database, both};

/// Writes down that a program of the future has migrated the database.
async fn migrate_from_the_future(database: &Database) {
    let row = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
        VALUES (9999, 'of the future', TRUE, '', 0)";
    match database {
        Database::Sqlite(it) => {
            let mut connection = sqlx::SqliteConnection::connect(it.url()).await.unwrap();
            connection.execute(AssertSqlSafe(row)).await.unwrap();
            connection.close().await.unwrap();
        }
        Database::Postgres(it) => {
            let mut connection = sqlx::PgConnection::connect(it.url()).await.unwrap();
            connection.execute(AssertSqlSafe(row)).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}

both! {
    async fn a_fresh_database_is_behind_then_current(home: Home) {
        for _ in 0..2 {
            let behind = home.run(&["migrate", "--check"]);
            behind.assert_code(3);
            assert!(behind.out.contains("Run: ayeaye migrate"), "{behind:#?}");
        }
        assert_eq!(home.run(&["migrate", "--json"]).json(), json!({ "schema": "migrated" }));
        assert_eq!(home.run(&["migrate", "--check", "--json"]).json(), json!({ "schema": "current" }));
        let current = home.run(&["migrate"]);
        current.assert_code(0);
        assert_eq!(current.out, "The schema is current.\n");
    }

    async fn a_newer_database_is_left_alone(home: Home) {
        home.run(&["migrate"]).assert_code(0);
        migrate_from_the_future(home.database()).await;
        let words = ["was set up by a newer version (migration 9999)", "start that version, or restore the backup"];
        let newer = home.run(&["migrate", "--check"]);
        newer.assert_code(1);
        assert!(newer.out.contains(words[0]), "{newer:#?}");
        home.run(&["migrate"]).assert_code(1);
        home.run(&["serve", "--listen", "127.0.0.1:0"]).assert_refused(1, &words);
        home.write("acme.toml", crate::support::app::SETUP);
        home.run(&["apply", "acme.toml"]).assert_refused(1, &words);
        home.run(&["key", "rotate-links"]).assert_refused(1, &words);
        assert_eq!(home.database().rows("tenant").await, [""; 0]);
    }
}

#[test]
fn a_check_makes_nothing() {
    let home = Home::new();
    home.run(&["migrate", "--check"]).assert_code(3);
    assert!(!home.path("ayeaye-data").exists(), "only a check was asked for");
}

#[tokio::test]
async fn serve_migrates_by_itself() {
    let home = Home::new();
    let service = home.serve().await;
    service.wait_for_line("Nothing is set up yet. ").await;
    home.run(&["migrate", "--check"]).assert_code(0);
    service.stop().await;
}
