//! Events on their way to endpoints.

use ayeaye::{
    domain::{
        catalog::Endpoint,
        id::{DeliveryId, EndpointId},
    },
    store::{
        self,
        delivery::{self, Attempt, Delivery, Outcome},
    },
};

use super::{World, at, endpoint::endpoint};
use crate::support::database::both;

pub(super) fn outcome(delivery: &Delivery, state: &'static str, due_at: i64) -> Outcome {
    let attempt = Attempt { status: Some(204), ms: 12, note: String::new() };
    Outcome { delivery: delivery.clone(), attempt, state, due_at: at(due_at) }
}

impl World {
    pub(crate) async fn endpoint(&self) -> Endpoint {
        let endpoint = endpoint(self, false);
        self.put(|batch| store::endpoint::put(batch, &endpoint)).await;
        endpoint
    }

    pub(crate) fn delivery(&self, endpoint: EndpointId, created_at: i64) -> Delivery {
        Delivery {
            tenant: self.tenant,
            id: DeliveryId::new(at(created_at), &self.random),
            endpoint,
            event: self.told(self.tenant, created_at).id,
            attempts: 0,
            lease: 0,
            created_at: at(created_at),
        }
    }

    pub(crate) async fn deliver(&self, deliveries: &[Delivery]) {
        let mut tx = self.begin().await;
        delivery::put(&mut tx, deliveries).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(super) async fn lease(
        &self,
        endpoint: EndpointId,
        now: i64,
        until: i64,
        limit: i64,
    ) -> Vec<Delivery> {
        let mut tx = self.begin().await;
        let leased =
            delivery::lease(&mut tx, endpoint, Some("here"), at(now), at(until), limit).await.unwrap();
        tx.commit().await.unwrap();
        leased
    }
}

fn leased(delivery: &Delivery, number: i64) -> Delivery {
    Delivery { attempts: number, lease: number, ..delivery.clone() }
}

both! {
    async fn an_event_goes_to_an_endpoint_once(world: World) {
        let endpoint = world.endpoint().await.id;
        let first = world.delivery(endpoint, 10);
        let again = Delivery { id: DeliveryId::new(at(20), &world.random), created_at: at(20), ..first.clone() };
        world.deliver(std::slice::from_ref(&first)).await;
        world.deliver(&[again, world.delivery(endpoint, 30)]).await;
        world.deliver(&[]).await;
        assert_eq!(world.lease(endpoint, 20, 99, 9).await, [leased(&first, 1)]);
    }

    async fn the_longest_due_deliveries_of_one_endpoint_are_leased(world: World) {
        let (ours, other) = (world.endpoint().await.id, world.endpoint().await.id);
        let deliveries = [30, 10, 20, 41].map(|created_at| world.delivery(ours, created_at));
        let others = world.delivery(other, 5);
        world.deliver(&deliveries).await;
        world.deliver(std::slice::from_ref(&others)).await;
        let due = async || delivery::first_due(&mut world.peek().await).await.unwrap();
        assert_eq!(due().await, [(other, at(5)), (ours, at(10))]);
        assert_eq!(
            world.lease(ours, 40, 100, 2).await,
            [leased(&deliveries[1], 1), leased(&deliveries[2], 1)]
        );
        assert_eq!(world.lease(ours, 40, 100, 2).await, [leased(&deliveries[0], 1)]);
        assert_eq!(world.lease(ours, 40, 100, 2).await, []);
        assert_eq!(due().await, [(other, at(5)), (ours, at(41))]);
        assert_eq!(world.lease(other, 40, 100, 2).await, [leased(&others, 1)]);
        assert_eq!(world.lease(ours, 100, 200, 9).await.len(), 4, "a lease that ended is given again");
    }

    async fn only_the_own_lease_settles_a_delivery(world: World) {
        let endpoint = world.endpoint().await.id;
        let written = world.delivery(endpoint, 10);
        world.deliver(std::slice::from_ref(&written)).await;
        let first = world.lease(endpoint, 10, 20, 1).await.remove(0);
        let second = world.lease(endpoint, 20, 30, 1).await.remove(0);
        let mut tx = world.begin().await;
        let both = [outcome(&first, "delivered", 0), outcome(&second, "waiting", 50)];
        assert_eq!(delivery::settle(&mut tx, &both, at(21)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(world.lease(endpoint, 49, 60, 9).await, []);
        let third = world.lease(endpoint, 50, 60, 9).await.remove(0);
        assert_eq!(third, leased(&written, 3));
        let mut tx = world.begin().await;
        assert_eq!(delivery::settle(&mut tx, &[outcome(&third, "delivered", 50)], at(51)).await.unwrap(), 1);
        assert_eq!(delivery::settle(&mut tx, &[outcome(&third, "failed", 50)], at(52)).await.unwrap(), 0);
        assert_eq!(delivery::settle(&mut tx, &[], at(53)).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(world.lease(endpoint, 999, 9_999, 9).await, []);
        assert_eq!(delivery::counts(&mut world.peek().await, at(0)).await.unwrap(), (0, 0));
        let attempts = world.raw_count("SELECT COUNT(*) FROM attempt WHERE note = '' AND status = 204 AND ms = 12").await;
        assert_eq!(attempts, 3, "every attempt is on record");
    }

    async fn only_the_own_lease_is_prolonged_or_given_back(world: World) {
        let endpoint = world.endpoint().await.id;
        let written = [10, 11, 12].map(|created_at| world.delivery(endpoint, created_at));
        world.deliver(&written).await;
        let first = world.lease(endpoint, 20, 30, 3).await;
        let mut tx = world.begin().await;
        assert_eq!(delivery::keep(&mut tx, &first[..1], at(90)).await.unwrap(), [first[0].id]);
        assert_eq!(delivery::keep(&mut tx, &[], at(90)).await.unwrap(), []);
        tx.commit().await.unwrap();
        let second = world.lease(endpoint, 30, 90, 1).await;
        assert_eq!(second.len(), 1, "one of the two that were not prolonged");
        let taken = &second[0];
        let (late, kept): (Vec<_>, Vec<_>) = first.iter().cloned().partition(|it| it.id == taken.id);
        let mut tx = world.begin().await;
        assert_eq!(delivery::keep(&mut tx, &late, at(500)).await.unwrap(), [], "another has it now");
        delivery::give_back(&mut tx, &late, at(1)).await.unwrap();
        delivery::give_back(&mut tx, &kept, at(40)).await.unwrap();
        tx.commit().await.unwrap();
        let again = world.lease(endpoint, 40, 90, 9).await;
        let expected: Vec<_> = kept.iter().map(|it| Delivery { lease: 2, ..it.clone() }).collect();
        assert_eq!(again, expected, "as if they had not been taken");
    }

    async fn what_an_instance_held_before_it_crashed_is_due_when_it_starts_again(world: World) {
        let endpoint = world.endpoint().await.id;
        let written = [10, 11, 12, 13].map(|created_at| world.delivery(endpoint, created_at));
        world.deliver(&written).await;
        let mine = world.lease(endpoint, 20, 60, 2).await;
        let mut tx = world.begin().await;
        let theirs = delivery::lease(&mut tx, endpoint, Some("there"), at(20), at(60), 1).await.unwrap();
        let again = [outcome(&mine[0], "waiting", 50)];
        assert_eq!(delivery::settle(&mut tx, &again, at(21)).await.unwrap(), 1);
        assert_eq!(delivery::take_over(&mut tx, "here", at(30), at(59)).await.unwrap(), 0, "not so long ones");
        assert_eq!(delivery::take_over(&mut tx, "here", at(30), at(60)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let due: Vec<_> = world.lease(endpoint, 30, 90, 9).await.into_iter().map(|it| it.id).collect();
        assert_eq!(due, [mine[1].id, written[3].id], "what waits for its time and what is another's stays");
        assert_eq!(world.lease(endpoint, 60, 90, 9).await.len(), 1 + theirs.len());
    }

    async fn what_waits_for_a_disabled_endpoint_fails(world: World) {
        let (ours, other) = (world.endpoint().await.id, world.endpoint().await.id);
        let deliveries = [10, 20].map(|created_at| world.delivery(ours, created_at));
        let others = world.delivery(other, 10);
        world.deliver(&deliveries).await;
        world.deliver(std::slice::from_ref(&others)).await;
        let done = world.lease(ours, 10, 20, 1).await.remove(0);
        let mut tx = world.begin().await;
        assert_eq!(delivery::settle(&mut tx, &[outcome(&done, "delivered", 0)], at(15)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        world.put(|batch| delivery::fail_waiting(batch, ours, at(30))).await;
        let mut peek = world.peek().await;
        assert_eq!(delivery::counts(&mut peek, at(29)).await.unwrap(), (1, 1));
        assert_eq!(delivery::counts(&mut peek, at(30)).await.unwrap(), (1, 0));
        assert_eq!(world.lease(ours, 99, 199, 9).await, []);
        assert_eq!(world.lease(other, 99, 199, 9).await, [leased(&others, 1)]);
    }

    async fn ended_deliveries_go_with_their_attempts_the_oldest_first_and_limited(world: World) {
        let endpoint = world.endpoint().await.id;
        let deliveries: Vec<Delivery> = (1..=4).map(|created_at| world.delivery(endpoint, created_at)).collect();
        world.deliver(&deliveries).await;
        let leases = world.lease(endpoint, 9, 20, 9).await;
        let mut tx = world.begin().await;
        for (lease, (state, ended_at)) in
            leases.iter().zip([("delivered", 100), ("failed", 99), ("delivered", 98), ("waiting", 97)])
        {
            let ended = [outcome(lease, state, 999)];
            assert_eq!(delivery::settle(&mut tx, &ended, at(ended_at)).await.unwrap(), 1);
        }
        assert_eq!(delivery::prune(&mut tx, at(98), 9).await.unwrap(), 0);
        assert_eq!(delivery::prune(&mut tx, at(200), 2).await.unwrap(), 2);
        tx.commit().await.unwrap();
        let left = async |table, id| {
            world.raw_count(&format!("SELECT COUNT(*) FROM {table} WHERE {id} = '{}'", deliveries[0].id)).await
        };
        assert_eq!((left("delivery", "id").await, left("attempt", "delivery_id").await), (1, 1), "the youngest stays");
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM attempt").await, 2);
        let mut tx = world.begin().await;
        assert_eq!(delivery::prune(&mut tx, at(200), 2).await.unwrap(), 1);
        assert_eq!(delivery::prune(&mut tx, at(200), 2).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(world.lease(endpoint, 999, 9_999, 9).await, [leased(&deliveries[3], 2)], "what waits stays");
    }
}
