//! The send gate's questions.

use ayeaye::{
    domain::{
        consent::{Consent, Standing, State},
        email,
        id::{ContactId, PurposeId},
    },
    store::{
        consent, contact,
        gate::{self, Entry},
        suppression,
    },
};

use super::{World, at};
use crate::support::database::both;

fn json(texts: &[&str]) -> String {
    serde_json::to_string(texts).unwrap()
}

fn sorted(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by(|left, right| left.asked.cmp(&right.asked));
    entries
}

fn entry(asked: &str, contact: ContactId) -> Entry {
    Entry {
        asked: asked.to_owned(),
        contact,
        consent: Consent::NONE,
        evidence: None,
        used_at: None,
        standing: Standing::default(),
    }
}

both! {
    async fn the_gate_reads_consent_and_standing_however_people_are_named(world: World) {
        let purpose = PurposeId::new(&world.random);
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let bob = world.meet(world.tenant, "bob \"b\"@example.org").await.id;
        let eve = world.meet(world.neighbour, "eve@example.org").await.id;
        let mut stored = world.consent(purpose, State::Confirmed);
        stored.consent.pending_since = Some(at(6));
        stored.used_at = Some(at(7));
        let other = world.consent(PurposeId::new(&world.random), State::Withdrawn);
        world.put(|batch| consent::put(batch, world.tenant, ada, &[stored, other])).await;
        world.put(|batch| consent::put(batch, world.neighbour, eve, &[stored])).await;
        world.put(|batch| contact::set_pause(batch, world.tenant, ada, Some(at(90)))).await;
        world.put(|batch| contact::set_restricted(batch, world.tenant, bob, Some(at(3)))).await;
        world.raw(&format!("UPDATE contact SET suppressed_at = 4, erased_at = 5 WHERE id = '{bob}'")).await;
        for (id, name) in [(ada, "crm-1"), (bob, "crm-2"), (eve, "crm-3")] {
            world.give_external_id(id, name).await;
        }
        let standing = Standing { erased: true, suppressed: true, restricted: true, paused_until: None };
        let expected = |ada_as: &str, bob_as: &str| {
            let ada = Entry {
                consent: stored.consent,
                evidence: Some(stored.evidence),
                used_at: Some(at(7)),
                standing: Standing { paused_until: Some(at(90)), ..Standing::default() },
                ..entry(ada_as, ada)
            };
            sorted(vec![ada, Entry { standing, ..entry(bob_as, bob) }])
        };
        let mut peek = world.peek().await;
        let addresses = ["ada@example.org", "bob \"b\"@example.org", "eve@example.org", "nobody@example.org", "ada@example.org"];
        let found = gate::by_address(&mut peek, world.tenant, purpose, &json(&addresses)).await.unwrap();
        let mut found = sorted(found);
        found.dedup();
        assert_eq!(found, expected("ada@example.org", "bob \"b\"@example.org"));
        let ids = [ada, bob, eve, ContactId::new(at(1), &world.random)].map(|it| it.to_string());
        let asked = json(&ids.each_ref().map(String::as_str));
        let found = gate::by_id(&mut peek, world.tenant, purpose, &asked).await.unwrap();
        assert_eq!(sorted(found), expected(&ids[0], &ids[1]));
        let asked = json(&["crm-1", "crm-2", "crm-3", "crm-4"]);
        let found = gate::by_external_id(&mut peek, world.tenant, purpose, &asked).await.unwrap();
        assert_eq!(sorted(found), expected("crm-1", "crm-2"));
        let hashes = addresses.map(email::sha256);
        let asked = json(&hashes.each_ref().map(String::as_str));
        let mut found = sorted(gate::by_sha256(&mut peek, world.tenant, purpose, &asked).await.unwrap());
        found.dedup();
        assert_eq!(found, expected(&hashes[0], &hashes[1]));
        let one = contact::by_sha256(&mut peek, world.tenant, &hashes[0]).await.unwrap();
        assert_eq!(one.map(|it| it.id), Some(ada));
        assert!(contact::by_sha256(&mut peek, world.neighbour, &hashes[0]).await.unwrap().is_none());
        assert_eq!(gate::by_address(&mut peek, world.tenant, purpose, "[]").await.unwrap(), []);
        let nothing_known = gate::by_id(&mut peek, world.neighbour, PurposeId::new(&world.random), &json(&[&ids[2]])).await;
        assert_eq!(nothing_known.unwrap(), [entry(&ids[2], eve)]);
    }

    async fn an_address_without_a_hash_is_given_one_unless_it_is_gone(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let bob = world.meet(world.neighbour, "bob@example.org").await.id;
        assert_eq!(gate::unhashed(&mut world.peek().await, 9).await.unwrap(), [], "newcomers are hashed");
        world.raw("UPDATE contact SET email_sha256 = NULL").await;
        let unhashed = gate::unhashed(&mut world.peek().await, 9).await.unwrap();
        let expected = [(world.tenant, ada, "ada@example.org".to_owned()), (world.neighbour, bob, "bob@example.org".to_owned())];
        let mut sorted = unhashed.clone();
        sorted.sort_by_key(|it| it.1);
        let mut expected = expected.to_vec();
        expected.sort_by_key(|it| it.1);
        assert_eq!(sorted, expected);
        assert_eq!(gate::unhashed(&mut world.peek().await, 1).await.unwrap().len(), 1);
        world.raw(&format!("UPDATE contact SET lookup_key = NULL WHERE id = '{bob}'")).await;
        let mut tx = world.begin().await;
        for (tenant, contact, lookup_key) in &unhashed {
            gate::put_sha256(&mut tx, *tenant, *contact, lookup_key).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(gate::unhashed(&mut peek, 9).await.unwrap(), []);
        let found = contact::by_sha256(&mut peek, world.tenant, &email::sha256("ada@example.org")).await.unwrap();
        assert_eq!(found.map(|it| it.id), Some(ada));
        let gone = contact::by_sha256(&mut peek, world.neighbour, &email::sha256("bob@example.org")).await.unwrap();
        assert!(gone.is_none(), "who was erased meanwhile gets no hash");
    }

    async fn ten_thousand_addresses_are_one_question(world: World) {
        let purpose = PurposeId::new(&world.random);
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let mut asked: Vec<String> = (0..9_999).map(|at| format!("nobody{at}@example.org")).collect();
        asked.push("ada@example.org".to_owned());
        let asked = serde_json::to_string(&asked).unwrap();
        let found = gate::by_address(&mut world.peek().await, world.tenant, purpose, &asked).await.unwrap();
        assert_eq!(found, [entry("ada@example.org", ada)]);
    }

    async fn suppressed_hashes_are_told_with_their_reason_while_they_last(world: World) {
        let put = async |tenant, hash, reason, until: Option<i64>| {
            world.put(|batch| suppression::put(batch, tenant, hash, reason, at(1), until.map(at))).await;
        };
        put(world.tenant, "a", "erased", None).await;
        put(world.tenant, "b", "reported", Some(50)).await;
        put(world.neighbour, "c", "bounced", None).await;
        let mut peek = world.peek().await;
        let mut told = async |now| {
            let mut found = gate::suppressed(&mut peek, world.tenant, &json(&["a", "b", "c", "d"]), at(now)).await.unwrap();
            found.sort();
            found
        };
        let pair = |hash: &str, reason: &str| (hash.to_owned(), reason.to_owned());
        assert_eq!(told(49).await, [pair("a", "erased"), pair("b", "reported")]);
        assert_eq!(told(50).await, [pair("a", "erased")]);
    }

    async fn use_is_noted_on_the_consents_relied_on_only(world: World) {
        let (purpose, other) = (PurposeId::new(&world.random), PurposeId::new(&world.random));
        let mut people = Vec::new();
        for name in ["ada", "bob"] {
            let id = world.meet(world.tenant, name).await.id;
            let both = [world.consent(purpose, State::Confirmed), world.consent(other, State::Confirmed)];
            world.put(|batch| consent::put(batch, world.tenant, id, &both)).await;
            people.push(id);
        }
        let used = async |id: ContactId| {
            let mut found = consent::of_contact(&mut world.peek().await, world.tenant, id).await.unwrap();
            found.sort_by_key(|it| it.purpose != purpose);
            found.iter().map(|it| it.used_at).collect::<Vec<_>>()
        };
        let asked = json(&[&people[0].to_string(), "con_nobody"]);
        let mut tx = world.begin().await;
        gate::mark_used(&mut tx, world.neighbour, purpose, &asked, at(8)).await.unwrap();
        gate::mark_used(&mut tx, world.tenant, purpose, &asked, at(9)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(used(people[0]).await, [Some(at(9)), None]);
        assert_eq!(used(people[1]).await, [None, None]);
    }

    async fn a_tenant_with_any_suppression_is_told_from_one_without(world: World) {
        world.put(|batch| {
            ayeaye::store::suppression::put(batch, world.tenant, "hash", "bounce", at(1), None);
        }).await;
        let mut peek = world.peek().await;
        assert!(gate::suppresses(&mut peek, world.tenant).await.unwrap());
        assert!(!gate::suppresses(&mut peek, world.neighbour).await.unwrap());
    }
}
