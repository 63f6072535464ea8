//! Every key once: its name, what it is for, its default.

/// One setting.
#[derive(Debug)]
pub struct Key {
    /// Its name in `ayeaye.toml`; what stands before a dot is a table there.
    pub name: &'static str,
    /// What it is for, in one sentence.
    pub doc: &'static str,
    /// What it is when nobody says; in words when it depends on others.
    pub default: Preset,
    /// How it is written and shown.
    pub kind: Kind,
}

/// What a setting is when nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// This.
    Is(&'static str),
    /// Nothing: what it is for is off.
    Unset,
    /// Worked out from other settings.
    Derived,
}

/// How a setting is written and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One value.
    Plain,
    /// Several, as a list in the file and with commas elsewhere.
    List,
    /// An address that may hold a password.
    SecretUrl,
    /// Nothing of it may be shown.
    Secret,
}

impl Key {
    /// Its name in the environment: `AYEAYE_LIMITS_RECIPIENT_GAP` for `limits.recipient_gap`.
    pub fn env(&self) -> String {
        format!("AYEAYE_{}", self.name.replace('.', "_").to_uppercase())
    }

    /// The key of exactly this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|it| it.name == name)
    }
}

/// Declares each key and the list of all of them.
macro_rules! keys {
    ($($constant:ident = $name:literal, $kind:ident, $default:expr, $doc:literal;)*) => {
        $(#[doc = concat!("`", $name, "`: see its `doc`.")] pub const $constant: &Key =
            &Key { name: $name, doc: $doc, default: $default, kind: Kind::$kind };)*
        /// Every key, in the order they are listed.
        pub const ALL: &[&Key] = &[$($constant),*];
    };
}

use Preset::{Derived, Is, Unset};

