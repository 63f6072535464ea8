use actix_web::http::StatusCode;

use crate::{
    domain::time::{DAY, MINUTE},
    web::public::testing::{Answer, House},
};

const OK: StatusCode = StatusCode::OK;
const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

fn states(pairs: &[(&str, &'static str)]) -> Vec<(String, &'static str)> {
    pairs.iter().map(|(slug, state)| ((*slug).to_owned(), *state)).collect()
}

/// What a banner says, whatever its colour.
fn banner(answer: &Answer) -> String {
    answer.texts(".banner, .errors").concat()
}

#[tokio::test]
async fn a_footer_link_shows_little_and_a_fresh_one_everything() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let footer = house.get(&house.preferences(ada)).await;
    assert_eq!((footer.status, footer.h1().as_str()), (OK, "Your email choices"));
    assert!(footer.body.contains("a••••@example.org") && !footer.body.contains("ada@example.org"));
    assert_eq!(footer.attrs("#history", "id"), Vec::<String>::new());
    assert_eq!(footer.attrs("[name=p]", "value"), ["newsletter", "events"], "retired ones are not offered");
    assert_eq!(footer.attrs("[name=p][checked]", "value"), ["newsletter"]);
    assert!(footer.body.contains("crm.example"), "who receives the address");

    let fresh_link = house.manage(ada);
    let fresh = house.get(&fresh_link).await;
    assert!(fresh.body.contains("ada@example.org"));
    let history = fresh.texts(".stack tbody td:nth-child(2)");
    let confirmed = "You said yes to: Newsletter. With the link we sent you.";
    let asked = "You asked for: Newsletter. With a sign-up form.";
    assert_eq!(history, [confirmed.replace(". W", ".W"), asked.replace(". W", ".W")]);
    assert_eq!(fresh.texts(".stack .number").len(), 2);
    house.clock.advance(31 * MINUTE);
    let old = house.get(&fresh_link).await;
    assert!(!old.body.contains("ada@example.org"), "an old one proves no more than a footer link");
}

#[tokio::test]
async fn the_page_speaks_the_persons_language_unless_the_link_says_otherwise() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let path = house.preferences(ada);
    let fields = [("do", "save"), ("p", "newsletter"), ("seen", "newsletter"), ("locale", "fr")];
    let saved = house.post(&path, &fields).await;
    assert_eq!((saved.status, saved.h1().as_str()), (OK, "Vos choix d’e-mails"), "at once");
    assert!(banner(&saved).contains("Français"), "{}", banner(&saved));
    assert_eq!(house.get(&path).await.h1(), "Vos choix d’e-mails");
    assert_eq!(house.get(&format!("{path}?lang=en")).await.h1(), "Your email choices");
    let fields = [("do", "save"), ("p", "newsletter"), ("seen", "newsletter"), ("locale", "klingon")];
    assert_eq!(house.post(&path, &fields).await.h1(), "Vos choix d’e-mails");
}

#[tokio::test]
async fn a_box_ticked_from_a_footer_link_waits_for_its_confirmation() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let path = house.preferences(ada);
    let fields = [("do", "save"), ("p", "newsletter"), ("p", "events"), ("seen", "newsletter")];
    let saved = house.post(&path, &fields).await;
    assert_eq!(saved.status, OK);
    assert!(banner(&saved).contains("Waiting for your confirmation: Events."), "{}", banner(&saved));
    assert_eq!(house.states(ada).await, states(&[("events", "pending"), ("newsletter", "confirmed")]));
    assert_eq!(house.kinds("mail").await, ["confirm", "confirm"]);
    house.clock.advance(MINUTE);
    let held = house.post(&path, &fields).await;
    assert!(banner(&held).contains("Not started yet"), "{}", banner(&held));
    assert_eq!(house.kinds("mail").await.len(), 2, "one mail in ten minutes");
}

