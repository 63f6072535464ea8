//! Submitted signups.

use super::{Batch, Result, Row, Tx, args, mail::Mail};
use crate::domain::{
    Locale, Timestamp,
    id::{ContactId, EvidenceId, FormId, PurposeId, ReceiptNumber, RequestId, TenantId},
    request::{Facts, Outcome},
};

/// A signup to be written.
pub struct NewRequest<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The signup.
    pub id: RequestId,
    /// Who asked; none when it leads nowhere.
    pub contact: Option<ContactId>,
    /// Where it was asked; none on a preference page.
    pub form: Option<FormId>,
    /// The keyed hash under which mails to this address are counted.
    pub recipient: &'a str,
    /// The language it was asked in.
    pub locale: Locale,
    /// What was asked for.
    pub purposes: &'a [PurposeId],
    /// When.
    pub created_at: Timestamp,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// Who must agree besides a child.
    pub minor: Option<NewMinor<'a>>,
    /// The signup it stands for: asked for again when no mail could go.
    pub same_as: Option<RequestId>,
    /// What was entered in declared fields, sealed.
    pub fields: Option<&'a str>,
}

/// What a signup by a child adds.
#[derive(Clone, Copy)]
pub struct NewMinor<'a> {
    /// The age below which the person said to be.
    pub than: u8,
    /// The guardian's address, sealed.
    pub guardian: &'a str,
}

/// What is kept of a signup by a child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minor {
    /// The age below which the person said to be.
    pub than: u8,
    /// The guardian's address, sealed; none once it is no longer needed.
    pub guardian: Option<String>,
    /// When the child said yes.
    pub child_at: Option<Timestamp>,
    /// When the guardian answered.
    pub guardian_at: Option<Timestamp>,
    /// The evidence of the first of the two.
    pub agreed: Option<EvidenceId>,
}

/// One of the two who must agree to a child's signup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The child.
    Child,
    /// The guardian.
    Guardian,
}

/// Why a signup that a tenant's system asked for leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nowhere {
    /// No mail might go to the address.
    Held,
    /// Everything asked for was confirmed before.
    Confirmed,
}

impl Nowhere {
    const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Confirmed => "confirmed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Held, Self::Confirmed].into_iter().find(|it| it.word() == word)
    }
}

/// A signup as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The tenant.
    pub tenant: TenantId,
    /// The signup.
    pub id: RequestId,
    /// Who asked; none when it leads nowhere.
    pub contact: Option<ContactId>,
    /// Where it was asked; none on a preference page.
    pub form: Option<FormId>,
    /// The keyed hash under which mails to this address are counted.
    pub recipient: String,
    /// The language it was asked in.
    pub locale: Locale,
    /// What was asked for.
    pub purposes: Vec<PurposeId>,
    /// When.
    pub created_at: Timestamp,
    /// Wrong codes typed so far.
    pub tries: i64,
    /// What its link may be judged by.
    pub facts: Facts,
    /// The receipt of its confirmation, as printed.
    pub receipt: Option<String>,
    /// When the relay took its mail.
    pub mailed_at: Option<Timestamp>,
    /// That a child made it, and who has agreed.
    pub minor: Option<Minor>,
    /// Why it leads nowhere, where that may be told.
    pub nowhere: Option<Nowhere>,
}

fn read(row: &Row) -> Result<Request> {
    let ended_at = row.maybe_at(11)?;
    let outcome = row.read(10, |word| match (word, ended_at) {
        ("open", _) => Some(Outcome::Open),
        ("confirmed", Some(at)) => Some(Outcome::Confirmed(at)),
        ("deleted", Some(at)) => Some(Outcome::Deleted(at)),
        ("revoked", Some(at)) => Some(Outcome::Revoked(at)),
        (_, _) => None,
    })?;
    Ok(Request {
        tenant: row.parse(0)?,
        id: row.parse(1)?,
        contact: row.maybe_parse(2)?,
        form: row.maybe_parse(3)?,
        recipient: row.text(4)?,
        locale: row.read(5, Locale::from_tag)?,
        purposes: row.read(6, |text| text.split_whitespace().map(|it| it.parse().ok()).collect())?,
        created_at: row.at(7)?,
        tries: row.int(9)?,
        facts: Facts {
            outcome,
            expires_at: row.at(8)?,
            generation: row.int(12)?,
            newest: row.maybe_int(13)?.unwrap_or_default(),
        },
        receipt: row.maybe_text(14)?,
        mailed_at: row.maybe_at(15)?,
        minor: match row.maybe_int(16)?.and_then(|it| u8::try_from(it).ok()) {
            None => None,
            Some(than) => Some(Minor {
                than,
                guardian: row.maybe_text(17)?,
                child_at: row.maybe_at(18)?,
                guardian_at: row.maybe_at(19)?,
                agreed: row.maybe_parse(20)?,
            }),
        },
        nowhere: match row.maybe_text(21)? {
            None => None,
            Some(_) => Some(row.read(21, Nowhere::from_word)?),
        },
    })
}

