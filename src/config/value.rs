//! Texts to values: durations, counts, choices, lists of networks, addresses of databases.

use std::{fmt, net::SocketAddr, ops::RangeInclusive, path::PathBuf, time::Duration};

use tracing_subscriber::EnvFilter;
use url::Url;

use super::{AllowNet, Database, DevInbox, IpEvidence, Secret};
use crate::domain::{
    EmailAddress,
    net::Cidr,
    text::{Origin, Slug},
    time::{DAY, HOUR, MINUTE, SECOND},
};

/// Why a text is not the value asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// What is wrong; continues a sentence. Never repeats the text, which may be secret.
    pub(super) what: String,
    /// What to write.
    pub(super) instead: String,
}

pub(super) fn wrong<T>(what: impl Into<String>, instead: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { what: what.into(), instead: instead.into() })
}

/// A length of time in whole milliseconds, written `2s`, `10m`, `24h` or `7d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(i64);

impl Span {
    /// `millis` milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// How many milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same, for timers; a negative length is none.
    pub fn duration(self) -> Duration {
        Duration::from_millis(u64::try_from(self.0).unwrap_or(0))
    }

    fn parse(text: &str) -> Option<Self> {
        let unit_at = text.find(|it: char| !it.is_ascii_digit())?;
        let (number, unit) = text.split_at_checked(unit_at)?;
        let unit = match unit {
            "s" => SECOND,
            "m" => MINUTE,
            "h" => HOUR,
            "d" => DAY,
            _ => return None,
        };
        number.parse::<i64>().ok()?.checked_mul(unit).map(Self)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")];
        match units.into_iter().find(|(unit, _)| self.0 != 0 && self.0 % unit == 0) {
            Some((unit, name)) => write!(f, "{}{name}", self.0 / unit),
            None if self.0 == 0 => f.write_str("0s"),
            None => write!(f, "{}ms", self.0),
        }
    }
}

/// A length of time within `range`, in milliseconds.
pub(super) fn span(text: &str, range: RangeInclusive<i64>) -> Result<Span, Wrong> {
    let bounds = format!("from {} to {}", Span(*range.start()), Span(*range.end()));
    match Span::parse(text) {
        None => {
            wrong("is not a length of time", format!("write a number and s, m, h or d, like 10m: {bounds}"))
        }
        Some(span) if range.contains(&span.0) => Ok(span),
        Some(_) => wrong("is out of range", format!("write {bounds}")),
    }
}

/// A whole number within `range`.
pub(super) fn count(text: &str, range: RangeInclusive<u32>) -> Result<u32, Wrong> {
    let plain = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let what = if plain { "is out of range" } else { "is not a whole number" };
    let count = text.parse().ok().filter(|it| plain && range.contains(it));
    count.map_or_else(|| wrong(what, format!("write a number from {} to {}", range.start(), range.end())), Ok)
}

pub(super) fn socket(text: &str) -> Result<SocketAddr, Wrong> {
    match text.parse() {
        Ok(address) => Ok(address),
        Err(_) => {
            wrong("is not an address and port", "write it like 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080")
        }
    }
}

pub(super) fn base_url(text: &str) -> Result<Origin, Wrong> {
    Origin::parse(text).or_else(|reason| {
        wrong(
            format!("is not a base URL: {reason}"),
            "write it like https://consent.example.org; plain http is for 127.0.0.1, [::1] and localhost",
        )
    })
}

/// `sqlite:PATH` or `postgres://…`; `resolve` says where a relative path leads.
pub(super) fn database(text: &str, resolve: impl Fn(&str) -> PathBuf) -> Result<Database, Wrong> {
    const HOW: &str = "write sqlite:PATH, or postgres://user:password@host/database";
    if let Some(path) = text.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return match path {
            "" | ":memory:" => {
                wrong("names no file", "write sqlite: and a path: what people confirm must be kept")
            }
            it if it.contains(['?', '\0']) => {
                wrong("has something after the path", "write sqlite: and a path alone")
            }
            it => Ok(Database::Sqlite(resolve(it))),
        };
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => {
            Ok(Database::Postgres(Secret::new(text.to_owned())))
        }
        Ok(_) => wrong("is of another database", HOW),
        Err(reason) => wrong(format!("is not an address: {reason}"), HOW),
    }
}

/// A text that is read by whoever uses it; only what no such text has is refused here.
pub(super) fn secret(text: &str) -> Result<Secret, Wrong> {
    if text.chars().any(|it| it.is_whitespace() || it.is_control()) {
        return wrong("has white space in it", "write it in one piece");
    }
    Ok(Secret::new(text.to_owned()))
}

pub(super) fn selector(text: &str) -> Result<String, Wrong> {
    let is_name = text.len() <= 63 && text.split('.').all(|it| Slug::parse(&it.to_ascii_lowercase()).is_ok());
    if is_name {
        Ok(text.to_owned())
    } else {
        wrong("is not a selector", "write letters, digits and -, like s2026")
    }
}

