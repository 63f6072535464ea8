//! A form is submitted: a request is written and a confirmation asked for by mail.
//!
//! The answer is the same, in about the same time, whoever the address belongs to. What differs is in the
//! mail, and a submission that may lead nowhere still writes a row without contact, so that it costs the same.

mod again;

use serde_json::{Map, Value, json};

pub use self::again::resend;
pub(super) use self::again::{Again, AskAgain, ask_again};
use super::{
    App, Placement, Result, Visit, entered,
    gatekeeper::{self, Ask, Door, proof, table},
    guardian::{self, Age},
    record::{self, Deed},
    tally::Decision,
    told::Told,
};
use crate::{
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::{Form, Tenant},
        consent::{self, Act, Consent},
        field::Answers,
        id::{ContactId, FormId, MailId, PurposeId, RequestId},
        sandbox::{self, Part},
        time::{DAY, HOUR},
    },
    store::{
        self, Batch, Tx,
        consent::Stored,
        contact::{Contact, Newcomer},
        mail::Mail,
        request::{NewMinor, NewRequest},
    },
};

/// A submitted form, parsed and checked against the form's own purposes.
pub struct Submission<'a> {
    /// The form; none when the boxes were ticked on a preference page.
    pub form: Option<&'a Form>,
    /// The tenant.
    pub tenant: &'a Tenant,
    /// The address.
    pub email: &'a EmailAddress,
    /// The boxes ticked, at least one.
    pub purposes: &'a [PurposeId],
    /// The language of the form.
    pub locale: Locale,
    /// What was said about age.
    pub age: Age<'a>,
    /// The consent text as it was shown.
    pub shown: &'a str,
    /// How the form's token was: `shown` or `plain`.
    pub token: &'static str,
    /// Where and how the form was filled in, if one was.
    pub placement: Option<&'a Placement>,
    /// The field no person sees was filled in: answered as ever, and nothing is sent.
    pub trapped: bool,
    /// The proof of work that came along: the field `pow`.
    pub proof: &'a str,
    /// Who came.
    pub visit: &'a Visit,
    /// Who says so, where the person was at a system of the tenant's.
    pub told: Option<&'a Told>,
    /// What was entered in declared fields.
    pub entered: &'a Answers,
}

/// What a submitted form comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// It is done with.
    Answered(Answer),
    /// Once more, with the solution of this challenge; nothing was written.
    Prove(String),
}

/// What the visitor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// "Check your email", for this submission.
    CheckEmail(RequestId),
    /// "Slow down": come back after so many milliseconds.
    TooFast(i64),
}

/// Writes what a submission leads to.
///
/// # Errors
/// The database failed: nothing was written, nothing will be sent.
pub async fn sign_up(app: &App, submission: &Submission<'_>) -> Result<Received> {
    let now = app.now();
    let Submission { form, tenant, email, visit, .. } = submission;
    let part = if tenant.test { sandbox::part(email) } else { None };
    if part == Some(Part::Slow) {
        return Ok(Received::Answered(Answer::TooFast(HOUR)));
    }
    let trapped = submission.trapped || part == Some(Part::Bot);
    let ask = Ask {
        deed: table::Deed::SignUp,
        visit,
        form: form.map(|it| it.id),
        email: Some(email),
        proof: submission.proof,
        must_prove: part == Some(Part::Attack) && form.is_some(),
    };
    let mut admitted = gatekeeper::admit(app, &ask, now).await?;
    match (admitted.door, form) {
        (Door::Open, _) => {}
        (Door::Wait(wait), _) => {
            admitted.tx.commit().await?;
            return Ok(Received::Answered(Answer::TooFast(wait)));
        }
        (Door::Prove, Some(form)) => {
            admitted.tx.commit().await?;
            return Ok(Received::Prove(proof::challenge(app, form.id)));
        }
        (Door::Prove, None) => {
            admitted.tx.commit().await?;
            return Ok(Received::Answered(Answer::TooFast(HOUR)));
        }
    }
    count(app, form.map(|it| it.id), trapped);
    let id = RequestId::new(now, &app.random);
    let mut batch = Batch::default();
    let met = if admitted.may_mail && !trapped {
        meet(app, &mut admitted.tx, tenant, email, submission.locale, now).await?
    } else {
        None
    };
    // Counted whoever the address belongs to, so that it costs the same.
    let may_ask = admitted.may_mail
        && !submission.trapped
        && guardian::may_ask(app, &mut admitted.tx, &submission.age, now).await?;
    let open = match &met {
        None => None,
        Some((contact, known)) => asked_for(submission, contact, known),
    };
    match (&met, open) {
        (Some((contact, known)), Some(consent::SignUp::Ask(open))) => {
            ask_to_confirm(app, &mut batch, submission, contact, known, &open, id);
            if may_ask {
                guardian::ask(app, &mut batch, tenant, contact, id, submission.locale);
            }
        }
        (Some((contact, _)), Some(consent::SignUp::AlreadyThere)) => {
            write_request(app, &mut batch, submission, None, &[], id, now);
            remind(app, &mut admitted.tx, &mut batch, submission, contact, now).await?;
        }
        (_, Some(consent::SignUp::Silent) | None) | (None, Some(_)) => {
            write_request(app, &mut batch, submission, None, &[], id, now);
        }
    }
    if let (Some(form), Some(placement), false) = (form, submission.placement, submission.trapped) {
        app.note_form_page(&mut batch, form, placement, now);
    }
    admitted.tx.batch(batch).await?;
    app.commit(admitted.tx).await?;
    Ok(Received::Answered(Answer::CheckEmail(id)))
}

