//! Places that all tenants share: no tenant takes more than its part of them.

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::support::{
    app::{TestApp, http},
    database::both,
};

async fn listen(app: &TestApp, key: &str) -> reqwest::Response {
    http().get(format!("{}/v1/events/stream", app.base())).bearer_auth(key).send().await.unwrap()
}

/// Begins a stream of checks whose body does not end.
async fn check(app: &TestApp, key: &str, purpose: &str) -> TcpStream {
    let address = app.running().addr;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/checks.ndjson?purpose={purpose} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
         content-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

both! {
    async fn listeners_of_one_tenant_leave_places_to_others(app: TestApp) {
        let (acme, beta) = (app.api_key("acme").await, app.api_key("beta").await);
        let mut open = Vec::new();
        let mut refused = 0;
        for _ in 0..100 {
            let answer = listen(&app, &acme).await;
            match answer.status().as_u16() {
                200 => open.push(answer),
                503 => {
                    assert_eq!(answer.headers()["retry-after"], "60");
                    refused += 1;
                }
                other => panic!("{other}"),
            }
        }
        assert_eq!(listen(&app, &beta).await.status(), 200);
        assert_eq!((open.len(), refused), (25, 75));
    }

    async fn unfinished_checks_of_one_tenant_leave_places_to_others(app: TestApp) {
        let (acme, beta) = (app.api_key("acme").await, app.api_key("beta").await);
        let mut open = Vec::new();
        for _ in 0..16 {
            open.push(check(&app, &acme, "newsletter").await);
        }
        // Those that were refused are answered at once.
        let mut refused = 0;
        for stream in &mut open {
            let mut answer = [0; 12];
            let soon = std::time::Duration::from_millis(500);
            if tokio::time::timeout(soon, stream.read_exact(&mut answer)).await.is_ok() {
                assert_eq!(&answer, b"HTTP/1.1 503");
                refused += 1;
            }
        }
        let url = format!("{}/v1/checks.ndjson?purpose=lettre", app.base());
        let request = http().post(url).bearer_auth(&beta).header("content-type", "application/x-ndjson");
        let answer = request.body("{\"email\":\"a@example.org\"}\n").send().await.unwrap();
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
        assert_eq!(refused, 12);
    }
}
