//! A receiver of deliveries that follows a script, byte by byte.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// Listens on a port of its own, counts connections, keeps requests.
pub(super) struct Receiver {
    pub(super) address: SocketAddr,
    connects: Arc<AtomicUsize>,
    requests: mpsc::UnboundedReceiver<Vec<u8>>,
    ended: mpsc::UnboundedReceiver<()>,
}

impl Receiver {
    /// After each request, `script` does what it likes with the connection.
    pub(super) async fn start<S, F>(script: S) -> Self
    where
        S: Fn(TcpStream) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connects = Arc::new(AtomicUsize::new(0));
        let (keep, requests) = mpsc::unbounded_channel();
        let (end, ended) = mpsc::unbounded_channel();
        let count = Arc::clone(&connects);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                let request = read_request(&mut stream).await;
                let scripted = script(stream);
                let (keep, end) = (keep.clone(), end.clone());
                tokio::spawn(async move {
                    let _test_over = keep.send(request);
                    scripted.await;
                    let _test_over = end.send(());
                });
            }
        });
        Self { address, connects, requests, ended }
    }

    /// Answers every request with these bytes and closes.
    pub(super) async fn answering(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = Arc::new(bytes.into());
        Self::start(move |mut stream| {
            let bytes = Arc::clone(&bytes);
            async move {
                let _client_gone = stream.write_all(&bytes).await;
                let _client_gone = stream.shutdown().await;
            }
        })
        .await
    }

    /// Repeats `part` after `head` until the client hangs up.
    pub(super) async fn endless(head: &'static [u8], part: &'static [u8]) -> Self {
        Self::start(move |mut stream| async move {
            let mut written = stream.write_all(head).await;
            while written.is_ok() {
                written = stream.write_all(part).await;
            }
        })
        .await
    }

    /// Sends `bytes` and then nothing, the connection open until the client hangs up.
    pub(super) async fn silent_after(bytes: &'static [u8]) -> Self {
        Self::start(move |mut stream| async move {
            stream.write_all(bytes).await.unwrap();
            while stream.read(&mut [0; 64]).await.is_ok_and(|it| it > 0) {}
        })
        .await
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/hook?a=b", self.address)
    }

    pub(super) fn connects(&self) -> usize {
        self.connects.load(Ordering::SeqCst)
    }

    /// The oldest request not yet looked at.
    pub(super) async fn request(&mut self) -> String {
        let request = tokio::time::timeout(Duration::from_secs(10), self.requests.recv()).await;
        String::from_utf8(request.expect("a request came").unwrap()).unwrap()
    }

    /// Waits until the script of one connection has run to its end.
    pub(super) async fn ended(&mut self) {
        let ended = tokio::time::timeout(Duration::from_secs(10), self.ended.recv()).await;
        ended.expect("the client hung up").unwrap();
    }
}

/// One request: its head, and as much body as it declares.
pub(super) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Vec<u8> {
    let mut request = Vec::new();
    let mut whole = usize::MAX;
    while request.len() < whole {
        let mut part = [0; 8192];
        match stream.read(&mut part).await {
            Ok(0) | Err(_) => break,
            Ok(read) => request.extend_from_slice(&part[..read]),
        }
        let text = String::from_utf8_lossy(&request);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let declared =
                head.lines().find_map(|it| it.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            whole = head.len() + 4 + declared.unwrap_or(0);
        }
    }
    request
}
