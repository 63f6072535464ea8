//! One delivery attempt over the network.
//!
//! Every limit of an attempt stands here: one deadline for all of it, no redirect, no proxy, no cookie, no
//! decompression, at most 400 kB of head and 4 KiB of body kept. What the receiver answered is a value; when to try
//! again is decided elsewhere.
//!
//! A connection goes to an address that was judged when it was made. It is used again while attempts follow closely:
//! a handshake for each would cost more than the delivery. It is closed after two idle seconds, and none is taken up
//! that was made for a name more than a minute ago, so that a name that moves is followed.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout_at};

use super::{
    answer::{AttemptResult, Failure, retry_after_seconds},
    endpoint_url::EndpointUrl,
    guard::AllowNets,
    resolver::{GuardedResolver, Lookup, Reach, Refused, SystemLookup},
    signature::{Secret, sign},
};

/// How long one attempt may take in all (Standard Webhooks recommends 15 to 30 s).
pub const DEADLINE: Duration = Duration::from_secs(15);

/// Bytes of an answer's body that are read and kept.
pub const KEPT_BODY: usize = 4 * 1024;

/// How long a connection may be idle: less than what servers usually keep one for.
const IDLE: Duration = Duration::from_secs(2);

/// Idle connections kept to one receiver.
const IDLE_CONNECTIONS: usize = 32;

/// How long connections are taken up again before all are made anew.
const GENERATION: Duration = Duration::from_mins(1);

/// How we present ourselves to receivers.
const USER_AGENT: &str = concat!("Ayeaye/", env!("CARGO_PKG_VERSION"));

/// Sends deliveries. Cheap to share behind an `Arc`.
pub struct Client {
    /// For https, to public addresses and opened networks.
    anywhere: Renewed,
    /// For plain http, to opened networks alone.
    opened: Renewed,
    nets: Arc<AllowNets>,
    deadline: Duration,
}

/// A client and its connections, made anew every [`GENERATION`].
struct Renewed {
    tls: rustls::ClientConfig,
    resolver: GuardedResolver,
    deadline: Duration,
    current: Mutex<(Instant, reqwest::Client)>,
}

/// The client could not be set up: TLS is not usable on this machine.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The TLS versions or the cryptography are missing.
    #[error("TLS for webhook deliveries cannot be set up")]
    Tls(#[from] rustls::Error),
    /// The HTTP client refuses its settings.
    #[error("the HTTP client for webhook deliveries cannot be set up")]
    Http(#[from] reqwest::Error),
}

/// One message to one endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Where to.
    pub url: &'a EndpointUrl,
    /// The id of the message, the same at every attempt; without dots.
    pub id: &'a str,
    /// Unix seconds of this attempt.
    pub timestamp_seconds: i64,
    /// The exact bytes to sign and send: JSON.
    pub body: &'a [u8],
    /// The endpoint's live secrets, newest first; at least one.
    pub secrets: &'a [Secret],
}

