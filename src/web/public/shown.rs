//! What the pages show of a tenant's purposes, and the same as text: what evidence says was shown.

use sha2::{Digest, Sha256};

use crate::{
    domain::{
        Locale,
        catalog::{Form, Purpose, Tenant},
        id::PurposeId,
    },
    i18n::{self, Lang},
    web::part::PurposeView,
};

/// A purpose as a page in `locale` shows it; `None` when it has no text at all.
pub(in crate::web) fn purpose(tenant: &Tenant, purpose: &Purpose, locale: Locale) -> Option<PurposeView> {
    let wording = tenant.wording(purpose, locale)?;
    let (t, frequency) = (i18n::of(tenant, locale), Some(purpose.frequency));
    let view = PurposeView::new(&t, &purpose.slug, &wording.name, &wording.body, frequency);
    Some(view.worded_in(&t, wording.locale))
}

/// Several purposes as a page in `locale` shows them.
pub(in crate::web) fn purposes<'a>(
    tenant: &Tenant,
    ids: impl IntoIterator<Item = &'a PurposeId>,
    locale: Locale,
) -> Vec<PurposeView> {
    let known = ids.into_iter().filter_map(|it| tenant.purpose(*it));
    known.filter_map(|it| purpose(tenant, it, locale)).collect()
}

/// What a form offers now, in its order.
pub(in crate::web) fn offered<'a>(tenant: &'a Tenant, form: &Form) -> Vec<&'a Purpose> {
    let known = form.purposes.iter().filter_map(|it| tenant.purpose(*it));
    known.filter(|it| it.retired_at.is_none() && tenant.wording(it, tenant.locale).is_some()).collect()
}

/// What the token of a form says of the words it was shown with: the first eight bytes of the SHA-256 over the
/// hashes of the wordings, in the order of the form.
pub(in crate::web) fn words(tenant: &Tenant, offered: &[&Purpose], locale: Locale) -> [u8; 8] {
    let mut hash = Sha256::new();
    for wording in offered.iter().filter_map(|it| tenant.wording(it, locale)) {
        hash.update(wording.sha256.as_bytes());
        hash.update(b"\n");
    }
    let hash: [u8; 32] = hash.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

/// The consent text of a page: name, sentence and frequency of every purpose that is ticked, as they stand
/// there, then the label of the button that was pressed.
pub(in crate::web) fn consent_text(t: &Lang, ticked: &[PurposeView], button: &str) -> String {
    let mut text = String::new();
    for PurposeView { name, sentence, frequency, slug: _, lang: _, state: _, ticked: _ } in ticked {
        text.push_str(name);
        text.push('\n');
        text.push_str(sentence);
        if let Some(frequency) = frequency {
            text.push('\n');
            text.push_str(&t.with("purpose-how-often", &[("frequency", frequency.as_str().into())]));
        }
        text.push_str("\n\n");
    }
    text.push_str(&t.get(button));
    text
}
