//! An SMTP server that misbehaves by script, and remembers all it was told.
//!
//! It speaks just enough SMTP (RFC 5321) for a client that follows the rules. Each mail takes the next entry of the
//! script at its `MAIL FROM`; when the script is used up, mails are accepted.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
};

use super::wait;

/// What happens to one mail. Replies are written as on the wire: `451 4.7.1 Greylisted`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behaviour {
    /// Taken.
    Accept,
    /// Answers `RCPT TO` with this reply.
    AtRecipient(&'static str),
    /// Answers the command `DATA` with this reply.
    AtData(&'static str),
    /// Reads the whole mail, then answers with this reply.
    AfterMail(&'static str),
    /// Closes the connection when `DATA` is asked for: the mail was never sent.
    DropAtData,
    /// Takes the mail and closes the connection without saying so: the client cannot know.
    DropAfterMail,
    /// Takes the mail, but answers each command only after this time.
    Slow(Duration),
    /// Takes the mail, says so, then closes the idle connection without a word.
    CloseIdle,
}

/// One mail the server has read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail {
    /// The reverse path of the envelope.
    pub(crate) from: String,
    /// The recipients of the envelope.
    pub(crate) to: Vec<String>,
    /// The mail byte by byte, without the dots that SMTP doubles.
    pub(crate) raw: Vec<u8>,
    /// What was done with it. `DropAfterMail` counts as delivered here and as unknown at the client.
    pub(crate) behaviour: Behaviour,
}

impl Mail {
    /// Whether the server keeps it: a refused mail was read, too.
    pub(crate) fn is_delivered(&self) -> bool {
        match self.behaviour {
            Behaviour::Accept | Behaviour::DropAfterMail | Behaviour::Slow(_) | Behaviour::CloseIdle => true,
            Behaviour::AtRecipient(_)
            | Behaviour::AtData(_)
            | Behaviour::AfterMail(_)
            | Behaviour::DropAtData => false,
        }
    }

    /// The mail as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }
}

#[derive(Default)]
struct State {
    script: VecDeque<Behaviour>,
    mails: Vec<Mail>,
    transactions: usize,
    connections: usize,
    open: usize,
    most_open: usize,
}

/// The server; it stops when dropped.
pub(crate) struct EvilSmtp {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    listener: AbortHandle,
}

impl EvilSmtp {
    /// Listens on a free port and does to the first mails what `script` says.
    pub(crate) async fn start(script: impl IntoIterator<Item = Behaviour>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let state = State { script: script.into_iter().collect(), ..State::default() };
        let state = Arc::new(Mutex::new(state));
        let listener = tokio::spawn(listen(listener, Arc::clone(&state))).abort_handle();
        Self { address, state, listener }
    }

    /// Its address, as in `AYEAYE_SMTP_URL`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Adds to the script.
    pub(crate) fn then(&self, behaviour: Behaviour) {
        locked(&self.state).script.push_back(behaviour);
    }

    /// Every mail read so far.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        locked(&self.state).mails.clone()
    }

    /// How many times a mail was begun (`MAIL FROM`), delivered or not.
    pub(crate) fn transactions(&self) -> usize {
        locked(&self.state).transactions
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        locked(&self.state).connections
    }

    /// How many connections were open at the same time, at most.
    pub(crate) fn most_open(&self) -> usize {
        locked(&self.state).most_open
    }

    /// Waits until `count` mails were delivered and gives them.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Mail> {
        wait::until(&format!("{count} delivered mails"), Duration::from_secs(20), async || {
            let delivered: Vec<Mail> = self.mails().into_iter().filter(Mail::is_delivered).collect();
            (delivered.len() >= count).then_some(delivered)
        })
        .await
    }
}

impl Drop for EvilSmtp {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn listen(listener: TcpListener, state: Arc<Mutex<State>>) {
    // Dropped with this task, and all conversations with it.
    let mut conversations = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        conversations.spawn(async move {
            let _open = Open::new(&state);
            // A client that goes away ends the conversation; what was said before is recorded.
            let _ = Conversation::new(stream, &state).run().await;
        });
    }
}

/// Counts a connection while it lives.
struct Open<'a>(&'a Mutex<State>);

impl<'a> Open<'a> {
    fn new(state: &'a Mutex<State>) -> Self {
        let mut it = locked(state);
        it.connections += 1;
        it.open += 1;
        it.most_open = it.most_open.max(it.open);
        Self(state)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        locked(self.0).open -= 1;
    }
}

enum Next {
    GoOn,
    Close,
}

