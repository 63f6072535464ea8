//! `ayeaye check`: who in a list may be mailed? Asks a running service and writes their rows to a new file.
//!
//! Fails closed: the files get their names only when every row was answered and the signed proof fits the answers.

mod answers;
mod files;
mod table;
mod words;

use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    fmt::Write as _,
    io::Read as _,
    path::{Path, PathBuf},
};

use clap::Args;

use self::{
    answers::{Answers, Held, Line, Sums, Told, failed},
    files::{Files, Names},
    table::Table,
};
use super::{
    Stop,
    args::{Exit, Json, Settings},
    client,
    file::unreadable,
    say, say_json,
};
use crate::app::gate::proof;

/// The longest text of a cell that is asked about, in bytes: no address is longer.
const CELL_MAX: usize = 1_024;
/// The largest list, in bytes.
const LIST_MAX: u64 = 2 << 30;
/// What is said of a row without an address.
const NO_ADDRESS: &str = "no_address";

/// Arguments of `check`.
#[derive(Clone, Debug, Args)]
pub struct Check {
    /// The list: CSV, or one address a line; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What the mail is for: the slug of a purpose
    #[arg(long, value_name = "SLUG")]
    pub purpose: String,
    /// Where the service is [default: `AYEAYE_URL`, or the one on this machine]
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The file that holds the API key, - for standard input; without it `AYEAYE_KEY` or `AYEAYE_KEY_FILE` counts
    #[arg(long, value_name = "FILE")]
    pub key: Option<String>,
    /// What the mail is, for the proof
    #[arg(long, value_name = "TEXT")]
    pub campaign: Option<String>,
    /// The column with the addresses, by name or number, when it is not found by itself
    #[arg(long, value_name = "COLUMN")]
    pub column: Option<String>,
    /// Add each person's unsubscribe and preferences links to the file of the allowed
    #[arg(long)]
    pub links: bool,
    /// Where the rows of those who may be mailed go [default: FILE with .allowed]
    #[arg(long, value_name = "FILE")]
    pub allowed: Option<PathBuf>,
    /// Where the others go, with the reason [default: FILE with .denied]
    #[arg(long, value_name = "FILE")]
    pub denied: Option<PathBuf>,
    /// Where the proof goes [default: FILE with .proof.ndjson]
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long)]
    pub force: bool,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// What became of a list.
struct Outcome {
    sums: Sums,
    /// How many were denied, by reason.
    reasons: BTreeMap<String, usize>,
    /// The column that was read, and those with addresses that were not.
    column: String,
    others: Vec<String>,
    /// How many addresses stood in the list more than once.
    repeated: usize,
}

/// Which addresses came up before, by the hash of what is compared, and whether more than once.
#[derive(Default)]
struct Before {
    known: HashMap<[u8; 32], bool>,
    repeated: usize,
}

impl Before {
    fn take(&mut self, name: &str) {
        let mut hash = [0; 32];
        if hex::decode_to_slice(name.trim_start_matches("e:"), &mut hash).is_err() {
            return;
        }
        match self.known.entry(hash) {
            Entry::Vacant(entry) => {
                entry.insert(false);
            }
            Entry::Occupied(mut entry) => self.repeated += usize::from(!entry.insert(true)),
        }
    }
}

pub(super) async fn run(settings: &Settings, args: &Check) -> Result<Exit, Stop> {
    if args.file.as_os_str() == "-" && args.key.as_deref() == Some("-") {
        return Err(Stop::usage("the list and the key cannot both come from standard input"));
    }
    if args.campaign.as_deref().is_some_and(|it| !proof::is_campaign(it)) {
        return Err(Stop::usage("--campaign: give one line, without spaces around it"));
    }
    checked(settings, args).await.map_err(|stop| of_earlier(stop, args))
}

/// Says of a failure that the file people are mailed by is not a new one, when it is there.
fn of_earlier(mut stop: Stop, args: &Check) -> Stop {
    let Names { allowed, .. } = Names::of(args);
    if args.force && allowed.is_file() && !files::is_same(&allowed, &args.file) {
        let _ = write!(stop.why, "\n{} is that of the earlier check, not of this one.", allowed.display());
    }
    stop
}

