//! A confirmation that is asked for once more: a new request replaces the one before.

use super::{Answer, Submission, ask_to_confirm, asked_for, shown_again};
use crate::{
    app::{
        App, Result, Visit, entered,
        gatekeeper::{self, Ask, Door, table},
        guardian::{self, Age},
        record,
        told::Told,
    },
    domain::{EmailAddress, Timestamp, catalog::Tenant, consent::SignUp, id::RequestId},
    store::{
        self, Batch, Tx,
        contact::Contact,
        request::{NewRequest, Request},
    },
};

/// Asks for the confirmation of a submission once more: a new request replaces the one before. The new
/// submission is answered whatever it led to.
///
/// # Errors
/// The database failed: nothing was written, nothing will be sent.
pub async fn resend(app: &App, tenant: &Tenant, id: RequestId, visit: &Visit) -> Result<Answer> {
    let now = app.now();
    let next = RequestId::new(now, &app.random);
    let ask = Ask { deed: table::Deed::Resend, visit, form: None, email: None, proof: "", must_prove: false };
    let mut admitted = gatekeeper::admit(app, &ask, now).await?;
    if let Door::Wait(wait) = admitted.door {
        admitted.tx.commit().await?;
        return Ok(Answer::TooFast(wait));
    }
    let tx = &mut admitted.tx;
    let id = store::request::meant(tx, tenant.id, id).await?;
    let Some(request) = store::request::find(tx, tenant.id, id).await? else {
        admitted.tx.commit().await?;
        return Ok(Answer::CheckEmail(next));
    };
    let mut batch = Batch::default();
    // The person before their mailbox, as everywhere: two that come at once never wait for each other.
    let contact = match request.contact {
        Some(contact) => store::contact::lock(tx, tenant.id, contact, now).await?,
        None => None,
    };
    if !gatekeeper::may_mail_again(app, tx, &request.recipient, now).await? {
        // The code and the link that were mailed go on working, on the new page too.
        write_nowhere(app, &mut batch, &request, next, Some(id), now);
        admitted.tx.batch(batch).await?;
        app.commit(admitted.tx).await?;
        return Ok(Answer::CheckEmail(next));
    }
    let contact = contact.and_then(|it| record::address(&it).map(|email| (it, email)));
    let Some((contact, email)) = contact else {
        write_nowhere(app, &mut batch, &request, next, None, now);
        admitted.tx.batch(batch).await?;
        app.commit(admitted.tx).await?;
        return Ok(Answer::CheckEmail(next));
    };
    let again = AskAgain { tenant, request: &request, contact: &contact, email: &email, visit, told: None };
    match ask_again(app, tx, &mut batch, &again, next, now).await? {
        Again::Asked => {}
        Again::NotNow => write_nowhere(app, &mut batch, &request, next, Some(id), now),
        Again::Nothing => write_nowhere(app, &mut batch, &request, next, None, now),
    }
    admitted.tx.batch(batch).await?;
    app.commit(admitted.tx).await?;
    Ok(Answer::CheckEmail(next))
}

/// A request whose confirmation is to be asked for once more, and whose person is locked.
pub(in crate::app) struct AskAgain<'a> {
    pub(in crate::app) tenant: &'a Tenant,
    pub(in crate::app) request: &'a Request,
    pub(in crate::app) contact: &'a Contact,
    pub(in crate::app) email: &'a EmailAddress,
    pub(in crate::app) visit: &'a Visit,
    pub(in crate::app) told: Option<&'a Told>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Again {
    /// A new request and its mail are written.
    Asked,
    /// A guardian was mailed too lately.
    NotNow,
    /// There is nothing to ask any more.
    Nothing,
}

/// Writes the request `next` in place of one before, with what was asked for and entered there.
pub(in crate::app) async fn ask_again(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    again: &AskAgain<'_>,
    next: RequestId,
    now: Timestamp,
) -> Result<Again> {
    let AskAgain { tenant, request, contact, email, visit, told } = *again;
    let guardian = guardian::address(app, request);
    let age = match (&request.minor, &guardian) {
        (None, _) => Age::NotAsked,
        (Some(minor), Some(guardian)) => Age::Younger { than: minor.than, guardian },
        // Answered for good: only the form asks anew.
        (Some(_), None) => return Ok(Again::Nothing),
    };
    if guardian.is_some() && !guardian::may_ask(app, tx, &age, now).await? {
        return Ok(Again::NotNow);
    }
    let form = request.form.and_then(|it| app.catalog().form(it).cloned());
    let known = store::consent::of_contact(tx, tenant.id, contact.id).await?;
    let shown = shown_again(tenant, &request.purposes, request.locale);
    let answers = entered::of_request(app, tx, tenant.id, contact.id, request.id).await?;
    let submission = Submission {
        form: form.as_deref(),
        tenant,
        email,
        purposes: &request.purposes,
        locale: request.locale,
        age,
        shown: &shown,
        token: "resend",
        placement: None,
        trapped: false,
        proof: "",
        visit,
        told,
        entered: &answers,
    };
    match asked_for(&submission, contact, &known) {
        Some(SignUp::Ask(open)) => {
            ask_to_confirm(app, batch, &submission, contact, &known, &open, next);
            if guardian.is_some() {
                guardian::ask(app, batch, tenant, contact, next, request.locale);
            }
            Ok(Again::Asked)
        }
        Some(SignUp::AlreadyThere | SignUp::Silent) | None => Ok(Again::Nothing),
    }
}

/// Writes the submission after one that led nowhere, or after which no mail could go. Its token names it for whoever
/// decodes it: were it not a new one each time, as that of a real request is, it would tell that the address is known,
/// or that somebody caused a mail to it lately.
fn write_nowhere(
    app: &App,
    batch: &mut Batch,
    before: &Request,
    id: RequestId,
    same_as: Option<RequestId>,
    now: Timestamp,
) {
    let request = NewRequest {
        tenant: before.tenant,
        id,
        contact: None,
        form: before.form,
        recipient: &before.recipient,
        locale: before.locale,
        purposes: &[],
        created_at: now,
        expires_at: now.plus(app.config.retention.unconfirmed.millis()),
        minor: None,
        same_as,
        fields: None,
    };
    store::request::put(batch, &request);
}
