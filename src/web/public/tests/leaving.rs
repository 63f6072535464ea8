use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};

use crate::{
    app::keys::new_link_key,
    crypto::Key,
    domain::{link, time::MINUTE},
    store::args,
    web::public::testing::House,
};

const OK: StatusCode = StatusCode::OK;
const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn one_click_works_with_any_body_and_only_for_what_the_link_names() {
    let house = House::new().await;
    let parts = "multipart/form-data; boundary=---FormBoundaryjWmhtjORrn";
    let name = "Content-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n";
    let whole = format!("-----FormBoundaryjWmhtjORrn\r\n{name}-----FormBoundaryjWmhtjORrn--\r\n");
    // RFC 8058 section 8.3, word for word: its delimiters lack the leading "--".
    let broken = format!("---FormBoundaryjWmhtjORrn\r\n{name}---FormBoundaryjWmhtjORrn--\r\n");
    for (number, (kind, body)) in [
        (FORM, "List-Unsubscribe=One-Click"),
        (parts, whole.as_str()),
        (parts, broken.as_str()),
        (FORM, ""),
        ("", ""),
        ("text/plain", "One-Click"),
        ("application/json", "{\"do\":\"undo\"}"),
        ("multipart/form-data", "do=undo"),
        (FORM, "do=&List-Unsubscribe=One-Click"),
        (FORM, "%00%ff=%zz&&=&do"),
    ]
    .into_iter()
    .enumerate()
    {
        let ada = house.subscriber(&format!("ada{number}@example.org"), &["newsletter", "events"]).await;
        let path = house.unsubscribe(ada, "newsletter");
        let events = house.kinds("event").await.len();
        for _ in 0..2 {
            let answer = house.post_as(&path, kind, body).await;
            assert_eq!((answer.status, answer.body.as_str()), (OK, "Unsubscribed.\n"), "{kind} {body:?}");
            assert_eq!((answer.header("set-cookie"), answer.header("location")), (None, None));
        }
        let states = house.states(ada).await;
        assert_eq!(states.iter().map(|it| it.1).collect::<Vec<_>>(), ["confirmed", "withdrawn"]);
        assert_eq!(house.kinds("event").await.len(), events + 1, "told once");
    }
}

#[tokio::test]
async fn one_click_needs_no_header_and_minds_none() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let path = house.unsubscribe(ada, "newsletter");
    let request = TestRequest::post()
        .uri(&path)
        .insert_header(("Cookie", "session=stolen"))
        .insert_header(("Origin", "https://evil.example"))
        .insert_header(("Accept", "application/json"));
    let answer = house.send(request).await;
    assert_eq!((answer.status, answer.header("set-cookie")), (OK, None));
    assert_eq!(house.states(ada).await[0].1, "withdrawn");
}

#[tokio::test]
async fn one_click_with_a_wrong_token_or_one_of_another_kind_changes_nothing() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let request = house.sign_up("eve@example.org", &["newsletter"]).await;
    let before = house.dump().await;
    let good = house.unsubscribe(ada, "newsletter");
    let confirm = house.confirm_path(request).await;
    let tampered = good.replace("/u/ay1.unsub.k1.", "/u/ay1.unsub.k1.A");
    for path in [
        format!("{good}x"),
        tampered,
        confirm.replace("/c/", "/u/"),
        house.preferences(ada).replace("/p/", "/u/"),
        "/u/x".to_owned(),
        "/u/%00".to_owned(),
        "/u/ay1.unsub.k1..".to_owned(),
        format!("/u/{}", "a".repeat(5_000)),
    ] {
        let answer = house.post_as(&path, FORM, "List-Unsubscribe=One-Click").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let huge = house.post_as(&good, FORM, "a".repeat(1_000_000)).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(house.dump().await, before);
}

