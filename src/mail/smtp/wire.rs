//! One connection to a relay: SMTP as a client speaks it (RFC 5321), with STARTTLS, AUTH and SMTPUTF8.
//!
//! The mail library's own connection is not used: it keeps bytes a relay sent before STARTTLS and takes
//! them for answers given under TLS, it does not say at which command a mail was refused (which decides
//! whether the recipient or we are at fault), and it leaves Nagle's algorithm on, 42 ms a mail.

use std::{fmt, future::Future, io, time::Duration};

use base64::prelude::{BASE64_STANDARD, Engine};
use rustls::pki_types::ServerName;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::Relay;
use crate::mail::relay_url::{Credentials, Security};

/// Longest line of an answer; RFC 5321 section 4.5.3.1.5 allows 512, some relays say more.
const LONGEST_LINE: u64 = 2_048;
/// Most lines of one answer.
const MOST_LINES: usize = 64;
/// What is kept of an answer, in characters.
const KEPT: usize = 500;

/// An answer of the relay: its code, then its lines joined by spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) text: String,
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.text)
    }
}

/// Why a command did not go through.
#[derive(Debug)]
pub(super) enum Fault {
    /// The relay said no.
    Said(Reply),
    /// There was no answer one could use: no connection, a broken one, silence, nonsense.
    Lost(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Said(reply) => reply.fmt(f),
            Self::Lost(why) => f.write_str(why),
        }
    }
}

/// What the relay offers.
#[derive(Debug, Default)]
struct Offer {
    starttls: bool,
    smtputf8: bool,
    auth: Option<Mechanism>,
}

/// How to sign in; the later one is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mechanism {
    Login,
    Plain,
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A connection that is greeted, encrypted as the relay's URL wants it, and signed in.
pub(super) struct Wire {
    stream: BufReader<Box<dyn Stream>>,
    offer: Offer,
    step: Duration,
    body: Duration,
}

impl Wire {
    /// Connects, encrypts and signs in.
    pub(super) async fn open(relay: &Relay) -> Result<Self, Fault> {
        let step = relay.timeouts.step;
        let tcp = within(step, "connect", connect(relay)).await?;
        let stream: Box<dyn Stream> = match relay.url.security {
            Security::Plain | Security::StartTls => Box::new(tcp),
            Security::Tls => within(step, "TLS", encrypt(relay, Box::new(tcp))).await?,
        };
        let body = relay.timeouts.body;
        let mut wire = Self { stream: BufReader::new(stream), offer: Offer::default(), step, body };
        wire.expect("greeting", "", 220).await?;
        wire.ehlo(&relay.hello).await?;
        if relay.url.security == Security::StartTls {
            wire = wire.starttls(relay).await?;
        }
        if let Some(credentials) = &relay.url.credentials {
            wire.sign_in(credentials).await?;
        }
        Ok(wire)
    }

    /// Whether the relay takes addresses that are not ASCII (RFC 6531).
    pub(super) fn takes_utf8(&self) -> bool {
        self.offer.smtputf8
    }

    /// `MAIL FROM`. Nothing has reached the relay's queue before or by this.
    pub(super) async fn mail(&mut self, from: &str, utf8: bool) -> Result<(), Fault> {
        let parameters = if utf8 { " BODY=8BITMIME SMTPUTF8" } else { "" };
        self.expect("MAIL FROM", &format!("MAIL FROM:<{from}>{parameters}\r\n"), 250).await.map(drop)
    }

    /// `RCPT TO`; 251 promises to forward.
    pub(super) async fn rcpt(&mut self, to: &str) -> Result<(), Fault> {
        let reply = self.ask("RCPT TO", &format!("RCPT TO:<{to}>\r\n")).await?;
        if matches!(reply.code, 250 | 251) { Ok(()) } else { Err(Fault::Said(reply)) }
    }

    /// `DATA`; the relay now waits for the mail.
    pub(super) async fn data(&mut self) -> Result<(), Fault> {
        self.expect("DATA", "DATA\r\n", 354).await.map(drop)
    }

