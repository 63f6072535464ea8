//! A tenant's own names: links lead there, nothing of another tenant is there, and strangers are told what to do.

use ayeaye::{crypto::Key, domain::link};

use super::{Answer, at, setup, visitor};
use crate::{
    hostile::wire,
    support::{
        app::{SETUP, TestApp, http},
        database::both,
    },
};

const HOST: &str = "acme.localhost";

/// Acme answers at two names, Bêta at one.
async fn named(app: &TestApp) {
    let text = setup("hosts = [\"acme.localhost\", \"consent.acme.example\"]", "");
    let text = text.replace("locale = \"fr\"\n", "locale = \"fr\"\nhosts = [\"beta.localhost\"]\n");
    app.apply(&text).await;
}

/// The path of an address at Acme's first name, with the port of the service.
#[track_caller]
fn path(app: &TestApp, url: &str) -> String {
    let base = format!("http://{HOST}:{}", app.running().addr.port());
    url.strip_prefix(&base).unwrap_or_else(|| panic!("{url} is not at {base}")).to_owned()
}

async fn raw(app: &TestApp, head: &str) -> wire::Answer {
    let mut wire = wire::Wire::open(app).await;
    assert!(wire.send(format!("{head}connection: close\r\n\r\n").as_bytes()).await);
    wire.rest().await.unwrap()
}

