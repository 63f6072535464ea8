//! `/u/{token}`: unsubscribe. One page, one button, no question.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::CONTENT_TYPE},
    web::{Data, Payload},
};
use askama::Template;

use super::{
    confirm::masked,
    message,
    preferences::{self, act::UNDO_FIELD},
    shown,
    unsubscribed::{self, Reason},
};
use crate::{
    app::{
        Visit, links,
        preferences::{Overview, overview},
        unsubscribe::{What, give_reason, leave},
    },
    domain::{
        Locale, Timestamp,
        catalog::{Catalog, Tenant},
        consent::State,
        link::Link,
    },
    store::consent::Stored,
    web::{
        Web,
        error::Fault,
        extract::{self, FORM_LIMIT, Fields},
        page::{self, Frame},
    },
};

/// The button. Opening the page changes nothing.
#[derive(Template)]
#[template(path = "public/unsubscribe.html")]
pub struct UnsubscribePage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where the button posts to, with `do=unsubscribe`: what tells it from a mail program's one-click request.
    pub action: String,
    /// The masked address.
    pub address: String,
    /// The purpose the link names; `None` when it names everything.
    pub purpose: Option<String>,
    /// When the person left already, in words.
    pub left_on: Option<String>,
    /// The preference page: takes `do=stop`, has breaks and choices.
    pub preferences: String,
}

impl UnsubscribePage<'_> {
    fn title(&self) -> String {
        match (&self.left_on, &self.purpose) {
            (None, Some(name)) => self.frame.fill("unsubscribe-title", "name", name),
            (None, None) => self.frame.fill("unsubscribe-title-all", "name", self.frame.brand()),
            (Some(_), Some(name)) => self.frame.fill("unsubscribed-title", "name", name),
            (Some(_), None) => self.frame.fill("unsubscribed-title-all", "name", self.frame.brand()),
        }
    }
}

/// Whom a link names, and what it leaves.
pub(super) struct Leaver<'a> {
    pub(super) web: &'a Web,
    pub(super) tenant: &'a Tenant,
    pub(super) holder: links::Holder,
    pub(super) what: What,
    /// The path of this page, with the purpose in the query of a minted link.
    pub(super) path: String,
    asked: Option<Locale>,
    visit: Visit,
}

impl<'a> Leaver<'a> {
    async fn open(request: &HttpRequest, web: &'a Web, catalog: &'a Catalog) -> Result<Option<Self>, Fault> {
        let token = request.match_info().query("token");
        let purpose = extract::query(request, "p");
        let found = links::unsubscribe(&web.app, token, purpose.as_deref()).await?;
        let Some((holder, what)) = found else { return Ok(None) };
        let Some(tenant) = catalog.tenant(holder.tenant) else { return Ok(None) };
        let path = match purpose {
            Some(slug) => {
                let query =
                    url::form_urlencoded::Serializer::new(String::new()).append_pair("p", &slug).finish();
                format!("{}?{query}", request.path())
            }
            None => request.path().to_owned(),
        };
        let asked = extract::query(request, "lang").as_deref().and_then(Locale::from_tag);
        let visit = extract::visit(request, web);
        Ok(Some(Self { web, tenant, holder, what, path, asked, visit }))
    }

    fn frame(&self, overview: &Overview) -> Frame {
        let locale = self.asked.unwrap_or(overview.contact.locale);
        extract::frame(self.web, locale, &self.path, Some(self.tenant))
    }

    /// The name of the purpose; `None` for everything.
    pub(super) fn name(&self, locale: Locale) -> Option<String> {
        match self.what {
            What::Everything => None,
            What::One(purpose) => {
                shown::purposes(self.tenant, [&purpose], locale).into_iter().next().map(|it| it.name)
            }
        }
    }

    /// The path of the person's preferences.
    pub(super) fn preferences(&self) -> String {
        let link = Link::Preferences(self.tenant.id, self.holder.contact);
        format!("/p/{}", link.sign(&self.web.app.link_keys()))
    }

    /// The consents the link is about.
    pub(super) fn about<'c>(&self, consents: &'c [Stored]) -> impl Iterator<Item = &'c Stored> {
        let what = self.what;
        consents.iter().filter(move |it| match what {
            What::One(purpose) => it.purpose == purpose,
            What::Everything => true,
        })
    }

    /// When the person left what the link names, if nothing of it is left to leave.
    fn left_on(&self, consents: &[Stored]) -> Option<Timestamp> {
        let gone = |it: &Stored| {
            it.consent.pending_since.is_none()
                && match it.consent.state {
                    State::Withdrawn | State::Refused => true,
                    State::Unknown | State::Confirmed | State::Expired => false,
                }
        };
        let nothing_left = self.about(consents).all(|it| gone(it) || it.consent.word() == "unknown");
        let last = self.about(consents).filter(|it| gone(it)).map(|it| it.consent.since).max();
        last.filter(|_| nothing_left)
    }
}

