//! Everybody who confirmed a purpose, page by page.

use ayeaye::{
    domain::{
        Locale,
        consent::{Standing, State},
        id::{ContactId, PurposeId},
    },
    store::{audience, consent, contact, entered, erasure},
};

use super::{World, at};
use crate::support::database::both;

both! {
    async fn an_audience_is_read_page_by_page_with_all_that_decides(world: World) {
        let (purpose, other) = (PurposeId::new(&world.random), PurposeId::new(&world.random));
        let mut people = Vec::new();
        for name in ["ada", "bob \"b\"", "cyd", "dan"] {
            people.push(world.meet(world.tenant, name).await.id);
        }
        people.sort_unstable();
        let mut stored = world.consent(purpose, State::Confirmed);
        stored.consent.pending_since = Some(at(6));
        stored.used_at = Some(at(7));
        for id in &people[..3] {
            world.put(|batch| consent::put(batch, world.tenant, *id, &[stored])).await;
        }
        let left = [world.consent(purpose, State::Withdrawn), world.consent(other, State::Confirmed)];
        world.put(|batch| consent::put(batch, world.tenant, people[3], &left)).await;
        let theirs = world.meet(world.neighbour, "eve").await.id;
        world.put(|batch| consent::put(batch, world.neighbour, theirs, &[stored])).await;
        world.put(|batch| contact::set_pause(batch, world.tenant, people[0], Some(at(90)))).await;
        world.put(|batch| contact::set_restricted(batch, world.tenant, people[1], Some(at(3)))).await;
        world.put(|batch| entered::put_contact(batch, world.tenant, people[1], "sealed")).await;
        world.raw(&format!("UPDATE contact SET suppressed_at = 4, erased_at = 5, email = NULL WHERE id = '{}'", people[2])).await;
        world.give_external_id(people[0], "crm-1").await;
        let mut tx = world.store.snapshot().await.unwrap();
        let first = audience::page(&mut tx, world.tenant, purpose, None, 2, true).await.unwrap().unwrap();
        let members = first.members().unwrap();
        assert_eq!(members.iter().map(|it| it.contact).collect::<Vec<_>>(), people[..2]);
        assert_eq!(first.last, people[1]);
        assert_eq!((members[0].external_id.as_deref(), members[0].locale), (Some("crm-1"), Locale::En));
        assert_eq!((members[0].consent, members[0].used_at, members[0].evidence), (stored.consent, Some(at(7)), stored.evidence));
        assert_eq!(members[0].standing, Standing { paused_until: Some(at(90)), ..Standing::default() });
        assert_eq!(members[1].standing, Standing { restricted: true, ..Standing::default() });
        assert_eq!((members[0].entered.as_deref(), members[1].entered.as_deref()), (None, Some("sealed")));
        let second = audience::page(&mut tx, world.tenant, purpose, Some(first.last), 2, false).await.unwrap().unwrap();
        let members = second.members().unwrap();
        assert_eq!((members.len(), members[0].email.as_deref()), (1, None));
        assert_eq!(members[0].standing, Standing { erased: true, suppressed: true, ..Standing::default() });
        assert!(audience::page(&mut tx, world.tenant, purpose, Some(second.last), 2, true).await.unwrap().is_none());
        let told = audience::page(&mut tx, world.tenant, purpose, None, 9, false).await.unwrap().unwrap();
        assert!(told.members().unwrap().iter().all(|it| it.entered.is_none()), "only when asked for");
        let nobody = PurposeId::new(&world.random);
        assert!(audience::page(&mut tx, world.tenant, nobody, None, 9, true).await.unwrap().is_none());
    }

    async fn the_pages_of_one_snapshot_show_one_state(world: World) {
        let purpose = PurposeId::new(&world.random);
        let mut people = Vec::new();
        for n in 0..6 {
            let id = world.meet(world.tenant, &format!("a{n}")).await.id;
            world.put(|batch| consent::put(batch, world.tenant, id, &[world.consent(purpose, State::Confirmed)])).await;
            people.push(id);
        }
        people.sort_unstable();
        let mut tx = world.store.snapshot().await.unwrap();
        let first = audience::page(&mut tx, world.tenant, purpose, None, 2, false).await.unwrap().unwrap();
        for id in &people {
            world.put(|batch| consent::put(batch, world.tenant, *id, &[world.consent(purpose, State::Withdrawn)])).await;
            world.put(|batch| erasure::erase(batch, world.tenant, *id, Locale::En, at(9))).await;
        }
        let late = world.meet(world.tenant, "late").await.id;
        world.put(|batch| consent::put(batch, world.tenant, late, &[world.consent(purpose, State::Confirmed)])).await;
        let mut seen: Vec<ContactId> = first.members().unwrap().iter().map(|it| it.contact).collect();
        let mut last = first.last;
        while let Some(page) = audience::page(&mut tx, world.tenant, purpose, Some(last), 2, false).await.unwrap() {
            assert!(page.members().unwrap().iter().all(|it| it.email.is_some()));
            seen.extend(page.members().unwrap().iter().map(|it| it.contact));
            last = page.last;
        }
        assert_eq!(seen, people);
        drop(tx);
        let mut tx = world.store.snapshot().await.unwrap();
        let now = audience::page(&mut tx, world.tenant, purpose, None, 9, false).await.unwrap().unwrap();
        assert_eq!(now.members().unwrap().iter().map(|it| it.contact).collect::<Vec<_>>(), [late]);
    }

    async fn a_snapshot_writes_nothing(world: World) {
        let mut tx = world.store.snapshot().await.unwrap();
        let nobody = ayeaye::domain::id::PurposeId::new(&world.random);
        let written = ayeaye::store::gate::mark_used(&mut tx, world.tenant, nobody, "[]", at(1)).await;
        assert!(written.is_err());
    }
}
