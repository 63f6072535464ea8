//! `/p/{token}`: a person's choices, at two levels of proof.
//!
//! A link from a newsletter (L0) may have been passed on: it shows a masked address and can always stop things.
//! A code or link mailed minutes ago (L1) shows the address and the history, and can start things.

pub(super) mod act;
pub(super) mod show;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use super::{fields::ToldView, message};
use crate::{
    app::{
        Visit,
        links::{self, Holder},
    },
    domain::{
        Locale,
        catalog::{Catalog, Tenant},
    },
    i18n::Lang,
    store::contact::Contact,
    web::{
        Web,
        error::Fault,
        extract::{self, Fields},
        page::Frame,
        part::{CodeForm, PurposeView, Undo},
    },
};

/// The lengths of a break: the value posted as `pause`, and the key of its label.
pub const PAUSES: [(&str, &str); 3] =
    [("2w", "preferences-pause-2w"), ("1m", "preferences-pause-1m"), ("3m", "preferences-pause-3m")];

/// A person's choices.
#[derive(Template)]
#[template(path = "public/preferences.html")]
pub struct PreferencesPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where every form of the page posts to, with `do=save|stop|pause|resume|undo|code`.
    pub action: String,
    /// Hidden fields every form posts along: name and value.
    pub hidden: Vec<(&'static str, String)>,
    /// The address: masked at L0.
    pub address: String,
    /// What the person has proven.
    pub level: Level,
    /// What the last act came to.
    pub banner: Option<Banner>,
    /// Whether the person asked for their data to be frozen: then they can stop mails and nothing else.
    pub frozen: bool,
    /// The purposes, in groups.
    pub groups: Vec<Group>,
    /// Until when all mails are paused, in words.
    pub paused_until: Option<String>,
    /// The languages mails can be written in.
    pub languages: Vec<LanguageChoice>,
    /// Who receives the address besides the organisation itself.
    pub recipients: Vec<String>,
    /// Who received it before, and until when, in words.
    pub past: Vec<String>,
    /// What the person entered in declared fields.
    pub told: Vec<ToldView>,
}

/// What the person has proven.
pub enum Level {
    /// A footer link.
    L0 {
        /// The form to type a code into, once one has been sent.
        code: Option<CodeForm>,
    },
    /// A code or link mailed in the last 30 minutes.
    L1 {
        /// Everything that happened, newest first.
        history: Vec<HistoryLine>,
    },
}

/// Purposes under one heading; without a title when there is only one group.
pub struct Group {
    /// The heading.
    pub title: Option<String>,
    /// The purposes.
    pub purposes: Vec<PurposeView>,
}

/// A language mails can be written in.
pub struct LanguageChoice {
    /// Its tag, posted as `locale`.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// Whether it is the person's.
    pub chosen: bool,
}

/// One thing that happened.
pub struct HistoryLine {
    /// Date and time, in words.
    pub when: String,
    /// What, in words: "You confirmed Newsletter".
    pub what: String,
    /// How, in words: "with the link we sent you".
    pub how: String,
    /// Its receipt.
    pub receipt: Option<ReceiptLink>,
}

/// A receipt in a list.
pub struct ReceiptLink {
    /// Its number.
    pub number: String,
    /// Where it can be read.
    pub href: Option<String>,
}

/// What the last act came to: stands at the top of the page and is announced.
pub struct Banner {
    /// What happened, in a few words.
    pub title: String,
    /// What changed and what comes next, one sentence a line.
    pub lines: Vec<String>,
    /// The number of the receipt.
    pub receipt: Option<String>,
    /// How to take it back.
    pub undo: Option<Undo>,
    /// Whether something has to be corrected.
    pub wrong: bool,
}

/// A choice that has just changed, by the purpose's name.
pub enum Change {
    /// No longer wanted: in effect now.
    Left(String),
    /// Wanted, with a fresh proof: in effect now.
    Joined(String),
    /// Wanted, from a footer link: waits for its confirmation.
    Asked(String),
    /// Wanted, from a footer link, but no mail may go to this address now.
    Held(String),
    /// Wanted by a child, from this page: a guardian has to agree, whom only the form asks.
    Guarded(String),
    /// The language of mails, by its name in itself.
    Language(String),
}

impl Banner {
    /// The choices were saved; with no change, says so.
    pub fn saved(t: &Lang, changes: &[Change], receipt: Option<String>, undo: Option<Undo>) -> Self {
        let mut lines: Vec<String> = changes.iter().map(|it| it.sentence(t)).collect();
        let mut say = |key| lines.push(t.get(key).into_owned());
        if changes.is_empty() {
            say("saved-nothing");
        }
        if changes.iter().any(|it| matches!(it, Change::Left(_))) {
            say("saved-underway");
        }
        if changes.iter().any(|it| matches!(it, Change::Asked(_))) {
            say("saved-confirm");
        }
        if changes.iter().any(|it| matches!(it, Change::Held(_))) {
            say("check-limit");
        }
        Self { title: t.get("saved-title").into_owned(), lines, receipt, undo, wrong: false }
    }

    /// Everything was stopped.
    pub fn stopped(t: &Lang, receipt: Option<String>, undo: Option<Undo>) -> Self {
        Self { receipt, undo, ..Self::plain(t, "stopped-title", &["stopped-now", "saved-underway"]) }
    }

