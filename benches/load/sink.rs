//! A mail relay that takes every mail at once and keeps of it what a person would click on.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::people;

/// What the link in a confirmation mail has before its token.
const CONFIRM: &str = "/c/";

/// What a mail asked a person to confirm.
pub(crate) struct Asked {
    /// Who the mail was for, see [`people`].
    pub(crate) number: u32,
    /// The token of the link.
    pub(crate) token: String,
}

#[derive(Default)]
struct Received {
    asked: Vec<Asked>,
    others: usize,
}

/// The relay. It runs on a thread of its own until the program ends.
pub(crate) struct Sink {
    address: SocketAddr,
    received: Arc<Mutex<Received>>,
}

impl Sink {
    /// Listens.
    pub(crate) fn start() -> Self {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        listener.set_nonblocking(true).expect("a socket that does not block");
        let address = listener.local_addr().expect("the port bound");
        let received = Arc::<Mutex<Received>>::default();
        let kept = Arc::clone(&received);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(listen(listener, kept));
        });
        Self { address, received }
    }

    /// Where it listens, as in `AYEAYE_SMTP_URL`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What came since this was asked last.
    pub(crate) fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut lock(&self.received).asked)
    }

    /// Mails that asked for no confirmation, or not of a person we know.
    pub(crate) fn others(&self) -> usize {
        lock(&self.received).others
    }
}

fn lock(received: &Mutex<Received>) -> std::sync::MutexGuard<'_, Received> {
    received.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: std::net::TcpListener, received: Arc<Mutex<Received>>) {
    let listener = TcpListener::from_std(listener).expect("a listener");
    while let Ok((stream, _)) = listener.accept().await {
        let received = Arc::clone(&received);
        tokio::spawn(async move {
            // The service may close a connection whenever it likes; a mail that was cut short is sent again.
            let _ = talk(stream, &received).await;
        });
    }
}

async fn talk(stream: TcpStream, received: &Mutex<Received>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(16 * 1024, stream);
    let (mut line, mut mail, mut to) = (Vec::new(), Vec::new(), None);
    stream.write_all(b"220 sink\r\n").await?;
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match verb.as_slice() {
            b"RCPT" => {
                to = people::number(&line);
                b"250 ok\r\n"
            }
            b"DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                read_mail(&mut stream, &mut mail).await?;
                keep(received, to.take(), &mail);
                b"250 taken\r\n"
            }
            b"QUIT" => return stream.write_all(b"221 bye\r\n").await,
            _ => b"250 ok\r\n",
        };
        stream.write_all(answer).await?;
    }
}

/// Reads until the line that is a dot alone.
async fn read_mail(stream: &mut BufReader<TcpStream>, mail: &mut Vec<u8>) -> io::Result<()> {
    mail.clear();
    loop {
        let from = mail.len();
        if stream.read_until(b'\n', mail).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if &mail[from..] == b".\r\n" {
            return Ok(());
        }
    }
}

fn keep(received: &Mutex<Received>, to: Option<u32>, mail: &[u8]) {
    let found = to.zip(confirm_token(mail));
    let mut received = lock(received);
    match found {
        Some((number, token)) => received.asked.push(Asked { number, token }),
        None => received.others += 1,
    }
}

/// The token of the first confirmation link in a mail, its lines still as they came over the wire.
fn confirm_token(mail: &[u8]) -> Option<String> {
    let mut text = String::new();
    for line in mail.split_inclusive(|it| *it == b'\n') {
        if decode_line(line, &mut text) {
            continue;
        }
        if let Some((_, token)) = text.split_once(CONFIRM) {
            let of_token = |it: &char| it.is_ascii_alphanumeric() || "._-".contains(*it);
            return Some(token.chars().take_while(of_token).collect());
        }
        text.clear();
    }
    None
}

/// Adds one line of quoted-printable (RFC 2045 section 6.7) to `text`, the dot that SMTP doubles taken away
/// (RFC 5321 section 4.5.2); whether the next line goes on where this one ends. Bytes outside ASCII are of no
/// interest here.
fn decode_line(line: &[u8], text: &mut String) -> bool {
    let line = line.strip_prefix(b".").unwrap_or(line).trim_ascii_end();
    let (line, goes_on) = line.strip_suffix(b"=").map_or((line, false), |it| (it, true));
    let mut bytes = line.iter().copied();
    while let Some(byte) = bytes.next() {
        let decoded = if byte == b'=' { hex(bytes.next(), bytes.next()) } else { byte };
        text.push(char::from(decoded));
    }
    goes_on
}

fn hex(high: Option<u8>, low: Option<u8>) -> u8 {
    let digit = |it: Option<u8>| it.and_then(|it| char::from(it).to_digit(16)).unwrap_or(0);
    u8::try_from(digit(high) * 16 + digit(low)).unwrap_or(b'?')
}
