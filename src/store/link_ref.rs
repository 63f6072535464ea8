//! Whom a link minted by a tenant names: references of contacts under each link key.

use std::collections::HashSet;

use super::{Result, Tx, args};
use crate::domain::id::{ContactId, LinkKeyId, TenantId};

/// The person of a reference.
///
/// # Errors
/// The database failed.
pub async fn find(
    tx: &mut Tx,
    tenant: TenantId,
    key: LinkKeyId,
    reference: &str,
) -> Result<Option<ContactId>> {
    let row = tx
        .first(
            "SELECT contact_id FROM link_ref WHERE tenant_id = $1 AND link_key_id = $2 AND reference = $3",
            args![tenant, key, reference],
        )
        .await?;
    row.map(|it| it.parse(0)).transpose()
}

/// The references of a person in links, with the key each is under.
///
/// # Errors
/// The database failed.
pub async fn of_contact(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
) -> Result<Vec<(LinkKeyId, String)>> {
    let rows = tx
        .all(
            "SELECT link_key_id, reference FROM link_ref
             WHERE tenant_id = $1 AND contact_id = $2 ORDER BY reference, link_key_id",
            args![tenant, contact],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, row.text(1)?))).collect()
}

/// Contacts with an address whose id comes after `after`: id and address as compared, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn contacts_after(
    tx: &mut Tx,
    tenant: TenantId,
    after: &str,
    limit: i64,
) -> Result<Vec<(ContactId, String)>> {
    let rows = tx
        .all(
            "SELECT id, lookup_key FROM contact
             WHERE tenant_id = $1 AND id > $2 AND lookup_key IS NOT NULL ORDER BY id LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, row.text(1)?))).collect()
}

/// Writes references and how far the index of the key has come. Known references stay, and people erased since their
/// addresses were read get none.
///
/// # Errors
/// The database failed.
pub async fn put(
    tx: &mut Tx,
    tenant: TenantId,
    key: LinkKeyId,
    references: &[(String, ContactId)],
    indexed_to: &str,
) -> Result<()> {
    let there = lock_there(tx, tenant, references).await?;
    let mut values = Vec::with_capacity(references.len() * 4);
    for (reference, contact) in references.iter().filter(|(_, contact)| there.contains(contact)) {
        values.append(&mut args![tenant, key, reference, *contact]);
    }
    tx.rows(
        "INSERT INTO link_ref (tenant_id, link_key_id, reference, contact_id) VALUES {rows}
         ON CONFLICT (tenant_id, link_key_id, reference) DO NOTHING",
        4,
        values,
    )
    .await?;
    tx.execute(
        "UPDATE link_key SET indexed_to = $3 WHERE tenant_id = $1 AND id = $2 AND indexed_to < $3",
        args![tenant, key, indexed_to],
    )
    .await
    .map(|_| ())
}

/// Those of the contacts that have an address, which none of them loses before the end of the transaction.
async fn lock_there(
    tx: &mut Tx,
    tenant: TenantId,
    references: &[(String, ContactId)],
) -> Result<HashSet<ContactId>> {
    let ids: Vec<String> = references.iter().map(|(_, contact)| format!("\"{contact}\"")).collect();
    let rows = tx
        .all_of(
            "SELECT id FROM contact WHERE tenant_id = $1 AND lookup_key IS NOT NULL
                 AND id IN (SELECT value FROM json_each($2))",
            "SELECT id FROM contact WHERE tenant_id = $1 AND lookup_key IS NOT NULL
                 AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($2 AS jsonb)))) ORDER BY id FOR SHARE",
            args![tenant, format!("[{}]", ids.join(","))],
        )
        .await?;
    rows.iter().map(|row| row.parse(0)).collect()
}
