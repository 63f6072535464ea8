//! The relay client against a relay that misbehaves.

use std::time::Duration;

use super::{
    Outcome, RelayError, RelayOptions, SmtpRelay, Timeouts, TlsError,
    script::{Act, CaFile, Got, Relay},
};

const FROM: &str = "confirm@acme.example";
const TO: &str = "ada@example.org";
const RAW: &[u8] = b"Message-ID: <1@acme.example>\r\n\r\n.dot\r\nend\r\n";

/// Waiting is short so that a test of silence is quick, and long enough for a busy machine.
const SHORT: Timeouts = Timeouts {
    step: Duration::from_millis(300),
    body: Duration::from_millis(300),
    idle: Duration::from_secs(30),
};

fn client(url: &str, connections: usize, ca: Option<&CaFile>, timeouts: Timeouts) -> SmtpRelay {
    let ca_file = ca.map(|it| it.0.clone());
    let options = RelayOptions { connections, ca_file, timeouts, ..RelayOptions::new("consent.example.org") };
    SmtpRelay::new(url.parse().unwrap(), options).unwrap()
}

fn plain(relay: &Relay) -> SmtpRelay {
    client(&format!("smtp://127.0.0.1:{}", relay.port), 4, None, Timeouts::default())
}

fn accepted() -> Outcome {
    Outcome::Accepted { reply: "250 2.0.0 Ok: queued as 4F1".to_owned() }
}

