//! `ayeaye serve` and `ayeaye healthcheck`.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::{Duration, Instant},
};

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    receiver::{Answer, Receiver},
    smtp_evil::{Behaviour, EvilSmtp},
    wait,
};

/// What supervisors give a service before they kill it.
const GRACE: Duration = Duration::from_secs(10);

fn connect(service: &Running) -> TcpStream {
    let stream = TcpStream::connect(service.base.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends `SIGTERM`; fails unless it ends with code 0 within [`GRACE`]. How long that took.
async fn asked_to_stop(service: Running) -> Duration {
    service.signal("TERM");
    let begun = Instant::now();
    let code = service.ended(GRACE).await;
    assert_eq!(code, 0);
    begun.elapsed()
}

#[tokio::test]
async fn a_service_with_nothing_to_do_ends_at_once() {
    let home = Home::with_tenants();
    let took = asked_to_stop(home.serve().await).await;
    assert!(took < Duration::from_secs(3), "{took:?}");
    let service = home.serve().await;
    service.signal("INT");
    assert_eq!(service.ended(GRACE).await, 0);
}

#[tokio::test]
async fn idle_and_half_sent_connections_do_not_hold_it_up() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let mut idle = connect(&service);
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    assert!(idle.read(&mut [0; 64]).unwrap() > 0);
    let mut half = connect(&service);
    half.write_all(b"GET /healthz HTTP/1.1\r\nho").unwrap();
    let took = asked_to_stop(service).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
}

#[tokio::test]
async fn a_form_that_never_arrives_holds_it_up_for_seconds_only() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let mut half = connect(&service);
    half.write_all(b"POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nemail=")
        .unwrap();
    asked_to_stop(service).await;
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_it_ends() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let address = "ada@example.org";
    let body = format!("email={address}&p=newsletter");
    let mut stream = connect(&service);
    let head = format!(
        "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let (first, rest) = body.split_at(9);
    stream.write_all(format!("{head}{first}").as_bytes()).unwrap();
    // A second connection is taken after the first one: its answer shows that the first has been read.
    service.visitor().open("/healthz").await;
    service.signal("TERM");
    service.wait_for_line("Stopping: ").await;
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303 "), "{answer}");
    assert_eq!(service.ended(GRACE).await, 0);
    let key = home.run(&["link", "mint", "--tenant", "acme", "--email", address]);
    key.assert_code(0);
}

#[tokio::test]
async fn whoever_waits_for_the_feed_is_answered_before_it_ends() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "events:read", "--json"]).json();
    let mut stream = connect(&service);
    let key = made["key"].as_str().unwrap();
    let head =
        format!("GET /v1/events?wait=30 HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {key}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    service.visitor().open("/healthz").await;
    let took = asked_to_stop(service).await;
    assert!(took < Duration::from_secs(5), "{took:?}");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("connection: close"), "{answer}");
}

#[tokio::test]
async fn slow_relays_and_receivers_do_not_hold_it_up() {
    let relay = EvilSmtp::start([Behaviour::Slow(Duration::from_mins(1))]).await;
    let receiver = Receiver::start([]).await;
    receiver.otherwise(Answer::Hang);
    let mut home = Home::new();
    home.set("AYEAYE_SMTP_URL", relay.url()).set("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32");
    let webhook = format!("\n[[tenant.webhook]]\nurl = \"{}\"\nevents = [\"*\"]\n", receiver.url());
    home.set_up(&format!("{SETUP}{webhook}"));
    let service = home.serve().await;
    let mut page = service.visitor().open("/f/lettre").await;
    page.fill("email", "ada@example.org");
    sign_up_when_allowed(&page).await;
    wait::until("a mail and a webhook to be under way", Duration::from_secs(20), async || {
        (relay.connections() > 0 && !receiver.requests().is_empty()).then_some(())
    })
    .await;
    asked_to_stop(service).await;
}

