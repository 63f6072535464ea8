//! All SQL, and only here. This file is the one that knows there are two databases.
//!
//! Every query is written once and runs on SQLite and PostgreSQL. [`Store`] opens transactions, [`Tx`] runs
//! statements; the functions of the sub-modules are the queries. A value written is [`Value`], a row read is
//! [`Row`].
//!
//! - [`Store::begin`]: a write transaction. On SQLite it shares its commit with others, see [`mod@writer`].
//! - [`Store::beside`]: single writes whose loss in a power cut harms nobody (rate budgets).
//! - [`Store::read`]: a read-only snapshot over several statements.
//! - [`Store::snapshot`]: the same for what takes as long as its reader does.
//! - [`Store::peek`]: single statements, each on its own snapshot, without the cost of a transaction.

mod row;
mod session;
mod statement;
mod timed;
mod writer;

pub mod anchor;
pub mod attack;
pub mod audience;
pub mod budget;
pub mod catalog;
pub mod challenge;
pub mod checkpoint;
pub mod consent;
pub mod contact;
pub mod delivery;
pub mod delivery_log;
pub mod disclosure;
pub mod endpoint;
pub mod entered;
pub mod erasure;
pub mod event;
pub mod evidence;
pub mod export;
pub mod form_draft;
pub mod form_page;
pub mod gate;
pub mod idempotency;
pub mod job;
pub mod json;
pub mod key;
pub mod latest;
pub mod lease;
pub mod link_ref;
pub mod log;
pub mod mail;
pub mod migrate;
pub mod publication;
pub mod request;
pub mod suppression;
pub mod wording;

use std::{str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions as _, Connection as _, Sqlite, Transaction,
    pool::PoolConnection,
    postgres::{PgConnectOptions, PgPool, PgPoolOptions},
    sqlite::{
        SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
        SqliteSynchronous,
    },
};

pub use row::Row;
use session::Session;
pub(crate) use statement::args;
pub use statement::{Batch, Value};
use timed::Timed;
use writer::{Turn, Writer};

/// Connections that read SQLite at once: more gain nothing on few cores.
const SQLITE_READERS: u32 = 4;
/// Long streams at once, on connections of their own: nobody else waits for one of theirs.
const STREAMS: u32 = 4;
/// Connections to PostgreSQL; measured best between 16 and 32 on two cores.
const POSTGRES_CONNECTIONS: u32 = 16;

/// What went wrong in the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not do what was asked: gone, full, locked, or the statement is wrong.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A shared commit failed; the text is that of the first member's error.
    #[error("commit: {0}")]
    Commit(String),
    /// An earlier statement of the transaction failed, or was given up half-way: nothing of it may be kept.
    #[error("the transaction was broken by an earlier statement")]
    Broken,
    /// A value in a row is not what this program writes.
    #[error("stored value: {0}")]
    Stored(String),
    /// Setting the schema up failed.
    #[error("schema: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
}

impl Error {
    /// Whether somebody else has, since it was looked for, what may be there once.
    fn is_taken(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => error.is_unique_violation(),
            Self::Database(_) | Self::Commit(_) | Self::Broken | Self::Stored(_) | Self::Schema(_) => false,
        }
    }
}

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;

/// An open database of either kind. Cheap to clone.
#[derive(Clone)]
pub struct Store(Kind);

#[derive(Clone)]
enum Kind {
    Sqlite { writer: Writer, readers: SqlitePool, streams: SqlitePool },
    Postgres { pool: PgPool, relaxed: PgPool, streams: PgPool },
}

/// A connection that statements run on, with or without a transaction around them.
pub struct Tx {
    on: On,
    broken: bool,
}

