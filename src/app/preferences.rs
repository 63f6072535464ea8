//! The preference page's acts: save choices, take a break, change the language.
//!
//! Leaving takes effect at once at any level. A box ticked at level L0 only asks for a confirmation by mail:
//! a forwarded newsletter must never create consent. At L1 the person has just proven that the inbox is
//! theirs, so the tick confirms.

use serde_json::{Map, json};

use super::{
    App, Result, Visit, entered,
    links::{Holder, Level},
    mail_receipt,
    record::{self, Deed},
    sign_up::{self, TickedAtL0},
    unsubscribe::{deed, merged},
};
use crate::{
    domain::{
        Locale, Timestamp,
        catalog::Tenant,
        consent::{Act, State},
        field::Answers,
        id::{EvidenceId, PurposeId},
        time::DAY,
    },
    store::{self, Batch, Tx, consent::Stored, contact::Contact, evidence::Evidence},
};

/// A person's page. Reading it changes nothing.
pub struct Overview {
    /// The person.
    pub contact: Contact,
    /// Their consents.
    pub consents: Vec<Stored>,
    /// What happened, newest first; only at level L1.
    pub history: Vec<Evidence>,
    /// What they entered in declared fields; only at level L1.
    pub entered: Answers,
    /// What waits for a confirmation waits for a guardian's, too.
    pub needs_guardian: bool,
}

/// Lines of history on the page.
const HISTORY: i64 = 50;

/// Reads a person's page; `None` when they are gone or erased.
///
/// # Errors
/// The database failed.
pub async fn overview(app: &App, holder: &Holder) -> Result<Option<Overview>> {
    let mut tx = match holder.level {
        Level::L0 => app.store.peek().await?,
        Level::L1 => app.store.read().await?,
    };
    let found = store::consent::overview(&mut tx, holder.tenant, holder.contact).await?;
    let Some((contact, consents)) = found.filter(|(it, _)| it.erased_at.is_none()) else { return Ok(None) };
    let (history, entered) = match holder.level {
        Level::L0 => (Vec::new(), Answers::default()),
        Level::L1 => (
            store::evidence::of_contact(&mut tx, holder.tenant, contact.id, HISTORY).await?,
            entered::known(app, &mut tx, holder.tenant, contact.id).await?,
        ),
    };
    let waits = consents.iter().any(|it| it.consent.pending_since.is_some());
    let needs_guardian = waits && store::request::needs_guardian(&mut tx, holder.tenant, contact.id).await?;
    tx.commit().await?;
    Ok(Some(Overview { contact, consents, history, entered, needs_guardian }))
}

/// The choices of a saved page.
pub struct Choices<'a> {
    /// Ticked when the page was shown: what the person could see that they receive.
    pub seen: &'a [PurposeId],
    /// Ticked now.
    pub ticked: &'a [PurposeId],
    /// The consent text as it was shown.
    pub shown: &'a str,
}

/// What saving led to.
pub struct Saved {
    /// The person.
    pub contact: Contact,
    /// Left just now.
    pub left: Vec<PurposeId>,
    /// Joined just now, at L1.
    pub joined: Vec<PurposeId>,
    /// Waiting for the confirmation that was mailed, at L0.
    pub asked: Vec<PurposeId>,
    /// Ticked at L0, but no mail may be sent to this address now.
    pub held: Vec<PurposeId>,
    /// Ticked by a child: only the form asks a guardian.
    pub guarded: Vec<PurposeId>,
    /// The number of the receipt, if anything changed.
    pub receipt: Option<String>,
    /// The evidence of it, if anything changed: what can be taken back.
    pub evidence: Option<EvidenceId>,
    /// All consents as they are now.
    pub consents: Vec<Stored>,
}

/// Saves choices; `None` when the person is gone, erased or frozen.
///
/// Only what the person changed on the page counts: a consent given elsewhere since it was shown stays.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn save(
    app: &App,
    tenant: &Tenant,
    holder: &Holder,
    choices: &Choices<'_>,
    visit: &Visit,
) -> Result<Option<Saved>> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(contact) = editable(&mut tx, holder, now).await? else { return Ok(None) };
    let now = contact.touched_at;
    let known = store::consent::of_contact(&mut tx, tenant.id, contact.id).await?;
    let leaving = choices.seen.iter().copied().filter(|it| !choices.ticked.contains(it));
    let mut joining: Vec<PurposeId> = choices
        .ticked
        .iter()
        .copied()
        .filter(|it| !choices.seen.contains(it))
        .filter(|it| {
            known.iter().all(|stored| stored.purpose != *it || stored.consent.state != State::Confirmed)
        })
        .collect();
    let mut guarded = Vec::new();
    if !joining.is_empty() && store::request::needs_guardian(&mut tx, tenant.id, contact.id).await? {
        guarded = std::mem::take(&mut joining);
    }
    let mut changes = record::changes(&known, leaving, Act::Withdraw, now);
    let left: Vec<PurposeId> = changes.iter().map(|it| it.purpose).collect();
    let mut joined = Vec::new();
    if holder.level == Level::L1 {
        changes.extend(record::changes(&known, joining.iter().copied(), Act::Confirm, now));
        joined.clone_from(&joining);
    }
    let mut batch = Batch::default();
    let mut saved = Saved {
        contact,
        left,
        joined,
        asked: Vec::new(),
        held: Vec::new(),
        guarded,
        receipt: None,
        evidence: None,
        consents: known.clone(),
    };
    if !changes.is_empty() {
        let kind = if saved.joined.is_empty() { "consent.withdrawn" } else { "consent.confirmed" };
        let mut deed = deed(tenant, &saved.contact, kind, "preferences", Some(visit), level_of(holder));
        deed.shown = Some(choices.shown);
        let recorded = record::put(app, &mut batch, &deed, &changes, now);
        mail_receipt::queue(app, &mut tx, &mut batch, &deed, &changes, &recorded, now).await?;
        saved.receipt = Some(recorded.receipt.to_string());
        saved.evidence = Some(recorded.evidence);
        saved.consents = merged(&known, &changes, recorded.evidence);
        if !saved.left.is_empty() {
            store::request::revoke_open(&mut batch, tenant.id, saved.contact.id, now);
        }
        tx.batch(std::mem::take(&mut batch)).await?;
    }
    if holder.level == Level::L0 && !joining.is_empty() {
        let ticked = TickedAtL0 {
            tenant,
            contact: &saved.contact,
            known: &saved.consents,
            purposes: &joining,
            shown: choices.shown,
            visit,
            told: None,
        };
        if sign_up::ask_from_preferences(app, &mut tx, &mut batch, &ticked, now).await? {
            saved.asked = joining;
        } else {
            saved.held = joining;
        }
        tx.batch(batch).await?;
        saved.consents = store::consent::of_contact(&mut tx, tenant.id, saved.contact.id).await?;
    }
    app.commit(tx).await?;
    Ok(Some(saved))
}

