//! How long `ayeaye fsck` takes over very many records, and how much memory.

use std::{rc::Rc, time::Instant};

use crate::{
    Options,
    drive::{Stage, Work, drive},
    fill::{self, Model},
    links, people,
    report::{Report, megabytes, whole},
    service::Place,
    sink::Sink,
    work::{Confirm, Leaving, OneClick, SignUp},
};

/// Fills a database and has it examined, twice: the first time nothing is in the system's cache but what was written.
pub(crate) async fn run(options: &Options, place: &Place, sink: &Sink, report: &mut Report) {
    let key = place.set_up();
    come_and_go(place, sink, &key).await;
    let running = place.open().await;
    let model = Model::read(&running.app, people::address(0)).await;
    let people = options.records / u32::try_from(model.records()).unwrap_or(u32::MAX);
    let begun = Instant::now();
    model.copy(&running.app, 1..people, people::address).await;
    let filled = begun.elapsed().as_secs_f64();
    fill::write_log(&running.app).await;
    let logged = begun.elapsed().as_secs_f64() - filled;
    running.stop().await;
    let records = f64::from(people) * f64::from(u32::try_from(model.records()).unwrap_or(u32::MAX));
    report.note(format!(
        "{} records of {} people: written in {filled:.0} s, given their places and signed in {logged:.0} s",
        whole(records),
        whole(f64::from(people)),
    ));
    for turn in ["first", "again"] {
        let (took, peak, said) = place.fsck();
        let (took, peak) = (took.as_secs_f64(), megabytes(peak));
        report.note(format!("fsck, {turn}: {took:.1} s, at most {peak} MB; {}", said.trim()));
        if !said.contains("\"clean\":true") {
            report.blame("the examination found something".to_owned());
        }
    }
}

/// One person signs up, confirms and leaves, so that there is something to copy.
async fn come_and_go(place: &Place, sink: &Sink, key: &str) {
    let service = place.start().await.0;
    do_all(service.address, Rc::new(SignUp::new(service.address, 0, 1))).await;
    let asked = loop {
        let asked = sink.take();
        if !asked.is_empty() {
            break asked;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    do_all(service.address, Rc::new(Confirm::new(service.address, asked, 1))).await;
    let links = links::of(&[0], service.address, key).await;
    let leaving = links.into_iter().map(|it| Leaving { number: it.number, path: it.unsubscribe }).collect();
    do_all(service.address, Rc::new(OneClick::new(service.address, leaving, 1))).await;
}

async fn do_all(address: std::net::SocketAddr, work: Rc<impl Work>) {
    let tally = drive(address, Stage { connections: 1, time: None, rate: None }, &work).await;
    assert!(tally.wrong.is_empty() && tally.took.len() == 1, "{:?}", tally.wrong);
}
