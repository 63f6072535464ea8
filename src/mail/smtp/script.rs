//! A relay that behaves as a test wants: scripted answers, hang-ups, silence, STARTTLS and TLS, with
//! everything it saw kept for the test to look at.

use std::{
    collections::{HashMap, VecDeque},
    io,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard},
};

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::TlsAcceptor;

/// A certificate for `localhost` with its key, valid from 2020 to 2120 and known to nobody else.
pub(super) const CERTIFICATE: &str = include_str!("../testdata/relay.pem");

/// What the relay does instead of saying yes.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// Answers.
    Say(&'static str),
    /// Answers and closes the connection.
    SayAndClose(&'static str),
    /// Closes the connection without a word.
    Close,
    /// Says nothing, for ever.
    Silence,
}

/// How an answer went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Yes,
    No,
    Goodbye,
}

/// One accepted mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Got {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) raw: String,
}

#[derive(Default)]
pub(super) struct Seen {
    pub(super) mails: Vec<Got>,
    pub(super) commands: Vec<String>,
    pub(super) connections: usize,
    pub(super) most_at_once: usize,
    open: usize,
}

/// A running relay.
pub(super) struct Relay {
    pub(super) port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    offer: &'static [&'static str],
    acts: Mutex<HashMap<&'static str, VecDeque<Act>>>,
    seen: Mutex<Seen>,
    tls_first: bool,
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Relay {
    /// A plain relay that offers these extensions. `acts` says what happens at the first, second … time a
    /// verb is heard (`GREETING` and `BODY` count as verbs); after that the relay says yes.
    pub(super) async fn start(offer: &'static [&'static str], acts: &[(&'static str, Act)]) -> Self {
        Self::listen(offer, acts, false).await
    }

    /// A relay that speaks TLS from the first byte.
    pub(super) async fn start_tls(offer: &'static [&'static str]) -> Self {
        Self::listen(offer, &[], true).await
    }

    async fn listen(offer: &'static [&'static str], acts: &[(&'static str, Act)], tls_first: bool) -> Self {
        let mut by_verb: HashMap<&'static str, VecDeque<Act>> = HashMap::new();
        for (verb, act) in acts {
            by_verb.entry(verb).or_default().push_back(*act);
        }
        let acts = Mutex::new(by_verb);
        let shared = Arc::new(Shared { offer, acts, seen: Mutex::default(), tls_first });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let accepting = shared.clone();
        tokio::spawn(async move {
            while let Ok((tcp, _)) = listener.accept().await {
                tokio::spawn(accepting.clone().serve(tcp));
            }
        });
        Self { port, shared }
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.seen.lock().unwrap()
    }

    /// How often a command starting with `verb` was heard.
    pub(super) fn heard(&self, verb: &str) -> usize {
        self.seen().commands.iter().filter(|it| it.starts_with(verb)).count()
    }
}

impl Shared {
    async fn serve(self: Arc<Self>, tcp: TcpStream) {
        {
            let mut seen = self.seen.lock().unwrap();
            seen.connections += 1;
            seen.open += 1;
            seen.most_at_once = seen.most_at_once.max(seen.open);
        }
        // A client that hangs up is one of the cases under test.
        let _ = self.talk(tcp).await;
        self.seen.lock().unwrap().open -= 1;
    }

    async fn talk(&self, tcp: TcpStream) -> io::Result<()> {
        let mut stream: Box<dyn Stream> = Box::new(tcp);
        if self.tls_first {
            stream = Box::new(acceptor().accept(stream).await?);
        }
        let mut stream = BufReader::new(stream);
        let (mut from, mut to) = (String::new(), String::new());
        if self.answer(&mut stream, "GREETING", "220 relay.test ESMTP").await? == Said::Goodbye {
            return Ok(());
        }
        while let Some(line) = read_line(&mut stream).await? {
            self.seen.lock().unwrap().commands.push(line.clone());
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let inside = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let yes = match verb.as_str() {
                "EHLO" => self.greeting(),
                "AUTH" if line == "AUTH LOGIN" => "334 VXNlcm5hbWU6".to_owned(),
                "AUTH" => "235 2.7.0 signed in".to_owned(),
                "DATA" => "354 go on".to_owned(),
                "STARTTLS" => "220 go on".to_owned(),
                "QUIT" => "221 bye".to_owned(),
                "MAIL" => {
                    from = inside(&line);
                    "250 2.1.0 ok".to_owned()
                }
                "RCPT" => {
                    to = inside(&line);
                    "250 2.1.5 ok".to_owned()
                }
                _ if line == "dXNlcg==" => "334 UGFzc3dvcmQ6".to_owned(),
                _ if line == "cGFzcw==" => "235 2.7.0 signed in".to_owned(),
                _ => "500 what".to_owned(),
            };
            match (self.answer(&mut stream, &verb, &yes).await?, verb.as_str()) {
                (Said::Goodbye, _) | (Said::Yes, "QUIT") => return Ok(()),
                (Said::Yes, "STARTTLS") => {
                    let clear = stream.into_inner();
                    stream = BufReader::new(Box::new(acceptor().accept(clear).await?));
                }
                (Said::Yes, "DATA") => {
                    let raw = read_mail(&mut stream).await?;
                    let got = Got { from: from.clone(), to: to.clone(), raw };
                    if self.answer_mail(&mut stream, got).await? == Said::Goodbye {
                        return Ok(());
                    }
                }
                (Said::Yes | Said::No, _) => {}
            }
        }
        Ok(())
    }

    fn greeting(&self) -> String {
        let mut lines = vec!["relay.test"];
        lines.extend(self.offer);
        let last = lines.len() - 1;
        let line = |(at, it): (usize, &&str)| format!("250{}{it}", if at == last { ' ' } else { '-' });
        lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\r\n")
    }

    fn next_act(&self, verb: &str) -> Option<Act> {
        self.acts.lock().unwrap().get_mut(verb)?.pop_front()
    }

    /// Answers as scripted, or with `yes`.
    async fn answer(
        &self,
        stream: &mut BufReader<Box<dyn Stream>>,
        verb: &str,
        yes: &str,
    ) -> io::Result<Said> {
        match self.next_act(verb) {
            None => say(stream, yes).await,
            Some(Act::Say(text)) => say(stream, text).await,
            Some(Act::SayAndClose(text)) => say(stream, text).await.map(|_| Said::Goodbye),
            Some(Act::Close) => Ok(Said::Goodbye),
            Some(Act::Silence) => std::future::pending().await,
        }
    }

    /// Keeps the mail unless it is refused.
    async fn answer_mail(&self, stream: &mut BufReader<Box<dyn Stream>>, got: Got) -> io::Result<Said> {
        let act = self.next_act("BODY").unwrap_or(Act::Say("250 2.0.0 Ok: queued as 4F1"));
        let taken = match act {
            Act::Say(text) | Act::SayAndClose(text) => text.starts_with('2'),
            Act::Close | Act::Silence => true,
        };
        if taken {
            self.seen.lock().unwrap().mails.push(got);
        }
        match act {
            Act::Say(text) => say(stream, text).await,
            Act::SayAndClose(text) => say(stream, text).await.map(|_| Said::Goodbye),
            Act::Close => Ok(Said::Goodbye),
            Act::Silence => std::future::pending().await,
        }
    }
}

fn acceptor() -> TlsAcceptor {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

async fn say(stream: &mut BufReader<Box<dyn Stream>>, text: &str) -> io::Result<Said> {
    stream.write_all(format!("{text}\r\n").as_bytes()).await?;
    stream.flush().await?;
    Ok(if text.starts_with(['2', '3']) { Said::Yes } else { Said::No })
}

async fn read_line(stream: &mut BufReader<Box<dyn Stream>>) -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = stream.read_line(&mut line).await?;
    Ok((read > 0).then(|| line.trim_end_matches("\r\n").to_owned()))
}

/// Up to the lonely dot, doubled dots undone.
async fn read_mail(stream: &mut BufReader<Box<dyn Stream>>) -> io::Result<String> {
    let mut raw = String::new();
    while let Some(line) = read_line(stream).await? {
        if line == "." {
            return Ok(raw);
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
        raw.push_str("\r\n");
    }
    Err(io::ErrorKind::UnexpectedEof.into())
}

/// The certificate in a file of its own, removed with the value.
pub(super) struct CaFile(pub(super) PathBuf);

impl CaFile {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ayeaye-ca-{}-{name}.pem", std::process::id()));
        std::fs::write(&path, CERTIFICATE).unwrap();
        Self(path)
    }
}

impl Drop for CaFile {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).ok();
    }
}
