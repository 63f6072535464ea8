//! Receipts: what proves one change, for the person it is about.

use serde_json::Value;

use super::{App, Result, log};
use crate::{
    domain::{
        catalog::Tenant,
        id::{EvidenceId, PurposeId, TenantId},
    },
    store::{self, evidence::Evidence},
};

/// How far back the request of a change is looked for among the facts about a person.
const REACH: i64 = 500;

/// Everything a receipt shows and proves.
pub struct Receipt {
    /// The change.
    pub fact: Evidence,
    /// What led to it: the request it answers, and the mails between them.
    pub parts: Vec<Evidence>,
    /// The change, then its parts; each as a proof object.
    pub proofs: Vec<Value>,
}

impl Receipt {
    /// The purposes the change is about.
    pub fn purposes(&self) -> Vec<PurposeId> {
        let about =
            self.proofs.first().and_then(|it| it.pointer("/record/purposes")).and_then(Value::as_array);
        let ids = about.into_iter().flatten().filter_map(|it| it.get("id")?.as_str()?.parse().ok());
        ids.collect()
    }

    /// Whether every part has its place under a published checkpoint.
    pub fn is_proven(&self) -> bool {
        self.proofs.iter().all(|it| it.get("proof").is_some())
    }
}

/// The receipt of a change; `None` when there is no such change, or its person is erased.
///
/// # Errors
/// The database failed.
pub async fn of(app: &App, tenant: &Tenant, id: EvidenceId) -> Result<Option<Receipt>> {
    let mut tx = app.store.read().await?;
    let Some(fact) = store::evidence::find(&mut tx, tenant.id, id).await? else { return Ok(None) };
    let known = store::evidence::of_contact(&mut tx, tenant.id, fact.contact, REACH).await?;
    tx.commit().await?;
    let parts = parts(&fact, known);
    let mut proofs = Vec::new();
    for part in [&fact].into_iter().chain(&parts) {
        match log::proof::of(app, part).await? {
            Some(proof) => proofs.push(proof),
            None => return Ok(None),
        }
    }
    Ok(Some(Receipt { fact, parts, proofs }))
}

/// What led to a change: the facts about the same request.
fn parts(fact: &Evidence, known: Vec<Evidence>) -> Vec<Evidence> {
    const KINDS: [&str; 3] = ["signup.requested", "signup.mail_sent", "signup.agreed"];
    let Some(request) = request(fact) else { return Vec::new() };
    let place = |it: &Evidence| KINDS.iter().position(|kind| *kind == it.kind);
    let same = |it: &Evidence| {
        it.id != fact.id && place(it).is_some() && self::request(it).as_deref() == Some(&*request)
    };
    let mut parts: Vec<Evidence> = known.into_iter().filter(same).collect();
    parts.sort_by_key(|it| (place(it), it.at, it.id));
    parts
}

/// The request a fact is about.
fn request(fact: &Evidence) -> Option<String> {
    let record: Value = serde_json::from_str(fact.record.as_deref()?).ok()?;
    Some(record.get("request")?.as_str()?.to_owned())
}

/// The change a receipt number was given for, in whichever tenant; numbers are drawn at random, so two tenants may
/// have given the same one.
///
/// # Errors
/// The database failed.
pub async fn numbered(app: &App, number: &str) -> Result<Vec<Evidence>> {
    let catalog = app.catalog();
    let tenants: Vec<TenantId> = catalog.tenants.keys().copied().collect();
    let mut tx = app.store.peek().await?;
    let mut found = Vec::new();
    for tenant in tenants {
        found.extend(store::evidence::of_receipt(&mut tx, tenant, number).await?);
    }
    Ok(found)
}
