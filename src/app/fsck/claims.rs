//! What a record says about itself, held against the columns of its row.

use serde::Deserialize;

use crate::{
    domain::{
        Timestamp,
        id::{EvidenceId, PurposeId, TenantId},
    },
    store::evidence::Evidence,
};

/// The members of a record that are kept beside it too.
#[derive(Deserialize)]
pub(super) struct Claims {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    at: String,
    #[serde(default)]
    receipt: Option<String>,
    contact: String,
    controller: Controller,
    #[serde(default)]
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) purposes: Vec<Claim>,
}

#[derive(Deserialize)]
struct Controller {
    id: String,
}

/// What a record says of one purpose.
#[derive(Deserialize)]
pub(super) struct Claim {
    id: String,
    pub(super) state: String,
    pub(super) previous_state: String,
}

impl Claim {
    pub(super) fn purpose(&self) -> Option<PurposeId> {
        self.id.parse().ok()
    }
}

/// Reads a record; in words what is wrong with it or differs from its row.
pub(super) fn read(fact: &Evidence, record: &str) -> Result<Claims, String> {
    let claims: Claims =
        serde_json::from_str(record).map_err(|error| format!("the record is unreadable: {error}"))?;
    let Evidence { tenant, id, contact, kind, at, receipt, record: _, salt: _, position: _ } = fact;
    let pairs = [
        ("id", &claims.id, id.to_string()),
        ("type", &claims.kind, kind.clone()),
        ("time", &claims.at, at.rfc3339()),
        ("contact", &claims.contact, contact.to_string()),
        ("controller", &claims.controller.id, tenant.to_string()),
    ];
    for (what, said, kept) in pairs {
        if *said != kept {
            return Err(format!("the record says {what} {said}, its row {kept}"));
        }
    }
    if claims.receipt != *receipt {
        return Err("the record names another receipt than its row".to_owned());
    }
    Ok(claims)
}

/// How a fact is named in a finding.
pub(super) fn name(fact: &Evidence) -> String {
    let (tenant, id): (TenantId, EvidenceId) = (fact.tenant, fact.id);
    format!("evidence {id} of {tenant}")
}

/// Whether a fact without a place has waited longer than the writer of the log ever takes.
pub(super) fn is_late(at: Timestamp, now: Timestamp) -> bool {
    now.since(at) > 10 * crate::domain::time::MINUTE
}
