//! `GET /v1/events`: everything the tenant may be told, in one order, to be followed by its place.

use std::{ops::RangeInclusive, time::Duration};

use actix_web::{Error, HttpRequest, HttpResponse, web::Data};
use serde::Serialize;
use url::form_urlencoded;

use super::{
    auth::{self, Scope},
    problem::{Problem, Wrong},
};
use crate::{
    app::{envelope::envelope, feed},
    web::{Web, error::Fault},
};

/// Events in one answer.
const LIMIT: RangeInclusive<i64> = 1..=1_000;
/// Events in one answer when the caller does not say.
const LIMIT_DEFAULT: i64 = 100;
/// How long an answer may wait for the first event, in seconds: proxies close silent connections after 60.
const WAIT: RangeInclusive<i64> = 0..=30;

/// `GET /v1/events?after=&limit=&wait=`
///
/// # Errors
/// A problem document.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let tenant = auth::caller(&web, &request, Scope::EventsRead).await?;
    let Place { after, limit, wait } = Place::parse(request.query_string())?;
    // One more than asked for tells whether there are more.
    let mut events = feed::poll(&web.app, tenant.id, after, limit + 1, wait).await.map_err(Fault::App)?;
    let most = usize::try_from(limit).unwrap_or_default();
    let has_more = events.len() > most;
    events.truncate(most);
    let catalog = web.app.catalog();
    let page = Page {
        object: "list",
        data: events.iter().map(|it| envelope(&web.app, &catalog, it, None)).collect(),
        has_more,
        next_after: events.last().and_then(|it| it.sequence).unwrap_or(after),
    };
    Ok(super::answer(&page, 100 + events.len() * 1_024)?)
}

#[derive(Serialize)]
struct Page {
    object: &'static str,
    data: Vec<serde_json::Value>,
    has_more: bool,
    /// What to send as `after` next.
    next_after: i64,
}

/// What part of the feed is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    after: i64,
    limit: i64,
    wait: Duration,
}

impl Place {
    fn parse(query: &str) -> Result<Self, Problem> {
        let (mut after, mut limit, mut wait) = (None, None, None);
        let mut wrong = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let (place, name, range) = match name.as_ref() {
                "after" => (&mut after, "after", 0..=i64::MAX),
                "limit" => (&mut limit, "limit", LIMIT),
                "wait" => (&mut wait, "wait", WAIT),
                other => {
                    wrong.push(unknown(other));
                    continue;
                }
            };
            match number(&value, &range) {
                Some(_) if place.is_some() => wrong.push(wrong_parameter(name, "is given twice")),
                Some(number) => *place = Some(number),
                None => wrong.push(wrong_parameter(name, &out_of(&range))),
            }
        }
        if !wrong.is_empty() {
            return Err(Problem::wrong(wrong));
        }
        Ok(Self {
            after: after.unwrap_or(0),
            limit: limit.unwrap_or(LIMIT_DEFAULT),
            wait: Duration::from_secs(wait.and_then(|it| u64::try_from(it).ok()).unwrap_or(0)),
        })
    }
}

/// A whole number in plain digits within `range`.
fn number(text: &str, range: &RangeInclusive<i64>) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|it| digits && range.contains(it))
}

fn out_of(range: &RangeInclusive<i64>) -> String {
    let (least, most) = (range.start(), range.end());
    if *most == i64::MAX {
        return format!("must be a whole number, {least} or more: `next_after` of the last answer");
    }
    format!("must be a whole number from {least} to {most}")
}

fn wrong_parameter(name: &str, detail: &str) -> Wrong {
    Wrong { pointer: None, parameter: Some(name.to_owned()), detail: detail.to_owned() }
}

/// A parameter there is none of. Its name is repeated only when it looks like one: it might be an address.
fn unknown(name: &str) -> Wrong {
    let detail = "there is no such parameter; there are after, limit and wait".to_owned();
    Wrong { pointer: None, parameter: super::plain_name(name).map(str::to_owned), detail }
}

#[cfg(test)]
mod tests;
