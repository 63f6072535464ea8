//! A database full of people with a history, written through the store in big batches.
//!
//! One person signs up, confirms and leaves through the service; everybody else is a copy of what was recorded then,
//! under ids, receipts, salts and an address of their own. The log's own writer gives all of it its place.

use std::cell::Cell;

use ayeaye::{
    app::{App, log::LogWriter},
    domain::{
        EmailAddress, Locale, Timestamp,
        consent::{Consent, State},
        id::{ContactId, EvidenceId},
    },
    store::{self, Batch, consent::Stored, contact::Newcomer, evidence::Evidence},
};

/// People in one transaction.
const AT_ONCE: usize = 2_000;
/// People in one batch of statements: PostgreSQL runs a batch as one statement.
const IN_BATCH: usize = 100;

/// What was recorded of the one person, oldest first.
pub(crate) struct Model {
    facts: Vec<Evidence>,
    consent: Stored,
    email: String,
    receipts: Cell<u32>,
}

impl Model {
    /// Reads it from a database with that person alone.
    pub(crate) async fn read(app: &App, email: String) -> Self {
        let mut tx = app.store.peek().await.expect("a connection");
        let facts = store::evidence::by_person(&mut tx, None, 100).await.expect("facts");
        let consents = store::consent::between(&mut tx, None, None).await.expect("consents");
        assert!(facts.len() >= 4 && consents.len() == 1, "the one person has a history");
        let consent = consents.into_iter().next().expect("counted before").2;
        Self { facts, consent, email, receipts: Cell::default() }
    }

    /// How many records each copy has.
    pub(crate) fn records(&self) -> usize {
        self.facts.len()
    }

    /// Writes copies, from this number on.
    pub(crate) async fn copy(
        &self,
        app: &App,
        numbers: std::ops::Range<u32>,
        address: impl Fn(u32) -> String,
    ) {
        let numbers: Vec<u32> = numbers.collect();
        for group in numbers.chunks(AT_ONCE) {
            let mut tx = app.store.begin().await.expect("a transaction");
            for people in group.chunks(IN_BATCH) {
                let mut batch = Batch::default();
                for number in people {
                    let email = EmailAddress::parse(&address(*number)).expect("an address");
                    let contact = self.meet(app, &mut tx, &email).await;
                    self.copy_one(app, &mut batch, contact, email.expose());
                }
                tx.batch(batch).await.expect("rows are written");
            }
            tx.commit().await.expect("a commit");
        }
    }

    async fn meet(&self, app: &App, tx: &mut store::Tx, email: &EmailAddress) -> ContactId {
        let (now, tenant) = (app.now(), self.facts[0].tenant);
        let lookup_key = email.lookup_key();
        let newcomer = Newcomer {
            tenant,
            id: ContactId::new(now, &app.random),
            email: email.expose(),
            lookup_key: &lookup_key,
            address_hash: &app.keys.address_hash(tenant, &lookup_key),
            locale: Locale::En,
        };
        store::contact::meet(tx, &newcomer, now).await.expect("somebody new").expect("not suppressed").id
    }

    fn copy_one(&self, app: &App, batch: &mut Batch, contact: ContactId, email: &str) {
        let begun = app.now();
        let mut last = None;
        for (n, fact) in self.facts.iter().enumerate() {
            // One after the other, so that their ids sort.
            let at = begun.plus(i64::try_from(n).unwrap_or_default());
            let copy = self.copy_of(app, fact, contact, email, at);
            last = Some((copy.id, at));
            store::evidence::put(batch, &copy);
        }
        let (evidence, at) = last.expect("the model has facts");
        let Consent { state, .. } = self.consent.consent;
        assert_eq!(state, State::Withdrawn, "the one person has left in the end");
        let consent = Consent { state, since: at, pending_since: None };
        store::consent::put(
            batch,
            self.facts[0].tenant,
            contact,
            &[Stored { consent, evidence, ..self.consent }],
        );
    }

    /// Counted up: of so many random ones two might be the same.
    fn receipt(&self) -> String {
        let number = self.receipts.get() + 1;
        self.receipts.set(number);
        format!("R-{:04}-{:04}", number / 10_000, number % 10_000)
    }

    fn copy_of(
        &self,
        app: &App,
        fact: &Evidence,
        contact: ContactId,
        email: &str,
        at: Timestamp,
    ) -> Evidence {
        let id = EvidenceId::new(at, &app.random);
        let receipt = fact.receipt.as_ref().map(|_| self.receipt());
        let mut record = fact.record.clone().expect("the model is not erased");
        let mut put = |from: &str, to: &str| record = record.replace(from, to);
        put(&fact.id.to_string(), &id.to_string());
        put(&fact.contact.to_string(), &contact.to_string());
        put(&format!("\"at\":\"{}\"", fact.at.rfc3339()), &format!("\"at\":\"{}\"", at.rfc3339()));
        put(&self.email, email);
        if let Some((old, new)) = fact.receipt.as_ref().zip(receipt.as_ref()) {
            put(old, new);
        }
        let salt = Some(hex::encode(app.random.bytes::<32>()));
        let kind = fact.kind.clone();
        Evidence {
            tenant: fact.tenant,
            id,
            contact,
            kind,
            at,
            receipt,
            record: Some(record),
            salt,
            position: None,
        }
    }
}

/// Gives everything its place in the log.
pub(crate) async fn write_log(app: &App) {
    let mut writer = LogWriter::default();
    while writer.pass(app).await.expect("the log is written") > 0 {}
    writer.release(app).await.expect("the log is written");
}
