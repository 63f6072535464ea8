//! `POST /v1/suppressions` and `POST /v1/suppressions:remove`: which addresses must not be mailed, as the tenant knows
//! from its own mails and letters.

use std::borrow::Cow;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use serde::{Serialize, de::MapAccess};

use super::{SUPPRESSION, Suppression};
use crate::{
    app::{
        gate::Recipient,
        suppress::{self, Hindered},
        told::{Surroundings, Told},
    },
    domain::consent::Reason,
    web::{
        Web,
        api::{
            auth::{self, Scope},
            json::{self, Notes, Object, Value},
            once::{self, Refusal},
            problem::{Problem, Wrong},
            recipient::{LOOKUP, Lookup, Person},
            route::{Endpoint, Method},
            schema::{Field, Record, Shape},
            signups::NOTE,
        },
        extract::API_LIMIT,
    },
};

/// `POST /v1/suppressions`
pub const ADD: Endpoint =
    Endpoint::new(Method::Post, "/v1/suppressions", Scope::SuppressionsWrite, "Suppress addresses")
        .about(
            "Up to 1,000 at once, all of them or none: an id that is nobody's refuses the whole call. `bounced`: mail \
             comes back for good. `complained` and `objected`: the person said no, and leaves everything, too. What is \
             suppressed already stays as it is. To an address nobody has, too, no mail goes any more.",
        )
        .takes(&ADDED, r#"{"reason":"bounced","recipients":[{"contact":"{contact}"}]}"#)
        .answers("The marks.", &MARKS)
        .changes()
        .fails(&[(404, "One of the contacts is not known, or not any more; `errors` says which.")]);

/// `POST /v1/suppressions:remove`
pub const REMOVE: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/suppressions:remove",
    Scope::SuppressionsWrite,
    "Lift a suppression",
)
.about(
    "What you said you may take back. What a person left stays left. Blocks that people caused themselves are not yours \
     to lift.",
)
.takes(&LOOKUP, r#"{"contact":"{contact}"}"#)
.answers("Whether there was anything to lift.", &LIFTED)
.changes()
.fails(&[
    (404, "The tenant knows no such contact, or does not know them any more."),
    (409, "The person caused it themselves. Nothing was changed."),
]);

/// The words of [`Reason::GIVEN`].
const GIVEN: [&str; 3] = {
    let [bounced, complained, objected] = Reason::GIVEN;
    [bounced.word(), complained.word(), objected.word()]
};
const WHY: Field = Field::must("reason", "Why.", Shape::Word(&GIVEN));
const ADDRESSEE: Record = Record::new(
    "Addressee",
    "Whose address it is, named in one way.",
    &[
        Field::may("email", "The address, in any spelling.", Shape::text("ada@example.org")),
        Field::may("contact", "Our id.", Shape::text("con_01kas0z1v8q4g6r1m0c7y2d3e5")),
        Field::may("external_id", "The id in your own system.", Shape::text("crm-77")),
    ],
)
.one_of_the_first(3);
const ADDED: Record = Record::new(
    "NewSuppressions",
    "Which addresses must not be mailed, and why.",
    &[
        WHY,
        Field::must(
            "recipients",
            "Whose addresses.",
            Shape::List(&Shape::Object(&ADDRESSEE), 1, suppress::MOST),
        ),
        NOTE,
    ],
);
const MARKS: Record = Record::new(
    "SuppressionMarks",
    "Marks on addresses.",
    &[
        Field::must("object", "`suppressions`", Shape::Word(&["suppressions"])),
        Field::must(
            "data",
            "The marks, by hash; an address named twice has one.",
            Shape::List(&Shape::Object(&SUPPRESSION), 1, suppress::MOST),
        ),
    ],
);
const LIFTED: Record = Record::new(
    "SuppressionRemoval",
    "That a suppression is lifted.",
    &[
        Field::must("object", "`suppression_removal`", Shape::Word(&["suppression_removal"])),
        Field::must("removed", "Whether there was one.", Shape::Flag),
    ],
);
/// A reason alone.
pub(in crate::web::api) const REASON_ALONE: Record =
    Record::new("SuppressionReason", "Why an address must not be mailed.", &[WHY, NOTE]);

fn reason<'de, A: MapAccess<'de>>(value: Value<'_, A>) -> Result<Option<Reason>, A::Error> {
    Ok(value.word()?.and_then(|it| Reason::from_word(&it)))
}

/// A note, and what is wrong with it.
fn checked(note: Option<Cow<'_, str>>, notes: &mut Notes) -> Option<String> {
    let note = note?.into_owned();
    if note.is_empty() || note.chars().any(char::is_control) {
        notes.wrong_at("note", "must have a sign and no control characters");
    }
    Some(note)
}

/// A reason alone, as read.
pub(in crate::web::api) struct ReasonAlone {
    pub(in crate::web::api) reason: Reason,
    pub(in crate::web::api) note: Option<String>,
}

impl Default for ReasonAlone {
    fn default() -> Self {
        Self { reason: Reason::Bounced, note: None }
    }
}

impl<'de> Object<'de> for ReasonAlone {
    const RECORD: &'static Record = &REASON_ALONE;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.reason = reason(value)?.unwrap_or(self.reason),
            _ => self.note = value.text()?.map(Cow::into_owned),
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        self.note = checked(self.note.take().map(Cow::Owned), notes);
    }
}

