//! The client against servers that behave and misbehave.

use std::{sync::Arc, time::Duration};

use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use url::Url;

use super::{
    stamp::{RootsError, ask, roots},
    witness::add_checkpoint,
    *,
};

/// Enough for a loaded machine; used where an answer comes at once.
const PATIENT: Duration = Duration::from_secs(20);
/// Used where the deadline itself is awaited.
const SHORT: Duration = Duration::from_millis(500);

fn client(deadline: Duration) -> Client {
    Client::with(deadline, rustls::RootCertStore::empty()).unwrap()
}

/// Answers one request with `head` and `body`, then keeps the connection open until the client hangs up;
/// gives back the request.
async fn once(head: &str, body: Vec<u8>) -> (Url, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}/w/", listener.local_addr().unwrap())).unwrap();
    let answer = [head.as_bytes(), b"\r\n\r\n", &body].concat();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"END") {
            let mut part = [0; 4096];
            let read = stream.read(&mut part).await.unwrap();
            assert!(read > 0, "the client hung up");
            request.extend_from_slice(&part[..read]);
        }
        let _client_gone = stream.write_all(&answer).await;
        while stream.read(&mut [0; 64]).await.is_ok_and(|it| it > 0) {}
        String::from_utf8(request).unwrap()
    });
    (url, served)
}

#[tokio::test]
async fn a_witness_is_asked_at_its_address_and_its_answer_given_back() {
    let head = "HTTP/1.1 409 Conflict\r\ncontent-type: text/x.tlog.size\r\ncontent-length: 3";
    let (url, served) = once(head, b"17\n".to_vec()).await;
    let answer = add_checkpoint(&client(PATIENT), &url, "old 3\n\nEND").await.unwrap();
    let expected = Answer { status: 409, content_type: "text/x.tlog.size".into(), body: b"17\n".to_vec() };
    assert_eq!(answer, expected);
    let request = served.await.unwrap();
    assert!(request.starts_with("POST /w/add-checkpoint HTTP/1.1\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\nold 3\n\nEND"), "{request}");
}

#[tokio::test]
async fn an_authority_is_asked_with_the_types_of_the_standard() {
    for kind in ["application/timestamp-reply", "Application/Timestamp-Response; x=y"] {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: 2");
        let (url, served) = once(&head, b"\x30\x00".to_vec()).await;
        assert_eq!(ask(&client(PATIENT), &url, b"END").await, Ok(b"\x30\x00".to_vec()));
        let request = served.await.unwrap().to_lowercase();
        assert!(request.starts_with("post /w/ http/1.1\r\n"), "{request}");
        assert!(request.contains("\r\ncontent-type: application/timestamp-query\r\n"), "{request}");
        assert!(request.contains("\r\naccept: application/timestamp-reply, "), "{request}");
    }
}

#[tokio::test]
async fn what_is_no_answer_is_told_apart() {
    for (head, body, failure) in [
        ("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2", "ok", Failure::ContentType),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2", "ok", Failure::ContentType),
        (
            "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0",
            "",
            Failure::Status(302),
        ),
        ("HTTP/1.1 503 Busy\r\ncontent-length: 0", "", Failure::Status(503)),
        ("SSH-2.0-OpenSSH", "", Failure::Broken),
    ] {
        let (url, _served) = once(head, body.into()).await;
        assert_eq!(ask(&client(PATIENT), &url, b"END").await, Err(failure), "{head}");
    }
}

#[tokio::test]
async fn a_long_answer_is_not_read_to_its_end() {
    let endless = "HTTP/1.1 200 OK\r\nconnection: close";
    let (url, _served) = once(endless, vec![b'x'; witness::LONGEST_ANSWER + 1]).await;
    assert_eq!(add_checkpoint(&client(PATIENT), &url, "END").await, Err(Failure::TooLong));
    let exact = format!("HTTP/1.1 200 OK\r\ncontent-length: {}", witness::LONGEST_ANSWER);
    let (url, _served) = once(&exact, vec![b'x'; witness::LONGEST_ANSWER]).await;
    let answer = add_checkpoint(&client(PATIENT), &url, "END").await.unwrap();
    assert_eq!(answer.body.len(), witness::LONGEST_ANSWER);
    let (url, _served) = once(endless, vec![0; crate::tlog::timestamp::MAX_BYTES + 1]).await;
    assert_eq!(ask(&client(PATIENT), &url, b"END").await, Err(Failure::TooLong));
}

