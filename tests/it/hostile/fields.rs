//! Every field of every form, wrong in every way.

use super::{Links, assert_same, assert_unharmed, post, sent_mails};
use crate::support::{app::TestApp, database::both};

const ADA: &str = "ada@example.org";

/// Values that no field takes, as they stand in a body.
const WRONG: [&str; 20] = [
    "",
    "%00",
    "%0D%0A",
    "%E2%80%AEgro.elpmaxe%40ada",
    "%FF%FE",
    "%C0%AF",
    "%",
    "%zz",
    "%ED%A0%80",
    "..%2F..%2Fetc%2Fpasswd",
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "'%20OR%201%3D1--",
    "%7B%7Bself%7D%7D",
    "null",
    "%5B%5D",
    "%7B%22do%22%3A%22confirm%22%7D",
    "-1",
    "1e999",
    "%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96",
    "confirm%00",
];

/// Addresses that nobody has, or that would reach somebody else besides.
const ADDRESSES: [&str; 22] = [
    "ada",
    "ada%40",
    "%40example.org",
    "ada%40example",
    "ada%40localhost",
    "ada%40%5B127.0.0.1%5D",
    "ada%40127.0.0.1",
    "ada%40example.org%00",
    "ada%00%40example.org",
    "ada%40example.org%0D%0ABcc%3A+eve%40example.org",
    "ada%40example.org%0ABcc%3A+eve%40example.org",
    "ada%40example.org%2C+eve%40example.org",
    "ada%40example.org%3B+eve%40example.org",
    "ada%40example.org+eve%40example.org",
    "Ada+%3Cada%40example.org%3E",
    "%22ada%22%40example.org",
    "ada%40eve%40example.org",
    "ada%E2%80%AE%40example.org",
    "ada%E2%80%8B%40example.org",
    "ad%C3%A0%40example.org",
    "ada%FF%40example.org",
    "ada%40example.org%2F..%2F",
];

/// A form: its path, what is sent besides the field under attack, and that field.
fn fields(links: &Links) -> Vec<(String, &'static str, &'static str)> {
    let Links { sent, confirm, not_me, preferences, .. } = links;
    vec![
        ("/f/newsletter".to_owned(), "p=newsletter", "email"),
        ("/f/newsletter".to_owned(), "email=eve%40example.org", "p"),
        ("/f/events".to_owned(), "email=eve%40example.org", "p"),
        (sent.clone(), "", "code"),
        (sent.clone(), "", "do"),
        (confirm.clone(), "p=newsletter", "do"),
        (confirm.clone(), "do=confirm", "p"),
        (confirm.clone(), "do=confirm&p=newsletter", "p"),
        (preferences.clone(), "p=newsletter", "do"),
        (preferences.clone(), "do=save", "p"),
        (preferences.clone(), "do=save&p=newsletter", "seen"),
        (preferences.clone(), "do=pause", "pause"),
        (preferences.clone(), "do=code", "code"),
        ("/ask/acme".to_owned(), "", "email"),
        (not_me.clone(), "", "do"),
    ]
}

async fn assert_refused(app: &TestApp, path: &str, body: &str) {
    let status = post(app, path, body.to_owned()).await;
    let shown: String = body.chars().take(200).collect();
    assert!((400..500).contains(&status), "{path} took {shown:?} ({} bytes): {status}", body.len());
}

