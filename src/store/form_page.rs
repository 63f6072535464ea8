//! The pages that forms were sent from.

use super::{Batch, Result, Tx, args};
use crate::domain::{
    Timestamp,
    id::{FormId, TenantId},
};

/// Pages of one form that are kept: whoever sends more invents them.
const MOST: i64 = 500;

/// A page that a form was sent from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormPage {
    /// Origin and path.
    pub page: String,
    /// The version of form and wording it had last.
    pub version: String,
    /// First seen.
    pub first_at: Timestamp,
    /// Seen last.
    pub last_at: Timestamp,
}

/// Notes that a form was sent from a page.
pub fn put(batch: &mut Batch, tenant: TenantId, form: FormId, page: &str, version: &str, now: Timestamp) {
    batch.add(
        "INSERT INTO form_page (tenant_id, form_id, page, version, first_at, last_at)
         SELECT $1, $2, $3, $4, $5, $6
         WHERE (SELECT COUNT(*) FROM form_page WHERE tenant_id = $1 AND form_id = $2) < $7
             OR EXISTS (SELECT 1 FROM form_page WHERE tenant_id = $1 AND form_id = $2 AND page = $3)
         ON CONFLICT (tenant_id, form_id, page) DO UPDATE SET version = excluded.version,
             last_at = excluded.last_at",
        args![tenant, form, page, version, now, now, MOST],
    );
}

/// The pages of a form, the one seen last first.
///
/// # Errors
/// The database failed.
pub async fn of_form(tx: &mut Tx, tenant: TenantId, form: FormId) -> Result<Vec<FormPage>> {
    let rows = tx
        .all(
            "SELECT page, version, first_at, last_at FROM form_page WHERE tenant_id = $1 AND form_id = $2
             ORDER BY last_at DESC, page",
            args![tenant, form],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(FormPage {
                page: row.text(0)?,
                version: row.text(1)?,
                first_at: row.at(2)?,
                last_at: row.at(3)?,
            })
        })
        .collect()
}
