//! `/dev/inbox`: the mails that were captured instead of sent, newest first.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use serde_json::{Value, json};

use crate::{
    mail::{CapturedMail, File},
    web::{
        Web, extract,
        page::{self, Frame},
        public::message,
    },
};

/// The longest wait for a mail, in seconds.
const WAIT: u64 = 30;

/// The list.
#[derive(Template)]
#[template(path = "dev/inbox.html")]
pub struct InboxPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Whether there is a demo around it.
    pub demo: bool,
    /// Newest first.
    pub mails: Vec<MailLine>,
}

/// One captured mail.
pub struct MailLine {
    /// Its page.
    pub href: String,
    /// The recipient.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// Date and time, in words.
    pub when: String,
}

/// `GET /dev/inbox`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Some(inbox) = &web.inbox else { return message::not_found(&request, &web) };
    let frame = super::frame("/dev/inbox");
    let line = |it: &CapturedMail| MailLine {
        href: format!("/dev/inbox/{}", it.id),
        to: it.to.clone(),
        subject: it.subject.clone(),
        when: super::when(it.at),
    };
    let mails = inbox.list().iter().map(|it| line(it)).collect();
    page::html(&frame, StatusCode::OK, &InboxPage { frame: &frame, demo: web.demo.is_some(), mails })
}

/// `GET /dev/inbox/api/messages?to=&wait=&after=`: the mails to `to` with an id above `after`, oldest first; waits
/// up to `wait` seconds for the first of them.
pub async fn messages(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let Some(inbox) = &web.inbox else { return message::not_found(&request, &web) };
    let number = |name: &str| extract::query(&request, name).and_then(|it| it.parse::<u64>().ok());
    let to = extract::query(&request, "to").filter(|it| !it.is_empty());
    let wait = Duration::from_secs(number("wait").unwrap_or_default().min(WAIT));
    let found = inbox.wait(to.as_deref(), number("after").unwrap_or_default(), wait).await;
    let mails: Vec<Value> = found.iter().map(|it| as_json(it)).collect();
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(mails)
}

fn as_json(mail: &CapturedMail) -> Value {
    let CapturedMail { id, at, from, to, subject, headers: _, text, html: _, raw: _, links, codes, files } =
        mail;
    let links: Vec<Value> = links.iter().map(|(rel, url)| json!({ "rel": rel, "url": url })).collect();
    let files: Vec<Value> = (0..).zip(files).map(|(number, it)| file_json(*id, number, it)).collect();
    json!({
        "id": id, "to": to, "from": from, "subject": subject, "date": at.rfc3339(), "links": links,
        "codes": codes, "text": text, "files": files,
    })
}

fn file_json(mail: u64, number: u64, file: &File) -> Value {
    let File { name, media_type, data } = file;
    json!({ "name": name, "type": media_type, "bytes": data.len(), "url": super::mail::file_href(mail, number) })
}
