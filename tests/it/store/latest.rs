//! Where contacts were last told of.

use std::collections::BTreeMap;

use ayeaye::{
    domain::{
        consent::State,
        id::{ContactId, PurposeId, TenantId},
    },
    store::{consent, latest},
};

use super::{World, at};
use crate::support::database::both;

impl World {
    async fn note(&self, places: &[(TenantId, ContactId, i64)]) {
        let places: BTreeMap<_, _> = places.iter().map(|(tenant, id, at)| ((*tenant, *id), *at)).collect();
        let mut tx = self.begin().await;
        latest::note(&mut tx, &places).await.unwrap();
        tx.commit().await.unwrap();
    }
}

both! {
    async fn contacts_stand_where_they_were_told_of_last(world: World) {
        let (one, two) = (PurposeId::from_bytes([1; 8]), PurposeId::from_bytes([2; 8]));
        let ada = world.meet(world.tenant, "ada").await;
        let bob = world.meet(world.tenant, "bob").await;
        let nobody = ContactId::new(at(1), &world.random);
        let mut both = [world.consent(one, State::Confirmed), world.consent(two, State::Refused)];
        both[0].used_at = Some(at(8));
        world.put(|batch| consent::put(batch, world.tenant, ada.id, &both)).await;
        world.note(&[(world.tenant, ada.id, 1), (world.tenant, nobody, 2), (world.neighbour, ada.id, 7)]).await;
        world.note(&[(world.tenant, bob.id, 3)]).await;
        world.note(&[]).await;
        let mut peek = world.peek().await;
        let found = latest::after(&mut peek, world.tenant, 0, 9).await.unwrap();
        assert_eq!(found.iter().map(|it| (it.id, it.sequence)).collect::<Vec<_>>(), [(ada.id, 1), (nobody, 2), (bob.id, 3)]);
        assert_eq!((found[0].contact.as_ref(), &found[0].consents[..]), (Some(&ada), &both[..]));
        assert_eq!((found[1].contact.as_ref(), found[1].consents.len()), (None, 0));
        assert_eq!((found[2].contact.as_ref(), found[2].consents.len()), (Some(&bob), 0));
        world.note(&[(world.tenant, ada.id, 9)]).await;
        let places = async |after, limit| {
            let found = latest::after(&mut world.peek().await, world.tenant, after, limit).await.unwrap();
            found.iter().map(|it| it.sequence).collect::<Vec<_>>()
        };
        assert_eq!(places(0, 2).await, [2, 3]);
        assert_eq!(places(3, 9).await, [9]);
        assert_eq!(places(9, 9).await, [0; 0]);
    }

    async fn hundreds_of_contacts_are_noted_at_once(world: World) {
        let places: Vec<_> = (1..=500).map(|n| (world.tenant, ContactId::new(at(n), &world.random), n)).collect();
        world.note(&places).await;
        world.note(&places.iter().map(|it| (it.0, it.1, it.2 + 500)).collect::<Vec<_>>()).await;
        let found = latest::after(&mut world.peek().await, world.tenant, 0, 1_000).await.unwrap();
        assert_eq!(found.iter().map(|it| it.sequence).collect::<Vec<_>>(), (501..=1_000).collect::<Vec<i64>>());
    }
}