    /// The mail itself. When this is [`Fault::Lost`] the relay may have taken the mail or not.
    pub(super) async fn body(&mut self, raw: &[u8]) -> Result<Reply, Fault> {
        let limit = self.body;
        let exchange = async {
            self.stream.write_all(&stuffed(raw)).await?;
            self.stream.flush().await?;
            self.read_reply().await
        };
        let reply = within(limit, "the mail", exchange).await?;
        if reply.code == 250 { Ok(reply) } else { Err(Fault::Said(reply)) }
    }

    /// Says goodbye without waiting for an answer.
    pub(super) async fn quit(mut self) {
        let goodbye = async {
            self.stream.write_all(b"QUIT\r\n").await?;
            self.stream.shutdown().await
        };
        let _ = timeout(Duration::from_secs(1), goodbye).await;
    }

    async fn ehlo(&mut self, hello: &str) -> Result<(), Fault> {
        self.write("EHLO", &format!("EHLO {hello}\r\n")).await?;
        let limit = self.step;
        let lines = within(limit, "EHLO", self.read_lines()).await?;
        let reply = Reply::from_lines(&lines);
        if reply.code != 250 {
            return Err(Fault::Said(reply));
        }
        self.offer = Offer::from_lines(lines.iter().skip(1).map(|(_, text)| text.as_str()));
        Ok(())
    }

    /// RFC 3207: encrypt, forget what was said in clear, greet again. Bytes that came with the answer
    /// would be read as if they had come under TLS: they end the connection.
    async fn starttls(mut self, relay: &Relay) -> Result<Self, Fault> {
        if !self.offer.starttls {
            return Err(Fault::Lost("the relay does not offer STARTTLS".to_owned()));
        }
        self.expect("STARTTLS", "STARTTLS\r\n", 220).await?;
        if !self.stream.buffer().is_empty() {
            return Err(Fault::Lost("the relay kept talking in clear after STARTTLS".to_owned()));
        }
        let Self { stream, offer: _, step, body } = self;
        let stream = within(step, "TLS", encrypt(relay, stream.into_inner())).await?;
        let mut wire = Self { stream: BufReader::new(stream), offer: Offer::default(), step, body };
        wire.ehlo(&relay.hello).await?;
        Ok(wire)
    }

    /// AUTH PLAIN (RFC 4616), or LOGIN for relays that know nothing else. The URL's form has made sure
    /// that the connection is encrypted.
    async fn sign_in(&mut self, credentials: &Credentials) -> Result<(), Fault> {
        let Credentials { user, password } = credentials;
        match self.offer.auth {
            Some(Mechanism::Plain) => {
                let token = BASE64_STANDARD.encode(format!("\0{user}\0{password}"));
                self.expect("AUTH", &format!("AUTH PLAIN {token}\r\n"), 235).await.map(drop)
            }
            Some(Mechanism::Login) => {
                let [user, password] =
                    [user, password].map(|it| format!("{}\r\n", BASE64_STANDARD.encode(it)));
                self.expect("AUTH", "AUTH LOGIN\r\n", 334).await?;
                self.expect("AUTH", &user, 334).await?;
                self.expect("AUTH", &password, 235).await.map(drop)
            }
            None => Err(Fault::Lost("the relay offers neither AUTH PLAIN nor AUTH LOGIN".to_owned())),
        }
    }

    async fn expect(&mut self, step: &str, command: &str, code: u16) -> Result<Reply, Fault> {
        let reply = self.ask(step, command).await?;
        if reply.code == code { Ok(reply) } else { Err(Fault::Said(reply)) }
    }

    async fn ask(&mut self, step: &str, command: &str) -> Result<Reply, Fault> {
        self.write(step, command).await?;
        let limit = self.step;
        within(limit, step, self.read_reply()).await
    }

    async fn write(&mut self, step: &str, command: &str) -> Result<(), Fault> {
        let limit = self.step;
        let write = async {
            self.stream.write_all(command.as_bytes()).await?;
            self.stream.flush().await
        };
        within(limit, step, write).await
    }

    async fn read_reply(&mut self) -> io::Result<Reply> {
        self.read_lines().await.map(|lines| Reply::from_lines(&lines))
    }

