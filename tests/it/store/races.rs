//! Two at once: what concurrent transactions may not do to each other.

use std::{collections::BTreeSet, sync::Arc};

use ayeaye::{
    domain::id::{ContactId, PurposeId},
    store::{
        budget::{self, Budget},
        consent, contact, delivery, erasure, event, gate, lease, mail, request, suppression,
    },
};

use super::{World, at, delivery::outcome, meet_in};
use crate::support::database::both;

/// Runs `count` of them at once and collects what they answer.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    count: i64,
    task: impl Fn(i64) -> F,
) -> Vec<T> {
    let tasks: Vec<_> = (0..count).map(|number| tokio::spawn(task(number))).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

both! {
    async fn those_who_meet_a_new_address_at_once_meet_one_person(world: World) {
        let world = Arc::new(world);
        let met = at_once(20, |_| {
            let world = Arc::clone(&world);
            async move {
                let mut tx = world.begin().await;
                let id = ContactId::new(at(1), &world.random);
                let contact = meet_in(&mut tx, world.tenant, id, "ada@example.org").await;
                tx.commit().await.unwrap();
                contact.id
            }
        }).await;
        assert_eq!(met.iter().collect::<BTreeSet<_>>().len(), 1);
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM contact").await, 1);
    }

    async fn one_who_suppresses_an_address_finds_who_is_being_met_there(world: World) {
        let world = Arc::new(world);
        let mut meeting = world.begin().await;
        let ada = ContactId::new(at(1), &world.random);
        meet_in(&mut meeting, world.tenant, ada, "ada@example.org").await;
        let suppressing = Arc::clone(&world);
        let suppressing = tokio::spawn(async move {
            let mut tx = suppressing.begin().await;
            let hashes = ["hash of ada@example.org".to_owned(), "hash of bob@example.org".to_owned()];
            suppression::lock(&mut tx, suppressing.tenant, &hashes).await.unwrap();
            let keys = ["ada@example.org".to_owned(), "bob@example.org".to_owned()].into();
            contact::by_addresses(&mut tx, suppressing.tenant, &keys).await.unwrap()
        });
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        meeting.commit().await.unwrap();
        let found: Vec<_> = suppressing.await.unwrap().into_iter().collect();
        assert_eq!(found, [("ada@example.org".to_owned(), ada)]);
        let keys = ["ada@example.org".to_owned()].into();
        let elsewhere = contact::by_addresses(&mut world.begin().await, world.neighbour, &keys).await.unwrap();
        assert!(elsewhere.is_empty());
    }

    async fn one_who_waits_for_a_person_being_forgotten_meets_a_new_one(world: World) {
        let world = Arc::new(world);
        let old = world.meet(world.tenant, "ada@example.org").await.id;
        let mut tx = world.begin().await;
        contact::lock(&mut tx, world.tenant, old, at(2)).await.unwrap().unwrap();
        erasure::forget(&mut tx, world.tenant, old).await.unwrap();
        let waiting = Arc::clone(&world);
        let waiting = tokio::spawn(async move { waiting.meet(waiting.tenant, "ada@example.org").await.id });
        tokio::task::yield_now().await;
        tx.commit().await.unwrap();
        assert_ne!(waiting.await.unwrap(), old);
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM contact").await, 1);
    }

    async fn signups_of_one_person_at_once_have_generations_without_a_gap(world: World) {
        let world = Arc::new(world);
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let ids = at_once(20, |_| {
            let world = Arc::clone(&world);
            async move {
                let mut tx = world.begin().await;
                contact::lock(&mut tx, world.tenant, ada, at(2)).await.unwrap().unwrap();
                let id = ayeaye::domain::id::RequestId::new(at(1), &world.random);
                let new = request::NewRequest {
                    minor: None,
                    tenant: world.tenant,
                    id,
                    contact: Some(ada),
                    form: None,
                    recipient: "recipient",
                    locale: ayeaye::domain::Locale::En,
                    purposes: &[],
                    created_at: at(1),
                    expires_at: at(9),
                    same_as: None,
                    fields: None,
                };
                let mut batch = ayeaye::store::Batch::default();
                request::put(&mut batch, &new);
                tx.batch(batch).await.unwrap();
                tx.commit().await.unwrap();
                id
            }
        }).await;
        let mut peek = world.peek().await;
        let mut generations = BTreeSet::new();
        for id in ids {
            let facts = request::find(&mut peek, world.tenant, id).await.unwrap().unwrap().facts;
            assert_eq!(facts.newest, 20);
            generations.insert(facts.generation);
        }
        assert_eq!(generations, (1..=20).collect());
    }

    async fn a_budget_asked_by_a_hundred_at_once_grants_exactly_its_number(world: World) {
        let world = Arc::new(world);
        let granted = at_once(100, |number| {
            let world = Arc::clone(&world);
            async move {
                // In either order, as two requests name them.
                let mut budgets = vec![
                    Budget { id: "network".to_owned(), most: 1_000, span: 1_000, gap: 0 },
                    Budget { id: "recipient".to_owned(), most: 7, span: 1_000, gap: 0 },
                ];
                let place = if number % 2 == 0 { 1 } else { budgets.reverse(); 0 };
                let now = at(number % 5);
                let granted = if let Some(mut beside) = world.store.beside().await.unwrap() {
                    budget::take(&mut beside, &budgets, now).await.unwrap()
                } else {
                    let mut tx = world.begin().await;
                    let granted = budget::take(&mut tx, &budgets, now).await.unwrap();
                    tx.commit().await.unwrap();
                    granted
                };
                assert!(granted[1 - place], "the network has room");
                granted[place]
            }
        }).await;
        assert_eq!(granted.iter().filter(|it| **it).count(), 7);
    }

    async fn four_workers_lease_every_mail_once(world: World) {
        let world = Arc::new(world);
        let someone = ContactId::new(at(1), &world.random);
        let mut written = BTreeSet::new();
        for moment in 1..=203 {
            written.insert(world.mail(someone, moment).await.id);
        }
        let leased = at_once(4, |_| {
            let world = Arc::clone(&world);
            async move {
                let mut mine = Vec::new();
                // Others may hold what is left for a moment: only a round after all are done finds nothing.
                for _ in 0..60 {
                    let mut tx = world.begin().await;
                    let got = mail::lease(&mut tx, at(500), at(900), 10).await.unwrap();
                    tx.commit().await.unwrap();
                    assert!(got.len() <= 10);
                    mine.extend(got.into_iter().map(|it| (it.id, it.lease)));
                }
                mine
            }
        }).await;
        let all: Vec<_> = leased.into_iter().flatten().collect();
        assert!(all.iter().all(|(_, lease)| *lease == 1));
        assert_eq!(all.len(), 203, "none twice");
        assert_eq!(all.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>(), written);
    }

    async fn four_workers_lease_every_delivery_once(world: World) {
        let world = Arc::new(world);
        let endpoint = world.endpoint().await.id;
        let deliveries: Vec<_> = (1..=203).map(|moment| world.delivery(endpoint, moment)).collect();
        world.deliver(&deliveries).await;
        let leased = at_once(4, |_| {
            let world = Arc::clone(&world);
            async move {
                let mut mine = Vec::new();
                for _ in 0..60 {
                    let mut tx = world.begin().await;
                    let got = delivery::lease(&mut tx, endpoint, None, at(500), at(900), 10).await.unwrap();
                    tx.commit().await.unwrap();
                    assert!(got.len() <= 10);
                    mine.extend(got.into_iter().map(|it| (it.id, it.lease)));
                }
                mine
            }
        }).await;
        let all: Vec<_> = leased.into_iter().flatten().collect();
        assert!(all.iter().all(|(_, lease)| *lease == 1));
        assert_eq!(all.len(), 203, "none twice");
        let written: BTreeSet<_> = deliveries.iter().map(|it| it.id).collect();
        assert_eq!(all.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>(), written);
    }

    async fn two_that_remove_old_deliveries_leave_no_attempt_without_its_delivery(world: World) {
        let world = Arc::new(world);
        let endpoint = world.endpoint().await.id;
        let deliveries: Vec<_> = (0..400).map(|it| world.delivery(endpoint, it)).collect();
        world.deliver(&deliveries).await;
        let leases = world.lease(endpoint, 999, 2_000, 999).await;
        let ended: Vec<_> = leases.iter().map(|it| outcome(it, "delivered", 999)).collect();
        let mut tx = world.begin().await;
        assert_eq!(delivery::settle(&mut tx, &ended, at(999)).await.unwrap(), 400);
        tx.commit().await.unwrap();
        // Each begins while another is at it: what one removes, the next one does not find.
        let removed = at_once(10, |_| {
            let world = Arc::clone(&world);
            async move {
                let mut tx = world.begin().await;
                let removed = delivery::prune(&mut tx, at(1_000), 30).await.unwrap();
                tokio::task::yield_now().await;
                tx.commit().await.unwrap();
                removed
            }
        }).await;
        let left = 400 - i64::try_from(removed.into_iter().sum::<u64>()).unwrap();
        assert!(left < 400);
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM delivery").await, left);
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM attempt").await, left);
    }

    async fn a_job_is_taken_by_one_of_many(world: World) {
        let world = Arc::new(world);
        for round in 1..=5 {
            let now = at(round * 100);
            let tokens = at_once(8, |_| {
                let world = Arc::clone(&world);
                async move {
                    let mut tx = world.begin().await;
                    let token = lease::take(&mut tx, "feed", now, now.plus(50)).await.unwrap();
                    tx.commit().await.unwrap();
                    token
                }
            }).await;
            let taken: Vec<i64> = tokens.into_iter().flatten().collect();
            assert_eq!(taken, [round], "one, with the next token");
        }
        let mut tx = world.begin().await;
        assert!(!lease::hold(&mut tx, "feed", 4, at(999)).await.unwrap(), "the one before is fenced");
        assert!(lease::hold(&mut tx, "feed", 5, at(999)).await.unwrap());
        tx.commit().await.unwrap();
    }

    async fn places_reserved_at_once_are_distinct(world: World) {
        let world = Arc::new(world);
        let mut firsts = at_once(10, |_| {
            let world = Arc::clone(&world);
            async move {
                let mut tx = world.begin().await;
                let first = event::reserve(&mut tx, world.tenant, 5).await.unwrap();
                tx.commit().await.unwrap();
                first
            }
        }).await;
        firsts.sort_unstable();
        assert_eq!(firsts, (0..50).step_by(5).collect::<Vec<i64>>());
    }

    async fn checks_of_the_same_people_note_their_use_without_waiting_for_each_other(world: World) {
        let world = Arc::new(world);
        let purpose = PurposeId::new(&world.random);
        let mut people = Vec::new();
        for number in 0..60 {
            let id = world.meet(world.tenant, &format!("{number}@example.org")).await.id;
            let stored = world.consent(purpose, ayeaye::domain::consent::State::Confirmed);
            world.put(|batch| consent::put(batch, world.tenant, id, &[stored])).await;
            people.push(id.to_string());
        }
        let people = Arc::new(people);
        at_once(16, |number| {
            let (world, people) = (Arc::clone(&world), Arc::clone(&people));
            async move {
                let mut asked = people.to_vec();
                let turn = usize::try_from(number * 7).unwrap() % asked.len();
                asked.rotate_left(turn);
                if number % 2 == 0 {
                    asked.reverse();
                }
                let asked = serde_json::to_string(&asked).unwrap();
                let mut tx = world.begin().await;
                gate::mark_used(&mut tx, world.tenant, purpose, &asked, at(number)).await.unwrap();
                tx.commit().await.unwrap();
            }
        }).await;
    }
}
