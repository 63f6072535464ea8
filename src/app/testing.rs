//! An installation for tests: a SQLite file of its own, a clock set by hand, randomness that repeats, two
//! tenants, and people in any state without the way that leads there.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use serde_json::json;

use super::{App, Clock, apply, feed::Sequencer, keys};
use crate::{
    config::{Config, Sources},
    crypto::{Key, Random},
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::Tenant,
        consent::{Consent, State},
        id::{ApiKeyId, ContactId, EventId, EvidenceId, PurposeId},
        own_texts::OwnTexts,
        setup::{FormSetup, Frequency, Localized, PurposeSetup, Receipts, Sender, Setup, TenantSetup},
        text::{Line, Paragraph, Slug},
    },
    store::{self, Batch, Store, args, consent::Stored, event::Event},
};

/// When tests begin: 2026-11-21T09:14:32Z.
pub(crate) const NOON: Timestamp = Timestamp::from_millis(1_795_252_472_000);

/// An installation with the tenants `acme` (purposes `newsletter`, `events` and the retired `paper`) and
/// `other` (purpose `newsletter`). Its files go with it.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) clock: Clock,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        // What cannot be removed is in the folder for temporary files anyway.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A person to be put into the database as they are.
#[derive(Default)]
pub(crate) struct Person {
    pub(crate) email: Option<&'static str>,
    pub(crate) external_id: Option<&'static str>,
    pub(crate) consent: Option<Consent>,
    pub(crate) restricted: bool,
    pub(crate) suppressed: bool,
    pub(crate) erased: bool,
    pub(crate) paused_until: Option<Timestamp>,
}

