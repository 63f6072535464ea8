//! What is read of people one after the other, and of one person as a whole.

use ayeaye::{
    domain::{
        Locale,
        id::{ChallengeId, ContactId, EventId, EvidenceId, LinkKeyId},
    },
    store::{
        challenge::{self, Challenge},
        contact, erasure, event,
        event::Event,
        evidence::{self, Evidence},
        link_ref, mail,
        request::{self, Nowhere},
        suppression::{self, Suppression},
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    async fn page(&self, after: &str, limit: i64) -> Vec<ContactId> {
        let found = contact::page(&mut self.peek().await, self.tenant, after, limit).await.unwrap();
        found.into_iter().map(|(contact, _)| contact.id).collect()
    }
}

both! {
    async fn people_are_paged_by_id_without_the_erased_and_the_neighbours(world: World) {
        let mut ids = Vec::new();
        for name in ["ada", "bob", "cleo", "dan"] {
            ids.push(world.meet(world.tenant, &format!("{name}@example.org")).await.id);
        }
        world.meet(world.neighbour, "eve@example.org").await;
        ids.sort_unstable();
        world.put(|batch| erasure::erase(batch, world.tenant, ids[1], Locale::En, at(5))).await;
        world.put(|batch| ayeaye::store::entered::put_contact(batch, world.tenant, ids[2], "sealed")).await;
        assert_eq!(world.page("", 10).await, [ids[0], ids[2], ids[3]]);
        assert_eq!(world.page("", 2).await, [ids[0], ids[2]]);
        assert_eq!(world.page(&ids[2].to_string(), 10).await, [ids[3]]);
        let found = contact::page(&mut world.peek().await, world.tenant, &ids[0].to_string(), 1).await.unwrap();
        assert_eq!(found[0].1.as_deref(), Some("sealed"));
    }

    async fn facts_are_read_backwards_from_any_of_them(world: World) {
        let (ada, bob) = (ContactId::new(at(1), &world.random), ContactId::new(at(1), &world.random));
        let mut ids = Vec::new();
        for (contact, moment) in [(ada, 1), (bob, 2), (ada, 3), (ada, 4)] {
            let id = EvidenceId::new(at(moment), &world.random);
            let fact = Evidence {
                tenant: world.tenant,
                id,
                contact,
                kind: "consent.confirmed".to_owned(),
                at: at(moment),
                receipt: None,
                record: None,
                salt: None,
                position: None,
            };
            world.put(|batch| evidence::put(batch, &fact)).await;
            ids.push(id);
        }
        let read = async |before: &str, limit| {
            let found = evidence::before(&mut world.peek().await, world.tenant, ada, before, limit).await.unwrap();
            found.into_iter().map(|it| it.id).collect::<Vec<_>>()
        };
        assert_eq!(read("", 2).await, [ids[3], ids[2]]);
        assert_eq!(read(&ids[2].to_string(), 2).await, [ids[0]]);
        assert_eq!(read(&ids[0].to_string(), 2).await, []);
        let others = evidence::before(&mut world.peek().await, world.neighbour, ada, "", 9).await.unwrap();
        assert_eq!(others, []);
    }

    async fn signups_are_paged_for_all_and_for_one_and_say_why_they_lead_nowhere(world: World) {
        let (ada, bob) = (
            world.meet(world.tenant, "ada@example.org").await.id,
            world.meet(world.tenant, "bob@example.org").await.id,
        );
        let first = world.request(world.tenant, Some(ada), 100).await;
        let second = world.request(world.tenant, Some(bob), 100).await;
        let third = world.request(world.tenant, Some(ada), 100).await;
        let held = world.request(world.tenant, None, 100).await;
        world.request(world.neighbour, None, 100).await;
        let mut all = [first, second, third];
        all.sort_unstable();
        let mut hers = [first, third];
        hers.sort_unstable();
        let mut tx = world.peek().await;
        let ids = |found: Vec<request::Request>| found.into_iter().map(|it| it.id).collect::<Vec<_>>();
        assert_eq!(ids(request::page(&mut tx, world.tenant, "", 9).await.unwrap()), all);
        assert_eq!(ids(request::page(&mut tx, world.tenant, &all[0].to_string(), 1).await.unwrap()), [all[1]]);
        assert_eq!(ids(request::of_contact(&mut tx, world.tenant, ada, "", 9).await.unwrap()), hers);
        let rest = request::of_contact(&mut tx, world.tenant, ada, &hers[0].to_string(), 9).await.unwrap();
        assert_eq!(ids(rest), [hers[1]]);
        assert_eq!(ids(request::of_contact(&mut tx, world.neighbour, ada, "", 9).await.unwrap()), []);
        for why in [Nowhere::Held, Nowhere::Confirmed] {
            world.put(|batch| request::note_nowhere(batch, world.tenant, held, why)).await;
            let read = request::find(&mut world.peek().await, world.tenant, held).await.unwrap().unwrap();
            assert_eq!(read.nowhere, Some(why));
        }
    }

    async fn what_hangs_on_a_person_is_read_for_them_alone(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await.id;
        let bob = world.meet(world.tenant, "bob@example.org").await.id;
        let code = Challenge {
            tenant: world.tenant,
            id: ChallengeId::new(at(4), &world.random),
            contact: ada,
            created_at: at(4),
            expires_at: at(9),
            tries: 1,
            used_at: None,
        };
        world.put(|batch| challenge::put(batch, &code)).await;
        let sent = world.mail(ada, 6).await;
        world.mail(bob, 7).await;
        let told = Event {
            tenant: world.tenant,
            id: EventId::new(at(5), &world.random),
            kind: "ping".to_owned(),
            at: at(5),
            contact: Some(ada),
            data: "{}".to_owned(),
            sequence: None,
        };
        world.put(|batch| event::put(batch, std::slice::from_ref(&told))).await;
        let key = LinkKeyId::new(&world.random);
        let mut tx = world.begin().await;
        let references = [("eAAA".to_owned(), ada), ("eBBB".to_owned(), bob)];
        link_ref::put(&mut tx, world.tenant, key, &references, "con_0").await.unwrap();
        tx.commit().await.unwrap();
        let (tenant, id) = (world.tenant, told.id);
        let mut tx = world.peek().await;
        assert_eq!(challenge::of_contact(&mut tx, tenant, ada).await.unwrap(), [code]);
        assert_eq!(event::of_contact(&mut tx, tenant, ada, "", 9).await.unwrap(), [told]);
        assert_eq!(event::of_contact(&mut tx, tenant, ada, &id.to_string(), 9).await.unwrap(), []);
        assert_eq!(link_ref::of_contact(&mut tx, tenant, ada).await.unwrap(), [(key, "eAAA".to_owned())]);
        let mails = mail::of_contact(&mut tx, tenant, ada).await.unwrap();
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].id, mails[0].state.as_str(), mails[0].ended_at), (sent.id, "waiting", None));
        let neighbour = world.neighbour;
        assert_eq!(challenge::of_contact(&mut tx, neighbour, ada).await.unwrap(), []);
        assert_eq!(event::of_contact(&mut tx, neighbour, ada, "", 9).await.unwrap(), []);
        assert_eq!(link_ref::of_contact(&mut tx, neighbour, ada).await.unwrap(), []);
        assert_eq!(mail::of_contact(&mut tx, neighbour, ada).await.unwrap(), []);
    }

    async fn a_tenant_adds_and_lifts_marks_but_never_those_of_a_person(world: World) {
        let add = async |hash: &str, reason: &str, now: i64| {
            let mut tx = world.begin().await;
            let added = suppression::add(&mut tx, world.tenant, &[(hash.to_owned(), at(now))], reason).await.unwrap();
            tx.commit().await.unwrap();
            !added.is_empty()
        };
        let find = async |hash: &str, now: i64| {
            suppression::find(&mut world.peek().await, world.tenant, hash, at(now)).await.unwrap()
        };
        assert_eq!(find("a", 1).await, None);
        assert!(add("a", "bounced", 1).await);
        assert!(!add("a", "complained", 2).await, "it is so already");
        let mark = Suppression {
            address_hash: "a".to_owned(), reason: "bounced".to_owned(), created_at: at(1), until: None,
        };
        assert_eq!(find("a", 9).await, Some(mark));
        assert_eq!(suppression::find(&mut world.peek().await, world.neighbour, "a", at(9)).await.unwrap(), None);

        world.put(|batch| suppression::put(batch, world.tenant, "b", "reported", at(1), Some(at(50)))).await;
        assert_eq!(find("b", 50).await, None);
        assert!(add("b", "bounced", 50).await);
        assert_eq!(find("b", 99).await.map(|it| (it.reason, it.until)), Some(("bounced".to_owned(), None)));

        for erased in [false, true] {
            let hash = format!("d{erased}");
            world.put(|batch| suppression::put(batch, world.tenant, &hash, "reported", at(1), Some(at(50)))).await;
            if erased {
                world.put(|batch| suppression::put_erased(batch, world.tenant, &hash, at(1))).await;
            }
            assert!(add(&hash, "bounced", 2).await);
            let mark = find(&hash, 99).await.map(|it| (it.reason, it.until));
            assert_eq!(mark, Some(("reported".to_owned(), None)), "a block stays the person's own; it ends no more");
            assert!(!add(&hash, "bounced", 3).await);
        }

        world.put(|batch| suppression::put_erased(batch, world.tenant, "c", at(1))).await;
        assert_eq!(find("c", 2).await.map(|it| it.reason).as_deref(), Some("erased"));
        assert!(add("c", "complained", 2).await, "the mark of the erased blocks nobody by itself");
        let mut tx = world.begin().await;
        suppression::remove(&mut tx, world.neighbour, "a").await.unwrap();
        suppression::remove(&mut tx, world.tenant, "c").await.unwrap();
        tx.commit().await.unwrap();
        assert!(find("a", 9).await.is_some());
        assert_eq!(find("c", 9).await, None);
    }
}
