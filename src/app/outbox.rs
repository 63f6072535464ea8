//! What became of a mail: sent, put back, or failed for good; with its evidence and events.

use serde_json::{Map, json};

use super::{App, Result, record, record::Deed};
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
    let told = mail.kind == "confirm" && !matches!(sent, Sent::Void);
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

/// The evidence and the event of a confirmation mail's fate.
fn tell(app: &App, mail: &Mail, contact: &Contact, tenant: &Tenant, message_id: &str, sent: &Sent) -> Batch {
    let now = contact.touched_at;
    let (kind, answer) = match sent {
        Sent::Accepted(answer) => ("signup.mail_sent", answer.as_str()),
        Sent::Refused(answer) | Sent::GivenUp(answer) | Sent::Later(_, answer) => {
            ("signup.mail_bounced", answer.as_str())
        }
        Sent::PutOff(_) | Sent::Void => ("signup.mail_bounced", ""),
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
    let data = json!({ "contact": contact.id.to_string(), "request": mail.about });
    store::event::put(&mut batch, &[record::event(app, &deed, kind, &data, now)]);
    batch
}

/// How long a mail that ended is kept, for support: 30 days in milliseconds.
pub const KEPT: i64 = 30 * DAY;
