//! The developer's pages as a client meets them.

use actix_web::{http::StatusCode, test::TestRequest};
use serde_json::Value;

use crate::{
    mail::{File, Rendered},
    web::public::testing::{House, NOW},
};

fn capture(house: &House, to: &str) -> u64 {
    let rendered = Rendered {
        subject: "Confirm <b>".to_owned(),
        text: "Type 482913".to_owned(),
        html: "<html><head></head><p style=\"color:red\">Type 482913</p></html>".to_owned(),
        links: vec![("confirm", "http://127.0.0.1:8080/c/ay1.confirm.AAAA".to_owned())],
        codes: vec!["482913".to_owned()],
        files: vec![File {
            name: "R-7Q2M-K4XD\".pdf".to_owned(),
            media_type: "application/pdf",
            data: b"%PDF <script>".to_vec(),
        }],
    };
    let raw = b"To: ada@example.org\r\nSubject: Confirm\r\n\r\nbody".to_vec();
    house.web.inbox.as_ref().unwrap().push(raw, "confirm@acme.example", to, NOW, &rendered)
}

#[tokio::test]
async fn a_captured_mail_can_be_listed_looked_at_and_read_by_a_test() {
    let house = House::with_inbox().await;
    let id = capture(&house, "ada@example.org");
    capture(&house, "eve@example.org");
    assert_eq!(house.get("/dev/inbox").await.texts("tbody a"), ["Confirm <b>", "Confirm <b>"]);
    let page = house.get(&format!("/dev/inbox/{id}?phone&dark")).await;
    assert_eq!(page.texts(".number"), ["482913"]);
    assert_eq!(page.attrs("iframe", "src"), [format!("/dev/inbox/{id}/body?phone&dark")]);
    assert!(page.header("content-security-policy").unwrap().contains("frame-src 'self'"));
    let bare = house.get(&format!("/dev/inbox/{id}/body?bare")).await;
    assert!(bare.body.contains("<p>Type 482913</p>"));
    assert!(bare.header("content-security-policy").unwrap().contains("sandbox"));
    for (tab, text) in
        [("text", "Type 482913"), ("headers", "Subject: Confirm"), ("raw", "To: ada@example.org")]
    {
        let page = house.get(&format!("/dev/inbox/{id}?tab={tab}")).await;
        assert!(page.texts("pre").concat().contains(text), "{tab}");
    }
    let href = format!("/dev/inbox/{id}/files/0");
    assert!(page.attrs("main li a", "href").contains(&href));
    let file = house.get(&href).await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "%PDF <script>"));
    assert_eq!(file.header("content-type").unwrap(), "application/pdf");
    assert_eq!(file.header("content-disposition").unwrap(), "attachment; filename=\"R-7Q2M-K4XD.pdf\"");
    for none in ["1", "-1", "x", "99999999999999999999"] {
        let answer = house.get(&format!("/dev/inbox/{id}/files/{none}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{none}");
    }
    let json = house.get("/dev/inbox/api/messages?to=ADA@example.org&wait=0").await.body;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 1);
    assert_eq!(json[0]["links"][0]["rel"], "confirm");
    assert_eq!(json[0]["codes"][0], "482913");
    assert_eq!(json[0]["files"][0]["url"], href);
    assert_eq!(json[0]["files"][0]["bytes"], 13);
    assert_eq!(json[0]["date"], "2026-11-21T09:14:00.000Z");
    assert_eq!(house.get(&format!("/dev/inbox/api/messages?to=ada@example.org&after={id}")).await.body, "[]");
}

#[tokio::test]
async fn the_demo_shows_its_stops_its_shop_and_what_its_receiver_was_told() {
    let house = House::with_demo().await;
    assert_eq!(house.get("/dev").await.attrs("main li a", "href"), ["/f/news"]);
    let shop = house.get("/dev/shop").await;
    assert_eq!(shop.attrs("main aye-form", "src"), ["/f/news"]);
    assert_eq!(shop.attrs("script[type=module]", "src"), ["/e/1.js"]);
    assert!(shop.header("content-security-policy").unwrap().contains("connect-src 'self'"));
    assert_eq!(shop.attrs("main form", "action"), ["/f/news"]);
    assert_eq!(shop.attrs("[name=p]", "value"), ["newsletter", "events"]);
    let version = shop.attrs("main form [name=v]", "value").concat();
    let from_shop = [
        ("email", "ada@example.org"),
        ("p", "events"),
        ("v", &version),
        ("locale", "en"),
        ("company_website", ""),
    ];
    assert_eq!(house.post("/f/news", &from_shop).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.kinds("mail").await, ["confirm"]);

    for (signature, status) in [("right", StatusCode::NO_CONTENT), ("wrong", StatusCode::UNAUTHORIZED)] {
        let request = TestRequest::post()
            .uri("/dev/receiver")
            .insert_header(("webhook-id", "evt_1"))
            .insert_header(("webhook-timestamp", "1795252472"))
            .insert_header(("webhook-signature", signature));
        let body = r#"{"type":"consent.confirmed"}"#;
        assert_eq!(house.send(request.set_payload(body)).await.status, status);
    }
    let told = house.get("/dev/receiver").await;
    assert_eq!(told.texts("main h2"), ["consent.confirmed", "consent.confirmed"]);
    assert_eq!(told.texts(".wrong").len(), 1, "one signature was wrong, and is shown so");
}