impl House {
    pub(crate) async fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ayeaye-house-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let store = Store::open(&address(&folder)).await.unwrap();
        store.migrate().await.unwrap();
        let sources = Sources { cwd: folder.clone(), ..Sources::default() };
        let config = Config::load(&sources).unwrap().config;
        let (clock, random) = (Clock::set_at(NOON), Random::seeded(7));
        let app = App::start(store, config, Key::new([7; 32]), clock.clone(), random).await.unwrap();
        let purposes = ["newsletter", "events", "paper"];
        let setup = Setup { tenants: vec![tenant("acme", &purposes), tenant("other", &["newsletter"])] };
        apply::apply(&app, &setup, false).await.unwrap();
        app.reload().await.unwrap();
        Self { app, clock, folder }
    }

    pub(crate) fn tenant(&self, slug: &str) -> Arc<Tenant> {
        Arc::clone(self.app.catalog().tenant_named(slug).unwrap())
    }

    pub(crate) fn purpose(&self, tenant: &str, slug: &str) -> PurposeId {
        self.tenant(tenant).purpose_named(slug).unwrap().id
    }

    /// A new API key of a tenant.
    pub(crate) async fn key(&self, tenant: &str, scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(|it| (*it).to_owned()).collect();
        keys::new_api_key(&self.app, self.tenant(tenant).id, scopes).await.unwrap().1
    }

    /// Publishes a form of `acme` under this heading by a file, as somebody else may at the same time.
    pub(crate) async fn publish_beside(&self, slug: &str, title: &str) {
        let mut acme = tenant("acme", &["newsletter", "events", "paper"]);
        acme.forms.push(FormSetup {
            slug: Slug::parse(slug).unwrap(),
            purposes: vec![Slug::parse("newsletter").unwrap()],
            origins: None,
            next: Vec::new(),
            title: Some(in_english(line(title))),
            closes: None,
            fields: Vec::new(),
            minors: None,
        });
        apply::apply(&self.app, &Setup { tenants: vec![acme] }, false).await.unwrap();
    }

    /// Ends an API key.
    pub(crate) async fn revoke(&self, key: ApiKeyId) {
        let mut tx = self.app.store.begin().await.unwrap();
        assert!(store::key::revoke_api_key(&mut tx, key, self.app.now()).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Puts a person into the database, with the consent for `newsletter`.
    pub(crate) async fn person(&self, tenant: &str, person: &Person) -> (ContactId, EvidenceId) {
        let (now, random) = (self.app.now(), &self.app.random);
        let of = self.tenant(tenant).id;
        let (contact, evidence) = (ContactId::new(now, random), EvidenceId::new(now, random));
        let Person { email, external_id, consent, restricted, suppressed, erased, paused_until } = person;
        let email = email.map(|it| EmailAddress::parse(it).unwrap());
        let since = |it: &bool| it.then_some(now);
        let mut tx = self.app.store.begin().await.unwrap();
        tx.execute(
            "INSERT INTO contact (tenant_id, id, email, lookup_key, external_id, locale, restricted_at,
                 suppressed_at, paused_until, erased_at, created_at, touched_at)
             VALUES ($1, $2, $3, $4, $5, 'en', $6, $7, $8, $9, $10, $10)",
            args![
                of,
                contact,
                email.as_ref().map(EmailAddress::expose),
                email.as_ref().map(EmailAddress::lookup_key),
                *external_id,
                since(restricted),
                since(suppressed),
                *paused_until,
                since(erased),
                now,
            ],
        )
        .await
        .unwrap();
        if let Some(consent) = *consent {
            let purpose = self.purpose(tenant, "newsletter");
            let mut batch = Batch::default();
            let stored = Stored { purpose, consent, evidence, used_at: None };
            store::consent::put(&mut batch, of, contact, &[stored]);
            tx.batch(batch).await.unwrap();
        }
        tx.commit().await.unwrap();
        (contact, evidence)
    }

    /// A person who confirmed `newsletter` just now.
    pub(crate) async fn confirmed(&self, tenant: &str, email: &'static str) -> (ContactId, EvidenceId) {
        let consent = Some(settled(State::Confirmed));
        self.person(tenant, &Person { email: Some(email), consent, ..Person::default() }).await
    }

    /// Marks an address that has no person as one not to be mailed.
    pub(crate) async fn suppress(&self, tenant: &str, email: &str, reason: &str, until: Option<Timestamp>) {
        let of = self.tenant(tenant).id;
        let hash = self.app.keys.address_hash(of, &EmailAddress::parse(email).unwrap().lookup_key());
        let mut batch = Batch::default();
        store::suppression::put(&mut batch, of, &hash, reason, self.app.now(), until);
        self.write(batch).await;
    }

    /// Writes events about a contact and gives them their places.
    pub(crate) async fn happen(&self, tenant: &str, contact: Option<ContactId>, kinds: &[&str]) {
        self.happen_at(&self.app, tenant, contact, kinds).await;
    }

    /// As [`House::happen`], by another instance.
    pub(crate) async fn happen_at(
        &self,
        app: &App,
        tenant: &str,
        contact: Option<ContactId>,
        kinds: &[&str],
    ) {
        let of = self.tenant(tenant).id;
        for kind in kinds {
            let (at, kind) = (app.now(), (*kind).to_owned());
            let data = json!({ "purpose": "newsletter" }).to_string();
            let id = EventId::new(at, &app.random);
            let mut batch = Batch::default();
            let event = Event { tenant: of, id, kind, at, contact, data, sequence: None };
            store::event::put(&mut batch, &[event]);
            self.write(batch).await;
            Sequencer::default().pass(app).await.unwrap();
            // The lease of one sequencer ends before the next one takes it.
            self.clock.advance(60_000);
        }
    }

    /// Another instance over the same database.
    pub(crate) async fn another_instance(&self) -> App {
        let store = Store::open(&address(&self.folder)).await.unwrap();
        let config = self.app.config.clone();
        App::start(store, config, Key::new([7; 32]), self.clock.clone(), Random::seeded(8)).await.unwrap()
    }

    async fn write(&self, batch: Batch) {
        let mut tx = self.app.store.begin().await.unwrap();
        tx.batch(batch).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// A consent settled when tests begin.
pub(crate) const fn settled(state: State) -> Consent {
    Consent { state, since: NOON, pending_since: None }
}

fn address(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("ayeaye.db").display())
}

/// SHA-256 of a text, in hex.
pub(crate) fn sha256_hex(text: &str) -> String {
    crate::crypto::mac::sha256_hex(text.as_bytes())
}

fn tenant(slug: &str, purposes: &[&str]) -> TenantSetup {
    let address = EmailAddress::parse("hello@acme.example").unwrap();
    TenantSetup {
        slug: Slug::parse(slug).unwrap(),
        name: line("Acme"),
        legal: line("Acme SAS, 1 rue de la Paix, 75002 Paris"),
        contact: address.clone(),
        from: Sender { name: line("Acme"), address },
        locale: Locale::En,
        receipts: Receipts::Page,
        country: None,
        storage: None,
        test: false,
        purposes: purposes.iter().map(|it| purpose(it)).collect(),
        forms: Vec::new(),
        webhooks: Vec::new(),
        dpo: None,
        transfer: None,
        hosts: Vec::new(),
        texts: OwnTexts::default(),
        theme: None,
        logo: None,
    }
}

fn purpose(slug: &str) -> PurposeSetup {
    PurposeSetup {
        slug: Slug::parse(slug).unwrap(),
        frequency: Frequency::Monthly,
        name: in_english(line("Newsletter")),
        text: in_english(Paragraph::parse("Our monthly news by email.").unwrap()),
        retired: slug == "paper",
        retention_days: None,
    }
}

fn in_english<T>(text: T) -> Localized<T> {
    Localized::new(Locale::En, BTreeMap::from([(Locale::En, text)])).unwrap()
}

fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}
