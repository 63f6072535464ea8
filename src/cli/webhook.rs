//! `ayeaye webhook listen`: follows the feed and hands each event to a program on this machine, signed as a webhook is.
//!
//! For whoever writes a receiver: no address that others can reach is needed. What the program does not take is told
//! and not tried again.

use std::time::Duration;

use clap::{Args, Subcommand};
use reqwest::{Client, StatusCode, redirect::Policy};
use serde_json::Value;
use tokio::time::{Instant, sleep};
use url::Url;

use super::{Exit, Settings, Stop, client, complain, say};
use crate::{
    app::Clock,
    crypto::{Key, Random, mac},
    domain::setup::EventPattern,
    webhook::{Secret, sign},
};

/// How long a request to the feed may take; it waits for 25 s itself.
const FEED: Duration = Duration::from_mins(1);
/// How long the program may take.
const FORWARD: Duration = Duration::from_secs(15);
/// The longest pause between two tries to reach the service.
const PATIENCE: Duration = Duration::from_secs(30);

/// Verbs of `webhook`.
#[derive(Clone, Debug, Subcommand)]
pub enum Webhook {
    /// Follow the feed and hand each event to a program on this machine, signed as a webhook is
    #[command(
        after_help = "Example:\n  AYEAYE_KEY_FILE=key.txt ayeaye webhook listen --forward http://localhost:3000/hook --event 'consent.*'\n\n\
        Each message is signed twice, as the service signs: `v1` with the secret, `v1a` with a key whose public half is\n\
        printed. For development: what the program does not take is told and not tried again. Ctrl-C ends it."
    )]
    Listen(Listen),
}

/// Arguments of `webhook listen`.
#[derive(Clone, Debug, Args)]
pub struct Listen {
    /// Where the service is [default: `AYEAYE_URL`, or the one on this machine]
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The file that holds an API key with the scope `events:read`, - for standard input; without it `AYEAYE_KEY` or
    /// `AYEAYE_KEY_FILE` counts
    #[arg(long, value_name = "FILE")]
    pub key: Option<String>,
    /// Where your program listens, like `http://localhost:3000/hook`
    #[arg(long, value_name = "URL")]
    pub forward: String,
    /// The secret to sign with, `whsec_…`, and to make the other key from; a new one is made when left out
    #[arg(long, value_name = "SECRET")]
    pub secret: Option<String>,
    /// Only events of this type, like consent.confirmed or `consent.*`; may be repeated
    #[arg(long = "event", value_name = "TYPE")]
    pub events: Vec<String>,
    /// Begin after this place of the feed, 0 for all that is kept; when left out, with what happens from now on
    #[arg(long, value_name = "SEQUENCE", allow_negative_numbers = true, value_parser = clap::value_parser!(i64).range(0..))]
    pub after: Option<i64>,
}

pub(super) async fn run(settings: &Settings, webhook: Webhook) -> Result<Exit, Stop> {
    let Webhook::Listen(args) = webhook;
    let listener = Listener::new(settings, args)?;
    tokio::select! {
        outcome = listener.follow() => outcome,
        _ = tokio::signal::ctrl_c() => Ok(Exit::Done),
    }
}

struct Listener {
    feed: Client,
    service: Url,
    key: String,
    program: Client,
    forward: Url,
    /// The secret, and the Ed25519 key made from it.
    secrets: [Secret; 2],
    events: Vec<EventPattern>,
    after: Option<i64>,
    clock: Clock,
}

/// Why the feed could not be read.
enum Trouble {
    /// Later perhaps.
    Passing(String),
    /// Never like this.
    Lasting(Stop),
    /// The feed has never come to this place.
    Ahead(Stop),
    /// What comes next at this place is no longer kept.
    Forgotten(Stop),
}

impl Listener {
    fn new(settings: &Settings, args: Listen) -> Result<Self, Stop> {
        let Listen { url, key, forward, secret, events, after } = args;
        let forward = program(&forward)?;
        let secret = match secret {
            Some(text) => Secret::parse(&text).map_err(|error| Stop::usage(format!("--secret: {error}")))?,
            None => Secret::from_bytes(Random::system().bytes::<32>().to_vec()).map_err(Stop::failed)?,
        };
        let service = client::service(settings, url.as_deref())?;
        let patterns = events.iter().map(|it| {
            let unknown =
                || Stop::usage(format!("--event {it}: no event is named so; see {service}docs/events"));
            EventPattern::parse(it).ok_or_else(unknown)
        });
        let events = patterns.collect::<Result<Vec<_>, _>>()?;
        let key = client::key(key.as_deref(), "events:read")?;
        let feed = client::http(&service)?;
        let program = Client::builder().no_proxy().redirect(Policy::none()).build().map_err(Stop::failed)?;
        let private = asymmetric(&secret);
        let secrets = [secret, private];
        Ok(Self { feed, service, key, program, forward, secrets, events, after, clock: Clock::system() })
    }

    async fn follow(&self) -> Result<Exit, Stop> {
        let mut after = None;
        let mut pause = Duration::from_secs(1);
        loop {
            let outcome = match after {
                Some(place) => self.next(place).await,
                None => self.begin().await,
            };
            match outcome {
                Ok(place) => (after, pause) = (Some(place), Duration::from_secs(1)),
                Err(Trouble::Lasting(stop) | Trouble::Ahead(stop) | Trouble::Forgotten(stop)) => {
                    return Err(stop);
                }
                Err(Trouble::Passing(why)) => {
                    complain(&format!("{why} It is asked again in {} s.", pause.as_secs()));
                    sleep(pause).await;
                    pause = (pause * 2).min(PATIENCE);
                }
            }
        }
    }