enum On {
    SqliteTurn(Turn),
    SqliteRead(Transaction<'static, Sqlite>),
    SqlitePeek(PoolConnection<Sqlite>),
    Postgres(Session),
    PostgresPeek(Session),
}

/// Runs `$query` with `$conn` bound to the connection of `$tx`, whichever database that is.
macro_rules! on {
    ($tx:expr, |$conn:ident| $query:expr) => {
        match &mut $tx.on {
            On::SqliteTurn(turn) => {
                let $conn: &mut SqliteConnection = turn.connection();
                $query
            }
            On::SqliteRead(tx) => {
                let $conn: &mut SqliteConnection = &mut **tx;
                $query
            }
            On::SqlitePeek(conn) => {
                let $conn: &mut SqliteConnection = &mut **conn;
                $query
            }
            On::Postgres(session) | On::PostgresPeek(session) => {
                let $conn: &mut sqlx::PgConnection = session.connection();
                let done = $query;
                session.finished();
                done
            }
        }
    };
}

impl Store {
    /// Opens `sqlite:PATH` (created when missing) or `postgres://…`. The schema is not looked at.
    ///
    /// # Errors
    /// The address is of neither kind, or the database does not answer within 10 s.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") { Self::open_sqlite(url).await } else { Self::open_postgres(url).await }
    }

    async fn open_sqlite(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: a power cut loses nothing that was acknowledged; NORMAL loses acknowledged consents.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            // A savepoint keeps the pages it changes in a file otherwise: two thirds of all writes.
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-16000")
            // What is deleted is overwritten with zeros: an erased address is in no free page of the file.
            .pragma("secure_delete", "ON")
            .statement_cache_capacity(256)
            // It would log whole statements; see [`Timed`].
            .disable_statement_logging();
        let writer = Writer::start(SqliteConnection::connect_with(&options).await?);
        let options = options.read_only(true).create_if_missing(false);
        let pool = |most: u32| {
            SqlitePoolOptions::new()
                .max_connections(most)
                .acquire_timeout(Duration::from_secs(10))
                .test_before_acquire(false)
        };
        let readers = pool(SQLITE_READERS).connect_with(options.clone()).await?;
        // A stream reads each page once, and is rare: neither a big cache nor a connection kept for it.
        let streams = pool(STREAMS)
            .idle_timeout(Duration::from_mins(1))
            .connect_lazy_with(options.pragma("cache_size", "-2000"));
        Ok(Self(Kind::Sqlite { writer, readers, streams }))
    }

    async fn open_postgres(url: &str) -> Result<Self> {
        // Compiling a plan costs more than any of these short statements; on tables not yet analysed the planner
        // takes them for long ones.
        let options = PgConnectOptions::from_str(url)?
            .statement_cache_capacity(256)
            // Whatever the server's default: a power cut loses nothing that was acknowledged.
            .options([("jit", "off"), ("synchronous_commit", "on")])
            .disable_statement_logging();
        let pool = |most: u32| {
            PgPoolOptions::new()
                .max_connections(most)
                .acquire_timeout(Duration::from_secs(10))
                .test_before_acquire(false)
        };
        let streams = options.clone();
        let relaxed = options.clone().options([("synchronous_commit", "off")]);
        let main = match pool(POSTGRES_CONNECTIONS).connect_with(options.clone()).await {
            // A pool that tried in vain for all its time keeps the reason to itself.
            Err(sqlx::Error::PoolTimedOut) => {
                sqlx::PgConnection::connect_with(&options).await?;
                return Err(sqlx::Error::PoolTimedOut.into());
            }
            other => other?,
        };
        Ok(Self(Kind::Postgres {
            pool: main,
            relaxed: pool(4).connect_lazy_with(relaxed),
            streams: pool(STREAMS).idle_timeout(Duration::from_mins(1)).connect_lazy_with(streams),
        }))
    }

