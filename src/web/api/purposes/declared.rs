//! What the endpoints about purposes take and answer.

use crate::web::api::{
    auth::Scope,
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, PURPOSE, Record, SHA256, Shape},
};

/// `GET /v1/purposes`
pub const LIST: Endpoint =
    Endpoint::new(Method::Get, "/v1/purposes", Scope::PurposesRead, "List the purposes")
        .about("What people may consent to, retired purposes included, in the order of their slugs.")
        .with(&[LIMIT, CURSOR])
        .answers("A page of purposes.", &PAGE);

/// `GET /v1/purposes/{purpose}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/purposes/{purpose}", Scope::PurposesRead, "Read a purpose")
        .with(&[PURPOSE_IN_PATH])
        .answers("The purpose.", &PURPOSE_RECORD)
        .tagged()
        .fails(&[UNKNOWN]);

/// `POST /v1/purposes`
pub const CREATE: Endpoint =
    Endpoint::new(Method::Post, "/v1/purposes", Scope::PurposesWrite, "Make a purpose")
        .about(
            "Its first wordings are published, and the privacy notice gets a new version that tells of it. No form \
             offers it before its draft names it and is published.",
        )
        .takes(
            &NEW,
            r#"{"slug":"offers","frequency":"weekly","name":{"en":"Offers"},"text":{"en":"Our offers, once a week."}}"#,
        )
        .creates("The purpose.", &PURPOSE_RECORD)
        .changes()
        .fails(&[(409, "The slug is taken, there are too many purposes, or an equal request is still under way.")]);

/// `PATCH /v1/purposes/{purpose}`
pub const CHANGE: Endpoint =
    Endpoint::new(Method::Patch, "/v1/purposes/{purpose}", Scope::PurposesWrite, "Change a purpose")
        .about(
            "What is left out stays. How often mails come is part of what people agree to: another frequency publishes \
             a new wording in each language. Its slug never changes; its words are published with `:publish`.",
        )
        .with(&[PURPOSE_IN_PATH])
        .takes(&CHANGES, r#"{"retention_days":365}"#)
        .answers("The purpose as it is now.", &PURPOSE_RECORD)
        .matched()
        .changes()
        .fails(&[UNKNOWN]);

/// `POST /v1/purposes/{purpose}:publish`
pub const PUBLISH: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/purposes/{purpose}:publish",
    Scope::PurposesWrite,
    "Publish new words for a purpose",
)
.about(
    "Names and texts by language; what is left out stays. Each language that says something new gets its next version, \
     which never changes again. Forms that show it, and the privacy notice, get their next versions in the same moment. \
     People who agreed to earlier words keep them in their evidence. With nothing new, nothing is published.",
)
.with(&[PURPOSE_IN_PATH])
.takes(&TEXTS_TAKEN, r#"{"text":{"en":"What is new at our place, once a month."}}"#)
.answers("What was published, and what followed from it.", &PUBLICATION)
.changes()
.fails(&[UNKNOWN]);

/// `POST /v1/purposes/{purpose}:retire`
pub const RETIRE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/purposes/{purpose}:retire",
    Scope::PurposesWrite,
    "Stop offering a purpose",
)
.about(
    "Forms no longer show it, and checks deny it. Consents given before keep their state, and people can still leave. \
     Twice is once. The body is empty.",
)
.with(&[PURPOSE_IN_PATH])
.answers("The purpose as it is now.", &PURPOSE_RECORD)
.changes()
.fails(&[UNKNOWN]);

/// `POST /v1/purposes/{purpose}:restore`
pub const RESTORE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/purposes/{purpose}:restore",
    Scope::PurposesWrite,
    "Offer a retired purpose again",
)
.about("Consents given before count again. The body is empty.")
.with(&[PURPOSE_IN_PATH])
.answers("The purpose as it is now.", &PURPOSE_RECORD)
.changes()
.fails(&[UNKNOWN]);

/// The slug of a purpose in a path.
pub(in crate::web::api) const PURPOSE_IN_PATH: Parameter =
    Parameter::path("purpose", "The slug of the purpose.", PURPOSE);

const UNKNOWN: (u16, &str) = (404, "There is no such purpose.");
const NAMES: Shape = Shape::Each(&Shape::text_within(200, "Offers"));
const TEXTS: Shape = Shape::Each(&Shape::text_within(4_000, "Our offers, once a week."));
const RETENTION: Shape = Shape::Maybe(&Shape::Number(30, 3_650));

