//! The configuration: what was given, where, and what it means.
//!
//! Flags win over the environment (`AYEAYE_*`, and `AYEAYE_*_FILE` for a value kept in a file), that over
//! `ayeaye.toml`, that over the defaults. Nothing is mandatory, and nothing unknown is let pass: a setting
//! with a typo in its name would do nothing and look as if it did. All that is wrong is said at once.
//!
//! The way is [`keys`] (every key once) → `layers` (texts and where they stand) → [`Config`] (typed, whole).

mod anchors;
mod error;
pub mod keys;
mod layers;
mod listing;
pub mod located;
pub mod master_key;
mod read;
#[cfg(test)]
mod tests;
mod value;

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf};

use crate::domain::{net::Cidr, text::Origin};

pub use anchors::{Anchors, Witness};
pub use error::{ConfigError, Problem, Whence};
pub use listing::Setting;
pub use value::Span;

/// Everything the service is told from outside, checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// What links begin with: the service as people reach it.
    pub base_url: Origin,
    /// Where the SQLite file and generated keys live.
    pub data_dir: PathBuf,
    /// Which database.
    pub database: Database,
    /// The relay; without one, mails are captured.
    pub smtp_url: Option<Secret>,
    /// Certificate authorities to trust for the relay instead of the public ones.
    pub smtp_ca_file: Option<PathBuf>,
    /// Connections kept to the relay.
    pub smtp_connections: u32,
    /// Whether the domain of an address is looked up before its first mail.
    pub mx_check: bool,
    /// The name server asked about domains, instead of the system's.
    pub dns_server: Option<SocketAddr>,
    /// Domains of throw-away addresses, lower-cased, as A-labels; empty, none is refused.
    pub disposable_domains: std::sync::Arc<std::collections::BTreeSet<String>>,
    /// How mails are signed, if they are.
    pub dkim: Option<Dkim>,
    /// The master key when it does not live in the data directory.
    pub master_key: Option<Secret>,
    /// Whose forwarding headers are believed.
    pub trusted_proxies: Vec<Cidr>,
    /// Which private networks webhooks may reach.
    pub webhook_allow_net: AllowNet,
    /// Whether captured mails can be read at `/dev/inbox`.
    pub dev_inbox: DevInbox,
    /// Which log lines are written, as a `tracing` filter.
    pub log: String,
    /// How much of a network address evidence keeps.
    pub ip_evidence: IpEvidence,
    /// Budgets and deadlines.
    pub limits: Limits,
    /// How long things are kept.
    pub retention: Retention,
    /// Where checkpoints of the evidence log are anchored.
    pub anchors: Anchors,
}

/// Which database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A file of our own.
    Sqlite(PathBuf),
    /// A server, by its `postgres://` address.
    Postgres(Secret),
}

/// The DKIM key and the names it is published under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dkim {
    /// The private key, PEM.
    pub key_file: PathBuf,
    /// The selector: the key is published at `{selector}._domainkey.{domain}`.
    pub selector: String,
    /// The signing domain; without one, the domain of each sender.
    pub domain: Option<String>,
}

/// Networks that are private and yet allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowNet {
    /// As it was written.
    pub text: String,
    /// As it was meant.
    pub nets: Vec<Cidr>,
}

/// Whether captured mails can be read at `/dev/inbox`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DevInbox {
    /// When mails are captured and nobody else can reach this machine.
    Auto,
    /// Always; whoever reaches the service reads everybody's mail.
    On,
    /// Never.
    Off,
}

/// How much of a network address evidence keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IpEvidence {
    /// The /24 or /48, and a keyed hash of the whole.
    Truncated,
    /// All of it.
    Full,
    /// A keyed hash of the whole.
    Hash,
    /// Nothing.
    None,
}

