//! The second yes: a request is confirmed or deleted, by its link or by its code.

use serde_json::{Map, Value, json};

use super::{
    App, Result, Visit, entered, gatekeeper, guardian, mail_receipt,
    record::{self, Deed},
};
use crate::{
    crypto::mac,
    domain::{
        Timestamp,
        catalog::Tenant,
        consent::Act,
        grade::{self, Method, Press, Reason},
        id::{PurposeId, RequestId},
        link::{Kind, Link},
        request::{MAX_TRIES, Verdict, judge},
    },
    store::{
        self, Batch, Tx,
        contact::Contact,
        request::{Party, Request},
    },
};

/// A request as its page shows it. Reading it changes nothing.
pub struct Opened {
    /// The request.
    pub request: Request,
    /// What its link may do now.
    pub verdict: Verdict,
    /// Who asked.
    pub contact: Contact,
}

impl Opened {
    /// Since when the child has agreed and only the guardian is waited for.
    pub fn waits_since(&self) -> Option<Timestamp> {
        let minor = self.request.minor.as_ref().filter(|it| it.guardian_at.is_none())?;
        minor.child_at.filter(|_| self.verdict == Verdict::Live)
    }
}

/// Reads the request of a link; `None` when it is gone or led nowhere.
///
/// # Errors
/// The database failed.
pub async fn open(app: &App, tenant: &Tenant, id: RequestId) -> Result<Option<Opened>> {
    let mut tx = app.store.read().await?;
    let Some(request) = store::request::find(&mut tx, tenant.id, id).await? else { return Ok(None) };
    let Some(contact) = request.contact else { return Ok(None) };
    let Some(contact) = store::contact::find(&mut tx, tenant.id, contact).await? else { return Ok(None) };
    tx.commit().await?;
    let verdict = judge(&request.facts, app.now());
    Ok(Some(Opened { request, verdict, contact }))
}

/// What the person decided.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Yes to these of the purposes asked for; the others are refused.
    Confirm(&'a [PurposeId]),
    /// No: delete my request.
    Delete,
}

/// How a confirmation came about, for the evidence.
pub struct How<'a> {
    /// By link or by code.
    pub method: Method,
    /// The text on the page where the button was.
    pub shown: &'a str,
    /// Who came.
    pub visit: &'a Visit,
    /// When the page was opened whose button was pressed, as it says itself.
    pub opened_at: Option<Timestamp>,
}

impl How<'_> {
    /// What the record says of who pressed.
    pub(super) fn tell(
        &self,
        app: &App,
        request: RequestId,
        now: Timestamp,
        record: &mut Map<String, Value>,
    ) {
        self.tell_press(now, record);
        if let Some(openings) = app.openings.record(request) {
            record.insert("openings".to_owned(), openings);
        }
    }

    /// The same without what is remembered of pages opened before.
    pub(super) fn tell_press(&self, now: Timestamp, record: &mut Map<String, Value>) {
        let (grade, reasons) = grade::judge(&Press {
            method: self.method,
            after: self.opened_at.map(|it| now.since(it)),
            user_agent: &self.visit.user_agent,
            fetch: &self.visit.fetch,
        });
        let reasons: Vec<&str> = reasons.into_iter().map(Reason::word).collect();
        record.insert("grade".to_owned(), json!(grade.word()));
        record.insert("grade_reasons".to_owned(), json!(reasons));
        if let Some(opened_at) = self.opened_at {
            record.insert("opened_at".to_owned(), json!(opened_at.rfc3339()));
        }
    }
}

/// When the page with this hidden field was opened; `None` when it is no field of ours for this request, or says a
/// time that has not come.
pub fn opened_at(app: &App, request: RequestId, field: &str) -> Option<Timestamp> {
    match Link::open(&app.link_keys(), Kind::Opened, field) {
        Some(Link::Opened(of, at)) if of == request && at <= app.now() => Some(at),
        Some(_) | None => None,
    }
}

/// What became of a request.
pub enum Outcome {
    /// Confirmed just now or before, or whatever else its verdict is; with the request as it is now.
    Done(Box<Opened>),
    /// Nothing was ticked: nothing was changed.
    NothingTicked(Box<Opened>),
    /// The request is gone or led nowhere.
    Gone,
}

/// Carries a decision out, once: the second click finds it done.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn decide(
    app: &App,
    tenant: &Tenant,
    id: RequestId,
    decision: Decision<'_>,
    how: &How<'_>,
) -> Result<Outcome> {
    let mut tx = app.store.begin().await?;
    let outcome = decide_in(app, &mut tx, tenant, id, decision, how, app.now()).await?;
    match outcome {
        Outcome::Done(_) => {
            app.commit(tx).await?;
            app.openings.forget(id);
        }
        // Not even that somebody was here is kept.
        Outcome::NothingTicked(_) | Outcome::Gone => drop(tx),
    }
    Ok(outcome)
}

