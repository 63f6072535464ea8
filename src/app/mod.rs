//! Use cases: one function, one transaction.
//!
//! Nothing here sends anything: a mail or a webhook is a row written in the transaction of the change it
//! tells of, and `jobs` does the talking. State, evidence, events and mails commit together or not at all,
//! so a handler may be dropped at any await.

pub mod apply;
pub mod ask_link;
pub mod attacks;
pub mod audience;
pub mod changes;
pub mod clock;
pub mod confirm;
pub mod controller;
pub mod cursor;
pub mod dossier;
pub mod edit;
pub mod endpoint_health;
pub mod endpoints;
pub mod entered;
pub mod envelope;
pub mod erase;
pub mod everything;
pub mod exports;
pub mod feed;
pub mod form_pages;
pub mod forms;
pub mod fsck;
pub mod gate;
pub mod gatekeeper;
pub mod given;
pub mod guardian;
pub mod key_ring;
pub mod keys;
pub mod lapse;
pub mod links;
pub mod log;
pub mod mail_receipt;
pub mod not_me;
pub mod notices;
pub mod once;
pub mod openings;
pub mod outbox;
pub mod people;
pub mod placement;
pub mod places;
pub mod preferences;
pub mod purposes;
pub mod quota;
pub mod receipt;
mod record;
pub mod replay;
pub mod restrict;
pub mod server_signup;
pub mod sign_up;
pub mod suppress;
pub mod tally;
#[cfg(test)]
pub(crate) mod testing;
pub mod told;
pub mod told_choices;
mod turn;
pub mod unsubscribe;
pub mod verify;
pub mod visit;

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use tokio::sync::{Notify, watch};

pub use clock::Clock;
pub use form_pages::FormPages;
pub use keys::Keys;
pub use once::Turns;
pub use openings::Openings;
pub use placement::{Displayed, Placement, Way};
pub use quota::Quotas;
pub use tally::Tally;
pub use visit::Visit;

use crate::{
    config::Config,
    crypto::{Key, Random},
    domain::{Timestamp, catalog::Catalog, id::TenantId, link::LinkKeys},
    store::{self, Store, Tx},
};

/// What every use case works with. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// The parts of an [`App`].
pub struct Inner {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub random: Random,
    /// The configuration.
    pub config: Config,
    /// The keys of this installation.
    pub keys: Keys,
    /// Who opened the pages of requests that still wait.
    pub openings: Openings,
    /// How many requests each API key has left.
    pub quotas: Quotas,
    /// Equal requests take turns.
    pub turns: Turns,
    /// Places that all tenants share.
    pub places: places::AllPlaces,
    /// Which pages forms were sent from lately.
    pub form_pages: FormPages,
    /// Told when rows were written that a job should look at now rather than at its next turn.
    pub wake: Wake,
    /// What the gatekeeper decided, in numbers.
    pub tally: Tally,
    /// What this instance is called while it runs jobs: nobody else has the name at the same time, and it has the
    /// same one when it starts again.
    pub instance: OnceLock<String>,
    catalog: RwLock<Arc<Catalog>>,
}