    /// Begins a write transaction. Dropping it undoes it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn begin(&self) -> Result<Tx> {
        match &self.0 {
            Kind::Sqlite { writer, .. } => Ok(Tx::new(On::SqliteTurn(writer.turn().await?))),
            Kind::Postgres { pool, .. } => Ok(Tx::new(On::Postgres(Session::begin(pool, "BEGIN").await?))),
        }
    }

    /// Whether a commit of the connection that writes waits until it is on the disk, as the database itself says.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn is_synced(&self) -> Result<bool> {
        let mut tx = self.begin().await?;
        let postgres =
            "SELECT CAST(CASE current_setting('synchronous_commit') WHEN 'on' THEN 2 ELSE 0 END AS BIGINT)";
        // 2 is FULL.
        let rows = tx.all_of("PRAGMA synchronous", postgres, Vec::new()).await?;
        tx.commit().await?;
        rows.first().map_or(Ok(false), |row| Ok(row.int(0)? == 2))
    }

    /// A connection beside the transaction at hand, for counters whose loss in a power cut harms nobody; each
    /// statement stands alone. `None` where the transaction itself serves as well: on SQLite its commit is
    /// shared. On PostgreSQL a counter everybody raises would hold its lock across everybody's commit.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn beside(&self) -> Result<Option<Tx>> {
        match &self.0 {
            Kind::Sqlite { .. } => Ok(None),
            Kind::Postgres { relaxed, .. } => {
                Ok(Some(Tx::new(On::PostgresPeek(Session::plain(relaxed).await?))))
            }
        }
    }

    /// Begins a read-only transaction: all its statements see one state.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn read(&self) -> Result<Tx> {
        match &self.0 {
            Kind::Sqlite { readers, .. } => Ok(Tx::new(On::SqliteRead(readers.begin().await?))),
            Kind::Postgres { pool, .. } => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Tx::new(On::Postgres(Session::begin(pool, begin).await?)))
            }
        }
    }

    /// As [`read`](Self::read), for what lasts as long as its reader takes, on one of a few connections of its own.
    /// While it is open the log of SQLite cannot be cut and PostgreSQL cannot clean up behind it: whoever opens one
    /// bounds how long it lasts.
    ///
    /// # Errors
    /// The database does not answer, or as many are open as can be.
    pub async fn snapshot(&self) -> Result<Tx> {
        match &self.0 {
            Kind::Sqlite { streams, .. } => Ok(Tx::new(On::SqliteRead(streams.begin().await?))),
            Kind::Postgres { streams, .. } => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Ok(Tx::new(On::Postgres(Session::begin(streams, begin).await?)))
            }
        }
    }

    /// A connection for single reading statements.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn peek(&self) -> Result<Tx> {
        match &self.0 {
            Kind::Sqlite { readers, .. } => Ok(Tx::new(On::SqlitePeek(readers.acquire().await?))),
            Kind::Postgres { pool, .. } => Ok(Tx::new(On::PostgresPeek(Session::plain(pool).await?))),
        }
    }

    /// Makes the file forget what was erased: moves the log of SQLite into the file and cuts it to nothing, as it
    /// holds pages as they were. False when readers kept it from that; it happens by itself then, as the log is
    /// written over. PostgreSQL does so in its own time (`VACUUM`, and when its log is recycled).
    ///
    /// # Errors
    /// The database failed.
    pub async fn scrub(&self) -> Result<bool> {
        match &self.0 {
            Kind::Sqlite { writer, .. } => writer.scrub().await,
            Kind::Postgres { .. } => Ok(true),
        }
    }

    /// Closes every connection, after what is being committed.
    pub async fn close(&self) {
        match &self.0 {
            Kind::Sqlite { writer, readers, streams } => {
                streams.close().await;
                readers.close().await;
                writer.close().await;
            }
            Kind::Postgres { pool, relaxed, streams } => {
                streams.close().await;
                pool.close().await;
                relaxed.close().await;
            }
        }
    }
}

impl Tx {
    fn new(on: On) -> Self {
        Self { on, broken: false }
    }

    /// Makes everything done so far durable; returns once it is.
    ///
    /// # Errors
    /// The commit failed, or a statement had: nothing of it happened.
    pub async fn commit(self) -> Result<()> {
        // PostgreSQL answers the COMMIT of an aborted transaction with ROLLBACK, which the driver takes for success.
        if self.broken {
            return Err(Error::Broken);
        }
        match self.on {
            On::SqliteTurn(turn) => turn.commit().await,
            On::SqliteRead(tx) => Ok(tx.commit().await?),
            On::Postgres(session) => session.commit().await,
            On::SqlitePeek(_) | On::PostgresPeek(_) => Ok(()),
        }
    }

    /// Runs a statement; the number of rows it touched.
    pub(crate) async fn execute(&mut self, sql: &'static str, values: Vec<Value>) -> Result<u64> {
        self.enter()?;
        let _timed = Timed::begin(sql);
        let done = on!(self, |conn| {
            statement::query(sql, values).execute(conn).await.map(|it| it.rows_affected())
        });
        self.leave(done)
    }

