//! The run: who signs up confirms, is checked, looks at their choices and leaves.

use std::{
    env, process,
    rc::Rc,
    time::{Duration, Instant},
};

use crate::{
    Options, Phase, audience,
    database::Database,
    deliveries,
    drive::{Stage, Tally, Work, drive, percentile},
    evidence::{self, Breaks, Chooser},
    examine,
    http::Connection,
    links::{self, CALL},
    people::STRANGERS,
    report::{self, Processor, Report, Row, megabytes, millis, whole},
    service::{Place, Service},
    sink::{Asked, Sink},
    stranger::{self, Strangers},
    timing, usage,
    work::{Checks, Confirm, Leaving, OneClick, Preferences, Question, SignUp},
};

/// How many different calls are made in turn, when enough people have confirmed.
const CALLS: usize = 4;
/// Least people whose page is looked at.
const READERS: usize = 1_000;
/// How often everybody stands in one stream of lines.
const TIMES: usize = 10;
/// Connections for what is prepared and not measured.
const PREPARING: u16 = 16;
/// Starts measured of each kind.
const STARTS: usize = 5;
/// How long the outbox may take to become empty.
const MAILS: Duration = Duration::from_mins(5);

/// A run under way.
struct Story<'a> {
    options: &'a Options,
    database: &'a Database,
    place: &'a Place,
    sink: &'a Sink,
    service: Service,
    key: String,
    report: Report,
    /// Requests a second at most, in what is measured.
    rate: Option<u32>,
    people: People,
}

/// How far people have come.
#[derive(Default)]
struct People {
    /// Who signs up next.
    next: u32,
    /// Mails that sign-ups have promised.
    promised: u64,
    /// Mails that came.
    came: u64,
    /// Who could confirm.
    asked: Vec<Asked>,
    /// Who has confirmed.
    confirmed: Vec<u32>,
}

/// Everything the options ask for.
pub(crate) async fn run(options: &Options) -> Report {
    let mut report = Report { setting: setting(), ..Report::default() };
    let database = Database::start(options.database);
    let sink = Sink::start();
    report.setting.push(database.describe());
    let fresh = || Place::new(options, &database, &sink.url());
    if options.wants(Phase::Startup) {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            times.push(fresh().start().await.1);
        }
        report.note(starts("an empty database, its schema made", times));
    }
    if options.wants(Phase::Fsck) {
        examine::run(options, &fresh(), &sink, &mut report).await;
    }
    if options.wants(Phase::Audience) {
        audience::run(options, &fresh(), &mut report).await;
    }
    if options.wants(Phase::Timing) {
        let place = fresh();
        place.set_up();
        let service = place.start().await.0;
        timing::run(&service, &mut report).await;
    }
    if options.wants(Phase::Deliveries) {
        deliveries::run(options, &fresh, &database, &mut report).await;
    }
    let is_alone =
        |it: &Phase| matches!(it, Phase::Fsck | Phase::Audience | Phase::Timing | Phase::Deliveries);
    let is_all = !options.only.is_empty() && options.only.iter().all(is_alone);
    if is_all {
        return report;
    }
    let place = fresh();
    let key = place.set_up();
    let service = place.start().await.0;
    let resident = megabytes(service.memory().resident);
    report.note(format!("resident before the first request: {resident} MB"));
    let database = &database;
    let mut story = Story {
        options,
        database,
        place: &place,
        sink: &sink,
        service,
        key,
        report,
        rate: None,
        people: People::default(),
    };
    story.tell().await;
    let Story { service, mut report, people, .. } = story;
    if !report.problems.is_empty() {
        eprintln!("The service said last:\n{}", service.last_words());
    }
    drop(service);
    if options.wants(Phase::Startup) {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            times.push(place.start().await.1);
        }
        let known = people.promised;
        report.note(starts(&format!("a database of {known} people who signed up"), times));
    }
    report
}