async fn checked(settings: &Settings, args: &Check) -> Result<Exit, Stop> {
    let service = client::service(settings, args.url.as_deref())?;
    let key = client::key(args.key.as_deref(), "checks")?;
    let file = read(&args.file)?;
    let table = Table::read(&file, args.column.as_deref())
        .map_err(|why| Stop::usage(format!("{}: the list {why}.", args.file.display())))?;
    let files = Files::prepare(args)?;
    let answers = Answers::ask(&service, &key, args, question(&table)).await?;
    let (outcome, files) = sort(args, &table, answers, files).await?;
    let names = files.keep().map_err(failed)?;
    if args.answer.json {
        say_json(&words::json(args, &outcome, &names));
    } else {
        say(words::text(args, &outcome, &names).trim_end());
    }
    let everybody = outcome.sums.allowed == outcome.sums.count;
    Ok(if everybody { Exit::Done } else { Exit::Pending })
}

fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().take(LIST_MAX + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(LIST_MAX + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Stop::usage(unreadable(path, &error)))?;
    if bytes.len() as u64 > LIST_MAX {
        return Err(Stop::usage(format!("{}: the list is larger than 2 GiB; split it", path.display())));
    }
    Ok(bytes)
}

/// The list as the send gate is asked: a line a row, known by its number.
fn question(table: &Table<'_>) -> Vec<u8> {
    let mut lines = Vec::new();
    for (number, row) in (1_usize..).zip(table.rows()) {
        let cell = table.cell(&row);
        let email = if cell.len() > CELL_MAX { "" } else { cell.as_ref() };
        // A text can always be written as JSON.
        let email = serde_json::to_string(email).unwrap_or_default();
        lines.extend_from_slice(format!("{{\"email\":{email},\"ref\":\"{number}\"}}\n").as_bytes());
    }
    lines
}

/// Sorts the rows by what the service says of each.
async fn sort(
    args: &Check,
    table: &Table<'_>,
    mut answers: Answers,
    mut files: Files,
) -> Result<(Outcome, Files), Stop> {
    let links: &[&str] = if args.links { &["unsubscribe_url", "preferences_url"] } else { &[] };
    files.allowed.put(&table.begin(links))?;
    files.denied.put(&table.begin(&["reason", "until"]))?;
    let (mut held, mut reasons) = (Held::default(), BTreeMap::<String, usize>::new());
    let (mut rows, mut out, mut before) = (0, Vec::new(), Before::default());
    for (number, row) in (1_usize..).zip(table.rows()) {
        let Line::Told(told) = answers.next().await? else {
            return Err(failed("The service answered about fewer people than were asked about."));
        };
        let address = row.get(table.column).and_then(|it| table::address(it));
        let name = address.as_ref().map(proof::named);
        held.take(&told, number, name.as_deref())?;
        before.take(name.as_deref().unwrap_or_default());
        files.proof.put(words::proof_line(&told).as_bytes())?;
        out.clear();
        let Told { decision, reason, until, links, .. } = *told;
        if decision == "allow" {
            let links = links.as_ref().map(|it| [it.unsubscribe.as_str(), it.preferences.as_str()]);
            if args.links && links.is_none() {
                return Err(failed("The service gave no links."));
            }
            table.put(&mut out, &row, links.as_ref().map(<[_; 2]>::as_slice).unwrap_or_default());
            files.allowed.put(&out)?;
        } else {
            let reason = if address.is_none() { NO_ADDRESS.to_owned() } else { reason.unwrap_or_default() };
            table.put(&mut out, &row, &[&reason, &until.unwrap_or_default()]);
            files.denied.put(&out)?;
            *reasons.entry(reason).or_default() += 1;
        }
        rows = number;
    }
    let Line::Last(sums, text) = answers.next().await? else {
        return Err(failed("The service answered about more people than were asked about."));
    };
    answers.end().await?;
    fits(&sums, held, rows, args)?;
    files.proof.put(text.as_bytes())?;
    let (column, others) = (table.column_name(), table.others.clone());
    Ok((Outcome { sums: *sums, reasons, column, others, repeated: before.repeated }, files))
}

/// Holds the sums and the proof against what was answered.
fn fits(sums: &Sums, held: Held, rows: usize, args: &Check) -> Result<(), Stop> {
    let key = sums.proof.key.parse().map_err(|error| failed(format!("The key of the proof: {error}")))?;
    let (statement, _) = proof::open(&sums.proof.statement, &[key]).map_err(failed)?;
    let decisions = held.0.finish();
    statement.holds(&decisions).map_err(failed)?;
    let allowed = u64::try_from(sums.allowed).ok();
    let is_whole = sums.count == rows && allowed == Some(decisions.allowed);
    let is_ours = statement.check == sums.id
        && statement.purpose == args.purpose
        && statement.campaign == args.campaign
        && statement.begun == sums.at
        && statement.valid_until().as_ref() == Some(&sums.valid_until);
    if is_whole && is_ours { Ok(()) } else { Err(failed("The proof is one of another check.")) }
}
