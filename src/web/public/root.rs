//! `/`: what answers here, for whoever comes by without a link.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::web::{
    Web, extract, hosts,
    page::{self, Frame},
};

/// What answers here.
#[derive(Template)]
#[template(path = "public/root.html")]
pub struct RootPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}

/// `GET /`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let catalog = web.app.catalog();
    let own = hosts::tenant(&request).and_then(|it| catalog.tenant(it));
    let locale = extract::locale(&request, None, own.map(|it| it.locale));
    let frame = extract::frame(&web, locale, "/", own.map(AsRef::as_ref));
    page::html(&frame, StatusCode::OK, &RootPage { frame: &frame })
}
