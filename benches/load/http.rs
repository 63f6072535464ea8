//! A small HTTP/1.1 client: one connection kept open, one request at a time, one buffer.
//!
//! It shares two processors with the service it measures, so it does no more than it must: a request is
//! written from bytes made beforehand, of an answer only status, length and body are read.

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpStream, tcp::ReadHalf},
    time::timeout,
};

/// How long an answer may take before it counts as none.
const PATIENCE: Duration = Duration::from_secs(30);
/// Least room for one read.
const ROOM: usize = 16 * 1024;
/// No head of an answer is longer.
const HEAD_MAX: usize = 64 * 1024;

/// A connection to the service; opened again by the next request after it broke.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// An answer. The body lies in the connection's buffer until the next request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        Ok(Self { address, stream: Some(connect(address).await?), buffer: Vec::with_capacity(ROOM) })
    }

    /// Connects to the service, which must be there.
    pub(crate) async fn to(address: SocketAddr) -> Self {
        Self::open(address).await.expect("the service takes connections")
    }

    /// Sends `request`, which is whole, and reads the whole answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.address).await?,
        };
        self.buffer.clear();
        let (reader, mut writer) = stream.split();
        let mut exchange = Exchange { stream: reader, buffer: &mut self.buffer };
        // Read while it is sent: a long request is answered before its end.
        let both = async { tokio::try_join!(writer.write_all(request), exchange.run()) };
        let ((), head) = timeout(PATIENCE, both).await.map_err(|_late| late())??;
        let Head { status, start, end, close } = head;
        if !close {
            self.stream = Some(stream);
        }
        Ok(Answer { status, body: &self.buffer[start..end] })
    }
}

async fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = timeout(PATIENCE, TcpStream::connect(address)).await.map_err(|_late| late())??;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn late() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "no answer in time")
}

/// What the head of an answer says, and where the body lies in the buffer.
struct Head {
    status: u16,
    start: usize,
    end: usize,
    close: bool,
}

/// How the end of a body is found (RFC 9112 section 6.3).
#[derive(Clone, Copy)]
enum Length {
    Exact(usize),
    Chunked,
}

struct Exchange<'a> {
    stream: ReadHalf<'a>,
    buffer: &'a mut Vec<u8>,
}

impl Exchange<'_> {
    async fn run(&mut self) -> io::Result<Head> {
        let start = self.head_end().await?;
        let (status, length, close) = parse_head(&self.buffer[..start])?;
        let end = match length {
            Length::Exact(length) => {
                self.fill(start + length).await?;
                start + length
            }
            Length::Chunked => self.join_chunks(start).await?,
        };
        Ok(Head { status, start, end, close })
    }

    /// Reads until the buffer holds `length` bytes.
    async fn fill(&mut self, length: usize) -> io::Result<()> {
        while self.buffer.len() < length {
            let missing = length - self.buffer.len();
            self.buffer.reserve(missing.max(ROOM));
            if self.stream.read_buf(self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    /// Where the head ends, its empty line included.
    async fn head_end(&mut self) -> io::Result<usize> {
        let mut from = 0;
        loop {
            self.fill(self.buffer.len() + 1).await?;
            if let Some(at) = find(&self.buffer[from..], b"\r\n\r\n") {
                return Ok(from + at + 4);
            }
            if self.buffer.len() > HEAD_MAX {
                return Err(nonsense("the head has no end"));
            }
            from = self.buffer.len().saturating_sub(3);
        }
    }

    /// Moves the chunks together behind the head; where the body then ends.
    async fn join_chunks(&mut self, start: usize) -> io::Result<usize> {
        let (mut at, mut end) = (start, start);
        loop {
            let line = loop {
                match find(&self.buffer[at..], b"\r\n") {
                    Some(length) => break at..at + length,
                    None => self.fill(self.buffer.len() + 1).await?,
                }
            };
            let size = chunk_size(&self.buffer[line.clone()])?;
            let data = line.end + 2;
            self.fill(data + size + 2).await?;
            if size == 0 {
                return Ok(end);
            }
            self.buffer.copy_within(data..data + size, end);
            end += size;
            at = data + size + 2;
        }
    }
}

/// Status, how the body ends, and whether the connection ends with it.
fn parse_head(head: &[u8]) -> io::Result<(u16, Length, bool)> {
    let head = str::from_utf8(head).map_err(|_bytes| nonsense("the head is not text"))?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|it| it.strip_prefix("HTTP/1.1 ")).and_then(|it| it.get(..3));
    let status = status.and_then(|it| it.parse().ok()).ok_or_else(|| nonsense("no status"))?;
    let (mut length, mut close) = (Length::Exact(0), false);
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-length") {
            length = Length::Exact(value.parse().map_err(|_text| nonsense("no length"))?);
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            length = Length::Chunked;
        } else if name.eq_ignore_ascii_case("connection") {
            close = value.eq_ignore_ascii_case("close");
        }
    }
    Ok((status, length, close))
}

fn chunk_size(line: &[u8]) -> io::Result<usize> {
    let text = str::from_utf8(line).ok().and_then(|it| it.split(';').next());
    text.and_then(|it| usize::from_str_radix(it.trim(), 16).ok())
        .ok_or_else(|| nonsense("no size of a chunk"))
}

fn nonsense(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Where `what` first stands in `text`.
pub(crate) fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|it| it == what)
}
