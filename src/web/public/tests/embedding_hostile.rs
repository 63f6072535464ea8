//! Whatever a page around the form, or somebody who plays one, sends along.

use actix_web::{http::StatusCode, test::TestRequest};

use crate::{domain::time::DAY, web::public::testing::House};

#[tokio::test]
async fn nobody_is_sent_on_to_where_the_form_does_not_lead() {
    let house = House::new().await;
    for next in [
        "https://evil.example/",
        "https://shop.example/thanks/",
        "https://shop.example/thanks?x",
        "https://shop.example/thanks#x",
        "https://shop.example.evil.example/thanks",
        "https://shop.example@evil.example/thanks",
        "http://shop.example/thanks",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:shop.example/thanks",
        "https://shop.example/thanks\r\nSet-Cookie: x=1",
        "https://shop.example\\thanks",
        "\0",
        "",
        &format!("https://shop.example/{}", "a".repeat(9_000)),
    ] {
        house.clock.advance(DAY / 2);
        for (path, state) in [("/f/news", None), ("/f/news?embed=1", Some("pending"))] {
            let fields = [("email", "ada@example.org"), ("p", "events"), ("next", next)];
            let answer = house.post(path, &fields).await;
            let on = answer.header("location").unwrap_or("/s/");
            assert!(on.starts_with("/s/"), "{next:?} leads to {on}");
            assert_eq!((answer.header("aye-next"), answer.header("aye-state")), (None, state), "{next:?}");
            assert_eq!(answer.header("set-cookie"), None);
        }
    }
    let twice = [
        ("email", "ada@example.org"),
        ("p", "events"),
        ("next", "https://shop.example/thanks"),
        ("next", "x"),
    ];
    assert!(house.post("/f/news", &twice).await.header("location").unwrap().starts_with("/s/"));
}

#[tokio::test]
async fn hostile_words_about_the_place_are_left_out_and_harm_nothing() {
    let house = House::new().await;
    let script = "\"><script>alert(1)</script>";
    let long = "é".repeat(300);
    for bad in
        [script, long.as_str(), "\0", "javascript:alert(1)", "https://", "file:///etc/passwd", "\u{202e}x"]
    {
        house.clock.advance(31 * DAY);
        let fields = [
            ("email", "ada@example.org"),
            ("p", "events"),
            ("ref", bad),
            ("page", bad),
            ("shown", bad),
            ("theme", bad),
        ];
        let answer = house.post("/f/news?embed=1", &fields).await;
        assert_eq!(answer.header("aye-state"), Some("pending"), "{bad:?}");
        let record = house.record().await;
        assert_eq!((record.get("ref"), record.get("page")), (None, None), "{bad:?}");
        assert_eq!(record["displayed"], "altered", "{bad:?}: something was claimed, and it was not our text");
        let encoded: String = url::form_urlencoded::byte_serialize(bad.as_bytes()).collect();
        let path = format!("/f/news?embed=1&lang={encoded}&theme={encoded}&ref={encoded}&purposes={encoded}");
        let form = house.get(&path).await;
        assert_eq!(form.status, StatusCode::OK, "{bad:?}");
        assert!(!form.body.contains("alert(1)"), "{bad:?}");
        assert_eq!(form.attrs("[data-form]", "class"), ["aye auto"]);
        assert_eq!(form.attrs("form", "action"), ["/f/news?embed=1&lang=en"], "{bad:?}");
    }
}

#[tokio::test]
async fn a_page_is_the_one_the_browser_vouches_for() {
    let house = House::new().await;
    for (origin, page, told) in [
        (Some("https://shop.example"), "https://shop.example/a?q#h", Some("https://shop.example/a")),
        (Some("https://shop.example"), "https://user:pass@shop.example/a", Some("https://shop.example/a")),
        (Some("https://shop.example"), "https://other.example/a", Some("https://shop.example/")),
        (Some("https://shop.example"), "", Some("https://shop.example/")),
        (None, "https://other.example/a", Some("https://other.example/a")),
        (None, "", None),
    ] {
        house.clock.advance(31 * DAY);
        let mut request = TestRequest::post().uri("/f/news?embed=1");
        if let Some(origin) = origin {
            request = request.insert_header(("Origin", origin));
        }
        let fields = [("email", "ada@example.org"), ("p", "events"), ("page", page)];
        let answer = house.send(request.set_form(fields)).await;
        assert_eq!(answer.header("aye-state"), Some("pending"), "{origin:?} {page}");
        let record = house.record().await;
        assert_eq!(record.get("page").and_then(|it| it.as_str()), told, "{origin:?} {page}");
    }
}

#[tokio::test]
async fn what_hides_where_it_stands_is_not_let_in_where_sites_are_named() {
    let house = House::new().await;
    let request = TestRequest::post().uri("/f/news?embed=1").insert_header(("Origin", "null"));
    let answer = house.send(request.set_form([("email", "ada@example.org"), ("p", "events")])).await;
    assert_eq!((answer.status.as_u16(), answer.header("aye-state")), (403, Some("origin")));
    assert_eq!(house.kinds("mail").await.len(), 0);
}

#[tokio::test]
async fn ten_thousand_fields_are_too_many_or_no_matter() {
    let house = House::new().await;
    let mut body = "email=ada@example.org&p=events&embed=1".to_owned();
    body.push_str(&"&p=x".repeat(10_000));
    let answer = house.post_as("/f/news", "application/x-www-form-urlencoded", body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    let path = format!("/f/news?embed=1&purposes={}", "events,".repeat(5_000));
    let form = house.get(&path).await;
    assert_eq!(form.header("aye-purposes"), Some("events"));
}
