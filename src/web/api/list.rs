//! Lists in pages: `limit` and `cursor`, answered with `next_cursor` and `Link: …; rel="next"` (RFC 8288).
//!
//! A page begins after the last item of the one before, in an order that never changes: what is added meanwhile is
//! neither shown twice nor makes others be missed.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{HeaderValue, LINK},
    },
};
use serde::Serialize;
use url::form_urlencoded;

use super::{
    auth::Caller,
    problem::{Problem, Wrong},
    query::Query,
    route::Parameter,
    schema::{Field, Shape},
};
use crate::{app::cursor, web::Web};

/// Items in one page when the caller does not say.
const LIMIT_DEFAULT: i64 = 50;

/// `limit`, for the declaration of a list.
pub(super) const LIMIT: Parameter =
    Parameter::query("limit", "How many items at most; 50 when left out.", Shape::Number(1, 500));
/// `cursor`, for the declaration of a list.
pub(super) const CURSOR: Parameter = Parameter::query(
    "cursor",
    "Where to go on: `next_cursor` of the page before, with the same filters.",
    Shape::text_within(800, "2Xw0lJ3nV1c8Kf7QhYb5dG5ld3NsZXR0ZXI"),
);
/// That it is a list, for the record of a page.
pub(super) const IS_LIST: Field = Field::must("object", "`list`", Shape::Word(&["list"]));
/// Whether it goes on, for the record of a page.
pub(super) const HAS_MORE: Field = Field::must("has_more", "Whether there are more.", Shape::Flag);
/// Where it goes on, for the record of a page.
pub(super) const NEXT_CURSOR: Field = Field::must(
    "next_cursor",
    "What to send as `cursor` next.",
    Shape::Maybe(&Shape::text("2Xw0lJ3nV1c8Kf7QhYb5dG5ld3NsZXR0ZXI")),
);

/// Which page of a list is asked for.
#[derive(Debug)]
pub(super) struct Place {
    /// The last item of the page before; empty for the first page.
    pub(super) after: String,
    /// How many items.
    pub(super) limit: usize,
    /// The list and its filters: what the cursor is bound to.
    list: String,
    filters: Vec<(&'static str, String)>,
}

impl Place {
    /// The page a request asks for. `filters` are the parameters that choose what is in the list.
    ///
    /// # Errors
    /// 400 when the cursor is not one of this list.
    pub(super) fn of(
        web: &Web,
        request: &HttpRequest,
        caller: &Caller,
        query: &Query<'_>,
        filters: &[&'static str],
    ) -> Result<Self, Problem> {
        let given = filters.iter().filter_map(|name| Some((*name, query.text(name)?.to_owned())));
        let filters: Vec<_> = given.collect();
        let named = form_urlencoded::Serializer::new(String::new()).extend_pairs(&filters).finish();
        let list = format!("{}?{named}", request.path());
        let after = match query.text("cursor") {
            None => String::new(),
            Some(text) => cursor::open(&web.app, caller.tenant.id, &list, text).ok_or_else(no_such_cursor)?,
        };
        let limit = usize::try_from(query.number("limit").unwrap_or(LIMIT_DEFAULT)).unwrap_or_default();
        Ok(Self { after, limit, list, filters })
    }

    /// How many rows to read: one more than fit on the page tells whether there are more.
    pub(super) fn one_more(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or_default().saturating_add(1)
    }

    /// The page, of up to [`Place::one_more`] items found; `key` is what an item is ordered by.
    pub(super) fn answer<T: Serialize>(
        &self,
        web: &Web,
        caller: &Caller,
        mut found: Vec<T>,
        key: impl Fn(&T) -> String,
    ) -> Result<HttpResponse, Problem> {
        let has_more = found.len() > self.limit;
        found.truncate(self.limit);
        let last = found.last().filter(|_| has_more);
        let next_cursor = last.map(|it| cursor::mint(&web.app, caller.tenant.id, &self.list, &key(it)));
        let link = next_cursor.as_deref().and_then(|it| self.link(web, it));
        let mut answer =
            super::answer(&Page { object: "list", data: &found, has_more, next_cursor }, found.len() * 200)?;
        if let Some(link) = link {
            answer.headers_mut().insert(LINK, link);
        }
        Ok(answer)
    }

    fn link(&self, web: &Web, cursor: &str) -> Option<HeaderValue> {
        let path = self.list.split('?').next()?;
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.filters)
            .append_pair("limit", &self.limit.to_string())
            .append_pair("cursor", cursor)
            .finish();
        HeaderValue::from_str(&format!("<{}?{query}>; rel=\"next\"", web.app.url(path))).ok()
    }
}

#[derive(Serialize)]
struct Page<'a, T> {
    object: &'static str,
    data: &'a [T],
    has_more: bool,
    next_cursor: Option<String>,
}

fn no_such_cursor() -> Problem {
    let wrong = Wrong::parameter("cursor", "is no cursor of this list with these filters; begin without one");
    let said = "The cursor does not belong to this list. Nothing was read.";
    Problem { errors: vec![wrong], ..Problem::new(StatusCode::BAD_REQUEST, said) }
}

#[cfg(test)]
mod tests;