keys! {
    LISTEN = "listen", Plain, Is("127.0.0.1:8080"), "Address and port to listen on.";
    BASE_URL = "base_url", Plain, Derived,
        "What links in mails begin with; https unless it is this machine. Default: the address listened on.";
    DATA_DIR = "data_dir", Plain, Is("./ayeaye-data"), "Directory of the SQLite file and of generated keys.";
    DATABASE_URL = "database_url", SecretUrl, Derived,
        "sqlite:PATH, or postgres://… when one machine is not enough. Default: ayeaye.db in the data directory.";
    SMTP_URL = "smtp_url", SecretUrl, Unset,
        "The mail relay: smtps://user:password@host, smtp+starttls://…, or smtp://127.0.0.1:port; unset, mails are captured.";
    SMTP_CA_FILE = "smtp_ca_file", Plain, Unset,
        "PEM file of the certificate authorities to trust for the relay, instead of the public ones.";
    SMTP_CONNECTIONS = "smtp_connections", Plain, Is("4"), "Connections kept to the relay, 1 to 100.";
    MX_CHECK = "mx_check", Plain, Is("auto"),
        "Whether the domain of an address is looked up before its first mail: auto (when mails leave through a relay), on, off.";
    DNS_SERVER = "dns_server", Plain, Unset,
        "Address and port of the name server asked about the domains of addresses; unset, those of the system.";
    DISPOSABLE_DOMAINS_FILE = "disposable_domains_file", Plain, Unset,
        "File of domains, one a line, whose addresses are refused as throw-away ones; unset, none is.";
    DKIM_KEY_FILE = "dkim_key_file", Plain, Unset, "PEM file of the private key that signs mails (DKIM).";
    DKIM_SELECTOR = "dkim_selector", Plain, Unset, "Name the DKIM key is published under.";
    DKIM_DOMAIN = "dkim_domain", Plain, Unset, "Domain that signs mails; unset, the domain of each sender.";
    MASTER_KEY = "master_key", Secret, Unset,
        "32 random bytes in base64 or hex, the same for all instances; unset, master.key in the data directory, made at first start.";
    TRUSTED_PROXIES = "trusted_proxies", List, Unset,
        "Addresses or networks of proxies whose forwarding headers are believed.";
    WEBHOOK_ALLOW_NET = "webhook_allow_net", List, Unset,
        "Private networks that webhooks may reach, over plain http too, like 127.0.0.1/32.";
    DEV_INBOX = "dev_inbox", Plain, Is("auto"),
        "Captured mails at /dev/inbox: auto (on this machine alone), on (whoever reaches the service reads them), off.";
    LOG = "log", Plain, Is("info"), "Log filter: error, warn, info, debug, trace, or target=level with commas.";
    IP_EVIDENCE = "ip_evidence", Plain, Is("truncated"),
        "What evidence keeps of a network address: truncated (and a keyed hash of the whole), full, hash, none.";
    RECIPIENT_GAP = "limits.recipient_gap", Plain, Is("10m"),
        "Least time between two mails to one mailbox that anyone can cause.";
    RECIPIENT_PER_DAY = "limits.recipient_per_day", Plain, Is("3"),
        "Most mails a day to one mailbox that anyone can cause.";
    RECIPIENT_PER_MONTH = "limits.recipient_per_month", Plain, Is("5"),
        "Most mails in 30 days to one mailbox that anyone can cause.";
    NETWORK_PER_HOUR = "limits.network_per_hour", Plain, Is("100"),
        "Most signups an hour from one network (/24, or /64 of IPv6).";
    NETWORK_MAILS_PER_HOUR = "limits.network_mails_per_hour", Plain, Is("60"),
        "Most signups an hour from one network without a proof of work.";
    FORM_PER_MINUTE = "limits.form_per_minute", Plain, Is("300"),
        "Most signups a minute through one form without a proof of work.";
    DOMAIN_PER_MINUTE = "limits.domain_per_minute", Plain, Is("120"),
        "Most signups a minute with addresses of one domain without a proof of work.";
    UNPROVEN_PER_NETWORK = "limits.unproven_per_network", Plain, Is("5"),
        "Most signups an hour from one network by browsers that cannot give the proof of work they were asked for.";
    UNPROVEN_PER_FORM = "limits.unproven_per_form", Plain, Is("60"),
        "Most signups an hour through one form by browsers that cannot give the proof of work they were asked for.";
    CODES_PER_NETWORK = "limits.codes_per_network", Plain, Is("100"),
        "Most 6-digit codes typed an hour from one network.";
    CHANGES_PER_PERSON = "limits.changes_per_person", Plain, Is("60"),
        "Most changes an hour on one preference page; leaving is never limited.";
    COPIES_PER_FORM = "limits.copies_per_form", Plain, Is("60"),
        "Most pages with an old copy of a form that are noted an hour; the rest is left out.";
    ATTACK_MODE = "limits.attack_mode", Plain, Is("auto"),
        "Whether a form that looks attacked asks for a proof of work by itself: auto, off.";
    PROOF_WORK = "limits.proof_work", Plain, Is("50000"),
        "Hashes that a proof of work takes on average, 1000 to 5000000.";
    FORM_TOKEN_MIN = "limits.form_token_min", Plain, Is("2s"), "A form sent back sooner was filled in by a program.";
    FORM_TOKEN_MAX = "limits.form_token_max", Plain, Is("24h"), "A form sent back later is shown again.";
    CONNECTIONS_PER_IP = "limits.connections_per_ip", Plain, Is("128"),
        "Most connections at once from one address, trusted proxies apart.";
    API_PER_MINUTE = "limits.api_per_minute", Plain, Is("6000"),
        "Most requests a minute with one API key, at each instance; checks of 10,000 addresses count once.";
    BODY_DEADLINE = "limits.body_deadline", Plain, Is("10s"), "How long the body of a request may take to arrive.";
    UNCONFIRMED = "retention.unconfirmed", Plain, Is("7d"),
        "How long a request waits for its confirmation before it is deleted, 1h to 14d.";
    WITNESSES = "anchors.witnesses", List, Unset,
        "Who cosigns the checkpoints of the evidence log (C2SP tlog-witness): for each, its verifier key, a space, its address.";
    WITNESS_THRESHOLD = "anchors.witness_threshold", Plain, Is("0"),
        "How many witnesses must have cosigned for a proof to count, at most as many as there are.";
    TIMESTAMP_URL = "anchors.timestamp_url", Plain, Unset,
        "The time stamp authority (RFC 3161) that is asked to stamp checkpoints; unset, none is asked.";
    TIMESTAMP_EVERY = "anchors.timestamp_every", Plain, Is("1h"),
        "How often it is asked when the log has grown, 1m to 7d.";
    TIMESTAMP_CA_FILE = "anchors.timestamp_ca_file", Plain, Unset,
        "PEM file of the certificate authorities its certificate must lead to; unset, that is left unchecked.";
    CHECKPOINT_FILE = "anchors.checkpoint_file", Plain, Derived,
        "Where the last checkpoint is kept outside of the database, to notice a restore. Default: log-checkpoint in the data directory.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_keys_share_a_name_anywhere() {
        let names: BTreeSet<_> = ALL.iter().map(|it| it.name).collect();
        let envs: BTreeSet<_> = ALL.iter().map(|it| it.env()).collect();
        assert_eq!((names.len(), envs.len()), (ALL.len(), ALL.len()));
        for key in ALL {
            let with_file = format!("{}_FILE", key.env());
            assert!(!envs.contains(&with_file), "{with_file} would mean two things");
            assert!(key.doc.ends_with('.') || key.doc.contains(". Default"), "{}", key.name);
        }
    }

    #[test]
    fn names_in_the_environment_are_those_documented() {
        assert_eq!(LISTEN.env(), "AYEAYE_LISTEN");
        assert_eq!(RECIPIENT_GAP.env(), "AYEAYE_LIMITS_RECIPIENT_GAP");
        assert_eq!(UNCONFIRMED.env(), "AYEAYE_RETENTION_UNCONFIRMED");
        assert_eq!(Key::named("limits.body_deadline").map(|it| it.name), Some(BODY_DEADLINE.name));
    }
}
