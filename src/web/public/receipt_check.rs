//! `/v/{receipt}`: what a receipt number stands for, for whoever has it. The address is masked and nothing that was
//! typed is shown; the person's own receipt has it all.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{confirm::masked, message, proof::Proof};
use crate::{
    app::{log::status, receipt},
    domain::catalog::Tenant,
    store::{self, evidence::Evidence},
    web::{
        Web,
        error::Fault,
        extract, hosts,
        page::{self, Frame},
    },
};

/// What a number stands for.
#[derive(Template)]
#[template(path = "public/receipt_check.html")]
pub struct ReceiptCheckPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The number.
    pub number: String,
    /// What was recorded under it, mostly one thing.
    pub found: Vec<Found>,
    /// The page that checks a file.
    pub verify_href: String,
}

/// One change with this number.
pub struct Found {
    /// The organisation.
    pub organisation: String,
    /// What happened, in words; none once the person is erased.
    pub what: Option<String>,
    /// When, in words.
    pub when: String,
    /// The masked address; none once the person is erased.
    pub address: Option<String>,
    /// Its place in the log, counted from 0 as in the proof; none while it waits for one.
    pub place: Option<u64>,
    /// Whether a published checkpoint covers it.
    pub is_signed: bool,
}

/// `GET /v/{receipt}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let number = request.match_info().query("receipt").to_uppercase();
    let here = format!("/v/{number}");
    let facts = if is_number(&number) { receipt::numbered(&web.app, &number).await? } else { Vec::new() };
    let own = hosts::tenant(&request);
    let facts: Vec<Evidence> =
        facts.into_iter().filter(|it| own.is_none_or(|own| own == it.tenant)).collect();
    if facts.is_empty() {
        return Ok(message::not_found(&request, &web));
    }
    let catalog = web.app.catalog();
    let tenants: Vec<&Tenant> =
        facts.iter().filter_map(|it| catalog.tenant(it.tenant)).map(AsRef::as_ref).collect();
    let own = tenants.first().copied().filter(|_| tenants.len() == 1);
    let locale = extract::locale(&request, None, own.map(|it| it.locale));
    let frame = extract::frame(&web, locale, &here, own);
    let published = status::status(&web.app).await?.published;
    let mut found = Vec::new();
    for fact in &facts {
        let Some(tenant) = catalog.tenant(fact.tenant) else { continue };
        found.push(found_of(&web, tenant, fact, published, &frame).await?);
    }
    let page = ReceiptCheckPage { frame: &frame, number, found, verify_href: frame.path("/v") };
    Ok(page::html(&frame, StatusCode::OK, &page))
}

async fn found_of(
    web: &Web,
    tenant: &Tenant,
    fact: &Evidence,
    published: u64,
    frame: &Frame,
) -> Result<Found, Fault> {
    let mut tx = web.app.store.peek().await?;
    let contact = store::contact::find(&mut tx, fact.tenant, fact.contact).await?;
    let known = contact.filter(|it| it.erased_at.is_none() && fact.record.is_some());
    Ok(Found {
        organisation: tenant.name.clone(),
        what: known.is_some().then(|| Proof::of(fact).line(&frame.t).what),
        when: frame.t.date_time(fact.at),
        address: known.as_ref().map(masked),
        place: fact.position,
        is_signed: fact.position.is_some_and(|it| it < published),
    })
}

/// Whether a text has the form of a receipt number: anything else is not looked for.
fn is_number(text: &str) -> bool {
    let mut parts = text.split('-');
    let four = |it: Option<&str>| {
        it.is_some_and(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_alphanumeric()))
    };
    parts.next() == Some("R") && four(parts.next()) && four(parts.next()) && parts.next().is_none()
}
