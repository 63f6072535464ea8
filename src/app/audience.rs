//! An audience: everybody whom one may mail for a purpose now, as a stream.
//!
//! One transaction reads it all, so that it shows one state: pages bound to a place instead would show a person who
//! left while the stream ran, or miss one. What makes that bearable: the pages of that transaction are read as fast as
//! the reader takes them, on connections that nobody else waits for, few of them at once and one of a tenant, and no
//! reader holds one for longer than [`Pace::USUAL`] says. What was not read to its end has no trailer.
//!
//! Whoever gets it counts as a recipient from the moment the first person is about to be sent: who was cut off before
//! has no address, and who was cut off later has some, and stays a recipient. The privacy notice gets a new version
//! when that makes it say something else.
//!
//! Who is in it is decided by [`may_send`](crate::domain::consent::may_send), as at the send gate; the database only
//! leaves out those who never confirmed.

mod press;

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tokio::{sync::mpsc, time::timeout};

use self::press::Press;
use super::{App, Error, Result, notices, places::Place};
use crate::{
    domain::{
        Timestamp,
        catalog::{Purpose, Tenant},
        id::{ApiKeyId, ContactId, DisclosureId, PurposeId, TenantId},
    },
    store::{
        self, Tx,
        audience::{Member, Page},
        disclosure::Disclosure,
    },
};

/// Pieces that wait for a reader; each is a page.
pub const WAITING: usize = 2;

/// How long a reader may take.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For one piece.
    pub piece: Duration,
    /// For the whole.
    pub whole: Duration,
    /// How many people are read at once.
    pub people: i64,
}

impl Pace {
    /// A piece has some ten kilobytes: whoever does not take it within half a minute has stopped reading. A million
    /// people with their links come through 5 Mbit/s within the quarter of an hour.
    pub const USUAL: Self =
        Self { piece: Duration::from_secs(30), whole: Duration::from_mins(15), people: 250 };
}

/// Somebody who may be mailed now.
pub struct Recipient<'a> {
    /// As stored.
    pub member: &'a Member<'a>,
    /// The address.
    pub email: &'a str,
    /// What they entered in declared fields, when it was asked for.
    pub entered: BTreeMap<String, String>,
    /// Their links, when they were asked for.
    pub links: Option<Footer>,
}

/// The links that belong into every mail to somebody.
pub struct Footer {
    /// Shows their choices.
    pub preferences: String,
    /// Leaves this purpose.
    pub unsubscribe: String,
}

/// How an audience is written.
pub trait Form: Send + 'static {
    /// What stands before the first person.
    fn head(&self, out: &mut Vec<u8>);

    /// Writes a person; false when they cannot be written in this form.
    fn person(&self, out: &mut Vec<u8>, recipient: &Recipient<'_>) -> bool;

    /// What stands behind the last person.
    fn trailer(&self, out: &mut Vec<u8>, disclosure: &Disclosure);
}

/// What is asked for.
pub struct Asked {
    /// Whose people.
    pub tenant: Arc<Tenant>,
    /// The purpose they agreed to.
    pub purpose: PurposeId,
    /// Whom they are given to.
    pub recipient: String,
    /// Who asks.
    pub key: ApiKeyId,
    /// What is told of each, as names separated by spaces.
    pub columns: String,
    /// Everything that the bytes depend on besides the people, for the tag.
    pub form: String,
    /// Whether links are wanted.
    pub links: bool,
    /// Whether what they entered is wanted.
    pub entered: bool,
}

/// What is sent.
pub enum Piece {
    /// Some bytes.
    Bytes(Vec<u8>),
    /// That was all. A stream that ends without it broke off.
    End,
}

/// An audience about to be streamed.
pub struct Audience {
    asked: Asked,
    purpose: Purpose,
    tx: Tx,
    now: Timestamp,
    as_of: i64,
    _place: Place,
    /// The tag of what will be shown; none while something waits for its place in the feed, as nothing that was shown
    /// before can be told to be the same then.
    pub tag: Option<String>,
}

