//! What our client puts on the wire, read by the reference libraries of Standard Webhooks.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
    sync::LazyLock,
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use ayeaye::webhook::{Attempt, Client, EndpointUrl, Secret};

/// The version of the Python reference library the receiver's sample is tested with.
const PYTHON_LIBRARY: &str = "standardwebhooks==1.1.0";
/// The version of the JavaScript reference library.
const JAVASCRIPT_LIBRARY: &str = "standardwebhooks@1.0.0";
const BODY: &str = r#"{"id":"evt_01JDABC","type":"consent.confirmed","data":{"purpose":"éclair"}}"#;
const NEW: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OLD: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const FOREIGN: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// A delivery as its receiver got it.
struct Delivery {
    headers: http::HeaderMap,
    body: String,
}

impl Delivery {
    fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }
}

#[expect(clippy::disallowed_methods, reason = "the reference libraries read the clock of the machine")]
fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// Sends [`BODY`] through the client, signed with these secrets at that time, and catches it.
fn deliver(secrets: &[&str], timestamp_seconds: i64) -> Delivery {
    let secrets: Vec<Secret> = secrets.iter().map(|it| Secret::parse(it).unwrap()).collect();
    deliver_signed(&secrets, timestamp_seconds)
}

fn deliver_signed(secrets: &[Secret], timestamp_seconds: i64) -> Delivery {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let caught = thread::spawn(move || catch(&listener));
    let nets = "127.0.0.1/32".parse().unwrap();
    let url = EndpointUrl::parse(&url, &nets).unwrap();
    let client = Client::new(nets, Duration::from_secs(20)).unwrap();
    let attempt = Attempt { url: &url, id: "evt_01JDABC", timestamp_seconds, body: BODY.as_bytes(), secrets };
    let result = tokio::runtime::Runtime::new().unwrap().block_on(client.attempt(attempt));
    assert_eq!((result.status, result.error), (Some(204), None));
    caught.join().unwrap()
}

/// Reads one request and answers 204.
fn catch(listener: &TcpListener) -> Delivery {
    let (mut stream, _) = listener.accept().unwrap();
    let mut request = Vec::new();
    let mut part = [0; 4096];
    while !request.ends_with(BODY.as_bytes()) {
        let read = stream.read(&mut part).unwrap();
        assert!(read > 0, "the delivery ended early: {}", String::from_utf8_lossy(&request));
        request.extend_from_slice(&part[..read]);
    }
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
    let request = String::from_utf8(request).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let headers = head.lines().skip(1).map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        (name.parse::<http::HeaderName>().unwrap(), value.parse::<http::HeaderValue>().unwrap())
    });
    Delivery { headers: headers.collect(), body: body.to_owned() }
}

fn rust_accepts(delivery: &Delivery, secret: &str) -> bool {
    let library = standardwebhooks::Webhook::new(secret).unwrap();
    library.verify(delivery.body.as_bytes(), &delivery.headers).is_ok()
}

/// What a receiver's program says of a delivery: the type of the event, or that it is not ours.
fn program_reads(mut program: Command, install: &str, delivery: &Delivery, secret: &str) -> String {
    let headers = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|it| delivery.header(it));
    program.arg(secret).args(headers).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let name = program.get_program().to_string_lossy().into_owned();
    let mut running = program
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {name} ({error}); install it with `{install}`"));
    running.stdin.take().unwrap().write_all(delivery.body.as_bytes()).unwrap();
    let output = running.wait_with_output().expect("the program runs to its end");
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), said.trim() == "consent.confirmed", "{name}: {said}");
    said.trim().to_owned()
}

/// The Python of an environment that holds the reference library; made once, kept for the next run.
static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("standardwebhooks-python");
    let python = place.join("bin").join("python");
    let has_library = || {
        let asked = Command::new(&python).args(["-c", "import standardwebhooks"]).output();
        asked.is_ok_and(|it| it.status.success())
    };
    if !has_library() {
        let install = "apt-get install python3 python3-venv";
        must_run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place), install);
        let install = "a network that reaches PyPI (or PIP_INDEX_URL pointing at a mirror)";
        must_run(Command::new(&python).args(["-m", "pip", "install", "--quiet", PYTHON_LIBRARY]), install);
    }
    assert!(has_library(), "the reference library does not load in {}", place.display());
    python
});

