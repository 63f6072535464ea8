//! The one door of every public write path: who may come in, how often, and whom that may mail.
//!
//! Nobody is asked anything. Budgets are per recipient over all forms and tenants, per network and per form;
//! they live in the database, so that they hold across instances and restarts. A recipient's budget that
//! is used up changes no answer: the visitor reads the same page, and no mail is sent.

use super::{App, Result, Visit};
use crate::{
    domain::{
        EmailAddress, Timestamp,
        id::FormId,
        link::{Kind, Link},
        time::{DAY, HOUR, MINUTE},
    },
    store::{
        Tx,
        budget::{self, Budget},
    },
};

/// What someone at the door wants.
pub(super) struct Ask<'a> {
    pub(super) visit: &'a Visit,
    pub(super) form: Option<FormId>,
    /// Whom it would mail.
    pub(super) email: Option<&'a EmailAddress>,
}

/// The answer of the gatekeeper, with the transaction to go on in.
pub(super) struct Admitted {
    pub(super) tx: Tx,
    /// Whether the recipient may be mailed.
    pub(super) may_mail: bool,
    /// When to come back, in milliseconds, if it was too fast.
    pub(super) too_fast: Option<i64>,
}

/// Uses the budgets of a request up and opens its transaction.
pub(super) async fn admit(app: &App, ask: &Ask<'_>, now: Timestamp) -> Result<Admitted> {
    let limits = &app.config.limits;
    let mut budgets = vec![Budget {
        id: app.keys.budget("network", ask.visit.network().as_bytes()),
        most: i64::from(limits.network_per_hour),
        span: HOUR,
        gap: 0,
    }];
    if let Some(form) = ask.form {
        let id = app.keys.budget("form", form.bytes());
        budgets.push(Budget { id, most: i64::from(limits.form_per_minute), span: MINUTE, gap: 0 });
    }
    if let Some(email) = ask.email {
        budgets.push(Budget {
            id: app.keys.recipient(email),
            most: i64::from(limits.recipient_per_day),
            span: DAY,
            gap: limits.recipient_gap.millis(),
        });
    }
    let (tx, granted) = match app.store.beside().await? {
        Some(mut side) => {
            let granted = budget::take(&mut side, &budgets, now).await?;
            (app.store.begin().await?, granted)
        }
        None => {
            let mut tx = app.store.begin().await?;
            let granted = budget::take(&mut tx, &budgets, now).await?;
            (tx, granted)
        }
    };
    let mut granted = granted.into_iter();
    let network = granted.next().unwrap_or(false);
    let form = ask.form.is_none() || granted.next().unwrap_or(false);
    let may_mail = ask.email.is_some() && granted.next().unwrap_or(false);
    let too_fast = match (network, form) {
        (false, _) => Some(HOUR),
        (true, false) => Some(MINUTE),
        (true, true) => None,
    };
    Ok(Admitted { tx, may_mail, too_fast })
}

/// Counts one more mail to the person a request already names, by the stored name of their budget.
pub(super) async fn may_mail_again(app: &App, tx: &mut Tx, recipient: &str, now: Timestamp) -> Result<bool> {
    let limits = &app.config.limits;
    let budgets = [Budget {
        id: recipient.to_owned(),
        most: i64::from(limits.recipient_per_day),
        span: DAY,
        gap: limits.recipient_gap.millis(),
    }];
    Ok(budget::take(tx, &budgets, now).await?.first().copied().unwrap_or(false))
}

/// What the token of a submitted form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormProof {
    /// The form was shown with these words a fitting time ago.
    Shown,
    /// There is none: a plain form on a site of the tenant's.
    Plain,
    /// Sent back sooner than anyone reads.
    TooSoon,
    /// Sent back too late.
    TooOld,
    /// The words have changed since it was shown.
    OtherWords,
    /// Not a token of this form.
    Forged,
}

/// Judges the token a form was sent back with. `words` is the hash of the words shown now.
pub fn form_proof(app: &App, form: FormId, words: [u8; 8], token: Option<&str>) -> FormProof {
    let Some(token) = token.filter(|it| !it.is_empty()) else { return FormProof::Plain };
    let Some(Link::Form(of, shown_at, shown)) = Link::open(&app.link_keys(), Kind::Form, token) else {
        return FormProof::Forged;
    };
    if of != form {
        return FormProof::Forged;
    }
    let age = app.now().since(shown_at);
    let limits = &app.config.limits;
    // The token carries whole seconds: a form shown at 0.9 s and sent at 2.0 s has waited 2 of them.
    if age < limits.form_token_min.millis() {
        FormProof::TooSoon
    } else if age > limits.form_token_max.millis() {
        FormProof::TooOld
    } else if shown != words {
        FormProof::OtherWords
    } else {
        FormProof::Shown
    }
}
