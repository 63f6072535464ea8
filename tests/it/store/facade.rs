//! Transactions, batches and the schema.

use std::task::Poll;

use ayeaye::{
    domain::id::{ChallengeId, ContactId, EvidenceId},
    store::{
        self, Batch, Error, Store, Tx, challenge::Challenge, consent, event::Event, evidence::Evidence,
        migrate::Schema,
    },
};

use super::{World, at};
use crate::support::database::{Database, both};

impl World {
    fn event(&self, data: &str) -> Event {
        Event {
            tenant: self.tenant,
            id: ayeaye::domain::id::EventId::new(at(3), &self.random),
            kind: "pause.ended".to_owned(),
            at: at(3),
            contact: None,
            data: data.to_owned(),
            sequence: None,
        }
    }

    async fn events(&self) -> usize {
        store::event::unplaced(&mut self.peek().await, 10_000).await.unwrap().len()
    }
}

both! {
    async fn what_is_committed_is_on_the_disk_whatever_the_server_would_do(database: Database) {
        let mut url = database.url().to_owned();
        if !url.starts_with("sqlite:") {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str("options[synchronous_commit]=off");
        }
        let store = Store::open(&url).await.unwrap();
        assert!(store.is_synced().await.unwrap());
        store.close().await;
    }

    async fn a_migrated_database_is_current_and_migrating_again_changes_nothing(database: Database) {
        let store = Store::open(database.url()).await.unwrap();
        assert_eq!(store.schema().await.unwrap(), Schema::Behind(1));
        store.migrate().await.unwrap();
        assert_eq!(store.schema().await.unwrap(), Schema::Current);
        store.migrate().await.unwrap();
        assert_eq!(store.schema().await.unwrap(), Schema::Current);
        assert_eq!(store::catalog::version(&mut store.peek().await.unwrap()).await.unwrap(), 1);
        store.close().await;
    }

    async fn scrubbing_waits_for_readers_and_keeps_what_is_committed(world: World) {
        let read = world.store.read().await.unwrap();
        let mut read = read;
        assert_eq!(store::event::unplaced(&mut read, 9).await.unwrap().len(), 0);
        world.put(|batch| store::event::put(batch, &[world.event("{}")])).await;
        let (scrubbed, ()) = tokio::join!(world.store.scrub(), async {
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
            drop(read);
        });
        assert!(scrubbed.unwrap());
        if let Some(path) = world.url.strip_prefix("sqlite:") {
            assert_eq!(std::fs::metadata(format!("{path}-wal")).unwrap().len(), 0);
        }
        assert_eq!(world.events().await, 1);
        world.put(|batch| store::event::put(batch, &[world.event("{}")])).await;
        assert_eq!(world.events().await, 2);
    }

    async fn what_is_committed_is_seen_and_what_is_dropped_is_not(world: World) {
        let mut tx = world.begin().await;
        let mut batch = Batch::default();
        store::event::put(&mut batch, &[world.event("{}")]);
        tx.batch(batch).await.unwrap();
        assert_eq!(world.events().await, 0, "others see nothing of an open transaction");
        assert_eq!(store::event::unplaced(&mut tx, 9).await.unwrap().len(), 1, "it sees its own rows");
        drop(tx);
        assert_eq!(world.events().await, 0);
        world.put(|batch| store::event::put(batch, &[world.event("{}")])).await;
        assert_eq!(world.events().await, 1);
    }

    async fn a_reading_transaction_sees_one_state_and_writes_nothing(world: World) {
        let mut read = world.store.read().await.unwrap();
        assert_eq!(store::event::unplaced(&mut read, 9).await.unwrap().len(), 0);
        world.put(|batch| store::event::put(batch, &[world.event("{}")])).await;
        assert_eq!(store::event::unplaced(&mut read, 9).await.unwrap().len(), 0, "the state it began with");
        let mut batch = Batch::default();
        store::event::put(&mut batch, &[world.event("{}")]);
        assert!(read.batch(batch).await.is_err(), "it may not write");
        drop(read);
        assert_eq!(world.events().await, 1);
    }

    async fn a_peek_sees_each_time_what_is_there_now(world: World) {
        let mut peek = world.peek().await;
        assert_eq!(store::event::unplaced(&mut peek, 9).await.unwrap().len(), 0);
        world.put(|batch| store::event::put(batch, &[world.event("{}")])).await;
        assert_eq!(store::event::unplaced(&mut peek, 9).await.unwrap().len(), 1);
        peek.commit().await.unwrap();
    }

    async fn what_is_written_beside_stays_when_the_transaction_is_dropped(world: World) {
        let budget = store::budget::Budget { id: "form".to_owned(), most: 1, span: 1_000, gap: 0 };
        let taken = async |tx: &mut Tx| store::budget::take(tx, std::slice::from_ref(&budget), at(1)).await.unwrap();
        let tx = world.begin().await;
        let Some(mut beside) = world.store.beside().await.unwrap() else {
            assert!(world.url.starts_with("sqlite:"), "only SQLite counts inside the transaction");
            return;
        };
        assert_eq!(taken(&mut beside).await, [true]);
        drop(tx);
        assert_eq!(taken(&mut beside).await, [false]);
    }

    async fn a_closed_store_refuses(world: World) {
        world.store.close().await;
        assert!(world.store.begin().await.is_err());
        assert!(world.store.peek().await.is_err());
        assert!(world.store.read().await.is_err());
    }

    async fn a_batch_runs_statements_of_every_kind_with_null_and_boolean(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let grace = world.meet(world.neighbour, "grace@example.org").await;
        let evidence = Evidence {
            tenant: world.tenant,
            id: EvidenceId::new(at(5), &world.random),
            contact: ada.id,
            kind: "consent.confirmed".to_owned(),
            at: at(5),
            receipt: None,
            record: Some("{\"price\": \"$1 is no placeholder\"}".to_owned()),
            salt: None,
            position: None,
        };
        let endpoint = super::endpoint::endpoint(&world, true);
        let purpose = ayeaye::domain::id::PurposeId::new(&world.random);
        let stored = world.consent(purpose, ayeaye::domain::consent::State::Confirmed);
        world.put(|batch| {
            consent::put(batch, world.tenant, ada.id, &[]);
            store::contact::set_pause(batch, world.tenant, ada.id, Some(at(99)));
            store::event::put(batch, &[world.event("{\"a\":1}"), world.event("{}")]);
            store::evidence::put(batch, &evidence);
            store::endpoint::put(batch, &endpoint);
            consent::put(batch, world.tenant, ada.id, &[stored]);
            store::contact::set_pause(batch, world.neighbour, grace.id, None);
        }).await;
        let mut tx = world.store.read().await.unwrap();
        let (there, consents) = consent::overview(&mut tx, world.tenant, ada.id).await.unwrap().unwrap();
        assert_eq!((there.paused_until, consents), (Some(at(99)), vec![stored]));
        assert_eq!(store::evidence::find(&mut tx, world.tenant, evidence.id).await.unwrap(), Some(evidence));
        let catalog = store::catalog::load(&mut tx).await.unwrap();
        assert!(catalog.endpoints[&endpoint.id].addresses);
        assert_eq!(store::event::unplaced(&mut tx, 9).await.unwrap().len(), 2);
    }

    async fn a_batch_takes_hundreds_of_rows_and_an_empty_one_nothing(world: World) {
        let events: Vec<Event> = (0..500).map(|at| world.event(&format!("{at}"))).collect();
        world.put(|batch| {
            store::event::put(batch, &events);
            store::event::put(batch, &[]);
        }).await;
        let mut expected = events;
        expected.sort_by_key(|it| it.id);
        assert_eq!(store::event::unplaced(&mut world.peek().await, 1_000).await.unwrap(), expected);
        world.write(Batch::default()).await;
        assert_eq!(world.events().await, 500);
    }

    async fn a_batch_of_hundreds_of_statements_runs_whole(world: World) {
        world.put(|batch| {
            for at in 0..300 {
                store::event::put(batch, &[world.event(&format!("{at}"))]);
            }
        }).await;
        assert_eq!(world.events().await, 300);
    }

    async fn one_failing_member_undoes_a_batch_and_its_whole_transaction(world: World) {
        let twice = world.event("{}");
        let mut tx = world.begin().await;
        let mut batch = Batch::default();
        store::event::put(&mut batch, &[world.event("before")]);
        tx.batch(batch).await.unwrap();
        let mut batch = Batch::default();
        store::event::put(&mut batch, &[world.event("same batch"), twice.clone()]);
        store::event::put(&mut batch, &[twice]);
        store::event::put(&mut batch, &[world.event("after")]);
        assert!(matches!(tx.batch(batch).await, Err(Error::Database(_))));
        assert!(matches!(tx.commit().await, Err(Error::Broken)));
        assert_eq!(world.events().await, 0);
    }

    async fn a_broken_transaction_runs_nothing_more(world: World) {
        let event = world.event("{}");
        world.put(|batch| store::event::put(batch, std::slice::from_ref(&event))).await;
        let mut tx = world.begin().await;
        let mut batch = Batch::default();
        store::event::put(&mut batch, std::slice::from_ref(&event));
        assert!(tx.batch(batch).await.is_err());
        assert!(matches!(store::event::unplaced(&mut tx, 9).await, Err(Error::Broken)));
        assert!(matches!(store::event::reserve(&mut tx, world.tenant, 9).await, Err(Error::Broken)));
        assert!(tx.commit().await.is_err());
        let mut tx = world.begin().await;
        assert_eq!(store::event::reserve(&mut tx, world.tenant, 1).await.unwrap(), 0, "nothing was reserved");
        tx.commit().await.unwrap();
    }

    async fn a_statement_given_up_half_way_breaks_its_transaction(world: World) {
        // Polled once, so that it is on its way, and dropped; a database that answers within that poll is asked again. On
        // a busy machine it does so again and again, unless what it is asked takes a while.
        let entries: Vec<String> = (0..3_000).map(|it| format!("entry {it}")).collect();
        let mut given_up = false;
        for _ in 0..100 {
            let mut tx = world.begin().await;
            let mut batch = Batch::default();
            store::log::put_entries(&mut batch, 0, &entries);
            let mut write = Box::pin(tx.batch(batch));
            let first = std::future::poll_fn(|context| Poll::Ready(write.as_mut().poll(context))).await;
            drop(write);
            if first.is_pending() {
                assert!(matches!(tx.commit().await, Err(Error::Broken)));
                given_up = true;
                break;
            }
        }
        assert!(given_up, "the database always answered at once");
        let mut tx = world.begin().await;
        assert!(store::log::entries(&mut tx, 0, 1).await.unwrap().is_empty());
        tx.commit().await.unwrap();
    }

    async fn a_failed_peek_does_not_harm_the_next(world: World) {
        let contact = ContactId::new(at(1), &world.random);
        let challenge = Challenge {
            tenant: world.tenant,
            id: ChallengeId::new(at(1), &world.random),
            contact,
            created_at: at(1),
            expires_at: at(9),
            tries: 0,
            used_at: None,
        };
        world.put(|batch| store::challenge::put(batch, &challenge)).await;
        let mut peek = world.peek().await;
        let mut batch = Batch::default();
        store::challenge::put(&mut batch, &challenge);
        assert!(peek.batch(batch).await.is_err());
        assert_eq!(store::challenge::find(&mut peek, world.tenant, challenge.id).await.unwrap(), Some(challenge));
    }
}