both! {
    async fn links_in_mails_lead_to_the_tenants_first_name_and_work_there(app: TestApp) {
        named(&app).await;
        let mut page = visitor(&app, HOST).open("/f/newsletter").await;
        page.fill("email", "ada@example.org").tick("p", "newsletter");
        app.clock.advance(5_000);
        let sent = page.press("Sign up").await;
        assert_eq!(sent.url().host_str(), Some(HOST), "redirects stay where they are");
        app.run_due().await;
        let mail = app.newest_mail("ada@example.org");
        for (kind, link) in &mail.links {
            let answer = at(&app, HOST, &path(&app, link)).await;
            assert_eq!(answer.status, 200, "{kind}: {link}");
        }
        let port = app.running().addr.port();
        assert!(mail.text.contains(&format!("http://{HOST}:{port}/f/newsletter")), "{}", mail.text);
        assert!(mail.text.contains(HOST) && !mail.text.contains("127.0.0.1"), "{}", mail.text);
        let confirm = visitor(&app, HOST).open(&app.newest_link("ada@example.org", "confirm")).await;
        let confirmed = confirm.press("Yes, send me these emails").await;
        confirmed.assert_h1("You are signed up");
        assert_eq!(app.state("acme", "ada@example.org", "newsletter").await, "confirmed");
        let events = app.events("acme").await;
        let links: Vec<_> = events.iter().filter(|it| it.kind == "consent.confirmed").collect();
        assert_eq!(links.len(), 1);
        app.run_due().await;
        let (contact, _) = app.person("acme", "ada@example.org").await.unwrap();
        let number = app.evidence(&contact).await.into_iter().rev().find_map(|it| it.receipt).unwrap();
        for (host, status) in [(HOST, 200), ("127.0.0.1", 200), ("consent.acme.example", 200), ("beta.localhost", 404)] {
            assert_eq!(at(&app, host, &format!("/v/{number}")).await.status, status, "{host}");
        }
    }

    async fn a_form_may_be_sent_from_every_name_of_its_tenant(app: TestApp) {
        named(&app).await;
        let port = app.running().addr.port();
        let send = async |origin: String| {
            let request = http().post(format!("{}/f/newsletter", app.base())).header("origin", origin);
            request.header("content-type", "application/x-www-form-urlencoded").body("").send().await.unwrap().status().as_u16()
        };
        for origin in [format!("http://{HOST}:{port}"), format!("http://consent.acme.example:{port}"), app.base(), "https://shop.example".to_owned()] {
            assert_eq!(send(origin.clone()).await, 422, "{origin}");
        }
        for origin in [format!("http://beta.localhost:{port}"), format!("https://{HOST}"), "https://evil.example".to_owned()] {
            assert_eq!(send(origin.clone()).await, 403, "{origin}");
        }
    }

    async fn on_a_tenants_name_nothing_of_another_is_to_be_found(app: TestApp) {
        app.subscribe("lettre", "ada@example.org", &[]).await;
        named(&app).await;
        let (contact, _) = app.person("beta", "ada@example.org").await.unwrap();
        let beta = app.tenant("beta");
        let purpose = beta.purpose_named("lettre").unwrap().id;
        let links = [
            ayeaye::app::links::preferences_url(app.app(), beta.id, contact.id),
            ayeaye::app::links::unsubscribe_url(app.app(), beta.id, contact.id, purpose),
        ];
        let paths = links.map(|it| it.split_once(&format!(":{}", app.running().addr.port())).unwrap().1.to_owned());
        for path in &paths {
            let there = at(&app, HOST, path).await;
            let nonsense = at(&app, HOST, "/p/nonsense").await;
            assert_eq!((there.status, &there.body), (404, &nonsense.body), "{path}");
            for host in ["beta.localhost", "127.0.0.1"] {
                assert_eq!(at(&app, host, path).await.status, 200, "{host} {path}");
            }
        }
        let posted = http().post(format!("{}{}", app.base(), paths[1])).header("host", HOST).send().await.unwrap();
        assert_eq!(posted.status().as_u16(), 404);
        assert_eq!(app.state("beta", "ada@example.org", "lettre").await, "confirmed", "nothing was done");
        let nowhere = at(&app, HOST, "/f/nowhere").await;
        for path in ["/f/lettre", "/n/beta", "/ask/beta", "/f/%6cettre", "/n/bet%61", "/f/lettre/snippet"] {
            let answer = at(&app, HOST, path).await;
            assert_eq!((answer.status, &answer.body), (404, &nowhere.body), "{path}");
        }
        let escaped = at(&app, HOST, &paths[0].replace("ay1", "ay%31")).await;
        assert_eq!(escaped.status, 404);
        for (host, path, words) in [
            (HOST, "/p", "action=\"/ask/acme"),
            ("beta.localhost", "/p", "action=\"/ask/beta"),
            ("127.0.0.1", "/p", "href=\"/ask/beta"),
            (HOST, "/", "<p class=\"brand\">Acme</p>"),
            ("127.0.0.1", "/", "<p class=\"brand\">Ayeaye</p>"),
        ] {
            let answer = at(&app, host, path).await;
            assert!(answer.status == 200 && answer.body.contains(words), "{host}{path}: {}", answer.body);
        }
    }

    async fn links_minted_by_a_tool_work_on_every_name_of_the_tenant(app: TestApp) {
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        named(&app).await;
        let (kid, secret) = ayeaye::app::keys::new_link_key(app.app(), app.tenant("acme").id).await.unwrap();
        app.run_due().await;
        let bytes = hex::decode(secret).unwrap();
        let key = Key::new(bytes.try_into().unwrap());
        let minted = link::mint(&key, &kid.to_string(), &link::address_ref(&key, "ada@example.org"), "");
        for (host, status) in [(HOST, 200), ("consent.acme.example", 200), ("127.0.0.1", 200), ("beta.localhost", 404)] {
            assert_eq!(at(&app, host, &format!("/p/{minted}")).await.status, status, "{host}");
        }
    }

    async fn a_name_that_is_not_ours_is_told_what_to_do(app: TestApp) {
        named(&app).await;
        for host in ["evil.example", "acme.localhost.evil.example", "192.0.2.1", "sub.acme.localhost", "[2001:db8::1]:80"] {
            for path in ["/", "/f/newsletter", "/v1/events", "/static/0/app.css", "/nowhere"] {
                let Answer { status, body, .. } = at(&app, host, path).await;
                assert_eq!(status, 421, "{host}{path}");
                assert!(!body.contains("evil"), "{body}");
                assert_eq!(body.contains("“hosts” of your tenant"), !path.starts_with("/v1"), "{body}");
            }
            for path in ["/healthz", "/readyz", "/metrics"] {
                assert_eq!(at(&app, host, path).await.status, 200, "{host}{path}");
            }
        }
        for host in ["localhost:1", "127.0.0.1", "127.0.0.1:99", "[::1]:8080", "ACME.localhost", "acme.localhost.:80"] {
            assert_eq!(at(&app, host, "/f/newsletter").await.status, 200, "{host}");
        }
    }

    async fn nothing_but_the_request_itself_says_which_name_it_is_for(app: TestApp) {
        named(&app).await;
        let forwarded = "forwarded: host=beta.localhost\r\nx-forwarded-host: beta.localhost\r\nx-original-host: beta.localhost\r\n";
        for (head, status) in [
            (format!("GET /f/newsletter HTTP/1.1\r\nhost: {HOST}\r\n{forwarded}"), 200),
            (format!("GET /f/newsletter HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-host: {HOST}\r\nforwarded: host={HOST}\r\n"), 421),
            (format!("GET http://{HOST}/f/newsletter HTTP/1.1\r\nhost: evil.example\r\n"), 200),
            (format!("GET http://evil.example/f/newsletter HTTP/1.1\r\nhost: {HOST}\r\n"), 421),
            (format!("GET /f/lettre HTTP/1.1\r\nhost: {HOST}\r\n{forwarded}"), 404),
            (format!("GET /f/newsletter HTTP/1.1\r\nhost: {HOST}\r\nhost: {HOST}\r\n"), 400),
            ("GET /f/newsletter HTTP/1.1\r\nhost: u@acme.localhost\r\n".to_owned(), 400),
            ("GET /f/newsletter HTTP/1.1\r\nhost: \r\n".to_owned(), 400),
            ("GET /f/newsletter HTTP/1.1\r\n".to_owned(), 400),
        ] {
            assert_eq!(raw(&app, &head).await.status, status, "{head}");
        }
    }

    async fn a_proxy_asks_whether_a_name_is_ours(app: TestApp) {
        named(&app).await;
        for (domain, status) in [
            (HOST, 200),
            ("consent.acme.example", 200),
            ("CONSENT.acme.example", 200),
            ("beta.localhost", 200),
            ("127.0.0.1", 200),
            ("localhost", 404),
            ("evil.example", 404),
            ("consent.acme.example:443", 404),
            ("consent.acme.example.", 404),
            ("", 404),
        ] {
            let answer = at(&app, "anything.example", &format!("/domains?domain={domain}")).await;
            assert_eq!(answer.status, status, "{domain:?}");
        }
        assert_eq!(at(&app, "anything.example", "/domains").await.status, 404);
        app.apply(SETUP).await;
        assert_eq!(at(&app, HOST, &format!("/domains?domain={HOST}")).await.status, 404, "it was taken back");
        assert_eq!(at(&app, HOST, "/f/newsletter").await.status, 421);
    }

    async fn a_name_leads_to_one_tenant(app: TestApp) {
        named(&app).await;
        let only_beta = SETUP.split_once("[[tenant]]\nslug = \"beta\"").unwrap().1;
        let apply = async |hosts: &str| {
            let text = format!("[[tenant]]\nslug = \"beta\"{only_beta}").replace("locale = \"fr\"\n", &format!("locale = \"fr\"\nhosts = [\"{hosts}\"]\n"));
            let setup = ayeaye::cli::apply_file::parse(&text, true).unwrap();
            ayeaye::app::apply::apply(app.app(), &setup, false).await.map(|_| ()).map_err(|it| it.to_string())
        };
        assert_eq!(
            apply("consent.acme.example").await,
            Err("host \"consent.acme.example\" belongs to another tenant: each name leads to one tenant. Choose another name".to_owned())
        );
        assert_eq!(apply("other.example").await, Ok(()));
        // Names change hands in one file.
        let swapped = setup("hosts = [\"other.example\"]", "").replace("locale = \"fr\"\n", "locale = \"fr\"\nhosts = [\"acme.localhost\"]\n");
        app.apply(&swapped).await;
        assert_eq!(at(&app, HOST, "/f/lettre").await.status, 200);
        assert_eq!(at(&app, HOST, "/f/newsletter").await.status, 404);
    }
}
