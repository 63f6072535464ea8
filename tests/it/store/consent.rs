//! Consents, evidence and codes.

use ayeaye::{
    domain::{
        consent::{Consent, State},
        id::{ChallengeId, ContactId, EvidenceId, PurposeId},
    },
    store::{
        Batch,
        challenge::{self, Challenge},
        consent::{self, Stored},
        evidence::{self, Evidence},
    },
};

use super::{World, at};
use crate::support::database::both;

fn sorted(mut consents: Vec<Stored>) -> Vec<Stored> {
    consents.sort_by_key(|it| it.purpose);
    consents
}

fn challenge(world: &World, contact: ContactId, created_at: i64, expires_at: i64) -> Challenge {
    Challenge {
        tenant: world.tenant,
        id: ChallengeId::new(at(created_at), &world.random),
        contact,
        created_at: at(created_at),
        expires_at: at(expires_at),
        tries: 0,
        used_at: None,
    }
}

both! {
    async fn consents_of_every_state_are_read_back(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let states = [State::Unknown, State::Confirmed, State::Withdrawn, State::Refused, State::Expired];
        let written: Vec<Stored> = states
            .iter()
            .enumerate()
            .map(|(place, state)| Stored {
                consent: Consent { state: *state, since: at(5), pending_since: (place % 2 == 0).then_some(at(6)) },
                used_at: (place == 1).then_some(at(7)),
                ..world.consent(PurposeId::new(&world.random), *state)
            })
            .collect();
        world.put(|batch| consent::put(batch, world.tenant, ada.id, &written)).await;
        let mut peek = world.peek().await;
        let written = sorted(written);
        let read = consent::of_contact(&mut peek, world.tenant, ada.id).await.unwrap();
        assert_eq!(sorted(read), written);
        let (contact, read) = consent::overview(&mut peek, world.tenant, ada.id).await.unwrap().unwrap();
        assert_eq!((contact, sorted(read)), (ada.clone(), written.clone()));
        let bob = world.meet(world.tenant, "bob@example.org").await.id;
        let mut of_both = consent::of_contacts(&mut peek, world.tenant, &[bob, ada.id]).await.unwrap();
        assert_eq!(of_both.remove(&ada.id).map(sorted), Some(written));
        assert!(of_both.is_empty());
        assert!(consent::of_contacts(&mut peek, world.neighbour, &[ada.id]).await.unwrap().is_empty());
        assert_eq!(consent::of_contact(&mut peek, world.neighbour, ada.id).await.unwrap(), []);
        assert_eq!(consent::overview(&mut peek, world.neighbour, ada.id).await.unwrap(), None);
    }

    async fn the_overview_of_a_person_without_consents_is_the_person(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let overview = consent::overview(&mut world.peek().await, world.tenant, ada.id).await.unwrap();
        assert_eq!(overview, Some((ada, Vec::new())));
    }

    async fn a_consent_written_again_is_replaced_and_its_neighbours_stay(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.neighbour, "bob@example.org").await;
        let purpose = PurposeId::new(&world.random);
        let first = world.consent(purpose, State::Confirmed);
        let other = world.consent(PurposeId::new(&world.random), State::Confirmed);
        world.put(|batch| consent::put(batch, world.tenant, ada.id, &[first, other])).await;
        world.put(|batch| consent::put(batch, world.neighbour, bob.id, &[first])).await;
        let second = Stored {
            consent: Consent { state: State::Withdrawn, since: at(8), pending_since: Some(at(9)) },
            used_at: Some(at(3)),
            ..world.consent(purpose, State::Withdrawn)
        };
        world.put(|batch| consent::put(batch, world.tenant, ada.id, &[second])).await;
        let mut peek = world.peek().await;
        let ours = consent::of_contact(&mut peek, world.tenant, ada.id).await.unwrap();
        assert_eq!(sorted(ours), sorted(vec![second, other]));
        assert_eq!(consent::of_contact(&mut peek, world.neighbour, bob.id).await.unwrap(), [first]);
    }

    async fn nobody_has_a_consent_without_being_known(world: World) {
        let mut tx = world.begin().await;
        let mut batch = Batch::default();
        let stored = world.consent(PurposeId::new(&world.random), State::Confirmed);
        consent::put(&mut batch, world.tenant, ContactId::new(at(1), &world.random), &[stored]);
        assert!(tx.batch(batch).await.is_err());
    }

    async fn facts_come_newest_first_limited_and_cannot_be_written_twice(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let mut facts = Vec::new();
        for moment in [3, 1, 2] {
            let fact = Evidence {
                tenant: world.tenant,
                id: EvidenceId::new(at(moment), &world.random),
                contact: ada.id,
                kind: "consent.confirmed".to_owned(),
                at: at(moment),
                receipt: (moment == 1).then(|| "R-7K3F-9QXD".to_owned()),
                record: (moment != 2).then(|| format!("{{\"at\":{moment}}}")),
                salt: (moment != 2).then(|| "ab".repeat(32)),
                position: None,
            };
            world.put(|batch| evidence::put(batch, &fact)).await;
            facts.push(fact);
        }
        let [newest, oldest, middle] = [&facts[0], &facts[1], &facts[2]];
        let mut peek = world.peek().await;
        let read = evidence::of_contact(&mut peek, world.tenant, ada.id, 9).await.unwrap();
        assert_eq!(read.iter().collect::<Vec<_>>(), [newest, middle, oldest]);
        let read = evidence::of_contact(&mut peek, world.tenant, ada.id, 2).await.unwrap();
        assert_eq!(read.iter().collect::<Vec<_>>(), [newest, middle]);
        assert_eq!(evidence::of_contact(&mut peek, world.neighbour, ada.id, 9).await.unwrap(), []);
        assert_eq!(evidence::find(&mut peek, world.tenant, oldest.id).await.unwrap().as_ref(), Some(oldest));
        assert_eq!(evidence::find(&mut peek, world.neighbour, oldest.id).await.unwrap(), None);
        let same_receipt = Evidence { id: EvidenceId::new(at(4), &world.random), ..oldest.clone() };
        for twice in [oldest, &same_receipt] {
            let mut tx = world.begin().await;
            let mut batch = Batch::default();
            evidence::put(&mut batch, twice);
            assert!(tx.batch(batch).await.is_err());
        }
    }

    async fn a_try_counts_on_the_newest_code_of_the_person(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        let (old, new) = (challenge(&world, ada.id, 1, 50), challenge(&world, ada.id, 2, 60));
        let bobs = challenge(&world, bob.id, 3, 60);
        for it in [&new, &old, &bobs] {
            world.put(|batch| challenge::put(batch, it)).await;
        }
        let mut tx = world.begin().await;
        assert_eq!(challenge::attempt(&mut tx, world.neighbour, ada.id).await.unwrap(), None);
        for tries in 1..=2 {
            let tried = challenge::attempt(&mut tx, world.tenant, ada.id).await.unwrap();
            assert_eq!(tried, Some(Challenge { tries, ..new }));
        }
        tx.commit().await.unwrap();
        world.put(|batch| challenge::use_up(batch, world.neighbour, new.id, at(8))).await;
        world.put(|batch| challenge::use_up(batch, world.tenant, new.id, at(9))).await;
        let mut peek = world.peek().await;
        let used = Challenge { tries: 2, used_at: Some(at(9)), ..new };
        assert_eq!(challenge::find(&mut peek, world.tenant, new.id).await.unwrap(), Some(used));
        assert_eq!(challenge::find(&mut peek, world.tenant, old.id).await.unwrap(), Some(old));
        assert_eq!(challenge::find(&mut peek, world.tenant, bobs.id).await.unwrap(), Some(bobs));
        assert_eq!(challenge::find(&mut peek, world.neighbour, new.id).await.unwrap(), None);
    }

    async fn expired_codes_are_removed_the_oldest_first_and_limited(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let codes = [30, 10, 20, 31].map(|expires_at| challenge(&world, ada.id, 1, expires_at));
        for it in &codes {
            world.put(|batch| challenge::put(batch, it)).await;
        }
        let mut tx = world.begin().await;
        let mut left = Vec::new();
        for _ in 0..3 {
            let removed = challenge::prune(&mut tx, at(30), 2).await.unwrap();
            let mut there = Vec::new();
            for it in &codes {
                there.extend(challenge::find(&mut tx, world.tenant, it.id).await.unwrap().map(|it| it.expires_at.millis()));
            }
            left.push((removed, there));
        }
        tx.commit().await.unwrap();
        assert_eq!(left, [(2, vec![30, 31]), (1, vec![31]), (0, vec![31])]);
    }
}
