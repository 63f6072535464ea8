//! What became of a mail: sent, put back, or failed for good; with its evidence and events.

use serde_json::{Map, json};

use super::{App, Result, guardian, record, record::Deed};
use crate::{
    domain::{Timestamp, catalog::Tenant, time::DAY},
    store::{self, Batch, contact::Contact, mail::Mail},
};

/// How one attempt to send ended.
#[derive(Clone, Debug)]
pub enum Sent {
    /// The relay took it, and said this.
    Accepted(String),
    /// The relay refused it for good, and said this.
    Refused(String),
    /// Not now: again at that time.
    Later(Timestamp, String),
    /// What it says is not there yet: again at that time, and this was no attempt.
    PutOff(Timestamp),
    /// Not in time.
    GivenUp(String),
    /// There was nothing to say any more: the request was answered, or the person is gone.
    Void,
}

/// Records how an attempt ended. A mail whose lease was taken over by another worker is left to that one.
///
/// # Errors
/// The database failed: the mail will be tried again.
pub async fn settle(app: &App, mail: &Mail, message_id: &str, sent: &Sent) -> Result<()> {
    let now = app.now();
    let discreet = discreet(mail, sent);
    let sent = discreet.as_ref().unwrap_or(sent);
    let mut tx = app.store.begin().await?;
    let (state, answer) = match sent {
        Sent::Later(due_at, answer) => {
            store::mail::retry(&mut tx, mail, *due_at, answer).await?;
            return Ok(tx.commit().await?);
        }
        Sent::PutOff(due_at) => {
            store::mail::put_off(&mut tx, mail, *due_at).await?;
            return Ok(tx.commit().await?);
        }
        Sent::Accepted(answer) => ("sent", answer.as_str()),
        Sent::Refused(answer) => ("refused", answer.as_str()),
        Sent::GivenUp(answer) => ("given_up", answer.as_str()),
        Sent::Void => ("void", "nothing to say any more"),
    };
    let told = matches!(mail.kind.as_str(), "confirm" | guardian::KIND) && !matches!(sent, Sent::Void);
    // The person's row before the mail's, as an erasure takes them: in another order the two wait for each other.
    let contact =
        if told { store::contact::lock(&mut tx, mail.tenant, mail.contact, now).await? } else { None };
    let ours = store::mail::end(&mut tx, mail, state, answer, now).await?;
    let catalog = app.catalog();
    if let (true, Some(contact), Some(tenant)) = (ours, contact, catalog.tenant(mail.tenant)) {
        let batch = tell(app, mail, &contact, tenant, message_id, sent);
        tx.batch(batch).await?;
    }
    app.commit(tx).await
}

/// What is kept of a relay's answer about a guardian: its numbers. The text may repeat the address.
fn discreet(mail: &Mail, sent: &Sent) -> Option<Sent> {
    if mail.kind != guardian::KIND {
        return None;
    }
    let numbers = |answer: &str| {
        let is_number = |it: &&str| it.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let words: Vec<&str> = answer.split([' ', '-']).take_while(is_number).take(2).collect();
        words.join(" ")
    };
    Some(match sent {
        Sent::Accepted(answer) => Sent::Accepted(numbers(answer)),
        Sent::Refused(answer) => Sent::Refused(numbers(answer)),
        Sent::Later(due_at, answer) => Sent::Later(*due_at, numbers(answer)),
        Sent::GivenUp(answer) => Sent::GivenUp(numbers(answer)),
        Sent::PutOff(due_at) => Sent::PutOff(*due_at),
        Sent::Void => Sent::Void,
    })
}

/// The evidence of a mail's fate, and of a confirmation mail's the event.
fn tell(app: &App, mail: &Mail, contact: &Contact, tenant: &Tenant, message_id: &str, sent: &Sent) -> Batch {
    let now = contact.touched_at;
    let to_guardian = mail.kind == guardian::KIND;
    let (taken, answer) = match sent {
        Sent::Accepted(answer) => (true, answer.as_str()),
        Sent::Refused(answer) | Sent::GivenUp(answer) | Sent::Later(_, answer) => (false, answer.as_str()),
        Sent::PutOff(_) | Sent::Void => (false, ""),
    };
    let kind = match (to_guardian, taken) {
        (false, true) => "signup.mail_sent",
        (false, false) => "signup.mail_bounced",
        (true, true) => "signup.guardian_asked",
        (true, false) => "signup.guardian_unreached",
    };
    let mut batch = Batch::default();
    let mut more = Map::new();
    more.insert("request".to_owned(), json!(mail.about));
    more.insert(
        "mail".to_owned(),
        json!({
            "message_id": message_id, "kind": mail.kind, "answer": answer, "attempts": mail.attempts,
            "queued_at": mail.created_at.rfc3339(),
        }),
    );
    let deed = Deed {
        tenant,
        contact,
        kind,
        method: "mail",
        locale: mail.locale,
        visit: None,
        form: None,
        shown: None,
        more,
    };
    record::put(app, &mut batch, &deed, &[], now);
    if taken && !to_guardian {
        store::request::note_mailed(&mut batch, mail, now);
    }
    if !to_guardian {
        let data = json!({ "contact": contact.id.to_string(), "request": mail.about });
        store::event::put(&mut batch, &[record::event(app, &deed, kind, &data, now)]);
    }
    batch
}

/// How long a mail that ended is kept, for support: 30 days in milliseconds.
pub const KEPT: i64 = 30 * DAY;
