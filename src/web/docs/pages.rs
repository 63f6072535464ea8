//! `/docs/pages`: what people see, in pictures.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    domain::Locale,
    web::{
        Web,
        page::{self, Frame},
    },
};

/// "What people see".
#[derive(Template)]
#[template(path = "docs/pages.html")]
pub struct PagesPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
}

/// `GET /docs/pages`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = super::frame(&request, &web);
    page::html(&frame, StatusCode::OK, &PagesPage { frame: &frame })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use actix_web::{App, http::StatusCode, test, web};
    use scraper::{Html, Selector};

    use super::*;
    use crate::web::assets;

    fn pictures(locale: Locale) -> Vec<[String; 4]> {
        let frame = Frame::new(locale, true, "/docs/pages", None);
        let html = Html::parse_document(&PagesPage { frame: &frame }.render().unwrap());
        let all = Selector::parse("img").unwrap();
        let attributes = ["src", "alt", "width", "height"];
        html.select(&all).map(|it| attributes.map(|name| it.attr(name).unwrap().to_owned())).collect()
    }

    #[tokio::test]
    async fn every_picture_is_there_in_its_size_and_told_in_words() {
        let app = App::new().route("/static/{hash}/{name}", web::get().to(assets::get));
        let app = test::init_service(app).await;
        let mut bytes = 0;
        for [src, _, width, height] in pictures(Locale::En) {
            let answer = test::call_service(&app, test::TestRequest::get().uri(&src).to_request()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{src}");
            let png = test::read_body(answer).await;
            let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()).to_string();
            assert_eq!([number(16), number(20)], [width, height], "{src}");
            bytes += png.len();
        }
        assert!((1..400_000).contains(&bytes), "{bytes} bytes");
        let [en, fr] = [Locale::En, Locale::Fr].map(pictures);
        assert_eq!((en.len(), fr.len()), (10, 10));
        for ([src, alt, _, _], [same, other, _, _]) in en.iter().zip(&fr) {
            assert_eq!(src, same);
            assert!(alt.len() > 60 && other.len() > 60 && alt != other, "{alt} / {other}");
        }
        assert_eq!(en.iter().map(|[_, alt, _, _]| alt).collect::<BTreeSet<_>>().len(), 10);
    }
}
