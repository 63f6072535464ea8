//! Purposes and their wordings: written when they differ from what there is, whoever asks for it.

use super::Plan;
use crate::{
    crypto::mac,
    domain::{
        Locale,
        catalog::{Purpose, Tenant, Wording},
        id::{PurposeId, WordingId},
        setup::PurposeSetup,
    },
    store,
};

/// A purpose and its place in the order of its tenant.
pub(in crate::app) type Placed<'a> = (i64, &'a Purpose);

/// The purpose of a tenant by its slug.
pub(in crate::app) fn placed<'t>(tenant: &'t Tenant, slug: &str) -> Option<Placed<'t>> {
    (0..).zip(&tenant.purposes).find(|(_, it)| it.slug == slug)
}

impl Plan<'_> {
    /// A purpose as it is to be, whether there is one of this slug or not.
    pub(in crate::app) fn purpose(
        &mut self,
        tenant: &Tenant,
        known: Option<Placed<'_>>,
        setup: &PurposeSetup,
        position: i64,
    ) -> Purpose {
        let PurposeSetup { slug, frequency, name, text, retired, retention_days } = setup;
        let known_purpose = known.map(|it| it.1);
        let was_retired = known_purpose.and_then(|it| it.retired_at);
        let purpose = Purpose {
            id: known_purpose.map_or_else(|| PurposeId::new(&self.app.random), |it| it.id),
            slug: slug.as_str().to_owned(),
            frequency: *frequency,
            retired_at: retired.then(|| was_retired.unwrap_or(self.now)),
            retention_days: *retention_days,
            wordings: known_purpose.map(|it| it.wordings.clone()).unwrap_or_default(),
        };
        let texts = name.iter().filter_map(|(locale, name)| {
            Some((locale, name.as_str().to_owned(), text.get(locale)?.as_str().to_owned()))
        });
        self.settle(tenant, known, (position, purpose), texts.collect())
    }

    /// Brings a purpose to what it is to be, with these names and texts; the purpose with its wordings as they are then.
    pub(in crate::app) fn settle(
        &mut self,
        tenant: &Tenant,
        known: Option<Placed<'_>>,
        (position, mut purpose): (i64, Purpose),
        texts: Vec<(Locale, String, String)>,
    ) -> Purpose {
        self.place(tenant, known, (position, &purpose));
        for (locale, name, body) in texts {
            self.word(tenant, &mut purpose, locale, name, body);
        }
        purpose
    }

    /// Writes a purpose when it, or its place, is another than before.
    pub(super) fn place(
        &mut self,
        tenant: &Tenant,
        known: Option<Placed<'_>>,
        (position, purpose): Placed<'_>,
    ) {
        let sign = match known {
            None => '+',
            Some((was_at, known))
                if known.frequency == purpose.frequency
                    && known.retired_at == purpose.retired_at
                    && known.retention_days == purpose.retention_days
                    && was_at == position =>
            {
                return;
            }
            Some(_) => '~',
        };
        let now = self.now;
        self.step(sign, format!("purpose {}/{}", tenant.slug, purpose.slug), |batch| {
            store::catalog::put_purpose(batch, tenant.id, purpose, position, now);
        });
    }

    /// Publishes a wording when it says something else than the newest of its language.
    fn word(&mut self, tenant: &Tenant, purpose: &mut Purpose, locale: Locale, name: String, body: String) {
        let canonical = Wording::canonical(&name, &body, purpose.frequency);
        let sha256 = mac::sha256_hex(canonical.as_bytes());
        let newest = purpose.wordings.get(&locale);
        if newest.is_some_and(|it| it.sha256 == sha256) {
            return;
        }
        let version = newest.map_or(1, |it| it.version + 1);
        let wording = Wording { id: WordingId::new(&self.app.random), locale, version, name, body, sha256 };
        let sign = if version == 1 { '+' } else { '~' };
        let about = format!("{}/{locale}", purpose.slug);
        let published = self.publication(tenant.id, "wording", about, version, canonical);
        let (now, label) = (self.now, format!("{}/{}", tenant.slug, purpose.slug));
        self.step(sign, format!("wording {label} {locale} v{version}"), |batch| {
            store::catalog::add_wording(batch, tenant.id, purpose, &wording, now);
            store::publication::put(batch, &published);
        });
        purpose.wordings.insert(locale, wording);
        self.reworded.insert(purpose.id);
    }
}