/// A domain that can stand in an address.
pub(super) fn domain(text: &str) -> Result<String, Wrong> {
    match EmailAddress::parse(&format!("postmaster@{}", text.trim())) {
        Ok(address) => Ok(address.domain().to_owned()),
        Err(reason) => wrong(format!("is not a domain: {reason}"), "write it like example.org"),
    }
}

fn networks(text: &str) -> Result<Vec<Cidr>, Wrong> {
    let items = text.split(',').map(str::trim);
    items
        .map(|item| item.parse().or_else(|reason| wrong(format!("has `{item}`, and {reason}"), LIST)))
        .collect()
}

const LIST: &str = "separate several with commas";

/// Proxies to believe. "Everyone" is refused: then anyone writes the address that evidence keeps.
pub(super) fn proxies(text: &str) -> Result<Vec<Cidr>, Wrong> {
    let networks = networks(text)?;
    if networks.iter().any(Cidr::is_everything) {
        return wrong(
            "would let anyone forge the address that evidence and budgets see",
            "name the proxy's own address or network, like 10.0.0.0/8",
        );
    }
    Ok(networks)
}

pub(super) fn allow_net(text: &str) -> Result<AllowNet, Wrong> {
    Ok(AllowNet { text: text.to_owned(), nets: networks(text)? })
}

pub(super) fn dev_inbox(text: &str) -> Result<DevInbox, Wrong> {
    match text {
        "auto" => Ok(DevInbox::Auto),
        "on" => Ok(DevInbox::On),
        "off" => Ok(DevInbox::Off),
        _ => wrong("is not a choice", "write auto, on or off"),
    }
}

/// `None` for `auto`.
pub(super) fn auto_on_off(text: &str) -> Result<Option<bool>, Wrong> {
    match text {
        "auto" => Ok(None),
        "on" => Ok(Some(true)),
        "off" => Ok(Some(false)),
        _ => wrong("is not a choice", "write auto, on or off"),
    }
}

pub(super) fn auto_or_off(text: &str) -> Result<bool, Wrong> {
    match text {
        "auto" => Ok(true),
        "off" => Ok(false),
        _ => wrong("is not a choice", "write auto or off"),
    }
}

pub(super) fn ip_evidence(text: &str) -> Result<IpEvidence, Wrong> {
    match text {
        "truncated" => Ok(IpEvidence::Truncated),
        "full" => Ok(IpEvidence::Full),
        "hash" => Ok(IpEvidence::Hash),
        "none" => Ok(IpEvidence::None),
        _ => wrong("is not a choice", "write truncated, full, hash or none"),
    }
}

pub(super) fn log(text: &str) -> Result<String, Wrong> {
    const HOW: &str = "write error, warn, info, debug or trace, or like warn,ayeaye=debug";
    match EnvFilter::builder().parse(text) {
        Ok(_) if !text.trim().is_empty() => Ok(text.to_owned()),
        Ok(_) => wrong("is empty", HOW),
        Err(reason) => wrong(format!("is not a log filter: {reason}"), HOW),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_as_they_are_shown() {
        for (text, millis) in
            [("0s", 0), ("2s", 2_000), ("10m", 600_000), ("25h", 90_000_000), ("7d", 604_800_000)]
        {
            let span = span(text, 0..=i64::MAX).unwrap();
            assert_eq!((span.millis(), span.to_string().as_str()), (millis, text));
        }
        assert_eq!(Span::from_millis(1_500).to_string(), "1500ms");
        for bad in [
            "",
            "s",
            "10",
            "10 m",
            "1.5h",
            "-1s",
            "+1s",
            "10min",
            "1w",
            "99999999999999999999s",
            "9223372036854775807d",
            "١s",
        ] {
            assert!(span(bad, 0..=i64::MAX).is_err(), "{bad:?}");
        }
        assert_eq!(span("15d", HOUR..=14 * DAY).unwrap_err().instead, "write from 1h to 14d");
    }

    #[test]
    fn counts_are_digits_within_their_range() {
        assert_eq!(count("4", 1..=100), Ok(4));
        for bad in ["", "0", "101", "+4", "-1", "4.0", " 4", "0x4", "99999999999999"] {
            assert!(count(bad, 1..=100).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_database_is_a_file_or_a_postgresql_server() {
        let read = |text: &str| database(text, |it| PathBuf::from("/base").join(it));
        assert_eq!(read("sqlite:x.db"), Ok(Database::Sqlite("/base/x.db".into())));
        assert_eq!(read("sqlite:///var/x.db"), Ok(Database::Sqlite("/var/x.db".into())));
        assert!(matches!(read("postgres://u:p@h/db"), Ok(Database::Postgres(_))));
        assert!(matches!(read("postgresql:///db?host=/run/postgresql"), Ok(Database::Postgres(_))));
        for bad in
            ["", "x.db", "sqlite:", "sqlite::memory:", "sqlite:x?mode=ro", "mysql://h/db", "postgres//h"]
        {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