fn reply_of_deferred(outcome: Outcome) -> String {
    match outcome {
        Outcome::Deferred { reply } => reply,
        Outcome::Accepted { .. } | Outcome::Refused { .. } => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn a_mail_arrives_byte_for_byte_and_the_answer_is_kept() {
    let relay = Relay::start(&[], &[]).await;
    assert_eq!(plain(&relay).send(FROM, TO, RAW).await, accepted());
    let raw = String::from_utf8(RAW.to_vec()).unwrap();
    assert_eq!(relay.seen().mails, [Got { from: FROM.to_owned(), to: TO.to_owned(), raw }]);
    let commands = relay.seen().commands.clone();
    let expected = ["EHLO consent.example.org", "MAIL FROM:<confirm@acme.example>"];
    assert_eq!(commands[..2], expected);
    assert_eq!(commands[2..], ["RCPT TO:<ada@example.org>", "DATA"]);
}

#[tokio::test]
async fn refusals_of_the_recipient_or_the_mail_are_final_and_later_is_later() {
    let deferred = |reply: &str| Outcome::Deferred { reply: reply.to_owned() };
    let refused = |reply: &str| Outcome::Refused { reply: reply.to_owned() };
    let later = "451 4.7.1 greylisted";
    let never = "550 5.1.1 no such user";
    for (verb, answer, expected) in [
        ("RCPT", later, deferred(later)),
        ("RCPT", never, refused(never)),
        ("RCPT", "550-5.1.1 no\r\n550 such user", refused("550 5.1.1 no such user")),
        ("DATA", later, deferred(later)),
        ("DATA", never, refused(never)),
        ("BODY", later, deferred(later)),
        ("BODY", never, refused(never)),
    ] {
        let relay = Relay::start(&[], &[(verb, Act::Say(answer))]).await;
        let client = plain(&relay);
        assert_eq!(client.send(FROM, TO, RAW).await, expected, "{verb} {answer}");
        assert_eq!(relay.seen().mails, []);
        assert_eq!(client.send(FROM, TO, RAW).await, accepted(), "the next mail goes after {verb} {answer}");
    }
}

#[tokio::test]
async fn what_the_relay_has_against_us_is_not_held_against_the_recipient() {
    for (verb, answer) in [
        ("GREETING", "554 5.7.1 your network is not welcome"),
        ("EHLO", "550 5.7.1 bad name"),
        ("MAIL", "553 5.7.1 not your sender address"),
        ("MAIL", "530 5.7.0 sign in first"),
    ] {
        let relay = Relay::start(&[], &[(verb, Act::Say(answer))]).await;
        let outcome = plain(&relay).send(FROM, TO, RAW).await;
        assert_eq!(outcome, Outcome::Deferred { reply: answer.to_owned() }, "{verb}");
    }
}

#[tokio::test]
async fn a_connection_lost_after_the_mail_is_ambiguous() {
    let relay = Relay::start(&[], &[("BODY", Act::Close)]).await;
    let client = plain(&relay);
    let reply = reply_of_deferred(client.send(FROM, TO, RAW).await);
    assert!(reply.contains("may have arrived"), "{reply}");
    assert_eq!(relay.seen().mails.len(), 1, "it had arrived, and was not sent again unasked");
    assert_eq!(client.send(FROM, TO, RAW).await, accepted());
}

#[tokio::test]
async fn a_connection_lost_before_the_mail_is_not_ambiguous() {
    for verb in ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"] {
        let relay = Relay::start(&[], &[(verb, Act::Close)]).await;
        let reply = reply_of_deferred(plain(&relay).send(FROM, TO, RAW).await);
        assert!(reply.contains("closed the connection"), "{verb}: {reply}");
        assert!(!reply.contains("may have arrived"), "{verb}: {reply}");
    }
}

#[tokio::test]
async fn a_kept_connection_is_used_again_and_replaced_when_the_relay_closed_it() {
    for act in [Act::SayAndClose("250 2.0.0 Ok: queued as 4F1"), Act::Say("250 2.0.0 Ok: queued as 4F1")] {
        let relay = Relay::start(&[], &[("BODY", act)]).await;
        let client = plain(&relay);
        for _ in 0..3 {
            assert_eq!(client.send(FROM, TO, RAW).await, accepted());
        }
        let closed = matches!(act, Act::SayAndClose(_));
        assert_eq!(relay.seen().connections, 1 + usize::from(closed));
        assert_eq!(relay.seen().mails.len(), 3);
    }
}

#[tokio::test]
async fn a_kept_connection_told_to_go_is_replaced_once() {
    let goodbye = Act::SayAndClose("421 4.4.2 idle for too long");
    let yes = Act::Say("250 2.1.0 ok");
    let relay = Relay::start(&[], &[("MAIL", yes), ("MAIL", goodbye), ("MAIL", goodbye)]).await;
    let client = plain(&relay);
    assert_eq!(client.send(FROM, TO, RAW).await, accepted());
    let second = client.send(FROM, TO, RAW).await;
    assert_eq!(reply_of_deferred(second), "421 4.4.2 idle for too long", "the fresh one was told so, too");
    assert_eq!(relay.seen().connections, 2);
    assert_eq!(client.send(FROM, TO, RAW).await, accepted());
}

#[tokio::test]
async fn an_idle_connection_is_not_used_after_its_time() {
    let relay = Relay::start(&[], &[]).await;
    let timeouts = Timeouts { idle: Duration::ZERO, ..Timeouts::default() };
    let client = client(&format!("smtp://127.0.0.1:{}", relay.port), 4, None, timeouts);
    for _ in 0..2 {
        assert_eq!(client.send(FROM, TO, RAW).await, accepted());
    }
    assert_eq!(relay.seen().connections, 2);
}

#[tokio::test]
async fn silence_ends_in_a_clear_answer() {
    for (verb, expected) in [
        ("GREETING", "greeting: no answer within 0.3 s"),
        ("EHLO", "EHLO: no answer within 0.3 s"),
        ("RCPT", "RCPT TO: no answer within 0.3 s"),
        ("BODY", "the mail: no answer within 0.3 s; the mail may have arrived all the same"),
    ] {
        let relay = Relay::start(&[], &[(verb, Act::Silence)]).await;
        let client = client(&format!("smtp://127.0.0.1:{}", relay.port), 4, None, SHORT);
        assert_eq!(reply_of_deferred(client.send(FROM, TO, RAW).await), expected);
    }
}

#[tokio::test]
async fn nobody_there_is_a_clear_answer() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = client(&format!("smtp://127.0.0.1:{port}"), 4, None, SHORT);
    let reply = reply_of_deferred(client.send(FROM, TO, RAW).await);
    assert!(reply.starts_with("connect: "), "{reply}");
}

