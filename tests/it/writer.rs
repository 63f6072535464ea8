//! The shared commit of SQLite: what is acknowledged is in the file, whoever gives up, fails or is killed.

mod faults;
mod killed;

use std::{collections::BTreeSet, future::Future, task::Poll, time::Duration};

use ayeaye::{
    crypto::Random,
    domain::{
        Timestamp,
        id::{EventId, TenantId},
    },
    store::{self, Batch, Result, Store, Tx, event::Event},
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _, SqliteConnection};

use crate::support::sqlite::SqliteFile;

/// How long anything here may take before it counts as wedged.
const LONG: Duration = Duration::from_secs(20);

/// An open file, and a second way in.
struct Open {
    store: Store,
    random: Random,
    file: SqliteFile,
}

impl Open {
    async fn new(seed: u64) -> Self {
        let file = SqliteFile::new();
        let store = Store::open(file.url()).await.unwrap();
        store.migrate().await.unwrap();
        Self { store, random: Random::seeded(seed), file }
    }

    /// A row of kind `kind`.
    fn row(&self, kind: &str) -> Event {
        row(&self.random, kind)
    }

    /// The ids in the file, as a connection of its own sees them.
    async fn ids(&self) -> BTreeSet<EventId> {
        ids(self.file.url()).await
    }

