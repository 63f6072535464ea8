//! The API as a client meets it: requests against every route of ours, over an installation made for one test.

use std::{future::poll_fn, pin::pin};

use actix_web::{
    App as Actix,
    body::MessageBody,
    dev::ServiceResponse,
    http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE},
    middleware::from_fn,
    test::{self, TestRequest},
    web::Data,
};
use serde_json::{Value, json};

use super::{
    contents, openapi, quota,
    route::Endpoint,
    schema::{Field, Record, Shape},
};
use crate::{
    app::{keys, testing::House},
    web::{Web, error::in_words, routes},
};

/// An installation, and a key of `acme` that may do everything.
pub(super) struct Api {
    pub(super) house: House,
    pub(super) key: String,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) media_type: String,
    pub(super) challenge: Option<String>,
    /// Every header, in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) json: Value,
}

impl Api {
    pub(super) async fn new() -> Self {
        let house = House::new().await;
        let key = house.key("acme", &keys::SCOPES).await;
        Self { house, key }
    }

    /// Sends a request as it is.
    pub(super) async fn send(&self, request: TestRequest) -> Answer {
        let web = Web { app: self.house.app.clone(), inbox: None, demo: None };
        let app = Actix::new()
            .app_data(Data::new(web))
            .configure(routes)
            .wrap(from_fn(in_words))
            .wrap(from_fn(quota::tell));
        let service = test::init_service(app).await;
        let request = request.to_request();
        let (method, path) = (request.method().to_string(), request.path().to_owned());
        let answer = Answer::of(test::call_service(&service, request).await).await;
        answer.is_declared(&method, &path);
        answer
    }

    /// Posts JSON with the key.
    pub(super) async fn post(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(with_key(post(path, body), &self.key)).await
    }

    /// Asks with the key.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(with_key(TestRequest::get().uri(path), &self.key)).await
    }
}

/// JSON to be posted.
pub(super) fn post(path: &str, body: impl Into<Vec<u8>>) -> TestRequest {
    let request = TestRequest::post().uri(path).insert_header((CONTENT_TYPE, "application/json"));
    request.set_payload(body.into())
}

/// The request with a key.
pub(super) fn with_key(request: TestRequest, key: &str) -> TestRequest {
    request.insert_header((AUTHORIZATION, format!("Bearer {key}")))
}

impl Answer {
    async fn of(response: ServiceResponse<impl MessageBody>) -> Self {
        let header = |name| {
            let value = response.headers().get(name);
            value.map(|it: &HeaderValue| it.to_str().unwrap().to_owned())
        };
        assert_eq!(header(CACHE_CONTROL).as_deref(), Some("no-store"));
        let (status, media_type) = (response.status().as_u16(), header(CONTENT_TYPE).unwrap_or_default());
        let headers = response.headers().iter();
        let headers = headers.map(|(name, it)| (name.to_string(), it.to_str().unwrap().to_owned())).collect();
        let challenge = header(WWW_AUTHENTICATE);
        let text = whole(response.into_body(), media_type == "text/event-stream").await;
        let is_json = media_type.ends_with("json") && !media_type.ends_with("ndjson");
        let json = if is_json { serde_json::from_str(&text).unwrap() } else { Value::Null };
        Self { status, media_type, challenge, headers, text, json }
    }

    /// A header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// Holds the answer to be one that the declaration of its endpoint tells of.
    #[track_caller]
    fn is_declared(&self, method: &str, path: &str) {
        let Some(endpoint) = endpoint_at(method, path) else {
            assert!([404, 405].contains(&self.status), "{method} {path} is no endpoint: {self:?}");
            return;
        };
        if self.status == endpoint.answer.status {
            assert_eq!(self.header("location").is_some(), self.status == 201, "{method} {path}");
            assert_eq!(self.media_type, endpoint.answer.media_type, "{method} {path}");
            if let Some(record) = endpoint.answer.record {
                assert_eq!(unlike(record, &self.json, ""), [""; 0], "{method} {path}: {}", self.text);
            }
            return;
        }
        let known = openapi::failures(endpoint).iter().any(|it| it.0 == self.status);
        let unchanged = self.status == 304 && endpoint.tagged && !endpoint.matched;
        assert!(known || unchanged, "{method} {path} does not tell of {}: {}", self.status, self.text);
    }

    /// Holds the answer to be a problem document of this status.
    #[track_caller]
    pub(super) fn is_problem(&self, status: u16) {
        assert_eq!((self.status, self.media_type.as_str()), (status, "application/problem+json"), "{self:?}");
        assert_eq!(self.json["status"], status);
        assert_eq!(self.json["type"], "about:blank");
        for member in ["title", "detail"] {
            assert!(self.json[member].as_str().is_some_and(|it| !it.is_empty()), "{self:?}");
        }
    }

    /// Holds the answer to be a 422 that names exactly these places.
    #[track_caller]
    pub(super) fn is_wrong_at(&self, places: &[&str]) {
        self.is_problem(422);
        let errors = self.json["errors"].as_array().unwrap();
        let place = |it: &Value| {
            assert!(it["detail"].as_str().is_some_and(|it| !it.is_empty()), "{it}");
            it["pointer"].as_str().or(it["parameter"].as_str()).unwrap_or("?").to_owned()
        };
        assert_eq!(errors.iter().map(place).collect::<Vec<_>>(), places, "{self:?}");
    }
}

