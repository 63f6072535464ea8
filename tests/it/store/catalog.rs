//! What tenants have set up.

use std::collections::BTreeMap;

use ayeaye::{
    domain::{
        Locale,
        age::{Minors, Rule},
        catalog::{Form, Notice, Purpose, Wording},
        country::{Country, Place},
        field::{self, Field},
        host::HostName,
        id::{FormId, PurposeId, WordingId},
        setup::{Frequency, Receipts},
        theme::{Logo, Picture, PictureKind, Theme},
        tree::Reader,
    },
    store::{self, catalog},
};

use super::{World, a_tenant, at};
use crate::support::database::both;

fn purpose(world: &World, slug: &str) -> Purpose {
    Purpose {
        id: PurposeId::new(&world.random),
        slug: slug.to_owned(),
        frequency: Frequency::Monthly,
        retired_at: None,
        retention_days: None,
        wordings: BTreeMap::new(),
    }
}

fn wording(world: &World, locale: Locale, version: i64) -> Wording {
    Wording {
        id: WordingId::new(&world.random),
        locale,
        version,
        name: format!("Lettre d’information {version}"),
        body: "Nos nouvelles.".to_owned(),
        sha256: format!("{version:064}"),
    }
}

/// A field of each kind, in the languages there are and in one.
fn fields() -> Vec<Field> {
    let text = r#"[
        {"slug":"city","kind":"text","label":{"en":"City","fr":"Ville"},"reason":{"fr":"Pourquoi"},"required":true,
         "max":80,"autocomplete":"address-level2"},
        {"slug":"size","kind":"choice","label":{"en":"Size"},"reason":{"en":"Why"},
         "options":[{"slug":"s","label":{"en":"Small"}},{"slug":"l","label":{"en":"Large"}}]},
        {"slug":"born","kind":"date-band","label":{"en":"Born"},"reason":{"en":"Why"},
         "options":[{"to":1979},{"from":1980,"to":1999},{"from":2000}]}
    ]"#;
    let mut reader = Reader::default();
    let read = field::read_list(&mut reader, &store::json::read(text).unwrap(), None);
    reader.end(read).unwrap()
}

