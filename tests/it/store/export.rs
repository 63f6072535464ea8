//! What is handed out, and the record of it.

use ayeaye::{
    domain::{
        Locale,
        consent::State,
        id::{ApiKeyId, ContactId, ExportId, PurposeId},
    },
    store::{
        consent, entered, erasure, evidence,
        export::{self, Export, Person},
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    fn export(&self, made: i64) -> Export {
        Export {
            tenant: self.tenant,
            id: ExportId::new(at(made), &self.random),
            kind: "contacts".to_owned(),
            by: ApiKeyId::new(&self.random),
            created_at: at(made),
        }
    }

    /// Three people of ours in the order of their ids, and one of the neighbour's.
    async fn three(&self) -> Vec<ContactId> {
        let mut people = Vec::new();
        for name in ["a@example.org", "b@example.org", "c@example.org"] {
            people.push(self.meet(self.tenant, name).await.id);
        }
        self.meet(self.neighbour, "d@example.org").await;
        people.sort();
        people
    }
}

both! {
    async fn exports_are_recorded_for_their_tenant_and_listed_newest_first(world: World) {
        let exports = [world.export(1), world.export(2), world.export(3)];
        let theirs = Export { tenant: world.neighbour, ..world.export(4) };
        for it in exports.iter().chain([&theirs]) {
            world.put(|batch| export::put(batch, it)).await;
        }
        let mut peek = world.peek().await;
        assert_eq!(export::find(&mut peek, world.tenant, exports[1].id).await.unwrap(), Some(exports[1].clone()));
        assert_eq!(export::find(&mut peek, world.tenant, theirs.id).await.unwrap(), None);
        let [first, second, third] = exports;
        let all = export::page(&mut peek, world.tenant, "", 9).await.unwrap();
        assert_eq!(all, [third.clone(), second.clone(), first.clone()]);
        assert_eq!(export::page(&mut peek, world.tenant, "", 1).await.unwrap(), all[..1]);
        let rest = export::page(&mut peek, world.tenant, &third.id.to_string(), 9).await.unwrap();
        assert_eq!(rest, [second, first]);
    }

    async fn people_are_handed_out_with_what_they_entered_but_not_the_erased(world: World) {
        let people = world.three().await;
        world.put(|batch| entered::put_contact(batch, world.tenant, people[0], "sealed")).await;
        let mut peek = world.peek().await;
        let mut list = async |after: &str, limit| -> Vec<Person> {
            export::contacts(&mut peek, world.tenant, after, limit).await.unwrap()
        };
        let all = list("", 9).await;
        assert_eq!(all.iter().map(|it| it.contact.id).collect::<Vec<_>>(), people);
        assert_eq!(all.iter().map(|it| it.fields.as_deref()).collect::<Vec<_>>(), [Some("sealed"), None, None]);
        assert!(all[0].contact.email.is_some());
        assert_eq!(list("", 1).await, all[..1]);
        assert_eq!(list(&people[0].to_string(), 9).await, all[1..]);
        world.put(|batch| erasure::erase(batch, world.tenant, people[1], Locale::En, at(9))).await;
        assert_eq!(list("", 9).await.iter().map(|it| it.contact.id).collect::<Vec<_>>(), [people[0], people[2]]);
    }

    async fn consents_are_handed_out_person_by_person(world: World) {
        let people = world.three().await;
        let mut purposes = [PurposeId::new(&world.random), PurposeId::new(&world.random)];
        purposes.sort();
        let mut expected = Vec::new();
        for id in &people[..2] {
            let stored = purposes.map(|it| world.consent(it, State::Confirmed));
            world.put(|batch| consent::put(batch, world.tenant, *id, &stored)).await;
            expected.extend(stored.map(|it| (*id, it)));
        }
        let mut peek = world.peek().await;
        let mut list = async |tenant, after: (&str, &str), limit| {
            export::consents(&mut peek, tenant, after, limit).await.unwrap()
        };
        assert_eq!(list(world.tenant, ("", ""), 9).await, expected);
        assert_eq!(list(world.tenant, ("", ""), 3).await, expected[..3]);
        let (contact, purpose) = (people[0].to_string(), purposes[0].to_string());
        assert_eq!(list(world.tenant, (&contact, &purpose), 9).await, expected[1..]);
        assert_eq!(list(world.neighbour, ("", ""), 9).await, []);
    }

    async fn facts_are_handed_out_in_their_order(world: World) {
        let contact = ContactId::new(at(1), &world.random);
        let facts = [1, 2, 3].map(|it| world.fact(world.tenant, contact, it));
        let theirs = world.fact(world.neighbour, contact, 2);
        for fact in facts.iter().rev().chain([&theirs]) {
            world.put(|batch| evidence::put(batch, fact)).await;
        }
        let mut peek = world.peek().await;
        let mut list = async |after: &str, limit| {
            export::evidence(&mut peek, world.tenant, after, limit).await.unwrap()
        };
        assert_eq!(list("", 9).await, facts);
        assert_eq!(list("", 2).await, facts[..2]);
        assert_eq!(list(&facts[1].id.to_string(), 9).await, facts[2..]);
    }

    async fn signups_that_lead_nowhere_are_not_handed_out(world: World) {
        let people = world.three().await;
        let mut expected = Vec::new();
        for id in &people {
            expected.push((world.request(world.tenant, Some(*id), 100).await, *id));
        }
        world.request(world.tenant, None, 100).await;
        world.request(world.neighbour, Some(people[0]), 100).await;
        expected.sort();
        let mut peek = world.peek().await;
        let mut list = async |after: &str, limit| {
            let found = export::signups(&mut peek, world.tenant, after, limit).await.unwrap();
            assert!(found.iter().all(|it| it.outcome == "open" && it.ended_at.is_none() && it.form.is_none()));
            assert!(found.iter().all(|it| it.expires_at == at(100) && it.created_at == at(1)));
            found.iter().map(|it| (it.id, it.contact)).collect::<Vec<_>>()
        };
        assert_eq!(list("", 9).await, expected);
        assert_eq!(list("", 2).await, expected[..2]);
        assert_eq!(list(&expected[0].0.to_string(), 9).await, expected[1..]);
    }
}
