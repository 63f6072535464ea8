//! `ayeaye healthcheck`: asks a running service whether it is ready.

use std::time::Duration;

use reqwest::Response;
use serde_json::{Value, json};
use url::Url;

use super::{
    Exit, Settings, Stop,
    args::Healthcheck,
    client::{is_alone, own, unanswered, wrong_url},
    complain, say, say_json,
};

/// How long the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// More than the service has to say of itself, in bytes; what is longer is cut, and no JSON then.
const ANSWER_MAX: usize = 16 * 1_024;

pub(super) async fn run(settings: &Settings, args: &Healthcheck) -> Result<Exit, Stop> {
    let text = args.url.clone().map_or_else(|| own(settings), Ok)?;
    let url = Url::parse(&text).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    let no_address = "this is no address of the web; give one like http://127.0.0.1:8080";
    let url = url.ok_or_else(|| wrong_url(&text, no_address))?;
    is_alone(&text, &url)?;
    // reqwest takes the process-wide provider; it is set already when a service runs in this process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().map_err(Stop::failed)?;
    let (ready, text) = match client.get(format!("{url}readyz")).send().await {
        Ok(answer) => heard(&url, answer).await,
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

/// Whether the service says that it is ready, and what it says. Whatever else answers there is not repeated.
async fn heard(url: &Url, mut answer: Response) -> (bool, String) {
    let status = answer.status();
    let mut body = Vec::new();
    while let Ok(Some(part)) = answer.chunk().await {
        body.extend(part.iter().take(ANSWER_MAX - body.len()));
        if body.len() == ANSWER_MAX {
            break;
        }
    }
    let says_how_it_is =
        serde_json::from_slice::<Value>(&body).is_ok_and(|it| it.get("status").is_some_and(Value::is_string));
    match String::from_utf8(body) {
        Ok(text) if says_how_it_is => (status.is_success(), text),
        Ok(_) | Err(_) => {
            let place = url.as_str().trim_end_matches('/');
            (false, format!("{place} answered {status}: is this the address of the service?"))
        }
    }
}
