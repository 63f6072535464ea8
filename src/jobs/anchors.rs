//! Takes checkpoints to witnesses and to the time-stamping authority. Down for a day, they are asked again and the
//! operator is told; nothing else waits for them.

use tokio::sync::watch;

use super::{Outside, next_turn, report};
use crate::{
    anchor::{stamp, witness as wire},
    app::{
        App, Result,
        log::anchoring::{self, Became},
    },
    config::Witness,
    domain::time::MINUTE,
    store::{self, checkpoint::Checkpoint},
    tlog::witness::parse_answer,
};

/// How long one instance keeps the others from asking too, in milliseconds; every question ends after 15 s.
const LEASE: i64 = MINUTE;
const JOB: &str = "anchors";
/// How often a witness that has confirmed another size than we thought is asked again at once.
const MOST_TURNS: usize = 3;

pub(super) async fn run(app: App, outside: Outside, mut stop: watch::Receiver<bool>) {
    let nobody = app.config.anchors.witnesses.is_empty() && app.config.anchors.timestamp_url.is_none();
    if nobody {
        return;
    }
    loop {
        tokio::select! {
            outcome = run_due(&app, &outside) => report("anchors", outcome.map(|_| ())),
            _stops = stop.wait_for(|it| *it) => return,
        }
        if !next_turn(app.wake.anchors.notified(), &mut stop).await {
            return;
        }
    }
}

/// Asks whoever is due; how many were asked.
pub(super) async fn run_due(app: &App, outside: &Outside) -> Result<usize> {
    let Some(checkpoint) = anchoring::newest(app).await? else { return Ok(0) };
    let wanted = &app.config.anchors;
    let mut due: Vec<&Witness> = Vec::new();
    for witness in &wanted.witnesses {
        if is_due(app, &witness.name, &checkpoint).await? {
            due.push(witness);
        }
    }
    let stamp_due = match &wanted.timestamp_url {
        Some(url) => is_due(app, url.as_str(), &checkpoint).await?,
        None => false,
    };
    if due.is_empty() && !stamp_due {
        return Ok(0);
    }
    let now = app.now();
    let mut tx = app.store.begin().await?;
    let token = store::lease::take(&mut tx, JOB, now, now.plus(LEASE)).await?;
    tx.commit().await?;
    let Some(token) = token else { return Ok(0) };
    // All at once: one that does not answer delays no other.
    let witnesses = futures_util::future::join_all(due.iter().map(|it| ask(app, outside, it, &checkpoint)));
    let stamp = async { if stamp_due { stamp_it(app, outside, &checkpoint).await } else { Ok(()) } };
    let (answers, stamped) = tokio::join!(witnesses, stamp);
    let mut tx = app.store.begin().await?;
    store::lease::release(&mut tx, JOB, token, app.now()).await?;
    tx.commit().await?;
    for answer in answers {
        answer?;
    }
    stamped?;
    Ok(due.len() + usize::from(stamp_due))
}

async fn is_due(app: &App, name: &str, checkpoint: &Checkpoint) -> Result<bool> {
    let anchor = anchoring::of(app, name).await?;
    Ok(anchor.due_at <= app.now() && anchor.size != checkpoint.size)
}

async fn ask(app: &App, outside: &Outside, witness: &Witness, checkpoint: &Checkpoint) -> Result<()> {
    let anchor = anchoring::of(app, &witness.name).await?;
    // A log under a new name begins anew for a witness.
    let mut old = if anchor.size > checkpoint.size { 0 } else { anchor.size };
    for _ in 0..MOST_TURNS {
        let body = anchoring::request(app, old, checkpoint).await?;
        let answer = match wire::add_checkpoint(&outside.anchors, witness.url.url(), &body).await {
            Ok(answer) => parse_answer(answer.status, &answer.content_type, &answer.body),
            Err(failure) => return anchoring::failed(app, anchor, failure.to_string()).await,
        };
        match anchoring::take_answer(app, witness, checkpoint, answer).await? {
            Became::Confirmed => return anchoring::went_well(app, anchor, checkpoint.size, 0).await,
            Became::AskFrom(size) if size != old => old = size,
            Became::AskFrom(_) => break,
            Became::Failed(why) => return anchoring::failed(app, anchor, why).await,
        }
    }
    anchoring::failed(app, anchor, "it takes no checkpoint, whatever size it is asked from".to_owned()).await
}

async fn stamp_it(app: &App, outside: &Outside, checkpoint: &Checkpoint) -> Result<()> {
    let wanted = &app.config.anchors;
    let Some(url) = &wanted.timestamp_url else { return Ok(()) };
    let anchor = anchoring::of(app, url.as_str()).await?;
    let (request, nonce) = anchoring::stamp_request(app, checkpoint);
    let answer = match stamp::ask(&outside.anchors, url.url(), &request).await {
        Ok(answer) => answer,
        Err(failure) => return anchoring::failed(app, anchor, failure.to_string()).await,
    };
    let roots = outside.tsa_roots.as_deref().map(Vec::as_slice);
    match anchoring::keep_stamp(app, url.as_str(), checkpoint, nonce, &answer, roots).await? {
        None => {
            let pause = wanted.timestamp_every.millis();
            anchoring::went_well(app, anchor, checkpoint.size, pause).await
        }
        Some(why) => anchoring::failed(app, anchor, why).await,
    }
}
