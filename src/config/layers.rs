//! Every value as it was written, the strongest place winning, with all that is unknown or given twice.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use toml::de::{DeTable, DeValue};

use super::{
    Sources,
    error::{Problem, Whence},
    keys::{self, Key, Kind, Preset},
    located::place,
};
use crate::domain::nearest::nearest;

/// More than any configuration needs; a wrong path may lead to anything.
const FILE_MAX: u64 = 1 << 20;

/// A value as written, and where.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) whence: Whence,
}

/// What each key was given, defaults included; derived defaults are missing.
#[derive(Debug)]
pub(super) struct Layers {
    values: BTreeMap<&'static str, Given>,
    /// What relative paths start from.
    cwd: PathBuf,
}

impl Layers {
    /// Reads all sources, the weakest first.
    pub(super) fn gather(sources: &Sources) -> (Self, Vec<Problem>) {
        let mut layers = Self { values: BTreeMap::new(), cwd: sources.cwd.clone() };
        let mut problems = Vec::new();
        for key in keys::ALL {
            match key.default {
                Preset::Is(text) => layers.set(key, text.to_owned(), Whence::Default),
                Preset::Unset | Preset::Derived => {}
            }
        }
        layers.file(sources, &mut problems);
        layers.environment(sources, &mut problems);
        layers.flags(sources, &mut problems);
        (layers, problems)
    }

    /// What `key` was given. An empty text says "unset" where that is possible.
    pub(super) fn get(&self, key: &Key) -> Option<&Given> {
        let given = self.values.get(key.name)?;
        let clears = given.text.is_empty() && !matches!(key.default, Preset::Is(_));
        (!clears).then_some(given)
    }

    /// `path` from where it was written: in a file, from that file's directory.
    pub(super) fn resolve(&self, path: &str, whence: &Whence) -> PathBuf {
        let base = match whence {
            Whence::File { path, .. } => path.parent().unwrap_or(Path::new("")),
            Whence::Default | Whence::Env(_) | Whence::EnvFile { .. } | Whence::Flag(_) => &self.cwd,
        };
        base.join(path.strip_prefix("./").unwrap_or(path))
    }

    fn set(&mut self, key: &Key, text: String, whence: Whence) {
        self.values.insert(key.name, Given { text, whence });
    }

    fn file(&mut self, sources: &Sources, problems: &mut Vec<Problem>) {
        let usual = sources.cwd.join("ayeaye.toml");
        let path = match &sources.file {
            Some(path) => sources.cwd.join(path),
            None if usual.exists() => usual,
            None => return,
        };
        match read(&path) {
            Ok(text) => self.toml(&path, &text, problems),
            Err(error) => problems.push(Problem {
                key: path.display().to_string(),
                whence: None,
                what: format!("cannot be read: {error}"),
                instead: "give --config a readable TOML file".to_owned(),
            }),
        }
    }

