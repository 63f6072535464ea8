//! Every type of event, with the form of its data and an example. The feed, webhooks, schemas and the page are all
//! about these.

use crate::web::api::{
    schema::{
        CONTACT, EMAIL, EVIDENCE, Field, INSTANT, LOCALE, PREFERENCES_URL, PURPOSE, Record, SHA256, Shape,
        UNSUBSCRIBE_URL,
    },
    webhook_endpoints::ENDPOINT_ID,
};

/// One type of event.
#[derive(Debug)]
pub struct EventType {
    /// `object.verb_past`
    pub name: &'static str,
    /// What happened, in a sentence.
    pub about: &'static str,
    /// What its `data` holds.
    pub data: &'static Record,
    /// Such data, as JSON.
    pub example: &'static str,
}

const fn event(
    name: &'static str,
    about: &'static str,
    data: &'static Record,
    example: &'static str,
) -> EventType {
    EventType { name, about, data, example }
}

/// Every type, as in [`EVENT_TYPES`](crate::domain::setup::EVENT_TYPES).
pub const ALL: &[EventType] = &[
    event(
        "signup.requested",
        "Somebody asked for something and has to confirm it.",
        &REQUESTED,
        REQUESTED_EXAMPLE,
    ),
    event("signup.mail_sent", "The confirmation mail was handed over.", &SIGNUP, SIGNUP_EXAMPLE),
    event("signup.mail_bounced", "The confirmation mail could not be delivered.", &SIGNUP, SIGNUP_EXAMPLE),
    event(
        "signup.expired",
        "A request was not confirmed in time, or its time is over since it was cancelled, refused or reported. With it goes \
         whoever agreed to nothing: `/v1/changes` says who is gone.",
        &SIGNUP,
        SIGNUP_EXAMPLE,
    ),
    event("signup.cancelled", "The person deleted their request.", &SIGNUP, SIGNUP_EXAMPLE),
    event("signup.reported", "“It was not me”: the address asks for nothing more.", &SIGNUP, SIGNUP_EXAMPLE),
    event(
        "consent.confirmed",
        "Somebody said yes, twice: they may be written to.",
        &CONSENT,
        CONFIRMED_EXAMPLE,
    ),
    event(
        "consent.withdrawn",
        "Somebody left: they must not be written to, from now on.",
        &CONSENT,
        WITHDRAWN_EXAMPLE,
    ),
    event("consent.refused", "Somebody said no to what was asked.", &CONSENT, REFUSED_EXAMPLE),
    event("consent.expired", "A consent lapsed.", &CONSENT, EXPIRED_EXAMPLE),
    event(
        "preference.changed",
        "Somebody changed their language, or said why they left.",
        &PREFERENCE,
        PREFERENCE_EXAMPLE,
    ),
    event("pause.started", "Somebody takes a break: do not write to them until then.", &PAUSE, PAUSE_EXAMPLE),
    event("pause.ended", "The break is over.", &PAUSE, PAUSE_ENDED_EXAMPLE),
    event(
        "contact.restricted",
        "Somebody is frozen (GDPR article 18): nothing may be done with their data.",
        &PERSON,
        PERSON_EXAMPLE,
    ),
    event("contact.unrestricted", "Somebody is no longer frozen.", &PERSON, PERSON_EXAMPLE),
    event(
        "contact.erased",
        "Somebody was erased: erase them too (GDPR article 19).",
        &ERASED,
        ERASED_EXAMPLE,
    ),
    event("suppression.added", "An address must not be mailed.", &SUPPRESSION, SUPPRESSION_EXAMPLE),
    event(
        "suppression.removed",
        "An address may be mailed again, as far as it was consented to.",
        &SUPPRESSION,
        SUPPRESSION_EXAMPLE,
    ),
    event(
        "endpoint.disabled",
        "A webhook endpoint was switched off, as it only failed or asked for it.",
        &ENDPOINT,
        ENDPOINT_EXAMPLE,
    ),
    event(
        "ping",
        "Somebody tries a webhook endpoint out. It is about nobody: no other endpoint is told, and whoever follows the \
         feed, where it has a place like every event, passes over it.",
        &PING,
        PING_EXAMPLE,
    ),
];

const WHO: Field = Field::must("contact", "Whom it is about.", CONTACT);
const MAIL: Field =
    Field::may("email", "The address; in webhooks to endpoints that asked for addresses alone.", EMAIL);
const LINKS: Field =
    Field::must("links", "Links for the person, made anew each time.", Shape::Object(&LINKS_OF));
const PROOF: Field = Field::must("evidence", "What proves it.", EVIDENCE);
const REQUEST: Field = Field::must("request", "The request.", REQUEST_ID);
const REQUEST_ID: Shape = Shape::pattern("^req_[0-9a-hjkmnp-tv-z]{26}$", "req_01kas0z1v8q4g6r1m0c7y2d3e5");
const STATE: Shape = Shape::Word(&["unknown", "pending", "confirmed", "withdrawn", "refused", "expired"]);