const NEW: Record = Record::new(
    "PurposeNew",
    "A purpose to be made.",
    &[
        Field::must("slug", "Its name in addresses, forms and the API.", Shape::text_within(40, "offers")),
        Field::must("frequency", "How often mails come.", FREQUENCY),
        Field::must("name", "What it is called, by language.", NAMES),
        Field::must("text", "What a person agrees to, by language.", TEXTS),
        Field::may("retention_days", "Days without use after which a consent lapses.", RETENTION),
    ],
);
const CHANGES: Record = Record::new(
    "PurposeChange",
    "What is to be changed; at least one of them.",
    &[
        Field::may("frequency", "How often mails come.", FREQUENCY),
        Field::may(
            "retention_days",
            "Days without use after which a consent lapses; null for the default.",
            RETENTION,
        ),
    ],
);
const TEXTS_TAKEN: Record = Record::new(
    "PurposeTexts",
    "New words, by language; at least one of them.",
    &[Field::may("name", "What it is called.", NAMES), Field::may("text", "What a person agrees to.", TEXTS)],
);
const PUBLICATION: Record = Record::new(
    "PurposePublication",
    "What was published, and what followed from it.",
    &[
        Field::must("object", "`purpose_publication`", Shape::Word(&["purpose_publication"])),
        Field::must("purpose", "The purpose as it is now.", Shape::Object(&PURPOSE_RECORD)),
        Field::must("published", "The new wordings, by language.", Shape::Each(&Shape::Object(&WORDING))),
        Field::must(
            "forms",
            "The forms that got a new version, as they show it.",
            Shape::List(&Shape::Object(&RENEWED), 0, usize::MAX),
        ),
        Field::must("notice", "The version of the privacy notice in force.", Shape::Number(1, i64::MAX)),
    ],
);
const RENEWED: Record = Record::new(
    "FormRenewed",
    "A form that got a new version.",
    &[
        Field::must("slug", "The form.", Shape::text_within(200, "newsletter")),
        Field::must("version", "Its version now.", Shape::Number(1, i64::MAX)),
    ],
);

const PAGE: Record = Record::new(
    "PurposePage",
    "A page of purposes.",
    &[
        IS_LIST,
        Field::must("data", "The purposes.", Shape::List(&Shape::Object(&PURPOSE_RECORD), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const PURPOSE_RECORD: Record = Record::new(
    "Purpose",
    "One use of the address.",
    &[
        Field::must("object", "`purpose`", Shape::Word(&["purpose"])),
        Field::must("id", "Our id.", Shape::pattern("^pur_[0-9a-hjkmnp-tv-z]{13}$", "pur_0f3k9m2q7r5tz")),
        Field::must("slug", "Its name in addresses, forms and the API.", PURPOSE),
        Field::must("frequency", "How often mails come.", FREQUENCY),
        Field::must(
            "retention_days",
            "Days without use after which a consent lapses; null for the default.",
            RETENTION,
        ),
        Field::must("retired_at", "No longer offered since.", Shape::Maybe(&INSTANT)),
        Field::must("wordings", "The newest text, by language.", Shape::Each(&Shape::Object(&WORDING))),
    ],
);
/// How often mails of a purpose come.
pub(in crate::web::api) const FREQUENCY: Shape =
    Shape::Word(&["immediate", "daily", "weekly", "monthly", "quarterly", "occasional"]);
/// The text people agree to, in one language.
pub(in crate::web::api) const WORDING: Record = Record::new(
    "PurposeWording",
    "The text people agree to, in one language. A text never changes: a new one is a new version.",
    &[
        Field::must("id", "Our id.", WORDING_ID),
        Field::must("version", "1 for the first of its language.", Shape::Number(1, i64::MAX)),
        Field::must("name", "What the purpose is called.", Shape::text("Newsletter")),
        Field::must("text", "What a person agrees to.", Shape::text("Our monthly news by email.")),
        Field::must("sha256", "SHA-256 of name, text and frequency, as it stands in the evidence.", SHA256),
    ],
);
/// A wording as we name it.
pub(in crate::web::api) const WORDING_ID: Shape =
    Shape::pattern("^wrd_[0-9a-hjkmnp-tv-z]{13}$", "wrd_0f3k9m2q7r5tz");
