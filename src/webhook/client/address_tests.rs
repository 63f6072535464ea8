//! The client against names that lie about their address, and the name check of TLS.

use std::{io, net::IpAddr, sync::Mutex};

use futures_util::future::BoxFuture;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use super::{
    super::{answer::Verdict, verdict},
    receiver::{Receiver, read_request},
    tests::{PATIENT, loopback, send},
    *,
};

/// Gives each of its answers once, then the last one for ever.
struct Told(Mutex<Vec<Vec<IpAddr>>>);

impl Told {
    fn new(answers: &[&str]) -> Arc<Self> {
        let read = |it: &&str| it.split_whitespace().map(|ip| ip.parse().unwrap()).collect();
        Arc::new(Self(Mutex::new(answers.iter().map(read).collect())))
    }
}

impl Lookup for Told {
    fn lookup(&self, _host: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let mut answers = self.0.lock().unwrap();
        let answer = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        Box::pin(
            async move { if answer.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(answer) } },
        )
    }
}

fn told(nets: &str, lookup: Arc<Told>) -> Client {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    Client::with(nets.parse().unwrap(), PATIENT, lookup, roots).unwrap()
}

#[tokio::test]
async fn a_name_that_turns_inward_after_it_was_checked_is_refused() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\n\r\n").await;
    let lookup = Told::new(&["93.184.215.14", "127.0.0.1"]);
    let checked = lookup.lookup("rebind.example").await.unwrap();
    assert!(checked.iter().all(|it| AllowNets::default().permit(*it)), "an earlier check would have passed");
    let client = told("", lookup);
    for _attempt in 0..3 {
        let url = format!("https://rebind.example:{}/", receiver.address.port());
        assert_eq!(send(&client, &url).await.error, Some(Failure::AddressRefused));
    }
    assert_eq!(receiver.connects(), 0);
}

#[tokio::test]
async fn names_with_any_address_inside_are_refused() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\n\r\n").await;
    for (name, addresses) in [
        ("127.0.0.1.nip.io", "127.0.0.1"),
        ("metadata.google.internal", "169.254.169.254"),
        ("localhost", "::1 127.0.0.1"),
        ("mixed.example", "93.184.215.14 127.0.0.1"),
        ("mapped.example", "::ffff:127.0.0.1"),
        ("nat64.example", "64:ff9b::7f00:1"),
        ("zero.example", "0.0.0.0"),
        ("office.example", "10.0.0.1"),
    ] {
        let url = format!("https://{name}:{}/", receiver.address.port());
        let result = send(&told("", Told::new(&[addresses])), &url).await;
        assert_eq!(result.error, Some(Failure::AddressRefused), "{name}");
        assert_eq!(verdict(&result), Verdict::Retry { after: None });
    }
    assert_eq!(receiver.connects(), 0);
}

#[tokio::test]
async fn an_address_in_the_url_is_judged_at_every_attempt() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\n\r\n").await;
    let closed = told("", Told::new(&["127.0.0.1"]));
    let port = receiver.address.port();
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        format!("https://0x7f.1:{port}/"),
    ] {
        assert_eq!(send(&closed, &url).await.error, Some(Failure::AddressRefused), "{url}");
    }
    assert_eq!(receiver.connects(), 0, "a network closed after saving stays closed");
}

#[tokio::test]
async fn plain_http_goes_to_opened_networks_alone() {
    let receiver = Receiver::answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await;
    let port = receiver.address.port();
    let inside = told("127.0.0.1/32", Told::new(&["127.0.0.1"]));
    assert_eq!(send(&inside, &format!("http://crm.internal:{port}/")).await.status, Some(200));
    assert_eq!(receiver.connects(), 1);
    for addresses in ["93.184.215.14", "127.0.0.1 93.184.215.14", "127.0.0.1 10.0.0.1"] {
        let outside = told("127.0.0.1/32", Told::new(&[addresses]));
        let result = send(&outside, &format!("http://shop.example:{port}/")).await;
        assert_eq!(result.error, Some(Failure::AddressRefused), "{addresses}");
    }
    assert_eq!(receiver.connects(), 1);
}

#[tokio::test]
async fn an_unknown_name_is_told_as_such() {
    let result = send(&told("", Told::new(&[""])), "https://gone.example/").await;
    assert_eq!((result.status, result.error), (None, Some(Failure::UnknownName)));
}

/// The certificate of `hooks.example.com` in `testdata`, valid for a hundred years.
fn certificate() -> CertificateDer<'static> {
    CertificateDer::from_slice(include_bytes!("testdata/certificate.der"))
}

/// Answers 200 over TLS and gives back the request.
async fn tls_receiver() -> (u16, tokio::task::JoinHandle<String>) {
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(include_bytes!("testdata/key.der").as_slice()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], key.clone_key())
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let Ok(mut stream) = tokio_rustls::TlsAcceptor::from(Arc::new(config)).accept(stream).await else {
            return "handshake refused".to_owned();
        };
        let request = read_request(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.unwrap();
        String::from_utf8(request).unwrap()
    });
    (port, served)
}

#[tokio::test]
async fn tls_checks_the_name_while_the_address_is_pinned() {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(certificate()).unwrap();
    let here = |roots| Client::with(loopback(), PATIENT, Told::new(&["127.0.0.1"]), roots).unwrap();

    let (port, served) = tls_receiver().await;
    let result = send(&here(roots.clone()), &format!("https://hooks.example.com:{port}/x")).await;
    assert_eq!((result.status, result.error), (Some(200), None));
    assert!(served.await.unwrap().contains(&format!("host: hooks.example.com:{port}\r\n")));

    let (port, served) = tls_receiver().await;
    let result = send(&here(roots), &format!("https://other.example.com:{port}/x")).await;
    assert_eq!(result.error, Some(Failure::Tls), "another name's certificate");
    assert_eq!(served.await.unwrap(), "handshake refused");

    let (port, served) = tls_receiver().await;
    let result =
        send(&told("127.0.0.1/32", Told::new(&["127.0.0.1"])), &format!("https://hooks.example.com:{port}/"))
            .await;
    assert_eq!(result.error, Some(Failure::Tls), "an authority nobody knows");
    assert_eq!(served.await.unwrap(), "handshake refused");
}
