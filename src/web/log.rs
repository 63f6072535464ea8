//! `/log/…`: the log as strangers read it (C2SP tlog-tiles). Anybody's page may fetch it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS,
        },
    },
    web::Data,
};

use super::{Web, error::Fault};
use crate::{app::log::read, tlog::tile::TilePath};

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const TEXT: &str = "text/plain; charset=utf-8";
/// A tile of a given width never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /log/checkpoint`: the newest signed head.
///
/// # Errors
/// The database failed.
pub async fn checkpoint(web: Data<Web>) -> Result<HttpResponse, Fault> {
    Ok(match read::checkpoint(&web.app).await? {
        Some(note) => answer(StatusCode::OK, TEXT, "no-cache", note.into_bytes()),
        None => nothing("There is no checkpoint yet. The first one comes with the first entry.\n"),
    })
}

/// `GET /log/tile/…`: hashes, and under `entries/` the entries themselves.
///
/// # Errors
/// The database failed.
pub async fn tile(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Fault> {
    let path = request.path().trim_start_matches("/log/");
    let Ok(path) = path.parse::<TilePath>() else {
        return Ok(nothing("This is not the path of a tile: see https://c2sp.org/tlog-tiles\n"));
    };
    Ok(match read::resource(&web.app, path).await? {
        Some(bytes) => answer(StatusCode::OK, "application/octet-stream", FOR_EVER, bytes),
        None => nothing("No published checkpoint covers this tile.\n"),
    })
}

fn nothing(why: &'static str) -> HttpResponse {
    answer(StatusCode::NOT_FOUND, TEXT, "no-store", why.into())
}

fn answer(status: StatusCode, kind: &str, keep: &'static str, body: Vec<u8>) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((CORP, "cross-origin"))
        .body(body)
}
