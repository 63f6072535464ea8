//! Signups that a tenant's own system asks for, with its key: the same request, the same mail and the same budgets as
//! from a form. Nothing here confirms anything.
//!
//! The tenant is told what became of it, as it may ask for the person anyway. Why no mail may go to an address is not
//! told: other tenants' mails count too.

use serde_json::{Map, json};

use super::{
    App, Result,
    gatekeeper::{admit_told, may_mail_again},
    guardian::{self, Age},
    record,
    sign_up::{self, AskAgain, Submission, ask_again, ask_to_confirm, asked_for, meet, write_request},
    told::Told,
    unsubscribe::deed,
};
use crate::{
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::{Form, Tenant},
        consent::{Act, SignUp, State},
        field::Answers,
        id::{ContactId, PurposeId, RequestId},
        request::{Verdict, judge},
        sandbox::{self, Part},
        time::HOUR,
    },
    store::{
        self, Batch, Tx,
        contact::Contact,
        request::{Nowhere, Request},
    },
};

/// A signup as a system asks for it, checked against the tenant's purposes and the form's fields.
pub struct Asked<'a> {
    /// The form it was asked on, if one.
    pub form: Option<&'a Form>,
    /// The address.
    pub email: &'a EmailAddress,
    /// What is asked for, at least one.
    pub purposes: &'a [PurposeId],
    /// The language.
    pub locale: Locale,
    /// What was said about age.
    pub age: Age<'a>,
    /// The consent text as the system showed it; ours is kept when it does not say.
    pub shown: Option<&'a str>,
    /// The tenant's own name for the person.
    pub external_id: Option<&'a str>,
    /// What was entered in declared fields.
    pub entered: &'a Answers,
    /// Who says so.
    pub told: &'a Told,
}

/// What a signup came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signup {
    /// The request.
    pub id: RequestId,
    /// The person; none when no mail may go to the address and nothing is known of it.
    pub contact: Option<ContactId>,
    /// Where it stands.
    pub standing: Standing,
    /// What waits for the confirmation.
    pub purposes: Vec<PurposeId>,
    /// What was asked for and is confirmed since before: left alone.
    pub confirmed_before: Vec<PurposeId>,
}

/// Where a signup stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The mail is on its way, or was sent; the person has still to confirm.
    Pending,
    /// The person said yes.
    Confirmed,
    /// The person said no, or the tenant took it back.
    Cancelled,
    /// The person has left something since.
    Revoked,
    /// A newer one took its place.
    Replaced,
    /// Not confirmed in time.
    Expired,
    /// No mail may go to the address now.
    Held,
    /// Everything asked for was confirmed before.
    AlreadyConfirmed,
}

impl Standing {
    /// Every word of [`Standing::word`].
    pub const WORDS: [&'static str; 8] = [
        Self::Pending.word(),
        Self::Confirmed.word(),
        Self::Cancelled.word(),
        Self::Revoked.word(),
        Self::Replaced.word(),
        Self::Expired.word(),
        Self::Held.word(),
        Self::AlreadyConfirmed.word(),
    ];

    /// The word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
            Self::Expired => "expired",
            Self::Held => "held",
            Self::AlreadyConfirmed => "already_confirmed",
        }
    }

    /// Where a stored request stands; `None` for one that is nobody's to see: a submission of a form that led nowhere.
    pub fn of(request: &Request, now: Timestamp) -> Option<Self> {
        match (request.nowhere, request.contact) {
            (Some(Nowhere::Held), _) => Some(Self::Held),
            (Some(Nowhere::Confirmed), _) => Some(Self::AlreadyConfirmed),
            (None, None) => None,
            (None, Some(_)) => Some(match judge(&request.facts, now) {
                Verdict::Live => Self::Pending,
                Verdict::Confirmed(_) => Self::Confirmed,
                Verdict::Deleted(_) => Self::Cancelled,
                Verdict::Revoked(_) => Self::Revoked,
                Verdict::Replaced => Self::Replaced,
                Verdict::Expired(_) => Self::Expired,
            }),
        }
    }
}