/// Writes a signup as the newest of its contact. The contact's row must be locked.
pub fn put(batch: &mut Batch, request: &NewRequest<'_>) {
    let NewRequest {
        tenant,
        id,
        contact,
        form,
        recipient,
        locale,
        purposes,
        created_at,
        expires_at,
        minor,
        same_as,
        fields,
    } = *request;
    let purposes: Vec<String> = purposes.iter().map(ToString::to_string).collect();
    batch.add(
        "INSERT INTO request (tenant_id, id, contact_id, form_id, recipient, locale, purposes, created_at,
             expires_at, younger_than, guardian, same_as, fields, tries, outcome, generation)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, 'open',
             (SELECT COALESCE(MAX(generation), 0) + 1 FROM request WHERE tenant_id = $1 AND contact_id = $3))",
        args![
            tenant,
            id,
            contact,
            form,
            recipient,
            locale,
            purposes.join(" "),
            created_at,
            expires_at,
            minor.map(|it| i64::from(it.than)),
            minor.map(|it| it.guardian),
            same_as,
            fields
        ],
    );
}

/// Reads a signup with what its link may be judged by.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &mut Tx, tenant: TenantId, id: RequestId) -> Result<Option<Request>> {
    let row = tx
        .first(
            "SELECT r.tenant_id, r.id, r.contact_id, r.form_id, r.recipient, r.locale, r.purposes, r.created_at,
                    r.expires_at, r.tries, r.outcome, r.ended_at, r.generation,
                    (SELECT MAX(n.generation) FROM request n
                     WHERE n.tenant_id = r.tenant_id AND n.contact_id = r.contact_id), r.receipt,
                    r.mailed_at, r.younger_than, r.guardian, r.child_at, r.guardian_at, r.agreed, r.nowhere
             FROM request r WHERE r.tenant_id = $1 AND r.id = $2",
            args![tenant, id],
        )
        .await?;
    row.as_ref().map(read).transpose()
}

/// Notes why a signup leads nowhere, for the system that asked for it.
pub fn note_nowhere(batch: &mut Batch, tenant: TenantId, id: RequestId, why: Nowhere) {
    batch.add(
        "UPDATE request SET nowhere = $3 WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, why.word()],
    );
}

/// Notes when the relay took the mail of a signup: the last one counts.
pub fn note_mailed(batch: &mut Batch, mail: &Mail, now: Timestamp) {
    batch.add(
        "UPDATE request SET mailed_at = $4 WHERE tenant_id = $1 AND id = $2 AND contact_id = $3",
        args![mail.tenant, &mail.about, mail.contact, now],
    );
}

/// Signups of people whose id comes after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn page(tx: &mut Tx, tenant: TenantId, after: &str, limit: i64) -> Result<Vec<Request>> {
    let rows = tx
        .all(
            "SELECT r.tenant_id, r.id, r.contact_id, r.form_id, r.recipient, r.locale, r.purposes, r.created_at,
                    r.expires_at, r.tries, r.outcome, r.ended_at, r.generation,
                    (SELECT MAX(n.generation) FROM request n
                     WHERE n.tenant_id = r.tenant_id AND n.contact_id = r.contact_id), r.receipt,
                    r.mailed_at, r.younger_than, r.guardian, r.child_at, r.guardian_at, r.agreed, r.nowhere
             FROM request r
             WHERE r.tenant_id = $1 AND r.id > $2 AND r.contact_id IS NOT NULL ORDER BY r.id LIMIT $3",
            args![tenant, after, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// Signups of one person whose id comes after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_contact(
    tx: &mut Tx,
    tenant: TenantId,
    contact: ContactId,
    after: &str,
    limit: i64,
) -> Result<Vec<Request>> {
    let rows = tx
        .all(
            "SELECT r.tenant_id, r.id, r.contact_id, r.form_id, r.recipient, r.locale, r.purposes, r.created_at,
                    r.expires_at, r.tries, r.outcome, r.ended_at, r.generation,
                    (SELECT MAX(n.generation) FROM request n
                     WHERE n.tenant_id = r.tenant_id AND n.contact_id = r.contact_id), r.receipt,
                    r.mailed_at, r.younger_than, r.guardian, r.child_at, r.guardian_at, r.agreed, r.nowhere
             FROM request r
             WHERE r.tenant_id = $1 AND r.contact_id = $2 AND r.id > $3 ORDER BY r.id LIMIT $4",
            args![tenant, contact, after, limit],
        )
        .await?;
    rows.iter().map(read).collect()
}

/// The signup that one stands for: itself, or the one whose mail is still the newest.
///
/// # Errors
/// The database failed.
pub async fn meant(tx: &mut Tx, tenant: TenantId, id: RequestId) -> Result<RequestId> {
    let row =
        tx.first("SELECT same_as FROM request WHERE tenant_id = $1 AND id = $2", args![tenant, id]).await?;
    Ok(row.map(|it| it.maybe_parse(0)).transpose()?.flatten().unwrap_or(id))
}

/// Counts one more wrong code; the number of them. Nothing for a signup that is gone.
///
/// # Errors
/// The database failed.
pub async fn count_try(tx: &mut Tx, tenant: TenantId, id: RequestId) -> Result<Option<i64>> {
    let row = tx
        .first(
            "UPDATE request SET tries = tries + 1 WHERE tenant_id = $1 AND id = $2 RETURNING tries",
            args![tenant, id],
        )
        .await?;
    row.map(|it| it.int(0)).transpose()
}

/// Ends a signup as confirmed, with its receipt.
pub fn end_confirmed(
    batch: &mut Batch,
    tenant: TenantId,
    id: RequestId,
    now: Timestamp,
    receipt: ReceiptNumber,
) {
    batch.add(
        "UPDATE request SET outcome = 'confirmed', ended_at = $3, receipt = $4, fields = NULL, guardian = NULL
         WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, now, receipt],
    );
}