const LINKS_OF: Record = Record::new(
    "EventLinks",
    "Links for one person.",
    &[
        Field::must("preferences", "To their preferences.", PREFERENCES_URL),
        Field::may("unsubscribe", "To leave the purpose this is about.", UNSUBSCRIBE_URL),
    ],
);
const REQUESTED: Record = Record::new(
    "SignupRequested",
    "A request.",
    &[
        WHO,
        REQUEST,
        Field::must("purposes", "What for, by slug.", Shape::List(&PURPOSE, 0, usize::MAX)),
        Field::must("state", "`pending`", Shape::Word(&["pending"])),
        Field::must("form", "The slug of the form.", Shape::Maybe(&Shape::text("newsletter"))),
        LINKS,
        MAIL,
    ],
);
const REQUESTED_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","request":"req_01kas0z1v8q4g6r1m0c7y2d3e5",
    "purposes":["newsletter"],"state":"pending","form":"newsletter",
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const SIGNUP: Record = Record::new("SignupEvent", "What became of a request.", &[WHO, REQUEST, LINKS, MAIL]);
const SIGNUP_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","request":"req_01kas0z1v8q4g6r1m0c7y2d3e5",
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const CONSENT: Record = Record::new(
    "ConsentEvent",
    "What holds for one person and one purpose.",
    &[
        WHO,
        Field::must("purpose", "The slug of the purpose.", PURPOSE),
        Field::must("state", "What holds now.", STATE),
        Field::must("previous_state", "What held before.", STATE),
        Field::must("method", "How: `link`, `code`, `one_click`, `preferences` …", Shape::text("link")),
        PROOF,
        Field::must("receipt", "The number of the person's receipt.", Shape::text("R-7K3F-9QXD")),
        Field::may("form", "The slug of the form.", Shape::text("newsletter")),
        LINKS,
        MAIL,
    ],
);
macro_rules! consent_example {
    ($state:literal, $before:literal, $method:literal) => {
        concat!(
            r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","purpose":"newsletter","state":""#,
            $state,
            r#"","previous_state":""#,
            $before,
            r#"","method":""#,
            $method,
            r#"","evidence":"evi_01kas0z1v8q4g6r1m0c7y2d3e5","receipt":"R-7K3F-9QXD",
            "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX",
            "unsubscribe":"https://consent.example.org/u/ay1.unsub.k1.bR2m"}}"#
        )
    };
}
const CONFIRMED_EXAMPLE: &str = consent_example!("confirmed", "pending", "link");
const WITHDRAWN_EXAMPLE: &str = consent_example!("withdrawn", "confirmed", "one_click");
const REFUSED_EXAMPLE: &str = consent_example!("refused", "pending", "link");
const EXPIRED_EXAMPLE: &str = consent_example!("expired", "confirmed", "time");
const PREFERENCE: Record = Record::new(
    "PreferenceEvent",
    "What changed.",
    &[
        WHO,
        Field::may("locale", "The language they read from now on.", LOCALE),
        Field::may("reason", "Why they left, if they chose to say.", Shape::text("too_many")),
        LINKS,
        MAIL,
    ],
);
const PREFERENCE_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","locale":"fr",
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const PAUSE: Record = Record::new(
    "PauseEvent",
    "A break.",
    &[WHO, Field::may("until", "Until when; null when it is over.", Shape::Maybe(&INSTANT)), LINKS, MAIL],
);
const PAUSE_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","until":"2026-12-21T09:14:32.000Z",
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const PAUSE_ENDED_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","until":null,
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const PERSON: Record = Record::new("ContactEvent", "Whom it is about.", &[WHO, PROOF, LINKS, MAIL]);
const PERSON_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","evidence":"evi_01kas0z1v8q4g6r1m0c7y2d3e5",
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const ERASED: Record = Record::new("ErasedEvent", "The mark that is left of somebody.", &[WHO, PROOF]);
const ERASED_EXAMPLE: &str =
    r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5","evidence":"evi_01kas0z1v8q4g6r1m0c7y2d3e5"}"#;
const SUPPRESSION: Record = Record::new(
    "SuppressionEvent",
    "An address that must not be mailed.",
    &[
        Field::must("contact", "Whose it is; null when nobody of yours has it.", Shape::Maybe(&CONTACT)),
        Field::may(
            "address_hash",
            "The address, hashed with a key of ours: it names the suppression. Left out when the person was erased since.",
            SHA256,
        ),
        Field::may(
            "reason",
            "Why. Left out when the person was erased since.",
            Shape::Word(&["bounced", "complained", "objected"]),
        ),
        Field::may("evidence", "What proves it, where somebody is known.", EVIDENCE),
        Field::may("links", "Links for the person.", Shape::Object(&LINKS_OF)),
        MAIL,
    ],
);
const SUPPRESSION_EXAMPLE: &str = r#"{"contact":"con_01kas0z1v8q4g6r1m0c7y2d3e5",
    "address_hash":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","reason":"bounced",
    "evidence":"evi_01kas0z1v8q4g6r1m0c7y2d3e5",
    "links":{"preferences":"https://consent.example.org/p/ay1.prefs.k1.cTvX"}}"#;
const ENDPOINT: Record = Record::new(
    "EndpointEvent",
    "A webhook endpoint.",
    &[
        Field::must("endpoint", "The endpoint.", ENDPOINT_ID),
        Field::must("reason", "Why it was switched off.", Shape::text("it answered 410 Gone")),
    ],
);
const ENDPOINT_EXAMPLE: &str = r#"{"endpoint":"whe_0f3k9m2q7r5tz","reason":"it answered 410 Gone"}"#;
const PING: Record = Record::new(
    "PingEvent",
    "A webhook endpoint that is tried out.",
    &[Field::must("endpoint", "The endpoint.", ENDPOINT_ID)],
);
const PING_EXAMPLE: &str = r#"{"endpoint":"whe_0f3k9m2q7r5tz"}"#;
