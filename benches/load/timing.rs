//! Whether the time of an answer tells that an address is known: people who signed up against strangers.

use std::time::{Duration, Instant};

use crate::{
    drive::percentile,
    http::Connection,
    people,
    report::{Report, millis},
    service::Service,
    work,
};

/// Answers of each kind that are timed.
const ROUNDS: u32 = 1_000;
/// Answers of each kind before them that are not.
const WARMING: u32 = 50;
/// Strangers have numbers from here on: far from everybody else's.
const STRANGERS: u32 = 500_000_000;
/// The most by which the medians may differ.
const ALLOWED: Duration = Duration::from_millis(2);

/// Times sign-ups of people who are known and of strangers, one after the other on one connection, the first of each
/// pair in turn of either kind.
pub(crate) async fn run(service: &Service, report: &mut Report) {
    let mut connection = Connection::to(service.address).await;
    for number in 0..WARMING + ROUNDS {
        ask(&mut connection, service, number, report).await;
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..WARMING + ROUNDS {
        let stranger = STRANGERS + number;
        let (of_known, of_unknown) = if number % 2 == 0 {
            let first = ask(&mut connection, service, number, report).await;
            (first, ask(&mut connection, service, stranger, report).await)
        } else {
            let first = ask(&mut connection, service, stranger, report).await;
            (ask(&mut connection, service, number, report).await, first)
        };
        if number >= WARMING {
            known.push(of_known);
            unknown.push(of_unknown);
        }
    }
    known.sort_unstable();
    unknown.sort_unstable();
    let (of_known, of_unknown) = (percentile(&known, 50), percentile(&unknown, 50));
    let apart = of_known.abs_diff(of_unknown);
    report.note(format!(
        "sign-up, {ROUNDS} answers of each kind in turn: median {} ms of known addresses, {} ms of unknown ones, {} ms apart",
        millis(of_known),
        millis(of_unknown),
        millis(apart),
    ));
    if apart > ALLOWED {
        report.blame(format!("the medians are more than {} ms apart", millis(ALLOWED)));
    }
}

/// Signs somebody up; how long the answer took.
async fn ask(connection: &mut Connection, service: &Service, number: u32, report: &mut Report) -> Duration {
    let mut request = Vec::new();
    let body = format!("email={}&p=newsletter&locale=en", people::address(number));
    work::post_form(&mut request, service.address, "/f/newsletter", &body);
    let begun = Instant::now();
    let answer = connection.ask(&request).await.expect("an answer");
    let took = begun.elapsed();
    if let Err(why) = work::status(answer, &[303]) {
        report.blame(format!("signing up: {why}"));
    }
    took
}
