//! Asks the send gate about a list and reads its answer line by line. Whatever is not exactly as it must be is a failure.

use std::collections::VecDeque;

use reqwest::Response;
use serde::Deserialize;
use url::Url;

use super::{
    super::{Stop, client},
    Check,
};
use crate::app::gate::proof::{Digest, Signed};

/// The longest line of an answer that is read, in bytes.
const LINE_MAX: usize = 64 * 1_024;
/// The longest part of an answer that is no stream.
const PROBLEM_MAX: usize = 16 * 1_024;
/// A list is long that does not fit into what a connection takes at once, in bytes.
const LONG: usize = 64 * 1_024;
/// What is said of an answer that stops in its middle.
const BROKE_OFF: &str = "The answer broke off before its end. Try again.";
/// What a list could not be checked for, in any case.
const MAIL_NOBODY: &str = "The list could not be checked; mail nobody.";

/// The answer about one person.
#[derive(Deserialize)]
pub(super) struct Told {
    #[serde(rename = "ref")]
    pub(super) reference: String,
    pub(super) decision: String,
    pub(super) reason: Option<String>,
    pub(super) until: Option<String>,
    pub(super) links: Option<Links>,
    pub(super) line: String,
}

/// The links of one person.
#[derive(Deserialize)]
pub(super) struct Links {
    pub(super) unsubscribe: String,
    pub(super) preferences: String,
}

/// The last line.
#[derive(Deserialize)]
pub(super) struct Sums {
    pub(super) id: String,
    pub(super) count: usize,
    pub(super) allowed: usize,
    pub(super) at: String,
    pub(super) valid_until: String,
    pub(super) proof: Signed,
}

/// A line that is neither of these.
#[derive(Deserialize)]
struct Trouble {
    #[serde(default)]
    status: u16,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    errors: Vec<Wrong>,
}

#[derive(Deserialize)]
struct Wrong {
    parameter: Option<String>,
    detail: String,
}

/// A line of an answer.
pub(super) enum Line {
    /// About one person.
    Told(Box<Told>),
    /// The last one, as it came.
    Last(Box<Sums>, String),
}

/// An answer that comes in.
pub(super) struct Answers {
    response: Response,
    buffer: VecDeque<u8>,
}

/// That it failed, in words, and that nobody may be mailed.
pub(super) fn failed(why: impl std::fmt::Display) -> Stop {
    Stop::failed(format!("{why}\n{MAIL_NOBODY}"))
}

impl Answers {
    /// Asks about a list, which is lines of JSON.
    ///
    /// # Errors
    /// Why the service gave no answer, and what to do.
    pub(super) async fn ask(service: &Url, key: &str, args: &Check, list: Vec<u8>) -> Result<Self, Stop> {
        // A refusal would be lost behind a long list that is still being sent: the first row is asked about alone.
        if list.len() > LONG {
            let first: Vec<u8> = list.split_inclusive(|it| *it == b'\n').take(1).flatten().copied().collect();
            Self::post(service, key, args, first).await?;
        }
        Self::post(service, key, args, list).await
    }

    async fn post(service: &Url, key: &str, args: &Check, list: Vec<u8>) -> Result<Self, Stop> {
        let mut url = service.clone();
        url.set_path("/v1/checks.ndjson");
        let include = if args.links { "links,proof" } else { "proof" };
        url.query_pairs_mut().append_pair("purpose", &args.purpose).append_pair("include", include);
        if let Some(campaign) = &args.campaign {
            url.query_pairs_mut().append_pair("campaign", campaign);
        }
        let request = client::http(service)?.post(url).bearer_auth(key);
        let request = request.header("content-type", "application/x-ndjson").body(list);
        let answer = request.send().await.map_err(|error| failed(client::unanswered(service, &error)))?;
        if answer.status().as_u16() != 200 {
            return Err(refused(service, answer).await);
        }
        Ok(Self { response: answer, buffer: VecDeque::new() })
    }

