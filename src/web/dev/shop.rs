//! `/dev/shop`: somebody else's site with our form on it, as an element, as plain HTML and as a link.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::Locale,
    web::{
        Web,
        embed::snippet::POLICY,
        page::{self, Frame},
        part::PurposeView,
        public::{message, shown, sign_up::HONEYPOT},
    },
};

/// The shop.
#[derive(Template)]
#[template(path = "dev/shop.html")]
pub struct ShopPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Whether there is a demo around it.
    pub demo: bool,
    /// The hosted form: the link, and where the plain form posts to.
    pub form_href: String,
    /// What the form offers.
    pub purposes: Vec<PurposeView>,
    /// Who asks: legal name and address.
    pub legal: String,
    /// The privacy notice.
    pub notice_href: Option<String>,
    /// Hidden fields of the plain form: which words it has, and in which language.
    pub hidden: Vec<(&'static str, String)>,
}

/// `GET /dev/shop`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let catalog = web.app.catalog();
    let form = web.demo.as_ref().and_then(|demo| catalog.forms.get(&demo.form));
    let Some((form, tenant)) = form.and_then(|form| Some((form, catalog.tenant(form.tenant)?))) else {
        return message::not_found(&request, &web);
    };
    let frame = super::frame("/dev/shop");
    let offered = shown::offered(tenant, form);
    let version = shown::version(form, shown::words(tenant, &offered, Locale::En));
    let page = ShopPage {
        frame: &frame,
        demo: true,
        form_href: format!("/f/{}", form.slug),
        purposes: offered.iter().filter_map(|it| shown::purpose(tenant, it, Locale::En)).collect(),
        legal: tenant.legal.clone(),
        notice_href: tenant.notice.as_ref().map(|_| format!("/n/{}?lang=en", tenant.slug)),
        hidden: vec![("v", version), ("locale", Locale::En.tag().to_owned())],
    };
    page::html_under(POLICY, &frame, StatusCode::OK, &page)
}
