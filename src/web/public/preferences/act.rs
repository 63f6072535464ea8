//! What the buttons of the page do.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    Banner, Change, Visitor,
    show::{self, After, Code, is_listed, page},
};
use crate::{
    app::{
        ask_link::{CodeTyped, send_code, type_code},
        gatekeeper::may_change,
        preferences::{Break, Choices, Saved, overview, pause, save, speak},
        unsubscribe::{Left, What, leave, undo},
    },
    domain::{
        Locale, Timestamp,
        catalog::Purpose,
        consent::{State, UNDO},
        id::{EvidenceId, PurposeId},
        link::{Kind, Link},
    },
    i18n::Lang,
    store::{consent::Stored, contact::Contact},
    web::{
        error::Fault,
        extract::Fields,
        page::see_other,
        part::{CodeProblem, Undo},
        public::{
            message::{self, MessagePage, Next, Reason},
            shown,
        },
    },
};

/// The answer; `None` when the person is gone.
type Answer = Result<Option<HttpResponse>, Fault>;

/// Does what the pressed button says.
pub(super) async fn act(visitor: &Visitor<'_>, fields: &Fields) -> Answer {
    match fields.first("do") {
        "save" => save_choices(visitor, fields).await,
        "stop" => stop(visitor).await,
        "pause" => take_break(visitor, fields.first("pause")).await,
        "resume" => resume(visitor).await,
        "undo" => take_back(visitor, fields.first(UNDO_FIELD)).await,
        "code" if fields.has("code") => enter_code(visitor, fields.first("code")).await,
        "code" => mail_code(visitor).await,
        _ => not_understood(visitor).await,
    }
}

/// The answer when the page was changed too often: for changes that can be repeated for ever. Leaving never waits.
async fn refused(visitor: &Visitor<'_>) -> Answer {
    let app = &visitor.web.app;
    match may_change(app, visitor.holder.contact, app.now()).await? {
        Some(wait) => too_fast(visitor, wait).await,
        None => Ok(None),
    }
}

/// Whether the language may be changed once more; the choices saved with it are kept either way.
async fn may_speak(visitor: &Visitor<'_>) -> Result<bool, Fault> {
    let app = &visitor.web.app;
    Ok(may_change(app, visitor.holder.contact, app.now()).await?.is_none())
}

async fn too_fast(visitor: &Visitor<'_>, wait: i64) -> Answer {
    let Some(overview) = overview(&visitor.web.app, &visitor.holder).await? else { return Ok(None) };
    Ok(Some(message::too_fast(&visitor.frame(&overview.contact), wait)))
}

/// A form without a button of this page, or with two.
pub(super) async fn not_understood(visitor: &Visitor<'_>) -> Answer {
    let Some(overview) = overview(&visitor.web.app, &visitor.holder).await? else { return Ok(None) };
    let frame = visitor.frame(&overview.contact);
    let again = Next::Open(frame.path(&visitor.path));
    Ok(Some(MessagePage::answer(&frame, Reason::BadRequest, again)))
}

/// The page with a banner, after an act that was done.
async fn done(visitor: &Visitor<'_>, banner: impl FnOnce(&Lang) -> Banner) -> Answer {
    page(visitor, StatusCode::OK, |t| After { banner: Some(banner(t)), code: Code::NotAsked }).await
}

/// The page with a banner, after an act that was not done.
async fn not_done(visitor: &Visitor<'_>, status: StatusCode, banner: impl FnOnce(&Lang) -> Banner) -> Answer {
    page(visitor, status, |t| After { banner: Some(banner(t)), code: Code::NotAsked }).await
}

/// The use case found nobody whose choices may be changed: gone, or frozen, which the page says.
async fn not_editable(visitor: &Visitor<'_>) -> Answer {
    page(visitor, StatusCode::CONFLICT, |_| After::default()).await
}

/// The choices of a submitted page.
struct Ticks {
    seen: Vec<PurposeId>,
    ticked: Vec<PurposeId>,
}