/// Why a signup was not taken. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindered {
    /// Too many: come back after so many milliseconds.
    TooFast(i64),
    /// A guardian must agree for this person, and nothing was said about age.
    NeedsGuardian,
    /// Another person has this external id, or this person another one.
    Taken,
    /// There is no such signup.
    Unknown,
    /// It waits for nothing any more.
    Over(Standing),
    /// No mail may go to the address now.
    NoMail,
}

/// Asks a person to confirm what a system says they asked for. What leads to no mail spends none of the mailbox's.
///
/// # Errors
/// The database failed: nothing was written, nothing will be sent.
pub async fn ask(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    asked: &Asked<'_>,
) -> Result<std::result::Result<Signup, Hindered>> {
    let now = app.now();
    let part = if tenant.test { sandbox::part(asked.email) } else { None };
    if part == Some(Part::Slow) {
        return Ok(Err(Hindered::TooFast(HOUR)));
    }
    let form = asked.form.map(|it| it.id);
    if let Some(wait) = admit_told(app, tx, asked.told, form, asked.email, now).await? {
        return Ok(Err(Hindered::TooFast(wait)));
    }
    let own_text = sign_up::shown_again(tenant, asked.purposes, asked.locale);
    let submission = submission(tenant, asked, &own_text);
    let id = RequestId::new(now, &app.random);
    let met = match part {
        Some(Part::Bot) => None,
        Some(_) | None => meet(app, tx, tenant, asked.email, asked.locale, now).await?,
    };
    let Some((contact, known)) = met else {
        let person = store::contact::by_address(tx, tenant.id, &asked.email.lookup_key()).await?;
        if !is_free(tx, tenant, person.as_ref(), asked.external_id).await? {
            return Ok(Err(Hindered::Taken));
        }
        return held(app, tx, &submission, id, None).await.map(Ok);
    };
    if form.is_none() && store::request::needs_guardian(tx, tenant.id, contact.id).await? {
        return Ok(Err(Hindered::NeedsGuardian));
    }
    let decided = asked_for(&submission, &contact, &known);
    let is_asked = matches!(decided, Some(SignUp::Ask(_)));
    if is_asked && !may_mail_again(app, tx, &app.keys.recipient(asked.email), now).await? {
        if !is_free(tx, tenant, Some(&contact), asked.external_id).await? {
            return Ok(Err(Hindered::Taken));
        }
        // Met just now: nobody is made who is not asked.
        if contact.created_at == contact.touched_at {
            store::erasure::forget(tx, tenant.id, contact.id).await?;
        }
        return held(app, tx, &submission, id, None).await.map(Ok);
    }
    if !name(tx, tenant, &contact, asked.external_id).await? {
        return Ok(Err(Hindered::Taken));
    }
    let is_confirmed = |purpose: &PurposeId| {
        known.iter().any(|it| it.purpose == *purpose && it.consent.state == State::Confirmed)
    };
    let confirmed_before = asked.purposes.iter().copied().filter(is_confirmed).collect();
    let (standing, purposes) = match decided {
        Some(SignUp::Ask(open)) => {
            let mut batch = Batch::default();
            ask_to_confirm(app, &mut batch, &submission, &contact, &known, &open, id);
            if guardian::may_ask(app, tx, &asked.age, now).await? {
                guardian::ask(app, &mut batch, tenant, &contact, id, asked.locale);
            }
            tx.batch(batch).await?;
            (Standing::Pending, open)
        }
        Some(SignUp::AlreadyThere) => {
            nowhere(app, tx, &submission, id, Nowhere::Confirmed, now).await?;
            (Standing::AlreadyConfirmed, Vec::new())
        }
        Some(SignUp::Silent) | None => {
            return held(app, tx, &submission, id, Some(contact.id)).await.map(Ok);
        }
    };
    Ok(Ok(Signup { id, contact: Some(contact.id), standing, purposes, confirmed_before }))
}

