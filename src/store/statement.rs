//! Statements and their values: three kinds of value, and several statements sent as one.

use sqlx::{AssertSqlSafe, Database, Encode, Executor, Type, database::HasStatementCache, query::Query};

use super::timed;
use crate::domain::{
    Locale, Timestamp,
    consent::State,
    id::{
        ApiKeyId, ChallengeId, CheckId, ContactId, DeliveryId, DisclosureId, EndpointId, EventId, EvidenceId,
        ExportId, FormId, JobId, LinkKeyId, MailId, PublicationId, PurposeId, ReceiptNumber, RequestId,
        TenantId, WordingId,
    },
};

/// A value for a placeholder.
#[derive(Clone, Debug)]
pub enum Value {
    /// `TEXT`
    Text(Option<String>),
    /// `BIGINT`
    Int(Option<i64>),
    /// `BOOLEAN`
    Flag(bool),
}

/// The values of a statement: `args![tenant, contact, now]`.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::store::Value::from($value)),*] };
}
pub(crate) use args;

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(Some(number))
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Int(Some(i64::from(number)))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Self::Int(number)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Timestamp> for Value {
    fn from(at: Timestamp) -> Self {
        Self::Int(Some(at.millis()))
    }
}

impl From<Option<Timestamp>> for Value {
    fn from(at: Option<Timestamp>) -> Self {
        Self::Int(at.map(Timestamp::millis))
    }
}

impl From<Locale> for Value {
    fn from(locale: Locale) -> Self {
        Self::from(locale.tag())
    }
}

impl From<State> for Value {
    fn from(state: State) -> Self {
        Self::from(state.word())
    }
}

macro_rules! from_ids {
    ($($id:ty)*) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Self::Text(Some(id.to_string()))
            }
        }

        impl From<Option<$id>> for Value {
            fn from(id: Option<$id>) -> Self {
                Self::Text(id.map(|it| it.to_string()))
            }
        }
    )*};
}

from_ids! {
    TenantId PurposeId WordingId FormId EndpointId ApiKeyId LinkKeyId ContactId RequestId EvidenceId EventId
    MailId DeliveryId CheckId ChallengeId ExportId PublicationId DisclosureId JobId ReceiptNumber
}

/// A statement with its values bound.
pub(super) fn query<'q, D>(sql: &'static str, values: Vec<Value>) -> Query<'q, D, D::Arguments>
where
    D: Database,
    Option<String>: Encode<'q, D> + Type<D>,
    Option<i64>: Encode<'q, D> + Type<D>,
    bool: Encode<'q, D> + Type<D>,
{
    #[expect(clippy::disallowed_methods, reason = "the facade itself")]
    bind(sqlx::query(sql), values)
}

/// Texts with more values than this come in too many lengths to be worth keeping prepared.
const KEPT_VALUES: usize = 128;

/// As [`query`], for text put together here from parts that are all `'static`.
pub(super) fn query_text<'q, D>(sql: String, values: Vec<Value>) -> Query<'q, D, D::Arguments>
where
    D: Database + HasStatementCache,
    Option<String>: Encode<'q, D> + Type<D>,
    Option<i64>: Encode<'q, D> + Type<D>,
    bool: Encode<'q, D> + Type<D>,
{
    #[expect(clippy::disallowed_methods, reason = "the facade itself")]
    let query = sqlx::query(AssertSqlSafe(sql)).persistent(values.len() <= KEPT_VALUES);
    bind(query, values)
}

fn bind<'q, D>(mut query: Query<'q, D, D::Arguments>, values: Vec<Value>) -> Query<'q, D, D::Arguments>
where
    D: Database,
    Option<String>: Encode<'q, D> + Type<D>,
    Option<i64>: Encode<'q, D> + Type<D>,
    bool: Encode<'q, D> + Type<D>,
{
    for value in values {
        query = match value {
            Value::Text(text) => query.bind(text),
            Value::Int(number) => query.bind(number),
            Value::Flag(flag) => query.bind(flag),
        };
    }
    query
}

/// Several writing statements sent as one.
#[derive(Default)]
pub struct Batch(Vec<(String, Vec<Value>)>);

impl Batch {
    /// Adds a statement.
    pub(crate) fn add(&mut self, sql: &str, values: Vec<Value>) {
        self.0.push((sql.to_owned(), values));
    }

    /// Adds a statement whose `{rows}` stands for as many rows of `width` values as are given; none, nothing.
    pub(crate) fn add_rows(&mut self, sql: &str, width: usize, values: Vec<Value>) {
        if !values.is_empty() {
            self.0.push((with_rows(sql, width, values.len()), values));
        }
    }

    /// What the log calls it: its first statement.
    pub(super) fn name(&self) -> String {
        self.0.first().map(|(sql, _)| timed::name(sql)).unwrap_or_default()
    }

    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One text of several statements; SQLite numbers placeholders over all of them.
    pub(super) async fn run_sqlite(self, conn: &mut sqlx::SqliteConnection) -> Result<(), sqlx::Error> {
        let (parts, values) = self.renumbered();
        query_text(parts.join(";\n"), values).execute(conn).await.map(|_| ())
    }

    /// `WITH s0 AS (…), s1 AS (…) …`: the last statement carries the others.
    pub(super) async fn run_postgres(self, conn: &mut sqlx::PgConnection) -> Result<(), sqlx::Error> {
        let (mut parts, values) = self.renumbered();
        let Some(last) = parts.pop() else { return Ok(()) };
        let carried: Vec<String> =
            parts.iter().enumerate().map(|(at, part)| format!("s{at} AS ({part})")).collect();
        let sql = if carried.is_empty() { last } else { format!("WITH {} {last}", carried.join(", ")) };
        conn.execute(query_text(sql, values)).await.map(|_| ())
    }

    fn renumbered(self) -> (Vec<String>, Vec<Value>) {
        let (mut parts, mut values) = (Vec::with_capacity(self.0.len()), Vec::new());
        for (sql, mut its) in self.0 {
            parts.push(shift(&sql, values.len()));
            values.append(&mut its);
        }
        (parts, values)
    }
}

/// `{rows}` replaced by `($1, $2), ($3, $4) …`.
pub(super) fn with_rows(sql: &str, width: usize, values: usize) -> String {
    let rows: Vec<String> = (0..values / width.max(1))
        .map(|row| {
            let row: Vec<String> = (1..=width).map(|at| format!("${}", row * width + at)).collect();
            format!("({})", row.join(", "))
        })
        .collect();
    sql.replace("{rows}", &rows.join(", "))
}

/// Adds `by` to the number of every placeholder. No statement of ours holds a `$` in a literal.
fn shift(sql: &str, by: usize) -> String {
    let mut parts = sql.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at_checked(digits).unwrap_or((part, ""));
        let number = number.parse::<usize>().unwrap_or_default();
        out.push('$');
        out.push_str(&(number + by).to_string());
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_renumbered_and_rows_written_out() {
        assert_eq!(shift("a = $1 AND b = $12 OR $1", 3), "a = $4 AND b = $15 OR $4");
        assert_eq!(with_rows("VALUES {rows}", 2, 4), "VALUES ($1, $2), ($3, $4)");
    }
}
