//! Wordings as they were published. The newest ones of all purposes are read with the catalog.

use super::{Result, Row, Tx, args};
use crate::domain::{
    Locale, Timestamp,
    catalog::Wording,
    id::{PurposeId, TenantId, WordingId},
    setup::Frequency,
};

/// A wording with what it belongs to.
#[derive(Clone, Debug)]
pub struct Published {
    /// The wording.
    pub wording: Wording,
    /// The purpose it words.
    pub purpose: PurposeId,
    /// How often mails came when it was published.
    pub frequency: Frequency,
    /// When it was published.
    pub created_at: Timestamp,
}

fn read(row: &Row) -> Result<Published> {
    Ok(Published {
        wording: Wording {
            id: row.parse(0)?,
            locale: row.read(2, Locale::from_tag)?,
            version: row.int(3)?,
            name: row.text(4)?,
            body: row.text(5)?,
            sha256: row.text(7)?,
        },
        purpose: row.parse(1)?,
        frequency: row.read(6, Frequency::parse)?,
        created_at: row.at(8)?,
    })
}

/// The wordings of a purpose, the newest version first and then by language, after the one of this version and
/// language, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_purpose(
    tx: &mut Tx,
    tenant: TenantId,
    purpose: PurposeId,
    after: Option<(i64, Locale)>,
    limit: i64,
) -> Result<Vec<Published>> {
    let (version, locale) = after.map_or((i64::MAX, ""), |(version, locale)| (version, locale.tag()));
    let rows = tx
        .all(
            "SELECT id, purpose_id, locale, version, name, body, frequency, sha256, created_at FROM wording
             WHERE tenant_id = $1 AND purpose_id = $2 AND (version < $3 OR (version = $3 AND locale > $4))
             ORDER BY version DESC, locale LIMIT $5",
            args![tenant, purpose, version, locale, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// One wording.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: WordingId) -> Result<Option<Published>> {
    let row = tx
        .first(
            "SELECT id, purpose_id, locale, version, name, body, frequency, sha256, created_at FROM wording
             WHERE tenant_id = $1 AND id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}
