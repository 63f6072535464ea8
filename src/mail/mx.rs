//! Whether a domain takes mail at all, asked before the first mail to it goes: a typed slip would only bounce.
//!
//! Only a clear no counts: a null MX (RFC 7505), a domain that does not exist, or one with neither MX nor address
//! (RFC 5321 section 5.1). When the answer does not come, the mail goes out as if nobody had asked. Answers are kept
//! for as long as they say themselves.

use std::{net::SocketAddr, time::Duration};

use hickory_resolver::{
    Resolver, TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts},
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::RData,
};

/// How long one question may take, all tries together.
const PATIENCE: Duration = Duration::from_secs(5);
/// Answers kept at the most.
const KEPT: u64 = 10_000;

/// What is known of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// It takes mail.
    Mail,
    /// It takes none, for this reason.
    None(&'static str),
    /// Nobody said.
    Unknown,
}

/// Asks about domains.
pub struct MxCheck {
    resolver: TokioResolver,
}

impl MxCheck {
    /// Asks the server of this address, or those of the system.
    ///
    /// # Errors
    /// The system's own settings cannot be read.
    pub fn new(server: Option<SocketAddr>) -> Result<Self, NetError> {
        let mut builder = match server {
            Some(server) => {
                let connections = [ConnectionConfig::udp(), ConnectionConfig::tcp()].map(|mut it| {
                    it.port = server.port();
                    it
                });
                let server = NameServerConfig::new(server.ip(), true, connections.into());
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                Resolver::builder_with_config(config, TokioRuntimeProvider::default())
            }
            None => Resolver::builder_tokio()?,
        };
        let ResolverOpts { timeout, attempts, cache_size, .. } = builder.options_mut();
        *timeout = Duration::from_secs(2);
        *attempts = 1;
        *cache_size = KEPT;
        Ok(Self { resolver: builder.build()? })
    }

    /// Whether a domain, as an A-label, takes mail.
    pub async fn takes_mail(&self, domain: &str) -> Takes {
        let question = self.ask(format!("{domain}."));
        tokio::time::timeout(PATIENCE, question).await.unwrap_or(Takes::Unknown)
    }

    async fn ask(&self, name: String) -> Takes {
        match self.resolver.mx_lookup(name.as_str()).await {
            Ok(found) => {
                let mut exchanges = found.answers().iter().filter_map(|it| match &it.data {
                    RData::MX(mx) => Some(&mx.exchange),
                    _ => None,
                });
                if exchanges.all(hickory_resolver::proto::rr::Name::is_root) {
                    Takes::None("its domain takes no mail (null MX, RFC 7505)")
                } else {
                    Takes::Mail
                }
            }
            Err(error) if error.is_nx_domain() => Takes::None("its domain does not exist"),
            Err(error) if error.is_no_records_found() => self.has_address(&name).await,
            Err(_) => Takes::Unknown,
        }
    }

    async fn has_address(&self, name: &str) -> Takes {
        match self.resolver.lookup_ip(name).await {
            Ok(_) => Takes::Mail,
            Err(error) if error.is_no_records_found() => Takes::None("its domain has no mail server"),
            Err(_) => Takes::Unknown,
        }
    }
}

#[cfg(test)]
mod tests;
