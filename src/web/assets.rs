//! Static files: embedded in the binary, served under a hash of their content.
//!
//! The address changes with the bytes, so a browser may keep a file for ever. During a rolling upgrade a page of
//! the old release may ask the new one for its old address: it gets the present bytes, to be asked for again.

use std::{
    future::{Ready, ready},
    sync::LazyLock,
};

use actix_web::{
    HttpResponse,
    http::header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE, CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue,
    },
    web,
};
use sha2::{Digest, Sha256};

/// One embedded file.
#[derive(Clone, Copy)]
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    /// The files that its address changes with: all modules that import each other by a relative path; itself when
    /// there are none.
    with: &'static [&'static [u8]],
}

const CSS: Asset = Asset {
    name: "app.css",
    media_type: "text/css; charset=utf-8",
    bytes: include_bytes!("../../static/app.css"),
    with: &[],
};
const EMBED_STYLE: Asset = Asset {
    name: "embed.css",
    media_type: "text/css; charset=utf-8",
    bytes: include_bytes!("../../static/embed.css"),
    with: &[include_bytes!("../../static/embed.css")],
};
const EMBED_FRAME: Asset = Asset {
    name: "frame.js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../../static/frame.js"),
    with: &[include_bytes!("../../static/frame.js")],
};
const SNIPPET: Asset = Asset {
    name: "snippet.js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../../static/snippet.js"),
    with: &[include_bytes!("../../static/snippet.js")],
};
const ICON: Asset = Asset {
    name: "icon.svg",
    media_type: "image/svg+xml",
    bytes: include_bytes!("../../static/icon.svg"),
    with: &[],
};

const CONFIRM: Asset = Asset {
    name: "confirm.js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../../static/confirm.js"),
    with: &[],
};

const PAGE: &[u8] = include_bytes!("../../static/verify/page.js");
const CHECK: &[u8] = include_bytes!("../../static/verify/check.js");
const FILE: &[u8] = include_bytes!("../../static/verify/file.js");
const JSON: &[u8] = include_bytes!("../../static/verify/json.js");
const KEYS: &[u8] = include_bytes!("../../static/verify/keys.js");
const STAMP: &[u8] = include_bytes!("../../static/verify/stamp.js");
const BYTES: &[u8] = include_bytes!("../../static/verify/bytes.js");

/// The modules that check a proof in the browser.
const VERIFY: [Asset; 7] = [
    module("page.js", PAGE),
    module("check.js", CHECK),
    module("file.js", FILE),
    module("json.js", JSON),
    module("keys.js", KEYS),
    module("stamp.js", STAMP),
    module("bytes.js", BYTES),
];

const fn module(name: &'static str, bytes: &'static [u8]) -> Asset {
    let with = &[PAGE, CHECK, FILE, JSON, KEYS, STAMP, BYTES];
    Asset { name, media_type: "text/javascript; charset=utf-8", bytes, with }
}

/// The solver of a proof of work, at an address that does not change: the element loads it from other sites.
const POW: Asset = Asset {
    name: "pow.js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../../static/pow.js"),
    with: &[include_bytes!("../../static/pow.js")],
};
/// What the page between a form and what follows it does with the solver.
const PROVE: Asset = Asset {
    name: "prove.js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../../static/prove.js"),
    with: &[include_bytes!("../../static/prove.js")],
};

static CSS_HREF: LazyLock<String> = LazyLock::new(|| CSS.href());
static EMBED_STYLE_HREF: LazyLock<String> = LazyLock::new(|| EMBED_STYLE.href());
static EMBED_FRAME_HREF: LazyLock<String> = LazyLock::new(|| EMBED_FRAME.href());
static SNIPPET_HREF: LazyLock<String> = LazyLock::new(|| SNIPPET.href());
static ICON_HREF: LazyLock<String> = LazyLock::new(|| ICON.href());

static CONFIRM_HREF: LazyLock<String> = LazyLock::new(|| CONFIRM.href());

static VERIFY_HREF: LazyLock<String> = LazyLock::new(|| module("page.js", PAGE).href());

/// The address of the script that checks proofs.
pub fn verify_href() -> &'static str {
    &VERIFY_HREF
}

static PROVE_HREF: LazyLock<String> = LazyLock::new(|| PROVE.href());

/// The address of the script of the page that asks for a proof of work.
pub fn prove_href() -> &'static str {
    &PROVE_HREF
}

/// `GET /e/pow.js`
pub fn pow() -> Ready<HttpResponse> {
    let mut answer = POW.answer("");
    let headers = answer.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    ready(answer)
}

