//! `POST /v1/checks.ndjson`: the send gate for any number of people, a line each, in constant memory.
//!
//! The body is taken up in parts; each part is decided on one state of the database and answered before much more is
//! read. What went wrong before the first answer is a problem document. Later it is a line of its own, after which the
//! connection is broken off: there is no last line then, and whoever lacks the last line must not send.

use std::{borrow::Cow, sync::Arc};

use actix_web::{
    Error, HttpRequest, HttpResponse, ResponseError as _,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    web::{Bytes, Data, Payload},
};
use futures_util::stream;
use serde::Serialize;

use super::{
    NOT_A_CAMPAIGN,
    answer::{Footer, Include, Trailer, Verdict, allowed, proof_lines},
    no_such_purpose,
    reader::{LINE_MAX, Part, Reader},
    records::{CAMPAIGN, CAMPAIGN_MAX, EXTRAS},
    with_purpose,
};
use crate::{
    app::{
        gate::{self, Recipient, proof},
        places::Place,
    },
    domain::{Timestamp, catalog::Tenant, id::CheckId},
    web::{
        Web,
        api::{
            Shown,
            auth::{self, Caller, Scope},
            json,
            problem::{self, Problem, Wrong},
            query::Query,
            recipient::{RECIPIENT, Referred},
            route::{Endpoint, Method, NDJSON, Parameter},
            schema::{PURPOSE, Shape},
        },
        error::Fault,
        extract,
    },
};

/// What a stream of lines may be called.
const MEDIA_TYPES: [&str; 4] = [NDJSON, "application/ndjson", "application/jsonl", "application/json-lines"];

/// `POST /v1/checks.ndjson?purpose=&include=&campaign=`
pub const POST: Endpoint =
    Endpoint::new(Method::Post, "/v1/checks.ndjson", Scope::Checks, "Ask the send gate about any number")
        .about(
            "As many lines as you like, a recipient each; answered line by line in the order asked. Read the answer while \
             you send. The last line has `object` and the sums; without it the answer is not complete, and nobody may be \
             mailed. When something goes wrong on the way, a line with `status`, `detail` and, when it is that of a line of yours, its number in `line` says so and the \
             connection ends. Four of yours are answered at once and 16 in all; another caller gets 503 and tries again.",
        )
        .with(&[
            Parameter::needed("purpose", "The slug of the purpose.", PURPOSE),
            Parameter::query("include", "`links`, `headers`, `proof`, joined by commas.", Shape::text_within(40, "links,proof")),
            Parameter::query("campaign", "What the mail is, for the proof; asks for one.", CAMPAIGN),
        ])
        .takes_lines(&RECIPIENT, r#"{"email":"{email}","ref":"1"}"#)
        .answers_with("A decision a line, and a last line with the sums.", NDJSON)
        .fails(&[
            (400, "The body broke off."),
            (413, "A line has more than 8 KiB."),
            (415, "The body is not lines of JSON (application/x-ndjson), or is compressed."),
        ]);

/// Answers [`POST`].
///
/// # Errors
/// A problem document; whoever gets one must not send.
pub async fn post(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (Caller { tenant, .. }, query) = auth::enter(&web, &request, &POST).await?;
    is_lines(&request)?;
    let asked = Asked::read(&query)?;
    let deadline = web.app.config.limits.body_deadline.duration();
    let mut reader = Reader::new(payload.into_inner(), deadline);
    let Some(place) = web.app.places.checks.take(tenant.id) else { return Ok(busy()) };
    let tenant = with_purpose(&web.app, tenant, &asked.purpose).await?;
    if tenant.purpose_named(&asked.purpose).is_none() {
        reader.drain().await;
        return Err(no_such_purpose_parameter().into());
    }
    let now = web.app.now();
    let mut stream = Stream {
        reader,
        id: CheckId::new(now, &web.app.random),
        begun: now,
        web,
        tenant,
        asked,
        count: 0,
        allowed: 0,
        digest: proof::Digest::default(),
        _place: place,
    };
    let first = match stream.next().await {
        Ok(first) => first,
        Err(problem) => {
            stream.reader.drain().await;
            return Err(problem.into());
        }
    };
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, NDJSON))
        .insert_header((CACHE_CONTROL, "no-store"))
        .streaming(stream::unfold(State::Answered(first, stream), State::turn)))
}