/// One bell per job that others write rows for.
#[derive(Default)]
pub struct Wake {
    /// Mails are due.
    pub mails: Notify,
    /// Events wait for their place in the feed.
    pub feed: Notify,
    /// Deliveries are due.
    pub deliveries: Notify,
    /// Work that takes longer than a request was asked for.
    pub jobs: Notify,
    /// Evidence waits for its place in the log.
    pub log: Notify,
    /// A checkpoint was published that others may confirm.
    pub anchors: Notify,
    /// The feed has grown: long polls look again.
    pub grown: Notify,
    /// Turned true when the service stops: long polls end.
    pub stopping: watch::Sender<bool>,
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// Why a use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database did not answer, or not as it must. Nothing was changed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The result of use cases.
pub type Result<T> = std::result::Result<T, Error>;

impl App {
    /// Puts an app together over a database whose schema is current, and reads keys and catalog. The first
    /// master key of links is made when there is none.
    ///
    /// # Errors
    /// The database failed, or the root key is not the one its keys were sealed with.
    pub async fn start(
        store: Store,
        config: Config,
        root: Key,
        clock: Clock,
        random: Random,
    ) -> std::result::Result<Self, StartError> {
        let keys = Keys::load(&store, root, clock.now(), &random).await?;
        let app = Self(Arc::new(Inner {
            store,
            clock,
            random,
            config,
            keys,
            openings: Openings::default(),
            quotas: Quotas::default(),
            turns: Turns::default(),
            places: places::AllPlaces::default(),
            form_pages: FormPages::default(),
            wake: Wake::default(),
            tally: Tally::default(),
            instance: OnceLock::new(),
            catalog: RwLock::new(Arc::new(Catalog::default())),
        }));
        app.refresh().await?;
        Ok(app)
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What tenants have set up, as last read.
    pub fn catalog(&self) -> Arc<Catalog> {
        Arc::clone(&self.catalog.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The keys of signed links, as last read.
    pub fn link_keys(&self) -> Arc<LinkKeys> {
        self.keys.links()
    }

    /// Reads the catalog and the link keys anew if another process changed them.
    ///
    /// # Errors
    /// The database failed; what was read before stays.
    pub async fn refresh(&self) -> Result<()> {
        let version = store::catalog::version(&mut self.store.peek().await?).await?;
        if version != self.catalog().version {
            self.reload().await?;
        }
        Ok(())
    }

    /// Reads the catalog and the link keys anew.
    ///
    /// # Errors
    /// The database failed; what was read before stays.
    pub async fn reload(&self) -> Result<()> {
        let mut tx = self.store.read().await?;
        let catalog = store::catalog::load(&mut tx).await?;
        let masters = store::key::masters(&mut tx).await?;
        tx.commit().await?;
        self.keys.replace(&masters);
        *self.catalog.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(catalog);
        Ok(())
    }

    /// Commits, then wakes the jobs that have something to do with what was written.
    async fn commit(&self, tx: Tx) -> Result<()> {
        tx.commit().await?;
        self.wake.feed.notify_one();
        self.wake.mails.notify_one();
        self.wake.log.notify_one();
        Ok(())
    }

    /// The public address of a path of a tenant: at its first host, or at the base URL when it has none.
    pub fn url_for(&self, tenant: TenantId, path: &str) -> String {
        match self.catalog().tenant(tenant).and_then(|it| it.hosts.first()) {
            Some(host) => format!("{}{path}", self.config.base_url.at(host)),
            None => self.url(path),
        }
    }

    /// Whether an origin is one that a tenant's pages are served from: the base URL, or one of its hosts.
    pub fn is_own_origin(&self, tenant: TenantId, origin: &str) -> bool {
        let base = &self.config.base_url;
        let catalog = self.catalog();
        let hosts = catalog.tenant(tenant).into_iter().flat_map(|it| &it.hosts);
        origin == base.as_str() || hosts.into_iter().any(|it| base.at(it) == origin)
    }

    /// The public address of a path of no tenant.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.config.base_url)
    }
}

/// Why an [`App`] could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Reading what is set up failed.
    #[error(transparent)]
    App(#[from] Error),
    /// The master key is another.
    #[error(
        "the master key does not open the keys in this database: it was started with another one before. \
         Use the master key that belongs to it (AYEAYE_MASTER_KEY, or master.key in the data directory)"
    )]
    WrongMasterKey,
}

/// Whether the database takes writes now. What is tried is undone: whoever asks changes nothing.
pub async fn can_write(app: &App) -> bool {
    let write = async {
        let mut tx = app.store.begin().await?;
        store::catalog::raise(&mut tx).await
    };
    write.await.is_ok()
}
