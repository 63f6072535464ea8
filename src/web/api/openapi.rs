//! The OpenAPI 3.1 document, made of the declarations of the endpoints.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    contents::ALL,
    route::{Endpoint, Method, NDJSON, Parameter},
    schema::{Field, Record, Shape, Text},
};

/// The whole document, for a service reached at `base_url`.
pub fn document(base_url: &str) -> Value {
    let mut schemas = BTreeMap::new();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for endpoint in ALL {
        let operation = operation(endpoint, &mut schemas);
        let methods = paths.entry(endpoint.path).or_default();
        methods.insert(endpoint.method.word().to_lowercase(), operation);
    }
    schemas.insert("Problem", problem());
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Ayeaye",
            "version": "1",
            "summary": "Owns the permission to send email, and proves it.",
            "description": format!("{ABOUT}\n\n## Test mode\n\n{TEST_MODE}"),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": base_url }],
        "security": [{ "key": [] }],
        "tags": tags(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problems(),
            "headers": headers(),
            "parameters": header_parameters(),
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key made with `ayeaye key new`. Each operation names the scope it needs.",
                },
            },
        },
    })
}

const ABOUT: &str = "Keys are sent as `Authorization: Bearer aye_…` and act for one tenant. Errors are problem \
    documents (RFC 9457). Unknown fields and parameters are refused, and so are a body where none is described, but for \
    `{}`, and a method that a path does not have (405, with `Allow`). Times are RFC 3339 in UTC. Lists go on with \
    `next_cursor`. A request that changes something can be sent again with the same `Idempotency-Key`: it does its \
    work once and answers the same for 24 hours.";
/// How tests are kept apart. The page of the reference says the same.
pub(super) const TEST_MODE: &str = "An organisation set up with `test = true` is for tests: addresses such as \
    `…+aye-bounce@…` act a part there, and all else works as anywhere. Its keys begin with `aye_test_`, its events and the \
    answers and proofs of the send gate say `\"test\": true`, and on its receipts and their proofs its name begins with \
    `[TEST]`. Nothing crosses organisations, so a key for tests never reaches somebody real. An organisation that has \
    contacts or keys stays what it is: `ayeaye apply` refuses to change it. Make one of its own for tests, with another \
    slug.";

fn tags() -> Value {
    let mut names: Vec<&str> = Vec::new();
    for endpoint in ALL {
        if !names.contains(&endpoint.resource()) {
            names.push(endpoint.resource());
        }
    }
    names.into_iter().map(|name| json!({ "name": name })).collect()
}

type Schemas = BTreeMap<&'static str, Value>;

fn operation(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let mut operation = json!({
        "operationId": endpoint.id(),
        "tags": [endpoint.resource()],
        "summary": endpoint.summary,
        "responses": responses(endpoint, schemas),
    });
    let Value::Object(members) = &mut operation else { return operation };
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    if !endpoint.about.is_empty() {
        set("description", json!(endpoint.about));
    }
    // Since 3.1 the list of a bearer scheme may name what the key must be allowed.
    set("security", endpoint.scope.map_or_else(|| json!([]), |it| json!([{ "key": [it.word()] }])));
    let parameters = parameters(endpoint, schemas);
    if !parameters.is_empty() {
        set("parameters", Value::Array(parameters));
    }
    if let Some((record, example)) = endpoint.body {
        let schema = reference(record, true, schemas);
        let example: Value = serde_json::from_str(&illustrated(example)).unwrap_or_default();
        let content = json!({ endpoint.body_type: { "schema": schema, "example": example } });
        let mut sent = json!({ "required": !endpoint.may_go_without_body(), "content": content });
        if let (NDJSON, Value::Object(members)) = (endpoint.body_type, &mut sent) {
            members.insert("description".to_owned(), json!("One such object a line."));
        }
        set("requestBody", sent);
    }
    operation
}

/// An example with its places filled in as the document shows them.
pub(super) fn illustrated(example: &str) -> String {
    EXAMPLES.iter().fold(example.to_owned(), |text, (place, value)| text.replace(place, value))
}

