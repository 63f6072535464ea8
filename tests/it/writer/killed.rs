//! The process is killed, or its disk is full, in the middle of the load.
//!
//! Each test runs itself again as a child: the variable names the file the child writes to.

use std::{
    collections::BTreeSet,
    env,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use ayeaye::{crypto::Random, domain::id::EventId, store::Store};

use super::{LONG, ids, row, write};
use crate::support::sqlite::SqliteFile;

const FILE_OF_CHILD: &str = "WRITER_TEST_FILE";
/// A child whose parent is gone ends by itself.
const LIFE: Duration = Duration::from_mins(1);
const ACKNOWLEDGED: &str = "acknowledged ";
const FAILED: &str = "failed ";

/// Commits on sixteen tasks and prints each id once it is acknowledged, until `failures` of a task in a row.
async fn commit_and_print(url: &str, failures: usize) {
    let store = Store::open(url).await.unwrap();
    let mut tasks = Vec::new();
    for _ in 0..16 {
        let store = store.clone();
        tasks.push(tokio::spawn(async move {
            let (begun, random) = (Instant::now(), Random::system());
            let mut in_a_row = 0;
            while begun.elapsed() < LIFE && in_a_row < failures {
                let mut row = row(&random, "load");
                row.data = "x".repeat(1_000);
                let id = row.id;
                match write(store.clone(), row).await {
                    Ok(()) => {
                        in_a_row = 0;
                        say(ACKNOWLEDGED, &id.to_string());
                    }
                    Err(error) => {
                        in_a_row += 1;
                        say(FAILED, &error.to_string());
                    }
                }
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
}

/// One write per line, so that a kill cuts no line of another task.
fn say(what: &str, about: &str) {
    std::io::stdout().write_all(format!("\n{what}{about}.\n").as_bytes()).unwrap();
}

/// Runs the test `name` of this module again, as a child that writes to `url`; `limit` goes before it.
fn child(name: &str, url: &str, limit: &str) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{limit} exec \"$@\""), "child"]).arg(env::current_exe().unwrap());
    command.args(["--exact", "--nocapture", "--test-threads=1", &format!("writer::killed::{name}")]);
    command.env(FILE_OF_CHILD, url).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().unwrap()
}

/// The ids of whole lines among those read.
fn acknowledged(lines: &[String]) -> BTreeSet<EventId> {
    let ids = lines.iter().filter_map(|it| it.strip_prefix(ACKNOWLEDGED)?.strip_suffix('.'));
    ids.map(|it| it.parse().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_commit_survives_a_kill_in_the_middle_of_load() {
    if let Ok(url) = env::var(FILE_OF_CHILD) {
        return commit_and_print(&url, 1).await;
    }
    let file = SqliteFile::new();
    let store = Store::open(file.url()).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
    let mut promised = BTreeSet::new();
    for round in 0..20 {
        let name = "every_acknowledged_commit_survives_a_kill_in_the_middle_of_load";
        let mut child = child(name, file.url(), "");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let enough = 50 + 37 * round;
        let mut read = Vec::new();
        while read.len() < enough {
            read.push(lines.next().expect("the child writes until it is killed"));
        }
        child.kill().unwrap();
        // What it said before it died is still in the pipe.
        read.extend(lines);
        child.wait().unwrap();
        assert!(read.iter().all(|it| !it.starts_with(FAILED)), "round {round}: {:?}", read.last());
        let now = acknowledged(&read);
        assert!(now.len() > 10, "round {round}: only {} acknowledged", now.len());
        promised.extend(now);
        let there = ids(file.url()).await;
        assert!(promised.is_subset(&there), "round {round}: acknowledged and lost");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_commits_fail_and_what_was_acknowledged_stays() {
    if let Ok(url) = env::var(FILE_OF_CHILD) {
        return commit_and_print(&url, 5).await;
    }
    let file = SqliteFile::new();
    let store = Store::open(file.url()).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
    // No file may grow beyond 2 MB; the signal that says so is ignored, and writing fails.
    let limit = "trap '' XFSZ; ulimit -f 4096;";
    let mut child = child("on_a_full_disk_commits_fail_and_what_was_acknowledged_stays", file.url(), limit);
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let read = tokio::task::spawn_blocking(|| lines.collect::<Vec<String>>());
    let read = tokio::time::timeout(LONG, read).await.expect("the child is wedged").unwrap();
    assert!(child.wait().unwrap().success());
    let failures = read.iter().filter(|it| it.starts_with(FAILED)).count();
    let promised = acknowledged(&read);
    assert!(failures >= 16 * 5 && promised.len() > 100, "{failures} failed, {} did not", promised.len());
    let there = ids(file.url()).await;
    assert!(promised.is_subset(&there), "acknowledged and lost");
    let store = Store::open(file.url()).await.unwrap();
    write(store.clone(), row(&Random::system(), "after")).await.unwrap();
    store.close().await;
}
