//! `GET /v1/forms/{form}/pages`: where a form is used, and which of these pages still show old words.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    auth::{self, Caller, Scope},
    forms::SLUG_IN_PATH,
    problem::Problem,
    route::{Endpoint, Method},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::form_pages,
    domain::catalog::{Form, Tenant},
    web::{Web, error::Fault, public::shown},
};

/// `GET /v1/forms/{form}/pages`
pub const GET: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/forms/{form}/pages",
    Scope::FormsRead,
    "List the pages a form is used on",
)
.about("The page seen last comes first. One that still shows old words is not `current`.")
.with(&[SLUG_IN_PATH])
.answers("The pages.", &PAGES)
.fails(&[(404, "There is no such form, or it was never published.")]);

const PAGES: Record = Record::new(
    "FormPlaces",
    "Where a form is used.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The pages.", Shape::List(&Shape::Object(&PAGE), 0, usize::MAX)),
    ],
);
const PAGE: Record = Record::new(
    "FormPlace",
    "A page that shows a form.",
    &[
        Field::must("object", "`form_page`", Shape::Word(&["form_page"])),
        Field::must("page", "Where.", Shape::text("https://shop.example/news")),
        Field::must("version", "What it showed last: version and words.", Shape::text("1.0f3k9m2q7r5tz")),
        Field::must("current", "Whether these are the present words.", Shape::Flag),
        Field::must("first_at", "Seen first.", INSTANT),
        Field::must("last_at", "Seen last.", INSTANT),
    ],
);

#[derive(Serialize)]
struct List {
    object: &'static str,
    data: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    object: &'static str,
    page: String,
    version: String,
    current: bool,
    first_at: String,
    last_at: String,
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document.
pub async fn get(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, _) = auth::enter(&web, &request, &GET).await?;
    let catalog = web.app.catalog();
    let form = catalog.forms.get(slug.as_str()).filter(|it| it.tenant == tenant.id);
    let form = form.ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
    let pages = form_pages::of_form(&web.app, form).await.map_err(Fault::App)?;
    let data: Vec<Item> = pages
        .into_iter()
        .map(|it| Item {
            object: "form_page",
            current: is_current(&tenant, form, &it.version),
            page: it.page,
            version: it.version,
            first_at: it.first_at.rfc3339(),
            last_at: it.last_at.rfc3339(),
        })
        .collect();
    let capacity = 100 + data.len() * 300;
    Ok(super::answer(&List { object: "list", data }, capacity)?)
}

/// Whether a version is the present one of the form, in any of its languages, for all or some of its purposes.
fn is_current(tenant: &Tenant, form: &Form, version: &str) -> bool {
    let Some((number, words)) = shown::read_version(version) else { return false };
    number == form.version
        && shown::made_with(tenant, &shown::offered(tenant, form), words, tenant.locale).is_some()
}
