//! The dossier for an authority: every step of a person's consents, to read and to check.
//!
//! [`pdf()`] is the readable part, [`zip()`] the whole, with records, salts and proofs beside it. Nothing is left
//! out of a record that is shown; a record that was erased is said to be, with its place in the log.

use serde_json::Value;

pub use super::archive::zip;
use super::{
    Controller, DocumentError,
    fact::{Fact, Purpose},
    layout::Layout,
    pdf::{self, Meta},
    words::{self, Facts},
};
use crate::{domain::Timestamp, i18n::Lang};

/// What a dossier is made of.
#[derive(Clone, Copy)]
pub struct Dossier<'a> {
    /// Who asked for it, in the words of who made it; may be empty.
    pub asked_by: &'a str,
    /// What was asked for: a person, a purpose.
    pub subject: &'a str,
    /// Whether erased people could not be found by what was asked for, and are not in it.
    pub without_erased: bool,
    /// The organisation responsible.
    pub controller: &'a Controller<'a>,
    /// The configured base URL, without a slash at its end.
    pub base_url: &'a str,
    /// Nothing before this.
    pub since: Option<Timestamp>,
    /// Nothing after this.
    pub until: Option<Timestamp>,
    /// When the dossier is made.
    pub made_at: Timestamp,
    /// The people, each with what happened in the order of time.
    pub people: &'a [Person<'a>],
    /// What signatures are checked with.
    pub keys: Keys<'a>,
    /// Signed states of the log, as far as the proofs lead to them.
    pub checkpoints: &'a [Checkpoint<'a>],
}

/// One person.
#[derive(Clone, Copy)]
pub struct Person<'a> {
    /// The id of the contact.
    pub contact: &'a str,
    /// What happened.
    pub steps: &'a [Step<'a>],
}

/// One record and its proof.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// What happened: `consent.confirmed` … Kept when the record is erased.
    pub kind: &'a str,
    /// When. Kept, too.
    pub at: Timestamp,
    /// The proof object; without `record` and `salt` once erased.
    pub proof: &'a Value,
}

/// The keys that signatures are checked with.
#[derive(Clone, Copy)]
pub struct Keys<'a> {
    /// The log's, as vkeys.
    pub log: &'a [String],
    /// Its witnesses', as vkeys.
    pub witnesses: &'a [String],
    /// How many witnesses must have signed.
    pub threshold: usize,
}

/// One signed state of the log.
#[derive(Clone, Copy)]
pub struct Checkpoint<'a> {
    /// How many entries it covers.
    pub size: u64,
    /// The signed note.
    pub note: &'a str,
}

impl Step<'_> {
    /// Whether what it said is gone.
    pub(super) fn is_erased(&self) -> bool {
        self.proof.get("record").is_none_or(Value::is_null)
    }
}

/// The dossier as PDF.
///
/// # Errors
/// The typesetter refused.
pub fn pdf(dossier: &Dossier<'_>, lang: &Lang) -> Result<Vec<u8>, DocumentError> {
    let mut layout = Layout::new();
    cover(&mut layout, dossier, lang)?;
    let mut file = 0;
    for (number, person) in (1..).zip(dossier.people) {
        layout.new_page();
        chapter(&mut layout, number, person, &mut file, lang)?;
    }
    layout.new_page();
    how_to_check(&mut layout, dossier, lang)?;
    if layout.replaced() {
        layout.small(&lang.get("doc-replaced"))?;
    }
    let title = lang.get("doc-dossier-title");
    let date = lang.date(dossier.made_at);
    let foot = [("name", dossier.controller.name.into()), ("date", date.into())];
    let meta = Meta {
        title: &title,
        language: lang.locale().tag(),
        made_at: dossier.made_at,
        foot: &lang.with("doc-dossier-foot", &foot),
        page: &|n, of| lang.with("doc-page", &[("n", n.into()), ("of", of.into())]),
    };
    pdf::render(&layout, &meta, None)
}

