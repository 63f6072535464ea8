//! A report as JSON, for programs: words that stay the same, no sentences.

use serde_json::{Map, Value, json};

use super::{ClaimedPurpose, Claims, Finding, ProofReport, Report, StepReport, Worth};

impl Report {
    /// The report; `in_words` makes the sentence of a finding.
    pub fn to_json(&self, in_words: &dyn Fn(&Finding) -> String) -> Value {
        let Self { unread, proofs, valid } = self;
        json!({
            "valid": valid,
            "file": unread.as_ref().map(|it| finding(it, in_words)),
            "proofs": proofs.iter().map(|it| proof(it, in_words)).collect::<Vec<_>>(),
        })
    }
}

fn proof(report: &ProofReport, in_words: &dyn Fn(&Finding) -> String) -> Value {
    let ProofReport { name, steps, claims } = report;
    json!({
        "name": name,
        "valid": report.holds(),
        "steps": steps.iter().map(|it| step(it, in_words)).collect::<Vec<_>>(),
        "record": claims.as_ref().map(said),
    })
}

fn step(report: &StepReport, in_words: &dyn Fn(&Finding) -> String) -> Value {
    let StepReport { step, verdict, detail } = report;
    let mut json = finding(detail, in_words);
    json.insert("step".to_owned(), step.word().into());
    json.insert("verdict".to_owned(), verdict.word().into());
    Value::Object(json)
}

/// The word of a finding without what all of them begin with, its values, and its sentence.
fn finding(finding: &Finding, in_words: &dyn Fn(&Finding) -> String) -> Map<String, Value> {
    let Finding { said, values } = finding;
    let word = said.word();
    let mut json = Map::new();
    json.insert("finding".to_owned(), word.strip_prefix("verify-").unwrap_or(word).into());
    json.insert("detail".to_owned(), in_words(finding).into());
    for (name, worth) in values {
        let value = match worth {
            Worth::Text(text) => Value::from(text.as_str()),
            Worth::Number(number) | Worth::Time(number) => Value::from(*number),
        };
        json.insert((*name).to_owned(), value);
    }
    json
}

fn said(claims: &Claims) -> Value {
    let Claims { kind, at, who, organisation, receipt, method, purposes, shown } = claims;
    let purposes =
        purposes.iter().map(|ClaimedPurpose { name, state }| json!({ "name": name, "state": state }));
    json!({
        "type": kind, "at": at, "email": who, "controller": organisation, "receipt": receipt, "method": method,
        "purposes": purposes.collect::<Vec<_>>(), "shown": shown,
    })
}
