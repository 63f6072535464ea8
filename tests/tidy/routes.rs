//! Every route registered in `src/web/mod.rs` against the table of `tests/it/coverage.rs`.
//!
//! A route is a text that begins with a slash as first argument of `route`, or of `resource` with the methods in its
//! chain; `scope` puts its text before those inside its chain. A method is a call named after it, `web::get()`, or
//! the helper `read()`, which answers GET and HEAD. A helper that makes a resource calls its parameter `path`, and
//! is itself called `route`.

use std::collections::BTreeSet;

use super::source::{File, Token};

/// A method and a path: `("GET", "/f/{form}")`.
pub(crate) type Route = (String, String);

const METHODS: [&str; 6] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];

/// What the call of this name answers.
fn method(call: &str) -> Option<&'static str> {
    let name = if call == "read" { "get" } else { call };
    METHODS.into_iter().find(|it| it.eq_ignore_ascii_case(name))
}

/// What differs between the routes of `registry` and the entries of `coverage`.
pub(crate) fn violations(registry: &File, coverage: Option<&File>) -> Vec<String> {
    let (routes, mut wrong) = routes(registry);
    let entries = coverage.map(entries).unwrap_or_default();
    for (method, path) in routes.difference(&entries) {
        wrong.push(format!(
            "{method} {path} has no entry: exercise it and add (\"{method}\", \"{path}\") to tests/it/coverage.rs"
        ));
    }
    for (method, path) in entries.difference(&routes) {
        wrong.push(format!(
            "tests/it/coverage.rs: (\"{method}\", \"{path}\") is not a route of src/web/mod.rs: remove it"
        ));
    }
    wrong
}

/// Routes registered elsewhere: nobody would see them on the one screen that lists them all.
pub(crate) fn registered_elsewhere(file: &File) -> Vec<String> {
    let calls = calls(&file.product_tokens());
    let lines = calls.into_iter().map(|it| it.line);
    lines.map(|it| format!("{}:{it}: register this route in src/web/mod.rs", file.path)).collect()
}

/// `route("/x"`, `resource("/x"` or `scope("/x"`, and how far what is chained to it goes.
struct Call {
    name: String,
    path: String,
    line: usize,
    tokens: std::ops::Range<usize>,
}

fn calls(tokens: &[Token]) -> Vec<Call> {
    let mut found = Vec::new();
    for (at, window) in tokens.windows(3).enumerate() {
        let [name, open, path] = window else { continue };
        let (Some(word), Some(text)) = (name.word(), path.text()) else { continue };
        let is_call = matches!(word, "route" | "resource" | "scope") && open.is('(');
        if is_call && (text.starts_with('/') || text.is_empty()) {
            let end = if word == "route" { closing(tokens, at + 1) } else { chain(tokens, at) };
            let (name, path) = (word.to_owned(), text.to_owned());
            found.push(Call { name, path, line: tokens[at].line, tokens: at..end });
        }
    }
    found
}

