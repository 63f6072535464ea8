//! One answer of the send gate, as it is written.

use serde::Serialize;

use super::records::EXTRAS;
use crate::{
    app::{
        App,
        gate::{Decision, Recipient, proof},
        links,
    },
    domain::{
        Timestamp,
        id::{CheckId, ContactId, EvidenceId, PurposeId, TenantId},
    },
    web::api::Shown,
};

/// What an answer for one recipient takes about, in bytes, and what links, headers and the line of the proof add.
const RESULT_SIZE: usize = 150;
const LINKS_SIZE: usize = 340;
const HEADERS_SIZE: usize = 260;
const LINE_SIZE: usize = 125;

/// What is wanted besides the decisions.
#[derive(Clone, Copy, Default)]
pub(super) struct Include {
    pub(super) links: bool,
    pub(super) headers: bool,
    pub(super) proof: bool,
}

impl Include {
    /// Adds what this word asks for; false when it is none.
    pub(super) fn add(&mut self, word: &str) -> bool {
        let [links, headers, proof] = EXTRAS;
        let wanted = [(links, &mut self.links), (headers, &mut self.headers), (proof, &mut self.proof)];
        wanted.into_iter().find(|it| it.0 == word).map(|(_, flag)| *flag = true).is_some()
    }

    /// About how many bytes so many answers take, of which so many say yes.
    pub(super) const fn size(self, asked: usize, allowed: usize) -> usize {
        let links = if self.links { LINKS_SIZE } else { 0 };
        let headers = if self.headers { HEADERS_SIZE } else { 0 };
        let line = if self.proof { LINE_SIZE } else { 0 };
        asked * (RESULT_SIZE + line) + allowed * (links + headers)
    }
}

/// What makes links.
pub(super) struct Footer<'a> {
    pub(super) app: &'a App,
    pub(super) tenant: TenantId,
    pub(super) purpose: PurposeId,
    pub(super) include: Include,
}

/// The links of one person.
#[derive(Serialize)]
struct Links {
    unsubscribe: String,
    preferences: String,
}

/// The headers a mail to one person must have (RFC 8058 section 3.1).
#[derive(Serialize)]
struct Headers {
    #[serde(rename = "List-Unsubscribe")]
    list_unsubscribe: String,
    #[serde(rename = "List-Unsubscribe-Post")]
    list_unsubscribe_post: &'static str,
}

impl Footer<'_> {
    fn of(&self, contact: ContactId) -> (Option<Links>, Option<Headers>) {
        let Self { app, tenant, purpose, include } = self;
        if !include.links && !include.headers {
            return (None, None);
        }
        let unsubscribe = links::unsubscribe_url(app, *tenant, contact, *purpose);
        let headers = include.headers.then(|| Headers {
            list_unsubscribe: format!("<{unsubscribe}>"),
            list_unsubscribe_post: "List-Unsubscribe=One-Click",
        });
        let links = include
            .links
            .then(|| Links { unsubscribe, preferences: links::preferences_url(app, *tenant, contact) });
        (links, headers)
    }
}

/// The answer for one recipient.
#[derive(Serialize)]
pub(super) struct Verdict<'a> {
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    decision: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Shown<ContactId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<Shown<EvidenceId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Links>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headers: Option<Headers>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<&'a str>,
}

impl<'a> Verdict<'a> {
    /// As it is told, with the line that stands for it in the proof.
    pub(super) fn of(
        decision: &Decision,
        reference: Option<&'a str>,
        line: Option<&'a str>,
        footer: &Footer<'_>,
    ) -> Self {
        match *decision {
            Decision::Allow(contact, evidence) => {
                let (links, headers) = footer.of(contact);
                Self {
                    reference,
                    decision: "allow",
                    reason: None,
                    until: None,
                    contact: Some(Shown(contact)),
                    consent: Some(Shown(evidence)),
                    links,
                    headers,
                    line,
                }
            }
            Decision::Deny(denial, until) => Self {
                reference,
                decision: "deny",
                reason: Some(denial.word()),
                until: until.map(Timestamp::rfc3339),
                contact: None,
                consent: None,
                links: None,
                headers: None,
                line,
            },
        }
    }
}

/// The lines of a proof: one for each decision when one is wanted, none otherwise.
pub(super) fn proof_lines(whom: &[Recipient<'_>], decisions: &[Decision], include: Include) -> Vec<String> {
    if !include.proof {
        return Vec::new();
    }
    whom.iter().zip(decisions).map(|(who, decision)| proof::line(who, decision)).collect()
}

/// How many of these may be mailed.
pub(super) fn allowed(decisions: &[Decision]) -> usize {
    decisions.iter().filter(|it| matches!(it, Decision::Allow(..))).count()
}

/// The last line of a stream: without it the answer is not complete, and nobody may be mailed.
#[derive(Serialize)]
pub(super) struct Trailer {
    pub(super) object: &'static str,
    pub(super) id: Shown<CheckId>,
    pub(super) test: bool,
    pub(super) count: usize,
    pub(super) allowed: usize,
    pub(super) denied: usize,
    pub(super) at: String,
    pub(super) valid_until: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proof: Option<proof::Signed>,
}
