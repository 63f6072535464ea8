//! A child signs up and a guardian agrees too (GDPR article 8): nothing is granted before both have said yes, each from
//! their own mailbox, in any order.
//!
//! The guardian's address is kept sealed, with the request alone, and no longer than somebody has still to answer. What
//! stays is a keyed hash of it in the evidence. It is nobody's contact: no consent of the guardian's own is touched.

use serde_json::{Map, Value, json};

use super::{
    App, Result,
    confirm::{How, Opened, Outcome, Said, settle},
    gatekeeper, not_me,
    record::{self, Deed},
    sign_up,
};
use crate::{
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::Tenant,
        consent::Act,
        id::{PurposeId, RequestId},
        request::{Verdict, judge},
    },
    store::{
        self, Batch, Tx,
        contact::Contact,
        mail::Mail,
        request::{Agreed, Minor, Party, Request},
    },
};

/// The kind of the mail that asks a guardian.
pub const KIND: &str = "guardian";
/// How a guardian answers, in the evidence.
const METHOD: &str = "guardian";

/// What somebody said about their age on a form.
#[derive(Clone, Copy, Debug, Default)]
pub enum Age<'a> {
    /// Nothing: it was not asked.
    #[default]
    NotAsked,
    /// That they are this old, or older.
    AtLeast(u8),
    /// That they are younger.
    Younger {
        /// Than this age.
        than: u8,
        /// Who must agree too.
        guardian: &'a EmailAddress,
    },
}

impl Age<'_> {
    /// What the evidence of a signup says of it.
    pub(super) fn tell(&self, app: &App, tenant: &Tenant, more: &mut Map<String, Value>) {
        let said = match self {
            Self::NotAsked => return,
            Self::AtLeast(age) => json!({ "at_least": age }),
            Self::Younger { than, guardian } => {
                json!({ "younger_than": than, "guardian": hash(app, tenant, guardian) })
            }
        };
        more.insert("age".to_owned(), said);
    }
}

fn hash(app: &App, tenant: &Tenant, address: &EmailAddress) -> String {
    app.keys.address_hash(tenant.id, &address.lookup_key())
}

/// The address of whoever must agree; none once it is no longer needed.
pub fn address(app: &App, request: &Request) -> Option<EmailAddress> {
    let sealed = request.minor.as_ref()?.guardian.as_deref()?;
    EmailAddress::parse(&app.keys.open_guardian(request.id, sealed)?).ok()
}

/// Counts a mail to a guardian; whether it may be sent. The answer to the visitor is the same.
pub(super) async fn may_ask(app: &App, tx: &mut Tx, age: &Age<'_>, now: Timestamp) -> Result<bool> {
    match age {
        Age::NotAsked | Age::AtLeast(_) => Ok(false),
        Age::Younger { guardian, .. } => {
            gatekeeper::may_mail_again(app, tx, &app.keys.recipient(guardian), now).await
        }
    }
}

/// Asks the guardian of a request by mail.
pub(super) fn ask(
    app: &App,
    batch: &mut Batch,
    tenant: &Tenant,
    contact: &Contact,
    id: RequestId,
    locale: Locale,
) {
    let now = contact.touched_at;
    let until = now.plus(app.config.retention.unconfirmed.millis());
    let mail = sign_up::mail(app, tenant, contact, KIND, &id.to_string(), until, now);
    store::mail::put(batch, &Mail { locale, ..mail });
}

/// What the child's yes leads to while the guardian has not answered; `None` when nothing is in its way.
pub(super) async fn child_agrees(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    opened: &mut Opened,
    kept: &[PurposeId],
    how: &How<'_>,
    now: Timestamp,
) -> Result<bool> {
    let Some(minor) = opened.request.minor.as_ref().filter(|it| it.guardian_at.is_none()) else {
        return Ok(false);
    };
    // The second click.
    if minor.child_at.is_some() {
        return Ok(true);
    }
    let mut batch = Batch::default();
    let id = opened.request.id;
    first_yes(app, tx, &mut batch, tenant, opened, Step { party: Party::Child, kept, how }, now).await?;
    // The mail to the guardian could not be sent at first: another one had just been.
    let asked = opened.request.created_at.plus(-1);
    if !store::mail::any_since(tx, tenant.id, opened.contact.id, KIND, asked).await?
        && let Some(guardian) = address(app, &opened.request)
        && gatekeeper::may_mail_again(app, tx, &app.keys.recipient(&guardian), now).await?
    {
        ask(app, &mut batch, tenant, &opened.contact, id, opened.request.locale);
    }
    tx.batch(batch).await?;
    Ok(true)
}

/// The yes of one of the two while the other has not answered.
struct Step<'a> {
    party: Party,
    kept: &'a [PurposeId],
    how: &'a How<'a>,
}

