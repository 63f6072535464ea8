//! One act of a person: the consents it changes, the evidence of it, and what the outside is told.

use serde_json::{Map, Value, json};

use super::{App, Visit};
use crate::{
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::{Form, Tenant},
        consent::{Act, Consent, State},
        id::{EventId, EvidenceId, PurposeId, ReceiptNumber},
    },
    store::{self, Batch, consent::Stored, contact::Contact, event::Event, evidence::Evidence},
    tlog::jcs,
};

/// What a person did, ready to be recorded.
pub(super) struct Deed<'a> {
    pub(super) tenant: &'a Tenant,
    pub(super) contact: &'a Contact,
    /// The name of the event and of the evidence: `consent.confirmed` …
    pub(super) kind: &'static str,
    /// How: `form`, `link`, `code`, `preferences`, `one_click` …
    pub(super) method: &'static str,
    pub(super) locale: Locale,
    pub(super) visit: Option<&'a Visit>,
    pub(super) form: Option<&'a Form>,
    /// The text as it was shown.
    pub(super) shown: Option<&'a str>,
    /// What else belongs in the record: the request it answers, the mail, the level.
    pub(super) more: Map<String, Value>,
}

/// What becomes of one consent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub(super) purpose: PurposeId,
    pub(super) before: Consent,
    pub(super) after: Consent,
    used_at: Option<Timestamp>,
}

impl Change {
    /// Whether a yes or a no came of it.
    pub(super) fn settles(&self) -> bool {
        self.before.state != self.after.state
    }
}

/// The changes that `act` makes to these purposes; those it does not change are left out.
pub(super) fn changes(
    known: &[Stored],
    purposes: impl IntoIterator<Item = PurposeId>,
    act: Act,
    now: Timestamp,
) -> Vec<Change> {
    let mut found = Vec::new();
    for purpose in purposes {
        let stored = known.iter().find(|it| it.purpose == purpose);
        let before = stored.map_or(Consent::NONE, |it| it.consent);
        if let Some(after) = before.after(act, now) {
            found.push(Change { purpose, before, after, used_at: stored.and_then(|it| it.used_at) });
        }
    }
    found
}

/// What was recorded.
pub(super) struct Recorded {
    pub(super) evidence: EvidenceId,
    pub(super) receipt: ReceiptNumber,
}

/// Writes the consents, one evidence row, and one event per settled consent.
pub(super) fn put(
    app: &App,
    batch: &mut Batch,
    deed: &Deed<'_>,
    changes: &[Change],
    now: Timestamp,
) -> Recorded {
    let Deed { tenant, contact, kind, .. } = deed;
    let recorded =
        Recorded { evidence: EvidenceId::new(now, &app.random), receipt: ReceiptNumber::new(&app.random) };
    let stored: Vec<Stored> = changes
        .iter()
        .map(|it| Stored {
            purpose: it.purpose,
            consent: it.after,
            evidence: recorded.evidence,
            used_at: it.used_at,
        })
        .collect();
    store::consent::put(batch, tenant.id, contact.id, &stored);
    let evidence = Evidence {
        tenant: tenant.id,
        id: recorded.evidence,
        contact: contact.id,
        kind: (*kind).to_owned(),
        at: now,
        receipt: Some(recorded.receipt.to_string()),
        record: Some(canonical(&record(app, deed, changes, &recorded, now))),
        salt: Some(hex::encode(app.random.bytes::<32>())),
        position: None,
    };
    store::evidence::put(batch, &evidence);
    let mut events: Vec<Event> =
        changes.iter().filter_map(|it| consent_event(app, deed, it, &recorded, now)).collect();
    // Ids of one millisecond fall as chance has it; what is told of one act keeps the order of its changes.
    let mut ids: Vec<EventId> = events.iter().map(|it| it.id).collect();
    ids.sort_unstable();
    for (event, id) in events.iter_mut().zip(ids) {
        event.id = id;
    }
    store::event::put(batch, &events);
    recorded
}

/// The event of one settled change; a change that settles nothing is told by the act's own event.
fn consent_event(
    app: &App,
    deed: &Deed<'_>,
    change: &Change,
    recorded: &Recorded,
    now: Timestamp,
) -> Option<Event> {
    let Change { purpose, before, after, used_at: _ } = change;
    if !change.settles() {
        return None;
    }
    let kind = match after.state {
        State::Unknown => return None,
        State::Confirmed => "consent.confirmed",
        State::Withdrawn => "consent.withdrawn",
        State::Refused => "consent.refused",
        State::Expired => "consent.expired",
    };
    let purpose = deed.tenant.purpose(*purpose)?;
    let mut data = json!({
        "contact": deed.contact.id.to_string(),
        "purpose": purpose.slug,
        "state": after.word(),
        "previous_state": before.word(),
        "method": deed.method,
        "evidence": recorded.evidence.to_string(),
        "receipt": recorded.receipt.to_string(),
    });
    if let (Some(form), Value::Object(data)) = (deed.form, &mut data) {
        data.insert("form".to_owned(), json!(form.slug));
    }
    Some(event(app, deed, kind, &data, now))
}

