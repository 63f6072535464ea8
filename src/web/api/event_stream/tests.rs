use std::{pin::pin, time::Duration};

use actix_web::test::TestRequest;
use futures_util::StreamExt as _;
use tokio::time::Instant;

use super::{Listener, Said};
use crate::web::api::testing::{Api, with_key};

const SOON: Duration = Duration::from_millis(5);

fn listener(api: &Api, after: i64, beat: Duration) -> Listener {
    let tenant = api.house.tenant("acme").id;
    let place = api.house.app.places.listeners.take(tenant).unwrap();
    Listener {
        app: api.house.app.clone(),
        tenant,
        key: api.key.clone(),
        after,
        beat,
        judged_at: Instant::now(),
        said: Said::Nothing,
        _place: place,
    }
}

#[tokio::test]
async fn what_was_told_comes_first_then_what_is_told_now() {
    let api = Api::new().await;
    api.house.happen("acme", None, &["ping", "consent.confirmed", "ping"]).await;
    let mut pieces = pin!(listener(&api, 1, Duration::from_hours(1)).pieces());
    let mut next = async || String::from_utf8(pieces.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert_eq!(next().await, "retry: 3000\n\n");
    let told = next().await;
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!((lines[0], lines[1], lines[3]), ("id: 2", "event: consent.confirmed", ""));
    let envelope: serde_json::Value = serde_json::from_str(lines[2].strip_prefix("data: ").unwrap()).unwrap();
    assert_eq!(envelope, api.get("/v1/events?after=1&limit=1").await.json["data"][0]);
    assert_eq!((lines[4], lines[5], lines.len()), ("id: 3", "event: ping", 8));
    assert_eq!(next().await, ": live\n\n");
    let (told, ()) = tokio::join!(next(), api.house.happen("acme", None, &["pause.ended"]));
    assert!(told.starts_with("id: 4\nevent: pause.ended\n"), "{told}");
}

#[tokio::test]
async fn a_silent_stream_beats_and_ends_with_its_key() {
    let api = Api::new().await;
    let mut pieces = pin!(listener(&api, 0, SOON).pieces());
    let mut next = async || pieces.next().await.map(|it| String::from_utf8(it.unwrap().to_vec()).unwrap());
    for wanted in ["retry: 3000\n\n", ": live\n\n", ": \n\n", ": \n\n"] {
        assert_eq!(next().await.as_deref(), Some(wanted));
    }
    let id = crate::app::keys::find_api_key(&api.house.app, &api.key).await.unwrap().unwrap().id;
    api.house.revoke(id).await;
    assert_eq!(next().await, None);
}

#[tokio::test]
async fn a_busy_stream_ends_with_its_key_too() {
    let api = Api::new().await;
    api.house.happen("acme", None, &["ping"]).await;
    let mut pieces = pin!(listener(&api, 0, Duration::ZERO).pieces());
    let mut next = async || pieces.next().await.map(|it| String::from_utf8(it.unwrap().to_vec()).unwrap());
    assert_eq!(next().await.as_deref(), Some("retry: 3000\n\n"));
    assert!(next().await.unwrap().starts_with("id: 1\n"));
    let id = crate::app::keys::find_api_key(&api.house.app, &api.key).await.unwrap().unwrap().id;
    api.house.revoke(id).await;
    api.house.happen("acme", None, &["ping"]).await;
    assert_eq!(next().await, None);
}

#[tokio::test]
async fn a_stream_ends_when_the_service_stops() {
    let api = Api::new().await;
    let mut pieces = pin!(listener(&api, 0, Duration::from_hours(1)).pieces());
    pieces.next().await.unwrap().unwrap();
    pieces.next().await.unwrap().unwrap();
    let stop = async { api.house.app.wake.stopping.send_replace(true) };
    let (last, _) = tokio::join!(pieces.next(), stop);
    assert!(last.is_none());
}

#[tokio::test]
async fn a_client_says_where_it_was() {
    let api = Api::new().await;
    // Ended at once, so that the whole body can be read.
    api.house.happen("acme", None, &["ping", "ping", "ping"]).await;
    api.house.app.wake.stopping.send_replace(true);
    let ask = async |query: &str, last: Option<&str>| {
        let request = TestRequest::get().uri(&format!("/v1/events/stream{query}"));
        let request = match last {
            Some(last) => request.insert_header(("last-event-id", last)),
            None => request,
        };
        api.send(with_key(request, &api.key)).await
    };
    for (query, last, ids) in [
        ("", None, vec!["id: 1", "id: 2", "id: 3"]),
        ("?after=2", None, vec!["id: 3"]),
        ("", Some("1"), vec!["id: 2", "id: 3"]),
        ("?after=0", Some("2"), vec!["id: 3"]),
        ("?after=3", None, vec![]),
    ] {
        let answer = ask(query, last).await;
        assert_eq!((answer.status, answer.media_type.as_str()), (200, "text/event-stream"));
        assert_eq!(answer.header("content-encoding"), Some("identity"));
        let found: Vec<&str> = answer.text.lines().filter(|it| it.starts_with("id: ")).collect();
        assert_eq!(found, ids, "{query} {last:?}");
    }
    for wrong in ["", "x", "-1", "+1", "1.0", "evt_1", "9223372036854775808"] {
        ask("", Some(wrong)).await.is_problem(400);
    }
    ask("?after=4", None).await.is_problem(409);
    ask("?after=x", None).await.is_wrong_at(&["after"]);
    let head = TestRequest::default().method(actix_web::http::Method::HEAD).uri("/v1/events/stream");
    assert_eq!(api.send(with_key(head, &api.key)).await.text, "");
}