fn is_lines(request: &HttpRequest) -> Result<(), Problem> {
    if MEDIA_TYPES.contains(&extract::media_type(request).as_str()) {
        return json::is_plain(request);
    }
    let detail = "The body is not lines of JSON. Send it with Content-Type: application/x-ndjson.";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}

fn busy() -> HttpResponse {
    let detail = "As many streams as can be answered at once are being answered: four of yours, 16 in all. Try again in a \
                  minute.";
    problem::busy(detail)
}

fn wrong_parameter(name: &str, detail: &str) -> Problem {
    Problem::wrong(vec![Wrong::parameter(name, detail)])
}

fn no_such_purpose_parameter() -> Problem {
    let mut problem = no_such_purpose();
    for wrong in &mut problem.errors {
        wrong.pointer = None;
        wrong.parameter = Some("purpose".to_owned());
    }
    problem
}

/// What stands in the query.
struct Asked {
    purpose: String,
    include: Include,
    campaign: Option<String>,
}

impl Asked {
    fn read(query: &Query<'_>) -> Result<Self, Problem> {
        let mut include = Include::default();
        let words = query.text("include").unwrap_or_default();
        if !words.split(',').filter(|it| !it.is_empty()).all(|it| include.add(it)) {
            return Err(wrong_parameter("include", &format!("must be some of {}", EXTRAS.join(","))));
        }
        let campaign = query.text("campaign").map(str::to_owned);
        if campaign.as_ref().is_some_and(|it| !proof::is_campaign(it) || it.chars().count() > CAMPAIGN_MAX) {
            return Err(wrong_parameter("campaign", NOT_A_CAMPAIGN));
        }
        include.proof |= campaign.is_some();
        Ok(Self { purpose: query.text("purpose").unwrap_or_default().to_owned(), include, campaign })
    }
}

/// What was answered so far, and where the body is.
struct Stream {
    reader: Reader,
    id: CheckId,
    begun: Timestamp,
    web: Data<Web>,
    tenant: Arc<Tenant>,
    asked: Asked,
    count: usize,
    allowed: usize,
    digest: proof::Digest,
    _place: Place,
}

/// What is sent next.
enum Step {
    /// Answers; more follow.
    More(Bytes),
    /// The last line.
    Last(Bytes),
}

/// Where the answer is.
enum State {
    Answered(Step, Stream),
    Going(Stream),
    Broken(Stream),
    Over,
}

/// The connection is broken off, so that nobody takes half an answer for a whole one.
#[derive(Debug, thiserror::Error)]
#[error("the answer is not complete")]
struct Incomplete;

impl State {
    async fn turn(self) -> Option<(Result<Bytes, Incomplete>, Self)> {
        let (step, stream) = match self {
            Self::Answered(step, stream) => (Ok(step), stream),
            Self::Going(mut stream) => (stream.next().await, stream),
            Self::Broken(mut stream) => {
                // The line that says why is sent first, and read: what is broken off takes it along.
                tokio::task::yield_now().await;
                stream.reader.drain().await;
                return Some((Err(Incomplete), Self::Over));
            }
            Self::Over => return None,
        };
        Some(match step {
            Ok(Step::More(bytes)) => (Ok(bytes), Self::Going(stream)),
            Ok(Step::Last(bytes)) => (Ok(bytes), Self::Over),
            Err(problem) => (Ok(told(&problem)), Self::Broken(stream)),
        })
    }
}

/// A problem as a line.
fn told(problem: &Problem) -> Bytes {
    let mut line = serde_json::to_vec(problem).unwrap_or_default();
    line.push(b'\n');
    Bytes::from(line)
}

/// A fault in words.
fn in_words(fault: &Fault) -> Problem {
    if let Fault::App(error) = fault {
        tracing::error!(%error, "a check broke off");
    }
    match fault {
        Fault::TooLarge => {
            let detail = format!("A line has more than {LINE_MAX} bytes. Send one recipient a line.");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, &detail)
        }
        Fault::App(_) | Fault::TooSlow | Fault::Interrupted | Fault::NotAForm => {
            Problem::of_status(fault.status_code())
        }
    }
}

