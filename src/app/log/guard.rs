//! The last checkpoint, kept outside the database.
//!
//! A database restored from a backup does not know what was signed since. Signed on, the log would show two histories,
//! and every receipt given in between would look forged. The file beside it knows.

use std::{
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use crate::{
    app::{App, Result, log},
    store::{self, log::Head},
    tlog::{checkpoint::Checkpoint, note::Note},
};

/// The longest note the file may hold: a checkpoint with its two lines has some 400 bytes.
const LONGEST: u64 = 16 * 1024;

/// What the file says was signed last.
pub(in crate::app) struct Known {
    /// Which history it is of.
    pub(super) generation: u64,
    /// The checkpoint.
    pub(super) checkpoint: Checkpoint,
}

/// What became of reading the file: what it says, nothing when there is none, or in words why it says nothing.
pub(in crate::app) type Remembered = std::result::Result<Option<Known>, String>;

pub(super) fn file(app: &App) -> PathBuf {
    app.config.anchors.checkpoint_file.clone()
}

/// What the file says, if there is one. To be read before the database it is held against: a checkpoint is committed
/// there before it is kept here, so that what the file says now is in the database whenever that is read later.
///
/// # Errors
/// In words: the file cannot be read, or is not a checkpoint this installation signed.
pub(in crate::app) fn known(app: &App) -> Remembered {
    known_in(app, &file(app))
}

fn known_in(app: &App, path: &Path) -> Remembered {
    let text = match read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
    };
    let why = "is not a checkpoint of this installation. If it belongs to another one, move it away";
    parse(app, &text).map(Some).ok_or_else(|| format!("{} {why}", path.display()))
}

/// A checkpoint this installation signed.
fn parse(app: &App, text: &str) -> Option<Known> {
    let note = Note::parse(text).ok()?;
    let checkpoint = Checkpoint::parse(&note.text).ok()?;
    let key = app.keys.log(&checkpoint.origin).ok()?.verifier();
    note.verify(&[key]).ok()?;
    Some(Known { generation: log::generation_of(&checkpoint.origin)?, checkpoint })
}

fn read(path: &Path) -> io::Result<String> {
    let length = std::fs::metadata(path)?.len();
    if length > LONGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too long to be a checkpoint"));
    }
    std::fs::read_to_string(path)
}

/// Why the log may not be signed on: its database is behind what was signed before. `None` when all is well. `head` was
/// read after `known`, or what was signed in between would look like a restored backup.
///
/// # Errors
/// The database failed.
pub(in crate::app) async fn refusal(app: &App, known: &Remembered, head: &Head) -> Result<Option<String>> {
    let known = match known {
        Ok(Some(known)) => known,
        Ok(None) => return Ok(None),
        Err(why) => return Ok(Some(why.clone())),
    };
    let Known { generation, checkpoint } = known;
    let Checkpoint { origin, size, root, .. } = checkpoint;
    let restored = |what: String| {
        Some(format!(
            "{what}. It looks restored from a backup; signing on would tell two histories. Restore a newer backup, \
             or go on from this one with `ayeaye log adopt --reason …`"
        ))
    };
    if *generation < head.generation {
        return Ok(None);
    }
    if *generation > head.generation || *size > head.size {
        let held = head.size;
        return Ok(restored(format!(
            "the database holds {held} log entries, but {origin} signed {size} before"
        )));
    }
    if *size == 0 {
        return Ok(None);
    }
    let mut tx = app.store.peek().await?;
    let here = super::nodes::root(&mut tx, *size).await?;
    let why = format!("the first {size} log entries of the database are not those {origin} signed before");
    Ok(if here == *root { None } else { restored(why) })
}

/// Keeps a checkpoint in the file before it is handed out. Where the file says another one that is as long or longer,
/// that stays and is given back: either the writer was slow, or the database has gone back under it.
///
/// # Errors
/// In words: the file cannot be written. The checkpoint must not be handed out.
pub(super) fn remember(app: &App, note: &str) -> Remembered {
    let path = file(app);
    write(app, &path, note).map_err(|error| {
        format!(
            "the last checkpoint cannot be kept in {}: {error}. Nothing is published until it can; set \
             AYEAYE_ANCHORS_CHECKPOINT_FILE to a place that can be written",
            path.display()
        )
    })
}

fn write(app: &App, path: &Path, note: &str) -> io::Result<Option<Known>> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    // One at a time, of all that keep their checkpoint here; the lock ends with the value, or with the process.
    let lock = private().open(path.with_extension("lock"))?;
    lock.lock()?;
    if let Some(ahead) = ahead(app, path, note) {
        return Ok(Some(ahead));
    }
    let draft = path.with_extension("new");
    let mut file = private().truncate(true).open(&draft)?;
    file.write_all(note.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&draft, path)?;
    // The new name itself must survive a power cut.
    std::fs::File::open(folder)?.sync_all()?;
    Ok(None)
}

/// What the file says, where that is not behind `note`, nor the same.
fn ahead(app: &App, path: &Path, note: &str) -> Option<Known> {
    let (kept, new) = (known_in(app, path).ok()??, parse(app, note)?);
    let is_ahead = (kept.generation, kept.checkpoint.size) >= (new.generation, new.checkpoint.size);
    (is_ahead && kept.checkpoint != new.checkpoint).then_some(kept)
}

fn private() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).mode(0o600);
    options
}

/// Moves the file aside when an adoption ends its history.
///
/// # Errors
/// The file cannot be renamed.
pub(super) fn put_aside(app: &App) -> io::Result<()> {
    let path = file(app);
    match std::fs::rename(&path, path.with_extension(format!("before-{}", app.now().millis()))) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Takes over the newest published checkpoint, which another instance may have signed, into this instance's file;
/// and if the database is behind the file instead, has it refused.
///
/// # Errors
/// The database failed.
pub async fn remember_published(app: &App) -> Result<()> {
    let known = known(app);
    let mut tx = app.store.peek().await?;
    let head = store::log::head(&mut tx).await?;
    if head.refused.is_some() {
        return Ok(());
    }
    let published = store::checkpoint::published(&mut tx, &log::signed_as(app, &head)).await?;
    drop(tx);
    let same = match (&known, &published) {
        (Ok(Some(known)), Some(newest)) => {
            known.checkpoint.origin == newest.origin && known.checkpoint.size == newest.size
        }
        (_, None) | (Ok(None) | Err(_), Some(_)) => false,
    };
    if same {
        return Ok(());
    }
    if let Some(why) = refusal(app, &known, &head).await? {
        return super::writer::refuse(app, &why).await;
    }
    if let Some(newest) = published
        && let Err(why) = remember(app, &newest.note)
    {
        tracing::error!(why, "the log is not safe from a restored backup");
    }
    Ok(())
}
