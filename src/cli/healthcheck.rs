//! `ayeaye healthcheck`: asks a running service whether it is ready.

use std::time::Duration;

use serde_json::json;

use super::{Exit, Settings, Stop, args::Healthcheck, complain, load, say, say_json};

/// How long the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn run(settings: &Settings, args: &Healthcheck) -> Result<Exit, Stop> {
    let url = match &args.url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => {
            let listen = load(settings)?.config.listen;
            // A service that listens everywhere is asked on this machine.
            let host = match listen.ip() {
                ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
                std::net::IpAddr::V4(ip) => ip.to_string(),
                std::net::IpAddr::V6(ip) => format!("[{ip}]"),
            };
            format!("http://{host}:{}", listen.port())
        }
    };
    // reqwest takes the process-wide provider; it is set already when a service runs in this process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build().map_err(Stop::failed)?;
    let answer = client.get(format!("{url}/readyz")).send().await;
    let (ready, text) = match answer {
        Ok(answer) => {
            let ready = answer.status().is_success();
            (ready, answer.text().await.unwrap_or_default())
        }
        Err(error) => (false, format!("{url} does not answer: {error}")),
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
