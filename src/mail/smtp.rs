//! Hands mails to one relay over at most a few connections, kept open between mails.
//!
//! What an answer means is decided here and only here: only a refusal of the *recipient* or of the *mail*
//! ([`Outcome::Refused`]) speaks about the recipient. A relay that does not let us in, a sender it does not
//! like, silence and broken connections are our trouble, and the mail is tried again.

use std::{
    collections::VecDeque,
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use rustls::ClientConfig;
use tokio::{sync::Semaphore, time::Instant};

use self::wire::{Fault, Wire};
use super::{message::address, relay_url::RelayUrl};

mod tls;
mod wire;

#[cfg(test)]
mod script;
#[cfg(test)]
mod tests;

pub use self::tls::TlsError;

/// What became of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The relay took responsibility for the mail.
    Accepted {
        /// Its answer, for the evidence: `250 2.0.0 Ok: queued as 4F1`.
        reply: String,
    },
    /// Not now: 4xx, no connection, our account refused, or the connection lost after the mail was handed
    /// over, in which case it may have arrived. Send it again with the same `Message-ID`.
    Deferred {
        /// The relay's answer, or what went wrong in our words.
        reply: String,
    },
    /// Never: the relay refused the recipient or the mail with 5xx.
    Refused {
        /// The relay's answer.
        reply: String,
    },
}

/// How to use a relay.
#[derive(Clone, Debug)]
pub struct RelayOptions {
    /// The name given in EHLO: the host of the service's public address.
    pub hello: String,
    /// Most connections open at once; at least 1.
    pub connections: usize,
    /// Certificates (PEM) of a private authority, believed beside the public ones.
    pub ca_file: Option<PathBuf>,
    /// How long to wait.
    pub timeouts: Timeouts,
}

impl RelayOptions {
    /// Four connections, the public authorities, the usual waiting times.
    pub fn new(hello: &str) -> Self {
        Self { hello: hello.to_owned(), connections: 4, ca_file: None, timeouts: Timeouts::default() }
    }
}

/// How long to wait for a relay.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For the connection, the TLS handshake and each command; 20 s.
    pub step: Duration,
    /// For the mail to be sent and accepted; 60 s.
    pub body: Duration,
    /// How long an unused connection is reused; 30 s.
    pub idle: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { step: Duration::from_secs(20), body: Duration::from_mins(1), idle: Duration::from_secs(30) }
    }
}

/// Why a relay cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    /// The EHLO name is no host name.
    #[error("the name for EHLO must be a host name or an address in brackets")]
    Hello,
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] TlsError),
}

/// What [`Wire`] needs to open a connection.
struct Relay {
    url: RelayUrl,
    hello: String,
    tls: Arc<ClientConfig>,
    timeouts: Timeouts,
}

/// One relay and the connections open to it. Clones share the connections and their limit.
#[derive(Clone)]
pub struct SmtpRelay {
    inner: Arc<Inner>,
}

struct Inner {
    relay: Relay,
    permits: Semaphore,
    idle: Mutex<VecDeque<(Wire, Instant)>>,
}