/// A body as text; of an endless one what was told so far.
async fn whole(body: impl MessageBody, is_endless: bool) -> String {
    let (mut body, mut bytes) = (pin!(body), Vec::new());
    while let Some(piece) = poll_fn(|context| body.as_mut().poll_next(context)).await {
        let Ok(piece) = piece else { panic!("the body broke off") };
        bytes.extend_from_slice(&piece);
        if is_endless && bytes.ends_with(b": live\n\n") {
            break;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// The endpoint that answers at a path.
fn endpoint_at(method: &str, path: &str) -> Option<&'static Endpoint> {
    let fits = |it: &&&Endpoint| {
        let (wanted, given) = (it.path.split('/'), path.split('/'));
        it.method.word() == if method == "HEAD" { "GET" } else { method }
            && wanted.clone().count() == given.clone().count()
            && wanted.zip(given).all(|(wanted, given)| match wanted.split_once('}') {
                Some((_, verb)) if wanted.starts_with('{') => given.ends_with(verb),
                Some(_) | None => wanted == given,
            })
    };
    // A path without a place in it wins: `/v1/contacts:erase` is no contact. So does one with a verb.
    let mut found: Vec<_> = contents::ALL.iter().filter(fits).collect();
    found.sort_by_key(|it| (it.path.contains('{'), !it.path.contains("}:")));
    found.first().map(|it| **it)
}

/// In what a value is not as its record says: every field is declared, and every required one there.
pub(super) fn unlike(record: &Record, value: &Value, at: &str) -> Vec<String> {
    let Some(object) = value.as_object() else { return vec![format!("{at}: no object")] };
    let mut wrong = Vec::new();
    for name in object.keys().filter(|name| !record.fields.iter().any(|it| it.name == *name)) {
        wrong.push(format!("{at}/{name}: not declared"));
    }
    for field in record.fields {
        match object.get(field.name) {
            Some(value) => wrong.extend(misfit(&field.shape, value, &format!("{at}/{}", field.name))),
            None if field.required => wrong.push(format!("{at}/{}: missing", field.name)),
            None => {}
        }
    }
    wrong
}

fn misfit(shape: &Shape, value: &Value, at: &str) -> Vec<String> {
    let right = match shape {
        Shape::Text(text) => value.as_str().is_some_and(|it| {
            let instant = it.len() == 24 && it.ends_with('Z') && it.get(10..11) == Some("T");
            // A pattern of ours is a prefix, one set of signs and their number.
            let prefix =
                text.pattern.map_or("", |it| it.trim_start_matches('^').split('[').next().unwrap_or(""));
            it.chars().count() <= text.most
                && it.starts_with(prefix)
                && (text.pattern.is_none() || it.len() == text.example.len())
                && (text.format != Some("date-time") || instant)
                && (text.format != Some("uri") || it.contains("://"))
        }),
        Shape::Word(words) => value.as_str().is_some_and(|it| words.contains(&it)),
        Shape::Number(least, most) => value.as_i64().is_some_and(|it| (*least..=*most).contains(&it)),
        Shape::Flag => value.is_boolean(),
        Shape::Anything => value.is_object(),
        Shape::Value => true,
        Shape::Either(one, other) => {
            let wrong = misfit(one, value, at);
            return if wrong.is_empty() { wrong } else { misfit(other, value, at) };
        }
        Shape::Object(record) => return unlike(record, value, at),
        Shape::Maybe(_) if value.is_null() => true,
        Shape::Maybe(inner) => return misfit(inner, value, at),
        Shape::List(items, least, most) => {
            let Some(list) = value.as_array() else { return vec![format!("{at}: no list")] };
            let mut wrong: Vec<String> = list
                .iter()
                .enumerate()
                .flat_map(|(index, it)| misfit(items, it, &format!("{at}/{index}")))
                .collect();
            if !(*least..=*most).contains(&list.len()) {
                wrong.push(format!("{at}: {} elements", list.len()));
            }
            return wrong;
        }
        Shape::Each(inner) => {
            let Some(object) = value.as_object() else { return vec![format!("{at}: no object")] };
            return object.iter().flat_map(|(name, it)| misfit(inner, it, &format!("{at}/{name}"))).collect();
        }
    };
    if right { Vec::new() } else { vec![format!("{at}: {value} is not as declared")] }
}

#[test]
fn an_answer_that_is_not_as_declared_is_found() {
    const INNER: Record = Record::new("", "", &[Field::must("id", "", super::schema::CONTACT)]);
    const OUTER: Record = Record::new(
        "",
        "",
        &[
            Field::must("list", "", Shape::List(&Shape::Object(&INNER), 1, 2)),
            Field::may("word", "", Shape::Maybe(&Shape::Word(&["a"]))),
            Field::may("at", "", super::schema::INSTANT),
            Field::may("number", "", Shape::Number(1, 2)),
        ],
    );
    let id = "con_01kas0z1v8q4g6r1m0c7y2d3e5";
    let right =
        json!({ "list": [{ "id": id }], "word": null, "at": "2026-11-21T09:14:32.000Z", "number": 2 });
    assert_eq!(unlike(&OUTER, &right, ""), [""; 0]);
    for (wrong, place) in [
        (json!({}), "/list: missing"),
        (json!({ "list": [] }), "/list: 0 elements"),
        (json!({ "list": [{}] }), "/list/0/id: missing"),
        (json!({ "list": [{ "id": "evi_01kas0z1v8q4g6r1m0c7y2d3e5" }] }), "/list/0/id: "),
        (json!({ "list": [{ "id": id, "x": 1 }] }), "/list/0/x: not declared"),
        (json!({ "list": [{ "id": id }], "word": "b" }), "/word: "),
        (json!({ "list": [{ "id": id }], "at": "today" }), "/at: "),
        (json!({ "list": [{ "id": id }], "number": 3 }), "/number: "),
    ] {
        let found = unlike(&OUTER, &wrong, "");
        assert!(found.len() == 1 && found[0].starts_with(place), "{wrong}: {found:?}");
    }
}