fn count(app: &App, form: Option<FormId>, trapped: bool) {
    app.tally.count(if trapped { Decision::Honeypot } else { Decision::Accepted });
    if let Some(form) = form {
        app.tally.taken(form);
    }
}

/// The person of the address with what is known of them, their row locked; nobody when it is suppressed.
pub(super) async fn meet(
    app: &App,
    tx: &mut Tx,
    tenant: &Tenant,
    email: &EmailAddress,
    locale: Locale,
    now: Timestamp,
) -> Result<Option<(Contact, Vec<Stored>)>> {
    let lookup_key = email.lookup_key();
    let newcomer = Newcomer {
        tenant: tenant.id,
        id: ContactId::new(now, &app.random),
        email: email.expose(),
        lookup_key: &lookup_key,
        address_hash: &app.keys.address_hash(tenant.id, &lookup_key),
        locale,
    };
    let Some(contact) = store::contact::meet(tx, &newcomer, now).await? else { return Ok(None) };
    // Of someone met just now nothing can be known.
    let known = if contact.id == newcomer.id {
        Vec::new()
    } else {
        store::consent::of_contact(tx, tenant.id, contact.id).await?
    };
    Ok(Some((contact, known)))
}

pub(super) fn asked_for(
    submission: &Submission<'_>,
    contact: &Contact,
    known: &[Stored],
) -> Option<consent::SignUp<PurposeId>> {
    let asked: Vec<(PurposeId, Consent)> = submission
        .purposes
        .iter()
        .map(|purpose| {
            let stored = known.iter().find(|it| it.purpose == *purpose);
            (*purpose, stored.map_or(Consent::NONE, |it| it.consent))
        })
        .collect();
    (!asked.is_empty()).then(|| consent::sign_up(&asked, &contact.standing()))
}

/// Writes the request, its evidence and event, and the mail that asks to confirm it.
pub(super) fn ask_to_confirm(
    app: &App,
    batch: &mut Batch,
    submission: &Submission<'_>,
    contact: &Contact,
    known: &[Stored],
    open: &[PurposeId],
    id: RequestId,
) {
    let Submission { form, tenant, locale, age, shown, token, placement, visit, told, .. } = submission;
    let now = contact.touched_at;
    write_request(app, batch, submission, Some(contact.id), open, id, now);
    if !submission.entered.0.is_empty() {
        store::entered::drop_before(batch, tenant.id, contact.id, id);
    }
    let changes = record::changes(known, open.iter().copied(), Act::Request, now);
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(id.to_string()));
    more.insert("form_token".to_owned(), json!(token));
    age.tell(app, tenant, &mut more);
    if let Some(placement) = placement {
        placement.record(&mut more);
    }
    if let Some(told) = told {
        told.record(app, &mut more);
    }
    let deed = Deed {
        tenant,
        contact,
        kind: "signup.requested",
        method: match (told, form) {
            (Some(_), _) => "api",
            (None, Some(_)) => "form",
            (None, None) => "preferences",
        },
        locale: *locale,
        visit: Some(*visit).filter(|_| told.is_none()),
        form: *form,
        shown: Some(shown),
        more,
    };
    record::put(app, batch, &deed, &changes, now);
    let data = requested_data(&deed, id, open);
    store::event::put(batch, &[record::event(app, &deed, "signup.requested", &data, now)]);
    let expires_at = now.plus(app.config.retention.unconfirmed.millis());
    put_mail(app, batch, &deed, "confirm", &id.to_string(), expires_at, now);
}

fn requested_data(deed: &Deed<'_>, id: RequestId, open: &[PurposeId]) -> Value {
    let slugs: Vec<&str> =
        open.iter().filter_map(|it| deed.tenant.purpose(*it)).map(|it| it.slug.as_str()).collect();
    json!({
        "contact": deed.contact.id.to_string(),
        "request": id.to_string(),
        "purposes": slugs,
        "state": "pending",
        "form": deed.form.map(|it| it.slug.as_str()),
    })
}

