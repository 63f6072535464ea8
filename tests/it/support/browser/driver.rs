//! The programs between a test and its browser: one `chromedriver` for all, one `geckodriver` for each Firefox, as
//! it leads a single browser.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use super::PATIENCE;
use crate::support::{
    process::{Leashed, Scratch},
    wait,
};

/// A program that leads browsers, listening on a port of its own.
pub(super) struct Driver {
    server: Leashed,
    port: u16,
}

impl Driver {
    /// Starts `command`, which says `announcement` followed by its port when it is ready.
    fn start(mut command: Command, announcement: &str) -> Self {
        let scratch = Scratch::new("browser");
        // Profiles are made below TMPDIR and so removed with the scratch folder.
        command.env("TMPDIR", scratch.path()).env("HOME", scratch.path());
        let server = Leashed::start(&command, "TERM", scratch, None);
        let port = wait::until_blocking("a driver to listen", PATIENCE, || {
            let log = server.log();
            assert!(!log.contains("not found"), "chromedriver is missing: run tests/run\n{log}");
            let (_, rest) = log.split_once(announcement)?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let whole = rest.len() > digits.len();
            whole.then(|| digits.parse().ok()).flatten()
        });
        Self { server, port }
    }
}

/// The driver of one browser.
pub(super) enum Led {
    /// By the one that leads all.
    Shared(&'static Driver),
    /// By its own, which ends with it.
    Own(Driver),
}

impl Led {
    fn driver(&self) -> &Driver {
        match self {
            Self::Shared(driver) => driver,
            Self::Own(driver) => driver,
        }
    }

    pub(super) fn port(&self) -> u16 {
        self.driver().port
    }

    pub(super) fn log(&self) -> String {
        self.driver().server.log()
    }
}

/// The driver of every Chromium.
pub(super) fn shared() -> Led {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    Led::Shared(DRIVER.get_or_init(|| {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0");
        Driver::start(command, "started successfully on port ")
    }))
}

/// A driver for one Firefox.
pub(super) fn own() -> Led {
    let program = tools().join("bin/geckodriver");
    assert!(program.exists(), "{} is missing: run tests/run prepare", program.display());
    assert!(
        Path::new("/usr/bin/firefox-esr").exists(),
        "firefox-esr is missing: apt-get install firefox-esr"
    );
    let mut command = Command::new(program);
    command.args(["--port", "0"]);
    Led::Own(Driver::start(command, "Listening on 127.0.0.1:"))
}

/// The folder of what `tests/run prepare` fetches from registries.
pub(crate) fn tools() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder").join("tools")
}

/// Ends the browser without a runtime, so that a test that panics leaves none behind.
pub(super) struct Session {
    id: String,
    led: Led,
}

impl Session {
    pub(super) fn new(id: String, led: Led) -> Self {
        Self { id, led }
    }

    fn end(&self) -> std::io::Result<()> {
        let port = self.led.port();
        let mut driver = TcpStream::connect(("127.0.0.1", port))?;
        driver.set_read_timeout(Some(PATIENCE))?;
        let request = format!(
            "DELETE /session/{} HTTP/1.1\r\nhost: localhost:{port}\r\nconnection: close\r\n\r\n",
            self.id
        );
        driver.write_all(request.as_bytes())?;
        // The answer comes when the browser has ended.
        driver.read(&mut [0; 64]).map(|_| ())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A driver that is gone has taken its browsers along.
        let _ = self.end();
    }
}
