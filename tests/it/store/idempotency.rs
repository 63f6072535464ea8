//! Answers kept for their `Idempotency-Key`, lists of suppressions, and what a tenant may change of a person.

use ayeaye::{
    domain::Locale,
    store::{
        contact, erasure,
        idempotency::{self, Claim},
        suppression,
    },
};

use super::{World, at};
use crate::support::database::both;

both! {
    async fn an_act_is_claimed_once_with_its_body_until_its_time_is_over(world: World) {
        let claim = async |body: &str, now: i64, kept_from: i64| {
            let mut tx = world.begin().await;
            let claim = idempotency::claim(&mut tx, world.tenant, "act", body, at(now), at(kept_from)).await.unwrap();
            if claim == Claim::New {
                idempotency::keep(&mut tx, world.tenant, "act", &format!("answer of {now}"), None).await.unwrap();
                tx.commit().await.unwrap();
            }
            claim
        };
        assert_eq!(claim("body", 10, 0).await, Claim::New);
        assert_eq!(claim("body", 11, 10).await, Claim::Same("answer of 10".to_owned()));
        assert_eq!(claim("other", 11, 10).await, Claim::OtherBody);
        assert_eq!(claim("other", 20, 11).await, Claim::New, "its time is over");
        assert_eq!(claim("other", 21, 11).await, Claim::Same("answer of 20".to_owned()));
        let mut tx = world.begin().await;
        let neighbours = idempotency::claim(&mut tx, world.neighbour, "act", "body", at(1), at(0)).await.unwrap();
        assert_eq!(neighbours, Claim::New);
        drop(tx);
        let mut tx = world.begin().await;
        assert_eq!(idempotency::prune(&mut tx, at(20), 10).await.unwrap(), 0);
        assert_eq!(idempotency::prune(&mut tx, at(21), 10).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }

    async fn an_answer_about_a_person_goes_with_them_and_the_act_is_not_done_again(world: World) {
        let person = world.meet(world.tenant, "ada@example.org").await.id;
        let mut tx = world.begin().await;
        idempotency::claim(&mut tx, world.tenant, "act", "body", at(1), at(0)).await.unwrap();
        idempotency::keep(&mut tx, world.tenant, "act", "answer", Some(person)).await.unwrap();
        tx.commit().await.unwrap();
        world.put(|batch| erasure::erase(batch, world.tenant, person, Locale::En, at(2))).await;
        let left = "SELECT COUNT(*) FROM idempotency WHERE body = '' AND answer = '' AND contact_id IS NULL";
        assert_eq!(world.raw_count(left).await, 1);
        let mut tx = world.begin().await;
        for body in ["body", "other"] {
            let claim = idempotency::claim(&mut tx, world.tenant, "act", body, at(3), at(0)).await.unwrap();
            assert_eq!(claim, Claim::Erased);
        }
        let claim = idempotency::claim(&mut tx, world.tenant, "act", "body", at(3), at(2)).await.unwrap();
        assert_eq!(claim, Claim::New, "its time is over");
    }

    async fn suppressions_in_force_are_listed_by_their_hash(world: World) {
        for (hash, reason, until) in
            [("c", "reported", Some(at(9))), ("a", "bounced", None), ("b", "reported", Some(at(5))), ("d", "erased", Some(at(5)))]
        {
            world.put(|batch| suppression::put(batch, world.tenant, hash, reason, at(1), until)).await;
        }
        world.put(|batch| suppression::put(batch, world.neighbour, "aa", "bounced", at(1), None)).await;
        let mut tx = world.peek().await;
        let mut page = async |after: &str, reason: Option<&str>, limit: i64| {
            let found = suppression::page(&mut tx, world.tenant, after, reason, at(5), limit).await.unwrap();
            found.into_iter().map(|it| it.address_hash).collect::<Vec<_>>()
        };
        assert_eq!(page("", None, 10).await, ["a", "c", "d"]);
        assert_eq!(page("", None, 1).await, ["a"]);
        assert_eq!(page("a", None, 10).await, ["c", "d"]);
        assert_eq!(page("", Some("reported"), 10).await, ["c"]);
    }

    async fn a_person_is_described_anew(world: World) {
        let person = world.meet(world.tenant, "ada@example.org").await.id;
        let describe = async |locale, external_id: Option<&str>| {
            world.put(|batch| contact::set_described(batch, world.tenant, person, locale, external_id)).await;
            let found = contact::find(&mut world.peek().await, world.tenant, person).await.unwrap().unwrap();
            (found.locale, found.external_id)
        };
        assert_eq!(describe(Locale::Fr, Some("crm-1")).await, (Locale::Fr, Some("crm-1".to_owned())));
        assert_eq!(describe(Locale::En, None).await, (Locale::En, None));
    }
}
