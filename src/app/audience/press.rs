//! From rows to bytes: who of a page is in an audience, and how it is written.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::{Audience, Footer, Form, Recipient};
use crate::{
    app::{App, Result, entered, gate::USE_NOTED},
    domain::{
        Timestamp,
        consent::may_send,
        id::{ContactId, PurposeId, TenantId},
        link::{Link, LinkKeys},
    },
    store::{
        audience::{Member, Page},
        disclosure::Disclosure,
    },
};

/// Decides, counts, hashes and writes.
pub(super) struct Press<F> {
    app: App,
    form: F,
    now: Timestamp,
    tenant: TenantId,
    purpose: PurposeId,
    use_by: i64,
    links: Option<(String, Arc<LinkKeys>)>,
    /// What is known of it so far.
    pub(super) disclosure: Disclosure,
    hash: Sha256,
    has_head: bool,
    /// Those of the last page of whom it is to be noted that their consent is in use.
    pub(super) relied: Vec<String>,
}

impl<F: Form> Press<F> {
    /// Nothing written yet.
    pub(super) fn new(app: &App, audience: &Audience, form: F, disclosure: Disclosure) -> Self {
        let tenant = audience.asked.tenant.id;
        let links = audience.asked.links.then(|| (app.url_for(tenant, ""), app.link_keys()));
        Self {
            app: app.clone(),
            form,
            now: audience.now,
            tenant,
            purpose: audience.purpose.id,
            use_by: audience.purpose.use_by(),
            links,
            disclosure,
            hash: Sha256::new(),
            has_head: false,
            relied: Vec::new(),
        }
    }

    /// Writes a page; itself again, and the bytes.
    pub(super) fn print(mut self, page: &Page) -> Result<(Self, Vec<u8>)> {
        let members = page.members()?;
        let mut out = Vec::with_capacity(members.len() * 256);
        self.head(&mut out);
        for member in &members {
            self.person(&mut out, member);
        }
        self.hash.update(&out);
        Ok((self, out))
    }

    fn head(&mut self, out: &mut Vec<u8>) {
        if !std::mem::replace(&mut self.has_head, true) {
            self.form.head(out);
        }
    }

    fn person(&mut self, out: &mut Vec<u8>, member: &Member<'_>) {
        let Member { consent, used_at, standing, email, .. } = member;
        let allowed = may_send(consent, *used_at, standing, self.use_by, self.now);
        // Whoever is erased has no address, whatever else is said of them.
        let (Ok(()), Some(email)) = (allowed, email) else { return };
        let entered = entered::open(&self.app, member.contact, member.entered.as_deref());
        let links = self.links.as_ref().map(|(base, keys)| self.footer(base, keys, member.contact));
        let recipient = Recipient { member, email, entered: entered.0, links };
        if self.form.person(out, &recipient) {
            let used = used_at.unwrap_or(consent.since).max(consent.since);
            if self.now.since(used) > USE_NOTED {
                self.relied.push(member.contact.to_string());
            }
            let until = used.plus(self.use_by);
            let first = self.disclosure.good_until.map_or(until, |it| it.min(until));
            self.disclosure.good_until = Some(first);
            self.disclosure.people += 1;
        } else {
            self.disclosure.left_out += 1;
        }
    }

    fn footer(&self, base: &str, keys: &LinkKeys, contact: ContactId) -> Footer {
        let preferences = Link::Preferences(self.tenant, contact).sign(keys);
        let unsubscribe = Link::Unsubscribe(self.tenant, contact, self.purpose).sign(keys);
        Footer {
            preferences: format!("{base}/p/{preferences}"),
            unsubscribe: format!("{base}/u/{unsubscribe}"),
        }
    }

    /// Writes the end; the complete disclosure, and the bytes.
    pub(super) fn finish(mut self) -> (Disclosure, Vec<u8>) {
        let mut out = Vec::new();
        self.head(&mut out);
        self.hash.update(&out);
        self.disclosure.sha256 = Some(hex::encode(self.hash.finalize()));
        "complete".clone_into(&mut self.disclosure.outcome);
        self.form.trailer(&mut out, &self.disclosure);
        (self.disclosure, out)
    }
}
