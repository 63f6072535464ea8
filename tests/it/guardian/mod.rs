//! People too young to consent alone: what a form asks them, and what their guardian answers.

mod agreeing;
mod asking;
mod ending;
mod kept;
mod racing;

use ayeaye::store::{contact::Contact, evidence::Evidence};
use serde_json::Value;

use crate::support::{
    app::TestApp,
    database::{Db, Start},
    page::Page,
};

pub(crate) const KIM: &str = "kim@example.org";
pub(crate) const MUM: &str = "mum@example.org";
pub(crate) const YES: &str = "Yes, send me these emails";
pub(crate) const AGREE: &str = "Yes, I agree";

/// A French tenant with a form that asks a guardian and one that refuses, and another tenant.
pub(crate) const SETUP: &str = r#"
[[tenant]]
slug = "acme"
name = "Acme"
legal = "Acme SAS, 1 rue de la Paix, 75002 Paris"
contact = "privacy@acme.example"
from = "Acme <confirm@acme.example>"
locale = "en"
country = "FR"

[[tenant.purpose]]
slug = "newsletter"
frequency = "monthly"
name = { en = "Newsletter", fr = "Lettre d’information" }
text = { en = "Our monthly news by email.", fr = "Nos nouvelles, une fois par mois." }

[[tenant.purpose]]
slug = "events"
frequency = "occasional"
name = { en = "Events", fr = "Événements" }
text = { en = "Invitations to our events.", fr = "Des invitations à nos événements." }

[[tenant.form]]
slug = "club"
purposes = ["newsletter", "events"]
origins = ["https://shop.example"]
[tenant.form.minors]
rule = "guardian"

[[tenant.form]]
slug = "wine"
purposes = ["newsletter"]
minors = { rule = "refuse", country = "DE" }

[[tenant.form]]
slug = "plain"
purposes = ["newsletter"]

[[tenant]]
slug = "beta"
name = "Bêta"
legal = "Bêta SARL, 2 rue du Bac, 75007 Paris"
contact = "rgpd@beta.example"
from = "Bêta <confirmer@beta.example>"
locale = "fr"

[[tenant.purpose]]
slug = "lettre"
frequency = "weekly"
name = { fr = "La lettre" }
text = { fr = "Notre lettre, chaque semaine." }

[[tenant.form]]
slug = "lettre"
purposes = ["lettre"]
minors = { rule = "guardian", age = 14 }
"#;

/// A service with these forms.
pub(crate) struct Family {
    pub(crate) app: TestApp,
}

impl Start for Family {
    async fn start(db: Db) -> Self {
        let app = TestApp::with(db, &[]).await;
        app.apply(SETUP).await;
        Self { app }
    }
}

impl Family {
    /// The form, filled in by somebody younger than 15; not sent.
    pub(crate) async fn filled(&self, child: &str, guardian: &str) -> Page {
        let mut page = self.app.visitor().open("/f/club").await;
        page.fill("email", child).tick("p", "newsletter").tick("p", "events");
        page.choose("age", "under-15").fill("guardian", guardian);
        self.app.clock.advance(5_000);
        page
    }

    /// A child signs up for everything. The mails are sent.
    pub(crate) async fn sign_up(&self, child: &str, guardian: &str) -> Page {
        let answer = self.filled(child, guardian).await.press("Sign up").await;
        self.app.run_due().await;
        answer
    }

    /// The child of the newest mail says yes.
    pub(crate) async fn child_says_yes(&self, child: &str) -> Page {
        let page = self.app.visitor().open(&self.app.newest_link(child, "confirm")).await;
        let answer = page.press(YES).await;
        self.app.run_due().await;
        answer
    }

    /// The page of the guardian's newest mail.
    pub(crate) async fn question(&self, guardian: &str) -> Page {
        self.app.visitor().open(&self.app.newest_link(guardian, "guardian")).await
    }

    /// Where the child stands with the newsletter.
    pub(crate) async fn state(&self, child: &str) -> &'static str {
        self.app.state("acme", child, "newsletter").await
    }

    /// What the send gate says of the child and the newsletter.
    pub(crate) async fn gate(&self, child: &str) -> String {
        let key = self.app.api_key("acme").await;
        let asked = serde_json::json!({ "purpose": "newsletter", "recipients": [{ "email": child }] });
        let (status, answer) = self.app.post_json("/v1/checks", &key, &asked).await;
        assert_eq!(status, 200, "{answer}");
        let result = &answer["results"][0];
        match result["decision"].as_str() {
            Some("deny") => result["reason"].as_str().unwrap().to_owned(),
            other => other.unwrap().to_owned(),
        }
    }

    pub(crate) async fn contact(&self, child: &str) -> Contact {
        self.app.person("acme", child).await.unwrap().0
    }

    /// The records about a child of this kind, oldest first.
    pub(crate) async fn records(&self, child: &str, kind: &str) -> Vec<Value> {
        let evidence = self.app.evidence(&self.contact(child).await).await;
        let of_kind = evidence.into_iter().filter(|it| it.kind == kind);
        of_kind.map(|Evidence { record, .. }| serde_json::from_str(&record.unwrap()).unwrap()).collect()
    }

    /// Whether anything in the database tells this address.
    pub(crate) async fn knows(&self, address: &str) -> bool {
        self.app.dump().await.contains(address)
    }

    /// How many sealed addresses of guardians there are.
    pub(crate) async fn sealed(&self) -> usize {
        let rows = self.app.database.rows("request").await;
        let rows = rows.iter().map(|it| serde_json::from_str::<Value>(it).unwrap());
        rows.filter(|it| !it["guardian"].is_null()).count()
    }

    pub(crate) async fn events_of(&self, kind: &str) -> usize {
        self.app.event_kinds("acme").await.iter().filter(|it| *it == kind).count()
    }
}