/// The address of the script that confirms in the browser that signed up.
pub fn confirm_href() -> &'static str {
    &CONFIRM_HREF
}

/// The pictures of the documentation.
const PICTURES: [Asset; 10] = [
    picture("form-wide.png", include_bytes!("../../static/pictures/form-wide.png")),
    picture("form-phone.png", include_bytes!("../../static/pictures/form-phone.png")),
    picture("check-email-wide.png", include_bytes!("../../static/pictures/check-email-wide.png")),
    picture("check-email-phone.png", include_bytes!("../../static/pictures/check-email-phone.png")),
    picture("confirm-wide.png", include_bytes!("../../static/pictures/confirm-wide.png")),
    picture("confirm-phone.png", include_bytes!("../../static/pictures/confirm-phone.png")),
    picture("preferences-wide.png", include_bytes!("../../static/pictures/preferences-wide.png")),
    picture("preferences-phone.png", include_bytes!("../../static/pictures/preferences-phone.png")),
    picture("unsubscribe-wide.png", include_bytes!("../../static/pictures/unsubscribe-wide.png")),
    picture("unsubscribe-phone.png", include_bytes!("../../static/pictures/unsubscribe-phone.png")),
];

const fn picture(name: &'static str, bytes: &'static [u8]) -> Asset {
    Asset { name, media_type: "image/png", bytes, with: &[] }
}

/// The address of a picture of the documentation; empty when there is none of this name.
pub fn picture_href(name: &str) -> String {
    PICTURES.iter().find(|it| it.name == name).map_or_else(String::new, Asset::href)
}

/// The address of the style sheet.
pub fn css_href() -> &'static str {
    &CSS_HREF
}

/// The address of the style sheet of framed forms.
pub fn embed_style_href() -> &'static str {
    &EMBED_STYLE_HREF
}

/// The address of the script that tells how high a framed form is.
pub fn embed_frame_href() -> &'static str {
    &EMBED_FRAME_HREF
}

/// The address of the script that copies snippets.
pub fn snippet_href() -> &'static str {
    &SNIPPET_HREF
}

/// The address of the icon.
pub fn icon_href() -> &'static str {
    &ICON_HREF
}

/// `GET /static/{hash}/{name}`
pub fn get(path: web::Path<(String, String)>) -> Ready<HttpResponse> {
    let (hash, name) = path.into_inner();
    let asset = [CSS, ICON, PROVE, CONFIRM, EMBED_STYLE, EMBED_FRAME, SNIPPET]
        .into_iter()
        .chain(VERIFY)
        .chain(PICTURES)
        .find(|it| it.name == name);
    ready(asset.map_or_else(|| HttpResponse::NotFound().finish(), |it| it.answer(&hash)))
}

impl Asset {
    /// The first 16 hex digits of the SHA-256 of the bytes.
    fn hash(&self) -> String {
        let itself = [self.bytes];
        let with = if self.with.is_empty() { &itself } else { self.with };
        let mut hash = hex::encode(Sha256::digest(with.concat()));
        hash.truncate(16);
        hash
    }

    /// The file, to be kept for ever when it was asked for by its present hash.
    fn answer(&self, hash: &str) -> HttpResponse {
        let keep = if self.hash() == hash { "public, max-age=31536000, immutable" } else { "no-cache" };
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, self.media_type))
            .insert_header((CACHE_CONTROL, keep))
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .insert_header(("Cross-Origin-Resource-Policy", "same-origin"))
            .body(self.bytes)
    }

    fn href(&self) -> String {
        format!("/static/{}/{}", self.hash(), self.name)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::{App, http::StatusCode, test};

    use super::*;

    #[tokio::test]
    async fn only_the_address_of_the_present_bytes_may_be_kept_for_ever() {
        let app =
            test::init_service(App::new().route("/static/{hash}/{name}", web::get().to(super::get))).await;
        let ask = async |path: &str| {
            let answer = test::call_service(&app, test::TestRequest::get().uri(path).to_request())
                .await
                .into_parts()
                .1;
            let kept = answer.headers().get(CACHE_CONTROL).map(|it| it.to_str().unwrap().to_owned());
            (answer.status(), kept.unwrap_or_default())
        };
        assert_eq!(ask(css_href()).await, (StatusCode::OK, "public, max-age=31536000, immutable".to_owned()));
        assert_eq!(ask("/static/0000000000000000/app.css").await, (StatusCode::OK, "no-cache".to_owned()));
        assert_eq!(ask("/static/0000000000000000/passwd").await, (StatusCode::NOT_FOUND, String::new()));
    }
}
