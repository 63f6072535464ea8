//! `ayeaye serve`: the service, until it is asked to stop.

use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{Exit, Settings, Stop, complain, load};
use crate::server::{self, Parts, Running};

pub(super) async fn run(settings: &Settings) -> Result<Exit, Stop> {
    let config = load(settings)?.config;
    let mut asked = StopAsked::listen()?;
    let running = server::start(config, Parts::real()).await?;
    let base_url = &running.app.config.base_url;
    complain(&format!("ayeaye listens on {} and answers at {base_url}", running.addr));
    if running.app.config.captures_mail() {
        complain("No mail leaves this machine: AYEAYE_SMTP_URL is not set, so mails are captured.");
        if running.app.config.shows_inbox() {
            complain(&format!("Read them at {base_url}/dev/inbox"));
        }
    }
    if running.app.catalog().tenants.is_empty() {
        complain("Nothing is set up yet. Write a file with your tenant and run: ayeaye apply FILE");
    }
    asked.wait().await;
    stop(running).await;
    Ok(Exit::Done)
}

/// Listens for Ctrl-C and SIGTERM, from before there is anything to tidy up.
pub(super) struct StopAsked {
    terminate: Signal,
    interrupt: Signal,
}

impl StopAsked {
    /// From now on these signals end nothing by themselves.
    pub(super) fn listen() -> Result<Self, Stop> {
        Ok(Self {
            terminate: signal(SignalKind::terminate()).map_err(Stop::failed)?,
            interrupt: signal(SignalKind::interrupt()).map_err(Stop::failed)?,
        })
    }

    /// Waits for the first of them.
    pub(super) async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Stops, and says so.
pub(super) async fn stop(running: Running) {
    complain("Stopping: what is under way ends first.");
    running.stop().await;
}