async fn save_choices(visitor: &Visitor<'_>, fields: &Fields) -> Answer {
    let Visitor { web, tenant, holder, visit, .. } = visitor;
    let Some(before) = overview(&web.app, holder).await? else { return Ok(None) };
    let Some(Ticks { seen, ticked }) = ticks(visitor, &before.consents, fields) else {
        return not_done(visitor, StatusCode::UNPROCESSABLE_ENTITY, Banner::not_offered).await;
    };
    let frame = visitor.frame(&before.contact);
    let views = shown::purposes(tenant, &ticked, frame.t.locale());
    let shown = shown::consent_text(&frame.t, &views, "preferences-save");
    let choices = Choices { seen: &seen, ticked: &ticked, shown: &shown };
    let Some(saved) = save(&web.app, tenant, holder, &choices, visit).await? else {
        return not_editable(visitor).await;
    };
    let mut language = None;
    if let Some(locale) = Locale::from_tag(fields.first("locale")).filter(|it| *it != saved.contact.locale)
        && may_speak(visitor).await?
    {
        if speak(&web.app, tenant, holder, locale, visit).await?.is_none() {
            return not_editable(visitor).await;
        }
        language = Some(locale);
    }
    // Whoever has just chosen a language reads it.
    let visitor = Visitor { asked: language.or(visitor.asked), ..visitor.clone() };
    done(&visitor, |t| saved_banner(&visitor, t, &saved, language)).await
}

/// The boxes of a submitted page; `None` when one of them is none of this page's.
fn ticks(visitor: &Visitor<'_>, consents: &[Stored], fields: &Fields) -> Option<Ticks> {
    let tenant = visitor.tenant;
    let named = |slug| tenant.purpose_named(slug);
    let seen: Option<Vec<&Purpose>> = fields.all("seen").filter(|it| !it.is_empty()).map(named).collect();
    let ticked: Option<Vec<&Purpose>> = fields.all("p").map(named).collect();
    let (seen, ticked) = (ids(&seen?), ticked?);
    if ticked.iter().any(|it| !is_listed(it, consents) && !seen.contains(&it.id)) {
        return None;
    }
    let confirmed = consents.iter().filter(|it| it.consent.state == State::Confirmed).map(|it| it.purpose);
    let seen = if fields.has("seen") { seen } else { confirmed.collect() };
    Some(Ticks { seen, ticked: ids(&ticked) })
}

/// Each purpose once.
fn ids(purposes: &[&Purpose]) -> Vec<PurposeId> {
    let mut ids: Vec<PurposeId> = purposes.iter().map(|it| it.id).collect();
    ids.sort();
    ids.dedup();
    ids
}

fn saved_banner(visitor: &Visitor<'_>, t: &Lang, saved: &Saved, language: Option<Locale>) -> Banner {
    let Saved { left, joined, asked, held, guarded, receipt, evidence, contact: _, consents: _ } = saved;
    let names = |ids: &[PurposeId], of: fn(String) -> Change| {
        let views = shown::purposes(visitor.tenant, ids, t.locale());
        views.into_iter().map(move |it| of(it.name))
    };
    let mut changes: Vec<Change> = names(left, Change::Left).collect();
    changes.extend(names(joined, Change::Joined));
    changes.extend(names(asked, Change::Asked));
    changes.extend(names(held, Change::Held));
    changes.extend(names(guarded, Change::Guarded));
    changes.extend(language.map(|it| Change::Language(it.endonym().to_owned())));
    let undo = evidence.filter(|_| !left.is_empty());
    let undo = undo.map(|it| undo_of(visitor, t, it, visitor.web.app.now()));
    Banner::saved(t, &changes, receipt.clone(), undo)
}

fn undo_of(visitor: &Visitor<'_>, t: &Lang, left: EvidenceId, at: Timestamp) -> Undo {
    let action = format!("{}?lang={}", visitor.path, t.locale());
    let token = Link::Undo(visitor.tenant.id, left).sign(&visitor.web.app.link_keys());
    Undo { action, hidden: vec![(UNDO_FIELD, token)], until: t.date_time(at.plus(UNDO)) }
}

