//! Many connections, and slow ones.

use std::time::Duration;

use super::wire::Wire;
use crate::support::{
    app::{SETUP, TestApp},
    database::Db,
    wait,
};

const HOW: &[u8] = b"GET /how HTTP/1.1\r\nhost: localhost\r\n\r\n";

async fn with_at_most(connections: &str, more: &[(&str, &str)]) -> TestApp {
    let settings = [&[("limits.connections_per_ip", connections)], more].concat();
    let app = TestApp::with(Db::Sqlite, &settings).await;
    app.apply(SETUP).await;
    app
}

#[tokio::test]
async fn the_fourth_connection_of_three_is_told_to_wait_and_closed() {
    let app = with_at_most("3", &[]).await;
    let mut kept = Vec::new();
    for _ in 0..3 {
        let mut wire = Wire::open(&app).await;
        wire.send(HOW).await;
        assert_eq!(wire.one().await.status, 200);
        kept.push(wire);
    }
    let mut fourth = Wire::open(&app).await;
    fourth.send(HOW).await;
    let refused = fourth.rest().await.expect("an answer");
    assert_eq!((refused.status, refused.header("connection")), (429, Some("close")));
    assert!(refused.body.contains("Please wait a little"), "{}", refused.body);
    kept[0].send(HOW).await;
    assert_eq!(kept[0].one().await.status, 200, "those inside are served");
    kept.pop();
    wait::until("a place to be free again", Duration::from_secs(10), async || {
        let mut next = Wire::open(&app).await;
        next.send(b"GET /how HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
        next.rest().await.filter(|it| it.status == 200)
    })
    .await;
}

#[tokio::test]
async fn a_trusted_proxy_may_hold_as_many_as_it_likes() {
    let app = with_at_most("3", &[("trusted_proxies", "127.0.0.1/32")]).await;
    let mut kept = Vec::new();
    for _ in 0..10 {
        let mut wire = Wire::open(&app).await;
        wire.send(HOW).await;
        assert_eq!(wire.one().await.status, 200);
        kept.push(wire);
    }
}

#[tokio::test]
async fn slow_heads_hold_up_nobody_else() {
    let app = with_at_most("200", &[]).await;
    let mut slow = Vec::new();
    for at in 0..60 {
        let mut wire = Wire::open(&app).await;
        if at % 2 == 0 {
            wire.send(HOW).await;
            assert_eq!(wire.one().await.status, 200);
        }
        wire.send(b"GET /how HTT").await;
        slow.push(wire);
    }
    for _ in 0..20 {
        let mut wire = Wire::open(&app).await;
        wire.send(b"GET /f/newsletter HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
        assert_eq!(wire.rest().await.expect("an answer").status, 200);
    }
    // The second head of a connection that was kept: finished late, it is answered.
    let mut late = slow.swap_remove(0);
    late.send(b"P/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
    assert_eq!(late.rest().await.expect("an answer").status, 200);
}

#[tokio::test]
async fn a_head_that_does_not_come_is_waited_for_a_few_seconds() {
    let app = with_at_most("3", &[]).await;
    let mut wire = Wire::open(&app).await;
    wire.send(b"GET /how HTTP/1.1\r\nhost:").await;
    let begun = std::time::Instant::now();
    if let Some(answer) = wire.rest().await {
        assert_eq!(answer.status, 408);
    }
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn visitors_who_leave_before_the_answer_leave_nothing_half_done() {
    let app = with_at_most("200", &[]).await;
    for at in 0..40 {
        let body = format!("email=ada{at}%40example.org&p=newsletter");
        let length = body.len();
        let head = format!(
            "POST /f/newsletter HTTP/1.1\r\nhost: localhost\r\ncontent-type: {}\r\ncontent-length: {length}\r\n\r\n{body}",
            super::FORM
        );
        let mut wire = Wire::open(&app).await;
        wire.send(head.as_bytes()).await;
    }
    super::assert_unharmed(&app).await;
    app.run_due().await;
    let rows = |dump: &str, table: &str| dump.lines().filter(|it| it.starts_with(table)).count();
    let dump = app.dump().await;
    let whole = rows(&dump, "request ");
    for table in ["contact ", "consent ", "mail "] {
        assert_eq!(rows(&dump, table), whole, "{table}");
    }
    assert_eq!(app.event_kinds("acme").await.len(), 2 * whole);
}
