//! A folder the command runs in, what a command answered, and a service that runs until it is told to stop.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;

use crate::support::{
    app::SETUP,
    database::{Database, Db, Start},
    page::{Page, Visitor},
    process::Scratch,
    wait,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A folder with an environment of its own.
pub(super) struct Home {
    folder: Scratch,
    env: Vec<(String, String)>,
    database: Option<Database>,
}

impl Home {
    /// Nothing is set: SQLite in `./ayeaye-data`.
    pub(super) fn new() -> Self {
        Self {
            folder: Scratch::new("home"),
            env: vec![("AYEAYE_MX_CHECK".to_owned(), "off".to_owned())],
            database: None,
        }
    }

    /// The same with the sample tenants set up.
    pub(super) fn with_tenants() -> Self {
        let home = Self::new();
        home.set_up(SETUP);
        home
    }

    /// Sets a variable for the commands to come.
    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.env.retain(|(it, _)| it != name);
        self.env.push((name.to_owned(), value.into()));
        self
    }

    /// A path in the folder.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the folder.
    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Applies `toml`, which must be right.
    pub(super) fn set_up(&self, toml: &str) {
        self.write("setup.toml", toml);
        self.run(&["apply", "setup.toml"]).assert_code(0);
    }

    /// What the command started last has written to standard error.
    pub(super) fn log(&self) -> String {
        read(&self.path("log"))
    }

    /// The database given besides; without one it is in the data directory.
    pub(super) fn database(&self) -> &Database {
        self.database.as_ref().expect("a test on both databases")
    }

    /// Runs `ayeaye` to its end.
    pub(super) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).stdin(Stdio::null()))
    }

    /// The same with `input` on standard input.
    pub(super) fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        self.write("input", input);
        Ran::of(self.command(arguments).stdin(File::open(self.path("input")).unwrap()))
    }

    /// `ayeaye` with these arguments, in this folder and environment.
    fn command(&self, arguments: &[&str]) -> Command {
        // Whatever ends the test, its programs end with it.
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", env!("CARGO_BIN_EXE_ayeaye")]).args(arguments);
        command.current_dir(self.folder.path()).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Starts the service on a free port and waits until it says that it listens.
    pub(super) async fn serve(&self) -> Running {
        self.serve_on("127.0.0.1:0").await
    }

    /// The same on this address.
    pub(super) async fn serve_on(&self, listen: &str) -> Running {
        let mut service = self.start(&["serve", "--listen", listen]);
        let said = service.wait_for_line("ayeaye listens on ").await;
        let addr = said.split(' ').next().unwrap();
        service.base = format!("http://{addr}");
        service
    }

    /// Starts a command that goes on.
    pub(super) fn start(&self, arguments: &[&str]) -> Running {
        let (log, out) = (self.path("log"), self.path("out"));
        let mut command = self.command(arguments);
        command.stdin(Stdio::null());
        command.stdout(File::create(&out).unwrap()).stderr(File::create(&log).unwrap());
        Running {
            child: command.spawn().expect("setpriv is part of util-linux"),
            log,
            out,
            base: String::new(),
        }
    }
}

impl Start for Home {
    async fn start(db: Db) -> Self {
        let mut home = Self::new();
        let database = db.fresh().await;
        home.set("AYEAYE_DATABASE_URL", database.url());
        home.database = Some(database);
        home
    }
}

/// What a command answered.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) code: i32,
    pub(super) out: String,
    pub(super) err: String,
}

