//! Where mails are handed over: one URL says host, encryption and credentials.
//!
//! Only three forms exist. None of them falls back to a weaker one, and a password never travels in clear.

use std::{fmt, net::IpAddr, str::FromStr};

use url::Url;

/// How the connection to the relay is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// No encryption: `smtp://`, this machine only.
    Plain,
    /// Plain at first, then STARTTLS, required (RFC 3207): `smtp+starttls://`.
    StartTls,
    /// TLS from the first byte (RFC 8314): `smtps://`.
    Tls,
}

/// What to sign in with. `Debug` does not show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Name of the account.
    pub user: String,
    /// Its password.
    pub password: String,
}

/// A relay: the parsed value of `smtp://host:port`, `smtp+starttls://user:password@host:587` or
/// `smtps://user:password@host:465`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayUrl {
    /// How the connection is protected.
    pub security: Security,
    /// Name or address of the relay, without brackets.
    pub host: String,
    /// 25, 587 or 465 when the URL has none.
    pub port: u16,
    /// Account at the relay, if it wants one.
    pub credentials: Option<Credentials>,
}

/// Why a relay URL is refused. None of the texts repeats the URL: it holds a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RelayUrlError {
    /// Not one of the three schemes, or no URL at all.
    #[error(
        "the relay must read smtp://host:port (this machine only), smtp+starttls://user:password@host:587 \
         or smtps://user:password@host:465"
    )]
    Form,
    /// `smtp://` to another machine.
    #[error(
        "smtp:// is not encrypted and only allowed to this machine (localhost, 127.0.0.1, ::1); use \
         smtp+starttls:// or smtps://"
    )]
    PlainElsewhere,
    /// `smtp://` with an account.
    #[error("smtp:// would send the password in clear; use smtp+starttls:// or smtps://")]
    PlainPassword,
    /// A user without a password or the reverse.
    #[error("the relay needs both a user and a password, or neither")]
    HalfAccount,
    /// The account does not decode to text without control characters.
    #[error("the user or the password of the relay is not valid percent-encoded text")]
    Account,
    /// A host that is no host.
    #[error("the relay's host must be a domain name (international ones in their xn-- form) or an address")]
    Host,
    /// Path, query or fragment.
    #[error("nothing may follow the host and port of the relay")]
    Trailing,
}

impl FromStr for RelayUrl {
    type Err = RelayUrlError;

    fn from_str(text: &str) -> Result<Self, RelayUrlError> {
        let url = Url::parse(text.trim()).map_err(|_unsaid| RelayUrlError::Form)?;
        let (security, default_port) = match url.scheme() {
            "smtp" => (Security::Plain, 25),
            "smtp+starttls" => (Security::StartTls, 587),
            "smtps" => (Security::Tls, 465),
            _ => return Err(RelayUrlError::Form),
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(RelayUrlError::Trailing);
        }
        let host = host(&url).ok_or(RelayUrlError::Host)?;
        let credentials = credentials(&url)?;
        if security == Security::Plain && credentials.is_some() {
            return Err(RelayUrlError::PlainPassword);
        }
        if security == Security::Plain && !is_this_machine(&host) {
            return Err(RelayUrlError::PlainElsewhere);
        }
        Ok(Self { security, host, port: url.port().unwrap_or(default_port), credentials })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, password: _ } = self;
        f.debug_struct("Credentials").field("user", user).field("password", &"…").finish()
    }
}

fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?.to_ascii_lowercase();
    if let Some(address) = host.strip_prefix('[') {
        return Some(address.strip_suffix(']')?.to_owned());
    }
    let fits =
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'));
    fits.then_some(host)
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

fn credentials(url: &Url) -> Result<Option<Credentials>, RelayUrlError> {
    let (user, password) = match (url.username(), url.password()) {
        ("", None) => return Ok(None),
        (user, Some(password)) if !user.is_empty() && !password.is_empty() => (user, password),
        (_, _) => return Err(RelayUrlError::HalfAccount),
    };
    let user = percent_decoded(user).ok_or(RelayUrlError::Account)?;
    let password = percent_decoded(password).ok_or(RelayUrlError::Account)?;
    Ok(Some(Credentials { user, password }))
}

