//! What a tenant's system says of an act it alone saw: which key said it, and what it said of the person's browser. In
//! the evidence it is marked as told, so that nobody takes it for something we have seen.

use std::net::IpAddr;

use serde_json::{Map, Value, json};

use super::{App, Visit};
use crate::domain::{grade::Fetch, id::ApiKeyId};

/// An act as a tenant's system tells of it.
#[derive(Clone, Debug)]
pub struct Told {
    key: ApiKeyId,
    visit: Visit,
    knows_network: bool,
    page: Option<String>,
    note: Option<String>,
}

/// What is said besides the act itself.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The address the person's browser came from.
    pub ip: Option<IpAddr>,
    /// Its `User-Agent`.
    pub user_agent: Option<String>,
    /// The page where the person acted.
    pub page: Option<url::Url>,
    /// How the tenant knows, in its own words.
    pub note: Option<String>,
}

impl Told {
    /// What the holder of this key says.
    pub fn by(key: ApiKeyId, said: Surroundings) -> Self {
        let Surroundings { ip, user_agent, page, note } = said;
        let origin = page.as_ref().map(|it| it.origin().ascii_serialization());
        // Origin and path alone: elsewhere an address or a token may stand.
        let page = page.as_ref().zip(origin.as_ref()).map(|(it, origin)| format!("{origin}{}", it.path()));
        let visit = Visit {
            ip: ip.unwrap_or(IpAddr::from([0, 0, 0, 0])),
            user_agent: user_agent.unwrap_or_default(),
            origin,
            fetch: Fetch::default(),
        };
        Self { key, visit, knows_network: ip.is_some(), page, note }
    }

    /// The visit as it was told.
    pub(super) const fn visit(&self) -> &Visit {
        &self.visit
    }

    /// Whether it was told where the person's browser came from.
    pub(super) const fn knows_network(&self) -> bool {
        self.knows_network
    }

    /// Adds to a record who told of the act, and the visit as it was told.
    pub(super) fn record(&self, app: &App, more: &mut Map<String, Value>) {
        let Self { key, visit, knows_network, page, note } = self;
        let mut told = json!({ "api_key": key.to_string() });
        if let Value::Object(told) = &mut told {
            told.extend(page.iter().map(|it| ("page".to_owned(), json!(it))));
            told.extend(note.iter().map(|it| ("note".to_owned(), json!(it))));
        }
        more.insert("told_by".to_owned(), told);
        let mut kept = visit.record(&app.keys, app.config.ip_evidence);
        if let Value::Object(kept) = &mut kept {
            if !knows_network {
                kept.retain(|name, _| !matches!(name.as_str(), "network" | "ip_hash" | "ip"));
            }
            if visit.user_agent.is_empty() {
                kept.remove("user_agent");
            }
            if !kept.is_empty() {
                more.insert("visit".to_owned(), Value::Object(std::mem::take(kept)));
            }
        }
    }
}