fn submission<'a>(tenant: &'a Tenant, asked: &Asked<'a>, own_text: &'a str) -> Submission<'a> {
    Submission {
        form: asked.form,
        tenant,
        email: asked.email,
        purposes: asked.purposes,
        locale: asked.locale,
        age: asked.age,
        shown: asked.shown.unwrap_or(own_text),
        token: "api",
        placement: None,
        trapped: false,
        proof: "",
        visit: asked.told.visit(),
        told: Some(asked.told),
        entered: asked.entered,
    }
}

/// Writes a signup to whose address no mail may go now.
async fn held(
    app: &App,
    tx: &mut Tx,
    submission: &Submission<'_>,
    id: RequestId,
    contact: Option<ContactId>,
) -> Result<Signup> {
    nowhere(app, tx, submission, id, Nowhere::Held, app.now()).await?;
    let purposes = submission.purposes.to_vec();
    Ok(Signup { id, contact, standing: Standing::Held, purposes, confirmed_before: Vec::new() })
}

/// Writes a request that leads nowhere, so that it can be asked about.
async fn nowhere(
    app: &App,
    tx: &mut Tx,
    submission: &Submission<'_>,
    id: RequestId,
    why: Nowhere,
    now: Timestamp,
) -> Result<()> {
    let purposes = match why {
        Nowhere::Held => submission.purposes,
        Nowhere::Confirmed => &[],
    };
    let mut batch = Batch::default();
    write_request(app, &mut batch, submission, None, purposes, id, now);
    tx.batch(batch).await?;
    // One batch changes a row once.
    let mut batch = Batch::default();
    store::request::note_nowhere(&mut batch, submission.tenant.id, id, why);
    Ok(tx.batch(batch).await?)
}

/// Whether the name the tenant has for a person, if any was told, is neither another's nor another one than theirs.
async fn is_free(
    tx: &mut Tx,
    tenant: &Tenant,
    person: Option<&Contact>,
    external_id: Option<&str>,
) -> Result<bool> {
    let Some(text) = external_id else { return Ok(true) };
    match person.and_then(|it| it.external_id.as_deref()) {
        Some(known) => Ok(known == text),
        None => Ok(store::contact::by_external_id(tx, tenant.id, text).await?.is_none()),
    }
}

/// Gives a person the name the tenant has for them, if any was told; false when it is another's, or they have another.
async fn name(tx: &mut Tx, tenant: &Tenant, contact: &Contact, external_id: Option<&str>) -> Result<bool> {
    match (external_id, &contact.external_id) {
        (None, _) => Ok(true),
        (Some(text), Some(known)) => Ok(known == text),
        (Some(text), None) => Ok(store::contact::name(tx, tenant.id, contact.id, text).await?),
    }
}

/// A signup the tenant may see.
///
/// # Errors
/// The database failed.
pub async fn find(app: &App, tenant: &Tenant, id: RequestId) -> Result<Option<(Request, Standing)>> {
    find_in(app, &mut app.store.peek().await?, tenant, id).await
}

/// The same, as a transaction sees it.
///
/// # Errors
/// The database failed.
pub async fn find_in(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: RequestId,
) -> Result<Option<(Request, Standing)>> {
    let request = store::request::find(tx, tenant.id, id).await?;
    Ok(request.and_then(|it| Standing::of(&it, app.now()).map(|standing| (it, standing))))
}

/// Signups of known people whose id comes after `after`, at most `limit`; of this person alone if one is named.
///
/// # Errors
/// The database failed.
pub async fn page(
    app: &App,
    tenant: &Tenant,
    contact: Option<ContactId>,
    after: &str,
    limit: i64,
) -> Result<Vec<(Request, Standing)>> {
    let mut tx = app.store.peek().await?;
    let found = match contact {
        Some(contact) => store::request::of_contact(&mut tx, tenant.id, contact, after, limit).await?,
        None => store::request::page(&mut tx, tenant.id, after, limit).await?,
    };
    let now = app.now();
    Ok(found.into_iter().filter_map(|it| Standing::of(&it, now).map(|standing| (it, standing))).collect())
}

