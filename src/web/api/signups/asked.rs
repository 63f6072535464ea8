//! The body of a signup: read, then checked against what the tenant and the form offer. Everything wrong is told at once.

use std::{borrow::Cow, collections::BTreeMap, net::IpAddr, sync::Arc};

use actix_web::http::StatusCode;
use serde::de::MapAccess;
use url::Url;

use super::declared::{ASKED, ENTERED_MAX};
use crate::{
    app::{
        App, gatekeeper,
        guardian::Age,
        server_signup,
        told::{Surroundings, Told},
    },
    domain::{
        EmailAddress, Locale,
        age::Rule,
        catalog::{Form, Tenant},
        field::{AnswerError, Answers},
        id::{ApiKeyId, PurposeId},
    },
    web::api::{
        json::{Notes, Object, Text, Value},
        problem::{Problem, Wrong},
        schema::Record,
    },
};

/// The body as it was written.
#[derive(Default)]
pub(in crate::web::api) struct Asked<'a> {
    email: Option<EmailAddress>,
    form: Option<Cow<'a, str>>,
    purposes: Vec<Text<'a>>,
    locale: Option<Locale>,
    fields: BTreeMap<String, String>,
    age: Option<Cow<'a, str>>,
    guardian: Option<EmailAddress>,
    external_id: Option<String>,
    shown: Option<String>,
    said: Surroundings,
    mistakes: Vec<(&'static str, String)>,
}

impl<'a> Asked<'a> {
    fn address(&mut self, name: &'static str, text: Option<Cow<'a, str>>) -> Option<EmailAddress> {
        match EmailAddress::parse(&text?) {
            Ok(address) => Some(address),
            Err(error) => {
                self.mistakes.push((name, error.to_string()));
                None
            }
        }
    }

    fn line(&mut self, name: &'static str, text: Option<Cow<'a, str>>) -> Option<String> {
        let text = text?.into_owned();
        if text.is_empty() || text.chars().any(char::is_control) {
            self.mistakes.push((name, "must have a sign and no control characters".to_owned()));
            return None;
        }
        Some(text)
    }

    fn page(&mut self, text: Option<Cow<'a, str>>) -> Option<Url> {
        let url = Url::parse(&text?).ok().filter(|it| matches!(it.scheme(), "http" | "https"));
        if url.is_none() {
            self.mistakes
                .push(("page", "write the address of a page, like https://shop.example/signup".to_owned()));
        }
        url
    }

    fn ip(&mut self, text: Option<Cow<'a, str>>) -> Option<IpAddr> {
        let ip: Option<IpAddr> = text?.parse().ok();
        if ip.is_none() {
            self.mistakes.push(("ip", "write an address like 192.0.2.7 or 2001:db8::7".to_owned()));
        }
        ip.map(|it| it.to_canonical())
    }
}

impl<'de> Object<'de> for Asked<'de> {
    const RECORD: &'static Record = &ASKED;

    fn take<A: MapAccess<'de>>(&mut self, index: usize, value: Value<'_, A>) -> Result<(), A::Error> {
        match index {
            0 => {
                let text = value.text()?;
                self.email = self.address("email", text);
            }
            1 => self.form = value.text()?,
            2 => self.purposes = value.list()?,
            3 => self.locale = value.word()?.and_then(|it| Locale::from_tag(&it)),
            4 => self.fields = value.texts(ENTERED_MAX)?,
            5 => self.age = value.text()?,
            6 => {
                let text = value.text()?;
                self.guardian = self.address("guardian", text);
            }
            7 => {
                let text = value.text()?;
                self.external_id = self.line("external_id", text);
            }
            8 => self.shown = value.text()?.map(Cow::into_owned),
            9 => {
                let text = value.text()?;
                self.said.page = self.page(text);
            }
            10 => {
                let text = value.text()?;
                self.said.ip = self.ip(text);
            }
            11 => {
                let text = value.text()?;
                self.said.user_agent = self.line("user_agent", text);
            }
            _ => {
                let text = value.text()?;
                self.said.note = self.line("note", text);
            }
        }
        Ok(())
    }

    fn finish(&mut self, notes: &mut Notes) {
        for (name, detail) in self.mistakes.drain(..) {
            notes.wrong_at(name, &detail);
        }
        if self.form.is_none() && self.purposes.is_empty() {
            notes.wrong("give form, purposes, or both");
        }
        if self.shown.as_ref().is_some_and(|it| it.contains('\0')) {
            notes.wrong_at("shown", "must not hold a NUL");
        }
    }
}

