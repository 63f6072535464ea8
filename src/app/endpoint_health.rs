//! How an endpoint fares: since when it only fails, when its owner is told, and when it is switched off.

use serde_json::json;

use super::{App, Result, attacks::ALERT};
use crate::{
    domain::{
        Timestamp,
        catalog::Endpoint,
        id::{ContactId, EndpointId, EventId, MailId},
        time::DAY,
    },
    store::{self, Batch, Tx, event::Event, mail::Mail},
};

/// How long an endpoint may only fail before its owner is told, in milliseconds.
pub const ALERT_AFTER: i64 = DAY;
/// How long it may only fail before it is switched off, in milliseconds.
pub const PATIENCE: i64 = 5 * DAY;

/// What an attempt says of its endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It took the message.
    Works,
    /// It did not.
    Fails,
    /// It wants no more.
    Gone,
}

/// What an owner is told by mail, as the row of the mail says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It only fails, for a day now.
    Failing(EndpointId),
    /// It is switched off.
    Disabled(EndpointId),
}

impl News {
    /// The text in the row of the mail.
    pub fn about(self) -> String {
        match self {
            Self::Failing(endpoint) => format!("failing {endpoint}"),
            Self::Disabled(endpoint) => format!("disabled {endpoint}"),
        }
    }

    /// What a row says.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ')? {
            ("failing", endpoint) => endpoint.parse().ok().map(Self::Failing),
            ("disabled", endpoint) => endpoint.parse().ok().map(Self::Disabled),
            _ => None,
        }
    }
}

/// What is to be noted.
enum Step {
    Working,
    Failing,
    Alert,
    Off(&'static str),
}

fn step(endpoint: &Endpoint, health: Health, now: Timestamp) -> Option<Step> {
    if endpoint.disabled_at.is_some() {
        return None;
    }
    let failing = endpoint.failing_since.map(|it| now.since(it));
    match (health, failing) {
        (Health::Works, None) => None,
        (Health::Works, Some(_)) => Some(Step::Working),
        (Health::Gone, _) => Some(Step::Off("it answered 410 Gone")),
        (Health::Fails, None) => Some(Step::Failing),
        (Health::Fails, Some(time)) if time > PATIENCE => Some(Step::Off("every delivery failed for 5 days")),
        (Health::Fails, Some(time)) if time >= ALERT_AFTER && endpoint.alerted_at.is_none() => {
            Some(Step::Alert)
        }
        (Health::Fails, Some(_)) => None,
    }
}

/// Notes how an endpoint fares, as last read, after an attempt; true when something was written. What is set up is
/// locked before deliveries are, here as everywhere.
///
/// # Errors
/// The database failed.
pub async fn fares(
    app: &App,
    tx: &mut Tx,
    endpoint: &Endpoint,
    health: Health,
    now: Timestamp,
) -> Result<bool> {
    let Some(step) = step(endpoint, health, now) else { return Ok(false) };
    let (tenant, id) = (endpoint.tenant, endpoint.id);
    store::catalog::raise(tx).await?;
    let mut batch = Batch::default();
    match step {
        Step::Working => {
            store::endpoint::end_failing(tx, tenant, id).await?;
        }
        Step::Failing => {
            store::endpoint::begin_failing(tx, tenant, id, now).await?;
        }
        Step::Alert => {
            if store::endpoint::alert(tx, tenant, id, now).await? {
                tell(app, &mut batch, endpoint, News::Failing(id), now);
            }
        }
        Step::Off(why) => {
            if store::endpoint::disable(tx, tenant, id, why, now).await? {
                store::delivery::fail_waiting(&mut batch, id, now);
                store::event::put(&mut batch, &[disabled_event(app, endpoint, why, now)]);
                tell(app, &mut batch, endpoint, News::Disabled(id), now);
                tracing::error!(endpoint = %id, why, "an endpoint was switched off");
            }
        }
    }
    tx.batch(batch).await?;
    Ok(true)
}

/// Writes the mail to the organisation itself.
fn tell(app: &App, batch: &mut Batch, endpoint: &Endpoint, news: News, now: Timestamp) {
    let catalog = app.catalog();
    let Some(tenant) = catalog.tenant(endpoint.tenant) else { return };
    let mail = Mail {
        tenant: tenant.id,
        id: MailId::new(now, &app.random),
        kind: ALERT.to_owned(),
        // It goes to the organisation itself: this names nobody.
        contact: ContactId::new(now, &app.random),
        about: news.about(),
        locale: tenant.locale,
        created_at: now,
        give_up_at: now.plus(DAY),
        attempts: 0,
        lease: 0,
    };
    store::mail::put(batch, &mail);
}

fn disabled_event(app: &App, endpoint: &Endpoint, why: &str, now: Timestamp) -> Event {
    Event {
        tenant: endpoint.tenant,
        id: EventId::new(now, &app.random),
        kind: "endpoint.disabled".to_owned(),
        at: now,
        contact: None,
        data: json!({ "endpoint": endpoint.id.to_string(), "reason": why }).to_string(),
        sequence: None,
    }
}
