use super::*;
use crate::{
    app::testing::{House, NOON, Person, settled},
    domain::{
        consent::{Consent, State},
        time::DAY,
    },
};

/// One address a line.
struct Plain;

impl Form for Plain {
    fn head(&self, _out: &mut Vec<u8>) {}

    fn person(&self, out: &mut Vec<u8>, recipient: &Recipient<'_>) -> bool {
        out.extend_from_slice(recipient.email.as_bytes());
        out.push(b'\n');
        true
    }

    fn trailer(&self, out: &mut Vec<u8>, disclosure: &Disclosure) {
        out.extend_from_slice(format!("{}\n", disclosure.people).as_bytes());
    }
}

const HOUR: Duration = Duration::from_hours(1);
const PEOPLE: [&str; 5] =
    ["ada@example.org", "bob@example.org", "cyd@example.org", "dan@example.org", "eve@example.org"];

async fn house() -> House {
    let house = House::new().await;
    for email in PEOPLE {
        house.confirmed("acme", email).await;
        house.clock.advance(1);
    }
    house
}

fn asked(house: &House) -> Asked {
    asked_by(house, "acme")
}

fn asked_by(house: &House, tenant: &str) -> Asked {
    Asked {
        tenant: house.tenant(tenant),
        purpose: house.purpose(tenant, "newsletter"),
        recipient: String::new(),
        key: ApiKeyId::from_bytes([1; 8]),
        columns: "email".to_owned(),
        form: "plain".to_owned(),
        links: false,
        entered: false,
    }
}

/// A stream of pieces of one person each, of which one may wait.
async fn streamed(
    house: &House,
    pace: Pace,
) -> (mpsc::Receiver<Piece>, DisclosureId, tokio::task::JoinHandle<()>) {
    let audience = open(&house.app, asked(house)).await.unwrap().unwrap();
    let disclosure = audience.disclose(&house.app).await.unwrap();
    let (sender, receiver) = mpsc::channel(1);
    let id = disclosure.id;
    let sending = tokio::spawn(audience.send(house.app.clone(), Plain, disclosure, sender, pace));
    (receiver, id, sending)
}

/// As [`streamed`], to somebody with a name, who may be gone before it begins.
async fn streamed_to(
    name: &str,
    house: &House,
    pace: Pace,
    is_gone: bool,
) -> (Option<mpsc::Receiver<Piece>>, DisclosureId, tokio::task::JoinHandle<()>) {
    let asked = Asked { recipient: name.to_owned(), ..asked(house) };
    let audience = open(&house.app, asked).await.unwrap().unwrap();
    let disclosure = audience.disclose(&house.app).await.unwrap();
    let (sender, receiver) = mpsc::channel(1);
    let receiver = Some(receiver).filter(|_| !is_gone);
    let id = disclosure.id;
    let sending = tokio::spawn(audience.send(house.app.clone(), Plain, disclosure, sender, pace));
    (receiver, id, sending)
}

async fn outcome(house: &House, id: DisclosureId) -> Disclosure {
    disclosure(&house.app, house.tenant("acme").id, id).await.unwrap().unwrap()
}

async fn rest(mut pieces: mpsc::Receiver<Piece>) -> (String, bool) {
    let mut text = String::new();
    while let Some(piece) = pieces.recv().await {
        match piece {
            Piece::Bytes(bytes) => text.push_str(&String::from_utf8(bytes).unwrap()),
            Piece::End => return (text, true),
        }
    }
    (text, false)
}

#[tokio::test]
async fn whoever_reads_gets_everybody() {
    let house = house().await;
    let (pieces, id, sending) = streamed(&house, Pace { piece: HOUR, whole: HOUR, people: 1 }).await;
    assert_eq!(outcome(&house, id).await.outcome, "open", "noted before anything is sent");
    let (text, is_whole) = rest(pieces).await;
    assert!(is_whole);
    assert_eq!(text, format!("{}\n5\n", PEOPLE.join("\n")));
    sending.await.unwrap();
    let ended = outcome(&house, id).await;
    assert_eq!(
        (ended.outcome.as_str(), ended.people, ended.ended_at),
        ("complete", 5, Some(house.app.now()))
    );
    assert_eq!(ended.good_until, Some(NOON.plus(crate::domain::consent::USE_BY)));
}

