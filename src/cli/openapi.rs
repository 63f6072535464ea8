//! `openapi`: prints what the API is like. Needs no database and no running service.

use super::{Exit, Settings, Stop, load, say};
use crate::web::api::openapi::document;

/// Prints the document for the address links begin with.
pub(super) fn run(settings: &Settings) -> Result<Exit, Stop> {
    let base_url = load(settings)?.config.base_url;
    say(&serde_json::to_string_pretty(&document(base_url.as_str())).map_err(Stop::failed)?);
    Ok(Exit::Done)
}
