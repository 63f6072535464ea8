//! Immutable facts about consents.

use std::ops::RangeInclusive;

use super::{
    Batch, Result, Row, Tx, args,
    log::{int, number},
};
use crate::domain::{
    Timestamp,
    id::{ContactId, EvidenceId, TenantId},
};

/// One fact, as written and as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The tenant.
    pub tenant: TenantId,
    /// The fact.
    pub id: EvidenceId,
    /// Whom it is about.
    pub contact: ContactId,
    /// What happened: the name of an event.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// The number of the receipt the person was given.
    pub receipt: Option<String>,
    /// Everything needed to prove it, as canonical JSON (RFC 8785); none once the person is erased.
    pub record: Option<String>,
    /// 32 random bytes in hex, for the commitment to the record; none once the person is erased.
    pub salt: Option<String>,
    /// Its place in the log, once given.
    pub position: Option<u64>,
}

pub(super) fn read(row: &Row) -> Result<Evidence> {
    Ok(Evidence {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        contact: row.parse(2)?,
        kind: row.text(3)?,
        at: row.at(4)?,
        receipt: row.maybe_text(5)?,
        record: row.maybe_text(6)?,
        salt: row.maybe_text(7)?,
        position: row.maybe_int(8)?.map(number),
    })
}

/// Writes a fact. There is no way to change one.
pub fn put(batch: &mut Batch, evidence: &Evidence) {
    let Evidence { tenant, id, contact, kind, at, receipt, record, salt, position: _ } = evidence;
    batch.add(
        "INSERT INTO evidence (tenant_id, id, contact_id, kind, at, receipt, record, salt)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![*tenant, *id, *contact, kind, *at, receipt.clone(), record.clone(), salt.clone()],
    );
}

/// The facts about a person, newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_contact(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    limit: i64,
) -> Result<Vec<Evidence>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE tenant_id = $1 AND contact_id = $2 ORDER BY id DESC LIMIT $3",
            args![tenant, contact, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The facts about a person before the one of this id, or the newest when it is empty; newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn before(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    before: &str,
    limit: i64,
) -> Result<Vec<Evidence>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE tenant_id = $1 AND contact_id = $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4",
            args![tenant, contact, before, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The facts about these people in a period, person by person, each person's oldest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_people(
    tx: &mut Tx,
    tenant: TenantId,
    people: &[ContactId],
    period: RangeInclusive<Timestamp>,
    limit: i64,
) -> Result<Vec<Evidence>> {
    // Ids need no escaping.
    let people: Vec<String> = people.iter().map(|it| format!("\"{it}\"")).collect();
    let people = format!("[{}]", people.join(","));
    let rows = tx
        .all_of(
            "SELECT e.tenant_id, e.id, e.contact_id, e.kind, e.at, e.receipt, e.record, e.salt, e.position
             FROM json_each($2) AS asked
             CROSS JOIN evidence e ON e.tenant_id = $1 AND e.contact_id = asked.value
             WHERE e.at >= $3 AND e.at <= $4 ORDER BY e.contact_id, e.id LIMIT $5",
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE tenant_id = $1 AND contact_id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb))))
                 AND at >= $3 AND at <= $4
             ORDER BY contact_id, id LIMIT $5",
            args![tenant, people, *period.start(), *period.end(), limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Reads one fact.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: EvidenceId) -> Result<Option<Evidence>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The fact with this receipt number.
///
/// # Errors
/// The database failed.
pub async fn of_receipt(tx: &mut Tx, tenant: TenantId, number: &str) -> Result<Option<Evidence>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE tenant_id = $1 AND receipt = $2",
            args![tenant, number],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Facts without a place in the log, oldest id first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn unlogged(tx: &mut Tx, limit: i64) -> Result<Vec<Evidence>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE position IS NULL ORDER BY id LIMIT $1",
            args![limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Facts with a place from `from` on, in their order in the log, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn logged(tx: &mut Tx, from: u64, limit: i64) -> Result<Vec<Evidence>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE position >= $1 ORDER BY position LIMIT $2",
            args![int(from), limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Gives facts their places in the log.
///
/// # Errors
/// The database failed.
pub async fn place(tx: &mut Tx, places: &[(TenantId, EvidenceId, u64)]) -> Result<()> {
    let mut values = Vec::with_capacity(places.len() * 3);
    for (tenant, id, position) in places {
        values.append(&mut args![*tenant, *id, int(*position)]);
    }
    tx.rows(
        "UPDATE evidence SET position = v.column3 FROM (VALUES {rows}) AS v
         WHERE evidence.tenant_id = v.column1 AND evidence.id = v.column2",
        3,
        values,
    )
    .await
    .map(|_| ())
}

/// The place of a fact among those of all people, person by person.
pub type Place = (TenantId, ContactId, EvidenceId);

/// Facts person by person, each person's oldest first, after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn by_person(tx: &mut Tx, after: Option<Place>, limit: i64) -> Result<Vec<Evidence>> {
    let (tenant, contact, id) = after.map_or_else(Default::default, |(tenant, contact, id)| {
        (tenant.to_string(), contact.to_string(), id.to_string())
    });
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id, kind, at, receipt, record, salt, position FROM evidence
             WHERE (tenant_id, contact_id, id) > ($1, $2, $3)
             ORDER BY tenant_id, contact_id, id LIMIT $4",
            args![tenant, contact, id, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}
