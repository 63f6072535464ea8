//! A time stamp authority (RFC 3161) with a root of its own: openssl makes the keys and the stamps.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::{
    process::Scratch,
    receiver::{Answer, Request},
    served::Served,
};

/// `openssl.cnf` of the authority; `strict` refuses SHA-256, so that a refusal is openssl's own.
const SETTINGS: &str = "
[req]
distinguished_name=dn
prompt=no
[dn]
CN=Test root
[root]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign
[stamps]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[well]
serial=serial
default_policy=1.3.6.1.4.1.55555.1
digests=sha256
signer_cert=tsa.pem
signer_key=tsa.key
signer_digest=sha256
[strict]
serial=serial
default_policy=1.3.6.1.4.1.55555.1
digests=sha512
signer_cert=tsa.pem
signer_key=tsa.key
signer_digest=sha256
";

/// How it behaves, until told otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It stamps with the time of this machine.
    Well,
    /// Connections are closed without a word.
    Down,
    /// It answers in good form that it does not stamp this (status 2, badAlg).
    Rejects,
    /// It stamps, after a while.
    Slow(Duration),
    /// It says this, whatever it was asked, as an answer of an authority.
    Says(Vec<u8>),
    /// It answers with this HTTP status.
    Fails(u16),
    /// It stamps with this time (Unix seconds): for a clock that is moved by hand.
    At(i64),
}

struct State {
    manner: Manner,
    requests: Vec<Vec<u8>>,
}

/// The authority; it stops when dropped.
pub(crate) struct Tsa {
    served: Served,
    state: Arc<Mutex<State>>,
    folder: Arc<Scratch>,
}

impl Tsa {
    /// Makes a root and a certificate, valid from 1970 on, and listens on a free port.
    pub(crate) async fn start() -> Self {
        let folder = Arc::new(Scratch::new("tsa"));
        prepare(folder.path());
        let state = Arc::new(Mutex::new(State { manner: Manner::Well, requests: Vec::new() }));
        let (shared, place) = (Arc::clone(&state), Arc::clone(&folder));
        let served = Served::start(move |request| answer(request, &shared, place.path())).await;
        Self { served, state, folder }
    }

    /// What stands in `anchors.timestamp_url`.
    pub(crate) fn url(&self) -> String {
        format!("{}/tsr", self.served.url())
    }