impl Story<'_> {
    async fn tell(&mut self) {
        let options = self.options;
        if options.wants(Phase::Signup) {
            self.sign_up().await;
        }
        if options.wants(Phase::Confirm) {
            self.confirm().await;
        }
        if [Phase::Checks, Phase::ChecksLines, Phase::ChecksOne].into_iter().any(|it| options.wants(it)) {
            self.check().await;
        }
        if [Phase::Preferences, Phase::PreferencesGzip, Phase::OneClick]
            .into_iter()
            .any(|it| options.wants(it))
        {
            self.look_and_leave().await;
        }
        if options.wants(Phase::Evidence) {
            self.record().await;
        }
        if self.sink.others() > 0 {
            let others = self.sink.others();
            self.report.blame(format!("{others} mails that nobody asked for"));
        }
    }

    async fn sign_up(&mut self) {
        for connections in &self.options.connections {
            let work = Rc::new(SignUp::new(self.service.address, self.people.next, STRANGERS));
            let begun = Instant::now();
            self.measure("signup", *connections, 1, &work).await;
            let before = self.people.came;
            self.note_signed_up(&work);
            self.wait_for_mails().await;
            let (mails, took) = (self.people.came - before, begun.elapsed().as_secs_f64());
            let mails = f64::from(u32::try_from(mails).unwrap_or(u32::MAX));
            let (each, mails) = (whole(mails / took), whole(mails));
            self.report.note(format!(
                "mails, {connections} connections signing up: {mails} in {took:.1} s, {each} a second"
            ));
        }
    }

    fn note_signed_up(&mut self, work: &SignUp) {
        let (next, accepted) = work.outcome();
        self.people.next = next;
        self.people.promised += accepted;
    }

    /// Waits until every mail that was promised has come.
    async fn wait_for_mails(&mut self) {
        let begun = Instant::now();
        loop {
            let asked = self.sink.take();
            self.people.came += asked.len() as u64;
            self.people.asked.extend(asked);
            if self.people.came >= self.people.promised {
                return;
            }
            if begun.elapsed() > MAILS {
                let (came, promised) = (self.people.came, self.people.promised);
                self.report.blame(format!("{came} of {promised} confirmation mails came"));
                // What came late is not waited for again.
                self.people.promised = came;
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Signs people up, unmeasured, until `enough` could confirm.
    async fn have_asked(&mut self, enough: usize) {
        let missing = u32::try_from(enough.saturating_sub(self.people.asked.len())).unwrap_or(u32::MAX);
        if missing == 0 {
            return;
        }
        let work = Rc::new(SignUp::new(self.service.address, self.people.next, self.people.next + missing));
        self.prepare("signing people up", &work).await;
        self.note_signed_up(&work);
        self.wait_for_mails().await;
    }

    async fn confirm(&mut self) {
        self.have_asked(READERS * self.options.connections.len()).await;
        let stages = self.options.connections.len();
        for (done, connections) in self.options.connections.iter().enumerate() {
            let most = self.people.asked.len() / (stages - done);
            let work =
                Rc::new(Confirm::new(self.service.address, std::mem::take(&mut self.people.asked), most));
            self.measure("confirm", *connections, 1, &work).await;
            self.note_confirmed(&work);
        }
    }

    fn note_confirmed(&mut self, work: &Confirm) {
        let (asked, confirmed) = work.outcome();
        self.people.asked = asked;
        self.people.confirmed.extend(confirmed);
    }

    /// Confirms, unmeasured, until `enough` have.
    async fn have_confirmed(&mut self, enough: usize) {
        let missing = enough.saturating_sub(self.people.confirmed.len());
        if missing == 0 {
            return;
        }
        self.have_asked(missing).await;
        let work =
            Rc::new(Confirm::new(self.service.address, std::mem::take(&mut self.people.asked), missing));
        self.prepare("confirming", &work).await;
        self.note_confirmed(&work);
    }

    async fn check(&mut self) {
        self.have_confirmed(CALL / 2).await;
        let (host, key) = (self.service.address, self.key.clone());
        let halves = self.people.confirmed.chunks_exact(CALL / 2).take(CALLS);
        let calls: Vec<Vec<u32>> = halves
            .map(|half| half.iter().copied().zip(STRANGERS..).flat_map(|(a, b)| [a, b]).collect())
            .collect();
        let some = self.people.confirmed.iter().take(CALL / 2).copied().collect::<Vec<_>>();
        let all = |question: &dyn Fn(&Vec<u32>) -> Question| calls.iter().map(question).collect::<Vec<_>>();
        for (phase, what, each, questions) in [
            (
                Phase::Checks,
                "checks (addresses)",
                CALL,
                all(&|people| Question::new(host, &key, people, CALL / 2, false)),
            ),
            (
                Phase::ChecksLines,
                "checks, lines (addresses)",
                CALL * TIMES,
                all(&|people| Question::lines(host, &key, people, CALL / 2, TIMES)),
            ),
            (
                Phase::ChecksOne,
                "check of one",
                1,
                some.iter().map(|it| Question::new(host, &key, &[*it], 1, true)).collect(),
            ),
        ] {
            if !self.options.wants(phase) {
                continue;
            }
            let work = Rc::new(Checks::new(questions));
            for connections in &self.options.connections {
                self.measure(what, *connections, each, &work).await;
            }
        }
    }

    async fn look_and_leave(&mut self) {
        self.have_confirmed(READERS * self.options.connections.len()).await;
        let links = links::of(&self.people.confirmed, self.service.address, &self.key).await;
        assert!(links.len() >= READERS, "only {} people have confirmed", links.len());
        let pages: Vec<String> = links.iter().map(|it| it.preferences.clone()).collect();
        for (phase, what) in
            [(Phase::Preferences, "preference page"), (Phase::PreferencesGzip, "preference page, gzip")]
        {
            if !self.options.wants(phase) {
                continue;
            }
            let gzip = phase == Phase::PreferencesGzip;
            let work = Rc::new(Preferences::new(self.service.address, pages.clone(), gzip));
            for connections in &self.options.connections {
                self.measure(what, *connections, 1, &work).await;
            }
        }
        if self.options.wants(Phase::OneClick) {
            let leaving =
                links.into_iter().map(|it| Leaving { number: it.number, path: it.unsubscribe }).collect();
            self.leave(leaving).await;
        }
    }

    async fn leave(&mut self, mut links: Vec<Leaving>) {
        let (stages, mut left) = (self.options.connections.len(), Vec::new());
        for (done, connections) in self.options.connections.iter().enumerate() {
            let most = links.len() / (stages - done);
            let work = Rc::new(OneClick::new(self.service.address, links, most));
            self.measure("one-click unsubscribe", *connections, 1, &work).await;
            let (unused, gone) = work.outcome();
            links = unused;
            left.extend(gone);
        }
        left.truncate(CALL);
        let question = Question::new(self.service.address, &self.key, &left, 0, false);
        let mut connection = Connection::to(self.service.address).await;
        let answer = connection.ask(question.request()).await.expect("the send gate answers");
        if let Err(wrong) = question.judge(answer) {
            self.report.blame(format!("asked about people who have left: {wrong}"));
        }
    }

    /// Makes records at a steady pace while strangers verify the log.
    async fn record(&mut self) {
        self.have_confirmed(READERS).await;
        let links = links::of(&self.people.confirmed, self.service.address, &self.key).await;
        let people =
            links.into_iter().map(|it| Chooser { number: it.number, path: it.preferences }).collect();
        let connections = self.options.connections.iter().copied().max().unwrap_or(PREPARING);
        let work = Rc::new(Breaks::new(self.service.address, people));
        let strangers = Strangers::start(self.service.address, &self.place.log_key());
        self.rate = Some(self.options.rate);
        self.measure("records, verified meanwhile", connections, 1, &work).await;
        self.rate = None;
        let answered = work.answered();
        let included = evidence::included(self.place.database_url(), &answered, &strangers.watched).await;
        let watched = strangers.stop().await;
        let [p50, p99, longest] = [50, 99, 100].map(|it| millis(percentile(&included.took, it)));
        let (checkpoints, proofs, failed) = (watched.sightings().len(), watched.proofs(), watched.failed());
        let records = included.took.len();
        self.report.note(format!(
            "{records} records, from the answer until a checkpoint over them could be fetched: \
             p50 {p50} ms, p99 {p99} ms, longest {longest} ms"
        ));
        let (amiss, strangers) = (failed.len(), stranger::STRANGERS);
        self.report.note(format!(
            "{checkpoints} checkpoints seen; {proofs} proofs by {strangers} strangers from checkpoint, entries and \
             tiles, each with one of consistency; {amiss} failed"
        ));
        for why in failed.into_iter().take(3) {
            self.report.blame(format!("a proof: {why}"));
        }
        if included.odd > 0 {
            self.report.blame(format!("{} records without a place or an answer", included.odd));
        }
    }

    async fn drive_all(&self, work: &Rc<impl Work>, connections: u16, time: Option<Duration>) -> Tally {
        let rate = self.rate.filter(|_| time.is_some());
        let stage = Stage { connections: usize::from(connections), time, rate };
        drive(self.service.address, stage, work).await
    }

    /// Drives until there is nothing left, unmeasured.
    async fn prepare(&mut self, what: &str, work: &Rc<impl Work>) {
        eprintln!("preparing: {what}");
        let tally = self.drive_all(work, PREPARING, None).await;
        self.blame(what, &tally);
    }

    /// Drives for the time of a stage and adds a row; one answer counts as `each`.
    async fn measure(&mut self, what: &'static str, connections: u16, each: usize, work: &Rc<impl Work>) {
        self.service.forget_peak();
        let before = self.processor();
        let tally = self.drive_all(work, connections, Some(self.options.time())).await;
        let (after, memory) = (self.processor(), self.service.memory());
        self.blame(&format!("{what}, {connections} connections"), &tally);
        let each = f64::from(u32::try_from(each).unwrap_or(u32::MAX));
        self.report.add(Row {
            what,
            connections,
            per_second: tally.per_second() * each,
            median: tally.percentile(50),
            p99: tally.percentile(99),
            longest: tally.percentile(100),
            memory,
            processor: Processor {
                service: after.service - before.service,
                client: after.client - before.client,
                database: after.database.zip(before.database).map(|(after, before)| after - before),
            },
        });
    }

    fn processor(&self) -> Processor {
        Processor {
            service: self.service.processor(),
            client: usage::processor(process::id()),
            database: self.database.processor(),
        }
    }

    /// Wrong answers make a run fail, and so does a stage without a right one.
    fn blame(&mut self, what: &str, tally: &Tally) {
        for (wrong, count) in &tally.wrong {
            self.report.blame(format!("{what}: {wrong}, {count} times"));
        }
        if tally.took.is_empty() {
            self.report.blame(format!("{what}: no right answer at all"));
        }
    }
}

/// Where and how this run was made.
fn setting() -> Vec<String> {
    let arguments: Vec<String> = env::args().skip(1).filter(|it| it != "--bench").collect();
    vec![format!("`cargo bench --bench load -- {}`", arguments.join(" ")), report::machine()]
}

fn starts(of: &str, mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let [least, median, most] = [times.first(), times.get(times.len() / 2), times.last()]
        .map(|it| millis(it.copied().unwrap_or_default()));
    let count = times.len();
    format!("start until ready, over {of}: median {median} ms of {count} starts ({least} to {most})")
}
