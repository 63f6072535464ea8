//! Requests byte by byte, as no client would send them, and answers as they come.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use crate::support::app::TestApp;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in lower case, sorted, without the date.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    fn of(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head in {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().and_then(|it| it.split(' ').nth(1)).and_then(|it| it.parse().ok());
        let split =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let mut headers: Vec<_> = lines.filter_map(split).filter(|(name, _)| name != "date").collect();
        headers.sort();
        Self {
            status: status.unwrap_or_else(|| panic!("no status in {text:?}")),
            headers,
            body: body.to_owned(),
        }
    }
}

/// A connection of one's own.
pub(crate) struct Wire(TcpStream);

impl Wire {
    pub(crate) async fn open(app: &TestApp) -> Self {
        Self(TcpStream::connect(app.running().addr).await.unwrap())
    }

    /// Sends what the other side still takes.
    pub(crate) async fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).await.is_ok()
    }

    /// Everything until the other side closes; nothing when it closes without a word.
    pub(crate) async fn rest(&mut self) -> Option<Answer> {
        let mut bytes = Vec::new();
        let read = timeout(PATIENCE, self.0.read_to_end(&mut bytes)).await;
        // A reset after the answer is a way to close, too.
        let _closed = read.unwrap_or_else(|_| panic!("no end of the answer within {PATIENCE:?}"));
        (!bytes.is_empty()).then(|| Answer::of(&bytes))
    }

    /// One answer with a known length, the connection kept.
    pub(crate) async fn one(&mut self) -> Answer {
        let mut bytes = Vec::new();
        let read = async {
            loop {
                let read = self.0.read_buf(&mut bytes).await.unwrap();
                assert!(read > 0, "closed after {:?}", String::from_utf8_lossy(&bytes));
                let text = String::from_utf8_lossy(&bytes);
                let Some((_, body)) = text.split_once("\r\n\r\n") else { continue };
                let answer = Answer::of(&bytes);
                let length = answer.header("content-length").map_or(0, |it| it.parse::<usize>().unwrap());
                if body.len() >= length {
                    return answer;
                }
            }
        };
        timeout(PATIENCE, read).await.unwrap_or_else(|_| panic!("no answer within {PATIENCE:?}"))
    }
}

/// Sends `bytes` on a connection of their own and reads until it is closed.
pub(crate) async fn raw(app: &TestApp, bytes: &[u8]) -> Option<Answer> {
    let mut wire = Wire::open(app).await;
    wire.send(bytes).await;
    wire.rest().await
}

/// A whole request with these header lines (each ended by CR LF), answered and closed.
pub(crate) async fn ask(app: &TestApp, method: &str, path: &str, headers: &str, body: &str) -> Answer {
    let addr = app.running().addr;
    let host =
        if headers.to_lowercase().contains("host:") { String::new() } else { format!("host: {addr}\r\n") };
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    let head = format!("{method} {path} HTTP/1.1\r\n{host}connection: close\r\n{length}{headers}\r\n");
    let answer = raw(app, format!("{head}{body}").as_bytes()).await;
    answer.unwrap_or_else(|| panic!("{method} {path}: closed without an answer"))
}
