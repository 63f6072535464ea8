//! `/how`: how this page works, in plain words.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::web::{
    Web, extract,
    page::{self, Frame},
};

/// Sections: the key of the heading and of its text.
const SECTIONS: [(&str, &str); 8] = [
    ("how-open", "how-open-text"),
    ("how-twice", "how-twice-text"),
    ("how-leave", "how-leave-text"),
    ("how-masked", "how-masked-text"),
    ("how-proof", "how-proof-text"),
    ("how-cookie", "how-cookie-text"),
    ("how-watch", "how-watch-text"),
    ("how-ask", "how-ask-text"),
];

/// How this page works.
#[derive(Template)]
#[template(path = "public/how.html")]
pub struct HowPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}

/// `GET /how`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = extract::frame(&web, extract::locale(&request, None, None), "/how", None);
    page::html(&frame, StatusCode::OK, &HowPage { frame: &frame })
}
