//! Takes checkpoints to witnesses and to the time-stamping authority. Down for a day, they are asked again and the
//! operator is told; nothing else waits for them.

use tokio::sync::watch;

use super::{Outside, next_turn, report};
use crate::{
    anchor::{
        stamp,
        witness::{self as wire, Witness},
    },
    app::{
        App, Result,
        log::anchoring::{self, Became, Due, Outsider},
    },
    domain::{
        text::EndpointUrl,
        time::{MINUTE, SECOND},
    },
    store::{self, checkpoint::Checkpoint},
    tlog::witness::parse_answer,
};

/// Least time between two rounds, in milliseconds. Whoever is due in a round is asked about the same checkpoint: asked
/// each at its own time about a log that grows, no checkpoint might ever be confirmed by enough of them.
const ROUND: i64 = 5 * SECOND;
/// How long one instance keeps the others from asking too, in milliseconds; every question ends after 15 s, and
/// nobody is asked more than [`MOST_TURNS`] in a row.
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
    if anchoring::due(app, &checkpoint).await?.is_empty() {
        return Ok(0);
    }
    let begun = app.now();
    let mut tx = app.store.begin().await?;
    let token = store::lease::take(&mut tx, JOB, begun, begun.plus(LEASE)).await?;
    tx.commit().await?;
    let Some(token) = token else { return Ok(0) };
    let asked = ask_all(app, outside, &checkpoint).await;
    let mut tx = app.store.begin().await?;
    // No instance begins another round before.
    let free = begun.plus(ROUND).max(app.now());
    store::lease::release(&mut tx, JOB, token, free).await?;
    tx.commit().await?;
    asked
}

/// All at once: one that does not answer delays no other. Who is due is looked up under the lease, as whoever had it
/// before may have asked them meanwhile.
async fn ask_all(app: &App, outside: &Outside, checkpoint: &Checkpoint) -> Result<usize> {
    let due = anchoring::due(app, checkpoint).await?;
    let asked = due.len();
    let answers = due.into_iter().map(|it| ask(app, outside, it, checkpoint));
    let answers = futures_util::future::join_all(answers).await;
    answers.into_iter().collect::<Result<()>>()?;
    Ok(asked)
}

async fn ask(app: &App, outside: &Outside, due: Due<'_>, checkpoint: &Checkpoint) -> Result<()> {
    match due.whom {
        Outsider::Witness(witness) => have_cosigned(app, outside, due, witness, checkpoint).await,
        Outsider::Authority(url) => have_stamped(app, outside, due, url, checkpoint).await,
    }
}

async fn have_cosigned(
    app: &App,
    outside: &Outside,
    due: Due<'_>,
    witness: &Witness,
    checkpoint: &Checkpoint,
) -> Result<()> {
    let mut old = due.anchor.size;
    for _ in 0..MOST_TURNS {
        let body = match anchoring::request(app, old, checkpoint).await {
            Ok(body) => body,
            Err(error) => return anchoring::failed(app, due, error.to_string()).await,
        };
        let answer = match wire::add_checkpoint(&outside.anchors, witness.url.url(), &body).await {
            Ok(answer) => parse_answer(answer.status, &answer.content_type, &answer.body),
            Err(failure) => return anchoring::failed(app, due, failure.to_string()).await,
        };
        match anchoring::take_answer(app, witness, checkpoint, old, answer).await? {
            Became::Confirmed => return anchoring::went_well(app, due, checkpoint.size, 0).await,
            Became::AskFrom(size) => old = size,
            Became::Overtaken => return Ok(()),
            Became::Failed(why) => return anchoring::failed(app, due, why).await,
        }
    }
    anchoring::failed(app, due, "it names another size each time it is asked".to_owned()).await
}

async fn have_stamped(
    app: &App,
    outside: &Outside,
    due: Due<'_>,
    url: &EndpointUrl,
    checkpoint: &Checkpoint,
) -> Result<()> {
    let (imprint, nonce) = (anchoring::imprint(checkpoint)?, app.random.number());
    let roots = outside.tsa_roots.as_deref().map(Vec::as_slice);
    let (token, said) = match stamp::obtain(&outside.anchors, url.url(), &imprint, nonce, roots).await {
        Ok(stamp) => stamp,
        Err(error) => return anchoring::failed(app, due, error.to_string()).await,
    };
    match anchoring::keep_stamp(app, url, checkpoint, &token, &said).await? {
        None => {
            let pause = app.config.anchors.timestamp_every.millis();
            anchoring::went_well(app, due, checkpoint.size, pause).await
        }
        Some(why) => anchoring::failed(app, due, why).await,
    }
}