/// What stands in examples; tests fill in what is there.
const EXAMPLES: [(&str, &str); 4] = [
    ("{contact}", "con_01kas0z1v8q4g6r1m0c7y2d3e5"),
    ("{email}", "ada@example.org"),
    ("{form}", "newsletter"),
    ("{purpose}", "newsletter"),
];

fn parameters(endpoint: &Endpoint, schemas: &mut Schemas) -> Vec<Value> {
    let own = endpoint.parameters.iter().map(|it| {
        let Parameter { name, about, shape, in_path, required } = it;
        let place = if *in_path { "path" } else { "query" };
        let schema = schema(shape, true, schemas);
        json!({ "name": name, "in": place, "required": required, "description": about, "schema": schema })
    });
    let mut found: Vec<Value> = own.collect();
    let mut header = |name: &str| found.push(json!({ "$ref": format!("#/components/parameters/{name}") }));
    if endpoint.changes {
        header("Idempotency-Key");
    }
    if endpoint.matched {
        header("If-Match");
    } else if endpoint.tagged {
        header("If-None-Match");
    }
    found
}

/// A string of structured fields (RFC 9651), or the same without its quotes.
const IDEMPOTENCY_KEY: &str = r#"^("([ !#-\[\]-~]|\\["\\]){1,255}"|[!#-~]([ -~]{0,253}[!-~])?)$"#;

fn header_parameters() -> Value {
    let text = |example: &str| json!({ "type": "string", "examples": [example] });
    let idempotency_key = json!({
        "type": "string", "pattern": IDEMPOTENCY_KEY, "examples": ["\"8e03978e-40d5-43e8-bc93-6894a57f9324\""],
    });
    json!({
        "Idempotency-Key": {
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A text of your own for this act, 1 to 255 characters, in double quotes. Sent again with the \
                same body within 24 hours, the act is not done twice and the answer is the same.",
            "schema": idempotency_key,
        },
        "If-Match": {
            "name": "If-Match", "in": "header", "required": true,
            "description": "The `ETag` of what you read, or `*`.",
            "schema": text("\"33a64df551425fcc55e4d42a148795d9\""),
        },
        "If-None-Match": {
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "The `ETag` of what you have.",
            "schema": text("\"33a64df551425fcc55e4d42a148795d9\""),
        },
    })
}

