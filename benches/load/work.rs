//! The kinds of request: how each is written, and what is right as an answer.

use std::{
    cell::{Cell, RefCell},
    io::Write as _,
    net::SocketAddr,
};

use crate::{
    drive::Work,
    http::{Answer, find},
    people,
    sink::Asked,
};

/// What a browser says of itself, for the evidence.
const AGENT: &str = "User-Agent: ayeaye-load/1\r\n";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// A POST of a form, or of JSON with a key.
fn post(out: &mut Vec<u8>, host: SocketAddr, path: &str, headers: &str, body: &str) {
    let length = body.len();
    // Writing to a vector cannot fail.
    let _ = write!(
        out,
        "POST {path} HTTP/1.1\r\nHost: {host}\r\n{AGENT}{headers}Content-Length: {length}\r\n\r\n{body}"
    );
}

/// A POST of a form, as browsers and mail programs send it.
pub(crate) fn post_form(out: &mut Vec<u8>, host: SocketAddr, path: &str, body: &str) {
    post(out, host, path, FORM, body);
}

/// Judges an answer by its status.
///
/// # Errors
/// The wrong status, in words.
pub(crate) fn status(answer: Answer<'_>, right: &[u16]) -> Result<(), String> {
    if right.contains(&answer.status) { Ok(()) } else { Err(format!("status {}", answer.status)) }
}

/// Hands out what is in it, at most so many in one stage.
struct Pool<T> {
    items: RefCell<Vec<T>>,
    left: Cell<usize>,
}

impl<T> Pool<T> {
    fn new(items: Vec<T>, most: usize) -> Self {
        Self { items: RefCell::new(items), left: Cell::new(most) }
    }

    fn next(&self) -> Option<T> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        self.items.borrow_mut().pop()
    }
}

/// `POST /f/newsletter`: somebody new signs up.
pub(crate) struct SignUp {
    host: SocketAddr,
    next: Cell<u32>,
    end: u32,
    accepted: Cell<u64>,
}

impl SignUp {
    /// The people from `first` on, before `end`.
    pub(crate) fn new(host: SocketAddr, first: u32, end: u32) -> Self {
        Self { host, next: Cell::new(first), end, accepted: Cell::new(0) }
    }

    /// Who signs up next, and how many were told to look into their mails.
    pub(crate) fn outcome(&self) -> (u32, u64) {
        (self.next.get(), self.accepted.get())
    }
}

impl Work for SignUp {
    fn next(&self, out: &mut Vec<u8>) -> Option<u32> {
        let number = self.next.get();
        if number >= self.end {
            return None;
        }
        self.next.set(number + 1);
        let body = format!("email={}&p=newsletter&locale=en", people::address(number));
        let headers = format!("{FORM}Accept: application/json\r\n");
        post(out, self.host, "/f/newsletter", &headers, &body);
        Some(number)
    }

    fn judge(&self, _number: u32, answer: Answer<'_>) -> Result<(), String> {
        status(answer, &[200])?;
        self.accepted.set(self.accepted.get() + 1);
        Ok(())
    }
}

/// `POST /c/{token}`: the button in the mail's link, pressed.
pub(crate) struct Confirm {
    host: SocketAddr,
    asked: Pool<Asked>,
    confirmed: RefCell<Vec<u32>>,
}

impl Confirm {
    /// At most `most` of `asked`.
    pub(crate) fn new(host: SocketAddr, asked: Vec<Asked>, most: usize) -> Self {
        Self { host, asked: Pool::new(asked, most), confirmed: RefCell::default() }
    }

    /// Who was not asked for their button yet, and who has confirmed.
    pub(crate) fn outcome(&self) -> (Vec<Asked>, Vec<u32>) {
        (self.asked.items.take(), self.confirmed.take())
    }
}

impl Work for Confirm {
    fn next(&self, out: &mut Vec<u8>) -> Option<u32> {
        let Asked { number, token } = self.asked.next()?;
        post(out, self.host, &format!("/c/{token}"), FORM, "do=confirm");
        Some(number)
    }

    fn judge(&self, number: u32, answer: Answer<'_>) -> Result<(), String> {
        status(answer, &[200, 303])?;
        self.confirmed.borrow_mut().push(number);
        Ok(())
    }
}

/// `GET /p/{token}`: the preference page of one person after the other, again and again.
pub(crate) struct Preferences {
    host: SocketAddr,
    paths: Vec<String>,
    at: Cell<usize>,
    gzip: bool,
}

impl Preferences {
    /// Pages of these paths; `gzip` as browsers ask for it.
    pub(crate) fn new(host: SocketAddr, paths: Vec<String>, gzip: bool) -> Self {
        Self { host, paths, at: Cell::new(0), gzip }
    }
}

impl Work for Preferences {
    fn next(&self, out: &mut Vec<u8>) -> Option<u32> {
        let at = self.at.get();
        let path = self.paths.get(at)?;
        self.at.set((at + 1) % self.paths.len());
        let gzip = if self.gzip { "Accept-Encoding: gzip\r\n" } else { "" };
        let _ = write!(out, "GET {path} HTTP/1.1\r\nHost: {}\r\n{AGENT}{gzip}\r\n", self.host);
        Some(0)
    }

