//! Every query on both databases: what was written is read back, a second call, the neighbour's rows, limits.

mod anchor;
mod attack;
mod audience;
mod budget;
mod catalog;
mod checkpoint;
mod consent;
mod contact;
mod delivery;
mod delivery_log;
mod disclosure;
mod endpoint;
mod event;
mod evidence;
mod export;
mod facade;
mod form_draft;
mod form_page;
mod gate;
mod idempotency;
mod job;
mod keys;
mod latest;
mod log;
mod mail;
mod plans;
mod publication;
mod races;
mod request;
mod whole;
mod wording;

use ayeaye::{
    crypto::Random,
    domain::{
        Locale, Timestamp,
        catalog::Tenant,
        consent::{Consent, State},
        id::{ContactId, EvidenceId, PurposeId, TenantId},
        own_texts::OwnTexts,
        setup::Receipts,
    },
    store::{
        self, Batch, Store, Tx,
        consent::Stored,
        contact::{Contact, Newcomer},
    },
};
use sqlx::{Connection as _, Executor as _, PgConnection, Row as _, SqliteConnection};

use crate::support::database::{Database, Db, Start};

/// A migrated database with two tenants, so that every test can look whether the neighbour was touched.
pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) url: String,
    pub(crate) random: Random,
    pub(crate) tenant: TenantId,
    pub(crate) neighbour: TenantId,
    _database: Database,
}

impl Start for World {
    async fn start(db: Db) -> Self {
        let database = db.fresh().await;
        let store = Store::open(database.url()).await.unwrap();
        store.migrate().await.unwrap();
        let random = Random::seeded(7);
        let (tenant, neighbour) = (TenantId::new(&random), TenantId::new(&random));
        let world =
            Self { store, url: database.url().to_owned(), random, tenant, neighbour, _database: database };
        let mut batch = Batch::default();
        store::catalog::put_tenant(&mut batch, &a_tenant(tenant, "acme"), at(1));
        store::catalog::put_tenant(&mut batch, &a_tenant(neighbour, "globex"), at(1));
        // Two rows of one table in one batch are two statements on either database.
        world.write(batch).await;
        world
    }
}

impl World {
    pub(crate) async fn begin(&self) -> Tx {
        self.store.begin().await.unwrap()
    }

    pub(crate) async fn peek(&self) -> Tx {
        self.store.peek().await.unwrap()
    }

    /// Writes a batch in a transaction of its own.
    pub(crate) async fn write(&self, batch: Batch) {
        let mut tx = self.begin().await;
        tx.batch(batch).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Writes what `fill` puts into a batch.
    pub(crate) async fn put(&self, fill: impl FnOnce(&mut Batch)) {
        let mut batch = Batch::default();
        fill(&mut batch);
        self.write(batch).await;
    }

    /// Meets a person of `tenant` at this address, at instant 1.
    pub(crate) async fn meet(&self, tenant: TenantId, address: &str) -> Contact {
        let mut tx = self.begin().await;
        let contact = meet_in(&mut tx, tenant, ContactId::new(at(1), &self.random), address).await;
        tx.commit().await.unwrap();
        contact
    }

    /// Runs a statement past the facade, for what no query of ours does yet.
    pub(crate) async fn raw(&self, sql: &str) {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite:") {
            SqliteConnection::connect(&self.url).await.unwrap().execute(sql).await.unwrap();
        } else {
            PgConnection::connect(&self.url).await.unwrap().execute(sql).await.unwrap();
        }
    }

    /// The number a counting statement answers.
    pub(crate) async fn raw_count(&self, sql: &str) -> i64 {
        let sql = sqlx::AssertSqlSafe(sql.to_owned());
        if self.url.starts_with("sqlite:") {
            SqliteConnection::connect(&self.url).await.unwrap().fetch_one(sql).await.unwrap().get(0)
        } else {
            PgConnection::connect(&self.url).await.unwrap().fetch_one(sql).await.unwrap().get(0)
        }
    }

    pub(crate) async fn give_external_id(&self, contact: ContactId, name: &str) {
        self.raw(&format!("UPDATE contact SET external_id = '{name}' WHERE id = '{contact}'")).await;
    }

    /// A consent of this state since instant 5, relied on never.
    pub(crate) fn consent(&self, purpose: PurposeId, state: State) -> Stored {
        Stored {
            purpose,
            consent: Consent { state, since: at(5), pending_since: None },
            evidence: EvidenceId::new(at(5), &self.random),
            used_at: None,
        }
    }
}

/// The person of an address, whose hash is `hash of` it.
pub(crate) async fn meet_in(tx: &mut Tx, tenant: TenantId, id: ContactId, address: &str) -> Contact {
    let hash = format!("hash of {address}");
    let newcomer =
        Newcomer { tenant, id, email: address, lookup_key: address, address_hash: &hash, locale: Locale::En };
    store::contact::meet(tx, &newcomer, at(1)).await.unwrap().expect("the address is not suppressed")
}

pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

pub(crate) fn a_tenant(id: TenantId, slug: &str) -> Tenant {
    Tenant {
        id,
        slug: slug.to_owned(),
        name: format!("{slug} SAS"),
        legal: format!("{slug} SAS, Paris"),
        contact: format!("privacy@{slug}.example"),
        from_name: slug.to_owned(),
        from_address: format!("confirm@{slug}.example"),
        locale: Locale::Fr,
        receipts: Receipts::Page,
        country: None,
        storage: None,
        test: false,
        purposes: Vec::new(),
        notice: None,
        dpo: None,
        transfer: None,
        hosts: Vec::new(),
        texts: OwnTexts::default(),
        theme: None,
    }
}
