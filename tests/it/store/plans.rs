//! No statement of the store reads a big table whole, on either database: each is explained over many rows.

use std::{collections::BTreeSet, fmt::Write as _, fs};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _, SqliteConnection};

use super::World;
use crate::support::database::both;

/// Tables that grow with people and time. What tenants set up is small and read whole.
const BIG: &[&str] = &[
    "attempt",
    "budget",
    "challenge",
    "consent",
    "contact",
    "delivery",
    "event",
    "evidence",
    "latest",
    "link_ref",
    "mail",
    "request",
    "suppression",
    "told_host",
];
/// What the statements call some of them; PostgreSQL tells both names.
const ALIASES: &[&str] = &["c", "p", "r", "n", "s", "e", "d", "m"];
/// Rows put into each of them.
const ROWS: usize = 20_000;

struct Statement {
    file: String,
    sql: String,
}

/// The texts of all statements in the source of the store: string literals that begin with a verb of SQL.
fn statements() -> Vec<Statement> {
    let mut found = Vec::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/store")).unwrap() {
        let path = entry.unwrap().path();
        // The facade itself holds no query, only pieces of text.
        if ["mod.rs", "statement.rs", "writer.rs", "migrate.rs"].iter().any(|it| path.ends_with(it)) {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap_or_default();
        let code = source.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|it| !it.trim_start().starts_with("//")).collect();
        for literal in code.join("\n").split('"').skip(1).step_by(2) {
            let verb = literal.split_whitespace().next().unwrap_or_default();
            if ["SELECT", "UPDATE", "DELETE", "INSERT", "WITH"].contains(&verb) && literal.contains(' ') {
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                found.push(Statement { file, sql: literal.to_owned() });
            }
        }
    }
    found
}

/// Whether a statement is one database's own text.
fn is_for(sql: &str, sqlite: bool) -> bool {
    let postgres_only = ["jsonb", "json_agg", "SKIP LOCKED", "pg_advisory"].iter().any(|it| sql.contains(it));
    let sqlite_only = ["json_each", "json_group_array"].iter().any(|it| sql.contains(it));
    if sqlite { !postgres_only } else { !sqlite_only }
}

/// What the columns of a bare VALUES are: whose, which, lease or place, until when, ended when, state.
const KINDS: [&str; 6] = ["TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT", "TEXT"];

/// How many columns of a bare VALUES a statement names.
fn columns_of_values(sql: &str) -> usize {
    (1..=KINDS.len()).filter(|it| sql.contains(&format!("v.column{it}"))).count()
}

/// The statement with one row where rows go.
fn with_one_row(sql: &str) -> String {
    if !sql.contains("{rows}") {
        return sql.to_owned();
    }
    let columns = sql.split('(').nth(1).and_then(|it| it.split(')').next()).unwrap_or_default();
    let width = match columns_of_values(sql) {
        0 => columns.split(',').count(),
        width => width,
    };
    let row: Vec<String> = (1..=width).map(|at| format!("${at}")).collect();
    sql.replace("{rows}", &format!("({})", row.join(", ")))
}

