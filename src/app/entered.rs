//! What people enter in declared fields: sealed with the request, then with the person once they confirm. It stands in
//! no evidence, no event, no mail and no log.

use std::collections::BTreeMap;

use super::{App, Result};
use crate::{
    domain::{
        field::Answers,
        id::{ContactId, RequestId, TenantId},
    },
    store::{self, Batch, Tx},
};

/// What was entered with a request, as it goes on to the one that replaces it.
pub(super) async fn of_request(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    request: RequestId,
) -> Result<Answers> {
    Ok(open(app, contact, store::entered::of_request(tx, tenant, request).await?.as_deref()))
}

/// Gives what was entered with a request to the person who confirms it. What was known under other names stays.
pub(super) async fn confirm(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    tenant: TenantId,
    contact: ContactId,
    request: RequestId,
) -> Result<()> {
    let Some(sealed) = store::entered::of_request(tx, tenant, request).await? else { return Ok(()) };
    let mut known = open(app, contact, store::entered::of_contact(tx, tenant, contact).await?.as_deref());
    known.0.extend(open(app, contact, Some(&sealed)).0);
    if let Some(sealed) = seal(app, contact, &known) {
        store::entered::put_contact(batch, tenant, contact, &sealed);
    }
    Ok(())
}

/// What a person has confirmed.
///
/// # Errors
/// The database failed.
pub async fn known(app: &App, tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<Answers> {
    Ok(open(app, contact, store::entered::of_contact(tx, tenant, contact).await?.as_deref()))
}

/// The same, by itself.
///
/// # Errors
/// The database failed.
pub async fn of_contact(app: &App, tenant: TenantId, contact: ContactId) -> Result<Answers> {
    known(app, &mut app.store.peek().await?, tenant, contact).await
}

/// What is kept of answers; nothing of none.
pub(super) fn seal(app: &App, contact: ContactId, answers: &Answers) -> Option<String> {
    if answers.0.is_empty() {
        return None;
    }
    let text = serde_json::to_string(&answers.0).ok()?;
    Some(app.keys.seal_entered(&app.random, contact, text.as_bytes()))
}

/// What does not open is not there: it was sealed for another person, or under another key.
pub(super) fn open(app: &App, contact: ContactId, sealed: Option<&str>) -> Answers {
    let opened = sealed.and_then(|it| app.keys.open_entered(contact, it));
    let read = opened.and_then(|it| serde_json::from_slice::<BTreeMap<String, String>>(&it).ok());
    Answers(read.unwrap_or_default())
}
