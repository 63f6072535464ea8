//! What became of deliveries, and sending them again.

use ayeaye::{
    domain::id::DeliveryId,
    store::{
        self,
        delivery::{self, Attempt, Delivery, Outcome},
        delivery_log::{self, Logged, Tried},
    },
};

use super::{World, at};
use crate::support::database::both;

const LAST: &str = "evt_7zzzzzzzzzzzzzzzzzzzzzzzzz";

impl World {
    /// A delivery whose event is there.
    async fn logged(&self, endpoint: &ayeaye::domain::catalog::Endpoint, created_at: i64) -> Delivery {
        let event = self.told(self.tenant, created_at);
        self.put(|batch| store::event::put(batch, std::slice::from_ref(&event))).await;
        let delivery = Delivery { event: event.id, ..self.delivery(endpoint.id, created_at) };
        self.deliver(std::slice::from_ref(&delivery)).await;
        delivery
    }

    /// Leases what is due and settles it.
    async fn attempt(
        &self,
        delivery: &Delivery,
        now: i64,
        status: Option<i64>,
        state: &'static str,
        due_at: i64,
    ) {
        let mut tx = self.begin().await;
        let leased =
            delivery::lease(&mut tx, delivery.endpoint, None, at(now), at(now + 60), 1).await.unwrap();
        assert_eq!(leased[0].id, delivery.id);
        let attempt = Attempt { status, ms: 12, note: "said".to_owned() };
        let outcome = Outcome { delivery: leased[0].clone(), attempt, state, due_at: at(due_at) };
        assert_eq!(delivery::settle(&mut tx, &[outcome], at(now + 1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }
}

both! {
    async fn deliveries_are_listed_with_their_last_attempt_by_the_newest_event(world: World) {
        let (ours, other) = (world.endpoint().await, world.endpoint().await);
        let first = world.logged(&ours, 10).await;
        world.attempt(&first, 20, Some(500), "waiting", 100).await;
        let second = world.logged(&ours, 30).await;
        world.logged(&other, 40).await;
        let mut peek = world.peek().await;
        let tenant = world.tenant;
        let found = delivery_log::list(&mut peek, tenant, ours.id, LAST, None, 9).await.unwrap();
        let shown = Logged {
            id: first.id,
            event: first.event,
            kind: Some("consent.confirmed".to_owned()),
            state: "waiting".to_owned(),
            due_at: at(100),
            attempts: 1,
            created_at: at(10),
            ended_at: None,
            last: Some((at(21), Some(500))),
        };
        let waiting = Logged { id: second.id, event: second.event, due_at: at(30), attempts: 0, created_at: at(30), last: None, kind: found[0].kind.clone(), ..shown.clone() };
        assert_eq!(found, [waiting.clone(), Logged { kind: found[1].kind.clone(), ..shown.clone() }]);
        assert!(found.iter().all(|it| it.kind.is_some()));
        let rest = delivery_log::list(&mut peek, tenant, ours.id, &second.event.to_string(), None, 9).await.unwrap();
        assert_eq!(rest.iter().map(|it| it.id).collect::<Vec<_>>(), [first.id]);
        assert_eq!(delivery_log::list(&mut peek, tenant, ours.id, LAST, None, 1).await.unwrap(), [waiting]);
        assert_eq!(delivery_log::list(&mut peek, tenant, ours.id, LAST, Some("failed"), 9).await.unwrap(), []);
        assert_eq!(delivery_log::list(&mut peek, tenant, ours.id, LAST, Some("waiting"), 9).await.unwrap().len(), 2);
        assert_eq!(delivery_log::list(&mut peek, world.neighbour, ours.id, LAST, None, 9).await.unwrap(), []);
        assert_eq!(delivery_log::find(&mut peek, tenant, other.id, first.id).await.unwrap(), None);
        assert_eq!(delivery_log::find(&mut peek, tenant, ours.id, first.id).await.unwrap().as_ref(), rest.first());
        let tried = Tried { number: 1, at: at(21), ms: 12, status: Some(500), note: "said".to_owned() };
        assert_eq!(delivery_log::attempts(&mut peek, tenant, first.id).await.unwrap(), [tried]);
        assert_eq!(delivery_log::attempts(&mut peek, world.neighbour, first.id).await.unwrap(), []);
    }

    async fn a_delivery_sent_again_is_due_with_all_attempts_and_keeps_its_log(world: World) {
        let endpoint = world.endpoint().await;
        let delivery = world.logged(&endpoint, 10).await;
        let again = async |now: i64, soon: i64| {
            let mut tx = world.begin().await;
            let put = delivery_log::again(&mut tx, world.tenant, delivery.id, at(now), at(soon)).await.unwrap();
            tx.commit().await.unwrap();
            put
        };
        assert!(!again(10, 70).await, "it is due");
        world.attempt(&delivery, 20, None, "waiting", 500).await;
        assert!(!again(490, 550).await, "it goes out soon");
        assert!(again(100, 160).await);
        world.attempt(&delivery, 100, Some(500), "failed", 100).await;
        assert!(again(200, 260).await);
        world.attempt(&delivery, 200, Some(204), "delivered", 200).await;
        let mut peek = world.peek().await;
        let log = delivery_log::attempts(&mut peek, world.tenant, delivery.id).await.unwrap();
        let short: Vec<_> = log.iter().map(|it| (it.number, it.status)).collect();
        assert_eq!(short, [(1, None), (2, Some(500)), (3, Some(204))]);
        let found = delivery_log::find(&mut peek, world.tenant, endpoint.id, delivery.id).await.unwrap().unwrap();
        assert_eq!((found.attempts, found.state.as_str()), (3, "delivered"));
    }

    async fn attempts_are_counted_and_not_leases(world: World) {
        let endpoint = world.endpoint().await;
        let delivery = world.logged(&endpoint, 10).await;
        world.attempt(&delivery, 20, Some(500), "waiting", 30).await;
        for now in 40..45 {
            let mut tx = world.begin().await;
            let leased = delivery::lease(&mut tx, endpoint.id, None, at(now), at(now + 60), 1).await.unwrap();
            delivery::give_back(&mut tx, &leased, at(now)).await.unwrap();
            tx.commit().await.unwrap();
        }
        world.attempt(&delivery, 50, Some(204), "delivered", 50).await;
        let mut peek = world.peek().await;
        let log = delivery_log::attempts(&mut peek, world.tenant, delivery.id).await.unwrap();
        let short: Vec<_> = log.iter().map(|it| (it.number, it.status)).collect();
        assert_eq!(short, [(1, Some(500)), (2, Some(204))]);
        let found = delivery_log::find(&mut peek, world.tenant, endpoint.id, delivery.id).await.unwrap().unwrap();
        let listed = delivery_log::list(&mut peek, world.tenant, endpoint.id, LAST, None, 9).await.unwrap();
        assert_eq!((found.attempts, listed), (2, vec![found]));
    }

    async fn a_range_is_put_once_and_only_what_it_lacks(world: World) {
        let endpoint = world.endpoint().await;
        let delivered = world.logged(&endpoint, 10).await;
        world.attempt(&delivered, 10, Some(204), "delivered", 10).await;
        let failed = world.logged(&endpoint, 20).await;
        world.attempt(&failed, 20, Some(500), "failed", 20).await;
        let retried = world.logged(&endpoint, 25).await;
        world.attempt(&retried, 25, Some(500), "waiting", 99_900).await;
        let waiting = world.logged(&endpoint, 30).await;
        let new = world.told(world.tenant, 40);
        let events = [delivered.event, failed.event, retried.event, waiting.event, new.id];
        let put = async |delivered: bool, now: i64| {
            let named: Vec<_> = events.iter().map(|it| (DeliveryId::new(at(now), &world.random), *it)).collect();
            let mut tx = world.begin().await;
            let put = delivery_log::put_again(&mut tx, world.tenant, endpoint.id, &named, delivered, at(now)).await.unwrap();
            tx.commit().await.unwrap();
            put
        };
        assert_eq!(put(false, 100).await, 3, "what failed, what waits for its next try and what never was");
        assert_eq!(put(false, 110).await, 0);
        assert_eq!(put(true, 120).await, 1, "what it had");
        let mut peek = world.peek().await;
        let all = delivery_log::list(&mut peek, world.tenant, endpoint.id, LAST, Some("waiting"), 9).await.unwrap();
        let due: Vec<_> = all.iter().map(|it| (it.event, it.due_at)).collect();
        let expected = events.into_iter().rev().zip([100, 30, 100, 100, 120].map(at));
        assert_eq!(due, expected.collect::<Vec<_>>(), "what is under way or due stays as it is");
        world.attempt(&waiting, 130, Some(500), "waiting", 99_900).await;
        assert_eq!(put(true, 140).await, 1, "what waits for its next try, of all");
        let none = delivery_log::put_again(&mut world.begin().await, world.tenant, endpoint.id, &[], true, at(1)).await;
        assert_eq!(none.unwrap(), 0);
    }
}
