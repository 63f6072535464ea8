//! Receipts, as the person gets them, and what a number tells others.

use std::process::Command;

use ayeaye::{
    app::{
        erase::{self, By},
        links,
        verify::{Trust, verify},
    },
    domain::time::MINUTE,
    store::evidence::Evidence,
};
use serde_json::Value;

use crate::support::{
    app::{TestApp, http},
    database::both,
    page::Page,
    process::Scratch,
};

const ADA: &str = "ada@example.org";

impl TestApp {
    /// The newest fact of this kind about Ada.
    async fn newest_fact(&self, kind: &str) -> Evidence {
        let (contact, _) = self.person("acme", ADA).await.unwrap();
        self.evidence(&contact).await.into_iter().rev().find(|it| it.kind == kind).expect("a fact")
    }

    async fn bytes(&self, page: &Page, link: &str) -> (u16, Vec<u8>) {
        let answer = http().get(page.link(link)).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
    }
}

fn own_keys() -> Trust {
    Trust { keys_of_the_file: true, ..Trust::default() }
}

both! {
    async fn a_confirmation_leads_to_a_receipt_that_anyone_can_check(app: TestApp) {
        app.sign_up("newsletter", ADA, &["newsletter", "events"]).await;
        let page = app.visitor().open(&app.newest_link(ADA, "confirm")).await;
        let confirmed = page.press("Yes, send me these emails").await;
        let receipt = confirmed.follow("Open this receipt").await;
        assert_eq!(receipt.status(), 200);
        receipt.assert_says("The proof is being written");
        app.run_due().await;
        let receipt = confirmed.follow("Open this receipt").await;
        receipt.assert_says(ADA).assert_says("Our monthly news by email.");
        receipt.assert_says("We sent you the email").assert_says("of a public log with");
        let (status, data) = app.bytes(&receipt, "Download the proof").await;
        assert_eq!(status, 200);
        let report = verify(&data, &own_keys());
        assert!(report.valid, "{report:?}");
        assert_eq!(report.proofs.len(), 3, "the change, the request, the mail between them");
        let data: Value = serde_json::from_slice(&data).unwrap();
        assert_eq!(data["@type"], "dpv:ConsentReceipt");
        let text = data.to_string();
        assert!(!text.contains("ay1."), "no secret link: {text}");
        let (status, pdf) = app.bytes(&receipt, "Download as PDF").await;
        assert!(status == 200 && pdf.starts_with(b"%PDF"));
        let folder = Scratch::new("receipt");
        let file = folder.path().join("receipt.pdf");
        std::fs::write(&file, pdf).unwrap();
        let said = Command::new("pdftotext").args(["-layout", file.to_str().unwrap(), "-"]).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        assert!(said.contains(ADA) && said.contains("Our monthly news by email."), "{said}");
        assert!(!said.contains("ay1."), "{said}");
    }

    async fn its_link_ends_after_half_an_hour_and_the_history_has_a_new_one(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let fact = app.newest_fact("consent.confirmed").await;
        let path = links::receipt_path(app.app(), fact.tenant, fact.id, app.clock.now());
        assert_eq!(app.visitor().open(&path).await.status(), 200);
        app.clock.advance(31 * MINUTE);
        let gone = app.visitor().open(&path).await;
        assert_eq!(gone.status(), 410);
        assert_eq!(app.visitor().open(&format!("{path}/receipt.pdf")).await.status(), 410);
        let manage = links::manage_url(app.app(), fact.tenant, fact.contact, app.clock.now());
        let preferences = app.visitor().open(&manage).await;
        let receipt = preferences.follow(fact.receipt.as_deref().unwrap()).await;
        receipt.assert_says(ADA);
    }

    async fn a_forwarded_footer_link_leads_to_no_address(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let tenant = app.tenant("acme");
        let purpose = tenant.purpose_named("newsletter").unwrap().id;
        let link = links::unsubscribe_url(app.app(), tenant.id, contact.id, purpose);
        let done = app.visitor().open(&link).await.press("Unsubscribe").await;
        app.run_due().await;
        let number = done.follow("Open this receipt").await;
        number.assert_says("You left: Newsletter").assert_says("Acme");
        assert!(!number.html().contains(ADA) && !number.html().contains("ay1."), "{}", number.html());
        // Opened again, the confirmation link is an old mail like any other.
        let old = app.visitor().open(&app.newest_link(ADA, "confirm")).await;
        assert!(!old.html().contains("/receipt/"), "{}", old.html());
    }

    async fn after_an_erasure_nothing_is_left_but_the_place_and_receipts_given_still_verify(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let fact = app.newest_fact("consent.confirmed").await;
        let path = links::receipt_path(app.app(), fact.tenant, fact.id, app.clock.now());
        let url = format!("{}{path}/receipt.jsonld", app.base());
        let given = http().get(&url).send().await.unwrap().bytes().await.unwrap();
        let tenant = app.tenant("acme");
        erase::erase(app.app(), &tenant, fact.contact, By::Command).await.unwrap().unwrap();
        app.run_due().await;
        assert_eq!(http().get(&url).send().await.unwrap().status(), 404);
        let number = app.visitor().open(&format!("/v/{}", fact.receipt.unwrap())).await;
        number.assert_says("The person has been erased").assert_says("Entry");
        assert!(!number.html().contains("example.org"), "{}", number.html());
        assert!(verify(&given, &own_keys()).valid, "a receipt given before still verifies");
        let report = app.fsck().await;
        assert_eq!(report.findings, []);
        assert!(report.erased > 0);
    }

    async fn a_receipt_of_another_kind_of_link_or_tenant_is_not_there(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let fact = app.newest_fact("consent.confirmed").await;
        let path = links::receipt_path(app.app(), app.tenant("beta").id, fact.id, app.clock.now());
        assert_eq!(app.visitor().open(&path).await.status(), 404);
        let manage = links::manage_url(app.app(), fact.tenant, fact.contact, app.clock.now());
        let token = manage.rsplit('/').next().unwrap();
        assert_eq!(app.visitor().open(&format!("/receipt/{token}")).await.status(), 404);
    }
}