#[tokio::test]
async fn silence_before_and_within_the_answer_ends_with_the_deadline() {
    for head in ["HTTP/1.1 200 OK\r\ncontent-length: 9", "HTTP/1.1 200"] {
        let (url, _served) = once(head, Vec::new()).await;
        assert_eq!(add_checkpoint(&client(SHORT), &url, "END").await, Err(Failure::Timeout), "{head}");
    }
}

#[tokio::test]
async fn a_connection_that_fails_says_how() {
    let client = client(PATIENT);
    let unused = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let asked =
        async |url: &str| add_checkpoint(&client, &Url::parse(url).unwrap(), "END").await.unwrap_err();
    assert_eq!(asked(&format!("http://{unused}")).await, Failure::NoConnection);
    assert_eq!(asked("http://192.0.2.1/").await, Failure::Plain);
    assert_eq!(asked("http://witness.example/").await, Failure::Plain);
    assert_eq!(asked("http://localhost.example/").await, Failure::Plain);
    assert_eq!(asked("https://nobody.invalid/").await, Failure::UnknownName);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _hello = stream.read(&mut [0; 4096]).await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    assert_eq!(asked(&format!("https://{address}")).await, Failure::Tls);
    served.await.unwrap();
}

fn certificate() -> CertificateDer<'static> {
    CertificateDer::from_slice(include_bytes!("testdata/certificate.der"))
}

/// Answers one request over TLS, with a certificate for 127.0.0.1; says whether the client went through with it.
async fn tls_once() -> (Url, JoinHandle<bool>) {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(include_bytes!("testdata/key.der").as_slice()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let Ok(mut stream) = tokio_rustls::TlsAcceptor::from(Arc::new(config)).accept(stream).await else {
            return false;
        };
        let mut request = Vec::new();
        while !request.ends_with(b"END") {
            let mut part = [0; 4096];
            let read = stream.read(&mut part).await.unwrap();
            request.extend_from_slice(&part[..read]);
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        request.starts_with(b"POST /add-checkpoint HTTP/1.1\r\n")
    });
    (url, served)
}

#[tokio::test]
async fn a_certificate_is_asked_for_a_known_authority() {
    let mut known = rustls::RootCertStore::empty();
    known.add(certificate()).unwrap();
    let (url, served) = tls_once().await;
    let answer = add_checkpoint(&Client::with(PATIENT, known).unwrap(), &url, "END").await.unwrap();
    assert_eq!(answer.status, 200);
    assert!(served.await.unwrap());

    let (url, served) = tls_once().await;
    assert_eq!(add_checkpoint(&Client::new().unwrap(), &url, "END").await, Err(Failure::Tls));
    assert!(!served.await.unwrap());
}

#[test]
fn roots_are_certificates_in_pem() {
    let root = include_bytes!("../tlog/testdata/timestamp/root.der");
    let text = pem(root);
    assert_eq!(roots(format!("# ours\n{text}\n{text}").as_bytes()), Ok(vec![root.to_vec(); 2]));
    assert_eq!(roots(b""), Err(RootsError::None));
    assert_eq!(roots(root), Err(RootsError::None));
    assert_eq!(roots(format!("{text}{}", pem(b"no certificate")).as_bytes()), Err(RootsError::Unreadable(2)));
    assert_eq!(roots(b"-----BEGIN CERTIFICATE-----\n!!\n"), Err(RootsError::Unreadable(1)));
}

fn pem(der: &[u8]) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", STANDARD.encode(der))
}