/// The place after the parenthesis that closes the one at `open`.
fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.is('(') || token.is('{') || token.is('[') {
            depth += 1;
        } else if token.is(')') || token.is('}') || token.is(']') {
            depth -= 1;
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The place where the chain of calls that begins at `start` ends: `scope("/v1").service(…).route(…)`.
fn chain(tokens: &[Token], start: usize) -> usize {
    let mut at = closing(tokens, start + 1);
    while tokens.get(at).is_some_and(|it| it.is('.')) {
        while tokens.get(at).is_some_and(|it| !it.is('(')) {
            at += 1;
        }
        at = closing(tokens, at);
    }
    at
}

/// Calls whose path is not written on the spot: it could not be held against the table.
fn unreadable(tokens: &[Token], calls: &[Call], path: &str) -> Vec<String> {
    let is_in_resource = |at: &usize| calls.iter().any(|it| it.name == "resource" && it.tokens.contains(at));
    let mut wrong = Vec::new();
    for (at, window) in tokens.windows(3).enumerate() {
        let registers = match window[0].word() {
            Some("resource" | "scope") => window[1].is('('),
            Some("route") => window[1].is('(') && !window[2].is(')') && !is_in_resource(&at),
            Some(_) | None => false,
        };
        if registers && window[2].text().is_none() && !window[2].is_word("path") {
            wrong.push(format!("{path}:{}: write the path here, as a text", window[0].line));
        }
    }
    wrong
}

fn routes(registry: &File) -> (BTreeSet<Route>, Vec<String>) {
    let (tokens, mut found) = (registry.product_tokens(), BTreeSet::new());
    let calls = calls(&tokens);
    let mut wrong = unreadable(&tokens, &calls, &registry.path);
    for call in calls.iter().filter(|it| it.name != "scope") {
        let around = calls.iter().filter(|it| it.name == "scope" && it.tokens.contains(&call.tokens.start));
        let path = around.map(|it| it.path.as_str()).chain([call.path.as_str()]).collect::<String>();
        let methods = methods(&tokens[call.tokens.clone()]);
        if methods.is_empty() {
            let line = call.line;
            wrong.push(format!("{}:{line}: {path} names no method: write web::get() or such", registry.path));
        }
        found.extend(methods.into_iter().map(|it| (it, path.clone())));
    }
    (found, wrong)
}

fn methods(tokens: &[Token]) -> Vec<String> {
    let called = tokens.windows(2).filter(|it| it[1].is('('));
    called.filter_map(|it| method(it[0].word()?)).map(str::to_owned).collect()
}

/// Two texts in a row, the first one a method: `("GET", "/f/{form}", …)`.
fn entries(coverage: &File) -> BTreeSet<Route> {
    let tokens = coverage.tokens();
    let pairs = tokens.windows(4).filter(|it| it[0].is('(') && it[2].is(','));
    let texts = pairs.filter_map(|it| Some((it[1].text()?, it[3].text()?)));
    let routes = texts.filter(|(method, _)| METHODS.contains(method));
    routes.map(|(method, path)| (method.to_owned(), path.to_owned())).collect()
}

#[cfg(test)]
const REGISTRY: &str = r#"
    pub fn routes(config: &mut web::ServiceConfig) {
        config
            .route("/healthz", web::get().to(health::get))
            .service(web::resource("/f/{form}").route(read().to(form::get)).route(web::post().to(form::post)))
            .service(web::scope("/v1").wrap(keys()).service(
                web::resource("/checks").route(web::post().to(checks::post)))
                .route("/events", web::get().to(events::get)))
            .route("/p", web::get().to(link::get))
            .service(route("/u/{token}", vec![read().to(leave::get), actix::post().to(leave::post)]));
    }
    fn route(path: &str, routes: Vec<Route>) -> Resource {
        routes.into_iter().fold(actix::resource(path), Resource::route)
    }"#;

#[test]
fn routes_are_read_with_their_methods_and_scopes() {
    let (routes, wrong) = routes(&File::new("src/web/mod.rs", REGISTRY));
    let routes: Vec<String> = routes.into_iter().map(|(method, path)| format!("{method} {path}")).collect();
    let expected = [
        "GET /f/{form}",
        "GET /healthz",
        "GET /p",
        "GET /u/{token}",
        "GET /v1/events",
        "POST /f/{form}",
        "POST /u/{token}",
        "POST /v1/checks",
    ];
    assert_eq!((routes, wrong), (expected.map(str::to_owned).to_vec(), Vec::new()));
}

#[test]
fn a_route_without_entry_and_an_entry_without_route_are_found() {
    let registry = File::new("src/web/mod.rs", r#".route("/p", web::get().to(x)).route("/q", any(x))"#);
    let coverage = File::new("tests/it/coverage.rs", r#"const ROUTES: &[_] = &[("POST", "/p", "x")];"#);
    assert_eq!(violations(&registry, Some(&coverage)).len(), 3);
    assert_eq!(violations(&registry, None).len(), 2);
    let right = File::new("tests/it/coverage.rs", r#"[("GET", "/p")]"#);
    let one = File::new("src/web/mod.rs", r#".route("/p", web::get().to(x))"#);
    assert_eq!(violations(&one, Some(&right)), [""; 0]);
    assert_eq!(registered_elsewhere(&one).len(), 1);
    let hidden =
        File::new("src/web/mod.rs", "web::resource([A, B]).route(web::get().to(x)); app.route(PATH, get())");
    assert_eq!(violations(&hidden, None).len(), 3);
}
