//! `ayeaye webhook listen`.

use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::json;

use super::home::{Home, Running};
use crate::support::{
    app::http,
    receiver::{Answer, Receiver, Request},
    served::Served,
    wait,
};

fn key(home: &Home) -> String {
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "events:read", "--json"]);
    made.json()["key"].as_str().unwrap().to_owned()
}

/// Signs up by a plain form, which carries no time of its own, and confirms.
async fn subscribe(service: &Running, email: &str) {
    let body = format!("email={}&p=newsletter", email.replace('@', "%40"));
    let form = http().post(format!("{}/f/newsletter", service.base));
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(body);
    assert_eq!(form.send().await.unwrap().status(), 303);
    let link = service.link(email, 1, "confirm").await;
    let page = service.visitor().open(&link).await.press("Yes, send me these emails").await;
    page.assert_h1("You are signed up");
}

/// Waits until the feed tells that somebody confirmed; its last place.
async fn told_to_the_feed(service: &Running, key: &str) -> i64 {
    wait::until("the feed", Duration::from_secs(20), async || {
        let feed = http().get(format!("{}/v1/events", service.base)).bearer_auth(key);
        let text = feed.send().await.unwrap().text().await.unwrap();
        let page: serde_json::Value = serde_json::from_str(&text).unwrap();
        let last = page["data"].as_array()?.last()?;
        (last["type"] == "consent.confirmed").then(|| last["sequence"].as_i64().unwrap())
    })
    .await
}

/// The message carries a `v1` and a `v1a`, and that one fits the public key.
fn assert_fits(request: &Request, public: &str) {
    let header = |name| request.header(name).unwrap();
    let signatures: Vec<(&str, &str)> =
        header("webhook-signature").split(' ').map(|it| it.split_once(',').unwrap()).collect();
    let [("v1", _), ("v1a", signature)] = signatures.as_slice() else { panic!("{signatures:?}") };
    let bytes = |base64: &str| BASE64_STANDARD.decode(base64).unwrap();
    let key = bytes(public.strip_prefix("whpk_").unwrap()).try_into().unwrap();
    let key = VerifyingKey::from_bytes(&key).unwrap();
    let head = format!("{}.{}.", header("webhook-id"), header("webhook-timestamp"));
    let signature = Signature::from_slice(&bytes(signature)).unwrap();
    key.verify_strict(&[head.as_bytes(), &request.body].concat(), &signature).unwrap();
}

#[tokio::test]
async fn what_happens_is_handed_to_a_program_signed() {
    let (home, mut desk) = (Home::with_tenants(), Home::new());
    let key = key(&home);
    let service = home.serve().await;
    subscribe(&service, "before@example.org").await;
    told_to_the_feed(&service, &key).await;
    let program = Receiver::start([Answer::status(500)]).await;
    desk.set("AYEAYE_KEY", key);
    let listener = desk.start(&[
        "webhook",
        "listen",
        "--url",
        &service.base,
        "--forward",
        &program.url(),
        "--event",
        "signup.requested",
        "--event",
        "consent.*",
    ]);
    let out = wait::until("the secret", Duration::from_secs(20), async || {
        let out = listener.out();
        out.contains("Ctrl-C").then_some(out)
    })
    .await;
    let told = |prefix: &str| out.split_whitespace().find(|it| it.starts_with(prefix)).unwrap().to_owned();
    let (secret, public) = (told("whsec_"), told("whpk_"));
    subscribe(&service, "after@example.org").await;
    let requests = program.wait_for(2).await;
    let kinds: Vec<String> =
        requests.iter().map(|it| it.json()["type"].as_str().unwrap().to_owned()).collect();
    assert_eq!(
        kinds,
        ["signup.requested", "consent.confirmed"],
        "what was before is not told, nor tried again"
    );
    let reference = standardwebhooks::Webhook::new(&secret).unwrap();
    for request in &requests {
        let mut headers = http::HeaderMap::new();
        for (name, value) in &request.headers {
            headers.append(http::HeaderName::try_from(name.as_str()).unwrap(), value.parse().unwrap());
        }
        reference.verify(&request.body, &headers).unwrap();
        assert_fits(request, &public);
        assert_eq!(request.header("webhook-id"), request.json()["id"].as_str());
    }
    wait::until("both lines", Duration::from_secs(20), async || {
        let out = listener.out();
        let told = out.lines().filter(|it| it.contains(" ms  ")).count();
        (told == 2 && out.contains("\n500  ") && out.contains("\n204  ")).then_some(())
    })
    .await;
    listener.signal("INT");
    assert_eq!(listener.ended(Duration::from_secs(10)).await, 0);
    service.stop().await;
}

/// Listens from the beginning of the feed.
fn listen_to_all(desk: &Home, url: &str, key: &str, program: &Receiver) -> Running {
    let forward = program.url();
    let whereto = ["--url", url, "--key", key, "--forward", &forward, "--after", "0"];
    desk.start(&[&["webhook", "listen"], &whereto[..]].concat())
}

