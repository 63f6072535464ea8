//! What can be typed: every verb, its flags, its help.

use std::path::PathBuf;

use clap::{Arg, Args, Command, Parser, Subcommand};

use super::{check::Check, evidence::Evidence, webhook::Webhook};
use crate::config::{Flag, keys};

/// How a command ends, as scripts see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked is done, or was so already.
    Done = 0,
    /// It was tried and failed; the reason is on standard error.
    Failed = 1,
    /// The command line, the configuration or a file is wrong; nothing was tried, nothing has changed.
    Usage = 2,
    /// A check (`migrate --check`, `apply --dry-run`, `check`) found something to do.
    Pending = 3,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

const EXIT_CODES: &str = "\
Exit codes:
  0  done, or it was so already
  1  it was tried and failed; the reason is on standard error
  2  the command line, the configuration or a file is wrong; nothing has changed
  3  a check (migrate --check, apply --dry-run, check) found something to do

Each setting can also be given as AYEAYE_… in the environment (AYEAYE_…_FILE for a value kept in a file)
or in ayeaye.toml. `ayeaye config` lists them all, with where each value comes from.

Try it:
  ayeaye demo";

/// Owns the permission to send email, and proves it: signup, confirmation, preferences, unsubscribe.
#[derive(Clone, Debug, Parser)]
#[command(name = "ayeaye", version, after_help = EXIT_CODES, max_term_width = 100)]
pub struct Cli {
    /// Settings that win over all others.
    #[command(flatten)]
    pub settings: Settings,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// Settings given on the command line. Those that hold secrets have no flag: other users can see flags.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// Read settings from FILE instead of ./ayeaye.toml
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// What links in mails begin with
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// Directory of the SQLite file and of generated keys [default: ./ayeaye-data]
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<String>,
    /// sqlite:PATH or postgres://…; better in the environment when it holds a password
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Which log lines to write, like debug or warn,ayeaye=debug [default: info]
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
    /// Any other setting; may be repeated.
    #[arg(long = "set", global = true, help = "Any other setting, like limits.form_per_minute=1000; may be repeated", value_name = "KEY=VALUE", value_parser = pair)]
    pub set: Vec<(String, String)>,
}

impl Settings {
    /// What was given, for the configuration to read; the later of two equal keys wins.
    pub fn flags(&self) -> Vec<Flag> {
        let Self { config: _, listen, base_url, data_dir, database_url, log, set } = self;
        let named = [
            ("--listen", keys::LISTEN, listen),
            ("--base-url", keys::BASE_URL, base_url),
            ("--data-dir", keys::DATA_DIR, data_dir),
            ("--database-url", keys::DATABASE_URL, database_url),
            ("--log", keys::LOG, log),
        ];
        let named = named.into_iter().filter_map(|(flag, key, value)| {
            Some(Flag { flag: flag.to_owned(), key: key.name.to_owned(), value: value.clone()? })
        });
        let set = set.iter().map(|(key, value)| Flag {
            flag: format!("--set {key}"),
            key: key.clone(),
            value: value.clone(),
        });
        named.chain(set).collect()
    }
}

