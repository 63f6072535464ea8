//! `ayeaye serve`: the service, until it is asked to stop.

use super::{Exit, Settings, Stop, complain, load};
use crate::server::{self, Parts, Running};

pub(super) async fn run(settings: &Settings) -> Result<Exit, Stop> {
    let config = load(settings)?.config;
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
    until_asked_to_stop().await?;
    stop(running).await;
    Ok(Exit::Done)
}

/// Waits for Ctrl-C or SIGTERM.
pub(super) async fn until_asked_to_stop() -> Result<(), Stop> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Stop::failed)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Stop::failed)?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Stops, and says so.
pub(super) async fn stop(running: Running) {
    complain("Stopping: what is under way ends first.");
    running.stop().await;
}
