//! The two mail servers, spoken to by a client that is not ours either: the one of Python's library.

use std::{process::Command, time::Duration};

use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::support::{
    smtp_evil::{Behaviour, EvilSmtp, Mail},
    smtp_real::{Encryption, Envelope, RealSmtp, python},
};

/// Sends a mail as `asked`, see `send.py`, and gives what came of it.
async fn send(asked: Value) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support_works/send.py");
    let mut command = Command::new(python());
    command.arg(script).arg(asked.to_string());
    let output = spawn_blocking(move || command.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Sends one mail to a server that does `behaviour` to it.
async fn send_to(behaviour: Behaviour) -> (Value, EvilSmtp) {
    let server = EvilSmtp::start([behaviour]).await;
    let patience = if matches!(behaviour, Behaviour::Slow(_)) { 0.5 } else { 20.0 };
    let port = server.address().port();
    let outcome = send(json!({ "port": port, "encryption": "none", "patience": patience })).await;
    (outcome, server)
}

#[tokio::test]
async fn a_mail_is_kept_byte_by_byte() {
    let (outcome, server) = send_to(Behaviour::Accept).await;
    assert_eq!(outcome, json!([250]));
    let mails = server.wait_for(1).await;
    assert_eq!(mails[0].from, "a@example.org");
    assert_eq!(mails[0].to, ["b@example.org"]);
    assert!(mails[0].text().ends_with("\r\n\r\n.a line with a dot\r\nend\r\n"), "{}", mails[0].text());
    assert_eq!((server.connections(), server.most_open(), server.transactions()), (1, 1, 1));
    assert!(server.url().starts_with("smtp://127.0.0.1:"));
}

#[tokio::test]
async fn refusals_come_where_the_script_says() {
    for (behaviour, code, read) in [
        (Behaviour::AtRecipient("550 5.1.1 Unknown"), 550, 0),
        (Behaviour::AtData("451 4.3.2 Later"), 451, 0),
        (Behaviour::AfterMail("554 5.6.0 Spam"), 554, 1),
    ] {
        let (outcome, server) = send_to(behaviour).await;
        assert_eq!((outcome, server.mails().len()), (json!([code]), read), "{behaviour:?}");
        assert!(!server.mails().iter().any(Mail::is_delivered), "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_drop_before_the_mail_and_one_after_it_differ_only_at_the_server() {
    for (behaviour, delivered) in [(Behaviour::DropAtData, 0), (Behaviour::DropAfterMail, 1)] {
        let (outcome, server) = send_to(behaviour).await;
        assert_eq!((outcome, server.mails().len()), (json!(["lost"]), delivered), "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_slow_server_outlasts_the_patience_of_its_client() {
    let (outcome, server) = send_to(Behaviour::Slow(Duration::from_secs(30))).await;
    assert_eq!(outcome, json!(["late"]));
    assert_eq!((server.connections(), server.mails().len()), (1, 0));
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_the_mail_was_taken() {
    let server = EvilSmtp::start([Behaviour::Accept]).await;
    server.then(Behaviour::CloseIdle);
    let port = server.address().port();
    let outcome = send(json!({ "port": port, "encryption": "none", "times": 3 })).await;
    assert_eq!(outcome, json!([250, 250, "lost"]));
    assert_eq!((server.wait_for(2).await.len(), server.connections()), (2, 1));
}

#[tokio::test]
async fn the_real_server_stores_mails_with_their_envelope() {
    let server = RealSmtp::start(Encryption::None);
    assert_eq!(send(json!({ "port": server.port(), "encryption": "none" })).await, json!([250]));
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
    let (port, authority) = (server.port(), server.authority());
    assert_eq!(send(json!({ "port": port, "encryption": "none" })).await, json!([530]));
    let asked = json!({ "port": port, "encryption": "starttls", "authority": authority });
    assert_eq!(send(asked).await, json!([250]));
    assert!(server.wait_for(1).await[0].envelope.tls);
    assert!(server.url().starts_with("smtp+starttls://localhost:"));
}

#[tokio::test]
async fn the_real_server_encrypts_from_the_first_byte_and_asks_who_it_is() {
    let server = RealSmtp::start_with_login(Encryption::Tls, "relay", "secret");
    let with = |word: &str| {
        let (port, authority) = (server.port(), server.authority());
        json!({ "port": port, "encryption": "tls", "authority": authority, "user": "relay", "password": word })
    };
    assert_eq!(send(with("guess")).await, json!([535]));
    assert_eq!(send(with("secret")).await, json!([250]));
    let mails = server.wait_for(1).await;
    assert_eq!((mails[0].envelope.user.as_deref(), mails[0].envelope.tls), (Some("relay"), true));
    assert!(server.url().starts_with("smtps://relay:secret@localhost:"));
}

#[tokio::test]
async fn a_stranger_does_not_trust_the_real_server() {
    let server = RealSmtp::start(Encryption::Tls);
    assert_eq!(send(json!({ "port": server.port(), "encryption": "tls" })).await, json!(["untrusted"]));
}
