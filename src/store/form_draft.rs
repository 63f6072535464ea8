//! Forms as they will be once published.

use super::{Batch, Result, Row, Tx, args};
use crate::domain::{Timestamp, id::TenantId};

/// A form not yet published, or the next version of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormDraft {
    /// Whose it is.
    pub tenant: TenantId,
    /// The name of the form.
    pub slug: String,
    /// The form as a document.
    pub body: String,
    /// The published version it began with; 0 when there was none.
    pub based_on: i64,
    /// Last changed.
    pub changed_at: Timestamp,
}

fn read(row: &Row) -> Result<FormDraft> {
    Ok(FormDraft {
        tenant: row.parse(0)?,
        slug: row.text(1)?,
        body: row.text(2)?,
        based_on: row.int(3)?,
        changed_at: row.at(4)?,
    })
}

/// Writes a draft, new or changed.
pub fn put(batch: &mut Batch, draft: &FormDraft) {
    let FormDraft { tenant, slug, body, based_on, changed_at } = draft;
    batch.add(
        "INSERT INTO form_draft (tenant_id, slug, body, based_on, changed_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant_id, slug) DO UPDATE SET body = excluded.body, based_on = excluded.based_on,
             changed_at = excluded.changed_at",
        args![*tenant, slug, body, *based_on, *changed_at],
    );
}

/// Removes a draft: it is published.
pub fn remove(batch: &mut Batch, tenant: TenantId, slug: &str) {
    batch.add("DELETE FROM form_draft WHERE tenant_id = $1 AND slug = $2", args![tenant, slug]);
}

/// The draft of a form.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, slug: &str) -> Result<Option<FormDraft>> {
    let row = tx
        .first(
            "SELECT tenant_id, slug, body, based_on, changed_at FROM form_draft WHERE tenant_id = $1 AND slug = $2",
            args![tenant, slug],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// The drafts of a tenant, by name.
///
/// # Errors
/// The database failed.
pub async fn of_tenant(tx: &mut Tx, tenant: TenantId) -> Result<Vec<FormDraft>> {
    let rows = tx
        .all(
            "SELECT tenant_id, slug, body, based_on, changed_at FROM form_draft WHERE tenant_id = $1 ORDER BY slug",
            args![tenant],
        )
        .await?;
    rows.iter().map(read).collect()
}
