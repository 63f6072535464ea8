//! Who came, how, and from where: what evidence keeps of a request's surroundings.

use std::net::IpAddr;

use serde_json::{Map, Value, json};

use super::Keys;
use crate::{config::IpEvidence, domain::grade::Fetch};

/// The surroundings of one act of a person, as far as the browser told.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The address of the connection, or of the person behind a trusted proxy.
    pub ip: IpAddr,
    /// `User-Agent`, at most 400 characters.
    pub user_agent: String,
    /// `Origin`, when the browser sent one.
    pub origin: Option<String>,
    /// What the browser says of the request by itself.
    pub fetch: Fetch,
}

impl Visit {
    /// The network counted together: /24 for IPv4, /64 for IPv6.
    pub fn network(&self) -> String {
        match self.ip {
            IpAddr::V4(ip) => {
                let [a, b, c, _] = ip.octets();
                format!("{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }

    /// What evidence keeps of this visit under the configured rule.
    pub(super) fn record(&self, keys: &Keys, rule: IpEvidence) -> Value {
        let whole = self.ip.to_string();
        let mut kept = Map::new();
        match rule {
            IpEvidence::Truncated => {
                kept.insert("network".to_owned(), json!(truncated(self.ip)));
                kept.insert("ip_hash".to_owned(), json!(keys.network(&whole)));
            }
            IpEvidence::Full => {
                kept.insert("ip".to_owned(), json!(whole));
            }
            IpEvidence::Hash => {
                kept.insert("ip_hash".to_owned(), json!(keys.network(&whole)));
            }
            IpEvidence::None => {}
        }
        kept.insert("user_agent".to_owned(), json!(self.user_agent));
        if let Some(origin) = &self.origin {
            kept.insert("origin".to_owned(), json!(origin));
        }
        let Fetch { site, mode, dest, user, purpose } = &self.fetch;
        let sent = [("site", site), ("mode", mode), ("dest", dest), ("user", user)];
        let sent: Vec<String> = sent
            .iter()
            .filter_map(|(name, value)| Some(format!("sec-fetch-{name}={}", (*value).as_deref()?)))
            .collect();
        if !sent.is_empty() {
            kept.insert("sec_fetch".to_owned(), json!(sent.join(" ")));
        }
        if let Some(purpose) = purpose {
            kept.insert("sec_purpose".to_owned(), json!(purpose));
        }
        Value::Object(kept)
    }
}

/// The network evidence may name: /24 for IPv4, /48 for IPv6.
fn truncated(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}
