//! A no of either, silence, a newer request, a leaving, *It was not me*, an erasure.

use ayeaye::{
    app::{erase, links},
    domain::time::{DAY, MINUTE},
};

use super::{AGREE, Family, KIM, MUM, racing::post};
use crate::support::database::both;

both! {
    async fn the_guardians_no_deletes_the_request(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.child_says_yes(KIM).await;
        let no = family.question(MUM).await.press("No, delete the request").await;
        no.assert_h1("The request is deleted").assert_says("we no longer keep your address");
        assert_eq!((family.state(KIM).await, family.gate(KIM).await.as_str()), ("refused", "refused"));
        assert_eq!((family.sealed().await, family.knows(MUM).await), (0, false));
        assert_eq!(family.events_of("signup.cancelled").await, 1);
        family.question(MUM).await.assert_h1("This request is over");
        let confirm = family.app.newest_link(KIM, "confirm");
        assert_eq!(post(&confirm, "do=confirm&p=newsletter").await, 200);
        assert_eq!(family.state(KIM).await, "refused");
        let no = &family.records(KIM, "consent.refused").await[0];
        assert_eq!((&no["method"], &no["agreed"]), (&"guardian".into(), &serde_json::Value::Null));
    }

    async fn the_childs_no_ends_it_for_the_guardian(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.question(MUM).await.press(AGREE).await;
        let page = family.app.visitor().open(&family.app.newest_link(KIM, "confirm")).await;
        page.press("No, delete my request").await.assert_h1("Your request is deleted");
        assert_eq!((family.state(KIM).await, family.sealed().await), ("refused", 0));
        family.question(MUM).await.assert_h1("This request is over");
    }

    async fn a_child_who_waits_can_still_delete_the_request(family: Family) {
        family.sign_up(KIM, MUM).await;
        let waits = family.child_says_yes(KIM).await;
        waits.press("No, delete my request").await.assert_h1("Your request is deleted");
        assert_eq!(post(&family.app.newest_link(MUM, "guardian"), "do=confirm").await, 200);
        assert_eq!(family.state(KIM).await, "refused");
    }

    async fn silence_of_either_lets_it_lapse_and_nothing_is_kept(family: Family) {
        for first in ["child", "guardian", "nobody"] {
            family.sign_up(KIM, MUM).await;
            match first {
                "child" => drop(family.child_says_yes(KIM).await),
                "guardian" => drop(family.question(MUM).await.press(AGREE).await),
                _ => {}
            }
            let (confirm, guardian) = (family.app.newest_link(KIM, "confirm"), family.app.newest_link(MUM, "guardian"));
            family.app.clock.advance(7 * DAY + MINUTE);
            assert_eq!(post(&guardian, "do=confirm").await, 410, "{first}");
            assert_eq!(post(&confirm, "do=confirm&p=newsletter").await, 410, "{first}");
            assert_eq!(family.gate(KIM).await, "pending", "{first}");
            family.app.run_due().await;
            assert_eq!(family.gate(KIM).await, "unknown", "{first}");
            assert_eq!((family.sealed().await, family.knows(MUM).await, family.knows(KIM).await), (0, false, false));
            assert_eq!(family.app.visitor().open(&guardian).await.status(), 410, "{first}");
        }
    }

    async fn a_newer_request_asks_both_anew(family: Family) {
        family.sign_up(KIM, MUM).await;
        let (old_child, old_guardian) =
            (family.app.newest_link(KIM, "confirm"), family.app.newest_link(MUM, "guardian"));
        assert_eq!(post(&old_guardian, "do=confirm").await, 200);
        family.app.clock.advance(11 * MINUTE);
        family.sign_up(KIM, MUM).await;
        assert_ne!(family.app.newest_link(MUM, "guardian"), old_guardian);
        for link in [&old_child, &old_guardian] {
            assert_eq!(post(link, "do=confirm&p=newsletter").await, 410);
            assert_eq!(family.app.visitor().open(link).await.status(), 410);
        }
        family.child_says_yes(KIM).await.assert_h1("Your yes is saved");
        assert_eq!(family.state(KIM).await, "pending");
        family.question(MUM).await.press(AGREE).await;
        assert_eq!(family.state(KIM).await, "confirmed");
    }

    async fn sending_it_again_asks_both_again(family: Family) {
        let sent = family.sign_up(KIM, MUM).await;
        family.app.clock.advance(11 * MINUTE);
        sent.press("Send it again").await.assert_h1("Check your email");
        family.app.run_due().await;
        assert_eq!((family.app.mails(KIM).len(), family.app.mails(MUM).len()), (2, 2));
        family.child_says_yes(KIM).await.assert_h1("Your yes is saved");
        family.question(MUM).await.press(AGREE).await;
        assert_eq!(family.state(KIM).await, "confirmed");
    }

    async fn after_a_guardians_no_nothing_is_sent_again_but_from_the_form(family: Family) {
        let sent = family.sign_up(KIM, MUM).await;
        let confirm = family.app.newest_link(KIM, "confirm");
        family.question(MUM).await.press("No, delete the request").await;
        family.app.clock.advance(11 * MINUTE);
        sent.press("Send it again").await.assert_h1("Check your email");
        assert_eq!(post(&confirm, "do=resend").await, 303);
        family.app.run_due().await;
        assert_eq!((family.app.mails(KIM).len(), family.app.mails(MUM).len()), (1, 1));
        assert_eq!(family.state(KIM).await, "refused");
    }

    async fn leaving_in_between_stops_both_links(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.child_says_yes(KIM).await;
        let contact = family.contact(KIM).await;
        let preferences = links::preferences_url(family.app.app(), contact.tenant, contact.id);
        family.app.visitor().open(&preferences).await.press("Unsubscribe from everything").await;
        assert_eq!(post(&family.app.newest_link(MUM, "guardian"), "do=confirm").await, 200);
        family.question(MUM).await.assert_h1("This request is over");
        assert_eq!((family.state(KIM).await, family.sealed().await), ("refused", 0));
    }

    async fn it_was_not_me_blocks_the_guardians_address_and_answers_stay_the_same(family: Family) {
        family.sign_up(KIM, MUM).await;
        let page = family.app.visitor().open(&family.app.newest_link(MUM, "not_me")).await;
        page.assert_h1("It was not you?");
        page.press("Block this address").await.assert_h1("This address is blocked");
        assert_eq!((family.state(KIM).await, family.sealed().await, family.knows(MUM).await), ("refused", 0, false));
        assert_eq!(family.events_of("signup.reported").await, 1);
        family.app.clock.advance(11 * MINUTE);
        // Another child, another spelling: the same page, and nothing reaches the guardian.
        family.sign_up("lou@example.org", "MUM@example.org").await.assert_h1("Check your email");
        family.child_says_yes("lou@example.org").await.assert_h1("Your yes is saved");
        assert_eq!((family.app.mails(MUM).len(), family.app.mails("MUM@example.org").len()), (1, 0));
        assert_eq!(family.state("lou@example.org").await, "pending");
        family.app.clock.advance(90 * DAY);
        family.sign_up("max@example.org", MUM).await;
        assert_eq!(family.app.mails(MUM).len(), 2, "the block ends");
    }

    async fn a_childs_it_was_not_me_ends_it_for_both(family: Family) {
        family.sign_up(KIM, MUM).await;
        let page = family.app.visitor().open(&family.app.newest_link(KIM, "not_me")).await;
        page.press("Block this address").await.assert_h1("This address is blocked");
        assert_eq!(family.sealed().await, 0);
        family.question(MUM).await.assert_h1("This request is over");
    }

    async fn erasing_the_child_removes_all_of_it(family: Family) {
        family.sign_up(KIM, MUM).await;
        let guardian = family.app.newest_link(MUM, "guardian");
        family.question(MUM).await.press(AGREE).await;
        let tenant = family.app.tenant("acme");
        let hash = family.app.app().keys.address_hash(tenant.id, MUM);
        assert!(family.knows(&hash).await);
        let contact = family.contact(KIM).await;
        erase::erase(family.app.app(), &tenant, contact.id, erase::By::Api).await.unwrap().unwrap();
        assert_eq!((family.sealed().await, family.knows(MUM).await, family.knows(&hash).await), (0, false, false));
        assert_eq!(family.app.visitor().open(&guardian).await.status(), 404);
        assert_eq!(post(&guardian, "do=confirm").await, 404);
        assert_eq!(post(&guardian, "do=block").await, 404);
    }
}
