//! Everybody who confirmed a purpose, page by page, for as long as a stream takes.
//!
//! A page comes as one JSON text, as the gate's answers do: a row of thirteen columns costs more through sqlx than
//! finding it does. The pages of one transaction ([`Store::snapshot`](super::Store::snapshot)) show one state.

use std::borrow::Cow;

use serde::Deserialize;

use super::{Error, Result, Tx, args};
use crate::domain::{
    Locale, Timestamp,
    consent::{Consent, Standing, State},
    id::{ContactId, EvidenceId, PurposeId, TenantId},
};

/// Some of those who confirmed, not yet read.
pub struct Page {
    json: String,
    /// The last of them, behind whom the next page begins.
    pub last: ContactId,
}

/// Somebody who confirmed, whatever else holds.
#[derive(Debug)]
pub struct Member<'a> {
    /// The person.
    pub contact: ContactId,
    /// The address as sent; none once erased.
    pub email: Option<Cow<'a, str>>,
    /// The tenant's own name for the person.
    pub external_id: Option<Cow<'a, str>>,
    /// The language the person reads.
    pub locale: Locale,
    /// The consent.
    pub consent: Consent,
    /// The evidence of its last change.
    pub evidence: EvidenceId,
    /// When it was last relied on.
    pub used_at: Option<Timestamp>,
    /// What holds whatever the purpose.
    pub standing: Standing,
    /// What the person entered in declared fields, sealed; none when it was not asked for.
    pub entered: Option<Cow<'a, str>>,
}

/// One person in the JSON text, in the order of the statements below.
#[derive(Deserialize)]
struct Found<'a>(
    &'a str,
    #[serde(borrow)] Option<Cow<'a, str>>,
    #[serde(borrow)] Option<Cow<'a, str>>,
    &'a str,
    i64,
    Option<i64>,
    &'a str,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    #[serde(borrow)] Option<Cow<'a, str>>,
);

impl<'a> Found<'a> {
    fn member(self) -> Option<Member<'a>> {
        let Self(
            contact,
            email,
            external_id,
            locale,
            since,
            pending,
            evidence,
            used,
            restricted,
            suppressed,
            paused,
            erased,
            entered,
        ) = self;
        Some(Member {
            contact: contact.parse().ok()?,
            email,
            external_id,
            locale: Locale::from_tag(locale)?,
            consent: Consent {
                state: State::Confirmed,
                since: Timestamp::from_millis(since),
                pending_since: pending.map(Timestamp::from_millis),
            },
            evidence: evidence.parse().ok()?,
            used_at: used.map(Timestamp::from_millis),
            standing: Standing {
                erased: erased.is_some(),
                suppressed: suppressed.is_some(),
                restricted: restricted.is_some(),
                paused_until: paused.map(Timestamp::from_millis),
            },
            entered,
        })
    }
}

impl Page {
    /// The people of the page, in the order of their ids.
    ///
    /// # Errors
    /// A stored value is not what this program writes.
    pub fn members(&self) -> Result<Vec<Member<'_>>> {
        // The error of the parser is left out: it may quote an address, and this text goes to the log.
        let stored = || Error::Stored("a person or consent is not as an audience reads it".to_owned());
        let found: Vec<Found<'_>> = serde_json::from_str(&self.json).map_err(|_quotes| stored())?;
        let read = found.into_iter().map(|it| it.member().ok_or_else(stored));
        let mut members = read.collect::<Result<Vec<Member<'_>>>>()?;
        members.sort_unstable_by_key(|it| it.contact);
        Ok(members)
    }
}

/// Those who confirmed a purpose and whose id comes after `after`, at most `limit`; none behind the last. `entered`
/// says whether what they entered in declared fields is wanted, too.
///
/// # Errors
/// The database failed.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    purpose: PurposeId,
    after: Option<ContactId>,
    limit: i64,
    entered: bool,
) -> Result<Option<Page>> {
    let after = after.map_or_else(String::new, |it| it.to_string());
    let rows = tx
        .all_of(
            "SELECT json_group_array(json_array(c.id, c.email, c.external_id, c.locale, f.since, f.pending_since,
                    f.evidence_id, f.used_at, c.restricted_at, c.suppressed_at, c.paused_until, c.erased_at,
                    CASE WHEN $5 THEN c.fields END)),
                    MAX(f.contact_id)
             FROM (SELECT contact_id, since, pending_since, evidence_id, used_at FROM consent
                   WHERE tenant_id = $1 AND purpose_id = $2 AND contact_id > $3 AND state = 'confirmed'
                   ORDER BY contact_id LIMIT $4) f
             CROSS JOIN contact c ON c.tenant_id = $1 AND c.id = f.contact_id",
            "SELECT CAST(json_agg(json_build_array(c.id, c.email, c.external_id, c.locale, f.since, f.pending_since,
                    f.evidence_id, f.used_at, c.restricted_at, c.suppressed_at, c.paused_until, c.erased_at,
                    CASE WHEN $5 THEN c.fields END)) AS text),
                    MAX(f.contact_id)
             FROM (SELECT contact_id, since, pending_since, evidence_id, used_at FROM consent
                   WHERE tenant_id = $1 AND purpose_id = $2 AND contact_id > $3 AND state = 'confirmed'
                   ORDER BY contact_id LIMIT $4) f
             JOIN contact c ON c.tenant_id = $1 AND c.id = f.contact_id",
            args![tenant, purpose, after, limit, entered],
        )
        .await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let Some(last) = row.maybe_parse(1)? else { return Ok(None) };
    Ok(Some(Page { json: row.text(0)?, last }))
}
