//! `ayeaye demo`: the whole story on one machine, in a temporary directory that goes when it ends.

mod sample;

use std::{
    net::{SocketAddr, TcpListener},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use futures_util::FutureExt as _;

use super::{Exit, Settings, Stop, apply::check_endpoints, apply_file, complain, say, serve};
use crate::{
    app::{App, Clock, apply, links},
    config::{
        Config, Flag, Sources,
        keys::{self, Key},
    },
    crypto::Random,
    domain::{
        catalog::Catalog,
        setup::{Setup, WebhookSetup},
        text::EndpointUrl,
    },
    server::{self, Parts},
    web::dev::{self, Demo, Signed},
    webhook::{self, AllowNets, Secret},
};

/// Three tenants, their purposes and forms: a file like any other.
const SETUP: &str = include_str!("../../../static/demo.toml");
/// Where the demo listens unless told otherwise.
const LISTEN: &str = "127.0.0.1:8080";

pub(super) async fn run(settings: &Settings) -> Result<Exit, Stop> {
    refuse_other_settings(settings)?;
    let mut asked = serve::StopAsked::listen()?;
    let folder = Folder::new(&Random::system())?;
    let config = config(settings, &folder.0)?;
    super::log_to(&config.log)?;
    // Preparing takes a second or two. It is never cut off: what still writes would leave files behind.
    let sample = prepare(&config).await?;
    if asked.wait().now_or_never().is_some() {
        return Ok(Exit::Done);
    }
    let parts = Parts { demo: Some(Arc::new(sample)), ..Parts::real() };
    let running = server::start(config, parts).await?;
    say(&introduction(&running.app));
    asked.wait().await;
    complain("\nThe demo ends and forgets everything.");
    running.stop().await;
    Ok(Exit::Done)
}

/// Where the demo keeps things and whom it talks to is its own affair: a flag that asks otherwise is not ignored.
fn refuse_other_settings(settings: &Settings) -> Result<(), Stop> {
    let mut flags: Vec<String> = settings.flags().into_iter().map(|it| it.flag).collect();
    flags.extend(settings.config.iter().map(|_| "--config".to_owned()));
    match flags.into_iter().find(|it| it != "--listen" && it != "--log") {
        None => Ok(()),
        Some(flag) => Err(Stop::usage(format!(
            "the demo takes --listen and --log, not {flag}: it lives in a temporary directory and sends nothing. With \
             settings of your own, run: ayeaye serve"
        ))),
    }
}

/// A directory for this user alone, removed when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(random: &Random) -> Result<Self, Stop> {
        let path = std::env::temp_dir().join(format!("ayeaye-demo-{}", hex::encode(random.bytes::<8>())));
        std::fs::DirBuilder::new().mode(0o700).create(&path).map_err(Stop::failed)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is in the temporary directory, for the system to remove.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A setting of the demo: the flag, or what the environment says.
fn given(flag: &'static str, typed: Option<&String>, key: &Key) -> Option<(String, String)> {
    let variable = key.env();
    let found = std::env::var(&variable).ok().filter(|it| !it.is_empty());
    typed.map(|it| (flag.to_owned(), it.clone())).or_else(|| Some((variable, found?)))
}

/// Where the demo listens.
fn listen(settings: &Settings) -> Result<SocketAddr, Stop> {
    let given = given("--listen", settings.listen.as_ref(), keys::LISTEN);
    let (name, text) = given.unwrap_or_else(|| ("--listen".to_owned(), LISTEN.to_owned()));
    let wrong = |why: &str| Stop::usage(format!("{name} says {text}: {why}"));
    let listen: SocketAddr =
        text.parse().map_err(|_not| wrong("give an address and a port, like --listen 127.0.0.1:9000"))?;
    if listen.ip().is_loopback() {
        return Ok(listen);
    }
    Err(wrong(
        "the demo shows every mail to whoever opens it, so it listens on this machine only. Give --listen 127.0.0.1:PORT",
    ))
}

/// The demo's own configuration: of the environment no more than where to listen and what to log, so that it never
/// touches a real installation.
fn config(settings: &Settings, folder: &Path) -> Result<Config, Stop> {
    let listen = listen(settings)?;
    let log = given("--log", settings.log.as_ref(), keys::LOG);
    // The receiver's address is part of the sample data: the port must be known first.
    let free = TcpListener::bind(listen).map_err(|error| server::Failure::Listen(listen, error))?;
    let listen = free.local_addr().map_err(|error| server::Failure::Listen(listen, error))?;
    drop(free);
    let values = [
        ("data_dir", folder.display().to_string()),
        ("listen", listen.to_string()),
        ("webhook_allow_net", format!("{}/{}", listen.ip(), if listen.is_ipv4() { 32 } else { 128 })),
        ("log", log.map_or_else(|| "error".to_owned(), |(_, text)| text)),
        // Whoever tries things out should not have to wait for the next mail.
        ("limits.recipient_gap", "5s".to_owned()),
        ("limits.recipient_per_day", "100".to_owned()),
        ("limits.recipient_per_month", "100".to_owned()),
    ];
    let flags = values.into_iter().map(|(key, value)| Flag {
        flag: format!("the demo's {key}"),
        key: key.to_owned(),
        value,
    });
    let sources = Sources { flags: flags.collect(), cwd: folder.to_owned(), ..Sources::default() };
    Ok(Config::load(&sources).map_err(Stop::usage)?.config)
}

/// Sets the sample tenants up and lets the sample people live.
async fn prepare(config: &Config) -> Result<Demo, Stop> {
    let (now, clock) = (Clock::system().now(), Clock::set_at(Clock::system().now()));
    let setup = setup(config)?;
    check_endpoints(&setup, &AllowNets::from(config.webhook_allow_net.nets.clone()))?;
    let app = server::open(config.clone(), clock.clone(), Random::system()).await?;
    apply::apply(&app, &setup, false).await.map_err(Stop::failed)?;
    sample::live(&app, &clock, now).await?;
    let catalog = app.catalog();
    let secrets = secrets(&app, &catalog);
    let stops = stops(&app, &catalog).await?;
    app.store.close().await;
    let verify = move |signed: &Signed<'_>| is_signed_by_us(&secrets, signed);
    Ok(Demo::new(stops, "newsletter".to_owned(), Box::new(verify)))
}

/// The sample tenants: what they tell goes to the demo's own receiver, and addresses may act a part.
fn setup(config: &Config) -> Result<Setup, Stop> {
    let mut setup = apply_file::parse(SETUP, false)
        .map_err(|mistakes| Stop::failed(format!("the sample data: {mistakes:?}")))?;
    for tenant in &mut setup.tenants {
        tenant.test = true;
        let receiver = format!("http://{}/dev/receiver?tenant={}", config.listen, tenant.slug);
        let receiver = EndpointUrl::parse(&receiver).map_err(Stop::failed)?;
        for WebhookSetup { url, events: _, addresses: _ } in &mut tenant.webhooks {
            *url = receiver.clone();
        }
    }
    Ok(setup)
}

fn secrets(app: &App, catalog: &Catalog) -> Vec<Secret> {
    let bytes = catalog.endpoints.values().map(|it| app.keys.webhook_secret(it).to_vec());
    bytes.filter_map(|it| Secret::from_bytes(it).ok()).collect()
}

fn is_signed_by_us(secrets: &[Secret], signed: &Signed<'_>) -> bool {
    let Ok(timestamp) = signed.timestamp.parse() else { return false };
    secrets.iter().any(|secret| {
        let ours = webhook::sign(signed.id, timestamp, signed.body, std::slice::from_ref(secret));
        signed.signature.split(' ').any(|it| it == ours)
    })
}

/// What to try, in order.
async fn stops(app: &App, catalog: &Catalog) -> Result<Vec<dev::Stop>, Stop> {
    let stop = |title: &str, text: &str, href: String| dev::Stop {
        title: title.to_owned(),
        text: text.to_owned(),
        href,
    };
    let mut stops = vec![
        stop(
            "Signup form",
            "Sign up with any address: no mail leaves this machine. you+aye-attack@example.org is taken for an attack; /docs/forms \
             names the other parts an address can act.",
            app.url("/f/newsletter"),
        ),
        stop("Formulaire d’inscription", "Le même en français.", app.url("/f/menu")),
        stop(
            "Sternabende",
            "In German and English, with colours and a question of its own. Children need a guardian’s yes too: Lena has \
             signed up, and Claire is asked by an email in the inbox.",
            app.url("/f/sternabende"),
        ),
        stop(
            "Inbox",
            "Every mail is captured here. Open the confirmation and press its button.",
            app.url("/dev/inbox"),
        ),
    ];
    if let Some(tenant) = catalog.tenant_named("harbour")
        && let Some(contact) = sample::contact(app, tenant, "ada@example.org").await?
    {
        let href = links::preferences_url(app, tenant.id, contact);
        stops.push(stop("Preference page", "What Ada opens from the footer of a newsletter.", href));
    }
    stops.push(stop(
        "Webhook receiver",
        "A mailing tool that is told of each change.",
        app.url("/dev/receiver"),
    ));
    stops.push(stop(
        "Sample shop",
        "Somebody else’s page with the form on it, as an element and as plain HTML.",
        app.url("/dev/shop"),
    ));
    stops.push(stop(
        "The form’s code",
        "To copy onto a site, with a preview of it.",
        app.url("/f/newsletter/snippet"),
    ));
    stops.push(stop(
        "Documentation",
        "Forms, mailing tools, the API, the proof: what a site owner or an engineer reads.",
        app.url("/docs"),
    ));
    Ok(stops)
}

fn introduction(app: &App) -> String {
    let stops = [
        ("Start here", "/dev"),
        ("Signup form", "/f/newsletter"),
        ("The same in French", "/f/menu"),
        ("In its own colours", "/f/sternabende"),
        ("The form’s code", "/f/newsletter/snippet"),
        ("Inbox", "/dev/inbox"),
        ("Webhook receiver", "/dev/receiver"),
        ("Sample shop", "/dev/shop"),
        ("Documentation", "/docs"),
    ];
    let lines: Vec<String> =
        stops.iter().map(|(title, path)| format!("  {title:20}{}", app.url(path))).collect();
    format!(
        "The demo runs. Everything is in {} and no mail leaves this machine.\n\n{}\n\nThe preference page \
         of a sample person is linked from the start page. Ctrl-C ends the demo and leaves nothing behind.",
        app.config.data_dir.display(),
        lines.join("\n")
    )
}