    /// Runs a statement on a connection of its own.
    async fn raw(&self, sql: &str) {
        let mut connection = SqliteConnection::connect(self.file.url()).await.unwrap();
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Fails when the writer is wedged; the row it wrote.
    async fn still_writes(&self) -> EventId {
        let row = self.row("after");
        let written = tokio::time::timeout(LONG, write(self.store.clone(), row.clone())).await;
        written.expect("the writer is wedged").expect("the writer goes on");
        row.id
    }
}

fn row(random: &Random, kind: &str) -> Event {
    Event {
        tenant: TenantId::from_bytes([1; 8]),
        id: EventId::new(Timestamp::from_millis(1), random),
        kind: kind.to_owned(),
        at: Timestamp::from_millis(1),
        contact: None,
        data: "{}".to_owned(),
        sequence: None,
    }
}

async fn ids(url: &str) -> BTreeSet<EventId> {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let rows = connection.fetch_all("SELECT id FROM event").await.unwrap();
    let check = connection.fetch_one("PRAGMA integrity_check").await.unwrap();
    assert_eq!(check.get::<String, _>(0), "ok");
    connection.close().await.unwrap();
    rows.iter().map(|it| it.get::<String, _>(0).parse().unwrap()).collect()
}

async fn insert(tx: &mut Tx, row: &Event) -> Result<()> {
    let mut batch = Batch::default();
    store::event::put(&mut batch, std::slice::from_ref(row));
    tx.batch(batch).await
}

async fn write(store: Store, row: Event) -> Result<()> {
    let mut tx = store.begin().await?;
    insert(&mut tx, &row).await?;
    tx.commit().await
}

/// Polls `future` at most `most` times, then drops it: gives up at its `most`th await.
async fn polled<F: Future>(future: F, most: usize) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut polls = 0;
    std::future::poll_fn(|context| {
        if polls == most {
            return Poll::Ready(None);
        }
        polls += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if polls == most => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_at_once_are_in_the_file_when_acknowledged() {
    let open = Open::new(1).await;
    let mut tasks = Vec::new();
    for _ in 0..200 {
        let (store, row) = (open.store.clone(), open.row("kept"));
        tasks.push(tokio::spawn(async move {
            write(store.clone(), row.clone()).await.unwrap();
            let mut peek = store.peek().await.unwrap();
            let seen = store::event::find(&mut peek, row.tenant, row.id).await.unwrap();
            assert!(seen.is_some(), "a reader sees what was acknowledged");
            row.id
        }));
    }
    let mut acknowledged = BTreeSet::new();
    for task in tasks {
        acknowledged.insert(task.await.unwrap());
    }
    assert_eq!(acknowledged.len(), 200);
    assert_eq!(open.ids().await, acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dropped_transaction_leaves_nothing_and_its_neighbours_stay() {
    let open = Open::new(2).await;
    let mut tasks = Vec::new();
    for at in 0..200 {
        let (store, row) = (open.store.clone(), open.row("perhaps"));
        tasks.push(tokio::spawn(async move {
            if at % 3 > 0 {
                write(store, row.clone()).await.unwrap();
                return Some(row.id);
            }
            let mut tx = store.begin().await.unwrap();
            insert(&mut tx, &row).await.unwrap();
            None
        }));
    }
    let mut kept = BTreeSet::new();
    for task in tasks {
        kept.extend(task.await.unwrap());
    }
    assert_eq!(open.ids().await, kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn giving_up_at_any_await_harms_no_neighbour() {
    let open = Open::new(3).await;
    let mut expected = BTreeSet::new();
    let mut outcomes = BTreeSet::new();
    for most in (1..=12).cycle().take(240) {
        let (before, after, given_up) = (open.row("before"), open.row("after"), open.row("given up"));
        let neighbours =
            [before.clone(), after.clone()].map(|row| tokio::spawn(write(open.store.clone(), row)));
        let outcome = polled(write(open.store.clone(), given_up.clone()), most).await;
        for neighbour in neighbours {
            tokio::time::timeout(LONG, neighbour).await.expect("wedged").unwrap().unwrap();
        }
        expected.extend([before.id, after.id, open.still_writes().await]);
        // Dropped while its commit was under way it may be either; acknowledged it must be there.
        let there = open.ids().await.contains(&given_up.id);
        outcomes.insert((outcome.is_some(), there));
        match outcome {
            Some(written) => {
                written.unwrap();
                expected.insert(given_up.id);
            }
            None if there => {
                expected.insert(given_up.id);
            }
            None => {}
        }
        assert_eq!(open.ids().await, expected, "given up at poll {most}");
    }
    assert!(outcomes.contains(&(false, false)) && outcomes.contains(&(true, true)), "{outcomes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_aborted_at_random_lose_nothing_that_was_acknowledged() {
    for seed in 0..40 {
        let open = Open::new(seed).await;
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let mut tasks = Vec::new();
        for _ in 0..40 {
            let (store, row, tell) = (open.store.clone(), open.row("perhaps"), tell.clone());
            tasks.push(tokio::spawn(async move {
                let mut tx = store.begin().await?;
                insert(&mut tx, &row).await?;
                let _ = tell.send((row.id, false));
                tx.commit().await?;
                let _ = tell.send((row.id, true));
                Ok::<(), store::Error>(())
            }));
        }
        drop(tell);
        for task in &tasks {
            let chance = open.random.number();
            for _ in 0..chance % 4 {
                tokio::task::yield_now().await;
            }
            if chance.is_multiple_of(3) {
                task.abort();
            }
        }
        for task in tasks {
            let ended = tokio::time::timeout(LONG, task).await.expect("the writer is wedged");
            match ended {
                Ok(written) => written.unwrap(),
                Err(gone) => assert!(gone.is_cancelled(), "{gone}"),
            }
        }
        let last = open.still_writes().await;
        let (mut attempted, mut acknowledged) = (BTreeSet::from([last]), BTreeSet::from([last]));
        while let Some((id, done)) = told.recv().await {
            if done {
                acknowledged.insert(id)
            } else {
                attempted.insert(id)
            };
        }
        let there = open.ids().await;
        assert!(acknowledged.is_subset(&there), "seed {seed}: acknowledged and lost");
        assert!(there.is_subset(&attempted), "seed {seed}: there without a commit");
    }
}

#[tokio::test]
async fn a_commit_does_not_wait_for_one_who_gave_up_waiting() {
    let open = Open::new(5).await;
    let mut tx = open.store.begin().await.unwrap();
    let row = open.row("kept");
    insert(&mut tx, &row).await.unwrap();
    let store = open.store.clone();
    let next = tokio::spawn(async move { store.begin().await.map(|_| ()) });
    tokio::task::yield_now().await;
    // Counted as waiting when the commit begins, gone when it is its turn.
    let commit = tokio::spawn(tx.commit());
    next.abort();
    tokio::time::timeout(LONG, commit).await.expect("wedged").unwrap().unwrap();
    assert_eq!(open.ids().await, [row.id].into());
}

#[tokio::test]
async fn a_transaction_given_up_while_it_begins_leaves_the_file_unlocked() {
    let open = Open::new(6).await;
    for most in (1..=4).cycle().take(40) {
        drop(polled(open.store.begin(), most).await);
        // Another process waits for the lock for five seconds at most.
        open.raw("BEGIN IMMEDIATE; UPDATE catalog SET version = version + 1; COMMIT").await;
    }
    open.still_writes().await;
}

#[tokio::test]
async fn closing_waits_for_what_is_under_way_and_refuses_what_comes_later() {
    let open = Open::new(7).await;
    let mut tx = open.store.begin().await.unwrap();
    let row = open.row("kept");
    insert(&mut tx, &row).await.unwrap();
    let store = open.store.clone();
    let closing = tokio::spawn(async move { store.close().await });
    tokio::task::yield_now().await;
    assert!(!closing.is_finished());
    tx.commit().await.unwrap();
    tokio::time::timeout(LONG, closing).await.expect("wedged").unwrap();
    assert!(open.store.begin().await.is_err());
    open.store.close().await;
    assert_eq!(open.ids().await, [row.id].into());
}

#[tokio::test]
async fn whoever_waits_too_long_for_the_writer_is_sent_away() {
    let open = Open::new(77).await;
    let held = open.store.begin().await.unwrap();
    let begun = std::time::Instant::now();
    let refused = tokio::time::timeout(LONG, open.store.begin()).await.expect("it waits for ever");
    let Err(store::Error::Database(sqlx::Error::PoolTimedOut)) = refused else {
        panic!("as where a pool gives up")
    };
    assert!(begun.elapsed() >= Duration::from_secs(10), "{:?}", begun.elapsed());
    drop(held);
    open.still_writes().await;
}
