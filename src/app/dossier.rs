//! What a dossier for an authority is made of: everything that happened about one person, or about all who were ever
//! asked for one purpose, each fact with its proof.
//!
//! A dossier about a purpose leaves out what concerns other purposes alone, and people who are erased: nothing says
//! any more what they agreed to. An erased person is found by their id; their facts keep their places in the log.

use std::{collections::BTreeSet, ops::RangeInclusive};

use serde_json::Value;

use super::{
    App,
    gate::{self, Recipient},
    log::{proof, read},
};
use crate::{
    domain::{
        Timestamp,
        catalog::{Purpose, Tenant},
        id::{ContactId, PurposeId, TenantId},
        time::DAY,
    },
    store::{self, Tx, evidence::Evidence},
};

/// The most people in one dossier.
pub const PEOPLE_MOST: usize = 2_000;
/// The most facts in one dossier: what can still be read, and checked in one go.
pub const RECORDS_MOST: usize = 10_000;
/// People whose facts are read at once.
const PAGE: usize = 500;

/// What a dossier is asked about.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Whom.
    pub about: About<'a>,
    /// When.
    pub period: Period,
}

/// Whom a dossier is about.
#[derive(Clone, Debug)]
pub enum About<'a> {
    /// One person; an erased one by their id.
    Person(Recipient<'a>),
    /// Everyone who was ever asked for the purpose of this slug.
    Purpose(&'a str),
}

/// A span of time, open where nothing is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Nothing before this.
    pub since: Option<Timestamp>,
    /// Nothing after this.
    pub until: Option<Timestamp>,
}

/// Why there is no dossier.
#[derive(Debug, thiserror::Error)]
pub enum DossierError {
    /// The tenant never knew such a person, or does not know the address any more.
    #[error("this tenant knows no such contact")]
    NoSuchContact,
    /// The tenant has no such purpose, and never had.
    #[error("this tenant has no such purpose")]
    NoSuchPurpose,
    /// The period ends before it begins.
    #[error("the period ends before it begins")]
    Backwards,
    /// It would be about too many people.
    #[error("this is about more than {PEOPLE_MOST} people: ask for a shorter period")]
    TooManyPeople,
    /// It would hold too many facts.
    #[error("this is more than {RECORDS_MOST} records: ask for a shorter period")]
    TooManyRecords,
    /// The file would be larger than what is checked in one go.
    #[error("this would be a larger file than can be checked: ask for a shorter period")]
    TooLarge,
    /// The database failed.
    #[error(transparent)]
    App(#[from] super::Error),
}

impl From<store::Error> for DossierError {
    fn from(error: store::Error) -> Self {
        Self::App(error.into())
    }
}

/// What was found.
#[derive(Debug)]
pub struct Found {
    /// Whom it is about.
    pub subject: Subject,
    /// The period asked for.
    pub period: Period,
    /// The people, by when they were first met.
    pub people: Vec<Person>,
    /// The keys of the log, as vkeys.
    pub keys: Vec<String>,
    /// The keys of its witnesses, as vkeys.
    pub witnesses: Vec<String>,
    /// How many witnesses must have signed.
    pub threshold: usize,
    /// Size and note of the signed states of the log that the proofs lead to.
    pub checkpoints: Vec<(u64, String)>,
    /// When it was put together.
    pub made_at: Timestamp,
}

/// Whom a dossier turned out to be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// One person.
    Contact(ContactId),
    /// One purpose.
    Purpose {
        /// Its name in addresses and commands.
        slug: String,
        /// What it is called in the tenant's own language.
        name: String,
    },
}

/// One person and what happened, in the order of time.
#[derive(Debug)]
pub struct Person {
    /// The contact.
    pub contact: ContactId,
    /// What happened.
    pub steps: Vec<Step>,
}

/// One fact.
#[derive(Debug)]
pub struct Step {
    /// What happened.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// The proof, as [`proof::of_many`] gives it.
    pub proof: Value,
}

impl Found {
    /// How many facts there are.
    pub fn records(&self) -> usize {
        self.people.iter().map(|it| it.steps.len()).sum()
    }
}

impl Subject {
    /// The name a file about it goes by: of letters that every system takes.
    pub fn file_stem(&self) -> String {
        match self {
            Self::Contact(contact) => contact.to_string(),
            Self::Purpose { slug, .. } => slug.clone(),
        }
    }
}

impl Period {
    fn range(self) -> Result<RangeInclusive<Timestamp>, DossierError> {
        let since = self.since.unwrap_or(Timestamp::from_millis(i64::MIN));
        let until = self.until.unwrap_or(Timestamp::from_millis(i64::MAX));
        if since > until { Err(DossierError::Backwards) } else { Ok(since..=until) }
    }
}

/// The first and the last instant of a day in UTC, written `2026-11-21`.
pub fn day(text: &str) -> Option<(Timestamp, Timestamp)> {
    let date: jiff::civil::Date = (text.len() == 10).then(|| text.parse().ok())??;
    let first = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some((Timestamp::from_millis(first), Timestamp::from_millis(first + DAY - 1)))
}

/// Puts together what a dossier is made of.
///
/// # Errors
/// There is no such person or purpose, it would be too much, or the database failed.
pub async fn gather(app: &App, tenant: &Tenant, question: &Question<'_>) -> Result<Found, DossierError> {
    let period = question.period.range()?;
    let (subject, facts) = match &question.about {
        About::Person(who) => of_person(app, tenant, who, period).await?,
        About::Purpose(slug) => {
            let purpose = tenant.purpose_named(slug).ok_or(DossierError::NoSuchPurpose)?;
            of_purpose(app, tenant, purpose, period).await?
        }
    };
    let proofs = proof::of_many(app, &facts).await?;
    let anchors = &app.config.anchors;
    Ok(Found {
        subject,
        period: question.period,
        people: people(facts, proofs.proofs),
        keys: read::keys(app).await?,
        witnesses: anchors.witnesses.iter().map(|it| it.key.clone()).collect(),
        threshold: usize::try_from(anchors.witness_threshold).unwrap_or(usize::MAX),
        checkpoints: proofs.checkpoints,
        made_at: app.now(),
    })
}

