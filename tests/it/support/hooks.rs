//! Events written past the service, and receivers that note what came when and behave as they are told.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use ayeaye::{
    app::Clock,
    crypto::Random,
    domain::id::{EventId, TenantId},
    store::{Batch, Store, catalog, event},
};

use super::{
    receiver::{Answer, Request},
    served::Served,
};

/// How a receiver behaves until all are healed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Answers at once.
    Well,
    /// Answers after this time.
    After(Duration),
    /// Never answers.
    Hangs,
    /// Closes without a word.
    HangsUp,
    /// Answers 503 and asks to be left alone for a second.
    Busy,
    /// Answers 500 to every third request.
    Fails,
}

/// When each message came, by its id.
type Came = Arc<Mutex<BTreeMap<String, Vec<Instant>>>>;

/// One receiver.
pub(crate) struct Hook {
    served: Served,
    pub(crate) manner: Manner,
    came: Came,
}

impl Hook {
    /// A receiver; `healed` ends its manner.
    pub(crate) async fn start(manner: Manner, healed: Arc<AtomicBool>) -> Self {
        let came = Came::default();
        let (noted, count) = (Arc::clone(&came), AtomicUsize::new(0));
        let served = Served::start(move |request| {
            note(&noted, request);
            let number = count.fetch_add(1, Ordering::Relaxed);
            let manner = if healed.load(Ordering::Relaxed) { Manner::Well } else { manner };
            answer(manner, number)
        });
        Self { served: served.await, manner, came }
    }

    /// The address of a webhook endpoint on it.
    pub(crate) fn url(&self) -> String {
        format!("{}/hook", self.served.url())
    }

    /// When each message came, by its id.
    pub(crate) fn came(&self) -> MutexGuard<'_, BTreeMap<String, Vec<Instant>>> {
        self.came.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn note(came: &Came, request: &Request) {
    let id = request.header("webhook-id").expect("every message has an id").to_owned();
    assert_eq!(request.json()["id"], id.as_str(), "the same id inside");
    came.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default().push(Instant::now());
}

fn answer(manner: Manner, number: usize) -> Answer {
    match manner {
        Manner::Well => Answer::status(204),
        Manner::After(delay) => Answer::status(204).after(delay),
        Manner::Hangs => Answer::Hang,
        Manner::HangsUp => Answer::HangUp,
        Manner::Busy => Answer::status(503).header("Retry-After", "1"),
        Manner::Fails if number.is_multiple_of(3) => Answer::status(500),
        Manner::Fails => Answer::status(204),
    }
}

/// Tenants that each have one endpoint per receiver of theirs, as a file for `ayeaye apply`.
pub(crate) fn tenants(hooks: &[Vec<Hook>]) -> String {
    let mut text = String::new();
    for (number, its) in hooks.iter().enumerate() {
        let _written = write!(
            text,
            "[[tenant]]\nslug = \"t{number}\"\nname = \"T{number}\"\nlegal = \"T{number} Ltd, 1 Example Street\"\n\
             contact = \"privacy@t{number}.example\"\nfrom = \"T <confirm@t{number}.example>\"\nlocale = \"en\"\n"
        );
        for hook in its {
            let _written = write!(text, "[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"*\"]\n", hook.url());
        }
    }
    text
}

/// Writes events as if something had happened.
pub(crate) struct Events {
    store: Store,
    tenants: Vec<TenantId>,
    random: Random,
    /// The endpoints, by their address.
    pub(crate) endpoints: BTreeMap<String, String>,
    /// When each event was written, and in which tenant, by its id.
    pub(crate) written: BTreeMap<String, (Instant, usize)>,
}

impl Events {
    /// Into the database at this address, which is set up.
    pub(crate) async fn into(url: &str) -> Self {
        let store = Store::open(url).await.unwrap();
        let mut tx = store.read().await.unwrap();
        let catalog = catalog::load(&mut tx).await.unwrap();
        drop(tx);
        let of = |number| catalog.tenant_named(&format!("t{number}")).map(|it| it.id);
        let tenants = (0..).map_while(of).collect();
        let endpoints = catalog.endpoints.values().map(|it| (it.url.clone(), it.id.to_string())).collect();
        Self { store, tenants, random: Random::system(), endpoints, written: BTreeMap::new() }
    }

    /// Writes this many, to one tenant after the other.
    pub(crate) async fn write(&mut self, count: usize) {
        let now = Clock::system().now();
        let mut events = Vec::new();
        for _ in 0..count {
            let number = (self.written.len() + events.len()) % self.tenants.len();
            let event = event::Event {
                tenant: self.tenants[number],
                id: EventId::new(now, &self.random),
                kind: "consent.confirmed".to_owned(),
                at: now,
                contact: None,
                data: "{\"purpose\":\"newsletter\"}".to_owned(),
                sequence: None,
            };
            events.push((number, event));
        }
        let rows: Vec<event::Event> = events.iter().map(|it| it.1.clone()).collect();
        let mut batch = Batch::default();
        event::put(&mut batch, &rows);
        let mut tx = self.store.begin().await.unwrap();
        tx.batch(batch).await.unwrap();
        tx.commit().await.unwrap();
        let at = Instant::now();
        self.written.extend(events.into_iter().map(|(number, event)| (event.id.to_string(), (at, number))));
    }

    /// The ids of the events of one tenant.
    pub(crate) fn of(&self, tenant: usize) -> impl Iterator<Item = &String> {
        self.written.iter().filter(move |(_, it)| it.1 == tenant).map(|(id, _)| id)
    }
}
