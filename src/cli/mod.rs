//! The command line: one file per verb.
//!
//! What a command answers goes to standard output, everything else to standard error, so that scripts can read
//! the one without the other.

mod apply;
pub mod apply_file;
pub mod args;
pub mod check;
mod client;
mod contact;
mod demo;
pub mod evidence;
mod file;
mod fsck;
mod healthcheck;
mod key;
mod link;
mod log;
mod migrate;
mod openapi;
mod serve;
mod verify;
pub mod webhook;

use std::io::Write as _;

use clap::Parser as _;
use serde_json::Value;

use crate::{
    app::{self, App, Clock},
    config::{Config, Database, Loaded, Sources},
    crypto::Random,
    server, store,
};
use args::{Cli, Exit, Settings, Verb};

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(crate) struct Stop {
    exit: Exit,
    why: String,
}

impl Stop {
    /// The command line, the configuration or a file is wrong.
    #[expect(clippy::needless_pass_by_value, reason = "an error is handed over to `map_err`")]
    fn usage(why: impl ToString) -> Self {
        Self { exit: Exit::Usage, why: why.to_string() }
    }

    /// It was tried and failed.
    #[expect(clippy::needless_pass_by_value, reason = "an error is handed over to `map_err`")]
    fn failed(why: impl ToString) -> Self {
        Self { exit: Exit::Failed, why: why.to_string() }
    }
}

impl From<server::Failure> for Stop {
    fn from(failure: server::Failure) -> Self {
        match failure {
            server::Failure::Config(error) => Self::usage(error),
            error @ server::Failure::Relay(_) => Self::usage(error),
            other => Self::failed(other),
        }
    }
}

impl From<app::Error> for Stop {
    fn from(error: app::Error) -> Self {
        Self::failed(error)
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::failed(error)
    }
}

/// Reads the command line of this process and runs it.
pub fn run() -> Exit {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&format!("the system gives no threads: {error}"));
            return Exit::Failed;
        }
    };
    match runtime.block_on(run_verb(cli)) {
        Ok(exit) => exit,
        Err(Stop { exit, why }) => {
            complain(&why);
            exit
        }
    }
}

async fn run_verb(cli: Cli) -> Result<Exit, Stop> {
    let Cli { settings, verb } = cli;
    match verb {
        Verb::Demo => demo::run(&settings).await,
        Verb::Serve => serve::run(&settings).await,
        Verb::Apply(args) => apply::run(&settings, &args).await,
        Verb::Key(key) => key::run(&settings, key).await,
        Verb::Contact(contact) => contact::run(&settings, contact).await,
        Verb::Link(link) => link::run(&settings, link).await,
        Verb::Log(log) => log::run(&settings, log).await,
        Verb::Evidence(evidence) => evidence::run(&settings, evidence).await,
        Verb::Fsck(json) => fsck::run(&settings, json).await,
        Verb::Migrate(args) => migrate::run(&settings, args).await,
        Verb::Verify(args) => verify::run(&args),
        Verb::Check(args) => check::run(&settings, &args).await,
        Verb::Webhook(webhook) => webhook::run(&settings, webhook).await,
        Verb::Openapi => openapi::run(&settings),
        Verb::Healthcheck(args) => healthcheck::run(&settings, &args).await,
        Verb::Config(json) => {
            let loaded = load(&settings)?;
            if json.json {
                say_json(&settings_json(&loaded));
            } else {
                say(&loaded.to_string());
            }
            Ok(Exit::Done)
        }
    }
}

/// The configuration of this process.
fn load(settings: &Settings) -> Result<Loaded, Stop> {
    let sources = Sources {
        flags: settings.flags(),
        env: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, _)| !client::VARIABLES.contains(&name.as_str()))
            .collect(),
        file: settings.config.clone(),
        cwd: std::env::current_dir().map_err(Stop::failed)?,
    };
    let loaded = Config::load(&sources).map_err(Stop::usage)?;
    log_to(&loaded.config.log)?;
    Ok(loaded)
}

/// What the HTTP library calls errors and anybody can provoke: broken requests and connections. Ours are told by us.
const QUIET: &str = "actix_http::h1=off";

/// Starts writing log lines, as JSON on standard error.
fn log_to(filter: &str) -> Result<(), Stop> {
    use tracing_subscriber::{EnvFilter, fmt};
    let is_asked_for = filter.contains("actix_http");
    let filter = if is_asked_for { filter.to_owned() } else { format!("{QUIET},{filter}") };
    let filter = EnvFilter::try_new(filter).map_err(|error| Stop::usage(format!("AYEAYE_LOG: {error}")))?;
    // Set already when a verb loads its configuration twice.
    let _ = fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    Ok(())
}

/// The use cases over a database that must be there: a mistyped directory is not to look like an empty installation.
async fn open_existing(settings: &Settings) -> Result<App, Stop> {
    let config = load(settings)?.config;
    match &config.database {
        Database::Sqlite(path) if !path.exists() => Err(Stop::failed(format!(
            "there is no database at {}: say where it is with --data-dir or --database-url",
            path.display()
        ))),
        Database::Sqlite(_) | Database::Postgres(_) => {
            Ok(server::open(config, Clock::system(), Random::system()).await?)
        }
    }
}

/// The use cases over the configured database, for a command.
async fn open(settings: &Settings) -> Result<App, Stop> {
    let config = load(settings)?.config;
    Ok(server::open(config, Clock::system(), Random::system()).await?)
}

fn settings_json(loaded: &Loaded) -> Value {
    loaded
        .settings
        .iter()
        .map(|it| {
            serde_json::json!({
                "name": it.name, "env": it.env, "value": it.value, "origin": it.whence.to_string(), "doc": it.doc,
            })
        })
        .collect()
}

/// Answers on standard output. A reader that went away wants no more.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Answers in JSON on standard output, on one line.
fn say_json(value: &Value) {
    say(&value.to_string());
}

/// Says on standard error what went wrong or on.
fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
