//! The webhook receiver.

use std::time::Duration;

use reqwest::Client;

use crate::support::receiver::{Answer, Receiver};

fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().timeout(Duration::from_millis(300)).build().unwrap()
}

#[tokio::test]
async fn answers_follow_the_script_and_requests_are_kept() {
    let busy = Answer::status(503).header("Retry-After", "7").body("a moment");
    let receiver = Receiver::start([busy]).await;
    let client = client();
    let send = || client.post(receiver.url()).header("Webhook-Id", "msg_1").body(r#"{"n":1}"#).send();
    let first = send().await.unwrap();
    assert_eq!((first.status().as_u16(), first.headers()["retry-after"].to_str().unwrap()), (503, "7"));
    assert_eq!(first.text().await.unwrap(), "a moment");
    assert_eq!(send().await.unwrap().status(), 204);
    receiver.otherwise(Answer::status(410));
    assert_eq!(send().await.unwrap().status(), 410);

    let requests = receiver.wait_for(3).await;
    assert_eq!((requests[0].method.as_str(), requests[0].target.as_str()), ("POST", "/hook"));
    assert_eq!(requests[0].header("webhook-id"), Some("msg_1"));
    assert_eq!(requests[0].json(), serde_json::json!({ "n": 1 }));
    assert_eq!(requests[2].body, br#"{"n":1}"#);
    assert_eq!(receiver.most_at_once(), 1);
}

#[tokio::test]
async fn silence_and_hanging_up_look_different_to_the_client() {
    let late = Answer::status(200).after(Duration::from_secs(30));
    let receiver = Receiver::start([Answer::Hang, late, Answer::HangUp]).await;
    let client = client();
    for is_silent in [true, true, false] {
        let error = client.post(receiver.url()).body("{}").send().await.unwrap_err();
        assert_eq!(error.is_timeout(), is_silent, "{error:?}");
    }
    assert_eq!(receiver.requests().len(), 3);
}

#[tokio::test]
async fn requests_at_the_same_time_are_counted() {
    let pause = Duration::from_millis(100);
    let slow = || Answer::status(200).after(pause);
    let receiver = Receiver::start([slow(), slow()]).await;
    let client = client();
    let send = || async { client.post(receiver.url()).body("{}").send().await.unwrap().status() };
    assert_eq!(
        futures_util::future::join(send(), send()).await,
        (200.try_into().unwrap(), 200.try_into().unwrap())
    );
    assert_eq!(receiver.most_at_once(), 2);
}
