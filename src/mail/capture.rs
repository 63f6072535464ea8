//! An inbox in memory, for when nothing may leave the machine: the newest thousand mails, less when they are large.
//!
//! Links and codes are those the renderer put in, with their meaning; nothing is searched for in texts.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use super::{Rendered, rendered::File};
use crate::domain::Timestamp;

/// How many mails are kept.
const KEPT: usize = 1_000;
/// How many bytes of mails are kept, at most, but for the newest.
const KEPT_BYTES: usize = 64 << 20;

/// One captured mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapturedMail {
    /// Counts from 1 in the order of arrival, and is never given twice.
    pub id: u64,
    /// When it was captured.
    pub at: Timestamp,
    /// Envelope sender.
    pub from: String,
    /// Envelope recipient.
    pub to: String,
    /// Subject as people read it.
    pub subject: String,
    /// Header names and values in their order, unfolded, encoded words left as they are.
    pub headers: Vec<(String, String)>,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The mail as it would have gone over the wire.
    pub raw: Vec<u8>,
    /// Links with what they are for: `("confirm", "https://…")`.
    pub links: Vec<(&'static str, String)>,
    /// Codes to type in.
    pub codes: Vec<String>,
    /// Files that go with it.
    pub files: Vec<File>,
}

/// The inbox. Clones are the same inbox.
#[derive(Clone, Default)]
pub struct Capture {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    mails: Mutex<Mails>,
    arrived: Notify,
}

#[derive(Default)]
struct Mails {
    last_id: u64,
    bytes: usize,
    kept: VecDeque<Arc<CapturedMail>>,
}

impl Capture {
    /// Keeps a mail and gives back its id. When there are too many, or they are too large, the oldest go.
    pub fn push(&self, raw: Vec<u8>, from: &str, to: &str, at: Timestamp, rendered: &Rendered) -> u64 {
        let Rendered { subject, text, html, links, codes, files } = rendered.clone();
        let headers = headers(&raw);
        let (from, to) = (from.to_owned(), to.to_owned());
        let mut mails = self.mails();
        mails.last_id += 1;
        let id = mails.last_id;
        let mail = CapturedMail { id, at, from, to, subject, headers, text, html, raw, links, codes, files };
        mails.keep(mail);
        drop(mails);
        self.inner.arrived.notify_waiters();
        id
    }

    /// All kept mails, newest first.
    pub fn list(&self) -> Vec<Arc<CapturedMail>> {
        self.mails().kept.iter().rev().cloned().collect()
    }

    /// The mail with this id, if it is still kept.
    pub fn get(&self, id: u64) -> Option<Arc<CapturedMail>> {
        self.mails().kept.iter().find(|it| it.id == id).cloned()
    }

    /// Mails to `to` (to anybody when `None`; case does not matter) with an id above `after`, oldest first.
    /// Waits up to `limit` for the first of them, and gives back nothing when none came.
    pub async fn wait(&self, to: Option<&str>, after: u64, limit: Duration) -> Vec<Arc<CapturedMail>> {
        let end = Instant::now() + limit;
        loop {
            let arrived = self.inner.arrived.notified();
            tokio::pin!(arrived);
            // Listening starts before looking, so that a mail arriving in between is not missed.
            arrived.as_mut().enable();
            let found = self.matching(to, after);
            if !found.is_empty() || tokio::time::timeout_at(end, arrived).await.is_err() {
                return found;
            }
        }
    }

    fn matching(&self, to: Option<&str>, after: u64) -> Vec<Arc<CapturedMail>> {
        let wanted = |it: &&Arc<CapturedMail>| {
            it.id > after && to.is_none_or(|to| it.to.to_lowercase() == to.to_lowercase())
        };
        self.mails().kept.iter().filter(wanted).cloned().collect()
    }