/// Asks for the confirmation of a signup once more: a new one takes its place.
///
/// # Errors
/// The database failed: nothing was written, nothing will be sent.
pub async fn resend(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: RequestId,
    told: &Told,
) -> Result<std::result::Result<RequestId, Hindered>> {
    let (request, contact) = match waiting(app, tx, tenant, id).await? {
        Ok(Waits { request, contact, .. }) => (request, contact),
        Err(hindered) => return Ok(Err(hindered)),
    };
    let now = contact.touched_at;
    let standing = contact.standing();
    let Some(email) = record::address(&contact).filter(|_| !standing.suppressed && !standing.restricted)
    else {
        return Ok(Err(Hindered::NoMail));
    };
    let hash = app.keys.address_hash(tenant.id, &email.lookup_key());
    if store::suppression::reason(tx, tenant.id, &hash, now).await?.is_some()
        || !may_mail_again(app, tx, &request.recipient, now).await?
    {
        return Ok(Err(Hindered::NoMail));
    }
    let (next, mut batch) = (RequestId::new(now, &app.random), Batch::default());
    let again = AskAgain {
        tenant,
        request: &request,
        contact: &contact,
        email: &email,
        visit: told.visit(),
        told: Some(told),
    };
    match ask_again(app, tx, &mut batch, &again, next, now).await? {
        sign_up::Again::Asked => {}
        sign_up::Again::NotNow => return Ok(Err(Hindered::NoMail)),
        sign_up::Again::Nothing => return Ok(Err(Hindered::Over(Standing::AlreadyConfirmed))),
    }
    tx.batch(batch).await?;
    Ok(Ok(next))
}

/// Takes a signup back that waits: its link grants nothing any more, and what was true before it is true again.
/// One whose link grants nothing as it is stays as it is.
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn cancel(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: RequestId,
    told: &Told,
) -> Result<std::result::Result<(), Hindered>> {
    let (request, contact) = match waiting(app, tx, tenant, id).await? {
        Ok(Waits { request, contact }) => (request, contact),
        Err(hindered @ (Hindered::Unknown | Hindered::Over(Standing::Confirmed))) => {
            return Ok(Err(hindered));
        }
        // Its link grants nothing as it is.
        Err(_) => return Ok(Ok(())),
    };
    let now = contact.touched_at;
    let known = store::consent::of_contact(tx, tenant.id, contact.id).await?;
    let changes = record::changes(&known, request.purposes.iter().copied(), Act::Lapse, now);
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(id.to_string()));
    told.record(app, &mut more);
    let deed = deed(tenant, &contact, "signup.cancelled", "api", None, more);
    let mut batch = Batch::default();
    record::put(app, &mut batch, &deed, &changes, now);
    let data = json!({ "contact": contact.id.to_string(), "request": id.to_string() });
    store::event::put(&mut batch, &[record::event(app, &deed, "signup.cancelled", &data, now)]);
    store::request::end_deleted(&mut batch, tenant.id, id, now);
    tx.batch(batch).await?;
    Ok(Ok(()))
}

/// A signup that can still be answered, and its person, locked.
struct Waits {
    request: Request,
    contact: Contact,
}

async fn waiting(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    id: RequestId,
) -> Result<std::result::Result<Waits, Hindered>> {
    let contact = store::contact::lock_by_request(tx, tenant.id, id, app.now()).await?;
    let Some((request, standing)) = find_in(app, tx, tenant, id).await? else {
        return Ok(Err(Hindered::Unknown));
    };
    match (standing, contact.filter(|it| request.contact == Some(it.id))) {
        (Standing::Pending | Standing::Expired, Some(contact)) => Ok(Ok(Waits { request, contact })),
        (standing, _) => Ok(Err(Hindered::Over(standing))),
    }
}