    /// Finds the place to begin at and says what happens.
    async fn begin(&self) -> Result<i64, Trouble> {
        let place = match self.after {
            Some(0) => self.start().await?,
            Some(place) => self.reached(place).await?,
            None => self.end().await?,
        };
        let [secret, private] = &self.secrets;
        say(&format!(
            "Events after {place} go to {}\nThe secret that v1 is signed with:  {}\nThe public key that v1a fits:       {}\nCtrl-C ends \
             this.",
            self.forward,
            secret.expose(),
            private.expose(),
        ));
        Ok(place)
    }

    /// The place before the oldest event that is kept; the feed finds it when it is given none.
    async fn start(&self) -> Result<i64, Trouble> {
        let (events, _) = self.page(None, 1, 0).await?;
        let oldest = events.first().and_then(|it| it.get("sequence")).and_then(Value::as_i64);
        Ok(oldest.map_or(0, |it| it - 1))
    }

    /// A place that the feed can go on from.
    async fn reached(&self, place: i64) -> Result<i64, Trouble> {
        match self.page(Some(place), 1, 0).await {
            Ok(_) => Ok(place),
            Err(Trouble::Ahead(_)) => {
                let last = self.end().await?;
                let why = format!(
                    "--after {place}: the feed has not come that far, its last place is {last}. Leave --after out to \
                     begin there."
                );
                Err(Trouble::Ahead(Stop::failed(why)))
            }
            Err(Trouble::Forgotten(_)) => {
                let why = format!(
                    "--after {place}: events after that place are no longer kept. Give --after 0 for all that is kept."
                );
                Err(Trouble::Forgotten(Stop::failed(why)))
            }
            Err(trouble) => Err(trouble),
        }
    }

    /// The last place there is: places are dense, so it is found by halving.
    async fn end(&self) -> Result<i64, Trouble> {
        let (mut low, mut high) = (0_i64, 1_i64);
        while self.goes_on_after(high).await? {
            (low, high) = (high, high.saturating_mul(2));
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.goes_on_after(middle).await? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    async fn goes_on_after(&self, place: i64) -> Result<bool, Trouble> {
        match self.page(Some(place), 1, 0).await {
            Ok((events, _)) => Ok(!events.is_empty()),
            Err(Trouble::Forgotten(_)) => Ok(true),
            Err(Trouble::Ahead(_)) => Ok(false),
            Err(trouble) => Err(trouble),
        }
    }

    /// Waits for the next events and hands them over; the place after them.
    async fn next(&self, after: i64) -> Result<i64, Trouble> {
        let (events, next) = self.page(Some(after), 100, 25).await?;
        for event in &events {
            let kind = event.get("type").and_then(Value::as_str).unwrap_or_default();
            if self.events.is_empty() || self.events.iter().any(|it| it.matches(kind)) {
                self.hand_over(event, kind).await;
            }
        }
        Ok(next)
    }

    async fn page(&self, after: Option<i64>, limit: i64, wait: i64) -> Result<(Vec<Value>, i64), Trouble> {
        let place = after.map(|it| format!("after={it}&")).unwrap_or_default();
        let url = format!("{}v1/events?{place}limit={limit}&wait={wait}", self.service);
        let asked = self.feed.get(&url).bearer_auth(&self.key).timeout(FEED).send().await;
        let answer = asked.map_err(|error| Trouble::Passing(client::unanswered(&self.service, &error)))?;
        let status = answer.status();
        let text = answer.text().await.unwrap_or_default();
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        if status == StatusCode::OK {
            let events = body.get("data").and_then(Value::as_array).cloned().unwrap_or_default();
            let next = body.get("next_after").and_then(Value::as_i64).unwrap_or(after.unwrap_or_default());
            return Ok((events, next));
        }
        let detail = body.get("detail").and_then(Value::as_str).unwrap_or("it says nothing more");
        let why = format!("{} answered {status}: {detail}", self.service.as_str().trim_end_matches('/'));
        Err(match status {
            StatusCode::TOO_MANY_REQUESTS => Trouble::Passing(why),
            StatusCode::CONFLICT => Trouble::Ahead(Stop::failed(why)),
            StatusCode::GONE => Trouble::Forgotten(Stop::failed(why)),
            it if it.is_server_error() => Trouble::Passing(why),
            _ => Trouble::Lasting(Stop::failed(why)),
        })
    }

    async fn hand_over(&self, event: &Value, kind: &str) {
        let id = event.get("id").and_then(Value::as_str).unwrap_or_default();
        let (body, at, begun) = (event.to_string(), self.clock.now().seconds(), Instant::now());
        let sent = self
            .program
            .post(self.forward.clone())
            .timeout(FORWARD)
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", at)
            .header("webhook-signature", sign(id, at, body.as_bytes(), &self.secrets))
            .body(body)
            .send()
            .await;
        let ms = begun.elapsed().as_millis();
        match sent {
            Ok(answer) => say(&format!("{}  {ms} ms  {kind}  {id}", answer.status().as_u16())),
            Err(error) => {
                let why = client::unheard(&self.forward, &error);
                say(&format!("no answer  {ms} ms  {kind}  {id}: {why}"));
            }
        }
    }
}

/// Where the program is.
fn program(text: &str) -> Result<Url, Stop> {
    let url = Url::parse(text).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
    url.ok_or_else(|| {
        Stop::usage(format!(
            "--forward {text}: this is no address of the web; give the one your program listens on, like \
             http://localhost:3000/hook"
        ))
    })
}

/// A key that stays the same as long as the secret does.
fn asymmetric(secret: &Secret) -> Secret {
    Secret::private(Key::new(mac::hmac(secret.expose().as_bytes(), &[b"ayeaye webhook listen ed25519"])))
}
