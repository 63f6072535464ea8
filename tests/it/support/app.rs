//! The whole service on a port of its own and a fresh database, with a clock that is moved by hand and jobs that
//! run when they are told to.

use std::{collections::BTreeMap, sync::Arc};

use ayeaye::{
    app::{Clock, apply, keys},
    cli::apply_file,
    config::{Config, Flag, Sources},
    crypto::Random,
    domain::{
        Timestamp,
        catalog::Tenant,
        time::{MINUTE, SECOND},
    },
    jobs,
    mail::CapturedMail,
    server::{self, Parts, Running},
    store::{consent::Stored, contact::Contact, event::Event, evidence::Evidence},
};
use serde_json::Value;

use super::{
    database::{Database, Db, Start},
    page::{Page, Visitor},
    process::Scratch,
};

/// 21 November 2026, 10:00 UTC.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_795_255_200_000);

/// Two tenants, one English and one French.
pub(crate) const SETUP: &str = r#"
[[tenant]]
slug = "acme"
name = "Acme"
legal = "Acme SAS, 1 rue de la Paix, 75002 Paris"
contact = "privacy@acme.example"
from = "Acme <confirm@acme.example>"
locale = "en"

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
slug = "newsletter"
purposes = ["newsletter", "events"]
origins = ["https://shop.example"]

[[tenant.form]]
slug = "events"
purposes = ["events"]
origins = []

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
"#;

/// A running service.
pub(crate) struct TestApp {
    running: Option<Running>,
    pub(crate) clock: Clock,
    pub(crate) database: Database,
    folder: Scratch,
}

impl Start for TestApp {
    async fn start(db: Db) -> Self {
        let app = Self::with(db, &[]).await;
        app.apply(SETUP).await;
        app
    }
}

impl TestApp {
    /// A service with nothing set up and these settings besides the usual ones.
    pub(crate) async fn with(db: Db, settings: &[(&str, &str)]) -> Self {
        let folder = Scratch::new("app");
        let database = db.fresh().await;
        let config = config(&folder, database.url(), settings);
        let clock = Clock::set_at(NOW);
        let parts = Parts { clock: clock.clone(), random: Random::system(), jobs: false, ..Parts::real() };
        let running = server::start(config, parts).await.expect("the service starts");
        Self { running: Some(running), clock, database, folder }
    }

    /// Another instance of the same installation: same database, same data directory, same clock, no jobs.
    pub(crate) async fn beside(&self) -> Running {
        self.another(false).await
    }

    /// As [`beside`](Self::beside), with jobs that run by themselves.
    pub(crate) async fn at_work(&self) -> Running {
        self.another(true).await
    }

    async fn another(&self, jobs: bool) -> Running {
        let base = self.base();
        let config = config(&self.folder, self.database.url(), &[("base_url", &base)]);
        let parts = Parts { clock: self.clock.clone(), random: Random::system(), jobs, ..Parts::real() };
        server::start(config, parts).await.expect("the service starts")
    }

    pub(crate) fn running(&self) -> &Running {
        self.running.as_ref().expect("it runs until it is stopped")
    }

    pub(crate) fn app(&self) -> &ayeaye::app::App {
        &self.running().app
    }