struct Conversation<'a> {
    stream: BufReader<TcpStream>,
    state: &'a Mutex<State>,
    behaviour: Behaviour,
    from: String,
    to: Vec<String>,
}

impl<'a> Conversation<'a> {
    fn new(stream: TcpStream, state: &'a Mutex<State>) -> Self {
        Self {
            stream: BufReader::new(stream),
            state,
            behaviour: Behaviour::Accept,
            from: String::new(),
            to: Vec::new(),
        }
    }

    async fn run(mut self) -> io::Result<()> {
        self.say("220 evil.test ESMTP").await?;
        loop {
            let line = self.line().await?;
            let line = String::from_utf8_lossy(&line).trim_end().to_owned();
            if line.is_empty() {
                return Ok(());
            }
            match self.answer(&line).await? {
                Next::GoOn => {}
                Next::Close => return Ok(()),
            }
        }
    }

    async fn answer(&mut self, line: &str) -> io::Result<Next> {
        let command = line.to_ascii_uppercase();
        if command.starts_with("EHLO") {
            self.say("250-evil.test\r\n250-8BITMIME\r\n250 SMTPUTF8").await?;
        } else if command.starts_with("MAIL FROM:") {
            self.begin(line);
            self.say("250 2.1.0 Sender taken").await?;
        } else if command.starts_with("RCPT TO:") {
            self.recipient(line).await?;
        } else if command == "DATA" {
            return self.data().await;
        } else if command == "QUIT" {
            self.say("221 2.0.0 Bye").await?;
            return Ok(Next::Close);
        } else {
            self.say("250 2.0.0 Very well").await?;
        }
        Ok(Next::GoOn)
    }

    fn begin(&mut self, line: &str) {
        let mut state = locked(self.state);
        state.transactions += 1;
        self.behaviour = state.script.pop_front().unwrap_or(Behaviour::Accept);
        self.from = path(line);
        self.to.clear();
    }

    async fn recipient(&mut self, line: &str) -> io::Result<()> {
        if let Behaviour::AtRecipient(reply) = self.behaviour {
            return self.say(reply).await;
        }
        self.to.push(path(line));
        self.say("250 2.1.5 Recipient taken").await
    }

    async fn data(&mut self) -> io::Result<Next> {
        match self.behaviour {
            Behaviour::DropAtData => return Ok(Next::Close),
            Behaviour::AtData(reply) => return self.say(reply).await.map(|()| Next::GoOn),
            Behaviour::Accept
            | Behaviour::AtRecipient(_)
            | Behaviour::AfterMail(_)
            | Behaviour::DropAfterMail
            | Behaviour::Slow(_)
            | Behaviour::CloseIdle => {}
        }
        self.say("354 Go on, end with a dot").await?;
        let raw = self.mail().await?;
        let mail = Mail { from: self.from.clone(), to: self.to.clone(), raw, behaviour: self.behaviour };
        locked(self.state).mails.push(mail);
        match self.behaviour {
            Behaviour::DropAfterMail => return Ok(Next::Close),
            Behaviour::AfterMail(reply) => self.say(reply).await?,
            Behaviour::Accept
            | Behaviour::AtRecipient(_)
            | Behaviour::AtData(_)
            | Behaviour::DropAtData
            | Behaviour::Slow(_)
            | Behaviour::CloseIdle => self.say("250 2.0.0 Queued").await?,
        }
        Ok(if self.behaviour == Behaviour::CloseIdle { Next::Close } else { Next::GoOn })
    }

    /// Reads up to the dot alone on its line (RFC 5321 section 4.5.2).
    async fn mail(&mut self) -> io::Result<Vec<u8>> {
        let mut raw = Vec::new();
        loop {
            let line = self.line().await?;
            match line.as_slice() {
                [] => return Err(io::ErrorKind::UnexpectedEof.into()),
                b".\r\n" => return Ok(raw),
                [b'.', rest @ ..] => raw.extend_from_slice(rest),
                all => raw.extend_from_slice(all),
            }
        }
    }

    /// The next line with its end; empty when the client is gone.
    async fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.stream.read_until(b'\n', &mut line).await?;
        Ok(line)
    }

    async fn say(&mut self, reply: &str) -> io::Result<()> {
        if let Behaviour::Slow(pause) = self.behaviour {
            tokio::time::sleep(pause).await;
        }
        self.stream.write_all(format!("{reply}\r\n").as_bytes()).await
    }
}

/// The address between the angle brackets of a command.
fn path(line: &str) -> String {
    let path = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    path.map_or_else(String::new, |(path, _)| path.to_owned())
}
