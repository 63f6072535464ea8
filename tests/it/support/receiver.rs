//! A webhook receiver that answers by script and remembers every request.
//!
//! It reads HTTP/1.1 itself, byte by byte as sent, so that it can also do what no web framework lets one do: say
//! nothing, or hang up. Bodies need a `Content-Length`; a chunked one is answered 411.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
};

use super::wait;

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// An HTTP answer.
    Reply(Reply),
    /// Nothing, until the client gives up.
    Hang,
    /// The connection is closed without a word.
    HangUp,
}

/// An HTTP answer, perhaps after a while.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    delay: Duration,
}

impl Answer {
    /// An empty answer with this status.
    pub(crate) fn status(status: u16) -> Self {
        Self::Reply(Reply { status, headers: Vec::new(), body: Vec::new(), delay: Duration::ZERO })
    }

    /// The same, later.
    pub(crate) fn after(self, delay: Duration) -> Self {
        self.change(|reply| reply.delay = delay)
    }

    /// The same with one more header.
    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        self.change(|reply| reply.headers.push((name.to_owned(), value.to_owned())))
    }

    /// The same with a body.
    pub(crate) fn body(self, body: impl Into<Vec<u8>>) -> Self {
        self.change(|reply| reply.body = body.into())
    }

    fn change(mut self, change: impl FnOnce(&mut Reply)) -> Self {
        match &mut self {
            Self::Reply(reply) => change(reply),
            Self::Hang | Self::HangUp => panic!("{self:?} has neither status nor headers nor body"),
        }
        self
    }
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// `POST`.
    pub(crate) method: String,
    /// Path and query.
    pub(crate) target: String,
    /// Names in lower case, in the order sent.
    pub(crate) headers: Vec<(String, String)>,
    /// The body byte by byte: signatures cover exactly this.
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The value of the first header of this name (in lower case).
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

struct State {
    script: VecDeque<Answer>,
    otherwise: Answer,
    requests: Vec<Request>,
    at_once: usize,
    most_at_once: usize,
}

/// The receiver; it stops when dropped.
pub(crate) struct Receiver {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    listener: AbortHandle,
}

impl Receiver {
    /// Listens on a free port; the first requests get the answers of `script`, all others 204.
    pub(crate) async fn start(script: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let state = Arc::new(Mutex::new(State {
            script: script.into_iter().collect(),
            otherwise: Answer::status(204),
            requests: Vec::new(),
            at_once: 0,
            most_at_once: 0,
        }));
        let listener = tokio::spawn(listen(listener, Arc::clone(&state))).abort_handle();
        Self { address, state, listener }
    }

    /// What to answer when the script is used up.
    pub(crate) fn otherwise(&self, answer: Answer) {
        locked(&self.state).otherwise = answer;
    }

    /// The address of a webhook endpoint on it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Every request read so far, answered or not.
    pub(crate) fn requests(&self) -> Vec<Request> {
        locked(&self.state).requests.clone()
    }

    /// How many requests were waiting for an answer at the same time, at most.
    pub(crate) fn most_at_once(&self) -> usize {
        locked(&self.state).most_at_once
    }

    /// Waits until `count` requests have come and gives them.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Request> {
        wait::until(&format!("{count} requests at the receiver"), Duration::from_secs(20), async || {
            Some(self.requests()).filter(|it| it.len() >= count)
        })
        .await
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: TcpListener, state: Arc<Mutex<State>>) {
    // Dropped with this task, and all connections with it.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        // A client that goes away ends the conversation; what it sent whole is recorded.
        connections.spawn(async move {
            let _ = converse(BufReader::new(stream), &state).await;
        });
    }
}

/// Answers requests until the client closes: connections are kept alive.
async fn converse(mut stream: BufReader<TcpStream>, state: &Mutex<State>) -> io::Result<()> {
    while let Some(mut request) = head(&mut stream).await? {
        if request.header("transfer-encoding").is_some() {
            return reply(&mut stream, Answer::status(411)).await.map(|_| ());
        }
        let length = request.header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
        request.body = vec![0; length];
        stream.read_exact(&mut request.body).await?;
        let (answer, _waiting) = Waiting::begin(state, request);
        if !reply(&mut stream, answer).await? {
            return Ok(());
        }
    }
    Ok(())
}

/// Counts a request while it waits for its answer.
struct Waiting<'a>(&'a Mutex<State>);

impl<'a> Waiting<'a> {
    fn begin(state: &'a Mutex<State>, request: Request) -> (Answer, Self) {
        let mut it = locked(state);
        it.requests.push(request);
        it.at_once += 1;
        it.most_at_once = it.most_at_once.max(it.at_once);
        let answer = it.script.pop_front().unwrap_or_else(|| it.otherwise.clone());
        (answer, Self(state))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        locked(self.0).at_once -= 1;
    }
}

/// Reads the head of a request; nothing when the client has closed instead.
pub(super) async fn head(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Request>> {
    let mut first = String::new();
    stream.read_line(&mut first).await?;
    let mut words = first.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
            None => return Ok(Some(Request { method, target, headers, body: Vec::new() })),
        }
    }
}

/// Gives the answer; says whether the connection goes on.
pub(super) async fn reply(stream: &mut BufReader<TcpStream>, answer: Answer) -> io::Result<bool> {
    let reply = match answer {
        Answer::Reply(reply) => reply,
        Answer::Hang => return stream.read(&mut [0]).await.map(|_| false),
        Answer::HangUp => return Ok(false),
    };
    tokio::time::sleep(reply.delay).await;
    let mut head = vec![format!("HTTP/1.1 {} Scripted", reply.status)];
    head.extend(reply.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    if reply.status != 204 {
        head.push(format!("content-length: {}", reply.body.len()));
    }
    stream.write_all(format!("{}\r\n\r\n", head.join("\r\n")).as_bytes()).await?;
    stream.write_all(&reply.body).await?;
    stream.flush().await?;
    Ok(true)
}
