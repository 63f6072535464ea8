//! `ayeaye log`: how the log stands, its keys, and going on after a restore.

use serde_json::json;

use super::{
    Stop,
    args::{Adopt, Exit, Json, Log, Settings},
    open_existing, say, say_json,
};
use crate::app::{
    App, fsck,
    log::{
        adopt::{self, AdoptError},
        read, status,
    },
};

pub(super) async fn run(settings: &Settings, log: Log) -> Result<Exit, Stop> {
    let app = open_existing(settings).await?;
    let exit = match log {
        Log::Show(json) => show(&app, json).await,
        Log::Key(json) => key(&app, json).await,
        Log::Adopt(args) => adopt(&app, &args).await,
    };
    app.store.close().await;
    exit
}

async fn show(app: &App, json: Json) -> Result<Exit, Stop> {
    let (status, checkpoint) = (status::status(app).await?, read::checkpoint(app).await?);
    if json.json {
        say_json(&json!({
            "state": status.word(), "refused": status.refused, "size": status.size,
            "published": status.published, "signed_at": status.signed_at.map(crate::domain::Timestamp::rfc3339),
            "checkpoint": checkpoint,
        }));
        return Ok(Exit::Done);
    }
    say(&format!("{} entries, {} of them signed ({})", status.size, status.published, status.word()));
    if let Some(why) = &status.refused {
        say(&format!("Nothing is signed now: {why}"));
    }
    if let Some(checkpoint) = checkpoint {
        say(&format!("\n{}", checkpoint.trim_end()));
    }
    Ok(Exit::Done)
}

async fn key(app: &App, json: Json) -> Result<Exit, Stop> {
    let keys = read::keys(app).await?;
    if json.json {
        say_json(&json!({ "keys": keys }));
    } else {
        say(&keys.join("\n"));
    }
    Ok(Exit::Done)
}

async fn adopt(app: &App, args: &Adopt) -> Result<Exit, Stop> {
    let adopted = adopt::adopt(app, &args.reason).await.map_err(|error| match error {
        error @ AdoptError::Reason => Stop::usage(error),
        error @ (AdoptError::NotRefused
        | AdoptError::Busy
        | AdoptError::File(_)
        | AdoptError::App(_)
        | AdoptError::Store(_)) => Stop::failed(error),
    })?;
    // What was found before the adoption is no longer so.
    fsck::examine_and_keep(app).await?;
    let adopt::Adopted { origin, key, size } = adopted;
    if args.answer.json {
        say_json(&json!({ "origin": origin, "key": key, "size": size }));
    } else {
        say(&format!(
            "The log goes on as {origin} with {size} entries. Its new key, to be published:\n{key}"
        ));
    }
    Ok(Exit::Done)
}
