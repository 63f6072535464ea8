//! Headers that lie: about the host, about the site a form is on, about who came; and headers without end.

use super::{
    FORM, assert_unharmed, sent_mails,
    wire::{ask, raw},
};
use crate::support::{
    app::{SETUP, TestApp},
    database::{Db, both},
};

const SIGN_UP: &str = "email=ada%40example.org&p=newsletter";

both! {
    async fn links_never_begin_with_what_a_request_says(app: TestApp) {
        for (at, lies) in [
            "host: localhost\r\nx-forwarded-host: evil.example\r\nx-forwarded-proto: https\r\n",
            "host: localhost\r\nforwarded: for=203.0.113.1;host=evil.example;proto=https\r\n",
            "host: localhost\r\nx-original-url: //evil.example\r\nx-rewrite-url: //evil.example\r\nreferer: https://evil.example\r\n",
        ].into_iter().enumerate() {
            let email = format!("ada{at}@example.org");
            let body = format!("email=ada{at}%40example.org&p=newsletter");
            let answer = ask(&app, "POST", "/f/newsletter", &format!("{lies}content-type: {FORM}\r\n"), &body).await;
            assert_eq!(answer.status, 303);
            assert!(answer.header("location").unwrap().starts_with("/s/"), "{answer:?}");
            app.run_due().await;
            let mail = app.newest_mail(&email);
            assert!(!String::from_utf8_lossy(&mail.raw).contains("evil"), "{}", mail.text);
            assert!(mail.links.iter().all(|(_, url)| url.starts_with(&app.base())), "{:?}", mail.links);
            for path in ["/f/newsletter", "/docs/links", "/p", "/nowhere"] {
                let page = ask(&app, "GET", path, lies, "").await;
                assert!(!format!("{page:?}").contains("evil"), "{path}: {page:?}");
            }
        }
        for lies in ["host: evil.example\r\n", "host: evil.example:443\r\nx-forwarded-host: localhost\r\n"] {
            let headers = format!("{lies}content-type: {FORM}\r\n");
            let answer = ask(&app, "POST", "/f/newsletter", &headers, "email=eve%40example.org&p=newsletter").await;
            assert_eq!(answer.status, 421);
            assert!(!format!("{answer:?}").contains("evil"), "{answer:?}");
        }
        app.run_due().await;
        assert!(app.mails("eve@example.org").is_empty(), "nothing was done for a name that is not ours");
        let absolute = ask(&app, "GET", "http://evil.example/f/newsletter", "host: evil.example\r\n", "").await;
        assert!(!format!("{absolute:?}").contains("evil"), "{absolute:?}");
    }

    async fn a_form_is_taken_from_its_own_sites_alone(app: TestApp) {
        for evil in [
            "https://evil.example",
            "https://shop.example.evil.example",
            "https://shop.example:8443",
            "http://shop.example",
            "https://shop.example/",
            "https://SHOP.example",
            "https://shop.example, https://evil.example",
            "file://",
            "\u{e9}",
            "",
        ] {
            for accept in ["text/html", "application/json"] {
                let headers = format!("origin: {evil}\r\naccept: {accept}\r\ncontent-type: {FORM}\r\n");
                let answer = ask(&app, "POST", "/f/newsletter", &headers, SIGN_UP).await;
                assert_eq!(answer.status, 403, "{evil:?}");
                assert_eq!(answer.header("access-control-allow-origin"), None, "{evil:?}");
            }
        }
        let headers = format!("origin: https://shop.example\r\ncontent-type: {FORM}\r\n");
        assert_eq!(ask(&app, "POST", "/f/events", &headers, "email=ada%40example.org").await.status, 403);
        app.run_due().await;
        assert_eq!(sent_mails(&app), 0);
        assert!(app.person("acme", "ada@example.org").await.is_none());
        for (origin, allowed) in [
            ("null", None),
            (app.base().as_str(), None),
            ("https://shop.example", Some("https://shop.example")),
        ] {
            let headers = format!("origin: {origin}\r\naccept: application/json\r\ncontent-type: {FORM}\r\n");
            let answer = ask(&app, "POST", "/f/newsletter", &headers, SIGN_UP).await;
            assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, allowed), "{origin}");
            assert_eq!(answer.header("access-control-allow-credentials"), None);
            assert!(answer.header("vary").unwrap().to_lowercase().contains("origin"), "{answer:?}");
        }
        assert_unharmed(&app).await;
    }

    async fn strange_headers_are_kept_as_text_or_not_at_all(app: TestApp) {
        let long = "a".repeat(60_000);
        for (at, strange) in [
            format!("user-agent: {long}\r\n"),
            "user-agent: \u{202e}\u{e9}\u{ff}\r\n".to_owned(),
            "user-agent: '; DROP TABLE contact; --\r\n".to_owned(),
            format!("sec-fetch-site: {long}\r\n"),
            "accept-language: \u{ff}, ;;;q=, *;q=9, fr-\r\n".to_owned(),
            format!("accept-language: {}\r\n", "fr,".repeat(20_000)),
            format!("cookie: {long}\r\n"),
            "accept: \r\naccept-encoding: gzip;q=x, zstd, br, *;q=9\r\n".to_owned(),
        ].into_iter().enumerate() {
            let body = format!("email=ada{at}%40example.org&p=newsletter");
            let answer = ask(&app, "POST", "/f/newsletter", &format!("content-type: {FORM}\r\n{strange}"), &body).await;
            assert_eq!(answer.status, 303, "{}", strange.get(..30).unwrap_or(&strange));
        }
        let records = app.dump().await;
        assert!(!records.contains(&"a".repeat(401)), "a header was kept whole");
        let huge = format!("GET /how HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "a".repeat(1 << 20));
        if let Some(answer) = raw(&app, huge.as_bytes()).await {
            assert!((400..500).contains(&answer.status), "{}", answer.status);
        }
        let many = format!("GET /how HTTP/1.1\r\nhost: localhost\r\n{}\r\n", "x: y\r\n".repeat(2_000));
        if let Some(answer) = raw(&app, many.as_bytes()).await {
            assert!(answer.status < 500, "{}", answer.status);
        }
        assert_unharmed(&app).await;
    }
}

