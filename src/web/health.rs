//! `/healthz`: the process answers. `/readyz`: it can do its work.

use actix_web::{HttpResponse, web::Data};
use serde_json::{Value, json};

use super::Web;
use crate::{
    app::{fsck, log::status},
    store::migrate::Schema,
};

/// `GET /healthz`
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).body("ok\n")
}

/// `GET /readyz`: the database can be written and its schema is the one this program knows. A log that is refused or
/// behind is said, but takes nobody out of service: consents are taken on all the same.
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
    let (log, well) = if ready { log(&web).await } else { (Value::Null, false) };
    let body = json!({
        "status": if !ready { "not_ready" } else if well { "ready" } else { "degraded" },
        "database": if writable { "writable" } else { "unreachable" },
        "schema": schema_word,
        "log": log,
    });
    let mut answer = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.insert_header(("Cache-Control", "no-store")).json(body)
}

/// How the log and its last examination fare, and whether all is well.
async fn log(web: &Web) -> (Value, bool) {
    let (Ok(status), Ok(last)) = (status::status(&web.app).await, fsck::last(&web.app).await) else {
        return (Value::Null, false);
    };
    let clean = last.as_ref().is_none_or(|it| it.bad == 0);
    let well = status.word() == "ok" && status.silent.is_empty() && clean;
    let examined = last.map(
        |it| json!({ "at": it.at.rfc3339(), "facts": it.facts, "bad": it.bad, "first_bad": it.first_bad }),
    );
    let silent = status.silent.iter().map(|(name, said)| json!({ "name": name, "said": said }));
    let body = json!({
        "state": status.word(),
        "refused": status.refused,
        "size": status.size,
        "published": status.published,
        "behind_ms": status.behind,
        "silent": silent.collect::<Vec<_>>(),
        "examined": examined,
    });
    (body, well)
}
