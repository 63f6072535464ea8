//! Everything we hold about one person (GDPR articles 15 and 20), from one state of the database.
//!
//! What is left out: keyed hashes that count mails, which say nothing about anybody by themselves, and a guardian's
//! address, which is another person's.

use super::{App, Result, entered, given, record};
use crate::{
    domain::{
        catalog::Tenant,
        field::Answers,
        id::{ContactId, LinkKeyId},
    },
    store::{
        self,
        challenge::Challenge,
        consent::Stored,
        contact::Contact,
        disclosure::{Given, ToldHost},
        event::Event,
        evidence::Evidence,
        mail::Fate,
        request::Request,
        suppression::Suppression,
    },
};

/// Rows read at once.
const PAGE: i64 = 1_000;

/// All of it.
pub struct Everything {
    /// The person.
    pub contact: Contact,
    /// Their consents.
    pub consents: Vec<Stored>,
    /// What they entered in declared fields.
    pub entered: Answers,
    /// What they asked for, the oldest first.
    pub signups: Vec<Request>,
    /// What was recorded, the newest first.
    pub evidence: Vec<Evidence>,
    /// What others could be told, the oldest first.
    pub events: Vec<Event>,
    /// Mails to them.
    pub mails: Vec<Fate>,
    /// Codes mailed to them.
    pub codes: Vec<Challenge>,
    /// What stands for them in links.
    pub references: Vec<(LinkKeyId, String)>,
    /// Which hosts took their address with events.
    pub told: Vec<ToldHost>,
    /// Disclosures they were in, as far as can be told, the oldest first.
    pub given: Vec<Given>,
    /// The mark on their address.
    pub suppression: Option<Suppression>,
}

/// Gathers it; `None` when the person is unknown or erased.
///
/// # Errors
/// The database failed.
pub async fn gather(app: &App, tenant: &Tenant, id: ContactId) -> Result<Option<Everything>> {
    let mut tx = app.store.read().await?;
    let of = tenant.id;
    let contact = store::contact::find(&mut tx, of, id).await?;
    let Some(contact) = contact.filter(|it| it.erased_at.is_none()) else { return Ok(None) };
    let hash = record::address(&contact).map(|it| app.keys.address_hash(of, &it.lookup_key()));
    let suppression = match hash {
        Some(hash) => store::suppression::find(&mut tx, of, &hash, app.now()).await?,
        None => None,
    };
    let consents = store::consent::of_contact(&mut tx, of, id).await?;
    let signups = async |after: &str| store::request::of_contact(&mut tx, of, id, after, PAGE).await;
    let signups = all(|it: &Request| it.id.to_string(), signups).await?;
    let evidence = async |before: &str| store::evidence::before(&mut tx, of, id, before, PAGE).await;
    let evidence = all(|it: &Evidence| it.id.to_string(), evidence).await?;
    let events = async |after: &str| store::event::of_contact(&mut tx, of, id, after, PAGE).await;
    let events = all(|it: &Event| it.id.to_string(), events).await?;
    let everything = Everything {
        given: given::to_whom(&mut tx, of, &given::yeses(&evidence, &consents)).await?,
        consents,
        entered: entered::known(app, &mut tx, of, id).await?,
        signups,
        evidence,
        events,
        mails: store::mail::of_contact(&mut tx, of, id).await?,
        codes: store::challenge::of_contact(&mut tx, of, id).await?,
        references: store::link_ref::of_contact(&mut tx, of, id).await?,
        told: store::disclosure::told_hosts(&mut tx, of, id).await?,
        suppression,
        contact,
    };
    tx.commit().await?;
    Ok(Some(everything))
}

/// All rows: page after page, each from behind the last row of the one before.
async fn all<T>(
    id: impl Fn(&T) -> String,
    mut page: impl AsyncFnMut(&str) -> store::Result<Vec<T>>,
) -> Result<Vec<T>> {
    let (mut all, mut behind) = (Vec::new(), String::new());
    loop {
        let mut read = page(&behind).await?;
        let is_last = i64::try_from(read.len()).is_ok_and(|it| it < PAGE);
        behind = read.last().map(&id).unwrap_or_default();
        all.append(&mut read);
        if is_last {
            return Ok(all);
        }
    }
}