/// A body that can be acted upon.
pub(in crate::web::api) struct Checked {
    pub(in crate::web::api) tenant: Arc<Tenant>,
    form: Option<Arc<Form>>,
    email: EmailAddress,
    purposes: Vec<PurposeId>,
    locale: Locale,
    age: Said,
    shown: Option<String>,
    external_id: Option<String>,
    entered: Answers,
    told: Told,
}

/// What was said about age.
enum Said {
    NotAsked,
    AtLeast(u8),
    Younger(u8, EmailAddress),
}

impl Checked {
    /// For the use case.
    pub(in crate::web::api) fn asked(&self) -> server_signup::Asked<'_> {
        server_signup::Asked {
            form: self.form.as_deref(),
            email: &self.email,
            purposes: &self.purposes,
            locale: self.locale,
            age: match &self.age {
                Said::NotAsked => Age::NotAsked,
                Said::AtLeast(age) => Age::AtLeast(*age),
                Said::Younger(than, guardian) => Age::Younger { than: *than, guardian },
            },
            shown: self.shown.as_deref(),
            external_id: self.external_id.as_deref(),
            entered: &self.entered,
            told: &self.told,
        }
    }
}

/// What is wrong in a body besides its form.
#[derive(Default)]
struct Mistakes(Vec<Wrong>);

impl Mistakes {
    fn note(&mut self, pointer: &str, detail: impl Into<String>) {
        self.0.push(Wrong::at(pointer, detail));
    }
}

/// Checks a body against what the tenant offers now.
///
/// # Errors
/// 409 when the form is closed, 422 with all that is wrong.
pub(in crate::web::api) fn check(
    app: &App,
    tenant: &Arc<Tenant>,
    key: ApiKeyId,
    asked: Asked<'_>,
) -> Result<Checked, Problem> {
    let mut mistakes = Mistakes::default();
    let catalog = app.catalog();
    let form = asked.form.as_ref().and_then(|slug| {
        let form = catalog.forms.get(slug.as_ref()).filter(|it| it.tenant == tenant.id).cloned();
        if form.is_none() {
            mistakes.note("/form", "there is no form of this slug");
        }
        form
    });
    if form.as_ref().is_some_and(|it| it.is_closed(app.now())) {
        let detail = "This form is closed: it takes no signups any more. Nothing was changed.";
        return Err(Problem::new(StatusCode::CONFLICT, detail));
    }
    let purposes = purposes(tenant, form.as_deref(), &asked.purposes, asked.form.is_some(), &mut mistakes);
    let entered = entered(form.as_deref(), &asked.fields, &mut mistakes);
    let email = asked.email;
    if email.as_ref().is_some_and(|it| gatekeeper::is_disposable(app, it)) {
        mistakes.note("/email", "this service takes no throw-away addresses");
    }
    let age = age(form.as_deref(), asked.age.as_deref(), asked.guardian, email.as_ref(), &mut mistakes);
    match (email, mistakes.0) {
        (Some(email), none) if none.is_empty() => Ok(Checked {
            tenant: Arc::clone(tenant),
            form,
            email,
            purposes,
            locale: asked.locale.unwrap_or(tenant.locale),
            age,
            shown: asked.shown,
            external_id: asked.external_id,
            entered,
            told: Told::by(key, asked.said),
        }),
        (_, wrong) => Err(Problem::wrong(wrong)),
    }
}