#[tokio::test]
async fn looking_at_an_unsubscribe_link_changes_nothing() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let path = house.unsubscribe(ada, "newsletter");
    let before = house.dump().await;
    for uri in [path.clone(), format!("{path}?List-Unsubscribe=One-Click&do=unsubscribe")] {
        let page = house.get(&uri).await;
        assert_eq!((page.status, page.h1().as_str()), (OK, "Unsubscribe from Newsletter?"));
        assert_eq!(page.attrs("form[method=post] button", "value"), ["unsubscribe", "stop"]);
        assert_eq!(house.ask(Method::HEAD, &uri).await.status, OK);
        assert_eq!(house.ask(Method::OPTIONS, &uri).await.status, StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(house.dump().await, before);
}

#[tokio::test]
async fn the_button_leads_to_done_with_receipt_undo_and_one_question_afterwards() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter", "events"]).await;
    let path = house.unsubscribe(ada, "newsletter");
    let done = house.post(&path, &[("do", "unsubscribe")]).await;
    assert_eq!((done.status, done.h1().as_str()), (OK, "You are unsubscribed from Newsletter"));
    assert_eq!(done.texts("main h2 + ul li"), ["Events"], "what is still received");
    assert_eq!(done.attrs("main form", "action"), [format!("{path}?lang=en"), format!("{path}?lang=en")]);
    let receipt = done.texts(".number").concat();
    assert!(house.dump().await.contains(&receipt) && receipt.starts_with("R-"), "{receipt}");

    let events = house.kinds("event").await.len();
    let again = house.post(&path, &[("do", "unsubscribe")]).await;
    assert_eq!(again.texts(".number").concat(), receipt, "the second press shows the first receipt");
    assert_eq!(house.kinds("event").await.len(), events);
    assert!(house.get(&path).await.body.contains("You left on 21 November 2026"));

    let thanks = house.post(&path, &[("do", "reason"), ("reason", "too_many")]).await;
    assert!(thanks.body.contains("Thank you. Your answer is saved."));
    let none = house.post(&path, &[("do", "reason"), ("reason", "")]).await;
    let own = house.post(&path, &[("do", "reason"), ("reason", "<b>my own words</b>")]).await;
    assert_eq!((none.status, own.status), (OK, OK));
    let dump = house.dump().await;
    assert!(dump.contains(r#""reason":"too_many""#) && !dump.contains("own words"));

    let token = done.attrs("input[name=undo]", "value").first().cloned().unwrap_or_default();
    let undone = house.post(&path, &[("do", "undo"), ("undo", &token)]).await;
    assert_eq!((undone.status, undone.h1().as_str()), (OK, "Your email choices"));
    assert_eq!(house.states(ada).await.iter().map(|it| it.1).collect::<Vec<_>>(), ["confirmed", "confirmed"]);
    house.post(&path, &[("do", "unsubscribe")]).await;
    house.clock.advance(16 * MINUTE);
    assert_eq!(house.post(&path, &[("do", "undo")]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn leaving_what_was_never_joined_is_done_without_a_receipt() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let done = house.post(&house.unsubscribe(ada, "events"), &[("do", "unsubscribe")]).await;
    assert_eq!((done.status, done.texts(".number").len()), (OK, 0));
    assert_eq!(house.states(ada).await, [("newsletter".to_owned(), "confirmed")]);
}

#[tokio::test]
async fn links_a_tenant_minted_leave_one_purpose_or_everything() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter", "events"]).await;
    let (kid, text) = new_link_key(&house.app, house.tenant("acme").id).await.unwrap();
    let key = Key::new(hex::decode(text).unwrap().try_into().unwrap());
    let reference = link::address_ref(&key, "ada@example.org");
    let mut tx = house.app.store.begin().await.unwrap();
    let tenant = house.tenant("acme").id;
    let references = [(reference.clone(), ada)];
    crate::store::link_ref::put(&mut tx, tenant, kid, &references, &ada.to_string()).await.unwrap();
    tx.commit().await.unwrap();
    let mint = |purpose| link::mint(&key, &kid.to_string(), &reference, purpose);

    let one = format!("/u/{}?p=newsletter", mint("newsletter"));
    let page = house.get(&one).await;
    assert_eq!(page.h1(), "Unsubscribe from Newsletter?");
    assert_eq!(page.attrs("form:has([value=unsubscribe])", "action"), [format!("{one}&lang=en")]);
    assert_eq!(
        page.attrs("nav a[lang=fr]", "href"),
        [format!("{one}&lang=fr")],
        "the purpose stays in the link"
    );
    let other = format!("/u/{}?p=events", mint("newsletter"));
    let none = format!("/u/{}", mint("newsletter"));
    for wrong in [other, none, format!("/u/{}?p=zeta-only", mint("zeta-only"))] {
        assert_eq!(house.post_as(&wrong, FORM, "").await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    assert_eq!(house.post_as(&one, FORM, "List-Unsubscribe=One-Click").await.status, OK);
    assert_eq!(house.states(ada).await.iter().map(|it| it.1).collect::<Vec<_>>(), ["confirmed", "withdrawn"]);

    let everything = format!("/u/{}", mint(""));
    assert_eq!(house.get(&everything).await.h1(), "Unsubscribe from all emails from Acme?");
    assert_eq!(house.post_as(&everything, FORM, "List-Unsubscribe=One-Click").await.status, OK);
    assert_eq!(house.states(ada).await.iter().map(|it| it.1).collect::<Vec<_>>(), ["withdrawn", "withdrawn"]);
    let preferences = house.get(&format!("/p/{}", mint(""))).await;
    assert!(preferences.body.contains("a••••@example.org"), "and it opens the preferences");

    let mut tx = house.app.store.begin().await.unwrap();
    tx.execute("UPDATE link_key SET revoked_at = 1", args![]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(house.get(&everything).await.status, StatusCode::NOT_FOUND, "revoked");
}

#[tokio::test]
async fn my_link_is_asked_for_with_the_same_answer_whoever_it_is() {
    let house = House::new().await;
    house.subscriber("ada@example.org", &["newsletter"]).await;
    let list = house.get("/p?lang=en").await;
    assert_eq!(list.attrs("main a", "href"), ["/ask/acme?lang=en", "/ask/zeta?lang=en"]);
    let page = house.get("/ask/acme?lang=en").await;
    assert_eq!(page.attrs("main form", "action"), ["/ask/acme?lang=en"]);
    let known = house.post("/ask/acme", &[("email", "ada@example.org"), ("locale", "en")]).await;
    let unknown = house.post("/ask/acme", &[("email", "eve@example.org"), ("locale", "en")]).await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    assert_eq!(known.h1(), "Check your email");
    assert_eq!(house.kinds("mail").await, ["confirm", "your_link"]);
    for fields in [vec![], vec![("email", "ada@")], vec![("email", "a@b.fr"), ("email", "b@b.fr")]] {
        let answer = house.post("/ask/acme", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    }
    assert_eq!(house.get("/ask/nobody").await.status, StatusCode::NOT_FOUND);
}