async fn decide_in(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: RequestId,
    decision: Decision<'_>,
    how: &How<'_>,
    now: Timestamp,
) -> Result<Outcome> {
    let Some(contact) = store::contact::lock_by_request(tx, tenant.id, id, now).await? else {
        return Ok(Outcome::Gone);
    };
    let now = now.max(contact.touched_at);
    let Some(request) = store::request::find(tx, tenant.id, id).await? else { return Ok(Outcome::Gone) };
    // Erased while this waited for the lock: the request leads nowhere any more.
    if request.contact != Some(contact.id) {
        return Ok(Outcome::Gone);
    }
    let verdict = judge(&request.facts, now);
    let mut opened = Opened { request, verdict, contact };
    if verdict != Verdict::Live
        || opened.contact.standing().restricted
        || opened.contact.standing().suppressed
    {
        return Ok(Outcome::Done(Box::new(opened)));
    }
    let asked = opened.request.purposes.clone();
    let kept: Vec<PurposeId> = match decision {
        Decision::Delete => Vec::new(),
        Decision::Confirm(kept) => asked.iter().copied().filter(|it| kept.contains(it)).collect(),
    };
    if kept.is_empty() && matches!(decision, Decision::Confirm(_)) {
        return Ok(Outcome::NothingTicked(Box::new(opened)));
    }
    if !kept.is_empty() && guardian::child_agrees(app, tx, tenant, &mut opened, &kept, how, now).await? {
        return Ok(Outcome::Done(Box::new(opened)));
    }
    let mut more = Map::new();
    how.tell(app, id, now, &mut more);
    guardian::tell_guardian(app, tenant, &opened.request, &mut more);
    if !kept.is_empty() {
        guardian::tell_both(&opened.request, Party::Child, now, &mut more);
    }
    let said = Said { method: how.method.word(), shown: how.shown, visit: how.visit, more };
    settle(app, tx, tenant, opened, &kept, said, now).await
}

/// How the last word about a request was said.
pub(super) struct Said<'a> {
    pub(super) method: &'static str,
    pub(super) shown: &'a str,
    pub(super) visit: &'a Visit,
    /// What else belongs in the record.
    pub(super) more: Map<String, Value>,
}

/// Ends a live request: what is `kept` is granted, the rest refused; the request is deleted when nothing is.
pub(super) async fn settle(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    mut opened: Opened,
    kept: &[PurposeId],
    said: Said<'_>,
    now: Timestamp,
) -> Result<Outcome> {
    let Said { method, shown, visit, mut more } = said;
    let id = opened.request.id;
    let asked = opened.request.purposes.clone();
    let known = store::consent::of_contact(tx, tenant.id, opened.contact.id).await?;
    let refused = asked.iter().copied().filter(|it| !kept.contains(it));
    let mut changes = record::changes(&known, kept.iter().copied(), Act::Confirm, now);
    changes.extend(record::changes(&known, refused, Act::Refuse, now));
    let form = opened.request.form.and_then(|it| app.catalog().form(it).cloned());
    more.insert("request".to_owned(), json!(id.to_string()));
    more.insert("requested_at".to_owned(), json!(opened.request.created_at.rfc3339()));
    let deed = Deed {
        tenant,
        contact: &opened.contact,
        kind: if kept.is_empty() { "consent.refused" } else { "consent.confirmed" },
        method,
        locale: opened.request.locale,
        visit: Some(visit),
        form: form.as_deref(),
        shown: Some(shown),
        more,
    };
    let mut batch = Batch::default();
    let recorded = record::put(app, &mut batch, &deed, &changes, now);
    mail_receipt::queue(app, tx, &mut batch, &deed, &changes, &recorded, now).await?;
    if kept.is_empty() {
        store::request::end_deleted(&mut batch, tenant.id, id, now);
        let data = json!({ "contact": opened.contact.id.to_string(), "request": id.to_string() });
        store::event::put(&mut batch, &[record::event(app, &deed, "signup.cancelled", &data, now)]);
        opened.verdict = Verdict::Deleted(now);
    } else {
        entered::confirm(app, tx, &mut batch, tenant.id, opened.contact.id, id).await?;
        store::request::end_confirmed(&mut batch, tenant.id, id, now, recorded.receipt);
        opened.request.receipt = Some(recorded.receipt.to_string());
        opened.request.purposes = kept.to_vec();
        opened.verdict = Verdict::Confirmed(now);
    }
    tx.batch(batch).await?;
    if let (Some(form), Verdict::Confirmed(_)) = (opened.request.form, opened.verdict) {
        app.tally.confirmed(form);
    }
    Ok(Outcome::Done(Box::new(opened)))
}

/// What became of a typed code.
pub enum ByCode {
    /// It was right; see there.
    Right(Outcome),
    /// It was wrong; this many tries are left.
    Wrong(i64),
    /// Too many wrong codes: only the link in the mail works now.
    Spent,
    /// Too many codes from one network: come back after so many milliseconds.
    TooFast(i64),
}

/// Confirms everything a request asked for, by the 6-digit code of its mail.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn by_code(app: &App, tenant: &Tenant, id: RequestId, code: &str, how: &How<'_>) -> Result<ByCode> {
    let now = app.now();
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    if let Some(wait) = gatekeeper::may_type_code(app, how.visit, now).await? {
        return Ok(ByCode::TooFast(wait));
    }
    let mut tx = app.store.begin().await?;
    let id = store::request::meant(&mut tx, tenant.id, id).await?;
    // The person's row first, as every act does: two that lock in another order wait for each other for ever.
    store::contact::lock_by_request(&mut tx, tenant.id, id, now).await?;
    // Counted before it is compared, so that guesses in parallel are counted too. A submission that led
    // nowhere counts and answers the same.
    let tries = store::request::count_try(&mut tx, tenant.id, id).await?.unwrap_or(1);
    if tries > MAX_TRIES {
        tx.commit().await?;
        return Ok(ByCode::Spent);
    }
    if !mac::equal(digits.as_bytes(), app.keys.request_code(id).as_bytes()) {
        tx.commit().await?;
        let left = MAX_TRIES - tries;
        return Ok(if left == 0 { ByCode::Spent } else { ByCode::Wrong(left) });
    }
    let Some(request) = store::request::find(&mut tx, tenant.id, id).await? else {
        tx.commit().await?;
        return Ok(ByCode::Right(Outcome::Gone));
    };
    let outcome = decide_in(app, &mut tx, tenant, id, Decision::Confirm(&request.purposes), how, now).await?;
    app.commit(tx).await?;
    app.openings.forget(id);
    Ok(ByCode::Right(outcome))
}
