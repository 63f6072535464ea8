//! `GET /v1/events`: everything the tenant may be told, in one order, to be followed by its place.

use std::time::Duration;

use actix_web::{Error, HttpRequest, HttpResponse, http::StatusCode, web::Data};
use serde::Serialize;

use super::{
    auth::{self, Caller, Scope},
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::{
        envelope::envelope,
        feed::{self, Told},
    },
    web::{Web, error::Fault},
};

/// Events in one answer when the caller does not say.
const LIMIT_DEFAULT: i64 = 100;

/// `GET /v1/events?after=&limit=&wait=`
pub const GET: Endpoint = Endpoint::new(Method::Get, "/v1/events", Scope::EventsRead, "Follow the feed")
    .about(
        "Everything you may be told, in one order that never changes and without gaps. Keep `next_after` and send it \
         as `after`: nothing is missed, whatever broke off. Events are kept for 90 days. A `ping`, the \
         test of a webhook endpoint, has its place here too and is about nobody. To begin without what \
         happened before, build what is true now from `/v1/changes` and go on from there.",
    )
    .with(&[
        Parameter::query("after", "`next_after` of the last answer; the oldest event that is kept when left out.", Shape::Number(0, i64::MAX)),
        Parameter::query("limit", "How many events at most; 100 when left out.", Shape::Number(1, 1_000)),
        // Proxies close silent connections after 60 s.
        Parameter::query("wait", "How many seconds to wait for the first event.", Shape::Number(0, 30)),
    ])
    .answers("Events after that place.", &PAGE)
    .fails(&[(409, "The feed has not come that far."), (410, "What comes next there is no longer kept.")]);

const PAGE: Record = Record::new(
    "EventPage",
    "A part of the feed.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must("data", "The events, in their order.", Shape::List(&Shape::Object(&EVENT), 0, 1_000)),
        Field::must("has_more", "Whether there are more already.", Shape::Flag),
        Field::must("next_after", "What to send as `after` next.", Shape::Number(0, i64::MAX)),
    ],
);
const EVENT: Record = Record::new(
    "Event",
    "Something that happened.",
    &[
        Field::must(
            "id",
            "The event; the same in webhooks.",
            Shape::pattern("^evt_[0-9a-hjkmnp-tv-z]{26}$", "evt_01kas0z1v8q4g6r1m0c7y2d3e5"),
        ),
        Field::must("type", "What happened.", Shape::text("consent.confirmed")),
        Field::must("timestamp", "When it happened.", INSTANT),
        Field::must("sequence", "Its place in the feed.", Shape::Number(1, i64::MAX)),
        Field::must("tenant", "The slug of the tenant.", Shape::text("acme")),
        Field::must("test", "Whether it happened in an organisation for tests.", Shape::Flag),
        Field::must("data", "What else is said; it depends on the type.", Shape::Anything),
    ],
);

/// Answers [`GET`].
///
/// # Errors
/// A problem document.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, query) = auth::enter(&web, &request, &GET).await?;
    let after = match query.number("after") {
        Some(place) => place,
        None => feed::oldest_kept(&web.app, tenant.id).await.map_err(Fault::App)?,
    };
    let limit = query.number("limit").unwrap_or(LIMIT_DEFAULT);
    let wait = Duration::from_secs(query.number("wait").and_then(|it| u64::try_from(it).ok()).unwrap_or(0));
    // One more than asked for tells whether there are more.
    let told = feed::poll(&web.app, tenant.id, after, limit + 1, wait).await.map_err(Fault::App)?;
    let mut events = match told {
        Told::Events(events) => events,
        Told::Forgotten => return Err(forgotten().into()),
        Told::Ahead(last) => return Err(ahead(last).into()),
    };
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

/// What is said to a reader who asks for a place that is none yet.
pub(super) fn ahead(last: i64) -> Problem {
    let detail = format!(
        "The feed has not come that far: its last place is {last}. Either the place is of another organisation, or the \
         service was restored from a backup. Build your copy anew from /v1/changes."
    );
    Problem::new(StatusCode::CONFLICT, &detail)
}

/// What is said to a reader who comes too late.
pub(super) fn forgotten() -> Problem {
    let detail = "Events after that place are no longer kept: they are for 90 days. Build your copy anew from \
                  /v1/changes and go on with the `next_after` of its last page.";
    Problem::new(StatusCode::GONE, detail)
}

#[derive(Serialize)]
struct Page {
    object: &'static str,
    data: Vec<serde_json::Value>,
    has_more: bool,
    /// What to send as `after` next.
    next_after: i64,
}

#[cfg(test)]
mod tests;
