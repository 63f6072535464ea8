//! After `POST /u/{token}`: it is done. Only now may a question be asked, and it may be left alone.

use actix_web::{HttpResponse, http::StatusCode};
use askama::Template;

use super::{preferences::act::UNDO_FIELD, proof::Proof, shown, unsubscribe::Leaver};
use crate::{
    app::preferences::Overview,
    domain::{
        consent::{State, UNDO},
        id::PurposeId,
    },
    store::{self, consent::Stored},
    web::{
        error::Fault,
        page::{self, Frame},
        part::{PurposeView, ReceiptView, Undo},
    },
};

/// Values of `reason` and the keys of their texts.
pub const REASONS: [(&str, &str); 5] = [
    ("too_many", "reason-too-many"),
    ("not_relevant", "reason-not-relevant"),
    ("never_asked", "reason-never-asked"),
    ("other_address", "reason-other-address"),
    ("other", "reason-other"),
];

/// Done.
#[derive(Template)]
#[template(path = "public/unsubscribed.html")]
pub struct UnsubscribedPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The purpose left; `None` for everything.
    pub purpose: Option<String>,
    /// The proof; none when there was nothing to leave.
    pub receipt: Option<ReceiptView>,
    /// How to take it back.
    pub undo: Option<Undo>,
    /// What the person still receives.
    pub still: Vec<PurposeView>,
    /// The optional question.
    pub reason: Reason,
    /// The preference page.
    pub preferences: String,
}

/// The optional question.
pub enum Reason {
    /// Not asked.
    None,
    /// Asked: posts `reason` to this path, with these hidden fields.
    Ask {
        /// The path.
        action: String,
        /// Name and value.
        hidden: Vec<(&'static str, String)>,
    },
    /// Answered.
    Thanks,
}

impl UnsubscribedPage<'_> {
    fn title(&self) -> String {
        match &self.purpose {
            Some(name) => self.frame.fill("unsubscribed-title", "name", name),
            None => self.frame.fill("unsubscribed-title-all", "name", self.frame.brand()),
        }
    }
}

/// The page for what was left, now or before.
pub(super) async fn answer(
    leaver: &Leaver<'_>,
    frame: &Frame,
    overview: &Overview,
    undo: Option<String>,
    reason: Reason,
) -> Result<HttpResponse, Fault> {
    let Leaver { web, tenant, .. } = leaver;
    let consents = &overview.consents;
    let left: Vec<&Stored> =
        leaver.about(consents).filter(|it| it.consent.state == State::Withdrawn).collect();
    let last = left.iter().max_by_key(|it| (it.consent.since, it.evidence));
    let together = left.iter().filter(|it| last.is_some_and(|last| last.evidence == it.evidence));
    let together: Vec<PurposeId> = together.map(|it| it.purpose).collect();
    let receipt = match last {
        Some(last) => {
            let fact =
                store::evidence::find(&mut web.app.store.peek().await?, tenant.id, last.evidence).await?;
            let about = shown::purposes(tenant, &together, frame.t.locale());
            // Whoever leaves with a footer link may not be the person: the number leads to a masked page.
            let look = |mut view: ReceiptView| {
                view.href = Some(frame.path(&format!("/v/{}", view.number)));
                view
            };
            fact.as_ref().map(|it| look(Proof::of(it).receipt(&frame.t, &about)))
        }
        None => None,
    };
    let now = web.app.now();
    let fresh = last.filter(|it| now.since(it.consent.since) <= UNDO);
    let undo = fresh.zip(undo).map(|(it, token)| Undo {
        action: frame.path(&leaver.path),
        hidden: vec![(UNDO_FIELD, token)],
        until: frame.t.date_time(it.consent.since.plus(UNDO)),
    });
    let still = consents.iter().filter(|it| it.consent.state == State::Confirmed).map(|it| &it.purpose);
    let still = shown::purposes(tenant, still, frame.t.locale());
    let page = UnsubscribedPage {
        frame,
        purpose: leaver.name(frame.t.locale()),
        receipt,
        undo,
        still,
        reason,
        preferences: frame.path(&leaver.preferences()),
    };
    Ok(page::html(frame, StatusCode::OK, &page))
}