/// What is asked for: of the form, or of all there is.
fn purposes(
    tenant: &Tenant,
    form: Option<&Form>,
    slugs: &[Text<'_>],
    names_form: bool,
    mistakes: &mut Mistakes,
) -> Vec<PurposeId> {
    let offered = |id: PurposeId| form.map_or(!names_form, |it| it.purposes.contains(&id));
    let all: Vec<_> = tenant
        .purposes
        .iter()
        .filter(|it| it.retired_at.is_none() && tenant.wording(it, tenant.locale).is_some() && offered(it.id))
        .collect();
    let mut found = Vec::new();
    for (index, Text(slug)) in slugs.iter().enumerate() {
        match all.iter().find(|it| it.slug == slug.as_ref()) {
            Some(purpose) if found.contains(&purpose.id) => {}
            Some(purpose) => found.push(purpose.id),
            None if form.is_none() && names_form => {}
            None => mistakes.note(&format!("/purposes/{index}"), "nothing of this slug is offered there"),
        }
    }
    if let (true, Some(_)) = (slugs.is_empty(), form) {
        match all.as_slice() {
            [only] => found.push(only.id),
            [] | [_, _, ..] => mistakes.note("/purposes", "say which: the form does not offer exactly one"),
        }
    }
    found
}

fn entered(form: Option<&Form>, typed: &BTreeMap<String, String>, mistakes: &mut Mistakes) -> Answers {
    let declared = form.map(|it| it.fields.as_slice()).unwrap_or_default();
    let mut answers = Answers::default();
    if typed.keys().any(|name| !declared.iter().any(|it| it.slug.as_str() == name)) {
        let names: Vec<&str> = declared.iter().map(|it| it.slug.as_str()).collect();
        mistakes
            .note("/fields", format!("a name is none of the form's fields; they are: {}", names.join(", ")));
    }
    for field in declared {
        let slug = field.slug.as_str();
        let why = match field.check(typed.get(slug).map(String::as_str).unwrap_or_default()) {
            Ok(answer) => {
                answers.0.extend(answer.map(|it| (slug.to_owned(), it)));
                continue;
            }
            Err(AnswerError::Missing) => "is missing, and the form needs it".to_owned(),
            Err(AnswerError::TooLong(most)) => format!("must have at most {most} characters"),
            Err(AnswerError::Unreadable) => "must be one line of characters that can be seen".to_owned(),
            Err(AnswerError::NotOffered) => "is not one of the options".to_owned(),
        };
        mistakes.note(&format!("/fields/{slug}"), why);
    }
    answers
}

fn age(
    form: Option<&Form>,
    said: Option<&str>,
    guardian: Option<EmailAddress>,
    email: Option<&EmailAddress>,
    mistakes: &mut Mistakes,
) -> Said {
    let Some(minors) = form.and_then(|it| it.minors) else {
        if said.is_some() {
            mistakes.note("/age", "no form that asks for it is named");
        }
        if guardian.is_some() {
            mistakes.note("/guardian", "no form that asks for one is named");
        }
        return Said::NotAsked;
    };
    let age = minors.age;
    let (old, young) = (format!("from-{age}"), format!("under-{age}"));
    match said {
        Some(word) if word == old => return Said::AtLeast(age),
        Some(word) if word == young && minors.rule == Rule::Refuse => {
            mistakes.note("/age", format!("this form takes nothing from people younger than {age}"));
        }
        Some(word) if word == young => match guardian {
            Some(guardian) if email.is_some_and(|it| it.budget_key() == guardian.budget_key()) => {
                mistakes.note("/guardian", "must be another mailbox than the person's own");
            }
            Some(guardian) => return Said::Younger(age, guardian),
            None => mistakes.note("/guardian", format!("is missing: people younger than {age} need one")),
        },
        Some(_) | None => mistakes.note("/age", format!("this form asks for it: write {old} or {young}")),
    }
    Said::NotAsked
}
