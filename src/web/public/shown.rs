//! What the pages show of a tenant's purposes, and the same as text: what evidence says was shown.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
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

/// The version of a form and of the words it has in a language: `{form version}.{base64url of its words}`.
pub(in crate::web) fn version(form: &Form, words: [u8; 8]) -> String {
    format!("{}.{}", form.version, BASE64_URL_SAFE_NO_PAD.encode(words))
}

/// The longest version: the number of a form and eight bytes.
const LONGEST_VERSION: usize = 40;

/// The number of the form and the words that a version names.
pub(in crate::web) fn read_version(version: &str) -> Option<(i64, [u8; 8])> {
    let (number, words) = version.split_once('.')?;
    let is_number = !number.starts_with('0') && number.bytes().all(|it| it.is_ascii_digit());
    let number = number.parse().ok()?;
    let words = BASE64_URL_SAFE_NO_PAD.decode(words).ok()?.try_into().ok()?;
    (is_number && version.len() <= LONGEST_VERSION).then_some((number, words))
}

/// Purposes a version is searched among at most: the search doubles with each.
const MOST_SEARCHED: usize = 8;

/// The language and the purposes that words were made with, if they still stand as they did. A form that was copied
/// before a purpose was added has the words of the others alone.
pub(in crate::web) fn made_with<'a>(
    tenant: &Tenant,
    offered: &[&'a Purpose],
    made: [u8; 8],
    preferred: Locale,
) -> Option<(Locale, Vec<&'a Purpose>)> {
    // A text that is the same in several languages, as where there is no other, is taken for the visitor's own.
    let locale_of = |purposes: &[&Purpose]| {
        let likely = [preferred, tenant.locale].into_iter().chain(Locale::ALL);
        likely.into_iter().find(|it| words(tenant, purposes, *it) == made)
    };
    if let Some(locale) = locale_of(offered) {
        return Some((locale, offered.to_vec()));
    }
    if offered.len() > MOST_SEARCHED {
        return None;
    }
    (1..(1_usize << offered.len())).find_map(|chosen| {
        let some: Vec<&Purpose> =
            offered.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, it)| *it).collect();
        locale_of(&some).map(|locale| (locale, some))
    })
}
