//! Sends what is in the outbox: one worker a mail, at most as many as the relay gives connections. A slow mail holds
//! up only itself.

use std::{collections::HashMap, future, time::Duration};

use tokio::{
    sync::watch,
    task::{Id, JoinError, JoinSet},
    time::{Instant, timeout_at},
};

use super::{
    Outside, TICK,
    letters::{self, Written},
    receipts, report,
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

/// How long a lease lasts unless it is prolonged, in milliseconds: how late a mail is whose worker was killed.
const LEASE: i64 = 30 * SECOND;
/// How old a lease is when it is prolonged, in milliseconds.
const BEAT: i64 = 10 * SECOND;
/// How soon after it is looked again for what a mail says, in milliseconds: the log takes at most two seconds.
const LOOK_AGAIN: i64 = 2 * SECOND;
/// How seldom it is looked at the most, in milliseconds.
const LOOK_SELDOM: i64 = 5 * MINUTE;
/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(50);
/// How long attempts under way may take to end once the service stops.
const LAST_ATTEMPTS: Duration = Duration::from_secs(5);

pub(super) async fn run(app: App, outside: Outside, mut stop: watch::Receiver<bool>) {
    let mut office = Office::new(app.clone(), outside);
    loop {
        let outcome = office.turn().await.map(|_| ());
        let failed = outcome.is_err();
        report("mails", outcome);
        tokio::select! {
            _ = stop.wait_for(|it| *it) => break,
            () = tokio::time::sleep(TICK) => office.look = true,
            () = app.wake.mails.notified(), if !failed => office.look = true,
            () = office.one_ended(), if !failed => {}
        }
    }
    office.stop().await;
}

/// Sends what is due until nothing is left; how many.
pub(super) async fn run_due(app: &App, outside: &Outside) -> Result<usize> {
    let mut office = Office::new(app.clone(), outside.clone());
    let mut begun = 0;
    loop {
        office.look = true;
        begun += office.turn().await?;
        if office.workers.is_empty() {
            return Ok(begun);
        }
        office.one_ended().await;
    }
}

/// The mails that this instance has under way.
struct Office {
    app: App,
    outside: Outside,
    workers: JoinSet<()>,
    held: HashMap<Id, Held>,
    /// Whether something may be due.
    look: bool,
}

/// A mail while it is being sent.
struct Held {
    mail: Mail,
    until: Timestamp,
}

impl Office {
    fn new(app: App, outside: Outside) -> Self {
        Self { app, outside, workers: JoinSet::new(), held: HashMap::new(), look: true }
    }

    /// Begins what is due and has a place; how many.
    async fn turn(&mut self) -> Result<usize> {
        while let Some(joined) = self.workers.try_join_next_with_id() {
            self.forget(joined);
        }
        self.keep().await?;
        let room = self.outside.mails_at_once.saturating_sub(self.workers.len());
        if room == 0 || !self.look {
            return Ok(0);
        }
        let until = self.app.now().plus(LEASE);
        let mails = lease(&self.app, until, i64::try_from(room).unwrap_or(1)).await?;
        // When every place is taken, more may be due.
        self.look = mails.len() == room;
        let begun = mails.len();
        for mail in mails {
            let (app, outside, its) = (self.app.clone(), self.outside.clone(), mail.clone());
            let worker = self.workers.spawn(async move { report("mail", send(&app, &outside, &its).await) });
            self.held.insert(worker.id(), Held { mail, until });
        }
        Ok(begun)
    }

    /// Prolongs the leases that grow old, so that no other instance sends a mail that is being sent.
    async fn keep(&mut self) -> Result<()> {
        let soon = self.app.now().plus(LEASE - BEAT);
        let old: Vec<Mail> =
            self.held.values().filter(|it| it.until <= soon).map(|it| it.mail.clone()).collect();
        if old.is_empty() {
            return Ok(());
        }
        let until = self.app.now().plus(LEASE);
        let mut tx = self.app.store.begin().await?;
        store::mail::keep(&mut tx, &old, until).await?;
        tx.commit().await?;
        for held in self.held.values_mut().filter(|it| it.until <= soon) {
            held.until = until;
        }
        Ok(())
    }

    /// Waits until an attempt has ended; for ever when none is under way. May be dropped.
    async fn one_ended(&mut self) {
        match self.workers.join_next_with_id().await {
            Some(joined) => self.forget(joined),
            None => future::pending().await,
        }
    }

    fn forget(&mut self, joined: std::result::Result<(Id, ()), JoinError>) {
        let id = match joined {
            Ok((id, ())) => id,
            Err(error) => {
                tracing::error!(%error, "a mail's task ended by itself");
                error.id()
            }
        };
        self.held.remove(&id);
    }

    /// Ends within seconds: nothing more is begun, what is under way may end. What could not is sent again by
    /// whoever takes it over when its lease ends, under the same id.
    async fn stop(mut self) {
        let until = Instant::now() + LAST_ATTEMPTS;
        while !self.workers.is_empty() && timeout_at(until, self.one_ended()).await.is_ok() {}
        let left = self.workers.len();
        if left > 0 {
            tracing::warn!(left, "mails under way were broken off; they will be sent again");
        }
        self.workers.shutdown().await;
    }
}

async fn lease(app: &App, until: Timestamp, places: i64) -> Result<Vec<Mail>> {
    let now = app.now();
    // Most turns find nothing: a look costs less than a turn at writing.
    let first = store::mail::first_due(&mut app.store.peek().await?).await?;
    if first.is_none_or(|it| it > now) {
        return Ok(Vec::new());
    }
    let mut tx = app.store.begin().await?;
    let mails = store::mail::lease(&mut tx, now, until, places).await?;
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
