//! Configurations as operators write them, right and wrong.

mod master_key;

use std::{
    fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use proptest::prelude::*;

use super::*;

/// A directory of its own for one test, gone with it.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("ayeaye-config-{}-{}", process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn sources(&self) -> Sources {
        Sources { cwd: self.0.clone(), ..Sources::default() }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn env(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn flag(key: &str, value: &str) -> Flag {
    Flag { flag: format!("--{}", key.replace('_', "-")), key: key.to_owned(), value: value.to_owned() }
}

/// Loads from the environment alone, in a directory where nothing else is.
fn with_env(pairs: &[(&str, &str)]) -> Result<Loaded, ConfigError> {
    let sources = Sources { env: env(pairs), cwd: PathBuf::from("/nonexistent"), ..Sources::default() };
    Config::load(&sources)
}

fn refusal(pairs: &[(&str, &str)]) -> String {
    with_env(pairs).unwrap_err().problems().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn setting<'a>(loaded: &'a Loaded, name: &str) -> &'a Setting {
    loaded.settings.iter().find(|it| it.name == name).unwrap()
}

#[test]
fn nothing_is_mandatory() {
    let directory = Directory::new();
    let loaded = Config::load(&directory.sources()).unwrap();
    let config = &loaded.config;
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.base_url.as_str(), "http://127.0.0.1:8080");
    assert_eq!(config.data_dir, directory.0.join("ayeaye-data"));
    assert_eq!(config.database, Database::Sqlite(directory.0.join("ayeaye-data/ayeaye.db")));
    assert_eq!((&config.smtp_url, config.smtp_connections, &config.dkim), (&None, 4, &None));
    assert_eq!((config.trusted_proxies.len(), config.webhook_allow_net.nets.len()), (0, 0));
    assert_eq!((config.limits.recipient_gap.millis(), config.limits.recipient_per_day), (600_000, 3));
    assert_eq!(config.retention.unconfirmed.millis(), 7 * 86_400_000);
    let anchors = &config.anchors;
    assert_eq!((anchors.witnesses.len(), anchors.witness_threshold, &anchors.timestamp_url), (0, 0, &None));
    assert_eq!((anchors.timestamp_every.to_string().as_str(), &anchors.timestamp_ca_file), ("1h", &None));
    assert_eq!(anchors.checkpoint_file, directory.0.join("ayeaye-data/log-checkpoint"));
    assert!(config.is_local() && config.captures_mail() && config.shows_inbox());
    assert_eq!(config.check_serving(), Ok(()));
    assert_eq!(loaded.settings.len(), keys::ALL.len());
    assert!(loaded.settings.iter().all(|it| it.whence == Whence::Default));
}

#[test]
fn flags_win_over_the_environment_over_the_file_over_defaults() {
    let directory = Directory::new();
    let path = directory
        .file("ayeaye.toml", "# ours\nlisten = \"127.0.0.1:1\"\nlog = \"warn\"\nsmtp_connections = 7\n");
    let mut sources = directory.sources();
    let value = |sources: &Sources, name| {
        let loaded = Config::load(sources).unwrap();
        let found = setting(&loaded, name);
        (found.value.clone().unwrap(), found.whence.clone())
    };
    let line = |line| Whence::File { path: path.clone(), line };
    assert_eq!(value(&sources, "listen"), ("127.0.0.1:1".into(), line(2)));
    assert_eq!(value(&sources, "smtp_connections"), ("7".into(), line(4)));
    sources.env = env(&[("AYEAYE_LISTEN", "127.0.0.1:2"), ("PATH", "/bin"), ("AYEAYE_LOG", "")]);
    assert_eq!(value(&sources, "listen"), ("127.0.0.1:2".into(), Whence::Env("AYEAYE_LISTEN".into())));
    assert_eq!(value(&sources, "log"), ("warn".into(), line(3)), "an empty variable counts as absent");
    sources.flags = vec![flag("listen", "127.0.0.1:3")];
    assert_eq!(value(&sources, "listen"), ("127.0.0.1:3".into(), Whence::Flag("--listen".into())));
    assert_eq!(value(&sources, "base_url"), ("http://127.0.0.1:3".into(), Whence::Default));
    assert_eq!(value(&sources, "ip_evidence"), ("truncated".into(), Whence::Default));
}

