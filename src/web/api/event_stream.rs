//! `GET /v1/events/stream`: the feed as server-sent events, for whoever would rather be told than ask.
//!
//! The place of an event is its `id`, so that a client that comes back says by itself where it was
//! (`Last-Event-ID`). Nothing is held while there is nothing to tell, and a page is read when the one before was taken.

use std::{fmt::Write as _, time::Duration};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        Method as Verb, StatusCode,
        header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderName},
    },
    web::{Bytes, Data},
};
use futures_util::stream::{self, Stream};
use tokio::time::Instant;

use super::{
    auth::{self, Scope},
    events::{ahead, forgotten},
    problem::{self, Problem},
    route::{Endpoint, Method, Parameter},
    schema::Shape,
    stream::BrokeOff,
};
use crate::{
    app::{
        App,
        envelope::envelope,
        feed::{self, Told},
        keys,
        places::Place,
    },
    domain::id::TenantId,
    store::event::Event,
    web::{Web, error::Fault, extract},
};

/// How often a silent stream says that it lives: proxies close silent connections after 60 s. The key is looked at
/// again as often.
const BEAT: Duration = Duration::from_secs(15);
/// After how many milliseconds a client that was cut off comes back.
const RETRY: u32 = 3_000;
/// Events in one piece.
const PIECE: i64 = 100;

/// Says that everything told so far was sent.
const LIVE: &str = ": live\n\n";

/// The header in which a client says where it was.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// `GET /v1/events/stream?after=`
pub const GET: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/events/stream",
    Scope::EventsRead,
    "Be told of events as they happen",
)
.about(
    "The feed as server-sent events (`text/event-stream`). The `id` of each is its place: a client that was cut off sends \
     the last one in `Last-Event-ID` and goes on there. `event` is the type, `data` the same as in the feed. A comment, \
     `: live`, follows when everything told so far was sent; another comes every 15 seconds in which nothing happens. \
     The stream ends when the service stops or the key is revoked; come back. 25 may listen for you at once and 100 in all; \
     another gets 503 and tries again.",
)
.with(&[Parameter::query(
    "after",
    "Where to begin when there is no `Last-Event-ID`; the oldest event that is kept when left out.",
    Shape::Number(0, i64::MAX),
)])
.answers_with("Events, until one of us goes.", "text/event-stream")
.fails(&[(400, "`Last-Event-ID` is none of ours."), (409, "The feed has not come that far."), (410, "What comes next there is no longer kept.")]);

/// Answers [`GET`].
///
/// # Errors
/// A problem document.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &GET).await?;
    let tenant = caller.tenant.id;
    let after = match (last_seen(&request)?, query.number("after")) {
        (Some(place), _) | (None, Some(place)) => place,
        (None, None) => feed::oldest_kept(&web.app, tenant).await.map_err(Fault::App)?,
    };
    match feed::poll(&web.app, tenant, after, 1, Duration::ZERO).await.map_err(Fault::App)? {
        Told::Events(_) => {}
        Told::Forgotten => return Err(forgotten().into()),
        Told::Ahead(last) => return Err(ahead(last).into()),
    }
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, "text/event-stream"))
        .insert_header((CACHE_CONTROL, "no-store"))
        // Packed, an event would wait for others until the packet is full; so it would in a proxy's buffer.
        .insert_header((CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"));
    if request.method() == Verb::HEAD {
        return Ok(answer.finish());
    }
    let Some(place) = web.app.places.listeners.take(tenant) else { return Ok(full()) };
    let key = auth::bearer(&request).unwrap_or_default().to_owned();
    let told = Listener {
        app: web.app.clone(),
        tenant,
        key,
        after,
        beat: BEAT,
        judged_at: Instant::now(),
        said: Said::Nothing,
        _place: place,
    };
    Ok(answer.streaming(told.pieces()))
}

/// Where the client says that it was.
fn last_seen(request: &HttpRequest) -> Result<Option<i64>, Problem> {
    let Some(text) = extract::header(request, &LAST_EVENT_ID) else { return Ok(None) };
    let digits = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let place = text.parse().ok().filter(|_| digits);
    let detail = "Last-Event-ID is no place of the feed. Leave it out to begin anew.";
    place.map(Some).ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, detail))
}

fn full() -> HttpResponse {
    let detail = "As many streams as can be open are open. Try again in a minute, or ask /v1/events.";
    problem::busy(detail)
}

/// One who is told.
struct Listener {
    app: App,
    tenant: TenantId,
    key: String,
    after: i64,
    beat: Duration,
    judged_at: Instant,
    said: Said,
    _place: Place,
}

/// What was said so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Hello,
    Live,
    Goodbye,
}

impl Listener {
    fn pieces(self) -> impl Stream<Item = Result<Bytes, BrokeOff>> {
        stream::unfold(self, |mut listener| async {
            let piece = listener.next().await.transpose()?;
            if piece.is_err() {
                listener.said = Said::Goodbye;
            }
            Some((piece.map(Bytes::from), listener))
        })
    }

    /// The next piece; `None` when that was all.
    async fn next(&mut self) -> Result<Option<String>, BrokeOff> {
        let wait = match self.said {
            Said::Nothing => {
                self.said = Said::Hello;
                return Ok(Some(format!("retry: {RETRY}\n\n")));
            }
            Said::Hello => Duration::ZERO,
            Said::Live => self.beat,
            Said::Goodbye => return Ok(None),
        };
        if self.judged_at.elapsed() >= self.beat && !self.may_listen().await? {
            return Ok(None);
        }
        let told = feed::poll(&self.app, self.tenant, self.after, PIECE, wait)
            .await
            .map_err(|error| broke_off(&error))?;
        let events = match told {
            Told::Events(events) => events,
            // Slower than the events of 90 days are forgotten: what it comes back with says so.
            Told::Forgotten | Told::Ahead(_) => return Ok(None),
        };
        if !events.is_empty() {
            return Ok(Some(self.write(&events)));
        }
        if *self.app.wake.stopping.borrow() {
            return Ok(None);
        }
        if self.said == Said::Hello {
            self.said = Said::Live;
            return Ok(Some(LIVE.to_owned()));
        }
        Ok(self.may_listen().await?.then(|| ": \n\n".to_owned()))
    }

    /// Whether the key still counts, asked once in a beat however much there is to tell.
    async fn may_listen(&mut self) -> Result<bool, BrokeOff> {
        self.judged_at = Instant::now();
        let found = keys::find_api_key(&self.app, &self.key).await.map_err(|error| broke_off(&error))?;
        Ok(found.is_some())
    }

    fn write(&mut self, events: &[Event]) -> String {
        let catalog = self.app.catalog();
        let mut text = String::with_capacity(events.len() * 1_024);
        for event in events {
            let Some(place) = event.sequence else { continue };
            self.after = place;
            // JSON holds no line break of its own. Writing into a string cannot fail.
            let data = envelope(&self.app, &catalog, event, None);
            let _ = write!(text, "id: {place}\nevent: {}\ndata: {data}\n\n", event.kind);
        }
        text
    }
}

fn broke_off(error: &crate::app::Error) -> BrokeOff {
    tracing::error!(%error, "a stream of events broke off");
    BrokeOff
}

#[cfg(test)]
mod tests;
