//! The load program: what the service gives to 1, 16 and 64 callers on this machine, and what it costs.
//!
//! ```text
//! cargo bench --bench load -- --database sqlite|postgres [--seconds 5] [--only signup,confirm]
//! cargo bench --bench load -- --database sqlite|postgres --seconds 120 --connections 64 --only evidence
//! cargo bench --bench load -- --database sqlite|postgres --only fsck
//! cargo bench --bench load -- --database sqlite|postgres --only audience
//! cargo bench --bench load -- --database sqlite|postgres --only timing
//! cargo bench --bench load -- --database sqlite|postgres --only deliveries
//! ```
//!
//! It starts the released program as a process of its own over a throw-away database with full durability, takes its
//! mails, clicks on what is in them, and prints a table. It ends by itself and leaves nothing behind; an answer
//! other than the right one, or a mail that did not come, ends it with code 1. `benches/README.md` has the method.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a load program that meets what it cannot go on with stops and says where"
)]

mod audience;
mod database;
mod deliveries;
mod drive;
mod evidence;
mod examine;
mod fill;
mod http;
mod links;
mod people;
#[path = "../../tests/it/support/process.rs"]
mod process;
mod receivers;
mod report;
mod service;
mod sink;
mod story;
mod stranger;
mod timing;
mod usage;
mod work;

use std::{env, fs, io::Write as _, process::ExitCode, time::Duration};

use clap::{Parser, ValueEnum};
use tokio::task::LocalSet;

use crate::{database::Kind, report::Report};

/// How long everything besides the driving may take.
const BESIDES: Duration = Duration::from_mins(40);

/// Drives the service and measures it.
#[derive(Debug, Parser)]
#[command(name = "load")]
struct Options {
    /// Where the service keeps its data
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Kind,
    /// How long each kind of request is driven with each number of connections
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=600))]
    seconds: u32,
    /// How many connections at once, one number after the other
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', default_value = "1,16,64", value_parser = clap::value_parser!(u16).range(1..=512))]
    connections: Vec<u16>,
    /// Only these; what they need besides is prepared without being measured
    #[arg(long, value_name = "PHASES", value_delimiter = ',', value_enum)]
    only: Vec<Phase>,
    /// Connections the service may keep to the relay
    #[arg(long, value_name = "NUMBER", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=100))]
    smtp_connections: u16,
    /// Records a second made while strangers verify the log
    #[arg(long, value_name = "NUMBER", default_value_t = 1_100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    rate: u32,
    /// Records in the log that is examined
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    records: u32,
    /// People in the audience that is handed out, one number after the other
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', default_value = "10000,1000000", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    people: Vec<u32>,
    /// Webhook deliveries that wait when the service starts
    #[arg(long, value_name = "NUMBER", default_value_t = 50_000, value_parser = clap::value_parser!(u32).range(1..=5_000_000))]
    deliveries: u32,
    /// Given by `cargo bench`; means nothing here
    #[arg(long, hide = true)]
    bench: bool,
}

/// One part of a run, in the order they are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Phase {
    Startup,
    Signup,
    Confirm,
    Checks,
    ChecksLines,
    ChecksOne,
    Preferences,
    PreferencesGzip,
    OneClick,
    /// Only when named: a steady pace of records while the log is verified
    Evidence,
    /// Only when named: the examination of a log with very many records
    Fsck,
    /// Only when named: an audience that is handed out
    Audience,
    /// Only when named: whether the time of an answer tells that an address is known
    Timing,
    /// Only when named: a backlog of webhook deliveries to local receivers
    Deliveries,
}

impl Options {
    fn wants(&self, phase: Phase) -> bool {
        let is_long = matches!(
            phase,
            Phase::Evidence | Phase::Fsck | Phase::Audience | Phase::Timing | Phase::Deliveries
        );
        (self.only.is_empty() && !is_long) || self.only.contains(&phase)
    }

    fn time(&self) -> Duration {
        Duration::from_secs(u64::from(self.seconds))
    }

    /// Longer than a run that goes well can take.
    fn deadline(&self) -> Duration {
        let stages = self.connections.len() * Phase::value_variants().len();
        BESIDES + self.time() * u32::try_from(stages).unwrap_or(u32::MAX)
    }
}

fn main() -> ExitCode {
    let options = Options::parse();
    if let Err(why) = fit_to_measure() {
        eprintln!("{why}");
        return ExitCode::from(2);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let local = LocalSet::new();
    let Some(report) = runtime.block_on(local.run_until(until_stopped(&options))) else {
        eprintln!("stopped before the end: nothing was measured");
        return ExitCode::FAILURE;
    };
    let printed = writeln!(std::io::stdout(), "\n{}", report.markdown());
    for problem in &report.problems {
        eprintln!("WRONG: {problem}");
    }
    if report.problems.is_empty() && printed.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs everything, unless it takes far too long or somebody presses Ctrl-C.
async fn until_stopped(options: &Options) -> Option<Report> {
    tokio::select! {
        report = story::run(options) => Some(report),
        () = tokio::time::sleep(options.deadline()) => None,
        _ = tokio::signal::ctrl_c() => None,
    }
}

/// Refuses what would make the figures those of something else.
fn fit_to_measure() -> Result<(), String> {
    if let Some((name, _)) = env::vars().find(|(name, _)| name.starts_with("AYEAYE_")) {
        return Err(format!("{name} is set and would change what is measured; unset it first"));
    }
    let folder = env::temp_dir();
    match file_system(&folder.to_string_lossy()).as_str() {
        memory @ ("tmpfs" | "ramfs") => Err(format!(
            "{} is kept in memory ({memory}), where writing durably costs nothing; set TMPDIR to a folder on a disk",
            folder.display()
        )),
        _disk => Ok(()),
    }
}

/// The kind of file system that `path` lies on.
fn file_system(path: &str) -> String {
    let mounts = fs::read_to_string("/proc/self/mounts").expect("/proc tells what is mounted");
    let mounted = mounts.lines().filter_map(|it| {
        let mut fields = it.split(' ').skip(1);
        Some((fields.next()?, fields.next()?))
    });
    let above = mounted.filter(|(point, _)| std::path::Path::new(path).starts_with(point));
    above.max_by_key(|(point, _)| point.len()).map_or_else(String::new, |(_, kind)| kind.to_owned())
}
