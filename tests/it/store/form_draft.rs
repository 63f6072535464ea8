//! Forms not yet published, and what people enter in declared fields.

use ayeaye::{
    domain::{
        Locale,
        id::{ContactId, RequestId},
    },
    store::{
        entered, erasure,
        form_draft::{self, FormDraft},
        request::{self, NewRequest},
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    fn draft(&self, slug: &str, body: &str) -> FormDraft {
        FormDraft {
            tenant: self.tenant,
            slug: slug.to_owned(),
            body: body.to_owned(),
            based_on: 0,
            changed_at: at(1),
        }
    }
}

impl World {
    /// A signup of a person, with what they entered.
    async fn request_with(&self, contact: ContactId, fields: &str) -> RequestId {
        let id = RequestId::new(at(1), &self.random);
        let new = NewRequest {
            tenant: self.tenant,
            id,
            contact: Some(contact),
            form: None,
            recipient: "recipient",
            locale: Locale::En,
            purposes: &[],
            created_at: at(1),
            expires_at: at(100),
            fields: Some(fields),
            minor: None,
            same_as: None,
        };
        self.put(|batch| request::put(batch, &new)).await;
        id
    }
}

both! {
    async fn a_draft_is_read_back_changed_and_removed_and_is_one_tenants(world: World) {
        let mut ours = world.draft("letters", "{}");
        let theirs = FormDraft { tenant: world.neighbour, body: "theirs".to_owned(), ..ours.clone() };
        let another = world.draft("another", "{}");
        for draft in [&ours, &theirs, &another] {
            world.put(|batch| form_draft::put(batch, draft)).await;
        }
        "{\"slug\":\"letters\"}".clone_into(&mut ours.body);
        (ours.based_on, ours.changed_at) = (3, at(9));
        world.put(|batch| form_draft::put(batch, &ours)).await;
        let found = form_draft::find(&mut world.peek().await, world.tenant, "letters").await.unwrap();
        assert_eq!(found, Some(ours.clone()));
        let all = form_draft::of_tenant(&mut world.peek().await, world.tenant).await.unwrap();
        assert_eq!(all, [another, ours]);
        world.put(|batch| form_draft::remove(batch, world.tenant, "letters")).await;
        assert_eq!(form_draft::find(&mut world.peek().await, world.tenant, "letters").await.unwrap(), None);
        let left = form_draft::find(&mut world.peek().await, world.neighbour, "letters").await.unwrap();
        assert_eq!(left, Some(theirs));
    }

    async fn what_was_entered_goes_from_the_request_to_the_person_and_with_either(world: World) {
        let ada = world.meet(world.tenant, "ada@example.org").await;
        let first = world.request_with(ada.id, "one").await;
        let of_request = async |id| entered::of_request(&mut world.peek().await, world.tenant, id).await.unwrap();
        let of_contact = async || entered::of_contact(&mut world.peek().await, world.tenant, ada.id).await.unwrap();
        assert_eq!((of_request(first).await.as_deref(), of_contact().await), (Some("one"), None));
        let theirs = entered::of_request(&mut world.peek().await, world.neighbour, first).await.unwrap();
        assert_eq!(theirs, None);
        let second = world.request_with(ada.id, "two").await;
        world.put(|batch| entered::drop_before(batch, world.neighbour, ada.id, second)).await;
        assert_eq!(of_request(first).await.as_deref(), Some("one"), "another tenant's hand");
        world.put(|batch| entered::drop_before(batch, world.tenant, ada.id, second)).await;
        assert_eq!((of_request(first).await, of_request(second).await.as_deref()), (None, Some("two")));

        let receipt = ayeaye::domain::id::ReceiptNumber::new(&world.random);
        for end in 0..3 {
            let id = world.request_with(ada.id, "three").await;
            world.put(|batch| match end {
                0 => request::revoke_open(batch, world.tenant, ada.id, at(2)),
                1 => request::end_deleted(batch, world.tenant, id, at(2)),
                _ => request::end_confirmed(batch, world.tenant, id, at(2), receipt),
            }).await;
            assert_eq!(of_request(id).await, None, "ended in way {end}");
        }
        world.put(|batch| entered::put_contact(batch, world.neighbour, ada.id, "not theirs")).await;
        assert_eq!(of_contact().await, None);
        world.put(|batch| entered::put_contact(batch, world.tenant, ada.id, "three")).await;
        assert_eq!(of_contact().await.as_deref(), Some("three"));
        let last = world.request_with(ada.id, "four").await;
        world.put(|batch| erasure::erase(batch, world.tenant, ada.id, Locale::En, at(3))).await;
        assert_eq!((of_request(last).await, of_contact().await), (None, None));
    }
}
