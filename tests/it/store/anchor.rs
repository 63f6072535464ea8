//! How witnesses and time-stamping authorities fare.

use ayeaye::store::anchor::{self, Anchor};

use super::{World, at};
use crate::support::database::both;

both! {
    async fn the_last_word_about_each_counts(world: World) {
        assert_eq!(anchor::all(&mut world.peek().await).await.unwrap(), []);
        let well = Anchor {
            name: "w2".to_owned(),
            size: 5,
            due_at: at(1),
            failures: 0,
            failing_since: None,
            note: None,
        };
        let ill = Anchor {
            name: "w1".to_owned(),
            failures: 3,
            failing_since: Some(at(4)),
            note: Some("it does not answer".to_owned()),
            ..well.clone()
        };
        let mut tx = world.begin().await;
        for it in [&well, &Anchor { name: "w1".to_owned(), ..well.clone() }, &ill] {
            anchor::put(&mut tx, it).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(anchor::all(&mut world.peek().await).await.unwrap(), [ill, well]);
    }
}
