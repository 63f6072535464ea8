//! Outgoing mails.

use ayeaye::{
    domain::{
        Locale,
        id::{ContactId, MailId},
    },
    store::{
        Tx,
        mail::{self, Mail},
    },
};

use super::{World, at};
use crate::support::database::both;

impl World {
    /// A confirmation mail due since `created_at`.
    pub(crate) async fn mail(&self, contact: ContactId, created_at: i64) -> Mail {
        let mail = Mail {
            tenant: self.tenant,
            id: MailId::new(at(created_at), &self.random),
            kind: "confirm".to_owned(),
            contact,
            about: "req_1".to_owned(),
            locale: Locale::Fr,
            created_at: at(created_at),
            give_up_at: at(900),
            attempts: 0,
            lease: 0,
        };
        self.put(|batch| mail::put(batch, &mail)).await;
        mail
    }

    fn someone(&self) -> ContactId {
        ContactId::new(at(1), &self.random)
    }

    async fn lease_mails(&self, now: i64, until: i64, limit: i64) -> Vec<Mail> {
        let mut tx = self.begin().await;
        let leased = mail::lease(&mut tx, at(now), at(until), limit).await.unwrap();
        tx.commit().await.unwrap();
        leased
    }
}

/// The mail as its `number`th lease gives it.
fn leased(mail: &Mail, number: i64) -> Mail {
    Mail { attempts: number, lease: number, ..mail.clone() }
}

