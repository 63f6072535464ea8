//! A report in the words of a language.

use crate::{
    app::verify::{Claims, Finding, ProofReport, Report, Said, Step, StepReport, Verdict, Worth},
    domain::Timestamp,
    i18n::Lang,
};

/// The longest text of a record that is shown, in characters.
const LONGEST: usize = 20_000;
/// Everything that a text of this page may have in it.
const NAMES: [&str; 9] = ["at", "hash", "index", "mib", "n", "name", "needed", "origin", "size"];

/// What a file proves, in words.
pub struct ResultView {
    /// The heading.
    pub outcome: String,
    /// The sentence below.
    pub why: String,
    /// Whether it is good news.
    pub holds: bool,
    /// Why the file could not be read.
    pub unread: Option<StepView>,
    /// Each proof.
    pub proofs: Vec<ProofView>,
    /// That there are more.
    pub more: Option<String>,
}

/// One proof, in words.
pub struct ProofView {
    /// What kind of fact.
    pub title: String,
    /// Where it stands in the file.
    pub name: String,
    /// That nothing of it is proven, unless it is.
    pub unproven: Option<String>,
    /// What the record says: label and text.
    pub claims: Vec<(String, String)>,
    /// The text as it was shown.
    pub shown: Option<String>,
    /// Each step.
    pub steps: Vec<StepView>,
}

/// One step, in words.
pub struct StepView {
    /// What was checked.
    pub title: String,
    /// The word of the verdict, for the style sheet.
    pub class: &'static str,
    /// The verdict.
    pub verdict: String,
    /// Why.
    pub detail: String,
}

/// The text of `key` with `{name}` where a value goes, for a script to fill in.
pub fn pattern(t: &Lang, key: &str) -> String {
    let names: Vec<String> = NAMES.iter().map(|it| format!("{{{it}}}")).collect();
    let args: Vec<_> = NAMES.iter().zip(&names).map(|(name, it)| (*name, it.as_str().into())).collect();
    t.with(key, &args)
}

/// The sentence of a finding.
pub fn sentence(t: &Lang, finding: &Finding) -> String {
    let values = finding.values.iter().map(|(name, worth)| (*name, value(t, worth).into()));
    t.with(finding.said.word(), &values.collect::<Vec<_>>())
}

fn value(t: &Lang, worth: &Worth) -> String {
    match worth {
        Worth::Text(text) => text.clone(),
        Worth::Number(number) => number.to_string(),
        Worth::Time(seconds) => {
            let millis = i64::try_from(*seconds).unwrap_or(i64::MAX).saturating_mul(1_000);
            t.date_time(Timestamp::from_millis(millis))
        }
    }
}

/// What a kind of fact is called.
pub fn kind(t: &Lang, claims: Option<&Claims>) -> String {
    let kind = claims.and_then(|it| it.kind.as_deref()).unwrap_or_default();
    let key = format!("verify-kind-{}", kind.replace(['.', '_'], "-"));
    let text = t.get(&key);
    match (kind, text == key) {
        ("", _) => t.get("verify-unnamed").into_owned(),
        (kind, true) => kind.chars().take(100).collect(),
        (_, false) => text.into_owned(),
    }
}

/// What a record says, label by label.
pub fn claims(t: &Lang, claims: &Claims) -> Vec<(String, String)> {
    let Claims { kind: _, at, who, organisation, receipt, method: _, purposes, shown: _ } = claims;
    let about: Vec<&str> = purposes.iter().map(|it| it.name.as_str()).collect();
    let about = Some(about.join(", ")).filter(|it| !it.is_empty());
    let at = at.as_deref().map(|it| moment(t, it));
    [
        ("verify-label-when", at),
        ("verify-label-about", about),
        ("verify-label-who", who.clone()),
        ("verify-label-organisation", organisation.clone()),
        ("verify-label-receipt", receipt.clone()),
    ]
    .into_iter()
    .filter_map(|(label, text)| Some((t.get(label).into_owned(), text?.chars().take(LONGEST).collect())))
    .collect()
}

/// A moment of a record as people write it; as it stands when it is none.
pub fn moment(t: &Lang, at: &str) -> String {
    let parsed = at.parse::<jiff::Timestamp>();
    parsed.map_or_else(|_other| at.to_owned(), |it| t.date_time(Timestamp::from_millis(it.as_millisecond())))
}

/// The name of a step.
pub fn title(t: &Lang, step: Step) -> String {
    t.get(&format!("verify-step-{}", step.word())).into_owned()
}

/// The name of a verdict.
pub fn verdict(t: &Lang, verdict: Verdict) -> String {
    t.get(&format!("verify-verdict-{}", verdict.word())).into_owned()
}

/// The whole: the keys of its heading and its sentence.
pub fn outcome(report: &Report) -> (&'static str, &'static str) {
    let failed = |it: &ProofReport| it.steps.iter().any(|it| it.verdict == Verdict::Failed);
    let by_file = |it: &ProofReport| {
        it.steps.iter().any(|it| matches!(it.detail.said, Said::SignedByFile | Said::SignedByFileUntimed))
    };
    if report.valid && report.proofs.iter().any(by_file) {
        ("verify-holds", "verify-holds-by-file")
    } else if report.valid {
        ("verify-holds", "verify-holds-text")
    } else if report.unread.is_some() || report.proofs.iter().any(failed) {
        ("verify-fails", "verify-fails-text")
    } else {
        ("verify-open", "verify-open-text")
    }
}

impl ResultView {
    /// A report in the words of a language, with at most so many proofs.
    pub fn of(t: &Lang, report: &Report, most: usize) -> Self {
        let (outcome, why) = outcome(report);
        // Of too many, those that do not hold come first.
        let mut order: Vec<&ProofReport> = report.proofs.iter().collect();
        if order.len() > most {
            order.sort_by_key(|it| it.holds());
        }
        let more = order.iter().skip(most).count();
        Self {
            outcome: t.get(outcome).into_owned(),
            why: t.get(why).into_owned(),
            holds: report.valid,
            unread: report.unread.as_ref().map(|it| StepView {
                title: t.get("verify-step-file").into_owned(),
                class: Verdict::Failed.word(),
                verdict: verdict(t, Verdict::Failed),
                detail: sentence(t, it),
            }),
            proofs: order.iter().take(most).map(|it| ProofView::of(t, it)).collect(),
            more: (more > 0).then(|| t.with("verify-more", &[("n", more.to_string().into())])),
        }
    }
}

impl ProofView {
    fn of(t: &Lang, report: &ProofReport) -> Self {
        let said = report.claims.as_ref();
        Self {
            title: kind(t, said),
            name: report.name.clone(),
            unproven: (!report.holds()).then(|| t.get("verify-unproven").into_owned()),
            claims: said.map(|it| claims(t, it)).unwrap_or_default(),
            shown: said.and_then(|it| it.shown.as_deref()).map(|it| it.chars().take(LONGEST).collect()),
            steps: report.steps.iter().map(|it| StepView::of(t, it)).collect(),
        }
    }
}

impl StepView {
    fn of(t: &Lang, report: &StepReport) -> Self {
        Self {
            title: title(t, report.step),
            class: report.verdict.word(),
            verdict: verdict(t, report.verdict),
            detail: sentence(t, &report.detail),
        }
    }
}