#[test]
fn sections_lists_and_numbers_are_read_from_the_file() {
    let directory = Directory::new();
    directory.file(
        "etc/mine.toml",
        "trusted_proxies = [\"10.0.0.0/8\", \"::1\"]\ndata_dir = \"data\"\ndatabase_url = \"sqlite:x.db\"\n\
         [limits]\nrecipient_gap = \"0s\"\nform_per_minute = 100000\n[retention]\nunconfirmed = \"14d\"\n",
    );
    let sources = Sources { file: Some("etc/mine.toml".into()), ..directory.sources() };
    let loaded = Config::load(&sources).unwrap();
    let config = &loaded.config;
    assert_eq!(
        config.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["10.0.0.0/8", "::1/128"]
    );
    assert_eq!(config.data_dir, directory.0.join("etc/data"), "paths in a file start from the file");
    assert_eq!(config.database, Database::Sqlite(directory.0.join("etc/x.db")));
    assert_eq!((config.limits.recipient_gap.millis(), config.limits.form_per_minute), (0, 100_000));
    assert_eq!(config.retention.unconfirmed.to_string(), "14d");
    assert!(matches!(setting(&loaded, "retention.unconfirmed").whence, Whence::File { line: 8, .. }));
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_lines() {
    let directory = Directory::new();
    let path = directory.file(
        "ayeaye.toml",
        "lisen = \"x\"\nlisten = 4.5\n[limits]\nrecipient_gab = \"1m\"\n[limit]\nx = 1\n",
    );
    let error = Config::load(&directory.sources()).unwrap_err().to_string();
    for expected in [
        format!("lisen ({}:1) is not a setting; did you mean listen?", path.display()),
        format!("listen ({}:2) is a TOML float; write a text in quotes", path.display()),
        format!(
            "limits.recipient_gab ({}:4) is not a setting; did you mean limits.recipient_gap?",
            path.display()
        ),
        format!("limit ({}:5) is not a setting;", path.display()),
    ] {
        assert!(error.contains(&expected), "{expected}\n{error}");
    }
    directory.file("ayeaye.toml", "log = \"info\"\nlisten = \nlog = \"warn\"\n");
    let error = Config::load(&directory.sources()).unwrap_err().to_string();
    assert!(error.contains("the file (") && error.contains("ayeaye.toml:2) is not TOML"), "{error}");
    let sources = Sources { file: Some("missing.toml".into()), ..directory.sources() };
    assert!(Config::load(&sources).unwrap_err().to_string().contains("missing.toml cannot be read"));
}

#[test]
fn unknown_variables_are_refused_with_the_nearest_name() {
    assert_eq!(
        refusal(&[("AYEAYE_LISEN", "127.0.0.1:1"), ("AYEAYE_FOO", "x"), ("AYEAYE_DKIM_KEY", "x")]),
        "AYEAYE_DKIM_KEY is not a setting; did you mean AYEAYE_DKIM_KEY_FILE? `ayeaye config` lists them all\n\
         AYEAYE_FOO is not a setting; take it out; `ayeaye config` lists what there is\n\
         AYEAYE_LISEN is not a setting; did you mean AYEAYE_LISTEN? `ayeaye config` lists them all"
    );
}

#[test]
fn a_value_may_be_kept_in_a_file_of_its_own() {
    let directory = Directory::new();
    let path = directory.file("smtp", "smtps://user:hunter2@mail.example.org\n");
    let mut sources = Sources { env: env(&[("AYEAYE_SMTP_URL_FILE", "smtp")]), ..directory.sources() };
    let loaded = Config::load(&sources).unwrap();
    assert_eq!(loaded.config.smtp_url.as_ref().unwrap().expose(), "smtps://user:hunter2@mail.example.org");
    assert_eq!(
        setting(&loaded, "smtp_url").whence,
        Whence::EnvFile { name: "AYEAYE_SMTP_URL_FILE".into(), path }
    );
    sources.env.insert("AYEAYE_SMTP_URL".into(), "smtps://other".into());
    let error = Config::load(&sources).unwrap_err().to_string();
    assert!(
        error.contains("is given twice, by AYEAYE_SMTP_URL and by AYEAYE_SMTP_URL_FILE; unset one"),
        "{error}"
    );
    sources.env = env(&[("AYEAYE_LOG_FILE", "missing")]);
    let error = Config::load(&sources).unwrap_err().to_string();
    assert!(error.contains("log (AYEAYE_LOG_FILE → ") && error.contains("cannot be read"), "{error}");
}

#[test]
fn secrets_are_in_no_error_listing_or_debug_output() {
    let secret = "hunter2hunter2";
    let master = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let smtp = format!("smtps://user:{secret}@mail.example.org");
    let postgres = format!("postgres://u:{secret}@h/db");
    let loaded = with_env(&[
        ("AYEAYE_SMTP_URL", &smtp),
        ("AYEAYE_DATABASE_URL", &postgres),
        ("AYEAYE_MASTER_KEY", master),
    ])
    .unwrap();
    let said = format!("{loaded}\n{loaded:?}\n{:?}", loaded.config);
    assert!(!said.contains(secret) && !said.contains(master), "{said}");
    assert!(said.contains("smtps://user:****@mail.example.org"), "{said}");
    let error = refusal(&[("AYEAYE_DATABASE_URL", &format!("mysql://u:{secret}@h"))]);
    assert!(!error.contains(secret) && error.contains("is of another database"), "{error}");
    let sources = Sources { flags: vec![flag("master_key", secret)], ..Sources::default() };
    let error = Config::load(&sources).unwrap_err().to_string();
    assert!(
        !error.contains(secret) && error.contains("set AYEAYE_MASTER_KEY or AYEAYE_MASTER_KEY_FILE"),
        "{error}"
    );
}

#[test]
fn a_base_url_is_https_or_this_machine() {
    for good in [
        "https://consent.example.org",
        "https://consent.example.org:8443/",
        "http://localhost:8080",
        "http://[::1]:1",
    ] {
        let config = with_env(&[("AYEAYE_BASE_URL", good)]).unwrap().config;
        assert_eq!(config.base_url.as_str(), good.trim_end_matches('/'));
    }
    for bad in [
        "http://consent.example.org",
        "http://10.0.0.1",
        "http://localhost.evil.example",
        "https://consent.example.org/path",
        "https://consent.example.org?x",
        "https://u:p@consent.example.org",
        "consent.example.org",
        "ftp://consent.example.org",
    ] {
        let error = refusal(&[("AYEAYE_BASE_URL", bad)]);
        assert!(
            error.starts_with(&format!("base_url (AYEAYE_BASE_URL) = {bad:?} is not a base URL")),
            "{error}"
        );
    }
    let config = with_env(&[("AYEAYE_LISTEN", "[::1]:9000")]).unwrap().config;
    assert_eq!(config.base_url.as_str(), "http://[::1]:9000");
    let config = with_env(&[("AYEAYE_LISTEN", "0.0.0.0:9000")]).unwrap().config;
    assert_eq!(config.base_url.as_str(), "http://127.0.0.1:9000");
}

#[test]
fn every_key_refuses_what_makes_no_sense() {
    for (name, bad) in [
        ("LISTEN", "localhost:8080"),
        ("LISTEN", "8080"),
        ("LISTEN", "127.0.0.1:99999"),
        ("BASE_URL", "https://"),
        ("DATA_DIR", "a\0b"),
        ("DATABASE_URL", "sqlite::memory:"),
        ("SMTP_URL", "smtps://a\nb"),
        ("SMTP_CONNECTIONS", "0"),
        ("SMTP_CONNECTIONS", "four"),
        ("DKIM_SELECTOR", "a b"),
        ("DKIM_DOMAIN", "localhost"),
        ("TRUSTED_PROXIES", "0.0.0.0/0"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("WEBHOOK_ALLOW_NET", "everything"),
        ("DEV_INBOX", "yes"),
        ("LOG", "info,=x="),
        ("IP_EVIDENCE", "Full"),
        ("LIMITS_RECIPIENT_GAP", "10"),
        ("LIMITS_RECIPIENT_GAP", "2d"),
        ("LIMITS_RECIPIENT_PER_DAY", "0"),
        ("LIMITS_NETWORK_PER_HOUR", "-1"),
        ("LIMITS_FORM_PER_MINUTE", "1e3"),
        ("LIMITS_FORM_TOKEN_MIN", "2m"),
        ("LIMITS_FORM_TOKEN_MAX", "1s"),
        ("LIMITS_CONNECTIONS_PER_IP", "99999999999"),
        ("LIMITS_BODY_DEADLINE", "0s"),
        ("RETENTION_UNCONFIRMED", "59m"),
        ("RETENTION_UNCONFIRMED", "15d"),
        ("ANCHORS_WITNESSES", "https://witness.example"),
        ("ANCHORS_WITNESS_THRESHOLD", "1"),
        ("ANCHORS_TIMESTAMP_URL", "http://tsa.example/tsr"),
        ("ANCHORS_TIMESTAMP_URL", "tsa.example"),
        ("ANCHORS_TIMESTAMP_EVERY", "59s"),
        ("ANCHORS_TIMESTAMP_EVERY", "8d"),
        ("ANCHORS_TIMESTAMP_CA_FILE", "a\0b"),
        ("ANCHORS_CHECKPOINT_FILE", "a\0b"),
    ] {
        let name = format!("AYEAYE_{name}");
        let error = refusal(&[(&name, bad)]);
        assert!(error.contains(&name) && error.contains("; "), "{name}={bad:?}: {error}");
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let error =
        with_env(&[("AYEAYE_LISTEN", "x"), ("AYEAYE_LOG", ""), ("AYEAYE_DEV_INBOX", "x"), ("AYEAYE_X", "x")])
            .unwrap_err();
    let keys: Vec<&str> = error.problems().iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["AYEAYE_X", "listen", "dev_inbox"]);
    assert!(error.to_string().starts_with("the configuration is not right\n  AYEAYE_X is not a setting"));
}

#[test]
fn half_of_a_dkim_setup_is_refused() {
    let config =
        with_env(&[("AYEAYE_DKIM_KEY_FILE", "/k.pem"), ("AYEAYE_DKIM_SELECTOR", "s2026")]).unwrap().config;
    let dkim = config.dkim.unwrap();
    assert_eq!(
        (dkim.key_file.as_path(), dkim.selector.as_str(), dkim.domain),
        (Path::new("/k.pem"), "s2026", None)
    );
    assert!(refusal(&[("AYEAYE_DKIM_KEY_FILE", "/k.pem")]).contains("AYEAYE_DKIM_SELECTOR"));
    assert!(refusal(&[("AYEAYE_DKIM_SELECTOR", "s")]).contains("AYEAYE_DKIM_KEY_FILE"));
    assert!(refusal(&[("AYEAYE_DKIM_DOMAIN", "example.org")]).contains("AYEAYE_DKIM_KEY_FILE"));
}

#[test]
fn anchors_are_read_from_their_section() {
    let directory = Directory::new();
    let key = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
    let section = |threshold: u32| {
        format!(
            "log = \"warn\"\n[anchors]\nwitnesses = [\"{key} https://remora.example/w\"]\n\
             witness_threshold = {threshold}\ntimestamp_url = \"https://tsa.example/tsr\"\n\
             timestamp_every = \"1d\"\ntimestamp_ca_file = \"tsa.pem\"\ncheckpoint_file = \"/srv/last\"\n"
        )
    };
    directory.file("ayeaye.toml", &section(1));
    let loaded = Config::load(&directory.sources()).unwrap();
    let anchors = &loaded.config.anchors;
    let witness = &anchors.witnesses[0];
    assert_eq!(
        (witness.key.as_str(), witness.name.as_str(), witness.url.as_str(), anchors.witness_threshold),
        (key, "remora.n621.de", "https://remora.example/w", 1)
    );
    assert_eq!(anchors.timestamp_url.as_ref().unwrap().as_str(), "https://tsa.example/tsr");
    assert_eq!(anchors.timestamp_ca_file, Some(directory.0.join("tsa.pem")));
    assert_eq!(setting(&loaded, "anchors.checkpoint_file").value.as_deref(), Some("/srv/last"));
    directory.file("ayeaye.toml", &section(2));
    let error = Config::load(&directory.sources()).unwrap_err().to_string();
    assert!(
        error.contains("anchors.witness_threshold") && error.contains("more witnesses than there are"),
        "{error}"
    );
}

#[test]
fn captured_mail_is_not_shown_to_the_world() {
    let public = ("AYEAYE_BASE_URL", "https://consent.example.org");
    let behind_a_proxy = with_env(&[public]).unwrap().config;
    assert!(behind_a_proxy.listen.ip().is_loopback() && !behind_a_proxy.shows_inbox());
    let error = behind_a_proxy.check_serving().unwrap_err().to_string();
    assert!(error.contains("smtp_url is not set") && error.contains("AYEAYE_DEV_INBOX=on"), "{error}");
    let asked_for = with_env(&[public, ("AYEAYE_DEV_INBOX", "on")]).unwrap().config;
    assert!(asked_for.shows_inbox() && asked_for.check_serving().is_ok());
    assert!(!with_env(&[("AYEAYE_LISTEN", "0.0.0.0:8080")]).unwrap().config.shows_inbox());
    assert!(!with_env(&[("AYEAYE_DEV_INBOX", "off")]).unwrap().config.shows_inbox());
    let relayed = with_env(&[public, ("AYEAYE_SMTP_URL", "smtps://mail.example.org")]).unwrap().config;
    assert!(relayed.check_serving().is_ok() && !relayed.shows_inbox());
}

#[test]
fn the_listing_names_value_origin_and_use() {
    let text = with_env(&[("AYEAYE_LOG", "debug")]).unwrap().to_string();
    assert!(text.starts_with("listen                         127.0.0.1:8080  [default]\n"), "{text}");
    assert!(text.contains("\nlog                            debug  [AYEAYE_LOG]\n"), "{text}");
    assert!(text.contains("\nsmtp_url                       (unset)  [default]\n"), "{text}");
    assert!(
        text.contains(
            "\ndatabase_url                   sqlite:/nonexistent/ayeaye-data/ayeaye.db  [default]\n"
        ),
        "{text}"
    );
    assert!(text.contains("Most mails a day to one mailbox"), "{text}");
}

proptest! {
    #[test]
    fn no_value_panics(key in 0..keys::ALL.len(), value in "\\PC{0,40}|[0-9]{0,30}[smhd]?|(https?|sqlite|postgres)://\\PC{0,20}") {
        let _ = with_env(&[(&keys::ALL[key].env(), &value)]).map(|it| it.to_string());
    }

    #[test]
    fn no_file_panics(text in "([a-z_.\\[\\]]{1,12} ?=? ?[\"\\[{0-9a-z}\\],]{0,12}\n?){0,6}") {
        let directory = Directory::new();
        directory.file("ayeaye.toml", &text);
        let _ = Config::load(&directory.sources());
    }
}
