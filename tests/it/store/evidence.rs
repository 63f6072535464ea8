//! Facts, their way into the log, and all of them person by person.

use ayeaye::{
    domain::consent::State,
    domain::id::{ContactId, EvidenceId, PurposeId, TenantId},
    store::{
        consent, contact,
        evidence::{self, Evidence},
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    fn fact(&self, tenant: TenantId, contact: ContactId, moment: i64) -> Evidence {
        Evidence {
            tenant,
            id: EvidenceId::new(at(moment), &self.random),
            contact,
            kind: "consent.confirmed".to_owned(),
            at: at(moment),
            receipt: Some(format!("R-0000-{moment:04}")),
            record: Some("{}".to_owned()),
            salt: Some("00".repeat(32)),
            position: None,
        }
    }
}

both! {
    async fn facts_wait_and_get_their_places(world: World) {
        let contact = ContactId::new(at(1), &world.random);
        let facts = [
            world.fact(world.tenant, contact, 1),
            world.fact(world.neighbour, contact, 2),
            world.fact(world.tenant, contact, 3),
        ];
        for fact in &facts {
            world.put(|batch| evidence::put(batch, fact)).await;
        }
        assert_eq!(evidence::unlogged(&mut world.peek().await, 9).await.unwrap(), facts);
        assert_eq!(evidence::unlogged(&mut world.peek().await, 2).await.unwrap(), facts[..2]);
        let mut tx = world.begin().await;
        let places = [(world.tenant, facts[0].id, 7), (world.neighbour, facts[1].id, 5)];
        evidence::place(&mut tx, &places).await.unwrap();
        evidence::place(&mut tx, &[(world.neighbour, facts[2].id, 9)]).await.unwrap();
        evidence::place(&mut tx, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(evidence::unlogged(&mut peek, 9).await.unwrap(), facts[2..]);
        let logged = evidence::logged(&mut peek, 0, 9).await.unwrap();
        assert_eq!(logged.iter().map(|it| it.position).collect::<Vec<_>>(), [Some(5), Some(7)]);
        assert_eq!(evidence::logged(&mut peek, 6, 9).await.unwrap()[0].id, facts[0].id);
        assert_eq!(evidence::logged(&mut peek, 0, 1).await.unwrap()[0].id, facts[1].id);
    }

    async fn a_receipt_is_found_in_its_tenant_alone(world: World) {
        let contact = ContactId::new(at(1), &world.random);
        let (ours, theirs) = (world.fact(world.tenant, contact, 1), world.fact(world.neighbour, contact, 1));
        world.put(|batch| evidence::put(batch, &ours)).await;
        world.put(|batch| evidence::put(batch, &theirs)).await;
        let mut peek = world.peek().await;
        let found = evidence::of_receipt(&mut peek, world.tenant, "R-0000-0001").await.unwrap();
        assert_eq!(found, Some(ours));
        assert_eq!(evidence::of_receipt(&mut peek, world.tenant, "R-0000-0002").await.unwrap(), None);
    }

    async fn people_are_walked_one_after_the_other_with_all_that_is_theirs(world: World) {
        let (ada, bob) = (world.meet(world.tenant, "ada").await, world.meet(world.neighbour, "bob").await);
        let facts = [
            world.fact(ada.tenant, ada.id, 3),
            world.fact(ada.tenant, ada.id, 1),
            world.fact(bob.tenant, bob.id, 2),
        ];
        for fact in &facts {
            world.put(|batch| evidence::put(batch, fact)).await;
        }
        let stored = world.consent(PurposeId::new(&world.random), State::Confirmed);
        world.put(|batch| consent::put(batch, ada.tenant, ada.id, &[stored])).await;
        let mut peek = world.peek().await;
        let mut walked = Vec::new();
        let mut after = None;
        loop {
            let page = evidence::by_person(&mut peek, after, 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.tenant, last.contact, last.id));
            walked.extend(page);
        }
        let of = |contact| walked.iter().filter(move |it| it.contact == contact).map(|it| it.id);
        assert_eq!(of(ada.id).collect::<Vec<_>>(), [facts[1].id, facts[0].id], "the oldest first");
        assert_eq!(of(bob.id).collect::<Vec<_>>(), [facts[2].id]);
        let (first, second) = (walked.first().unwrap(), walked.last().unwrap());
        let (first, second) = ((first.tenant, first.contact), (second.tenant, second.contact));
        let everybody = contact::between(&mut peek, None, None).await.unwrap();
        assert_eq!(everybody.len(), 2);
        assert!(everybody.iter().all(|it| !it.2), "nobody is erased");
        let one = contact::between(&mut peek, None, Some(first)).await.unwrap();
        assert_eq!(one, [(first.0, first.1, false)]);
        let other = contact::between(&mut peek, Some(first), Some(second)).await.unwrap();
        assert_eq!(other, [(second.0, second.1, false)]);
        assert_eq!(contact::between(&mut peek, Some(second), None).await.unwrap(), []);
        let consents = consent::between(&mut peek, None, None).await.unwrap();
        assert_eq!(consents, [(ada.tenant, ada.id, stored)]);
        let before_ada = if first == (ada.tenant, ada.id) { None } else { Some(first) };
        assert_eq!(consent::between(&mut peek, before_ada, Some((ada.tenant, ada.id))).await.unwrap(), consents);
        assert_eq!(consent::between(&mut peek, Some((ada.tenant, ada.id)), None).await.unwrap(), []);
    }
}
