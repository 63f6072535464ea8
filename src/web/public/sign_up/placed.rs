//! Where and how a form was filled in: what of it evidence keeps.

use actix_web::HttpRequest;

use super::{Offer, SignUpPage, submitted::Entered};
use crate::{
    app::{Placement, Way, form_pages},
    domain::{Locale, catalog::Form},
    web::{
        Web,
        embed::{View, digest, placed},
        error::Fault,
        extract::{self, Fields},
        public::shown,
    },
};

/// What a form copied into a page says of the words it has.
pub(super) enum Version {
    /// Nothing.
    Unsaid,
    /// These are its words still, in this language.
    Standing(String, Locale),
    /// Its words have changed, or there never were such; what it said, if it may once have been true.
    Outdated(Option<String>),
}

impl Version {
    /// The language it was made in.
    pub(super) const fn locale(&self) -> Option<Locale> {
        match self {
            Self::Standing(_, locale) => Some(*locale),
            Self::Unsaid | Self::Outdated(_) => None,
        }
    }
}

/// Reads `v`, and narrows the offer down to the purposes it was made with. A form that carries a token is judged by
/// that.
pub(super) fn version(offer: &mut Offer<'_>, fields: &Fields, preferred: Locale) -> Version {
    let said = fields.first("v");
    if said.is_empty() || !fields.first("token").is_empty() {
        return Version::Unsaid;
    }
    let Some((number, words)) = shown::read_version(said) else { return Version::Outdated(None) };
    if !(1..=offer.form.version).contains(&number) {
        return Version::Outdated(None);
    }
    let Some((locale, purposes)) = shown::made_with(offer.tenant, &offer.purposes, words, preferred) else {
        return Version::Outdated(Some(said.to_owned()));
    };
    offer.purposes = purposes;
    Version::Standing(said.to_owned(), locale)
}

/// What is known of where and how a form was filled in.
pub(super) fn placement(
    request: &HttpRequest,
    web: &Web,
    offer: &Offer<'_>,
    locale: Locale,
    fields: &Fields,
    version: &Version,
) -> Placement {
    let has_token = !fields.first("token").is_empty();
    let way = match offer.asked.view {
        _ if extract::wants_json(request) => Way::Api,
        View::Fragment => Way::Element,
        View::Frame => Way::Frame,
        View::Page if has_token => Way::Page,
        View::Page => Way::Plain,
    };
    let now_shown = || shown::version(offer.form, shown::words(offer.tenant, &offer.purposes, locale));
    let version = match version {
        Version::Standing(said, _) => Some(said.clone()),
        Version::Unsaid | Version::Outdated(_) => has_token.then(now_shown),
    };
    let frame = offer.frame(web, locale);
    let sent = offer.page(web, &frame, &Entered::default()).evidence();
    let (page, page_is_vouched_for) = match way {
        // The page itself says where it stands: its own address is no news.
        Way::Page => (None, false),
        Way::Frame => (placed::told(fields), false),
        Way::Element | Way::Plain | Way::Api => placed::page(request, fields),
    };
    let found = if way == Way::Element { fields.first("shown") } else { "" };
    Placement {
        way,
        displayed: digest::compare(found, sent.iter().map(String::as_str)),
        version,
        page,
        page_is_vouched_for,
        reference: placed::reference(fields.first("ref")),
    }
}

/// Notes the page of a copy whose words no longer stand.
pub(super) async fn note_outdated(
    request: &HttpRequest,
    web: &Web,
    form: &Form,
    fields: &Fields,
    version: &Version,
) -> Result<(), Fault> {
    let (Version::Outdated(Some(version)), (Some(page), true)) = (version, placed::page(request, fields))
    else {
        return Ok(());
    };
    Ok(form_pages::note_outdated(&web.app, form, &page, version).await?)
}

impl SignUpPage<'_> {
    /// What the form says of consent, in the order it stands there: all that is marked as evidence in the template.
    pub(super) fn evidence(&self) -> Vec<String> {
        let text = |key| self.frame.text(key).into_owned();
        let mut texts = Vec::new();
        if let [only] = self.purposes.as_slice() {
            texts.push(text("sign-up-you-get"));
            let often = only.frequency.as_ref().map_or_else(String::new, |it| format!(" ({it})"));
            texts.push(format!("{}{often}{}", only.name, only.sentence));
        } else {
            texts.push(text("sign-up-choose"));
            for it in &self.purposes {
                let often = it.frequency.as_ref();
                let often = often.map(|it| self.frame.fill("purpose-how-often", "frequency", it));
                texts.push(it.name.clone());
                texts.push(format!("{}{}", it.sentence, often.unwrap_or_default()));
            }
        }
        texts.push(text("sign-up-email-why"));
        texts.extend(self.fields.iter().map(|it| it.reason.clone()));
        if let Some(question) = &self.age {
            texts.push(question.why(self.frame));
            if question.asks_guardian {
                texts.push(question.text(self.frame, "guardian-why"));
            }
        }
        if let Some(tenant) = &self.frame.tenant {
            texts.push(self.frame.fill("sign-up-notice", "legal", &tenant.legal));
        }
        texts.push(text("sign-up-send"));
        texts.push(text("sign-up-next"));
        texts
    }
}