/// Records a first yes. It grants nothing; what a child leaves out is refused at once.
async fn first_yes(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    tenant: &Tenant,
    opened: &mut Opened,
    step: Step<'_>,
    now: Timestamp,
) -> Result<()> {
    let Step { party, kept, how } = step;
    let id = opened.request.id;
    let known = store::consent::of_contact(tx, tenant.id, opened.contact.id).await?;
    let left_out = opened.request.purposes.iter().copied().filter(|it| !kept.contains(it));
    let changes = record::changes(&known, left_out, Act::Refuse, now);
    let form = opened.request.form.and_then(|it| app.catalog().form(it).cloned());
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(id.to_string()));
    more.insert("requested_at".to_owned(), json!(opened.request.created_at.rfc3339()));
    more.insert("by".to_owned(), json!(word(party)));
    tell_guardian(app, tenant, &opened.request, &mut more);
    grade(app, party, how, id, now, &mut more);
    let deed = Deed {
        tenant,
        contact: &opened.contact,
        kind: "signup.agreed",
        method: method(party, how),
        locale: opened.request.locale,
        visit: Some(how.visit),
        form: form.as_deref(),
        shown: Some(how.shown),
        more,
    };
    let recorded = record::put(app, batch, &deed, &changes, now);
    let answer = Agreed { party, at: now, evidence: Some(recorded.evidence), purposes: Some(kept) };
    store::request::note_answer(batch, tenant.id, id, answer);
    opened.request.purposes = kept.to_vec();
    if let Some(minor) = &mut opened.request.minor {
        minor.agreed = Some(recorded.evidence);
        match party {
            Party::Child => minor.child_at = Some(now),
            Party::Guardian => minor.guardian_at = Some(now),
        }
    }
    Ok(())
}

const fn word(party: Party) -> &'static str {
    match party {
        Party::Child => "child",
        Party::Guardian => "guardian",
    }
}

const fn method(party: Party, how: &How<'_>) -> &'static str {
    match party {
        Party::Child => how.method.word(),
        Party::Guardian => METHOD,
    }
}

/// Who pressed. What is remembered of openings is of the child's own mail.
fn grade(
    app: &App,
    party: Party,
    how: &How<'_>,
    id: RequestId,
    now: Timestamp,
    more: &mut Map<String, Value>,
) {
    match party {
        Party::Child => how.tell(app, id, now, more),
        Party::Guardian => how.tell_press(now, more),
    }
}

/// Adds to a record whose guardian must agree: the age that was asked about, and the keyed hash of the address.
pub(super) fn tell_guardian(app: &App, tenant: &Tenant, request: &Request, more: &mut Map<String, Value>) {
    let Some(minor) = &request.minor else { return };
    let hash = address(app, request).map(|it| hash(app, tenant, &it));
    more.insert("guardian".to_owned(), json!({ "younger_than": minor.than, "address_hash": hash }));
}

/// Adds to the record of the second yes, which grants, who said the first, when, and in which evidence.
pub(super) fn tell_both(request: &Request, last: Party, now: Timestamp, more: &mut Map<String, Value>) {
    let Some(Minor { child_at, guardian_at, agreed, .. }) = &request.minor else { return };
    let (first, at) = match last {
        Party::Child => (Party::Guardian, guardian_at),
        Party::Guardian => (Party::Child, child_at),
    };
    let steps = json!([
        {
            "by": word(first), "at": at.map(Timestamp::rfc3339),
            "evidence": agreed.map(|it| it.to_string()),
        },
        { "by": word(last), "at": now.rfc3339() },
    ]);
    more.insert("agreed".to_owned(), steps);
}

/// What a guardian answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Agree,
    /// No: delete the request.
    Refuse,
    /// *It was not me*: delete the request, and let no form make us write to this address.
    Block,
}

/// Carries a guardian's answer out, once: the second press finds it done.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn decide(
    app: &App,
    tenant: &Tenant,
    id: RequestId,
    answer: Answer,
    how: &How<'_>,
) -> Result<Outcome> {
    let mut tx = app.store.begin().await?;
    let outcome = decide_in(app, &mut tx, tenant, id, answer, how).await?;
    match &outcome {
        Outcome::Done(opened) => {
            app.commit(tx).await?;
            if opened.verdict != Verdict::Live {
                app.openings.forget(id);
            }
        }
        Outcome::NothingTicked(_) | Outcome::Gone => drop(tx),
    }
    Ok(outcome)
}

