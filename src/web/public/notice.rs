//! `/n/{tenant}`: the privacy notice (GDPR articles 13 and 14), written from the configuration, current or by
//! version. A version says for ever what it said when it was published.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde_json::Value;

use super::message;
use crate::{
    app::given,
    domain::{
        Locale,
        authority::{Authority, Protection, authority, protection},
        catalog::{Notice, Tenant},
        country::{Country, Place},
        endpoint_url,
        setup::Frequency,
        time::DAY,
    },
    i18n::Lang,
    store,
    web::{
        Web,
        error::Fault,
        extract,
        page::{self, Frame},
        part,
    },
};

/// The notice.
#[derive(Template)]
#[template(path = "public/notice.html")]
pub struct NoticePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The name of the organisation in this version.
    pub name: String,
    /// Its legal name and address in this version.
    pub legal: String,
    /// Where people wrote, or write, about their data.
    pub contact: String,
    /// Its version.
    pub version: String,
    /// Since when it is in force, in words.
    pub since: String,
    /// What the address is used for.
    pub purposes: Vec<NoticePurpose>,
    /// Where the data are kept, in words; none when the organisation has not said.
    pub storage: Option<String>,
    /// What protects data kept outside the European Economic Area, in words; none when nothing has to.
    pub transfer: Option<String>,
    /// How to reach the data protection officer; none when the organisation names none.
    pub dpo: Option<String>,
    /// The authority of the organisation's country; none when it has not said, or we know none.
    pub authority: Option<&'static Authority>,
    /// Who receives the address besides the organisation itself.
    pub recipients: Vec<String>,
    /// Days after which an unconfirmed request is deleted.
    pub unconfirmed_days: i64,
}

/// One use of the address.
pub struct NoticePurpose {
    /// The published name.
    pub name: String,
    /// The published sentence.
    pub sentence: String,
    /// The language of both, where it is not the page's.
    pub lang: Option<Locale>,
    /// How often, in words.
    pub frequency: Option<String>,
    /// After how many days without use a yes no longer counts; none: the usual time.
    pub lapse: Option<String>,
}

/// `GET /n/{tenant}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(tenant) = catalog.tenant_named(request.match_info().query("tenant")) else {
        return Ok(message::not_found(&request, &web));
    };
    let notice = match extract::query(&request, "v") {
        None => tenant.notice.clone(),
        Some(version) => match version.parse() {
            Ok(version) => {
                store::catalog::notice(&mut web.app.store.peek().await?, tenant.id, version).await?
            }
            Err(_) => None,
        },
    };
    let Some(notice) = notice else { return Ok(message::not_found(&request, &web)) };
    let locale = extract::locale(&request, None, Some(tenant.locale));
    let here = format!("/n/{}?v={}", tenant.slug, notice.version);
    let mut frame = extract::frame(&web, locale, &here, Some(tenant));
    if let Some(view) = &mut frame.tenant {
        view.notice_url = None;
    }
    Ok(page::html(&frame, StatusCode::OK, &page_of(&web, &frame, tenant, &notice)))
}

fn page_of<'f>(web: &Web, frame: &'f Frame, tenant: &Tenant, notice: &Notice) -> NoticePage<'f> {
    let facts: Value = serde_json::from_str(&notice.facts).unwrap_or(Value::Null);
    let own = Locale::from_tag(&text(&facts, "locale")).unwrap_or(tenant.locale);
    let list = |key: &str| facts.get(key).and_then(Value::as_array).into_iter().flatten();
    let strings = |key: &str| list(key).filter_map(Value::as_str);
    let named = strings("given").map(str::to_owned);
    let recipients =
        given::in_order(strings("recipients").filter_map(endpoint_url::host).chain(named).collect());
    let unconfirmed = web.app.config.retention.unconfirmed.millis();
    NoticePage {
        frame,
        name: text(&facts, "name"),
        legal: text(&facts, "legal"),
        contact: text(&facts, "contact"),
        version: notice.version.to_string(),
        since: frame.t.date(notice.created_at),
        purposes: list("purposes").filter_map(|it| purpose(&frame.t, own, it)).collect(),
        storage: storage(&frame.t, &text(&facts, "storage")),
        transfer: transfer(&frame.t, &facts),
        dpo: Some(text(&facts, "dpo")).filter(|it| !it.is_empty()),
        authority: Country::parse(&text(&facts, "country")).ok().and_then(authority),
        recipients,
        unconfirmed_days: (unconfirmed.saturating_add(DAY - 1) / DAY).max(1),
    }
}

/// A purpose in the language of the page, or else in the tenant's own.
fn purpose(t: &Lang, own: Locale, facts: &Value) -> Option<NoticePurpose> {
    let texts = facts.get("texts")?;
    let (told, lang) = match texts.get(t.locale().tag()) {
        Some(told) => (told, None),
        None => (texts.get(own.tag())?, Some(own)),
    };
    let frequency = Frequency::parse(&text(facts, "frequency"));
    let name = text(told, "name");
    let days = facts.get("retention_days").and_then(Value::as_i64);
    let lapse = days.map(|it| t.with("notice-long-lapse", &[("name", (&name).into()), ("n", it.into())]));
    Some(NoticePurpose {
        name,
        sentence: text(told, "text"),
        lang,
        frequency: frequency.map(|it| part::frequency(t, it).into_owned()),
        lapse,
    })
}

/// Where the data are kept, in words; none when it has not been said.
fn storage(t: &Lang, place: &str) -> Option<String> {
    match place {
        "" => None,
        "EU" => Some(t.get("notice-where-eu").into_owned()),
        country => Some(t.with("notice-where-country", &[("country", country.into())])),
    }
}

/// What protects the data where they are kept: the organisation's own words, or the Commission's decision.
fn transfer(t: &Lang, facts: &Value) -> Option<String> {
    let (own, place) = (text(facts, "transfer"), Place::parse(&text(facts, "storage")).ok()?);
    match protection(place) {
        Protection::Same => None,
        Protection::Adequate if own.is_empty() => Some(t.get("notice-transfer-adequate").into_owned()),
        Protection::Adequate | Protection::Safeguard if own.is_empty() => None,
        Protection::Adequate | Protection::Safeguard => {
            Some(t.with("notice-transfer", &[("safeguard", own.as_str().into())]))
        }
    }
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
