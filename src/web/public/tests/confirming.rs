use actix_web::http::StatusCode;

use crate::{
    domain::time::{DAY, MINUTE},
    web::public::testing::House,
};

const OK: StatusCode = StatusCode::OK;
const GONE: StatusCode = StatusCode::GONE;

#[tokio::test]
async fn the_page_restates_the_request_and_two_equal_buttons_end_it() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter", "events"]).await;
    let path = house.confirm_path(request).await;
    let page = house.get(&path).await;
    assert_eq!(page.status, OK);
    assert_eq!(page.attrs("[name=p][checked]", "value"), ["newsletter", "events"]);
    assert!(page.body.contains("a••••@example.org") && !page.body.contains("ada@"));
    assert_eq!(page.attrs("button[name=do]", "value"), ["confirm", "delete"]);

    let done = house.post(&path, &[("do", "confirm"), ("p", "events")]).await;
    assert_eq!((done.status, done.h1().as_str()), (OK, "You are signed up"));
    assert!(done.body.contains("Your choice is saved."));
    assert_eq!(done.texts("main ul strong"), ["Events"]);
    assert_eq!(done.texts("main dd")[2..], ["Events", "Events, version 1 (en)"]);
    let ada = house.contact("ada@example.org").await;
    let states = [("events".to_owned(), "confirmed"), ("newsletter".to_owned(), "refused")];
    assert_eq!(house.states(ada).await, states);

    house.clock.advance(MINUTE);
    let number = done.texts(".number").concat();
    let preferences =
        |it: &crate::web::public::testing::Answer| it.attrs("main a.go", "href").pop().unwrap_or_default();
    assert!(preferences(&done).starts_with("/p/ay1.manage."), "just proven");
    for again in [house.get(&path).await, house.post(&path, &[("do", "confirm")]).await] {
        assert_eq!((again.status, again.h1().as_str()), (OK, "You are signed up"));
        assert!(again.body.contains("You confirmed this on"), "{}", again.body);
        assert_eq!(again.texts(".number").concat(), number);
        assert_eq!(again.texts("main ul strong"), ["Events"]);
    }
    assert!(preferences(&house.get(&path).await).starts_with("/p/ay1.prefs."), "an old mail proves nothing");
    house.clock.advance(31 * MINUTE);
    let late = house.post(&path, &[("do", "confirm")]).await;
    assert!(preferences(&late).starts_with("/p/ay1.prefs."));
    let told = house.kinds("event").await;
    assert_eq!(told.iter().filter(|it| *it == "consent.confirmed").count(), 1);
}

#[tokio::test]
async fn nothing_ticked_is_no_yes_and_foreign_boxes_are_refused() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter", "events"]).await;
    let path = house.confirm_path(request).await;
    let before = house.dump().await;
    let before: Vec<&str> = before.lines().filter(|it| !it.starts_with("contact:")).collect();
    for (fields, words) in [
        (vec![("do", "confirm")], "Leave at least one box ticked"),
        (vec![("do", "confirm"), ("p", "zeta-only")], "boxes of this request"),
        (vec![("do", "confirm"), ("p", "events"), ("p", "paper")], "boxes of this request"),
        (vec![("do", "confirm"), ("p", "\0")], "boxes of this request"),
    ] {
        let answer = house.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(answer.texts(".errors").concat().contains(words), "{fields:?}");
    }
    for fields in
        [vec![], vec![("p", "events")], vec![("do", "confirm"), ("do", "delete")], vec![("do", "x")]]
    {
        assert_eq!(house.post(&path, &fields).await.status, StatusCode::BAD_REQUEST, "{fields:?}");
    }
    let after = house.dump().await;
    let after: Vec<&str> = after.lines().filter(|it| !it.starts_with("contact:")).collect();
    assert_eq!(after, before);
}

#[tokio::test]
async fn one_purpose_needs_no_box() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter"]).await;
    let path = house.confirm_path(request).await;
    let hidden = house.get(&path).await.hidden("form");
    assert_eq!(hidden.first(), Some(&("p".to_owned(), "newsletter".to_owned())));
    assert_eq!(hidden.get(1).map(|(name, _)| name.as_str()), Some("opened"));
    assert_eq!(hidden.len(), 2);
    assert_eq!(house.post(&path, &[("do", "confirm")]).await.h1(), "You are signed up");
    let ada = house.contact("ada@example.org").await;
    assert_eq!(house.states(ada).await, [("newsletter".to_owned(), "confirmed")]);
}

#[tokio::test]
async fn a_deleted_request_stays_deleted() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter"]).await;
    let path = house.confirm_path(request).await;
    assert_eq!(
        house.post(&path, &[("do", "delete"), ("p", "newsletter")]).await.h1(),
        "Your request is deleted"
    );
    for again in [house.get(&path).await, house.post(&path, &[("do", "confirm")]).await] {
        assert_eq!((again.status, again.h1().as_str()), (OK, "Your request is deleted"));
        assert_eq!(again.attrs("main a.go", "href"), ["/f/news?lang=en"]);
    }
}