#[tokio::test]
async fn whoever_stops_reading_holds_nothing_for_long() {
    let house = house().await;
    let soon = Duration::from_millis(20);
    for pace in [Pace { piece: soon, whole: HOUR, people: 1 }, Pace { piece: HOUR, whole: soon, people: 1 }] {
        let (pieces, id, sending) = streamed(&house, pace).await;
        sending.await.unwrap();
        assert_eq!(outcome(&house, id).await.outcome, "broken");
        assert!(house.app.store.scrub().await.unwrap(), "nobody reads the database any more");
        let (_, is_whole) = rest(pieces).await;
        assert!(!is_whole, "what was sent has no end");
    }
    // The place is free again.
    let one = open(&house.app, asked(&house)).await.unwrap();
    assert!(one.is_some());
    assert!(open(&house.app, asked(&house)).await.unwrap().is_none(), "one of a tenant at once");
    let theirs = open(&house.app, asked_by(&house, "other")).await.unwrap();
    assert!(theirs.is_some(), "the others have theirs");
}

#[tokio::test]
async fn whoever_goes_away_and_a_service_that_stops_end_it_at_once() {
    let house = house().await;
    let pace = Pace { piece: HOUR, whole: HOUR, people: 1 };
    let (pieces, id, sending) = streamed(&house, pace).await;
    drop(pieces);
    sending.await.unwrap();
    assert_eq!(outcome(&house, id).await.outcome, "broken");
    let (mut pieces, id, sending) = streamed(&house, pace).await;
    assert!(pieces.recv().await.is_some());
    house.confirmed("acme", "new@example.org").await;
    assert!(!house.app.store.scrub().await.unwrap(), "the stream still shows what was");
    house.app.wake.stopping.send_replace(true);
    sending.await.unwrap();
    assert_eq!(outcome(&house, id).await.outcome, "broken");
    assert!(house.app.store.scrub().await.unwrap());
}

#[tokio::test]
async fn whoever_is_cut_off_is_a_recipient_only_if_somebody_was_sent() {
    let house = house().await;
    let pace = Pace { piece: HOUR, whole: HOUR, people: 1 };
    let recipients = async || {
        let mut tx = house.app.store.peek().await.unwrap();
        store::disclosure::recipients(&mut tx, house.tenant("acme").id).await.unwrap().len()
    };
    let (pieces, id, sending) = streamed_to("Acme Mail", &house, pace, true).await;
    assert!(pieces.is_none());
    sending.await.unwrap();
    let ended = outcome(&house, id).await;
    assert_eq!((ended.outcome.as_str(), ended.people, recipients().await), ("broken", 0, 0));
    let (pieces, id, sending) = streamed_to("Acme Mail", &house, pace, false).await;
    let mut pieces = pieces.unwrap();
    assert!(pieces.recv().await.is_some());
    drop(pieces);
    sending.await.unwrap();
    let ended = outcome(&house, id).await;
    assert_eq!((ended.outcome.as_str(), recipients().await), ("broken", 1));
    assert!((1..5).contains(&ended.people), "{ended:?}");
}

#[tokio::test]
async fn others_read_and_write_while_streams_wait() {
    let house = house().await;
    let pace = Pace { piece: HOUR, whole: HOUR, people: 1 };
    let (pieces, ..) = streamed(&house, pace).await;
    let theirs = open(&house.app, asked_by(&house, "other")).await.unwrap();
    assert!(theirs.is_some());
    let mut readers = Vec::new();
    for _ in 0..4 {
        readers.push(house.app.store.read().await.unwrap());
    }
    drop(readers);
    house.confirmed("acme", "new@example.org").await;
    let (text, is_whole) = rest(pieces).await;
    assert!(is_whole && text.ends_with("\n5\n") && !text.contains("new@"), "{text}");
}

#[tokio::test]
async fn a_consent_that_is_handed_out_is_in_use() {
    let house = House::new().await;
    let since = NOON.plus(-31 * DAY);
    let consent = Some(Consent { since, ..settled(State::Confirmed) });
    let old = Person { email: Some("ada@example.org"), consent, ..Person::default() };
    let (old, _) = house.person("acme", &old).await;
    house.clock.advance(1);
    let paused_until = Some(NOON.plus(DAY));
    let away = Person { email: Some("bob@example.org"), consent, paused_until, ..Person::default() };
    let (away, _) = house.person("acme", &away).await;
    house.clock.advance(1);
    let (new, _) = house.confirmed("acme", "cyd@example.org").await;
    let (pieces, _, sending) = streamed(&house, Pace::USUAL).await;
    assert_eq!(rest(pieces).await, ("ada@example.org\ncyd@example.org\n2\n".to_owned(), true));
    sending.await.unwrap();
    for (contact, used_at) in [(old, Some(house.app.now())), (away, None), (new, None)] {
        let mut tx = house.app.store.peek().await.unwrap();
        let stored = store::consent::of_contact(&mut tx, house.tenant("acme").id, contact).await.unwrap();
        assert_eq!(stored[0].used_at, used_at);
    }
}
