//! One act for one `Idempotency-Key`, however often it is asked for: the effect and the answer are kept in one
//! transaction, so that a retry after a crash gets either the answer or the act, and never the act twice.
//!
//! Only answers of success are kept: what was refused changed nothing and is simply tried again. They may hold a secret
//! that is shown once, so they are sealed; they are kept for [`KEPT`], or until the person they are about is erased. That
//! there was one is kept all the same: a retry brings nobody back.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use super::{App, Error};
use crate::{
    domain::{
        id::{ApiKeyId, ContactId, TenantId},
        time::DAY,
    },
    store::{self, Tx, idempotency::Claim},
};

/// How long an answer is kept, in milliseconds.
pub const KEPT: i64 = DAY;
/// How long a request waits for an equal one that is under way in this instance.
const WAIT: Duration = Duration::from_secs(10);

/// What is asked for once.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The tenant.
    pub tenant: TenantId,
    /// Names the act: a keyed hash of the API key, the method, the path and the key the caller chose.
    pub id: String,
    /// The keyed hash of the body: it may hold an address, which nobody with the file is to confirm a guess of.
    pub body: String,
}

impl Ask {
    /// What a caller asks for with `key`.
    pub fn new(
        app: &App,
        tenant: TenantId,
        by: ApiKeyId,
        method: &str,
        path: &str,
        key: &str,
        body: &[u8],
    ) -> Self {
        // None of the first three holds a line break.
        let act = format!("{by}\n{method}\n{path}\n{key}");
        let hash = |kind, what| app.keys.idempotency(tenant, kind, what);
        Self { tenant, id: hash("act", act.as_bytes()), body: hash("body", body) }
    }
}

/// An answer, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status, of success.
    pub status: u16,
    /// Headers besides those every answer has.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The person it is about: erasing them empties it.
    pub about: Option<ContactId>,
}

/// What became of an act.
#[derive(Debug)]
pub enum Once {
    /// Done now.
    Done(Reply),
    /// Done before; this was the answer.
    Again(Reply),
    /// The key was used for another body.
    OtherBody,
    /// Done before, and the person it was about was erased since.
    Erased,
    /// An equal request is still under way.
    Running,
}

/// What is sealed in the database.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Does `act` in a transaction of its own and commits what it wrote with its answer; with an `ask` only if that was not
/// done before. What the act refuses leaves nothing behind.
///
/// # Errors
/// What the act refused with, or the database failed: nothing was changed.
pub async fn once<E: From<Error>>(
    app: &App,
    ask: Option<&Ask>,
    act: impl AsyncFnOnce(&mut Tx) -> Result<Reply, E>,
) -> Result<Once, E> {
    let Some(ask) = ask else {
        let mut tx = begin(app).await?;
        let reply = act(&mut tx).await?;
        app.commit(tx).await?;
        return Ok(Once::Done(reply));
    };
    // Waiting here holds no connection: fifty equal requests must not take them all from the one they wait for.
    let Ok(_turn) = tokio::time::timeout(WAIT, app.turns.take(&ask.id)).await else {
        return Ok(Once::Running);
    };
    let mut tx = begin(app).await?;
    match claim(app, &mut tx, ask).await? {
        Claim::New => {}
        Claim::Same(sealed) => return Ok(Once::Again(open(app, ask, &sealed)?)),
        Claim::OtherBody => return Ok(Once::OtherBody),
        Claim::Erased => return Ok(Once::Erased),
    }
    let reply = act(&mut tx).await?;
    keep(app, &mut tx, ask, &reply).await?;
    app.commit(tx).await?;
    Ok(Once::Done(reply))
}

async fn begin(app: &App) -> Result<Tx, Error> {
    Ok(app.store.begin().await?)
}

async fn claim(app: &App, tx: &mut Tx, ask: &Ask) -> Result<Claim, Error> {
    let now = app.now();
    Ok(store::idempotency::claim(tx, ask.tenant, &ask.id, &ask.body, now, now.plus(-KEPT)).await?)
}

async fn keep(app: &App, tx: &mut Tx, ask: &Ask, reply: &Reply) -> Result<(), Error> {
    let Reply { status, headers, body, about } = reply.clone();
    let kept = serde_json::to_string(&Kept { status, headers, body }).unwrap_or_default();
    let sealed = app.keys.seal_reply(&ask.id, &kept, &app.random);
    Ok(store::idempotency::keep(tx, ask.tenant, &ask.id, &sealed, about).await?)
}

fn open(app: &App, ask: &Ask, sealed: &str) -> Result<Reply, Error> {
    let opened = app.keys.open_reply(&ask.id, sealed);
    let kept: Option<Kept> = opened.and_then(|it| serde_json::from_slice(&it).ok());
    let Some(Kept { status, headers, body }) = kept else {
        return Err(
            store::Error::Stored("an answer kept for an Idempotency-Key does not open".to_owned()).into()
        );
    };
    Ok(Reply { status, headers, body, about: None })
}

/// Equal requests take turns in each instance; those of several instances wait for each other in the database.
#[derive(Default)]
pub struct Turns(Mutex<HashMap<String, Weak<Turn<()>>>>);

impl Turns {
    async fn take(&self, id: &str) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, it| it.strong_count() > 0);
            let turn = turns.get(id).and_then(Weak::upgrade).unwrap_or_default();
            turns.insert(id.to_owned(), Arc::downgrade(&turn));
            turn
        };
        turn.lock_owned().await
    }
}
