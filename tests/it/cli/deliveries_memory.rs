//! Two hundred endpoints that do what they can to fill the memory of the service, half of them more than there are places
//! for those that hang: it stays within a bound, and those that are known to behave get theirs in time.
//!
//! On SQLite alone: what is kept of an answer is cut before any database sees it.

use std::{
    fmt::Write as _,
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use super::home::{Home, Running};
use crate::support::{
    database::{Db, run_on},
    evil_receiver::{EvilReceiver, KINDS},
    hooks::{Events, Hook, Manner, tenants},
    wait,
};

const EVIL: usize = 200;
/// Tenants whose endpoint behaves, and as many whose endpoints do not.
const TENANTS: usize = 4;
/// Events written to each tenant while the storm is on.
const EVENTS: usize = 8;
/// Attempts at endpoints that misbehave, before the storm has been enough of one.
const ATTEMPTS: usize = 300;
/// What those that behave may wait for an event.
const IN_TIME: Duration = Duration::from_secs(5);
/// The most that the service may grow by, in bytes: 192 attempts at once, each with a head of up to 400 kB that is no
/// answer yet, and the program's own work beside them.
const GROWTH: u64 = 100_000_000;

/// The most memory the service ever took.
fn peak(service: &Running) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", service.id())).expect("it runs");
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).expect("/proc tells the memory");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") * 1_024
}

/// The tenants of these hooks, with the evil ones shared out among those without any.
fn set_up(hooks: &[Vec<Hook>], evil: &[EvilReceiver]) -> String {
    let mut text = String::new();
    for (number, tenant) in tenants(hooks).split("[[tenant]]\n").skip(1).enumerate() {
        text.push_str("[[tenant]]\n");
        text.push_str(tenant);
        let Some(number) = number.checked_sub(TENANTS) else { continue };
        for receiver in evil.iter().skip(number).step_by(TENANTS) {
            let _written =
                write!(text, "[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"*\"]\n", receiver.url());
        }
    }
    text
}

async fn the_memory_stays_bounded(mut home: Home) {
    let mut evil = Vec::new();
    for kind in KINDS.iter().cycle().take(EVIL) {
        evil.push(EvilReceiver::start(*kind).await);
    }
    let mut hooks = Vec::new();
    for _ in 0..TENANTS {
        hooks.push(vec![Hook::start(Manner::Well, Arc::new(AtomicBool::new(false))).await]);
    }
    hooks.resize_with(2 * TENANTS, Vec::new);
    home.set("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32").set("AYEAYE_LOG", "error");
    home.set_up(&set_up(&hooks, &evil));
    let mut events = Events::into(home.database().url()).await;
    let service = home.serve().await;
    let has_all = |events: &Events, number: usize| {
        let came = hooks[number][0].came();
        events.of(number).all(|it| came.contains_key(it))
    };
    events.write(TENANTS).await;
    wait::until("those that behave to be known", IN_TIME, async || {
        (0..TENANTS).all(|it| has_all(&events, it)).then_some(())
    })
    .await;
    let before = peak(&service);

    let begun = Instant::now();
    let attempts = || evil.iter().map(|it| it.connections.load(Ordering::Relaxed)).sum::<usize>();
    events.write(TENANTS).await;
    for _ in 0..EVENTS {
        events.write(2 * TENANTS).await;
        wait::until("those that behave to have theirs", IN_TIME, async || {
            (0..TENANTS).all(|it| has_all(&events, it)).then_some(())
        })
        .await;
    }
    wait::until("the storm", Duration::from_mins(1), async || (attempts() >= ATTEMPTS).then_some(())).await;
    let mut took: Vec<Duration> = Vec::new();
    for hook in hooks.iter().flatten() {
        took.extend(
            hook.came().iter().map(|(id, came)| came[0].saturating_duration_since(events.written[id].0)),
        );
    }
    took.sort_unstable();
    let after = peak(&service);
    eprintln!(
        "{} attempts in {:?}: peak {} MB before, {} MB after; those that behave waited {:?} at most",
        attempts(),
        begun.elapsed(),
        before / 1_000_000,
        after / 1_000_000,
        took[took.len() - 1],
    );
    for kind in KINDS {
        let mut its =
            evil.iter().filter(|it| std::mem::discriminant(&it.kind) == std::mem::discriminant(&kind));
        assert!(its.any(|it| it.connections.load(Ordering::Relaxed) > 0), "no {kind:?} was tried");
    }
    assert!(after - before < GROWTH, "{before} to {after} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_memory_stays_bounded_whatever_endpoints_answer() {
    run_on(Db::Sqlite, the_memory_stays_bounded).await;
}
