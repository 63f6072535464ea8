//! Sends what is in the outbox: one worker a mail, at most as many as the relay gives connections.

use std::time::Duration;

use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
};

use super::{
    Outside,
    letters::{self, Written},
    next_turn, receipts, report,
};
use crate::{
    app::{
        App, Result, attacks, mail_receipt,
        outbox::{self, Sent},
        tally::Decision,
    },
    domain::{
        EmailAddress, Timestamp, backoff,
        sandbox::{self, Part},
        time::{MINUTE, SECOND},
    },
    mail::{self, Addressing, Outcome, Takes},
    store::{self, mail::Mail},
};

/// How long a worker may hold a mail before another takes it over, in milliseconds.
const LEASE: i64 = 60 * SECOND;
/// How soon after it is looked again for what a mail says, in milliseconds: the log takes at most two seconds.
const LOOK_AGAIN: i64 = 2 * SECOND;
/// How seldom it is looked at the most, in milliseconds.
const LOOK_SELDOM: i64 = 5 * MINUTE;
/// How long one attempt may take: less than the lease, so that two workers never send one mail.
const ATTEMPT: Duration = Duration::from_secs(50);

pub(super) async fn run(app: App, outside: Outside, mut stop: watch::Receiver<bool>) {
    loop {
        let outcome = async {
            while run_due(&app, &outside).await? > 0 && !*stop.borrow() {}
            Ok(())
        };
        report("mails", outcome.await);
        if !next_turn(app.wake.mails.notified(), &mut stop).await {
            return;
        }
    }
}

/// Sends what is due, as many at once as allowed, until nothing is left or every worker is busy; how many.
pub(super) async fn run_due(app: &App, outside: &Outside) -> Result<usize> {
    let free = std::sync::Arc::new(Semaphore::new(outside.mails_at_once));
    let mut workers = JoinSet::new();
    let mut begun = 0;
    loop {
        // Waits for one free worker, then leases for all that are free: a slow mail holds up only itself.
        let Ok(permit) = std::sync::Arc::clone(&free).acquire_owned().await else { return Ok(begun) };
        let places = i64::try_from(free.available_permits()).unwrap_or(0) + 1;
        drop(permit);
        let mails = lease(app, places).await?;
        if mails.is_empty() {
            break;
        }
        for mail in mails {
            let Ok(permit) = std::sync::Arc::clone(&free).acquire_owned().await else { return Ok(begun) };
            let (app, outside) = (app.clone(), outside.clone());
            begun += 1;
            workers.spawn(async move {
                report("mail", send(&app, &outside, &mail).await);
                drop(permit);
            });
        }
    }
    while workers.join_next().await.is_some() {}
    Ok(begun)
}

async fn lease(app: &App, places: i64) -> Result<Vec<Mail>> {
    let now = app.now();
    // Most turns find nothing: a look costs less than a turn at writing.
    if !store::mail::any_due(&mut app.store.peek().await?, now).await? {
        return Ok(Vec::new());
    }
    let mut tx = app.store.begin().await?;
    let mails = store::mail::lease(&mut tx, now, now.plus(LEASE), places).await?;
    tx.commit().await?;
    Ok(mails)
}

async fn write(app: &App, mail: &Mail) -> Result<Written> {
    if mail.kind == attacks::ALERT {
        return Ok(letters::alert(app, mail).map_or(Written::Nothing, |it| Written::Letter(Box::new(it))));
    }
    let mut tx = app.store.read().await?;
    let contact = store::contact::find(&mut tx, mail.tenant, mail.contact).await?;
    let Some(contact) = contact else { return Ok(Written::Nothing) };
    if mail.kind == mail_receipt::KIND {
        // It reads the log, under transactions of its own.
        tx.commit().await?;
        return receipts::write(app, mail, &contact).await;
    }
    let letter = letters::write(app, &mut tx, mail, &contact).await?;
    tx.commit().await?;
    Ok(letter.map_or(Written::Nothing, |it| Written::Letter(Box::new(it))))
}