/// The statuses of sign-ups of different people, each with one of these `X-Forwarded-For`.
async fn sign_ups(app: &TestApp, forwarded: &[&str]) -> Vec<u16> {
    let mut statuses = Vec::new();
    for (at, forwarded) in forwarded.iter().enumerate() {
        let body = format!("email=ada{at}%40example.org&p=newsletter");
        let headers = format!("content-type: {FORM}\r\n{forwarded}");
        statuses.push(ask(app, "POST", "/f/newsletter", &headers, &body).await.status);
    }
    statuses
}

async fn with_budget_of_two(proxies: &[(&str, &str)]) -> TestApp {
    let settings = [&[("limits.network_per_hour", "2")], proxies].concat();
    let app = TestApp::with(Db::Sqlite, &settings).await;
    app.apply(SETUP).await;
    app
}

#[tokio::test]
async fn nobody_is_believed_about_who_they_are() {
    let app = with_budget_of_two(&[]).await;
    let forged = [
        "x-forwarded-for: 198.51.100.1\r\n",
        "x-forwarded-for: 203.0.113.1\r\nx-real-ip: 203.0.113.1\r\n",
        "x-forwarded-for: 192.0.2.1\r\nforwarded: for=192.0.2.1\r\ntrue-client-ip: 192.0.2.1\r\n",
    ];
    assert_eq!(sign_ups(&app, &forged).await, [303, 303, 429]);
}

#[tokio::test]
async fn a_trusted_proxy_is_believed_about_the_last_hop_before_it() {
    let app = with_budget_of_two(&[("trusted_proxies", "127.0.0.1/32,10.0.0.0/8")]).await;
    let hops = [
        // What stands further left was sent by the visitor.
        "x-forwarded-for: 192.0.2.1, 198.51.100.7\r\n",
        "x-forwarded-for: 192.0.2.2, 198.51.100.8, 10.1.2.3\r\n",
        "x-forwarded-for: 192.0.2.3\r\nx-forwarded-for: 198.51.100.9, 10.1.2.3, 10.1.2.4\r\n",
        "x-forwarded-for: 192.0.2.3, ::ffff:198.51.100.7\r\n",
        // Another network has its own budget, and /64 is one network.
        "x-forwarded-for: 198.51.100.7, 203.0.113.1\r\n",
        "x-forwarded-for: 2001:db8:1:2::1\r\n",
        "x-forwarded-for: 2001:db8:1:2:ffff::1\r\n",
        "x-forwarded-for: 2001:db8:1:2:3::1\r\n",
        "x-forwarded-for: 2001:db8:1:3::1\r\n",
    ];
    assert_eq!(sign_ups(&app, &hops).await, [303, 303, 429, 429, 303, 303, 303, 429, 303]);
}

#[tokio::test]
async fn a_proxy_that_says_nothing_readable_is_who_came() {
    let app = with_budget_of_two(&[("trusted_proxies", "127.0.0.1/32")]).await;
    let unreadable = [
        "x-forwarded-for: unknown\r\n",
        "x-forwarded-for: 198.51.100.7, \r\n",
        "x-forwarded-for: 203.0.113.1, not-an-address\r\n",
        "",
    ];
    assert_eq!(sign_ups(&app, &unreadable).await, [303, 303, 429, 429]);
}