#[tokio::test]
async fn links_that_no_longer_grant_say_why_and_offer_one_button() {
    let house = House::new().await;
    let first = house.sign_up("ada@example.org", &["newsletter"]).await;
    let replaced = house.confirm_path(first).await;
    house.clock.advance(11 * MINUTE);
    let second = house.sign_up("ada@example.org", &["newsletter"]).await;
    let newest = house.confirm_path(second).await;
    let refused = async |path: &str, words: &str| {
        for answer in
            [house.get(path).await, house.post(path, &[("do", "confirm"), ("p", "newsletter")]).await]
        {
            assert_eq!((answer.status, answer.h1().as_str()), (GONE, "This link no longer works"));
            assert!(answer.body.contains(words), "{}", answer.body);
            assert_eq!(answer.hidden("main form"), [("do".to_owned(), "resend".to_owned())]);
            assert_eq!(answer.texts("main button"), ["Send me a new link"]);
        }
    };
    refused(&replaced, "We sent a newer link since.").await;
    house.clock.advance(8 * DAY);
    refused(&newest, "It worked until").await;

    let answer = house.post(&newest, &[("do", "resend")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let next = answer.header("location").unwrap().to_owned();
    assert!(house.get(&next).await.texts("[role=status]").concat().contains("a new email is on its way"));
    let third = house.confirm_path(house.newest_request().await).await;
    assert_eq!(house.get(&third).await.h1(), "Confirm what you want to receive");

    let ada = house.contact("ada@example.org").await;
    house.post(&house.preferences(ada), &[("do", "stop")]).await;
    assert_eq!(house.get(&third).await.status, GONE, "leaving ends what was asked before");
    let answer = house.get(&third).await;
    assert!(answer.body.contains("You stopped emails on"), "{}", answer.body);
}

#[tokio::test]
async fn a_request_long_gone_is_said_to_be_so_by_its_own_link() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter"]).await;
    let path = house.confirm_path(request).await;
    house.run("DELETE FROM request").await;
    assert_eq!(house.get(&path).await.status, StatusCode::NOT_FOUND, "before its time: nobody is told why");
    house.clock.advance(8 * DAY);
    for answer in [house.get(&path).await, house.post(&path, &[("do", "confirm")]).await] {
        assert_eq!(answer.status, GONE);
        assert!(answer.body.contains("It worked until 28 November 2026"), "{}", answer.body);
    }
}

#[tokio::test]
async fn a_frozen_person_confirms_nothing() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter"]).await;
    let path = house.confirm_path(request).await;
    house.run("UPDATE contact SET restricted_at = 1").await;
    for answer in [house.get(&path).await, house.post(&path, &[("do", "confirm")]).await] {
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert_eq!(answer.h1(), "Nothing can be changed here now");
    }
}

#[tokio::test]
async fn the_code_of_the_mail_confirms_in_the_tab_of_the_form() {
    let house = House::new().await;
    let answer = house.fill_in("news", "ada@example.org", &["newsletter", "events"]).await;
    let path = answer.header("location").unwrap().to_owned();
    let request = house.newest_request().await;
    let code = house.app.keys.request_code(request);
    for (typed, words) in
        [("", "Enter the 6 digits"), ("12345", "Enter the 6 digits"), ("abc\0", "Enter the 6")]
    {
        let answer = house.post(&path, &[("code", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.texts(".errors").concat().contains(words));
    }
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert!(house.post(&path, &[("code", wrong)]).await.texts(".errors").concat().contains("4 more times"));
    let (left, right) = code.split_at(3);
    let done = house.post(&path, &[("code", &format!("{left} {right}"))]).await;
    assert_eq!((done.status, done.h1().as_str()), (OK, "You are signed up"));
    assert!(done.body.contains("Your choice is saved."));
    assert!(house.dump().await.contains(r#""method":"code""#));
    let again = house.post(&path, &[("code", &code)]).await;
    assert!(again.body.contains("You confirmed this on"));
}

#[tokio::test]
async fn five_wrong_codes_end_the_code_and_not_the_link() {
    let house = House::new().await;
    let answer = house.fill_in("news", "ada@example.org", &["newsletter"]).await;
    let path = answer.header("location").unwrap().to_owned();
    let request = house.newest_request().await;
    let code = house.app.keys.request_code(request);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        house.post(&path, &[("code", wrong)]).await;
    }
    let spent = house.post(&path, &[("code", &code)]).await;
    assert_eq!(spent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(spent.texts(".errors").concat().contains("tried too often"));
    let link = house.confirm_path(request).await;
    assert_eq!(house.post(&link, &[("do", "confirm")]).await.h1(), "You are signed up");
}

#[tokio::test]
async fn it_was_not_me_blocks_once_and_says_so_ever_after() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter"]).await;
    let path = house.not_me(request);
    assert_eq!(house.get(&path).await.h1(), "It was not you?");
    assert_eq!(house.post(&path, &[]).await.status, StatusCode::BAD_REQUEST);
    for _ in 0..2 {
        assert_eq!(house.post(&path, &[("do", "block")]).await.h1(), "This address is blocked");
    }
    assert_eq!(house.get(&path).await.h1(), "This address is blocked");
    let told = house.kinds("event").await;
    assert_eq!(told.iter().filter(|it| *it == "signup.reported").count(), 1, "{told:?}");
    house.clock.advance(11 * MINUTE);
    house.fill_in("news", "ada@example.org", &["newsletter"]).await;
    assert_eq!(house.kinds("mail").await, ["confirm"], "no mail after the block");
}

#[tokio::test]
async fn who_confirmed_cannot_say_it_was_somebody_else() {
    let house = House::new().await;
    let request = house.sign_up("ada@example.org", &["newsletter"]).await;
    let path = house.confirm_path(request).await;
    house.post(&path, &[("do", "confirm")]).await;
    for answer in [
        house.get(&house.not_me(request)).await,
        house.post(&house.not_me(request), &[("do", "block")]).await,
    ] {
        assert_eq!(answer.status, GONE);
        assert!(answer.attrs("main a.button", "href").concat().starts_with("/p/ay1.prefs."));
    }
}
