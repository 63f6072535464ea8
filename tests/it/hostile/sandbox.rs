//! Addresses that act a part, domains that take no mail, throw-away addresses, slips of the finger.

use ayeaye::domain::link::{Kind, Link};

use super::{
    FORM,
    prove::{challenge_of, solved},
    wire::{Answer, ask},
};
use crate::support::{
    app::{SETUP, TestApp},
    database::{Db, Start, both},
    process::Scratch,
};

/// Acme is there to try things out, Bêta is not; two domains are listed as throw-away ones.
struct Trial(TestApp, #[expect(dead_code, reason = "the list lives as long as the service")] Scratch);

impl Start for Trial {
    async fn start(db: Db) -> Self {
        let folder = Scratch::new("disposable");
        let list = folder.path().join("domains.txt");
        std::fs::write(&list, "# throw-away\nmailinator.com\nTrash.Example # and below it\n").unwrap();
        let settings = [("limits.proof_work", "1000"), ("disposable_domains_file", list.to_str().unwrap())];
        let app = TestApp::with(db, &settings).await;
        app.apply(&SETUP.replacen("locale = \"en\"", "locale = \"en\"\ntest = true", 1)).await;
        Self(app, folder)
    }
}

impl Trial {
    async fn post(&self, form: &str, email: &str, pow: &str) -> Answer {
        let encode = |it: &str| url::form_urlencoded::byte_serialize(it.as_bytes()).collect::<String>();
        let purpose = if form == "lettre" { "lettre" } else { "newsletter" };
        let body = format!("email={}&p={purpose}&pow={}", encode(email), encode(pow));
        let answer =
            ask(&self.0, "POST", &format!("/f/{form}"), &format!("content-type: {FORM}\r\n"), &body).await;
        self.0.run_due().await;
        answer
    }
}

both! {
    async fn in_a_tenant_for_tests_an_address_acts_its_part(app: Trial) {
        assert_eq!(app.post("newsletter", "ada+aye-bot@example.org", "").await.status, 303);
        assert!(app.0.mails("ada+aye-bot@example.org").is_empty());
        assert!(app.0.person("acme", "ada+aye-bot@example.org").await.is_none());

        assert_eq!(app.post("newsletter", "ada+aye-slow@example.org", "").await.status, 429);
        assert!(app.0.person("acme", "ada+aye-slow@example.org").await.is_none());

        let asked = app.post("newsletter", "eve+aye-attack@example.org", "").await;
        assert_eq!(asked.status, 200);
        let proof = solved(&challenge_of(&asked.body));
        assert_eq!(app.post("newsletter", "eve+aye-attack@example.org", &proof).await.status, 303);
        assert_eq!(app.0.mails("eve+aye-attack@example.org").len(), 1);

        for email in ["joe+aye-nomx@example.org", "jim+aye-bounce@example.org"] {
            assert_eq!(app.post("newsletter", email, "").await.status, 303, "{email}");
            assert!(app.0.mails(email).is_empty(), "{email}");
            let (contact, _) = app.0.person("acme", email).await.unwrap();
            let kinds: Vec<String> = app.0.evidence(&contact).await.into_iter().map(|it| it.kind).collect();
            assert_eq!(kinds, ["signup.requested", "signup.mail_bounced"], "{email}");
        }
        let metrics = ask(&app.0, "GET", "/metrics", "", "").await.body;
        assert!(metrics.contains("ayeaye_decisions_total{decision=\"no_mx\"} 1"), "{metrics}");
    }

    async fn elsewhere_it_is_an_address_like_any_other(app: Trial) {
        for part in ["bot", "slow", "attack", "nomx", "bounce"] {
            let email = format!("{part}er+aye-{part}@example.org");
            assert_eq!(app.post("lettre", &email, "").await.status, 303, "{email}");
            assert_eq!(app.0.mails(&email).len(), 1, "{email}");
        }
    }

    async fn a_throw_away_address_is_refused_in_words_where_the_operator_says_so(app: Trial) {
        for email in ["ada@mailinator.com", "ada@deep.trash.example"] {
            let refused = app.post("newsletter", email, "").await;
            assert_eq!(refused.status, 422, "{email}");
            assert!(refused.body.contains("Use an address you will keep"), "{}", refused.body);
            assert!(refused.body.contains(email), "what was typed is kept");
        }
        assert_eq!(app.post("newsletter", "ada@notmailinator.com", "").await.status, 303);
    }

    async fn a_slip_of_the_finger_is_told_of_and_blocks_nothing(app: Trial) {
        let sent = app.post("newsletter", "ada@gmial.com", "").await;
        let path = sent.header("location").unwrap().to_owned();
        assert!(path.ends_with("&meant=gmail.com") && !path.contains("ada"), "{path}");
        assert_eq!(app.0.mails("ada@gmial.com").len(), 1, "it is mailed all the same");
        let page = ask(&app.0, "GET", &path, "", "").await.body;
        assert!(page.contains("Did you mean an address at gmail.com?"), "{page}");
        let again = app.post("newsletter", "ada@gmial.com", "").await;
        assert!(again.header("location").unwrap().ends_with("&meant=gmail.com"), "known or not");
        let other = path.replace("gmail.com", "evil.example");
        let page = ask(&app.0, "GET", &other, "", "").await.body;
        assert!(!page.contains("Did you mean") && !page.contains("evil.example"), "only what we say ourselves");
        let right = app.post("newsletter", "ada@gmail.com", "").await;
        assert!(!right.header("location").unwrap().contains("meant"));
    }

    async fn asking_again_tells_nothing_of_mails_that_others_caused(app: Trial) {
        let path_of = |answer: &Answer| answer.header("location").unwrap().to_owned();
        // Somebody else had the mailbox mailed just now, through another tenant.
        app.post("lettre", "busy@example.org", "").await;
        let busy = path_of(&app.post("newsletter", "busy@example.org", "").await);
        let calm = path_of(&app.post("newsletter", "calm@example.org", "").await);
        app.0.clock.advance(5 * ayeaye::domain::time::MINUTE);
        let again = async |path: &str| {
            let path = path.split('?').next().unwrap().to_owned();
            let answer = ask(&app.0, "POST", &path, &format!("content-type: {FORM}\r\n"), "do=resend").await;
            assert_eq!(answer.status, 303);
            (path, path_of(&answer).split('?').next().unwrap().to_owned())
        };
        let ((busy_before, busy), (calm_before, calm)) = (again(&busy).await, again(&calm).await);
        let named = |path: &str| match Link::open(&app.0.app().link_keys(), Kind::Sent, path.get(3..).unwrap()) {
            Some(Link::Sent(_, id, _)) => id,
            _ => panic!("{path}"),
        };
        for (before, after) in [(&busy_before, &busy), (&calm_before, &calm)] {
            assert_ne!(named(before), named(after), "what its token says is new each time");
        }
        assert_eq!(busy.len(), calm.len());

        // The code that was mailed works on the new page.
        let code = app.0.newest_mail("calm@example.org").codes[0].clone();
        let typed = ask(&app.0, "POST", &calm, &format!("content-type: {FORM}\r\n"), &format!("code={code}")).await;
        assert!(typed.status < 400, "{}: {}", typed.status, typed.body);
        assert_eq!(app.0.state("acme", "calm@example.org", "newsletter").await, "confirmed");
    }
}
