//! The pages a form was sent from, and the wording it had there: how a tenant finds snippets gone stale.
//!
//! Written with the signup it comes with, never by a GET. What was written lately is kept in memory, so that a busy
//! page costs one row an hour.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde::Deserialize;
use url::Url;

use super::{App, Placement, Result, gatekeeper};
use crate::{
    domain::{Timestamp, catalog::Form, id::FormId, time::HOUR},
    store::{self, Batch, Tx, form_page::FormPage, request::Request},
};

/// How long a page that was written is not written again, in milliseconds.
const QUIET: i64 = HOUR;
/// Pages remembered at once; then all are forgotten, which costs a row each.
const MOST: usize = 10_000;
/// Facts about a person among which the one of a signup is looked for.
const REACH: i64 = 100;

/// What was written lately.
#[derive(Default)]
pub struct FormPages(Mutex<HashMap<(FormId, String), (String, Timestamp)>>);

impl FormPages {
    /// Whether a page is to be written now; it counts as written from here on.
    fn is_due(&self, form: FormId, page: &str, version: &str, now: Timestamp) -> bool {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if written.len() >= MOST {
            written.clear();
        }
        let key = (form, page.to_owned());
        if written.get(&key).is_some_and(|(had, at)| had == version && now.since(*at) < QUIET) {
            return false;
        }
        written.insert(key, (version.to_owned(), now));
        true
    }
}

impl App {
    /// Notes the page a form was sent from, if the browser vouches for it.
    pub(super) fn note_form_page(
        &self,
        batch: &mut Batch,
        form: &Form,
        placement: &Placement,
        now: Timestamp,
    ) {
        let Placement { page: Some(page), version: Some(version), page_is_vouched_for: true, .. } = placement
        else {
            return;
        };
        self.put_form_page(batch, form, page, version, now);
    }

    fn put_form_page(&self, batch: &mut Batch, form: &Form, page: &str, version: &str, now: Timestamp) {
        let own = self.config.base_url.as_str();
        let is_own = page.strip_prefix(own).is_some_and(|it| it.is_empty() || it.starts_with('/'));
        if !is_own && self.form_pages.is_due(form.id, page, version, now) {
            store::form_page::put(batch, form.tenant, form.id, page, version, now);
        }
    }
}

/// Notes a page whose copy of a form has words that no longer stand: what was sent from it was not taken. As anybody
/// can name pages without end, only so many are noted an hour.
///
/// # Errors
/// The database failed.
pub async fn note_outdated(app: &App, form: &Form, page: &str, version: &str) -> Result<()> {
    let (mut batch, now) = (Batch::default(), app.now());
    app.put_form_page(&mut batch, form, page, version, now);
    if batch.is_empty() {
        return Ok(());
    }
    let mut tx = app.store.begin().await?;
    if gatekeeper::may_note_copy(app, &mut tx, form.id, now).await? {
        tx.batch(batch).await?;
    }
    Ok(tx.commit().await?)
}

/// What evidence says of where a form was filled in.
#[derive(Deserialize)]
struct Filled {
    form: FilledForm,
    /// Only what was filled in says in what way: what was asked for once more does not.
    #[serde(rename = "way")]
    _way: String,
    page: Option<String>,
}

#[derive(Deserialize)]
struct FilledForm {
    id: String,
}

/// The site on which a signup was filled in: one of those the form is for, in the tenant's words and not in those of
/// whoever sent it. None for the form's own page, and for a form that any site may show.
///
/// # Errors
/// The database failed.
pub async fn site_of(tx: &mut Tx, form: &Form, request: &Request) -> Result<Option<String>> {
    let (Some(sites), Some(contact)) = (&form.origins, request.contact) else { return Ok(None) };
    if sites.is_empty() {
        return Ok(None);
    }
    let id = form.id.to_string();
    let facts = store::evidence::of_contact(tx, form.tenant, contact, REACH).await?;
    let mut filled = facts
        .iter()
        .filter(|it| it.kind == "signup.requested" && it.at <= request.created_at)
        .filter_map(|it| serde_json::from_str::<Filled>(it.record.as_deref()?).ok())
        .filter(|it| it.form.id == id);
    let page = filled.next().and_then(|it| Url::parse(&it.page?).ok());
    let Some(origin) = page.map(|it| it.origin().ascii_serialization()) else { return Ok(None) };
    let site = sites.iter().find(|it| **it == origin).and_then(|it| it.split_once("://"));
    Ok(site.map(|(_, host)| host.to_owned()))
}

/// The pages of a form, the one seen last first.
///
/// # Errors
/// The database failed.
pub async fn of_form(app: &App, form: &Form) -> Result<Vec<FormPage>> {
    Ok(store::form_page::of_form(&mut app.store.peek().await?, form.tenant, form.id).await?)
}
