//! How long it takes to hand an audience out, and how much memory: of few people and of a hundred times as many. Then
//! how fast the send gate answers about them.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use ayeaye::{
    app::{App, fsck},
    domain::{
        email,
        id::{ContactId, EvidenceId},
    },
};
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};

use crate::{
    Options,
    drive::{Stage, drive},
    links::CALL,
    people::{self, STRANGERS},
    report::{Report, megabytes, millis, whole},
    service::{Place, Service, TENANT},
    usage::Seconds,
    work::{Checks, Question},
};

/// People in one transaction.
const AT_ONCE: usize = 10_000;
/// Callers of the send gate.
const AT_THE_GATE: usize = 4;
/// What is asked for.
const FORMS: [&str; 4] =
    ["ndjson", "ndjson?include=links", "csv?fields=email", "csv?profile=mailchimp&include=links"];
/// The promise: a million people in so long, with so much memory.
const MOST: (u32, Duration, u64) = (1_000_000, Duration::from_secs(10), 100_000_000);

/// Fills a database as far as is asked for, number after number, and has its audience handed out in each form, twice.
pub(crate) async fn run(options: &Options, place: &Place, report: &mut Report) {
    let checks = place.set_up();
    let key = place.key("audiences:read");
    let mut there = 0;
    for people in &options.people {
        let running = place.open().await;
        // These people have no evidence: the nightly examination is to begin after the measurements.
        fsck::examine_and_keep(&running.app).await.expect("an examination");
        let begun = Instant::now();
        fill(&running.app, place.database_url(), there..*people).await;
        running.stop().await;
        there = *people;
        let filled = begun.elapsed().as_secs_f64();
        report.note(format!("{} people who confirmed: written in {filled:.0} s", whole(f64::from(there))));
        let service = place.start().await.0;
        for form in FORMS {
            for turn in ["first", "again"] {
                hand_out(&service, &key, form, turn, there, report).await;
            }
        }
        ask_the_gate(&service, &checks, there, options, report).await;
    }
}

/// People who confirmed a moment ago, written as rows: signing up is measured elsewhere.
async fn fill(app: &App, url: &str, numbers: std::ops::Range<u32>) {
    let catalog = app.catalog();
    let tenant = catalog.tenant_named(TENANT).expect("it was set up");
    let purpose = tenant.purpose_named("newsletter").expect("it was set up").id;
    let tenant = tenant.id;
    for first in numbers.clone().step_by(AT_ONCE) {
        let (mut contacts, mut consents) = (Vec::new(), Vec::new());
        for number in first..numbers.end.min(first + u32::try_from(AT_ONCE).expect("a few")) {
            // One after the other, as people come.
            let now = app.now();
            let (id, email) = (ContactId::new(now, &app.random), people::address(number));
            let (at, hash) = (now.millis(), email::sha256(&email));
            contacts.push(format!("('{tenant}','{id}','{email}','{email}','{hash}','en',{at},{at})"));
            let evidence = EvidenceId::new(now, &app.random);
            consents.push(format!("('{tenant}','{id}','{purpose}','confirmed',{at},'{evidence}')"));
        }
        let sql = format!(
            "BEGIN;
             INSERT INTO contact (tenant_id, id, email, lookup_key, email_sha256, locale, created_at, touched_at) VALUES {};
             INSERT INTO consent (tenant_id, contact_id, purpose_id, state, since, evidence_id) VALUES {};
             COMMIT",
            contacts.join(","),
            consents.join(",")
        );
        write(url, sql).await.expect("rows are written");
    }
}

async fn write(url: &str, sql: String) -> Result<(), sqlx::Error> {
    let sql = AssertSqlSafe(sql);
    if url.starts_with("sqlite:") {
        SqliteConnection::connect(url).await?.execute(sql).await?;
    } else {
        PgConnection::connect(url).await?.execute(sql).await?;
    }
    Ok(())
}