    /// A break was taken until `until`, in words.
    pub fn paused(t: &Lang, until: &str, receipt: Option<String>) -> Self {
        let line = t.with("paused-now", &[("date", until.into())]);
        Self { lines: vec![line], receipt, ..Self::plain(t, "paused-title", &[]) }
    }

    /// A break was ended.
    pub fn resumed(t: &Lang, receipt: Option<String>) -> Self {
        Self { receipt, ..Self::plain(t, "resumed-title", &["resumed-now"]) }
    }

    /// The last change was taken back.
    pub fn undone(t: &Lang, receipt: Option<String>) -> Self {
        Self { receipt, ..Self::plain(t, "undone-title", &["undone-now"]) }
    }

    /// It was too late to take the last change back.
    pub fn undo_too_late(t: &Lang) -> Self {
        Self { wrong: true, ..Self::plain(t, "undo-late-title", &["undo-late-next"]) }
    }

    /// Something was ticked that this page does not offer.
    pub fn not_offered(t: &Lang) -> Self {
        Self { wrong: true, ..Self::plain(t, "not-saved-title", &["not-saved-offered"]) }
    }

    /// A break of another length than those on offer.
    pub fn no_such_break(t: &Lang) -> Self {
        Self { wrong: true, ..Self::plain(t, "not-saved-title", &["not-saved-break"]) }
    }

    /// A code was mailed, or would have been, were it not for the budget of this address.
    pub fn code_sent(t: &Lang) -> Self {
        Self::plain(t, "code-sent-title", &["code-sent-now", "check-limit"])
    }

    fn plain(t: &Lang, title: &str, lines: &[&str]) -> Self {
        Self {
            title: t.get(title).into_owned(),
            lines: lines.iter().map(|it| t.get(it).into_owned()).collect(),
            receipt: None,
            undo: None,
            wrong: false,
        }
    }
}

impl Change {
    fn sentence(&self, t: &Lang) -> String {
        let (key, name) = match self {
            Self::Left(name) => ("saved-left", name),
            Self::Joined(name) => ("saved-joined", name),
            Self::Asked(name) => ("saved-asked", name),
            Self::Held(name) => ("saved-held", name),
            Self::Guarded(name) => ("saved-guardian", name),
            Self::Language(name) => ("saved-language", name),
        };
        t.with(key, &[("name", name.as_str().into())])
    }
}

impl PreferencesPage<'_> {
    /// "You receive 2 of 5."
    fn tally(&self) -> String {
        let all = || self.groups.iter().flat_map(|it| &it.purposes);
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (got, of) = (count(all().filter(|it| it.ticked).count()), count(all().count()));
        self.frame.t.with("preferences-tally", &[("n", got.into()), ("of", of.into())])
    }

    fn code_problem(&self) -> Option<&str> {
        match &self.level {
            Level::L0 { code } => code.as_ref().and_then(|it| it.problem.as_deref()),
            Level::L1 { .. } => None,
        }
    }

    /// A mail program can be asked to write to the organisation; `None` where none is known.
    fn contact(&self) -> Option<&str> {
        self.frame.tenant.as_ref().map(|it| it.contact_email.as_str())
    }
}

/// A person and what a link to their page proves.
#[derive(Clone)]
pub(super) struct Visitor<'a> {
    pub(super) web: &'a Web,
    pub(super) tenant: &'a Tenant,
    pub(super) holder: Holder,
    pub(super) visit: Visit,
    /// The path of the page, without query.
    pub(super) path: String,
    /// The language asked for in the address.
    pub(super) asked: Option<Locale>,
}

impl<'a> Visitor<'a> {
    async fn open(request: &HttpRequest, web: &'a Web, catalog: &'a Catalog) -> Result<Option<Self>, Fault> {
        let token = request.match_info().query("token");
        let Some(holder) = links::preferences(&web.app, token).await? else { return Ok(None) };
        let Some(tenant) = catalog.tenant(holder.tenant) else { return Ok(None) };
        Ok(Some(Self {
            web,
            tenant,
            holder,
            visit: extract::visit(request, web),
            path: request.path().to_owned(),
            asked: extract::query(request, "lang").as_deref().and_then(Locale::from_tag),
        }))
    }

    /// The person's frame: in the language the link says, or else in theirs.
    pub(super) fn frame(&self, contact: &Contact) -> Frame {
        let locale = self.asked.unwrap_or(contact.locale);
        extract::frame(self.web, locale, &self.path, Some(self.tenant))
    }
}

/// `GET /p/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(visitor) = Visitor::open(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let page = show::page(&visitor, StatusCode::OK, |_| show::After::default()).await?;
    Ok(page.unwrap_or_else(|| message::unreadable(&request, &web)))
}

/// `POST /p/{token}`
///
/// # Errors
/// The database failed: nothing was changed.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(visitor) = Visitor::open(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let done = if fields.is_repeated("do") {
        act::not_understood(&visitor).await?
    } else {
        act::act(&visitor, &fields).await?
    };
    Ok(done.unwrap_or_else(|| message::unreadable(&request, &web)))
}