impl Client {
    /// A client that reaches public addresses and `nets`, and gives each attempt `deadline` ([`DEADLINE`]).
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new(nets: AllowNets, deadline: Duration) -> Result<Self, ClientError> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with(nets, deadline, Arc::new(SystemLookup), roots)
    }

    /// [`Client::new`] with another way to find addresses and other certificate authorities.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn with(
        nets: AllowNets,
        deadline: Duration,
        lookup: Arc<dyn Lookup>,
        roots: rustls::RootCertStore,
    ) -> Result<Self, ClientError> {
        let nets = Arc::new(nets);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let renewed = |lookup, reach| {
            let resolver = GuardedResolver { lookup, nets: Arc::clone(&nets), reach };
            Renewed::new(tls.clone(), resolver, deadline)
        };
        Ok(Self {
            anywhere: renewed(Arc::clone(&lookup), Reach::Anywhere)?,
            opened: renewed(lookup, Reach::OpenedNets)?,
            nets: Arc::clone(&nets),
            deadline,
        })
    }

    /// Sends one message once and reports what happened. Never fails: a failure is a result to record.
    pub async fn attempt(&self, attempt: Attempt<'_>) -> AttemptResult {
        let started = Instant::now();
        let sent = self.send(attempt, started, started + self.deadline).await;
        let mut result = sent.unwrap_or_else(AttemptResult::failed);
        result.ms = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
        result
    }

    async fn send(
        &self,
        attempt: Attempt<'_>,
        started: Instant,
        deadline: Instant,
    ) -> Result<AttemptResult, Failure> {
        let request = self.request(attempt)?;
        let mut response = match timeout_at(deadline, request.send()).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(failure(&error)),
            Err(_elapsed) => return Err(Failure::Timeout),
        };
        let mut body = Vec::new();
        // The status line was the answer: a body that breaks off or dawdles is kept as far as it came.
        let _cut = timeout_at(deadline, read_start(&mut response, &mut body)).await;
        let now = attempt.timestamp_seconds.saturating_add_unsigned(started.elapsed().as_secs());
        let retry_after = response.headers().get("retry-after").and_then(|it| it.to_str().ok());
        Ok(AttemptResult {
            status: Some(response.status().as_u16()),
            ms: 0,
            body,
            retry_after: retry_after.and_then(|it| retry_after_seconds(it, now)),
            error: None,
        })
    }

    fn request(&self, attempt: Attempt<'_>) -> Result<reqwest::RequestBuilder, Failure> {
        let Attempt { url, id, timestamp_seconds, body, secrets } = attempt;
        if secrets.is_empty() || id.is_empty() || id.contains('.') {
            return Err(Failure::Unsendable);
        }
        let (client, reach) = if url.is_plain() {
            (&self.opened, Reach::OpenedNets)
        } else {
            (&self.anywhere, Reach::Anywhere)
        };
        // The resolver is never asked about an address, so this is the check of every attempt.
        if url.address().is_some_and(|ip| !reach.permits(&self.nets, ip)) {
            return Err(Failure::AddressRefused);
        }
        Ok(client
            .get()
            .post(url.url().clone())
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp_seconds)
            .header("webhook-signature", sign(id, timestamp_seconds, body, secrets))
            .body(body.to_vec()))
    }
}

impl Renewed {
    fn new(
        tls: rustls::ClientConfig,
        resolver: GuardedResolver,
        deadline: Duration,
    ) -> Result<Self, reqwest::Error> {
        let first = build(tls.clone(), resolver.clone(), deadline)?;
        Ok(Self { tls, resolver, deadline, current: Mutex::new((Instant::now(), first)) })
    }

    /// The client of now. Attempts under way on an older one end on it.
    fn get(&self) -> reqwest::Client {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.0.elapsed() >= GENERATION
            && let Ok(next) = build(self.tls.clone(), self.resolver.clone(), self.deadline)
        {
            *current = (Instant::now(), next);
        }
        current.1.clone()
    }
}

fn build(
    tls: rustls::ClientConfig,
    resolver: GuardedResolver,
    deadline: Duration,
) -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(resolver.reach == Reach::Anywhere)
        .dns_resolver(resolver)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .pool_idle_timeout(IDLE)
        // Shared out among the addresses of a name, so that one dead address leaves time for the next.
        .connect_timeout(deadline * 2 / 3)
        .user_agent(USER_AGENT)
        .build()
}

/// Reads the first [`KEPT_BODY`] bytes into `kept`; the rest stays unread and ends with the connection.
async fn read_start(response: &mut reqwest::Response, kept: &mut Vec<u8>) -> Result<(), reqwest::Error> {
    while let Some(chunk) = response.chunk().await? {
        kept.extend(chunk.iter().take(KEPT_BODY - kept.len()));
        if kept.len() == KEPT_BODY {
            break;
        }
    }
    Ok(())
}

/// What went wrong, from the chain of causes. The causes themselves hold the URL and stay out of the result.
fn failure(error: &reqwest::Error) -> Failure {
    if find::<Refused>(error) {
        Failure::AddressRefused
    } else if error.is_builder() {
        Failure::Unsendable
    } else if error.is_dns() {
        Failure::UnknownName
    } else if find::<rustls::Error>(error) {
        Failure::Tls
    } else if error.is_timeout() {
        Failure::Timeout
    } else if error.is_connect() {
        Failure::NoConnection
    } else {
        Failure::Broken
    }
}

/// True when a cause of `error` is a `T`. An I/O error names the causes of what it wraps but not the wrapped
/// error itself, which has to be asked for.
fn find<T: std::error::Error + 'static>(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if current.is::<T>() {
            return true;
        }
        cause = match current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => current.source(),
        };
    }
    false
}

#[cfg(test)]
mod address_tests;
#[cfg(test)]
mod receiver;
#[cfg(test)]
mod tests;
