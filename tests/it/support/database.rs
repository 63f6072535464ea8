//! The two databases, and the tests that run on both.

use std::time::Duration;

use super::{postgres::PostgresDatabase, sqlite::SqliteFile};

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Db {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Db {
    /// An empty database that nobody else uses; it is removed when dropped.
    pub(crate) async fn fresh(self) -> Database {
        match self {
            Self::Sqlite => Database::Sqlite(SqliteFile::new()),
            Self::Postgres => Database::Postgres(PostgresDatabase::new().await),
        }
    }
}

/// The database of one test.
pub(crate) enum Database {
    /// A file in a folder of its own.
    Sqlite(SqliteFile),
    /// A database of the process's own cluster.
    Postgres(PostgresDatabase),
}

impl Database {
    /// Its address, as in `AYEAYE_DATABASE_URL`.
    pub(crate) fn url(&self) -> &str {
        match self {
            Self::Sqlite(it) => it.url(),
            Self::Postgres(it) => it.url(),
        }
    }
}

impl Database {
    /// Runs a statement past the service, as somebody does who gets at the database.
    pub(crate) async fn run(&self, sql: &str) {
        use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
        let sql = AssertSqlSafe(sql.to_owned());
        let done = match self {
            Self::Sqlite(it) => {
                let mut conn = sqlx::SqliteConnection::connect(it.url()).await.expect("the file opens");
                conn.execute(sql).await.map(|_| ())
            }
            Self::Postgres(it) => {
                let mut conn = sqlx::PgConnection::connect(it.url()).await.expect("the server answers");
                conn.execute(sql).await.map(|_| ())
            }
        };
        done.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Every row of a table as text, columns by name, in an order of its own.
    pub(crate) async fn rows(&self, table: &str) -> Vec<String> {
        use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};
        let mut rows: Vec<String> = match self {
            Self::Sqlite(it) => {
                let mut conn = sqlx::SqliteConnection::connect(it.url()).await.expect("the file opens");
                let columns =
                    conn.fetch_all(AssertSqlSafe(format!("PRAGMA table_info({table})"))).await.unwrap();
                let columns: Vec<String> = columns
                    .iter()
                    .map(|it| it.get::<String, _>(1))
                    .map(|it| format!("'{it}', \"{it}\""))
                    .collect();
                let sql = format!("SELECT json_object({}) FROM \"{table}\"", columns.join(", "));
                conn.fetch_all(AssertSqlSafe(sql)).await.unwrap().iter().map(|it| it.get(0)).collect()
            }
            Self::Postgres(it) => {
                let mut conn = sqlx::PgConnection::connect(it.url()).await.expect("the server answers");
                let sql = format!("SELECT row_to_json(t)::text FROM \"{table}\" t");
                conn.fetch_all(AssertSqlSafe(sql)).await.unwrap().iter().map(|it| it.get(0)).collect()
            }
        };
        rows.sort();
        rows
    }
}

/// What a test needs and can be started on either database: the argument of a test of [`both!`].
pub(crate) trait Start: Sized {
    /// Starts it on a database of its own.
    async fn start(db: Db) -> Self;
}

/// The plainest need: a database.
impl Start for Database {
    async fn start(db: Db) -> Self {
        db.fresh().await
    }
}

/// Starts what `test` needs on `db` and runs it, for two minutes at most: a test that hangs says so.
pub(crate) async fn run_on<T: Start>(db: Db, test: impl AsyncFnOnce(T)) {
    run_within(Duration::from_mins(2), db, test).await;
}

/// The same for a test that may take longer.
pub(crate) async fn run_within<T: Start>(patience: Duration, db: Db, test: impl AsyncFnOnce(T)) {
    let whole = async { test(T::start(db).await).await };
    let result = tokio::time::timeout(patience, whole).await;
    assert!(result.is_ok(), "the test hangs on {db:?}");
}

/// Runs a test on both databases, as `name::sqlite` and `name::postgres`: a failure names the database.
///
/// The type of the argument says what is started, see [`Start`].
///
/// ```text
/// both! {
///     async fn a_second_click_keeps_the_first_timestamp(app: App) {
///         …
///     }
/// }
/// ```
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($argument:ident: $type:ty) $body:block)+) => {$(
        $(#[$meta])*
        async fn $name($argument: $type) $body

        mod $name {
            use $crate::support::database::{Db, run_on};

            #[tokio::test]
            async fn sqlite() {
                run_on(Db::Sqlite, super::$name).await;
            }

            #[tokio::test]
            async fn postgres() {
                run_on(Db::Postgres, super::$name).await;
            }
        }
    )+};
}
pub(crate) use both;
