//! Addresses on the web: the origin of a page or service, and the endpoint of a webhook.

use std::{fmt, net::IpAddr};

use url::{Host, Url};

use super::checked_text;
use crate::domain::host::HostName;

/// Longer addresses are nobody's; some proxies stop here too.
const MAX: usize = 2_000;

checked_text! {
    /// `https://host` or `https://host:port` as browsers write it; `http` for this machine alone.
    ///
    /// Equal to the `Origin` header of a request from there, character by character.
    Origin
}

checked_text! {
    /// A page that people may be sent on to: `https`, or `http` on this machine alone; no credentials.
    LandingUrl
}

/// Where a webhook is delivered: `http` or `https`, no credentials, no fragment.
///
/// Whether it may be reached (private networks, plain `http`) is asked again at each delivery, of the
/// address that the name stands for at that moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointUrl(Url);

/// Why a text is not such an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// Nothing there.
    #[error("it is empty; write it like https://www.example.org")]
    Empty,
    /// More than 2,000 characters.
    #[error("it is too long; write at most 2000 characters")]
    TooLong,
    /// Not `http://` or `https://`.
    #[error("it must begin with https://")]
    Scheme,
    /// No host, or not a valid one.
    #[error("its host is not valid; write it like https://www.example.org")]
    Host,
    /// A wildcard.
    #[error("it has a wildcard; list each origin by itself")]
    Wildcard,
    /// `user:password@`.
    #[error("it has a user name or a password; take them out")]
    Credentials,
    /// A path, a query or a fragment on an origin.
    #[error("it has something after the host; write it like https://www.example.org, without a path")]
    NotBare,
    /// A fragment on an endpoint.
    #[error("it has a # part, which no server ever receives; take it out")]
    Fragment,
    /// Plain `http` to another machine.
    #[error("http is for this machine alone; write https://")]
    Plain,
}

impl Origin {
    /// Parses an origin; a single `/` after the host is dropped.
    ///
    /// # Errors
    /// Says what is in the way.
    pub fn parse(text: &str) -> Result<Self, WebError> {
        let url = web_address(text)?;
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(WebError::NotBare);
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(WebError::Plain);
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// Whether browsers reach it encrypted.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether it is this very machine: 127.0.0.0/8, `[::1]` or `localhost`.
    pub fn is_loopback(&self) -> bool {
        Url::parse(&self.0).is_ok_and(|url| is_loopback(&url))
    }

    /// The same scheme and port at another host.
    pub fn at(&self, host: &HostName) -> String {
        let port = Url::parse(&self.0).ok().and_then(|it| it.port());
        let scheme = if self.is_https() { "https" } else { "http" };
        port.map_or_else(|| format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}"))
    }

    /// The host alone, an IPv6 address in brackets.
    pub fn host(&self) -> String {
        Url::parse(&self.0).ok().and_then(|it| it.host_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The host and, unless it is the usual one, the port, as in a `Host` header.
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, rest)| rest)
    }
}

impl LandingUrl {
    /// Parses the address of a page; its host becomes lower-case ASCII.
    ///
    /// # Errors
    /// Says what is in the way.
    pub fn parse(text: &str) -> Result<Self, WebError> {
        let url = web_address(text)?;
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(WebError::Plain);
        }
        Ok(Self(String::from(url)))
    }
}

impl EndpointUrl {
    /// Parses the address of an endpoint; its host becomes lower-case ASCII.
    ///
    /// # Errors
    /// Says what is in the way.
    pub fn parse(text: &str) -> Result<Self, WebError> {
        let url = web_address(text)?;
        if url.fragment().is_some() { Err(WebError::Fragment) } else { Ok(Self(url)) }
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The address in its parts.
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Whether deliveries would travel unencrypted.
    pub fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An `http` or `https` address written plainly: parsers of addresses forgive tabs, backslashes and missing
/// slashes, and then do not agree on the host.
fn web_address(text: &str) -> Result<Url, WebError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(WebError::Empty);
    }
    if text.len() > MAX {
        return Err(WebError::TooLong);
    }
    let authority = authority(text).ok_or(WebError::Scheme)?;
    if authority.contains('*') {
        return Err(WebError::Wildcard);
    }
    if authority.contains('@') {
        return Err(WebError::Credentials);
    }
    if authority.is_empty()
        || authority.contains('%')
        || text.chars().any(|it| it.is_control() || it.is_whitespace() || it == '\\')
    {
        return Err(WebError::Host);
    }
    let url = Url::parse(text).ok().ok_or(WebError::Host)?;
    if url.host().is_none() { Err(WebError::Host) } else { Ok(url) }
}

