//! What proves that the send gate was asked before a campaign: a signed statement over every decision.
//!
//! The statement is a signed note (C2SP signed-note, Ed25519) whose text names the check, the tenant and whether it is for tests, the purpose, the
//! time, the campaign, how many were asked about and how many may be mailed, and the SHA-256 of the decisions. Each
//! decision is one line:
//!
//! ```text
//! allow e:<SHA-256 of the address as compared> evi_…
//! deny c:con_… withdrawn
//! ```
//!
//! A person is named as they were asked for: `e:` the hash of the address, `c:` our id, `x:` the SHA-256 of the
//! external id, `n:` what names nobody. The lines of each [`MOST`] recipients, in the order asked, are sorted, so that
//! a check of up to so many does not depend on their order and one of any length needs little memory. Each line ends
//! with a line feed; the digest is over all of them.
//!
//! Nothing here asks the database or the clock: whoever has the answer and the key checks it alone.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::{Decision, MOST, Recipient, VALID};
use crate::{
    app::App,
    crypto::mac,
    domain::{EmailAddress, Timestamp, email},
    tlog::note::{Note, NoteError, NoteFault, SigningKey, VerifierKey},
};

/// The first line of a statement.
const TITLE: &str = "ayeaye check v1";

/// The line of one decision, without its line feed.
pub fn line(recipient: &Recipient<'_>, decision: &Decision) -> String {
    let mut line = String::with_capacity(110);
    line.push_str(if matches!(decision, Decision::Allow(..)) { "allow " } else { "deny " });
    // Writing into a string cannot fail.
    let _ = match recipient {
        Recipient::Email(address) => write!(line, "e:{}", email::sha256(&address.lookup_key())),
        Recipient::EmailSha256(hash) => write!(line, "e:{hash}"),
        Recipient::Contact(id) => write!(line, "c:{id}"),
        Recipient::ExternalId(id) => write!(line, "x:{}", mac::sha256_hex(id.as_bytes())),
        Recipient::Nobody => write!(line, "n:"),
    };
    let _ = match decision {
        Decision::Allow(_, evidence) => write!(line, " {evidence}"),
        Decision::Deny(denial, _) => write!(line, " {}", denial.word()),
    };
    line
}

/// The name under which an address stands in a line.
pub fn named(address: &EmailAddress) -> String {
    format!("e:{}", email::sha256(&address.lookup_key()))
}

/// Decisions as they are counted and hashed, in the order asked.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    hasher: Sha256,
    /// The lines of the part that is not full yet.
    part: Vec<String>,
    recipients: u64,
    allowed: u64,
}

impl Digest {
    /// Takes the next line.
    pub fn add(&mut self, line: String) {
        self.recipients += 1;
        self.allowed += u64::from(line.starts_with("allow "));
        self.part.push(line);
        if self.part.len() == MOST {
            self.close_part();
        }
    }

    fn close_part(&mut self) {
        self.part.sort_unstable();
        for line in self.part.drain(..) {
            self.hasher.update(line.as_bytes());
            self.hasher.update(b"\n");
        }
    }

    /// How many decisions were taken, how many of them are a yes, and the hash of all in hex.
    pub fn finish(mut self) -> Decisions {
        self.close_part();
        let Self { hasher, part: _, recipients, allowed } = self;
        Decisions { recipients, allowed, sha256: hex::encode(hasher.finalize()) }
    }
}

/// What a statement says of the decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decisions {
    /// How many were asked about.
    pub recipients: u64,
    /// How many of them may be mailed.
    pub allowed: u64,
    /// The hash of all lines, in hex.
    pub sha256: String,
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The id of the check.
    pub check: String,
    /// The slug of the tenant.
    pub tenant: String,
    /// Whether the tenant is for tests: nobody may take it for a proof about real mail.
    pub test: bool,
    /// The slug of the purpose.
    pub purpose: String,
    /// When the first decision was made, RFC 3339.
    pub begun: String,
    /// When the last one was.
    pub ended: String,
    /// The decisions.
    pub decisions: Decisions,
    /// What the caller says it is for.
    pub campaign: Option<String>,
}

/// A statement with its signature.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Signed {
    /// The signed note.
    pub statement: String,
    /// The public key it can be checked with.
    pub key: String,
}

impl Statement {
    /// The text that is signed.
    fn text(&self) -> String {
        let Self { check, tenant, test, purpose, begun, ended, decisions, campaign } = self;
        let Decisions { recipients, allowed, sha256 } = decisions;
        let mut text = format!(
            "{TITLE}\ncheck {check}\ntenant {tenant}\ntest {test}\npurpose {purpose}\nbegun {begun}\nended {ended}\n\
             recipients {recipients}\nallowed {allowed}\ndecisions sha256:{sha256}\n"
        );
        if let Some(campaign) = campaign {
            let _ = writeln!(text, "campaign {campaign}");
        }
        text
    }

