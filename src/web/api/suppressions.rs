//! `/v1/suppressions`: which addresses must not be mailed, and why. They are kept as keyed hashes: a list of what was
//! suppressed is no list of addresses.

mod change;

use actix_web::{Error, HttpRequest, HttpResponse, web::Data};
use serde::Serialize;

pub use self::change::{ADD, REMOVE, add, remove};
pub(super) use self::change::{REASON_ALONE, ReasonAlone};
use super::{
    auth::{self, Scope},
    list::{CURSOR, HAS_MORE, IS_LIST, LIMIT, NEXT_CURSOR, Place},
    route::{Endpoint, Method, Parameter},
    schema::{Field, INSTANT, Record, Shape},
};
use crate::{
    app::gate,
    domain::Timestamp,
    store::suppression,
    web::{Web, error::Fault},
};

/// `GET /v1/suppressions`
pub const LIST: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/suppressions",
    Scope::SuppressionsRead,
    "List the suppressed addresses",
)
.about(
    "Addresses that must not be mailed whatever was consented to, in an order that never changes. They are \
             kept as keyed hashes; to ask about an address, ask the send gate.",
)
.with(&[
    LIMIT,
    CURSOR,
    Parameter::query("reason", "Only those suppressed for this.", Shape::text_within(40, "reported")),
])
.answers("A page of suppressions.", &PAGE);

const PAGE: Record = Record::new(
    "SuppressionPage",
    "A page of suppressions.",
    &[
        IS_LIST,
        Field::must("data", "The suppressions.", Shape::List(&Shape::Object(&SUPPRESSION), 0, 500)),
        HAS_MORE,
        NEXT_CURSOR,
    ],
);
const SUPPRESSION: Record = Record::new(
    "Suppression",
    "An address that must not be mailed.",
    &[
        Field::must("object", "`suppression`", Shape::Word(&["suppression"])),
        Field::must(
            "address_hash",
            "The keyed hash of the address; the same as long as it is suppressed.",
            Shape::pattern(
                "^[0-9a-f]{64}$",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
        ),
        Field::must("reason", "Why.", Shape::text("reported")),
        Field::must("created_at", "Since when.", INSTANT),
        Field::must("until", "Until when; null for ever.", Shape::Maybe(&INSTANT)),
    ],
);

#[derive(Serialize)]
struct Suppression {
    object: &'static str,
    address_hash: String,
    reason: String,
    created_at: String,
    until: Option<String>,
}

impl Suppression {
    fn of(stored: suppression::Suppression) -> Self {
        let suppression::Suppression { address_hash, reason, created_at, until } = stored;
        let (created_at, until) = (created_at.rfc3339(), until.map(Timestamp::rfc3339));
        Self { object: "suppression", address_hash, reason, created_at, until }
    }
}

/// Answers [`LIST`].
///
/// # Errors
/// A problem document.
pub async fn list(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &LIST).await?;
    let place = Place::of(&web, &request, &caller, &query, &["reason"])?;
    let reason = query.text("reason");
    let found = gate::suppressions(&web.app, &caller.tenant, &place.after, reason, place.one_more())
        .await
        .map_err(Fault::App)?;
    let found = found.into_iter().map(Suppression::of).collect();
    Ok(place.answer(&web, &caller, found, |it: &Suppression| it.address_hash.clone())?)
}
