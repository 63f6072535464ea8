//! `ayeaye evidence export`: the dossier for an authority, as a file.

use std::{
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use serde_json::json;

use super::{
    Exit, Settings, Stop,
    args::{Json, Who},
    complain,
    key::tenant,
    link::{recipient, unknown},
    open, say, say_json,
};
use crate::{
    app::{
        App,
        controller::controller,
        dossier::{self, About, DossierError, Found, Period, Question},
        verify::Limits,
    },
    domain::{Locale, Timestamp, catalog::Tenant},
    web::paper::{self, Cover},
};

/// Verbs of `evidence`.
#[derive(Clone, Debug, Subcommand)]
pub enum Evidence {
    /// Write a dossier: one readable PDF, the records with their proofs, the keys, and how to check them
    #[command(
        after_help = "Example:\n  ayeaye evidence export --tenant acme --contact con_01h… --asked-by CNIL\n  \
        ayeaye evidence export --tenant acme --purpose newsletter --since 2026-01-01 --until 2026-03-31\n\n\
        The file is for its owner's eyes alone (mode 0600): it names people. `ayeaye verify FILE` checks it."
    )]
    Export(EvidenceExport),
}

/// Arguments of `evidence export`.
#[derive(Clone, Debug, Args)]
pub struct EvidenceExport {
    /// Whose evidence it is
    #[arg(long, value_name = "SLUG")]
    pub tenant: String,
    /// Whom it is about.
    #[command(flatten)]
    pub subject: Subject,
    /// Nothing before this day (UTC)
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Nothing after this day (UTC)
    #[arg(long, value_name = "DATE")]
    pub until: Option<String>,
    /// Who asked for it, for the first page
    #[arg(long, value_name = "TEXT")]
    pub asked_by: Option<String>,
    /// The language of the dossier [default: the tenant's]
    #[arg(long, value_name = "LANG", value_parser = Locale::ALL.map(Locale::tag))]
    pub lang: Option<String>,
    /// Where to write it; - writes to standard output [default: dossier-….zip in this folder]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write the readable part alone, as PDF
    #[arg(long)]
    pub pdf: bool,
    /// How to answer.
    #[command(flatten)]
    pub answer: Json,
}

/// Whom a dossier is about, in one of three ways.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Subject {
    /// One person, by id; also one who is erased
    #[arg(long, value_name = "ID")]
    pub contact: Option<String>,
    /// One person, by address; - reads it from standard input, where other users cannot see it
    #[arg(long, value_name = "ADDRESS", allow_hyphen_values = true)]
    pub email: Option<String>,
    /// Everyone who was ever asked for this purpose
    #[arg(long, value_name = "SLUG")]
    pub purpose: Option<String>,
}

pub(super) async fn run(settings: &Settings, evidence: Evidence) -> Result<Exit, Stop> {
    let Evidence::Export(args) = evidence;
    let app = open(settings).await?;
    let exit = export(&app, &args).await;
    app.store.close().await;
    exit
}

async fn export(app: &App, args: &EvidenceExport) -> Result<Exit, Stop> {
    let tenant = tenant(app, &args.tenant)?;
    let question = question(args)?;
    let found = dossier::gather(app, &tenant, &question).await.map_err(|error| stop(error, &tenant))?;
    let organisation = controller(&app.catalog(), &tenant);
    let base_url = app.url_for(tenant.id, "");
    let cover = Cover {
        asked_by: args.asked_by.clone().unwrap_or_default(),
        locale: args.lang.as_deref().and_then(Locale::from_tag).unwrap_or(tenant.locale),
        pdf_alone: args.pdf,
    };
    let bytes = paper::dossier(&found, &organisation, &base_url, &cover).map_err(Stop::failed)?;
    if bytes.len() > Limits::FORMAT.file {
        return Err(stop(DossierError::TooLarge, &tenant));
    }
    match &args.out {
        Some(out) if out.as_os_str() == "-" => {
            io::stdout().lock().write_all(&bytes).map_err(Stop::failed)?;
            complain(&told(&found, "standard output"));
        }
        out => {
            let file = out.clone().unwrap_or_else(|| PathBuf::from(paper::dossier_name(&found, args.pdf)));
            write(&file, &bytes)?;
            answer(&found, &file, args.answer);
        }
    }
    Ok(Exit::Done)
}

fn question(args: &EvidenceExport) -> Result<Question<'_>, Stop> {
    let day = |flag: &str, text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => dossier::day(text)
            .map(Some)
            .ok_or_else(|| Stop::usage(format!("{flag} {text}: write a day like 2026-11-21"))),
    };
    let first = |days: Option<(Timestamp, Timestamp)>| days.map(|(first, _)| first);
    let last = |days: Option<(Timestamp, Timestamp)>| days.map(|(_, last)| last);
    let period =
        Period { since: first(day("--since", &args.since)?), until: last(day("--until", &args.until)?) };
    let Subject { contact, email, purpose } = &args.subject;
    let about = match purpose {
        Some(slug) => About::Purpose(slug),
        None => About::Person(recipient(&Who { contact: contact.clone(), email: email.clone() })?),
    };
    Ok(Question { about, period })
}

fn stop(error: DossierError, tenant: &Tenant) -> Stop {
    match error {
        DossierError::NoSuchContact => unknown(),
        DossierError::NoSuchPurpose => {
            let known: Vec<&str> = tenant.purposes.iter().map(|it| it.slug.as_str()).collect();
            Stop::usage(format!("there is no such purpose; there are: {}", known.join(", ")))
        }
        DossierError::Backwards => Stop::usage(error),
        DossierError::TooManyPeople | DossierError::TooManyRecords | DossierError::TooLarge => {
            Stop::failed(format!("{error} with --since and --until"))
        }
        DossierError::App(error) => error.into(),
    }
}

/// Writes the file whole or not at all, for its owner's eyes, and never over another.
fn write(file: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let draft = file.with_extension(format!("{}.part", std::process::id()));
    let written = write_as(&draft, file, bytes);
    // Gone already when it could not be made.
    let _ = std::fs::remove_file(&draft);
    written.map_err(|error| {
        let why = if error.kind() == io::ErrorKind::AlreadyExists {
            "there is such a file already; move it away, or name another with --out".to_owned()
        } else {
            error.to_string()
        };
        Stop::failed(format!("{}: {why}", file.display()))
    })
}

fn write_as(draft: &Path, file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut open = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(draft)?;
    open.write_all(bytes)?;
    open.sync_all()?;
    // Unlike a rename, a link takes nobody's place.
    std::fs::hard_link(draft, file)
}

fn answer(found: &Found, file: &Path, json: Json) {
    let file = file.display().to_string();
    if json.json {
        say_json(&json!({ "file": file, "people": found.people.len(), "records": found.records() }));
    } else {
        say(&told(found, &file));
    }
}

fn told(found: &Found, place: &str) -> String {
    let many =
        |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    let (people, records) = (found.people.len(), found.records());
    format!("{place}: {}, {}", many(people, "person", "people"), many(records, "record", "records"))
}