    /// The next line.
    ///
    /// # Errors
    /// The answer ends before its last line, or holds something else.
    pub(super) async fn next(&mut self) -> Result<Line, Stop> {
        let mut seen = 0;
        loop {
            let end = self.buffer.iter().skip(seen).position(|it| *it == b'\n').map(|it| it + seen);
            if let Some(end) = end {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return read(&line);
            }
            seen = self.buffer.len();
            if seen > LINE_MAX {
                return Err(failed("The service answered something else than decisions."));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.buffer.extend(chunk),
                Ok(None) => return Err(failed("The answer ended before its last line.")),
                Err(_broken) => return Err(failed(BROKE_OFF)),
            }
        }
    }

    /// That nothing follows the last line.
    ///
    /// # Errors
    /// Something does, or the answer breaks off.
    pub(super) async fn end(mut self) -> Result<(), Stop> {
        let rest = self.response.chunk().await;
        match rest {
            Ok(None) if self.buffer.is_empty() => Ok(()),
            Ok(_) => Err(failed("Something follows the last line of the answer.")),
            Err(_broken) => Err(failed(BROKE_OFF)),
        }
    }
}

fn read(line: &[u8]) -> Result<Line, Stop> {
    if let Ok(told) = serde_json::from_slice::<Told>(line) {
        return Ok(Line::Told(Box::new(told)));
    }
    if let Ok(sums) = serde_json::from_slice::<Sums>(line) {
        let text = String::from_utf8_lossy(line).into_owned();
        return Ok(Line::Last(Box::new(sums), text));
    }
    Err(match serde_json::from_slice::<Trouble>(line) {
        Ok(Trouble { status, detail, .. }) if status >= 400 => {
            failed(format!("The service stopped answering: {detail}"))
        }
        Ok(_) | Err(_) => failed("The service answered something else than decisions."),
    })
}

/// Why the service refused, in plain words.
async fn refused(service: &Url, mut answer: Response) -> Stop {
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > PROBLEM_MAX {
            break;
        }
    }
    let told = serde_json::from_slice::<Trouble>(&body).ok();
    let (detail, errors) = told.map_or_else(Default::default, |it| (it.detail, it.errors));
    let why = match status {
        401 => {
            "The service does not know this key. Make one with `ayeaye key new --tenant SLUG --scope checks`."
                .to_owned()
        }
        403 => "This key may not check lists. Make one with `ayeaye key new --tenant SLUG --scope checks`."
            .to_owned(),
        404 | 405 => format!("At {service} there is no service that checks lists."),
        300..=399 => format!("{service} sends elsewhere. Give the address where it really is."),
        _ if !errors.is_empty() => {
            let said = |it: Wrong| format!("{}: {}", it.parameter.unwrap_or_default(), it.detail);
            errors.into_iter().map(said).collect::<Vec<_>>().join("; ")
        }
        _ if !detail.is_empty() => detail,
        _ => format!("The service answered with HTTP status {status}."),
    };
    failed(why)
}

/// Counts and hashes what was told, to be held against what was signed.
#[derive(Default)]
pub(super) struct Held(pub(super) Digest);

impl Held {
    /// Takes an answer about whoever stands in this line of the list.
    ///
    /// # Errors
    /// It is about somebody else, or says one thing and proves another.
    pub(super) fn take(&mut self, told: &Told, number: usize, name: Option<&str>) -> Result<(), Stop> {
        let mut words = told.line.splitn(3, ' ');
        let (decision, about, because) = (words.next(), words.next(), words.next());
        let is_decision = decision == Some(told.decision.as_str());
        let is_whom = about == Some(name.unwrap_or("n:"));
        let is_reason = told.reason.as_deref().is_none_or(|it| because == Some(it));
        let is_known = matches!(told.decision.as_str(), "allow" | "deny");
        // Whoever is no address cannot be allowed, whatever is said.
        let may = told.decision == "deny" || (name.is_some() && told.reason.is_none());
        if told.reference != number.to_string() || !(is_decision && is_whom && is_reason && is_known && may) {
            return Err(failed(format!("The answer about row {number} does not fit the question.")));
        }
        self.0.add(told.line.clone());
        Ok(())
    }
}