/// Takes the state that will be shown; `None` when as many are streamed as can be, or there is no such purpose.
///
/// # Errors
/// The database failed.
pub async fn open(app: &App, asked: Asked) -> Result<Option<Audience>> {
    let Some(place) = app.places.audiences.take(asked.tenant.id) else { return Ok(None) };
    let Some(purpose) = asked.tenant.purpose(asked.purpose).cloned() else { return Ok(None) };
    let now = app.now();
    let mut tx = app.store.snapshot().await?;
    let as_of = store::event::reach(&mut tx, asked.tenant.id).await?.last;
    let is_settled = store::event::unplaced(&mut tx, 1).await?.is_empty();
    let tag = is_settled.then(|| tag(app, &asked, &purpose, as_of));
    Ok(Some(Audience { asked, purpose, tx, now, as_of, _place: place, tag }))
}

/// Names a state by all that it depends on but time: see [`Audience::is_known`].
fn tag(app: &App, asked: &Asked, purpose: &Purpose, as_of: i64) -> String {
    let Asked { tenant, purpose: _, columns, form, links, recipient: _, key: _, entered: _ } = asked;
    let base = app.url_for(tenant.id, "");
    let newest = if *links { app.link_keys().newest() } else { String::new() };
    let (id, retired, use_by) = (purpose.id, purpose.retired_at.is_some(), purpose.use_by());
    let of = format!("{}\n{id}\n{retired}\n{use_by}", tenant.id);
    let text = format!("{of}\n{as_of}\n{columns}\n{form}\n{base}\n{newest}");
    crate::crypto::mac::sha256_hex(text.as_bytes())
}

impl Audience {
    /// Whether somebody who has the state of this tag has this one: nothing was told since, and none of the consents
    /// in it has become too old.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_known(&self, app: &App, tag: &str) -> Result<bool> {
        if self.tag.as_deref() != Some(tag) {
            return Ok(false);
        }
        let mut tx = app.store.peek().await?;
        let found = store::disclosure::tagged(&mut tx, self.asked.tenant.id, tag).await?;
        Ok(found.is_some_and(|it| it.good_until.is_none_or(|until| self.now <= until)))
    }

    /// Notes that it is given away, before anything of it is.
    ///
    /// # Errors
    /// The database failed: nothing may be sent.
    pub async fn disclose(&self, app: &App) -> Result<Disclosure> {
        let id = DisclosureId::new(self.now, &app.random);
        let disclosure = Disclosure {
            tenant: self.asked.tenant.id,
            id,
            purpose: self.purpose.id,
            recipient: self.asked.recipient.clone(),
            key: self.asked.key,
            columns: self.asked.columns.clone(),
            as_of: self.as_of,
            tag: self.tag.clone().unwrap_or_else(|| id.to_string()),
            began_at: self.now,
            ended_at: None,
            outcome: "open".to_owned(),
            people: 0,
            left_out: 0,
            sha256: None,
            good_until: None,
        };
        let mut tx = app.store.begin().await?;
        store::disclosure::put(&mut tx, &disclosure).await?;
        tx.commit().await?;
        Ok(disclosure)
    }

    /// Sends it all, and notes how that ended.
    pub async fn send(
        self,
        app: App,
        form: impl Form,
        disclosure: Disclosure,
        to: mpsc::Sender<Piece>,
        pace: Pace,
    ) {
        let mut stopping = app.wake.stopping.subscribe();
        let open = disclosure.clone();
        let given = AtomicI64::new(0);
        let sending = self.send_all(&app, form, disclosure, &to, pace, &given);
        let sent = tokio::select! {
            sent = timeout(pace.whole, sending) => sent.unwrap_or(Ok(None)),
            _stops = stopping.wait_for(|it| *it) => Ok(None),
        };
        let people = given.load(Ordering::Relaxed);
        let broken = Disclosure { outcome: "broken".to_owned(), people, ..open };
        let ended = match sent {
            Ok(Some(complete)) => complete,
            Ok(None) => broken,
            Err(error) => {
                tracing::error!(%error, "an audience broke off");
                broken
            }
        };
        let is_complete = ended.outcome == "complete";
        if let Err(error) = note_end(&app, ended).await {
            tracing::error!(%error, "how a disclosure ended was not noted");
        }
        if is_complete {
            // Whoever is gone by now has got all the same what they asked for.
            let _ = to.send_timeout(Piece::End, pace.piece).await;
        }
    }

    /// `None` when the reader does not take it. `given` is how many people the reader may have by now.
    async fn send_all(
        mut self,
        app: &App,
        form: impl Form,
        disclosure: Disclosure,
        to: &mpsc::Sender<Piece>,
        pace: Pace,
        given: &AtomicI64,
    ) -> Result<Option<Disclosure>> {
        let mut press = Press::new(app, &self, form, disclosure);
        let mut page = self.page(None, pace.people).await?;
        while let Some(read) = page {
            let last = read.last;
            let printing = tokio::task::spawn_blocking(move || press.print(&read));
            // The next page is read while this one is written.
            let (next, printed) = tokio::join!(self.page(Some(last), pace.people), printing);
            let (back, bytes) = printed.map_err(|_panicked| broken())??;
            press = back;
            page = next?;
            let Ok(Ok(place)) = timeout(pace.piece, to.reserve()).await else { return Ok(None) };
            if press.disclosure.people > 0 && given.load(Ordering::Relaxed) == 0 {
                note_recipient(app, &press.disclosure).await?;
            }
            given.store(press.disclosure.people, Ordering::Relaxed);
            place.send(Piece::Bytes(bytes));
            self.note_use(app, std::mem::take(&mut press.relied)).await?;
        }
        let Self { tx, now: _, .. } = self;
        tx.commit().await?;
        let (complete, bytes) = press.finish();
        if to.send_timeout(Piece::Bytes(bytes), pace.piece).await.is_err() {
            return Ok(None);
        }
        Ok(Some(complete))
    }

    /// Whoever is handed out is mailed, as far as we know: their consent is in use, as at the send gate.
    async fn note_use(&self, app: &App, relied: Vec<String>) -> Result<()> {
        if relied.is_empty() {
            return Ok(());
        }
        let json = serde_json::to_string(&relied).unwrap_or_else(|_never| "[]".to_owned());
        let mut tx = app.store.begin().await?;
        store::gate::mark_used(&mut tx, self.asked.tenant.id, self.purpose.id, &json, self.now).await?;
        Ok(tx.commit().await?)
    }

    async fn page(&mut self, after: Option<ContactId>, people: i64) -> Result<Option<Page>> {
        // Of a purpose that is no longer offered nobody may be mailed.
        if self.purpose.retired_at.is_some() {
            return Ok(None);
        }
        let (tenant, purpose) = (self.asked.tenant.id, self.purpose.id);
        Ok(store::audience::page(&mut self.tx, tenant, purpose, after, people, self.asked.entered).await?)
    }
}

