//! Webhook receivers that want to hold the service up.

use std::{
    io::Write as _,
    net::SocketAddr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
    time::sleep,
};

/// How a receiver tries to hold the service up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Evil {
    /// A body without an end.
    Endless,
    /// A body of a few kilobytes that would be gigabytes if it were unpacked.
    Bomb,
    /// A head of ten megabytes.
    HugeHead,
    /// Interim answers without an end.
    Interim,
    /// A head nearly as long as is read, then one letter of it now and then.
    Dribble,
    /// Nothing.
    Silence,
}

/// Every kind.
pub(crate) const KINDS: [Evil; 6] =
    [Evil::Endless, Evil::Bomb, Evil::HugeHead, Evil::Interim, Evil::Dribble, Evil::Silence];

/// A receiver that holds its clients up until it is dropped.
pub(crate) struct EvilReceiver {
    address: SocketAddr,
    pub(crate) kind: Evil,
    /// How many were made to it.
    pub(crate) connections: Arc<AtomicUsize>,
    listener: AbortHandle,
}

impl EvilReceiver {
    /// Listens on a free port.
    pub(crate) async fn start(kind: Evil) -> Self {
        bomb();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::<AtomicUsize>::default();
        let count = Arc::clone(&connections);
        let listener = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::Relaxed);
                connections.spawn(async move {
                    // Ends when the service hangs up.
                    let _ = torment(stream, kind).await;
                });
            }
        });
        Self { address, kind, connections, listener: listener.abort_handle() }
    }

    /// The address of a webhook endpoint on it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }
}

impl Drop for EvilReceiver {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

async fn torment(mut stream: TcpStream, kind: Evil) -> std::io::Result<()> {
    let mut request = [0; 4_096];
    if stream.read(&mut request).await? == 0 {
        return Ok(());
    }
    match kind {
        Evil::Endless => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
            repeat(&mut stream, &[b'x'; 1_024]).await
        }
        Evil::Bomb => {
            let bomb = bomb();
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
                bomb.len()
            );
            stream.write_all(&[head.as_bytes(), bomb].concat()).await
        }
        Evil::HugeHead => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").await?;
            for _ in 0..1_000 {
                stream.write_all(format!("x-more: {}\r\n", "y".repeat(10_000)).as_bytes()).await?;
            }
            stream.write_all(b"\r\n").await
        }
        Evil::Interim => repeat(&mut stream, b"HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n").await,
        Evil::Dribble => {
            stream.write_all(format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(390_000)).as_bytes()).await?;
            repeat(&mut stream, b"y").await
        }
        Evil::Silence => stream.read(&mut request).await.map(|_| ()),
    }
}

/// Again and again until the service hangs up, without taking the whole machine.
async fn repeat(stream: &mut TcpStream, part: &[u8]) -> std::io::Result<()> {
    loop {
        stream.write_all(part).await?;
        sleep(Duration::from_millis(2)).await;
    }
}

/// Packed once: it takes longer than unpacking it.
fn bomb() -> &'static [u8] {
    static BOMB: OnceLock<Vec<u8>> = OnceLock::new();
    BOMB.get_or_init(|| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..64 {
            packed.write_all(&vec![0; 1 << 20]).unwrap();
        }
        packed.finish().unwrap()
    })
}
