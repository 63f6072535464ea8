//! Bodies too large, too slow, endless, of the wrong kind, and requests that are none.

use std::time::Duration;

use super::{
    FORM, Links, assert_same, assert_unharmed, get, sent_mails,
    wire::{Wire, ask, raw},
};
use crate::support::{
    app::{SETUP, TestApp, http},
    database::{Db, both},
};

const ADA: &str = "ada@example.org";

async fn post_as(app: &TestApp, path: &str, media_type: Option<&str>, body: &str) -> u16 {
    let mut request = http().post(format!("{}{path}", app.base())).body(body.to_owned());
    if let Some(media_type) = media_type {
        request = request.header("content-type", media_type);
    }
    request.send().await.unwrap().status().as_u16()
}

/// Every path that takes a form.
fn forms(links: &Links) -> Vec<String> {
    let Links { sent, confirm, not_me, preferences, unsubscribe, receipt: _, guardian: _, number: _ } = links;
    let own = ["/f/newsletter", "/ask/acme"].map(str::to_owned);
    own.into_iter().chain([sent, confirm, not_me, preferences, unsubscribe].map(Clone::clone)).collect()
}

both! {
    async fn a_body_that_is_no_form_is_refused(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let (before, mails) = (app.dump().await, sent_mails(&app));
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"do\"\r\n\r\nconfirm\r\n--b--\r\n";
        for path in forms(&links).iter().filter(|it| !it.starts_with("/u/")) {
            for (media_type, body) in [
                (Some("application/json"), "{\"do\":\"confirm\",\"email\":\"eve@example.org\",\"p\":[\"newsletter\"]}"),
                (Some("multipart/form-data; boundary=b"), multipart),
                (Some("text/plain"), "do=confirm&p=newsletter&email=eve@example.org"),
                (Some("text/plain; application/x-www-form-urlencoded"), "do=confirm&p=newsletter"),
                (None, "do=confirm&p=newsletter&email=eve@example.org"),
            ] {
                assert_eq!(post_as(&app, path, media_type, body).await, 415, "{path} {media_type:?}");
            }
        }
        assert_same(&before, &app.dump().await);
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert_unharmed(&app).await;
    }

    async fn a_body_above_the_limit_is_refused_whole(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let (before, mails) = (app.dump().await, sent_mails(&app));
        for path in forms(&links) {
            for size in [16 * 1024 + 1, 1 << 20] {
                let body = format!("do=confirm&email=eve%40example.org&p=newsletter&x={}", "a".repeat(size));
                let body = body.get(..size).unwrap();
                let headers = format!("content-type: {FORM}\r\naccept-language: fr\r\n");
                let answer = ask(&app, "POST", &path, &headers, body).await;
                assert_eq!(answer.status, 413, "{path} {size}");
                assert!(answer.body.contains("Ce formulaire est trop long"), "{}", answer.body);
            }
        }
        assert_same(&before, &app.dump().await);
        let largest = format!("do=delete&x={}", "a".repeat(16 * 1024 - 12));
        assert_eq!(post_as(&app, &links.confirm, Some(FORM), &largest).await, 200);
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert_unharmed(&app).await;
    }

    async fn whatever_a_mail_program_posts_to_an_unsubscribe_link_leaves_once(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter", "events"]).await;
        let contact = super::contact(&app, ADA).await;
        let tenant = app.tenant("acme");
        let purpose = tenant.purpose_named("newsletter").unwrap().id;
        let url = ayeaye::app::links::unsubscribe_url(app.app(), tenant.id, contact, purpose);
        let path = url.strip_prefix(&app.base()).unwrap();
        let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
        for (media_type, body) in [
            (Some("multipart/form-data; boundary=b"), multipart),
            (Some("multipart/form-data"), "\0\u{1}broken"),
            (None, ""),
            (Some(FORM), "List-Unsubscribe=One-Click"),
            (Some(FORM), "do=%FF&do=%00"),
            (Some("application/json"), "{"),
        ] {
            assert_eq!(post_as(&app, path, media_type, body).await, 200, "{media_type:?} {body:?}");
        }
        let kinds = app.event_kinds("acme").await;
        assert_eq!(kinds.iter().filter(|it| *it == "consent.withdrawn").count(), 1);
        assert_eq!(app.state("acme", ADA, "events").await, "confirmed");
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_waited_for_a_second_and_no_longer() {
    let app = TestApp::with(Db::Sqlite, &[("limits.body_deadline", "1s")]).await;
    app.apply(SETUP).await;
    let links = Links::of_a_newcomer(&app, ADA).await;
    let before = app.dump().await;
    for path in forms(&links) {
        let begun = std::time::Instant::now();
        let mut wire = Wire::open(&app).await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {FORM}\r\ncontent-length: 400\r\n\r\n"
        );
        wire.send(head.as_bytes()).await;
        wire.send(b"do=confirm&p=newsletter&email=eve%40example.org").await;
        let answer = wire.rest().await.expect("an answer");
        assert_eq!(answer.status, 408, "{path}");
        assert!(answer.body.contains("<h1>"), "{}", answer.body);
        assert!(begun.elapsed() < Duration::from_secs(8), "{path}: {:?}", begun.elapsed());
    }
    assert_same(&before, &app.dump().await);
    assert_unharmed(&app).await;
}

#[tokio::test]
async fn an_endless_body_ends_at_the_limit() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    app.apply(SETUP).await;
    let head = format!(
        "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-type: {FORM}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let chunk = format!("400\r\n{}\r\n", "a".repeat(0x400));
    let mut wire = Wire::open(&app).await;
    wire.send(head.as_bytes()).await;
    for _ in 0..17 {
        wire.send(chunk.as_bytes()).await;
    }
    let answer = wire.one().await;
    assert_eq!((answer.status, answer.header("connection")), (413, Some("close")));
    // Whoever goes on is not listened to, and holds up nobody.
    for _ in 0..32 * 1024 {
        if !wire.send(chunk.as_bytes()).await {
            break;
        }
    }
    assert_unharmed(&app).await;
}

/// What is no request, or two in one.
const NONSENSE: [&str; 16] = [
    "\r\n\r\n\r\n",
    "\0\0\0\0\0\0\0\0\r\n\r\n",
    "GET\r\n\r\n",
    "GET / HTTP/9.9\r\nhost: localhost\r\n\r\n",
    "GET /how\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n",
    "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
    "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999999999999\r\n\r\n",
    "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ncontent-length: 40\r\n\r\nGET ",
    "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /how HTTP/1.1\r\n\r\n",
    "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: identity, chunked, gzip\r\n\r\n0\r\n\r\n",
    "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n\r\n",
    "GET /how HTTP/1.1\r\nhost: localhost\r\nbad header: x\r\n\r\n",
    "GET /how HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n",
    "GET /h\0w HTTP/1.1\r\nhost: localhost\r\n\r\n",
];

#[tokio::test]
async fn what_is_no_request_is_turned_away() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    app.apply(SETUP).await;
    for bytes in NONSENSE {
        if let Some(answer) = raw(&app, bytes.as_bytes()).await {
            assert!((400..500).contains(&answer.status), "{bytes:?}: {} {}", answer.status, answer.body);
        }
        assert_eq!(get(&app, "/healthz").await, 200, "after {bytes:?}");
    }
    assert_unharmed(&app).await;
}

#[tokio::test]
async fn a_compressed_body_is_not_unpacked() {
    use std::io::Write as _;
    let app = TestApp::with(Db::Sqlite, &[]).await;
    app.apply(SETUP).await;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let plain = format!("email=eve%40example.org&p=newsletter&x={}", "a".repeat(8 << 20));
    gzip.write_all(plain.as_bytes()).unwrap();
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < 16 * 1024, "{}", bomb.len());
    let request = http().post(format!("{}/f/newsletter", app.base())).header("content-type", FORM);
    let answer = request.header("content-encoding", "gzip").body(bomb).send().await.unwrap();
    assert!(answer.status().is_client_error(), "{}", answer.status());
    assert!(app.person("acme", "eve@example.org").await.is_none());
    assert_unharmed(&app).await;
}
