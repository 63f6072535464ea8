//! Receivers that want to hold the service up, all at once, beside one that behaves.

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

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
    receiver::{Answer, Receiver},
};

/// Receivers of each kind.
const OF_EACH: usize = 5;
const EVENTS: usize = 20;

/// How a receiver tries to hold the service up.
#[derive(Clone, Copy, Debug)]
enum Evil {
    /// A body without an end.
    Endless,
    /// A body of a few kilobytes that would be gigabytes if it were unpacked.
    Bomb,
    /// A head of ten megabytes.
    HugeHead,
    /// Interim answers without an end.
    Interim,
    /// One letter of the head now and then.
    Dribble,
    /// Nothing.
    Silence,
}

const KINDS: [Evil; 6] =
    [Evil::Endless, Evil::Bomb, Evil::HugeHead, Evil::Interim, Evil::Dribble, Evil::Silence];

struct EvilReceiver {
    address: SocketAddr,
    kind: Evil,
    connections: Arc<AtomicUsize>,
    listener: AbortHandle,
}

impl EvilReceiver {
    async fn start(kind: Evil) -> Self {
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

    fn url(&self) -> String {
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
            stream.write_all(b"HTTP/1.1 200 OK\r\nx: ").await?;
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

fn webhook(url: &str) -> String {
    format!("[[tenant.webhook]]\nurl = \"{url}\"\nevents = [\"signup.requested\"]\n")
}

both! {
    async fn hostile_receivers_delay_none_that_behaves(app: TestApp) {
        let well = Receiver::start([]).await;
        let mut evil = Vec::new();
        let mut webhooks = String::new();
        for kind in KINDS.iter().cycle().take(KINDS.len() * OF_EACH) {
            let receiver = EvilReceiver::start(*kind).await;
            webhooks.push_str(&webhook(&receiver.url()));
            evil.push(receiver);
        }
        webhooks.push_str(&webhook(&well.url()));
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{webhooks}\n{at}"))).await;
        bomb();
        let url = format!("{}/f/newsletter", app.base());
        for n in 0..EVENTS {
            let request = http().post(&url).header("content-type", "application/x-www-form-urlencoded");
            let body = format!("email=a{n}%40example.org&p=newsletter");
            assert_eq!(request.body(body).send().await.unwrap().status(), 303);
        }
        let all_came = async {
            while well.requests().len() < EVENTS {
                sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::select! {
            () = app.run_due() => {}
            () = all_came => {}
        }
        assert_eq!(well.requests().len(), EVENTS);
        // Those that hold each attempt to its end, 15 seconds, are at their first of twenty, or one more on a very
        // busy machine: nobody waited for them.
        for receiver in evil.iter().filter(|it| matches!(it.kind, Evil::Interim | Evil::Dribble | Evil::Silence)) {
            let attempts = receiver.connections.load(Ordering::Relaxed);
            assert!(attempts <= 2, "{:?} had {attempts} attempts before the one that behaves had all", receiver.kind);
        }
        let ids: std::collections::BTreeSet<_> =
            well.requests().iter().map(|it| it.header("webhook-id").unwrap().to_owned()).collect();
        assert_eq!(ids.len(), EVENTS, "each once");
    }

    async fn a_hostile_answer_is_on_record_in_four_kilobytes(app: TestApp) {
        let evil = [EvilReceiver::start(Evil::Endless).await, EvilReceiver::start(Evil::HugeHead).await];
        let webhooks: String = evil.iter().map(|it| webhook(&it.url())).collect();
        let long = Receiver::start([]).await;
        long.otherwise(Answer::status(500).body("\u{0}x".repeat(5_000)));
        let at = "[[tenant]]\nslug = \"beta\"";
        app.apply(&SETUP.replace(at, &format!("{webhooks}{}\n{at}", webhook(&long.url())))).await;
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        let attempts = app.database.rows("attempt").await;
        let notes: Vec<serde_json::Value> = attempts.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
        assert_eq!(notes.len(), 3, "{notes:?}");
        for note in &notes {
            // What cannot be kept as text takes up to three bytes.
            assert!(note["note"].as_str().unwrap().len() <= 3 * 4_096, "{note}");
        }
        let of = |status: Option<i64>| notes.iter().filter(|it| it["status"].as_i64() == status).count();
        assert_eq!((of(Some(200)), of(Some(500)), of(None)), (1, 1, 1));
    }
}
