//! The master key: given by the environment, or kept in the data directory and made at first start.
//!
//! Losing it breaks every link ever mailed, unsubscribe links included; so a file that is there and wrong is
//! refused, never replaced.

use std::{
    fmt,
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{Config, keys};

/// The file in the data directory.
const FILE_NAME: &str = "master.key";

/// 32 bytes that every other key is derived from.
#[derive(Clone, PartialEq, Eq)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// The bytes.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(••••)")
    }
}

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    /// What was given or found is not a key.
    #[error(
        "{place} is not a master key: write 32 random bytes in base64 (`openssl rand -base64 32`) or hex"
    )]
    NotAKey {
        /// The setting or the file.
        place: String,
    },
    /// Others may read the file.
    #[error("other users can read the master key; run: chmod 600 '{}'", path.display())]
    TooOpen {
        /// The file.
        path: PathBuf,
    },
    /// The file or its directory cannot be used.
    #[error("{} cannot be used: {source}; make it writable for this user, or set AYEAYE_MASTER_KEY", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system gave no randomness.
    #[error("the system gives no random bytes for a new master key: {0}")]
    Random(#[source] io::Error),
}

/// The source of randomness: fills the slice or fails.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]) -> io::Result<()>;

/// The configured master key, or the one of the data directory, made when there is none yet.
///
/// # Errors
/// When it is not a key, can be read by others, or cannot be read or written.
pub fn master_key(config: &Config, random: Random<'_>) -> Result<MasterKey, MasterKeyError> {
    if let Some(given) = &config.master_key {
        return decode(given.expose())
            .ok_or_else(|| MasterKeyError::NotAKey { place: keys::MASTER_KEY.env() });
    }
    prepare_data_dir(&config.data_dir)?;
    let path = config.data_dir.join(FILE_NAME);
    match read(&path)? {
        Some(key) => Ok(key),
        None => create(&config.data_dir, &path, random),
    }
}

/// Makes the data directory when it is missing, for this user alone; one that is there is left as it is,
/// for volumes often belong to somebody else.
///
/// # Errors
/// When it cannot be made.
pub fn prepare_data_dir(path: &Path) -> Result<(), MasterKeyError> {
    DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(failed(path))
}

/// The key in `path`; `None` when there is no such file.
fn read(path: &Path) -> Result<Option<MasterKey>, MasterKeyError> {
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        found => found.map_err(failed(path))?,
    };
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(MasterKeyError::TooOpen { path: path.to_owned() });
    }
    let not_a_key = || MasterKeyError::NotAKey { place: path.display().to_string() };
    if !metadata.is_file() || metadata.len() > 1_024 {
        return Err(not_a_key());
    }
    let bytes = fs::read(path).map_err(failed(path))?;
    let text = str::from_utf8(&bytes).ok().ok_or_else(not_a_key)?;
    decode(text).map(Some).ok_or_else(not_a_key)
}

/// Writes a new key beside its place, whole and synced, then links it there: a crash leaves no half of a
/// key, and of two processes that start at once both end up with the first one's.
fn create(directory: &Path, path: &Path, random: Random<'_>) -> Result<MasterKey, MasterKeyError> {
    let mut bytes = [0; 32];
    let mut tag = [0; 8];
    random(&mut bytes).and_then(|()| random(&mut tag)).map_err(MasterKeyError::Random)?;
    let written = directory.join(format!("{FILE_NAME}.{}", hex::encode(tag)));
    let linked = write_new(&written, &bytes).and_then(|()| fs::hard_link(&written, path));
    let removed = fs::remove_file(&written);
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        done => done.map_err(failed(path))?,
    }
    removed.map_err(failed(&written))?;
    File::open(directory).and_then(|it| it.sync_all()).map_err(failed(directory))?;
    read(path)?.ok_or_else(|| MasterKeyError::NotAKey { place: path.display().to_string() })
}

fn write_new(path: &Path, key: &[u8; 32]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{}", ANY_BASE64.encode(key))?;
    file.sync_all()
}

const ANY_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// 32 bytes in hex or base64 of either alphabet, padded or not. One byte repeated is nobody's random key.
fn decode(text: &str) -> Option<MasterKey> {
    let text = text.trim();
    let bytes = match text.len() {
        64 => hex::decode(text).ok()?,
        43 | 44 => ANY_BASE64.decode(text.replace('-', "+").replace('_', "/")).ok()?,
        _ => return None,
    };
    let key: [u8; 32] = bytes.try_into().ok()?;
    let first = key.first().copied();
    let is_random = key.iter().any(|it| Some(*it) != first);
    is_random.then_some(MasterKey(key))
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> MasterKeyError + '_ {
    move |source| MasterKeyError::Io { path: path.to_owned(), source }
}
