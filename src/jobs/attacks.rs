//! Looks after the forms: numbers into the database every few seconds, a judgement every minute.

use std::time::Duration;

use tokio::{sync::watch, time::Instant};

use super::{next_turn, report};
use crate::app::{
    App, Result,
    attacks::{exchange, judge},
};

/// How often numbers are written, and read what others have judged.
const EXCHANGE: Duration = Duration::from_secs(5);
/// How often forms are judged.
const JUDGE: Duration = Duration::from_mins(1);

pub(super) async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let (mut exchanged, mut judged) = (Instant::now(), Instant::now());
    loop {
        if exchanged.elapsed() >= EXCHANGE {
            exchanged = Instant::now();
            report("attacks", exchange(&app).await);
        }
        if judged.elapsed() >= JUDGE {
            judged = Instant::now();
            report("attacks", judge(&app).await.map(|_| ()));
        }
        if !next_turn(std::future::pending(), &mut stop).await {
            return report("attacks", exchange(&app).await);
        }
    }
}

/// Both, now.
pub(super) async fn run_due(app: &App) -> Result<()> {
    exchange(app).await?;
    judge(app).await.map(|_| ())
}
