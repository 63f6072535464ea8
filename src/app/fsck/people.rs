//! Person by person: the state of each consent is the fold of the person's evidence.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{PAGE, Report, claims};
use crate::{
    app::Result,
    domain::{
        EmailAddress, Timestamp,
        consent::{Consent, State},
        email,
        id::{ContactId, EvidenceId, PurposeId, TenantId},
    },
    store::{self, Tx, consent::Stored, contact::Known, evidence::Evidence},
};

type Person = (TenantId, ContactId);

/// What the facts about a person say.
#[derive(Default)]
struct Told {
    /// The last word about each purpose, and the fact that said it.
    states: BTreeMap<PurposeId, (String, EvidenceId)>,
    /// When something was said about each purpose.
    times: BTreeSet<(PurposeId, Timestamp)>,
    /// The address the last fact names.
    email: Option<String>,
    /// Whether a fact's content is there, the erasure's own apart.
    is_readable: bool,
    /// Whether a fact's content is gone.
    is_emptied: bool,
}

/// Walks all people.
pub(super) async fn walk(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let mut after = None;
    let mut done: Option<Person> = None;
    let mut told: Vec<(Person, Told)> = Vec::new();
    loop {
        let page = store::evidence::by_person(tx, after, PAGE).await?;
        let is_last = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
        after = page.last().map(|it| (it.tenant, it.contact, it.id)).or(after);
        for fact in &page {
            let person = (fact.tenant, fact.contact);
            if told.last().is_none_or(|(it, _)| *it != person) {
                told.push((person, Told::default()));
            }
            if let Some((_, told)) = told.last_mut() {
                told.take(fact, report);
            }
        }
        // The last person of a page may go on in the next one.
        let held = if is_last { None } else { told.pop() };
        let to = if is_last { None } else { told.last().map(|(it, _)| *it) };
        if is_last || to.is_some() {
            compare(tx, done, to, told.drain(..).collect(), report).await?;
            done = to.or(done);
        }
        told.extend(held);
        if is_last {
            return Ok(());
        }
    }
}

impl Told {
    /// Whether something was recorded when this consent is said to have become what it is.
    fn knows_when(&self, stored: &Stored) -> bool {
        let Stored { purpose, consent: Consent { state, since, pending_since }, .. } = stored;
        let known = |at: &Timestamp| self.times.contains(&(*purpose, *at));
        let settled = if *state == State::Unknown { *since == Consent::NONE.since } else { known(since) };
        settled && pending_since.as_ref().is_none_or(known)
    }

    fn take(&mut self, fact: &Evidence, report: &mut Report) {
        let Some(record) = &fact.record else {
            self.is_emptied = true;
            return;
        };
        self.is_readable |= fact.kind != "contact.erased";
        // What is wrong with the record itself, the walk along the log has said.
        let Ok(claims) = claims::read(fact, record) else { return };
        if claims.email.is_some() {
            self.email.clone_from(&claims.email);
        }
        for claim in &claims.purposes {
            let Some(purpose) = claim.purpose() else { continue };
            self.times.insert((purpose, fact.at));
            let before = self.states.insert(purpose, (claim.state.clone(), fact.id));
            let before = before.map_or_else(|| "unknown".to_owned(), |it| it.0);
            if before != claim.previous_state {
                let said = &claim.previous_state;
                report.find(claims::name(fact), format!("it says {said} came before, but it was {before}"));
            }
        }
    }
}

/// Compares what is stored of the people after `from` and up to `to` with what their facts say, a page of people at a
/// time: when facts are missing, nobody knows how many there are.
async fn compare(
    tx: &mut Tx,
    mut from: Option<Person>,
    to: Option<Person>,
    mut told: HashMap<Person, Told>,
    report: &mut Report,
) -> Result<()> {
    loop {
        let page = store::contact::between(tx, from, to, PAGE).await?;
        let is_last = i64::try_from(page.len()).unwrap_or(PAGE) < PAGE;
        let until = if is_last { to } else { page.last().map(|it| (it.0, it.1)) };
        let mut consents: HashMap<Person, Vec<Stored>> = HashMap::new();
        for (tenant, contact, stored) in store::consent::between(tx, from, until).await? {
            consents.entry((tenant, contact)).or_default().push(stored);
        }
        for (tenant, contact, known) in page {
            let person = (tenant, contact);
            let stored = consents.remove(&person).unwrap_or_default();
            match told.remove(&person) {
                Some(told) => present(person, &told, &known, &stored, report),
                None if stored.is_empty() => {}
                None => report.find(place(person), "consents without any evidence"),
            }
        }
        for (person, _) in consents {
            report.find(place(person), "consents of a person who is gone");
        }
        if is_last {
            break;
        }
        from = until;
    }
    for (person, told) in told {
        report.people += 1;
        // Forgotten: nobody is left to have a state, and no fact may say who it was.
        if told.is_readable {
            report.find(place(person), "the person is gone, but what was recorded is not");
        }
    }
    Ok(())
}

fn place(person: Person) -> String {
    format!("contact {} of {}", person.1, person.0)
}

/// Compares what is stored of somebody who has a row with what their facts say.
fn present(person: Person, told: &Told, known: &Known, stored: &[Stored], report: &mut Report) {
    report.people += 1;
    let place = place(person);
    if known.erased {
        if !stored.is_empty() {
            report.find(&place, "consents of a person who is gone");
        } else if told.is_readable {
            report.find(&place, "erased, but what was recorded is not");
        }
        return;
    }
    if told.is_emptied {
        report.find(&place, "evidence was emptied without an erasure");
        return;
    }
    if let Some(what) = stranger(told, known) {
        report.find(&place, what);
    }
    states(&place, told, stored, report);
}

/// What is wrong with the address a person is known by, in words: it must be the one the facts are about, or somebody
/// else would receive what they agreed to.
fn stranger(told: &Told, here: &Known) -> Option<&'static str> {
    let Known { erased: _, email, lookup_key, email_sha256 } = here;
    if told.email.is_some() && told.email != *email {
        return Some("the address is not the one that was recorded");
    }
    let compared = email.as_deref().and_then(|it| EmailAddress::parse(it).ok()).map(|it| it.lookup_key());
    if compared != *lookup_key {
        return Some("the address is found under another one");
    }
    let hashed = lookup_key.as_deref().map(email::sha256);
    // One that is not hashed yet is found by its hash soon.
    let fits = email_sha256.is_none() || *email_sha256 == hashed;
    (!fits).then_some("the address is found under the hash of another one")
}

fn states(place: &str, told: &Told, stored: &[Stored], report: &mut Report) {
    for (purpose, (state, evidence)) in &told.states {
        let here = stored.iter().find(|it| it.purpose == *purpose);
        let word = here.map_or("unknown", |it| it.consent.word());
        if word != state {
            report.find(place, format!("{purpose} is stored as {word}, the evidence says {state}"));
        } else if here.is_some_and(|it| it.evidence != *evidence) {
            report.find(place, format!("{purpose} rests on another fact than the last one about it"));
        } else if here.is_some_and(|it| !told.knows_when(it)) {
            report.find(place, format!("{purpose} is as it is since a time when nothing was recorded"));
        }
    }
    for it in stored.iter().filter(|it| !told.states.contains_key(&it.purpose)) {
        report.find(place, format!("no evidence speaks of {}", it.purpose));
    }
}
