//! `ayeaye migrate`: the schema of the database.

use serde_json::json;

use super::{Exit, Settings, Stop, args::Migrate, load, say, say_json};
use crate::{server, store::migrate::Schema};

pub(super) async fn run(settings: &Settings, args: Migrate) -> Result<Exit, Stop> {
    let config = load(settings)?.config;
    let store = server::open_store(&config).await?;
    let schema = store.schema().await?;
    let (word, text, exit) = match schema {
        Schema::Current => ("current", "The schema is current.".to_owned(), Exit::Done),
        Schema::Newer(version) => ("newer", server::Failure::NewerSchema(version).to_string(), Exit::Failed),
        Schema::Behind(missing) if args.check => {
            ("behind", format!("{missing} migrations are to be applied. Run: ayeaye migrate"), Exit::Pending)
        }
        Schema::Behind(missing) => {
            store.migrate().await?;
            ("migrated", format!("{missing} migrations were applied. The schema is current."), Exit::Done)
        }
    };
    store.close().await;
    if args.answer.json {
        say_json(&json!({ "schema": word }));
    } else {
        say(&text);
    }
    Ok(exit)
}
