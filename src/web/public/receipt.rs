//! The receipt of one change, for the person: on the page, as PDF, and as data that proves it. It shows the whole
//! address, so its links are for those who have just proven that the inbox is theirs; later, the number leads to
//! [`super::receipt_check`].

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, REFERRER_POLICY},
    },
    web::Data,
};
use askama::Template;
use serde_json::Value;

use super::{message, preferences::HistoryLine, proof::Proof};
use crate::{
    app::{controller, receipt},
    document::{self, DocumentError},
    domain::{
        catalog::{Catalog, Tenant},
        id::EvidenceId,
        link::{Kind, Link},
    },
    i18n::Lang,
    store::evidence::Evidence,
    web::{
        Web,
        error::Fault,
        extract,
        page::{self, Frame},
        paper,
        part::ReceiptView,
        public::message::{MessagePage, Next, Reason},
    },
};

/// The receipt.
#[derive(Template)]
#[template(path = "public/receipt.html")]
pub struct ReceiptPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Number, date, purposes, wording.
    pub receipt: ReceiptView,
    /// What happened, in words.
    pub what: String,
    /// The whole address.
    pub address: String,
    /// The words on the page where the person decided.
    pub shown: Option<String>,
    /// How it came about, the oldest first.
    pub steps: Vec<HistoryLine>,
    /// Its place in the log; none while it waits for one.
    pub place: Option<Place>,
    /// Where the files are.
    pub files: Files,
}

/// Where a fact stands in the log.
pub struct Place {
    /// Counted from 0, as in the proof.
    pub number: u64,
    /// Entries of the log at the time it was signed.
    pub of: String,
}

/// The files of a receipt.
pub struct Files {
    /// To read and print.
    pub pdf: String,
    /// To check.
    pub data: String,
    /// The page that checks.
    pub verify: String,
}

/// The receipt a token names.
struct Named<'a> {
    tenant: &'a Tenant,
    receipt: receipt::Receipt,
    frame: Frame,
}

/// What a token led to.
enum Opened<'a> {
    Receipt(Box<Named<'a>>),
    Answer(HttpResponse),
}

impl<'a> Named<'a> {
    async fn by(request: &HttpRequest, web: &Web, catalog: &'a Catalog) -> Result<Opened<'a>, Fault> {
        let token = request.match_info().query("token");
        let link = Link::open(&web.app.link_keys(), Kind::Receipt, token);
        let Some(Link::Receipt(tenant, evidence, until)) = link else {
            return Ok(Opened::Answer(message::unreadable(request, web)));
        };
        let Some(tenant) = catalog.tenant(tenant) else {
            return Ok(Opened::Answer(message::unreadable(request, web)));
        };
        let locale = extract::locale(request, None, Some(tenant.locale));
        let frame = extract::frame(web, locale, &format!("/receipt/{token}"), Some(tenant));
        if web.app.now() > until {
            let reason = Reason::Expired { on: until };
            return Ok(Opened::Answer(MessagePage::answer(&frame, reason, Next::AskLink)));
        }
        Ok(match receipt::of(&web.app, tenant, evidence).await? {
            Some(receipt) => Opened::Receipt(Box::new(Self { tenant, receipt, frame })),
            None => Opened::Answer(message::unreadable(request, web)),
        })
    }
}

/// `GET /receipt/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let named = match Named::by(&request, &web, &catalog).await? {
        Opened::Receipt(named) => named,
        Opened::Answer(answer) => return Ok(answer),
    };
    let Named { receipt, frame, .. } = &*named;
    let token = request.match_info().query("token");
    let file = |name: &str| frame.path(&format!("/receipt/{token}/{name}"));
    let proof = Proof::of(&receipt.fact);
    let record = |name: &str| text(receipt.proofs.first(), name);
    let page = ReceiptPage {
        frame,
        receipt: proof.whole_receipt(&frame.t),
        what: proof.line(&frame.t).what,
        address: record("/record/email"),
        shown: Some(record("/record/shown")).filter(|it| !it.is_empty()),
        steps: steps(receipt, &frame.t),
        place: receipt
            .fact
            .position
            .filter(|_| receipt.is_proven())
            .map(|position| Place { number: position, of: size(receipt.proofs.first()) }),
        files: Files { pdf: file("receipt.pdf"), data: file("receipt.jsonld"), verify: frame.path("/v") },
    };
    Ok(page::html(frame, StatusCode::OK, &page))
}

