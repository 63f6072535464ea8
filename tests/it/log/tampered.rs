//! Somebody gets at the database and changes one thing: the examination finds it, whatever it is.
//!
//! `AYEAYE_TAMPERINGS=10000` makes it try that many; by default as many as a test run can spare.

use std::time::Duration;

use ayeaye::{
    crypto::Random,
    domain::id::{ContactId, EvidenceId},
};
use serde_json::{Map, Value};

use crate::support::{
    app::TestApp,
    database::{Db, both, run_within},
};

/// Tables that hold evidence, what names their rows, and what may be changed in them. A receipt's number and the time
/// of a fact stand in its record too; the other columns are what the record and the log are held against.
const TABLES: [(&str, &[&str], &[&str]); 9] = [
    (
        "evidence",
        &["tenant_id", "id"],
        &["contact_id", "kind", "at", "receipt", "record", "salt", "position", "tenant_id", "id"],
    ),
    ("publication", &["tenant_id", "id"], &["kind", "body", "sha256", "position"]),
    ("log_entry", &["position"], &["entry", "position"]),
    ("log_tile", &["level", "number"], &["hashes", "level", "number"]),
    ("checkpoint", &["origin", "size"], &["origin", "size", "note", "at"]),
    ("contact", &["tenant_id", "id"], &["email", "lookup_key", "email_sha256"]),
    ("wording", &["tenant_id", "id"], &["name", "body", "sha256"]),
    ("notice", &["tenant_id", "version"], &["facts", "sha256"]),
    ("consent", &["tenant_id", "contact_id", "purpose_id"], &["state", "since", "evidence_id", "contact_id"]),
];

fn how_many() -> u64 {
    std::env::var("AYEAYE_TAMPERINGS").map_or(120, |it| it.parse().expect("AYEAYE_TAMPERINGS is a number"))
}

/// Somebody with the database and a plan.
struct Intruder<'a> {
    app: &'a TestApp,
    chance: Random,
}

/// What was done, and what undoes it.
struct Deed {
    what: String,
    undo: Vec<String>,
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::String(text) => format!("'{}'", text.replace('\'', "''")),
        other => other.to_string(),
    }
}

fn insert(table: &str, row: &Map<String, Value>) -> String {
    let columns: Vec<&str> = row.keys().map(String::as_str).collect();
    let values: Vec<String> = row
        .iter()
        // SQLite's JSON has no booleans of its own.
        .map(|(name, it)| if name == "published" { (it == 1 || it == true).to_string() } else { literal(it) })
        .collect();
    format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "))
}

fn which(row: &Map<String, Value>, keys: &[&str]) -> String {
    let parts: Vec<String> = keys.iter().map(|key| format!("{key} = {}", literal(&row[*key]))).collect();
    parts.join(" AND ")
}

