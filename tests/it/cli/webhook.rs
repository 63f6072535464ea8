//! `ayeaye webhook listen`.

use std::time::Duration;

use serde_json::json;

use super::home::{Home, Running};
use crate::support::{
    app::http,
    receiver::{Answer, Receiver},
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

#[tokio::test]
async fn what_happens_is_handed_to_a_program_signed() {
    let (home, mut desk) = (Home::with_tenants(), Home::new());
    let key = key(&home);
    let service = home.serve().await;
    subscribe(&service, "before@example.org").await;
    let before = wait::until("the events of before", Duration::from_secs(20), async || {
        let feed = http().get(format!("{}/v1/events", service.base)).bearer_auth(&key);
        let text = feed.send().await.unwrap().text().await.unwrap();
        (text.matches("\"consent.confirmed\"").count() == 1).then_some(text)
    });
    before.await;
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
    let secret = wait::until("the secret", Duration::from_secs(20), async || {
        let out = listener.out();
        let rest = out.split_once("Signed with ")?.1;
        rest.contains("Ctrl-C").then(|| rest.lines().next().unwrap_or_default().to_owned())
    })
    .await;
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

#[tokio::test]
async fn all_there_is_can_be_told_and_a_service_that_is_away_is_waited_for() {
    let (home, desk) = (Home::with_tenants(), Home::new());
    let key = key(&home);
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let program = Receiver::start([]).await;
    let url = format!("http://{port}");
    let listener = desk.start(&[
        "webhook",
        "listen",
        "--url",
        &url,
        "--key",
        &key,
        "--forward",
        &program.url(),
        "--after",
        "0",
    ]);
    listener.wait_for_line("does not answer").await;
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
    let url = feed.url();
    let listener = desk.start(&[
        "webhook",
        "listen",
        "--url",
        &url,
        "--key",
        "aye_x",
        "--forward",
        &program.url(),
        "--after",
        "0",
    ]);
    let requests = program.wait_for(1).await;
    assert_eq!(requests[0].json()["sequence"], 27);
    assert!(listener.out().contains("Events after 26 go to"), "{}", listener.out());
}

#[tokio::test]
async fn what_cannot_work_ends_at_once_with_the_reason() {
    let home = Home::with_tenants();
    let forward = ["--forward", "http://127.0.0.1:9/"];
    let run = |more: &[&str]| home.run(&[&["webhook", "listen"], more, &forward].concat());
    run(&[]).assert_refused(2, &["--key", "AYEAYE_KEY"]);
    run(&["--key", "x", "--secret", "whsec_short"]).assert_refused(2, &["signing secret"]);
    run(&["--key", "x", "--event", "consent"]).assert_refused(2, &["consent", "/docs/events"]);
    let service = home.serve().await;
    let url = ["--url", &service.base];
    run(&[&["--key", "aye_nobody"][..], &url].concat()).assert_refused(1, &["401"]);
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "checks", "--json"]);
    let key = made.json()["key"].as_str().unwrap().to_owned();
    run(&[&["--key", &key][..], &url].concat()).assert_refused(1, &["403", "events:read"]);
    service.stop().await;
}