    /// `http://127.0.0.1:port`
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.running().addr)
    }

    /// Somebody new who opens pages.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.base())
    }

    /// Sets tenants up.
    pub(crate) async fn apply(&self, toml: &str) -> Vec<apply::Step> {
        let setup = apply_file::parse(toml, true).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        apply::apply(self.app(), &setup, false).await.expect("it can be applied")
    }

    pub(crate) fn tenant(&self, slug: &str) -> Arc<Tenant> {
        Arc::clone(self.app().catalog().tenant_named(slug).expect("a tenant of this name"))
    }

    /// Does everything that is due.
    pub(crate) async fn run_due(&self) {
        jobs::run_due(self.app(), &self.running().outside).await.expect("jobs run");
    }

    /// Fills a form in and sends it after a few seconds, as a person does. The mail is sent.
    pub(crate) async fn sign_up(&self, form: &str, email: &str, purposes: &[&str]) -> Page {
        let mut page = self.visitor().open(&format!("/f/{form}")).await;
        page.fill("email", email);
        for purpose in purposes {
            page.tick("p", purpose);
        }
        self.clock.advance(5 * SECOND);
        let answer = page.press("Sign up").await;
        self.run_due().await;
        answer
    }

    /// Signs up and confirms by the link in the mail; the page that follows.
    pub(crate) async fn subscribe(&self, form: &str, email: &str, purposes: &[&str]) -> Page {
        self.sign_up(form, email, purposes).await;
        let page = self.visitor().open(&self.newest_link(email, "confirm")).await;
        let confirmed = page.press("Yes, send me these emails").await;
        self.clock.advance(11 * MINUTE);
        self.run_due().await;
        confirmed
    }

    /// The captured mails to an address, oldest first.
    pub(crate) fn mails(&self, email: &str) -> Vec<Arc<CapturedMail>> {
        let inbox = self.running().inbox.as_ref().expect("mails are captured");
        let mut mails: Vec<_> = inbox.list().into_iter().filter(|it| it.to == email).collect();
        mails.reverse();
        mails
    }

    /// The newest mail to an address.
    #[track_caller]
    pub(crate) fn newest_mail(&self, email: &str) -> Arc<CapturedMail> {
        self.mails(email).pop().unwrap_or_else(|| panic!("no mail to {email}"))
    }

    /// The link of this kind in the newest mail to an address.
    #[track_caller]
    pub(crate) fn newest_link(&self, email: &str, rel: &str) -> String {
        let mail = self.newest_mail(email);
        let found = mail.links.iter().find(|(it, _)| *it == rel);
        found.unwrap_or_else(|| panic!("no link {rel} in “{}”", mail.subject)).1.clone()
    }

    /// The person of an address and their consents by purpose slug.
    pub(crate) async fn person(
        &self,
        tenant: &str,
        email: &str,
    ) -> Option<(Contact, BTreeMap<String, Stored>)> {
        use ayeaye::app::gate::{Recipient, lookup};
        let tenant = self.tenant(tenant);
        let address = email.parse_address();
        let (contact, consents) = lookup(self.app(), &tenant, &Recipient::Email(address)).await.unwrap()?;
        let by_slug = consents
            .into_iter()
            .map(|it| (tenant.purpose(it.purpose).expect("a known purpose").slug.clone(), it))
            .collect();
        Some((contact, by_slug))
    }

    /// The word for a person and a purpose, as the outside is told; `unknown` for strangers.
    pub(crate) async fn state(&self, tenant: &str, email: &str, purpose: &str) -> &'static str {
        let person = self.person(tenant, email).await;
        person
            .and_then(|(_, consents)| consents.get(purpose).map(|it| it.consent.word()))
            .unwrap_or("unknown")
    }

    /// A tenant's feed from the beginning.
    pub(crate) async fn events(&self, tenant: &str) -> Vec<Event> {
        self.run_due().await;
        ayeaye::app::feed::page(self.app(), self.tenant(tenant).id, 0, 1_000).await.unwrap()
    }

    /// The kinds of a tenant's events, in order.
    pub(crate) async fn event_kinds(&self, tenant: &str) -> Vec<String> {
        self.events(tenant).await.into_iter().map(|it| it.kind).collect()
    }

    /// The evidence about a person, oldest first.
    pub(crate) async fn evidence(&self, contact: &Contact) -> Vec<Evidence> {
        let mut tx = self.app().store.peek().await.unwrap();
        let mut found =
            ayeaye::store::evidence::of_contact(&mut tx, contact.tenant, contact.id, 1_000).await.unwrap();
        found.reverse();
        found
    }

    /// A new API key with all scopes.
    pub(crate) async fn api_key(&self, tenant: &str) -> String {
        let scopes = keys::SCOPES.map(str::to_owned).to_vec();
        keys::new_api_key(self.app(), self.tenant(tenant).id, scopes).await.unwrap().1
    }

    /// Posts JSON to the API; status and body.
    pub(crate) async fn post_json(&self, path: &str, key: &str, body: &Value) -> (u16, Value) {
        let request = http().post(format!("{}{path}", self.base())).bearer_auth(key);
        let answer =
            request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
    }
}

