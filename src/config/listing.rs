//! What `ayeaye config` prints: each key, its value in force, where that came from.

use std::fmt::{self, Write as _};

use url::Url;

use super::{
    Config, Database, Loaded,
    error::Whence,
    keys::{self, Key, Kind},
    layers::Layers,
};

/// One key and its value in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name in the file.
    pub name: &'static str,
    /// The name in the environment.
    pub env: String,
    /// The value, secrets masked; `None` when unset.
    pub value: Option<String>,
    /// Where it came from.
    pub whence: Whence,
    /// What it is for.
    pub doc: &'static str,
}

pub(super) fn settings(layers: &Layers, config: &Config) -> Vec<Setting> {
    keys::ALL
        .iter()
        .map(|key| {
            let given = layers.get(key);
            Setting {
                name: key.name,
                env: key.env(),
                value: given.map(|it| shown(key, &it.text)).or_else(|| derived(key, config)),
                whence: given.map_or(Whence::Default, |it| it.whence.clone()),
                doc: key.doc,
            }
        })
        .collect()
}

/// The value of a key whose default depends on others.
fn derived(key: &Key, config: &Config) -> Option<String> {
    if key.name == keys::BASE_URL.name {
        return Some(config.base_url.to_string());
    }
    if key.name == keys::CHECKPOINT_FILE.name {
        return Some(config.anchors.checkpoint_file.display().to_string());
    }
    match &config.database {
        Database::Sqlite(path) if key.name == keys::DATABASE_URL.name => {
            Some(format!("sqlite:{}", path.display()))
        }
        Database::Sqlite(_) | Database::Postgres(_) => None,
    }
}

fn shown(key: &Key, text: &str) -> String {
    match key.kind {
        Kind::Plain | Kind::List => text.to_owned(),
        Kind::Secret => "••••".to_owned(),
        Kind::SecretUrl => without_password(text),
    }
}

/// The address without credentials and query, where `PostgreSQL` takes passwords too.
fn without_password(text: &str) -> String {
    if text.starts_with("sqlite:") {
        return text.to_owned();
    }
    let Some(mut url) = Url::parse(text).ok().filter(Url::has_host) else { return "••••".to_owned() };
    let masked = if url.password().is_some() { url.set_password(Some("****")) } else { Ok(()) };
    if url.query().is_some() {
        url.set_query(Some("****"));
    }
    if masked.is_ok() { url.to_string() } else { "••••".to_owned() }
}

impl fmt::Display for Loaded {
    /// Two lines a key: name, value and origin; then what it is for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.settings.iter().map(|it| it.name.len()).max().unwrap_or(0);
        let mut text = String::new();
        for Setting { name, env: _, value, whence, doc } in &self.settings {
            let value = value.as_deref().unwrap_or("(unset)");
            writeln!(text, "{name:width$}  {value}  [{whence}]\n{:width$}  {doc}", "")?;
        }
        f.write_str(text.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_never_show_in_addresses() {
        for (text, shown) in [
            ("smtps://user:hunter2@mail.example.org", "smtps://user:****@mail.example.org"),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("postgres://u:hunter2@h:5432/db", "postgres://u:****@h:5432/db"),
            ("postgres://h/db?password=hunter2", "postgres://h/db?****"),
            ("postgres:///db?password=hunter2", "••••"),
            ("hunter2", "••••"),
            ("smtps:user:hunter2@x", "••••"),
            ("sqlite:x.db", "sqlite:x.db"),
        ] {
            assert_eq!(without_password(text), shown);
        }
    }
}