    /// The lines of one answer: `250-…` goes on, `250 …` ends it (RFC 5321 section 4.2.1).
    async fn read_lines(&mut self) -> io::Result<Vec<(u16, String)>> {
        let mut lines = Vec::new();
        while lines.len() < MOST_LINES {
            let mut line = Vec::new();
            (&mut self.stream).take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
            if line.is_empty() {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the relay closed the connection"));
            }
            let (code, more, text) = parse_line(&line).ok_or_else(|| nonsense("not an SMTP answer"))?;
            lines.push((code, text));
            if !more {
                return Ok(lines);
            }
        }
        Err(nonsense("an answer without end"))
    }
}

impl Reply {
    fn from_lines(lines: &[(u16, String)]) -> Self {
        let code = lines.last().map_or(0, |(code, _)| *code);
        let text = lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ");
        Self { code, text: text.chars().take(KEPT).collect() }
    }
}

impl Offer {
    fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut offer = Self::default();
        for line in lines {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']);
            match words.next().unwrap_or_default() {
                "STARTTLS" => offer.starttls = true,
                "SMTPUTF8" => offer.smtputf8 = true,
                "AUTH" => offer.auth = words.filter_map(Mechanism::from_word).max().max(offer.auth),
                _ => {}
            }
        }
        offer
    }
}

impl Mechanism {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "LOGIN" => Some(Self::Login),
            "PLAIN" => Some(Self::Plain),
            _ => None,
        }
    }
}

async fn connect(relay: &Relay) -> io::Result<TcpStream> {
    let tcp = TcpStream::connect((relay.url.host.as_str(), relay.url.port)).await?;
    if relay.url.security == Security::Plain && !tcp.peer_addr()?.ip().is_loopback() {
        return Err(io::Error::other("an unencrypted relay must be on this machine"));
    }
    tcp.set_nodelay(true)?;
    Ok(tcp)
}

async fn encrypt(relay: &Relay, stream: Box<dyn Stream>) -> io::Result<Box<dyn Stream>> {
    let name = ServerName::try_from(relay.url.host.clone()).map_err(io::Error::other)?;
    let encrypted = TlsConnector::from(relay.tls.clone()).connect(name, stream).await?;
    Ok(Box::new(encrypted))
}

async fn within<T>(
    limit: Duration,
    step: &str,
    work: impl Future<Output = io::Result<T>>,
) -> Result<T, Fault> {
    match timeout(limit, work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Fault::Lost(format!("{step}: {error}"))),
        Err(_) => Err(Fault::Lost(format!("{step}: no answer within {} s", limit.as_secs_f32()))),
    }
}

/// `250-text`: code, whether more lines follow, text with control characters replaced.
fn parse_line(line: &[u8]) -> Option<(u16, bool, String)> {
    let line = line.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let (digits, rest) = line.split_at_checked(3)?;
    let code = std::str::from_utf8(digits).ok()?.parse().ok().filter(|it| (200..600).contains(it))?;
    let (more, text) = match rest.split_first() {
        None => (false, rest),
        Some((b' ', text)) => (false, text),
        Some((b'-', text)) => (true, text),
        Some((_, _)) => return None,
    };
    let text = String::from_utf8_lossy(text).replace(char::is_control, " ");
    Some((code, more, text.trim().to_owned()))
}

fn nonsense(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// The mail as it goes over the wire: a dot that starts a line is doubled (RFC 5321 section 4.5.2), a
/// line with a single dot ends it.
fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + 64);
    for line in raw.split_inclusive(|it| *it == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !raw.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_doubled_and_the_end_is_marked() {
        assert_eq!(stuffed(b".a\r\nb\r\n..c\r\n"), b"..a\r\nb\r\n...c\r\n.\r\n");
        assert_eq!(stuffed(b"a"), b"a\r\n.\r\n");
        assert_eq!(stuffed(b"a\n.\nb\r\n"), b"a\n..\nb\r\n.\r\n");
    }

    #[test]
    fn only_smtp_answers_are_answers() {
        assert_eq!(parse_line(b"250-PIPELINING\r\n"), Some((250, true, "PIPELINING".to_owned())));
        assert_eq!(parse_line(b"250\n"), Some((250, false, String::new())));
        assert_eq!(parse_line(b"550 no\x1b[31m\r\n"), Some((550, false, "no [31m".to_owned())));
        for bad in [&b"HTTP/1.1 200 OK\r\n"[..], b"250_x\r\n", b"25\r\n", b"250 cut off", b"999 x\r\n"] {
            assert_eq!(parse_line(bad), None);
        }
    }
}
