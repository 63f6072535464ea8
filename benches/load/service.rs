//! The service as a process of its own: set up, started, asked whether it is ready.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

use ayeaye::{
    config::{Config, Sources},
    server::{self, Parts},
    tlog::note::VerifierKey,
};
use serde::Deserialize;

use crate::{
    Options,
    database::{Database, free_port, said_by},
    http::Connection,
    process::{Leashed, Scratch},
    usage::{self, Memory, Seconds},
};

/// The program under test, as `cargo bench` has just built it.
const PROGRAM: &str = env!("CARGO_BIN_EXE_ayeaye");
/// Writes its own number down, then becomes the program.
const TELL_NUMBER: &str = r#"echo $$ >"$0" && exec "$@""#;
/// Far longer than any start.
const PATIENCE: Duration = Duration::from_secs(30);
/// The tenant everybody signs up with.
pub(crate) const TENANT: &str = "acme";
/// What is set up: two purposes, one form.
const SETUP: &str = r#"
[[tenant]]
slug = "acme"
name = "Acme"
legal = "Acme Ltd, 1 Example Street, London"
contact = "privacy@acme.example"
from = "Acme <confirm@acme.example>"
locale = "en"

[[tenant.purpose]]
slug = "newsletter"
frequency = "monthly"
name = { en = "Newsletter", fr = "Lettre d’information" }
text = { en = "Our monthly news by email.", fr = "Nos nouvelles, une fois par mois, par e-mail." }

[[tenant.purpose]]
slug = "events"
frequency = "occasional"
name = { en = "Events", fr = "Événements" }
text = { en = "Invitations to our events.", fr = "Nos invitations." }

[[tenant.form]]
slug = "newsletter"
purposes = ["newsletter", "events"]
"#;
/// Budgets that a load from one address uses up at once; see `ayeaye config`.
const LIFTED: [(&str, &str); 13] = [
    ("AYEAYE_MX_CHECK", "off"),
    ("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32"),
    ("AYEAYE_LIMITS_RECIPIENT_GAP", "0s"),
    ("AYEAYE_LIMITS_NETWORK_PER_HOUR", "1000000000"),
    ("AYEAYE_LIMITS_RECIPIENT_PER_MONTH", "1000000000"),
    ("AYEAYE_LIMITS_NETWORK_MAILS_PER_HOUR", "1000000000"),
    ("AYEAYE_LIMITS_FORM_PER_MINUTE", "1000000000"),
    ("AYEAYE_LIMITS_DOMAIN_PER_MINUTE", "1000000000"),
    ("AYEAYE_LIMITS_CODES_PER_NETWORK", "1000000000"),
    ("AYEAYE_LIMITS_ATTACK_MODE", "off"),
    ("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s"),
    ("AYEAYE_LIMITS_CONNECTIONS_PER_IP", "10000"),
    ("AYEAYE_LIMITS_API_PER_MINUTE", "1000000000"),
];

/// A key as the command prints it.
#[derive(Deserialize)]
struct Made {
    key: String,
}