impl Stream {
    /// Reads, decides and writes the next part, or the last line.
    async fn next(&mut self) -> Result<Step, Problem> {
        if *self.web.app.wake.stopping.borrow() {
            return Err(Problem::of_status(StatusCode::SERVICE_UNAVAILABLE));
        }
        while let Some(part) = self.reader.part().await.map_err(|fault| self.broken(&fault))? {
            let answers = self.answer(&part).await?;
            // Blank lines have no answer, and an empty chunk would end the whole one (RFC 9112 section 7.1).
            if !answers.is_empty() {
                return Ok(Step::More(answers));
            }
        }
        if self.count == 0 {
            let detail = "There is no line in the body. Send a recipient a line.";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, detail));
        }
        Ok(Step::Last(self.trailer()?))
    }

    /// Why the body cannot be read on; a line that is too long is the one that is being read.
    fn broken(&self, fault: &Fault) -> Problem {
        let problem = in_words(fault);
        match fault {
            Fault::TooLarge => in_line(self.reader.line(), problem),
            Fault::App(_) | Fault::TooSlow | Fault::Interrupted | Fault::NotAForm => problem,
        }
    }

    async fn answer(&mut self, part: &Part) -> Result<Bytes, Problem> {
        let (whom, references) = read(part)?;
        let app = &self.web.app;
        // As it is set up now: a purpose may be retired while the stream goes on.
        let catalog = app.catalog();
        let tenant = catalog.tenant(self.tenant.id).ok_or_else(no_such_purpose_parameter)?;
        let purpose = tenant.purpose_named(&self.asked.purpose).ok_or_else(no_such_purpose_parameter)?;
        let decisions = gate::decisions(app, tenant, purpose, &whom, app.now()).await;
        let decisions = decisions.map_err(|error| in_words(&error.into()))?;
        let include = self.asked.include;
        let footer = Footer { app, tenant: tenant.id, purpose: purpose.id, include };
        let lines = proof_lines(&whom, &decisions, include);
        let allowed = allowed(&decisions);
        let mut out = Vec::with_capacity(include.size(decisions.len(), allowed));
        let told = lines.iter().map(|it| Some(it.as_str())).chain(std::iter::repeat(None));
        for ((decision, reference), line) in decisions.iter().zip(&references).zip(told) {
            put(&mut out, &Verdict::of(decision, reference.as_deref(), line, &footer))?;
        }
        for line in lines {
            self.digest.add(line);
        }
        self.count += decisions.len();
        self.allowed += allowed;
        Ok(Bytes::from(out))
    }

    fn trailer(&mut self) -> Result<Bytes, Problem> {
        let Self { id, begun, web, tenant, asked, count, allowed, .. } = self;
        let about = proof::About {
            check: *id,
            tenant: &tenant.slug,
            test: tenant.test,
            purpose: &asked.purpose,
            begun: *begun,
            ended: web.app.now(),
            campaign: asked.campaign.as_deref(),
        };
        let digest = std::mem::take(&mut self.digest);
        let proof = if asked.include.proof {
            Some(proof::sign(&web.app, &about, digest).ok_or_else(crate::web::api::not_written)?)
        } else {
            None
        };
        let trailer = Trailer {
            object: "check",
            id: Shown(*id),
            test: tenant.test,
            count: *count,
            allowed: *allowed,
            denied: *count - *allowed,
            at: begun.rfc3339(),
            valid_until: begun.plus(gate::VALID).rfc3339(),
            proof,
        };
        let mut out = Vec::new();
        put(&mut out, &trailer)?;
        Ok(Bytes::from(out))
    }
}

/// The recipients of a part and the caller's references.
type Read<'a> = (Vec<Recipient<'a>>, Vec<Option<Cow<'a, str>>>);

/// Reads each line; the first that is wrong ends it.
fn read(part: &Part) -> Result<Read<'_>, Problem> {
    let (mut whom, mut references) = (Vec::new(), Vec::new());
    for (number, line) in part.lines() {
        if line.len() > LINE_MAX {
            return Err(in_line(number, in_words(&Fault::TooLarge)));
        }
        let read: Referred<'_> = json::read(line).map_err(|problem| in_line(number, problem))?;
        whom.push(read.person.who());
        references.push(read.reference);
    }
    Ok((whom, references))
}

/// What is wrong in a line, with its number.
fn in_line(number: usize, problem: Problem) -> Problem {
    Problem { detail: format!("Line {number}: {}", problem.detail), line: Some(number), ..problem }
}

fn put(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), Problem> {
    serde_json::to_writer(&mut *out, value).map_err(|_not_ours| crate::web::api::not_written())?;
    out.push(b'\n');
    Ok(())
}
