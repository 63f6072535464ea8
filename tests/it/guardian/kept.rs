//! What is kept of a guardian, what a preference page says meanwhile, and what it does not allow.

use ayeaye::app::links;

use super::{AGREE, Family, KIM, MUM};
use crate::support::{database::both, page::Page};

async fn preferences(family: &Family, fresh: bool) -> Page {
    let contact = family.contact(KIM).await;
    let (app, now) = (family.app.app(), family.app.clock.now());
    let url = if fresh {
        links::manage_url(app, contact.tenant, contact.id, now)
    } else {
        links::preferences_url(app, contact.tenant, contact.id)
    };
    family.app.visitor().open(&url).await
}

both! {
    async fn the_guardians_address_is_sealed_while_it_is_needed_and_then_gone(family: Family) {
        family.sign_up(KIM, MUM).await;
        assert_eq!((family.sealed().await, family.knows(MUM).await), (1, false));
        family.question(MUM).await.press(AGREE).await;
        assert_eq!((family.sealed().await, family.knows(MUM).await), (1, false));
        family.child_says_yes(KIM).await;
        assert_eq!((family.sealed().await, family.knows(MUM).await), (0, false));
        assert!(family.app.person("acme", MUM).await.is_none(), "a guardian is nobody's contact");
    }

    async fn the_mail_to_a_guardian_says_nothing_the_visitor_typed(family: Family) {
        family.sign_up("kim.of.nowhere@example.org", MUM).await;
        let mail = family.app.newest_mail(MUM);
        for text in [&mail.subject, &mail.text, &mail.html] {
            assert!(!text.contains("kim.of.nowhere") && !text.contains(MUM), "{text}");
        }
        assert!(mail.text.contains("k••••@example.org") && mail.codes.is_empty());
        assert_eq!(mail.links.iter().map(|it| it.0).collect::<Vec<_>>(), ["guardian", "not_me", "notice"]);
        assert!(mail.links.iter().all(|(_, url)| url.len() <= 160));
    }

    async fn the_preference_page_shows_that_it_waits_and_grants_nothing_alone(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.child_says_yes(KIM).await;
        for fresh in [false, true] {
            let mut page = preferences(&family, fresh).await;
            assert!(page.ticked("p").is_empty());
            page.assert_says("Waiting");
            page.tick("p", "newsletter");
            let saved = page.press("Save my choices").await;
            saved.assert_says("A parent or guardian has to agree");
            assert_eq!(family.state(KIM).await, "pending");
        }
        family.app.run_due().await;
        assert_eq!(family.app.mails(KIM).len(), 1);
        family.question(MUM).await.press("No, delete the request").await;
        let mut page = preferences(&family, true).await;
        page.tick("p", "newsletter");
        page.press("Save my choices").await.assert_says("A parent or guardian has to agree");
        assert_eq!(family.state(KIM).await, "refused", "a guardian's no is not turned by the child alone");
    }

    async fn a_child_leaves_alone_and_comes_back_with_the_guardian(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.child_says_yes(KIM).await;
        family.question(MUM).await.press(AGREE).await;
        let mut page = preferences(&family, true).await;
        page.untick("p", "newsletter").untick("p", "events");
        let mut page = page.press("Save my choices").await;
        assert_eq!(family.state(KIM).await, "withdrawn");
        page.tick("p", "newsletter");
        page.press("Save my choices").await.assert_says("A parent or guardian has to agree");
        assert_eq!(family.state(KIM).await, "withdrawn");
        // Old enough since: the form says so, and the confirmation proves whose word it is.
        family.app.clock.advance(ayeaye::domain::time::DAY);
        let mut page = family.app.visitor().open("/f/club").await;
        page.fill("email", KIM).tick("p", "newsletter").choose("age", "from-15");
        family.app.clock.advance(5_000);
        page.press("Sign up").await;
        family.app.run_due().await;
        family.child_says_yes(KIM).await.assert_h1("You are signed up");
        let mut page = preferences(&family, true).await;
        page.tick("p", "events");
        page.press("Save my choices").await;
        assert_eq!(family.app.state("acme", KIM, "events").await, "confirmed");
    }
}