    fn toml(&mut self, path: &Path, text: &str, problems: &mut Vec<Problem>) {
        let whence = |offset| Whence::File { path: path.to_owned(), line: place(text, offset).line };
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            problems.extend(errors.iter().map(|error| Problem {
                key: "the file".to_owned(),
                whence: Some(whence(error.span().map_or(0, |it| it.start))),
                what: format!("is not TOML: {}", error.message()),
                instead: "write each setting like listen = \"127.0.0.1:8080\"".to_owned(),
            }));
            return;
        }
        for (name, value) in table.get_ref() {
            let whence = whence(name.span().start);
            match value.get_ref() {
                DeValue::Table(nested) if is_section(name.get_ref()) => {
                    for (inner, value) in nested {
                        let line = place(text, inner.span().start).line;
                        let whence = Whence::File { path: path.to_owned(), line };
                        let name = format!("{}.{}", name.get_ref(), inner.get_ref());
                        self.toml_value(&name, value.get_ref(), whence, problems);
                    }
                }
                other => self.toml_value(name.get_ref(), other, whence, problems),
            }
        }
    }

    fn toml_value(&mut self, name: &str, value: &DeValue<'_>, whence: Whence, problems: &mut Vec<Problem>) {
        let Some(key) = Key::named(name) else {
            problems.push(unknown(name, whence));
            return;
        };
        match written(value, key.kind) {
            Some(text) => self.set(key, text, whence),
            None => problems.push(Problem {
                key: name.to_owned(),
                whence: Some(whence),
                what: format!("is a TOML {}", value.type_str()),
                instead: match key.kind {
                    Kind::List => "write a list of texts, like [\"10.0.0.0/8\"]".to_owned(),
                    Kind::Plain | Kind::SecretUrl | Kind::Secret => {
                        "write a text in quotes, or a whole number".to_owned()
                    }
                },
            }),
        }
    }

    fn environment(&mut self, sources: &Sources, problems: &mut Vec<Problem>) {
        let known: BTreeMap<String, &'static Key> = keys::ALL.iter().map(|it| (it.env(), *it)).collect();
        // An empty variable counts as absent: compose files pass on what is not set as empty.
        let given =
            sources.env.iter().filter(|(name, value)| name.starts_with("AYEAYE_") && !value.is_empty());
        for (name, value) in given {
            if let Some(key) = known.get(name) {
                self.set(key, value.clone(), Whence::Env(name.clone()));
                continue;
            }
            match name.strip_suffix("_FILE").and_then(|it| Some((it, known.get(it)?))) {
                Some((direct, key)) => {
                    let twice = sources.env.get(direct).is_some_and(|it| !it.is_empty());
                    self.environment_file(key, name, value, twice, problems);
                }
                None => problems.push(unknown_variable(name)),
            }
        }
    }

    fn environment_file(
        &mut self,
        key: &'static Key,
        name: &str,
        value: &str,
        twice: bool,
        problems: &mut Vec<Problem>,
    ) {
        if twice {
            problems.push(Problem {
                key: key.name.to_owned(),
                whence: Some(Whence::Env(name.to_owned())),
                what: format!("is given twice, by {} and by {name}", key.env()),
                instead: "unset one of them".to_owned(),
            });
            return;
        }
        let path = self.cwd.join(value);
        let whence = Whence::EnvFile { name: name.to_owned(), path: path.clone() };
        match read(&path) {
            Ok(text) => self.set(key, text.trim().to_owned(), whence),
            Err(error) => problems.push(Problem {
                key: key.name.to_owned(),
                whence: Some(whence),
                what: format!("cannot be read: {error}"),
                instead: format!("name a readable file that holds the value, or set {}", key.env()),
            }),
        }
    }

    fn flags(&mut self, sources: &Sources, problems: &mut Vec<Problem>) {
        for flag in &sources.flags {
            let whence = Whence::Flag(flag.flag.clone());
            match Key::named(&flag.key) {
                Some(key) if key.kind == Kind::Secret => problems.push(Problem {
                    key: key.name.to_owned(),
                    whence: Some(whence),
                    what: "would be seen by every user of this machine".to_owned(),
                    instead: format!("set {} or {}_FILE", key.env(), key.env()),
                }),
                Some(key) => self.set(key, flag.value.clone(), whence),
                None => problems.push(unknown(&flag.key, whence)),
            }
        }
    }
}

fn is_section(name: &str) -> bool {
    keys::ALL.iter().any(|it| it.name.split_once('.').is_some_and(|(section, _)| section == name))
}

/// The text of a TOML value; `None` when it has none that fits.
fn written(value: &DeValue<'_>, kind: Kind) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
        DeValue::Array(items) if kind == Kind::List => {
            let texts: Option<Vec<&str>> = items.iter().map(|it| it.get_ref().as_str()).collect();
            Some(texts?.join(","))
        }
        DeValue::Integer(_)
        | DeValue::Array(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Table(_) => None,
    }
}

fn unknown(name: &str, whence: Whence) -> Problem {
    let near = nearest(name, keys::ALL.iter().map(|it| it.name)).map(str::to_owned);
    not_a_setting(name, Some(whence), near)
}

/// Compared without what every variable begins with, or all of them would be near.
fn unknown_variable(name: &str) -> Problem {
    let bare = name.trim_start_matches("AYEAYE_").replace('_', ".").to_lowercase();
    let known: Vec<String> = keys::ALL.iter().map(|it| it.name.replace('_', ".")).collect();
    let near = nearest(&bare, known.iter().map(String::as_str));
    // The variable is named by the key already.
    not_a_setting(name, None, near.map(|it| format!("AYEAYE_{}", it.replace('.', "_").to_uppercase())))
}

fn not_a_setting(name: &str, whence: Option<Whence>, near: Option<String>) -> Problem {
    let instead = match near {
        Some(near) => format!("did you mean {near}? `ayeaye config` lists them all"),
        None => "take it out; `ayeaye config` lists what there is".to_owned(),
    };
    Problem { key: name.escape_debug().to_string(), whence, what: "is not a setting".to_owned(), instead }
}

fn read(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > FILE_MAX {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"));
    }
    fs::read_to_string(path)
}
