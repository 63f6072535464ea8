//! The receipt of a choice by mail, for organisations that want it: one row in the outbox, in the transaction of the
//! choice. What it says is found when it is sent.
//!
//! Receipts answer the person's own acts, so that the budgets of signups do not count them; but whoever holds a link
//! from a footer can leave and come back all day, and that must not fill a mailbox.

use super::{
    App, Result,
    record::{Change, Deed, Recorded},
    sign_up::mail,
};
use crate::{
    domain::{
        Timestamp,
        setup::Receipts,
        time::{DAY, MINUTE},
    },
    store::{self, Batch, Tx},
};

/// The kind of these mails in the outbox.
pub const KIND: &str = "receipt";

/// How long a receipt may wait for its proof and for the relay, in milliseconds: 3 days.
const GIVE_UP: i64 = 3 * DAY;
/// No second mail to a person for so long, in milliseconds.
const PAUSE: i64 = 10 * MINUTE;
/// At most so many to a person in a day; the others stay on the pages.
const A_DAY: i64 = 10;

/// Queues the receipt of what was just recorded, if the organisation mails receipts, something was settled, and the
/// person had not too many already. The person's row is locked by the caller.
pub(super) async fn queue(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    deed: &Deed<'_>,
    changes: &[Change],
    recorded: &Recorded,
    now: Timestamp,
) -> Result<()> {
    let Deed { tenant, contact, .. } = deed;
    let standing = contact.standing();
    if tenant.receipts != Receipts::Mail
        || standing.suppressed
        || standing.restricted
        || contact.email.is_none()
        || !changes.iter().any(Change::settles)
    {
        return Ok(());
    }
    let (of, to) = (tenant.id, contact.id);
    if store::mail::any_since(tx, of, to, KIND, now.plus(-PAUSE)).await?
        || store::mail::count_since(tx, of, to, KIND, now.plus(-DAY)).await? >= A_DAY
    {
        return Ok(());
    }
    let about = recorded.evidence.to_string();
    let mut row = mail(app, tenant, contact, KIND, &about, now.plus(GIVE_UP), now);
    row.locale = deed.locale;
    store::mail::put(batch, &row);
    Ok(())
}