/// The answer of one of the two who must agree to a child's signup.
#[derive(Clone, Copy)]
pub struct Agreed<'a> {
    /// Whose.
    pub party: Party,
    /// When.
    pub at: Timestamp,
    /// The evidence of the first yes; none for what is no yes.
    pub evidence: Option<EvidenceId>,
    /// What is still asked for: a child leaves out what they do not want. None when all of it is.
    pub purposes: Option<&'a [PurposeId]>,
}

/// Notes an answer. In one statement, so that a batch changes the row once.
pub fn note_answer(batch: &mut Batch, tenant: TenantId, id: RequestId, answer: Agreed<'_>) {
    let Agreed { party, at, evidence, purposes } = answer;
    let sql = match party {
        Party::Child => {
            "UPDATE request SET child_at = $3, agreed = COALESCE(agreed, $4), purposes = COALESCE($5, purposes)
             WHERE tenant_id = $1 AND id = $2"
        }
        Party::Guardian => {
            "UPDATE request SET guardian_at = $3, agreed = COALESCE(agreed, $4), purposes = COALESCE($5, purposes)
             WHERE tenant_id = $1 AND id = $2"
        }
    };
    let purposes = purposes.map(|it| it.iter().map(ToString::to_string).collect::<Vec<String>>().join(" "));
    batch.add(sql, args![tenant, id, at, evidence, purposes]);
}

/// Whether the last that is known of a person's age, from forms, is that a guardian must agree. What somebody said on
/// a form and nobody confirmed lifts it for nobody; what a guardian refused counts until it is deleted.
///
/// # Errors
/// The database failed.
pub async fn needs_guardian(tx: &mut Tx, tenant: TenantId, contact: ContactId) -> Result<bool> {
    let row = tx
        .first(
            "SELECT younger_than FROM request
             WHERE tenant_id = $1 AND contact_id = $2 AND form_id IS NOT NULL
                 AND (outcome = 'confirmed'
                     OR (younger_than IS NOT NULL AND (outcome = 'open' OR guardian_at IS NOT NULL)))
             ORDER BY generation DESC LIMIT 1",
            args![tenant, contact],
        )
        .await?;
    row.map_or(Ok(false), |it| Ok(it.maybe_int(0)?.is_some()))
}

/// Ends a signup as deleted by the person.
pub fn end_deleted(batch: &mut Batch, tenant: TenantId, id: RequestId, now: Timestamp) {
    batch.add(
        "UPDATE request SET outcome = 'deleted', ended_at = $3, fields = NULL, guardian = NULL
         WHERE tenant_id = $1 AND id = $2",
        args![tenant, id, now],
    );
}

/// Ends every open signup of a person who has left something: older links stop granting.
pub fn revoke_open(batch: &mut Batch, tenant: TenantId, contact: ContactId, now: Timestamp) {
    batch.add(
        "UPDATE request SET outcome = 'revoked', ended_at = $3, fields = NULL, guardian = NULL
         WHERE tenant_id = $1 AND contact_id = $2 AND outcome = 'open'",
        args![tenant, contact, now],
    );
}

/// Signups never confirmed whose time was over by `now`, the longest ago first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn lapsed(
    tx: &mut Tx,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(TenantId, RequestId, Option<ContactId>)>> {
    let rows = tx
        .all(
            "SELECT tenant_id, id, contact_id FROM request
             WHERE expires_at <= $1 AND outcome <> 'confirmed' ORDER BY expires_at LIMIT $2",
            args![now, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.parse(0)?, row.parse(1)?, row.maybe_parse(2)?))).collect()
}

/// Removes a signup.
pub fn remove(batch: &mut Batch, tenant: TenantId, id: RequestId) {
    batch.add("DELETE FROM request WHERE tenant_id = $1 AND id = $2", args![tenant, id]);
}