async fn stop(visitor: &Visitor<'_>) -> Answer {
    let Visitor { web, tenant, holder, visit, .. } = visitor;
    let left = leave(&web.app, tenant, holder, What::Everything, "preferences", visit).await?;
    let Some(Left { receipt, evidence, at, .. }) = left else { return Ok(None) };
    done(visitor, |t| {
        let undo = evidence.map(|it| undo_of(visitor, t, it, at));
        Banner::stopped(t, receipt, undo)
    })
    .await
}

async fn take_break(visitor: &Visitor<'_>, length: &str) -> Answer {
    let Visitor { web, tenant, holder, visit, .. } = visitor;
    let Some(length) = Break::from_word(length) else {
        return not_done(visitor, StatusCode::UNPROCESSABLE_ENTITY, Banner::no_such_break).await;
    };
    if let Some(answer) = refused(visitor).await? {
        return Ok(Some(answer));
    }
    let Some(Contact { paused_until, .. }) = pause(&web.app, tenant, holder, Some(length), visit).await?
    else {
        return not_editable(visitor).await;
    };
    done(visitor, |t| {
        let until = paused_until.map_or_else(String::new, |it| t.date(it));
        Banner::paused(t, &until, None)
    })
    .await
}

async fn resume(visitor: &Visitor<'_>) -> Answer {
    let Visitor { web, tenant, holder, visit, .. } = visitor;
    if let Some(answer) = refused(visitor).await? {
        return Ok(Some(answer));
    }
    if pause(&web.app, tenant, holder, None, visit).await?.is_none() {
        return not_editable(visitor).await;
    }
    done(visitor, |t| Banner::resumed(t, None)).await
}

/// The field that names the leaving to take back.
pub(in crate::web::public) const UNDO_FIELD: &str = "undo";

/// Takes one leaving back, named by the token its page gave; also for the button on the page after unsubscribing.
pub(in crate::web::public) async fn take_back(visitor: &Visitor<'_>, token: &str) -> Answer {
    let Visitor { web, tenant, holder, visit, .. } = visitor;
    let left = match Link::open(&web.app.link_keys(), Kind::Undo, token) {
        Some(Link::Undo(of, left)) if of == tenant.id => left,
        Some(_) | None => return not_done(visitor, StatusCode::CONFLICT, Banner::undo_too_late).await,
    };
    if let Some(answer) = refused(visitor).await? {
        return Ok(Some(answer));
    }
    match undo(&web.app, tenant, holder, left, visit).await? {
        None => not_editable(visitor).await,
        Some(Left { purposes, .. }) if purposes.is_empty() => {
            not_done(visitor, StatusCode::CONFLICT, Banner::undo_too_late).await
        }
        Some(Left { receipt, .. }) => done(visitor, |t| Banner::undone(t, receipt)).await,
    }
}

/// Mails a code. The page is the same when no mail may go to this address now.
async fn mail_code(visitor: &Visitor<'_>) -> Answer {
    send_code(&visitor.web.app, visitor.tenant, &visitor.holder).await?;
    let after = |t: &Lang| After { banner: Some(Banner::code_sent(t)), code: Code::Sent };
    show::page(visitor, StatusCode::OK, after).await
}

async fn enter_code(visitor: &Visitor<'_>, code: &str) -> Answer {
    let Visitor { web, tenant, holder, visit, .. } = visitor;
    let problem = if code.chars().filter(char::is_ascii_digit).count() == 6 {
        match type_code(&web.app, tenant, holder, code, visit).await? {
            CodeTyped::Right(until) => {
                let link = Link::Manage(tenant.id, holder.contact, until);
                let path = format!("/p/{}", link.sign(&web.app.link_keys()));
                let lang = visitor.asked.map_or_else(String::new, |it| format!("?lang={it}"));
                return Ok(Some(see_other(&format!("{path}{lang}"))));
            }
            CodeTyped::Wrong(left) => CodeProblem::Wrong { left },
            CodeTyped::Spent => CodeProblem::Expired,
            CodeTyped::TooFast(wait) => return too_fast(visitor, wait).await,
        }
    } else {
        CodeProblem::Malformed
    };
    let after = |_: &Lang| After { banner: None, code: Code::Wrong(problem) };
    show::page(visitor, StatusCode::UNPROCESSABLE_ENTITY, after).await
}
