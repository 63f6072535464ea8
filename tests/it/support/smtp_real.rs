//! An SMTP server that is not ours: aiosmtpd (Python), plain, with STARTTLS or with TLS from the first byte.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use serde::Deserialize;

use super::{
    process::{Leashed, Scratch},
    wait,
};

/// How a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encryption {
    /// Not at all.
    None,
    /// After `STARTTLS`, which is demanded.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A mail as the server has stored it.
#[derive(Debug)]
pub(crate) struct StoredMail {
    /// What the server knew besides the mail.
    pub(crate) envelope: Envelope,
    /// The mail byte by byte.
    pub(crate) raw: Vec<u8>,
}

/// The envelope of a mail and how it came.
#[derive(Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// The reverse path.
    pub(crate) from: String,
    /// The recipients.
    pub(crate) to: Vec<String>,
    /// Whether the connection was encrypted.
    pub(crate) tls: bool,
    /// Who had signed in.
    pub(crate) user: Option<String>,
}

/// The server; it stops when dropped.
pub(crate) struct RealSmtp {
    server: Leashed,
    port: u16,
    encryption: Encryption,
    folder: Scratch,
    login: Option<(String, String)>,
}

impl RealSmtp {
    /// Starts a server that takes mail from anybody.
    pub(crate) fn start(encryption: Encryption) -> Self {
        Self::start_with(encryption, None)
    }

    /// Starts a server that takes mail only from somebody who signs in.
    pub(crate) fn start_with_login(encryption: Encryption, user: &str, password: &str) -> Self {
        Self::start_with(encryption, Some((user.to_owned(), password.to_owned())))
    }

    fn start_with(encryption: Encryption, login: Option<(String, String)>) -> Self {
        let folder = Scratch::new("mails");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/support/smtp_server.py");
        let mut command = Command::new(python());
        command.arg(script).arg("--folder").arg(folder.path());
        command.args(["--mode", mode(encryption)]);
        if encryption != Encryption::None {
            make_certificates(folder.path());
            command.arg("--certificate").arg(folder.path().join("server.pem"));
            command.arg("--key").arg(folder.path().join("server.key"));
        }
        if let Some((user, password)) = &login {
            command.args(["--user", user, "--password", password]);
        }
        let server = Leashed::start(&command, "TERM", Scratch::new("smtp"), None);
        let port = wait::until_blocking("aiosmtpd to listen", Duration::from_secs(20), || {
            let log = server.log();
            assert!(!log.contains("Traceback"), "aiosmtpd does not start:\n{log}");
            log.lines().find_map(|it| it.strip_prefix("listening on ")?.parse().ok())
        });
        Self { server, port, encryption, folder, login }
    }

    /// Its address, as in `AYEAYE_SMTP_URL`. The host is a name, for which the certificate is made out.
    pub(crate) fn url(&self) -> String {
        let scheme = match self.encryption {
            Encryption::None => "smtp",
            Encryption::StartTls => "smtp+starttls",
            Encryption::Tls => "smtps",
        };
        let login = self.login.as_ref().map_or_else(String::new, |(user, word)| format!("{user}:{word}@"));
        format!("{scheme}://{login}localhost:{}", self.port)
    }

    /// The port it listens on, on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The certificate (PEM) of the authority that has signed the server's; only with encryption.
    pub(crate) fn authority(&self) -> PathBuf {
        assert_ne!(self.encryption, Encryption::None, "a server without encryption has no certificate");
        self.folder.path().join("ca.pem")
    }

    /// The mails stored so far, in the order they came.
    pub(crate) fn mails(&self) -> Vec<StoredMail> {
        let entries = fs::read_dir(self.folder.path()).expect("the folder of mails").flatten();
        let mut envelopes: Vec<PathBuf> =
            entries.map(|it| it.path()).filter(|it| it.extension().is_some_and(|it| it == "json")).collect();
        envelopes.sort();
        envelopes.iter().map(|it| stored(it)).collect()
    }

    /// Waits until `count` mails are stored and gives them.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<StoredMail> {
        let what = format!("{count} mails at aiosmtpd");
        wait::until(&what, Duration::from_secs(20), async || {
            let log = self.server.log();
            assert!(!log.contains("Traceback"), "aiosmtpd failed:\n{log}");
            Some(self.mails()).filter(|it| it.len() >= count)
        })
        .await
    }
}

fn mode(encryption: Encryption) -> &'static str {
    match encryption {
        Encryption::None => "plain",
        Encryption::StartTls => "starttls",
        Encryption::Tls => "tls",
    }
}

fn stored(envelope: &Path) -> StoredMail {
    let facts = fs::read(envelope).expect("an envelope");
    StoredMail {
        envelope: serde_json::from_slice(&facts).expect("an envelope is JSON"),
        raw: fs::read(envelope.with_extension("eml")).expect("a mail beside its envelope"),
    }
}

/// The interpreter into whose environment `tests/run` installs what the tests need.
pub(crate) fn python() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("a folder in the target folder");
    let python = target.join("venv/bin/python");
    assert!(python.exists(), "{} is missing: run tests/run prepare", python.display());
    python
}

/// An authority and a certificate for `localhost` signed by it: a certificate that signs itself is refused by
/// verifiers that tell the two roles apart.
fn make_certificates(folder: &Path) {
    let key =
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    let ca = ["-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem"];
    openssl(folder, &[&key[..], &ca[..]].concat());
    let server = ["-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.pem"];
    let signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE"];
    let names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    openssl(folder, &[&key[..], &server[..], &signed[..], &names[..]].concat());
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("openssl is not installed: run tests/run");
    assert!(output.status.success(), "openssl: {}", String::from_utf8_lossy(&output.stderr));
}
