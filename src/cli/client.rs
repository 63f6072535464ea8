//! For commands that talk to a running service: where it is, the key, and a client that sends the key nowhere else.

use std::{
    error::Error,
    fs,
    io::{self, Read as _},
    path::Path,
    time::Duration,
};

use url::{Host, Url};

use super::{Settings, Stop, complain, file::unreadable, load};
use crate::app::keys;

/// Variables of such commands; they are no settings of the service.
pub(super) const VARIABLES: [&str; 3] = [KEY, KEY_FILE, URL];

const KEY: &str = "AYEAYE_KEY";
const KEY_FILE: &str = "AYEAYE_KEY_FILE";
const URL: &str = "AYEAYE_URL";

/// How long a connection may take, and silence on it.
const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_mins(1);
/// More than any file of a key holds.
const FILE_MAX: u64 = 4_096;

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}

/// Where the service is: as given, as the environment says, or the one this machine is configured to run.
///
/// # Errors
/// It is no address of a service, or the key would travel in the clear.
pub(super) fn service(settings: &Settings, given: Option<&str>) -> Result<Url, Stop> {
    let text = match given.map(str::to_owned).or_else(|| variable(URL)) {
        Some(text) => text,
        None => own(settings)?,
    };
    let wrong = |why: &str| wrong_url(&text, why);
    if !text.contains("://") {
        let is_here = ["localhost", "127.", "[::1]"].iter().any(|it| text.starts_with(it));
        let scheme = if is_here { "http" } else { "https" };
        return Err(wrong(&format!("its beginning is missing; say {scheme}://{text}")));
    }
    let url = Url::parse(&text).map_err(|error| wrong(&error.to_string()))?;
    is_alone(&text, &url)?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_this_machine(&url) => Ok(url),
        "http" => Err(wrong("the key would be sent in the clear; use https://")),
        _ => Err(wrong("it must begin with https://")),
    }
}

/// Holds `--url` to be the address of a service alone.
///
/// # Errors
/// It has more: a path, a query, a name or a password.
pub(super) fn is_alone(text: &str, url: &Url) -> Result<(), Stop> {
    let has_more = url.query().is_some() || url.fragment().is_some();
    let has_person = !url.username().is_empty() || url.password().is_some();
    if url.path() == "/" && !has_more && !has_person {
        return Ok(());
    }
    Err(wrong_url(text, "give the address alone, like https://consent.example.org"))
}

/// What is wrong with `--url`. A text with an @ may hold a password: it is not repeated.
pub(super) fn wrong_url(text: &str, why: &str) -> Stop {
    let shown = if text.contains('@') { String::new() } else { format!(" {text}") };
    Stop::usage(format!("--url{shown}: {why}"))
}

