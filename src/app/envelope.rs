//! An event as the outside reads it, in webhooks and in the feed.
//!
//! Thin by default: ids, purpose, state and links. Links are made anew each time, so that none is stored; the
//! address is added only for endpoints that asked for it.

use serde_json::{Value, json};

use super::{App, links};
use crate::{
    domain::{catalog::Catalog, id::ContactId},
    store::event::Event,
};

/// The envelope `{id, type, timestamp, sequence, tenant, test, data}`. `email` is given for endpoints that carry
/// addresses.
pub fn envelope(app: &App, catalog: &Catalog, event: &Event, email: Option<&str>) -> Value {
    let tenant = catalog.tenant(event.tenant);
    let mut data: Value = serde_json::from_str(&event.data).unwrap_or_else(|_not_ours| json!({}));
    // Of somebody erased there is nothing a link could lead to.
    let contact = event.contact.filter(|_| event.kind != "contact.erased");
    if let (Some(contact), Value::Object(data)) = (contact, &mut data) {
        let slug = data.get("purpose").and_then(Value::as_str).map(str::to_owned);
        data.insert("links".to_owned(), links_of(app, catalog, event, contact, slug.as_deref()));
        if let Some(email) = email {
            data.insert("email".to_owned(), json!(email));
        }
    }
    json!({
        "id": event.id.to_string(),
        "type": event.kind,
        "timestamp": event.at.rfc3339(),
        "sequence": event.sequence,
        "tenant": tenant.map(|it| it.slug.as_str()),
        "test": tenant.is_some_and(|it| it.test),
        "data": data,
    })
}

fn links_of(app: &App, catalog: &Catalog, event: &Event, contact: ContactId, purpose: Option<&str>) -> Value {
    let preferences = links::preferences_url(app, event.tenant, contact);
    let purpose = purpose.and_then(|slug| catalog.tenant(event.tenant)?.purpose_named(slug));
    match purpose {
        Some(purpose) => json!({
            "preferences": preferences,
            "unsubscribe": links::unsubscribe_url(app, event.tenant, contact, purpose.id),
        }),
        None => json!({ "preferences": preferences }),
    }
}