#[tokio::test]
async fn nonsense_and_endless_answers_are_not_answers() {
    for nonsense in ["HTTP/1.1 400 Bad Request", "hello", &*Box::leak("2".repeat(10_000).into_boxed_str())] {
        let nonsense: &'static str = Box::leak(nonsense.to_owned().into_boxed_str());
        let relay = Relay::start(&[], &[("GREETING", Act::Say(nonsense))]).await;
        let reply = reply_of_deferred(plain(&relay).send(FROM, TO, RAW).await);
        assert_eq!(reply, "greeting: not an SMTP answer");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_never_more_connections_than_allowed() {
    let relay = Relay::start(&[], &[]).await;
    let client = client(&format!("smtp://127.0.0.1:{}", relay.port), 3, None, Timeouts::default());
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let client = client.clone();
        sending.spawn(async move { client.send(FROM, TO, RAW).await });
    }
    while let Some(outcome) = sending.join_next().await {
        assert_eq!(outcome.unwrap(), accepted());
    }
    let seen = relay.seen();
    assert_eq!(seen.mails.len(), 200);
    assert!((1..=3).contains(&seen.most_at_once), "{} at once", seen.most_at_once);
    assert!(seen.connections <= 3, "{} in all", seen.connections);
}

#[tokio::test]
async fn a_send_that_is_dropped_gives_its_place_back() {
    let relay = Relay::start(&[], &[("RCPT", Act::Silence)]).await;
    let client = client(&format!("smtp://127.0.0.1:{}", relay.port), 1, None, Timeouts::default());
    let dropped = tokio::time::timeout(Duration::from_millis(200), client.send(FROM, TO, RAW)).await;
    assert!(dropped.is_err());
    assert_eq!(client.send(FROM, TO, RAW).await, accepted());
}

#[tokio::test]
async fn starttls_encrypts_before_the_password_is_said() {
    let relay = Relay::start(&["STARTTLS", "AUTH PLAIN LOGIN"], &[]).await;
    let ca = CaFile::new("starttls");
    let url = format!("smtp+starttls://user:pass@localhost:{}", relay.port);
    let client = client(&url, 4, Some(&ca), Timeouts::default());
    assert_eq!(client.send(FROM, TO, RAW).await, accepted());
    let expected = ["EHLO consent.example.org", "STARTTLS", "EHLO consent.example.org"];
    assert_eq!(relay.seen().commands[..3], expected);
    assert_eq!(relay.seen().commands[3], "AUTH PLAIN AHVzZXIAcGFzcw==");
}

#[tokio::test]
async fn without_starttls_nothing_is_sent() {
    let relay = Relay::start(&["AUTH PLAIN"], &[]).await;
    let url = format!("smtp+starttls://user:pass@localhost:{}", relay.port);
    let client = client(&url, 4, None, Timeouts::default());
    assert_eq!(reply_of_deferred(client.send(FROM, TO, RAW).await), "the relay does not offer STARTTLS");
    assert_eq!(relay.seen().commands, ["EHLO consent.example.org"]);
}

#[tokio::test]
async fn answers_slipped_in_before_encryption_are_not_believed() {
    let injected = "220 go on\r\n250-relay.test\r\n250 AUTH PLAIN\r\n235 signed in";
    let relay = Relay::start(&["STARTTLS"], &[("STARTTLS", Act::Say(injected))]).await;
    let ca = CaFile::new("injection");
    let url = format!("smtp+starttls://user:pass@localhost:{}", relay.port);
    let client = client(&url, 4, Some(&ca), Timeouts::default());
    let reply = reply_of_deferred(client.send(FROM, TO, RAW).await);
    assert_eq!(reply, "the relay kept talking in clear after STARTTLS");
    assert_eq!(relay.heard("AUTH"), 0);
}

#[tokio::test]
async fn tls_from_the_first_byte_works_with_the_old_way_to_sign_in() {
    let relay = Relay::start_tls(&["AUTH LOGIN"]).await;
    let ca = CaFile::new("tls");
    let url = format!("smtps://user:pass@localhost:{}", relay.port);
    let client = client(&url, 4, Some(&ca), Timeouts::default());
    assert_eq!(client.send(FROM, TO, RAW).await, accepted());
    assert_eq!(relay.seen().commands[1..4], ["AUTH LOGIN", "dXNlcg==", "cGFzcw=="]);
}

#[tokio::test]
async fn a_wrong_password_is_our_trouble() {
    let answer = "535 5.7.8 authentication failed";
    let relay = Relay::start(&["STARTTLS", "AUTH PLAIN"], &[("AUTH", Act::Say(answer))]).await;
    let ca = CaFile::new("password");
    let url = format!("smtp+starttls://user:pass@localhost:{}", relay.port);
    let client = client(&url, 4, Some(&ca), Timeouts::default());
    assert_eq!(reply_of_deferred(client.send(FROM, TO, RAW).await), answer);
}

#[tokio::test]
async fn an_unknown_or_foreign_certificate_is_refused() {
    let relay = Relay::start_tls(&["AUTH PLAIN"]).await;
    let ca = CaFile::new("foreign");
    for (host, ca) in [("localhost", None), ("127.0.0.1", Some(&ca))] {
        let client = client(&format!("smtps://user:pass@{host}:{}", relay.port), 4, ca, Timeouts::default());
        let reply = reply_of_deferred(client.send(FROM, TO, RAW).await);
        assert!(reply.starts_with("TLS: invalid peer certificate"), "{host}: {reply}");
    }
    assert_eq!(relay.seen().commands, Vec::<String>::new());
}

#[tokio::test]
async fn an_accented_address_needs_a_relay_that_takes_it() {
    let plain_relay = Relay::start(&["8BITMIME"], &[]).await;
    let client = plain(&plain_relay);
    let reply = "the relay does not offer SMTPUTF8, which this address needs".to_owned();
    let refused = Outcome::Refused { reply };
    assert_eq!(client.send(FROM, "élodie@exemple.fr", RAW).await, refused);
    assert_eq!(client.send(FROM, TO, RAW).await, accepted(), "the connection is still good for others");
    assert_eq!(client.send(FROM, "élodie@exemple.fr", RAW).await, refused, "also over a kept connection");
    assert_eq!((plain_relay.heard("MAIL"), plain_relay.seen().connections), (1, 1));

    let utf8_relay = Relay::start(&["8BITMIME", "SMTPUTF8"], &[]).await;
    assert_eq!(plain(&utf8_relay).send(FROM, "élodie@exemple.fr", RAW).await, accepted());
    assert_eq!(utf8_relay.heard("MAIL FROM:<confirm@acme.example> BODY=8BITMIME SMTPUTF8"), 1);
}

#[tokio::test]
async fn an_address_cannot_smuggle_a_command() {
    let relay = Relay::start(&[], &[]).await;
    let client = plain(&relay);
    for evil in ["ada@example.org>\r\nRCPT TO:<eve@evil.example", "a b@example.org", "", "<>"] {
        assert!(matches!(client.send(FROM, evil, RAW).await, Outcome::Refused { .. }), "{evil:?}");
        assert!(matches!(client.send(evil, TO, RAW).await, Outcome::Deferred { .. }), "{evil:?}");
    }
    assert_eq!(relay.seen().connections, 0);
}

#[test]
fn a_name_or_ca_file_that_cannot_work_is_refused_at_start() {
    let url = || "smtps://mail.example.org".parse().unwrap();
    for bad in ["", "a b", "a\r\nQUIT", "é.example"] {
        assert!(matches!(SmtpRelay::new(url(), RelayOptions::new(bad)), Err(RelayError::Hello)), "{bad:?}");
    }
    let with_ca = |path: &str| RelayOptions { ca_file: Some(path.into()), ..RelayOptions::new("a.example") };
    let missing = SmtpRelay::new(url(), with_ca("/nonexistent/ca.pem"));
    assert!(matches!(missing, Err(RelayError::Tls(TlsError::Read(_)))));
    let empty = SmtpRelay::new(url(), with_ca("Cargo.toml"));
    assert!(matches!(empty, Err(RelayError::Tls(TlsError::Empty))));
}

#[test]
fn debug_shows_no_password() {
    let client = client("smtps://user:hunter2@mail.example.org", 4, None, SHORT);
    assert!(!format!("{client:?}").contains("hunter2"));
}
