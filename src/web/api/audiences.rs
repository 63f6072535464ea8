//! `GET /v1/audiences/{purpose}.ndjson`, `GET /v1/audiences/{purpose}.csv`: everybody whom one may mail for a purpose
//! now, and nobody else.
//!
//! That addresses were given away is noted before the first of them is, and of a consent that it was relied on: records
//! of the access, as lines of a log are. Nothing about a person changes, and HEAD notes nothing.

mod columns;
mod csv;
mod ndjson;

use std::collections::BTreeSet;

use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{
        Method as Verb, StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK},
    },
    web::{Data, Path},
};
use tokio::sync::mpsc;

use self::{
    columns::{ANSWERS, Column, NAMED, Profile},
    csv::Csv,
    ndjson::Ndjson,
};
use super::{
    auth::{self, Caller, Scope},
    checks::with_purpose,
    etag,
    problem::{self, Problem, Wrong},
    query::Query,
    route::{Endpoint, Method, Parameter},
    schema::{PURPOSE, Shape},
    stream,
};
use crate::{
    app::{
        App,
        audience::{self, Asked, Audience, Form, Pace, WAITING},
    },
    domain::{catalog::Tenant, chars::is_hidden},
    web::{Web, error::Fault},
};

const OF: Parameter = Parameter::path("purpose", "The slug of the purpose.", PURPOSE);
const FIELDS: Parameter = Parameter::query(
    "fields",
    "What is told of each, separated by commas: contact, email, external_id, locale, confirmed_at, consent, and \
     `answers.` with the name of a declared field. All but answers when left out. With a profile: answers alone, besides \
     its own columns.",
    Shape::text_within(500, "email,locale,answers.first-name"),
);
const INCLUDE: Parameter = Parameter::query(
    "include",
    "`links` adds the two links that belong into every mail: to their choices, and the one that leaves this purpose.",
    Shape::Word(&["links"]),
);
const NAME: Shape = Shape::text_within(NAME_MOST, "Acme Mail SAS");
const RECIPIENT: Parameter = Parameter::needed(
    "recipient",
    "Say who receives the addresses, for your register and for people who ask: the company or the tool by its name, without \
     `<`, `>` and `@`; no address. Your privacy notice names them.",
    NAME,
);
const RECIPIENT_OR_TOOL: Parameter = Parameter::query(
    "recipient",
    "Who receives the addresses, for your register and for people who ask: the company or the tool by its name, without `<`, \
     `>` and `@`; no address. Must be said unless there is a profile; then it is that tool when left out. Your privacy \
     notice names them.",
    NAME,
);
/// The most characters of the name of a recipient.
const NAME_MOST: usize = 100;
/// How many recipients a tenant's notice names.
const RECIPIENTS_MOST: usize = 200;
const PROBLEMS: &[(u16, &str)] = &[(404, "There is no such purpose.")];

/// `GET /v1/audiences/{purpose}.ndjson`
pub const NDJSON: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/audiences/{purpose}.ndjson",
    Scope::AudiencesRead,
    "Get everybody who may be mailed",
)
.about(
    "One JSON object a line, in an order that does not change, all from one state: those whom the send gate would allow \
     now. The last line is a trailer, `{\"object\":\"trailer\",\"count\":…,\"sha256\":…,\"as_of_sequence\":…}`: without it the \
     file is not whole and must not be used. `sha256` is of all bytes before it; the feed goes on after `as_of_sequence`. \
     Who stops reading for half a minute, or takes longer than a quarter of an hour, is cut off. One is streamed to you at \
     once and four in all; another caller gets 503 and tries again. Each time is noted as a disclosure, where `Link` \
     leads, and the consents in it count as used: nothing else is changed by reading. HEAD, and the answer 304 to \
     somebody who has this very audience, give nobody away and are not noted: they have no `Link`.",
)
.with(&[OF, FIELDS, INCLUDE, RECIPIENT])
.answers_with("The audience.", "application/x-ndjson")
.tagged()
.fails(PROBLEMS);