/// `GET /u/{token}`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(leaver) = Leaver::open(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let Some(overview) = overview(&web.app, &leaver.holder).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let frame = leaver.frame(&overview);
    let page = UnsubscribePage {
        frame: &frame,
        action: frame.path(&leaver.path),
        address: masked(&overview.contact),
        purpose: leaver.name(frame.t.locale()),
        left_on: leaver.left_on(&overview.consents).map(|it| frame.t.date(it)),
        preferences: frame.path(&leaver.preferences()),
    };
    Ok(page::html(&frame, StatusCode::OK, &page))
}

/// `POST /u/{token}`: a button of our pages, or anything else, which is a mail program's one click (RFC 8058).
///
/// The standard's own example is malformed, and a body may be missing altogether: whatever is posted to a valid
/// link that is not one of our buttons does what the person wants.
///
/// # Errors
/// The body is too large or too slow, or the database failed: nothing was changed.
pub async fn post(request: HttpRequest, web: Data<Web>, payload: Payload) -> Result<HttpResponse, Fault> {
    let body = extract::body(&request, &mut payload.into_inner(), FORM_LIMIT).await?;
    let catalog = web.app.catalog();
    let Some(leaver) = Leaver::open(&request, &web, &catalog).await? else {
        return Ok(message::unreadable(&request, &web));
    };
    let media_type = extract::header(&request, &CONTENT_TYPE).unwrap_or_default().to_ascii_lowercase();
    let is_form = media_type.starts_with("application/x-www-form-urlencoded");
    let fields = Fields::parse(if is_form { &body } else { b"" });
    let done = match fields.first("do") {
        "unsubscribe" => press(&leaver).await?,
        "undo" => undo(&leaver, fields.first(UNDO_FIELD)).await?,
        "reason" => explain(&leaver, &fields).await?,
        _ => one_click(&leaver).await?,
    };
    Ok(done.unwrap_or_else(|| message::unreadable(&request, &web)))
}

/// The answer; `None` when the person is gone.
type Answer = Result<Option<HttpResponse>, Fault>;

/// What the mail program asked for, in a few words that nobody reads.
async fn one_click(leaver: &Leaver<'_>) -> Answer {
    let Leaver { web, tenant, holder, what, visit, .. } = leaver;
    let left = leave(&web.app, tenant, holder, *what, "one_click", visit).await?;
    Ok(left.map(|_| {
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header(("Cache-Control", "no-store"))
            .insert_header(("X-Content-Type-Options", "nosniff"))
            .body("Unsubscribed.\n")
    }))
}

/// The button of the page. Only whoever pressed it just now, and left something by it, may take that back.
async fn press(leaver: &Leaver<'_>) -> Answer {
    let Leaver { web, tenant, holder, what, visit, .. } = leaver;
    let Some(left) = leave(&web.app, tenant, holder, *what, "unsubscribe", visit).await? else {
        return Ok(None);
    };
    let undo = left.evidence.map(|it| Link::Undo(tenant.id, it).sign(&web.app.link_keys()));
    let hidden = undo.iter().map(|it| (UNDO_FIELD, it.clone())).collect();
    done(leaver, undo, |action| Reason::Ask { action, hidden }).await
}

/// The page after leaving.
async fn done(leaver: &Leaver<'_>, undo: Option<String>, reason: impl FnOnce(String) -> Reason) -> Answer {
    let Some(overview) = overview(&leaver.web.app, &leaver.holder).await? else { return Ok(None) };
    let frame = leaver.frame(&overview);
    let reason = reason(frame.path(&leaver.path));
    unsubscribed::answer(leaver, &frame, &overview, undo, reason).await.map(Some)
}

/// The button that takes it back leads to the preferences, where one sees what is received again.
async fn undo(leaver: &Leaver<'_>, token: &str) -> Answer {
    let Leaver { web, tenant, holder, asked, visit, .. } = leaver;
    let visitor = preferences::Visitor {
        web,
        tenant,
        holder: *holder,
        visit: visit.clone(),
        path: leaver.preferences(),
        asked: *asked,
    };
    preferences::act::take_back(&visitor, token).await
}

/// The answer to the question, or none: only words of the list are kept. Nobody is asked twice.
async fn explain(leaver: &Leaver<'_>, fields: &Fields) -> Answer {
    let reason = fields.first("reason");
    let undo = Some(fields.first(UNDO_FIELD).to_owned()).filter(|it| !it.is_empty());
    let Leaver { web, tenant, holder, .. } = leaver;
    let known = unsubscribed::REASONS.iter().any(|(word, _)| *word == reason);
    if known && !give_reason(&web.app, tenant, holder, reason).await? {
        return Ok(None);
    }
    done(leaver, undo, |_action| if known { Reason::Thanks } else { Reason::None }).await
}
