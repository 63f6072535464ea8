//! Events and their total order.

use ayeaye::{
    domain::id::{ContactId, EventId, TenantId},
    store::event::{self, Event, Reach},
};

use super::{World, at};
use crate::support::database::both;

impl World {
    pub(crate) fn told(&self, tenant: TenantId, moment: i64) -> Event {
        Event {
            tenant,
            id: EventId::new(at(moment), &self.random),
            kind: "consent.confirmed".to_owned(),
            at: at(moment),
            contact: (moment % 2 == 0).then(|| ContactId::new(at(1), &self.random)),
            data: format!("{{\"moment\":{moment}}}"),
            sequence: None,
        }
    }
}

both! {
    async fn events_wait_for_a_place_the_oldest_first_and_limited(world: World) {
        assert_eq!(event::waiting(&mut world.peek().await).await.unwrap(), (0, None));
        let (first, second) = (world.told(world.tenant, 2), world.told(world.tenant, 3));
        let theirs = world.told(world.neighbour, 1);
        world.put(|batch| event::put(batch, &[second.clone(), first.clone()])).await;
        world.put(|batch| event::put(batch, std::slice::from_ref(&theirs))).await;
        let mut peek = world.peek().await;
        assert_eq!(event::waiting(&mut peek).await.unwrap(), (3, Some(at(1))));
        let waiting = event::unplaced(&mut peek, 9).await.unwrap();
        assert_eq!(waiting, [theirs.clone(), first.clone(), second]);
        assert_eq!(event::unplaced(&mut peek, 2).await.unwrap(), [theirs, first]);
    }

    async fn several_events_are_read_at_once(world: World) {
        let (first, second) = (world.told(world.tenant, 2), world.told(world.tenant, 3));
        let theirs = world.told(world.neighbour, 1);
        world.put(|batch| event::put(batch, &[first.clone(), second.clone(), theirs.clone()])).await;
        let mut peek = world.peek().await;
        assert_eq!(event::find_all(&mut peek, &[]).await.unwrap(), []);
        let asked = [(world.tenant, second.id), (world.tenant, theirs.id), (world.neighbour, theirs.id)];
        let mut found = event::find_all(&mut peek, &asked).await.unwrap();
        found.sort_by_key(|it| it.id);
        assert_eq!(found, [theirs, second]);
    }

    async fn places_are_reserved_one_after_the_other_in_each_tenant(world: World) {
        let mut tx = world.begin().await;
        assert_eq!(event::reserve(&mut tx, world.tenant, 3).await.unwrap(), 0);
        assert_eq!(event::reserve(&mut tx, world.tenant, 2).await.unwrap(), 3);
        assert_eq!(event::reserve(&mut tx, world.neighbour, 1).await.unwrap(), 0);
        drop(tx);
        let mut tx = world.begin().await;
        assert_eq!(event::reserve(&mut tx, world.tenant, 1).await.unwrap(), 0, "an undone reservation leaves no gap");
        tx.commit().await.unwrap();
    }

    async fn placed_events_are_read_page_by_page(world: World) {
        let events: Vec<Event> = (1..=5).map(|moment| world.told(world.tenant, moment)).collect();
        let theirs = world.told(world.neighbour, 1);
        world.put(|batch| event::put(batch, &events)).await;
        world.put(|batch| event::put(batch, std::slice::from_ref(&theirs))).await;
        // Placed against the order of their ids: the place counts.
        let places: Vec<_> = events.iter().rev().zip(1..).map(|(it, place)| (world.tenant, it.id, place)).collect();
        let mut tx = world.begin().await;
        event::place(&mut tx, &places[..4]).await.unwrap();
        event::place(&mut tx, &[(world.neighbour, theirs.id, 1)]).await.unwrap();
        event::place(&mut tx, &[(world.neighbour, events[0].id, 9)]).await.unwrap();
        event::place(&mut tx, &[]).await.unwrap();
        tx.commit().await.unwrap();

        let at_place = |it: &Event, place| Event { sequence: Some(place), ..it.clone() };
        let mut peek = world.peek().await;
        let page = event::after(&mut peek, world.tenant, 0, 2).await.unwrap();
        assert_eq!(page, [at_place(&events[4], 1), at_place(&events[3], 2)]);
        let page = event::after(&mut peek, world.tenant, 2, 9).await.unwrap();
        assert_eq!(page, [at_place(&events[2], 3), at_place(&events[1], 4)]);
        assert_eq!(event::after(&mut peek, world.tenant, 4, 9).await.unwrap(), []);
        assert_eq!(event::after(&mut peek, world.neighbour, 0, 9).await.unwrap(), [at_place(&theirs, 1)]);
        assert_eq!(event::unplaced(&mut peek, 9).await.unwrap(), [events[0].clone()]);
        let found = event::find(&mut peek, world.tenant, events[4].id).await.unwrap();
        assert_eq!(found, Some(at_place(&events[4], 1)));
        assert_eq!(event::find(&mut peek, world.neighbour, events[4].id).await.unwrap(), None);
    }

    async fn placed_events_between_two_ids_are_read_in_their_order(world: World) {
        let events: Vec<Event> = (1..=5).map(|moment| world.told(world.tenant, moment)).collect();
        world.put(|batch| event::put(batch, &events)).await;
        let places: Vec<_> = events.iter().take(4).zip(1..).map(|(it, place)| (world.tenant, it.id, place)).collect();
        let mut tx = world.begin().await;
        event::place(&mut tx, &places).await.unwrap();
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        let (first, last) = (events[0].id.to_string(), events[4].id.to_string());
        let ids = |found: Vec<Event>| found.iter().map(|it| it.id).collect::<Vec<_>>();
        let between = event::between(&mut peek, world.tenant, &first, &last, 9).await.unwrap();
        assert_eq!(ids(between), [events[1].id, events[2].id, events[3].id], "neither end");
        let between = event::between(&mut peek, world.tenant, &first, "evt_7zzzzzzzzzzzzzzzzzzzzzzzzz", 2).await.unwrap();
        assert_eq!(ids(between), [events[1].id, events[2].id]);
        let after = events[3].id.to_string();
        let unplaced = event::between(&mut peek, world.tenant, &after, "evt_7zzzzzzzzzzzzzzzzzzzzzzzzz", 9).await.unwrap();
        assert_eq!(unplaced, []);
        assert_eq!(event::between(&mut peek, world.neighbour, &first, &last, 9).await.unwrap(), []);
    }

    async fn two_events_cannot_have_one_place(world: World) {
        let (first, second) = (world.told(world.tenant, 1), world.told(world.tenant, 2));
        world.put(|batch| event::put(batch, &[first.clone(), second.clone()])).await;
        let mut tx = world.begin().await;
        assert!(event::place(&mut tx, &[(world.tenant, first.id, 1), (world.tenant, second.id, 1)]).await.is_err());
    }

    async fn hundreds_of_events_are_placed_at_once(world: World) {
        let events: Vec<Event> = (1..=500).map(|moment| world.told(world.tenant, moment)).collect();
        world.put(|batch| event::put(batch, &events)).await;
        let places: Vec<_> = events.iter().zip(1..).map(|(it, place)| (world.tenant, it.id, place)).collect();
        let mut tx = world.begin().await;
        event::place(&mut tx, &places).await.unwrap();
        tx.commit().await.unwrap();
        let feed = event::after(&mut world.peek().await, world.tenant, 0, 1_000).await.unwrap();
        let order: Vec<_> = feed.iter().map(|it| (world.tenant, it.id, it.sequence.unwrap())).collect();
        assert_eq!(order, places);
    }

    async fn old_events_are_forgotten_from_the_beginning(world: World) {
        let events: Vec<Event> = (1..=5).map(|moment| world.told(world.tenant, moment)).collect();
        let theirs = world.told(world.neighbour, 1);
        world.put(|batch| event::put(batch, &events)).await;
        world.put(|batch| event::put(batch, std::slice::from_ref(&theirs))).await;
        assert_eq!(event::reach(&mut world.peek().await, world.tenant).await.unwrap(), Reach::default());
        let mut tx = world.begin().await;
        event::reserve(&mut tx, world.tenant, 4).await.unwrap();
        event::reserve(&mut tx, world.neighbour, 1).await.unwrap();
        let places: Vec<_> = events[..4].iter().zip(1..).map(|(it, place)| (world.tenant, it.id, place)).collect();
        event::place(&mut tx, &places).await.unwrap();
        event::place(&mut tx, &[(world.neighbour, theirs.id, 1)]).await.unwrap();
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(event::times(&mut peek, world.tenant, 1, 2).await.unwrap(), [(2, at(2)), (3, at(3))]);
        let mut tx = world.begin().await;
        assert_eq!(event::forget(&mut tx, world.tenant, 2).await.unwrap(), 2);
        assert_eq!(event::forget(&mut tx, world.tenant, 1).await.unwrap(), 0, "it goes back for nobody");
        tx.commit().await.unwrap();
        assert_eq!(event::reach(&mut peek, world.tenant).await.unwrap(), Reach { last: 4, forgotten: 2 });
        assert_eq!(event::reach(&mut peek, world.neighbour).await.unwrap(), Reach { last: 1, forgotten: 0 });
        assert_eq!(event::times(&mut peek, world.tenant, 0, 9).await.unwrap(), [(3, at(3)), (4, at(4))]);
        assert_eq!(event::unplaced(&mut peek, 9).await.unwrap(), [events[4].clone()], "what has no place yet stays");
    }
}
