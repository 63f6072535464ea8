//! The client against receivers that behave and misbehave.

use std::{io::Write, sync::Mutex};

use tokio::{io::AsyncWriteExt, net::TcpListener};

use super::{
    super::{answer::Verdict, verdict},
    receiver::{Receiver, read_request},
    *,
};

const BODY: &[u8] = r#"{"type":"ping","note":"né"}"#.as_bytes();
/// 2026-11-21T09:14:32Z
const NOW: i64 = 1_795_252_472;
/// Enough for a loaded machine; used where an answer comes at once.
pub(super) const PATIENT: Duration = Duration::from_secs(20);
/// Used where the deadline itself is awaited.
const SHORT: Duration = Duration::from_secs(1);

pub(super) fn loopback() -> AllowNets {
    "127.0.0.1/32".parse().unwrap()
}

fn client(deadline: Duration) -> Client {
    Client::new(loopback(), deadline).unwrap()
}

pub(super) async fn send(client: &Client, url: &str) -> AttemptResult {
    let url = EndpointUrl::parse(url, &loopback()).unwrap();
    let secrets = [Secret::from_bytes(vec![7; 32]).unwrap()];
    let attempt =
        Attempt { url: &url, id: "evt_01JDABC", timestamp_seconds: NOW, body: BODY, secrets: &secrets };
    client.attempt(attempt).await
}

/// The result for a receiver that answers these bytes.
async fn answered(bytes: impl Into<Vec<u8>>) -> AttemptResult {
    let receiver = Receiver::answering(bytes).await;
    let result = send(&client(PATIENT), &receiver.url()).await;
    assert_eq!(receiver.connects(), 1, "one attempt is one connection");
    result
}

fn assert_took_the_deadline(result: &AttemptResult) {
    assert!((1_000..6_000).contains(&result.ms), "took {} ms", result.ms);
}

#[tokio::test]
async fn a_delivery_carries_the_exact_bytes_and_the_standard_headers() {
    let mut receiver = Receiver::answering("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await;
    let result = send(&client(PATIENT), &receiver.url()).await;
    assert_eq!((result.status, result.body.as_slice(), result.error), (Some(200), b"ok".as_slice(), None));
    assert_eq!(verdict(&result), Verdict::Delivered);

    let request = receiver.request().await;
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body.as_bytes(), BODY);
    let mut lines: Vec<&str> = head.lines().collect();
    assert_eq!(lines.remove(0), "POST /hook?a=b HTTP/1.1");
    lines.sort_unstable();
    let signature = sign("evt_01JDABC", NOW, BODY, &[Secret::from_bytes(vec![7; 32]).unwrap()]);
    assert_eq!(
        lines,
        [
            "accept: */*",
            &format!("content-length: {}", BODY.len()),
            "content-type: application/json",
            &format!("host: {}", receiver.address),
            &format!("user-agent: Ayeaye/{}", env!("CARGO_PKG_VERSION")),
            "webhook-id: evt_01JDABC",
            &format!("webhook-signature: {signature}"),
            &format!("webhook-timestamp: {NOW}"),
        ],
        "no cookie, no accept-encoding, nothing else"
    );
}

#[tokio::test]
async fn a_connection_is_used_again_until_it_has_been_idle_for_two_seconds() {
    let receiver = Receiver::start(|mut stream| async move {
        loop {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
            if read_request(&mut stream).await.is_empty() {
                return;
            }
        }
    })
    .await;
    let client = client(PATIENT);
    for _ in 0..5 {
        assert_eq!(send(&client, &receiver.url()).await.status, Some(200));
    }
    assert_eq!(receiver.connects(), 1);
    tokio::time::sleep(IDLE + Duration::from_millis(100)).await;
    assert_eq!(send(&client, &receiver.url()).await.status, Some(200));
    assert_eq!(receiver.connects(), 2);
}

#[tokio::test]
async fn an_answer_that_was_not_read_to_its_end_leaves_no_connection_behind() {
    let receiver = Receiver::start(|mut stream| async move {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n";
        let _client_gone = stream.write_all(format!("{head}{}", "x".repeat(1_000_000)).as_bytes()).await;
        read_request(&mut stream).await;
    })
    .await;
    let client = client(PATIENT);
    for connects in 1..=3 {
        assert_eq!(send(&client, &receiver.url()).await.body.len(), KEPT_BODY);
        assert_eq!(receiver.connects(), connects);
    }
}

