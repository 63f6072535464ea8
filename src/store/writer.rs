//! The one connection that writes to SQLite, and the commit its transactions share.
//!
//! A durable commit waits for the disk; one per request caps the service at a few thousand a second. Here
//! the connection is handed from transaction to transaction, each inside a savepoint of one open SQLite
//! transaction. Committing releases the connection to the next in line and waits until the group is committed
//! and synced: at once when nobody waits, else when it has 64 members or is 5 ms old (older on a slow disk).
//!
//! A failed COMMIT fails every member. A dropped transaction rolls back to its savepoint and leaves the
//! others alone. When SQLite undoes the whole transaction because of one member's statement (disk full, I/O
//! error), every member of the group fails.
//!
//! A request may be dropped at any await. So what changes the group's state runs in a task of its own and is
//! never left half-way, and whatever lets go of the line without closing the group rings `left_open`.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqliteConnection, migrate::Migrator};
use tokio::{
    sync::{Mutex, Notify, OwnedMutexGuard, oneshot},
    time::{Instant, timeout},
};

use super::{Error, Result, timed::Timed};

/// Transactions that share one commit, at most.
const MEMBERS: usize = 64;
/// How long the first member of a group waits for others, at most; or four times as long as the last commit took, if
/// that is more: the slower the disk, the more must share a commit.
const AGE: Duration = Duration::from_millis(5);
/// How long it waits at the very most.
const GREATEST_AGE: Duration = Duration::from_millis(50);

/// How long a transaction waits in line, as at the pool of the other database: whoever asked for it has gone by then.
const PATIENCE: Duration = Duration::from_secs(10);
/// Tries of [`Writer::scrub`].
const SCRUBS: usize = 100;

#[derive(Clone)]
pub(super) struct Writer {
    line: Arc<Mutex<Line>>,
    waiting: Arc<AtomicUsize>,
    left_open: Arc<Notify>,
}

/// The connection and the group that is open on it.
struct Line {
    conn: Option<SqliteConnection>,
    open: bool,
    savepoint: Savepoint,
    members: Vec<oneshot::Sender<Result<()>>>,
    since: Instant,
    /// How old the group may become.
    age: Duration,
}

/// What stands on the savepoint of the open group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Savepoint {
    /// Nothing: the next turn can use it.
    Fresh,
    /// A committed member: to be released.
    Kept,
    /// A turn that is under way or was dropped: to be rolled back.
    Dirty,
}

/// One transaction's time with the connection.
pub(super) struct Turn {
    line: Option<OwnedMutexGuard<Line>>,
    writer: Writer,
}

struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Writer {
    pub(super) fn start(conn: SqliteConnection) -> Self {
        let line = Line {
            conn: Some(conn),
            open: false,
            savepoint: Savepoint::Fresh,
            members: Vec::with_capacity(MEMBERS),
            since: Instant::now(),
            age: AGE,
        };
        let writer = Self {
            line: Arc::new(Mutex::new(line)),
            waiting: Arc::new(AtomicUsize::new(0)),
            left_open: Arc::new(Notify::new()),
        };
        tokio::spawn(close_left_open(Arc::downgrade(&writer.line), Arc::clone(&writer.left_open)));
        writer
    }

    /// Waits in line, at most [`PATIENCE`]; then the connection is this transaction's until it commits or is dropped.
    pub(super) async fn turn(&self) -> Result<Turn> {
        self.waiting.fetch_add(1, Ordering::AcqRel);
        let waiting = Waiting(&self.waiting);
        let line = timeout(PATIENCE, Arc::clone(&self.line).lock_owned()).await;
        drop(waiting);
        let mut line = line.map_err(|_late| sqlx::Error::PoolTimedOut)?;
        let writer = self.clone();
        own_task(async move {
            let prepared = line.prepare().await;
            // From here on it is a turn: should nobody take it, dropping it rings `left_open`.
            let turn = Turn { line: Some(line), writer };
            prepared.map(|()| turn)
        })
        .await
    }

    pub(super) async fn migrate(&self, migrator: Migrator) -> Result<()> {
        let mut line = Arc::clone(&self.line).lock_owned().await;
        own_task(async move {
            line.commit_group().await;
            Ok(migrator.run_direct(None, line.conn()?, false).await?)
        })
        .await
    }

    /// Moves the write-ahead log into the file and cuts it to nothing, as soon as nobody reads from it; false when
    /// somebody did all the time. Nobody waits for the connection longer than one try takes.
    pub(super) async fn scrub(&self) -> Result<bool> {
        for _ in 0..SCRUBS {
            let mut line = Arc::clone(&self.line).lock_owned().await;
            let done = own_task(async move {
                line.commit_group().await;
                line.scrub().await
            });
            if done.await? {
                return Ok(true);
            }
            tokio::time::sleep(AGE).await;
        }
        Ok(false)
    }

    /// Waits for the transactions before it, commits what is open, and closes the connection. Those who come
    /// later are refused.
    pub(super) async fn close(&self) {
        let mut line = Arc::clone(&self.line).lock_owned().await;
        let closed = own_task(async move {
            line.commit_group().await;
            if let Some(conn) = line.conn.take() {
                conn.close().await?;
            }
            Ok(())
        });
        // Closing can only fail to tidy up; everything committed is on disk already.
        let _ = closed.await;
    }
}

