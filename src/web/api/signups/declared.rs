//! What the endpoints about signups take and answer.

use crate::{
    app::server_signup::Standing,
    domain::field::FIELDS_MAX,
    web::api::{
        auth::Scope,
        list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR},
        route::{Endpoint, Method, Parameter},
        schema::{CONTACT, Field, INSTANT, LOCALE, PURPOSE, Record, Shape},
    },
};

const UNKNOWN: (u16, &str) = (404, "There is no such signup, or not any more.");
/// What can go wrong when a signup is asked for.
const REFUSED: (u16, &str) = (
    409,
    "The form is closed, a guardian must agree for this person, or the external id is another contact's.",
);
/// What is said of a signup that a tenant's own system asks for.
const ABOUT: &str = "For a page of your own, with its own server: the person gets the same mail \
    to confirm as from a form, under the same budgets for each mailbox, and nothing is granted before they do. Name a \
    form, or purposes, or some purposes of a form. What is confirmed already is left alone. What you tell of the \
    person's browser goes into the evidence, marked as told by you; tell `ip`, so that somebody who floods your page is \
    held back as on ours.";

/// `POST /v1/signups`
pub const CREATE: Endpoint =
    Endpoint::new(Method::Post, "/v1/signups", Scope::SignupsWrite, "Ask a person to confirm")
        .about(ABOUT)
        .takes(&ASKED, r#"{"email":"grace@example.org","purposes":["{purpose}"],"locale":"en","external_id":"crm-80","page":"https://shop.example/signup","ip":"192.0.2.7","user_agent":"Mozilla/5.0"}"#)
        .creates("The signup.", &SIGNUP)
        .changes()
        .fails(&[REFUSED]);

/// `GET /v1/signups`
pub const LIST: Endpoint = Endpoint::new(Method::Get, "/v1/signups", Scope::SignupsRead, "List the signups")
    .about("Those of forms and those asked for here, the oldest first. Signups that were not confirmed are deleted in time.")
    .with(&[LIMIT, CURSOR, Parameter::query("contact", "Only those of this contact, by our id.", CONTACT)])
    .answers("A page of signups.", &PAGE);

/// `GET /v1/signups/{signup}`
pub const GET: Endpoint =
    Endpoint::new(Method::Get, "/v1/signups/{signup}", Scope::SignupsRead, "Read a signup")
        .with(&[ID])
        .answers("The signup as it stands.", &SIGNUP)
        .fails(&[UNKNOWN]);

/// `POST /v1/signups/{signup}:resend`
pub const RESEND: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/signups/{signup}:resend",
    Scope::SignupsWrite,
    "Send the mail to confirm again",
)
.about(
    "A new signup takes the place of this one, whose link stops working. A mailbox gets one such mail in 10 minutes and \
     3 a day, whoever asks. The body is empty.",
)
.with(&[ID])
.creates("The new signup.", &SIGNUP)
.changes()
.fails(&[UNKNOWN, (409, "It waits for nothing any more, or no mail may go to the address now. Nothing was changed.")]);

/// `POST /v1/signups/{signup}:cancel`
pub const CANCEL: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/signups/{signup}:cancel",
    Scope::SignupsWrite,
    "Take a signup back",
)
.about(
    "Its link grants nothing any more, and what was true before it is true again. One whose link grants nothing as it \
     is, as one that was cancelled before, stays as it is. The body is empty.",
)
.with(&[ID])
.answers("The signup as it stands.", &SIGNUP)
.changes()
.fails(&[UNKNOWN, (409, "The person has confirmed it: leaving is another call. Nothing was changed.")]);

const ID: Parameter = Parameter::path("signup", "The signup, by our id.", SIGNUP_ID);
/// A signup as we name it.
pub(in crate::web::api) const SIGNUP_ID: Shape =
    Shape::pattern("^req_[0-9a-hjkmnp-tv-z]{26}$", "req_01kas0z1v8q4g6r1m0c7y2d3e5");

