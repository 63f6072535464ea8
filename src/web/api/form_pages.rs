//! `GET /v1/forms/{slug}/pages`: where a form is used, and which of these pages still show old words.

use actix_web::{Error, HttpRequest, HttpResponse, http::StatusCode, web::Data};
use serde::Serialize;

use super::{
    Shown,
    auth::{self, Scope},
    problem::Problem,
};
use crate::{
    app::form_pages,
    domain::catalog::{Form, Tenant},
    web::{Web, error::Fault, public::shown},
};

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
    first_at: Shown<String>,
    last_at: Shown<String>,
}

/// `GET /v1/forms/{slug}/pages`
///
/// # Errors
/// A problem document.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::FormsRead).await?;
    let catalog = web.app.catalog();
    let form = catalog.forms.get(request.match_info().query("slug")).filter(|it| it.tenant == tenant.id);
    let form = form.ok_or_else(|| Problem::of_status(StatusCode::NOT_FOUND))?;
    let pages = form_pages::of_form(&web.app, form).await.map_err(Fault::App)?;
    let data: Vec<Item> = pages
        .into_iter()
        .map(|it| Item {
            object: "form_page",
            current: is_current(&tenant, form, &it.version),
            page: it.page,
            version: it.version,
            first_at: Shown(it.first_at.rfc3339()),
            last_at: Shown(it.last_at.rfc3339()),
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