fn broken() -> Error {
    store::Error::Stored("a page of an audience could not be written".to_owned()).into()
}

/// Notes who is about to be given addresses. The privacy notice names them from then on.
async fn note_recipient(app: &App, disclosure: &Disclosure) -> Result<()> {
    let Disclosure { tenant, recipient, .. } = disclosure;
    let is_known = app.catalog().given.get(tenant).is_some_and(|it| it.contains(recipient));
    let mut tx = app.store.begin().await?;
    store::disclosure::put_recipient(&mut tx, disclosure).await?;
    if is_known {
        return Ok(tx.commit().await?);
    }
    notices::renew(app, &mut tx, *tenant).await?;
    tx.commit().await?;
    app.refresh().await
}

async fn note_end(app: &App, mut disclosure: Disclosure) -> Result<()> {
    disclosure.ended_at = Some(app.now());
    let mut tx = app.store.begin().await?;
    store::disclosure::end(&mut tx, &disclosure).await?;
    Ok(tx.commit().await?)
}

/// The disclosures before `before`, the newest first.
///
/// # Errors
/// The database failed.
pub async fn disclosures(app: &App, tenant: TenantId, before: &str, limit: i64) -> Result<Vec<Disclosure>> {
    Ok(store::disclosure::page(&mut app.store.peek().await?, tenant, before, limit).await?)
}

/// One disclosure.
///
/// # Errors
/// The database failed.
pub async fn disclosure(app: &App, tenant: TenantId, id: DisclosureId) -> Result<Option<Disclosure>> {
    Ok(store::disclosure::find(&mut app.store.peek().await?, tenant, id).await?)
}

#[cfg(test)]
mod tests;
