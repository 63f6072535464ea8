//! The answer of the send gate as a proof: was this decided, signed, before the campaign? A line at a time, so that an
//! answer of any length is checked in little memory.

use std::{
    fmt::Write as _,
    io::{BufRead, Read as _},
};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{WIDTH, printable};
use crate::{
    app::gate::proof::{self, Decisions, Digest, Signed, Statement},
    tlog::note::VerifierKey,
};

/// The longest line that is read, in bytes.
pub(super) const LINE_MAX: u64 = 64 * 1_024;

/// What stands beside a decision and is not signed.
const NOT_PROVEN: &str = "The refs, until and the links beside the decisions are not part of the proof: it proves each \
                          decision about the address or id in its line, not which row of a list that was.\n";

/// What is said of an answer that was not signed.
const WITHOUT_PROOF: &str = "This answer of the send gate was asked for without a proof. Ask with include=proof, or name \
                             the campaign: then it is signed.";

/// A line of a stream, or an answer in one piece.
#[derive(Deserialize)]
pub(super) struct Piece {
    object: Option<String>,
    id: Option<String>,
    test: Option<bool>,
    count: Option<u64>,
    allowed: Option<u64>,
    denied: Option<u64>,
    at: Option<String>,
    valid_until: Option<String>,
    decision: Option<String>,
    reason: Option<String>,
    consent: Option<String>,
    line: Option<String>,
    results: Option<Vec<Self>>,
    proof: Option<Signed>,
}

/// Why a file proves nothing.
pub(super) enum Unproven {
    /// The gate was asked for its answer alone.
    NotAskedFor,
    /// What does not hold.
    Broken(String),
}

impl From<String> for Unproven {
    fn from(why: String) -> Self {
        Self::Broken(why)
    }
}

impl From<&str> for Unproven {
    fn from(why: &str) -> Self {
        Self::Broken(why.to_owned())
    }
}

impl Unproven {
    /// What was found, in a few words; and why, in one sentence.
    fn words(&self) -> (&'static str, String) {
        match self {
            Self::NotAskedFor => ("THERE IS NO PROOF IN THIS FILE", WITHOUT_PROOF.to_owned()),
            Self::Broken(why) => ("THE PROOF DOES NOT HOLD", format!("Of this check: {}.", printable(why))),
        }
    }
}

/// What a file was found to prove.
pub(super) struct Found {
    statement: Statement,
    /// Who signed, and whether that key came with the file.
    signer: String,
    by_file: bool,
    /// Whether the decisions stand in the file.
    has_decisions: bool,
}

/// What is read so far.
#[derive(Default)]
pub(super) struct Reader {
    digest: Digest,
    any: bool,
    /// A decision without the line that would be signed.
    lacks_line: bool,
    /// What stands beside the statement, and the statement.
    last: Option<(Sums, Signed)>,
}

/// What an answer says of itself beside its statement.
struct Sums {
    id: Option<String>,
    test: Option<bool>,
    count: Option<u64>,
    allowed: Option<u64>,
    denied: Option<u64>,
    at: Option<String>,
    valid_until: Option<String>,
}

impl Sums {
    /// Whether the times are those that were signed.
    fn fit_in_time(&self, statement: &Statement) -> bool {
        let valid_until = statement.valid_until();
        self.at.as_ref().is_none_or(|it| *it == statement.begun)
            && self.valid_until.as_ref().is_none_or(|it| Some(it) == valid_until.as_ref())
    }

    /// Whether all the others are what was signed.
    fn fit(&self, statement: &Statement) -> bool {
        let Self { id, test, count, allowed, denied, at: _, valid_until: _ } = self;
        let signed = &statement.decisions;
        let same = |shown: &Option<u64>, signed: u64| shown.is_none_or(|it| it == signed);
        id.as_ref().is_none_or(|it| *it == statement.check)
            && test.is_none_or(|it| it == statement.test)
            && same(count, signed.recipients)
            && same(allowed, signed.allowed)
            && same(denied, signed.recipients.saturating_sub(signed.allowed))
    }
}

impl Piece {
    /// Reads a text that is a part of an answer of the send gate; `None` for anything else.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let piece: Self = serde_json::from_slice(text).ok()?;
        let is_decision = piece.line.is_some() || piece.decision.is_some();
        let is_ours = is_decision || piece.object.as_deref() == Some("check");
        is_ours.then_some(piece)
    }

    /// The line of a decision, if it has one and what stands beside it says the same.
    fn decided(self) -> Result<Option<String>, String> {
        let Self { decision, reason, consent, line, .. } = self;
        let Some(line) = line else { return Ok(None) };
        let mut words = line.splitn(3, ' ');
        let (said, _who, because) = (words.next(), words.next(), words.next());
        let same = |shown: &Option<String>, signed| shown.as_deref().is_none_or(|it| Some(it) == signed);
        let is_same = same(&decision, said) && same(&reason, because) && same(&consent, because);
        if is_same { Ok(Some(line)) } else { Err("a decision is not the one its line tells".to_owned()) }
    }
}

impl Reader {
    /// Takes the next piece.
    ///
    /// # Errors
    /// It cannot stand there.
    pub(super) fn take(&mut self, piece: Piece) -> Result<(), Unproven> {
        if self.last.is_some() {
            return Err("something follows the statement".into());
        }
        match piece {
            Piece {
                object: Some(_),
                results,
                proof,
                id,
                test,
                count,
                allowed,
                denied,
                at,
                valid_until,
                ..
            } => {
                for decision in results.into_iter().flatten() {
                    self.decision(decision)?;
                }
                let signed = proof.ok_or(Unproven::NotAskedFor)?;
                self.last = Some((Sums { id, test, count, allowed, denied, at, valid_until }, signed));
                Ok(())
            }
            decision => Ok(self.decision(decision)?),
        }
    }

