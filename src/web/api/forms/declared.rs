//! What the endpoints about forms take and answer.

use crate::web::api::{
    auth::Scope,
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR},
    purposes::{FREQUENCY, WORDING},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, PURPOSE, Record, Shape},
};

const UNKNOWN: (u16, &str) = (404, "There is no such form.");

/// `GET /v1/forms`
pub const LIST: Endpoint = Endpoint::new(Method::Get, "/v1/forms", Scope::FormsRead, "List the forms")
    .about("Published and drafted ones, in the order of their slugs.")
    .with(&[LIMIT, CURSOR])
    .answers("A page of forms.", &FORM_PAGE);

/// `POST /v1/forms`
pub const CREATE: Endpoint = Endpoint::new(Method::Post, "/v1/forms", Scope::FormsWrite, "Begin a form")
    .about("As a draft: nobody sees it before it is published.")
    .takes(&NEW, r#"{"slug":"letters","purposes":["{purpose}"],"title":{"en":"Our letters"}}"#)
    .creates("The form with its draft.", &FORM)
    .changes()
    .fails(&[(409, "The slug is taken, there are too many drafts, or an equal request is still under way.")]);

/// `GET /v1/forms/{form}`
pub const GET: Endpoint = Endpoint::new(Method::Get, "/v1/forms/{form}", Scope::FormsRead, "Read a form")
    .with(&[SLUG_IN_PATH])
    .answers("What is published of it, and what is drafted.", &FORM)
    .tagged()
    .fails(&[UNKNOWN]);

/// `PATCH /v1/forms/{form}`
pub const CHANGE: Endpoint =
    Endpoint::new(Method::Patch, "/v1/forms/{form}", Scope::FormsWrite, "Change the draft of a form")
        .about(
            "Without a draft, one begins with what is published. What is left out stays; null takes away. Nobody sees \
             the change before it is published.",
        )
        .with(&[SLUG_IN_PATH])
        .takes(&CHANGES, r#"{"title":{"en":"Letters"}}"#)
        .answers("The form with its draft.", &FORM)
        .changes()
        .matched()
        .fails(&[UNKNOWN]);

/// `GET /v1/forms/{form}:diff`
pub const DIFF: Endpoint =
    Endpoint::new(Method::Get, "/v1/forms/{form}:diff", Scope::FormsRead, "Compare versions of a form")
        .about("Two published versions, or one with the draft as it would be published now.")
        .with(&[
            SLUG_IN_PATH,
            Parameter::needed("from", "A version, or `draft`.", side("1")),
            Parameter::needed("to", "A version, or `draft`.", side("draft")),
        ])
        .answers("Where they differ.", &FORM_DIFF)
        .fails(&[(404, "There is no such form, version or draft.")]);

/// `POST /v1/forms/{form}:publish`
pub const PUBLISH: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/forms/{form}:publish",
    Scope::FormsWrite,
    "Publish the draft of a form",
)
.about(
    "The draft becomes the next version, which never changes again. With nothing to publish, the answer says which \
     version stands. The body is empty.",
)
.with(&[SLUG_IN_PATH])
.answers("The form as it stands now.", &PUBLISHED_FORM)
.changes()
.fails(&[
    UNKNOWN,
    (
        409,
        "Another version was published since the draft began, another tenant has the slug, or an equal request is \
         still under way.",
    ),
]);

/// `GET /v1/forms/{form}/versions`
pub const VERSIONS: Endpoint =
    Endpoint::new(Method::Get, "/v1/forms/{form}/versions", Scope::FormsRead, "List the versions of a form")
        .about("The newest thousand that were published, the newest first.")
        .with(&[SLUG_IN_PATH, LIMIT, CURSOR])
        .answers("A page of versions.", &VERSION_PAGE)
        .fails(&[UNKNOWN]);

/// `GET /v1/forms/{form}/versions/{version}`
pub const VERSION: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/forms/{form}/versions/{version}",
    Scope::FormsRead,
    "Read a version of a form",
)
.with(&[SLUG_IN_PATH, Parameter::path("version", "Its number.", Shape::Number(1, i64::MAX))])
.answers("All that this version says.", &WHOLE_VERSION)
.fails(&[(404, "There is no such form or version.")]);

