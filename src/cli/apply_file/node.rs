//! Reads tables of a TOML file key by key, and keeps every mistake with its place.

use std::{collections::BTreeMap, fmt, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    config::located::{Place, place},
    domain::{chars::is_hidden, nearest::nearest},
};

/// A mistake in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands.
    pub place: Place,
    /// The path of its key, like `tenant[0].purpose[1].slug`; empty for the file as a whole.
    pub key: String,
    /// What is wrong, and what to write.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.place.line, self.place.column)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}

/// A mistake was noted, and there is no value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted;

/// The mistakes found so far.
pub(super) struct Mistakes<'t> {
    text: &'t str,
    found: Vec<Mistake>,
}

impl<'t> Mistakes<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    pub(super) fn note(&mut self, at: &Range<usize>, key: &str, message: impl Into<String>) -> Noted {
        let place = place(self.text, at.start);
        self.found.push(Mistake { place, key: visible(key), message: visible(&message.into()) });
        Noted
    }

    pub(super) fn line(&self, at: &Range<usize>) -> usize {
        place(self.text, at.start).line
    }

    /// All of them, in the order of the file.
    pub(super) fn into_sorted(mut self) -> Vec<Mistake> {
        self.found.sort_by_key(|it| it.place);
        self.found
    }
}

/// What a terminal may be shown: a file can hold characters that steer one.
fn visible(text: &str) -> String {
    text.chars().map(|it| if is_hidden(it) { char::REPLACEMENT_CHARACTER } else { it }).collect()
}

/// One table. What is read from it is what it may hold: [`finish`](Self::finish) refuses the rest.
pub(super) struct Node<'t, 'i> {
    path: String,
    at: Range<usize>,
    table: &'t DeTable<'i>,
    asked: Vec<&'static str>,
}

/// A value read, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) at: Range<usize>,
}

impl<'t, 'i> Node<'t, 'i> {
    pub(super) fn root(table: &'t Spanned<DeTable<'i>>) -> Self {
        Self { path: String::new(), at: 0..0, table: table.get_ref(), asked: Vec::new() }
    }

    fn child(path: String, at: Range<usize>, table: &'t DeTable<'i>) -> Self {
        Self { path, at, table, asked: Vec::new() }
    }