fn responses(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let answer = endpoint.answer;
    let content = match answer.record {
        Some(record) => json!({ "schema": reference(record, false, schemas) }),
        None => json!({}),
    };
    let mut all = Map::new();
    let done = json!({
        "description": answer.about,
        "headers": answer_headers(endpoint),
        "content": { answer.media_type: content },
    });
    all.insert(answer.status.to_string(), done);
    if endpoint.tagged && !endpoint.matched {
        all.insert("304".to_owned(), json!({ "description": "You have this state already." }));
    }
    for (status, about) in failures(endpoint) {
        let own = json!({
            "description": about,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        let value = match common(status) {
            Some(common) if common == about => json!({ "$ref": format!("#/components/responses/{status}") }),
            Some(_) | None => own,
        };
        all.insert(status.to_string(), value);
    }
    Value::Object(all)
}

fn answer_headers(endpoint: &Endpoint) -> Value {
    let mut names = Vec::new();
    if endpoint.scope.is_some() {
        names.extend(["RateLimit-Policy", "RateLimit"]);
    }
    if endpoint.tagged {
        names.push("ETag");
    }
    if endpoint.query().any(|it| it.name == "cursor") {
        names.push("Link");
    }
    if endpoint.changes {
        names.push("Idempotency-Replayed");
    }
    if endpoint.answer.status == 201 {
        names.push("Location");
    }
    let named = names.into_iter();
    let headers: Map<String, Value> =
        named.map(|it| (it.to_owned(), json!({ "$ref": format!("#/components/headers/{it}") }))).collect();
    Value::Object(headers)
}

fn headers() -> Value {
    let header = |about: &str, example: &str| json!({ "description": about, "schema": { "type": "string" }, "example": example });
    json!({
        "RateLimit-Policy": header("How many requests this key has in how many seconds.", "\"default\";q=6000;w=60"),
        "RateLimit": header("How many it has left, and when it has all again.", "\"default\";r=5999;t=60"),
        "ETag": header("Names the state that is shown.", "\"33a64df551425fcc55e4d42a148795d9\""),
        "Link": header("The next page, when there is one.", "<https://consent.example.org/v1/purposes?limit=50&cursor=2Xw0>; rel=\"next\""),
        "Location": header("Where what was made is read.", "/v1/forms/newsletter"),
        "Idempotency-Replayed": header("`true` when the act was done before and this was its answer.", "true"),
        "Retry-After": header("In how many seconds to try again.", "30"),
        "WWW-Authenticate": header("What the key lacks.", "Bearer"),
    })
}

/// What can go wrong with a request to this endpoint, by status.
pub(super) fn failures(endpoint: &Endpoint) -> Vec<(u16, &'static str)> {
    let mut found: BTreeMap<u16, &'static str> = BTreeMap::new();
    let mut may = |status: u16| {
        if let Some(about) = common(status) {
            found.insert(status, about);
        }
    };
    [400, 421, 422, 429, 500, 503].into_iter().for_each(&mut may);
    if endpoint.scope.is_some() {
        [401, 403].into_iter().for_each(&mut may);
    }
    if endpoint.method != Method::Get {
        [408, 413].into_iter().for_each(&mut may);
    }
    if endpoint.body.is_some() {
        may(415);
    }
    if endpoint.changes {
        may(409);
    }
    if endpoint.matched {
        [412, 428].into_iter().for_each(&mut may);
    }
    found.extend(endpoint.problems.iter().copied());
    found.into_iter().collect()
}

/// What a status says wherever it is answered.
const fn common(status: u16) -> Option<&'static str> {
    Some(match status {
        400 => "The request could not be read.",
        401 => "No live key was sent.",
        403 => "The key lacks the scope.",
        408 => "The body took too long to arrive.",
        409 => "An equal request is still under way, or the person it was about was erased since.",
        412 => "What is to be changed is no longer as you read it.",
        413 => "The body is too large.",
        415 => "The body is not JSON, or is compressed.",
        421 => "The name it was sent to is none of this service's.",
        422 => "Something in the request is not as it must be; `errors` says what and where.",
        428 => "If-Match is missing.",
        429 => "The key has used its requests of this minute, or there are too many connections.",
        500 => "A mistake of ours. It is in the log of the service.",
        503 => "The service cannot answer now. Nothing was changed.",
        _ => return None,
    })
}

fn problems() -> Value {
    let statuses = [400, 401, 403, 408, 409, 412, 413, 415, 421, 422, 428, 429, 500, 503];
    let said = statuses.into_iter().filter_map(|status: u16| {
        let mut response = json!({
            "description": common(status)?,
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        let header = match status {
            401 | 403 => Some("WWW-Authenticate"),
            429 => Some("Retry-After"),
            _ => None,
        };
        if let (Some(header), Value::Object(members)) = (header, &mut response) {
            let reference = json!({ "$ref": format!("#/components/headers/{header}") });
            members.insert("headers".to_owned(), json!({ header: reference }));
        }
        Some((status.to_string(), response))
    });
    Value::Object(said.collect())
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "examples": ["about:blank"] },
            "title": { "type": "string", "examples": ["Unprocessable Entity"] },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string", "description": "What to do about it." },
            "line": {
                "type": "integer", "minimum": 1,
                "description": "Which line of the body, when it has a recipient a line.",
            },
            "violated-policies": { "type": "array", "items": { "type": "string" } },
            "errors": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["detail"],
                    "properties": {
                        "pointer": { "type": "string", "description": "Where in the body (RFC 6901).", "examples": ["/recipients/3/email"] },
                        "parameter": { "type": "string", "description": "Which parameter of the query." },
                        "detail": { "type": "string" },
                    },
                },
            },
        },
    })
}

