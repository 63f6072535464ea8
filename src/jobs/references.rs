//! Keeps the index of references under each link key, so that links a tenant mints itself find their person.
//!
//! New contacts are taken up within a second. Ids sort by the time they were made, but a transaction may
//! commit a little later: every minute the last two minutes are gone over once more.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;

use crate::{
    app::{App, Result},
    domain::{
        Timestamp,
        id::{ContactId, LinkKeyId},
        link,
        time::MINUTE,
    },
    store::{self, key::LinkKey},
};

/// Contacts indexed in one transaction.
const PAGE: i64 = 500;
/// How long after its id was made a contact may still be committed, in milliseconds.
const LATE: i64 = 2 * MINUTE;
/// How often the late ones are looked for.
const AGAIN: Duration = Duration::from_mins(1);

/// How far each key was indexed by this process.
#[derive(Default)]
pub(super) struct References {
    reached: HashMap<LinkKeyId, String>,
    again: Option<Instant>,
}

impl References {
    /// Indexes contacts that are not yet.
    pub(super) async fn index(&mut self, app: &App) -> Result<()> {
        hash(app).await?;
        if self.again.is_none_or(|it| it.elapsed() >= AGAIN) {
            self.reached.clear();
            self.again = Some(Instant::now());
        }
        let keys = store::key::link_keys(&mut app.store.peek().await?).await?;
        for key in keys.iter().filter(|it| it.revoked_at.is_none()) {
            self.index_key(app, key).await?;
        }
        Ok(())
    }

    async fn index_key(&mut self, app: &App, key: &LinkKey) -> Result<()> {
        let Some(secret) = app.keys.open_link_key(key) else { return Ok(()) };
        let mut after = self.reached.get(&key.id).unwrap_or(&key.indexed_to).clone();
        loop {
            let mut peek = app.store.peek().await?;
            let page = store::link_ref::contacts_after(&mut peek, key.tenant, &after, PAGE).await?;
            drop(peek);
            let Some((last, _)) = page.last() else { break };
            after = last.to_string();
            let references: Vec<(String, ContactId)> =
                page.iter().map(|(id, address)| (link::address_ref(&secret, address), *id)).collect();
            let settled = after.clone().min(floor(app.now().plus(-LATE)));
            let mut tx = app.store.begin().await?;
            store::link_ref::put(&mut tx, key.tenant, key.id, &references, &settled).await?;
            tx.commit().await?;
        }
        self.reached.insert(key.id, after);
        Ok(())
    }
}

/// Hashes addresses that came without their hash, so that the send gate can be asked by it.
async fn hash(app: &App) -> Result<()> {
    loop {
        let unhashed = store::gate::unhashed(&mut app.store.peek().await?, PAGE).await?;
        if unhashed.is_empty() {
            return Ok(());
        }
        let mut tx = app.store.begin().await?;
        for (tenant, contact, lookup_key) in &unhashed {
            store::gate::put_sha256(&mut tx, *tenant, *contact, lookup_key).await?;
        }
        tx.commit().await?;
    }
}

/// The smallest contact id made at `at`.
fn floor(at: Timestamp) -> String {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(at.millis().to_be_bytes().into_iter().skip(2)) {
        *to = from;
    }
    ContactId::from_bytes(bytes).to_string()
}
