//! A database to throw away that loses nothing meanwhile: a file, or a PostgreSQL server of our own.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use clap::ValueEnum;

use crate::{
    process::{Leashed, Owner, Scratch},
    usage::{self, Seconds},
};

/// Where PostgreSQL's packages put their programs, a folder per version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// What makes a commit durable, said although it is the default; the rest is as the packages have it.
const SETTINGS: &[&str] =
    &["fsync=on", "synchronous_commit=on", "full_page_writes=on", "listen_addresses=127.0.0.1"];

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A place to make databases in.
pub(crate) enum Database {
    Sqlite,
    Postgres(Cluster),
}

impl Database {
    /// Starts what is needed.
    pub(crate) fn start(kind: Kind) -> Self {
        match kind {
            Kind::Sqlite => Self::Sqlite,
            Kind::Postgres => Self::Postgres(Cluster::start()),
        }
    }

    /// The address of a database that does not exist yet, or is empty; a file lies in `folder`.
    pub(crate) fn fresh(&self, folder: &Path) -> String {
        match self {
            Self::Sqlite => format!("sqlite:{}", folder.join("ayeaye.db").display()),
            Self::Postgres(cluster) => cluster.fresh(),
        }
    }

    /// Processor time of the database's own processes; SQLite has none.
    pub(crate) fn processor(&self) -> Option<Seconds> {
        match self {
            Self::Sqlite => None,
            Self::Postgres(cluster) => Some(usage::processor_with_children(cluster.pid)),
        }
    }

    /// What it is, in words.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Sqlite => "SQLite (WAL, synchronous=FULL)".to_owned(),
            Self::Postgres(cluster) => format!("{} (fsync and synchronous_commit on)", cluster.version),
        }
    }
}

/// A PostgreSQL server of our own.
pub(crate) struct Cluster {
    programs: PathBuf,
    port: u16,
    pid: u32,
    version: String,
    _server: Leashed,
}

impl Cluster {
    fn start() -> Self {
        let programs = programs();
        let scratch = Scratch::new("load-postgres");
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
        wait_until_ready(&server);
        let pid =
            fs::read_to_string(data.join("postmaster.pid")).expect("a running server has written its number");
        let pid = pid.lines().next().and_then(|it| it.parse().ok()).expect("a number");
        let version = said_by(Command::new(programs.join("postgres")).arg("--version"));
        Self { programs, port, pid, version, _server: server }
    }

    fn fresh(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("load_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let port = self.port.to_string();
        said_by(
            Command::new(self.programs.join("createdb"))
                .args(["--host=127.0.0.1", "--username=postgres", "--port", &port, &name])
                .current_dir("/"),
        );
        format!("postgres://postgres@127.0.0.1:{port}/{name}")
    }
}

fn wait_until_ready(server: &Leashed) {
    let begun = Instant::now();
    while !server.log().contains("ready to accept connections") {
        assert!(begun.elapsed() < Duration::from_mins(1), "PostgreSQL does not start:\n{}", server.log());
        thread::sleep(Duration::from_millis(10));
    }
}

/// The folder of the newest installed version.
fn programs() -> PathBuf {
    let versions = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    let version = |it: &PathBuf| it.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    versions
        .map(|it| it.path().join("bin"))
        .filter(|it| it.join("initdb").exists())
        .max_by_key(version)
        .expect("PostgreSQL is not installed; apt-get install postgresql")
}

fn init(programs: &Path, data: &Path, owner: Option<Owner>) {
    let mut command = Command::new(programs.join("initdb"));
    command.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]);
    command.arg(data).current_dir("/");
    if let Some(owner) = owner {
        owner.run(&mut command);
    }
    said_by(&mut command);
}

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    let probe = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|it| it.local_addr());
    probe.expect("a free port").port()
}

/// Runs a program to its end; what it said.
pub(crate) fn said_by(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("the program can be started");
    let complaint = String::from_utf8_lossy(&output.stderr);
    let program = command.get_program().display();
    assert!(output.status.success(), "{program}: {complaint}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