/// The schema of a record for a document of its own: the record, and the others it refers to.
pub(super) fn standalone(record: &'static Record) -> (Value, Value) {
    let mut schemas = BTreeMap::new();
    let described = object(record, false, &mut schemas);
    (within_document(described), within_document(json!(schemas)))
}

/// The same with references to where the schemas stand in a document of its own.
fn within_document(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, it)| (name, within_document(it))).collect())
        }
        Value::Array(items) => items.into_iter().map(within_document).collect(),
        Value::String(text) => Value::String(text.replace("#/components/schemas/", "#/$defs/")),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

/// A reference to a record, which is put among the schemas with all it refers to. What we read is strict; what we
/// answer may have more fields one day.
fn reference(record: &'static Record, strict: bool, schemas: &mut Schemas) -> Value {
    if !schemas.contains_key(record.name) {
        schemas.insert(record.name, Value::Null);
        let described = object(record, strict, schemas);
        schemas.insert(record.name, described);
    }
    json!({ "$ref": format!("#/components/schemas/{}", record.name) })
}

fn object(record: &'static Record, strict: bool, schemas: &mut Schemas) -> Value {
    let Record { name: _, about, fields, alternatives, some } = record;
    let mut properties = Map::new();
    for Field { name, about, shape, required: _ } in *fields {
        let mut described = schema(shape, strict, schemas);
        if let Value::Object(members) = &mut described {
            members.insert("description".to_owned(), json!(about));
        }
        properties.insert((*name).to_owned(), described);
    }
    let required: Vec<&str> = fields.iter().filter(|it| it.required).map(|it| it.name).collect();
    let mut object =
        json!({ "type": "object", "description": about, "properties": properties, "required": required });
    if let Value::Object(members) = &mut object {
        if strict {
            members.insert("additionalProperties".to_owned(), json!(false));
        }
        if *alternatives > 0 {
            let names = fields.iter().take(*alternatives).map(|it| json!({ "required": [it.name] }));
            members.insert("oneOf".to_owned(), names.collect());
        }
        if *some {
            members.insert("minProperties".to_owned(), json!(1));
        }
    }
    object
}

fn schema(shape: &Shape, strict: bool, schemas: &mut Schemas) -> Value {
    match shape {
        Shape::Text(text) => of_text(text),
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Number(least, most) => {
            let mut number = json!({ "type": "integer", "format": "int64", "minimum": least });
            if let (true, Value::Object(members)) = (*most != i64::MAX, &mut number) {
                members.insert("maximum".to_owned(), json!(most));
            }
            number
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::List(items, least, most) => {
            let mut list =
                json!({ "type": "array", "items": schema(items, strict, schemas), "minItems": least });
            if let (true, Value::Object(members)) = (*most != usize::MAX, &mut list) {
                members.insert("maxItems".to_owned(), json!(most));
            }
            list
        }
        Shape::Object(record) => reference(record, strict, schemas),
        Shape::Each(inner) => {
            json!({ "type": "object", "additionalProperties": schema(inner, strict, schemas) })
        }
        Shape::Anything => json!({ "type": "object" }),
        Shape::Value => json!({}),
        Shape::Either(one, other) => {
            json!({ "anyOf": [schema(one, strict, schemas), schema(other, strict, schemas)] })
        }
        Shape::Maybe(inner) => json!({ "anyOf": [schema(inner, strict, schemas), { "type": "null" }] }),
    }
}

fn of_text(text: &Text) -> Value {
    let Text { most, format, pattern, example } = text;
    let mut members = Map::new();
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("type", json!("string"));
    set("examples", json!([example]));
    if *most != usize::MAX {
        set("maxLength", json!(most));
    }
    if let Some(format) = format {
        set("format", json!(format));
    }
    if let Some(pattern) = pattern {
        set("pattern", json!(pattern));
    }
    Value::Object(members)
}