both! {
    async fn a_wrong_value_is_refused_and_changes_nothing(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let (before, mails) = (app.dump().await, sent_mails(&app));
        for (path, besides, field) in fields(&links) {
            let huge = "a".repeat(10_000);
            let nested = format!("{}{}", "%5B".repeat(2_000), "%5D".repeat(2_000));
            let megabyte = "a".repeat(1 << 20);
            for wrong in WRONG.into_iter().chain([huge.as_str(), nested.as_str(), megabyte.as_str()]) {
                assert_refused(&app, &path, &format!("{besides}&{field}={wrong}")).await;
            }
            if field == "email" {
                for wrong in ADDRESSES {
                    assert_refused(&app, &path, &format!("{besides}&{field}={wrong}")).await;
                }
            }
        }
        assert_same(&before, &app.dump().await);
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert_unharmed(&app).await;
    }

    async fn a_field_of_another_shape_is_no_such_field(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let Links { sent, confirm, not_me, preferences, .. } = &links;
        let (before, mails) = (app.dump().await, sent_mails(&app));
        let deep = format!("email{}=ada%40example.org&p=newsletter", "%5Ba%5D".repeat(1_500));
        let many = "p=newsletter&".repeat(1_200);
        let fields = "a&".repeat(8_000);
        let refused: Vec<(&str, &str)> = vec![
            ("/f/newsletter", ""),
            ("/f/newsletter", "email[]=eve%40example.org&p=newsletter"),
            ("/f/newsletter", "email[0]=eve%40example.org&p=newsletter"),
            ("/f/newsletter", "email.x=eve%40example.org&p=newsletter"),
            ("/f/newsletter", "Email=eve%40example.org&p=newsletter"),
            ("/f/newsletter", "email=eve%40example.org&email=ada%40example.org&p=newsletter"),
            ("/f/newsletter", "email=eve%40example.org&email=&p=newsletter"),
            ("/f/newsletter", "email=eve%40example.org"),
            ("/f/newsletter", "email=eve%40example.org&p[]=newsletter"),
            ("/f/newsletter", "email=eve%40example.org&p=newsletter,events"),
            ("/f/newsletter", "email=eve%40example.org&p=Newsletter"),
            ("/f/newsletter", "email=eve%40example.org&p=lettre"),
            ("/f/newsletter", "email=eve%40example.org&p=newsletter&p=lettre"),
            ("/f/events", "email=eve%40example.org&p=newsletter"),
            ("/f/lettre", "email=eve%40example.org&p=newsletter"),
            ("/f/newsletter", "email=eve%40example.org&p=newsletter&token=a&token="),
            ("/f/newsletter", &deep),
            ("/f/newsletter", &many),
            ("/f/newsletter", &fields),
            (sent, "code=1&code=2"),
            (sent, "code[]=123456"),
            (sent, "do=resend&do=resend"),
            (sent, "do=resend&do=confirm"),
            (sent, "do=confirm"),
            (sent, &fields),
            (confirm, ""),
            (confirm, "do[]=confirm&p=newsletter"),
            (confirm, "DO=confirm&p=newsletter"),
            (confirm, "do=Confirm&p=newsletter"),
            (confirm, "do=confirm&do=delete&p=newsletter"),
            (confirm, "do=delete&do=delete"),
            (confirm, "do=confirm"),
            (confirm, "do=confirm&p[]=newsletter"),
            (confirm, "do=confirm&p=lettre"),
            (confirm, "do=confirm&p=newsletter&p=lettre"),
            (confirm, "do=stop"),
            (confirm, &fields),
            (preferences, ""),
            (preferences, "do=save&do=save&p=newsletter"),
            (preferences, "do[]=save"),
            (preferences, "do=save&p=lettre"),
            (preferences, "do=save&p=newsletter&p=lettre"),
            (preferences, "do=save&seen=lettre"),
            (preferences, "do=pause"),
            (preferences, "do=pause&pause[]=2w"),
            (preferences, "do=pause&pause=99y"),
            (preferences, "do=confirm&p=newsletter"),
            (preferences, "do=erase"),
            (preferences, &fields),
            ("/ask/acme", ""),
            ("/ask/acme", "email[]=ada%40example.org"),
            ("/ask/acme", "email=ada%40example.org&email=eve%40example.org"),
            ("/ask/acme", &fields),
            (not_me, ""),
            (not_me, "do=block&do=block"),
            (not_me, "do[]=block"),
            (not_me, "do=unblock"),
            (not_me, &fields),
        ];
        for (path, body) in refused {
            assert_refused(&app, path, body).await;
        }
        assert_same(&before, &app.dump().await);
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert_unharmed(&app).await;
    }

    async fn what_means_nothing_is_left_unread(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let mails = sent_mails(&app);
        for wrong in WRONG.into_iter().chain(["tlh", "en%0D%0ASet-Cookie%3A+a%3Db"]) {
            for (path, status) in
                [("/f/newsletter", 200), (&links.confirm, 200), (&links.preferences, 200), ("/how", 200)]
            {
                assert_eq!(super::get(&app, &format!("{path}?lang={wrong}&p={wrong}")).await, status, "{wrong}");
            }
            // A box of an unknown language, or a trap filled in: a sign-up all the same, or seemingly one.
            let trapped = format!("email=eve%40example.org&p=newsletter&company_website=x&locale={wrong}&{wrong}=1");
            assert_eq!(post(&app, "/f/newsletter", trapped).await, 303, "{wrong}");
            let language = format!("do=save&locale={wrong}&seen=events&p=events");
            assert_eq!(post(&app, &links.preferences, language).await, 200, "{wrong}");
            let reason = format!("do=reason&reason={wrong}");
            assert_eq!(post(&app, &links.unsubscribe, reason).await, 200, "{wrong}");
        }
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert!(app.person("acme", "eve@example.org").await.is_none());
        assert_eq!(app.event_kinds("acme").await, ["signup.requested", "signup.mail_sent"]);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        assert_unharmed(&app).await;
    }

    async fn what_was_typed_is_given_back_as_text(app: TestApp) {
        let body = "email=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E%7B%7B7*7%7D%7D%26lt%3B&p=newsletter";
        let request = crate::support::app::http().post(format!("{}/f/newsletter", app.base()));
        let html = request.header("content-type", super::FORM).body(body).send().await.unwrap().text().await.unwrap();
        assert!(!html.contains("<script") && html.contains("{{7*7}}"), "{html}");
        let page = scraper::Html::parse_document(&html);
        let field = page.select(&scraper::Selector::parse("#email").unwrap()).next().unwrap();
        assert_eq!(field.attr("value"), Some("\"><script>alert(1)</script>{{7*7}}&lt;"));
    }
}
