//! Throw-away databases and processes.

use std::{fs, process::Command, time::Duration};

use sqlx::{Connection, Executor, PgConnection, Row, SqliteConnection};

use crate::support::{
    database::{Database, Db, both},
    postgres::PostgresDatabase,
    process::{Leashed, Scratch},
    wait,
};

const TABLE: &str = "CREATE TABLE seen (id TEXT PRIMARY KEY)";

async fn make_table(database: &Database) {
    match database {
        Database::Sqlite(file) => {
            let url = format!("{}?mode=rwc", file.url());
            SqliteConnection::connect(&url).await.unwrap().execute(TABLE).await.unwrap();
        }
        Database::Postgres(server) => {
            PgConnection::connect(server.url()).await.unwrap().execute(TABLE).await.unwrap();
        }
    }
}

both! {
    async fn every_test_has_a_database_of_its_own(database: Database) {
        let kind = match database {
            Database::Sqlite(_) => Db::Sqlite,
            Database::Postgres(_) => Db::Postgres,
        };
        let other = kind.fresh().await;
        assert_ne!(database.url(), other.url());
        make_table(&database).await;
        make_table(&other).await;
    }
}

#[tokio::test]
async fn the_name_of_a_test_names_its_database() {
    assert!(matches!(Db::Sqlite.fresh().await, Database::Sqlite(_)));
    assert!(matches!(Db::Postgres.fresh().await, Database::Postgres(_)));
    assert!(Db::Sqlite.fresh().await.url().starts_with("sqlite:"));
    assert!(Db::Postgres.fresh().await.url().starts_with("postgres://"));
}

#[tokio::test]
async fn an_sqlite_file_goes_with_its_test() {
    let database = Db::Sqlite.fresh().await;
    make_table(&database).await;
    let path = database.url().trim_start_matches("sqlite:").to_owned();
    assert!(fs::exists(&path).unwrap());
    drop(database);
    assert!(!fs::exists(&path).unwrap());
}

#[tokio::test]
async fn copies_of_the_prepared_database_are_independent() {
    let prepare = async |url: String| {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        connection.execute(TABLE).await.unwrap();
        connection.close().await.unwrap();
    };
    let mut counts = Vec::new();
    for _ in 0..2 {
        let copy = PostgresDatabase::prepared_by(prepare).await;
        let mut connection = PgConnection::connect(copy.url()).await.unwrap();
        connection.execute("INSERT INTO seen (id) VALUES ('once')").await.unwrap();
        let row = connection.fetch_one("SELECT COUNT(*) FROM seen").await.unwrap();
        counts.push(row.get::<i64, _>(0));
    }
    assert_eq!(counts, [1, 1]);
}

#[tokio::test]
async fn a_postgres_database_is_dropped_after_its_test() {
    let watcher = PostgresDatabase::new().await;
    let database = PostgresDatabase::new().await;
    let name = database.url().rsplit('/').next().unwrap().to_owned();
    let mut connection = PgConnection::connect(watcher.url()).await.unwrap();
    let query = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    assert!(connection.fetch_optional(sqlx::AssertSqlSafe(query.clone())).await.unwrap().is_some());
    drop(database);
    wait::until("the database to be dropped", Duration::from_secs(20), async || {
        let row = connection.fetch_optional(sqlx::AssertSqlSafe(query.clone())).await.unwrap();
        row.is_none().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_leashed_program_ends_with_its_children_and_its_folder() {
    let scratch = Scratch::new("leash");
    let folder = scratch.path().to_owned();
    let mut program = Command::new("sh");
    program.args(["-c", "sleep 600 & echo child $!; wait"]);
    let leashed = Leashed::start(&program, "TERM", scratch, None);
    let child = wait::until("the program to start a child", Duration::from_secs(10), async || {
        Some(leashed.log().lines().find_map(|it| it.strip_prefix("child "))?.to_owned())
    })
    .await;
    assert!(is_alive(&child));
    drop(leashed);
    assert!(!is_alive(&child), "{:?}", fs::read_to_string(format!("/proc/{child}/stat")));
    assert!(!folder.exists());
}

/// A zombie has ended, whether or not somebody has asked how.
fn is_alive(process: &str) -> bool {
    let state = fs::read_to_string(format!("/proc/{process}/stat"));
    state.is_ok_and(|it| !it.contains(") Z "))
}

#[tokio::test]
#[should_panic(expected = "waited 50ms in vain for a miracle")]
async fn waiting_in_vain_says_for_what() {
    wait::until("a miracle", Duration::from_millis(50), async || None::<()>).await;
}