/// `GET /v1/audiences/{purpose}.csv`
pub const CSV: Endpoint = Endpoint::new(
    Method::Get,
    "/v1/audiences/{purpose}.csv",
    Scope::AudiencesRead,
    "Get everybody who may be mailed, as CSV",
)
.about(
    "The same as a table, in UTF-8. No cell begins a formula, and no part of one behind a comma, a semicolon, a tab or a line \
     break: an apostrophe stands before one that would. An address that \
     would (`+…`) is left out, as with an apostrophe it would be another address; `left_out` says how many. The last line \
     begins with `#trailer`. With `profile` the columns are named as that tool's import wants them and there is no such \
     line, as the tool would take it for a person: count and hash are in the disclosure that `Link` leads to, once it is \
     complete.",
)
.with(&[
    OF,
    FIELDS,
    INCLUDE,
    Parameter::query("profile", "The tool that the file is for.", Shape::Word(&Profile::WORDS)),
    RECIPIENT_OR_TOOL,
])
.answers_with("The audience.", "text/csv; charset=utf-8")
.tagged()
.fails(PROBLEMS);

/// Answers [`NDJSON`].
///
/// # Errors
/// A problem document; 404 when the tenant has no such purpose, 503 when as many are streamed as can be.
pub async fn ndjson(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &NDJSON).await?;
    let columns = fields(&query, None)?;
    let form = Ndjson { columns: columns.clone() };
    let download =
        Download { request: &request, web: &web, caller, query, slug: &slug, kind: NDJSON.answer.media_type };
    download.answer(form, &columns, "ndjson", None).await
}

/// Answers [`CSV`].
///
/// # Errors
/// As [`ndjson`].
pub async fn csv(request: HttpRequest, slug: Path<String>, web: Data<Web>) -> Result<HttpResponse, Error> {
    let (caller, query) = auth::enter(&web, &request, &CSV).await?;
    let profile = query.text("profile").and_then(Profile::from_word);
    let chosen = fields(&query, profile)?;
    let links = query.text("include").is_some();
    let (columns, separator) = match profile {
        Some(profile) => {
            let entered: Vec<String> = chosen.iter().filter_map(entered).collect();
            (profile.columns(links, &entered), profile.separator())
        }
        None => (plain(&chosen, links), b','),
    };
    let form = Csv { columns, separator, has_trailer: profile.is_none() };
    let mut told: Vec<Column> = form.columns.iter().map(|it| it.1.clone()).collect();
    told.extend(chosen);
    let download =
        Download { request: &request, web: &web, caller, query, slug: &slug, kind: CSV.answer.media_type };
    download.answer(form, &told, "csv", profile).await
}

/// The columns asked for by name.
fn fields(query: &Query<'_>, profile: Option<Profile>) -> Result<Vec<Column>, Problem> {
    let Some(text) = query.text("fields") else {
        let all = NAMED.into_iter().map(|it| it.1).collect();
        return Ok(if profile.is_some() { Vec::new() } else { all });
    };
    let mut columns = Vec::new();
    for name in text.split(',') {
        let column = Column::named(name).filter(|it| profile.is_none() || entered(it).is_some());
        match column {
            Some(column) if !columns.contains(&column) => columns.push(column),
            Some(_) => return Err(wrong_fields("names a field twice")),
            None if profile.is_some() => return Err(wrong_fields("with a profile, it names answers alone")),
            None => {
                let known: Vec<&str> = NAMED.iter().map(|it| it.0).collect();
                return Err(wrong_fields(&format!("must be some of {} and {ANSWERS}…", known.join(", "))));
            }
        }
    }
    Ok(columns)
}

fn wrong_fields(detail: &str) -> Problem {
    wrong("fields", detail)
}

fn wrong(parameter: &str, detail: &str) -> Problem {
    Problem::wrong(vec![Wrong::parameter(parameter, detail)])
}

