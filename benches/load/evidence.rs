//! Evidence at a steady pace while strangers verify the log: does what is recorded get its place in time?

use std::{
    cell::RefCell,
    collections::BTreeMap,
    io::Write as _,
    net::SocketAddr,
    rc::Rc,
    time::{Duration, Instant},
};

use ayeaye::store::{self, Store};

use crate::{
    drive::Work,
    http::Answer,
    people,
    stranger::{Sighting, Watched},
    work,
};

/// Rows read at once.
const PAGE: i64 = 2_000;
/// How long the log may take to cover what was recorded last.
const PATIENCE: Duration = Duration::from_mins(1);

/// Somebody with the link of their preference page.
pub(crate) struct Chooser {
    /// Who.
    pub(crate) number: u32,
    /// The path of the link.
    pub(crate) path: String,
}

/// `POST /p/{token}`: one person after the other takes a break, or ends it: one act, one record.
pub(crate) struct Breaks {
    host: SocketAddr,
    people: Vec<Chooser>,
    inner: RefCell<Acts>,
}

#[derive(Default)]
struct Acts {
    next: usize,
    /// When each act of a person was answered, in the order of the acts.
    answered: BTreeMap<u32, Vec<Instant>>,
}

impl Breaks {
    /// Acts of these people, again and again.
    pub(crate) fn new(host: SocketAddr, people: Vec<Chooser>) -> Self {
        Self { host, people, inner: RefCell::default() }
    }

    /// When each act of each person was answered.
    pub(crate) fn answered(&self) -> BTreeMap<u32, Vec<Instant>> {
        std::mem::take(&mut self.inner.borrow_mut().answered)
    }
}

impl Work for Breaks {
    fn next(&self, out: &mut Vec<u8>) -> Option<u32> {
        let mut inner = self.inner.borrow_mut();
        let (at, round) = (inner.next % self.people.len(), inner.next / self.people.len());
        inner.next += 1;
        let body = if round.is_multiple_of(2) { "do=pause&pause=2w" } else { "do=resume" };
        let Chooser { number, path } = self.people.get(at)?;
        work::post_form(out, self.host, path, body);
        Some(*number)
    }

    fn judge(&self, number: u32, answer: Answer<'_>) -> Result<(), String> {
        work::status(answer, &[200, 303])?;
        self.inner.borrow_mut().answered.entry(number).or_default().push(Instant::now());
        Ok(())
    }
}

/// What became of the records of a run.
pub(crate) struct Included {
    /// From the answer to an act until a stranger could fetch a checkpoint that covers its record; in order.
    pub(crate) took: Vec<Duration>,
    /// Records without a place, or without an answer.
    pub(crate) odd: usize,
}

/// Holds every record against the first checkpoint that was seen over it. Waits for the last one.
pub(crate) async fn included(
    url: &str,
    answered: &BTreeMap<u32, Vec<Instant>>,
    watched: &Rc<Watched>,
) -> Included {
    let store = Store::open(url).await.expect("the database of the service can be read");
    let places = places(&store).await;
    let last = places.values().flatten().max().copied().unwrap_or_default();
    let begun = Instant::now();
    while watched.newest() <= last && begun.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    store.close().await;
    let sightings = watched.sightings();
    let mut included = Included { took: Vec::new(), odd: 0 };
    for (number, answers) in answered {
        let places = places.get(number).map(Vec::as_slice).unwrap_or_default();
        included.odd += places.len().abs_diff(answers.len());
        for (answer, place) in answers.iter().zip(places) {
            match first_over(&sightings, *place) {
                Some(seen) => included.took.push(seen.saturating_duration_since(*answer)),
                None => included.odd += 1,
            }
        }
    }
    included.took.sort_unstable();
    included
}

fn first_over(sightings: &[Sighting], place: u64) -> Option<Instant> {
    let at = sightings.partition_point(|it| it.size <= place);
    sightings.get(at).map(|it| it.at)
}

/// Where the records of breaks stand in the log, by person and in the order they were made.
async fn places(store: &Store) -> BTreeMap<u32, Vec<u64>> {
    let mut tx = store.peek().await.expect("a connection");
    let begun = Instant::now();
    while !store::evidence::unlogged(&mut tx, 1).await.expect("facts").is_empty() {
        assert!(begun.elapsed() < PATIENCE, "facts are left without a place");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut places: BTreeMap<u32, Vec<(String, u64)>> = BTreeMap::new();
    let mut from = 0;
    loop {
        let page = store::evidence::logged(&mut tx, from, PAGE).await.expect("facts");
        let Some(last) = page.last().and_then(|it| it.position) else { break };
        from = last + 1;
        for fact in page.iter().filter(|it| it.kind.starts_with("pause.")) {
            let number = fact.record.as_deref().and_then(|it| people::number(it.as_bytes()));
            if let Some((number, place)) = number.zip(fact.position) {
                places.entry(number).or_default().push((fact.id.to_string(), place));
            }
        }
    }
    let in_order = |mut of_one: Vec<(String, u64)>| {
        of_one.sort_unstable();
        of_one.into_iter().map(|it| it.1).collect()
    };
    places.into_iter().map(|(number, of_one)| (number, in_order(of_one))).collect()
}

/// The path of a request for a GET.
pub(crate) fn get(out: &mut Vec<u8>, host: SocketAddr, path: &str) {
    out.clear();
    // Writing to a vector cannot fail.
    let _ = write!(out, "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
}
