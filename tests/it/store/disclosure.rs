//! Who was given addresses.

use ayeaye::{
    domain::{
        Locale,
        id::{ApiKeyId, ContactId, DisclosureId, PurposeId},
    },
    store::{
        self,
        disclosure::{self, Disclosure, ToldHost},
        erasure,
    },
};

use super::{World, at};
use crate::support::database::both;

fn begun(world: &World, moment: i64) -> Disclosure {
    Disclosure {
        tenant: world.tenant,
        id: DisclosureId::new(at(moment), &world.random),
        purpose: PurposeId::new(&world.random),
        recipient: "Mailchimp".to_owned(),
        key: ApiKeyId::new(&world.random),
        columns: "email links".to_owned(),
        as_of: 12,
        tag: "same".to_owned(),
        began_at: at(moment),
        ended_at: None,
        outcome: "open".to_owned(),
        people: 0,
        left_out: 0,
        sha256: None,
        good_until: None,
    }
}

both! {
    async fn a_disclosure_is_noted_and_ended(world: World) {
        let first = begun(&world, 1);
        let second = begun(&world, 2);
        let third = begun(&world, 3);
        let mut tx = world.begin().await;
        for it in [&first, &second, &third] {
            disclosure::put(&mut tx, it).await.unwrap();
            disclosure::put_recipient(&mut tx, it).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        let mut given = disclosure::recipients(&mut peek, world.tenant).await.unwrap();
        given.sort_unstable_by_key(|it| it.2);
        let named = |it: &Disclosure| (it.purpose, it.recipient.clone(), it.began_at);
        assert_eq!(given, [named(&first), named(&second), named(&third)]);
        assert_eq!(disclosure::recipients(&mut peek, world.neighbour).await.unwrap(), []);
        assert_eq!(disclosure::find(&mut peek, world.tenant, first.id).await.unwrap(), Some(first.clone()));
        assert_eq!(disclosure::find(&mut peek, world.neighbour, first.id).await.unwrap(), None);
        assert_eq!(disclosure::tagged(&mut peek, world.tenant, "same").await.unwrap(), None, "none is complete");
        let ended = Disclosure {
            ended_at: Some(at(9)),
            outcome: "complete".to_owned(),
            people: 3,
            left_out: 1,
            sha256: Some("ff".to_owned()),
            good_until: Some(at(99)),
            ..second.clone()
        };
        let mut tx = world.begin().await;
        disclosure::end(&mut tx, &ended).await.unwrap();
        disclosure::end(&mut tx, &Disclosure { tenant: world.neighbour, ..ended.clone() }).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(disclosure::tagged(&mut peek, world.tenant, "same").await.unwrap(), Some(ended.clone()));
        assert_eq!(disclosure::tagged(&mut peek, world.neighbour, "same").await.unwrap(), None);
        assert_eq!(disclosure::page(&mut peek, world.tenant, "", 2).await.unwrap(), [third, ended.clone()]);
        let rest = disclosure::page(&mut peek, world.tenant, &ended.id.to_string(), 9).await.unwrap();
        assert_eq!(rest, [first]);
        assert_eq!(disclosure::page(&mut peek, world.neighbour, "", 9).await.unwrap(), []);
    }

    async fn what_was_given_of_a_purpose_is_found_unless_nobody_was_in_it(world: World) {
        let first = begun(&world, 1);
        let of_it = |it: Disclosure| Disclosure { purpose: first.purpose, ..it };
        let ended = |it: Disclosure, outcome: &str, people| Disclosure { outcome: outcome.to_owned(), people, ..of_it(it) };
        let whole = ended(begun(&world, 2), "complete", 3);
        let nobody = ended(begun(&world, 3), "broken", 0);
        let some = ended(begun(&world, 4), "broken", 2);
        let open = of_it(begun(&world, 5));
        let mut tx = world.begin().await;
        for it in [&first, &whole, &nobody, &some, &open, &begun(&world, 6)] {
            disclosure::put(&mut tx, it).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        let given = disclosure::of_purpose(&mut peek, world.tenant, first.purpose, at(2)).await.unwrap();
        let ids: Vec<DisclosureId> = given.iter().map(|it| it.id).collect();
        assert_eq!(ids, [whole.id, some.id, open.id]);
        assert_eq!((given[0].recipient.as_str(), given[0].at), ("Mailchimp", at(2)));
        assert_eq!(disclosure::of_purpose(&mut peek, world.neighbour, first.purpose, at(0)).await.unwrap(), []);
        assert_eq!(disclosure::recipients(&mut peek, world.tenant).await.unwrap(), [], "none was sent anybody");
    }

    async fn a_recipient_is_named_once_with_the_last_time(world: World) {
        let first = begun(&world, 5);
        let again = Disclosure { purpose: first.purpose, ..begun(&world, 7) };
        let earlier = Disclosure { purpose: first.purpose, ..begun(&world, 6) };
        let unnamed = Disclosure { recipient: String::new(), ..begun(&world, 8) };
        let mut tx = world.begin().await;
        for it in [&first, &again, &earlier, &unnamed] {
            disclosure::put(&mut tx, it).await.unwrap();
            disclosure::put_recipient(&mut tx, it).await.unwrap();
        }
        tx.commit().await.unwrap();
        let given = disclosure::recipients(&mut world.peek().await, world.tenant).await.unwrap();
        assert_eq!(given, [(first.purpose, "Mailchimp".to_owned(), at(7))]);
        let elsewhere = Disclosure { recipient: "Brevo".to_owned(), ..begun(&world, 9) };
        let mut tx = world.begin().await;
        for it in [&elsewhere, &Disclosure { recipient: "Mailchimp".to_owned(), ..elsewhere.clone() }] {
            disclosure::put_recipient(&mut tx, it).await.unwrap();
        }
        tx.commit().await.unwrap();
        let catalog = store::catalog::load(&mut world.peek().await).await.unwrap();
        let names: Vec<&str> = catalog.given[&world.tenant].iter().map(String::as_str).collect();
        assert_eq!((names, catalog.given.len()), (vec!["Brevo", "Mailchimp"], 1));
    }

    async fn the_hosts_that_took_an_address_are_kept_until_the_person_goes(world: World) {
        let (ada, bob) = (world.meet(world.tenant, "ada@example.org").await.id, world.meet(world.tenant, "bob@example.org").await.id);
        let tell = async |hosts: &[(ContactId, &str, i64)], now: i64| {
            let told = hosts.iter().map(|(contact, host, events)| ((world.tenant, *contact, *host), *events)).collect();
            let mut tx = world.begin().await;
            disclosure::tell_hosts(&mut tx, &told, at(now)).await.unwrap();
            tx.commit().await.unwrap();
        };
        tell(&[], 1).await;
        tell(&[(ada, "crm.example", 2), (bob, "crm.example", 1), (ada, "b.example", 1)], 3).await;
        tell(&[(ada, "crm.example", 1)], 7).await;
        tell(&[(ada, "crm.example", 1)], 5).await;
        let told = async |tenant, contact| disclosure::told_hosts(&mut world.peek().await, tenant, contact).await.unwrap();
        let host = |host: &str, events, first, last| ToldHost { host: host.to_owned(), events, first_at: at(first), last_at: at(last) };
        assert_eq!(told(world.tenant, ada).await, [host("b.example", 1, 3, 3), host("crm.example", 4, 3, 7)]);
        assert_eq!(told(world.neighbour, ada).await, []);
        world.put(|batch| erasure::erase(batch, world.tenant, ada, Locale::En, at(9))).await;
        assert_eq!(told(world.tenant, ada).await, []);
        assert_eq!(told(world.tenant, bob).await, [host("crm.example", 1, 3, 3)]);
    }
}
