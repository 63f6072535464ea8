//! Layers to [`Config`]: each key read once, every problem kept.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use super::{
    Config, Database, Dkim, Limits, Retention, anchors,
    error::{ConfigError, Problem, Whence},
    keys::{self, Key, Kind},
    layers::Layers,
    value::{self, Span, Wrong},
};
use crate::domain::{
    text::Origin,
    time::{DAY, HOUR, MINUTE, SECOND},
};

/// A problem was noted with the reader, and there is no value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted;

/// Reads keys and remembers what was wrong with them.
pub(super) struct Reader<'a> {
    layers: &'a Layers,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(layers: &'a Layers, problems: Vec<Problem>) -> Self {
        Self { layers, problems }
    }

    pub(super) fn finish(self) -> Result<(), ConfigError> {
        if self.problems.is_empty() { Ok(()) } else { Err(ConfigError::new(self.problems)) }
    }

    /// The value of a key that has one by default.
    pub(super) fn read<T>(
        &mut self,
        key: &Key,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<T, Noted> {
        self.read_from(key, |text, _| parse(text))
    }

    /// The same, when the meaning depends on where it was written.
    fn read_from<T>(
        &mut self,
        key: &Key,
        parse: impl FnOnce(&str, &Whence) -> Result<T, Wrong>,
    ) -> Result<T, Noted> {
        let given = self.layers.get(key).ok_or(Noted)?;
        match parse(&given.text, &given.whence) {
            Ok(value) => Ok(value),
            Err(Wrong { what, instead }) => {
                let what = match key.kind {
                    Kind::Plain | Kind::List => format!("= {:?} {what}", given.text),
                    Kind::SecretUrl | Kind::Secret => what,
                };
                let whence = Some(given.whence.clone());
                self.problems.push(Problem { key: key.name.to_owned(), whence, what, instead });
                Err(Noted)
            }
        }
    }

    /// The value of a key that may be unset.
    pub(super) fn optional<T>(
        &mut self,
        key: &Key,
        parse: impl FnOnce(&str) -> Result<T, Wrong>,
    ) -> Result<Option<T>, Noted> {
        if self.layers.get(key).is_none() { Ok(None) } else { self.read(key, parse).map(Some) }
    }

    fn path(&mut self, key: &Key) -> Result<PathBuf, Noted> {
        let layers = self.layers;
        self.read_from(key, |text, whence| {
            if text.is_empty() || text.contains('\0') {
                return Err(Wrong { what: "is not a path".to_owned(), instead: "write a path".to_owned() });
            }
            Ok(layers.resolve(text, whence))
        })
    }

    pub(super) fn optional_path(&mut self, key: &Key) -> Result<Option<PathBuf>, Noted> {
        if self.layers.get(key).is_none() { Ok(None) } else { self.path(key).map(Some) }
    }
}

/// Everything. All keys are read before the first `?`, so that all
/// problems are found.
pub(super) fn config(from: &mut Reader<'_>) -> Result<Config, Noted> {
    let listen = from.read(keys::LISTEN, value::socket);
    let base_url = if from.layers.get(keys::BASE_URL).is_some() {
        from.read(keys::BASE_URL, value::base_url)
    } else {
        listen.and_then(usual_base_url)
    };
    let data_dir = from.path(keys::DATA_DIR);
    let database = database(from, data_dir.as_ref().ok());
    let smtp_url = from.optional(keys::SMTP_URL, value::secret);
    let smtp_ca_file = from.optional_path(keys::SMTP_CA_FILE);
    let smtp_connections = from.read(keys::SMTP_CONNECTIONS, |it| value::count(it, 1..=100));
    let mx_check = from.read(keys::MX_CHECK, value::auto_on_off);
    let dns_server = from.optional(keys::DNS_SERVER, value::socket);
    let disposable_domains = disposable_domains(from);
    let dkim = dkim(from);
    let master_key = from.optional(keys::MASTER_KEY, value::secret);
    let trusted_proxies = from.optional(keys::TRUSTED_PROXIES, value::proxies);
    let webhook_allow_net = from.optional(keys::WEBHOOK_ALLOW_NET, value::allow_net);
    let dev_inbox = from.read(keys::DEV_INBOX, value::dev_inbox);
    let log = from.read(keys::LOG, value::log);
    let ip_evidence = from.read(keys::IP_EVIDENCE, value::ip_evidence);
    let limits = limits(from);
    let unconfirmed = from.read(keys::UNCONFIRMED, |it| value::span(it, HOUR..=14 * DAY));
    let anchors = anchors::read(from, data_dir.as_ref().ok());
    let smtp_url = smtp_url?;
    let sends = smtp_url.is_some();
    Ok(Config {
        listen: listen?,
        base_url: base_url?,
        data_dir: data_dir?,
        database: database?,
        smtp_url,
        smtp_ca_file: smtp_ca_file?,
        smtp_connections: smtp_connections?,
        mx_check: mx_check?.unwrap_or(sends),
        dns_server: dns_server?,
        disposable_domains: disposable_domains?,
        dkim: dkim?,
        master_key: master_key?,
        trusted_proxies: trusted_proxies?.unwrap_or_default(),
        webhook_allow_net: webhook_allow_net?.unwrap_or_default(),
        dev_inbox: dev_inbox?,
        log: log?,
        ip_evidence: ip_evidence?,
        limits: limits?,
        retention: Retention { unconfirmed: unconfirmed? },
        anchors: anchors?,
    })
}

