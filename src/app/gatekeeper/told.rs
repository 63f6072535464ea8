//! The door for systems of a tenant's, which hold a key: the same budgets as for the forms, within the transaction of
//! the act. A system cannot prove work, so that what asks a browser to do so makes it wait; and where nobody says
//! which network a person came from, none is counted.

use super::{Line, count, line, name, take, used_up};
use crate::{
    app::{
        App, Result,
        gatekeeper::{
            Ask, Door,
            proof::Given,
            table::{Counted, Deed, TABLE, UsedUp, When},
        },
        told::Told,
    },
    domain::{EmailAddress, Timestamp, id::FormId},
    store::Tx,
};

/// What the door does for a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Passage {
    /// It opens, and the recipient may be mailed or not.
    Open { may_mail: bool },
    /// Come back after so many milliseconds.
    Wait(i64),
}

/// Uses the budgets of a signup up that a system asks for.
pub(in crate::app) async fn admit_told(
    app: &App,
    tx: &mut Tx,
    told: &Told,
    form: Option<FormId>,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<Passage> {
    let visit = told.visit();
    let ask = Ask { deed: Deed::SignUp, visit, form, email: Some(email), proof: "", must_prove: false };
    let rules = TABLE.iter().filter(|rule| {
        rule.deeds.contains(&Deed::SignUp)
            && rule.when != When::Unproven
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
    let refused =
        |is_mail: bool| lines.iter().find(|it| !it.granted && (used_up(it) == UsedUp::NoMail) == is_mail);
    Ok(match refused(false) {
        Some(line) => Passage::Wait(line.budget.span),
        None => Passage::Open { may_mail: refused(true).is_none() },
    })
}
