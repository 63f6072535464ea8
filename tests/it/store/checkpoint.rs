//! Signed heads, what witnesses signed of them, and their time stamps.

use ayeaye::store::checkpoint::{self, Checkpoint, Cosignature, Stamp};

use super::{World, at};
use crate::support::database::both;

fn of(origin: &str, size: u64, moment: i64) -> Checkpoint {
    let note = format!("{origin}\n{size}\n");
    Checkpoint { origin: origin.to_owned(), size, note, at: at(moment), published: false }
}

fn by(witness: &str) -> Cosignature {
    Cosignature { witness: witness.to_owned(), line: format!("— {witness} AAAA\n") }
}

fn stamp() -> Stamp {
    Stamp { tsa: "https://tsa.example".to_owned(), token: "AAAA".to_owned() }
}

impl World {
    async fn sign(&self, checkpoints: &[Checkpoint]) {
        let mut tx = self.begin().await;
        for it in checkpoints {
            assert!(checkpoint::put(&mut tx, it).await.unwrap());
            checkpoint::publish(&mut tx, &it.origin, it.size).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

fn published(checkpoint: &Checkpoint) -> Checkpoint {
    Checkpoint { published: true, ..checkpoint.clone() }
}

both! {
    async fn a_size_is_signed_once_and_handed_out_when_published(world: World) {
        let (first, second) = (of("a/log", 1, 1_000), of("a/log", 2, 2_000));
        let mut tx = world.begin().await;
        assert!(checkpoint::put(&mut tx, &first).await.unwrap());
        checkpoint::publish(&mut tx, "a/log", 1).await.unwrap();
        assert!(checkpoint::put(&mut tx, &second).await.unwrap());
        let other = Checkpoint { note: "another root".to_owned(), ..second.clone() };
        assert!(!checkpoint::put(&mut tx, &other).await.unwrap(), "never two roots for one size");
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(checkpoint::newest(&mut peek, "a/log").await.unwrap(), Some(second));
        assert_eq!(checkpoint::published(&mut peek, "a/log").await.unwrap(), Some(published(&first)));
        assert_eq!(checkpoint::newest(&mut peek, "b/log").await.unwrap(), None);
        assert_eq!(checkpoint::published(&mut peek, "b/log").await.unwrap(), None);
    }

    async fn they_are_walked_by_size_whatever_the_name(world: World) {
        let all = [of("b/log", 1, 1_000), of("a/log", 2, 2_000), of("b/log", 2, 3_000), of("a/log", 9, 4_000)];
        world.sign(&all).await;
        let all: Vec<Checkpoint> = all.iter().map(published).collect();
        let mut peek = world.peek().await;
        assert_eq!(checkpoint::from(&mut peek, 0, 9).await.unwrap(), all);
        assert_eq!(checkpoint::from(&mut peek, 2, 2).await.unwrap(), all[1..3]);
        assert_eq!(checkpoint::origins(&mut peek).await.unwrap(), ["a/log", "b/log"]);
    }

    async fn the_first_one_that_all_confirmed_covers_a_position(world: World) {
        let all = [of("a/log", 5, 1_000), of("a/log", 6, 2_000), of("a/log", 7, 3_000)];
        world.sign(&all).await;
        let mut tx = world.begin().await;
        for (checkpoint, witness) in [(&all[1], "w1"), (&all[1], "w2"), (&all[2], "w1"), (&all[2], "w1")] {
            checkpoint::put_cosignature(&mut tx, checkpoint, &by(witness), at(9)).await.unwrap();
        }
        for _ in 0..2 {
            checkpoint::put_stamp(&mut tx, &all[2], &stamp(), at(9)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        let mut size = async |position, enough, stamped| {
            let known = (["w1", "w2"].as_slice(), enough);
            let found = checkpoint::anchored(&mut peek, "a/log", position, known, stamped).await.unwrap();
            found.map(|it| it.size)
        };
        assert_eq!(size(4, 0, false).await, Some(5));
        assert_eq!(size(5, 0, false).await, Some(6), "the checkpoint of 5 entries does not cover the sixth");
        assert_eq!(size(4, 1, false).await, Some(6));
        assert_eq!(size(4, 2, false).await, Some(6));
        assert_eq!(size(4, 1, true).await, Some(7));
        assert_eq!(size(4, 2, true).await, None);
        assert_eq!(size(7, 0, false).await, None);
        let unknown = checkpoint::anchored(&mut peek, "a/log", 4, (&["w", "2"], 1), false).await.unwrap();
        assert_eq!(unknown, None, "who is no longer asked does not count");
        assert_eq!(checkpoint::cosignatures(&mut peek, &all[1]).await.unwrap(), [by("w1"), by("w2")]);
        assert_eq!(checkpoint::cosignatures(&mut peek, &all[0]).await.unwrap(), []);
        assert_eq!(checkpoint::stamps(&mut peek, &all[2]).await.unwrap(), [stamp()]);
        assert_eq!(checkpoint::stamps(&mut peek, &all[1]).await.unwrap(), []);
    }

    async fn old_ones_go_unless_confirmed_outside_or_the_last_of_their_name(world: World) {
        let all = [
            of("a/log", 1, 1_000),
            of("a/log", 2, 2_000),
            of("a/log", 3, 3_000),
            of("a/log", 4, 4_000),
            of("b/log", 2, 1_000),
        ];
        world.sign(&all).await;
        let mut tx = world.begin().await;
        checkpoint::put_cosignature(&mut tx, &all[0], &by("w1"), at(9)).await.unwrap();
        checkpoint::put_stamp(&mut tx, &all[1], &stamp(), at(9)).await.unwrap();
        assert_eq!(checkpoint::prune(&mut tx, at(3_000), 9).await.unwrap(), 0);
        assert_eq!(checkpoint::prune(&mut tx, at(9_000), 9).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let left = checkpoint::from(&mut world.peek().await, 0, 9).await.unwrap();
        let left: Vec<_> = left.iter().map(|it| (it.origin.as_str(), it.size)).collect();
        assert_eq!(left, [("a/log", 1), ("b/log", 2), ("a/log", 2), ("a/log", 4)]);
    }
}
