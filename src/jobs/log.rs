//! The log's writer, at its turns.

use std::time::Duration;

use tokio::sync::watch;

use super::{next_turn, report};
use crate::app::{App, Result, log::LogWriter};

/// How long facts gather between two passes: a checkpoint a pass would cost more than what it covers.
const GATHER: Duration = Duration::from_millis(200);

pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut writer = LogWriter::default();
    loop {
        report("log", pass(&app, &mut writer, &mut stop).await);
        if !next_turn(app.wake.log.notified(), &mut stop).await {
            return report("log", writer.release(&app).await);
        }
    }
}

async fn pass(app: &App, writer: &mut LogWriter, stop: &mut watch::Receiver<bool>) -> Result<()> {
    while writer.pass(app).await? > 0 && !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(GATHER) => {}
            _stops = stop.wait_for(|it| *it) => {}
        }
    }
    Ok(())
}
