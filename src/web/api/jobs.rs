//! `GET /v1/jobs`, `GET /v1/jobs/{job}`: work that takes longer than a request, and how far it is.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use serde::Serialize;

use super::{
    Shown,
    auth::{self, Scope},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    problem::Problem,
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
    webhook_endpoints::ENDPOINT_ID,
};
use crate::{
    app::replay::{self, Range},
    domain::{Timestamp, id::JobId},
    store::job,
    web::{Web, error::Fault},
};

/// `GET /v1/jobs`
pub const LIST: Endpoint = Endpoint::new(Method::Get, "/v1/jobs", Scope::WebhooksRead, "List the jobs")
    .about("Work that takes longer than a request, the newest first. Jobs are kept for 30 days.")
    .with(&[LIMIT, CURSOR])
    .answers("A page of jobs.", &PAGE);

/// `GET /v1/jobs/{job}`
pub const GET: Endpoint = Endpoint::new(Method::Get, "/v1/jobs/{job}", Scope::WebhooksRead, "Read a job")
    .with(&[Parameter::path("job", "The job.", JOB_ID)])
    .answers("The job, and how far it is.", &JOB)
    .fails(&[(404, "There is no such job.")]);

const JOB_ID: Shape = Shape::pattern("^job_[0-9a-hjkmnp-tv-z]{26}$", "job_01kas0z1v8q4g6r1m0c7y2d3e5");
const PAGE: Record = Record::new(
    "JobPage",
    "A page of jobs.",
    &[
        IS_LIST,
        Field::must("data", "The jobs.", Shape::List(&Shape::Object(&JOB), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
/// A job.
pub(super) const JOB: Record = Record::new(
    "Job",
    "Work that takes longer than a request.",
    &[
        Field::must("object", "`job`", Shape::Word(&["job"])),
        Field::must("id", "Our id.", JOB_ID),
        Field::must("kind", "What is done.", Shape::Word(&[replay::KIND])),
        Field::must("endpoint", "The webhook endpoint it is done for.", ENDPOINT_ID),
        Field::must("since", "From when the events are.", INSTANT),
        Field::must("until", "Until when they are.", INSTANT),
        Field::must("state", "How far it is.", Shape::Word(&["waiting", "running", "done"])),
        Field::must("events_seen", "Events looked at so far.", Shape::Number(0, i64::MAX)),
        Field::must("deliveries_put", "Deliveries that go out again so far.", Shape::Number(0, i64::MAX)),
        Field::must("created_at", "When it was asked for.", INSTANT),
        Field::must("ended_at", "When it was through.", Shape::Maybe(&INSTANT)),
    ],
);

/// A job as the API shows it.
#[derive(Serialize)]
pub(super) struct Job {
    object: &'static str,
    id: Shown<JobId>,
    kind: &'static str,
    endpoint: String,
    since: String,
    until: String,
    state: &'static str,
    events_seen: i64,
    deliveries_put: i64,
    created_at: String,
    ended_at: Option<String>,
}

impl Job {
    /// `None` for what this version cannot read.
    pub(super) fn of(stored: &job::Job) -> Option<Self> {
        let job::Job { tenant: _, id, kind: _, about, place, seen, done, created_at, ended_at } = stored;
        let Range { endpoint, since, until, delivered: _ } = serde_json::from_str(about).ok()?;
        let state = match (ended_at, place.is_empty()) {
            (Some(_), _) => "done",
            (None, true) => "waiting",
            (None, false) => "running",
        };
        Some(Self {
            object: "job",
            id: Shown(*id),
            kind: replay::KIND,
            endpoint,
            since: Timestamp::from_millis(since).rfc3339(),
            until: Timestamp::from_millis(until).rfc3339(),
            state,
            events_seen: *seen,
            deliveries_put: *done,
            created_at: created_at.rfc3339(),
            ended_at: ended_at.map(Timestamp::rfc3339),
        })
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &[])?;
    let found = replay::jobs(&web.app, caller.tenant.id, &place.after, place.one_more()).await;
    let found = found.map_err(Fault::App)?;
    let found: Vec<Job> = found.iter().filter_map(Job::of).collect();
    Ok(place.answer(&web, &caller, found, |it| it.id.0.to_string())?)
}

/// Answers [`GET`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such job.
pub async fn get(request: HttpRequest, id: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &GET).await?;
    let id: JobId = id.parse().map_err(|_not_an_id| no_such_job())?;
    let found = replay::job(&web.app, caller.tenant.id, id).await.map_err(Fault::App)?;
    let job = found.as_ref().and_then(Job::of).ok_or_else(no_such_job)?;
    Ok(super::answer(&job, 512)?)
}

fn no_such_job() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "There is no such job.")
}