/// Where the service keeps its data, and what it is told. Outlives the service.
pub(crate) struct Place {
    folder: Scratch,
    address: SocketAddr,
    env: Vec<(&'static str, String)>,
}

impl Place {
    /// A place with an empty database.
    pub(crate) fn new(options: &Options, database: &Database, smtp_url: &str) -> Self {
        let folder = Scratch::new("load");
        let data_dir = folder.path().join("data");
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()));
        let mut env: Vec<_> = LIFTED.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        env.extend([
            ("AYEAYE_LISTEN", address.to_string()),
            ("AYEAYE_DATABASE_URL", database.fresh(&data_dir)),
            ("AYEAYE_DATA_DIR", data_dir.display().to_string()),
            ("AYEAYE_SMTP_URL", smtp_url.to_owned()),
            ("AYEAYE_SMTP_CONNECTIONS", options.smtp_connections.to_string()),
        ]);
        Self { folder, address, env }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).envs(self.env.iter().cloned()).current_dir(self.folder.path());
        command
    }

    /// Sets the tenant up; gives an API key for checks.
    pub(crate) fn set_up(&self) -> String {
        self.set_up_with("")
    }

    /// The same with more about the tenant.
    pub(crate) fn set_up_with(&self, more: &str) -> String {
        let file = self.folder.path().join("setup.toml");
        fs::write(&file, format!("{SETUP}{more}")).expect("a file in a folder of our own");
        said_by(self.command(&["apply"]).arg(&file));
        self.key("checks")
    }

    /// A key of the tenant with this scope.
    pub(crate) fn key(&self, scope: &str) -> String {
        let said =
            said_by(&mut self.command(&["key", "new", "--tenant", TENANT, "--scope", scope, "--json"]));
        serde_json::from_str::<Made>(&said).expect("the key in JSON").key
    }

    /// The address of its database.
    pub(crate) fn database_url(&self) -> &str {
        self.env.iter().find(|it| it.0 == "AYEAYE_DATABASE_URL").map_or("", |it| &it.1)
    }

    /// The key that the log signs with.
    pub(crate) fn log_key(&self) -> VerifierKey {
        let said = said_by(&mut self.command(&["log", "key"]));
        said.parse().expect("one verifier key")
    }

    /// Opens the database within this process, without jobs; the service must not run meanwhile.
    pub(crate) async fn open(&self) -> server::Running {
        let env = self.env.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let sources = Sources { env, cwd: self.folder.path().to_owned(), ..Sources::default() };
        let config = Config::load(&sources).unwrap_or_else(|error| panic!("{error}")).config;
        let parts = Parts { jobs: false, ..Parts::real() };
        server::start(config, parts).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Runs `ayeaye fsck --json` to its end: how long it took, the most it had in memory, and what it said.
    pub(crate) fn fsck(&self) -> (Duration, u64, String) {
        let said = self.folder.path().join("said");
        let out = fs::File::create(&said).expect("a file in a folder of our own");
        let begun = Instant::now();
        let mut child =
            self.command(&["fsck", "--json"]).stdout(out).spawn().expect("the program can be started");
        let mut peak = 0;
        while child.try_wait().expect("our own child").is_none() {
            peak = usage::memory(child.id()).peak.max(peak);
            std::thread::sleep(Duration::from_millis(5));
        }
        (begun.elapsed(), peak, fs::read_to_string(said).expect("it can be read again"))
    }

    /// Starts the service; how long it took until it said that it is ready.
    pub(crate) async fn start(&self) -> (Service, Duration) {
        let number_file = self.folder.path().join("number");
        let mut command = Command::new("sh");
        command.args(["-c", TELL_NUMBER]).arg(&number_file).args([PROGRAM, "serve"]);
        command.envs(self.env.iter().cloned());
        let begun = Instant::now();
        let program = Leashed::start(&command, "TERM", Scratch::new("load-log"), None);
        while !is_ready(self.address).await {
            assert!(begun.elapsed() < PATIENCE, "the service does not start:\n{}", program.log());
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let took = begun.elapsed();
        (Service { pid: read_number(&number_file), address: self.address, program }, took)
    }
}

fn read_number(file: &PathBuf) -> u32 {
    let text = fs::read_to_string(file).expect("the service has written its number");
    text.trim().parse().expect("a number")
}

async fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut connection) = Connection::open(address).await else { return false };
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\n\r\n");
    connection.ask(request.as_bytes()).await.is_ok_and(|it| it.status == 200)
}

/// The running service; it ends with this value.
pub(crate) struct Service {
    pid: u32,
    program: Leashed,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Service {
    /// What it has in memory.
    pub(crate) fn memory(&self) -> Memory {
        usage::memory(self.pid)
    }

    /// Lets the peak of its memory begin again.
    pub(crate) fn forget_peak(&self) {
        usage::forget_peak(self.pid);
    }

    /// The processor time it has used.
    pub(crate) fn processor(&self) -> Seconds {
        usage::processor(self.pid)
    }

    /// The last lines it has written.
    pub(crate) fn last_words(&self) -> String {
        let log = self.program.log();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(10)..].join("\n")
    }
}