/// An event about the person of a deed.
pub(super) fn event(app: &App, deed: &Deed<'_>, kind: &str, data: &Value, now: Timestamp) -> Event {
    Event {
        tenant: deed.tenant.id,
        id: EventId::new(now, &app.random),
        kind: kind.to_owned(),
        at: now,
        contact: Some(deed.contact.id),
        data: data.to_string(),
        sequence: None,
    }
}

/// The text of a record that its commitment is made over. A record holds no number that is not whole, and has a
/// canonical form.
fn canonical(record: &Value) -> String {
    jcs::canonical(record).unwrap_or_else(|_| record.to_string())
}

/// Everything needed to prove the deed.
fn record(app: &App, deed: &Deed<'_>, changes: &[Change], recorded: &Recorded, now: Timestamp) -> Value {
    let Deed { tenant, contact, kind, method, locale, visit, form, shown, more } = deed;
    let mut record = Map::new();
    let mut set = |key: &str, value: Value| record.insert(key.to_owned(), value);
    set("id", json!(recorded.evidence.to_string()));
    set("type", json!(kind));
    set("at", json!(now.rfc3339()));
    set("receipt", json!(recorded.receipt.to_string()));
    set("controller", controller(tenant));
    set("contact", json!(contact.id.to_string()));
    set("email", json!(contact.email));
    set("method", json!(method));
    set("locale", json!(locale.tag()));
    set(
        "purposes",
        Value::Array(changes.iter().filter_map(|it| purpose_record(tenant, *locale, it)).collect()),
    );
    if let Some(notice) = &tenant.notice {
        set("notice", json!({ "version": notice.version, "sha256": notice.sha256 }));
    }
    if let Some(form) = form {
        set("form", form_record(form));
    }
    if let Some(shown) = shown {
        set("shown", json!(shown));
    }
    if let Some(visit) = visit {
        set("visit", visit.record(&app.keys, app.config.ip_evidence));
    }
    for (key, value) in more {
        set(key, value.clone());
    }
    Value::Object(record)
}

/// Who asked. Whoever reads a proof reads these names, and sees there that it is of a tenant for tests.
fn controller(tenant: &Tenant) -> Value {
    let named = |text: &str| if tenant.test { format!("[TEST] {text}") } else { text.to_owned() };
    let (name, legal) = (named(&tenant.name), named(&tenant.legal));
    json!({ "id": tenant.id.to_string(), "name": name, "legal": legal })
}

/// Which version of the form it was, with the hash under which its text stands in the log, and what it asked for:
/// never what was answered.
fn form_record(form: &Form) -> Value {
    let Form { id, slug, version, sha256, fields, .. } = form;
    let mut record = json!({ "id": id.to_string(), "slug": slug, "version": version, "sha256": sha256 });
    if let (false, Value::Object(record)) = (fields.is_empty(), &mut record) {
        let asked: Vec<&str> = fields.iter().map(|it| it.slug.as_str()).collect();
        record.insert("fields".to_owned(), json!(asked));
    }
    record
}

fn purpose_record(tenant: &Tenant, locale: Locale, change: &Change) -> Option<Value> {
    let purpose = tenant.purpose(change.purpose)?;
    let mut record = json!({
        "id": purpose.id.to_string(),
        "slug": purpose.slug,
        "state": change.after.word(),
        "previous_state": change.before.word(),
    });
    if let (Some(wording), Value::Object(record)) = (tenant.wording(purpose, locale), &mut record) {
        record.insert(
            "wording".to_owned(),
            json!({
                "id": wording.id.to_string(), "locale": wording.locale.tag(), "version": wording.version,
                "sha256": wording.sha256, "name": wording.name, "text": wording.body,
                "frequency": purpose.frequency.as_str(),
            }),
        );
    }
    Some(record)
}

/// The address of a contact, parsed again; none once erased.
pub(super) fn address(contact: &Contact) -> Option<EmailAddress> {
    contact.email.as_deref().and_then(|it| EmailAddress::parse(it).ok())
}
