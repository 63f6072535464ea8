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
    pub(crate) fn fact(&self, tenant: TenantId, contact: ContactId, moment: i64) -> Evidence {
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

    async fn the_people_of_a_purpose_are_found_with_their_facts_of_a_period(world: World) {
        let (ada, bob) = (world.meet(world.tenant, "ada").await, world.meet(world.tenant, "bob").await);
        let (eve, dan) = (world.meet(world.neighbour, "eve").await, world.meet(world.tenant, "dan").await);
        let (letter, other) = (PurposeId::new(&world.random), PurposeId::new(&world.random));
        for (person, purpose) in [(&ada, letter), (&ada, other), (&bob, letter), (&eve, letter), (&dan, other)] {
            let stored = world.consent(purpose, State::Withdrawn);
            world.put(|batch| consent::put(batch, person.tenant, person.id, &[stored])).await;
        }
        let facts = [
            world.fact(ada.tenant, ada.id, 5),
            world.fact(ada.tenant, ada.id, 1),
            world.fact(ada.tenant, ada.id, 9),
            world.fact(bob.tenant, bob.id, 2),
            world.fact(eve.tenant, eve.id, 3),
            world.fact(dan.tenant, dan.id, 4),
        ];
        for fact in &facts {
            world.put(|batch| evidence::put(batch, fact)).await;
        }
        let mut peek = world.peek().await;
        let mut both = vec![ada.id, bob.id];
        both.sort_by_key(ToString::to_string);
        for (purpose, from, to, limit, found) in [
            (letter, 0, 9, 9, both.clone()),
            (letter, 0, 9, 1, vec![both[0]]),
            (letter, 2, 4, 9, vec![bob.id]),
            (letter, 5, 5, 9, vec![ada.id]),
            (letter, 6, 8, 9, vec![]),
            (other, 4, 5, 1, vec![std::cmp::min_by_key(ada.id, dan.id, ToString::to_string)]),
        ] {
            let people = consent::of_purpose(&mut peek, world.tenant, purpose, at(from)..=at(to), limit).await;
            assert_eq!(people.unwrap(), found, "{from} to {to}");
        }
        let mut ids = Vec::new();
        for (from, to, limit) in [(1, 5, 9), (0, 9, 9), (0, 9, 2)] {
            let people = [ada.id, eve.id];
            let found = evidence::of_people(&mut peek, world.tenant, &people, at(from)..=at(to), limit);
            ids.push(found.await.unwrap().iter().map(|it| it.id).collect::<Vec<_>>());
        }
        let [first, second, third] = [facts[1].id, facts[0].id, facts[2].id];
        assert_eq!(ids, [vec![first, second], vec![first, second, third], vec![first, second]]);
        let found = evidence::of_people(&mut peek, world.tenant, &both, at(0)..=at(9), 9).await.unwrap();
        let people: Vec<_> = found.iter().map(|it| it.contact).collect();
        assert!(people.is_sorted_by_key(ToString::to_string) && people.len() == 4, "person by person");
        assert_eq!(evidence::of_people(&mut peek, world.tenant, &[], at(0)..=at(9), 9).await.unwrap(), []);
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
        let everybody = contact::between(&mut peek, None, None, 10).await.unwrap();
        assert_eq!(everybody.len(), 2);
        assert!(everybody.iter().all(|it| !it.2.erased), "nobody is erased");
        let name = |it: &contact::Known| (it.email.clone().unwrap(), it.lookup_key.clone().unwrap());
        assert!(everybody.iter().all(|it| name(&it.2).0 == name(&it.2).1));
        let one = contact::between(&mut peek, None, Some(first), 10).await.unwrap();
        assert_eq!((one.len(), one[0].1), (1, first.1));
        let other = contact::between(&mut peek, Some(first), Some(second), 10).await.unwrap();
        assert_eq!((other.len(), other[0].1), (1, second.1));
        assert_eq!(contact::between(&mut peek, Some(second), None, 10).await.unwrap(), []);
        assert_eq!(contact::between(&mut peek, None, None, 1).await.unwrap(), one, "in order, one at a time");
        let consents = consent::between(&mut peek, None, None).await.unwrap();
        assert_eq!(consents, [(ada.tenant, ada.id, stored)]);
        let before_ada = if first == (ada.tenant, ada.id) { None } else { Some(first) };
        assert_eq!(consent::between(&mut peek, before_ada, Some((ada.tenant, ada.id))).await.unwrap(), consents);
        assert_eq!(consent::between(&mut peek, Some((ada.tenant, ada.id)), None).await.unwrap(), []);
    }
}