    fn mails(&self) -> MutexGuard<'_, Mails> {
        self.inner.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mails {
    fn keep(&mut self, mail: CapturedMail) {
        self.bytes += mail.bytes();
        self.kept.push_back(Arc::new(mail));
        while self.kept.len() > KEPT || self.bytes > KEPT_BYTES && self.kept.len() > 1 {
            let Some(oldest) = self.kept.pop_front() else { return };
            self.bytes -= oldest.bytes();
        }
    }
}

impl CapturedMail {
    /// About how much room it takes.
    fn bytes(&self) -> usize {
        let files: usize = self.files.iter().map(|it| it.data.len()).sum();
        self.raw.len() + self.text.len() + self.html.len() + files
    }
}

/// The headers of a mail in their order; folded ones (RFC 5322 section 2.2.3) on one line.
fn headers(raw: &[u8]) -> Vec<(String, String)> {
    let raw = String::from_utf8_lossy(raw);
    let head = raw.split_once("\r\n\r\n").map_or(&*raw, |(head, _)| head);
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split("\r\n") {
        if let (true, Some((_, value))) = (line.starts_with([' ', '\t']), headers.last_mut()) {
            value.push(' ');
            value.push_str(line.trim());
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn push(capture: &Capture, to: &str) -> u64 {
        let rendered = Rendered {
            subject: "Confirm".to_owned(),
            text: "text".to_owned(),
            html: "<p>html".to_owned(),
            links: vec![("confirm", "https://consent.example.org/c/1".to_owned())],
            codes: vec!["482913".to_owned()],
            files: Vec::new(),
        };
        let raw = b"To: ada@example.org\r\nSubject: a\r\n b\r\n\r\nbody: x".to_vec();
        capture.push(raw, "confirm@acme.example", to, Timestamp::from_millis(1), &rendered)
    }

    #[test]
    fn a_captured_mail_has_its_headers_links_and_codes() {
        let capture = Capture::default();
        let id = push(&capture, "ada@example.org");
        let mail = capture.get(id).unwrap();
        let expected = [("To", "ada@example.org"), ("Subject", "a b")];
        assert_eq!(mail.headers, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(mail.links, [("confirm", "https://consent.example.org/c/1".to_owned())]);
        assert_eq!(mail.codes, ["482913"]);
        assert!(mail.raw.ends_with(b"body: x"));
    }

    #[test]
    fn the_newest_thousand_are_kept_newest_first() {
        let capture = Capture::default();
        for _ in 0..1_005 {
            push(&capture, "ada@example.org");
        }
        let list = capture.list();
        assert_eq!((list.len(), list[0].id, list[999].id), (1_000, 1_005, 6));
        assert_eq!(capture.get(5), None);
    }

    #[test]
    fn large_mails_push_the_oldest_out_sooner() {
        let capture = Capture::default();
        let data = vec![0; KEPT_BYTES / 4];
        let file = File { name: "a.pdf".to_owned(), media_type: "application/pdf", data };
        let rendered = Rendered {
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            links: Vec::new(),
            codes: Vec::new(),
            files: vec![file],
        };
        for _ in 0..6 {
            capture.push(b"To: a\r\n\r\n".to_vec(), "a@b.fr", "a@b.fr", Timestamp::from_millis(1), &rendered);
        }
        assert_eq!(capture.list().iter().map(|it| it.id).collect::<Vec<_>>(), [6, 5, 4]);
    }

    #[tokio::test]
    async fn waiting_ends_with_the_mail_or_with_the_time() {
        let capture = Capture::default();
        let first = push(&capture, "ada@example.org");
        let wait = |after, millis| {
            let capture = capture.clone();
            async move { capture.wait(Some("Ada@Example.org"), after, Duration::from_millis(millis)).await }
        };
        assert_eq!(wait(0, 0).await.len(), 1, "what is there already is given at once");
        assert_eq!(wait(first, 20).await, [], "nothing newer came");

        let waiting = tokio::spawn(wait(first, 60_000));
        tokio::task::yield_now().await;
        push(&capture, "eve@example.org");
        let second = push(&capture, "ada@example.org");
        let found = waiting.await.unwrap();
        assert_eq!(found.iter().map(|it| it.id).collect::<Vec<_>>(), [second]);
        assert_eq!(capture.wait(None, 0, Duration::ZERO).await.len(), 3);
    }
}