/// The newest address in a person's records; empty once all of them are erased.
fn address<'a>(person: &Person<'a>) -> &'a str {
    let emails = person.steps.iter().rev().map(|it| Fact::new(it.proof).text("/email"));
    emails.into_iter().find(|it| !it.is_empty()).unwrap_or_default()
}

/// What a person is called.
fn name(person: &Person<'_>, lang: &Lang) -> String {
    match address(person) {
        "" if is_erased(person) => lang.get("doc-dossier-nobody").into_owned(),
        "" => person.contact.to_owned(),
        address => address.to_owned(),
    }
}

fn cover(layout: &mut Layout, dossier: &Dossier<'_>, lang: &Lang) -> Result<(), DocumentError> {
    layout.heading(1, &lang.get("doc-dossier-title"))?;
    let steps = || dossier.people.iter().flat_map(|it| it.steps);
    let (records, erased) = (steps().count(), steps().filter(|it| it.is_erased()).count());
    let records = match erased {
        0 => records.to_string(),
        _ => lang.with("doc-dossier-records-erased", &[("n", records.into()), ("erased", erased.into())]),
    };
    let mut facts = Facts::new(lang);
    facts.add("doc-dossier-asked-by", dossier.asked_by);
    facts.add("doc-dossier-subject", dossier.subject);
    facts.add("doc-controller", dossier.controller.legal);
    facts.add("doc-contact", dossier.controller.contact);
    facts.add("doc-dossier-period", &period(dossier, lang));
    facts.add("doc-dossier-people", &dossier.people.len().to_string());
    facts.add("doc-dossier-records", &records);
    facts.add("doc-dossier-made", &words::exact(lang, dossier.made_at));
    layout.facts(&facts.list)?;
    layout.paragraph(&lang.get("doc-dossier-lead"))?;
    layout.paragraph(&lang.get("doc-dossier-lead-proof"))?;
    if dossier.without_erased {
        layout.paragraph(&lang.get("doc-dossier-without-erased"))?;
    }
    if records == "0" {
        return layout.paragraph(&lang.get("doc-dossier-none"));
    }
    layout.heading(2, &lang.get("doc-dossier-index"))?;
    let index = (1..).zip(dossier.people).map(|(number, person)| {
        let number: i32 = number;
        let who = [("n", number.into()), ("name", name(person, lang).into())];
        (lang.with("doc-dossier-person", &who), standing(person, lang))
    });
    layout.facts(&index.collect::<Vec<_>>())
}

fn period(dossier: &Dossier<'_>, lang: &Lang) -> String {
    let day = |at| lang.date(at);
    match (dossier.since, dossier.until) {
        (None, None) => lang.get("doc-dossier-period-all").into_owned(),
        (Some(from), None) => lang.with("doc-dossier-period-from", &[("from", day(from).into())]),
        (None, Some(to)) => lang.with("doc-dossier-period-to", &[("to", day(to).into())]),
        (Some(from), Some(to)) => {
            lang.with("doc-dossier-period-between", &[("from", day(from).into()), ("to", day(to).into())])
        }
    }
}

/// Whether nothing is left but the places of what was said, and the record that this was done.
fn is_erased(person: &Person<'_>) -> bool {
    person.steps.iter().all(|it| it.is_erased() || it.kind == "contact.erased")
}

