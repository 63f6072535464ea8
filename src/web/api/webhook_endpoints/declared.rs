//! What the endpoints about webhook endpoints take and answer.

use crate::web::api::{
    auth::Scope,
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};

const UNKNOWN: (u16, &str) = (404, "There is no such webhook endpoint.");

/// `GET /v1/webhook_endpoints`
pub const LIST: Endpoint =
    Endpoint::new(Method::Get, "/v1/webhook_endpoints", Scope::WebhooksRead, "List the webhook endpoints")
        .about("In an order that never changes. Secrets are not shown.")
        .with(&[LIMIT, CURSOR])
        .answers("A page of webhook endpoints.", &PAGE);

/// `POST /v1/webhook_endpoints`
pub const CREATE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints",
    Scope::WebhooksWrite,
    "Set up a webhook endpoint",
)
.about(
    "It gets what happens from now on. Keep `secret`: it is shown this once. Whoever asks for `addresses` receives \
     personal data, is shown to people, and gets a place in a new version of the privacy notice.",
)
.takes(&NEW, r#"{"url":"https://hooks.example.net/ayeaye","events":["consent.*","contact.erased"]}"#)
.creates("The endpoint with its secret.", &WEBHOOK_ENDPOINT)
.changes()
.fails(&[(
    409,
    "Another endpoint has this address, there are 100 already, or an equal request is still under way.",
)]);

/// `GET /v1/webhook_endpoints/{endpoint}`
pub const GET: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/webhook_endpoints/{endpoint}",
    Scope::WebhooksRead,
    "Read a webhook endpoint",
)
.with(&[ID])
.answers("The endpoint, and how it fares.", &WEBHOOK_ENDPOINT)
.tagged()
.fails(&[UNKNOWN]);

/// `PATCH /v1/webhook_endpoints/{endpoint}`
pub const CHANGE: Endpoint = Endpoint::new(
    Method::Patch,
    "/v1/webhook_endpoints/{endpoint}",
    Scope::WebhooksWrite,
    "Change a webhook endpoint",
)
.about("What is left out stays. What waits to be delivered goes to the new address.")
.with(&[ID])
.takes(&CHANGES, r#"{"events":["consent.*"]}"#)
.answers("The endpoint as it is now.", &WEBHOOK_ENDPOINT)
.matched()
.changes()
.fails(&[UNKNOWN, (409, "Another endpoint has this address, or an equal request is still under way.")]);

/// `POST /v1/webhook_endpoints/{endpoint}:disable`
pub const DISABLE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints/{endpoint}:disable",
    Scope::WebhooksWrite,
    "Switch a webhook endpoint off",
)
.about("It gets nothing more, and what waits for it has failed. Switched off twice, the first time counts.")
.with(&[ID])
.answers("The endpoint as it is now.", &WEBHOOK_ENDPOINT)
.changes()
.fails(&[UNKNOWN]);

/// `POST /v1/webhook_endpoints/{endpoint}:enable`
pub const ENABLE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints/{endpoint}:enable",
    Scope::WebhooksWrite,
    "Switch a webhook endpoint on",
)
.about(
    "It gets what happens from now on, and begins with a clean record. What it missed is sent by `:replay`.",
)
.with(&[ID])
.answers("The endpoint as it is now.", &WEBHOOK_ENDPOINT)
.changes()
.fails(&[UNKNOWN]);

/// `POST /v1/webhook_endpoints/{endpoint}:rotate`
pub const ROTATE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints/{endpoint}:rotate",
    Scope::WebhooksWrite,
    "Give a webhook endpoint a new secret",
)
.about(
    "Each message is signed with the new secret and with the one before until the overlap ends: replace it at the \
     receiver meanwhile. An overlap of 0 ends the old one at once, as after a leak. While an \
     older one still signs there is no other overlap. Both kinds of signatures are \
     replaced. Keep `secret`: it is shown this once.",
)
.with(&[ID])
.takes(&ROTATION, r#"{"overlap_hours":24}"#)
.answers("The endpoint with its new secret.", &WEBHOOK_ENDPOINT)
.changes()
.fails(&[UNKNOWN, (409, "The secret before this one still signs, until when `detail` says.")]);

/// `POST /v1/webhook_endpoints/{endpoint}:test`
pub const TEST: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/webhook_endpoints/{endpoint}:test",
    Scope::WebhooksWrite,
    "Send a webhook endpoint a ping",
)
.about(
    "A message of the type `ping`, whatever events the endpoint asked for, and also when it is switched off. What \
     became of it is in the endpoint's deliveries.",
)
.with(&[ID])
.answers("The ping is on its way.", &TESTED)
.changes()
.fails(&[UNKNOWN]);

