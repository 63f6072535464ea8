//! One throw-away PostgreSQL cluster per test process, one database per test.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

use sqlx::{ConnectOptions, Executor, postgres::PgConnectOptions};
use tokio::sync::OnceCell;

use super::{
    process::{Leashed, Owner, Scratch},
    wait,
};

/// Durability is tested by killing the program, never this server: it may lose what it likes.
const SETTINGS: &[&str] = &[
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=400",
    "listen_addresses=127.0.0.1",
    "autovacuum=off",
];

/// A database of one test; dropped in the background when the test lets go of it.
pub(crate) struct PostgresDatabase {
    name: String,
    url: String,
}

impl PostgresDatabase {
    /// An empty database.
    pub(crate) async fn new() -> Self {
        Self::copy_of("template0").await
    }

    /// A copy of the database that `prepare` makes once per process: migrating once and copying is cheaper
    /// than migrating for every test. `prepare` must have closed its connections when it returns.
    pub(crate) async fn prepared_by(prepare: impl AsyncFnOnce(String)) -> Self {
        static PREPARED: OnceCell<()> = OnceCell::const_new();
        PREPARED
            .get_or_init(async || {
                cluster().admin("CREATE DATABASE prepared TEMPLATE template0").await;
                prepare(cluster().url("prepared")).await;
            })
            .await;
        Self::copy_of("prepared").await
    }

    async fn copy_of(template: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        // Copying files takes 15 ms, the default (through the log) 90 ms and a slower drop.
        cluster().admin(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")).await;
        Self { url: cluster().url(&name), name }
    }

    /// Its address, as in `AYEAYE_DATABASE_URL`.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        // The sweeper only ends with the process; then nothing needs sweeping.
        let _ = cluster().sweeper.send(std::mem::take(&mut self.name));
    }
}

struct Cluster {
    server: Leashed,
    port: u16,
    sweeper: Sender<String>,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

impl Cluster {
    fn start() -> Self {
        let programs = programs();
        let scratch = Scratch::new("postgres");
        let owner = Owner::if_root("postgres");
        if let Some(owner) = owner {
            owner.own(scratch.path());
        }
        let data = scratch.path().join("data");
        init(&programs, &data, owner);
        let port = free_port();
        let mut server = Command::new(programs.join("postgres"));
        server.arg("-D").arg(&data).arg("-p").arg(port.to_string()).arg("-k").arg(scratch.path());
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        // INT is PostgreSQL's fast shutdown: open sessions are ended.
        let server = Leashed::start(&server, "INT", scratch, owner);
        wait::until_blocking("PostgreSQL to start", Duration::from_mins(1), || {
            let log = server.log();
            assert!(!log.contains("FATAL"), "PostgreSQL does not start:\n{log}");
            log.contains("ready to accept connections").then_some(())
        });
        let (sweeper, names) = mpsc::channel::<String>();
        let options = options(port, "postgres");
        thread::spawn(move || sweep(&options, &names));
        Self { server, port, sweeper }
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    async fn admin(&self, statement: &str) {
        if let Err(error) = run(&options(self.port, "postgres"), statement).await {
            panic!("{statement}: {error}\n{}", self.server.log());
        }
    }
}

async fn run(options: &PgConnectOptions, statement: &str) -> sqlx::Result<()> {
    let mut connection = options.connect().await?;
    connection.execute(sqlx::AssertSqlSafe(statement.to_owned())).await?;
    sqlx::Connection::close(connection).await
}

fn options(port: u16, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .host("127.0.0.1")
        .port(port)
        .username("postgres")
        .database(database)
        .ssl_mode(sqlx::postgres::PgSslMode::Disable)
}

/// Drops databases whose test is over, so that a long run does not fill the disk.
fn sweep(options: &PgConnectOptions, names: &mpsc::Receiver<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for name in names {
        // A database that cannot be dropped goes with the cluster.
        let _ = runtime.block_on(run(options, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
    }
}

/// The folder of the newest installed version.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    versions
        .map(|it| it.path().join("bin"))
        .filter(|it| it.join("initdb").exists())
        .max_by_key(|it| {
            it.parent().and_then(Path::file_name).and_then(|it| it.to_str()?.parse::<u32>().ok())
        })
        .expect("PostgreSQL is not installed: run tests/run")
}

fn init(programs: &Path, data: &Path, owner: Option<Owner>) {
    let mut command = Command::new(programs.join("initdb"));
    command.args(["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]);
    command.arg("-D").arg(data).current_dir("/").stdin(Stdio::null());
    if let Some(owner) = owner {
        owner.run(&mut command);
    }
    let output = command.output().expect("initdb can be started");
    assert!(output.status.success(), "initdb failed: {}", String::from_utf8_lossy(&output.stderr));
}

/// PostgreSQL cannot be asked to choose a port itself.
fn free_port() -> u16 {
    let probe = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    probe.expect("a free port").port()
}
