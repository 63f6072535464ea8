use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};
use serde_json::{Value, json};

use crate::{
    domain::time::{DAY, SECOND},
    web::public::{sign_up::HONEYPOT, testing::House},
};

#[tokio::test]
async fn a_form_offers_its_purposes_unticked_and_leads_to_check_your_email() {
    let house = House::new().await;
    let page = house.get("/f/news?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.attrs("[name=p][type=checkbox]", "value"), ["newsletter", "events"], "none is retired");
    assert!(page.attrs("[checked]", "name").is_empty());
    let answer = house.fill_in("news", "ada@example.org", &["newsletter"]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let next = answer.header("location").unwrap().to_owned();
    assert!(next.starts_with("/s/ay1.sent.k1.") && next.len() <= 160, "{next}");
    let page = house.get(&next).await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::OK, "Check your email"));
    assert!(!page.body.contains("ada"), "the page names nobody");
    assert_eq!(house.kinds("mail").await, ["confirm"]);
}

#[tokio::test]
async fn evidence_keeps_the_words_as_they_stood_on_the_page() {
    let house = House::new().await;
    let page = house.get("/f/single?lang=fr").await;
    let request = TestRequest::post().uri("/f/single").insert_header(("Accept-Language", "en"));
    let token = page.attrs("[name=token]", "value").concat();
    house.clock.advance(3 * SECOND);
    let fields = [("email", "ada@example.org"), ("locale", "fr"), ("token", &token)];
    assert_eq!(house.send(request.set_form(fields)).await.status, StatusCode::SEE_OTHER);
    let dump = house.dump().await;
    let shown = r"Lettre\nNos nouvelles du mois.\nFréquence";
    assert!(page.body.contains("Nos nouvelles du mois.") && dump.contains(shown), "{dump}");
    assert!(dump.contains("M’inscrire") && dump.contains(r#""form_token":"shown""#));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_entered_is_kept() {
    let house = House::new().await;
    let before = house.dump().await;
    let long = format!("{}@example.org", "a".repeat(65));
    for (fields, message) in [
        (vec![("email", "ada@"), ("p", "events")], "Enter an email address in the right format"),
        (vec![("p", "events")], "Enter your email address"),
        (vec![("email", ""), ("p", "events")], "Enter your email address"),
        (vec![("email[]", "ada@example.org"), ("p", "events")], "Enter your email address"),
        (vec![("email", "a\0da@example.org"), ("p", "events")], "Enter an email address in the right format"),
        (vec![("email", "ada@example.org\r\nBcc: x@y.fr"), ("p", "events")], "right format"),
        (vec![("email", "a\u{202e}da@example.org"), ("p", "events")], "right format"),
        (vec![("email", &long), ("p", "events")], "shorter email address"),
        (vec![("email", "ada@localhost"), ("p", "events")], "after the @"),
        (vec![("email", "éa@example.org"), ("p", "events")], "without accents"),
        (
            vec![("email", "ada@example.org"), ("email", "eve@example.org"), ("p", "events")],
            "one email address",
        ),
        (vec![("email", "ada@example.org")], "Choose at least one"),
        (vec![("email", "ada@example.org"), ("p[]", "events")], "Choose at least one"),
        (vec![("email", "ada@example.org"), ("p", "events"), ("p", "zeta-only")], "boxes of this form"),
        (vec![("email", "ada@example.org"), ("p", "paper")], "boxes of this form"),
        (vec![("email", "ada@example.org"), ("p", "\0")], "boxes of this form"),
    ] {
        let answer = house.post("/f/news?lang=en", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        let summary = answer.texts(".errors li").concat();
        assert!(summary.contains(message), "{fields:?}: {summary}");
        assert_eq!(answer.texts(".wrong").concat(), summary, "the same at the field");
        if message.contains("format") && fields.contains(&("email", "ada@")) {
            assert_eq!(answer.attrs("[name=email]", "value"), ["ada@"]);
            assert_eq!(answer.attrs("[name=p][checked]", "value"), ["events"]);
        }
    }
    assert_eq!(house.dump().await, before, "nothing was written");
}

#[tokio::test]
async fn a_form_with_one_purpose_means_that_one() {
    let house = House::new().await;
    assert_eq!(house.fill_in("single", "ada@example.org", &[]).await.status, StatusCode::SEE_OTHER);
    let ada = house.contact("ada@example.org").await;
    assert_eq!(house.states(ada).await, [("newsletter".to_owned(), "pending")]);
}

#[tokio::test]
async fn a_token_too_young_too_old_forged_or_of_other_words_shows_the_form_again() {
    let house = House::new().await;
    let token = async || house.get("/f/news?lang=en").await.attrs("[name=token]", "value").concat();
    let send = async |token: &str| {
        let fields = [("email", "ada@example.org"), ("p", "events"), ("locale", "en"), ("token", token)];
        let answer = house.post("/f/news", &fields).await;
        (
            answer.status,
            answer.texts(".banner p").concat(),
            answer.attrs("[name=p][checked]", "value").concat(),
        )
    };
    let again = StatusCode::UNPROCESSABLE_ENTITY;
    let young = token().await;
    let (status, words, ticked) = send(&young).await;
    assert_eq!((status, ticked.as_str()), (again, "events"));
    assert!(words.contains("once more"), "{words}");
    house.clock.advance(2 * DAY);
    assert!(send(&young).await.1.contains("open for too long"));
    assert!(send("ay1.form.k1.AAAA.AAAA").await.1.contains("open for too long"));
    let other_form = house.get("/f/single").await.attrs("[name=token]", "value").concat();
    house.clock.advance(3 * SECOND);
    assert_eq!(send(&other_form).await.0, again);
    let french = house.get("/f/news?lang=fr").await.attrs("[name=token]", "value").concat();
    house.clock.advance(3 * SECOND);
    let (status, words, ticked) = send(&french).await;
    assert_eq!((status, ticked.as_str()), (again, ""), "ticked under other words");
    assert!(words.contains("text of this form changed"), "{words}");
    assert_eq!(house.kinds("mail").await, Vec::<String>::new());
    let fine = token().await;
    house.clock.advance(3 * SECOND);
    assert_eq!(send(&fine).await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_form_may_be_sent_from_its_own_page_and_from_the_sites_it_names() {
    let house = House::new().await;
    let own = house.app.config.base_url.as_str().to_owned();
    let send = async |origin: &str, json: bool| {
        let accept = if json { "application/json" } else { "text/html" };
        let request = TestRequest::post().uri("/f/news").insert_header(("Accept", accept));
        let request = request.insert_header(("Origin", origin));
        house.send(request.set_form([("email", "ada@example.org"), ("p", "events")])).await
    };
    for origin in [own.as_str(), "null", "https://shop.example"] {
        assert_eq!(send(origin, false).await.status, StatusCode::SEE_OTHER, "{origin}");
    }
    for origin in ["https://evil.example", "https://shop.example.evil.example", "http://shop.example", "é"] {
        let answer = send(origin, false).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin}");
        assert_eq!(answer.h1(), "This form cannot be used from that site");
        let answer = send(origin, true).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    let answer = send("https://shop.example", true).await;
    assert_eq!(answer.header("access-control-allow-origin"), Some("https://shop.example"));
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert_eq!(answer.header("vary"), Some("Origin"));
}

#[tokio::test]
async fn a_client_that_asks_for_json_gets_json() {
    let house = House::new().await;
    let send = async |form: &str, fields: &[(&str, &str)]| {
        let request = TestRequest::post()
            .uri(&format!("/f/{form}?lang=en"))
            .insert_header(("Accept", "application/json"));
        let answer = house.send(request.set_form(fields)).await;
        (answer.status.as_u16(), serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    let good = [("email", "ada@example.org"), ("p", "events")];
    assert_eq!(send("news", &good).await, (200, json!({ "status": "pending" })));
    let errors = json!([
        { "field": "p", "message": "Choose at least one kind of email" },
        { "field": "email", "message": "Enter your email address" },
    ]);
    assert_eq!(send("news", &[]).await, (422, json!({ "status": "invalid", "errors": errors })));
    let (status, body) = send("news", &[good[0], good[1], ("token", "x")]).await;
    assert_eq!((status, &body["errors"][0]["field"]), (422, &json!("token")));
    assert_eq!(send("closed", &good).await.0, 410);
    let mut last = (200, Value::Null);
    for number in 0..2_000 {
        last = send("single", &[("email", &format!("a{number}@example.org"))]).await;
        if last.0 != 200 {
            break;
        }
    }
    assert_eq!(last, (429, json!({ "status": "too_fast" })));
}

#[tokio::test]
async fn a_closed_form_says_so_and_an_unknown_one_is_not_found() {
    let house = House::new().await;
    for answer in
        [house.get("/f/closed").await, house.post("/f/closed", &[("email", "ada@example.org")]).await]
    {
        assert_eq!((answer.status, answer.h1().as_str()), (StatusCode::GONE, "This form is closed"));
    }
    assert_eq!(house.get("/f/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.post("/f/none", &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/f/%00").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/f/%ff%fe").await.status, StatusCode::NOT_FOUND);
    let put = house.ask(Method::PUT, "/f/news").await;
    assert_eq!(put.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(put.header("allow").unwrap().contains("POST"), "{:?}", put.header("allow"));
}

#[tokio::test]
async fn bodies_that_are_no_form_are_refused_before_anything_happens() {
    let house = House::new().await;
    let before = house.dump().await;
    let huge = format!("email=ada@example.org&p=events&x={}", "a".repeat(1_000_000));
    let form = "application/x-www-form-urlencoded";
    assert_eq!(house.post_as("/f/news", form, huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let json = house.post_as("/f/news", "application/json", "{}").await;
    assert_eq!(json.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let garbage: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    let answer = house.post_as("/f/news", form, garbage).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.dump().await, before);
}

#[tokio::test]
async fn a_filled_trap_gets_the_usual_answer_and_no_mail() {
    let house = House::new().await;
    let fields = [("email", "ada@example.org"), ("p", "events"), (HONEYPOT, "x")];
    let answer = house.post("/f/news", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(house.kinds("mail").await, Vec::<String>::new());
    let next = answer.header("location").unwrap().to_owned();
    assert_eq!(house.get(&next).await.h1(), "Check your email");
    let wrong = house.post(&next, &[("code", "123456")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.texts(".errors").concat().contains("4 more times"));
}
