//! What a person told a system of the tenant's: that they leave, want something besides, take a break, or read another
//! language. Leaving takes effect at once. Wanting only asks the person to confirm: no system says yes for anybody.

use serde_json::Map;

use super::{
    App, Result, mail_receipt,
    preferences::{Break, put_locale, put_pause},
    record,
    sign_up::{self, TickedAtL0},
    told::Told,
    unsubscribe::{deed, merged},
};
use crate::{
    domain::{
        Locale,
        catalog::Tenant,
        consent::{Act, State},
        id::PurposeId,
    },
    store::{self, Batch, Tx, consent::Stored, contact::Contact},
};

/// What is to change; nothing of what is left out.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// What the person leaves.
    pub leave: Vec<PurposeId>,
    /// What the person wants besides.
    pub join: Vec<PurposeId>,
    /// A break begins or ends.
    pub pause: Option<Pause>,
    /// The language they read.
    pub locale: Option<Locale>,
}

/// What becomes of a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// It begins, and lasts so long.
    Begin(Break),
    /// It ends.
    End,
}

impl Wishes {
    /// Whether anything but leaving is wished for.
    fn wants_more(&self) -> bool {
        !self.join.is_empty() || self.pause.is_some() || self.locale.is_some()
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Chosen {
    /// The person as they are now.
    pub contact: Contact,
    /// Their consents as they are now.
    pub consents: Vec<Stored>,
    /// What no mail to confirm may go for now: a guardian must agree, or the address had its mails.
    pub held: Vec<PurposeId>,
}

/// The person is frozen: nothing but leaving is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restricted;

/// Carries wishes out for a person whose row is locked.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn carry_out(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    contact: Contact,
    known: Vec<Stored>,
    wishes: &Wishes,
    told: &Told,
) -> Result<std::result::Result<Chosen, Restricted>> {
    if contact.restricted_at.is_some() && wishes.wants_more() {
        return Ok(Err(Restricted));
    }
    let mut now = Chosen { contact, consents: known, held: Vec::new() };
    leave(app, tx, tenant, &mut now, &wishes.leave, told).await?;
    let mut more = Map::new();
    told.record(app, &mut more);
    if let Some(pause) = wishes.pause {
        let until = match pause {
            Pause::Begin(length) => Some(length.until(now.contact.touched_at)),
            Pause::End => None,
        };
        if until.is_some() || now.contact.paused_until.is_some() {
            let kind = if until.is_some() { "pause.started" } else { "pause.ended" };
            let mut batch = Batch::default();
            put_pause(app, &mut batch, &deed(tenant, &now.contact, kind, "api", None, more.clone()), until);
            tx.batch(batch).await?;
            now.contact.paused_until = until;
        }
    }
    if let Some(locale) = wishes.locale.filter(|it| *it != now.contact.locale) {
        now.contact.locale = locale;
        // One batch changes a row once: not in that of the break.
        let mut batch = Batch::default();
        put_locale(app, &mut batch, &deed(tenant, &now.contact, "preference.changed", "api", None, more));
        tx.batch(batch).await?;
    }
    join(app, tx, tenant, &mut now, &wishes.join, told).await?;
    Ok(Ok(now))
}

async fn leave(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    chosen: &mut Chosen,
    purposes: &[PurposeId],
    told: &Told,
) -> Result<()> {
    let at = chosen.contact.touched_at;
    let changes = record::changes(&chosen.consents, purposes.iter().copied(), Act::Withdraw, at);
    if changes.is_empty() {
        return Ok(());
    }
    let mut more = Map::new();
    told.record(app, &mut more);
    let deed = deed(tenant, &chosen.contact, "consent.withdrawn", "api", None, more);
    let mut batch = Batch::default();
    let recorded = record::put(app, &mut batch, &deed, &changes, at);
    mail_receipt::queue(app, tx, &mut batch, &deed, &changes, &recorded, at).await?;
    store::request::revoke_open(&mut batch, tenant.id, chosen.contact.id, at);
    tx.batch(batch).await?;
    chosen.consents = merged(&chosen.consents, &changes, recorded.evidence);
    Ok(())
}

async fn join(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    chosen: &mut Chosen,
    purposes: &[PurposeId],
    told: &Told,
) -> Result<()> {
    let is_confirmed = |purpose: &PurposeId| {
        chosen.consents.iter().any(|it| it.purpose == *purpose && it.consent.state == State::Confirmed)
    };
    let open: Vec<PurposeId> = purposes.iter().copied().filter(|it| !is_confirmed(it)).collect();
    if open.is_empty() {
        return Ok(());
    }
    let contact = &chosen.contact;
    let shown = sign_up::shown_again(tenant, &open, contact.locale);
    let ticked = TickedAtL0 {
        tenant,
        contact,
        known: &chosen.consents,
        purposes: &open,
        shown: &shown,
        visit: told.visit(),
        told: Some(told),
    };
    let mut batch = Batch::default();
    let may_ask = contact.suppressed_at.is_none()
        && !store::request::needs_guardian(tx, tenant.id, contact.id).await?
        && sign_up::ask_from_preferences(app, tx, &mut batch, &ticked, contact.touched_at).await?;
    if !may_ask {
        chosen.held = open;
        return Ok(());
    }
    tx.batch(batch).await?;
    chosen.consents = store::consent::of_contact(tx, tenant.id, chosen.contact.id).await?;
    Ok(())
}
