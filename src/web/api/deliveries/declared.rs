//! What the endpoints about deliveries take and answer.

use crate::web::api::{
    auth::Scope,
    jobs::JOB,
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
    webhook_endpoints::{ENDPOINT_ID, EVENT_ID, ID},
};

const UNKNOWN: (u16, &str) = (404, "There is no such webhook endpoint or delivery.");

/// `GET /v1/webhook_endpoints/{endpoint}/deliveries`
pub const LIST: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/webhook_endpoints/{endpoint}/deliveries",
    Scope::WebhooksRead,
    "List the deliveries to an endpoint",
)
.about("Those of the newest events first. A delivery is kept for 30 days after it ended.")
.with(&[ID, LIMIT, CURSOR, Parameter::query("state", "Only those in this state.", STATE)])
.answers("A page of deliveries.", &PAGE)
.fails(&[UNKNOWN]);

/// `GET /v1/webhook_endpoints/{endpoint}/deliveries/{delivery}`
pub const GET: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/webhook_endpoints/{endpoint}/deliveries/{delivery}",
    Scope::WebhooksRead,
    "Read a delivery",
)
.about("With every attempt and the message itself. A person's address is never part of it.")
.with(&[ID, DELIVERY])
.answers("The delivery, its attempts and its message.", &WHOLE)
.fails(&[UNKNOWN]);

/// `POST /v1/webhook_endpoints/{endpoint}/deliveries/{delivery}:replay`
pub const REPLAY_ONE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints/{endpoint}/deliveries/{delivery}:replay",
    Scope::WebhooksWrite,
    "Send a delivery again",
)
.about(
    "At once, with the same event and `webhook-id`, and tried as often as the first time; also to an endpoint that is \
     switched off. What is on its way is left alone.",
)
.with(&[ID, DELIVERY])
.answers("The delivery as it stands.", &WHOLE)
.changes()
.fails(&[UNKNOWN]);

/// `POST /v1/webhook_endpoints/{endpoint}:replay`
pub const REPLAY: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints/{endpoint}:replay",
    Scope::WebhooksWrite,
    "Send everything of a span of time again",
)
.about(
    "Every event the endpoint asks for, with the same `webhook-id`: those it never had, as while it was switched off, \
     those whose delivery failed and those that wait for their next try; with `all` also those it took. It is a job, \
     done in batches.",
)
.with(&[ID])
.takes(&SPAN, r#"{"since":"2026-11-21T00:00:00.000Z","which":"undelivered"}"#)
.creates("The job that does it.", &JOB)
.changes()
.fails(&[UNKNOWN]);

const DELIVERY: Parameter = Parameter::path("delivery", "The delivery.", DELIVERY_ID);
const DELIVERY_ID: Shape = Shape::pattern("^dlv_[0-9a-hjkmnp-tv-z]{26}$", "dlv_01kas0z1v8q4g6r1m0c7y2d3e5");
const STATE: Shape = Shape::Word(&["waiting", "delivered", "failed"]);

/// Which events are sent again.
pub(super) const SPAN: Record = Record::new(
    "WebhookReplay",
    "Which events are sent again.",
    &[
        Field::must("since", "Events of this instant and later; it must be past.", INSTANT),
        Field::may(
            "until",
            "Events before this instant, which must not be to come; now when left out.",
            INSTANT,
        ),
        Field::may(
            "which",
            "`undelivered`: what the endpoint has not taken; `all`: also what it has. `undelivered` when left out.",
            Shape::Word(&["undelivered", "all"]),
        ),
    ],
);
const PAGE: Record = Record::new(
    "WebhookDeliveryPage",
    "A page of deliveries.",
    &[
        IS_LIST,
        Field::must("data", "The deliveries.", Shape::List(&Shape::Object(&DELIVERY_RECORD), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const OBJECT: Field = Field::must("object", "`webhook_delivery`", Shape::Word(&["webhook_delivery"]));
const ID_FIELD: Field = Field::must("id", "Our id.", DELIVERY_ID);
const ENDPOINT: Field = Field::must("endpoint", "Where to.", ENDPOINT_ID);
const EVENT: Field = Field::must("event", "The event: the `webhook-id` of the message.", EVENT_ID);
const KIND: Field = Field::must(
    "type",
    "The type of the event; null once the event is gone.",
    Shape::Maybe(&Shape::text("consent.confirmed")),
);
const STATE_FIELD: Field = Field::must("state", "What became of it so far.", STATE);
const ATTEMPTS: Field = Field::must("attempts", "Attempts so far.", Shape::Number(0, i64::MAX));
const LAST_AT: Field = Field::must("last_attempt_at", "When the last one ended.", Shape::Maybe(&INSTANT));
const LAST_STATUS: Field = Field::must(
    "last_status",
    "The HTTP status of the last one; null when there was no answer.",
    Shape::Maybe(&Shape::Number(0, 999)),
);
const NEXT_AT: Field =
    Field::must("next_attempt_at", "When the next one is due, while it waits.", Shape::Maybe(&INSTANT));
const CREATED_AT: Field = Field::must("created_at", "When it was put here.", INSTANT);
const ENDED_AT: Field =
    Field::must("ended_at", "When it was delivered, or failed for good.", Shape::Maybe(&INSTANT));
const DELIVERY_RECORD: Record = Record::new(
    "WebhookDelivery",
    "One event on its way to one endpoint.",
    &[
        OBJECT,
        ID_FIELD,
        ENDPOINT,
        EVENT,
        KIND,
        STATE_FIELD,
        ATTEMPTS,
        LAST_AT,
        LAST_STATUS,
        NEXT_AT,
        CREATED_AT,
        ENDED_AT,
    ],
);
const WHOLE: Record = Record::new(
    "WebhookDeliveryDetail",
    "One event on its way to one endpoint, with every attempt.",
    &[
        OBJECT,
        ID_FIELD,
        ENDPOINT,
        EVENT,
        KIND,
        STATE_FIELD,
        ATTEMPTS,
        LAST_AT,
        LAST_STATUS,
        NEXT_AT,
        CREATED_AT,
        ENDED_AT,
        Field::must(
            "log",
            "Every attempt, the first one first.",
            Shape::List(&Shape::Object(&ATTEMPT), 0, usize::MAX),
        ),
        Field::must(
            "message",
            "What is sent, without addresses; null once the event is gone.",
            Shape::Maybe(&Shape::Anything),
        ),
    ],
);
const ATTEMPT: Record = Record::new(
    "WebhookAttempt",
    "One attempt to deliver.",
    &[
        Field::must("number", "Which one, from 1.", Shape::Number(1, i64::MAX)),
        Field::must("at", "When it ended.", INSTANT),
        Field::must("ms", "How long it took, in milliseconds.", Shape::Number(0, i64::MAX)),
        Field::must(
            "status",
            "The HTTP status; null when there was no answer.",
            Shape::Maybe(&Shape::Number(0, 999)),
        ),
        Field::must(
            "answer",
            "The first 4 KiB of the body of the answer.",
            Shape::Maybe(&Shape::text("{\"ok\":true}")),
        ),
        Field::must("error", "Why there was no answer.", Shape::Maybe(&Shape::text("no answer in time"))),
    ],
);
