//! The page as the person stands now.

use actix_web::{HttpResponse, http::StatusCode};

use super::{Banner, Group, LanguageChoice, Level, PreferencesPage, Visitor};
use crate::{
    app::{
        given, links,
        preferences::{Overview, overview},
    },
    domain::{
        Locale, Timestamp,
        catalog::{Purpose, Tenant},
        consent::{Consent, State},
    },
    i18n::Lang,
    store::consent::Stored,
    web::{
        error::Fault,
        page,
        part::{CodeForm, CodeProblem, PurposeView, Standing},
        public::{confirm::masked, fields, proof::Proof, receipt, shown},
    },
};

/// What the page shows besides, after an act.
#[derive(Default)]
pub(in crate::web::public) struct After {
    /// What the act came to.
    pub(in crate::web::public) banner: Option<Banner>,
    /// How far the person is with a code.
    pub(in crate::web::public) code: Code,
}

/// How far a person is with a code.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::web::public) enum Code {
    /// None was asked for.
    #[default]
    NotAsked,
    /// One can be typed.
    Sent,
    /// The one typed was not taken.
    Wrong(CodeProblem),
}

impl Code {
    fn form(self, t: &Lang, action: String) -> Option<CodeForm> {
        let problem = match self {
            Self::NotAsked => return None,
            Self::Sent => None,
            Self::Wrong(problem) => Some(problem.message(t)),
        };
        Some(CodeForm { action, hidden: vec![("do", "code".to_owned())], problem })
    }
}

/// The page as the person stands now; `None` when they are gone.
pub(in crate::web::public) async fn page(
    visitor: &Visitor<'_>,
    status: StatusCode,
    after: impl FnOnce(&Lang) -> After,
) -> Result<Option<HttpResponse>, Fault> {
    let Visitor { web, tenant, holder, path, .. } = visitor;
    let Some(overview) = overview(&web.app, holder).await? else { return Ok(None) };
    let frame = visitor.frame(&overview.contact);
    let t = &frame.t;
    let After { banner, code } = after(t);
    let Overview { contact, consents, history, entered, needs_guardian } = &overview;
    let waiting = if *needs_guardian { Standing::WaitingForTwo } else { Standing::Waiting };
    let level = match holder.level {
        links::Level::L0 => Level::L0 { code: code.form(t, frame.path(path)) },
        links::Level::L1 => {
            let line = |fact| {
                let proof = Proof::of(fact);
                let mut line = proof.line(t);
                if let Some(link) = &mut line.receipt {
                    link.href = Some(receipt::href(web, tenant, &frame, proof.id()));
                }
                line
            };
            Level::L1 { history: history.iter().map(line).collect() }
        }
    };
    let now = web.app.now();
    let given = given::recipients(&web.app, tenant.id, contact.id, consents).await?;
    let page = PreferencesPage {
        frame: &frame,
        action: frame.path(path),
        hidden: Vec::new(),
        address: match holder.level {
            links::Level::L0 => masked(contact),
            links::Level::L1 => contact.email.clone().unwrap_or_default(),
        },
        level,
        banner,
        frozen: contact.restricted_at.is_some(),
        groups: vec![Group { title: None, purposes: purposes(tenant, consents, t, waiting) }],
        paused_until: contact.paused_until.filter(|until| *until > now).map(|until| t.date(until)),
        languages: Locale::ALL
            .map(|it| LanguageChoice { tag: it.tag(), name: it.endonym(), chosen: it == contact.locale })
            .into(),
        past: past(t, given.before),
        recipients: given.now,
        told: fields::told(&web.app.catalog(), tenant, t.locale(), entered),
    };
    Ok(Some(page::html(&frame, status, &page)))
}

/// Whether the page lists a purpose: what is offered, and what the person still receives of the rest.
pub(super) fn is_listed(purpose: &Purpose, consents: &[Stored]) -> bool {
    purpose.retired_at.is_none() || consent(purpose, consents).state == State::Confirmed
}

fn consent(purpose: &Purpose, consents: &[Stored]) -> Consent {
    consents.iter().find(|it| it.purpose == purpose.id).map_or(Consent::NONE, |it| it.consent)
}

fn purposes(tenant: &Tenant, consents: &[Stored], t: &Lang, waiting: Standing) -> Vec<PurposeView> {
    let listed = tenant.purposes.iter().filter(|it| is_listed(it, consents));
    let view = |it: &Purpose| {
        let view = shown::purpose(tenant, it, t.locale())?;
        Some(view.standing(t, standing(consent(it, consents), waiting)))
    };
    listed.filter_map(view).collect()
}

/// Where a person stands; `waiting` for what waits for a confirmation.
fn standing(consent: Consent, waiting: Standing) -> Standing {
    let Consent { state, since, pending_since } = consent;
    match (state, pending_since) {
        (State::Confirmed, _) => Standing::Receiving { since },
        (State::Unknown | State::Withdrawn | State::Refused | State::Expired, Some(_)) => waiting,
        (State::Unknown, None) => Standing::Never,
        (State::Withdrawn, None) => Standing::Left { on: since },
        (State::Refused, None) => Standing::Refused { on: since },
        (State::Expired, None) => Standing::Lapsed { on: since },
    }
}

/// Who was given the address before, and is not now.
fn past(t: &Lang, before: Vec<(String, Timestamp)>) -> Vec<String> {
    let line = |(name, at): (String, Timestamp)| {
        let date = t.date(at);
        t.with("recipients-past", &[("name", name.as_str().into()), ("date", date.as_str().into())])
    };
    before.into_iter().map(line).collect()
}
