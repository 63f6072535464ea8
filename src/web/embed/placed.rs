//! What a submitted form says of where it stood.

use actix_web::{
    HttpRequest,
    http::header::{ORIGIN, REFERER},
};
use url::Url;

use crate::{
    domain::{catalog::Form, text::LandingUrl},
    web::extract::{self, Fields},
};

/// The longest name of a page, in characters.
const PAGE: usize = 200;
/// The longest name of a place or campaign, in characters.
const REFERENCE: usize = 64;

/// The page a form was sent from, and whether the browser vouches for its origin. A page that another origin than the
/// browser's is claimed for shrinks to what the browser says.
pub fn page(request: &HttpRequest, fields: &Fields) -> (Option<String>, bool) {
    let told = plain_page(fields.first("page"));
    let told = told.or_else(|| plain_page(&extract::header(request, &REFERER)?));
    let origin = extract::header(request, &ORIGIN).and_then(|it| Url::parse(&it).ok());
    match (origin.map(|it| it.origin()).filter(url::Origin::is_tuple), told) {
        (Some(origin), Some(page)) if page.origin() == origin => (named(&page), true),
        (Some(origin), Some(_) | None) => {
            (Url::parse(&origin.ascii_serialization()).ok().as_ref().and_then(named), true)
        }
        (None, told) => (told.as_ref().and_then(named), false),
    }
}

/// The page a framed form says it stands on: the browser's `Origin` is ours there.
pub fn told(fields: &Fields) -> Option<String> {
    plain_page(fields.first("page")).as_ref().and_then(named)
}

/// What the site calls the place the form stands at: letters, digits and what joins them.
pub fn reference(text: &str) -> Option<String> {
    let plain = |it: char| it.is_alphanumeric() || "-_. ".contains(it);
    (!text.is_empty() && text.chars().count() <= REFERENCE && text.chars().all(plain))
        .then(|| text.to_owned())
}

/// Where the site wants people to go on, if the form allows exactly that.
pub fn next<'a>(form: &'a Form, fields: &Fields) -> Option<&'a str> {
    let wanted = LandingUrl::parse(fields.first("next")).ok().filter(|_| !fields.is_repeated("next"))?;
    form.next.iter().map(String::as_str).find(|it| *it == wanted.as_str())
}

fn plain_page(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host().is_some()).then_some(url)
}

/// Origin and path; the query may hold anything, an address among it.
fn named(page: &Url) -> Option<String> {
    let name = format!("{}{}", page.origin().ascii_serialization(), page.path());
    (name.len() <= PAGE)
        .then_some(name)
        .or_else(|| Some(page.origin().ascii_serialization()).filter(|it| it.len() <= PAGE))
}