/// The endpoint in a path.
pub(in crate::web::api) const ID: Parameter =
    Parameter::path("endpoint", "The webhook endpoint.", ENDPOINT_ID);
/// A webhook endpoint as we name it.
pub(in crate::web::api) const ENDPOINT_ID: Shape =
    Shape::pattern("^whe_[0-9a-hjkmnp-tv-z]{13}$", "whe_0f3k9m2q7r5tz");
/// An event as we name it.
pub(in crate::web::api) const EVENT_ID: Shape =
    Shape::pattern("^evt_[0-9a-hjkmnp-tv-z]{26}$", "evt_01kas0z1v8q4g6r1m0c7y2d3e5");

const ADDRESS: Shape = Shape::Text(crate::web::api::schema::Text {
    most: 2_000,
    format: Some("uri"),
    pattern: None,
    example: "https://hooks.example.net/ayeaye",
});
const PATTERN: Shape = Shape::text_within(60, "consent.*");
const EVENTS: Shape = Shape::List(&PATTERN, 1, 60);

/// What is set up.
pub(super) const NEW: Record = Record::new(
    "NewWebhookEndpoint",
    "A webhook endpoint to be set up.",
    &[
        Field::must("url", "Where to: https, at a public address.", ADDRESS),
        Field::must("events", "Which types of events: names, `object.*`, or `*` for all.", EVENTS),
        Field::may(
            "addresses",
            "Whether messages carry the person's address; not when left out.",
            Shape::Flag,
        ),
    ],
);
/// What is changed.
pub(super) const CHANGES: Record = Record::new(
    "WebhookEndpointChange",
    "What is to be changed; what is left out stays.",
    &[
        Field::may("url", "Where to: https, at a public address.", ADDRESS),
        Field::may("events", "Which types of events: names, `object.*`, or `*` for all.", EVENTS),
        Field::may("addresses", "Whether messages carry the person's address.", Shape::Flag),
    ],
);
/// How a secret is replaced.
pub(super) const ROTATION: Record = Record::new(
    "SecretRotation",
    "How a secret is replaced.",
    &[Field::may(
        "overlap_hours",
        "How long the secret before signs beside the new one; 24 when left out.",
        Shape::Number(0, 168),
    )],
);
const PAGE: Record = Record::new(
    "WebhookEndpointPage",
    "A page of webhook endpoints.",
    &[
        IS_LIST,
        Field::must("data", "The endpoints.", Shape::List(&Shape::Object(&WEBHOOK_ENDPOINT), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const WEBHOOK_ENDPOINT: Record = Record::new(
    "WebhookEndpoint",
    "Where events are delivered.",
    &[
        Field::must("object", "`webhook_endpoint`", Shape::Word(&["webhook_endpoint"])),
        Field::must("id", "Our id.", ENDPOINT_ID),
        Field::must(
            "url",
            "Where events are delivered.",
            Shape::format("uri", "https://hooks.example.net/ayeaye"),
        ),
        Field::must("events", "Which types of events.", EVENTS),
        Field::must("addresses", "Whether messages carry the person's address.", Shape::Flag),
        Field::must("state", "Whether it gets events.", Shape::Word(&["enabled", "disabled"])),
        Field::must("disabled_at", "Since when it gets nothing.", Shape::Maybe(&INSTANT)),
        Field::must("disabled_reason", "Why.", Shape::Maybe(&Shape::text("it answered 410 Gone"))),
        Field::must("failing_since", "Since when every attempt failed.", Shape::Maybe(&INSTANT)),
        Field::must(
            "previous_secret_until",
            "Until when the secret before the present one signs too.",
            Shape::Maybe(&INSTANT),
        ),
        Field::must(
            "public_key",
            "Checks the signatures `v1a` (Ed25519).",
            Shape::text("whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="),
        ),
        Field::must("created_at", "When it was set up.", INSTANT),
        Field::may(
            "secret",
            "Checks the signatures `v1` (HMAC-SHA256); shown when it is new, this once.",
            Shape::text("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        ),
    ],
);
const TESTED: Record = Record::new(
    "WebhookTest",
    "A ping on its way.",
    &[
        Field::must("object", "`webhook_test`", Shape::Word(&["webhook_test"])),
        Field::must("endpoint", "Where to.", ENDPOINT_ID),
        Field::must("event", "The ping: the `webhook-id` of the message.", EVENT_ID),
    ],
);
