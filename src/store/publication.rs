//! Texts as they were published: what stands in the log beside the evidence.

use super::{
    Batch, Result, Row, Tx, args,
    log::{int, number},
};
use crate::domain::{
    Timestamp,
    id::{PublicationId, TenantId},
};

/// One version of a wording, a notice or a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Whose text it is.
    pub tenant: TenantId,
    /// The publication.
    pub id: PublicationId,
    /// `wording`, `notice` or `form`.
    pub kind: String,
    /// What it is the text of: the purpose and language, or the form.
    pub about: String,
    /// 1 for the first text about it.
    pub version: i64,
    /// The text.
    pub body: String,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// When it was published.
    pub created_at: Timestamp,
    /// Its place in the log, once given.
    pub position: Option<u64>,
}

fn read(row: &Row) -> Result<Publication> {
    Ok(Publication {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        kind: row.text(2)?,
        about: row.text(3)?,
        version: row.int(4)?,
        body: row.text(5)?,
        sha256: row.text(6)?,
        created_at: row.at(7)?,
        position: row.maybe_int(8)?.map(number),
    })
}

/// Writes a text. There is no way to change one.
pub fn put(batch: &mut Batch, publication: &Publication) {
    let Publication { tenant, id, kind, about, version, body, sha256, created_at, position: _ } = publication;
    batch.add(
        "INSERT INTO publication (tenant_id, id, kind, about, version, body, sha256, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![*tenant, *id, kind, about, *version, body, sha256, *created_at],
    );
}

/// The versions of one text, the newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn versions(
    tx: &mut Tx,
    tenant: TenantId,
    kind: &str,
    about: &str,
    limit: i64,
) -> Result<Vec<Publication>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, about, version, body, sha256, created_at, position FROM publication
             WHERE tenant_id = $1 AND kind = $2 AND about = $3 ORDER BY version DESC LIMIT $4",
            args![tenant, kind, about, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// One version of a text.
///
/// # Errors
/// The database failed.
pub async fn find(
    tx: &mut Tx,
    tenant: TenantId,
    kind: &str,
    about: &str,
    version: i64,
) -> Result<Option<Publication>> {
    let row = tx
        .first(
            "SELECT tenant_id, id, kind, about, version, body, sha256, created_at, position FROM publication
             WHERE tenant_id = $1 AND kind = $2 AND about = $3 AND version = $4",
            args![tenant, kind, about, version],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Texts without a place in the log, oldest id first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn unlogged(tx: &mut Tx, limit: i64) -> Result<Vec<Publication>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, about, version, body, sha256, created_at, position FROM publication
             WHERE position IS NULL ORDER BY id LIMIT $1",
            args![limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Texts with a place from `from` on, in their order in the log, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn logged(tx: &mut Tx, from: u64, limit: i64) -> Result<Vec<Publication>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, kind, about, version, body, sha256, created_at, position FROM publication
             WHERE position >= $1 ORDER BY position LIMIT $2",
            args![int(from), limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Wordings, notices and forms that are not the texts published under their version, and published ones that are gone:
/// what each is, in words.
///
/// # Errors
/// The database failed.
pub async fn altered(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = tx
        .all(
            "SELECT 'wording ' || wording.id FROM wording
             JOIN purpose ON purpose.tenant_id = wording.tenant_id AND purpose.id = wording.purpose_id
             LEFT JOIN publication text ON text.tenant_id = wording.tenant_id AND text.kind = 'wording'
                 AND text.about = purpose.slug || '/' || wording.locale AND text.version = wording.version
             WHERE text.id IS NULL OR text.sha256 <> wording.sha256
                OR text.body <> wording.name || $1 || wording.body || $1 || wording.frequency
             UNION ALL
             SELECT 'notice ' || notice.version || ' of ' || notice.tenant_id FROM notice
             LEFT JOIN publication text ON text.tenant_id = notice.tenant_id AND text.kind = 'notice'
                 AND text.about = 'notice' AND text.version = notice.version
             WHERE text.id IS NULL OR text.sha256 <> notice.sha256 OR text.body <> notice.facts
             UNION ALL
             SELECT 'form ' || form.slug FROM form
             LEFT JOIN publication text ON text.tenant_id = form.tenant_id AND text.kind = 'form'
                 AND text.about = form.slug AND text.version = form.version
             WHERE text.id IS NULL OR text.sha256 <> form.sha256
             UNION ALL
             SELECT text.kind || ' ' || text.about || ' version ' || text.version FROM publication text
             WHERE text.kind = 'wording' AND NOT EXISTS (SELECT 1 FROM wording
                 JOIN purpose ON purpose.tenant_id = wording.tenant_id AND purpose.id = wording.purpose_id
                 WHERE wording.tenant_id = text.tenant_id AND wording.version = text.version
                   AND text.about = purpose.slug || '/' || wording.locale)",
            args!["\n"],
        )
        .await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// Gives texts their places in the log.
///
/// # Errors
/// The database failed.
pub async fn place(tx: &mut Tx, places: &[(TenantId, PublicationId, u64)]) -> Result<()> {
    let mut values = Vec::with_capacity(places.len() * 3);
    for (tenant, id, position) in places {
        values.append(&mut args![*tenant, *id, int(*position)]);
    }
    tx.rows(
        "UPDATE publication SET position = v.column3 FROM (VALUES {rows}) AS v
         WHERE publication.tenant_id = v.column1 AND publication.id = v.column2",
        3,
        values,
    )
    .await
    .map(|_| ())
}