#[tokio::test]
async fn answers_without_a_body_are_answers() {
    let result = answered("HTTP/1.1 204 No Content\r\n\r\n").await;
    assert_eq!((result.status, result.body.len(), verdict(&result)), (Some(204), 0, Verdict::Delivered));
    let result = answered("HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!(verdict(&result), Verdict::Gone);
    let result = answered("HTTP/1.1 500 Oh\r\ncontent-length: 4\r\n\r\nboom").await;
    assert_eq!(
        (result.body.as_slice(), verdict(&result)),
        (b"boom".as_slice(), Verdict::Retry { after: None })
    );
}

#[tokio::test]
async fn a_redirect_is_a_failure_and_is_not_followed() {
    let second = Receiver::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    for status in [301, 302, 303, 307, 308] {
        let location = second.url();
        let result = answered(format!(
            "HTTP/1.1 {status} Moved\r\nlocation: {location}\r\nrefresh: 0;url={location}\r\ncontent-length: 0\r\n\r\n"
        ))
        .await;
        assert_eq!((result.status, verdict(&result)), (Some(status), Verdict::Retry { after: None }));
    }
    assert_eq!(second.connects(), 0);
}

#[tokio::test]
async fn a_busy_receiver_is_given_the_time_it_asks_for() {
    let result = answered("HTTP/1.1 503 Busy\r\nretry-after: 120\r\ncontent-length: 0\r\n\r\n").await;
    assert_eq!((result.retry_after, verdict(&result)), (Some(120), Verdict::Retry { after: Some(120_000) }));
    let date = "HTTP/1.1 503 Busy\r\nretry-after: Sat, 21 Nov 2026 09:24:32 GMT\r\ncontent-length: 0\r\n\r\n";
    let asked = answered(date).await.retry_after.unwrap();
    assert!((580..=600).contains(&asked), "ten minutes from the attempt, not {asked} s");
    let nonsense = "HTTP/1.1 429 Slow\r\nretry-after: tomorrow\r\ncontent-length: 0\r\n\r\n";
    assert_eq!(verdict(&answered(nonsense).await), Verdict::Retry { after: None });
}

#[tokio::test]
async fn a_body_beyond_4_kib_is_cut() {
    let mut answer = b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n".to_vec();
    answer.extend((0..10_000_u32).map(|it| b'a' + u8::try_from(it % 26).unwrap()));
    let result = answered(answer.clone()).await;
    assert_eq!(result.body, answer[answer.len() - 10_000..][..KEPT_BODY]);
    let exact = format!("HTTP/1.1 200 OK\r\ncontent-length: 4096\r\n\r\n{}", "x".repeat(KEPT_BODY));
    assert_eq!(answered(exact).await.body.len(), KEPT_BODY);
}

#[tokio::test]
async fn an_endless_body_is_hung_up_on() {
    let chunk = b"400\r\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    for (head, part) in [
        (b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), [b'x'; 1024].as_slice()),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".as_slice(), b"4\r\nabcd\r\n".as_slice()),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".as_slice(), chunk.as_slice()),
    ] {
        let mut receiver = Receiver::endless(head, part).await;
        let result = send(&client(PATIENT), &receiver.url()).await;
        assert_eq!((result.status, verdict(&result)), (Some(200), Verdict::Delivered));
        assert!(result.body.len() <= KEPT_BODY);
        assert!(result.ms < 10_000, "{} ms", result.ms);
        receiver.ended().await;
    }
}

#[tokio::test]
async fn compressed_bodies_are_kept_as_they_came() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        bomb.write_all(&vec![0; 1 << 20]).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n", bomb.len());
    let result = answered([head.as_bytes(), &bomb].concat()).await;
    assert_eq!(result.body, bomb[..KEPT_BODY]);
}

#[tokio::test]
async fn a_slow_body_does_not_undo_the_answer() {
    let mut receiver = Receiver::silent_after(b"HTTP/1.1 202 OK\r\ncontent-length: 9\r\n\r\npart").await;
    let result = send(&client(SHORT), &receiver.url()).await;
    assert_eq!((result.status, result.body.as_slice()), (Some(202), b"part".as_slice()));
    assert_took_the_deadline(&result);
    receiver.ended().await;
}

