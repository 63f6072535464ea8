//! Statements and commits that fail. Triggers and tables put into the file beside ours make them.

use ayeaye::store::{self, Error};

use super::{LONG, Open, insert, write};

/// A row of kind `orphan` makes the COMMIT fail.
const FAILING_COMMIT: &str = "
    CREATE TABLE parent (id TEXT PRIMARY KEY);
    CREATE TABLE child (parent TEXT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER orphan AFTER INSERT ON event WHEN new.kind = 'orphan' BEGIN
        INSERT INTO child (parent) VALUES ('nobody');
    END";

/// A row of kind `undone` makes SQLite undo the whole transaction, as it does when the disk is full.
const UNDOING_STATEMENT: &str = "
    CREATE TRIGGER undone BEFORE INSERT ON event WHEN new.kind = 'undone' BEGIN
        SELECT RAISE(ROLLBACK, 'database or disk is full');
    END";

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_statement_fails_its_own_transaction_only() {
    let open = Open::new(11).await;
    let twice = open.row("twice");
    write(open.store.clone(), twice.clone()).await.unwrap();
    let mut expected = std::collections::BTreeSet::from([twice.id]);
    let mut tasks = Vec::new();
    for at in 0..100 {
        let row = if at % 4 == 0 { twice.clone() } else { open.row("kept") };
        let first = open.row("first");
        if at % 4 > 0 {
            expected.extend([first.id, row.id]);
        }
        let store = open.store.clone();
        tasks.push(tokio::spawn(async move {
            let mut tx = store.begin().await.unwrap();
            insert(&mut tx, &first).await.unwrap();
            let failed = insert(&mut tx, &row).await.is_err();
            assert_eq!(failed, at % 4 == 0);
            let committed = tx.commit().await;
            assert_eq!(committed.is_err(), failed, "{committed:?}");
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(open.ids().await, expected);
}

#[tokio::test]
async fn a_failing_commit_fails_every_member_and_the_next_group_goes_on() {
    let open = Open::new(12).await;
    open.raw(FAILING_COMMIT).await;
    let mut first = open.store.begin().await.unwrap();
    insert(&mut first, &open.row("innocent")).await.unwrap();
    // In line before the first commits, so that both share a commit.
    let second = tokio::spawn(write(open.store.clone(), open.row("orphan")));
    tokio::task::yield_now().await;
    let first = tokio::time::timeout(LONG, first.commit()).await.expect("wedged");
    let second = second.await.unwrap();
    for outcome in [first, second] {
        assert!(matches!(&outcome, Err(Error::Commit(why)) if why.contains("FOREIGN KEY")), "{outcome:?}");
    }
    let after = open.still_writes().await;
    assert_eq!(open.ids().await, [after].into());
}

#[tokio::test]
async fn when_one_member_makes_the_whole_group_undone_every_member_is_told() {
    let open = Open::new(13).await;
    open.raw(UNDOING_STATEMENT).await;
    let mut first = open.store.begin().await.unwrap();
    insert(&mut first, &open.row("innocent")).await.unwrap();
    let (store, undone, stray) = (open.store.clone(), open.row("undone"), open.row("stray"));
    let second = tokio::spawn(async move {
        let mut tx = store.begin().await.unwrap();
        assert!(insert(&mut tx, &undone).await.is_err());
        // There is no transaction any more: run now, this would be kept on its own.
        let stray = insert(&mut tx, &stray).await;
        assert!(matches!(stray, Err(Error::Broken)), "{stray:?}");
        tx.commit().await
    });
    tokio::task::yield_now().await;
    let first = tokio::time::timeout(LONG, first.commit()).await.expect("wedged");
    assert!(matches!(first, Err(Error::Commit(_))), "{first:?}");
    assert!(matches!(second.await.unwrap(), Err(Error::Broken)));
    let after = open.still_writes().await;
    assert_eq!(open.ids().await, [after].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn under_load_with_failing_commits_what_is_acknowledged_is_there_and_nothing_else() {
    let open = Open::new(14).await;
    open.raw(FAILING_COMMIT).await;
    open.raw(UNDOING_STATEMENT).await;
    let mut tasks = Vec::new();
    for at in 0..600 {
        // The second half has none that fail: a group as full as it may be would hold one of every 64 otherwise.
        let kind = if at < 300 && at % 19 == 0 {
            "orphan"
        } else if at < 300 && at % 23 == 0 {
            "undone"
        } else {
            "kept"
        };
        let (store, row) = (open.store.clone(), open.row(kind));
        tasks.push(tokio::spawn(async move { (row.id, write(store, row).await.is_ok()) }));
    }
    let mut acknowledged = std::collections::BTreeSet::new();
    let mut failed = 0;
    for task in tasks {
        match tokio::time::timeout(LONG, task).await.expect("wedged").unwrap() {
            (id, true) => {
                acknowledged.insert(id);
            }
            (_, false) => failed += 1,
        }
    }
    assert!(failed >= 25 && !acknowledged.is_empty(), "{failed} failed, {} did not", acknowledged.len());
    acknowledged.insert(open.still_writes().await);
    assert_eq!(open.ids().await, acknowledged);
}

#[tokio::test]
async fn a_file_locked_by_another_process_is_refused_and_taken_when_free() {
    use sqlx::{Connection as _, Executor as _};
    let open = Open::new(15).await;
    let mut other = sqlx::SqliteConnection::connect(open.file.url()).await.unwrap();
    other.execute("BEGIN IMMEDIATE").await.unwrap();
    let refused = tokio::time::timeout(LONG, open.store.begin()).await.expect("wedged");
    assert!(matches!(refused.map(|_| ()), Err(store::Error::Database(_))));
    other.execute("ROLLBACK").await.unwrap();
    let after = open.still_writes().await;
    assert_eq!(open.ids().await, [after].into());
}
