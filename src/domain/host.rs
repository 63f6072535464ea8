//! Names under which a tenant's pages answer: `consent.shop.example`.

use std::{fmt, net::IpAddr};

/// The longest name (RFC 1035 section 2.3.4), in bytes.
const MAX: usize = 253;

/// A host name of a tenant: lower-case A-labels, at least two of them, no port, no address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostName(String);

/// Why a text is not such a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Nothing there.
    #[error("it is empty; write a host name, like consent.shop.example")]
    Empty,
    /// A whole address.
    #[error(
        "it is more than a host name; write the name alone, like consent.shop.example, without https:// or a path"
    )]
    Address,
    /// A port.
    #[error("it has a port; write the name alone: pages are linked with the scheme and port of the base URL")]
    Port,
    /// An IP address.
    #[error("it is an IP address; write a name that people can read, like consent.shop.example")]
    Ip,
    /// A wildcard.
    #[error("it has a wildcard; list each name by itself")]
    Wildcard,
    /// Letters that are not ASCII.
    #[error("it is not written in A-labels; write {0}")]
    Unicode(String),
    /// Only one label.
    #[error("it has only one part; write a whole name, like consent.shop.example")]
    Single,
    /// Longer than a name may be.
    #[error("it is too long; a host name has at most 253 characters, and 63 between two dots")]
    TooLong,
    /// Characters or hyphens where none may be.
    #[error("it is not a host name; use letters, digits and - between dots, like consent.shop.example")]
    Invalid,
}

impl HostName {
    /// Takes a name, in lower case or not.
    ///
    /// # Errors
    /// Says what is in the way.
    pub fn parse(text: &str) -> Result<Self, HostError> {
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        if text.contains(['/', '@', '?', '#', '\\']) {
            return Err(HostError::Address);
        }
        if text.parse::<IpAddr>().is_ok() || text.starts_with('[') {
            return Err(HostError::Ip);
        }
        if text.contains(':') {
            return Err(HostError::Port);
        }
        if text.contains('*') {
            return Err(HostError::Wildcard);
        }
        if !text.is_ascii() {
            let ascii = idna::domain_to_ascii_strict(text).ok().filter(|it| Self::parse(it).is_ok());
            return Err(ascii.map_or(HostError::Invalid, HostError::Unicode));
        }
        Self::checked(text.to_ascii_lowercase())
    }

    fn checked(name: String) -> Result<Self, HostError> {
        if name.len() > MAX || name.split('.').any(|it| it.len() > 63) {
            return Err(HostError::TooLong);
        }
        let labels: Vec<&str> = name.split('.').collect();
        let is_label = |it: &&str| {
            !it.is_empty()
                && !it.starts_with('-')
                && !it.ends_with('-')
                && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        };
        if !labels.iter().all(is_label) {
            return Err(HostError::Invalid);
        }
        // Parsers of addresses take a name whose last part is a number for an IPv4 address.
        if labels.last().is_some_and(|it| it.starts_with(|first: char| first.is_ascii_digit())) {
            return Err(HostError::Ip);
        }
        if labels.len() < 2 {
            return Err(HostError::Single);
        }
        match idna::domain_to_unicode(&name) {
            (_, Ok(())) => Ok(Self(name)),
            (_, Err(_)) => Err(HostError::Invalid),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name in what a request says it is for (RFC 9110 section 7.2), in lower case, without port and final dot; `None`
/// when it is not of that form.
pub fn requested(authority: &str) -> Option<String> {
    let fit = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_');
    let is_port = |it: &str| it.len() <= 5 && it.bytes().all(|it| it.is_ascii_digit());
    if let Some(rest) = authority.strip_prefix('[') {
        let (ip, port) = rest.split_once(']')?;
        let is_right = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return (is_right && ip.parse::<std::net::Ipv6Addr>().is_ok())
            .then(|| format!("[{ip}]").to_ascii_lowercase());
    }
    let (name, port) = authority.split_once(':').unwrap_or((authority, ""));
    let name = name.strip_suffix('.').unwrap_or(name);
    (!name.is_empty() && name.len() <= MAX && name.bytes().all(fit) && is_port(port))
        .then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_taken_in_lower_case() {
        for (text, name) in [
            ("consent.shop.example", "consent.shop.example"),
            ("Consent.Shop.EXAMPLE", "consent.shop.example"),
            ("xn--caf-dma.example", "xn--caf-dma.example"),
            ("shop.localhost", "shop.localhost"),
            ("a-b.4you.example", "a-b.4you.example"),
        ] {
            assert_eq!(HostName::parse(text).unwrap().as_str(), name);
        }
    }

    #[test]
    fn what_is_no_name_is_told_why() {
        for (text, reason) in [
            ("", HostError::Empty),
            ("https://consent.shop.example", HostError::Address),
            ("consent.shop.example/", HostError::Address),
            ("me@consent.shop.example", HostError::Address),
            ("consent.shop.example:8443", HostError::Port),
            ("192.0.2.1", HostError::Ip),
            ("::1", HostError::Ip),
            ("[::1]", HostError::Ip),
            ("10.0x7f", HostError::Ip),
            ("1.2.3", HostError::Ip),
            ("*.shop.example", HostError::Wildcard),
            ("café.example", HostError::Unicode("xn--caf-dma.example".to_owned())),
            ("localhost", HostError::Single),
            ("shop..example", HostError::Invalid),
            (".shop.example", HostError::Invalid),
            ("shop.example.", HostError::Invalid),
            ("-shop.example", HostError::Invalid),
            ("shop-.example", HostError::Invalid),
            ("sh_op.example", HostError::Invalid),
            ("shop example.org", HostError::Invalid),
            ("shop.example\n", HostError::Invalid),
            ("xn--zzzzzzzzzzzz99999.example", HostError::Invalid),
            ("shop\u{202e}.example", HostError::Invalid),
        ] {
            assert_eq!(HostName::parse(text), Err(reason), "{text:?}");
        }
        assert_eq!(HostName::parse(&format!("{}.example", "a".repeat(64))), Err(HostError::TooLong));
        assert_eq!(HostName::parse(&format!("{}example", "a.".repeat(124))), Err(HostError::TooLong));
    }

    #[test]
    fn what_a_request_is_for_is_read_without_port_and_case() {
        for (authority, name) in [
            ("Consent.Shop.example", Some("consent.shop.example")),
            ("consent.shop.example:8443", Some("consent.shop.example")),
            ("consent.shop.example.", Some("consent.shop.example")),
            ("127.0.0.1:80", Some("127.0.0.1")),
            ("[::1]:80", Some("[::1]")),
            ("[::1]", Some("[::1]")),
            ("", None),
            (":80", None),
            ("a:b", None),
            ("a:123456", None),
            ("a:1:2", None),
            ("u@consent.shop.example", None),
            ("consent.shop.example/x", None),
            ("a b", None),
            ("[::1", None),
            ("[::1]x", None),
            ("[shop.example]", None),
            ("é.example", None),
        ] {
            assert_eq!(requested(authority).as_deref(), name, "{authority:?}");
        }
    }

    proptest! {
        #[test]
        fn every_name_is_found_again_in_a_request(text in "[a-zA-Z0-9.:-]{0,40}", port in 0..65_536_u32) {
            if let Ok(host) = HostName::parse(&text) {
                prop_assert_eq!(requested(host.as_str()), Some(host.as_str().to_owned()));
                prop_assert_eq!(requested(&format!("{host}:{port}")), Some(host.as_str().to_owned()));
                prop_assert_eq!(HostName::parse(host.as_str()), Ok(host));
            }
        }
    }
}
