//! Mails from the outbox row to a real server, and to servers that misbehave.

use ayeaye::{
    app::apply,
    domain::time::{DAY, HOUR, MINUTE},
};

use crate::support::{
    app::TestApp,
    database::{Db, both},
    smtp_evil::{Behaviour, EvilSmtp},
    smtp_real::{Encryption, RealSmtp},
};

const ADA: &str = "ada@example.org";

async fn with_relay(db: Db, url: &str, more: &[(&str, &str)]) -> TestApp {
    let settings: Vec<(&str, &str)> = [("smtp_url", url)].into_iter().chain(more.iter().copied()).collect();
    let app = TestApp::with(db, &settings).await;
    let _: Vec<apply::Step> = app.apply(crate::support::app::SETUP).await;
    app
}

/// Lets mails be tried again and again for `hours`, minute by minute at first.
async fn wait_hours(app: &TestApp, hours: i64) {
    for _ in 0..10 {
        app.clock.advance(MINUTE);
        app.run_due().await;
    }
    for _ in 0..hours {
        app.clock.advance(HOUR);
        app.run_due().await;
    }
}

fn message_ids(server: &EvilSmtp) -> Vec<String> {
    let id = |text: &str| {
        let line = text.lines().find(|it| it.to_ascii_lowercase().starts_with("message-id:"));
        line.expect("a mail has a Message-ID").to_owned()
    };
    server.mails().iter().filter(|it| !it.raw.is_empty()).map(|it| id(&it.text())).collect()
}

#[tokio::test]
async fn a_real_server_takes_the_mail_over_plain_starttls_and_tls() {
    for encryption in [Encryption::None, Encryption::StartTls, Encryption::Tls] {
        let server = RealSmtp::start(encryption);
        let authority = (encryption != Encryption::None).then(|| server.authority().display().to_string());
        let ca: Vec<(&str, &str)> = authority.iter().map(|it| ("smtp_ca_file", it.as_str())).collect();
        let app = with_relay(Db::Sqlite, &server.url(), &ca).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let mails = server.wait_for(1).await;
        assert_eq!(mails[0].envelope.to, [ADA]);
        assert_eq!(mails[0].envelope.tls, encryption != Encryption::None);
        let mail = mail_parser::MessageParser::default().parse(&mails[0].raw).expect("a mail");
        assert_eq!(mail.subject(), Some("Confirm your subscription to Acme"));
        assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("confirm@acme.example"));
        assert!(mail.body_text(0).unwrap().contains("/c/ay1.confirm.k1."));
        assert!(mail.body_html(0).unwrap().contains("/c/ay1.confirm.k1."));
        assert_eq!(mail.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        assert!(mail.header_raw("List-Unsubscribe-Post").is_none());
    }
}

both! {
    async fn a_mail_the_relay_defers_is_sent_later_under_the_same_id(app: NoApp) {
        let server = EvilSmtp::start([
            Behaviour::AtRecipient("451 4.7.1 greylisted"), Behaviour::AfterMail("451 4.3.0 later"), Behaviour::DropAtData,
        ]).await;
        let app = with_relay(app.0, &server.url(), &[]).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        wait_hours(&app, 24).await;
        let delivered = server.mails().iter().filter(|it| it.is_delivered()).count();
        assert_eq!(delivered, 1);
        let ids = message_ids(&server);
        assert!(ids.len() >= 2 && ids.iter().all(|it| *it == ids[0]), "{ids:?}");
        assert!(app.event_kinds("acme").await.contains(&"signup.mail_sent".to_owned()));
    }

    async fn an_ambiguous_drop_leads_to_one_more_copy_under_the_same_id_at_most(app: NoApp) {
        let server = EvilSmtp::start([Behaviour::DropAfterMail]).await;
        let app = with_relay(app.0, &server.url(), &[]).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        wait_hours(&app, 5).await;
        let ids = message_ids(&server);
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[0], ids[1]);
    }

    async fn a_refused_address_is_tried_once_and_told(app: NoApp) {
        let server = EvilSmtp::start([Behaviour::AtRecipient("550 5.1.1 no such user")]).await;
        let app = with_relay(app.0, &server.url(), &[]).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        wait_hours(&app, 24).await;
        assert_eq!(server.transactions(), 1);
        let events = app.events("acme").await;
        assert!(events.iter().any(|it| it.kind == "signup.mail_bounced"), "{events:?}");
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let evidence = app.evidence(&contact).await;
        let bounced = evidence.iter().find(|it| it.kind == "signup.mail_bounced").unwrap();
        assert!(bounced.record.as_ref().unwrap().contains("550"), "the relay's words are kept");
    }

    async fn a_relay_that_is_down_for_a_day_loses_nothing(app: NoApp) {
        let server = EvilSmtp::start([]).await;
        let address = server.url();
        drop(server);
        let app = with_relay(app.0, &address, &[]).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        wait_hours(&app, 24).await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        assert!(!app.event_kinds("acme").await.contains(&"signup.mail_bounced".to_owned()), "still trying");
        app.clock.advance(7 * DAY);
        app.run_due().await;
        assert!(app.person("acme", ADA).await.is_none(), "the request has lapsed by then");
    }

    async fn someone_who_confirmed_by_another_way_gets_no_late_mail(app: NoApp) {
        let server = EvilSmtp::start([Behaviour::AtRecipient("451 4.7.1 greylisted")]).await;
        let app = with_relay(app.0, &server.url(), &[]).await;
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let tenant = app.tenant("acme");
        let holder = ayeaye::app::links::Holder {
            tenant: tenant.id, contact: contact.id, level: ayeaye::app::links::Level::L0,
        };
        let everything = ayeaye::app::unsubscribe::What::Everything;
        ayeaye::app::unsubscribe::leave(app.app(), &tenant, &holder, everything, "test", &TestApp::visit()).await.unwrap();
        wait_hours(&app, 2).await;
        assert_eq!(server.mails().iter().filter(|it| it.is_delivered()).count(), 0);
    }
}

/// The database to start on, for tests that start the service themselves.
struct NoApp(Db);

impl crate::support::database::Start for NoApp {
    async fn start(db: Db) -> Self {
        Self(db)
    }
}
