//! What the endpoints about contacts take and answer.

use crate::web::api::{
    auth::Scope,
    recipient::LOOKUP as PERSON_NAMED,
    route::{Endpoint, Method, Parameter},
    schema::{
        CONTACT, EMAIL, EVIDENCE, Field, INSTANT, LOCALE, PREFERENCES_URL, PURPOSE, Record, Shape, Text,
    },
};

/// Nobody of that name.
pub(super) const UNKNOWN: (u16, &str) =
    (404, "The tenant knows no such contact, or does not know them any more.");

/// `POST /v1/contacts:lookup`
pub const LOOKUP: Endpoint =
    Endpoint::new(Method::Post, "/v1/contacts:lookup", Scope::ContactsRead, "Find a contact")
        .about("By address, by our id or by yours. Addresses stand in bodies alone, never in a URL or a log.")
        .takes(&PERSON_NAMED, r#"{"email":"{email}"}"#)
        .answers("The contact and their consents.", &PERSON)
        .fails(&[UNKNOWN]);

/// `GET /v1/contacts/{contact}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/contacts/{contact}", Scope::ContactsRead, "Read a contact")
        .with(&[ID])
        .answers("The contact and their consents.", &PERSON)
        .tagged()
        .fails(&[UNKNOWN]);

/// `PATCH /v1/contacts/{contact}`
pub const PATCH: Endpoint = Endpoint::new(
    Method::Patch,
    "/v1/contacts/{contact}",
    Scope::ContactsWrite,
    "Change a contact",
)
.about(
    "The language they read, and your own id for them; what is left out stays. Consents cannot be changed: \
             only the person gives them. A changed language is told as `preference.changed`.",
)
.with(&[ID])
.takes(&CHANGE, r#"{"locale":"fr","external_id":"crm-78"}"#)
.answers("The contact as they are now.", &PERSON)
.matched()
.changes()
.fails(&[UNKNOWN, (409, "The contact is restricted, or another one has this external id.")]);

/// `POST /v1/contacts:erase`
pub const ERASE: Endpoint =
    Endpoint::new(Method::Post, "/v1/contacts:erase", Scope::ContactsErase, "Erase a contact")
        .about(
            "Everything about the person goes, for good (GDPR article 17); a mark without a name stays. Erasing twice \
             answers the same when the person is named by our id.",
        )
        .takes(&PERSON_NAMED, r#"{"contact":"{contact}"}"#)
        .answers("The contact is erased.", &ERASURE)
        .changes()
        .fails(&[UNKNOWN]);

/// The contact in a path.
pub(in crate::web::api) const ID: Parameter = Parameter::path("contact", "The contact, by our id.", CONTACT);
/// The longest external id, in characters.
pub(super) const EXTERNAL_ID_MAX: usize = 200;
/// Any signs but control characters.
const EXTERNAL_ID: Shape = Shape::Text(Text {
    most: EXTERNAL_ID_MAX,
    format: None,
    pattern: Some("^[^\\u0000-\\u001f\\u007f-\\u009f]+$"),
    example: "crm-78",
});

/// Where a consent stands.
pub(in crate::web::api) const STATE: Shape =
    Shape::Word(&["unknown", "pending", "confirmed", "withdrawn", "refused", "expired"]);

/// What may be changed.
pub(super) const CHANGE: Record = Record::new(
    "ContactChange",
    "What is to be changed; what is left out stays.",
    &[
        Field::may("locale", "The language they read.", LOCALE),
        Field::may("external_id", "Your own id for them; null takes it away.", Shape::Maybe(&EXTERNAL_ID)),
    ],
)
.with_at_least_one();
const ERASURE: Record = Record::new(
    "Erasure",
    "That a person is erased.",
    &[
        Field::must("object", "`erasure`", Shape::Word(&["erasure"])),
        Field::must("contact", "The mark that is left.", CONTACT),
        Field::must("erased_at", "Since when; the first time counts.", INSTANT),
    ],
);
/// A person as the API shows them.
pub(super) const PERSON: Record = Record::new(
    "Contact",
    "A person, as known by you.",
    &[
        Field::must("object", "`contact`", Shape::Word(&["contact"])),
        Field::must("id", "Our id.", CONTACT),
        Field::must("email", "The address, as it was given.", Shape::Maybe(&EMAIL)),
        Field::must("external_id", "Your own id.", Shape::Maybe(&Shape::text("crm-77"))),
        Field::must("locale", "The language they read.", LOCALE),
        Field::must("restricted", "Whether they are frozen (GDPR article 18).", Shape::Flag),
        Field::must("paused_until", "Until when they take a break.", Shape::Maybe(&INSTANT)),
        Field::must("suppressed", "Whether the address must not be mailed.", Shape::Flag),
        Field::must("created_at", "First seen.", INSTANT),
        Field::must(
            "consents",
            "Their consents, by purpose.",
            Shape::List(&Shape::Object(&CONSENT), 0, usize::MAX),
        ),
        Field::must(
            "fields",
            "What they entered into the fields of your forms, by the slug of the field.",
            Shape::Each(&Shape::text("Bordeaux")),
        ),
        Field::must("links", "Links for them.", Shape::Object(&LINKS)),
    ],
);
const CONSENT: Record = Record::new(
    "Consent",
    "What a person said about one purpose.",
    &[
        Field::must("purpose", "The slug of the purpose.", PURPOSE),
        Field::must("state", "What holds; only `confirmed` may be mailed.", STATE),
        Field::must("since", "Since when.", INSTANT),
        Field::may("pending_since", "When a confirmation was asked for that still waits.", INSTANT),
        Field::must("evidence", "The evidence of it.", EVIDENCE),
    ],
);
const LINKS: Record = Record::new(
    "ContactLinks",
    "Links for one person.",
    &[Field::must("preferences", "To their preferences.", PREFERENCES_URL)],
);