impl SmtpRelay {
    /// Prepares a relay; connects when the first mail is sent.
    ///
    /// # Errors
    /// When the EHLO name is none or the CA file cannot be used.
    pub fn new(url: RelayUrl, options: RelayOptions) -> Result<Self, RelayError> {
        let RelayOptions { hello, connections, ca_file, timeouts } = options;
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'[' | b']' | b':');
        if hello.is_empty() || hello.len() > 255 || !hello.bytes().all(fits) {
            return Err(RelayError::Hello);
        }
        let tls = tls::client_config(ca_file.as_deref())?;
        let relay = Relay { url, hello, tls, timeouts };
        let permits = Semaphore::new(connections.max(1));
        Ok(Self { inner: Arc::new(Inner { relay, permits, idle: Mutex::default() }) })
    }

    /// Hands `raw` over, from and to these plain addresses. Waits while all connections are busy.
    ///
    /// A kept connection that turns out to be closed before the mail has begun is replaced once.
    pub async fn send(&self, from: &str, to: &str, raw: &[u8]) -> Outcome {
        let letter = match Letter::new(from, to, raw) {
            Ok(letter) => letter,
            Err(outcome) => return outcome,
        };
        // Never closed, so there is always a permit in the end; it outlives the connection's way back.
        let _permit = self.inner.permits.acquire().await;
        if let Some(wire) = self.take_idle() {
            // A fault means that the relay had closed it meanwhile: nothing was sent, a fresh one is next.
            if let Ok(outcome) = self.attempt(wire, &letter).await {
                return outcome;
            }
        }
        match Wire::open(&self.inner.relay).await {
            Ok(wire) => self.attempt(wire, &letter).await.unwrap_or_else(deferred),
            Err(fault) => deferred(fault),
        }
    }

    /// One mail over one connection; a fault when the connection was of no use before the mail had begun.
    async fn attempt(&self, mut wire: Wire, letter: &Letter<'_>) -> Result<Outcome, Fault> {
        if letter.utf8 && !wire.takes_utf8() {
            self.park(wire);
            let reply = "the relay does not offer SMTPUTF8, which this address needs".to_owned();
            return Ok(Outcome::Refused { reply });
        }
        match wire.mail(letter.from, letter.utf8).await {
            Ok(()) => Ok(self.hand_over(wire, letter).await),
            Err(Fault::Said(reply)) if reply.code != 421 => Ok(deferred(reply)),
            Err(fault) => Err(fault),
        }
    }

    /// From RCPT on, the answers are about this recipient and this mail.
    async fn hand_over(&self, mut wire: Wire, letter: &Letter<'_>) -> Outcome {
        let ready = match wire.rcpt(letter.to).await {
            Ok(()) => wire.data().await,
            Err(fault) => Err(fault),
        };
        if let Err(fault) = ready {
            return give_up(wire, fault).await;
        }
        match wire.body(letter.raw).await {
            Ok(reply) => {
                self.park(wire);
                Outcome::Accepted { reply: reply.to_string() }
            }
            Err(Fault::Lost(why)) => {
                Outcome::Deferred { reply: format!("{why}; the mail may have arrived all the same") }
            }
            Err(said @ Fault::Said(_)) => give_up(wire, said).await,
        }
    }

    /// The connection used last, unless it has been idle for too long.
    fn take_idle(&self) -> Option<Wire> {
        let mut idle = self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|(_, since)| since.elapsed() < self.inner.relay.timeouts.idle);
        idle.pop_back().map(|(wire, _)| wire)
    }

    fn park(&self, wire: Wire) {
        let mut idle = self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push_back((wire, Instant::now()));
    }
}

impl fmt::Debug for SmtpRelay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpRelay").field("url", &self.inner.relay.url).finish_non_exhaustive()
    }
}

/// A mail and its envelope, fit to be written into commands.
struct Letter<'a> {
    from: &'a str,
    to: &'a str,
    raw: &'a [u8],
    utf8: bool,
}

impl<'a> Letter<'a> {
    fn new(from: &'a str, to: &'a str, raw: &'a [u8]) -> Result<Self, Outcome> {
        if address(from).is_none() {
            return Err(deferred("the sender's address is not a mail address"));
        }
        if address(to).is_none() {
            let reply = "the recipient's address is not a mail address".to_owned();
            return Err(Outcome::Refused { reply });
        }
        let utf8 = !(from.is_ascii() && to.is_ascii() && raw.is_ascii());
        Ok(Self { from, to, raw, utf8 })
    }
}

fn deferred(why: impl fmt::Display) -> Outcome {
    Outcome::Deferred { reply: why.to_string() }
}

/// The answer to RCPT, DATA or the mail was no. The connection is not reused: a relay that refuses often
/// starts to slow a client down, and a fresh connection has no half-done transaction.
async fn give_up(wire: Wire, fault: Fault) -> Outcome {
    match fault {
        Fault::Lost(why) => deferred(why),
        Fault::Said(reply) => {
            wire.quit().await;
            let refused = (500..600).contains(&reply.code);
            let reply = reply.to_string();
            if refused { Outcome::Refused { reply } } else { Outcome::Deferred { reply } }
        }
    }
}