/// The address listened on, when a browser of this machine can open it; else this machine at that port.
fn usual_base_url(listen: std::net::SocketAddr) -> Result<Origin, Noted> {
    let text = if listen.ip().is_loopback() {
        format!("http://{listen}")
    } else {
        format!("http://127.0.0.1:{}", listen.port())
    };
    Origin::parse(&text).ok().ok_or(Noted)
}

fn database(from: &mut Reader<'_>, data_dir: Option<&PathBuf>) -> Result<Database, Noted> {
    if from.layers.get(keys::DATABASE_URL).is_none() {
        return data_dir.map(|it| Database::Sqlite(it.join("ayeaye.db"))).ok_or(Noted);
    }
    let layers = from.layers;
    from.read_from(keys::DATABASE_URL, |text, whence| {
        value::database(text, |path| layers.resolve(path, whence))
    })
}

/// The domains of the file, one a line; what stands after `#` is a remark.
fn disposable_domains(from: &mut Reader<'_>) -> Result<Arc<BTreeSet<String>>, Noted> {
    let key = keys::DISPOSABLE_DOMAINS_FILE;
    let Some(path) = from.optional_path(key)? else { return Ok(Arc::default()) };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) => {
            from.problems.push(Problem {
                key: key.name.to_owned(),
                whence: from.layers.get(key).map(|it| it.whence.clone()),
                what: format!("names {}, which cannot be read: {error}", path.display()),
                instead: "write the path of a text file with one domain a line".to_owned(),
            });
            return Err(Noted);
        }
    };
    let lines = text.lines().map(|it| it.split('#').next().unwrap_or_default().trim());
    Ok(Arc::new(lines.filter(|it| !it.is_empty()).map(str::to_ascii_lowercase).collect()))
}

/// A key without its selector signs nothing that anyone could check; half of it is a mistake.
fn dkim(from: &mut Reader<'_>) -> Result<Option<Dkim>, Noted> {
    let key_file = from.optional_path(keys::DKIM_KEY_FILE);
    let selector = from.optional(keys::DKIM_SELECTOR, value::selector);
    let domain = from.optional(keys::DKIM_DOMAIN, value::domain);
    let missing = match (key_file?, selector?, domain?) {
        (Some(key_file), Some(selector), domain) => return Ok(Some(Dkim { key_file, selector, domain })),
        (None, None, None) => return Ok(None),
        (Some(_), None, _) => keys::DKIM_SELECTOR,
        (None, Some(_), _) | (None, None, Some(_)) => keys::DKIM_KEY_FILE,
    };
    from.problems.push(Problem {
        key: missing.name.to_owned(),
        whence: None,
        what: "is not set, and mails cannot be signed without it".to_owned(),
        instead: format!("set {}, or none of the dkim settings", missing.env()),
    });
    Err(Noted)
}

fn limits(from: &mut Reader<'_>) -> Result<Limits, Noted> {
    const MANY: u32 = 1_000_000_000;
    let mut span =
        |key, least, most| -> Result<Span, Noted> { from.read(key, |it| value::span(it, least..=most)) };
    let recipient_gap = span(keys::RECIPIENT_GAP, 0, DAY);
    let form_token_min = span(keys::FORM_TOKEN_MIN, 0, MINUTE);
    let form_token_max = span(keys::FORM_TOKEN_MAX, 2 * MINUTE, 7 * DAY);
    let body_deadline = span(keys::BODY_DEADLINE, SECOND, 5 * MINUTE);
    let mut count = |key| -> Result<u32, Noted> { from.read(key, |it| value::count(it, 1..=MANY)) };
    let recipient_per_day = count(keys::RECIPIENT_PER_DAY);
    let recipient_per_month = count(keys::RECIPIENT_PER_MONTH);
    let network_per_hour = count(keys::NETWORK_PER_HOUR);
    let network_mails_per_hour = count(keys::NETWORK_MAILS_PER_HOUR);
    let form_per_minute = count(keys::FORM_PER_MINUTE);
    let domain_per_minute = count(keys::DOMAIN_PER_MINUTE);
    let unproven_per_network = count(keys::UNPROVEN_PER_NETWORK);
    let unproven_per_form = count(keys::UNPROVEN_PER_FORM);
    let codes_per_network = count(keys::CODES_PER_NETWORK);
    let changes_per_person = count(keys::CHANGES_PER_PERSON);
    let copies_per_form = count(keys::COPIES_PER_FORM);
    let connections_per_ip = count(keys::CONNECTIONS_PER_IP);
    let api_per_minute = count(keys::API_PER_MINUTE);
    let proof_work = from.read(keys::PROOF_WORK, |it| value::count(it, 1_000..=5_000_000));
    let attack_mode = from.read(keys::ATTACK_MODE, value::auto_or_off);
    Ok(Limits {
        recipient_gap: recipient_gap?,
        recipient_per_day: recipient_per_day?,
        recipient_per_month: recipient_per_month?,
        network_per_hour: network_per_hour?,
        network_mails_per_hour: network_mails_per_hour?,
        form_per_minute: form_per_minute?,
        domain_per_minute: domain_per_minute?,
        unproven_per_network: unproven_per_network?,
        unproven_per_form: unproven_per_form?,
        codes_per_network: codes_per_network?,
        changes_per_person: changes_per_person?,
        copies_per_form: copies_per_form?,
        attack_mode: attack_mode?,
        proof_work: proof_work?,
        form_token_min: form_token_min?,
        form_token_max: form_token_max?,
        connections_per_ip: connections_per_ip?,
        api_per_minute: api_per_minute?,
        body_deadline: body_deadline?,
    })
}
