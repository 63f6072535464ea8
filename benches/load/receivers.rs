//! Webhook receivers that take everything at once, or never answer.

use std::{
    collections::HashSet,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Instant,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::http::find;

/// What has come to all receivers that answer.
#[derive(Default)]
pub(crate) struct Came {
    /// Receiver and id of each message.
    seen: HashSet<(usize, Vec<u8>)>,
    /// Messages that had come before.
    pub(crate) again: u64,
    /// When the first came.
    pub(crate) first: Option<Instant>,
    /// When the last came.
    pub(crate) last: Option<Instant>,
}

impl Came {
    /// How many different messages came.
    pub(crate) fn count(&self) -> usize {
        self.seen.len()
    }
}

/// The receivers. They share a thread of their own until the program ends.
pub(crate) struct Receivers {
    addresses: Vec<SocketAddr>,
    came: Arc<Mutex<Came>>,
}

impl Receivers {
    /// `well` that answer and `hanging` that do not.
    pub(crate) fn start(well: usize, hanging: usize) -> Self {
        let bind = |_| {
            let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
            listener.set_nonblocking(true).expect("a socket that does not block");
            listener
        };
        let listeners: Vec<_> = (0..well + hanging).map(bind).collect();
        let addresses = listeners.iter().map(|it| it.local_addr().expect("the port bound")).collect();
        let came = Arc::<Mutex<Came>>::default();
        let kept = Arc::clone(&came);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let all = listeners.into_iter().enumerate().map(|(number, listener)| {
                    let came = (number < well).then(|| Arc::clone(&kept));
                    tokio::spawn(listen(listener, number, came))
                });
                for listening in all.collect::<Vec<_>>() {
                    let _ = listening.await;
                }
            });
        });
        Self { addresses, came }
    }

    /// Their endpoints, as in a file for `ayeaye apply`.
    pub(crate) fn endpoints(&self) -> String {
        let one = |it: &SocketAddr| {
            format!("\n[[tenant.webhook]]\nurl = \"http://{it}/hook\"\nevents = [\"consent.confirmed\"]\n")
        };
        self.addresses.iter().map(one).collect()
    }

    /// What has come so far.
    pub(crate) fn came(&self) -> std::sync::MutexGuard<'_, Came> {
        self.came.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Without a place to note what comes, nothing is answered.
async fn listen(listener: std::net::TcpListener, number: usize, came: Option<Arc<Mutex<Came>>>) {
    let listener = TcpListener::from_std(listener).expect("a listener");
    while let Ok((stream, _)) = listener.accept().await {
        let came = came.clone();
        tokio::spawn(async move {
            // The service may close a connection whenever it likes.
            let _ = match came {
                Some(came) => take_all(stream, number, &came).await,
                None => hang(stream).await,
            };
        });
    }
}

async fn hang(mut stream: TcpStream) -> io::Result<()> {
    let mut room = vec![0; 4_096];
    while stream.read(&mut room).await? > 0 {}
    Ok(())
}

async fn take_all(mut stream: TcpStream, number: usize, came: &Mutex<Came>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4_096);
    loop {
        let length = loop {
            if let Some(length) = whole(&request) {
                break length;
            }
            if stream.read_buf(&mut request).await? == 0 {
                return Ok(());
            }
        };
        note(&request, number, came);
        request.drain(..length);
        stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await?;
    }
}

/// The length of the first request, head and body, when it is there whole.
fn whole(request: &[u8]) -> Option<usize> {
    let head = find(request, b"\r\n\r\n")? + 4;
    let length: usize = field(&request[..head], b"content-length: ").parse().expect("a length");
    (request.len() >= head + length).then_some(head + length)
}

/// The value of a header, its name as the service writes it.
fn field<'a>(head: &'a [u8], name: &[u8]) -> &'a str {
    let rest = find(head, name).map_or(&[][..], |at| &head[at + name.len()..]);
    let end = find(rest, b"\r").unwrap_or(0);
    std::str::from_utf8(&rest[..end]).expect("headers are ASCII")
}

fn note(request: &[u8], number: usize, came: &Mutex<Came>) {
    let id = field(request, b"webhook-id: ").as_bytes().to_vec();
    assert!(find(request, b"webhook-signature: v1,").is_some(), "every message is signed");
    let now = Instant::now();
    let mut came = came.lock().unwrap_or_else(PoisonError::into_inner);
    came.first.get_or_insert(now);
    came.last = Some(now);
    if !came.seen.insert((number, id)) {
        came.again += 1;
    }
}