/// The settings that the demo refuses, so that its help does not offer them.
fn refused_by_the_demo() -> Vec<Arg> {
    let all = Settings::augment_args(Command::new("ayeaye"));
    let refused = all.get_arguments().filter(|it| !["listen", "log"].contains(&it.get_id().as_str()));
    refused.cloned().map(|it| it.hide(true)).collect()
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => Ok((key.trim().to_owned(), value.to_owned())),
        Some(_) | None => Err("write KEY=VALUE, like limits.form_per_minute=1000".to_owned()),
    }
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Try everything on this machine: sample data in a temporary directory, captured mail, printed URLs
    #[command(
        args = refused_by_the_demo(),
        after_help = "Example:\n  ayeaye demo --listen 127.0.0.1:9000\n\nCtrl-C ends it and leaves nothing behind.\n\n\
        It takes these settings, and AYEAYE_LISTEN and AYEAYE_LOG. The rest of the environment and ayeaye.toml do not\n\
        count: it never touches a real installation."
    )]
    Demo,
    /// Run the service
    #[command(
        after_help = "Example:\n  AYEAYE_BASE_URL=https://consent.example.org AYEAYE_SMTP_URL_FILE=/run/secrets/smtp ayeaye serve"
    )]
    Serve,
    /// Set up tenants, purposes, forms and endpoints from a TOML file; prints what changes
    #[command(after_help = "Example:\n  ayeaye apply acme.toml --dry-run\n  ayeaye apply acme.toml\n\n\
        Running it twice changes nothing the second time. When the file is wrong, every mistake is named with its\n\
        line and nothing changes (exit code 2). With --dry-run, exit code 3 says that there is something to change.")]
    Apply(Apply),
    /// Keys of the API and keys that sign links
    #[command(subcommand, after_help = "Example:\n  ayeaye key new --tenant acme --scope checks --json")]
    Key(Key),
    /// People, one at a time
    #[command(subcommand, after_help = "Example:\n  ayeaye contact erase --tenant acme --contact con_01h…")]
    Contact(Contact),
    /// Signed links of people
    #[command(
        subcommand,
        after_help = "Example:\n  ayeaye link mint --tenant acme --contact con_01h… --purpose newsletter"
    )]
    Link(Link),
    /// The log that evidence commits to: how it stands, its key, going on after a restore
    #[command(subcommand, after_help = "Example:\n  ayeaye log key")]
    Log(Log),
    /// What was recorded, for whoever asks for proof
    #[command(
        subcommand,
        after_help = "Example:\n  ayeaye evidence export --tenant acme --purpose newsletter --since 2026-01-01"
    )]
    Evidence(Evidence),
    /// Derive everything anew from the evidence, and say what differs
    #[command(after_help = "Example:\n  ayeaye fsck --json\n\n\
        Exit code 0 when all is as it must be, 1 when something is not: the first things are named. Changes nothing;\n\
        a running service does the same every night.")]
    Fsck(Json),
    /// Bring the database to the schema of this version
    #[command(after_help = "Example:\n  ayeaye migrate --check || ayeaye migrate\n\n\
        With --check nothing changes; exit code 3 says that the schema is behind, 1 that it is newer than this version.")]
    Migrate(Migrate),
    /// Check a receipt, a proof, a dossier or a check of a list, on any computer: no database, no settings, no network
    #[command(
        after_help = "Example:\n  ayeaye verify receipt.jsonld --key consent.example.org/log+6f2a91c4+AVt…\n\n\
        The key of the log stands on the organisation's page, and `ayeaye log key` prints it. Without --key the key\n\
        that came with the file is used, which shows that nothing was changed, not whose log it is.\n\n\
        Exit code 0 when every proof in the file holds, 1 when one does not or could not be checked, 2 when the file\n\
        cannot be opened."
    )]
    Verify(Verify),
    /// Ask a running service who in a list may be mailed, and write their addresses to a new file
    #[command(
        after_help = "Example:\n  AYEAYE_KEY_FILE=key.txt ayeaye check list.csv --purpose newsletter --url https://consent.example.org\n\n\
        The list is a CSV file, or one address a line; the column with the addresses is found by itself. Written are\n\
        list.allowed.csv, for your mailing tool, list.denied.csv with the reasons, and list.proof.ndjson, which shows\n\
        that you asked: `ayeaye verify list.proof.ndjson`. They appear only when everything was answered.\n\n\
        Exit code 0 when everybody may be mailed, 3 when some must not be (the files are there), 1 when the list could\n\
        not be checked: then mail nobody."
    )]
    Check(Check),
    /// Receive webhooks on this machine, for whoever writes a receiver
    #[command(
        subcommand,
        after_help = "Example:\n  AYEAYE_KEY_FILE=key.txt ayeaye webhook listen --forward http://localhost:3000/hook"
    )]
    Webhook(Webhook),
    /// Print the OpenAPI document of the API, as a running service answers it at /v1/openapi.json
    #[command(
        after_help = "Example:\n  ayeaye openapi --base-url https://consent.example.org > openapi.json"
    )]
    Openapi,
    /// Ask a running service whether it is ready
    #[command(
        after_help = "Example:\n  ayeaye healthcheck --url http://127.0.0.1:8080\n\nExit code 0 when it is ready, 1 when it is not."
    )]
    Healthcheck(Healthcheck),
    /// List every setting with its value, where the value comes from, and what it is for
    #[command(after_help = "Example:\n  ayeaye config --json\n\nSecrets are masked.")]
    Config(Json),
}

/// Whether to answer in JSON.
#[derive(Clone, Copy, Debug, Args)]
pub struct Json {
    /// Answer in JSON on standard output
    #[arg(long)]
    pub json: bool,
}

/// Verbs of `log`.
#[derive(Clone, Debug, Subcommand)]
pub enum Log {
    /// Print how the log stands, and its newest checkpoint
    #[command(after_help = "Example:\n  ayeaye log show --json")]
    Show(Json),
    /// Print the public keys the log is signed with, the present one first
    #[command(after_help = "Example:\n  ayeaye log key\n\n\
        Publish the key where people trust you: whoever checks a receipt needs it.")]
    Key(Json),
    /// Go on from a database that is older than the last checkpoint, after a restore
    #[command(after_help = "Example:\n  ayeaye log adopt --reason \"restored after a disk failure\"\n\n\
        What was recorded since that backup stays lost. The log goes on under a new name and key, and its next entry\n\
        says why, for everybody to read. Prefer a newer backup if there is one.")]
    Adopt(Adopt),
}