impl World {
    pub(crate) async fn catalog(&self) -> ayeaye::domain::catalog::Catalog {
        let mut tx = self.store.read().await.unwrap();
        let catalog = catalog::load(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        catalog
    }
}

both! {
    async fn the_version_rises_with_every_change_and_not_when_undone(world: World) {
        let mut tx = world.begin().await;
        catalog::raise(&mut tx).await.unwrap();
        assert_eq!(catalog::version(&mut tx).await.unwrap(), 2);
        drop(tx);
        assert_eq!(catalog::version(&mut world.peek().await).await.unwrap(), 1);
        let mut tx = world.begin().await;
        catalog::hold(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(catalog::version(&mut world.peek().await).await.unwrap(), 1, "held, not raised");
        let mut tx = world.begin().await;
        catalog::raise(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(catalog::version(&mut world.peek().await).await.unwrap(), 2);
        assert_eq!(world.catalog().await.version, 2);
    }

    async fn a_tenant_is_read_back_and_keeps_its_slug_when_changed(world: World) {
        let catalog = world.catalog().await;
        assert_eq!(catalog.tenants.len(), 2);
        assert_eq!(format!("{:?}", catalog.tenants[&world.tenant]), format!("{:?}", a_tenant(world.tenant, "acme")));
        let mut changed = a_tenant(world.tenant, "acme");
        "Acme Ltd".clone_into(&mut changed.name);
        changed.locale = Locale::En;
        changed.receipts = Receipts::Mail;
        changed.country = Country::parse("FR").ok();
        changed.storage = Place::parse("EU").ok();
        changed.test = true;
        changed.hosts = ["consent.acme.example", "shop.acme.example"].map(|it| HostName::parse(it).unwrap()).to_vec();
        changed.theme = Some(Theme { radius: 9, confirmation_logo: true, ..Theme::default() });
        let words = |text: &str| BTreeMap::from([("sign-up-title".to_owned(), text.to_owned())]);
        changed.texts = BTreeMap::from([(Locale::Fr, words("Les lettres de { $name }\n« ici »")), (Locale::En, words("{ $name }"))]).into();
        changed.dpo = Some("dpo@acme.example".to_owned());
        changed.transfer = Some("clauses".to_owned());
        let renamed = ayeaye::domain::catalog::Tenant { slug: "other".to_owned(), ..changed.clone() };
        world.put(|batch| catalog::put_tenant(batch, &renamed, at(9))).await;
        let catalog = world.catalog().await;
        assert_eq!(format!("{:?}", catalog.tenants[&world.tenant]), format!("{changed:?}"));
        assert_eq!(catalog.tenants[&world.neighbour].name, "globex SAS");
        let hosts: Vec<_> = catalog.hosts.iter().map(|(host, tenant)| (host.as_str(), *tenant)).collect();
        assert_eq!(hosts, [("consent.acme.example", world.tenant), ("shop.acme.example", world.tenant)]);
        changed.hosts.clear();
        changed.theme = None;
        changed.texts = BTreeMap::from([(Locale::En, words("Ours"))]).into();
        world.put(|batch| catalog::put_tenant(batch, &changed, at(10))).await;
        let catalog = world.catalog().await;
        assert_eq!(format!("{:?}", catalog.tenants[&world.tenant]), format!("{changed:?}"));
        assert!(catalog.hosts.is_empty());
    }

    async fn a_picture_is_kept_once_and_found_by_its_tenant_alone(world: World) {
        let logo = Logo { sha256: "ab".repeat(32), kind: PictureKind::Png, width: 48, height: 24 };
        let picture = Picture { logo: logo.clone(), data: (0..=255).collect() };
        for _ in 0..2 {
            world.put(|batch| catalog::put_logo(batch, world.tenant, &picture, at(3))).await;
        }
        let mut tx = world.peek().await;
        assert_eq!(catalog::logo(&mut tx, world.tenant, &logo.sha256).await.unwrap(), Some(picture.data));
        assert_eq!(catalog::logo(&mut tx, world.neighbour, &logo.sha256).await.unwrap(), None);
        assert_eq!(catalog::logo(&mut tx, world.tenant, "other").await.unwrap(), None);
    }

    async fn two_tenants_cannot_have_one_slug(world: World) {
        let mut tx = world.begin().await;
        let mut batch = store::Batch::default();
        let id = ayeaye::domain::id::TenantId::new(&world.random);
        catalog::put_tenant(&mut batch, &a_tenant(id, "acme"), at(2));
        assert!(tx.batch(batch).await.is_err());
    }

    async fn purposes_come_in_their_order_with_the_newest_wording_of_each_language(world: World) {
        let (mut first, second) = (purpose(&world, "newsletter"), purpose(&world, "events"));
        let theirs = purpose(&world, "newsletter");
        let texts = [wording(&world, Locale::En, 1), wording(&world, Locale::Fr, 1), wording(&world, Locale::Fr, 2)];
        world.put(|batch| {
            catalog::put_purpose(batch, world.tenant, &first, 0, at(1));
            catalog::put_purpose(batch, world.tenant, &second, 1, at(1));
            catalog::put_purpose(batch, world.neighbour, &theirs, 0, at(1));
        }).await;
        for text in &texts {
            world.put(|batch| catalog::add_wording(batch, world.tenant, &first, text, at(1))).await;
        }
        let mut expected = first.clone();
        expected.wordings.insert(Locale::En, texts[0].clone());
        expected.wordings.insert(Locale::Fr, texts[2].clone());
        let catalog = world.catalog().await;
        assert_eq!(format!("{:?}", catalog.tenants[&world.tenant].purposes), format!("{:?}", [&expected, &second]));

        first.retired_at = Some(at(50));
        first.frequency = Frequency::Weekly;
        first.retention_days = Some(365);
        world.put(|batch| catalog::put_purpose(batch, world.tenant, &first, 2, at(9))).await;
        let catalog = world.catalog().await;
        let purposes = &catalog.tenants[&world.tenant].purposes;
        assert_eq!(purposes.iter().map(|it| it.slug.as_str()).collect::<Vec<_>>(), ["events", "newsletter"]);
        assert_eq!((purposes[1].retired_at, purposes[1].frequency), (Some(at(50)), Frequency::Weekly));
        assert_eq!((purposes[0].retention_days, purposes[1].retention_days), (None, Some(365)));
        assert_eq!(format!("{:?}", catalog.tenants[&world.neighbour].purposes), format!("{:?}", [&theirs]));
    }

    async fn a_published_wording_cannot_be_published_again(world: World) {
        let purpose = purpose(&world, "newsletter");
        let first = wording(&world, Locale::En, 1);
        world.put(|batch| catalog::put_purpose(batch, world.tenant, &purpose, 0, at(1))).await;
        world.put(|batch| catalog::add_wording(batch, world.tenant, &purpose, &first, at(1))).await;
        let mut tx = world.begin().await;
        let mut batch = store::Batch::default();
        catalog::add_wording(&mut batch, world.tenant, &purpose, &wording(&world, Locale::En, 1), at(2));
        assert!(tx.batch(batch).await.is_err(), "this version is published already");
    }

    async fn the_newest_notice_is_the_tenants_and_older_ones_stay_readable(world: World) {
        let notice = |version: i64| Notice {
            version,
            facts: format!("{{\"version\":{version}}}"),
            sha256: format!("{version:064}"),
            created_at: at(version),
        };
        for version in 1..=2 {
            world.put(|batch| catalog::add_notice(batch, world.tenant, &notice(version))).await;
        }
        let mut peek = world.peek().await;
        let first = catalog::notice(&mut peek, world.tenant, 1).await.unwrap();
        assert_eq!(format!("{first:?}"), format!("{:?}", Some(notice(1))));
        assert!(catalog::notice(&mut peek, world.tenant, 3).await.unwrap().is_none());
        assert!(catalog::notice(&mut peek, world.neighbour, 1).await.unwrap().is_none());
        let mut versions = async |tenant, before, limit| {
            let found = catalog::notices_of(&mut peek, tenant, before, limit).await.unwrap();
            found.iter().map(|it| it.version).collect::<Vec<_>>()
        };
        assert_eq!(versions(world.tenant, i64::MAX, 9).await, [2, 1]);
        assert_eq!(versions(world.tenant, i64::MAX, 1).await, [2]);
        assert_eq!(versions(world.tenant, 2, 9).await, [1]);
        assert_eq!(versions(world.neighbour, i64::MAX, 9).await, [0; 0]);
        let catalog = world.catalog().await;
        assert_eq!(format!("{:?}", catalog.tenants[&world.tenant].notice), format!("{:?}", Some(notice(2))));
        assert!(catalog.tenants[&world.neighbour].notice.is_none());
    }

    async fn a_form_is_read_back_and_changed(world: World) {
        let mut form = Form {
            id: FormId::new(&world.random),
            tenant: world.tenant,
            slug: "newsletter".to_owned(),
            purposes: vec![PurposeId::new(&world.random), PurposeId::new(&world.random)],
            origins: Some(vec!["https://shop.example".to_owned(), "https://www.shop.example".to_owned()]),
            next: vec!["https://shop.example/thanks".to_owned()],
            titles: [(Locale::En, "Sign up".to_owned()), (Locale::Fr, "Inscrivez-vous ici".to_owned())].into(),
            version: 1,
            closes_at: None,
            fields: fields(),
            sha256: "00".to_owned(),
            minors: None,
        };
        world.put(|batch| catalog::put_form(batch, &form, at(1))).await;
        assert_eq!(format!("{:?}", world.catalog().await.forms["newsletter"]), format!("{form:?}"));
        form.purposes.pop();
        form.origins = Some(Vec::new());
        form.next.clear();
        form.titles.clear();
        form.version = 2;
        form.closes_at = Some(at(77));
        form.minors = Some(Minors { rule: Rule::Guardian, age: 15 });
        form.fields.remove(0);
        "01".clone_into(&mut form.sha256);
        world.put(|batch| catalog::put_form(batch, &form, at(2))).await;
        let catalog = world.catalog().await;
        assert_eq!(format!("{:?}", catalog.forms["newsletter"]), format!("{form:?}"));
        assert_eq!(catalog.forms.len(), 1);
        form.origins = None;
        world.put(|batch| catalog::put_form(batch, &form, at(3))).await;
        assert_eq!(format!("{:?}", world.catalog().await.forms["newsletter"]), format!("{form:?}"));
    }
}
