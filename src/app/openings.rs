//! Who opened the pages of a request before its button was pressed.
//!
//! A GET writes nothing to the database, so this is kept in memory: bounded, the oldest request forgotten first, and
//! gone with a restart. It reaches the evidence when the request is confirmed or refused, and nobody before. What
//! is lost with it is a remark: when the page was opened whose button was pressed stands in the page itself.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde_json::{Value, json};

use super::{App, Visit, confirm::Opened};
use crate::domain::{
    Timestamp,
    grade::{self, Opening, Reason, TOGETHER},
    id::{ContactId, RequestId},
};

/// Requests remembered at once: some 30 MB when each was opened by a scanner with a long name.
const MOST: usize = 20_000;
/// Openings of one request kept in full; later ones are counted.
const KEPT: usize = 5;
/// The longest name of a program kept, in characters.
const NAME: usize = 160;

/// A page that a mail links to for one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The one with the button that confirms.
    Confirm,
    /// *It was not me*.
    NotMe,
}

impl Page {
    const fn word(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::NotMe => "not_me",
        }
    }
}

/// The openings of requests that still wait.
#[derive(Default)]
pub struct Openings(Mutex<Book>);

#[derive(Default)]
struct Book {
    of: HashMap<RequestId, Entry>,
    /// Requests by when they were first opened.
    by_age: BTreeMap<u64, RequestId>,
    /// How many were ever opened.
    number: u64,
}

struct Entry {
    number: u64,
    contact: ContactId,
    until: Timestamp,
    first: Timestamp,
    last: Timestamp,
    count: u64,
    automated: u64,
    seen: Vec<Seen>,
}

struct Seen {
    at: Timestamp,
    page: Page,
    head: bool,
    automated: Option<Reason>,
    /// What evidence may keep of the visit, as JSON.
    visit: Box<str>,
}

impl App {
    /// Remembers that a page of a request was opened. Nothing is written.
    pub fn note_opening(&self, opened: &Opened, page: Page, head: bool, visit: &Visit) {
        let now = self.now();
        let after_mail = opened.request.mailed_at.map(|it| now.since(it));
        let mut kept = visit.clone();
        kept.user_agent = kept.user_agent.chars().take(NAME).collect();
        kept.origin = None;
        let record = kept.record(&self.keys, self.config.ip_evidence).to_string().into();
        let mut book = self.openings.book();
        let entry = book.entry(opened, now);
        let together = entry.open_together(page, now);
        let reason = grade::automated(&Opening {
            head,
            after_mail,
            together,
            user_agent: &visit.user_agent,
            fetch: &visit.fetch,
        });
        entry.last = entry.last.max(now);
        entry.count += 1;
        entry.automated += u64::from(reason.is_some());
        if entry.seen.len() < KEPT {
            entry.seen.push(Seen { at: now, page, head, automated: reason, visit: record });
        }
        book.forget_oldest();
    }
}

impl Openings {
    /// What the evidence of a request says of its openings; `None` when none is remembered.
    pub(super) fn record(&self, request: RequestId) -> Option<Value> {
        self.book().of.get(&request).map(Entry::record)
    }

    /// Forgets a request that has ended.
    pub(super) fn forget(&self, request: RequestId) {
        self.book().remove(request);
    }

    /// Forgets everything about a person.
    pub(super) fn forget_contact(&self, contact: ContactId) {
        self.book().keep(|it| it.contact != contact);
    }

    /// Forgets requests whose time is over: another instance may have ended them.
    pub(super) fn forget_expired(&self, now: Timestamp) {
        self.book().keep(|it| it.until > now);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    fn entry(&mut self, opened: &Opened, now: Timestamp) -> &mut Entry {
        let request = &opened.request;
        self.of.entry(request.id).or_insert_with(|| {
            self.number += 1;
            self.by_age.insert(self.number, request.id);
            Entry {
                number: self.number,
                contact: opened.contact.id,
                until: request.facts.expires_at,
                first: now,
                last: now,
                count: 0,
                automated: 0,
                seen: Vec::new(),
            }
        })
    }

    fn forget_oldest(&mut self) {
        while self.of.len() > MOST {
            let Some((_, oldest)) = self.by_age.pop_first() else { return };
            self.of.remove(&oldest);
        }
    }

    fn remove(&mut self, request: RequestId) {
        if let Some(entry) = self.of.remove(&request) {
            self.by_age.remove(&entry.number);
        }
    }

    fn keep(&mut self, keeps: impl Fn(&Entry) -> bool) {
        self.of.retain(|_, entry| keeps(entry));
        let of = &self.of;
        self.by_age.retain(|_, request| of.contains_key(request));
    }
}

impl Entry {
    /// Whether another page of the same mail was opened a moment ago; then it was no person either.
    fn open_together(&mut self, page: Page, now: Timestamp) -> bool {
        let mut together = false;
        for seen in &mut self.seen {
            if seen.page == page || now.since(seen.at) > TOGETHER {
                continue;
            }
            together = true;
            if seen.automated.is_none() {
                seen.automated = Some(Reason::SeveralLinks);
                self.automated += 1;
            }
        }
        together
    }

    fn record(&self) -> Value {
        json!({
            "first": self.first.rfc3339(),
            "last": self.last.rfc3339(),
            "count": self.count,
            "automated": self.automated,
            "seen": self.seen.iter().map(Seen::record).collect::<Vec<_>>(),
        })
    }
}

impl Seen {
    fn record(&self) -> Value {
        let mut record = serde_json::from_str(&self.visit).unwrap_or_else(|_ours| json!({}));
        if let Value::Object(record) = &mut record {
            record.insert("at".to_owned(), json!(self.at.rfc3339()));
            record.insert("page".to_owned(), json!(self.page.word()));
            record.insert("method".to_owned(), json!(if self.head { "HEAD" } else { "GET" }));
            record.insert("automated".to_owned(), json!(self.automated.is_some()));
            if let Some(reason) = self.automated {
                record.insert("reason".to_owned(), json!(reason.word()));
            }
        }
        record
    }
}

#[cfg(test)]
mod tests;