fn entered(column: &Column) -> Option<String> {
    match column {
        Column::Entered(field) => Some(field.clone()),
        Column::Contact
        | Column::Email
        | Column::ExternalId
        | Column::Locale
        | Column::ConfirmedAt
        | Column::Consent
        | Column::Preferences
        | Column::Unsubscribe
        | Column::Fixed(_)
        | Column::Attributes => None,
    }
}

fn plain(chosen: &[Column], links: bool) -> Vec<(String, Column)> {
    let links = [Column::Preferences, Column::Unsubscribe].into_iter().filter(|_| links);
    chosen.iter().cloned().chain(links).map(|it| (it.name(), it)).collect()
}

/// A request for an audience, in whatever form.
struct Download<'a> {
    request: &'a HttpRequest,
    web: &'a Web,
    caller: Caller,
    query: Query<'a>,
    slug: &'a str,
    kind: &'static str,
}

impl Download<'_> {
    async fn answer(
        self,
        form: impl Form,
        told: &[Column],
        ending: &str,
        profile: Option<Profile>,
    ) -> Result<HttpResponse, Error> {
        let Self { request, web, caller, query, slug, kind } = self;
        let recipient = recipient(&query, profile)?;
        let app = &web.app;
        let tenant = with_purpose(app, caller.tenant.clone(), slug).await?;
        let Some(purpose) = tenant.purpose_named(slug).map(|it| it.id) else {
            return Err(Problem::new(StatusCode::NOT_FOUND, "There is no such purpose.").into());
        };
        named(app, &tenant, &recipient)?;
        declared(app, &tenant, told).await?;
        let asked = Asked {
            recipient,
            purpose,
            key: caller.key,
            columns: names(told, &query),
            form: format!("{ending} {}", query.text("profile").unwrap_or_default()),
            links: query.text("include").is_some(),
            entered: told.iter().any(|it| entered(it).is_some()),
            tenant,
        };
        let Some(audience) = audience::open(app, asked).await.map_err(Fault::App)? else { return Ok(full()) };
        if let Some(known) = known(request, web, &audience).await? {
            return Ok(known);
        }
        let mut answer = HttpResponse::Ok();
        answer
            .insert_header((CONTENT_TYPE, kind))
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.{ending}\"")));
        if request.method() == Verb::HEAD {
            // Nothing is given away: there is no disclosure to lead to, nor to name a state that has no tag of its own.
            if let Some(tag) = &audience.tag {
                answer.insert_header((ETAG, format!("\"{tag}\"")));
            }
            return Ok(answer.finish());
        }
        let disclosure = audience.disclose(app).await.map_err(Fault::App)?;
        answer
            .insert_header((ETAG, format!("\"{}\"", disclosure.tag)))
            .insert_header((LINK, format!("</v1/disclosures/{}>; rel=\"describedby\"", disclosure.id)));
        let (sender, receiver) = mpsc::channel(WAITING);
        tokio::spawn(audience.send(app.clone(), form, disclosure, sender, Pace::USUAL));
        Ok(answer.streaming(stream::body(receiver)))
    }
}

/// Holds the answers asked for to be of fields that forms of the tenant declare, also those that another process may
/// have set up a moment ago.
async fn declared(app: &App, tenant: &Tenant, told: &[Column]) -> Result<(), Error> {
    let asked: Vec<String> = told.iter().filter_map(entered).collect();
    if asked.iter().all(|it| slugs(app, tenant).contains(it)) {
        return Ok(());
    }
    app.refresh().await.map_err(Fault::App)?;
    let known = slugs(app, tenant);
    if asked.iter().all(|it| known.contains(it)) {
        return Ok(());
    }
    let known: Vec<String> = known.iter().map(|it| format!("{ANSWERS}{it}")).collect();
    let there = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Err(wrong_fields(&format!("names an answer that no form asks for; those there are: {there}")).into())
}