/// The body of [`ADD`].
#[derive(Default)]
struct Added<'a> {
    why: ReasonAlone,
    recipients: Vec<Addressee<'a>>,
}

impl<'de> Object<'de> for Added<'de> {
    const RECORD: &'static Record = &ADDED;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.why.reason = reason(value)?.unwrap_or(self.why.reason),
            1 => self.recipients = value.list()?,
            _ => self.why.note = value.text()?.map(Cow::into_owned),
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        self.why.finish(notes);
    }
}

/// Whose address it is; unlike a question to the gate, a text that is no address is a mistake.
#[derive(Default)]
struct Addressee<'a> {
    person: Person<'a>,
    is_address: bool,
}

impl<'de> Object<'de> for Addressee<'de> {
    const RECORD: &'static Record = &ADDRESSEE;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        self.is_address = index == 0;
        self.person.take(index, value)
    }

    fn finish(&mut self, notes: &mut Notes) {
        if self.is_address && self.person.is_nobody() {
            notes.wrong_at("email", "is no address; write it like name@example.org");
        }
    }
}

/// Answers [`ADD`].
///
/// # Errors
/// A problem document; 404 with the places of those who are nobody.
pub async fn add(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &ADD).await?;
    let body = json::body(&request, &mut payload.into_inner(), API_LIMIT).await?;
    let Added { why: ReasonAlone { reason, note }, recipients } = json::read(&body)?;
    let whom: Vec<Recipient<'_>> = recipients.into_iter().map(|it| it.person.who()).collect();
    let told = Told::by(caller.key, Surroundings { note, ..Surroundings::default() });
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let added = suppress::add(&web.app, tx, &caller.tenant, &whom, reason, &told).await?;
        let marks = added.map_err(refused)?;
        let data = marks.into_iter().map(Suppression::of).collect();
        once::reply(StatusCode::OK, &Marks { object: "suppressions", data }, None)
    });
    Ok(answer.await?)
}

#[derive(Serialize)]
struct Marks {
    object: &'static str,
    data: Vec<Suppression>,
}

/// Answers [`REMOVE`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, 409 when it is not the tenant's to lift.
pub async fn remove(request: HttpRequest, payload: Payload, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &REMOVE).await?;
    let body = json::body(&request, &mut payload.into_inner(), API_LIMIT).await?;
    let Lookup(person) = json::read(&body)?;
    let who = person.who();
    let told = Told::by(caller.key, Surroundings::default());
    let answer = once::act_once(&web, &request, &caller, &body, async |tx| {
        let lifted = suppress::lift(&web.app, tx, &caller.tenant, &who, &told).await?;
        let removed = lifted.map_err(refused)?;
        once::reply(StatusCode::OK, &Lifted { object: "suppression_removal", removed }, None)
    });
    Ok(answer.await?)
}

#[derive(Serialize)]
struct Lifted {
    object: &'static str,
    removed: bool,
}

fn refused(why: Hindered) -> Refusal {
    let problem = match why {
        Hindered::Unknown(places) => {
            let wrong = |place: usize| Wrong::at(format!("/recipients/{place}"), "there is no such contact");
            let detail = "A contact is not known, or not any more. Nothing was changed.";
            Problem {
                errors: places.into_iter().take(20).map(wrong).collect(),
                ..Problem::new(StatusCode::NOT_FOUND, detail)
            }
        }
        Hindered::Theirs(reason) => {
            let detail = format!(
                "The address is marked `{}`: the person caused that themselves, and it is not yours to lift. Nothing \
                 was changed.",
                reason.word()
            );
            Problem::new(StatusCode::CONFLICT, &detail)
        }
    };
    problem.into()
}
