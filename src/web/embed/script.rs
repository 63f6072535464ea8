//! `/e/1.js`: the element.
//!
//! The major version is the address to paste; the same bytes are kept under their own hash for sites that write
//! an `integrity` attribute.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH},
    web::Path,
};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256, Sha384};

/// The element.
const ELEMENT: &str = include_str!("../../../static/embed.js");
/// Its release.
const VERSION: &str = "1.0.0";

/// What a page may write into `integrity` (Subresource Integrity, section 3.1).
static INTEGRITY: LazyLock<String> =
    LazyLock::new(|| format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(ELEMENT))));

static HASH: LazyLock<String> = LazyLock::new(|| {
    let mut hash = hex::encode(Sha256::digest(ELEMENT));
    hash.truncate(16);
    hash
});

/// The value of `integrity` for [`pinned_path`].
pub fn integrity() -> &'static str {
    &INTEGRITY
}

/// The path that stands for these very bytes for ever.
pub fn pinned_path() -> String {
    format!("/e/{VERSION}-{}.js", *HASH)
}

/// `GET /e/1.js`: the newest of the first major version.
pub async fn newest(request: HttpRequest) -> HttpResponse {
    let tag = format!("\"{}\"", *HASH);
    let known = request.headers().get(IF_NONE_MATCH).and_then(|it| it.to_str().ok());
    let keep = "public, max-age=600, stale-while-revalidate=86400";
    if known.is_some_and(|it| it.contains(tag.as_str())) {
        return open(&mut HttpResponse::NotModified(), keep).insert_header((ETAG, tag)).finish();
    }
    open(&mut HttpResponse::Ok(), keep).insert_header((ETAG, tag)).body(ELEMENT)
}

/// `GET /e/{version}-{hash}.js`: exactly this release, or nothing.
pub async fn pinned(path: Path<(String, String)>) -> HttpResponse {
    let (version, hash) = path.into_inner();
    if version != VERSION || hash != *HASH {
        return HttpResponse::NotFound().finish();
    }
    open(&mut HttpResponse::Ok(), "public, max-age=31536000, immutable").body(ELEMENT)
}

/// Headers of a script that any page may load.
fn open<'a>(
    answer: &'a mut actix_web::HttpResponseBuilder,
    keep: &'static str,
) -> &'a mut actix_web::HttpResponseBuilder {
    answer
        .insert_header((CONTENT_TYPE, "text/javascript; charset=utf-8"))
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
}