    /// What stands in `anchors.timestamp_ca_file`: the root, in PEM.
    pub(crate) fn root_file(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    /// From now on.
    pub(crate) fn behave(&self, manner: Manner) {
        locked(&self.state).manner = manner;
    }

    /// The questions sent to it, whatever became of them.
    pub(crate) fn requests(&self) -> Vec<Vec<u8>> {
        locked(&self.state).requests.clone()
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn prepare(folder: &Path) {
    write(folder, "conf", SETTINGS.as_bytes());
    write(folder, "serial", b"01\n");
    for name in ["root", "tsa"] {
        let key = format!("{name}.key");
        openssl(
            folder,
            &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", &key],
        );
    }
    for (name, subject) in [("root", "/CN=Test root"), ("tsa", "/CN=Test TSA")] {
        let (key, request) = (format!("{name}.key"), format!("{name}.csr"));
        openssl(
            folder,
            &["req", "-new", "-config", "conf", "-key", &key, "-subj", subject, "-out", &request],
        );
    }
    write(folder, "index", b"");
    write(folder, "number", b"01\n");
    write(folder, "ca", CA.as_bytes());
    issue(folder, "root", &["-selfsign", "-extensions", "root"]);
    issue(folder, "tsa", &["-cert", "root.pem", "-extensions", "stamps"]);
}

/// For `openssl ca`: in OpenSSL 3.0, nothing else lets one choose the dates of a certificate.
const CA: &str = "
[ca]
default_ca=c
[c]
database=index
serial=number
new_certs_dir=.
default_md=sha256
policy=any
unique_subject=no
[any]
commonName=supplied
[root]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign
[stamps]
basicConstraints=critical,CA:false
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
";

fn issue(folder: &Path, name: &str, more: &[&str]) {
    let (request, certificate) = (format!("{name}.csr"), format!("{name}.pem"));
    let dates = ["-startdate", "19700102000000Z", "-enddate", "21500101000000Z"];
    let usual = ["ca", "-batch", "-notext", "-config", "ca", "-keyfile", "root.key", "-in", &request, "-out"];
    let all: Vec<&str> = usual.iter().copied().chain([certificate.as_str()]).chain(dates).collect();
    openssl(folder, &[&all, more].concat());
}

fn answer(request: &Request, state: &Mutex<State>, folder: &Path) -> Answer {
    let is_query = request.header("content-type") == Some("application/timestamp-query");
    if (request.method.as_str(), request.target.as_str()) != ("POST", "/tsr") || !is_query {
        return Answer::status(415);
    }
    let manner = {
        let mut state = locked(state);
        state.requests.push(request.body.clone());
        state.manner.clone()
    };
    let said =
        |it: Vec<u8>| Answer::status(200).header("Content-Type", "application/timestamp-reply").body(it);
    match manner {
        Manner::Well => said(stamped(folder, &request.body, "well")),
        Manner::Rejects => said(stamped(folder, &request.body, "strict")),
        Manner::Slow(delay) => said(stamped(folder, &request.body, "well")).after(delay),
        Manner::At(seconds) => said(stamped_at(folder, &request.body, seconds)),
        Manner::Says(bytes) => said(bytes),
        Manner::Fails(status) => Answer::status(status),
        Manner::Down => Answer::HangUp,
    }
}

/// What `openssl ts` answers.
fn stamped(folder: &Path, query: &[u8], section: &str) -> Vec<u8> {
    let place = Scratch::new("stamp");
    let (query, reply) = (write(place.path(), "q", query), place.path().join("r").display().to_string());
    openssl(
        folder,
        &["ts", "-reply", "-config", "conf", "-section", section, "-queryfile", &query, "-out", &reply],
    );
    std::fs::read(reply).expect("openssl wrote the answer")
}

/// The same with a time of our choice, which `openssl ts` has no option for: the content is put together here and
/// signed by `openssl cms`, certificate, signing-certificate attribute and all.
fn stamped_at(folder: &Path, query: &[u8], seconds: i64) -> Vec<u8> {
    let place = Scratch::new("stamp");
    // version, imprint, nonce, certReq, of which the imprint and the nonce come back.
    let mut rest = element(query).1;
    let mut take = || {
        let (whole, _, after) = split(rest);
        rest = after;
        whole
    };
    let (_version, imprint, nonce) = (take(), take(), take());
    let time = jiff::Timestamp::from_second(seconds).expect("a time").strftime("%Y%m%d%H%M%SZ").to_string();
    let policy = [0x06, 0x09, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xb2, 0x03, 0x01];
    let content =
        [&[2, 1, 1][..], &policy, imprint, &[2, 1, 7], &wrap(0x18, time.as_bytes()), nonce].concat();
    let content = write(place.path(), "c", &wrap(0x30, &content));
    let token = place.path().join("t").display().to_string();
    openssl(
        folder,
        &[
            "cms",
            "-sign",
            "-binary",
            "-nodetach",
            "-nosmimecap",
            "-cades",
            "-md",
            "sha256",
            "-econtent_type",
            "1.2.840.113549.1.9.16.1.4",
            "-signer",
            "tsa.pem",
            "-inkey",
            "tsa.key",
            "-in",
            &content,
            "-outform",
            "der",
            "-out",
            &token,
        ],
    );
    let token = std::fs::read(token).expect("openssl wrote the token");
    wrap(0x30, &[&[0x30, 3, 2, 1, 0], token.as_slice()].concat())
}

/// The first DER element (shorter than 64 KiB): whole, value, and what follows it.
fn split(bytes: &[u8]) -> (&[u8], &[u8], &[u8]) {
    let (head, length) = match bytes[1] {
        short @ 0..=0x7f => (2, usize::from(short)),
        0x81 => (3, usize::from(bytes[2])),
        _ => (4, usize::from(u16::from_be_bytes([bytes[2], bytes[3]]))),
    };
    (&bytes[..head + length], &bytes[head..head + length], &bytes[head + length..])
}

fn element(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (whole, value, _) = split(bytes);
    (whole, value)
}

fn wrap(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a short structure").to_be_bytes();
    let head = match length {
        [0, low @ 0..=0x7f] => vec![tag, low],
        [0, low] => vec![tag, 0x81, low],
        [high, low] => vec![tag, 0x82, high, low],
    };
    [head.as_slice(), value].concat()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    path.display().to_string()
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("openssl");
    let output = command.args(arguments).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.expect("openssl is installed: run tests/run");
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
