//! How long it takes to hand an audience out, and how much memory: to few people and to a hundred times as many.

use std::time::{Duration, Instant};

use ayeaye::{
    app::App,
    domain::{
        Locale,
        consent::{Consent, State},
        id::{ContactId, EvidenceId, TenantId},
    },
    store::{self, Batch, consent::Stored, contact::Newcomer},
};
use sha2::{Digest as _, Sha256};

use crate::{
    Options, people,
    report::{Report, megabytes, whole},
    service::{Place, Service, TENANT},
    usage::Seconds,
};

/// People in one transaction.
const AT_ONCE: u32 = 10_000;
/// Consents in one statement.
const IN_BATCH: usize = 500;
/// What is asked for.
const FORMS: [&str; 4] =
    ["ndjson", "ndjson?include=links", "csv?fields=email", "csv?profile=mailchimp&include=links"];
/// The promise: a million people in so long, with so much memory.
const MOST: (u32, Duration, u64) = (1_000_000, Duration::from_secs(10), 100_000_000);

/// Fills a database as far as is asked for, number after number, and has its audience handed out in each form, twice.
pub(crate) async fn run(options: &Options, place: &Place, report: &mut Report) {
    place.set_up();
    let key = place.key("audiences:read");
    let mut there = 0;
    for people in &options.people {
        let running = place.open().await;
        let begun = Instant::now();
        fill(&running.app, there..*people).await;
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
    }
}

/// People who confirmed a moment ago, written through the store.
async fn fill(app: &App, numbers: std::ops::Range<u32>) {
    let catalog = app.catalog();
    let tenant = catalog.tenant_named(TENANT).expect("it was set up");
    let purpose = tenant.purpose_named("newsletter").expect("it was set up").id;
    let mut next = numbers.start;
    while next < numbers.end {
        let end = numbers.end.min(next + AT_ONCE);
        let mut tx = app.store.begin().await.expect("a transaction");
        let mut met = Vec::new();
        for number in next..end {
            met.push(meet(app, &mut tx, tenant.id, number).await);
        }
        for group in met.chunks(IN_BATCH) {
            let mut batch = Batch::default();
            for id in group {
                let now = app.now();
                let consent = Consent { state: State::Confirmed, since: now, pending_since: None };
                let evidence = EvidenceId::new(now, &app.random);
                store::consent::put(
                    &mut batch,
                    tenant.id,
                    *id,
                    &[Stored { purpose, consent, evidence, used_at: None }],
                );
            }
            tx.batch(batch).await.expect("rows are written");
        }
        tx.commit().await.expect("a commit");
        next = end;
    }
}

async fn meet(app: &App, tx: &mut store::Tx, tenant: TenantId, number: u32) -> ContactId {
    let (now, email) = (app.now(), people::address(number));
    let id = ContactId::new(now, &app.random);
    let address_hash = &app.keys.address_hash(tenant, &email);
    let newcomer =
        Newcomer { tenant, id, email: &email, lookup_key: &email, address_hash, locale: Locale::En };
    store::contact::meet(tx, &newcomer, now).await.expect("somebody new").expect("not suppressed").id
}

/// Asks for an audience, reads it as it comes, and holds its count and hash against what came.
async fn hand_out(service: &Service, key: &str, form: &str, turn: &str, people: u32, report: &mut Report) {
    service.forget_peak();
    let (processor, begun) = (service.processor(), Instant::now());
    let and = if form.contains('?') { '&' } else { '?' };
    let url = format!("http://{}/v1/audiences/newsletter.{form}{and}recipient=Acme", service.address);
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
