//! The steps of one proof object. Each stands on those before it; the time stamps stand on the checkpoint, as the
//! witnesses do, and not on them.

mod foundation;
mod signatures;
mod timestamps;

use serde_json::Value;

use self::signatures::Seen;
use super::{Finding, Said, Step, StepReport, Trust, Verdict};

/// What a step hands on, and what it says.
type Found<T> = Result<(T, Finding), Finding>;

/// Every step of a proof object.
pub(super) fn check(object: &Value, trust: &Trust) -> Vec<StepReport> {
    let mut reports = Reports(Vec::with_capacity(Step::ALL.len()));
    if let Some(seen) = up_to_the_checkpoint(object, trust, &mut reports) {
        reports.settle(Step::Witnesses, signatures::witnesses(object, trust, &seen));
        reports.settle(Step::Timestamp, timestamps::timestamps(object, trust, &seen));
    }
    reports.complete()
}

/// The steps of a proof object that could not be read.
pub(super) fn none(why: Finding) -> Vec<StepReport> {
    let mut reports = Reports(Vec::with_capacity(Step::ALL.len()));
    reports.put(Step::Record, Verdict::Failed, why);
    reports.complete()
}

/// The checkpoint, if everything up to it holds.
fn up_to_the_checkpoint(object: &Value, trust: &Trust, reports: &mut Reports) -> Option<Seen> {
    let record = reports.note(Step::Record, foundation::record(object))?;
    let entry = reports.note(Step::Commitment, foundation::commitment(object, &record))?;
    let leaf = reports.note(Step::Leaf, Ok(foundation::leaf(&entry)))?;
    let Some(proof) = object.get("proof").filter(|it| !it.is_null()) else {
        for step in [Step::Inclusion, Step::Checkpoint, Step::Witnesses, Step::Timestamp] {
            reports.put(step, Verdict::Absent, Finding::new(Said::Waiting));
        }
        return None;
    };
    let unsigned = reports.note(Step::Inclusion, foundation::inclusion(proof, &leaf))?;
    reports.note(Step::Checkpoint, signatures::checkpoint(object, trust, unsigned))
}

/// What steps have said so far.
struct Reports(Vec<StepReport>);

impl Reports {
    fn put(&mut self, step: Step, verdict: Verdict, detail: Finding) {
        self.0.push(StepReport { step, verdict, detail });
    }

    /// A step that holds or fails.
    fn note<T>(&mut self, step: Step, found: Found<T>) -> Option<T> {
        let (value, verdict, detail) = match found {
            Ok((value, detail)) => (Some(value), Verdict::Ok, detail),
            Err(why) => (None, Verdict::Failed, why),
        };
        self.put(step, verdict, detail);
        value
    }

    /// A step that may have nothing to check.
    fn settle(&mut self, step: Step, found: Result<(Verdict, Finding), Finding>) {
        let (verdict, detail) = found.unwrap_or_else(|why| (Verdict::Failed, why));
        self.put(step, verdict, detail);
    }

    /// What was not reached is unchecked.
    fn complete(mut self) -> Vec<StepReport> {
        for step in Step::ALL.into_iter().skip(self.0.len()) {
            self.put(step, Verdict::Unchecked, Finding::new(Said::Earlier));
        }
        self.0
    }
}
