//! The receipt of a choice by mail: where the organisation wants it, with its proof, not too often.

use std::sync::Arc;

use ayeaye::{
    app::{
        erase,
        links::{Holder, Level},
        log::read,
        unsubscribe,
        verify::{Trust, verify},
    },
    domain::time::{DAY, HOUR, MINUTE, SECOND},
    mail::CapturedMail,
};
use mail_parser::{MessageParser, MimeHeaders as _};

use crate::support::{
    app::{SETUP, TestApp, http},
    database::{Db, Start, both},
    page::Page,
};

const ADA: &str = "ada@example.org";

/// A service where both organisations mail receipts.
struct Mailing(TestApp);

impl Start for Mailing {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(db, &[]).await;
        let mailed = |locale: &str| {
            format!("locale = \"{locale}\"\nreceipts = \"mail\"\ncountry = \"FR\"\nstorage = \"EU\"")
        };
        app.apply(&SETUP.replace("locale = \"en\"", &mailed("en")).replace("locale = \"fr\"", &mailed("fr")))
            .await;
        Self(app)
    }
}

impl std::ops::Deref for Mailing {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        &self.0
    }
}

impl Mailing {
    /// Signs up and confirms; nothing has run since.
    async fn confirm_newsletter(&self, email: &str) -> Page {
        self.sign_up("newsletter", email, &["newsletter"]).await;
        self.visitor()
            .open(&self.newest_link(email, "confirm"))
            .await
            .press("Yes, send me these emails")
            .await
    }

    /// The same in French, on the form of the other organisation, which has one purpose.
    async fn confirm_lettre(&self, email: &str) -> Page {
        let mut page = self.visitor().open("/f/lettre?lang=fr").await;
        page.fill("email", email);
        self.clock.advance(5 * SECOND);
        page.press("M’inscrire").await;
        self.run_due().await;
        self.visitor()
            .open(&self.newest_link(email, "confirm"))
            .await
            .press("Oui, envoyez-moi ces e-mails")
            .await
    }

    /// The log has had its turn, and then the mails.
    async fn settle(&self) {
        self.run_due().await;
        self.clock.advance(5 * SECOND);
        self.run_due().await;
    }

    async fn holder(&self, tenant: &str, email: &str) -> Holder {
        let contact = self.person(tenant, email).await.unwrap().0.id;
        Holder { tenant: self.tenant(tenant).id, contact, level: Level::L0 }
    }

    async fn leave(&self, holder: &Holder) -> unsubscribe::Left {
        let (tenant, everything) = (self.tenant("acme"), unsubscribe::What::Everything);
        let left =
            unsubscribe::leave(self.app(), &tenant, holder, everything, "unsubscribe", &TestApp::visit())
                .await;
        left.unwrap().unwrap()
    }

    async fn come_back(&self, holder: &Holder, left: &unsubscribe::Left) {
        let (tenant, left) = (self.tenant("acme"), left.evidence.unwrap());
        let back =
            unsubscribe::undo(self.app(), &tenant, holder, left, &TestApp::visit()).await.unwrap().unwrap();
        assert_eq!(back.purposes.len(), 1, "it took effect");
    }

    /// Takes the log back to what it was `entries` ago, as a backup does: it refuses to sign.
    async fn go_back(&self, entries: u64) {
        let size = self.checkpoint().await.size - entries;
        for statement in [
            format!("UPDATE log SET size = {size}"),
            format!("DELETE FROM evidence WHERE position >= {size}"),
            format!("DELETE FROM publication WHERE position >= {size}"),
            format!("DELETE FROM log_entry WHERE position >= {size}"),
            format!("DELETE FROM checkpoint WHERE size > {size}"),
            "DELETE FROM lease".to_owned(),
        ] {
            self.database.run(&statement).await;
        }
    }

    /// How many receipts are in the outbox in this state.
    async fn outbox(&self, state: &str) -> usize {
        let rows = self.database.rows("mail").await;
        rows.iter().filter(|it| it.contains("receipt") && it.contains(state)).count()
    }

    /// The rows of receipts in the outbox, whatever their state.
    async fn queued(&self) -> usize {
        self.database.rows("mail").await.iter().filter(|it| it.contains("receipt")).count()
    }