/// The slug of a form in a path.
pub const SLUG_IN_PATH: Parameter = Parameter::path("form", "The slug of the form.", SLUG_SHAPE);

const fn side(example: &'static str) -> Shape {
    Shape::pattern("^(draft|[1-9][0-9]*)$", example)
}

const SLUG_SHAPE: Shape = Shape::text_within(200, "newsletter");
const NUMBER: Shape = Shape::Number(1, i64::MAX);
const TEXTS: Shape = Shape::Each(&Shape::text("Our letters"));
const PURPOSES_SHAPE: Shape = Shape::List(&PURPOSE, 1, 100);
const ORIGINS_SHAPE: Shape = Shape::List(&Shape::text("https://shop.example"), 0, 100);
const NEXT_SHAPE: Shape = Shape::List(&Shape::text("https://shop.example/thanks"), 0, 100);
const FIELDS_SHAPE: Shape = Shape::List(&Shape::Object(&FORM_FIELD), 0, 20);
const MINORS_SHAPE: Shape = Shape::Object(&MINORS);
const SHA256: Shape =
    Shape::pattern("^[0-9a-f]{64}$", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
const FORM_ID: Shape = Shape::pattern("^frm_[0-9a-hjkmnp-tv-z]{13}$", "frm_0f3k9m2q7r5tz");

const SLUG: Field = Field::must("slug", "Its name in addresses, snippets and the API.", SLUG_SHAPE);
const PURPOSES: Field = Field::must("purposes", "The slugs of what it offers.", PURPOSES_SHAPE);
const ORIGINS: Field =
    Field::may("origins", "The sites that may embed it; all when left out.", ORIGINS_SHAPE);
const NEXT: Field = Field::must("next", "Where people may be sent after they confirm.", NEXT_SHAPE);
const TITLE: Field = Field::may("title", "Its title, by language.", TEXTS);
const CLOSES: Field = Field::may("closes", "From when it takes nobody any more.", INSTANT);
const FIELDS: Field = Field::must("fields", "What it asks besides the address.", FIELDS_SHAPE);
const MINORS_FIELD: Field = Field::may("minors", "What it does with those who are too young.", MINORS_SHAPE);

const ORIGINS_TAKEN: Field =
    Field::may("origins", "The sites that may embed it; all when null.", Shape::Maybe(&ORIGINS_SHAPE));
const NEXT_TAKEN: Field =
    Field::may("next", "Where people may be sent after they confirm.", Shape::Maybe(&NEXT_SHAPE));
const TITLE_TAKEN: Field = Field::may("title", "Its title, by language.", Shape::Maybe(&TEXTS));
const CLOSES_TAKEN: Field =
    Field::may("closes", "From when it takes nobody any more.", Shape::Maybe(&INSTANT));
const FIELDS_TAKEN: Field =
    Field::may("fields", "What it asks besides the address.", Shape::Maybe(&FIELDS_SHAPE));
const MINORS_TAKEN: Field =
    Field::may("minors", "What it does with those who are too young.", Shape::Maybe(&MINORS_SHAPE));

const NEW: Record = Record::new(
    "FormNew",
    "A form to begin with.",
    &[SLUG, PURPOSES, ORIGINS_TAKEN, NEXT_TAKEN, TITLE_TAKEN, CLOSES_TAKEN, FIELDS_TAKEN, MINORS_TAKEN],
);
const CHANGES: Record = Record::new(
    "FormChange",
    "What is to be changed; what is left out stays.",
    &[
        Field::may("slug", "Cannot be changed; may be repeated.", SLUG_SHAPE),
        Field::may("purposes", "The slugs of what it offers.", PURPOSES_SHAPE),
        ORIGINS_TAKEN,
        NEXT_TAKEN,
        TITLE_TAKEN,
        CLOSES_TAKEN,
        FIELDS_TAKEN,
        MINORS_TAKEN,
        Field::may(
            "based_on",
            "The version that is published now: says that the draft takes it into account.",
            Shape::Number(0, i64::MAX),
        ),
    ],
);
const FORM_FIELD: Record = Record::new(
    "FormField",
    "A field of a form. Which of `max`, `autocomplete` and `options` it has depends on its kind.",
    &[
        Field::must("slug", "The name it posts under.", Shape::text("city")),
        Field::must("kind", "What may be entered.", Shape::Word(&["text", "choice", "date-band"])),
        Field::must("label", "What it is called, by language.", TEXTS),
        Field::must("reason", "Why it is asked, by language.", TEXTS),
        Field::may("required", "Whether it must be filled in; not when left out.", Shape::Flag),
        Field::may("max", "Of a text: the most characters.", NUMBER),
        Field::may(
            "autocomplete",
            "Of a text: what browsers may fill in (HTML autofill).",
            Shape::text("address-level2"),
        ),
        Field::may("options", "What may be chosen.", Shape::List(&Shape::Object(&OPTION), 1, 60)),
    ],
);
const OPTION: Record = Record::new(
    "FormOption",
    "One option: slug and label of a choice, years of a date band.",
    &[
        Field::may("slug", "Of a choice: its name.", Shape::text("large")),
        Field::may("label", "Of a choice: what it is called, by language.", TEXTS),
        Field::may("from", "Of a date band: the first year.", NUMBER),
        Field::may("to", "Of a date band: the last year.", NUMBER),
    ],
);
const MINORS: Record = Record::new(
    "FormMinors",
    "What a form does with those who are too young to agree alone (GDPR article 8).",
    &[
        Field::must(
            "rule",
            "A guardian agrees too, or they are refused.",
            Shape::Word(&["guardian", "refuse"]),
        ),
        Field::may(
            "age",
            "From when one agrees alone; as in the country when left out.",
            Shape::Number(13, 16),
        ),
        Field::may("country", "The country whose law says the age.", Shape::text("FR")),
    ],
);
const FORM: Record = Record::new("Form", "A form as it stands.", &[OBJECT, SLUG, ADDRESS, PUBLISHED, DRAFT]);
const PUBLISHED_FORM: Record = Record::new(
    "FormPublished",
    "A form after it was published.",
    &[
        OBJECT,
        SLUG,
        ADDRESS,
        PUBLISHED,
        DRAFT,
        Field::must(
            "is_new_version",
            "Whether a version was made; none is when nothing differs.",
            Shape::Flag,
        ),
    ],
);
const OBJECT: Field = Field::must("object", "`form`", Shape::Word(&["form"]));
const ADDRESS: Field = Field::must(
    "url",
    "Where people find it.",
    Shape::format("uri", "https://consent.example.org/f/newsletter"),
);
const PUBLISHED: Field =
    Field::must("published", "What people see; null before the first time.", Shape::Maybe(&PRESENT));
const DRAFT: Field = Field::must("draft", "What would be published next.", Shape::Maybe(&DRAFTED));
const PRESENT: Shape = Shape::Object(&Record::new(
    "FormPresent",
    "What is published of a form.",
    &[
        Field::must("id", "Our id.", FORM_ID),
        Field::must("version", "1 for the first.", NUMBER),
        Field::must("sha256", "SHA-256 of its text, as it stands in the evidence.", SHA256),
        Field::must("closed", "Whether it takes nobody any more.", Shape::Flag),
        PURPOSES,
        ORIGINS,
        NEXT,
        TITLE,
        CLOSES,
        FIELDS,
        MINORS_FIELD,
    ],
));
const DRAFTED: Shape = Shape::Object(&Record::new(
    "FormDraft",
    "What is drafted of a form.",
    &[
        Field::must(
            "based_on",
            "The version it began with; 0 when there was none.",
            Shape::Number(0, i64::MAX),
        ),
        Field::must("changed_at", "When it was changed last.", INSTANT),
        PURPOSES,
        ORIGINS,
        NEXT,
        TITLE,
        CLOSES,
        FIELDS,
        MINORS_FIELD,
    ],
));
const FORM_PAGE: Record = Record::new(
    "FormPage",
    "A page of forms.",
    &[
        IS_LIST,
        Field::must("data", "The forms.", Shape::List(&Shape::Object(&FORM), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const VERSION_PAGE: Record = Record::new(
    "FormVersionPage",
    "A page of versions.",
    &[
        IS_LIST,
        Field::must("data", "The versions.", Shape::List(&Shape::Object(&LINE), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const LINE: Record = Record::new(
    "FormVersion",
    "A published version.",
    &[VERSION_OBJECT, VERSION_ID, SLUG, VERSION_NUMBER, VERSION_HASH, PUBLISHED_AT, LOG_POSITION],
);
const WHOLE_VERSION: Record = Record::new(
    "FormVersionText",
    "A published version with all it says.",
    &[
        VERSION_OBJECT,
        VERSION_ID,
        SLUG,
        VERSION_NUMBER,
        VERSION_HASH,
        PUBLISHED_AT,
        LOG_POSITION,
        Field::must("form", "What it says.", Shape::Object(&SAID)),
        Field::must(
            "text",
            "The same as a text: exactly what the hash is of.",
            Shape::text("{\"closes\":null}"),
        ),
    ],
);
const VERSION_OBJECT: Field = Field::must("object", "`form_version`", Shape::Word(&["form_version"]));
const VERSION_ID: Field = Field::must(
    "id",
    "Our id of this text.",
    Shape::pattern("^pub_[0-9a-hjkmnp-tv-z]{26}$", "pub_01kas0z1v8q4g6r1m0c7y2d3e5"),
);
const VERSION_NUMBER: Field = Field::must("version", "1 for the first.", NUMBER);
const VERSION_HASH: Field =
    Field::must("sha256", "SHA-256 of its text, as it stands in the evidence.", SHA256);
const PUBLISHED_AT: Field = Field::must("published_at", "When it was published.", INSTANT);
const LOG_POSITION: Field = Field::must(
    "log_position",
    "Where it stands in the public log; null until it is there.",
    Shape::Maybe(&Shape::Number(0, i64::MAX)),
);
const SAID: Record = Record::new(
    "FormText",
    "What a version of a form says, purposes and their words included.",
    &[
        SLUG,
        VERSION_NUMBER,
        Field::must("purposes", "What it offers.", Shape::List(&Shape::Object(&OFFERED), 0, usize::MAX)),
        Field::must("origins", "The sites that may embed it; all when null.", Shape::Maybe(&ORIGINS_SHAPE)),
        NEXT,
        Field::must("title", "Its title, by language.", TEXTS),
        Field::must("closes", "From when it takes nobody any more.", Shape::Maybe(&INSTANT)),
        FIELDS,
        MINORS_FIELD,
    ],
);
const OFFERED: Record = Record::new(
    "FormPurpose",
    "A purpose with the words a version of a form shows.",
    &[
        Field::must("slug", "Its name.", PURPOSE),
        Field::must("frequency", "How often mails come.", FREQUENCY),
        Field::must("wordings", "The words, by language.", Shape::Each(&Shape::Object(&WORDING))),
    ],
);
const FORM_DIFF: Record = Record::new(
    "FormDiff",
    "Where two versions of a form differ.",
    &[
        Field::must("object", "`form_diff`", Shape::Word(&["form_diff"])),
        SLUG,
        Field::must("from", "The one.", SIDE),
        Field::must("to", "The other.", SIDE),
        Field::must("changes", "The places.", Shape::List(&Shape::Object(&DIFFERENCE), 0, usize::MAX)),
    ],
);
const SIDE: Shape = Shape::Either(&NUMBER, &Shape::Word(&["draft"]));
const DIFFERENCE: Record = Record::new(
    "FormDifference",
    "One place where two versions differ.",
    &[
        Field::must(
            "place",
            "Where, as a JSON Pointer in which fields, purposes and options go by their names.",
            Shape::text("/fields/city/label/fr"),
        ),
        Field::must("from", "What was there; null when it was added.", Shape::Value),
        Field::must("to", "What is there; null when it was taken out.", Shape::Value),
    ],
);
