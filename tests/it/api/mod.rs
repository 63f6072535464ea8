//! The API over HTTP on both databases: what holds for every endpoint, tried on each that is declared.

mod audiences;
mod checks;
mod client;
mod exports;
mod fuzz;
mod head;
mod mirror;
mod once;
mod openapi;
mod people;
mod places;
mod preferences;
mod reading;
mod setup;
mod signups;
mod suppressed_at_once;
mod suppressions;
mod tenants;
mod test_mode;
mod things;

use ayeaye::web::api::{
    route::{Endpoint, Method, Parameter},
    schema::Shape,
};
use reqwest::{RequestBuilder, Response};

use crate::support::app::{TestApp, http};

/// An endpoint asked with its example, in which `{contact}` and such are what these names say.
pub(crate) fn ask(app: &TestApp, endpoint: &Endpoint, names: &[(&str, &str)]) -> RequestBuilder {
    let fill = |text: &str| names.iter().fold(text.to_owned(), |text, (place, it)| text.replace(place, it));
    // A recipient is needed by what has no profile.
    let is_needed = |it: &&Parameter| it.required || it.name == "recipient";
    let needed: Vec<String> = endpoint.query().filter(is_needed).map(example).collect();
    let url = format!("{}{}?{}", app.base(), fill(endpoint.path), needed.join("&"));
    let method = match endpoint.method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
    };
    let request = http().request(method, url);
    let request = if endpoint.matched { request.header("if-match", "*") } else { request };
    match endpoint.body {
        Some((_, example)) => request.header("content-type", endpoint.body_type).body(fill(example)),
        None => request,
    }
}

fn example(parameter: &Parameter) -> String {
    let Shape::Text(text) = parameter.shape else { panic!("{} is no text", parameter.name) };
    format!("{}={}", parameter.name, text.example)
}

/// Status and body, as far as it is text; of an endless body what was told so far.
pub(crate) async fn read(mut answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let is_endless = answer.headers().get("content-type").is_some_and(|it| it == "text/event-stream");
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.unwrap() {
        body.extend_from_slice(&piece);
        if is_endless && body.ends_with(b": live\n\n") {
            break;
        }
    }
    (status, String::from_utf8_lossy(&body).into_owned())
}