    async fn assert_proven(&self, mail: &CapturedMail) {
        let [paper, proof] = mail.files.as_slice() else { panic!("two files: {:?}", mail.files.len()) };
        let logs = read::keys(self.app()).await.unwrap().iter().map(|it| it.parse().unwrap()).collect();
        let report = verify(&proof.data, &Trust { logs, ..Trust::default() });
        assert!(report.valid, "{report:?}");
        assert!(paper.data.starts_with(b"%PDF-"));
        // What arrives is what was made.
        let raw = MessageParser::default().parse(&mail.raw).unwrap();
        let arrived: Vec<_> =
            raw.attachments().map(|it| (it.attachment_name().unwrap(), it.contents())).collect();
        assert_eq!(arrived, [(paper.name.as_str(), &*paper.data), (proof.name.as_str(), &*proof.data)]);
    }
}

fn receipts(app: &TestApp, email: &str) -> Vec<Arc<CapturedMail>> {
    let of_receipts =
        |it: &Arc<CapturedMail>| it.subject.contains("receipt R-") || it.subject.contains("reçu R-");
    app.mails(email).into_iter().filter(of_receipts).collect()
}

both! {
    async fn a_yes_and_a_leaving_are_each_mailed_with_a_proof_that_holds(app: Mailing) {
        let confirmed = app.confirm_newsletter(ADA).await;
        assert_eq!(receipts(&app, ADA).len(), 0, "it waits for its proof");
        app.settle().await;
        let mails = receipts(&app, ADA);
        let [mail] = mails.as_slice() else { panic!("one receipt: {}", mails.len()) };
        app.assert_proven(mail).await;
        let number = mail.files[1].name.trim_end_matches(".jsonld");
        assert!(confirmed.text().contains(number), "the number of the page");
        assert_eq!(mail.subject, format!("Your receipt {number} from Acme"));
        assert_eq!(mail.files[0].name, format!("{number}.pdf"));
        assert!(mail.text.contains("you agreed to emails from Acme to ada@example.org:\n- Newsletter: yes\n"), "{}", mail.text);
        let json = String::from_utf8(mail.files[1].data.clone()).unwrap();
        for told in ["loc:FR", "loc:EU", "P24M"] {
            assert!(json.contains(told), "{told}");
        }
        app.clock.advance(HOUR);
        app.leave(&app.holder("acme", ADA).await).await;
        app.settle().await;
        let mails = receipts(&app, ADA);
        assert_eq!(mails.len(), 2);
        app.assert_proven(&mails[1]).await;
        assert!(mails[1].text.contains("you stopped emails from Acme to ada@example.org:\n- Newsletter: stopped\n"), "{}", mails[1].text);
        app.clock.advance(DAY);
        app.run_due().await;
        assert_eq!(receipts(&app, ADA).len(), 2, "each once");
    }

    async fn no_link_in_it_lets_anybody_change_anything(app: Mailing) {
        app.confirm_newsletter(ADA).await;
        app.settle().await;
        let mail = receipts(&app, ADA).remove(0);
        assert_eq!(mail.codes, Vec::<String>::new());
        for (_, url) in &mail.links {
            let path = url.split_once("//").unwrap().1.split_once('/').unwrap().1;
            assert!(["v?lang=en", "p?lang=en", "n/acme?lang=en"].contains(&path), "{url}");
            let answer = http().get(format!("{}/{path}", app.base())).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{url}");
        }
        let proof = String::from_utf8(mail.files[1].data.clone()).unwrap();
        for text in [&mail.text, &mail.html, &proof] {
            assert!(!text.contains("ay1."), "a signed link: {text}");
        }
    }

    async fn a_french_reader_gets_it_in_french(app: Mailing) {
        app.confirm_lettre(ADA).await;
        app.settle().await;
        let mail = receipts(&app, ADA).remove(0);
        app.assert_proven(&mail).await;
        assert!(mail.subject.starts_with("Bêta\u{a0}: votre reçu R-"), "{}", mail.subject);
        assert!(mail.text.contains("- La lettre\u{a0}: oui\n"), "{}", mail.text);
        assert!(mail.text.contains("vous avez accepté de recevoir des e-mails envoyés par Bêta à ada@example.org"), "{}", mail.text);
    }

    async fn who_asks_twice_gets_one(app: Mailing) {
        let visitor = app.visitor();
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        let link = app.newest_link(ADA, "confirm");
        for _ in 0..2 {
            let page = visitor.open(&link).await;
            if page.text().contains("Yes, send me these emails") {
                page.press("Yes, send me these emails").await;
            }
        }
        app.settle().await;
        let holder = app.holder("acme", ADA).await;
        app.clock.advance(HOUR);
        app.leave(&holder).await;
        app.leave(&holder).await;
        app.settle().await;
        assert_eq!((receipts(&app, ADA).len(), app.queued().await), (2, 2));
    }

    async fn a_loop_with_a_footer_link_fills_no_mailbox(app: Mailing) {
        app.confirm_newsletter(ADA).await;
        app.settle().await;
        let holder = app.holder("acme", ADA).await;
        for _ in 0..5 {
            let left = app.leave(&holder).await;
            app.clock.advance(SECOND);
            app.come_back(&holder, &left).await;
        }
        app.settle().await;
        assert_eq!(receipts(&app, ADA).len(), 1, "one in ten minutes");
        for _ in 0..15 {
            app.clock.advance(11 * MINUTE);
            let left = app.leave(&holder).await;
            app.come_back(&holder, &left).await;
            app.settle().await;
        }
        assert_eq!(receipts(&app, ADA).len(), 10, "ten a day");
        app.clock.advance(DAY);
        app.leave(&holder).await;
        app.settle().await;
        assert_eq!(receipts(&app, ADA).len(), 11);
    }

    async fn someone_erased_meanwhile_gets_none(app: Mailing) {
        app.confirm_newsletter(ADA).await;
        assert_eq!(app.queued().await, 1);
        let holder = app.holder("acme", ADA).await;
        erase::erase(app.app(), &app.tenant("acme"), holder.contact, erase::By::Command).await.unwrap().unwrap();
        app.settle().await;
        assert_eq!(receipts(&app, ADA).len(), 0);
        assert_eq!(app.outbox("waiting").await, 0);
    }

    async fn it_waits_for_a_log_that_refuses_to_sign_and_gives_up_after_three_days(app: Mailing) {
        app.confirm_newsletter("eve@example.org").await;
        app.settle().await;
        assert_eq!(receipts(&app, "eve@example.org").len(), 1);
        app.go_back(2).await;
        app.confirm_newsletter(ADA).await;
        app.settle().await;
        app.clock.advance(DAY);
        app.run_due().await;
        assert_eq!(app.outbox("waiting").await, 1, "neither sent nor failed");
        let rows = app.database.rows("mail").await;
        let row = rows.iter().find(|it| it.contains("receipt") && it.contains("waiting")).unwrap();
        let row: serde_json::Value = serde_json::from_str(row).unwrap();
        assert_eq!(row["attempts"], 0, "waiting is no attempt");
        app.clock.advance(2 * DAY);
        app.run_due().await;
        assert_eq!((app.outbox("waiting").await, app.outbox("given_up").await), (0, 1));
        assert_eq!(receipts(&app, ADA).len(), 0);
    }

    async fn it_is_sent_when_the_log_signs_again(app: Mailing) {
        app.confirm_newsletter("eve@example.org").await;
        app.settle().await;
        app.go_back(2).await;
        app.confirm_newsletter(ADA).await;
        app.settle().await;
        assert_eq!(receipts(&app, ADA).len(), 0);
        ayeaye::app::log::adopt::adopt(app.app(), "restored from a backup").await.unwrap();
        app.run_due().await;
        app.clock.advance(MINUTE);
        app.run_due().await;
        let mails = receipts(&app, ADA);
        assert_eq!(mails.len(), 1);
        app.assert_proven(&mails[0]).await;
    }

    async fn nothing_but_a_choice_has_one(app: Mailing) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.settle().await;
        assert_eq!(app.queued().await, 0, "neither a request nor the fate of its mail");
        app.clock.advance(15 * DAY);
        app.run_due().await;
        assert_eq!(app.queued().await, 0, "nor a request that lapsed");
        app.sign_up("newsletter", "bob@example.org", &["newsletter"]).await;
        let page = app.visitor().open(&app.newest_link("bob@example.org", "not_me")).await;
        page.press("Block this address").await;
        assert_eq!(app.queued().await, 0, "nor a report: nothing more is sent to that address");
    }

    async fn a_request_that_is_deleted_has_its_receipt(app: Mailing) {
        app.sign_up("newsletter", ADA, &["newsletter"]).await;
        app.visitor().open(&app.newest_link(ADA, "confirm")).await.press("No, delete my request").await;
        app.settle().await;
        let mail = receipts(&app, ADA).remove(0);
        app.assert_proven(&mail).await;
        assert!(mail.text.contains("you said no to emails from Acme to ada@example.org:\n- Newsletter: no\n"), "{}", mail.text);
    }

    async fn an_organisation_that_does_not_ask_for_them_mails_none(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let rows = app.database.rows("mail").await;
        assert!(!rows.is_empty() && !rows.iter().any(|it| it.contains("receipt")), "{rows:?}");
    }
}