/// The service this machine is configured to run. One that listens everywhere is asked on this machine.
pub(super) fn own(settings: &Settings) -> Result<String, Stop> {
    let listen = load(settings)?.config.listen;
    let host = match listen.ip() {
        ip if ip.is_unspecified() => "127.0.0.1".to_owned(),
        std::net::IpAddr::V4(ip) => ip.to_string(),
        std::net::IpAddr::V6(ip) => format!("[{ip}]"),
    };
    Ok(format!("http://{host}:{}", listen.port()))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// The API key: in the file given, on standard input for `-`, or in the environment. `scope` is what it must allow.
///
/// # Errors
/// There is none, or what was found is none. It is never repeated.
pub(super) fn key(given: Option<&str>, scope: &str) -> Result<String, Stop> {
    let (found, place) = match given {
        Some(text) if keys::is_api_key(text) => {
            complain(
                "Other users of this machine can see a key on the command line. Better: put it into AYEAYE_KEY, or into \
                 a file and name that with --key.",
            );
            (Some(text.to_owned()), "--key".to_owned())
        }
        Some("-") => (Some(read_input()?), "standard input".to_owned()),
        Some(path) => (Some(read_file("--key", path)?), shown(path).to_owned()),
        None => match (variable(KEY), variable(KEY_FILE)) {
            (Some(key), _) => (Some(key), KEY.to_owned()),
            (None, Some(path)) => (Some(read_file(KEY_FILE, &path)?), shown(&path).to_owned()),
            (None, None) => (None, String::new()),
        },
    };
    let found = found.ok_or_else(|| {
        Stop::usage(format!(
            "no key: set AYEAYE_KEY, or name a file that holds it with --key. `ayeaye key new --tenant SLUG --scope \
             {scope}` makes one"
        ))
    })?;
    let key = found.trim_start_matches('\u{feff}').trim();
    if keys::is_api_key(key) {
        return Ok(key.to_owned());
    }
    Err(Stop::usage(format!(
        "{place} holds no key of the API: a key is aye_ or aye_test_ and 43 characters, and stands there alone"
    )))
}

/// A path as it may be repeated: a mistyped key is no path.
fn shown(path: &str) -> &str {
    if path.starts_with("aye_") { "the file" } else { path }
}

fn read_input() -> Result<String, Stop> {
    let mut text = String::new();
    io::stdin().take(FILE_MAX).read_to_string(&mut text).map_err(Stop::usage)?;
    Ok(text)
}

fn read_file(name: &str, path: &str) -> Result<String, Stop> {
    let wrong = |error: &io::Error| {
        if path.starts_with("aye_") {
            return Stop::usage(format!(
                "{name}: this is neither a file nor a whole key, which is aye_ or aye_test_ and 43 characters"
            ));
        }
        Stop::usage(format!("{name}: {}", unreadable(Path::new(path), error)))
    };
    let mut text = String::new();
    let file = fs::File::open(Path::new(path)).map_err(|error| wrong(&error))?;
    file.take(FILE_MAX).read_to_string(&mut text).map_err(|error| wrong(&error))?;
    Ok(text)
}

/// Why a service gave no answer, in plain words, without the address that was asked for.
pub(super) fn unanswered(service: &Url, error: &reqwest::Error) -> String {
    let place = service.as_str().trim_end_matches('/');
    if error.is_timeout() {
        return format!("{place} does not answer in time. Try again, or name another service with --url.");
    }
    if let Some(why) = tls_error(error) {
        return format!("There is no secure connection to {place}: {why}.");
    }
    if error.is_connect() {
        return format!("Nothing answers at {place}: is the service running there? Name another with --url.");
    }
    format!("The connection to {place} broke off. Try again.")
}

/// Why a program gave no answer, in plain words. What stands behind its name may be a secret: it is not repeated.
pub(super) fn unheard(program: &Url, error: &reqwest::Error) -> String {
    let place = program.origin().ascii_serialization();
    if error.is_timeout() {
        return format!("{place} does not answer in time");
    }
    if let Some(why) = tls_error(error) {
        return format!("there is no secure connection to {place}: {why}");
    }
    if error.is_connect() {
        return format!("nothing listens at {place}");
    }
    format!("the connection to {place} broke off")
}

/// What is wrong with the certificate of a service, or with what it speaks.
fn tls_error(error: &reqwest::Error) -> Option<String> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        let wrapped = inner.and_then(|it| it.downcast_ref::<rustls::Error>());
        if let Some(found) = wrapped.or_else(|| error.downcast_ref::<rustls::Error>()) {
            return Some(found.to_string());
        }
        cause = error.source();
    }
    None
}

/// A client for this service: follows no redirect, so that the key goes nowhere else.
///
/// # Errors
/// TLS cannot be set up on this machine.
pub(super) fn http(service: &Url) -> Result<reqwest::Client, Stop> {
    // The process-wide provider; it is set already when a service runs in this process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .read_timeout(SILENCE)
        .user_agent(concat!("ayeaye/", env!("CARGO_PKG_VERSION")));
    let builder = if is_this_machine(service) { builder.no_proxy() } else { builder };
    builder.build().map_err(Stop::failed)
}
