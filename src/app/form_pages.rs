//! The pages a form was sent from, and the wording it had there: how a tenant finds snippets gone stale.
//!
//! Written with the signup it comes with, never by a GET. What was written lately is kept in memory, so that a busy
//! page costs one row an hour.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{App, Placement, Result, gatekeeper};
use crate::{
    domain::{Timestamp, catalog::Form, id::FormId, time::HOUR},
    store::{self, Batch, form_page::FormPage},
};

/// How long a page that was written is not written again, in milliseconds.
const QUIET: i64 = HOUR;
/// Pages remembered at once; then all are forgotten, which costs a row each.
const MOST: usize = 10_000;

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

/// The pages of a form, the one seen last first.
///
/// # Errors
/// The database failed.
pub async fn of_form(app: &App, form: &Form) -> Result<Vec<FormPage>> {
    Ok(store::form_page::of_form(&mut app.store.peek().await?, form.tenant, form.id).await?)
}