pub(super) fn write_request(
    app: &App,
    batch: &mut Batch,
    submission: &Submission<'_>,
    contact: Option<ContactId>,
    purposes: &[PurposeId],
    id: RequestId,
    now: Timestamp,
) {
    let recipient = app.keys.recipient(submission.email);
    let guardian = match submission.age {
        Age::Younger { than, guardian } if contact.is_some() => {
            Some((than, app.keys.seal_guardian(id, &app.random, guardian)))
        }
        Age::Younger { .. } | Age::AtLeast(_) | Age::NotAsked => None,
    };
    let fields = contact.and_then(|it| entered::seal(app, it, submission.entered));
    let request = NewRequest {
        tenant: submission.tenant.id,
        id,
        contact,
        form: submission.form.map(|it| it.id),
        recipient: &recipient,
        locale: submission.locale,
        purposes,
        created_at: now,
        expires_at: now.plus(app.config.retention.unconfirmed.millis()),
        minor: guardian.as_ref().map(|(than, guardian)| NewMinor { than: *than, guardian }),
        same_as: None,
        fields: fields.as_deref(),
    };
    store::request::put(batch, &request);
}

/// "You are already signed up", at most once a day.
async fn remind(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    submission: &Submission<'_>,
    contact: &Contact,
    now: Timestamp,
) -> Result<()> {
    let Submission { tenant, form, .. } = submission;
    if store::mail::any_since(tx, tenant.id, contact.id, "already_signed_up", now.plus(-DAY)).await? {
        return Ok(());
    }
    let about = form.map_or_else(String::new, |it| it.id.to_string());
    store::mail::put(batch, &mail(app, tenant, contact, "already_signed_up", &about, now.plus(DAY), now));
    Ok(())
}

fn put_mail(
    app: &App,
    batch: &mut Batch,
    deed: &Deed<'_>,
    kind: &str,
    about: &str,
    give_up_at: Timestamp,
    now: Timestamp,
) {
    let mut row = mail(app, deed.tenant, deed.contact, kind, about, give_up_at, now);
    row.locale = deed.locale;
    store::mail::put(batch, &row);
}

/// A mail to a contact in the language they read.
pub(super) fn mail(
    app: &App,
    tenant: &Tenant,
    contact: &Contact,
    kind: &str,
    about: &str,
    give_up_at: Timestamp,
    now: Timestamp,
) -> Mail {
    Mail {
        tenant: tenant.id,
        id: MailId::new(now, &app.random),
        kind: kind.to_owned(),
        contact: contact.id,
        about: about.to_owned(),
        locale: contact.locale,
        created_at: now,
        give_up_at,
        attempts: 0,
        lease: 0,
    }
}

/// The consent text of purposes, where no form is on the screen.
pub(super) fn shown_again(tenant: &Tenant, purposes: &[PurposeId], locale: Locale) -> String {
    let texts: Vec<String> = purposes
        .iter()
        .filter_map(|it| tenant.purpose(*it))
        .filter_map(|it| tenant.wording(it, locale))
        .map(|it| format!("{}\n{}", it.name, it.body))
        .collect();
    texts.join("\n\n")
}

/// Asks for confirmation of purposes ticked at level L0 on the preference page.
pub(super) struct TickedAtL0<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) contact: &'a Contact,
    pub(super) known: &'a [Stored],
    pub(super) purposes: &'a [PurposeId],
    pub(super) shown: &'a str,
    pub(super) visit: &'a Visit,
    pub(super) told: Option<&'a Told>,
}

/// Writes the request of boxes ticked at L0; false when the person may not be mailed now.
pub(super) async fn ask_from_preferences(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    ticked: &TickedAtL0<'_>,
    now: Timestamp,
) -> Result<bool> {
    let TickedAtL0 { tenant, contact, known, purposes, shown, visit, told } = ticked;
    let Some(email) = record::address(contact) else { return Ok(false) };
    let recipient = app.keys.recipient(&email);
    if !gatekeeper::may_mail_again(app, tx, &recipient, now).await? {
        return Ok(false);
    }
    let submission = Submission {
        form: None,
        tenant,
        email: &email,
        purposes,
        locale: contact.locale,
        age: Age::NotAsked,
        shown,
        token: if told.is_some() { "api" } else { "preferences" },
        placement: None,
        trapped: false,
        proof: "",
        visit,
        told: *told,
        entered: &Answers::default(),
    };
    let id = RequestId::new(now, &app.random);
    ask_to_confirm(app, batch, &submission, contact, known, purposes, id);
    Ok(true)
}