#[tokio::test]
async fn a_box_ticked_with_a_fresh_proof_counts_at_once() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let fields = [("do", "save"), ("p", "events"), ("seen", "newsletter")];
    let saved = house.post(&house.manage(ada), &fields).await;
    let said = banner(&saved);
    assert!(
        said.contains("no longer receive: Newsletter.") && said.contains("now receive: Events."),
        "{said}"
    );
    assert_eq!(house.states(ada).await, states(&[("events", "confirmed"), ("newsletter", "withdrawn")]));
    assert_eq!(saved.texts(".banner .number").len(), 1, "a receipt");
    let history = house.get(&house.manage(ada)).await.texts(".stack tbody td:nth-child(2)");
    assert_eq!(history[0], "You said yes to: Events. You left: Newsletter.On this page.");
}

#[tokio::test]
async fn only_what_the_person_saw_ticked_can_be_left_by_unticking() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter", "events"]).await;
    let path = house.preferences(ada);
    // Shown before events was confirmed elsewhere: not seen, so not left.
    let saved = house.post(&path, &[("do", "save"), ("p", "newsletter"), ("seen", "newsletter")]).await;
    assert!(banner(&saved).contains("Nothing was changed."), "{}", banner(&saved));
    assert_eq!(house.states(ada).await, states(&[("events", "confirmed"), ("newsletter", "confirmed")]));
    // A client without the hidden fields means what it sends.
    house.post(&path, &[("do", "save"), ("p", "newsletter")]).await;
    assert_eq!(house.states(ada).await, states(&[("events", "withdrawn"), ("newsletter", "confirmed")]));
}

#[tokio::test]
async fn boxes_of_another_page_change_nothing() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    for path in [house.preferences(ada), house.manage(ada)] {
        let before = house.dump().await;
        for field in [("p", "zeta-only"), ("p", "paper"), ("p", "\0"), ("seen", "zeta-only"), ("p", "")] {
            let answer = house.post(&path, &[("do", "save"), field, ("seen", "newsletter")]).await;
            assert_eq!(answer.status, REFUSED, "{field:?}");
            assert!(banner(&answer).contains("The choices on offer have changed."));
        }
        let answer = house.post(&path, &[("do", "pause"), ("pause", "100y")]).await;
        assert_eq!(answer.status, REFUSED);
        for fields in [vec![], vec![("do", "x")], vec![("do", "save"), ("do", "stop")]] {
            assert_eq!(house.post(&path, &fields).await.status, StatusCode::BAD_REQUEST, "{fields:?}");
        }
        assert_eq!(house.dump().await, before);
    }
}

#[tokio::test]
async fn everything_is_stopped_at_once_and_can_be_taken_back_for_a_while() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter", "events"]).await;
    let path = house.preferences(ada);
    let stopped = house.post(&path, &[("do", "stop")]).await;
    assert_eq!(stopped.status, OK);
    assert!(banner(&stopped).contains("unsubscribed from everything"), "{}", banner(&stopped));
    assert_eq!(house.states(ada).await, states(&[("events", "withdrawn"), ("newsletter", "withdrawn")]));
    assert_eq!(stopped.attrs("button[value=undo]", "name"), ["do"]);
    house.clock.advance(15 * MINUTE);
    let bare = house.post(&path, &[("do", "undo")]).await;
    assert_eq!(bare.status, StatusCode::CONFLICT, "whoever holds only the link brings nobody back");
    let token = stopped.attrs("input[name=undo]", "value").concat();
    assert!(banner(&house.post(&path, &[("do", "undo"), ("undo", &token)]).await).contains("Undone"));
    assert_eq!(house.states(ada).await, states(&[("events", "confirmed"), ("newsletter", "confirmed")]));
    let stopped = house.post(&path, &[("do", "stop")]).await;
    house.clock.advance(16 * MINUTE);
    let token = stopped.attrs("input[name=undo]", "value").concat();
    let late = house.post(&path, &[("do", "undo"), ("undo", &token)]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(banner(&late).contains("too late"));
    assert_eq!(house.states(ada).await, states(&[("events", "withdrawn"), ("newsletter", "withdrawn")]));
    let again = house.post(&path, &[("do", "stop")]).await;
    assert_eq!((again.status, again.attrs("button[value=undo]", "name").len()), (OK, 0), "nothing to undo");
}

