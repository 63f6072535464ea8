//! Programs the tests start, and scratch folders: gone with the test process, however it ends.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Child, ChildStdin, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

/// Starts the program (`"$@"`) in a process group of its own, waits until the other end of standard input is
/// closed, then ends the whole group (by force after five seconds) and removes the scratch folder. A pipe is closed by the kernel after a panic,
/// an exit or a `kill -9` alike, which no `Drop` can promise (a `static` is never dropped).
///
/// `$1` is the signal that asks the program to stop, `$2` the scratch folder, the rest the program. The `read`
/// is done by the shell itself; the program has no standard input.
const LEASH: &str = r#"
trap "" INT QUIT HUP
signal=$1; scratch=$2; shift 2
setsid "$@" </dev/null >"$scratch/log" 2>&1 &
program=$!
read -r _
for signal in "$signal" KILL; do
    kill -s "$signal" -- "-$program" 2>/dev/null
    tries=250
    while [ "$tries" -gt 0 ] && kill -s 0 -- "-$program" 2>/dev/null; do
        tries=$((tries - 1))
        sleep 0.02
    done
done
wait "$program" 2>/dev/null
rm -rf "$scratch"
"#;

/// A running program that ends with this value, or with the test process at the latest.
pub(crate) struct Leashed {
    shell: Child,
    leash: Option<ChildStdin>,
    scratch: PathBuf,
}

impl Leashed {
    /// Starts `program`, which writes its output to `log` in `scratch`; `signal` asks it to stop. The scratch
    /// folder is removed afterwards. `user` and `group` are who it runs as, `None` for ourselves.
    pub(crate) fn start(program: &Command, signal: &str, scratch: Scratch, owner: Option<Owner>) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", LEASH, "leash", signal]).arg(scratch.path());
        shell.arg(program.get_program()).args(program.get_args());
        for (name, value) in program.get_envs() {
            shell.env(name, value.unwrap_or_default());
        }
        if let Some(owner) = owner {
            owner.run(&mut shell);
        }
        let mut shell = shell
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell is part of every system");
        Self { leash: shell.stdin.take(), shell, scratch: scratch.keep() }
    }

    /// What the program has written so far.
    pub(crate) fn log(&self) -> String {
        fs::read(self.scratch.join("log"))
            .map(|it| String::from_utf8_lossy(&it).into_owned())
            .unwrap_or_default()
    }
}

impl Drop for Leashed {
    fn drop(&mut self) {
        drop(self.leash.take());
        // The shell ends by itself, within seconds; there is nothing to do about one that cannot be waited for.
        let _ = self.shell.wait();
    }
}

/// The user a service must run as because it refuses to run as root.
#[derive(Clone, Copy)]
pub(crate) struct Owner {
    user: u32,
    group: u32,
}

impl Owner {
    /// `name` as `/etc/passwd` knows it when we are root; `None` when we are not and may run anything ourselves.
    pub(crate) fn if_root(name: &str) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let myself = fs::metadata("/proc/self").expect("/proc tells who we are");
        if myself.uid() != 0 {
            return None;
        }
        let users = fs::read_to_string("/etc/passwd").expect("/etc/passwd can be read");
        let line = users.lines().find(|it| it.split(':').next() == Some(name));
        let mut fields =
            line.unwrap_or_else(|| panic!("there is no user {name}: run tests/run")).split(':').skip(2);
        let mut number = || fields.next().and_then(|it| it.parse().ok()).expect("a number in /etc/passwd");
        Some(Self { user: number(), group: number() })
    }

    /// Makes `command` run as this user.
    pub(crate) fn run(self, command: &mut Command) {
        use std::os::unix::process::CommandExt;
        command.uid(self.user).gid(self.group);
    }

    /// Gives `path` to this user.
    pub(crate) fn own(self, path: &Path) {
        std::os::unix::fs::chown(path, Some(self.user), Some(self.group))
            .expect("root may give a folder away");
    }
}

/// A folder of our own below the system's temporary one; removed when dropped.
pub(crate) struct Scratch {
    path: PathBuf,
    kept: bool,
}

impl Scratch {
    /// An empty folder that nobody else uses.
    pub(crate) fn new(purpose: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("ayeaye-{purpose}-{}-{number}", process::id()));
        // A leftover can only be that of an ended process which had our number.
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path, kept: false }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Leaves the removal to somebody else.
    fn keep(mut self) -> PathBuf {
        self.kept = true;
        self.path.clone()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
