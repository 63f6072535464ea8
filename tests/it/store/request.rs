//! Submitted signups.

use ayeaye::{
    domain::{
        Locale,
        id::{ContactId, EvidenceId, FormId, MailId, PurposeId, ReceiptNumber, RequestId, TenantId},
        request::{Facts, Outcome},
    },
    store::{
        erasure,
        mail::Mail,
        request::{self, Agreed, Minor, NewMinor, NewRequest, Party, Request},
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    /// A signup made at instant 1 that can be confirmed until `expires_at`.
    pub(crate) async fn request(
        &self,
        tenant: TenantId,
        contact: Option<ContactId>,
        expires_at: i64,
    ) -> RequestId {
        let id = RequestId::new(at(1), &self.random);
        let new = NewRequest {
            tenant,
            id,
            contact,
            form: None,
            recipient: "recipient",
            locale: Locale::Fr,
            purposes: &[],
            created_at: at(1),
            expires_at: at(expires_at),
            minor: None,
            same_as: None,
            fields: None,
        };
        self.put(|batch| request::put(batch, &new)).await;
        id
    }

    /// A child's signup made on a form at instant 1.
    async fn request_of_a_child(&self, contact: ContactId) -> RequestId {
        self.request_on_form(contact, Some(NewMinor { than: 15, guardian: "sealed" })).await
    }

    /// Somebody else's signup made on a form at instant 1.
    async fn request_of_a_form(&self, contact: ContactId) -> RequestId {
        self.request_on_form(contact, None).await
    }

    async fn request_on_form(&self, contact: ContactId, minor: Option<NewMinor<'_>>) -> RequestId {
        let id = RequestId::new(at(1), &self.random);
        let new = NewRequest {
            tenant: self.tenant,
            id,
            contact: Some(contact),
            form: Some(FormId::new(&self.random)),
            recipient: "recipient",
            locale: Locale::Fr,
            purposes: &[],
            created_at: at(1),
            expires_at: at(100),
            minor,
            same_as: None,
            fields: None,
        };
        self.put(|batch| request::put(batch, &new)).await;
        id
    }

    async fn read_request(&self, id: RequestId) -> Request {
        request::find(&mut self.peek().await, self.tenant, id).await.unwrap().unwrap()
    }
}

both! {
    async fn a_signup_may_stand_for_another(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let first = world.request(world.tenant, Some(ada.id), 100).await;
        let id = RequestId::new(at(2), &world.random);
        let again = NewRequest {
            tenant: world.tenant,
            id,
            contact: None,
            form: None,
            recipient: "recipient",
            locale: Locale::Fr,
            purposes: &[],
            created_at: at(2),
            expires_at: at(100),
            minor: None,
            same_as: Some(first),
            fields: None,
        };
        world.put(|batch| request::put(batch, &again)).await;
        let mut tx = world.peek().await;
        assert_eq!(request::meant(&mut tx, world.tenant, id).await.unwrap(), first);
        assert_eq!(request::meant(&mut tx, world.tenant, first).await.unwrap(), first);
        let gone = RequestId::new(at(3), &world.random);
        assert_eq!(request::meant(&mut tx, world.tenant, gone).await.unwrap(), gone);
    }

    async fn a_signup_is_read_back_whole(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let purposes = [PurposeId::new(&world.random), PurposeId::new(&world.random)];
        let id = RequestId::new(at(1), &world.random);
        let new = NewRequest {
            tenant: world.tenant,
            id,
            contact: Some(ada.id),
            form: Some(FormId::new(&world.random)),
            recipient: "keyed hash",
            locale: Locale::Fr,
            purposes: &purposes,
            created_at: at(1),
            expires_at: at(100),
            minor: None,
            same_as: None,
            fields: None,
        };
        world.put(|batch| request::put(batch, &new)).await;
        let expected = Request {
            tenant: world.tenant,
            id,
            contact: Some(ada.id),
            form: new.form,
            recipient: "keyed hash".to_owned(),
            locale: Locale::Fr,
            purposes: purposes.to_vec(),
            created_at: at(1),
            tries: 0,
            facts: Facts { outcome: Outcome::Open, expires_at: at(100), generation: 1, newest: 1 },
            receipt: None,
            mailed_at: None,
            minor: None,
            nowhere: None,
        };
        assert_eq!(world.read_request(id).await, expected);
        assert_eq!(request::find(&mut world.peek().await, world.neighbour, id).await.unwrap(), None);
    }

    async fn a_signup_tells_when_its_mail_was_taken(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let id = world.request(world.tenant, Some(ada.id), 100).await;
        let other = world.request(world.tenant, Some(ada.id), 100).await;
        let mail = |tenant, contact, about: RequestId| Mail {
            tenant,
            id: MailId::new(at(1), &world.random),
            kind: "confirm".to_owned(),
            contact,
            about: about.to_string(),
            locale: Locale::En,
            created_at: at(1),
            give_up_at: at(9),
            attempts: 1,
            lease: 1,
        };
        let stranger = ContactId::new(at(1), &world.random);
        for it in [mail(world.tenant, stranger, id), mail(world.neighbour, ada.id, id), mail(world.tenant, ada.id, other)] {
            world.put(|batch| request::note_mailed(batch, &it, at(6))).await;
        }
        assert_eq!(world.read_request(id).await.mailed_at, None);
        for moment in [7, 8] {
            world.put(|batch| request::note_mailed(batch, &mail(world.tenant, ada.id, id), at(moment))).await;
            assert_eq!(world.read_request(id).await.mailed_at, Some(at(moment)));
        }
    }

    async fn each_signup_is_the_newest_of_its_contact_only(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        let first = world.request(world.tenant, Some(ada.id), 100).await;
        let bobs = world.request(world.tenant, Some(bob.id), 100).await;
        let second = world.request(world.tenant, Some(ada.id), 100).await;
        let facts = async |id| world.read_request(id).await.facts;
        assert_eq!((facts(first).await.generation, facts(first).await.newest), (1, 2));
        assert_eq!((facts(second).await.generation, facts(second).await.newest), (2, 2));
        assert_eq!((facts(bobs).await.generation, facts(bobs).await.newest), (1, 1));
    }

    async fn signups_that_lead_nowhere_are_rows_without_a_contact(world: World) {
        let (first, second) = (
            world.request(world.tenant, None, 100).await,
            world.request(world.tenant, None, 100).await,
        );
        for id in [first, second] {
            let read = world.read_request(id).await;
            assert_eq!((read.contact, read.form, read.purposes), (None, None, Vec::new()));
            assert_eq!((read.facts.generation, read.facts.newest), (1, 0));
        }
    }

    async fn wrong_codes_are_counted(world: World) {
        let (id, other) = (world.request(world.tenant, None, 100).await, world.request(world.tenant, None, 100).await);
        let mut tx = world.begin().await;
        for tries in 1..=3 {
            assert_eq!(request::count_try(&mut tx, world.tenant, id).await.unwrap(), Some(tries));
        }
        assert_eq!(request::count_try(&mut tx, world.neighbour, id).await.unwrap(), None);
        tx.commit().await.unwrap();
        assert_eq!(world.read_request(id).await.tries, 3);
        assert_eq!(world.read_request(other).await.tries, 0);
    }

    async fn a_signup_ends_confirmed_deleted_or_revoked(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let bob = world.meet(world.tenant, "bob@example.org").await;
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(world.request(world.tenant, Some(ada.id), 100).await);
        }
        let bobs = world.request(world.tenant, Some(bob.id), 100).await;
        let receipt = ReceiptNumber::new(&world.random);
        world.put(|batch| {
            request::end_confirmed(batch, world.neighbour, ids[1], at(9), receipt);
            request::end_deleted(batch, world.neighbour, ids[1], at(9));
        }).await;
        world.put(|batch| request::end_confirmed(batch, world.tenant, ids[0], at(5), receipt)).await;
        world.put(|batch| request::end_deleted(batch, world.tenant, ids[1], at(6))).await;
        world.put(|batch| request::revoke_open(batch, world.neighbour, ada.id, at(7))).await;
        world.put(|batch| request::revoke_open(batch, world.tenant, ada.id, at(8))).await;
        world.put(|batch| request::revoke_open(batch, world.tenant, ada.id, at(9))).await;
        let outcome = async |id| world.read_request(id).await.facts.outcome;
        assert_eq!(outcome(ids[0]).await, Outcome::Confirmed(at(5)));
        assert_eq!(outcome(ids[1]).await, Outcome::Deleted(at(6)));
        assert_eq!(outcome(ids[2]).await, Outcome::Revoked(at(8)));
        assert_eq!(outcome(ids[3]).await, Outcome::Revoked(at(8)));
        assert_eq!(outcome(bobs).await, Outcome::Open);
        assert_eq!(world.read_request(ids[0]).await.receipt, Some(receipt.to_string()));
        assert_eq!(world.read_request(ids[1]).await.receipt, None);
    }

    async fn lapsed_signups_come_the_oldest_first_without_the_confirmed(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let mut ids = Vec::new();
        for expires_at in [30, 10, 20, 31, 5] {
            ids.push(world.request(world.tenant, Some(ada.id), expires_at).await);
        }
        let theirs = world.request(world.neighbour, None, 15).await;
        let receipt = ReceiptNumber::new(&world.random);
        world.put(|batch| request::end_confirmed(batch, world.tenant, ids[4], at(4), receipt)).await;
        world.put(|batch| request::end_deleted(batch, world.tenant, ids[2], at(4))).await;
        let mut peek = world.peek().await;
        let ours = |id| (world.tenant, id, Some(ada.id));
        let all = request::lapsed(&mut peek, at(30), 9).await.unwrap();
        assert_eq!(all, [ours(ids[1]), (world.neighbour, theirs, None), ours(ids[2]), ours(ids[0])]);
        assert_eq!(request::lapsed(&mut peek, at(30), 1).await.unwrap(), [ours(ids[1])]);
        assert_eq!(request::lapsed(&mut peek, at(9), 9).await.unwrap(), []);
    }

    async fn a_removed_signup_is_gone_and_others_are_not(world: World) {
        let (id, other) = (world.request(world.tenant, None, 100).await, world.request(world.tenant, None, 100).await);
        world.put(|batch| request::remove(batch, world.neighbour, other)).await;
        world.put(|batch| request::remove(batch, world.tenant, id)).await;
        world.put(|batch| request::remove(batch, world.tenant, id)).await;
        assert_eq!(request::find(&mut world.peek().await, world.tenant, id).await.unwrap(), None);
        assert_eq!(world.read_request(other).await.id, other);
    }

    async fn a_childs_signup_keeps_who_agreed_and_the_sealed_address_until_it_ends(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let evidence = [EvidenceId::new(at(5), &world.random), EvidenceId::new(at(6), &world.random)];
        let new = world.request_of_a_child(ada.id).await;
        let minor = async || world.read_request(new).await.minor;
        let kept = |guardian: Option<&str>, child_at, guardian_at, agreed| {
            Some(Minor { than: 15, guardian: guardian.map(str::to_owned), child_at, guardian_at, agreed })
        };
        assert_eq!(minor().await, kept(Some("sealed"), None, None, None));
        let note = async |tenant, party, now, agreed| {
            let answer = Agreed { party, at: at(now), evidence: agreed, purposes: None };
            world.put(|batch| request::note_answer(batch, tenant, new, answer)).await;
        };
        note(world.neighbour, Party::Child, 5, Some(evidence[0])).await;
        assert_eq!(minor().await, kept(Some("sealed"), None, None, None));
        note(world.tenant, Party::Child, 5, Some(evidence[0])).await;
        assert_eq!(minor().await, kept(Some("sealed"), Some(at(5)), None, Some(evidence[0])));
        note(world.tenant, Party::Guardian, 6, Some(evidence[1])).await;
        assert_eq!(minor().await, kept(Some("sealed"), Some(at(5)), Some(at(6)), Some(evidence[0])));
        let receipt = ReceiptNumber::new(&world.random);
        world.put(|batch| request::end_confirmed(batch, world.tenant, new, at(7), receipt)).await;
        assert_eq!(minor().await, kept(None, Some(at(5)), Some(at(6)), Some(evidence[0])));
        for end in ["deleted", "revoked", "erased"] {
            let bob = world.meet(world.tenant, &format!("{end}@example.org")).await;
            let id = world.request_of_a_child(bob.id).await;
            world.put(|batch| match end {
                "deleted" => request::end_deleted(batch, world.tenant, id, at(8)),
                "revoked" => request::revoke_open(batch, world.tenant, bob.id, at(8)),
                _ => erasure::erase(batch, world.tenant, bob.id, Locale::Fr, at(8)),
            }).await;
            let minor = world.read_request(id).await.minor;
            assert_eq!(minor.as_ref().and_then(|it| it.guardian.as_deref()), None, "{end}");
            assert_eq!(minor.is_none(), end == "erased", "{end}");
        }
    }

    async fn what_a_signup_asks_for_can_become_less(world: World) {
        let (id, other) = (world.request(world.tenant, None, 100).await, world.request(world.tenant, None, 100).await);
        let purposes = [PurposeId::new(&world.random), PurposeId::new(&world.random)];
        let less = Agreed { party: Party::Child, at: at(5), evidence: None, purposes: Some(&purposes) };
        world.put(|batch| request::note_answer(batch, world.neighbour, id, less)).await;
        assert_eq!(world.read_request(id).await.purposes, []);
        world.put(|batch| request::note_answer(batch, world.tenant, id, less)).await;
        assert_eq!(world.read_request(id).await.purposes, purposes);
        assert_eq!(world.read_request(other).await.purposes, []);
    }

    async fn a_guardian_is_needed_as_the_last_form_said_that_counts(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let needs = async || {
            let mut peek = world.peek().await;
            assert!(!request::needs_guardian(&mut peek, world.neighbour, ada.id).await.unwrap());
            request::needs_guardian(&mut peek, world.tenant, ada.id).await.unwrap()
        };
        assert!(!needs().await);
        // Somebody who was asked nothing, or is old enough, on a form: not confirmed, then confirmed.
        let adult = world.request_of_a_form(ada.id).await;
        assert!(!needs().await);
        let child = world.request_of_a_child(ada.id).await;
        assert!(needs().await);
        let later = world.request_of_a_form(ada.id).await;
        assert!(needs().await, "said and not confirmed");
        // Boxes ticked on the preference page say nothing of age.
        world.request(world.tenant, Some(ada.id), 100).await;
        assert!(needs().await);
        world.put(|batch| request::end_deleted(batch, world.tenant, child, at(5))).await;
        assert!(!needs().await, "deleted by the child");
        let no = Agreed { party: Party::Guardian, at: at(5), evidence: None, purposes: None };
        world.put(|batch| request::note_answer(batch, world.tenant, child, no)).await;
        assert!(needs().await, "refused by the guardian");
        let receipt = ReceiptNumber::new(&world.random);
        world.put(|batch| request::end_confirmed(batch, world.tenant, adult, at(6), receipt)).await;
        assert!(needs().await, "confirmed of an older form");
        world.put(|batch| request::end_confirmed(batch, world.tenant, later, at(6), receipt)).await;
        assert!(!needs().await, "old enough since");
    }
}