fn level_of(holder: &Holder) -> Map<String, serde_json::Value> {
    let level = match holder.level {
        Level::L0 => 0,
        Level::L1 => 1,
    };
    let mut more = Map::new();
    more.insert("level".to_owned(), json!(level));
    more
}

/// The person, their row locked, unless they are gone, erased or frozen.
async fn editable(tx: &mut Tx, holder: &Holder, now: Timestamp) -> Result<Option<Contact>> {
    let contact = store::contact::lock(tx, holder.tenant, holder.contact, now).await?;
    Ok(contact.filter(|it| it.erased_at.is_none() && it.restricted_at.is_none()))
}

/// How long a break may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// Two weeks.
    TwoWeeks,
    /// One month of 30 days.
    OneMonth,
    /// Three months of 30 days.
    ThreeMonths,
}

impl Break {
    /// The breaks on offer.
    pub const ALL: [Self; 3] = [Self::TwoWeeks, Self::OneMonth, Self::ThreeMonths];

    /// The word in the form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TwoWeeks => "2w",
            Self::OneMonth => "1m",
            Self::ThreeMonths => "3m",
        }
    }

    /// The break of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }

    /// When a break ends that begins at `now`.
    pub fn until(self, now: Timestamp) -> Timestamp {
        now.plus(self.millis())
    }

    const fn millis(self) -> i64 {
        match self {
            Self::TwoWeeks => 14 * DAY,
            Self::OneMonth => 30 * DAY,
            Self::ThreeMonths => 90 * DAY,
        }
    }
}

/// Starts a break, or ends it with `None`. Returns the person as they are now; `None` when they are gone.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn pause(
    app: &App,
    tenant: &Tenant,
    holder: &Holder,
    pause: Option<Break>,
    visit: &Visit,
) -> Result<Option<Contact>> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(mut contact) = editable(&mut tx, holder, now).await? else { return Ok(None) };
    let now = contact.touched_at;
    let until = pause.map(|it| it.until(now));
    if until.is_none() && contact.paused_until.is_none() {
        tx.commit().await?;
        return Ok(Some(contact));
    }
    let kind = if until.is_some() { "pause.started" } else { "pause.ended" };
    let deed = deed(tenant, &contact, kind, "preferences", Some(visit), level_of(holder));
    let mut batch = Batch::default();
    put_pause(app, &mut batch, &deed, until);
    tx.batch(batch).await?;
    app.commit(tx).await?;
    contact.paused_until = until;
    Ok(Some(contact))
}

/// Writes until when a person takes a break, with the evidence and the event of the deed.
pub(super) fn put_pause(app: &App, batch: &mut Batch, deed: &Deed<'_>, until: Option<Timestamp>) {
    let Deed { tenant, contact, kind, .. } = deed;
    let now = contact.touched_at;
    record::put(app, batch, deed, &[], now);
    let data = json!({
        "contact": contact.id.to_string(),
        "until": until.map(Timestamp::rfc3339),
    });
    store::event::put(batch, &[record::event(app, deed, kind, &data, now)]);
    store::contact::set_pause(batch, tenant.id, contact.id, until);
}

/// Changes the language a person reads. Returns the person as they are now; `None` when they are gone.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn speak(
    app: &App,
    tenant: &Tenant,
    holder: &Holder,
    locale: Locale,
    visit: &Visit,
) -> Result<Option<Contact>> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(mut contact) = editable(&mut tx, holder, now).await? else { return Ok(None) };
    if contact.locale == locale {
        tx.commit().await?;
        return Ok(Some(contact));
    }
    contact.locale = locale;
    let deed = deed(tenant, &contact, "preference.changed", "preferences", Some(visit), level_of(holder));
    let mut batch = Batch::default();
    put_locale(app, &mut batch, &deed);
    tx.batch(batch).await?;
    app.commit(tx).await?;
    Ok(Some(contact))
}

/// Writes the language the person of a deed reads now, with its evidence and event.
pub(super) fn put_locale(app: &App, batch: &mut Batch, deed: &Deed<'_>) {
    let Deed { tenant, contact, kind, .. } = deed;
    let (now, locale) = (contact.touched_at, contact.locale);
    record::put(app, batch, deed, &[], now);
    let data = json!({ "contact": contact.id.to_string(), "locale": locale.tag() });
    store::event::put(batch, &[record::event(app, deed, kind, &data, now)]);
    store::contact::set_locale(batch, tenant.id, contact.id, locale);
}
