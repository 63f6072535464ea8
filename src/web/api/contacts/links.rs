//! `POST /v1/contacts/{contact}/links`: what stands in the footer and the headers of a mail to one person.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{
    Error, HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use serde::{Serialize, de::MapAccess};

use super::{declared::ID, named, no_such_contact};
use crate::{
    app::{edit, links},
    domain::{Locale, catalog::Purpose, id::ContactId},
    web::{
        Web,
        api::{
            Shown,
            auth::{self, Scope},
            checks::with_purpose,
            json::{self, Object, Text, Value},
            problem::{Problem, Wrong},
            route::{Endpoint, Method},
            schema::{CONTACT, Field, LOCALE, PREFERENCES_URL, PURPOSE, Record, Shape, UNSUBSCRIBE_URL},
            signups::PURPOSES_MAX,
        },
        error::Fault,
        extract::FORM_LIMIT,
    },
};

/// `POST /v1/contacts/{contact}/links`
pub const LINKS: Endpoint = Endpoint::new(
    Method::Post,
    "/v1/contacts/{contact}/links",
    Scope::ContactsRead,
    "Make links for a contact",
)
.about(
    "Links that never expire and prove no more than that somebody holds a mail: they leave, pause and choose, and never \
     sign anybody up. They say nothing of whether the person may be mailed: ask the send gate.",
)
.with(&[ID])
.takes(&ASKED, r#"{"purposes":["{purpose}"],"locale":"fr"}"#)
.answers("The links.", &LINKS_RECORD)
.fails(&[(404, "The tenant knows no such contact, or does not know them any more.")]);

const ASKED: Record = Record::new(
    "LinksQuestion",
    "Which links.",
    &[
        Field::may(
            "purposes",
            "The slugs of the purposes; all that are offered when left out.",
            Shape::List(&PURPOSE, 1, PURPOSES_MAX),
        ),
        Field::may("locale", "The language of the pages; the person's own when left out.", LOCALE),
    ],
);
const LINKS_RECORD: Record = Record::new(
    "LinkSet",
    "Links for mails to one person.",
    &[
        Field::must("object", "`links`", Shape::Word(&["links"])),
        Field::must("contact", "The person.", CONTACT),
        Field::must("preferences", "To choose.", PREFERENCES_URL),
        Field::must(
            "purposes",
            "To leave, by the slug of the purpose.",
            Shape::Each(&Shape::Object(&LEAVING)),
        ),
    ],
);
const LEAVING: Record = Record::new(
    "Leaving",
    "How a mail of one purpose is left.",
    &[
        Field::must("unsubscribe", "For the footer.", UNSUBSCRIBE_URL),
        Field::must(
            "headers",
            "Header lines the mail must have (RFC 8058).",
            Shape::Each(&Shape::text("<https://consent.example.org/u/ay1…>")),
        ),
    ],
);

#[derive(Default)]
struct Asked<'a> {
    purposes: Vec<Text<'a>>,
    locale: Option<Locale>,
}

impl<'de> Object<'de> for Asked<'de> {
    const RECORD: &'static Record = &ASKED;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => self.purposes = value.list()?,
            _ => self.locale = value.word()?.and_then(|it| Locale::from_tag(&it)),
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Links<'a> {
    object: &'static str,
    contact: Shown<ContactId>,
    preferences: String,
    purposes: BTreeMap<&'a str, Leaving>,
}

#[derive(Serialize)]
struct Leaving {
    unsubscribe: String,
    headers: BTreeMap<&'static str, String>,
}

/// Answers [`LINKS`].
///
/// # Errors
/// A problem document; 404 when the tenant knows no such person, or not any more.
pub async fn links(
    request: HttpRequest,
    id: Path<String>,
    payload: Payload,
    web: Data<Web>,
) -> Result<HttpResponse, Error> {
    let (caller, _) = auth::enter(&web, &request, &LINKS).await?;
    let body = json::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let Asked { purposes, locale } = json::read(&body)?;
    let app = &web.app;
    let mut tenant = Arc::clone(&caller.tenant);
    for Text(slug) in &purposes {
        tenant = with_purpose(app, tenant, slug).await?;
    }
    let tenant = &*tenant;
    let found = edit::find(app, tenant, named(&id)?).await.map_err(Fault::App)?;
    let (contact, _) = found.ok_or_else(no_such_contact)?;
    let offered = |it: &&Purpose| it.retired_at.is_none();
    let mut chosen: Vec<&Purpose> = Vec::new();
    let mut wrong = Vec::new();
    for (index, Text(slug)) in purposes.iter().enumerate() {
        match tenant.purpose_named(slug) {
            Some(purpose) => chosen.push(purpose),
            None => {
                wrong.push(Wrong::at(format!("/purposes/{index}"), "there is no purpose of this slug"));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(Problem::wrong(wrong).into());
    }
    if purposes.is_empty() {
        chosen = tenant.purposes.iter().filter(offered).collect();
    }
    let spoken = |url: String| locale.map_or_else(|| url.clone(), |it| format!("{url}?lang={}", it.tag()));
    let leaving = |it: &&Purpose| {
        let bare = links::unsubscribe_url(app, tenant.id, contact.id, it.id);
        let headers = BTreeMap::from([
            ("List-Unsubscribe", format!("<{bare}>")),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
        ]);
        Leaving { unsubscribe: spoken(bare), headers }
    };
    let answer = Links {
        object: "links",
        contact: Shown(contact.id),
        preferences: spoken(links::preferences_url(app, tenant.id, contact.id)),
        purposes: chosen.iter().map(|it| (it.slug.as_str(), leaving(it))).collect(),
    };
    Ok(super::super::answer(&answer, 1_024)?)
}