/// Budgets and deadlines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Least time between two mails to one mailbox that anyone can cause.
    pub recipient_gap: Span,
    /// Most mails a day to one mailbox that anyone can cause.
    pub recipient_per_day: u32,
    /// Most mails in 30 days to one mailbox that anyone can cause.
    pub recipient_per_month: u32,
    /// Most signups an hour from one network (/24, /64).
    pub network_per_hour: u32,
    /// Most signups an hour from one network without a proof of work.
    pub network_mails_per_hour: u32,
    /// Most signups a minute through one form without a proof of work.
    pub form_per_minute: u32,
    /// Most signups a minute with addresses of one domain without a proof of work.
    pub domain_per_minute: u32,
    /// Most signups an hour from one network without the proof of work that was asked for.
    pub unproven_per_network: u32,
    /// Most signups an hour through one form without the proof of work that was asked for.
    pub unproven_per_form: u32,
    /// Most codes typed an hour from one network.
    pub codes_per_network: u32,
    /// Most changes an hour on one preference page.
    pub changes_per_person: u32,
    /// Most pages with an old copy of a form that are noted an hour.
    pub copies_per_form: u32,
    /// Whether forms switch to proof of work by themselves.
    pub attack_mode: bool,
    /// Hashes that a proof of work takes on average.
    pub proof_work: u32,
    /// A form sent back sooner was filled in by a program.
    pub form_token_min: Span,
    /// A form sent back later must be shown again.
    pub form_token_max: Span,
    /// Most connections from one address, trusted proxies apart.
    pub connections_per_ip: u32,
    /// Most requests a minute with one API key.
    pub api_per_minute: u32,
    /// How long a request's body may take to arrive.
    pub body_deadline: Span,
}

/// How long things are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// An unconfirmed request, and the address when nothing else is known of it.
    pub unconfirmed: Span,
}

/// A text that must not be shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text` from being printed.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(••••)")
    }
}

/// What the configuration is made from. Nothing else is read: no clock, no process environment.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Given on the command line.
    pub flags: Vec<Flag>,
    /// The environment; names that do not begin with `AYEAYE_` are left alone.
    pub env: BTreeMap<String, String>,
    /// The file named on the command line; without one, `ayeaye.toml` in `cwd` when it is there.
    pub file: Option<PathBuf>,
    /// What relative paths start from, except those in a file: they start from the file's own directory.
    pub cwd: PathBuf,
}

/// One setting given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The flag as typed, to say where a value came from: `--listen`.
    pub flag: String,
    /// The key: `listen`.
    pub key: String,
    /// The value.
    pub value: String,
}

/// The configuration, and where each value came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What the service runs on.
    pub config: Config,
    /// Every key, in the order of [`keys::ALL`].
    pub settings: Vec<Setting>,
}

impl Config {
    /// Reads, merges and checks everything.
    ///
    /// # Errors
    /// Names each key that is unknown or wrong, where it stands, what is wrong with it and what to write.
    pub fn load(sources: &Sources) -> Result<Loaded, ConfigError> {
        let (layers, problems) = layers::Layers::gather(sources);
        let mut reader = read::Reader::new(&layers, problems);
        match (read::config(&mut reader), reader.finish()) {
            (Ok(config), Ok(())) => {
                let settings = listing::settings(&layers, &config);
                Ok(Loaded { config, settings })
            }
            (_, Err(error)) => Err(error),
            (Err(read::Noted), Ok(())) => Err(ConfigError::new(Vec::new())),
        }
    }

    /// Whether only this machine can reach the service, by its own address and by the one in its links.
    ///
    /// Both count: behind a proxy on this machine the first alone would be true of a public service.
    pub fn is_local(&self) -> bool {
        self.listen.ip().is_loopback() && self.base_url.is_loopback()
    }

    /// Whether mails stay on this machine.
    pub fn captures_mail(&self) -> bool {
        self.smtp_url.is_none()
    }

    /// Whether `/dev/inbox` is served.
    pub fn shows_inbox(&self) -> bool {
        match self.dev_inbox {
            DevInbox::Auto => self.captures_mail() && self.is_local(),
            DevInbox::On => true,
            DevInbox::Off => false,
        }
    }

    /// Asks what only a running service needs: a public one has a relay, or captures mails on purpose.
    ///
    /// # Errors
    /// When mails would vanish unseen.
    pub fn check_serving(&self) -> Result<(), ConfigError> {
        if self.captures_mail() && !self.base_url.is_loopback() && self.dev_inbox != DevInbox::On {
            return Err(ConfigError::new(vec![Problem {
                key: keys::SMTP_URL.name.to_owned(),
                whence: None,
                what: format!(
                    "is not set, so no mail would leave this machine, and {} is public",
                    self.base_url
                ),
                instead:
                    "set AYEAYE_SMTP_URL to your relay, like smtps://user:password@mail.example.org; to \
                          capture mails on purpose, where whoever reaches the service can read them, set \
                          AYEAYE_DEV_INBOX=on"
                        .to_owned(),
            }]));
        }
        Ok(())
    }
}