    /// Runs a statement; its first row.
    pub(crate) async fn first(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Option<Row>> {
        self.enter()?;
        let _timed = Timed::begin(sql);
        let done = on!(self, |conn| {
            statement::query(sql, values).fetch_optional(conn).await.map(|it| it.map(Row::from))
        });
        self.leave(done)
    }

    /// Runs a statement; all its rows.
    pub(crate) async fn all(&mut self, sql: &'static str, values: Vec<Value>) -> Result<Vec<Row>> {
        self.enter()?;
        let _timed = Timed::begin(sql);
        let done = on!(self, |conn| {
            let rows = statement::query(sql, values).fetch_all(conn).await;
            rows.map(|it| it.into_iter().map(Row::from).collect())
        });
        self.leave(done)
    }

    /// Runs a statement whose `{rows}` stands for as many rows of `width` values as are given; its rows.
    pub(crate) async fn rows(&mut self, sql: &str, width: usize, values: Vec<Value>) -> Result<Vec<Row>> {
        if values.is_empty() {
            return Ok(Vec::new());
        }
        self.enter()?;
        let _timed = Timed::begin(sql);
        let sql = statement::with_rows(sql, width, values.len());
        let done = on!(self, |conn| {
            let rows = statement::query_text(sql, values).fetch_all(conn).await;
            rows.map(|it| it.into_iter().map(Row::from).collect())
        });
        self.leave(done)
    }

    /// Runs several writing statements in one go: one call on SQLite, one round trip on PostgreSQL.
    ///
    /// The statements see what stood before all of them, not each other's rows, and no row may be written
    /// twice: PostgreSQL runs them as parts of one statement.
    ///
    /// # Errors
    /// One of the statements failed: the transaction is broken, nothing of it will be kept.
    pub async fn batch(&mut self, batch: Batch) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        self.enter()?;
        let name = batch.name();
        let _timed = Timed::begin(&name);
        let done = match &mut self.on {
            On::SqliteTurn(turn) => batch.run_sqlite(turn.connection()).await,
            On::SqliteRead(tx) => batch.run_sqlite(tx).await,
            On::SqlitePeek(conn) => batch.run_sqlite(conn).await,
            On::Postgres(session) | On::PostgresPeek(session) => {
                let done = batch.run_postgres(session.connection()).await;
                session.finished();
                done
            }
        };
        self.leave(done)
    }

    /// Runs the statement of the database at hand, where one text for both would cost too much.
    pub(crate) async fn all_of(
        &mut self,
        sqlite: &'static str,
        postgres: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Row>> {
        let sql = match &self.on {
            On::SqliteTurn(_) | On::SqliteRead(_) | On::SqlitePeek(_) => sqlite,
            On::Postgres(_) | On::PostgresPeek(_) => postgres,
        };
        self.all(sql, values).await
    }

    /// Runs a statement that PostgreSQL alone needs: on SQLite one writer comes after the other.
    pub(crate) async fn on_postgres(&mut self, sql: &'static str, values: Vec<Value>) -> Result<()> {
        match &self.on {
            On::SqliteTurn(_) | On::SqliteRead(_) | On::SqlitePeek(_) => Ok(()),
            On::Postgres(_) | On::PostgresPeek(_) => self.execute(sql, values).await.map(|_| ()),
        }
    }

    /// From here until it is known to have succeeded, a statement counts as failed: its future may be dropped
    /// half-way. After a failure nothing more runs: SQLite may have undone the whole transaction (disk full,
    /// I/O), and what ran then would be kept on its own.
    fn enter(&mut self) -> Result<()> {
        match self.on {
            On::SqlitePeek(_) | On::PostgresPeek(_) => return Ok(()),
            On::SqliteTurn(_) | On::SqliteRead(_) | On::Postgres(_) => {}
        }
        if std::mem::replace(&mut self.broken, true) { Err(Error::Broken) } else { Ok(()) }
    }

    fn leave<T>(&mut self, done: std::result::Result<T, sqlx::Error>) -> Result<T> {
        let done = done?;
        self.broken = false;
        Ok(done)
    }
}
