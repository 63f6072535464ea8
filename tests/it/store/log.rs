//! The log: how it stands, its entries, its tiles, and what its examinations found.

use ayeaye::{
    store::log::{self, Examination, Head},
    tlog::{Hash, sha256, tile::TileId},
};

use super::{World, at};
use crate::support::database::both;

const TILE: TileId = TileId { level: 1, number: 0 };

fn hashes(count: u8) -> Vec<Hash> {
    (0..count).map(|it| sha256(&[it])).collect()
}

both! {
    async fn it_begins_empty_and_grows_only_from_what_it_was(world: World) {
        let mut tx = world.begin().await;
        let empty = Head { size: 0, generation: 1, origin: None, refused: None };
        assert_eq!(log::head(&mut tx).await.unwrap(), empty);
        assert!(log::grow(&mut tx, 0, 5).await.unwrap());
        assert!(!log::grow(&mut tx, 0, 6).await.unwrap(), "another hand was quicker");
        tx.commit().await.unwrap();
        assert_eq!(log::head(&mut world.peek().await).await.unwrap(), Head { size: 5, ..empty });
    }

    async fn a_refusal_is_kept_until_it_is_lifted_or_another_history_begins(world: World) {
        let mut tx = world.begin().await;
        log::refuse(&mut tx, Some("restored")).await.unwrap();
        assert_eq!(log::head(&mut tx).await.unwrap().refused.as_deref(), Some("restored"));
        log::refuse(&mut tx, None).await.unwrap();
        assert_eq!(log::head(&mut tx).await.unwrap().refused, None);
        log::refuse(&mut tx, Some("again")).await.unwrap();
        log::begin_generation(&mut tx, 2).await.unwrap();
        assert_eq!(log::head(&mut tx).await.unwrap(), Head { size: 0, generation: 2, origin: None, refused: None });
        log::sign_as(&mut tx, "consent.example/log/2").await.unwrap();
        assert_eq!(log::head(&mut tx).await.unwrap().origin.as_deref(), Some("consent.example/log/2"));
    }

    async fn entries_are_read_in_order_and_a_hole_is_an_error(world: World) {
        let entries: Vec<String> = (0..5).map(|it| format!("entry {it}")).collect();
        world.put(|batch| log::put_entries(batch, 0, &entries)).await;
        let mut peek = world.peek().await;
        assert_eq!(log::entries(&mut peek, 0, 9).await.unwrap(), entries);
        assert_eq!(log::entries(&mut peek, 3, 1).await.unwrap(), entries[3..4]);
        assert!(log::entries(&mut peek, 5, 9).await.unwrap().is_empty());
        drop(peek);
        world.raw("DELETE FROM log_entry WHERE position = 2").await;
        let error = log::entries(&mut world.peek().await, 1, 9).await.unwrap_err().to_string();
        assert!(error.contains("log entry 2 is missing"), "{error}");
    }

    async fn a_tile_is_replaced_as_it_fills_up(world: World) {
        assert!(log::tile(&mut world.peek().await, TILE).await.unwrap().is_empty());
        world.put(|batch| log::put_tile(batch, TILE, &hashes(2))).await;
        world.put(|batch| log::put_tile(batch, TILE, &hashes(3))).await;
        let above = TileId { level: 2, number: 0 };
        world.put(|batch| log::put_tile(batch, above, &hashes(1))).await;
        let mut peek = world.peek().await;
        assert_eq!(log::tile(&mut peek, TILE).await.unwrap(), hashes(3));
        assert_eq!(log::tiles(&mut peek).await.unwrap(), [TILE, above]);
        drop(peek);
        world.raw("UPDATE log_tile SET hashes = 'xyz'").await;
        let error = log::tile(&mut world.peek().await, TILE).await.unwrap_err().to_string();
        assert!(error.contains("tile 1/0 of the log holds no hashes"), "{error}");
    }

    async fn the_last_examination_is_kept(world: World) {
        assert_eq!(log::examination(&mut world.peek().await).await.unwrap(), None);
        let bad = Examination { at: at(5), facts: 9, bad: 1, first_bad: Some("log entry 3".to_owned()) };
        let good = Examination { at: at(6), facts: 10, bad: 0, first_bad: None };
        for examination in [bad, good] {
            let mut tx = world.begin().await;
            log::put_examination(&mut tx, &examination).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(log::examination(&mut world.peek().await).await.unwrap(), Some(examination));
        }
    }
}
