//! `ayeaye healthcheck`: asks a running service whether it is ready.

use std::time::Duration;

use serde_json::json;
use url::Url;

use super::{
    Exit, Settings, Stop,
    args::Healthcheck,
    client::{own, unanswered},
    complain, say, say_json,
};

/// How long the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn run(settings: &Settings, args: &Healthcheck) -> Result<Exit, Stop> {
    let text = args.url.clone().map_or_else(|| own(settings), Ok)?;
    let url = Url::parse(&text).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    let url = url.ok_or_else(|| {
        Stop::usage(format!(
            "--url {text}: this is no address of the web; give one like http://127.0.0.1:8080"
        ))
    })?;
    // reqwest takes the process-wide provider; it is set already when a service runs in this process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().map_err(Stop::failed)?;
    let answer = client.get(format!("{}/readyz", url.as_str().trim_end_matches('/'))).send().await;
    let (ready, text) = match answer {
        Ok(answer) => {
            let ready = answer.status().is_success();
            (ready, answer.text().await.unwrap_or_default())
        }
        Err(error) => (false, unanswered(&url, &error)),
    };
    if args.answer.json {
        say_json(&json!({ "ready": ready, "answer": text }));
    } else if ready {
        say("ready");
    } else {
        complain(&text);
    }
    Ok(if ready { Exit::Done } else { Exit::Failed })
}