/// What stands between `http://` or `https://` and the next `/`, `?` or `#`.
fn authority(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
    is_web.then(|| rest.split(['/', '?', '#']).next().unwrap_or_default())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).to_canonical().is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for (text, origin) in [
            ("https://shop.example", "https://shop.example"),
            ("https://shop.example/", "https://shop.example"),
            (" HTTPS://Shop.Example:443 ", "https://shop.example"),
            ("https://shop.example:8443", "https://shop.example:8443"),
            ("https://müller.example", "https://xn--mller-kva.example"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("http://127.8.8.8", "http://127.8.8.8"),
            ("http://[::1]:3000/", "http://[::1]:3000"),
            ("http://localhost", "http://localhost"),
            ("https://192.0.2.1", "https://192.0.2.1"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().as_str(), origin);
        }
    }

    #[test]
    fn what_is_not_an_origin_is_refused_for_its_reason() {
        for (text, reason) in [
            ("", WebError::Empty),
            ("shop.example", WebError::Scheme),
            ("null", WebError::Scheme),
            ("*", WebError::Scheme),
            ("javascript://shop.example/%0aalert(1)", WebError::Scheme),
            ("https:shop.example", WebError::Scheme),
            ("file:///etc/passwd", WebError::Scheme),
            ("http://shop.example", WebError::Plain),
            ("http://localhost.evil.example", WebError::Plain),
            ("http://10.0.0.1", WebError::Plain),
            ("https://*.example", WebError::Wildcard),
            ("https://user:pass@shop.example", WebError::Credentials),
            ("https://shop.example@127.0.0.1", WebError::Credentials),
            ("https://shop.example/path", WebError::NotBare),
            ("https://shop.example?x", WebError::NotBare),
            ("https://shop.example#x", WebError::NotBare),
            ("https://", WebError::Host),
            ("https:///shop.example", WebError::Host),
            ("https://sh op.example", WebError::Host),
            ("https://shop.example\\evil.example", WebError::Host),
            ("https://shop\t.example", WebError::Host),
            ("https://shop.example\r\nX: y", WebError::Host),
            ("https://sho%70.example", WebError::Host),
            ("https://shop.example:99999", WebError::Host),
            (&format!("https://{}.example", "a".repeat(2_000)), WebError::TooLong),
        ] {
            assert_eq!(Origin::parse(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn this_machine_is_told_from_others() {
        let origin = |text| Origin::parse(text).unwrap();
        assert!(origin("http://127.0.0.1:8080").is_loopback());
        assert!(origin("https://localhost").is_loopback() && origin("https://localhost").is_https());
        assert!(!origin("https://consent.example").is_loopback());
        assert_eq!(origin("https://consent.example:444").authority(), "consent.example:444");
    }

    #[test]
    fn an_endpoint_has_a_path_and_no_secrets() {
        for (text, stored) in [
            ("https://hooks.example.com/a?b=c", "https://hooks.example.com/a?b=c"),
            ("https://hooks.example.com:8443/x", "https://hooks.example.com:8443/x"),
            ("https://müller.example/h", "https://xn--mller-kva.example/h"),
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000/"),
        ] {
            assert_eq!(EndpointUrl::parse(text).unwrap().as_str(), stored);
        }
        for (text, reason) in [
            ("https://user:pass@example.com/", WebError::Credentials),
            ("https://example.com/#x", WebError::Fragment),
            ("ftp://example.com/", WebError::Scheme),
            ("gopher://example.com/", WebError::Scheme),
            ("https://exa%00mple.com/", WebError::Host),
            ("https:///", WebError::Host),
        ] {
            assert_eq!(EndpointUrl::parse(text), Err(reason), "{text:?}");
        }
        assert!(EndpointUrl::parse("http://127.0.0.1/").unwrap().is_plain());
    }
}
