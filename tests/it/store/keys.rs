//! Keys and the references of links tenants mint themselves.

use ayeaye::{
    domain::{
        Locale,
        id::{ApiKeyId, LinkKeyId},
    },
    store::{
        Batch, erasure,
        key::{self, ApiKey, LinkKey},
        link_ref,
    },
};

use super::{World, at};
use crate::support::database::both;

fn api_key(world: &World, created_at: i64) -> ApiKey {
    ApiKey {
        tenant: world.tenant,
        id: ApiKeyId::new(&world.random),
        name: Some("Our shop".to_owned()),
        scopes: vec!["checks".to_owned(), "events:read".to_owned()],
        created_at: at(created_at),
        revoked_at: None,
    }
}

fn link_key(world: &World, created_at: i64) -> LinkKey {
    LinkKey {
        tenant: world.tenant,
        id: LinkKeyId::new(&world.random),
        name: None,
        sealed: "c2VhbGVk".to_owned(),
        created_at: at(created_at),
        revoked_at: None,
        indexed_to: String::new(),
    }
}

both! {
    async fn master_keys_come_newest_first_and_a_number_is_taken_once(world: World) {
        let mut tx = world.begin().await;
        assert_eq!(key::masters(&mut tx).await.unwrap(), []);
        assert!(key::add_master(&mut tx, 1, "one", at(1)).await.unwrap());
        assert!(key::add_master(&mut tx, 2, "two", at(2)).await.unwrap());
        assert!(!key::add_master(&mut tx, 2, "other", at(3)).await.unwrap());
        tx.commit().await.unwrap();
        let masters = key::masters(&mut world.peek().await).await.unwrap();
        assert_eq!(masters, [(2, "two".to_owned()), (1, "one".to_owned())]);
    }

    async fn an_api_key_is_found_by_its_hash_until_revoked(world: World) {
        let (late, early) = (api_key(&world, 2), api_key(&world, 1));
        world.put(|batch| key::put_api_key(batch, &late, "hash of late")).await;
        world.put(|batch| key::put_api_key(batch, &early, "hash of early")).await;
        let mut tx = world.begin().await;
        assert_eq!(key::api_key(&mut tx, "hash of late").await.unwrap(), Some(late.clone()));
        assert_eq!(key::api_key(&mut tx, "hash of nobody").await.unwrap(), None);
        assert_eq!(key::api_keys(&mut tx).await.unwrap(), [early.clone(), late.clone()]);
        assert!(key::revoke_api_key(&mut tx, late.id, at(9)).await.unwrap());
        assert!(!key::revoke_api_key(&mut tx, late.id, at(10)).await.unwrap());
        assert_eq!(key::api_key(&mut tx, "hash of late").await.unwrap(), None);
        assert_eq!(key::api_key(&mut tx, "hash of early").await.unwrap(), Some(early.clone()));
        let revoked = ApiKey { revoked_at: Some(at(9)), ..late };
        assert_eq!(key::api_keys(&mut tx).await.unwrap(), [early.clone(), revoked]);
        let mut batch = Batch::default();
        let same_hash = ApiKey { id: ApiKeyId::new(&world.random), ..early };
        key::put_api_key(&mut batch, &same_hash, "hash of early");
        assert!(tx.batch(batch).await.is_err());
    }

    async fn a_link_key_is_found_until_revoked(world: World) {
        let (late, early) = (link_key(&world, 2), link_key(&world, 1));
        world.put(|batch| key::put_link_key(batch, &late)).await;
        world.put(|batch| key::put_link_key(batch, &early)).await;
        let mut tx = world.begin().await;
        assert_eq!(key::link_keys(&mut tx).await.unwrap(), [early.clone(), late.clone()]);
        assert_eq!(key::link_key(&mut tx, late.id).await.unwrap(), Some(late.clone()));
        assert!(key::revoke_link_key(&mut tx, late.id, at(9)).await.unwrap());
        assert!(!key::revoke_link_key(&mut tx, late.id, at(10)).await.unwrap());
        assert_eq!(key::link_key(&mut tx, late.id).await.unwrap(), None);
        assert_eq!(key::link_key(&mut tx, early.id).await.unwrap(), Some(early.clone()));
        let revoked = LinkKey { revoked_at: Some(at(9)), ..late };
        assert_eq!(key::link_keys(&mut tx).await.unwrap(), [early, revoked]);
        tx.commit().await.unwrap();
    }

    async fn a_tenants_keys_are_listed_read_counted_and_ended_by_it_alone(world: World) {
        let (late, early, next) = (api_key(&world, 2), api_key(&world, 1), api_key(&world, 3));
        let theirs = ApiKey { tenant: world.neighbour, ..api_key(&world, 1) };
        for (number, it) in [&late, &early, &next, &theirs].into_iter().enumerate() {
            world.put(|batch| key::put_api_key(batch, it, &number.to_string())).await;
        }
        let mut tx = world.begin().await;
        let all = key::api_keys_of(&mut tx, world.tenant, None, 9).await.unwrap();
        assert_eq!(all, [early.clone(), late.clone(), next.clone()]);
        let some = key::api_keys_of(&mut tx, world.tenant, Some((at(1), early.id)), 1).await.unwrap();
        assert_eq!(some, all[1..2]);
        assert_eq!(key::live_api_keys(&mut tx, world.tenant).await.unwrap(), 3);
        assert_eq!(key::end_api_key(&mut tx, world.tenant, theirs.id, at(9)).await.unwrap(), None);
        let ended = ApiKey { revoked_at: Some(at(9)), ..late.clone() };
        assert_eq!(key::end_api_key(&mut tx, world.tenant, late.id, at(9)).await.unwrap(), Some(ended.clone()));
        assert_eq!(key::end_api_key(&mut tx, world.tenant, late.id, at(10)).await.unwrap(), Some(ended.clone()));
        assert_eq!(key::live_api_keys(&mut tx, world.tenant).await.unwrap(), 2);
        assert_eq!(key::api_key_of(&mut tx, world.tenant, late.id).await.unwrap(), Some(ended));
        assert_eq!(key::api_key_of(&mut tx, world.tenant, theirs.id).await.unwrap(), None);
        assert_eq!(key::api_key_of(&mut tx, world.neighbour, theirs.id).await.unwrap(), Some(theirs));
        tx.commit().await.unwrap();
    }

    async fn a_tenants_link_keys_are_listed_read_counted_and_ended_by_it_alone(world: World) {
        let (late, early, next) = (link_key(&world, 2), link_key(&world, 1), link_key(&world, 3));
        let theirs = LinkKey { tenant: world.neighbour, ..link_key(&world, 1) };
        for it in [&late, &early, &next, &theirs] {
            world.put(|batch| key::put_link_key(batch, it)).await;
        }
        let mut tx = world.begin().await;
        let all = key::link_keys_of(&mut tx, world.tenant, None, 9).await.unwrap();
        assert_eq!(all, [early.clone(), late.clone(), next.clone()]);
        let some = key::link_keys_of(&mut tx, world.tenant, Some((at(1), early.id)), 1).await.unwrap();
        assert_eq!(some, all[1..2]);
        assert_eq!(key::live_link_keys(&mut tx, world.tenant).await.unwrap(), 3);
        assert_eq!(key::end_link_key(&mut tx, world.tenant, theirs.id, at(9)).await.unwrap(), None);
        let ended = LinkKey { revoked_at: Some(at(9)), ..late.clone() };
        assert_eq!(key::end_link_key(&mut tx, world.tenant, late.id, at(9)).await.unwrap(), Some(ended.clone()));
        assert_eq!(key::end_link_key(&mut tx, world.tenant, late.id, at(10)).await.unwrap(), Some(ended.clone()));
        assert_eq!(key::live_link_keys(&mut tx, world.tenant).await.unwrap(), 2);
        assert_eq!(key::link_key_of(&mut tx, world.tenant, late.id).await.unwrap(), Some(ended));
        assert_eq!(key::link_key_of(&mut tx, world.tenant, theirs.id).await.unwrap(), None);
        tx.commit().await.unwrap();
    }

    async fn references_are_written_once_and_the_index_only_goes_on(world: World) {
        let (ours, other) = (link_key(&world, 1), link_key(&world, 2));
        world.put(|batch| key::put_link_key(batch, &ours)).await;
        world.put(|batch| key::put_link_key(batch, &other)).await;
        let mut people = Vec::new();
        for name in ["a@example.org", "b@example.org", "c@example.org", "erased@example.org"] {
            people.push(world.meet(world.tenant, name).await.id);
        }
        let erased = people[3];
        world.put(|batch| erasure::erase(batch, world.tenant, erased, Locale::En, at(2))).await;
        let mut tx = world.begin().await;
        link_ref::put(&mut tx, world.tenant, ours.id, &[("eDDD".to_owned(), erased)], "con_0").await.unwrap();
        let first = [("eAAA".to_owned(), people[0]), ("eBBB".to_owned(), people[1])];
        link_ref::put(&mut tx, world.tenant, ours.id, &first, "con_b").await.unwrap();
        let second = [("eBBB".to_owned(), people[2]), ("eCCC".to_owned(), people[2])];
        link_ref::put(&mut tx, world.tenant, ours.id, &second, "con_a").await.unwrap();
        link_ref::put(&mut tx, world.neighbour, other.id, &[], "con_z").await.unwrap();
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        let mut find = async |tenant, key, reference| {
            link_ref::find(&mut peek, tenant, key, reference).await.unwrap()
        };
        assert_eq!(find(world.tenant, ours.id, "eAAA").await, Some(people[0]));
        assert_eq!(find(world.tenant, ours.id, "eBBB").await, Some(people[1]));
        assert_eq!(find(world.tenant, ours.id, "eCCC").await, Some(people[2]));
        assert_eq!(find(world.tenant, ours.id, "eDDD").await, None, "erased since its address was read");
        assert_eq!(find(world.tenant, other.id, "eAAA").await, None);
        assert_eq!(find(world.neighbour, ours.id, "eAAA").await, None);
        let keys = key::link_keys(&mut world.peek().await).await.unwrap();
        let indexed: Vec<&str> = keys.iter().map(|it| it.indexed_to.as_str()).collect();
        assert_eq!(indexed, ["con_b", ""], "never back, and not by another tenant");
    }

    async fn contacts_are_listed_after_an_id_in_order_and_limited(world: World) {
        let mut people = Vec::new();
        for name in ["a@example.org", "b@example.org", "c@example.org"] {
            people.push((world.meet(world.tenant, name).await.id, name.to_owned()));
        }
        world.meet(world.neighbour, "d@example.org").await;
        people.sort();
        let mut peek = world.peek().await;
        let mut list = async |after: &str, limit| {
            link_ref::contacts_after(&mut peek, world.tenant, after, limit).await.unwrap()
        };
        assert_eq!(list("", 9).await, people);
        assert_eq!(list("", 2).await, people[..2]);
        assert_eq!(list(&people[0].0.to_string(), 9).await, people[1..]);
        world.raw(&format!("UPDATE contact SET lookup_key = NULL WHERE id = '{}'", people[1].0)).await;
        assert_eq!(list("", 9).await, [people[0].clone(), people[2].clone()], "the erased have no address");
    }
}
