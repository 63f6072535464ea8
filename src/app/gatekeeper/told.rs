//! The door for systems of a tenant's, which hold a key: the same budgets as for the forms. A system cannot prove work,
//! so that what asks a browser to do so makes it wait; and where nobody says which network a person came from, none is
//! counted.

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
    let lines = rules.filter_map(|rule| Some(line(app, rule, name(app, &ask, rule)?)));
    let of_mailbox = |it: &Line| it.rule.is_some_and(|rule| rule.counted == Counted::Mailbox);
    let (mut mailbox, mut others): (Vec<Line>, Vec<Line>) = lines.partition(of_mailbox);
    // On PostgreSQL a counter everybody raises would hold its lock until the act is committed.
    match app.store.beside().await? {
        Some(mut side) => take(&mut side, &mut others, now).await?,
        None => take(tx, &mut others, now).await?,
    }
    count(app, &others, &Given::Nothing, Door::Open);
    if let Some(line) = others.iter().find(|it| !it.granted) {
        return Ok(Passage::Wait(line.budget.span));
    }
    // A mail is counted with the act or not at all: who asks again after a crash is not told that there was one.
    take(tx, &mut mailbox, now).await?;
    count(app, &mailbox, &Given::Nothing, Door::Open);
    Ok(Passage::Open { may_mail: mailbox.iter().all(|it| it.granted) })
}