/// What the records shown here settled last about each purpose.
fn standing(person: &Person<'_>, lang: &Lang) -> String {
    if is_erased(person) {
        return lang.get("doc-dossier-gone").into_owned();
    }
    let mut last: Vec<(&str, Purpose<'_>, Timestamp)> = Vec::new();
    for step in person.steps {
        for purpose in Fact::new(step.proof).purposes() {
            last.retain(|(id, _, _)| *id != purpose.text("/id"));
            last.push((purpose.text("/id"), purpose, step.at));
        }
    }
    let lines = last.iter().map(|(_, purpose, at)| {
        let facts = [
            ("name", purpose.name().into()),
            ("state", words::state(lang, purpose.state()).into()),
            ("date", lang.date(*at).into()),
        ];
        lang.with("doc-dossier-since", &facts)
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    if lines.is_empty() { lang.get("doc-dossier-nothing").into_owned() } else { lines }
}

fn chapter(
    layout: &mut Layout,
    number: i32,
    person: &Person<'_>,
    file: &mut usize,
    lang: &Lang,
) -> Result<(), DocumentError> {
    let title = [("n", number.into()), ("name", name(person, lang).into())];
    layout.heading(2, &lang.with("doc-dossier-person", &title))?;
    let mut facts = Facts::new(lang);
    facts.add("doc-address", address(person));
    facts.add("doc-dossier-contact", person.contact);
    facts.add("doc-state", &standing(person, lang));
    layout.facts(&facts.list)?;
    for (place, step) in (1..).zip(person.steps) {
        let place: i32 = place;
        let what = format!("{} · {}", words::kind(lang, step.kind), lang.date_time(step.at));
        let title = [("n", format!("{number}.{place}").into()), ("what", what.into())];
        layout.heading(3, &lang.with("doc-dossier-step", &title))?;
        if step.is_erased() {
            erased(layout, step, lang)?;
        } else {
            *file += 1;
            record(layout, step, &super::archive::proof_file(*file), lang)?;
        }
    }
    Ok(())
}

fn erased(layout: &mut Layout, step: &Step<'_>, lang: &Lang) -> Result<(), DocumentError> {
    layout.paragraph(&lang.get("doc-dossier-erased"))?;
    let mut facts = Facts::new(lang);
    facts.add("doc-when", &words::exact(lang, step.at));
    words::place(&mut facts, &Fact::new(step.proof));
    layout.facts(&facts.list)
}

fn record(layout: &mut Layout, step: &Step<'_>, file: &str, lang: &Lang) -> Result<(), DocumentError> {
    let fact = Fact::new(step.proof);
    let mut facts = Facts::new(lang);
    words::circumstances(&mut facts, &fact);
    details(&mut facts, &fact);
    layout.facts(&facts.list)?;
    let shown = fact.text("/shown");
    if !shown.is_empty() {
        layout.paragraph(&lang.get("doc-dossier-shown"))?;
        layout.quote(shown, Some(fact.text("/locale")).filter(|it| !it.is_empty()))?;
    }
    let mut facts = Facts::new(lang);
    for purpose in fact.purposes() {
        facts.list.push((purpose.name().to_owned(), change(&purpose, lang)));
    }
    let version = fact.plain("/notice/version");
    if !version.is_empty() {
        let hash = fact.text("/notice/sha256");
        facts.add("doc-receipt-notice", &format!("{} {version} · SHA-256\n{hash}", lang.get("doc-version")));
    }
    words::place(&mut facts, &fact);
    if fact.place().is_none() {
        facts.add("doc-log", &lang.get("doc-dossier-waiting"));
    }
    facts.add("doc-dossier-file", file);
    layout.facts(&facts.list)
}

/// What a record holds besides the circumstances that a receipt shows, too.
fn details(facts: &mut Facts<'_>, fact: &Fact<'_>) {
    let lang = facts.lang;
    facts.add("doc-address", fact.text("/email"));
    facts.add("doc-language", fact.text("/locale"));
    facts.add("doc-network-hash", fact.text("/visit/ip_hash"));
    facts.add("doc-fetch", fact.text("/visit/sec_fetch"));
    facts.add_time("doc-mail-queued", fact.text("/mail/queued_at"));
    facts.add("doc-mail-attempts", &fact.plain("/mail/attempts"));
    facts.add("doc-grade", &words::grade(lang, fact.text("/grade")));
    let reasons = fact.record().get("grade_reasons").and_then(Value::as_array);
    let reasons = reasons.into_iter().flatten().filter_map(Value::as_str);
    let reasons: Vec<String> = reasons.map(|it| words::reason(lang, it)).collect();
    facts.add("doc-dossier-reasons", &reasons.join("\n"));
    facts.add_time("doc-opened-at", fact.text("/opened_at"));
    facts.add("doc-openings", &openings(fact, lang));
    facts.add("doc-number", fact.text("/receipt"));
    facts.add("doc-record", fact.text("/id"));
    facts.add("doc-request", fact.text("/request"));
    facts.add_time("doc-requested-at", fact.text("/requested_at"));
}

/// Who opened the pages of the mail before: how often, and the openings that were kept one by one.
fn openings(fact: &Fact<'_>, lang: &Lang) -> String {
    let count = fact.plain("/openings/count");
    if count.is_empty() {
        return String::new();
    }
    let automated = fact.plain("/openings/automated");
    let mut lines =
        vec![lang.with("doc-openings-count", &[("n", count.into()), ("automated", automated.into())])];
    let seen = fact.record().pointer("/openings/seen").and_then(Value::as_array);
    lines.extend(seen.into_iter().flatten().map(|it| opening(it, lang)));
    lines.join("\n")
}

fn opening(seen: &Value, lang: &Lang) -> String {
    let text = |name: &str| seen.get(name).and_then(Value::as_str).unwrap_or_default();
    let network = if text("network").is_empty() { text("ip") } else { text("network") };
    let parts = [text("at"), text("method"), network, text("user_agent")];
    let what = parts.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
    if seen.get("automated") == Some(&Value::Bool(true)) {
        let why = words::reason(lang, text("reason"));
        return lang.with("doc-openings-program", &[("what", what.into()), ("why", why.into())]);
    }
    what
}

fn change(purpose: &Purpose<'_>, lang: &Lang) -> String {
    let states = [
        ("before", words::state(lang, purpose.text("/previous_state")).into()),
        ("after", words::state(lang, purpose.state()).into()),
    ];
    let mut lines = vec![lang.with("doc-state-change", &states)];
    let version = purpose.plain("/wording/version");
    if !version.is_empty() {
        let wording = [("n", version.into()), ("locale", purpose.text("/wording/locale").into())];
        lines.push(purpose.text("/wording/text").to_owned());
        lines.push(format!("{} · SHA-256", lang.with("doc-wording-version", &wording)));
        lines.push(purpose.text("/wording/sha256").to_owned());
    }
    lines.join("\n")
}

/// The steps of checking, the same on paper and in VERIFY.txt.
pub(super) fn check_steps(dossier: &Dossier<'_>, lang: &Lang) -> Vec<String> {
    let at = |path: &str| format!("{}{path}", dossier.base_url);
    vec![
        lang.get("doc-verify-step-command").into_owned(),
        lang.get("doc-verify-step-record").into_owned(),
        lang.get("doc-verify-step-leaf").into_owned(),
        lang.get("doc-verify-step-signature").into_owned(),
        lang.with("doc-verify-step-key", &[("url", at("/docs/evidence").into())]),
        lang.with("doc-verify-step-now", &[("url", at("/log/checkpoint").into())]),
    ]
}

fn how_to_check(layout: &mut Layout, dossier: &Dossier<'_>, lang: &Lang) -> Result<(), DocumentError> {
    layout.heading(2, &lang.get("doc-dossier-check"))?;
    layout.paragraph(&lang.get("doc-dossier-check-lead"))?;
    layout.steps(&check_steps(dossier, lang))?;
    layout.heading(3, &lang.get("doc-dossier-keys"))?;
    let mut facts = Facts::new(lang);
    for key in dossier.keys.log {
        facts.add("doc-dossier-key-log", key);
    }
    for key in dossier.keys.witnesses {
        facts.add("doc-dossier-key-witness", key);
    }
    if !dossier.keys.witnesses.is_empty() {
        facts.add("doc-dossier-threshold", &dossier.keys.threshold.to_string());
    }
    for Checkpoint { size, note: _ } in dossier.checkpoints {
        let file = super::archive::checkpoint_file(*size);
        let named = [("size", size.to_string().into()), ("file", file.into())];
        facts.add("doc-dossier-checkpoint", &lang.with("doc-dossier-checkpoint-of", &named));
    }
    layout.facts(&facts.list)
}
