//! `ayeaye migrate`: the schema of the database.

use serde_json::json;

use super::{Exit, Settings, Stop, args::Migrate, load, say, say_json};
use crate::{
    config::Database,
    server,
    store::migrate::{MIGRATIONS, Schema},
};

pub(super) async fn run(settings: &Settings, args: Migrate) -> Result<Exit, Stop> {
    let config = load(settings)?.config;
    if args.check && is_missing(&config.database) {
        answer(args, "behind", &behind(MIGRATIONS.len()));
        return Ok(Exit::Pending);
    }
    let store = server::open_store(&config).await?;
    let schema = store.schema().await?;
    let (word, text, exit) = match schema {
        Schema::Current => ("current", "The schema is current.".to_owned(), Exit::Done),
        Schema::Newer(version) => ("newer", server::Failure::NewerSchema(version).to_string(), Exit::Failed),
        Schema::Behind(missing) if args.check => ("behind", behind(missing), Exit::Pending),
        Schema::Behind(missing) => {
            store.migrate().await?;
            ("migrated", format!("{missing} migrations were applied. The schema is current."), Exit::Done)
        }
    };
    store.close().await;
    answer(args, word, &text);
    Ok(exit)
}

/// Whether there is no database yet: a check must not make one.
fn is_missing(database: &Database) -> bool {
    match database {
        Database::Sqlite(path) => !path.exists(),
        Database::Postgres(_) => false,
    }
}

fn behind(missing: usize) -> String {
    format!("{missing} migrations are to be applied. Run: ayeaye migrate")
}

fn answer(args: Migrate, word: &str, text: &str) {
    if args.answer.json {
        say_json(&json!({ "schema": word }));
    } else {
        say(text);
    }
}