    fn judge(&self, _number: u32, answer: Answer<'_>) -> Result<(), String> {
        status(answer, &[200])?;
        if answer.body.len() < 1_000 { Err("a page without content".to_owned()) } else { Ok(()) }
    }
}

/// The unsubscribe link of one person.
pub(crate) struct Leaving {
    /// Who.
    pub(crate) number: u32,
    /// The path of the link.
    pub(crate) path: String,
}

/// `POST /u/{token}`: what a mail program sends for the button it shows (RFC 8058).
pub(crate) struct OneClick {
    host: SocketAddr,
    links: Pool<Leaving>,
    left: RefCell<Vec<u32>>,
}

impl OneClick {
    /// At most `most` of `links`.
    pub(crate) fn new(host: SocketAddr, links: Vec<Leaving>, most: usize) -> Self {
        Self { host, links: Pool::new(links, most), left: RefCell::default() }
    }

    /// The links not used yet, and who has left.
    pub(crate) fn outcome(&self) -> (Vec<Leaving>, Vec<u32>) {
        (self.links.items.take(), self.left.take())
    }
}

impl Work for OneClick {
    fn next(&self, out: &mut Vec<u8>) -> Option<u32> {
        let Leaving { number, path } = self.links.next()?;
        post(out, self.host, &path, FORM, "List-Unsubscribe=One-Click");
        Some(number)
    }

    fn judge(&self, number: u32, answer: Answer<'_>) -> Result<(), String> {
        status(answer, &[200])?;
        self.left.borrow_mut().push(number);
        Ok(())
    }
}

/// Whom one call of the send gate asks about, and how many of them may be mailed.
pub(crate) struct Question {
    request: Vec<u8>,
    allowed: String,
}

impl Question {
    /// About `people`, `allowed` of whom have confirmed; `links` asks for their links, too.
    pub(crate) fn new(host: SocketAddr, key: &str, people: &[u32], allowed: usize, links: bool) -> Self {
        let recipients: Vec<_> = people
            .iter()
            .map(|it| serde_json::json!({ "email": people::address(*it), "ref": it.to_string() }))
            .collect();
        let mut body = serde_json::json!({ "purpose": "newsletter", "recipients": recipients });
        if links {
            body["include"] = serde_json::json!(["links"]);
        }
        let headers = format!("Authorization: Bearer {key}\r\nContent-Type: application/json\r\n");
        let mut request = Vec::new();
        post(&mut request, host, "/v1/checks", &headers, &body.to_string());
        Self { request, allowed: format!("\"allowed\":{allowed},") }
    }

    /// The same as a stream of lines, everybody so many times over.
    pub(crate) fn lines(host: SocketAddr, key: &str, people: &[u32], allowed: usize, times: usize) -> Self {
        let line = |it: &u32| format!("{{\"email\":\"{}\",\"ref\":\"{it}\"}}\n", people::address(*it));
        let body = people.iter().map(line).collect::<String>().repeat(times);
        let headers = format!("Authorization: Bearer {key}\r\nContent-Type: application/x-ndjson\r\n");
        let mut request = Vec::new();
        post(&mut request, host, "/v1/checks.ndjson?purpose=newsletter", &headers, &body);
        Self { request, allowed: format!("\"allowed\":{},", allowed * times) }
    }

    /// The whole request.
    pub(crate) fn request(&self) -> &[u8] {
        &self.request
    }

    /// Judges the answer by how many may be mailed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn judge(&self, answer: Answer<'_>) -> Result<(), String> {
        status(answer, &[200])?;
        // The sum stands before the answers for each, or in the last line.
        let head = answer.body.get(..300).unwrap_or(answer.body);
        let tail = answer.body.get(answer.body.len().saturating_sub(300)..).unwrap_or_default();
        let right = [head, tail].iter().any(|it| find(it, self.allowed.as_bytes()).is_some());
        if right { Ok(()) } else { Err("wrong people may be mailed".to_owned()) }
    }
}

/// `POST /v1/checks`: the send gate, asked about as many as it takes at once.
pub(crate) struct Checks {
    questions: Vec<Question>,
    at: Cell<usize>,
}

impl Checks {
    /// These questions, one after the other, again and again.
    pub(crate) fn new(questions: Vec<Question>) -> Self {
        Self { questions, at: Cell::new(0) }
    }
}

impl Work for Checks {
    fn next(&self, out: &mut Vec<u8>) -> Option<u32> {
        let at = self.at.get();
        out.extend_from_slice(self.questions.get(at)?.request());
        self.at.set((at + 1) % self.questions.len());
        u32::try_from(at).ok()
    }

    fn judge(&self, number: u32, answer: Answer<'_>) -> Result<(), String> {
        let question = usize::try_from(number).ok().and_then(|it| self.questions.get(it));
        question.map_or(Ok(()), |it| it.judge(answer))
    }
}
