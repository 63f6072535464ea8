//! How Chromium is told what a person chose.

use serde_json::{Map, Value, json};

use super::Setup;

/// The pages are our own and the tests may run as root, where Chromium's sandbox refuses to start; containers
/// have a small `/dev/shm`. The rest keeps Chromium from talking to anybody else.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
];

/// What the session is asked for with.
pub(super) fn capabilities(setup: Setup) -> Map<String, Value> {
    let mut arguments: Vec<String> = ARGUMENTS.iter().map(|it| (*it).to_owned()).collect();
    arguments.push(format!("--lang={}", setup.language));
    // A content setting: 1 allows, 2 blocks.
    let scripts = if setup.javascript { 1 } else { 2 };
    let preferences = json!({
        "profile.managed_default_content_settings.javascript": scripts,
        "intl.accept_languages": setup.language,
    });
    let options = json!({ "args": arguments, "prefs": preferences });
    [
        ("browserName".to_owned(), json!("chrome")),
        // Looking at a long page takes its time on a busy machine.
        ("timeouts".to_owned(), json!({ "script": 300_000 })),
        ("acceptInsecureCerts".to_owned(), json!(true)),
        ("goog:chromeOptions".to_owned(), options),
    ]
    .into_iter()
    .collect()
}