both! {
    async fn the_longest_due_mails_are_leased_and_not_again_before_the_lease_ends(world: World) {
        let someone = world.someone();
        let mut mails = Vec::new();
        for created_at in [30, 10, 20, 41] {
            mails.push(world.mail(someone, created_at).await);
        }
        assert_eq!(world.lease_mails(40, 100, 2).await, [leased(&mails[1], 1), leased(&mails[2], 1)]);
        assert_eq!(world.lease_mails(40, 100, 2).await, [leased(&mails[0], 1)]);
        assert_eq!(world.lease_mails(40, 100, 2).await, []);
        assert_eq!(world.lease_mails(99, 200, 9).await, [leased(&mails[3], 1)]);
        let again = world.lease_mails(100, 200, 9).await;
        assert_eq!(again, [leased(&mails[1], 2), leased(&mails[2], 2), leased(&mails[0], 2)]);
    }

    async fn a_mail_ends_once_and_only_by_its_own_lease(world: World) {
        let written = world.mail(world.someone(), 10).await;
        let first = world.lease_mails(10, 20, 1).await.remove(0);
        let second = world.lease_mails(20, 30, 1).await.remove(0);
        assert_eq!(second, leased(&written, 2));
        let mut tx = world.begin().await;
        assert!(!mail::end(&mut tx, &first, "sent", "250 late", at(21)).await.unwrap());
        assert!(!mail::retry(&mut tx, &first, at(25), "421 late").await.unwrap());
        assert!(mail::end(&mut tx, &second, "sent", "250 queued", at(22)).await.unwrap());
        assert!(!mail::end(&mut tx, &second, "refused", "550 no", at(23)).await.unwrap());
        assert!(!mail::retry(&mut tx, &second, at(25), "421 late").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(world.lease_mails(999, 1_999, 9).await, []);
        assert_eq!(mail::counts(&mut world.peek().await, at(0)).await.unwrap(), (0, 0));
    }

    async fn a_mail_put_back_is_due_again_then(world: World) {
        let written = world.mail(world.someone(), 10).await;
        let first = world.lease_mails(10, 20, 1).await.remove(0);
        let mut tx = world.begin().await;
        let elsewhere = Mail { tenant: world.neighbour, ..first.clone() };
        assert!(!mail::retry(&mut tx, &elsewhere, at(15), "421").await.unwrap());
        assert!(!mail::end(&mut tx, &elsewhere, "sent", "250", at(15)).await.unwrap());
        assert!(mail::retry(&mut tx, &first, at(50), "421 later").await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(world.lease_mails(49, 60, 9).await, []);
        assert_eq!(world.lease_mails(50, 60, 9).await, [leased(&written, 2)]);
    }

    async fn waiting_and_failed_mails_are_counted(world: World) {
        for _ in 0..4 {
            world.mail(world.someone(), 10).await;
        }
        let mails = world.lease_mails(10, 20, 3).await;
        let mut tx = world.begin().await;
        for (mail, (state, ended_at)) in mails.iter().zip([("refused", 30), ("given_up", 40), ("sent", 50)]) {
            assert!(mail::end(&mut tx, mail, state, "", at(ended_at)).await.unwrap());
        }
        tx.commit().await.unwrap();
        let mut peek = world.peek().await;
        assert_eq!(mail::counts(&mut peek, at(0)).await.unwrap(), (1, 2));
        assert_eq!(mail::counts(&mut peek, at(30)).await.unwrap(), (1, 1));
    }

    async fn a_mail_since_is_of_that_person_and_kind(world: World) {
        let (ada, bob) = (world.someone(), world.someone());
        world.mail(ada, 10).await;
        let mut peek = world.peek().await;
        let mut any = async |tenant, contact, kind, since| {
            mail::any_since(&mut peek, tenant, contact, kind, at(since)).await.unwrap()
        };
        assert!(any(world.tenant, ada, "confirm", 9).await);
        assert!(!any(world.tenant, ada, "confirm", 10).await);
        assert!(!any(world.tenant, ada, "your_link", 0).await);
        assert!(!any(world.tenant, bob, "confirm", 0).await);
        assert!(!any(world.neighbour, ada, "confirm", 0).await);
    }

    async fn ended_mails_are_removed_the_oldest_first_and_limited(world: World) {
        let people: Vec<ContactId> = (0..4).map(|_| world.someone()).collect();
        for person in &people {
            world.mail(*person, 10).await;
        }
        let mails = world.lease_mails(10, 20, 9).await;
        let mut tx = world.begin().await;
        for (person, ended_at) in people.iter().zip([100, 99, 98]) {
            let mail = mails.iter().find(|it| it.contact == *person).unwrap();
            assert!(mail::end(&mut tx, mail, "sent", "", at(ended_at)).await.unwrap());
        }
        let there = async |tx: &mut Tx| {
            let mut there = Vec::new();
            for (place, person) in people.iter().enumerate() {
                if mail::any_since(tx, world.tenant, *person, "confirm", at(0)).await.unwrap() {
                    there.push(place);
                }
            }
            there
        };
        assert_eq!(mail::prune(&mut tx, at(98), 9).await.unwrap(), 0);
        assert_eq!(mail::prune(&mut tx, at(200), 2).await.unwrap(), 2);
        assert_eq!(there(&mut tx).await, [0, 3]);
        assert_eq!(mail::prune(&mut tx, at(200), 2).await.unwrap(), 1);
        assert_eq!(there(&mut tx).await, [3], "what waits is never removed");
        tx.commit().await.unwrap();
    }

    async fn a_mail_is_due_from_its_time_until_it_is_leased(world: World) {
        let due = async || mail::first_due(&mut world.peek().await).await.unwrap();
        assert_eq!(due().await, None);
        world.mail(world.someone(), 31).await;
        world.mail(world.someone(), 30).await;
        assert_eq!(due().await, Some(at(30)));
        world.lease_mails(30, 90, 1).await;
        assert_eq!(due().await, Some(at(31)));
        world.lease_mails(31, 80, 1).await;
        assert_eq!(due().await, Some(at(80)), "when the first lease ends");
    }

    async fn only_the_own_lease_of_a_mail_is_prolonged(world: World) {
        world.mail(world.someone(), 10).await;
        let first = world.lease_mails(10, 20, 1).await;
        let mut tx = world.begin().await;
        mail::keep(&mut tx, &first, at(50)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.lease_mails(49, 60, 1).await, []);
        let second = world.lease_mails(50, 60, 1).await;
        let mut tx = world.begin().await;
        mail::keep(&mut tx, &first, at(500)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(world.lease_mails(60, 70, 1).await.len(), second.len(), "another has it now");
    }

    async fn a_mail_put_off_comes_back_as_if_it_had_not_been_looked_at(world: World) {
        let written = world.mail(world.someone(), 10).await;
        let first = world.lease_mails(10, 20, 1).await.remove(0);
        let mut tx = world.begin().await;
        assert!(mail::put_off(&mut tx, &first, at(30)).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(world.lease_mails(29, 40, 9).await, []);
        let second = world.lease_mails(30, 40, 9).await.remove(0);
        assert_eq!(second, Mail { attempts: 1, lease: 2, ..written });
        let mut tx = world.begin().await;
        assert!(!mail::put_off(&mut tx, &first, at(50)).await.unwrap(), "another has it now");
        tx.commit().await.unwrap();
    }

    async fn mails_of_a_kind_are_counted_for_one_person_since_a_time(world: World) {
        let (someone, other) = (world.someone(), world.someone());
        for created_at in [10, 20, 30] {
            world.mail(someone, created_at).await;
        }
        world.mail(other, 30).await;
        let mut peek = world.peek().await;
        let counted = async |peek: &mut Tx, tenant, kind: &str, since| {
            mail::count_since(peek, tenant, someone, kind, at(since)).await.unwrap()
        };
        assert_eq!(counted(&mut peek, world.tenant, "confirm", 10).await, 2);
        assert_eq!(counted(&mut peek, world.tenant, "confirm", 30).await, 0);
        assert_eq!(counted(&mut peek, world.tenant, "receipt", 0).await, 0);
        assert_eq!(counted(&mut peek, world.neighbour, "confirm", 0).await, 0);
    }
}