/// Asks for an audience, reads it as it comes, and holds its count and hash against what came.
async fn hand_out(service: &Service, key: &str, form: &str, turn: &str, people: u32, report: &mut Report) {
    service.forget_peak();
    let (processor, begun) = (service.processor(), Instant::now());
    let and = if form.contains('?') { '&' } else { '?' };
    let url = format!("http://{}/v1/audiences/newsletter.{form}{and}recipient=Acme", service.address);
    // Nothing here is encrypted, and yet the client wants to know with what.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut answer = client.get(url).bearer_auth(key).send().await.expect("an answer");
    let (mut bytes, mut tail, mut hash) = (0, Vec::new(), Sha256::new());
    let mut first = None;
    while let Some(piece) = answer.chunk().await.expect("it does not break off") {
        first.get_or_insert_with(|| begun.elapsed());
        bytes += piece.len();
        // The trailer is not hashed: what may belong to it is kept back.
        tail.extend_from_slice(&piece);
        let sure = tail.len().saturating_sub(1_024);
        hash.update(&tail[..sure]);
        tail.drain(..sure);
    }
    let took = begun.elapsed();
    let Seconds(used) = service.processor() - processor;
    let peak = service.memory().peak;
    judge(form, &tail, hash, people, report);
    let (most_people, most_time, most_memory) = MOST;
    if people == most_people && (took > most_time || peak > most_memory) {
        report.blame(format!("{form} of {people} people took {took:?} and {} MB", megabytes(peak)));
    }
    report.note(format!(
        "audience of {}, {form}, {turn}: {:.2} s, first bytes after {:.0} ms, {} MB sent, peak {} MB, {used:.1} s of processor",
        whole(f64::from(people)),
        took.as_secs_f64(),
        first.unwrap_or_default().as_secs_f64() * 1_000.0,
        bytes / 1_000_000,
        megabytes(peak),
    ));
}

/// Asks the send gate about people who came one after the other, as whoever writes to everybody does; about people as
/// far from each other as can be, so that none is found beside another; a stranger after each; and about one at a time.
async fn ask_the_gate(service: &Service, key: &str, people: u32, options: &Options, report: &mut Report) {
    let half = u32::try_from(CALL / 2).expect("a few thousand");
    let apart = (people / half).max(1);
    let question = |from: u32, step: usize| {
        let known = (from..people).step_by(step).take(CALL / 2);
        let known: Vec<u32> = known.zip(STRANGERS..).flat_map(|(a, b)| [a, b]).collect();
        Question::new(service.address, key, &known, known.len() / 2, false)
    };
    let one = |number: u32| Question::new(service.address, key, &[number], 1, true);
    let near: Vec<_> = (0..people / half).map(|it| question(it * half, 1)).collect();
    let far: Vec<_> = (0..apart.min(4)).map(|it| question(it, apart as usize)).collect();
    let single: Vec<_> = (0..people).step_by(apart as usize).map(one).collect();
    for (what, each, questions) in [
        ("checks of neighbours (addresses)", CALL, near),
        ("checks far and wide (addresses)", CALL, far),
        ("check of one", 1, single),
    ] {
        let work = Rc::new(Checks::new(questions));
        let stage = Stage { connections: AT_THE_GATE, time: Some(options.time()), rate: None };
        let tally = drive(service.address, stage, &work).await;
        for (wrong, times) in &tally.wrong {
            report.blame(format!("{what} among {people} people, {times} times: {wrong}"));
        }
        report.note(format!(
            "{what} among {}, {AT_THE_GATE} connections: {} a second, p50 {} ms, p99 {} ms",
            whole(f64::from(people)),
            whole(tally.per_second() * f64::from(u32::try_from(each).expect("a few"))),
            millis(tally.percentile(50)),
            millis(tally.percentile(99)),
        ));
    }
}

/// Whether the trailer says what came. A file for a tool has none.
fn judge(form: &str, tail: &[u8], mut hash: Sha256, people: u32, report: &mut Report) {
    if form.contains("profile") {
        return;
    }
    let text = String::from_utf8_lossy(tail);
    let start = text.rfind("{\"object\":\"trailer\"").or_else(|| text.rfind("#trailer")).unwrap_or_default();
    let (before, trailer) = text.split_at_checked(start).expect("it was found there");
    hash.update(before);
    let sha256 = hex::encode(hash.finalize());
    let counts = [format!("\"count\":{people},"), format!("count={people},")];
    if !trailer.contains(&sha256) || !counts.iter().any(|it| trailer.contains(it)) {
        report.blame(format!("{form}: the trailer is wrong: {trailer}"));
    }
}