/// Arguments of `log adopt`.
#[derive(Clone, Debug, Args)]
pub struct Adopt {
    /// Why, in up to 500 characters; it is published in the log
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Arguments of `apply`.
#[derive(Clone, Debug, Args)]
pub struct Apply {
    /// The TOML file; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Say what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Arguments of `verify`.
#[derive(Clone, Debug, Args)]
pub struct Verify {
    /// The receipt, proof, dossier, or answer of the send gate; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The key of the log, or of checks; may be repeated, as after a change of keys
    #[arg(long = "key", value_name = "VKEY")]
    pub keys: Vec<String>,
    /// A witness to believe, in place of those the file names; may be repeated
    #[arg(long = "witness", value_name = "VKEY")]
    pub witnesses: Vec<String>,
    /// How many witnesses must have signed [default: all given, or what the file says]
    #[arg(long, value_name = "N")]
    pub witness_threshold: Option<usize>,
    /// Certificates that time stamping authorities must descend from
    #[arg(long, value_name = "PEM")]
    pub tsa_ca: Option<PathBuf>,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Verbs of `key`.
#[derive(Clone, Debug, Subcommand)]
pub enum Key {
    /// Make an API key and print it, this once
    #[command(
        after_help = "Example:\n  ayeaye key new --tenant acme --scope checks --scope events:read --json"
    )]
    New(KeyNew),
    /// List API keys, never their secrets
    #[command(after_help = "Example:\n  ayeaye key list --tenant acme")]
    List(KeyList),
    /// Refuse an API key from now on
    #[command(after_help = "Example:\n  ayeaye key revoke key_01h…")]
    Revoke(KeyRevoke),
    /// Sign new links with a new key; links mailed before keep working
    #[command(after_help = "Example:\n  ayeaye key rotate-links\n\n\
        Unsubscribe links outlive every rotation. Running services take the new key up by themselves.")]
    RotateLinks(Json),
    /// Keys with which a mailing tool signs a tenant's links itself
    #[command(subcommand, after_help = "Example:\n  ayeaye key link new --tenant acme")]
    Link(LinkKey),
}

/// Arguments of `key new`.
#[derive(Clone, Debug, Args)]
pub struct KeyNew {
    /// Whose key it is
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// What it may do; may be repeated
    #[arg(long = "scope", value_name = "SCOPE", required = true, value_delimiter = ',')]
    pub scopes: Vec<String>,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Arguments of `key list` and `key link list`.
#[derive(Clone, Debug, Args)]
pub struct KeyList {
    /// Only keys of this tenant
    #[arg(long, value_name = "SLUG")]
    pub tenant: Option<String>,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Arguments of `key revoke` and `key link revoke`.
#[derive(Clone, Debug, Args)]
pub struct KeyRevoke {
    /// The key's id, as `list` shows it
    #[arg(value_name = "ID")]
    pub id: String,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Verbs of `key link`.
#[derive(Clone, Debug, Subcommand)]
pub enum LinkKey {
    /// Make a link key and print it, this once
    #[command(after_help = "Example:\n  ayeaye key link new --tenant acme --json")]
    New(LinkKeyNew),
    /// List link keys, never their secrets
    #[command(after_help = "Example:\n  ayeaye key link list --tenant acme")]
    List(KeyList),
    /// Refuse links signed with a link key from now on
    #[command(after_help = "Example:\n  ayeaye key link revoke lk6ah6mf…\n\n\
        Mails already sent with such links lose them: people can then no longer leave from those mails.")]
    Revoke(KeyRevoke),
}

/// Arguments of `key link new`.
#[derive(Clone, Debug, Args)]
pub struct LinkKeyNew {
    /// Whose links it signs
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Verbs of `contact`.
#[derive(Clone, Debug, Subcommand)]
pub enum Contact {
    /// Erase a person: address, choices and the contents of their evidence, for good
    #[command(
        after_help = "Example:\n  echo ada@example.org | ayeaye contact erase --tenant acme --email -\n\n\
        Nothing brings them back but a new signup of their own. Endpoints are told by the event contact.erased."
    )]
    Erase(ContactErase),
}

/// Arguments of `contact erase`.
#[derive(Clone, Debug, Args)]
pub struct ContactErase {
    /// Whose contact it is
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// Which contact.
    #[command(flatten)]
    pub who: Who,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Verbs of `link`.
#[derive(Clone, Debug, Subcommand)]
pub enum Link {
    /// Print the preference and unsubscribe links of one contact
    #[command(after_help = "Example:\n  echo ada@example.org | ayeaye link mint --tenant acme --email -")]
    Mint(LinkMint),
}

/// Arguments of `link mint`.
#[derive(Clone, Debug, Args)]
pub struct LinkMint {
    /// Whose contact it is
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// Which contact.
    #[command(flatten)]
    pub who: Who,
    /// Leave only this purpose; without it, the unsubscribe link is for all
    #[arg(long, value_name = "SLUG")]
    pub purpose: Option<String>,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Which contact, in one of two ways.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Who {
    /// The contact's id
    #[arg(long, value_name = "ID")]
    pub contact: Option<String>,
    /// The contact's address; - reads it from standard input, where other users cannot see it
    #[arg(long, value_name = "ADDRESS", allow_hyphen_values = true)]
    pub email: Option<String>,
}

/// Arguments of `migrate`.
#[derive(Clone, Copy, Debug, Args)]
pub struct Migrate {
    /// Only say whether there is something to do
    #[arg(long)]
    pub check: bool,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Arguments of `healthcheck`.
#[derive(Clone, Debug, Args)]
pub struct Healthcheck {
    /// Where the service runs; without it, the address it is configured to listen on
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

#[cfg(test)]
mod tests;