async fn decide_in(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: RequestId,
    answer: Answer,
    how: &How<'_>,
) -> Result<Outcome> {
    let Some(contact) = store::contact::lock_by_request(tx, tenant.id, id, app.now()).await? else {
        return Ok(Outcome::Gone);
    };
    let now = contact.touched_at;
    let Some(request) = store::request::find(tx, tenant.id, id).await? else { return Ok(Outcome::Gone) };
    // Erased while this waited for the lock: the request leads nowhere any more.
    if request.contact != Some(contact.id) {
        return Ok(Outcome::Gone);
    }
    let Some(minor) = request.minor.clone() else { return Ok(Outcome::Gone) };
    let verdict = judge(&request.facts, now);
    let mut opened = Opened { request, verdict, contact };
    if answer == Answer::Block {
        return block(app, tx, tenant, opened, how, now).await;
    }
    let standing = opened.contact.standing();
    let is_live = verdict == Verdict::Live && !standing.restricted && !standing.suppressed;
    let asked = opened.request.purposes.clone();
    match (answer, minor.guardian_at, minor.child_at) {
        _ if !is_live => {}
        (Answer::Agree, None, Some(_)) => {
            let mut said = said(app, tenant, &opened.request, how, now);
            tell_both(&opened.request, Party::Guardian, now, &mut said.more);
            return settle(app, tx, tenant, opened, &asked, said, now).await;
        }
        (Answer::Agree, None, None) => {
            let mut batch = Batch::default();
            let step = Step { party: Party::Guardian, kept: &asked, how };
            first_yes(app, tx, &mut batch, tenant, &mut opened, step, now).await?;
            tx.batch(batch).await?;
        }
        (Answer::Agree, Some(_), _) => {}
        (Answer::Refuse | Answer::Block, ..) => {
            let said = said(app, tenant, &opened.request, how, now);
            note_no(tx, tenant, id, now).await?;
            return settle(app, tx, tenant, opened, &[], said, now).await;
        }
    }
    Ok(Outcome::Done(Box::new(opened)))
}

/// Notes that the guardian answered. Apart from what ends the request: one batch changes a row once.
async fn note_no(tx: &mut Tx, tenant: &Tenant, id: RequestId, now: Timestamp) -> Result<()> {
    let answer = Agreed { party: Party::Guardian, at: now, evidence: None, purposes: None };
    let mut batch = Batch::default();
    store::request::note_answer(&mut batch, tenant.id, id, answer);
    Ok(tx.batch(batch).await?)
}

/// What the record of the guardian's answer says besides.
fn said<'a>(app: &App, tenant: &Tenant, request: &Request, how: &'a How<'_>, now: Timestamp) -> Said<'a> {
    let mut more = Map::new();
    how.tell_press(now, &mut more);
    tell_guardian(app, tenant, request, &mut more);
    Said { method: METHOD, shown: how.shown, visit: how.visit, more }
}

/// Blocks the guardian's address and ends the request, however late it is: the address is let alone.
async fn block(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    mut opened: Opened,
    how: &How<'_>,
    now: Timestamp,
) -> Result<Outcome> {
    let id = opened.request.id;
    let Some(guardian) = address(app, &opened.request) else {
        return Ok(Outcome::Done(Box::new(opened)));
    };
    note_no(tx, tenant, id, now).await?;
    let mut batch = Batch::default();
    let until = now.plus(not_me::BLOCK);
    let hash = hash(app, tenant, &guardian);
    store::suppression::put(&mut batch, tenant.id, &hash, "reported", now, Some(until));
    let known = store::consent::of_contact(tx, tenant.id, opened.contact.id).await?;
    // A newer request of the child's may ask somebody else: it goes on waiting.
    let newest = opened.request.facts.generation >= opened.request.facts.newest;
    let asked = opened.request.purposes.iter().copied().filter(|_| newest);
    let changes = record::changes(&known, asked, Act::Refuse, now);
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(id.to_string()));
    tell_guardian(app, tenant, &opened.request, &mut more);
    let deed = Deed {
        tenant,
        contact: &opened.contact,
        kind: "signup.reported",
        method: METHOD,
        locale: opened.request.locale,
        visit: Some(how.visit),
        form: None,
        shown: Some(how.shown),
        more,
    };
    record::put(app, &mut batch, &deed, &changes, now);
    store::request::end_deleted(&mut batch, tenant.id, id, now);
    let data = json!({ "contact": opened.contact.id.to_string(), "request": id.to_string() });
    store::event::put(&mut batch, &[record::event(app, &deed, "signup.reported", &data, now)]);
    tx.batch(batch).await?;
    opened.verdict = Verdict::Deleted(now);
    Ok(Outcome::Done(Box::new(opened)))
}

/// Whether a guardian may be written to now: neither did they say that it was not them, nor did mails come back. Asked
/// when the mail is sent, so that no answer to a visitor takes longer for it.
///
/// # Errors
/// The database failed.
pub async fn may_write(app: &App, tx: &mut Tx, tenant: &Tenant, guardian: &EmailAddress) -> Result<bool> {
    let hash = hash(app, tenant, guardian);
    if store::suppression::reason(tx, tenant.id, &hash, app.now()).await?.is_some() {
        return Ok(false);
    }
    let known = store::contact::by_address(tx, tenant.id, &guardian.lookup_key()).await?;
    Ok(known.is_none_or(|it| it.suppressed_at.is_none() && it.restricted_at.is_none()))
}