impl Intruder<'_> {
    fn pick(&self, of: usize) -> usize {
        usize::try_from(self.chance.number() % of as u64).unwrap()
    }

    async fn rows(&self, table: &str) -> Vec<Map<String, Value>> {
        let rows = self.app.database.rows(table).await;
        rows.iter().map(|it| serde_json::from_str(it).unwrap()).collect()
    }

    /// Changes one thing; `None` where chance picked nothing that can be changed.
    async fn tamper(&self) -> Option<Deed> {
        let (table, keys, columns) = TABLES[self.pick(TABLES.len())];
        let rows = self.rows(table).await;
        if rows.is_empty() {
            return None;
        }
        let row = &rows[self.pick(rows.len())];
        match self.pick(5) {
            0 => self.delete(table, keys, row).await,
            1 => self.add(table, row).await,
            2 => {
                let other = &rows[self.pick(rows.len())];
                self.swap(table, keys, columns, row, other).await
            }
            _ => self.edit(table, keys, columns[self.pick(columns.len())], row).await,
        }
    }

    async fn delete(&self, table: &str, keys: &[&str], row: &Map<String, Value>) -> Option<Deed> {
        // Old checkpoints nobody outside confirmed are removed by the service itself: only the last one counts.
        if table == "checkpoint" && row["size"] != self.app.checkpoint().await.size {
            return None;
        }
        // A person with consents cannot be taken away; of notices only what they say is held against the log.
        if table == "contact" || table == "notice" {
            return None;
        }
        let sql = format!("DELETE FROM {table} WHERE {}", which(row, keys));
        self.app.database.run(&sql).await;
        Some(Deed { what: sql, undo: vec![insert(table, row)] })
    }

    /// A row like another one, under a new name or at a new place.
    async fn add(&self, table: &str, row: &Map<String, Value>) -> Option<Deed> {
        // These stand for nothing without the rest: a consent needs its person, a person and a text their evidence.
        if ["consent", "contact", "wording", "notice"].contains(&table) {
            return None;
        }
        let mut row = row.clone();
        let place = Value::from(self.pick(1_000) + 1_000);
        let (name, value) = match table {
            "evidence" | "publication" => {
                row.insert("receipt".to_owned(), Value::Null);
                if table == "publication" {
                    row.remove("receipt");
                    row.insert("version".to_owned(), place.clone());
                }
                row.insert("position".to_owned(), place);
                ("id", Value::from(self.other_id(row["id"].as_str()?)))
            }
            "log_entry" => ("position", Value::from(self.app.checkpoint().await.size)),
            "log_tile" => ("number", place),
            "checkpoint" => ("size", place),
            _ => ("contact_id", Value::from(self.other_id(row["contact_id"].as_str()?))),
        };
        row.insert(name.to_owned(), value.clone());
        let sql = insert(table, &row);
        self.app.database.run(&sql).await;
        let undo = format!("DELETE FROM {table} WHERE {name} = {}", literal(&value));
        Some(Deed { what: sql, undo: vec![undo] })
    }

    /// Two rows exchange the content of a column.
    async fn swap(
        &self,
        table: &str,
        keys: &[&str],
        columns: &[&str],
        one: &Map<String, Value>,
        other: &Map<String, Value>,
    ) -> Option<Deed> {
        let column = columns[self.pick(columns.len())];
        let unique = ["id", "position", "receipt", "level", "number", "size", "lookup_key"].contains(&column);
        if unique || keys.contains(&column) || one[column] == other[column] {
            return None;
        }
        let set = |row: &Map<String, Value>, value: &Value| {
            format!("UPDATE {table} SET {column} = {} WHERE {}", literal(value), which(row, keys))
        };
        let deeds = [set(one, &other[column]), set(other, &one[column])];
        for sql in &deeds {
            self.app.database.run(sql).await;
        }
        Some(Deed { what: deeds.join("; "), undo: vec![set(one, &one[column]), set(other, &other[column])] })
    }

    async fn edit(&self, table: &str, keys: &[&str], column: &str, row: &Map<String, Value>) -> Option<Deed> {
        let before = &row[column];
        let after = match before {
            Value::String(text) => Value::from(self.other_text(column, text)?),
            // Another place or size than any there is; another time.
            Value::Number(number) => {
                Value::from(number.as_i64()? + 5_000 + i64::try_from(self.pick(1_000_000)).ok()?)
            }
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        // The person of a consent must be there; nobody is under another name.
        if table == "consent" && column == "contact_id" {
            return None;
        }
        let sql = format!("UPDATE {table} SET {column} = {} WHERE {}", literal(&after), which(row, keys));
        self.app.database.run(&sql).await;
        let mut changed = row.clone();
        changed.insert(column.to_owned(), after);
        let undo =
            format!("UPDATE {table} SET {column} = {} WHERE {}", literal(before), which(&changed, keys));
        Some(Deed { what: sql, undo: vec![undo] })
    }

    /// One character changed, or another word where only some are words.
    fn other_text(&self, column: &str, text: &str) -> Option<String> {
        match column {
            "state" => {
                let words = ["unknown", "confirmed", "withdrawn", "refused", "expired"];
                let word = words[self.pick(words.len())];
                return (word != text).then(|| word.to_owned());
            }
            // Another address than anybody has.
            "lookup_key" => return Some(format!("{text}7")),
            "id" | "contact_id" | "evidence_id" | "tenant_id" => return Some(self.other_id(text)),
            _ => {}
        }
        let mut characters: Vec<char> = text.chars().collect();
        let at = self.pick(characters.len());
        let other = if characters[at] == '7' { '3' } else { '7' };
        characters[at] = other;
        Some(characters.into_iter().collect())
    }

    /// Another id of the same kind.
    fn other_id(&self, id: &str) -> String {
        let (head, last) = id.split_at(id.len() - 3);
        let digits: String = (0..3).map(|_| char::from(b"0123456789abcdef"[self.pick(16)])).collect();
        if digits == last { format!("{head}zzz") } else { format!("{head}{digits}") }
    }
}

