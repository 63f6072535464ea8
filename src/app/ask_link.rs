//! "Send me my link", and the code that raises a preference page to level L1.

use super::{
    App, Result, Visit,
    gatekeeper::{self, Ask, Door, table::Deed},
    links::{FRESH, Holder},
    record,
    sign_up::{Answer, mail},
};
use crate::{
    crypto::mac,
    domain::{
        EmailAddress, Timestamp,
        catalog::Tenant,
        id::{ChallengeId, RequestId},
        request::MAX_TRIES,
    },
    store::{self, Batch, challenge::Challenge},
};

/// Mails the person of an address the link to their preferences. The answer is the same for everyone.
///
/// # Errors
/// The database failed: nothing will be sent.
pub async fn ask(app: &App, tenant: &Tenant, email: &EmailAddress, visit: &Visit) -> Result<Answer> {
    let now = app.now();
    let ask =
        Ask { deed: Deed::AskLink, visit, form: None, email: Some(email), proof: "", must_prove: false };
    let mut admitted = gatekeeper::admit(app, &ask, now).await?;
    if let Door::Wait(wait) = admitted.door {
        admitted.tx.commit().await?;
        return Ok(Answer::TooFast(wait));
    }
    let known = store::contact::by_address(&mut admitted.tx, tenant.id, &email.lookup_key()).await?;
    let known = known.filter(|it| admitted.may_mail && it.suppressed_at.is_none() && it.erased_at.is_none());
    let mut batch = Batch::default();
    if let Some(contact) = known {
        let about = contact.id.to_string();
        store::mail::put(&mut batch, &mail(app, tenant, &contact, "your_link", &about, now.plus(FRESH), now));
    }
    admitted.tx.batch(batch).await?;
    app.commit(admitted.tx).await?;
    Ok(Answer::CheckEmail(RequestId::new(now, &app.random)))
}

/// Whether a code could be mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeSent {
    /// It is on its way.
    Yes,
    /// This address had its mails for now; an earlier code still works.
    NotNow,
}

/// Mails a code to the person of a preference page; `None` when they are gone.
///
/// # Errors
/// The database failed: nothing will be sent.
pub async fn send_code(app: &App, tenant: &Tenant, holder: &Holder) -> Result<Option<CodeSent>> {
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let Some(contact) = store::contact::lock(&mut tx, tenant.id, holder.contact, now).await? else {
        return Ok(None);
    };
    let Some(email) = record::address(&contact).filter(|_| contact.suppressed_at.is_none()) else {
        return Ok(None);
    };
    let recipient = app.keys.recipient(&email);
    if !gatekeeper::may_mail_again(app, &mut tx, &recipient, now).await? {
        tx.commit().await?;
        return Ok(Some(CodeSent::NotNow));
    }
    let challenge = Challenge {
        tenant: tenant.id,
        id: ChallengeId::new(now, &app.random),
        contact: contact.id,
        created_at: now,
        expires_at: now.plus(FRESH),
        tries: 0,
        used_at: None,
    };
    let mut batch = Batch::default();
    store::challenge::put(&mut batch, &challenge);
    let about = challenge.id.to_string();
    let row = mail(app, tenant, &contact, "your_code", &about, challenge.expires_at, now);
    store::mail::put(&mut batch, &row);
    tx.batch(batch).await?;
    app.commit(tx).await?;
    Ok(Some(CodeSent::Yes))
}

/// What became of a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTyped {
    /// It was right: the page opens at level L1 until then.
    Right(Timestamp),
    /// It was wrong; this many tries are left.
    Wrong(i64),
    /// It is too old, was used, or was guessed at too often: a new one is needed.
    Spent,
    /// Too many codes from one network: come back after so many milliseconds.
    TooFast(i64),
}

/// Judges a code typed on a person's preference page.
///
/// # Errors
/// The database failed: the code can be typed again.
pub async fn type_code(
    app: &App,
    tenant: &Tenant,
    holder: &Holder,
    code: &str,
    visit: &Visit,
) -> Result<CodeTyped> {
    let now = app.now();
    if let Some(wait) = gatekeeper::may_type_code(app, visit, now).await? {
        return Ok(CodeTyped::TooFast(wait));
    }
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let mut tx = app.store.begin().await?;
    let attempt = store::challenge::attempt(&mut tx, tenant.id, holder.contact).await?;
    let Some(challenge) =
        attempt.filter(|it| it.tries <= MAX_TRIES && now < it.expires_at && it.used_at.is_none())
    else {
        tx.commit().await?;
        return Ok(CodeTyped::Spent);
    };
    let right = mac::equal(digits.as_bytes(), app.keys.challenge_code(challenge.id).as_bytes());
    if right {
        let mut batch = Batch::default();
        store::challenge::use_up(&mut batch, tenant.id, challenge.id, now);
        tx.batch(batch).await?;
    }
    tx.commit().await?;
    let left = MAX_TRIES - challenge.tries;
    Ok(match (right, left) {
        (true, _) => CodeTyped::Right(now.plus(FRESH)),
        (false, 0) => CodeTyped::Spent,
        (false, left) => CodeTyped::Wrong(left),
    })
}
