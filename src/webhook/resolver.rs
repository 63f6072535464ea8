//! Names to addresses for deliveries: resolved at every connection, judged, and only then handed over.
//!
//! The connection is made to exactly the addresses judged here, so a name that changes its mind between the
//! check and the connection (DNS rebinding) gains nothing.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::AllowNets;

/// Finds the addresses of a host.
pub trait Lookup: Send + Sync + 'static {
    /// Every address of `host`; an error when there is none.
    fn lookup(&self, host: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// The resolver of the machine, hosts file included.
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn lookup(&self, host: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            Ok(found.map(|it| it.ip()).collect())
        })
    }
}

/// How far a connection may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The public Internet and the opened networks: https.
    Anywhere,
    /// The opened networks alone: plain http.
    OpenedNets,
}

impl Reach {
    /// True when a connection of this reach may go to `ip`.
    pub(super) fn permits(self, nets: &AllowNets, ip: IpAddr) -> bool {
        match self {
            Self::Anywhere => nets.permit(ip),
            Self::OpenedNets => nets.contains(ip),
        }
    }
}

/// The address of an endpoint may not be reached.
#[derive(Debug, thiserror::Error)]
#[error("the address may not be reached")]
pub(super) struct Refused;

/// A resolver that fails when any address of a name is out of reach.
///
/// One forbidden address among public ones is no accident: the whole name is refused rather than its good part
/// used.
#[derive(Clone)]
pub(super) struct GuardedResolver {
    pub(super) lookup: Arc<dyn Lookup>,
    pub(super) nets: Arc<AllowNets>,
    pub(super) reach: Reach,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.lookup.lookup(name.as_str());
        let (nets, reach) = (Arc::clone(&self.nets), self.reach);
        Box::pin(async move {
            let found = found.await?;
            if !found.iter().all(|ip| reach.permits(&nets, *ip)) {
                return Err(Refused.into());
            }
            // Port 0 stands for the port of the URL.
            Ok(Box::new(found.into_iter().map(|ip| SocketAddr::new(ip, 0))) as Addrs)
        })
    }
}
