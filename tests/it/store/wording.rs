//! Wordings as they were published.

use std::collections::BTreeMap;

use ayeaye::{
    domain::{
        Locale,
        catalog::{Purpose, Wording},
        id::{PurposeId, WordingId},
        setup::Frequency,
    },
    store::{catalog, wording},
};

use super::{World, at};
use crate::support::database::both;

impl World {
    fn worded(&self, locale: Locale, version: i64) -> Wording {
        Wording {
            id: WordingId::new(&self.random),
            locale,
            version,
            name: format!("Name {version}"),
            body: "Our news.".to_owned(),
            sha256: format!("{version:064}"),
        }
    }

    async fn monthly(&self, of: ayeaye::domain::id::TenantId) -> Purpose {
        let purpose = Purpose {
            id: PurposeId::new(&self.random),
            slug: "newsletter".to_owned(),
            frequency: Frequency::Monthly,
            retired_at: None,
            retention_days: None,
            wordings: BTreeMap::new(),
        };
        self.put(|batch| catalog::put_purpose(batch, of, &purpose, 0, at(1))).await;
        purpose
    }
}

both! {
    async fn the_wordings_of_a_purpose_come_newest_first_and_are_its_tenants(world: World) {
        let purpose = world.monthly(world.tenant).await;
        let theirs = world.monthly(world.neighbour).await;
        let texts = [(Locale::En, 1), (Locale::Fr, 1), (Locale::Fr, 2), (Locale::En, 2), (Locale::Fr, 3)];
        let texts = texts.map(|(locale, version)| world.worded(locale, version));
        for text in &texts {
            world.put(|batch| catalog::add_wording(batch, world.tenant, &purpose, text, at(7))).await;
        }
        let other = world.worded(Locale::En, 9);
        world.put(|batch| catalog::add_wording(batch, world.neighbour, &theirs, &other, at(7))).await;
        let mut peek = world.peek().await;
        let mut list = async |tenant, purpose, after, limit| {
            let found = wording::of_purpose(&mut peek, tenant, purpose, after, limit).await.unwrap();
            found.iter().map(|it| (it.wording.version, it.wording.locale)).collect::<Vec<_>>()
        };
        let all = [(3, Locale::Fr), (2, Locale::En), (2, Locale::Fr), (1, Locale::En), (1, Locale::Fr)];
        assert_eq!(list(world.tenant, purpose.id, None, 9).await, all);
        assert_eq!(list(world.tenant, purpose.id, None, 2).await, all[..2]);
        assert_eq!(list(world.tenant, purpose.id, Some(all[1]), 2).await, all[2..4]);
        assert_eq!(list(world.tenant, purpose.id, Some(all[4]), 9).await, []);
        assert_eq!(list(world.neighbour, purpose.id, None, 9).await, []);
        assert_eq!(list(world.neighbour, theirs.id, None, 9).await, [(9, Locale::En)]);
        let mut peek = world.peek().await;
        let found = wording::find(&mut peek, world.tenant, texts[2].id).await.unwrap().unwrap();
        assert_eq!(format!("{:?}", found.wording), format!("{:?}", texts[2]));
        assert_eq!((found.purpose, found.frequency), (purpose.id, Frequency::Monthly));
        assert_eq!(found.created_at, at(7));
        assert!(wording::find(&mut peek, world.tenant, other.id).await.unwrap().is_none());
    }
}
