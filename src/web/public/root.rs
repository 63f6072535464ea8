//! `/`: what answers here, for whoever comes by without a link.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::web::{
    Web, extract,
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
    let frame = extract::frame(&web, extract::locale(&request, None, None), "/", None);
    page::html(&frame, StatusCode::OK, &RootPage { frame: &frame })
}
