//! The two mail servers, spoken to by a client that is not ours either (lettre).

use std::{fs, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        Error,
        authentication::Credentials,
        client::{AsyncSmtpConnection, Certificate, Tls, TlsParameters},
        extension::ClientId,
    },
};

use crate::support::{
    smtp_evil::{Behaviour, EvilSmtp, Mail},
    smtp_real::{Encryption, Envelope, RealSmtp},
};

type Client = AsyncSmtpTransport<Tokio1Executor>;

fn message() -> Message {
    let parts =
        Message::builder().from("a@example.org".parse().unwrap()).to("b@example.org".parse().unwrap());
    parts.subject("Été").body(".a line with a dot\r\nend".to_owned()).unwrap()
}

fn client_of(server: &EvilSmtp) -> Client {
    Client::builder_dangerous("127.0.0.1").port(server.address().port()).build()
}

/// Sends one mail to a server that does `behaviour` to it.
async fn send_to(behaviour: Behaviour) -> (Result<(), Error>, EvilSmtp) {
    let server = EvilSmtp::start([behaviour]).await;
    let result = client_of(&server).send(message()).await.map(|_| ());
    (result, server)
}

#[tokio::test]
async fn a_mail_is_kept_byte_by_byte() {
    let (result, server) = send_to(Behaviour::Accept).await;
    result.unwrap();
    let mails = server.wait_for(1).await;
    assert_eq!(mails[0].from, "a@example.org");
    assert_eq!(mails[0].to, ["b@example.org"]);
    assert!(mails[0].text().ends_with("\r\n\r\n.a line with a dot\r\nend\r\n"), "{}", mails[0].text());
    assert_eq!((server.connections(), server.most_open(), server.transactions()), (1, 1, 1));
    assert!(server.url().starts_with("smtp://127.0.0.1:"));
}

#[tokio::test]
async fn refusals_come_where_the_script_says() {
    let (result, server) = send_to(Behaviour::AtRecipient("550 5.1.1 Unknown")).await;
    assert!(result.unwrap_err().is_permanent());
    assert_eq!(server.mails(), []);
    let (result, server) = send_to(Behaviour::AtData("451 4.3.2 Later")).await;
    assert!(result.unwrap_err().is_transient());
    assert_eq!(server.mails(), []);
    let (result, server) = send_to(Behaviour::AfterMail("554 5.6.0 Spam")).await;
    assert!(result.unwrap_err().is_permanent());
    assert_eq!(server.mails().iter().map(Mail::is_delivered).collect::<Vec<_>>(), [false]);
}

#[tokio::test]
async fn a_drop_before_the_mail_and_one_after_it_differ_only_at_the_server() {
    for (behaviour, delivered) in [(Behaviour::DropAtData, 0), (Behaviour::DropAfterMail, 1)] {
        let (result, server) = send_to(behaviour).await;
        let error = result.unwrap_err();
        assert!(!error.is_permanent() && !error.is_transient(), "{behaviour:?}: {error}");
        assert_eq!(server.mails().len(), delivered, "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_slow_server_outlasts_the_patience_of_its_client() {
    let server = EvilSmtp::start([Behaviour::Slow(Duration::from_secs(30))]).await;
    // lettre's own timeout covers connecting alone.
    let sending = tokio::time::timeout(Duration::from_millis(200), client_of(&server).send(message())).await;
    assert!(sending.is_err(), "{sending:?}");
    assert_eq!(server.transactions(), 1);
    assert_eq!(server.mails(), []);
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_the_mail_was_taken() {
    let server = EvilSmtp::start([]).await;
    server.then(Behaviour::Accept);
    server.then(Behaviour::CloseIdle);
    let name = ClientId::Domain("client.test".to_owned());
    let connection = AsyncSmtpConnection::connect_tokio1(server.address(), None, &name, None, None);
    let mut connection = connection.await.unwrap();
    let (message, formatted) = (message(), message().formatted());
    for _ in 0..2 {
        connection.send(message.envelope(), &formatted).await.unwrap();
    }
    connection.send(message.envelope(), &formatted).await.unwrap_err();
    assert_eq!((server.wait_for(2).await.len(), server.connections()), (2, 1));
}

/// A client that trusts the server's own authority and nobody else.
fn trusting(server: &RealSmtp) -> TlsParameters {
    let authority = Certificate::from_pem(&fs::read(server.authority()).unwrap()).unwrap();
    let store = lettre::transport::smtp::client::CertificateStore::None;
    let parameters = TlsParameters::builder("localhost".to_owned());
    parameters.certificate_store(store).add_root_certificate(authority).build_rustls().unwrap()
}

fn client_at(server: &RealSmtp, tls: Tls) -> Client {
    Client::builder_dangerous("localhost").port(server.port()).tls(tls).build()
}

#[tokio::test]
async fn the_real_server_stores_mails_with_their_envelope() {
    let server = RealSmtp::start(Encryption::None);
    client_at(&server, Tls::None).send(message()).await.unwrap();
    let mails = server.wait_for(1).await;
    let envelope = Envelope {
        from: "a@example.org".to_owned(),
        to: vec!["b@example.org".to_owned()],
        tls: false,
        user: None,
    };
    assert_eq!(mails[0].envelope, envelope);
    assert!(mails[0].raw.ends_with(b"\r\n\r\n.a line with a dot\r\nend\r\n"));
    assert_eq!(server.url(), format!("smtp://localhost:{}", server.port()));
}

#[tokio::test]
async fn the_real_server_encrypts_after_starttls_and_demands_it() {
    let server = RealSmtp::start(Encryption::StartTls);
    let refused = client_at(&server, Tls::None).send(message()).await.unwrap_err();
    assert!(refused.to_string().contains("530"), "{refused}");
    client_at(&server, Tls::Required(trusting(&server))).send(message()).await.unwrap();
    assert!(server.wait_for(1).await[0].envelope.tls);
    assert!(server.url().starts_with("smtp+starttls://localhost:"));
}

#[tokio::test]
async fn the_real_server_encrypts_from_the_first_byte_and_asks_who_it_is() {
    let server = RealSmtp::start_with_login(Encryption::Tls, "relay", "secret");
    let with = |word: &str| {
        let tls = Tls::Wrapper(trusting(&server));
        let login = Credentials::new("relay".to_owned(), word.to_owned());
        Client::builder_dangerous("localhost").port(server.port()).tls(tls).credentials(login).build()
    };
    assert!(with("guess").send(message()).await.unwrap_err().is_permanent());
    with("secret").send(message()).await.unwrap();
    let mails = server.wait_for(1).await;
    assert_eq!(mails[0].envelope.user.as_deref(), Some("relay"));
    assert!(mails[0].envelope.tls);
    assert!(server.url().starts_with("smtps://relay:secret@localhost:"));
}

#[tokio::test]
async fn a_stranger_does_not_trust_the_real_server() {
    let server = RealSmtp::start(Encryption::Tls);
    let strangers = TlsParameters::new_rustls("localhost".to_owned()).unwrap();
    let refused = client_at(&server, Tls::Wrapper(strangers)).send(message()).await.unwrap_err();
    assert!(refused.is_tls() || format!("{refused:?}").contains("UnknownIssuer"), "{refused:?}");
}
