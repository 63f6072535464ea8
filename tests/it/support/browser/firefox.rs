//! How Firefox is told what a person chose.

use serde_json::{Map, Value, json};

use super::Setup;

/// What the session is asked for with.
pub(super) fn capabilities(setup: Setup) -> Map<String, Value> {
    let preferences = json!({
        "javascript.enabled": setup.javascript,
        "intl.accept_languages": setup.language,
        // 0 is dark, 1 is light.
        "layout.css.prefers-color-scheme.content-override": i32::from(!setup.dark),
        "network.proxy.type": 0,
        // As Firefox does outside of tests: a pop-up that nobody clicked for stays shut.
        "dom.disable_open_during_load": true,
    });
    let options = json!({ "binary": "/usr/bin/firefox-esr", "args": ["-headless"], "prefs": preferences });
    [
        ("browserName".to_owned(), json!("firefox")),
        ("acceptInsecureCerts".to_owned(), json!(true)),
        ("moz:firefoxOptions".to_owned(), options),
    ]
    .into_iter()
    .collect()
}