async fn whatever_is_changed_is_found(app: TestApp) {
    for n in 0..130 {
        let email = format!("n{n}@example.org");
        app.ask(&ayeaye::domain::EmailAddress::parse(&email).unwrap()).await;
    }
    app.subscribe("newsletter", "ada@example.org", &["newsletter", "events"]).await;
    app.subscribe("newsletter", "bob@example.org", &["newsletter"]).await;
    assert_eq!(app.fsck().await.findings, []);
    assert!(app.checkpoint().await.size > 256, "there are tiles to change");
    let intruder = Intruder { app: &app, chance: Random::seeded(how_many()) };
    let mut found = 0;
    while found < how_many() {
        let Some(Deed { what, undo }) = intruder.tamper().await else { continue };
        let report = app.fsck().await;
        assert!(!report.is_clean(), "not found: {what}");
        for sql in undo {
            app.database.run(&sql).await;
        }
        found += 1;
    }
    assert_eq!(app.fsck().await.findings, [], "all was undone");
}
both! {
    async fn everybody_whose_facts_are_gone_is_found_however_many_they_are(app: TestApp) {
        const MANY: u16 = 5_001;
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let (acme, mut people, mut consents) = (app.tenant("acme"), Vec::new(), Vec::new());
        let (tenant, purpose, gone) = (acme.id, acme.purposes[0].id, EvidenceId::from_bytes([7; EvidenceId::BYTES]));
        for n in 0..MANY {
            let [high, low] = n.to_be_bytes();
            // Before, between and after those who signed up.
            let mut bytes = [if n % 2 == 0 { 0 } else { 0xff }; ContactId::BYTES];
            (bytes[14], bytes[15]) = (high, low);
            let id = ContactId::from_bytes(bytes);
            people.push(format!("('{tenant}', '{id}', 'n{n}@x.example', 'n{n}@x.example', 'en', 1, 1)"));
            consents.push(format!("('{tenant}', '{id}', '{purpose}', 'confirmed', 1, '{gone}')"));
        }
        let columns = "tenant_id, id, email, lookup_key, locale, created_at, touched_at";
        app.database.run(&format!("INSERT INTO contact ({columns}) VALUES {}", people.join(", "))).await;
        let columns = "tenant_id, contact_id, purpose_id, state, since, evidence_id";
        app.database.run(&format!("INSERT INTO consent ({columns}) VALUES {}", consents.join(", "))).await;
        let report = app.fsck().await;
        assert_eq!((report.bad, report.people), (u64::from(MANY), 1));
        assert!(report.findings.iter().all(|it| it.what == "consents without any evidence"), "{:?}", report.findings);
    }
}

/// A tampering takes a tenth of a second.
fn patience() -> Duration {
    Duration::from_secs(120 + how_many())
}

#[tokio::test]
async fn whatever_is_changed_is_found_on_sqlite() {
    run_within(patience(), Db::Sqlite, whatever_is_changed_is_found).await;
}

#[tokio::test]
async fn whatever_is_changed_is_found_on_postgres() {
    run_within(patience(), Db::Postgres, whatever_is_changed_is_found).await;
}
