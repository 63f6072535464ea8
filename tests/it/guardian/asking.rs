//! What a form asks about age, and what it does with the answers.

use ayeaye::domain::time::MINUTE;
use serde_json::{Value, json};

use super::{Family, KIM, MUM};
use crate::support::{app::http, database::both};

/// Posts to a form as a plain form on a site does; status and JSON.
async fn send(family: &Family, form: &str, fields: &[(&str, &str)]) -> (u16, Value) {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = http().post(format!("{}/f/{form}", family.app.base()));
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let answer = request.header("accept", "application/json").body(body).send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

/// The fields of a submission to *club* that a problem was found in.
async fn wrong(family: &Family, fields: &[(&str, &str)]) -> Vec<String> {
    let (status, answer) =
        send(family, "club", &[&[("email", KIM), ("p", "newsletter")], fields].concat()).await;
    assert_eq!(status, 422, "{answer}");
    answer["errors"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap().to_owned()).collect()
}

both! {
    async fn the_page_asks_on_which_side_of_one_age_and_why(family: Family) {
        let page = family.app.visitor().open("/f/club").await;
        page.assert_says("I am 15 or older").assert_says("I am younger than 15").assert_says("the law asks");
        assert!(!page.html().contains("checked") && !page.html().contains("type=\"date\""));
        let page = family.app.visitor().open("/f/wine").await;
        page.assert_says("I am 16 or older").assert_says("nobody can sign up here alone");
        assert!(!page.html().contains("name=\"guardian\""));
        let page = family.app.visitor().open("/f/lettre?lang=fr").await;
        page.assert_says("J’ai 14 ans ou plus");
        let page = family.app.visitor().open("/f/plain").await;
        assert!(!page.html().contains("name=\"age\""));
    }

    async fn an_answer_is_needed_and_a_guardian_of_those_who_are_younger(family: Family) {
        let before = family.app.dump().await;
        assert_eq!(wrong(&family, &[]).await, ["age"]);
        for value in ["", "under-16", "from-16", "under-15 ", "x", "14"] {
            assert_eq!(wrong(&family, &[("age", value), ("guardian", MUM)]).await, ["age"], "{value:?}");
        }
        assert_eq!(wrong(&family, &[("age", "from-15"), ("age", "under-15"), ("guardian", MUM)]).await, ["age"]);
        let young = ("age", "under-15");
        assert_eq!(wrong(&family, &[young]).await, ["guardian"]);
        let long = format!("{}@example.org", "x".repeat(70));
        let hostile = [
            "", "mum", "mum@", "mum@example", "a@b@c.org", "mum@example.org\r\nBcc: x@example.org", "\0@example.org",
            "mum@example.org,dad@example.org", "<script>@example.org", "mum\u{202e}@example.org", &long,
            KIM, "KIM@EXAMPLE.ORG", "kim+mum@example.org", "  kim+@example.org ",
        ];
        for guardian in hostile {
            assert_eq!(wrong(&family, &[young, ("guardian", guardian)]).await, ["guardian"], "{guardian:?}");
        }
        assert_eq!(wrong(&family, &[young, ("guardian", MUM), ("guardian", "dad@example.org")]).await, ["guardian"]);
        assert_eq!(family.app.dump().await, before);
        family.app.run_due().await;
        assert_eq!(family.app.mails(MUM).len(), 0);
    }

    async fn what_was_entered_is_kept_while_it_is_corrected(family: Family) {
        let page = family.filled(KIM, "kim+x@example.org").await.press("Sign up").await;
        assert_eq!(page.status(), 422);
        page.assert_says("not your own");
        assert!(page.html().contains("value=\"kim+x@example.org\""));
        assert!(page.html().contains("href=\"#guardian\""));
        let mut page = family.app.visitor().open("/f/club").await;
        page.fill("email", KIM).tick("p", "events");
        family.app.clock.advance(5_000);
        let page = page.press("Sign up").await;
        page.assert_says("Say whether you are 15 or older");
        assert!(page.html().contains("href=\"#age\"") && page.html().contains("id=\"age\""));
    }

    async fn whoever_is_old_enough_signs_up_as_ever(family: Family) {
        let mut page = family.app.visitor().open("/f/club").await;
        // What an adult types into the other field is not even read.
        page.fill("email", KIM).tick("p", "newsletter").choose("age", "from-15").fill("guardian", "dad@example.org");
        family.app.clock.advance(5_000);
        page.press("Sign up").await.assert_h1("Check your email");
        family.app.run_due().await;
        assert_eq!((family.app.mails(KIM).len(), family.app.mails("dad@example.org").len()), (1, 0));
        assert!(!family.knows("dad@example.org").await);
        assert_eq!(family.records(KIM, "signup.requested").await[0]["age"], json!({ "at_least": 15 }));
        family.child_says_yes(KIM).await.assert_h1("You are signed up");
        assert_eq!(family.state(KIM).await, "confirmed");
    }

    async fn a_form_that_refuses_minors_keeps_nothing_of_them(family: Family) {
        let mut page = family.app.visitor().open("/f/wine").await;
        page.fill("email", KIM).choose("age", "under-16");
        family.app.clock.advance(5_000);
        let before = (family.app.dump().await, family.app.database.rows("budget").await);
        let answer = page.press("Sign up").await;
        answer.assert_h1("You cannot sign up here alone yet").assert_says("Nothing of what you entered was kept.");
        assert_eq!(answer.status(), 403);
        let (status, told) = send(&family, "wine", &[("email", KIM), ("age", "under-16")]).await;
        assert_eq!((status, told["status"].as_str()), (403, Some("too_young")));
        family.app.run_due().await;
        assert_eq!((family.app.dump().await, family.app.database.rows("budget").await), before);
        assert_eq!(family.app.mails(KIM).len(), 0);
        let (status, _) = send(&family, "wine", &[("email", KIM), ("age", "from-16")]).await;
        assert_eq!(status, 200);
    }

    async fn a_guardian_gets_no_more_mails_than_anybody(family: Family) {
        for round in 0..12 {
            let child = format!("kid{round}@example.org");
            let guardian = ["mum@example.org", "MUM@example.org", "mum+1@example.org"][round % 3];
            family.sign_up(&child, guardian).await.assert_h1("Check your email");
            family.child_says_yes(&child).await.assert_h1("Your yes is saved");
            family.app.clock.advance(11 * MINUTE);
        }
        let all: usize =
            ["mum@example.org", "MUM@example.org", "mum+1@example.org"].map(|it| family.app.mails(it).len()).iter().sum();
        assert_eq!(all, 3);
    }

    async fn a_mail_that_came_too_soon_after_another_follows_the_childs_yes(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.sign_up("lou@example.org", MUM).await;
        assert_eq!(family.app.mails(MUM).len(), 1);
        family.app.clock.advance(11 * MINUTE);
        family.child_says_yes("lou@example.org").await.assert_h1("Your yes is saved");
        assert_eq!(family.app.mails(MUM).len(), 2);
        family.question(MUM).await.assert_says("l••••@example.org").press(super::AGREE).await;
        assert_eq!((family.state("lou@example.org").await, family.state(KIM).await), ("confirmed", "pending"));
    }

    async fn known_and_unknown_children_are_answered_alike(family: Family) {
        family.sign_up(KIM, MUM).await;
        family.child_says_yes(KIM).await;
        family.question(MUM).await.press(super::AGREE).await;
        family.app.clock.advance(11 * MINUTE);
        let fields = |email| [("email", email), ("p", "newsletter"), ("age", "under-15"), ("guardian", "dad@example.org")];
        let known = send(&family, "club", &fields(KIM)).await;
        family.app.clock.advance(11 * MINUTE);
        let unknown = send(&family, "club", &fields("new@example.org")).await;
        assert_eq!((known.0, &known), (200, &unknown));
        family.app.run_due().await;
        // Nothing is asked anew of whoever has what they asked for: nobody bothers their guardian.
        assert_eq!(family.app.mails("dad@example.org").len(), 1);
        assert_eq!(family.state(KIM).await, "confirmed");
    }
}