/// A plain HTTP client that follows nothing and keeps nothing.
pub(crate) fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

fn config(folder: &Scratch, database_url: &str, settings: &[(&str, &str)]) -> Config {
    let data_dir = folder.path().display().to_string();
    let usual = [
        ("data_dir", data_dir.as_str()),
        ("database_url", database_url),
        ("listen", "127.0.0.1:0"),
        ("webhook_allow_net", "127.0.0.1/32"),
        // Tests share one network; those about budgets set their own.
        ("limits.network_per_hour", "100000"),
        ("limits.network_mails_per_hour", "100000"),
        ("limits.form_per_minute", "100000"),
        ("limits.domain_per_minute", "100000"),
        ("limits.codes_per_network", "100000"),
        ("limits.attack_mode", "off"),
        // No test asks a name server that is not its own.
        ("mx_check", "off"),
    ];
    let flags = usual.iter().chain(settings).map(|(key, value)| Flag {
        flag: format!("--set {key}"),
        key: (*key).to_owned(),
        value: (*value).to_owned(),
    });
    let sources = Sources { flags: flags.collect(), cwd: folder.path().to_owned(), ..Sources::default() };
    Config::load(&sources).unwrap_or_else(|error| panic!("{error}")).config
}

trait ParseAddress {
    fn parse_address(&self) -> ayeaye::domain::EmailAddress;
}

impl ParseAddress for str {
    fn parse_address(&self) -> ayeaye::domain::EmailAddress {
        ayeaye::domain::EmailAddress::parse(self).expect("an address")
    }
}

impl TestApp {
    /// Somebody's browser, for use cases called without HTTP.
    pub(crate) fn visit() -> ayeaye::app::Visit {
        ayeaye::app::Visit {
            ip: std::net::IpAddr::from([192, 0, 2, 7]),
            user_agent: "a test".to_owned(),
            origin: None,
            fetch: ayeaye::domain::grade::Fetch::default(),
        }
    }

    /// Every row of every table as text, but for budgets and leases, which count requests.
    pub(crate) async fn dump(&self) -> String {
        let mut text = String::new();
        for table in TABLES {
            for row in self.database.rows(table).await {
                text.push_str(table);
                text.push(' ');
                text.push_str(&row);
                text.push('\n');
            }
        }
        text
    }
}

impl TestApp {
    /// Every row of every table that the schema has, but for these.
    pub(crate) async fn dump_but(&self, left_out: &[&str]) -> String {
        let schema = include_str!("../../../migrations/0001_main.sql");
        let tables = schema.lines().filter_map(|it| it.strip_prefix("CREATE TABLE ")?.strip_suffix(" ("));
        let mut text = String::new();
        for table in tables.filter(|it| !left_out.contains(it)) {
            for row in self.database.rows(table).await {
                text.extend([table, " ", &row, "\n"]);
            }
        }
        assert!(text.contains("tenant "), "the schema names its tables");
        text
    }
}

/// Every table whose rows mean something to a person or a tenant.
const TABLES: [&str; 24] = [
    "tenant",
    "purpose",
    "wording",
    "notice",
    "form",
    "form_draft",
    "form_page",
    "endpoint",
    "api_key",
    "link_key",
    "contact",
    "link_ref",
    "consent",
    "request",
    "evidence",
    "event",
    "mail",
    "challenge",
    "suppression",
    "delivery",
    "told_host",
    "job",
    "idempotency",
    "export",
];