/// The fields that forms of a tenant declare.
fn slugs(app: &App, tenant: &Tenant) -> BTreeSet<String> {
    let catalog = app.catalog();
    let forms = catalog.forms.values().filter(|it| it.tenant == tenant.id);
    forms.flat_map(|it| &it.fields).map(|it| it.slug.as_str().to_owned()).collect()
}

/// 304, when the caller has this very audience.
async fn known(request: &HttpRequest, web: &Web, audience: &Audience) -> Result<Option<HttpResponse>, Error> {
    let Some(tag) = &audience.tag else { return Ok(None) };
    let quoted = format!("\"{tag}\"");
    if !request.headers().contains_key(IF_NONE_MATCH) || !etag::is_known(request, &quoted) {
        return Ok(None);
    }
    if !audience.is_known(&web.app, tag).await.map_err(Fault::App)? {
        return Ok(None);
    }
    let mut answer = HttpResponse::NotModified();
    Ok(Some(answer.insert_header((ETAG, quoted)).insert_header((CACHE_CONTROL, "no-store")).finish()))
}

/// Whom the addresses are given to: as the caller says, else the tool of the profile. Addresses are given to nobody
/// without a name: people are told it.
fn recipient(query: &Query<'_>, profile: Option<Profile>) -> Result<String, Problem> {
    let said = query.text("recipient").or(profile.map(Profile::name));
    let said = said.ok_or_else(|| wrong("recipient", "Say who receives the addresses"))?;
    let is_plain = |it: char| !matches!(it, '<' | '>' | '@' | '\u{ff20}' | '\u{fe6b}') && !is_hidden(it);
    let name = said.trim();
    if name.is_empty() || name.chars().count() > NAME_MOST || !said.chars().all(is_plain) {
        let detail = format!(
            "must be the name of the company or the tool, in one line of 1 to {NAME_MOST} characters, without < > and @: \
             not the address of anybody"
        );
        return Err(wrong("recipient", &detail));
    }
    Ok(name.to_owned())
}

/// Holds the recipient to be a name that the notice has already, or one of not too many: every new one is a new version
/// of the notice, which names them all.
fn named(app: &App, tenant: &Tenant, recipient: &str) -> Result<(), Problem> {
    let catalog = app.catalog();
    let Some(given) = catalog.given.get(&tenant.id) else { return Ok(()) };
    if given.len() < RECIPIENTS_MOST || given.contains(recipient) {
        return Ok(());
    }
    let detail = format!(
        "is new, and your notice names {RECIPIENTS_MOST} recipients already, which is the most. Name the company or the tool \
         that receives the addresses, always in the same way, not each time you ask; GET /v1/disclosures has the names used"
    );
    Err(wrong("recipient", &detail))
}

/// What is told of each, for the register.
fn names(told: &[Column], query: &Query<'_>) -> String {
    let mut names: Vec<String> = Vec::new();
    for column in told {
        let of_one: &[&str] = match column {
            Column::Attributes => &["contact", "locale", "external_id"],
            Column::Fixed(_) => &[],
            Column::Preferences | Column::Unsubscribe => &["links"],
            Column::Contact
            | Column::Email
            | Column::ExternalId
            | Column::Locale
            | Column::ConfirmedAt
            | Column::Consent
            | Column::Entered(_) => &[],
        };
        names.extend(of_one.iter().map(|it| (*it).to_owned()));
        if of_one.is_empty() && !matches!(column, Column::Fixed(_)) {
            names.push(column.name());
        }
    }
    if query.text("include").is_some() {
        names.push("links".to_owned());
    }
    names.sort_unstable();
    names.dedup();
    names.join(" ")
}

fn full() -> HttpResponse {
    let detail = "An audience is being streamed to you, or as many as can be to others: one at once for each, four in all. Try \
                  again in a minute.";
    problem::busy(detail)
}

#[cfg(test)]
mod tests;
