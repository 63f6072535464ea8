//! Budgets, suppressions and leases of jobs.

use ayeaye::store::{
    budget::{self, Budget},
    gate, lease, suppression,
};

use super::{World, at};
use crate::support::database::both;

fn of(id: &str, most: i64, span: i64, gap: i64) -> Budget {
    Budget { id: id.to_owned(), most, span, gap }
}

impl World {
    async fn take(&self, budgets: &[Budget], now: i64) -> Vec<bool> {
        let mut tx = self.begin().await;
        let granted = budget::take(&mut tx, budgets, at(now)).await.unwrap();
        tx.commit().await.unwrap();
        granted
    }
}

both! {
    async fn a_budget_grants_its_number_and_starts_anew_after_its_span(world: World) {
        let network = [of("network", 2, 100, 0)];
        let mut granted = Vec::new();
        for now in [10, 20, 30, 109, 110, 111, 112, 210] {
            granted.push(world.take(&network, now).await[0]);
        }
        assert_eq!(granted, [true, true, false, false, true, true, false, true]);
    }

    async fn what_was_taken_in_vain_is_given_back(world: World) {
        let recipient = [of("recipient", 2, 1_000, 1)];
        assert_eq!(world.take(&recipient, 10).await, [true]);
        assert_eq!(world.take(&recipient, 20).await, [true]);
        let mut tx = world.begin().await;
        budget::give_back(&mut tx, &["recipient", "nobody"]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.take(&recipient, 30).await, [true]);
        assert_eq!(world.take(&recipient, 40).await, [false]);
    }

    async fn a_gap_is_kept_and_a_refusal_does_not_prolong_it(world: World) {
        let recipient = [of("recipient", 3, 1_000, 100)];
        let mut granted = Vec::new();
        for now in [0, 99, 100, 150, 199, 200, 300] {
            granted.push(world.take(&recipient, now).await[0]);
        }
        assert_eq!(granted, [true, false, true, false, false, true, false]);
    }

    async fn with_a_gap_no_span_ever_holds_more_than_the_number(world: World) {
        let recipient = [of("recipient", 3, 1_000, 10)];
        let mut granted = Vec::new();
        for now in (0..6_000).step_by(70) {
            if world.take(&recipient, now).await[0] {
                granted.push(now);
            }
        }
        for window in granted.windows(4) {
            assert!(window[3] - window[0] >= 1_000, "four uses within a span: {granted:?}");
        }
        assert!(granted.len() >= 9, "it goes on granting: {granted:?}");
    }

    async fn after_a_quiet_span_all_of_a_budget_is_there_again(world: World) {
        let recipient = [of("recipient", 3, 1_000, 10)];
        for start in [0, 1_100, 2_200] {
            for now in [start, start + 10, start + 20] {
                assert_eq!(world.take(&recipient, now).await, [true], "at {now}");
            }
        }
    }

    async fn a_clock_read_before_the_last_use_is_no_reason_to_refuse(world: World) {
        let network = [of("network", 3, 100, 0)];
        let mut granted = Vec::new();
        for now in [50, 49, 51, 48] {
            granted.push(world.take(&network, now).await[0]);
        }
        assert_eq!(granted, [true, true, true, false]);
        assert_eq!(world.take(&[of("recipient", 3, 100, 10)], 50).await, [true]);
        assert_eq!(world.take(&[of("recipient", 3, 100, 10)], 49).await, [false]);
    }

    async fn several_budgets_are_answered_in_the_order_asked(world: World) {
        let (b, a) = (of("b", 1, 100, 0), of("a", 5, 100, 0));
        assert_eq!(world.take(&[b.clone(), a.clone()], 1).await, [true, true]);
        assert_eq!(world.take(&[b.clone(), a.clone(), of("c", 1, 100, 0)], 2).await, [false, true, true]);
        assert_eq!(world.take(&[a.clone(), a.clone()], 3).await, [true, true], "named twice it is used once");
        assert_eq!(world.take(std::slice::from_ref(&a), 4).await, [true]);
        assert_eq!(world.take(std::slice::from_ref(&a), 5).await, [true]);
        assert_eq!(world.take(std::slice::from_ref(&a), 6).await, [false]);
        assert!(world.take(&[], 7).await.is_empty());
    }

    async fn a_budget_of_nothing_grants_nothing_and_uses_nothing_up(world: World) {
        assert_eq!(world.take(&[of("closed", 0, 100, 0)], 1).await, [false]);
        assert_eq!(world.take(&[of("closed", 0, 100, 0)], 2).await, [false]);
        assert_eq!(world.take(&[of("closed", 1, 100, 0)], 3).await, [true]);
        assert_eq!(world.take(&[of("closed", 1, 100, 0)], 4).await, [false]);
    }

    async fn budgets_go_when_nothing_of_them_counts_any_more(world: World) {
        for (id, now) in [("c", 30), ("a", 10), ("b", 20)] {
            world.take(&[of(id, 1, 100, 0)], now).await;
        }
        let mut tx = world.begin().await;
        assert_eq!(budget::prune(&mut tx, at(209), 9).await.unwrap(), 0);
        assert_eq!(budget::prune(&mut tx, at(220), 1).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(world.raw_count("SELECT COUNT(*) FROM budget WHERE id = 'a'").await, 0, "the oldest went");
        let mut tx = world.begin().await;
        assert_eq!(budget::prune(&mut tx, at(220), 9).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }

    async fn a_sliding_budget_is_not_forgotten_while_a_use_counts(world: World) {
        let recipient = [of("recipient", 2, 100, 10)];
        for now in [0, 90] {
            assert_eq!(world.take(&recipient, now).await, [true]);
        }
        let mut tx = world.begin().await;
        budget::prune(&mut tx, at(150), 9).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.take(&recipient, 150).await, [true]);
        assert_eq!(world.take(&recipient, 170).await, [false], "90 and 150 still count");
    }

    async fn a_suppression_lasts_until_its_end_and_is_never_shortened(world: World) {
        let put = async |tenant, reason, until: Option<i64>| {
            world.put(|batch| suppression::put(batch, tenant, "hash", reason, at(1), until.map(at))).await;
        };
        let mut peek = world.peek().await;
        let mut reason = async |tenant, now| suppression::reason(&mut peek, tenant, "hash", at(now)).await.unwrap();
        assert_eq!(reason(world.tenant, 1).await, None);
        put(world.tenant, "reported", Some(50)).await;
        put(world.tenant, "shorter", Some(40)).await;
        assert_eq!(reason(world.tenant, 49).await.as_deref(), Some("reported"));
        assert_eq!(reason(world.tenant, 50).await, None);
        assert_eq!(reason(world.neighbour, 49).await, None);
        put(world.tenant, "longer", Some(60)).await;
        assert_eq!(reason(world.tenant, 59).await.as_deref(), Some("longer"));
        put(world.tenant, "hard_bounce", None).await;
        put(world.tenant, "reported", Some(99)).await;
        assert_eq!(reason(world.tenant, 1_000_000).await.as_deref(), Some("hard_bounce"));
    }

    async fn the_mark_of_an_erased_person_blocks_nobody_and_outlives_a_block(world: World) {
        let put = async |reason, until: Option<i64>| {
            world.put(|batch| suppression::put(batch, world.tenant, "hash", reason, at(1), until.map(at))).await;
        };
        let erase = async || world.put(|batch| suppression::put_erased(batch, world.tenant, "hash", at(2))).await;
        let now = async |now| {
            let mut tx = world.begin().await;
            let blocks = suppression::reason(&mut tx, world.tenant, "hash", at(now)).await.unwrap();
            let told = gate::suppressed(&mut tx, world.tenant, "[\"hash\"]", at(now)).await.unwrap();
            (blocks, told.into_iter().map(|(_, reason)| reason).next())
        };
        let is = |blocks: Option<&str>, told: &str| (blocks.map(str::to_owned), Some(told.to_owned()));
        erase().await;
        erase().await;
        assert_eq!(now(5).await, is(None, "erased"));
        put("reported", Some(50)).await;
        assert_eq!(now(49).await, is(Some("erased"), "erased"));
        assert_eq!(now(50).await, is(None, "erased"));
        let mut tx = world.begin().await;
        assert_eq!(suppression::prune(&mut tx, at(99), 9).await.unwrap(), 0, "the mark does not end with the block");
        tx.commit().await.unwrap();
        put("hard_bounce", None).await;
        erase().await;
        assert_eq!(now(99).await, is(Some("hard_bounce"), "hard_bounce"));
        world.put(|batch| suppression::put(batch, world.neighbour, "hash", "reported", at(1), Some(at(50)))).await;
        world.put(|batch| suppression::put_erased(batch, world.neighbour, "hash", at(2))).await;
        let mut tx = world.begin().await;
        let reason = suppression::reason(&mut tx, world.neighbour, "hash", at(49)).await.unwrap();
        assert_eq!(reason.as_deref(), Some("erased"), "still blocked");
    }

    async fn ended_suppressions_are_removed_the_oldest_first_and_limited(world: World) {
        for (hash, until) in [("c", Some(30)), ("a", Some(10)), ("b", Some(20)), ("d", Some(31)), ("e", None)] {
            world.put(|batch| suppression::put(batch, world.tenant, hash, "reported", at(1), until.map(at))).await;
        }
        let mut tx = world.begin().await;
        let mut left = Vec::new();
        for _ in 0..3 {
            let removed = suppression::prune(&mut tx, at(30), 2).await.unwrap();
            let mut there = String::new();
            for hash in ["a", "b", "c", "d", "e"] {
                if suppression::reason(&mut tx, world.tenant, hash, at(0)).await.unwrap().is_some() {
                    there.push_str(hash);
                }
            }
            left.push((removed, there));
        }
        tx.commit().await.unwrap();
        assert_eq!(left, [(2, "cde".to_owned()), (1, "de".to_owned()), (0, "de".to_owned())]);
    }

    async fn a_lease_is_held_by_one_and_fences_the_one_before(world: World) {
        let mut tx = world.begin().await;
        assert_eq!(lease::take(&mut tx, "feed", at(10), at(40)).await.unwrap(), Some(1));
        assert_eq!(lease::take(&mut tx, "feed", at(39), at(70)).await.unwrap(), None);
        assert!(lease::hold(&mut tx, "feed", 1, at(60)).await.unwrap());
        assert_eq!(lease::take(&mut tx, "feed", at(59), at(90)).await.unwrap(), None, "it was prolonged");
        assert_eq!(lease::take(&mut tx, "feed", at(60), at(90)).await.unwrap(), Some(2));
        assert!(!lease::hold(&mut tx, "feed", 1, at(99)).await.unwrap(), "taken over");
        assert!(lease::hold(&mut tx, "feed", 2, at(99)).await.unwrap());
        assert!(!lease::hold(&mut tx, "other", 2, at(99)).await.unwrap());
        lease::release(&mut tx, "feed", 1, at(50)).await.unwrap();
        assert_eq!(lease::take(&mut tx, "feed", at(60), at(90)).await.unwrap(), None, "no longer theirs to give back");
        lease::release(&mut tx, "feed", 2, at(50)).await.unwrap();
        assert_eq!(lease::take(&mut tx, "feed", at(60), at(90)).await.unwrap(), Some(3), "given back before its end");
        assert_eq!(lease::take(&mut tx, "other", at(60), at(90)).await.unwrap(), Some(1), "each job has its own");
        tx.commit().await.unwrap();
    }

    async fn an_instance_that_starts_again_need_not_wait_for_its_own_lease(world: World) {
        let mut tx = world.begin().await;
        for (job, holder) in [("feed", "here"), ("log", "there")] {
            let token = lease::take(&mut tx, job, at(10), at(40)).await.unwrap().unwrap();
            lease::sign(&mut tx, job, token, holder).await.unwrap();
            lease::sign(&mut tx, job, token + 1, "late").await.unwrap();
        }
        assert_eq!(lease::take_over(&mut tx, "late", at(20)).await.unwrap(), 0);
        assert_eq!(lease::take_over(&mut tx, "here", at(20)).await.unwrap(), 1);
        assert_eq!(lease::take_over(&mut tx, "here", at(20)).await.unwrap(), 0, "it has ended");
        assert_eq!(lease::take(&mut tx, "feed", at(20), at(50)).await.unwrap(), Some(2), "and is fenced");
        assert_eq!(lease::take(&mut tx, "log", at(20), at(50)).await.unwrap(), None, "another's");
        tx.commit().await.unwrap();
    }

}