impl Ran {
    fn of(command: &mut Command) -> Self {
        let output = command.output().expect("setpriv is part of util-linux");
        Self {
            code: output.status.code().expect("no signal ended it"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails unless it ended with this code.
    #[track_caller]
    pub(super) fn assert_code(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Fails unless it ended with this code and says all of `words` on standard error, and nothing else.
    #[track_caller]
    pub(super) fn assert_refused(&self, code: i32, words: &[&str]) -> &Self {
        self.assert_code(code);
        for word in words {
            assert!(self.err.contains(word), "“{word}” is not in {self:#?}");
        }
        assert_eq!(self.out, "", "a refusal is no answer");
        self
    }

    /// The answer as JSON: exactly one line.
    #[track_caller]
    pub(super) fn json(&self) -> Value {
        assert_eq!((self.code, self.out.lines().count()), (0, 1), "{self:#?}");
        serde_json::from_str(&self.out).unwrap()
    }
}

/// A command that runs until it is told to stop; ended by force when dropped.
pub(super) struct Running {
    child: Child,
    log: PathBuf,
    out: PathBuf,
    pub(super) base: String,
}

impl Running {
    /// Its process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written to standard error so far.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// What it has written to standard output so far.
    pub(super) fn out(&self) -> String {
        fs::read_to_string(&self.out).unwrap()
    }

    /// Waits for a line with `words` on standard error and gives what follows them.
    pub(super) async fn wait_for_line(&self, words: &str) -> String {
        wait::until(&format!("“{words}”"), PATIENCE, async || {
            let log = self.log();
            let (_, rest) = log.split_once(words)?;
            rest.split_once('\n').map(|(line, _)| line.to_owned())
        })
        .await
    }

    /// Somebody new who opens its pages.
    pub(super) fn visitor(&self) -> Visitor {
        Visitor::new(&self.base)
    }

    /// Sends it a signal, by name.
    pub(super) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.id().to_string()]).status();
        assert!(sent.is_ok_and(|it| it.success()), "SIG{name} is sent");
    }

    /// Waits until it has ended, at most for `deadline`, and gives its exit code.
    pub(super) async fn ended(mut self, deadline: Duration) -> i32 {
        let status = wait::until("the command to end", deadline, async || {
            self.child.try_wait().expect("it is our child")
        })
        .await;
        status.code().unwrap_or_else(|| panic!("{status}\n{}", self.log()))
    }

    /// Asks it to stop as a supervisor does; fails when it does not end well.
    pub(super) async fn stop(self) {
        let log = self.log.clone();
        self.signal("TERM");
        let code = self.ended(Duration::from_secs(10)).await;
        assert_eq!(code, 0, "{}", read(&log));
    }

    /// Ends it as a power cut would.
    pub(super) fn kill(mut self) {
        self.child.kill().expect("it runs");
        let status = self.child.wait().expect("it is our child");
        assert_eq!(status.code(), None, "it ended before it was killed: {}", self.log());
    }

    /// The links and texts of the captured mails to an address, oldest first; waits for `count` of them.
    pub(super) async fn mails(&self, email: &str, count: usize) -> Vec<Value> {
        wait::until(&format!("{count} mails to {email}"), PATIENCE, async || {
            let page = self.visitor().open(&format!("/dev/inbox/api/messages?to={email}")).await;
            let mails: Vec<Value> = serde_json::from_str(page.html()).expect("a list of mails");
            (mails.len() >= count).then_some(mails)
        })
        .await
    }

    /// The link of this kind in the `count`th mail to an address.
    pub(super) async fn link(&self, email: &str, count: usize, rel: &str) -> String {
        let mails = self.mails(email, count).await;
        let links = mails[count - 1]["links"].as_array().unwrap();
        let found = links.iter().find(|it| it["rel"] == rel);
        found.unwrap_or_else(|| panic!("no link {rel} in {links:?}"))["url"].as_str().unwrap().to_owned()
    }

    /// Signs up and confirms by the link in the mail; the page that follows.
    pub(super) async fn subscribe(&self, form: &str, email: &str, purposes: &[&str]) -> Page {
        let mut page = self.visitor().open(&format!("/f/{form}")).await;
        page.fill("email", email);
        for purpose in purposes {
            page.tick("p", purpose);
        }
        page.press("Sign up").await.assert_h1("Check your email");
        let link = self.link(email, 1, "confirm").await;
        let page = self.visitor().open(&link).await.press("Yes, send me these emails").await;
        page.assert_h1("You are signed up");
        page
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended has nothing to be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}