async fn of_person(
    app: &App,
    tenant: &Tenant,
    who: &Recipient<'_>,
    period: RangeInclusive<Timestamp>,
) -> Result<(Subject, Vec<Evidence>), DossierError> {
    let (contact, is_known) = match who {
        Recipient::Contact(id) => {
            let mut tx = app.store.peek().await?;
            (*id, store::contact::find(&mut tx, tenant.id, *id).await?.is_some())
        }
        Recipient::Email(_) | Recipient::EmailSha256(_) | Recipient::ExternalId(_) | Recipient::Nobody => {
            let (contact, _) = gate::lookup(app, tenant, who).await?.ok_or(DossierError::NoSuchContact)?;
            (contact.id, true)
        }
    };
    let mut tx = app.store.peek().await?;
    let facts = read_facts(&mut tx, tenant.id, &[contact], &period).await?;
    // Of somebody who never confirmed nothing is left but the places of the facts.
    if facts.is_empty() && !is_known {
        return Err(DossierError::NoSuchContact);
    }
    Ok((Subject::Contact(contact), facts))
}

async fn of_purpose(
    app: &App,
    tenant: &Tenant,
    purpose: &Purpose,
    period: RangeInclusive<Timestamp>,
) -> Result<(Subject, Vec<Evidence>), DossierError> {
    let mut tx = app.store.peek().await?;
    let most = i64::try_from(PEOPLE_MOST + 1).unwrap_or(i64::MAX);
    let people = store::consent::of_purpose(&mut tx, tenant.id, purpose.id, period.clone(), most).await?;
    if people.len() > PEOPLE_MOST {
        return Err(DossierError::TooManyPeople);
    }
    let mut facts = read_facts(&mut tx, tenant.id, &people, &period).await?;
    let mut others = Others { purpose: purpose.id, requests: BTreeSet::new() };
    facts.retain(|it| !others.holds(it));
    let name = tenant.wording(purpose, tenant.locale).map_or(&purpose.slug, |it| &it.name);
    Ok((Subject::Purpose { slug: purpose.slug.clone(), name: name.clone() }, facts))
}

/// The facts about these people, person by person, each person's oldest first.
async fn read_facts(
    tx: &mut Tx,
    tenant: TenantId,
    people: &[ContactId],
    period: &RangeInclusive<Timestamp>,
) -> Result<Vec<Evidence>, DossierError> {
    let mut facts = Vec::new();
    for people in people.chunks(PAGE) {
        let left = RECORDS_MOST + 1 - facts.len();
        let left = i64::try_from(left).unwrap_or(i64::MAX);
        facts.append(&mut store::evidence::of_people(tx, tenant, people, period.clone(), left).await?);
        if facts.len() > RECORDS_MOST {
            return Err(DossierError::TooManyRecords);
        }
    }
    Ok(facts)
}

/// What concerns other purposes alone, read in the order of time.
struct Others {
    purpose: PurposeId,
    /// Requests for other purposes alone: their mails are left out, too.
    requests: BTreeSet<String>,
}

impl Others {
    fn holds(&mut self, fact: &Evidence) -> bool {
        let record: Option<Value> = fact.record.as_deref().and_then(|it| serde_json::from_str(it).ok());
        let Some(record) = record else { return false };
        let text = |pointer: &str| record.pointer(pointer).and_then(Value::as_str);
        let purposes = record.get("purposes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let own = self.purpose.to_string();
        let is_own = |it: &Value| it.get("id").and_then(Value::as_str) == Some(&own);
        match text("/request") {
            Some(request) if purposes.is_empty() => self.requests.contains(request),
            request => {
                let is_other = !purposes.is_empty() && !purposes.iter().any(is_own);
                if let (Some(request), true) = (request, is_other && fact.kind == "signup.requested") {
                    self.requests.insert(request.to_owned());
                }
                is_other
            }
        }
    }
}

/// Facts with their proofs, by person.
fn people(facts: Vec<Evidence>, proofs: Vec<Value>) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (Evidence { contact, kind, at, .. }, proof) in facts.into_iter().zip(proofs) {
        let step = Step { kind, at, proof };
        match people.last_mut().filter(|it| it.contact == contact) {
            Some(person) => person.steps.push(step),
            None => people.push(Person { contact, steps: vec![step] }),
        }
    }
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_whole_and_in_utc() {
        let (first, last) = day("2026-11-21").unwrap();
        assert_eq!(first.rfc3339(), "2026-11-21T00:00:00.000Z");
        assert_eq!(last.rfc3339(), "2026-11-21T23:59:59.999Z");
        for wrong in ["", "2026-11-31", "21.11.2026", "2026-11-21T10:00", "20261121", "2026-1-1", "tomorrow"]
        {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_period_is_open_where_nothing_is_given_and_never_runs_backwards() {
        let at = Timestamp::from_millis;
        let range = |since, until| Period { since, until }.range();
        assert!(range(None, None).unwrap().contains(&at(0)));
        assert!(range(Some(at(5)), Some(at(5))).unwrap().contains(&at(5)));
        assert!(!range(Some(at(5)), None).unwrap().contains(&at(4)));
        assert!(matches!(range(Some(at(5)), Some(at(4))), Err(DossierError::Backwards)));
    }
}