#[tokio::test]
async fn many_mails_that_wait_do_not_hold_it_up() {
    let relay = EvilSmtp::start([Behaviour::Slow(Duration::from_millis(100)); 60]).await;
    let mut home = Home::new();
    home.set("AYEAYE_SMTP_URL", relay.url()).set("AYEAYE_SMTP_CONNECTIONS", "1");
    home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set("AYEAYE_LIMITS_ATTACK_MODE", "off");
    home.set("AYEAYE_LIMITS_NETWORK_MAILS_PER_HOUR", "1000");
    home.set_up(SETUP);
    let service = home.serve().await;
    for number in 0..40 {
        let body = format!("email=person{number}%40crowd{number}.example&p=newsletter");
        let request = http().post(format!("{}/f/newsletter", service.base));
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        assert_eq!(request.send().await.unwrap().status(), 303);
    }
    wait::until("mails to be sent", Duration::from_secs(20), async || {
        (!relay.mails().is_empty()).then_some(())
    })
    .await;
    let took = asked_to_stop(service).await;
    assert!(took < Duration::from_secs(4), "{took:?}");
    let sent = relay.mails().len();
    assert!(sent < 40, "it was asked to stop with mails waiting, and sent all {sent}");
}

/// The form takes nothing in its first two seconds: asks again until it does.
async fn sign_up_when_allowed(page: &crate::support::page::Page) {
    wait::until("the form to be taken", Duration::from_secs(20), async || {
        let answer = page.press("Sign up").await;
        (answer.status() == 200 && answer.h1() == "Check your email").then_some(())
    })
    .await;
}

#[test]
fn a_port_that_is_taken_is_told_in_words() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let words = ["cannot listen on ", &address, "Choose another with --listen"];
    Home::new().run(&["serve", "--listen", &address]).assert_refused(1, &words);
    Home::new().run(&["demo", "--listen", &address]).assert_refused(1, &words);
}

#[tokio::test]
async fn a_health_check_tells_a_ready_service_from_one_that_is_gone() {
    let mut home = Home::with_tenants();
    let service = home.serve().await;
    let ready = home.run(&["healthcheck", "--url", &service.base]);
    ready.assert_code(0);
    assert_eq!(ready.out, "ready\n");
    // Without an address it asks where the service is configured to listen.
    let addr = service.base.trim_start_matches("http://").to_owned();
    home.set("AYEAYE_LISTEN", &addr).run(&["healthcheck"]).assert_code(0);
    assert_eq!(home.run(&["healthcheck", "--json"]).json()["ready"], true);
    service.stop().await;
    home.run(&["healthcheck"]).assert_refused(1, &["Nothing answers at", &addr]);
    home.run(&["healthcheck", "--url", "nowhere"])
        .assert_refused(2, &["--url nowhere", "http://127.0.0.1:8080"]);
    for more in ["/x", "/?y", "/#z"] {
        let url = format!("http://{addr}{more}");
        home.run(&["healthcheck", "--url", &url]).assert_refused(2, &["--url", &url, "the address alone"]);
    }
    let with_password = home.run(&["healthcheck", "--url", &format!("http://ada:hunter2@{addr}")]);
    with_password.assert_refused(2, &["--url: ", "the address alone"]);
    assert!(!with_password.err.contains("hunter2"), "{}", with_password.err);
}

#[tokio::test]
async fn a_health_check_fails_when_the_service_is_not_ready() {
    let receiver = Receiver::start([]).await;
    receiver.otherwise(Answer::status(503).body(r#"{"status":"not_ready","database":"unreachable"}"#));
    let base = receiver.url().trim_end_matches("/hook").to_owned();
    let home = Home::new();
    // The receiver answers on this very thread: the command is not waited for in between.
    let running = home.start(&["healthcheck", "--url", &base]);
    running.wait_for_line("unreachable").await;
    assert_eq!(running.ended(GRACE).await, 1);
}

#[tokio::test]
async fn a_health_check_does_not_repeat_what_is_not_the_service() {
    let receiver = Receiver::start([]).await;
    let base = receiver.url().trim_end_matches("/hook").to_owned();
    let home = Home::new();
    let endless = format!("{{\"status\":\"{}\"}}", "x".repeat(20_000));
    for (status, body) in
        [(404, "<h1>A page\nof another</h1>"), (200, "<h1>Welcome</h1>"), (200, "{}"), (200, &endless)]
    {
        receiver.otherwise(Answer::status(status).body(body));
        let running = home.start(&["healthcheck", "--url", &base]);
        assert_eq!(running.ended(GRACE).await, 1, "{body:.40}");
        let said = home.log();
        assert!(
            said.contains(&format!("{base} answered {status} ")) && said.contains("is this the address"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
