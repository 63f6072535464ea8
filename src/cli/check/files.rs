//! The files that are written: under another name until all of them are whole.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use super::{Check, answers::failed};
use crate::cli::Stop;

/// A file under way. It is removed when it is not kept.
pub(super) struct Draft {
    name: PathBuf,
    under: PathBuf,
    file: Option<BufWriter<File>>,
}

/// Everything that is written.
pub(super) struct Files {
    pub(super) allowed: Draft,
    pub(super) denied: Draft,
    pub(super) proof: Draft,
}

/// What the files are called.
pub(super) struct Names {
    pub(super) allowed: PathBuf,
    pub(super) denied: PathBuf,
    pub(super) proof: PathBuf,
}

impl Names {
    pub(super) fn of(args: &Check) -> Self {
        let beside = |given: &Option<PathBuf>, what: &str| {
            given.clone().unwrap_or_else(|| default_name(&args.file, what))
        };
        Self {
            allowed: beside(&args.allowed, "allowed"),
            denied: beside(&args.denied, "denied"),
            proof: args.proof.clone().unwrap_or_else(|| {
                let mut name = default_name(&args.file, "proof");
                name.set_extension("ndjson");
                name
            }),
        }
    }
}

/// `list.csv` gives `list.allowed.csv`.
fn default_name(file: &Path, what: &str) -> PathBuf {
    let is_input = file.as_os_str() == "-";
    let file = if is_input { Path::new("list.csv") } else { file };
    let mut name = file.file_stem().map_or_else(OsString::new, OsString::from);
    name.push(".");
    name.push(what);
    name.push(".");
    name.push(file.extension().unwrap_or("csv".as_ref()));
    file.with_file_name(name)
}

impl Files {
    /// Begins every file. What is there from an earlier check stays until the new ones are whole.
    ///
    /// # Errors
    /// A file is there, or cannot be written.
    pub(super) fn prepare(args: &Check) -> Result<Self, Stop> {
        let Names { allowed, denied, proof } = Names::of(args);
        let names = [&allowed, &denied, &proof];
        for (at, name) in names.iter().enumerate() {
            if is_same(name, &args.file) {
                let what = "is the list itself, which would be lost. Give this file another name";
                return Err(Stop::usage(format!("{} {what}", name.display())));
            }
            if names.iter().skip(at + 1).any(|it| is_same(it, name)) {
                return Err(Stop::usage(format!("{} would be written twice", name.display())));
            }
            if name.is_dir() {
                return Err(Stop::usage(format!("{} is a folder", name.display())));
            }
            if name.exists() && !args.force {
                let what = "is there already. Move it away, or say --force to replace it";
                return Err(Stop::usage(format!("{} {what}", name.display())));
            }
        }
        Ok(Self { allowed: Draft::new(allowed)?, denied: Draft::new(denied)?, proof: Draft::new(proof)? })
    }

    /// Gives every file its name; the one that people are mailed by comes last.
    ///
    /// # Errors
    /// A file could not be written to its end.
    pub(super) fn keep(self) -> std::io::Result<Names> {
        let Self { mut allowed, mut denied, mut proof } = self;
        for draft in [&mut proof, &mut denied, &mut allowed] {
            draft.complete()?;
        }
        Ok(Names { proof: proof.keep()?, denied: denied.keep()?, allowed: allowed.keep()? })
    }
}

/// Whether two paths lead to one file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

impl Draft {
    fn new(name: PathBuf) -> Result<Self, Stop> {
        let mut draft = name.clone().into_os_string();
        draft.push(".part");
        let draft = PathBuf::from(draft);
        let file = OpenOptions::new().write(true).create(true).truncate(true).open(&draft);
        let file = file.map_err(|error| Stop::usage(format!("{}: {error}", draft.display())))?;
        Ok(Self { name, under: draft, file: Some(BufWriter::new(file)) })
    }

    /// Writes more.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(bytes).map_err(|error| failed(format!("{}: {error}", self.under.display())))
    }

    /// Writes what is still to be written, to the disk.
    fn complete(&mut self) -> std::io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.flush()?;
        file.get_ref().sync_all()
    }

    /// Gives the file its name, in place of an earlier one.
    fn keep(mut self) -> std::io::Result<PathBuf> {
        fs::rename(&self.under, &self.name)?;
        self.file = None;
        Ok(std::mem::take(&mut self.name))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // What cannot be removed has a name nobody mails by.
            let _ = fs::remove_file(&self.under);
        }
    }
}