/// The longest text of a page's own that is kept, in characters.
const SHOWN_MAX: usize = 10_000;
/// The longest note, address of a page or name of a browser, in characters.
const WORDS_MAX: usize = 400;
/// The most purposes in one call.
pub(in crate::web::api) const PURPOSES_MAX: usize = 100;

/// How the caller knows, in its own words.
pub(in crate::web::api) const NOTE: Field = Field::may(
    "note",
    "How you know, for the evidence.",
    Shape::text_within(WORDS_MAX, "By phone on 21 November, ticket 4711."),
);

/// What is asked.
pub(in crate::web::api) const ASKED: Record = Record::new(
    "SignupQuestion",
    "What a person has asked for at a system of yours.",
    &[
        Field::must("email", "The address.", Shape::text("ada@example.org")),
        Field::may("form", "The slug of the form it was asked on.", Shape::text_within(200, "newsletter")),
        Field::may(
            "purposes",
            "The slugs of what was ticked; a form that offers one thing needs none.",
            Shape::List(&PURPOSE, 1, PURPOSES_MAX),
        ),
        Field::may("locale", "The language of the mail; the tenant's own when left out.", LOCALE),
        Field::may(
            "fields",
            "What was entered in the fields of the form, by their slugs.",
            Shape::Each(&Shape::text_within(2_000, "Bordeaux")),
        ),
        Field::may(
            "age",
            "What was answered where the form asks for it: `from-15`, or `under-15` with a guardian.",
            Shape::text_within(20, "from-15"),
        ),
        Field::may("guardian", "The address of whoever must agree too.", Shape::text("mum@example.org")),
        Field::may("external_id", "Your own id for the person.", Shape::text_within(200, "crm-78")),
        Field::may(
            "shown",
            "The words the person agreed to, as your page showed them; ours are kept when left out.",
            Shape::text_within(SHOWN_MAX, "Our monthly news by email."),
        ),
        Field::may(
            "page",
            "Where the person asked; no query is kept.",
            Shape::text_within(WORDS_MAX, "https://shop.example/signup"),
        ),
        Field::may("ip", "Where the person's browser came from.", Shape::text_within(45, "192.0.2.7")),
        Field::may(
            "user_agent",
            "The `User-Agent` of the person's browser.",
            Shape::text_within(WORDS_MAX, "Mozilla/5.0"),
        ),
        NOTE,
    ],
);
/// The most fields of a form that can be entered.
pub(super) const ENTERED_MAX: usize = FIELDS_MAX;

const PAGE: Record = Record::new(
    "SignupPage",
    "A page of signups.",
    &[
        IS_LIST,
        Field::must("data", "The signups.", Shape::List(&Shape::Object(&SIGNUP), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
/// A signup as it is answered.
pub(super) const SIGNUP: Record = Record::new(
    "Signup",
    "What a person asked for, and whether they confirmed it.",
    &[
        Field::must("object", "`signup`", Shape::Word(&["signup"])),
        Field::must("id", "Our id.", SIGNUP_ID),
        Field::must(
            "state",
            "Where it stands. `held`: no mail may go to this address now, for it had as many as it may have or must \
             not be mailed; which of these is not told.",
            Shape::Word(&Standing::WORDS),
        ),
        Field::must("contact", "The person.", Shape::Maybe(&CONTACT)),
        Field::must("form", "The slug of the form.", Shape::Maybe(&Shape::text("newsletter"))),
        Field::must("purposes", "What was asked for.", Shape::List(&PURPOSE, 0, usize::MAX)),
        Field::may(
            "already_confirmed",
            "What was asked for and is confirmed since before; told once, when it is asked for.",
            Shape::List(&PURPOSE, 0, usize::MAX),
        ),
        Field::must("locale", "The language it was asked in.", LOCALE),
        Field::must("created_at", "When it was asked for.", INSTANT),
        Field::must("expires_at", "Until when it can be confirmed.", INSTANT),
        Field::must("mailed_at", "When the relay took the mail.", Shape::Maybe(&INSTANT)),
        Field::must(
            "receipt",
            "The number of the person's receipt.",
            Shape::Maybe(&Shape::text("R-7K3F-9QXD")),
        ),
    ],
);
