//! Endpoints: read back, changed, and how they fare.

use std::sync::Arc;

use ayeaye::{
    domain::{catalog::Endpoint, id::EndpointId, setup::EventPattern},
    store::endpoint,
};

use super::{World, at};
use crate::support::database::both;

pub(crate) fn endpoint(world: &World, addresses: bool) -> Endpoint {
    let id = EndpointId::new(&world.random);
    Endpoint {
        id,
        tenant: world.tenant,
        url: format!("https://crm.example/{id}"),
        events: ["consent.*", "pause.ended"].iter().filter_map(|it| EventPattern::parse(it)).collect(),
        addresses,
        generation: 1,
        previous_until: None,
        disabled_at: None,
        disabled_reason: None,
        failing_since: None,
        failed_at: None,
        alerted_at: None,
        created_at: at(1),
    }
}

both! {
    async fn an_endpoint_is_read_back_as_it_was_changed(world: World) {
        let (mut ours, other) = (endpoint(&world, false), endpoint(&world, true));
        world.put(|batch| {
            endpoint::put(batch, &ours);
            endpoint::put(batch, &other);
        }).await;
        "https://crm.example/elsewhere".clone_into(&mut ours.url);
        ours.addresses = true;
        ours.generation = 2;
        ours.previous_until = Some(at(9));
        ours.disabled_at = Some(at(6));
        ours.disabled_reason = Some("410".to_owned());
        ours.events.pop();
        world.put(|batch| endpoint::put(batch, &ours)).await;
        let mut found = endpoint::all(&mut world.peek().await).await.unwrap();
        found.sort_by_key(|it| it.id != ours.id);
        assert_eq!(found, [ours.clone(), other.clone()]);
        let catalog = world.catalog().await;
        assert_eq!(*catalog.endpoints[&ours.id], ours);
        let live: Vec<_> = catalog.endpoints_of(world.tenant).map(Arc::clone).map(|it| it.id).collect();
        assert_eq!(live, [other.id]);
    }

    async fn how_an_endpoint_fares_is_noted_once_and_by_its_tenant(world: World) {
        let (ours, other) = (endpoint(&world, false), endpoint(&world, true));
        world.put(|batch| {
            endpoint::put(batch, &ours);
            endpoint::put(batch, &other);
        }).await;
        let read = async || {
            let found = endpoint::all(&mut world.peek().await).await.unwrap();
            let one = |id| found.iter().find(|it| it.id == id).unwrap().clone();
            (one(ours.id), one(other.id))
        };
        let (tenant, id) = (world.tenant, ours.id);
        let mut tx = world.begin().await;
        assert!(!endpoint::failed(&mut tx, world.neighbour, id, at(2), at(0)).await.unwrap());
        assert!(endpoint::failed(&mut tx, tenant, id, at(2), at(0)).await.unwrap());
        assert!(endpoint::failed(&mut tx, tenant, id, at(3), at(1)).await.unwrap());
        assert!(!endpoint::alert(&mut tx, world.neighbour, id, at(2), at(4)).await.unwrap());
        assert!(!endpoint::alert(&mut tx, tenant, id, at(1), at(4)).await.unwrap(), "not since then");
        tx.commit().await.unwrap();
        let untold = async |since, lately| {
            let found = endpoint::untold(&mut world.peek().await, at(since), at(lately)).await.unwrap();
            found.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!((untold(2, 2).await, untold(1, 2).await, untold(2, 3).await), (vec![id], vec![], vec![]));
        let mut tx = world.begin().await;
        assert!(endpoint::alert(&mut tx, tenant, id, at(2), at(4)).await.unwrap());
        assert!(!endpoint::alert(&mut tx, tenant, id, at(2), at(5)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(untold(2, 2).await, []);
        // Who changes it has read how it fared before.
        world.put(|batch| endpoint::put(batch, &ours)).await;
        let (now, _) = read().await;
        assert_eq!((now.failing_since, now.failed_at, now.alerted_at), (Some(at(2)), Some(at(3)), Some(at(4))));
        let both = [(tenant, id), (tenant, other.id), (world.neighbour, id)];
        let some = endpoint::some(&mut world.peek().await, both.into_iter()).await.unwrap();
        let mut expected = [now, other.clone()];
        expected.sort_by_key(|it| it.id);
        assert_eq!(some, expected);
        let mut tx = world.begin().await;
        assert!(endpoint::failed(&mut tx, tenant, id, at(9), at(3)).await.unwrap());
        tx.commit().await.unwrap();
        let (now, _) = read().await;
        assert_eq!((now.failing_since, now.failed_at, now.alerted_at), (Some(at(9)), Some(at(9)), None), "anew");
        let mut tx = world.begin().await;
        assert!(!endpoint::end_failing(&mut tx, world.neighbour, id).await.unwrap());
        assert!(endpoint::end_failing(&mut tx, tenant, id).await.unwrap());
        assert!(!endpoint::end_failing(&mut tx, tenant, id).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(read().await, (ours.clone(), other.clone()));
        let mut tx = world.begin().await;
        assert!(endpoint::failed(&mut tx, tenant, id, at(5), at(4)).await.unwrap());
        assert!(!endpoint::disable(&mut tx, world.neighbour, id, "410", at(6)).await.unwrap());
        assert!(endpoint::disable(&mut tx, tenant, id, "410", at(6)).await.unwrap());
        assert!(!endpoint::disable(&mut tx, tenant, id, "again", at(7)).await.unwrap());
        assert!(!endpoint::failed(&mut tx, tenant, id, at(8), at(7)).await.unwrap(), "off is off");
        assert!(!endpoint::end_failing(&mut tx, tenant, id).await.unwrap());
        assert!(!endpoint::alert(&mut tx, tenant, id, at(5), at(8)).await.unwrap());
        tx.commit().await.unwrap();
        let (disabled_at, reason) = (Some(at(6)), Some("410".to_owned()));
        let (failing_since, failed_at) = (Some(at(5)), Some(at(5)));
        let off = Endpoint { disabled_at, disabled_reason: reason, failing_since, failed_at, ..ours.clone() };
        assert_eq!(read().await, (off.clone(), other.clone()));
        assert_eq!(untold(9, 1).await, []);
        world.put(|batch| endpoint::put(batch, &off)).await;
        assert_eq!(read().await, (off, other.clone()));
        world.put(|batch| endpoint::put(batch, &ours)).await;
        assert_eq!(read().await, (ours, other), "switched on it begins anew");
    }
}
