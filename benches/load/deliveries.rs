//! How fast a backlog of events reaches its receivers, and whether receivers that hang slow it down.

use std::{process, time::Duration};

use ayeaye::{
    app::App,
    domain::id::EventId,
    store::{self, Batch, event::Event},
};
use tokio::time::{Instant, sleep};

use crate::{
    Options,
    database::Database,
    receivers::Receivers,
    report::{Report, megabytes, whole},
    service::{Place, TENANT},
    usage,
};

/// Receivers that answer.
const RECEIVERS: usize = 20;
/// Receivers that never do, in the second run.
const HANGING: usize = 20;
/// Events written in one transaction.
const AT_ONCE: u32 = 500;
/// How long the backlog may take.
const PATIENCE: Duration = Duration::from_mins(10);

/// Delivers a backlog to receivers that answer, then another with as many beside them that hang.
pub(crate) async fn run(
    options: &Options,
    fresh: impl Fn() -> Place,
    database: &Database,
    report: &mut Report,
) {
    let events = options.deliveries.div_ceil(u32::try_from(RECEIVERS).unwrap_or(1));
    for hanging in [0, HANGING] {
        let place = fresh();
        let receivers = Receivers::start(RECEIVERS, hanging);
        place.set_up_with(&receivers.endpoints());
        let running = place.open().await;
        write(&running.app, events).await;
        running.stop().await;
        deliver(&place, &receivers, events, hanging, database, report).await;
    }
}

/// Writes events without a place: the service gives them theirs and one delivery per endpoint.
async fn write(app: &App, events: u32) {
    let catalog = app.catalog();
    let tenant = catalog.tenant_named(TENANT).expect("the tenant is set up").id;
    let mut left = events;
    while left > 0 {
        let count = left.min(AT_ONCE);
        left -= count;
        let now = app.now();
        let event = |_| Event {
            tenant,
            id: EventId::new(now, &app.random),
            kind: "consent.confirmed".to_owned(),
            at: now,
            contact: None,
            data: "{\"purpose\":\"newsletter\",\"state\":\"confirmed\"}".to_owned(),
            sequence: None,
        };
        let rows: Vec<Event> = (0..count).map(event).collect();
        let mut batch = Batch::default();
        store::event::put(&mut batch, &rows);
        let mut tx = app.store.begin().await.expect("a transaction");
        tx.batch(batch).await.expect("rows are written");
        tx.commit().await.expect("a commit");
    }
}

async fn deliver(
    place: &Place,
    receivers: &Receivers,
    events: u32,
    hanging: usize,
    database: &Database,
    report: &mut Report,
) {
    let (all, of_database) = (usize::try_from(events).unwrap_or(0) * RECEIVERS, database.processor());
    let of_client = usage::processor(process::id());
    let service = place.start().await.0;
    let begun = Instant::now();
    let mut most = 0;
    while receivers.came().count() < all && begun.elapsed() < PATIENCE {
        most = most.max(service.memory().resident);
        sleep(Duration::from_millis(50)).await;
    }
    let used = service.processor();
    let of_client = usage::processor(process::id()) - of_client;
    let of_database = database.processor().zip(of_database).map(|(after, before)| after - before);
    let came = receivers.came();
    let took = came.last.zip(came.first).map_or(0.0, |(last, first)| (last - first).as_secs_f64());
    let count = f64::from(u32::try_from(came.count()).unwrap_or(u32::MAX));
    report.note(format!(
        "{} deliveries to {RECEIVERS} receivers beside {hanging} that hang: {took:.1} s from the first to the last, \
         {} a second; resident at most {} MB; CPU s: service {:.1}, receivers {:.1}, database {}",
        whole(count),
        whole(count / took.max(1e-9)),
        megabytes(most),
        used.0,
        of_client.0,
        of_database.map_or_else(|| "–".to_owned(), |it| format!("{:.1}", it.0)),
    ));
    if came.count() != all {
        report.blame(format!("{} of {all} deliveries came:\n{}", came.count(), service.last_words()));
    }
    if came.again > 0 {
        report.blame(format!("{} came again", came.again));
    }
}
