//! After `POST /c/{token}`, and each time the link is opened again.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::{
    proof::{self, Proof},
    receipt, shown,
};
use crate::{
    app::{confirm::Opened, links::FRESH},
    domain::{Timestamp, catalog::Tenant, id::PurposeId, link::Link},
    store::contact::Contact,
    web::{
        Web,
        error::Fault,
        page::{self, Frame},
        part::{PurposeView, ReceiptView},
    },
};

/// What came of a request.
#[derive(Template)]
#[template(path = "public/confirmed.html")]
pub struct ConfirmedPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// What came of it.
    pub outcome: Outcome,
    /// The preference page of this person.
    pub preferences_href: String,
}

/// What came of a request.
pub enum Outcome {
    /// Confirmed, now or, when the link is opened again, earlier.
    Confirmed {
        /// What the person receives from this request.
        purposes: Vec<PurposeView>,
        /// The proof.
        receipt: ReceiptView,
        /// Whether this is a second visit.
        already: bool,
    },
    /// The person said no: the request is gone. Nothing else changed.
    Deleted {
        /// Where to sign up after all.
        form_href: Option<String>,
    },
}

/// What somebody came to a request for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// Opened its link.
    Looking,
    /// Pressed a button or typed the code.
    Acting,
    /// Did so after the request had ended.
    ActingAgain,
}

impl Came {
    /// Who acts on a request that was still open, or not.
    pub(super) const fn acting(was_open: bool) -> Self {
        if was_open { Self::Acting } else { Self::ActingAgain }
    }
}

/// The page of a confirmed request, now and each time its link is opened again.
///
/// The person has just proven that the inbox is theirs, so the preferences open at level L1. Opened again later,
/// the link proves no more than any old mail.
pub(super) async fn confirmed(
    web: &Web,
    tenant: &Tenant,
    frame: &Frame,
    opened: &Opened,
    at: Timestamp,
    came: Came,
) -> Result<HttpResponse, Fault> {
    let Opened { request, contact, verdict: _ } = opened;
    let proof = match &request.receipt {
        Some(receipt) => proof::of_receipt(web, contact, receipt).await?,
        None => None,
    };
    let purposes = of_request(tenant, frame, opened, proof.as_ref());
    let (already, fresh) = match came {
        Came::Looking => (true, false),
        Came::ActingAgain => (true, web.app.now().since(at) < FRESH),
        Came::Acting => (false, true),
    };
    let receipt = match &proof {
        Some(proof) => {
            let mut view = proof.receipt(&frame.t, &purposes);
            view.href = Some(if fresh {
                receipt::href(web, tenant, frame, proof.id())
            } else {
                frame.path(&format!("/v/{}", view.number))
            });
            view
        }
        None => ReceiptView {
            number: request.receipt.clone().unwrap_or_default(),
            when: frame.t.date_time(at),
            purposes: purposes.iter().map(|it| it.name.clone()).collect(),
            wording: None,
            href: None,
        },
    };
    let page = ConfirmedPage {
        frame,
        outcome: Outcome::Confirmed { purposes, receipt, already },
        preferences_href: frame.path(&preferences(web, tenant, contact, fresh.then_some(at))),
    };
    Ok(page::html(frame, StatusCode::OK, &page))
}

/// What a person confirmed by a request, and the number of its receipt.
pub(super) async fn kept(
    web: &Web,
    tenant: &Tenant,
    frame: &Frame,
    opened: &Opened,
) -> Result<(Vec<PurposeView>, Option<String>), Fault> {
    let Opened { request, contact, verdict: _ } = opened;
    let proof = match &request.receipt {
        Some(receipt) => proof::of_receipt(web, contact, receipt).await?,
        None => None,
    };
    Ok((of_request(tenant, frame, opened, proof.as_ref()), request.receipt.clone()))
}

/// The purposes of a request but those the proof says no to.
fn of_request(tenant: &Tenant, frame: &Frame, opened: &Opened, proof: Option<&Proof>) -> Vec<PurposeView> {
    let refused = |it: &&PurposeId| {
        let slug = tenant.purpose(**it).map(|it| it.slug.as_str());
        proof.is_some_and(|it| slug.is_some_and(|slug| it.says_no_to(slug)))
    };
    let kept: Vec<PurposeId> = opened.request.purposes.iter().filter(|it| !refused(it)).copied().collect();
    shown::purposes(tenant, &kept, frame.t.locale())
}

/// The page of a request that the person deleted.
pub(super) fn deleted(web: &Web, tenant: &Tenant, frame: &Frame, opened: &Opened) -> HttpResponse {
    let form = opened.request.form.and_then(|it| web.app.catalog().form(it).cloned());
    let page = ConfirmedPage {
        frame,
        outcome: Outcome::Deleted { form_href: form.map(|it| frame.path(&format!("/f/{}", it.slug))) },
        preferences_href: frame.path(&preferences(web, tenant, &opened.contact, None)),
    };
    page::html(frame, StatusCode::OK, &page)
}

/// The preference page of a person: at level L1 for a while after `proven_at`, else at L0.
fn preferences(web: &Web, tenant: &Tenant, contact: &Contact, proven_at: Option<Timestamp>) -> String {
    let link = match proven_at {
        Some(at) => Link::Manage(tenant.id, contact.id, at.plus(FRESH)),
        None => Link::Preferences(tenant.id, contact.id),
    };
    format!("/p/{}", link.sign(&web.app.link_keys()))
}
