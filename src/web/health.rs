//! `/healthz`: the process answers. `/readyz`: it can do its work.

use actix_web::{HttpResponse, web::Data};
use serde_json::json;

use super::Web;
use crate::store::migrate::Schema;

/// `GET /healthz`
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).body("ok\n")
}

/// `GET /readyz`: the database can be written and its schema is the one this program knows.
pub async fn ready(web: Data<Web>) -> HttpResponse {
    let store = &web.app.store;
    let schema = store.schema().await;
    let writable = crate::app::can_write(&web.app).await;
    let schema_word = match &schema {
        Ok(Schema::Current) => "current",
        Ok(Schema::Behind(_)) => "behind",
        Ok(Schema::Newer(_)) => "newer",
        Err(_) => "unknown",
    };
    let ready = matches!(schema, Ok(Schema::Current)) && writable;
    let body = json!({
        "status": if ready { "ready" } else { "not_ready" },
        "database": if writable { "writable" } else { "unreachable" },
        "schema": schema_word,
    });
    let mut answer = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.insert_header(("Cache-Control", "no-store")).json(body)
}
