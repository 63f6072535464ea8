//! From a configuration to a bound server and its running jobs.

mod under_way;

use std::{
    fs::OpenOptions, io, net::SocketAddr, os::unix::fs::OpenOptionsExt as _, path::Path, sync::Arc,
    time::Duration,
};

use actix_web::{
    App as ActixApp, HttpServer,
    dev::ServerHandle,
    middleware::{Compress, from_fn},
    web::Data,
};
use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use crate::{
    anchor,
    app::{App, Clock, StartError},
    config::{Config, ConfigError, Database, Dkim as DkimConfig, master_key},
    crypto::{Key, Random},
    domain::text::Origin,
    jobs::{self, Outside},
    mail::{
        Capture, Dkim, Mailer, MxCheck, RelayOptions, SmtpRelay, Transport, relay_url::RelayUrlError,
        smtp::RelayError,
    },
    store::{self, Store, migrate::Schema},
    web::{self, Web, dev::Demo, limit::Connections},
    webhook::{AllowNets, Client, ClientError},
};
use under_way::UnderWay;

/// How long requests and jobs under way may take to end once the service stops: with [`FLUSH`] and the database,
/// less than the 10 s that supervisors wait before they kill.
const GRACE: Duration = Duration::from_secs(7);
/// How long connections may take to close after that, in seconds.
const FLUSH: u64 = 1;
/// How long the head of a request may take to arrive, and an idle connection may stay.
const HEAD: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(30);
/// The deadline of one webhook attempt.
const ATTEMPT: Duration = Duration::from_secs(15);

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The configuration cannot be served.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no usable master key.
    #[error(transparent)]
    MasterKey(#[from] master_key::MasterKeyError),
    /// The database does not open.
    #[error(
        "the database does not open: {0}. See whether it runs, and whether its address is right (--database-url or \
         AYEAYE_DATABASE_URL, --data-dir)"
    )]
    Store(#[from] store::Error),
    /// The database belongs to a newer program.
    #[error(
        "the database was set up by a newer version (migration {0}); start that version, or restore the backup made \
         before it"
    )]
    NewerSchema(i64),
    /// The application cannot be put together.
    #[error(transparent)]
    App(#[from] StartError),
    /// The relay's address is wrong.
    #[error("AYEAYE_SMTP_URL: {0}")]
    Relay(#[from] RelayUrlError),
    /// The relay cannot be talked to.
    #[error("the mail relay: {0}")]
    RelaySetup(#[from] RelayError),
    /// The DKIM key does not serve.
    #[error("AYEAYE_DKIM_KEY_FILE: {0}")]
    Dkim(String),
    /// Webhooks cannot be sent.
    #[error("webhooks: {0}")]
    Webhooks(#[from] ClientError),
    /// Witnesses cannot be asked.
    #[error("anchors: {0}")]
    Anchors(#[from] anchor::ClientError),
    /// The roots of the time-stamping authority cannot be read.
    #[error("AYEAYE_ANCHORS_TIMESTAMP_CA_FILE: {0}")]
    TsaRoots(#[from] anchor::stamp::RootsError),
    /// The address to listen on is not to be had.
    #[error("cannot listen on {0}: {1}. Choose another with --listen ADDRESS:PORT")]
    Listen(SocketAddr, io::Error),
    /// A file cannot be used.
    #[error("{0}: {1}")]
    File(String, io::Error),
}

/// The parts of a service that differ between the real thing, the demo and tests.
pub struct Parts {
    /// What time it is.
    pub clock: Clock,
    /// Where randomness comes from.
    pub random: Random,
    /// What the demo shows besides.
    pub demo: Option<Arc<Demo>>,
    /// Whether the jobs run by themselves; tests drive them by hand.
    pub jobs: bool,
}

impl Parts {
    /// The real thing.
    pub fn real() -> Self {
        Self { clock: Clock::system(), random: Random::system(), demo: None, jobs: true }
    }
}

/// A running service.
pub struct Running {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Its use cases.
    pub app: App,
    /// Its captured mails, when none leave.
    pub inbox: Option<Arc<Capture>>,
    /// What its jobs talk to the outside with.
    pub outside: Outside,
    handle: ServerHandle,
    server: JoinHandle<io::Result<()>>,
    under_way: UnderWay,
    jobs: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// An app over its database, without a server: for commands.
///
/// # Errors
/// The database, its schema or the master key do not serve.
pub async fn open(config: Config, clock: Clock, random: Random) -> Result<App, Failure> {
    let root = root_key(&config, &random)?;
    let store = open_store(&config).await?;
    match store.schema().await? {
        Schema::Newer(version) => return Err(Failure::NewerSchema(version)),
        Schema::Current => {}
        Schema::Behind(_) => store.migrate().await?,
    }
    Ok(App::start(store, config, root, clock, random).await?)
}

/// Opens the configured database, whatever its schema. A new SQLite file can be read by this user alone.
///
/// # Errors
/// It does not open.
pub async fn open_store(config: &Config) -> Result<Store, Failure> {
    match &config.database {
        Database::Sqlite(path) => {
            if let Some(folder) = path.parent() {
                master_key::prepare_data_dir(folder)?;
            }
            let mut options = OpenOptions::new();
            match options.write(true).create_new(true).mode(0o600).open(path) {
                Ok(file) => drop(file),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::File(path.display().to_string(), error)),
            }
            Ok(Store::open(&sqlite_url(path)).await?)
        }
        Database::Postgres(url) => Ok(Store::open(url.expose()).await?),
    }
}

/// A path may hold signs that mean something in an address.
fn sqlite_url(path: &Path) -> String {
    let path: String = path
        .to_string_lossy()
        .chars()
        .map(|it| match it {
            '%' => "%25".to_owned(),
            '?' => "%3F".to_owned(),
            '#' => "%23".to_owned(),
            it => it.to_string(),
        })
        .collect();
    format!("sqlite:{path}")
}

fn root_key(config: &Config, random: &Random) -> Result<Key, Failure> {
    let key = master_key::master_key(config, &mut |bytes| {
        for chunk in bytes.chunks_mut(32) {
            for (to, from) in chunk.iter_mut().zip(random.bytes::<32>()) {
                *to = from;
            }
        }
        Ok(())
    })?;
    Ok(Key::new(*key.expose()))
}

/// Binds, opens, migrates and starts everything.
///
/// # Errors
/// Says what is missing or wrong and what to do; nothing is left running.
pub async fn start(mut config: Config, parts: Parts) -> Result<Running, Failure> {
    config.check_serving()?;
    let Parts { clock, random, demo, jobs } = parts;
    let listener =
        std::net::TcpListener::bind(config.listen).map_err(|error| Failure::Listen(config.listen, error))?;
    let addr = listener.local_addr().map_err(|error| Failure::Listen(config.listen, error))?;
    if config.listen.port() == 0
        && config.base_url.as_str().ends_with(":0")
        && let Ok(base_url) = Origin::parse(&format!("http://{addr}"))
    {
        config.base_url = base_url;
    }
    let (mailer, capture) = mailer(&config)?;
    let nets = AllowNets::from(config.webhook_allow_net.nets.clone());
    let outside = Outside {
        mailer: Arc::new(mailer),
        mx: mx_check(&config),
        mails_at_once: config.smtp_connections as usize,
        client: Arc::new(Client::new(nets.clone(), ATTEMPT)?),
        nets,
        anchors: Arc::new(anchor::Client::new()?),
        tsa_roots: tsa_roots(&config)?.map(Arc::new),
    };
    let inbox = capture.clone().filter(|_| config.shows_inbox());
    let app = open(config, clock, random).await?;
    let web = Web { app: app.clone(), inbox, demo };
    let under_way = UnderWay::default();
    let (handle, server) = serve(web, &under_way, listener).map_err(|error| Failure::Listen(addr, error))?;
    let (stop, stopped) = watch::channel(false);
    if jobs {
        app.instance.get_or_init(|| instance(addr));
    }
    let jobs = if jobs { jobs::spawn(&app, &outside, &stopped) } else { JoinSet::new() };
    Ok(Running { addr, app, inbox: capture, outside, handle, server, under_way, jobs, stop })
}

/// What an instance is called: its machine, and where it listens, as no two can listen there at once.
fn instance(addr: SocketAddr) -> String {
    let machine = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    format!("{} {addr}", machine.trim())
}

/// Who asks about the domains of addresses; nobody when it is off, or when the system does not say whom to ask.
fn mx_check(config: &Config) -> Option<Arc<MxCheck>> {
    if !config.mx_check {
        return None;
    }
    match MxCheck::new(config.dns_server) {
        Ok(check) => Some(Arc::new(check)),
        Err(error) => {
            tracing::warn!(%error, "domains of addresses are not looked up: set dns_server, or mx_check = \"off\"");
            None
        }
    }
}

fn serve(
    web: Web,
    under_way: &UnderWay,
    listener: std::net::TcpListener,
) -> io::Result<(ServerHandle, JoinHandle<io::Result<()>>)> {
    let connections = Connections::default();
    let (app, under_way) = (web.app.clone(), under_way.clone());
    let data = Data::new(web);
    let server = HttpServer::new(move || {
        let (app, under_way) = (app.clone(), under_way.clone());
        let follow = move |request, next| {
            let app = app.clone();
            under_way.clone().follow(request, next, move || *app.wake.stopping.borrow())
        };
        ActixApp::new()
            .app_data(data.clone())
            .wrap(from_fn(web::limit::cap))
            .wrap(from_fn(web::hosts::check))
            .wrap(from_fn(web::error::in_words))
            .wrap(from_fn(web::api::quota::tell))
            .wrap(Compress::default())
            .wrap(from_fn(follow))
            .configure(web::routes)
    })
    .on_connect(move |connection, data| connections.on_connect(connection, data))
    .client_request_timeout(HEAD)
    .client_disconnect_timeout(Duration::from_secs(2))
    .keep_alive(IDLE)
    .shutdown_timeout(FLUSH)
    .disable_signals()
    .listen(listener)?
    .run();
    let handle = server.handle();
    Ok((handle, tokio::spawn(server)))
}

fn mailer(config: &Config) -> Result<(Mailer, Option<Arc<Capture>>), Failure> {
    let dkim = config.dkim.as_ref().map(dkim).transpose()?;
    let Some(url) = &config.smtp_url else {
        let capture = Capture::default();
        return Ok((
            Mailer { transport: Transport::Capture(capture.clone()), dkim },
            Some(Arc::new(capture)),
        ));
    };
    let mut options = RelayOptions::new(config.base_url.authority());
    options.connections = config.smtp_connections as usize;
    options.ca_file.clone_from(&config.smtp_ca_file);
    let relay = SmtpRelay::new(url.expose().parse()?, options)?;
    Ok((Mailer { transport: Transport::Smtp(relay), dkim }, None))
}

fn tsa_roots(config: &Config) -> Result<Option<Vec<Vec<u8>>>, Failure> {
    let Some(file) = &config.anchors.timestamp_ca_file else { return Ok(None) };
    let pem = std::fs::read(file).map_err(|error| Failure::File(file.display().to_string(), error))?;
    Ok(Some(anchor::stamp::roots(&pem)?))
}

fn dkim(config: &DkimConfig) -> Result<Dkim, Failure> {
    let path = config.key_file.display().to_string();
    let key = std::fs::read_to_string(&config.key_file).map_err(|error| Failure::File(path, error))?;
    Dkim::new(config.domain.as_deref(), &config.selector, &key)
        .map_err(|error| Failure::Dkim(error.to_string()))
}

impl Running {
    /// Stops: what is under way ends within [`GRACE`], connections close, then the database.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        self.app.wake.stopping.send_replace(true);
        let jobs = async { while self.jobs.join_next().await.is_some() {} };
        let ended = async { tokio::join!(jobs, self.under_way.none()) };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            tracing::warn!("work was cut short; what jobs held is taken up again within a minute");
        }
        self.jobs.shutdown().await;
        self.handle.stop(true).await;
        if let Ok(Err(error)) = self.server.await {
            tracing::error!(%error, "the server did not end well");
        }
        self.app.store.close().await;
    }
}