    fn decision(&mut self, piece: Piece) -> Result<(), String> {
        match piece.decided()? {
            Some(line) => self.digest.add(line),
            None => self.lacks_line = true,
        }
        self.any = true;
        Ok(())
    }

    /// Takes the lines that follow.
    ///
    /// # Errors
    /// One cannot be read.
    pub(super) fn take_lines(&mut self, mut file: impl BufRead) -> Result<(), Unproven> {
        let mut line = Vec::new();
        for number in 2_u64.. {
            line.clear();
            let read = file.by_ref().take(LINE_MAX).read_until(b'\n', &mut line);
            if read.map_err(|error| error.to_string())? == 0 {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let piece = Piece::read(&line).ok_or_else(|| format!("line {number} is no decision"))?;
            self.take(piece)?;
        }
        Ok(())
    }

    /// Whether one of these keys, or without any the one in the file, signed all of it.
    ///
    /// # Errors
    /// What does not hold.
    pub(super) fn finish(self, keys: &[VerifierKey]) -> Result<Found, Unproven> {
        let Self { digest, any: has_decisions, lacks_line, last } = self;
        let (sums, signed) = last.ok_or("the last line is missing: the check is not complete")?;
        if lacks_line {
            return Err("a decision has no line".into());
        }
        let by_file = keys.is_empty();
        let own: Vec<VerifierKey> = if by_file {
            vec![signed.key.parse().map_err(|error| format!("the key in the file: {error}"))?]
        } else {
            keys.to_vec()
        };
        let (statement, signer) = proof::open(&signed.statement, &own).map_err(|error| error.to_string())?;
        if !sums.fit(&statement) {
            return Err("the sums are not those that were signed".into());
        }
        if !sums.fit_in_time(&statement) {
            return Err("the times beside the statement are not those that follow from it".into());
        }
        if has_decisions {
            statement.holds(&digest.finish()).map_err(|error| error.to_string())?;
        }
        Ok(Found { statement, signer, by_file, has_decisions })
    }
}

/// What was found, for people.
pub(super) fn text(found: &Result<Found, Unproven>, moment: impl Fn(&str) -> String) -> String {
    let Found { statement, signer, by_file, has_decisions } = match found {
        Ok(found) => found,
        Err(unproven) => {
            let (outcome, why) = unproven.words();
            return format!("{outcome}\n{why}\n");
        }
    };
    let Statement { check, tenant, test, purpose, begun, ended, decisions, campaign } = statement;
    let Decisions { recipients, allowed, sha256 } = decisions;
    let mut text = "THE PROOF HOLDS\n".to_owned();
    // Writing into a string cannot fail.
    let _ = writeln!(text, "The send gate was asked, and {signer} signed what it answered.");
    if *test {
        text.push_str(
            "IT IS OF AN ORGANISATION FOR TESTS. It proves nothing about people and mails outside of tests.\n",
        );
    }
    if *by_file {
        text.push_str(
            "The key came with the file: this shows that nothing was changed, not whose check it is. Compare it with \
             the organisation's, or give that with --key.\n",
        );
    }
    if *has_decisions {
        text.push_str(NOT_PROVEN);
    }
    let counted = match recipients {
        _ if !*has_decisions => "not in the file; only the sums are proven".to_owned(),
        1 => "the only one is in the file and is the one that was signed".to_owned(),
        _ => format!("all {recipients} are in the file and are those that were signed"),
    };
    let claims = [
        ("Check", check.clone()),
        ("Organisation", if *test { format!("{tenant} (for tests)") } else { tenant.clone() }),
        ("Purpose", purpose.clone()),
        ("Campaign", campaign.clone().unwrap_or_else(|| "not named".to_owned())),
        ("Begun", moment(begun)),
        ("Ended", moment(ended)),
        ("Mail before", statement.valid_until().map_or_else(String::new, |it| moment(&it))),
        ("Asked about", recipients.to_string()),
        ("May be mailed", allowed.to_string()),
        ("Decisions", counted),
        ("SHA-256", sha256.clone()),
    ];
    text.push('\n');
    for (label, value) in claims {
        let _ = writeln!(text, "  {label:WIDTH$}{}", printable(&value));
    }
    text
}

/// What was found, for programs.
pub(super) fn to_json(found: &Result<Found, Unproven>) -> Value {
    match found {
        Ok(Found { statement, signer, by_file, has_decisions }) => json!({
            "valid": true, "kind": "check", "check": statement.check, "tenant": statement.tenant, "test": statement.test,
            "purpose": statement.purpose, "campaign": statement.campaign, "begun": statement.begun,
            "ended": statement.ended, "recipients": statement.decisions.recipients,
            "allowed": statement.decisions.allowed, "sha256": statement.decisions.sha256,
            "valid_until": statement.valid_until(), "not_proven": ["ref", "until", "links"],
            "signed_by": signer, "key_of_the_file": by_file, "has_decisions": has_decisions,
        }),
        Err(Unproven::Broken(why)) => json!({ "valid": false, "kind": "check", "why": why }),
        Err(Unproven::NotAskedFor) => json!({ "valid": false, "kind": "check", "why": WITHOUT_PROOF }),
    }
}
