//! Does what takes longer than a request, a batch at a time.

use tokio::sync::watch;

use super::{next_turn, report};
use crate::app::{App, Result, replay::Replayer};

pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut replayer = Replayer::default();
    loop {
        let outcome = async {
            while !*stop.borrow() && replayer.pass(&app).await? {}
            Ok(())
        };
        report("jobs", outcome.await);
        if !next_turn(app.wake.jobs.notified(), &mut stop).await {
            return report("jobs", replayer.release(&app).await);
        }
    }
}

/// Does all there is to do now; how many batches.
pub(super) async fn run_due(app: &App) -> Result<usize> {
    let (mut replayer, mut batches) = (Replayer::default(), 0);
    while replayer.pass(app).await? {
        batches += 1;
    }
    replayer.release(app).await?;
    Ok(batches)
}
