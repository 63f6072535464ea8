//! One request to a witness or a time stamp authority, and every limit of it: one deadline for all of it, no
//! redirect, no proxy, no cookie, no decompression, a body of bounded length; https, or this very machine.
//!
//! Addresses come from the configuration alone, so private ones are allowed: a witness may well be next door.

use std::{net::IpAddr, time::Duration};

use url::{Host, Url};

/// How long one request may take in all.
pub const DEADLINE: Duration = Duration::from_secs(15);

/// How we present ourselves.
const USER_AGENT: &str = concat!("Ayeaye/", env!("CARGO_PKG_VERSION"));

/// Sends requests. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client(reqwest::Client);

/// The client could not be set up: TLS is not usable on this machine.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The TLS versions or the cryptography are missing.
    #[error("TLS towards witnesses cannot be set up")]
    Tls(#[from] rustls::Error),
    /// The HTTP client refuses its settings.
    #[error("the HTTP client towards witnesses cannot be set up")]
    Http(#[from] reqwest::Error),
}

/// What came back, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` as it was sent; empty without one.
    pub content_type: String,
    /// The whole body.
    pub body: Vec<u8>,
}

/// Why nothing came back that can be used. Never holds an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Plain http to another machine.
    #[error("its address must begin with https://")]
    Plain,
    /// The name does not resolve.
    #[error("its name is unknown")]
    UnknownName,
    /// Nobody listens there.
    #[error("nobody answers at its address")]
    NoConnection,
    /// The certificate is not accepted, or TLS fails otherwise.
    #[error("the encrypted connection failed")]
    Tls,
    /// Not within the deadline.
    #[error("it took too long to answer")]
    Timeout,
    /// The connection broke, or what came is not HTTP.
    #[error("the connection broke before the answer was complete")]
    Broken,
    /// More than is ever needed.
    #[error("its answer is too long")]
    TooLong,
    /// An HTTP status that carries no answer.
    #[error("it answered with HTTP status {0}")]
    Status(u16),
    /// Another kind of content than was asked for.
    #[error("what it answered is of another kind than was asked for")]
    ContentType,
}

/// One request.
pub(super) struct Post<'a> {
    pub(super) url: Url,
    pub(super) content_type: &'static str,
    pub(super) accept: &'static str,
    pub(super) body: &'a [u8],
    /// The longest body of an answer, in bytes.
    pub(super) longest: usize,
}

impl Client {
    /// A client that gives each request [`DEADLINE`] and trusts the public certificate authorities.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, ClientError> {
        let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with(DEADLINE, roots)
    }

    /// [`Client::new`] with another deadline and other certificate authorities.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn with(deadline: Duration, roots: rustls::RootCertStore) -> Result<Self, ClientError> {
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .pool_max_idle_per_host(0)
            .timeout(deadline)
            // Shared out among the addresses of a name, so that one dead address leaves time for the next.
            .connect_timeout(deadline * 2 / 3)
            .user_agent(USER_AGENT)
            .build()?;
        Ok(Self(client))
    }

    pub(super) async fn post(&self, post: Post<'_>) -> Result<Answer, Failure> {
        let Post { url, content_type, accept, body, longest } = post;
        if !(url.scheme() == "https" || url.scheme() == "http" && is_this_machine(&url)) {
            return Err(Failure::Plain);
        }
        let request = self.0.post(url).header("content-type", content_type).header("accept", accept);
        let mut response = request.body(body.to_vec()).send().await.map_err(|it| failure(&it))?;
        let content_type = response.headers().get("content-type").and_then(|it| it.to_str().ok());
        let mut answer = Answer {
            status: response.status().as_u16(),
            content_type: content_type.unwrap_or_default().to_owned(),
            body: Vec::new(),
        };
        while let Some(chunk) = response.chunk().await.map_err(|it| failure(&it))? {
            if answer.body.len() + chunk.len() > longest {
                return Err(Failure::TooLong);
            }
            answer.body.extend_from_slice(&chunk);
        }
        Ok(answer)
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        None => false,
    }
}

/// What went wrong, from the chain of causes. The causes themselves hold the URL and stay out of the result.
fn failure(error: &reqwest::Error) -> Failure {
    if error.is_dns() {
        Failure::UnknownName
    } else if is_of_tls(error) {
        Failure::Tls
    } else if error.is_timeout() {
        Failure::Timeout
    } else if error.is_connect() {
        Failure::NoConnection
    } else {
        Failure::Broken
    }
}

/// True when a cause is of TLS. An I/O error names the causes of what it wraps but not the wrapped error
/// itself, which has to be asked for.
fn is_of_tls(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if current.is::<rustls::Error>() {
            return true;
        }
        cause = match current.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => current.source(),
        };
    }
    false
}
