//! Forms under attack: judged by their figures, switched to proof of work and back, their operators told.

use super::{App, Result};
use crate::{
    domain::{
        attack::{ALERT_GAP, Mode, look, next},
        catalog::Tenant,
        id::{ContactId, FormId, MailId},
        time::DAY,
    },
    store::{self, Batch, Tx, attack::Watched, mail::Mail},
};

/// The kind of the mail that tells an operator.
pub const ALERT: &str = "alert";

/// What an alert tells, as its row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alert {
    /// The form is attacked and asks for a proof of work.
    Began(FormId),
    /// It is over, the form is as before.
    Ended(FormId),
}

impl Alert {
    /// The text in the row of the mail.
    pub fn about(self) -> String {
        match self {
            Self::Began(form) => format!("began {form}"),
            Self::Ended(form) => format!("ended {form}"),
        }
    }

    /// What a row says.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ')? {
            ("began", form) => form.parse().ok().map(Self::Began),
            ("ended", form) => form.parse().ok().map(Self::Ended),
            _ => None,
        }
    }
}

/// Writes down how much the forms were used at this instance, and reads which ones are under attack.
///
/// # Errors
/// The database failed; the numbers are kept for the next time.
pub async fn exchange(app: &App) -> Result<()> {
    let counted = app.tally.drain();
    if !counted.is_empty() {
        let written = async {
            let (catalog, now) = (app.catalog(), app.now());
            let mut batch = Batch::default();
            for (id, counts) in &counted {
                let Some(form) = catalog.form(*id) else { continue };
                store::attack::add(&mut batch, form.tenant, *id, *counts, now);
            }
            let mut tx = app.store.begin().await?;
            tx.batch(batch).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            app.tally.restore(counted);
            return Err(error.into());
        }
    }
    read(app).await
}

async fn read(app: &App) -> Result<()> {
    let attacked = if app.config.limits.attack_mode {
        store::attack::attacked(&mut app.store.peek().await?).await?
    } else {
        Vec::new()
    };
    app.tally.set_attacked(attacked.into_iter().collect());
    Ok(())
}

/// Judges every form that was used lately or is under attack; how many changed their mode.
///
/// # Errors
/// The database failed; what was done before it stays done.
pub async fn judge(app: &App) -> Result<usize> {
    if !app.config.limits.attack_mode {
        return Ok(0);
    }
    let now = app.now();
    let watched = store::attack::watched(&mut app.store.peek().await?, now).await?;
    let mut switched = 0;
    for Watched { tenant, form, figures, mode } in watched {
        let after = next(mode, look(&figures), now);
        if after == mode {
            continue;
        }
        let mut tx = app.store.begin().await?;
        // Of several instances one has it changed, and tells.
        let ours = store::attack::set_mode(&mut tx, tenant, form, mode, after).await?;
        let alert = if ours {
            alert(&mut tx, app, tenant_of(app, form).as_deref(), form, mode, after).await?
        } else {
            None
        };
        if let Some(mail) = alert {
            let mut batch = Batch::default();
            store::mail::put(&mut batch, &mail);
            tx.batch(batch).await?;
        }
        app.commit(tx).await?;
        let turned = matches!(mode, Mode::Calm) != matches!(after, Mode::Calm);
        if ours && turned {
            switched += 1;
            tracing::warn!(%form, attacked = after != Mode::Calm, ?figures, "a form changed its mode");
        }
    }
    read(app).await?;
    Ok(switched)
}

fn tenant_of(app: &App, form: FormId) -> Option<std::sync::Arc<Tenant>> {
    let catalog = app.catalog();
    let tenant = catalog.form(form)?.tenant;
    catalog.tenant(tenant).cloned()
}

/// The mail that a change of mode calls for. An end is told of only when the beginning was.
async fn alert(
    tx: &mut Tx,
    app: &App,
    tenant: Option<&Tenant>,
    form: FormId,
    before: Mode,
    after: Mode,
) -> Result<Option<Mail>> {
    let (Some(tenant), now) = (tenant, app.now()) else { return Ok(None) };
    let alert = match (before, after) {
        (Mode::Calm, Mode::Attack { .. }) => {
            let may = store::attack::may_alert(tx, tenant.id, form, now, ALERT_GAP).await?;
            may.then_some(Alert::Began(form))
        }
        (Mode::Attack { since, .. }, Mode::Calm) => {
            let told = store::attack::alerted_since(tx, tenant.id, form, since).await?;
            told.then_some(Alert::Ended(form))
        }
        (Mode::Calm, Mode::Calm) | (Mode::Attack { .. }, Mode::Attack { .. }) => None,
    };
    Ok(alert.map(|it| Mail {
        tenant: tenant.id,
        id: MailId::new(now, &app.random),
        kind: ALERT.to_owned(),
        // It goes to the organisation itself: this names nobody.
        contact: ContactId::new(now, &app.random),
        about: it.about(),
        locale: tenant.locale,
        created_at: now,
        give_up_at: now.plus(DAY),
        attempts: 0,
        lease: 0,
    }))
}
