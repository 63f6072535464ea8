//! Nothing is granted before both have said yes, whoever says it first.

use ayeaye::domain::time::MINUTE;

use super::{AGREE, Family, KIM, MUM};
use crate::support::database::both;

both! {
    async fn the_child_first_then_the_guardian(family: Family) {
        family.sign_up(KIM, MUM).await.assert_h1("Check your email");
        assert_eq!((family.app.mails(KIM).len(), family.app.mails(MUM).len()), (1, 1));
        assert_eq!((family.state(KIM).await, family.gate(KIM).await.as_str()), ("pending", "pending"));

        family.child_says_yes(KIM).await.assert_h1("Your yes is saved").assert_says("a parent or guardian has to say yes too");
        assert_eq!((family.state(KIM).await, family.gate(KIM).await.as_str()), ("pending", "pending"));
        assert_eq!(family.events_of("consent.confirmed").await, 0);

        let question = family.question(MUM).await;
        question.assert_h1("Do you agree to these emails?").assert_says("younger than 15").assert_says("k••••@example.org");
        assert!(!question.html().contains(KIM));
        question.press(AGREE).await.assert_h1("Your yes is saved").assert_says("The child has said yes too.");
        assert_eq!((family.state(KIM).await, family.gate(KIM).await.as_str()), ("confirmed", "allow"));
        assert_eq!(family.events_of("consent.confirmed").await, 2, "one for each purpose");
    }

    async fn the_guardian_first_then_the_child(family: Family) {
        family.sign_up(KIM, MUM).await;
        let waits = family.question(MUM).await.press(AGREE).await;
        waits.assert_h1("Your yes is saved").assert_says("The child still has to say yes").assert_says("k••••@example.org");
        assert_eq!((family.state(KIM).await, family.gate(KIM).await.as_str()), ("pending", "pending"));
        family.child_says_yes(KIM).await.assert_h1("You are signed up");
        assert_eq!((family.state(KIM).await, family.gate(KIM).await.as_str()), ("confirmed", "allow"));
        assert_eq!(family.events_of("consent.confirmed").await, 2);
        family.question(MUM).await.assert_says("The child has said yes too.");
    }

    async fn the_evidence_names_both_steps_and_the_guardian_by_a_keyed_hash(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.child_says_yes(KIM).await;
        family.app.clock.advance(MINUTE);
        family.question(MUM).await.press(AGREE).await;
        let hash = {
            let tenant = family.app.tenant("acme");
            family.app.app().keys.address_hash(tenant.id, MUM)
        };
        let asked = &family.records(KIM, "signup.requested").await[0];
        assert_eq!(asked["age"], serde_json::json!({ "younger_than": 15, "guardian": hash }));
        let first = &family.records(KIM, "signup.agreed").await[0];
        assert_eq!((&first["by"], &first["method"]), (&"child".into(), &"link".into()));
        let confirmed = family.records(KIM, "consent.confirmed").await;
        assert_eq!(confirmed.len(), 1);
        let last = &confirmed[0];
        assert_eq!(last["method"], "guardian");
        assert_eq!(last["guardian"], serde_json::json!({ "younger_than": 15, "address_hash": hash }));
        assert_eq!(last["agreed"][0]["by"], "child");
        assert_eq!(last["agreed"][0]["at"], first["at"]);
        assert_eq!(last["agreed"][0]["evidence"], first["id"]);
        assert_eq!(last["agreed"][1], serde_json::json!({ "by": "guardian", "at": last["at"] }));
        assert_eq!(last["purposes"][0]["state"], "confirmed");
        let mailed = &family.records(KIM, "signup.guardian_asked").await[0];
        assert_eq!(mailed["mail"]["kind"], "guardian");
    }

    async fn the_childs_code_waits_for_the_guardian_too(family: Family) {
        let mut sent = family.sign_up(KIM, MUM).await;
        let code = family.app.newest_mail(KIM).codes[0].clone();
        sent.fill("code", &code);
        let waits = sent.press("Continue").await;
        waits.assert_h1("Your yes is saved");
        assert_eq!(family.state(KIM).await, "pending");
        sent.press("Continue").await.assert_h1("Your yes is saved");
        family.question(MUM).await.press(AGREE).await;
        assert_eq!(family.state(KIM).await, "confirmed");
    }

    async fn what_the_child_leaves_out_the_guardian_is_not_asked(family: Family) {
        family.sign_up(KIM, MUM).await;
        let mut page = family.app.visitor().open(&family.app.newest_link(KIM, "confirm")).await;
        page.untick("p", "events");
        page.press(super::YES).await.assert_h1("Your yes is saved");
        assert_eq!(family.app.state("acme", KIM, "events").await, "refused");
        let question = family.question(MUM).await;
        question.assert_says("Newsletter");
        assert!(!question.text().contains("Events"));
        question.press(AGREE).await;
        assert_eq!(family.state(KIM).await, "confirmed");
        assert_eq!(family.app.state("acme", KIM, "events").await, "refused");
    }

    async fn pressing_again_finds_it_done(family: Family) {
        family.sign_up(KIM, MUM).await;
        let question = family.question(MUM).await;
        for _ in 0..3 {
            question.press(AGREE).await.assert_says("The child still has to say yes");
        }
        let confirm = family.app.visitor().open(&family.app.newest_link(KIM, "confirm")).await;
        for _ in 0..3 {
            confirm.press(super::YES).await.assert_h1("You are signed up");
            question.press(AGREE).await.assert_says("The child has said yes too.");
        }
        assert_eq!(family.records(KIM, "signup.agreed").await.len(), 1);
        assert_eq!(family.records(KIM, "consent.confirmed").await.len(), 1);
        // No later no takes it back: that is leaving, and has its own pages.
        let late = family.app.newest_link(MUM, "guardian");
        let refused = super::racing::post(&late, "do=delete").await;
        assert_eq!((refused, family.state(KIM).await), (200, "confirmed"));
    }

    async fn opening_a_guardians_link_changes_nothing(family: Family) {
        family.sign_up(KIM, MUM).await;
        let before = family.app.dump().await;
        for link in [family.app.newest_link(MUM, "guardian"), family.app.newest_link(MUM, "not_me")] {
            for _ in 0..3 {
                assert_eq!(family.app.visitor().open(&link).await.status(), 200);
            }
            let head = crate::support::app::http().head(&link).send().await.unwrap();
            assert_eq!(head.status(), 200);
        }
        assert_eq!(family.app.dump().await, before);
    }

    async fn two_tenants_do_not_share_a_guardians_answer(family: Family) {
        use ayeaye::domain::link::Link;
        family.sign_up(KIM, MUM).await;
        let token = family.app.newest_link(MUM, "guardian").rsplit_once('/').unwrap().1.to_owned();
        let keys = family.app.app().link_keys();
        let Some(Link::Guardian(_, id, until)) = Link::open(&keys, ayeaye::domain::link::Kind::Guardian, &token) else {
            panic!("no link of a guardian");
        };
        let foreign = Link::Guardian(family.app.tenant("beta").id, id, until).sign(&keys);
        for token in [foreign, token.replace("guardian", "confirm"), format!("{token}x"), "x".repeat(5_000)] {
            let url = format!("{}/g/{token}", family.app.base());
            let before = family.app.dump().await;
            assert_eq!(family.app.visitor().open(&url).await.status(), 404);
            assert_eq!(super::racing::post(&url, "do=confirm").await, 404);
            assert_eq!(family.app.dump().await, before);
        }
        // A confirmation link opens no guardian's page, nor the other way round.
        for (from, to) in [("confirm", "/g/"), ("guardian", "/c/")] {
            let link = if from == "confirm" { family.app.newest_link(KIM, from) } else { family.app.newest_link(MUM, from) };
            let swapped = link.replace("/c/", "/x/").replace("/g/", "/c/").replace("/x/", to);
            assert_eq!(super::racing::post(&swapped, "do=confirm").await, 404);
        }
        assert_eq!(family.state(KIM).await, "pending");
    }
}