/// Fills every big table. Most of what waits or ends has done so: what is looked for is rare, as it is in use.
fn filling(sqlite: bool) -> String {
    let numbers = if sqlite {
        format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ROWS})")
    } else {
        format!("WITH n AS (SELECT CAST(i AS BIGINT) AS i FROM generate_series(1, {ROWS}) AS i)")
    };
    let tables = [
        ("contact (tenant_id, id, email, lookup_key, external_id, locale, paused_until, created_at, touched_at)",
         "t.id, 'con_' || i, 'a' || i, 'a' || i, 'x' || i, 'en', CASE WHEN i % 50 = 0 THEN i END, i, i"),
        ("consent (tenant_id, contact_id, purpose_id, state, since, evidence_id)",
         "t.id, 'con_' || i, 'pur_1', 'confirmed', i, 'evi_' || i"),
        ("request (tenant_id, id, contact_id, recipient, locale, purposes, generation, created_at, expires_at, tries, outcome)",
         "t.id, 'req_' || i, 'con_' || i, 'r', 'en', '', 1, i, i, 0, CASE WHEN i % 50 = 0 THEN 'open' ELSE 'confirmed' END"),
        ("evidence (tenant_id, id, contact_id, kind, at)", "t.id, 'evi_' || i, 'con_' || i, 'k', i"),
        ("event (tenant_id, id, kind, at, contact_id, data, sequence)",
         "t.id, 'evt_' || i, 'k', i, 'con_' || i, '', CASE WHEN i % 50 = 0 THEN NULL ELSE i END"),
        ("latest (tenant_id, contact_id, sequence)", "t.id, 'con_' || i, i"),
        ("delivery (tenant_id, id, endpoint_id, event_id, state, due_at, attempts, lease, created_at, ended_at)",
         "t.id, 'dlv_' || i, 'whe_1', 'evt_' || i, CASE WHEN i % 50 = 0 THEN 'waiting' ELSE 'delivered' END, i, 0, 0, i,
          CASE WHEN i % 50 = 0 THEN NULL ELSE i END"),
        ("attempt (tenant_id, delivery_id, number, at, ms, note)", "t.id, 'dlv_' || i, 1, i, 1, ''"),
        ("mail (tenant_id, id, kind, contact_id, about, locale, state, due_at, give_up_at, attempts, lease, created_at, ended_at)",
         "t.id, 'mai_' || i, 'confirm', 'con_' || i, '', 'en', CASE WHEN i % 50 = 0 THEN 'waiting' ELSE 'sent' END, i, i, 0, 0, i,
          CASE WHEN i % 50 = 0 THEN NULL ELSE i END"),
        ("challenge (tenant_id, id, contact_id, created_at, expires_at, tries)", "t.id, 'chg_' || i, 'con_' || i, i, i, 0"),
        ("suppression (tenant_id, address_hash, reason, created_at, until)", "t.id, 'h' || i, 'r', i, CASE WHEN i % 50 = 0 THEN i END"),
        ("told_host (tenant_id, contact_id, host, events, first_at, last_at)", "t.id, 'con_' || i, 'crm.example', 1, 1, 1"),
        ("link_ref (tenant_id, link_key_id, reference, contact_id)", "t.id, 'lk1', 'e' || i, 'con_' || i"),
    ];
    let mut sql = String::new();
    for (table, values) in tables {
        let _ = writeln!(
            sql,
            "INSERT INTO {table} {numbers} SELECT {values} FROM n, tenant t WHERE t.slug = 'acme';"
        );
    }
    let _ = writeln!(
        sql,
        "INSERT INTO budget (id, since, used, last_at, granted, most, gap, span) {numbers}
         SELECT 'b' || i, i, 1, i, true, 1, 0, 1 FROM n;"
    );
    sql
}

/// The steps of the plan that read a big table whole.
async fn scans_on_sqlite(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    // It stops at the first row of the index.
    if sql.trim_end().ends_with("LIMIT 1") && !sql.contains("ORDER BY") {
        return Vec::new();
    }
    let plan = connection.fetch_all(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"))).await;
    let plan = plan.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let steps = plan.iter().map(|it| it.get::<String, _>("detail"));
    let step_is = |step: &str, table: &str| {
        // `SCAN t USING INDEX` follows the order asked for and stops at the limit. All of a tenant is as bad as all.
        step == format!("SCAN {table}")
            || (step.starts_with(&format!("SEARCH {table} ")) && step.ends_with("(tenant_id=?)"))
    };
    steps.filter(|it| BIG.iter().chain(ALIASES).any(|table| step_is(it, table))).collect()
}

/// The values are near the least and near the most of each table: a plan without a scan for one of them will do, as the
/// other asks for nearly all rows where a limit does not stop it.
async fn scans_on_postgres(connection: &mut PgConnection, sql: &str) -> Vec<String> {
    // Nothing says what the columns of a bare VALUES are; the facade sends the kinds with the values.
    let kinds = match columns_of_values(sql) {
        0 => String::new(),
        width => format!(" ({})", KINDS[..width].join(", ")),
    };
    let prepared = connection.execute(AssertSqlSafe(format!("PREPARE asked{kinds} AS {sql}"))).await;
    prepared.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let kinds =
        connection.fetch_one("SELECT parameter_types::text[] FROM pg_prepared_statements").await.unwrap();
    let kinds: Vec<String> = kinds.get(0);
    let mut found = Vec::new();
    for number in ["10", "19990"] {
        let values = kinds.iter().map(|it| match it.as_str() {
            "bigint" => number,
            "boolean" => "true",
            _ if sql.contains("jsonb") => "'[\"con_1\"]'",
            _ => "'con_1'",
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let execute = if values.is_empty() { "asked".to_owned() } else { format!("asked ({values})") };
        let plan = connection.fetch_all(AssertSqlSafe(format!("EXPLAIN EXECUTE {execute}"))).await;
        let plan = plan.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let steps = plan.iter().map(|it| it.get::<String, _>(0));
        let scans = |it: &String| BIG.iter().any(|table| it.contains(&format!("Seq Scan on {table} ")));
        found.push(steps.filter(scans).collect::<Vec<String>>());
    }
    connection.execute("DEALLOCATE asked").await.unwrap();
    found.into_iter().min_by_key(Vec::len).unwrap_or_default()
}

/// The steps of the gate's plan that do more than look a person up, and their consent.
async fn detours_on_postgres(url: &str, sql: &str) -> Vec<String> {
    let mut server = PgConnection::connect(url).await.unwrap();
    server.execute(AssertSqlSafe(format!("PREPARE asked AS {sql}"))).await.unwrap();
    let asked = "EXPLAIN EXECUTE asked ('con_1', 'pur_1', '[\"a1\", \"a2\"]')";
    let plan = server.fetch_all(asked).await.unwrap();
    let plan: Vec<String> = plan.iter().map(|it| it.get(0)).collect();
    let lookups = plan.iter().filter(|it| it.contains("Index") && it.contains(" on ")).count();
    assert_eq!(lookups, 2, "{plan:#?}");
    let is_detour =
        |it: &String| ["Seq Scan", "Materialize", "Hash", "Merge"].iter().any(|step| it.contains(step));
    plan.into_iter().filter(is_detour).collect()
}

both! {
    async fn no_statement_reads_a_big_table_whole(world: World) {
        world.put(|batch| {
            let mut endpoint = super::endpoint::endpoint(&world, false);
            endpoint.id = ayeaye::domain::id::EndpointId::from_bytes([1; 8]);
            ayeaye::store::endpoint::put(batch, &endpoint);
        }).await;
        let sqlite = world.url.starts_with("sqlite:");
        world.raw(&filling(sqlite)).await;
        if !sqlite {
            // It does so by itself before long; nobody does so on SQLite.
            world.raw("ANALYZE").await;
        }
        let all = statements();
        let mut explained = BTreeSet::new();
        let mut slow = String::new();
        let mut file = if sqlite { Some(SqliteConnection::connect(&world.url).await.unwrap()) } else { None };
        let mut server = if sqlite { None } else { Some(PgConnection::connect(&world.url).await.unwrap()) };
        if let Some(server) = &mut server {
            server.execute("SET plan_cache_mode = force_custom_plan").await.unwrap();
        }
        for Statement { file: from, sql } in all.iter().filter(|it| is_for(&it.sql, sqlite)) {
            let sql = with_one_row(sql);
            let scans = match (&mut file, &mut server) {
                (Some(file), _) => scans_on_sqlite(file, &sql).await,
                (None, Some(server)) => scans_on_postgres(server, &sql).await,
                (None, None) => unreachable!("one of them is open"),
            };
            for scan in scans {
                let _ = writeln!(slow, "{from}: {scan}\n    {sql}");
            }
            explained.insert(sql);
        }
        assert!(explained.len() > 70, "only {} statements were found", explained.len());
        assert!(slow.is_empty(), "read whole:\n{slow}");
    }

    /// Nobody counts the tables of SQLite; those of PostgreSQL are not counted yet when people come in thousands at once.
    /// What is planned by guess must not go through all people for each who is asked about.
    async fn the_gate_looks_each_person_up_in_tables_nobody_has_counted(world: World) {
        let sqlite = world.url.starts_with("sqlite:");
        if !sqlite {
            for table in ["contact", "consent", "suppression"] {
                world.raw(&format!("ALTER TABLE {table} SET (autovacuum_enabled = false)")).await;
            }
        }
        world.raw(&filling(sqlite)).await;
        let arrays = ["json_build_array", "json_group_array"];
        let is_of_gate = |it: &Statement| it.file == "gate.rs" && arrays.iter().any(|array| it.sql.contains(array));
        let of_gate: Vec<Statement> =
            statements().into_iter().filter(|it| is_of_gate(it) && is_for(&it.sql, sqlite)).collect();
        assert_eq!(of_gate.len(), 4, "by address, hash, contact and external id");
        for Statement { file: _, sql } in of_gate {
            let slow = if sqlite {
                let mut file = SqliteConnection::connect(&world.url).await.unwrap();
                scans_on_sqlite(&mut file, &sql).await
            } else {
                detours_on_postgres(&world.url, &sql).await
            };
            assert_eq!(slow, [""; 0], "{sql}");
        }
    }
}