fn steps(receipt: &receipt::Receipt, t: &Lang) -> Vec<HistoryLine> {
    let facts = receipt.parts.iter().chain([&receipt.fact]);
    let mut facts: Vec<&Evidence> = facts.collect();
    facts.sort_by_key(|it| (it.at, it.id));
    facts.into_iter().map(|it| Proof::of(it).line(t)).collect()
}

fn text(proof: Option<&Value>, pointer: &str) -> String {
    proof.and_then(|it| it.pointer(pointer)).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The size in the checkpoint of a proof: the line after its name.
fn size(proof: Option<&Value>) -> String {
    let text = text(proof, "/proof");
    let checkpoint = text.split_once("\n\n").map_or("", |it| it.1);
    checkpoint.lines().nth(1).unwrap_or_default().to_owned()
}

/// `GET /receipt/{token}/receipt.pdf`
///
/// # Errors
/// The database failed, or the document could not be made.
pub async fn pdf(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    file(&request, &web, "application/pdf", document::receipt::pdf).await
}

/// `GET /receipt/{token}/receipt.jsonld`
///
/// # Errors
/// The database failed, or the document could not be made.
pub async fn data(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let write = |receipt: &document::receipt::Receipt<'_>, t: &Lang| {
        serde_json::to_vec_pretty(&document::receipt::json_ld(receipt, t))
            .map_err(|error| DocumentError::File(error.into()))
    };
    file(&request, &web, "application/ld+json", write).await
}

/// A file of a receipt, to be kept. Before its proof is complete it would prove nothing for ever: come back in a moment.
async fn file(
    request: &HttpRequest,
    web: &Data<Web>,
    kind: &'static str,
    write: impl Fn(&document::receipt::Receipt<'_>, &Lang) -> Result<Vec<u8>, DocumentError> + Send + 'static,
) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let named = match Named::by(request, web, &catalog).await? {
        Opened::Receipt(named) => named,
        Opened::Answer(answer) => return Ok(answer),
    };
    let Named { tenant, receipt, frame } = *named;
    if !receipt.is_proven() {
        let token = request.match_info().query("token");
        let next = Next::Open(frame.path(&format!("/receipt/{token}")));
        return Ok(MessagePage::answer(&frame, Reason::NotProven, next));
    }
    let number = receipt.fact.receipt.clone().unwrap_or_default();
    let controller = controller::controller(&catalog, tenant).about(tenant, &receipt.purposes());
    let (base_url, made_at, t) = (web.app.url_for(tenant.id, ""), web.app.now(), frame.t.clone());
    let written = actix_web::web::block(move || {
        let recipients = paper::recipients(&controller);
        let controller = &paper::controller(&controller, &recipients);
        let receipt =
            document::receipt::Receipt { proofs: &receipt.proofs, controller, base_url: &base_url, made_at };
        write(&receipt, &t)
    });
    let bytes = match written.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(error)) => {
            tracing::error!(%error, "a receipt could not be written");
            return Ok(HttpResponse::InternalServerError().finish());
        }
        Err(_cancelled) => return Ok(HttpResponse::ServiceUnavailable().finish()),
    };
    let ending = if kind == "application/pdf" { "pdf" } else { "jsonld" };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{number}.{ending}\"")))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((REFERRER_POLICY, "no-referrer"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("X-Robots-Tag", "noindex, nofollow"))
        .body(bytes))
}

/// Where the receipt of a change can be read, for a while.
pub(super) fn href(web: &Web, tenant: &Tenant, frame: &Frame, evidence: EvidenceId) -> String {
    frame.path(&crate::app::links::receipt_path(&web.app, tenant.id, evidence, web.app.now()))
}