/// The text behind `%41`-style escapes; `None` when it is not UTF-8 or holds control characters (NUL
/// separates user and password in AUTH PLAIN). A `%` that starts no escape stands for itself.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after.get(..2).filter(|_| first == b'%').and_then(|it| hex::decode(it).ok());
        if let Some(byte) = escaped {
            bytes.extend(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok().filter(|it| !it.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<RelayUrl, RelayUrlError> {
        text.parse()
    }

    #[test]
    fn the_three_forms_are_read() {
        let plain = parsed("smtp://127.0.0.1:2525").unwrap();
        assert_eq!((plain.security, plain.host.as_str(), plain.port), (Security::Plain, "127.0.0.1", 2525));
        assert_eq!(parsed("smtp://[::1]:2525").unwrap().host, "::1");
        assert_eq!(parsed("smtp://localhost").unwrap().port, 25);

        let tls = parsed("smtps://apikey:s%3Acr%40t%2F+%25@Smtp.Example.org").unwrap();
        assert_eq!((tls.security, tls.host.as_str(), tls.port), (Security::Tls, "smtp.example.org", 465));
        let account = tls.credentials.unwrap();
        assert_eq!((account.user.as_str(), account.password.as_str()), ("apikey", "s:cr@t/+%"));

        let starttls = parsed("smtp+starttls://confirm%40acme.example:pass@mx.example.org").unwrap();
        assert_eq!((starttls.security, starttls.port), (Security::StartTls, 587));
        assert_eq!(starttls.credentials.unwrap().user, "confirm@acme.example");
        assert_eq!(parsed("smtps://mx.example.org:4650/").unwrap().credentials, None);
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        for (text, reason) in [
            ("", RelayUrlError::Form),
            ("mail.example.org:587", RelayUrlError::Form),
            ("http://mail.example.org", RelayUrlError::Form),
            ("smtp://host:99999", RelayUrlError::Form),
            ("smtp://mail.example.org:25", RelayUrlError::PlainElsewhere),
            ("smtp://10.0.0.1:25", RelayUrlError::PlainElsewhere),
            ("smtp://127.0.0.1.evil.example:25", RelayUrlError::PlainElsewhere),
            ("smtp://user:pass@127.0.0.1:25", RelayUrlError::PlainPassword),
            ("smtps://user@mail.example.org", RelayUrlError::HalfAccount),
            ("smtps://user:@mail.example.org", RelayUrlError::HalfAccount),
            ("smtps://:pass@mail.example.org", RelayUrlError::HalfAccount),
            ("smtps://user:pa%00ss@mail.example.org", RelayUrlError::Account),
            ("smtps://user:pa%0Ass@mail.example.org", RelayUrlError::Account),
            ("smtps://user:pa%FFss@mail.example.org", RelayUrlError::Account),
            ("smtps://", RelayUrlError::Host),
            ("smtps:mail.example.org", RelayUrlError::Trailing),
            ("smtps://mäil.example.org", RelayUrlError::Host),
            ("smtps://mail.example.org/path", RelayUrlError::Trailing),
            ("smtps://mail.example.org?tls=none", RelayUrlError::Trailing),
            ("smtps://mail.example.org#x", RelayUrlError::Trailing),
        ] {
            assert_eq!(parsed(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn neither_debug_nor_errors_show_the_password() {
        let url = parsed("smtps://user:hunter2@mail.example.org").unwrap();
        assert!(!format!("{url:?}").contains("hunter2"));
        assert!(format!("{url:?}").contains("user"));
        let refused = parsed("smtp://user:hunter2@mail.example.org").unwrap_err();
        assert!(!format!("{refused} {refused:?}").contains("hunter2"));
    }
}