/// Runs `work` to its end even if the caller is dropped.
async fn own_task<T: Send + 'static>(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    tokio::spawn(work).await.unwrap_or_else(|_gone| Err(stopped()))
}

/// Commits what is left open when the next in line gave up waiting or a turn was dropped.
async fn close_left_open(line: Weak<Mutex<Line>>, left_open: Arc<Notify>) {
    loop {
        // A line whose last owner is gone has nothing open: its turns held it.
        if timeout(Duration::from_mins(1), left_open.notified()).await.is_err() {
            if line.strong_count() == 0 {
                return;
            }
            continue;
        }
        tokio::time::sleep(AGE).await;
        let Some(line) = line.upgrade() else { return };
        let mut line = line.lock().await;
        if line.open {
            line.commit_group().await;
        }
    }
}

impl Line {
    fn conn(&mut self) -> Result<&mut SqliteConnection> {
        self.conn.as_mut().ok_or_else(|| Error::Commit("the database is closed".to_owned()))
    }

    async fn run(&mut self, sql: &'static str) -> Result<()> {
        let _timed = Timed::begin(sql);
        self.conn()?.execute(AssertSqlSafe(sql)).await?;
        Ok(())
    }

    /// Brings the group to an unused savepoint and marks it as used.
    async fn prepare(&mut self) -> Result<()> {
        self.undo_dropped().await;
        if !self.open {
            if let Err(error) = self.run("BEGIN IMMEDIATE; SAVEPOINT turn").await {
                self.lose_group("the transaction did not begin").await;
                return Err(error);
            }
            self.open = true;
            self.since = Instant::now();
        } else if self.savepoint == Savepoint::Kept
            && let Err(error) = self.run("RELEASE turn; SAVEPOINT turn").await
        {
            // Which of the two failed is not known, and a COMMIT needs neither.
            self.commit_group().await;
            return Err(error);
        }
        self.savepoint = Savepoint::Dirty;
        Ok(())
    }

    /// Undoes a turn that was dropped; loses the group if SQLite has undone all of it already.
    async fn undo_dropped(&mut self) {
        if self.open && self.savepoint == Savepoint::Dirty {
            match self.run("ROLLBACK TO turn").await {
                Ok(()) => self.savepoint = Savepoint::Fresh,
                Err(_) => self.lose_group("the transaction was undone by an earlier error").await,
            }
        }
    }

    /// Commits the open group and tells every member how it went.
    async fn commit_group(&mut self) {
        self.undo_dropped().await;
        if !self.open {
            return;
        }
        let begun = Instant::now();
        match self.run("COMMIT").await {
            Ok(()) => {
                self.age = (begun.elapsed() * 4).clamp(AGE, GREATEST_AGE);
                self.open = false;
                for member in self.members.drain(..) {
                    // A member that no longer listens was committed all the same.
                    let _ = member.send(Ok(()));
                }
            }
            Err(error) => self.lose_group(&error.to_string()).await,
        }
        self.savepoint = Savepoint::Fresh;
    }

    /// One try to cut the log; false when somebody reads from it. It does not wait for them, as everybody would.
    async fn scrub(&mut self) -> Result<bool> {
        self.run("PRAGMA busy_timeout = 0").await?;
        let cut = self.conn()?.fetch_one(AssertSqlSafe("PRAGMA wal_checkpoint(TRUNCATE)")).await;
        self.run("PRAGMA busy_timeout = 5000").await?;
        let busy: i64 = cut?.try_get(0)?;
        Ok(busy == 0)
    }

    async fn lose_group(&mut self, why: &str) {
        // Fails when SQLite has rolled back by itself, which is what is wanted.
        let _ = self.run("ROLLBACK").await;
        self.open = false;
        self.savepoint = Savepoint::Fresh;
        for member in self.members.drain(..) {
            let _ = member.send(Err(Error::Commit(why.to_owned())));
        }
    }
}

impl Turn {
    #[expect(
        clippy::unreachable,
        reason = "a turn holds the line, and the line its connection, until it ends"
    )]
    pub(super) fn connection(&mut self) -> &mut SqliteConnection {
        match self.line.as_mut().and_then(|it| it.conn.as_mut()) {
            Some(conn) => conn,
            None => unreachable!("prepare() has just used the connection"),
        }
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        let Some(mut line) = self.line.take() else { return Err(stopped()) };
        let (told, outcome) = oneshot::channel();
        line.members.push(told);
        line.savepoint = Savepoint::Kept;
        let alone = self.writer.waiting.load(Ordering::Acquire) == 0;
        if alone || line.members.len() >= MEMBERS || line.since.elapsed() >= line.age {
            tokio::spawn(async move { line.commit_group().await });
        } else {
            self.writer.left_open.notify_one();
            drop(line);
        }
        outcome.await.unwrap_or_else(|_gone| Err(stopped()))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.line.is_some() {
            self.writer.left_open.notify_one();
        }
    }
}

fn stopped() -> Error {
    Error::Commit("the writer stopped".to_owned())
}
