//! The door for systems of a tenant's, which hold a key: the same budgets as for the forms. A system cannot prove work,
//! so that what asks a browser to do so makes it wait; and where nobody says which network a person came from, none is
//! counted. A mailbox is counted apart, by [`may_mail_again`](super::may_mail_again), once it is known that there is
//! something to mail.

use super::{Line, count, line, name, take};
use crate::{
    app::{
        App, Result,
        gatekeeper::{
            Ask, Door,
            proof::Given,
            table::{Counted, Deed, TABLE, When},
        },
        told::Told,
    },
    domain::{EmailAddress, Timestamp, id::FormId},
    store::Tx,
};

/// Uses the budgets of a signup up that a system asks for, but for the mailbox's; after how many milliseconds to come
/// back, if one is used up.
pub(in crate::app) async fn admit_told(
    app: &App,
    tx: &mut Tx,
    told: &Told,
    form: Option<FormId>,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<Option<i64>> {
    let visit = told.visit();
    let ask = Ask { deed: Deed::SignUp, visit, form, email: Some(email), proof: "", must_prove: false };
    let rules = TABLE.iter().filter(|rule| {
        rule.deeds.contains(&Deed::SignUp)
            && rule.when != When::Unproven
            && rule.counted != Counted::Mailbox
            && (rule.counted != Counted::Network || told.knows_network())
    });
    let mut lines: Vec<Line> =
        rules.filter_map(|rule| Some(line(app, rule, name(app, &ask, rule)?))).collect();
    // On PostgreSQL a counter everybody raises would hold its lock until the act is committed.
    match app.store.beside().await? {
        Some(mut side) => take(&mut side, &mut lines, now).await?,
        None => take(tx, &mut lines, now).await?,
    }
    count(app, &lines, &Given::Nothing, Door::Open);
    Ok(lines.iter().find(|it| !it.granted).map(|it| it.budget.span))
}
