//! Published texts, and their way into the log.

use ayeaye::{
    domain::id::{PublicationId, TenantId},
    store::publication::{self, Publication},
};

use super::{World, at};
use crate::support::database::both;

impl World {
    fn text(&self, tenant: TenantId, version: i64) -> Publication {
        Publication {
            tenant,
            id: PublicationId::new(at(version), &self.random),
            kind: "wording".to_owned(),
            about: "newsletter/en".to_owned(),
            version,
            body: format!("Newsletter\nVersion {version}\nmonthly"),
            sha256: format!("{version:064}"),
            created_at: at(version),
            position: None,
        }
    }
}

both! {
    async fn texts_wait_and_get_their_places(world: World) {
        let texts = [world.text(world.tenant, 1), world.text(world.neighbour, 2), world.text(world.tenant, 3)];
        for text in &texts {
            world.put(|batch| publication::put(batch, text)).await;
        }
        assert_eq!(publication::unlogged(&mut world.peek().await, 9).await.unwrap(), texts);
        assert_eq!(publication::unlogged(&mut world.peek().await, 1).await.unwrap(), texts[..1]);
        let mut tx = world.begin().await;
        let places = [(world.tenant, texts[0].id, 7), (world.neighbour, texts[1].id, 5)];
        publication::place(&mut tx, &places).await.unwrap();
        publication::place(&mut tx, &[(world.neighbour, texts[2].id, 9)]).await.unwrap();
        publication::place(&mut tx, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(publication::unlogged(&mut peek, 9).await.unwrap(), texts[2..], "the neighbour has no such text");
        let logged = publication::logged(&mut peek, 0, 9).await.unwrap();
        assert_eq!(logged.iter().map(|it| it.position).collect::<Vec<_>>(), [Some(5), Some(7)]);
        assert_eq!(publication::logged(&mut peek, 6, 9).await.unwrap()[0].id, texts[0].id);
        assert_eq!(publication::logged(&mut peek, 0, 1).await.unwrap()[0].id, texts[1].id);
    }

    async fn the_versions_of_one_text_are_listed_and_found(world: World) {
        let texts = [world.text(world.tenant, 1), world.text(world.tenant, 2), world.text(world.neighbour, 3)];
        for text in &texts {
            world.put(|batch| publication::put(batch, text)).await;
        }
        let listed = async |tenant, about: &str, limit| {
            let mut peek = world.peek().await;
            let found = publication::versions(&mut peek, tenant, "wording", about, limit).await.unwrap();
            found.iter().map(|it| it.version).collect::<Vec<_>>()
        };
        assert_eq!(listed(world.tenant, "newsletter/en", 9).await, [2, 1]);
        assert_eq!(listed(world.tenant, "newsletter/en", 1).await, [2]);
        assert_eq!(listed(world.neighbour, "newsletter/en", 9).await, [3]);
        assert_eq!(listed(world.tenant, "newsletter/fr", 9).await, Vec::<i64>::new());
        let mut peek = world.peek().await;
        let found = publication::find(&mut peek, world.tenant, "wording", "newsletter/en", 1).await.unwrap();
        assert_eq!(found, Some(texts[0].clone()));
        let none = publication::find(&mut peek, world.tenant, "form", "newsletter/en", 1).await.unwrap();
        assert_eq!(none, None);
    }

    async fn texts_that_are_not_the_published_ones_are_named(world: World) {
        let gone = world.text(world.tenant, 1);
        world.put(|batch| publication::put(batch, &gone)).await;
        let named = publication::altered(&mut world.peek().await).await.unwrap();
        assert_eq!(named, ["wording newsletter/en version 1"], "no wording has this text any more");
    }
}