/// When to look again for what is not there yet: the longer it takes, the more seldom; not for ever.
fn waits(mail: &Mail, now: Timestamp) -> Sent {
    if now >= mail.give_up_at {
        return Sent::GivenUp("its proof was not there in time".to_owned());
    }
    let waited = now.since(mail.created_at);
    Sent::PutOff(now.plus(waited.clamp(LOOK_AGAIN, LOOK_SELDOM)))
}

/// Why a confirmation mail need not be tried; `None` when it must be.
///
/// Other mails go to people who have had one before: their domain may have a bad day.
async fn in_vain(app: &App, outside: &Outside, mail: &Mail, to: &str) -> Option<&'static str> {
    if mail.kind != "confirm" {
        return None;
    }
    let address = EmailAddress::parse(to).ok()?;
    match acted(app, mail, &address) {
        Some(Part::NoMail) => {
            app.tally.count(Decision::NoMx);
            return Some("its domain takes no mail (acted out)");
        }
        Some(Part::Bounce) => return Some("550 5.1.1 no such mailbox (acted out)"),
        Some(Part::Bot | Part::Slow | Part::Attack) | None => {}
    }
    match outside.mx.as_ref()?.takes_mail(address.domain()).await {
        Takes::None(reason) => {
            app.tally.count(Decision::NoMx);
            Some(reason)
        }
        Takes::Mail | Takes::Unknown => None,
    }
}

/// The part an address acts, where the tenant is there to try things out.
fn acted(app: &App, mail: &Mail, address: &EmailAddress) -> Option<Part> {
    let catalog = app.catalog();
    if catalog.tenant(mail.tenant).is_some_and(|it| it.test) { sandbox::part(address) } else { None }
}

async fn send(app: &App, outside: &Outside, mail: &Mail) -> Result<()> {
    let letter = match write(app, mail).await? {
        Written::Letter(letter) => letter,
        Written::NotYet => return outbox::settle(app, mail, "", &waits(mail, app.now())).await,
        Written::Nothing => return outbox::settle(app, mail, "", &Sent::Void).await,
    };
    if let Some(reason) = in_vain(app, outside, mail, &letter.to).await {
        return outbox::settle(app, mail, "", &Sent::Refused(reason.to_owned())).await;
    }
    let message_id = mail::message_id(&mail.id.to_string(), &letter.from_address);
    let addressing = Addressing {
        message_id: &message_id,
        date: mail.created_at,
        from_name: &letter.from_name,
        from_address: &letter.from_address,
        reply_to: Some(&letter.reply_to),
        to: &letter.to,
        locale: mail.locale,
    };
    let attempt = outside.mailer.deliver(&letter.rendered, &addressing);
    let outcome = tokio::time::timeout(ATTEMPT, attempt).await.unwrap_or_else(|_late| Outcome::Deferred {
        reply: format!("the relay took more than {} s", ATTEMPT.as_secs()),
    });
    let now = app.now();
    let sent = match outcome {
        Outcome::Accepted { reply } => Sent::Accepted(reply),
        Outcome::Refused { reply } => Sent::Refused(reply),
        Outcome::Deferred { reply } => {
            let failed = u32::try_from(mail.attempts).unwrap_or(u32::MAX);
            match backoff::mail(failed, now, mail.give_up_at, app.random.number()) {
                Some(delay) => Sent::Later(now.plus(delay), reply),
                None => Sent::GivenUp(reply),
            }
        }
    };
    match &sent {
        Sent::Accepted(_) | Sent::PutOff(_) | Sent::Void => {}
        Sent::Later(..) => tracing::warn!(mail = %mail.id, attempts = mail.attempts, "a mail was put back"),
        Sent::Refused(_) | Sent::GivenUp(_) => {
            tracing::error!(mail = %mail.id, attempts = mail.attempts, "a mail failed for good");
        }
    }
    outbox::settle(app, mail, &message_id, &sent).await
}
