//! Two instances on one PostgreSQL, one of them stopped in the middle of its deliveries for longer than its leases.

use std::{
    collections::BTreeSet,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use serde_json::Value;

use super::home::{Home, Running};
use crate::support::{
    database::{Db, run_within},
    hooks::{Events, Hook, Manner, tenants},
    wait,
};

const TENANTS: usize = 10;
const EVENTS: usize = 60;
/// How long receivers take: long enough to stop an instance that waits for their answer.
const SLOW: Duration = Duration::from_secs(2);
/// Longer than the leases of the one that was stopped.
const PATIENCE: Duration = Duration::from_mins(2);

async fn rows(home: &Home, table: &str) -> Vec<Value> {
    home.database().rows(table).await.iter().map(|it| serde_json::from_str(it).unwrap()).collect()
}

fn text<'a>(row: &'a Value, column: &str) -> &'a str {
    row[column].as_str().unwrap_or_default()
}

/// What an instance has under way.
async fn held_by(home: &Home, instance: &Running) -> Vec<Value> {
    let address = instance.base.trim_start_matches("http://");
    let rows = rows(home, "delivery").await;
    rows.into_iter().filter(|it| it["state"] == "waiting" && text(it, "held_by").ends_with(address)).collect()
}

/// Which of these a receiver has got a moment ago and will not answer for a while.
fn unanswered<'a>(held: &'a [Value], hooks: &[Vec<Hook>]) -> Vec<&'a Value> {
    let is_fresh = |event: &str| {
        let came = hooks.iter().flatten().find_map(|it| it.came().get(event).cloned()).unwrap_or_default();
        came.last().is_some_and(|it| it.elapsed() < SLOW / 2)
    };
    held.iter().filter(|it| is_fresh(text(it, "event_id"))).collect()
}

async fn all_delivered(home: &Home, count: usize) -> Vec<Value> {
    wait::until("everything to be delivered", PATIENCE, async || {
        let rows = rows(home, "delivery").await;
        (rows.len() == count && rows.iter().all(|it| it["state"] == "delivered")).then_some(rows)
    })
    .await
}

/// The numbers of the attempts on record, of each of these deliveries.
async fn attempts(home: &Home, of: &BTreeSet<String>) -> Vec<(String, i64)> {
    let rows = rows(home, "attempt").await;
    let ours = rows.iter().filter(|it| of.contains(text(it, "delivery_id")));
    ours.map(|it| (text(it, "delivery_id").to_owned(), it["number"].as_i64().unwrap())).collect()
}

async fn nothing_is_lost_and_late_writes_are_fenced(home: Home) {
    let (mut home, healed) = (home, Arc::new(AtomicBool::new(false)));
    let mut hooks = Vec::new();
    for _ in 0..TENANTS {
        hooks.push(vec![Hook::start(Manner::After(SLOW), Arc::clone(&healed)).await]);
    }
    for (name, value) in [("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32"), ("AYEAYE_LOG", "error")] {
        home.set(name, value);
    }
    home.set_up(&tenants(&hooks));
    let mut events = Events::into(home.database().url()).await;
    let (sleeper, other) = (home.serve().await, home.serve().await);
    events.write(EVENTS).await;
    wait::until("the first to be in the middle of deliveries", PATIENCE, async || {
        let held = held_by(&home, &sleeper).await;
        (unanswered(&held, &hooks).len() >= 2).then_some(())
    })
    .await;
    sleeper.signal("STOP");
    // What it has at the moment it stands still.
    let held = held_by(&home, &sleeper).await;
    let ids = |of: &[&Value]| of.iter().map(|it| text(it, "id").to_owned()).collect::<BTreeSet<_>>();
    let (stalled, begun) = (ids(&held.iter().collect::<Vec<_>>()), ids(&unanswered(&held, &hooks)));
    assert!(!begun.is_empty(), "it stopped with nothing under way");
    let before = all_delivered(&home, EVENTS).await;
    for row in before.iter().filter(|it| stalled.contains(text(it, "id"))) {
        assert!(row["lease"].as_i64().unwrap() >= 2, "taken over when its lease ended: {row}");
    }

    sleeper.signal("CONT");
    wait::until("late attempts to be recorded", PATIENCE, async || {
        let late = attempts(&home, &begun).await;
        late.iter().any(|(_, number)| *number == 1).then_some(())
    })
    .await;
    assert_eq!(all_delivered(&home, EVENTS).await, before, "what comes late changes nothing");
    for (tenant, its) in hooks.iter().enumerate() {
        let came = its[0].came();
        assert!(events.of(tenant).all(|it| came.contains_key(it)), "nothing is lost");
        let twice = came.values().filter(|it| it.len() > 1).count();
        assert!(twice <= stalled.len(), "{twice} came twice, {} were under way", stalled.len());
    }

    // It goes on as if nothing had happened, alone.
    other.stop().await;
    healed.store(true, std::sync::atomic::Ordering::Relaxed);
    events.write(EVENTS).await;
    all_delivered(&home, 2 * EVENTS).await;
    sleeper.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_paused_past_its_leases_loses_nothing_and_changes_nothing() {
    run_within(Duration::from_mins(6), Db::Postgres, nothing_is_lost_and_late_writes_are_fenced).await;
}