#[tokio::test]
async fn silence_ends_at_the_deadline() {
    for bytes in [b"".as_slice(), b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nx: y\r\n"] {
        let mut receiver = Receiver::silent_after(bytes).await;
        let result = send(&client(SHORT), &receiver.url()).await;
        assert_eq!((result.status, result.error), (None, Some(Failure::Timeout)));
        assert_took_the_deadline(&result);
        receiver.ended().await;
        assert_eq!(receiver.connects(), 1);
    }
}

#[tokio::test]
async fn a_dribbled_head_ends_at_the_deadline() {
    let mut receiver = Receiver::start(|mut stream| async move {
        let mut written = stream.write_all(b"HTTP/1.1 200 OK\r\nx: ").await;
        while written.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
            written = stream.write_all(b"y").await;
        }
    })
    .await;
    let result = send(&client(SHORT), &receiver.url()).await;
    assert_eq!(result.error, Some(Failure::Timeout));
    assert_took_the_deadline(&result);
    receiver.ended().await;
}

#[tokio::test]
async fn a_storm_of_interim_answers_ends_at_the_deadline() {
    for interim in
        [b"HTTP/1.1 100 Continue\r\n\r\n".as_slice(), b"HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n"]
    {
        let mut receiver = Receiver::endless(b"", interim).await;
        let result = send(&client(SHORT), &receiver.url()).await;
        assert_eq!((result.status, result.error), (None, Some(Failure::Timeout)));
        assert_took_the_deadline(&result);
        receiver.ended().await;
    }
}

#[tokio::test]
async fn a_huge_head_is_not_read() {
    for part in [b"xxxxxxxxxxxxxxxx".as_slice(), b"x-a: b\r\n".as_slice()] {
        let sent = Arc::new(Mutex::new(0_usize));
        let count = Arc::clone(&sent);
        let part = part.repeat(1_000);
        let mut receiver = Receiver::start(move |mut stream| {
            let (count, part) = (Arc::clone(&count), part.clone());
            async move {
                stream.write_all(b"HTTP/1.1 200 OK\r\nx-big: y\r\nx-long: ").await.unwrap();
                while *count.lock().unwrap() < 10 << 20 && stream.write_all(&part).await.is_ok() {
                    *count.lock().unwrap() += part.len();
                }
                let _client_gone = stream.write_all(b"\r\n\r\n").await;
            }
        })
        .await;
        let result = send(&client(PATIENT), &receiver.url()).await;
        assert_eq!((result.status, result.error), (None, Some(Failure::Broken)));
        receiver.ended().await;
        assert!(*sent.lock().unwrap() < 10 << 20, "the client hung up before the end");
    }
}

#[tokio::test]
async fn broken_connections_are_told_apart_from_silence() {
    let reset = Receiver::start(|stream| async move { stream.set_zero_linger().unwrap() }).await;
    let result = send(&client(PATIENT), &reset.url()).await;
    assert_eq!((result.status, result.error), (None, Some(Failure::Broken)));
    assert_eq!(reset.connects(), 1, "a broken attempt is not repeated behind our back");
    assert_eq!(answered("").await.error, Some(Failure::Broken));
    assert_eq!(answered("SSH-2.0-OpenSSH_9.2\r\n").await.error, Some(Failure::Broken));
    assert_eq!(answered("HTTP/1.1 200 OK\r\ncontent-le").await.error, Some(Failure::Broken));

    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let result = send(&client(PATIENT), &format!("http://{nobody}/")).await;
    assert_eq!(result.error, Some(Failure::NoConnection));
    assert_eq!(verdict(&result), Verdict::Retry { after: None });
}

#[tokio::test]
async fn a_message_that_cannot_be_signed_is_not_sent() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\n\r\n").await;
    let url = EndpointUrl::parse(&receiver.url(), &loopback()).unwrap();
    let secrets = [Secret::from_bytes(vec![7; 32]).unwrap()];
    for (id, secrets) in
        [("evt.1", &secrets[..]), ("", &secrets[..]), ("evt\n1", &secrets[..]), ("evt_1", &[])]
    {
        let attempt = Attempt { url: &url, id, timestamp_seconds: NOW, body: BODY, secrets };
        assert_eq!(client(PATIENT).attempt(attempt).await.error, Some(Failure::Unsendable), "{id:?}");
    }
    assert_eq!(receiver.connects(), 0);
}
