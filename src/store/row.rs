//! A row read from either database, its columns by position.

use std::str::FromStr;

use sqlx::{Row as _, postgres::PgRow, sqlite::SqliteRow};

use super::{Error, Result};
use crate::domain::Timestamp;

/// A row of either database.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl From<SqliteRow> for Row {
    fn from(row: SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}

impl From<PgRow> for Row {
    fn from(row: PgRow) -> Self {
        Self::Postgres(row)
    }
}

macro_rules! read {
    ($($(#[doc = $doc:literal])* $name:ident: $type:ty;)*) => {$(
        $(#[doc = $doc])*
        pub(crate) fn $name(&self, column: usize) -> Result<$type> {
            Ok(match self {
                Self::Sqlite(row) => row.try_get(column)?,
                Self::Postgres(row) => row.try_get(column)?,
            })
        }
    )*};
}

impl Row {
    read! {
        text: String;
        maybe_text: Option<String>;
        int: i64;
        maybe_int: Option<i64>;
        flag: bool;
    }

    /// The column as an instant.
    pub(crate) fn at(&self, column: usize) -> Result<Timestamp> {
        self.int(column).map(Timestamp::from_millis)
    }

    /// The column as an instant, if there is one.
    pub(crate) fn maybe_at(&self, column: usize) -> Result<Option<Timestamp>> {
        Ok(self.maybe_int(column)?.map(Timestamp::from_millis))
    }

    /// The column as an id or another value with a text form.
    pub(crate) fn parse<T: FromStr>(&self, column: usize) -> Result<T> {
        let text = self.text(column)?;
        text.parse().map_err(|_ignored| stored(column, std::any::type_name::<T>()))
    }

    /// The column as an id, if there is one.
    pub(crate) fn maybe_parse<T: FromStr>(&self, column: usize) -> Result<Option<T>> {
        let Some(text) = self.maybe_text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_ignored| stored(column, std::any::type_name::<T>()))
    }

    /// The column through `read`, which answers `None` to what this program never writes.
    pub(crate) fn read<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        read(&self.text(column)?).ok_or_else(|| stored(column, std::any::type_name::<T>()))
    }

    /// The column through `read`, if there is one.
    pub(crate) fn maybe_read<T>(&self, column: usize, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>> {
        let Some(text) = self.maybe_text(column)? else { return Ok(None) };
        read(&text).map(Some).ok_or_else(|| stored(column, std::any::type_name::<T>()))
    }
}

/// The value itself is left out: it may be personal, and this text goes to the log.
fn stored(column: usize, kind: &str) -> Error {
    Error::Stored(format!("column {column} is no {kind}"))
}
