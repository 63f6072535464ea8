//! Forms as the API shows them.

use serde_json::{Value, json};

use crate::{
    app::{
        App,
        forms::{Standing, document},
    },
    domain::{
        Timestamp,
        catalog::{Form, Tenant},
    },
    store::{self, form_draft::FormDraft, publication::Publication},
};

/// A form with what is published and what is drafted.
pub(super) fn standing(app: &App, form: &Standing) -> Value {
    let Standing { tenant, slug, published, draft } = form;
    json!({
        "object": "form",
        "slug": slug,
        "url": app.url(&format!("/f/{slug}")),
        "published": published.as_ref().map(|it| published_text(app, tenant, it)),
        "draft": draft.as_ref().map(draft_text),
    })
}

fn published_text(app: &App, tenant: &Tenant, form: &Form) -> Value {
    let own = json!({
        "id": form.id.to_string(), "version": form.version, "sha256": form.sha256,
        "closed": form.is_closed(app.now()),
    });
    merged(own, store::json::value(&document(tenant, form)))
}

fn draft_text(draft: &FormDraft) -> Value {
    let own = json!({ "based_on": draft.based_on, "changed_at": draft.changed_at.rfc3339() });
    merged(own, serde_json::from_str(&draft.body).unwrap_or(Value::Null))
}

/// The members of both; which form it is stands outside.
fn merged(mut own: Value, document: Value) -> Value {
    if let (Value::Object(own), Value::Object(document)) = (&mut own, document) {
        own.extend(document.into_iter().filter(|(name, _)| name != "slug"));
    }
    own
}

/// A published version; with all it says, or as a line of a list.
pub(super) fn version_text(publication: &Publication, is_whole: bool) -> Value {
    let Publication { tenant: _, id, kind: _, about, version, body, sha256, created_at, position } =
        publication;
    let mut text = json!({
        "object": "form_version", "id": id.to_string(), "slug": about, "version": version, "sha256": sha256,
        "published_at": Timestamp::rfc3339(*created_at), "log_position": position,
    });
    if let (true, Value::Object(text)) = (is_whole, &mut text) {
        text.insert("form".to_owned(), serde_json::from_str(body).unwrap_or(Value::Null));
        // Exactly what the hash is of.
        text.insert("text".to_owned(), json!(body));
    }
    text
}
