//! To whom the address of one person was given: with audiences, and with events to endpoints that carry it.
//!
//! Which hosts took it with an event is kept of each person. A disclosure of an audience names no person: that this one was in it is derived. Whoever stood confirmed for its purpose when it
//! began was in it, as far as can be told; that they were on a break, suppressed or frozen then, and so left out, is
//! not kept.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{App, Result};
use crate::{
    domain::{
        Timestamp,
        catalog::Catalog,
        consent::State,
        endpoint_url,
        id::{ContactId, PurposeId, TenantId},
    },
    store::{self, Tx, consent::Stored, disclosure::Given, evidence::Evidence},
};

/// Facts about a person that are looked through for a page.
const REACH: i64 = 1_000;

/// A time in which somebody's yes stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Yes {
    purpose: PurposeId,
    since: Timestamp,
    /// None while it stands.
    until: Option<Timestamp>,
}

impl Yes {
    fn stood(&self, purpose: PurposeId, at: Timestamp) -> bool {
        self.purpose == purpose && self.since <= at && self.until.is_none_or(|until| at < until)
    }
}

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    purposes: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    id: String,
    state: String,
}

/// When somebody's yes stood: as their evidence, the newest first, and what is stored now say.
pub(super) fn yeses(evidence: &[Evidence], consents: &[Stored]) -> Vec<Yes> {
    let mut all = Vec::new();
    for fact in evidence.iter().rev() {
        let claims = fact.record.as_deref().and_then(|it| serde_json::from_str::<Claims>(it).ok());
        for Claim { id, state } in claims.into_iter().flat_map(|it| it.purposes) {
            if let Ok(purpose) = id.parse() {
                turn(&mut all, purpose, state == State::Confirmed.word(), fact.at);
            }
        }
    }
    for Stored { purpose, consent, .. } in consents {
        turn(&mut all, *purpose, consent.state == State::Confirmed, consent.since);
    }
    all
}

/// Begins a yes where none stands, or ends the one that does.
fn turn(all: &mut Vec<Yes>, purpose: PurposeId, is_yes: bool, at: Timestamp) {
    let standing = all.iter_mut().find(|it| it.purpose == purpose && it.until.is_none());
    match (is_yes, standing) {
        (true, None) => all.push(Yes { purpose, since: at, until: None }),
        (false, Some(yes)) => yes.until = Some(at),
        (true, Some(_)) | (false, None) => {}
    }
}

/// The disclosures that somebody was in whose yes stood then, the oldest first.
pub(super) async fn to_whom(tx: &mut Tx, tenant: TenantId, yeses: &[Yes]) -> Result<Vec<Given>> {
    let mut first: BTreeMap<PurposeId, Timestamp> = BTreeMap::new();
    for yes in yeses {
        first.entry(yes.purpose).and_modify(|it| *it = yes.since.min(*it)).or_insert(yes.since);
    }
    let mut all = Vec::new();
    for (purpose, since) in first {
        let given = store::disclosure::of_purpose(tx, tenant, purpose, since).await?;
        all.extend(given.into_iter().filter(|it| yeses.iter().any(|yes| yes.stood(it.purpose, it.at))));
    }
    all.sort_by_key(|it| it.at);
    Ok(all)
}

/// Who has the address of somebody, by name, in the order of names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Those who are given it: the hosts of live endpoints that carry addresses, and those who got an audience while
    /// the yes stood that stands now.
    pub now: Vec<String>,
    /// Those who were given it, and when last.
    pub before: Vec<(String, Timestamp)>,
}

/// To whom the address of somebody with these consents is given, and was.
///
/// # Errors
/// The database failed.
pub async fn recipients(
    app: &App,
    tenant: TenantId,
    contact: ContactId,
    consents: &[Stored],
) -> Result<Recipients> {
    let mut tx = app.store.peek().await?;
    let named = store::disclosure::recipients(&mut tx, tenant).await?;
    let theirs = |purpose: PurposeId| consents.iter().find(|it| it.purpose == purpose).map(|it| it.consent);
    let is_now = |purpose: PurposeId, last_at: Timestamp| {
        theirs(purpose).is_some_and(|it| it.state == State::Confirmed && it.since <= last_at)
    };
    let (now, rest): (Vec<_>, Vec<_>) = named
        .into_iter()
        .filter(|it| theirs(it.0).is_some())
        .partition(|(purpose, _, last_at)| is_now(*purpose, *last_at));
    let now = in_order(now.into_iter().map(|it| it.1).chain(hosts(&app.catalog(), tenant)).collect());
    let hosts = store::disclosure::told_hosts(&mut tx, tenant, contact).await?;
    let mut before: BTreeMap<String, Timestamp> = hosts.into_iter().map(|it| (it.host, it.last_at)).collect();
    if !rest.is_empty() {
        let evidence = store::evidence::of_contact(&mut tx, tenant, contact, REACH).await?;
        let mut yeses = yeses(&evidence, consents);
        yeses.retain(|yes| rest.iter().any(|it| it.0 == yes.purpose));
        for Given { recipient, at, .. } in to_whom(&mut tx, tenant, &yeses).await? {
            before.entry(recipient).and_modify(|last| *last = at.max(*last)).or_insert(at);
        }
    }
    before.retain(|name, _| !name.is_empty() && !now.contains(name));
    let mut before: Vec<(String, Timestamp)> = before.into_iter().collect();
    before.sort_by_cached_key(|it| it.0.to_lowercase());
    Ok(Recipients { now, before })
}

/// The hosts that are given addresses.
fn hosts(catalog: &Catalog, tenant: TenantId) -> Vec<String> {
    catalog.addressed(tenant).filter_map(|it| endpoint_url::host(&it.url)).collect()
}

/// Names as people read a list: without regard to case, each once.
pub fn in_order(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names.sort_by_cached_key(|it| it.to_lowercase());
    names
}

#[cfg(test)]
mod tests;
