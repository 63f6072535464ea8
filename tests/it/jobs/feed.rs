//! The total order of a tenant's events.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use ayeaye::{
    app::feed::Sequencer,
    domain::id::EventId,
    store::{self, Batch, event::Event},
};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{
    app::{TestApp, http},
    database::{Database, both},
};

both! {
    async fn places_are_dense_per_tenant_and_never_change(app: TestApp) {
        for n in 0..5 {
            app.sign_up("newsletter", &format!("a{n}@example.org"), &["newsletter"]).await;
            app.sign_up("lettre", &format!("b{n}@example.org"), &[]).await;
        }
        let before = app.events("acme").await;
        let places: Vec<i64> = before.iter().map(|it| it.sequence.unwrap()).collect();
        assert_eq!(places, (1..=10).collect::<Vec<i64>>());
        let other: Vec<i64> = app.events("beta").await.iter().map(|it| it.sequence.unwrap()).collect();
        assert_eq!(other, (1..=10).collect::<Vec<i64>>());
        app.sign_up("newsletter", "late@example.org", &["newsletter"]).await;
        let after = app.events("acme").await;
        assert_eq!(after[..10].iter().map(|it| it.id).collect::<Vec<_>>(), before.iter().map(|it| it.id).collect::<Vec<_>>());
        assert_eq!(after.len(), 12);
    }

    async fn a_reader_that_polls_while_many_write_misses_nothing(app: TestApp) {
        let tenant = app.tenant("acme").id;
        let url = format!("{}/f/newsletter", app.base());
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..8 {
            let url = url.clone();
            writers.spawn(async move {
                for n in 0..15 {
                    let request = crate::support::app::http().post(&url);
                    let body = format!("email=w{writer}-{n}%40example.org&p=newsletter");
                    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
                    assert_eq!(request.send().await.unwrap().status(), 303);
                }
            });
        }
        let (mut seen, mut last, mut idle) = (Vec::new(), 0, 0);
        let mut sequencers = [ayeaye::app::feed::Sequencer::default(), ayeaye::app::feed::Sequencer::default()];
        while idle < 3 {
            let done = writers.is_empty();
            for sequencer in &mut sequencers {
                sequencer.pass(app.app()).await.unwrap();
            }
            let page = ayeaye::app::feed::page(app.app(), tenant, last, 7).await.unwrap();
            for event in &page {
                assert_eq!(event.sequence, Some(last + 1), "a gap that a late commit could fill");
                last += 1;
                seen.push(event.id);
            }
            while writers.try_join_next().map(|it| it.unwrap()).is_some() {}
            idle = if done && page.is_empty() { idle + 1 } else { 0 };
            tokio::task::yield_now().await;
        }
        assert_eq!(seen.len(), 120);
    }

    async fn two_instances_give_one_order_that_every_reader_sees(app: TestApp) {
        let beside = app.beside().await;
        let (tenant, key) = (app.tenant("acme").id, app.api_key("acme").await);
        let mut writers = JoinSet::new();
        for writer in 0..8 {
            // Half of them come to one instance, half to the other.
            let address = if writer % 2 == 0 { app.running().addr } else { beside.addr };
            let url = format!("http://{address}/f/newsletter");
            writers.spawn(async move {
                for n in 0..10 {
                    let body = format!("email=w{writer}-{n}%40example.org&p=newsletter");
                    // Two writers of one SQLite file may keep each other waiting: who is sent away comes again.
                    let status = loop {
                        let request = http().post(&url).header("content-type", "application/x-www-form-urlencoded");
                        let status = request.body(body.clone()).send().await.unwrap().status();
                        if status != 503 {
                            break status;
                        }
                    };
                    assert_eq!(status, 303);
                }
            });
        }
        let done = Arc::new(AtomicBool::new(false));
        let is_sqlite = matches!(app.database, Database::Sqlite(_));
        let mut sequencers = JoinSet::new();
        for instance in [app.app().clone(), beside.app.clone()] {
            let done = Arc::clone(&done);
            sequencers.spawn(async move {
                let mut sequencer = Sequencer::default();
                while !done.load(Ordering::SeqCst) {
                    // As in service: a pass that failed is followed by another, and there is a pause between them.
                    // Two writers of one SQLite file may keep each other waiting longer than a writer waits.
                    match sequencer.pass(&instance).await {
                        Ok(_) => {}
                        Err(error) => assert!(is_sqlite, "{error}"),
                    }
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                // The other one may hold the lease: it goes on until both are told to end.
                sequencer.release(&instance).await.unwrap();
            });
        }
        // Readers of all three kinds begin in the middle of it, on the instance that did not write what they read.
        let poll = read_pages(beside.addr, &key);
        let other = read_pages(app.running().addr, &key);
        let stream = read_stream(beside.addr, &key);
        let (polled, others, streamed, ()) = tokio::join!(poll, other, stream, async {
            while let Some(written) = writers.join_next().await {
                written.unwrap();
            }
        });
        done.store(true, Ordering::SeqCst);
        while let Some(ended) = sequencers.join_next().await {
            ended.unwrap();
        }
        let order: Vec<String> =
            ayeaye::app::feed::page(app.app(), tenant, 0, 1_000).await.unwrap().iter().map(|it| it.id.to_string()).collect();
        assert_eq!(order.len(), 80);
        assert_eq!(polled, order);
        assert_eq!(others, order);
        assert_eq!(streamed, order);
        beside.stop().await;
    }

    async fn what_is_committed_late_comes_later(app: TestApp) {
        let (tenant, random) = (app.tenant("acme").id, &app.app().random);
        let told = |id| Event { tenant, id, kind: "ping".to_owned(), at: app.clock.now(), contact: None, data: "{}".to_owned(), sequence: None };
        // Its id says that it was first; it is committed last, after a reader has been there.
        let early = told(EventId::new(app.clock.now(), random));
        app.clock.advance(1_000);
        let late = told(EventId::new(app.clock.now(), random));
        let put = async |event: &Event| {
            let mut batch = Batch::default();
            store::event::put(&mut batch, std::slice::from_ref(event));
            let mut tx = app.app().store.begin().await.unwrap();
            tx.batch(batch).await.unwrap();
            tx
        };
        // SQLite has one writer: there nobody commits while another is at it.
        let open = matches!(app.database, Database::Postgres(_)).then_some(put(&early));
        let open = match open {
            Some(open) => Some(open.await),
            None => None,
        };
        put(&late).await.commit().await.unwrap();
        let mut sequencer = Sequencer::default();
        assert_eq!(sequencer.pass(app.app()).await.unwrap(), 1);
        let ids = async |after| {
            let page = ayeaye::app::feed::page(app.app(), tenant, after, 9).await.unwrap();
            page.iter().map(|it| (it.sequence.unwrap(), it.id)).collect::<Vec<_>>()
        };
        assert_eq!(ids(0).await, [(1, late.id)]);
        let open = match open {
            Some(open) => open,
            None => put(&early).await,
        };
        open.commit().await.unwrap();
        assert_eq!(sequencer.pass(app.app()).await.unwrap(), 1);
        assert_eq!(ids(1).await, [(2, early.id)], "whoever was there misses nothing");
        sequencer.release(app.app()).await.unwrap();
    }
}

/// The ids of eighty events, read page by page from an instance; the places have no gap.
async fn read_pages(address: SocketAddr, key: &str) -> Vec<String> {
    let (mut ids, mut after) = (Vec::new(), 0);
    while ids.len() < 80 {
        let url = format!("http://{address}/v1/events?after={after}&limit=7&wait=20");
        let text = http().get(url).bearer_auth(key).send().await.unwrap().text().await.unwrap();
        let page: Value = serde_json::from_str(&text).unwrap();
        for event in page["data"].as_array().unwrap() {
            after += 1;
            assert_eq!(event["sequence"], json!(after), "a gap that a late commit could fill");
            ids.push(event["id"].as_str().unwrap().to_owned());
        }
    }
    ids
}

/// The same from a stream that is cut off after every piece and taken up again where it was.
async fn read_stream(address: SocketAddr, key: &str) -> Vec<String> {
    let (mut ids, mut last) = (Vec::new(), String::new());
    while ids.len() < 80 {
        let request = http().get(format!("http://{address}/v1/events/stream")).bearer_auth(key);
        let request = if last.is_empty() { request } else { request.header("last-event-id", &last) };
        let (mut answer, mut text) = (request.send().await.unwrap(), String::new());
        while !text.contains("\ndata: ") {
            let piece = answer.chunk().await.unwrap().expect("it goes on");
            text.push_str(std::str::from_utf8(&piece).unwrap());
        }
        // The last event may be cut in two: only what is whole counts.
        let end = text.rfind("\n\n").unwrap();
        let whole = text.get(..end).unwrap();
        for event in whole.split("\n\n").filter(|it| it.starts_with("id: ")) {
            let data = event.lines().find_map(|it| it.strip_prefix("data: ")).unwrap();
            let event: Value = serde_json::from_str(data).unwrap();
            last = event["sequence"].to_string();
            assert_eq!(event["sequence"], json!(ids.len() + 1), "a gap that a late commit could fill");
            ids.push(event["id"].as_str().unwrap().to_owned());
        }
    }
    ids
}