#[tokio::test]
async fn all_there_is_can_be_told_and_a_service_that_is_away_is_waited_for() {
    let (home, desk) = (Home::with_tenants(), Home::new());
    let key = key(&home);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let program = Receiver::start([]).await;
    let url = format!("http://{port}");
    let listener = listen_to_all(&desk, &url, &key, &program);
    listener.wait_for_line("Nothing answers at").await;
    let service = home.serve_on(&port).await;
    subscribe(&service, "ada@example.org").await;
    let requests = program.wait_for(3).await;
    assert_eq!(requests[0].json()["type"], "signup.requested");
    drop(listener);
    service.stop().await;
}

#[tokio::test]
async fn all_there_is_begins_with_the_oldest_event_that_is_kept() {
    let feed = Served::start(|request| {
        let event = json!({ "id": "evt_1", "type": "ping", "sequence": 27 });
        let page = |data| json!({ "object": "list", "data": data, "has_more": false, "next_after": 27 });
        match () {
            () if request.target.contains("after=0") => Answer::status(410),
            () if request.target.contains("after=26") || !request.target.contains("after=") => {
                Answer::status(200).body(page(json!([event])).to_string())
            }
            () => Answer::status(503),
        }
    })
    .await;
    let (desk, program) = (Home::new(), Receiver::start([]).await);
    let (url, key) = (feed.url(), format!("aye_{}", "A".repeat(43)));
    let listener = listen_to_all(&desk, &url, &key, &program);
    let requests = program.wait_for(1).await;
    assert_eq!(requests[0].json()["sequence"], 27);
    assert!(listener.out().contains("Events after 26 go to"), "{}", listener.out());
}

#[tokio::test]
async fn what_cannot_work_ends_at_once_with_the_reason() {
    let home = Home::with_tenants();
    let forward = ["--forward", "http://127.0.0.1:9/"];
    let run = |more: &[&str]| home.run(&[&["webhook", "listen"], more, &forward].concat());
    run(&[]).assert_refused(2, &["AYEAYE_KEY", "--key", "--scope events:read"]);
    run(&["--key", "x", "--secret", "whsec_short"]).assert_refused(2, &["--secret", "signing secret"]);
    run(&["--key", "x", "--event", "consent"]).assert_refused(2, &["--event consent", "/docs/events"]);
    run(&["--key", "x", "--after", "-1"]).assert_refused(2, &["--after"]);
    run(&["--key", "aye_x"]).assert_refused(2, &["--key", "43 characters"]);
    run(&["--key", "x", "--url", "nowhere"]).assert_refused(2, &["--url nowhere", "https://nowhere"]);
    for forward in ["notaurl", "localhost:3000", "ftp://127.0.0.1/", "http://", ""] {
        let words = [&format!("--forward {forward}"), "http://localhost:3000/hook"];
        home.run(&["webhook", "listen", "--key", "x", "--forward", forward]).assert_refused(2, &words);
    }
    let service = home.serve().await;
    let url = ["--url", &service.base];
    let nobody = format!("aye_{}", "A".repeat(43));
    run(&[&["--key", &nobody][..], &url].concat()).assert_refused(1, &["401"]);
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "checks", "--json"]);
    let key = made.json()["key"].as_str().unwrap().to_owned();
    run(&[&["--key", &key][..], &url].concat()).assert_refused(1, &["403", "events:read"]);
    home.write("key.txt", &format!("{key}\n"));
    run(&[&["--key", "key.txt"][..], &url].concat()).assert_refused(1, &["403", "events:read"]);
    service.stop().await;
}

#[tokio::test]
async fn a_place_the_feed_cannot_go_on_from_is_refused_before_anything_is_announced() {
    let home = Home::with_tenants();
    let (service, key) = (home.serve().await, key(&home));
    subscribe(&service, "ada@example.org").await;
    let last = told_to_the_feed(&service, &key).await;
    let listen = |after: &str| {
        let whereto =
            ["--url", &service.base, "--key", &key, "--forward", "http://127.0.0.1:1/hook", "--after", after];
        home.run(&[&["webhook", "listen"], &whereto[..]].concat())
    };
    let ahead = listen("999999");
    ahead.assert_refused(1, &["--after 999999", &format!("its last place is {last}."), "Leave --after out"]);
    assert!(ahead.out.is_empty() && !ahead.err.contains("/v1/changes"), "{}{}", ahead.out, ahead.err);
    service.stop().await;
}

#[tokio::test]
async fn a_program_that_is_not_there_is_told_in_words() {
    let home = Home::with_tenants();
    let (service, key) = (home.serve().await, key(&home));
    subscribe(&service, "ada@example.org").await;
    let before = (told_to_the_feed(&service, &key).await - 1).to_string();
    let forward = "http://127.0.0.1:1/hook?secret=hunter2";
    let whereto = ["--url", &service.base, "--key", &key, "--forward", forward, "--after", &before];
    let listener = home.start(&[&["webhook", "listen"], &whereto[..]].concat());
    let told = wait::until("an event that is not taken", Duration::from_secs(20), async || {
        listener.out().lines().find(|it| it.starts_with("no answer")).map(str::to_owned)
    })
    .await;
    assert!(told.ends_with(": nothing listens at http://127.0.0.1:1"), "{told}");
    drop(listener);
    service.stop().await;
}