#[tokio::test]
async fn a_break_starts_shows_and_ends() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let path = house.preferences(ada);
    let paused = house.post(&path, &[("do", "pause"), ("pause", "2w")]).await;
    assert!(banner(&paused).contains("You receive nothing until 5 December 2026."), "{}", banner(&paused));
    assert!(house.get(&path).await.body.contains("paused until 5 December 2026"));
    assert!(banner(&house.post(&path, &[("do", "resume")]).await).contains("The break is over"));
    assert!(!house.get(&path).await.body.contains("paused until"));
    house.post(&path, &[("do", "pause"), ("pause", "2w")]).await;
    house.clock.advance(15 * DAY);
    assert!(!house.get(&path).await.body.contains("paused until"), "over by itself");
}

#[tokio::test]
async fn a_code_from_the_inbox_opens_the_whole_page() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let path = house.preferences(ada);
    let sent = house.post(&path, &[("do", "code")]).await;
    assert!(banner(&sent).contains("We send you a code"));
    assert_eq!(sent.hidden("form:has(#code)"), [("do".to_owned(), "code".to_owned())]);
    assert_eq!(house.kinds("mail").await, ["confirm", "your_code"]);
    let mut tx = house.app.store.peek().await.unwrap();
    let row = tx.first("SELECT id FROM challenge", crate::store::args![]).await.unwrap().unwrap();
    drop(tx);
    let code = house.app.keys.challenge_code(row.parse(0).unwrap());
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for (typed, words) in [("1", "Enter the 6 digits"), (wrong, "4 more times"), ("\0", "Enter the 6 digits")]
    {
        let answer = house.post(&path, &[("do", "code"), ("code", typed)]).await;
        assert_eq!(answer.status, REFUSED);
        assert!(banner(&answer).contains(words), "{}", banner(&answer));
    }
    let right = house.post(&path, &[("do", "code"), ("code", &code)]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    let open = right.header("location").unwrap().to_owned();
    assert!(open.starts_with("/p/ay1.manage.") && house.get(&open).await.body.contains("ada@example.org"));
    let twice = house.post(&path, &[("do", "code"), ("code", &code)]).await;
    assert!(banner(&twice).contains("no longer works"), "{}", banner(&twice));
}

#[tokio::test]
async fn a_frozen_person_can_stop_everything_and_nothing_else() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    house.run("UPDATE contact SET restricted_at = 1").await;
    let path = house.preferences(ada);
    let page = house.get(&path).await;
    assert!(banner(&page).contains("Your data are frozen"));
    assert_eq!(page.attrs("button[name=do]", "value"), ["stop", "code"]);
    for fields in [vec![("do", "save"), ("seen", "newsletter")], vec![("do", "pause"), ("pause", "1m")]] {
        let answer = house.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(banner(&answer).contains("Your data are frozen"));
    }
    assert_eq!(house.states(ada).await, states(&[("newsletter", "confirmed")]));
    assert_eq!(house.post(&path, &[("do", "stop")]).await.status, OK);
    assert_eq!(house.states(ada).await, states(&[("newsletter", "withdrawn")]));
}

#[tokio::test]
async fn a_retired_purpose_is_shown_to_those_who_receive_it_and_can_be_left() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter", "events"]).await;
    house.run("UPDATE purpose SET retired_at = 1 WHERE slug = 'events'").await;
    house.app.reload().await.unwrap();
    let path = house.preferences(ada);
    assert_eq!(house.get(&path).await.attrs("[name=p]", "value"), ["newsletter", "events"]);
    house
        .post(&path, &[("do", "save"), ("p", "newsletter"), ("seen", "newsletter"), ("seen", "events")])
        .await;
    assert_eq!(house.get(&path).await.attrs("[name=p]", "value"), ["newsletter"]);
}
