//! How an endpoint of the API is declared: the OpenAPI document, the reference page, the reading of queries and the
//! tests of scopes and tenants are all made of these declarations.
//!
//! To add one: write its [`Endpoint`] beside its handler, with a [`Record`] for what it takes and answers; begin the
//! handler with `auth::enter`; read a body into a type whose `Object::RECORD` is that record; do what changes something
//! in `once::act_once`, answer lists with `list::Place`; put it into `contents::ALL` and its route into `web::routes`. A
//! new word in its example that stands for something of a tenant's is filled in by `tests/it/api/tenants.rs`.

use super::{
    auth::Scope,
    schema::{Record, Shape},
};

/// Lines of JSON.
pub const NDJSON: &str = "application/x-ndjson";

/// One endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// How it is asked.
    pub method: Method,
    /// Where, as registered: `/v1/contacts/{contact}`.
    pub path: &'static str,
    /// What the key must be allowed; `None` where no key is needed.
    pub scope: Option<Scope>,
    /// What it does, in a few words.
    pub summary: &'static str,
    /// What else one must know.
    pub about: &'static str,
    /// What stands in its path and its query.
    pub parameters: &'static [Parameter],
    /// What is sent, and an example in which the tests fill in `{contact}`, `{email}` and such.
    pub body: Option<(&'static Record, &'static str)>,
    /// The media type of what is sent; what is no JSON is lines of JSON, each as `body` says.
    pub body_type: &'static str,
    /// What comes back when it went well.
    pub answer: Answer,
    /// What can go wrong besides what can go wrong everywhere.
    pub problems: &'static [(u16, &'static str)],
    /// Whether it changes something, and takes an `Idempotency-Key`.
    pub changes: bool,
    /// Whether its answer has an `ETag`.
    pub tagged: bool,
    /// Whether it needs an `If-Match`.
    pub matched: bool,
}

/// How an endpoint is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Does something, or asks with a body.
    Post,
    /// Changes some fields.
    Patch,
}

/// Something in a path or a query.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
    /// What stands there.
    pub shape: Shape,
    /// Whether it stands in the path; in the query otherwise.
    pub in_path: bool,
    /// Whether it must be there.
    pub required: bool,
}

/// What comes back.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The status of success.
    pub status: u16,
    /// In a sentence.
    pub about: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Its form; `None` for what is no JSON of ours.
    pub record: Option<&'static Record>,
}

impl Method {
    /// As in a request line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

impl Parameter {
    /// A parameter of the query.
    pub const fn query(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, in_path: false, required: false }
    }

    /// A parameter that the query must have. Its shape is a text whose example the tests send.
    pub const fn needed(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, in_path: false, required: true }
    }

    /// A part of the path.
    pub const fn path(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, in_path: true, required: true }
    }
}

impl Endpoint {
    /// An endpoint that needs a key of this scope.
    pub const fn new(method: Method, path: &'static str, scope: Scope, summary: &'static str) -> Self {
        let answer = Answer { status: 200, about: "Done.", media_type: "application/json", record: None };
        Self {
            method,
            path,
            scope: Some(scope),
            summary,
            about: "",
            parameters: &[],
            body: None,
            body_type: "application/json",
            answer,
            problems: &[],
            changes: false,
            tagged: false,
            matched: false,
        }
    }

    /// The same without a key.
    pub const fn for_everybody(mut self) -> Self {
        self.scope = None;
        self
    }

    /// What else one must know.
    pub const fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// What stands in its path and its query.
    pub const fn with(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// What is sent, and an example of it.
    pub const fn takes(mut self, record: &'static Record, example: &'static str) -> Self {
        self.body = Some((record, example));
        self
    }

    /// What is sent, one such object a line, and an example of it.
    pub const fn takes_lines(mut self, record: &'static Record, example: &'static str) -> Self {
        self.body_type = NDJSON;
        self.takes(record, example)
    }

    /// What comes back.
    pub const fn answers(mut self, about: &'static str, record: &'static Record) -> Self {
        self.answer = Answer { status: 200, about, media_type: "application/json", record: Some(record) };
        self
    }

    /// What comes back when something was made (201), with its `Location`.
    pub const fn creates(mut self, about: &'static str, record: &'static Record) -> Self {
        self.answer = Answer { status: 201, about, media_type: "application/json", record: Some(record) };
        self
    }

    /// What comes back, when it is no JSON of ours.
    pub const fn answers_with(mut self, about: &'static str, media_type: &'static str) -> Self {
        self.answer = Answer { status: 200, about, media_type, record: None };
        self
    }

    /// What can go wrong besides.
    pub const fn fails(mut self, problems: &'static [(u16, &'static str)]) -> Self {
        self.problems = problems;
        self
    }

    /// It changes something: sent twice with one `Idempotency-Key`, it does so once.
    pub const fn changes(mut self) -> Self {
        self.changes = true;
        self
    }

    /// Its answer has an `ETag`.
    pub const fn tagged(mut self) -> Self {
        self.tagged = true;
        self
    }

    /// It needs an `If-Match`, and its answer has an `ETag`.
    pub const fn matched(mut self) -> Self {
        self.tagged = true;
        self.matched = true;
        self
    }

    /// Whether it takes a body that says nothing it must be told.
    pub fn may_go_without_body(&self) -> bool {
        let needs =
            |it: &Record| it.some || it.alternatives > 0 || it.fields.iter().any(|field| field.required);
        self.method == Method::Post && self.body.is_some_and(|(record, _)| !needs(record))
    }

    /// The parameters of its query.
    pub fn query(&self) -> impl Iterator<Item = &'static Parameter> {
        self.parameters.iter().filter(|it| !it.in_path)
    }

    /// Its name in the OpenAPI document: `get_contacts_contact`.
    pub fn id(&self) -> String {
        let mut id = self.method.word().to_lowercase();
        let path = self.path.trim_start_matches("/v1");
        for part in path.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()) {
            id.push('_');
            id.push_str(part);
        }
        id
    }

    /// The resource it is about: the first part of its path.
    pub fn resource(&self) -> &'static str {
        let path = self.path.trim_start_matches("/v1/");
        path.split(['/', ':', '.']).next().unwrap_or(path)
    }
}

#[cfg(test)]
mod tests;