/// The sample in JavaScript beside the reference library; made once, kept for the next run.
static JAVASCRIPT: LazyLock<PathBuf> = LazyLock::new(|| {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("standardwebhooks-node");
    fs::create_dir_all(&place).unwrap();
    if !place.join("node_modules/standardwebhooks/package.json").exists() {
        let install = "npm (apt-get install npm) and a network that reaches registry.npmjs.org";
        let mut npm = Command::new("npm");
        npm.args(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]);
        must_run(npm.arg(&place).arg(JAVASCRIPT_LIBRARY), install);
    }
    let copy = place.join("verify_webhook.mjs");
    fs::copy(sample("verify_webhook.mjs"), &copy).unwrap();
    copy
});

fn must_run(command: &mut Command, needed: &str) {
    let line = format!("{command:?}");
    match command.output() {
        Ok(output) if output.status.success() => {}
        Ok(output) => {
            panic!("{line} failed; it needs: {needed}\n{}", String::from_utf8_lossy(&output.stderr))
        }
        Err(error) => panic!("cannot run {line} ({error}); it needs: {needed}"),
    }
}

fn sample(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "static", "samples", name].iter().collect()
}

fn python_reads(delivery: &Delivery, secret: &str) -> String {
    let mut program = Command::new(&*PYTHON);
    program.arg(sample("verify_webhook.py"));
    program_reads(program, "apt-get install python3 python3-venv", delivery, secret)
}

fn php_reads(delivery: &Delivery, secret: &str) -> String {
    let mut program = Command::new("php");
    program.arg(sample("verify_webhook.php"));
    program_reads(program, "apt-get install php-cli", delivery, secret)
}

/// Holds one reader to everything a receiver relies on.
fn holds_to_the_standard(accepts: impl Fn(&Delivery, &str) -> bool) {
    let rotating = deliver(&[NEW, OLD], now());
    assert!(accepts(&rotating, NEW), "the new secret");
    assert!(accepts(&rotating, OLD), "the old secret, while both live");
    assert!(!accepts(&rotating, FOREIGN), "another endpoint's secret");

    let single = deliver(&[NEW], now());
    assert!(accepts(&single, NEW));
    assert!(!accepts(&single, OLD), "a secret that was replaced");

    let mut changed = deliver(&[NEW], now());
    changed.body = changed.body.replace("éclair", "eclair");
    assert!(!accepts(&changed, NEW), "a changed body");

    let mut renamed = deliver(&[NEW], now());
    renamed.headers.insert("webhook-id", "evt_01JDABD".parse().unwrap());
    assert!(!accepts(&renamed, NEW), "another message's id");

    assert!(!accepts(&deliver(&[NEW], now() - 400), NEW), "a delivery of long ago");
    assert!(!accepts(&deliver(&[NEW], now() + 400), NEW), "a delivery from the future");
}

#[test]
fn the_rust_reference_library_accepts_our_deliveries_and_no_others() {
    holds_to_the_standard(rust_accepts);
}

#[test]
fn the_python_reference_library_accepts_our_deliveries_and_no_others() {
    holds_to_the_standard(|delivery, secret| match python_reads(delivery, secret).as_str() {
        "consent.confirmed" => true,
        "not ours" => false,
        other => panic!("the Python sample said {other}"),
    });
}

#[test]
fn the_php_sample_accepts_our_deliveries_and_no_others() {
    holds_to_the_standard(|delivery, secret| match php_reads(delivery, secret).as_str() {
        "consent.confirmed" => true,
        "not ours" => false,
        other => panic!("the PHP sample said {other}"),
    });
}

#[test]
fn the_javascript_reference_library_accepts_our_deliveries_and_no_others() {
    holds_to_the_standard(|delivery, secret| {
        let mut program = Command::new("node");
        program.arg(&*JAVASCRIPT);
        match program_reads(program, "apt-get install nodejs", delivery, secret).as_str() {
            "consent.confirmed" => true,
            "not ours" => false,
            other => panic!("the JavaScript sample said {other}"),
        }
    });
}

#[test]
fn an_asymmetric_signature_beside_it_disturbs_no_library() {
    let private = Secret::private(ayeaye::crypto::Key::new([7; 32]));
    let delivery = deliver_signed(&[Secret::parse(NEW).unwrap(), private], now());
    let versions: Vec<&str> =
        delivery.header("webhook-signature").split(' ').filter_map(|it| it.split(',').next()).collect();
    assert_eq!(versions, ["v1", "v1a"]);
    assert!(rust_accepts(&delivery, NEW) && !rust_accepts(&delivery, OLD));
    assert_eq!(python_reads(&delivery, NEW), "consent.confirmed");
    assert_eq!(php_reads(&delivery, NEW), "consent.confirmed");
    let mut program = Command::new("node");
    program.arg(&*JAVASCRIPT);
    assert_eq!(program_reads(program, "apt-get install nodejs", &delivery, NEW), "consent.confirmed");
}