    /// Whether `key` is written at all, be its list empty.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some()
    }

    /// The path of `key` in this table.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value of `key` as it stands.
    pub(super) fn ask(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.asked.push(key);
        self.table.get(key)
    }

    pub(super) fn missing(&self, key: &str, example: &str, mistakes: &mut Mistakes<'_>) -> Noted {
        mistakes.note(&self.at, &self.key(key), format!("is missing; write {key} = {example}"))
    }

    /// The value of `key`, which must be there; `example` is what a right one looks like.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        example: &str,
        mistakes: &mut Mistakes<'_>,
        read: impl FnOnce(&DeValue<'_>) -> Result<T, String>,
    ) -> Result<Found<T>, Noted> {
        let found = self.optional(key, example, mistakes, read)?;
        found.ok_or_else(|| self.missing(key, example, mistakes))
    }

    /// The value of `key`, when it is there.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        example: &str,
        mistakes: &mut Mistakes<'_>,
        read: impl FnOnce(&DeValue<'_>) -> Result<T, String>,
    ) -> Result<Option<Found<T>>, Noted> {
        let Some(spanned) = self.ask(key) else { return Ok(None) };
        match read(spanned.get_ref()) {
            Ok(value) => Ok(Some(Found { value, at: spanned.span() })),
            Err(reason) => {
                let message = format!("{reason}. Example: {key} = {example}");
                Err(mistakes.note(&spanned.span(), &self.key(key), message))
            }
        }
    }

    /// The texts listed under `key`, each read by itself, none twice; nothing when there is no such key.
    pub(super) fn list<T: PartialEq>(
        &mut self,
        key: &'static str,
        mistakes: &mut Mistakes<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, Noted> {
        let Some(spanned) = self.ask(key) else { return Ok(Vec::new()) };
        let path = self.key(key);
        let Some(items) = spanned.get_ref().as_array() else {
            return Err(mistakes.note(&spanned.span(), &path, "is not a list; write it like [\"a\", \"b\"]"));
        };
        let mut values = Vec::new();
        let mut outcome = Ok(());
        for (index, item) in items.iter().enumerate() {
            let twice = || "stands twice in this list; take one out".to_owned();
            let read = text(&read)(item.get_ref());
            match read.and_then(|it| if values.contains(&it) { Err(twice()) } else { Ok(it) }) {
                Ok(value) => values.push(value),
                Err(reason) => {
                    outcome = Err(mistakes.note(&item.span(), &format!("{path}[{index}]"), reason));
                }
            }
        }
        outcome.map(|()| values)
    }

    /// Like [`list`](Self::list), with at least one item.
    pub(super) fn some<T: PartialEq>(
        &mut self,
        key: &'static str,
        example: &str,
        mistakes: &mut Mistakes<'_>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, Noted> {
        let values = self.list(key, mistakes, read)?;
        match self.table.get(key) {
            None => Err(self.missing(key, example, mistakes)),
            Some(it) if values.is_empty() => {
                let message = format!("is an empty list; write {key} = {example}");
                Err(mistakes.note(&it.span(), &self.key(key), message))
            }
            Some(_) => Ok(values),
        }
    }

    /// The tables under `key`, written `[[header]]` each.
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        header: &str,
        mistakes: &mut Mistakes<'_>,
    ) -> Result<Vec<Self>, Noted> {
        let Some(spanned) = self.ask(key) else { return Ok(Vec::new()) };
        let path = self.key(key);
        let items = spanned.get_ref().as_array();
        let tables: Option<Vec<Self>> = items.and_then(|items| {
            let nodes = items.iter().enumerate().map(|(index, item)| {
                let table = item.get_ref().as_table()?;
                Some(Self::child(format!("{path}[{index}]"), item.span(), table))
            });
            nodes.collect()
        });
        tables.ok_or_else(|| {
            let message =
                format!("is not a list of tables; begin each with [[{header}]] on a line of its own");
            mistakes.note(&spanned.span(), &path, message)
        })
    }

    /// The table of languages under `key`, when it is there.
    pub(super) fn languages(
        &mut self,
        key: &'static str,
        example: &str,
        mistakes: &mut Mistakes<'_>,
    ) -> Result<Option<Self>, Noted> {
        let Some(spanned) = self.ask(key) else { return Ok(None) };
        let Some(table) = spanned.get_ref().as_table() else {
            let message = format!("is not a table of languages; write {key} = {example}");
            return Err(mistakes.note(&spanned.span(), &self.key(key), message));
        };
        Ok(Some(Self::child(self.key(key), spanned.span(), table)))
    }

    /// The table under `key`, when it is there.
    pub(super) fn table(
        &mut self,
        key: &'static str,
        example: &str,
        mistakes: &mut Mistakes<'_>,
    ) -> Result<Option<Self>, Noted> {
        let Some(spanned) = self.ask(key) else { return Ok(None) };
        let Some(table) = spanned.get_ref().as_table() else {
            let message = format!("is not a table; write {key} = {example}");
            return Err(mistakes.note(&spanned.span(), &self.key(key), message));
        };
        Ok(Some(Self::child(self.key(key), spanned.span(), table)))
    }

    /// Reads every value of the table under its own key, whatever that is.
    pub(super) fn each<T>(
        &self,
        mistakes: &mut Mistakes<'_>,
        read: impl Fn(&str, &DeValue<'_>) -> Result<T, String>,
    ) -> Result<BTreeMap<String, T>, Noted> {
        let mut values = BTreeMap::new();
        let mut outcome = Ok(());
        for (key, value) in self.table {
            match read(key.get_ref(), value.get_ref()) {
                Ok(read) => {
                    values.insert(key.get_ref().to_string(), read);
                }
                Err(reason) => outcome = Err(mistakes.note(&value.span(), &self.key(key.get_ref()), reason)),
            }
        }
        outcome.map(|()| values)
    }

    /// Notes something about the value of `key`.
    pub(super) fn note_at(
        &self,
        key: &str,
        message: impl Into<String>,
        mistakes: &mut Mistakes<'_>,
    ) -> Noted {
        let at = self.table.get(key).map_or_else(|| self.at.clone(), Spanned::span);
        mistakes.note(&at, &self.key(key), message)
    }

    /// Notes something about the table as a whole.
    pub(super) fn note(&self, message: impl Into<String>, mistakes: &mut Mistakes<'_>) -> Noted {
        mistakes.note(&self.at, &self.path, message)
    }

    /// Refuses every key that was not asked for.
    pub(super) fn finish(self, mistakes: &mut Mistakes<'_>) -> Result<(), Noted> {
        let mut outcome = Ok(());
        for (key, _) in self.table.iter().filter(|(key, _)| !self.asked.contains(&key.get_ref().as_ref())) {
            let known = self.asked.iter().copied();
            let message = match nearest(key.get_ref(), known.clone()) {
                Some(near) => format!("is not a key here; did you mean {near}?"),
                None => format!("is not a key here; there are {}", known.collect::<Vec<_>>().join(", ")),
            };
            outcome = Err(mistakes.note(&key.span(), &self.key(key.get_ref()), message));
        }
        outcome
    }
}

/// Reads a TOML string with `parse`.
pub(super) fn text<T, E: fmt::Display>(
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> impl FnOnce(&DeValue<'_>) -> Result<T, String> {
    |value| match value.as_str() {
        Some(text) => parse(text).map_err(|reason| reason.to_string()),
        None => Err(format!("is a TOML {}; write a text in quotes", value.type_str())),
    }
}

/// Reads `true` or `false`.
pub(super) fn yes_no(value: &DeValue<'_>) -> Result<bool, String> {
    value
        .as_bool()
        .ok_or_else(|| format!("is a TOML {}; write true or false, without quotes", value.type_str()))
}
