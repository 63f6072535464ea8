//! The schema: every file of `migrations/`, in order, on either database.

use std::borrow::Cow;

use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::{Kind, Result, Store, args};

/// Every migration: version, name, text. A test compares this list with the folder.
pub const MIGRATIONS: &[(i64, &str, &str)] = &[(1, "main", include_str!("../../migrations/0001_main.sql"))];

/// How the schema of a database compares with the one this program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The same.
    Current,
    /// This many migrations are missing.
    Behind(usize),
    /// The database was set up by a newer program; this one must not touch it.
    Newer(i64),
}

impl Store {
    /// Brings the schema up to date.
    ///
    /// # Errors
    /// A migration failed (it is undone), or an applied one differs from the file.
    pub async fn migrate(&self) -> Result<()> {
        let migrations = MIGRATIONS.iter().map(|(version, name, sql)| {
            let sql = sqlx::AssertSqlSafe(*sql);
            Migration::new(
                *version,
                Cow::Borrowed(name),
                MigrationType::Simple,
                sqlx::SqlSafeStr::into_sql_str(sql),
                false,
            )
        });
        let migrator = Migrator::with_migrations(migrations.collect());
        match &self.0 {
            Kind::Sqlite { writer, .. } => writer.migrate(migrator).await?,
            Kind::Postgres { pool, .. } => migrator.run(pool).await?,
        }
        Ok(())
    }

    /// Compares the schema with the one this program knows, changing nothing.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn schema(&self) -> Result<Schema> {
        let mut tx = self.peek().await?;
        let there = tx
            .all_of(
                "SELECT name FROM sqlite_master WHERE name = '_sqlx_migrations'",
                "SELECT table_name::text FROM information_schema.tables
                 WHERE table_name = '_sqlx_migrations' AND table_schema = current_schema()",
                args![],
            )
            .await?;
        if there.is_empty() {
            return Ok(Schema::Behind(MIGRATIONS.len()));
        }
        let rows = tx.all("SELECT version FROM _sqlx_migrations ORDER BY version", args![]).await?;
        let mut applied = Vec::with_capacity(rows.len());
        for row in rows {
            applied.push(row.int(0)?);
        }
        let newest = MIGRATIONS.iter().map(|(version, _, _)| *version).max().unwrap_or_default();
        if let Some(newer) = applied.iter().find(|it| **it > newest) {
            return Ok(Schema::Newer(*newer));
        }
        let missing = MIGRATIONS.iter().filter(|(version, _, _)| !applied.contains(version)).count();
        Ok(if missing == 0 { Schema::Current } else { Schema::Behind(missing) })
    }
}
