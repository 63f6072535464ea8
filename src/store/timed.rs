//! How long a statement takes, for the log: a slow one is named by its first line. Its values are nobody's business
//! there, and a whole statement of many rows is as long as a page.

use std::time::Duration;

use tokio::time::Instant;

/// From here on a statement is a slow one.
const SLOW: Duration = Duration::from_secs(1);
/// The longest name of a statement, in characters.
const NAME: usize = 100;

/// A statement under way, which is told of when it is dropped, however it ended.
pub(super) struct Timed<'a> {
    sql: &'a str,
    begun: Instant,
}

impl<'a> Timed<'a> {
    /// Begins now.
    pub(super) fn begin(sql: &'a str) -> Self {
        Self { sql, begun: Instant::now() }
    }
}

impl Drop for Timed<'_> {
    fn drop(&mut self) {
        let took = self.begun.elapsed();
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        if took >= SLOW {
            tracing::warn!(ms, statement = name(self.sql), "slow statement");
        } else {
            tracing::debug!(ms, statement = name(self.sql), "statement");
        }
    }
}

/// What the log calls a statement.
pub(super) fn name(sql: &str) -> String {
    sql.trim_start().lines().next().unwrap_or_default().chars().take(NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_named_by_the_beginning_of_its_first_line() {
        assert_eq!(name("\n  SELECT a FROM b\n  WHERE c = $1"), "SELECT a FROM b");
        assert_eq!(name(&"é".repeat(200)).chars().count(), NAME);
        assert_eq!(name(""), "");
    }
}
