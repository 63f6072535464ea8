//! People.

use std::collections::BTreeSet;

use ayeaye::{
    domain::{
        Locale,
        id::{ChallengeId, ContactId, EventId, EvidenceId, LinkKeyId, PurposeId, RequestId, TenantId},
    },
    store::{
        self,
        challenge::Challenge,
        contact::{self, Contact, Newcomer},
        erasure,
        event::Event,
        evidence::Evidence,
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    async fn contact(&self, tenant: TenantId, id: ContactId) -> Option<Contact> {
        contact::find(&mut self.peek().await, tenant, id).await.unwrap()
    }
}

impl World {
    /// An event about a person, told to an endpoint that answered.
    async fn answered(&self, contact: ContactId, kind: &str, data: &str) {
        let id = EventId::new(at(3), &self.random);
        let (tenant, kind, data) = (self.tenant, kind.to_owned(), data.to_owned());
        let event = Event { tenant, id, kind, at: at(3), contact: Some(contact), data, sequence: None };
        self.put(|batch| store::event::put(batch, &[event])).await;
        self.raw(&format!(
            "INSERT INTO endpoint (tenant_id, id, url, events, addresses, generation, created_at)
             VALUES ('{tenant}', 'whe_1', 'https://crm.example', '*', true, 1, 1) ON CONFLICT DO NOTHING"
        ))
        .await;
        self.raw(&format!(
            "INSERT INTO delivery (tenant_id, id, endpoint_id, event_id, state, due_at, attempts, lease, created_at)
             VALUES ('{tenant}', 'dlv_{id}', 'whe_1', '{id}', 'waiting', 1, 1, 1, 1)"
        ))
        .await;
        self.raw(&format!(
            "INSERT INTO attempt (tenant_id, delivery_id, number, at, ms, note)
             VALUES ('{tenant}', 'dlv_{id}', 1, 1, 1, 'thank you')"
        ))
        .await;
    }
}

both! {
    async fn a_person_is_met_once_per_tenant(world: World) {
        assert!(!contact::are_there(&mut world.peek().await, world.tenant).await.unwrap());
        let ada = world.meet(world.tenant, "ada@example.org").await;
        assert!(contact::are_there(&mut world.peek().await, world.tenant).await.unwrap());
        assert!(!contact::are_there(&mut world.peek().await, world.neighbour).await.unwrap());
        let expected = Contact {
            tenant: world.tenant,
            id: ada.id,
            email: Some("ada@example.org".to_owned()),
            external_id: None,
            locale: Locale::En,
            restricted_at: None,
            suppressed_at: None,
            paused_until: None,
            erased_at: None,
            created_at: at(1),
            touched_at: at(1),
        };
        assert_eq!(ada, expected);
        assert_eq!(world.contact(world.tenant, ada.id).await, Some(expected.clone()));
        let mut tx = world.begin().await;
        let newcomer = Newcomer {
            tenant: world.tenant,
            id: ContactId::new(at(9), &world.random),
            email: "Ada@Example.org",
            lookup_key: "ada@example.org",
            address_hash: "hash of ada@example.org",
            locale: Locale::Fr,
        };
        let again = contact::meet(&mut tx, &newcomer, at(9)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let expected = Contact { touched_at: at(9), ..expected };
        assert_eq!(again, expected, "the address as first typed, the first language, the first time");
        let elsewhere = world.meet(world.neighbour, "ada@example.org").await;
        assert_ne!(elsewhere.id, ada.id);
        assert_eq!(elsewhere.tenant, world.neighbour);
    }

    async fn nobody_is_met_at_a_suppressed_address_until_the_block_ends(world: World) {
        world.put(|batch| {
            store::suppression::put(batch, world.tenant, "hash of eve@example.org", "reported", at(1), Some(at(10)));
        }).await;
        let id = ContactId::new(at(5), &world.random);
        let newcomer = Newcomer {
            tenant: world.tenant,
            id,
            email: "eve@example.org",
            lookup_key: "eve@example.org",
            address_hash: "hash of eve@example.org",
            locale: Locale::En,
        };
        let mut tx = world.begin().await;
        assert_eq!(contact::meet(&mut tx, &newcomer, at(5)).await.unwrap(), None);
        assert_eq!(contact::by_address(&mut tx, world.tenant, "eve@example.org").await.unwrap(), None);
        assert_eq!(contact::meet(&mut tx, &newcomer, at(10)).await.unwrap().map(|it| it.id), Some(id));
        tx.commit().await.unwrap();
        world.meet(world.neighbour, "eve@example.org").await;
    }

    async fn who_is_held_is_there_and_neither_erased_nor_the_neighbours(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let bob = world.meet(world.tenant, "bob@example.org").await.id;
        let eve = world.meet(world.neighbour, "eve@example.org").await.id;
        world.put(|batch| erasure::erase(batch, world.tenant, bob, Locale::En, at(2))).await;
        let mut tx = world.begin().await;
        let ids = [ada, bob, eve, ContactId::new(at(1), &world.random)].into();
        assert_eq!(contact::hold(&mut tx, world.tenant, &ids).await.unwrap(), [ada]);
        tx.commit().await.unwrap();
    }

    async fn those_who_are_locked_at_once_are_touched_and_come_in_their_order(world: World) {
        let mut ids = BTreeSet::new();
        for name in ["ada", "bob", "cyd"] {
            ids.insert(world.meet(world.tenant, &format!("{name}@example.org")).await.id);
        }
        let stranger = ContactId::new(at(1), &world.random);
        let neighbours = world.meet(world.neighbour, "ada@example.org").await.id;
        let asked: BTreeSet<ContactId> = ids.iter().copied().chain([stranger, neighbours]).collect();
        let mut tx = world.begin().await;
        let locked = contact::lock_all(&mut tx, world.tenant, &asked, at(40)).await.unwrap();
        let again = contact::lock_all(&mut tx, world.tenant, &asked, at(40)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(locked.iter().map(|it| it.id).collect::<Vec<_>>(), ids.into_iter().collect::<Vec<_>>());
        assert!(locked.iter().all(|it| it.touched_at == at(40)) && again.iter().all(|it| it.touched_at == at(41)));
        assert_eq!(world.contact(world.tenant, locked[1].id).await.as_ref(), Some(&again[1]));
    }

    async fn a_person_is_found_by_id_address_and_request_within_the_tenant_only(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        world.meet(world.tenant, "bob@example.org").await;
        let request = world.request(world.tenant, Some(ada.id), 100).await;
        let mut tx = world.begin().await;
        let touched = |millis| Some(Contact { touched_at: at(millis), ..ada.clone() });
        assert_eq!(contact::lock(&mut tx, world.tenant, ada.id, at(2)).await.unwrap(), touched(2));
        assert_eq!(contact::lock(&mut tx, world.neighbour, ada.id, at(2)).await.unwrap(), None);
        assert_eq!(
            contact::lock_by_request(&mut tx, world.tenant, request, at(2)).await.unwrap(),
            touched(3),
            "the clock stood: the row's own time moves on"
        );
        assert_eq!(contact::lock_by_request(&mut tx, world.neighbour, request, at(2)).await.unwrap(), None);
        let unknown = RequestId::new(at(3), &world.random);
        assert_eq!(contact::lock_by_request(&mut tx, world.tenant, unknown, at(2)).await.unwrap(), None);
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(
            contact::by_address(&mut peek, world.tenant, "ada@example.org").await.unwrap(),
            touched(3)
        );
        assert_eq!(contact::by_address(&mut peek, world.neighbour, "ada@example.org").await.unwrap(), None);
        assert_eq!(contact::find(&mut peek, world.neighbour, ada.id).await.unwrap(), None);
    }

    async fn a_person_is_found_by_the_tenants_own_name(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.neighbour, "bob@example.org").await;
        world.give_external_id(ada.id, "crm-1").await;
        world.give_external_id(bob.id, "crm-1").await;
        let mut peek = world.peek().await;
        let found = contact::by_external_id(&mut peek, world.tenant, "crm-1").await.unwrap().unwrap();
        assert_eq!((found.id, found.external_id.as_deref()), (ada.id, Some("crm-1")));
        assert_eq!(contact::by_external_id(&mut peek, world.tenant, "crm-2").await.unwrap(), None);
    }

    async fn of_two_given_one_name_at_once_one_has_it(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let bob = world.meet(world.tenant, "bob@example.org").await.id;
        let eve = world.meet(world.neighbour, "eve@example.org").await.id;
        let claim = async |tenant, id| {
            let mut tx = world.begin().await;
            let is_theirs = contact::name(&mut tx, tenant, id, "crm-1").await.unwrap();
            if is_theirs {
                tx.commit().await.unwrap();
            }
            is_theirs
        };
        let (adas, bobs) = tokio::join!(claim(world.tenant, ada), claim(world.tenant, bob));
        assert!(adas != bobs, "ada {adas}, bob {bobs}");
        let (first, second) = if adas { (ada, bob) } else { (bob, ada) };
        assert!(!claim(world.tenant, second).await, "nor later");
        assert!(claim(world.tenant, first).await, "their own");
        assert!(claim(world.neighbour, eve).await, "another tenant's names are its own");
        assert!(!claim(world.neighbour, ada).await, "and so are its people");
        let found = contact::by_external_id(&mut world.peek().await, world.tenant, "crm-1").await.unwrap();
        assert_eq!(found.map(|it| it.id), Some(first));
    }

    async fn pause_language_and_freeze_are_set_for_one_person_only(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        world.put(|batch| contact::set_pause(batch, world.tenant, ada.id, Some(at(50)))).await;
        world.put(|batch| contact::set_locale(batch, world.tenant, ada.id, Locale::Fr)).await;
        world.put(|batch| contact::set_restricted(batch, world.tenant, ada.id, Some(at(7)))).await;
        for step in [contact::set_pause, contact::set_restricted] {
            world.put(|batch| step(batch, world.neighbour, ada.id, Some(at(1)))).await;
        }
        let expected = Contact {
            paused_until: Some(at(50)),
            locale: Locale::Fr,
            restricted_at: Some(at(7)),
            ..ada.clone()
        };
        assert_eq!(world.contact(world.tenant, ada.id).await, Some(expected));
        assert_eq!(world.contact(world.tenant, bob.id).await, Some(bob));
        world.put(|batch| contact::set_pause(batch, world.tenant, ada.id, None)).await;
        world.put(|batch| contact::set_restricted(batch, world.tenant, ada.id, None)).await;
        let standing = world.contact(world.tenant, ada.id).await.unwrap().standing();
        assert_eq!(standing, ayeaye::domain::consent::Standing::default());
    }

    async fn those_back_from_a_pause_come_the_longest_ago_first_and_limited(world: World) {
        let mut people = Vec::new();
        for (name, until) in [("a", Some(at(30))), ("b", Some(at(10))), ("c", Some(at(20))), ("d", Some(at(31))), ("e", None)] {
            let person = world.meet(world.tenant, name).await;
            world.put(|batch| contact::set_pause(batch, world.tenant, person.id, until)).await;
            people.push(person.id);
        }
        let mut peek = world.peek().await;
        let mut back = async |limit| -> Vec<ContactId> {
            let found = contact::back_from_pause(&mut peek, at(30), limit).await.unwrap();
            found.iter().map(|it| it.id).collect()
        };
        assert_eq!(back(9).await, [people[1], people[2], people[0]]);
        assert_eq!(back(2).await, [people[1], people[2]]);
    }

    async fn forgetting_empties_the_evidence_and_removes_all_the_rest(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        let (purpose, key) = (PurposeId::new(&world.random), LinkKeyId::new(&world.random));
        let mut kept = Vec::new();
        for person in [&ada, &bob] {
            let request = world.request(world.tenant, Some(person.id), 100).await;
            let mail = world.mail(person.id, 1).await;
            let evidence = Evidence {
                tenant: world.tenant,
                id: EvidenceId::new(at(2), &world.random),
                contact: person.id,
                kind: "signup.requested".to_owned(),
                at: at(2),
                receipt: Some(format!("R-{}", person.id)),
                record: Some("{}".to_owned()),
                salt: Some("00".to_owned()),
                position: None,
            };
            let challenge = Challenge {
                tenant: world.tenant,
                id: ChallengeId::new(at(2), &world.random),
                contact: person.id,
                created_at: at(2),
                expires_at: at(9),
                tries: 0,
                used_at: None,
            };
            let stored = world.consent(purpose, ayeaye::domain::consent::State::Unknown);
            world.put(|batch| {
                store::evidence::put(batch, &evidence);
                store::challenge::put(batch, &challenge);
                store::consent::put(batch, world.tenant, person.id, &[stored]);
            }).await;
            let mut tx = world.begin().await;
            let reference = (format!("ref {}", person.id), person.id);
            store::link_ref::put(&mut tx, world.tenant, key, &[reference], "").await.unwrap();
            tx.commit().await.unwrap();
            kept.push((person.clone(), request, mail, evidence, challenge));
        }
        let mut tx = world.begin().await;
        erasure::forget(&mut tx, world.neighbour, bob.id).await.unwrap();
        erasure::forget(&mut tx, world.tenant, ada.id).await.unwrap();
        erasure::forget(&mut tx, world.tenant, ada.id).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = world.begin().await;
        for (person, request, mail, evidence, challenge) in kept {
            let there = person.id == bob.id;
            let reference = format!("ref {}", person.id);
            let found = store::link_ref::find(&mut tx, world.tenant, key, &reference).await.unwrap();
            assert_eq!(found, there.then_some(person.id));
            assert_eq!(contact::find(&mut tx, world.tenant, person.id).await.unwrap().is_some(), there);
            assert_eq!(store::request::find(&mut tx, world.tenant, request).await.unwrap().is_some(), there);
            assert_eq!(store::challenge::find(&mut tx, world.tenant, challenge.id).await.unwrap().is_some(), there);
            let consents = store::consent::of_contact(&mut tx, world.tenant, person.id).await.unwrap();
            assert_eq!(consents.len(), usize::from(there));
            let mailed = store::mail::any_since(&mut tx, world.tenant, person.id, &mail.kind, at(0)).await.unwrap();
            assert_eq!(mailed, there);
            let emptied = Evidence {
                record: evidence.record.clone().filter(|_| there),
                salt: evidence.salt.clone().filter(|_| there),
                ..evidence.clone()
            };
            assert_eq!(store::evidence::find(&mut tx, world.tenant, evidence.id).await.unwrap(), Some(emptied));
        }
        tx.commit().await.unwrap();
        assert_ne!(world.meet(world.tenant, "ada@example.org").await.id, ada.id, "a stranger again");
    }

    async fn erasing_leaves_an_empty_mark(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        world.give_external_id(ada.id, "crm-1").await;
        let purpose = PurposeId::new(&world.random);
        for person in [&ada, &bob] {
            let stored = world.consent(purpose, ayeaye::domain::consent::State::Confirmed);
            world.put(|batch| {
                store::consent::put(batch, world.tenant, person.id, &[stored]);
                contact::set_pause(batch, world.tenant, person.id, Some(at(99)));
            }).await;
            world.request(world.tenant, Some(person.id), 100).await;
            world.mail(person.id, 1).await;
            world.answered(person.id, "preference.changed", r#"{"reason":"too many"}"#).await;
            world.answered(person.id, "consent.withdrawn", r#"{"purpose":"newsletter"}"#).await;
        }
        world.put(|batch| erasure::erase(batch, world.neighbour, bob.id, Locale::En, at(5))).await;
        world.put(|batch| erasure::erase(batch, world.tenant, ada.id, Locale::Fr, at(6))).await;
        let erased = Contact {
            email: None,
            locale: Locale::Fr,
            erased_at: Some(at(6)),
            ..ada.clone()
        };
        assert_eq!(world.contact(world.tenant, ada.id).await, Some(erased));
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM contact WHERE external_id IS NOT NULL OR lookup_key IS NULL AND email IS NOT NULL").await, 0);
        for table in ["consent", "request", "mail"] {
            for (person, left) in [(&ada, 0), (&bob, 1)] {
                let count = format!("SELECT COUNT(*) FROM {table} WHERE contact_id = '{}'", person.id);
                assert_eq!(world.raw_count(&count).await, left, "{table}");
            }
        }
        let count = async |sql: &str| world.raw_count(&format!("SELECT COUNT(*) FROM {sql}")).await;
        let of = |person: &Contact, data: &str| format!("event WHERE contact_id = '{}' AND data = '{data}'", person.id);
        assert_eq!(count(&of(&bob, r#"{"reason":"too many"}"#)).await, 1);
        assert_eq!(count(&of(&ada, &format!(r#"{{"contact":"{}"}}"#, ada.id))).await, 1);
        assert_eq!(count(&of(&ada, r#"{"purpose":"newsletter"}"#)).await, 1, "ids and states stay");
        assert_eq!(count("attempt WHERE note = 'thank you'").await, 2);
        assert_eq!(count("attempt WHERE note = ''").await, 2);
        assert_ne!(world.meet(world.tenant, "ada@example.org").await.id, ada.id, "a stranger again");
    }

    async fn a_person_is_marked_as_not_to_be_mailed_and_the_mark_is_lifted(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        world.put(|batch| contact::set_suppressed(batch, world.tenant, ada.id, Some(at(7)))).await;
        world.put(|batch| contact::set_suppressed(batch, world.neighbour, bob.id, Some(at(7)))).await;
        assert_eq!(world.contact(world.tenant, ada.id).await.unwrap().suppressed_at, Some(at(7)));
        assert_eq!(world.contact(world.tenant, bob.id).await.unwrap().suppressed_at, None);
        world.put(|batch| contact::set_suppressed(batch, world.tenant, ada.id, None)).await;
        assert_eq!(world.contact(world.tenant, ada.id).await.unwrap().suppressed_at, None);
    }
}
