//! A fresh SQLite file per test.

use super::process::Scratch;

/// An empty database file in a folder of its own, removed when dropped.
pub(crate) struct SqliteFile {
    url: String,
    _folder: Scratch,
}

impl SqliteFile {
    /// A place for a database; the file is made by whoever opens it.
    pub(crate) fn new() -> Self {
        let folder = Scratch::new("sqlite");
        Self { url: format!("sqlite:{}", folder.path().join("ayeaye.db").display()), _folder: folder }
    }

    /// Its address, as in `AYEAYE_DATABASE_URL`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}