    /// Reads a text that was signed; `None` when it is not exactly one of ours.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != TITLE {
            return None;
        }
        let mut next = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
        let read = Self {
            check: next("check")?,
            tenant: next("tenant")?,
            test: next("test")?.parse().ok()?,
            purpose: next("purpose")?,
            begun: next("begun")?,
            ended: next("ended")?,
            decisions: Decisions {
                recipients: next("recipients")?.parse().ok()?,
                allowed: next("allowed")?.parse().ok()?,
                sha256: next("decisions")?.strip_prefix("sha256:")?.to_owned(),
            },
            campaign: next("campaign"),
        };
        // One text, one meaning: what would be written otherwise was not written by us.
        (read.text() == text).then_some(read)
    }
}

/// The name under which this installation signs checks.
fn name(app: &App) -> String {
    format!("{}/checks", app.config.base_url.authority())
}

fn signing_key(app: &App) -> Option<SigningKey> {
    app.keys.checks(&name(app)).ok()
}

/// The public key with which this installation's statements are checked.
pub fn key(app: &App) -> Option<String> {
    Some(signing_key(app)?.verifier().to_string())
}

/// What is to be stated about a check, besides its decisions.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The id of the check.
    pub check: crate::domain::id::CheckId,
    /// The slug of the tenant.
    pub tenant: &'a str,
    /// Whether the tenant is for tests.
    pub test: bool,
    /// The slug of the purpose.
    pub purpose: &'a str,
    /// When the first decision was made.
    pub begun: Timestamp,
    /// When the last one was.
    pub ended: Timestamp,
    /// What the caller says it is for: one line.
    pub campaign: Option<&'a str>,
}

/// Signs what was decided; `None` when this installation has no name a key can have.
pub fn sign(app: &App, about: &About<'_>, digest: Digest) -> Option<Signed> {
    let About { check, tenant, test, purpose, begun, ended, campaign } = *about;
    let statement = Statement {
        check: check.to_string(),
        tenant: tenant.to_owned(),
        test,
        purpose: purpose.to_owned(),
        begun: begun.rfc3339(),
        ended: ended.rfc3339(),
        decisions: digest.finish(),
        campaign: campaign.map(str::to_owned),
    };
    let key = signing_key(app)?;
    let mut note = Note::new(statement.text()).ok()?;
    note.sign(&key);
    Some(Signed { statement: note.to_string(), key: key.verifier().to_string() })
}

/// Whether a text can be the campaign of a statement: one line that shows itself.
pub fn is_campaign(text: &str) -> bool {
    let hidden = |it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{2029}');
    !text.is_empty() && text.trim() == text && !text.contains(hidden)
}

/// Why a proof of a check is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The statement is no signed note.
    #[error("the statement cannot be read: {0}")]
    Note(String),
    /// None of the keys signed it, or a signature does not fit.
    #[error("the signature does not hold: {0}")]
    Signature(String),
    /// Signed, and not by the send gate.
    #[error("what is signed is not the statement of a check")]
    Foreign,
    /// The decisions are not those that were signed.
    #[error("the decisions are not those that were signed: {0}")]
    Decisions(&'static str),
}

/// Opens a statement that one of these keys signed, and says under which name.
///
/// # Errors
/// What is wrong with it.
pub fn open(note: &str, known: &[VerifierKey]) -> Result<(Statement, String), ProofError> {
    let note = Note::parse(note).map_err(|error| ProofError::Note(error.to_string()))?;
    let signed = note.verify(known).map_err(|error| ProofError::Signature(why_unsigned(&note, error)))?;
    let signer = signed.first().map(|it| it.key.name().to_owned()).unwrap_or_default();
    Ok((Statement::read(&note.text).ok_or(ProofError::Foreign)?, signer))
}

/// Why no signature counts; of a note that others signed, who.
fn why_unsigned(note: &Note, error: NoteError) -> String {
    if error.fault != NoteFault::NoKnownKey {
        return error.to_string();
    }
    let names: Vec<&str> = note.signatures.iter().map(|it| it.name.as_str()).collect();
    format!("it was made with a key called {}, and that is not the key given", names.join(", "))
}

impl Statement {
    /// Until when the answer may be relied on: it follows from the time that is signed.
    pub fn valid_until(&self) -> Option<String> {
        Some(Timestamp::parse(&self.begun)?.plus(VALID).rfc3339())
    }

    /// Whether these decisions are those that were signed.
    ///
    /// # Errors
    /// In what they differ.
    pub fn holds(&self, found: &Decisions) -> Result<(), ProofError> {
        let signed = &self.decisions;
        if found.recipients != signed.recipients {
            return Err(ProofError::Decisions("there are more or fewer of them"));
        }
        if found.allowed != signed.allowed {
            return Err(ProofError::Decisions("more or fewer may be mailed"));
        }
        if found.sha256 != signed.sha256 {
            return Err(ProofError::Decisions("at least one is another"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
