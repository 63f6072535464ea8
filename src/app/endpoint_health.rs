//! How an endpoint fares: since when it only fails, when its owner is told, and when it is switched off.

use serde_json::json;

use super::{App, Result, attacks::ALERT, notices};
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

/// Why an endpoint that asked for it is switched off.
const GONE: &str = "it answered 410 Gone";

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
    /// It only fails, since then.
    Failing(EndpointId, Timestamp),
    /// It is switched off, as it asked for.
    Gone(EndpointId),
    /// It is switched off, as it failed for so long.
    Failed(EndpointId),
}

impl News {
    /// The text in the row of the mail.
    pub fn about(self) -> String {
        match self {
            Self::Failing(endpoint, since) => format!("failing {endpoint} {}", since.millis()),
            Self::Gone(endpoint) => format!("gone {endpoint}"),
            Self::Failed(endpoint) => format!("failed {endpoint}"),
        }
    }

    /// What a row says.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (what, endpoint) = (words.next()?, words.next()?.parse().ok()?);
        match what {
            "failing" => {
                let since = words.next()?.parse().ok().map(Timestamp::from_millis)?;
                Some(Self::Failing(endpoint, since))
            }
            "gone" => Some(Self::Gone(endpoint)),
            "failed" => Some(Self::Failed(endpoint)),
            _ => None,
        }
    }
}

/// What is to be noted.
enum Step {
    Working,
    Failing,
    Alert(Timestamp),
    Gone,
    Failed,
}

fn step(endpoint: &Endpoint, health: Health, now: Timestamp) -> Option<Step> {
    if endpoint.disabled_at.is_some() {
        return None;
    }
    match (health, endpoint.failing_since) {
        (Health::Works, None) => None,
        (Health::Works, Some(_)) => Some(Step::Working),
        (Health::Gone, _) => Some(Step::Gone),
        (Health::Fails, None) => Some(Step::Failing),
        (Health::Fails, Some(since)) if now.since(since) > PATIENCE => Some(Step::Failed),
        (Health::Fails, Some(since)) if now.since(since) >= ALERT_AFTER => {
            endpoint.alerted_at.is_none().then_some(Step::Alert(since))
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
        Step::Alert(since) => {
            if store::endpoint::alert(tx, tenant, id, now).await? {
                tell(app, &mut batch, endpoint, News::Failing(id, since), now);
            }
        }
        Step::Gone => switch_off(app, tx, &mut batch, endpoint, News::Gone(id), now).await?,
        Step::Failed => switch_off(app, tx, &mut batch, endpoint, News::Failed(id), now).await?,
    }
    tx.batch(batch).await?;
    Ok(true)
}

async fn switch_off(
    app: &App,
    tx: &mut Tx,
    batch: &mut Batch,
    endpoint: &Endpoint,
    news: News,
    now: Timestamp,
) -> Result<()> {
    let why = if matches!(news, News::Gone(_)) { GONE } else { "every delivery failed for 5 days" };
    if store::endpoint::disable(tx, endpoint.tenant, endpoint.id, why, now).await? {
        store::delivery::fail_waiting(batch, endpoint.id, now);
        store::event::put(batch, &[disabled_event(app, endpoint, why, now)]);
        tell(app, batch, endpoint, news, now);
        notices::renew(app, tx, endpoint.tenant).await?;
        tracing::error!(endpoint = %endpoint.id, why, "an endpoint was switched off");
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{id::TenantId, time::HOUR};

    const NOW: Timestamp = Timestamp::from_millis(1_795_252_472_000);

    fn endpoint(failing: Option<i64>, alerted: bool, disabled: bool) -> Endpoint {
        Endpoint {
            id: EndpointId::from_bytes([1; 8]),
            tenant: TenantId::from_bytes([2; 8]),
            url: "https://crm.example/".to_owned(),
            events: Vec::new(),
            addresses: false,
            generation: 3,
            previous_until: Some(NOW.plus(HOUR)),
            disabled_at: disabled.then_some(NOW),
            disabled_reason: None,
            failing_since: failing.map(|it| NOW.plus(-it)),
            alerted_at: alerted.then_some(NOW),
            created_at: NOW,
        }
    }

    fn told(endpoint: &Endpoint, health: Health) -> &'static str {
        match step(endpoint, health, NOW) {
            None => "nothing",
            Some(Step::Working) => "working",
            Some(Step::Failing) => "failing",
            Some(Step::Alert(_)) => "alert",
            Some(Step::Gone) => "gone",
            Some(Step::Failed) => "failed",
        }
    }

    #[test]
    fn an_endpoint_that_fails_is_told_of_once_and_ended_in_time() {
        for (failing, alerted, expected) in [
            (None, false, "failing"),
            (Some(DAY - 1), false, "nothing"),
            (Some(DAY), false, "alert"),
            (Some(4 * DAY), true, "nothing"),
            (Some(5 * DAY), false, "alert"),
            (Some(5 * DAY + 1), false, "failed"),
            (Some(5 * DAY + 1), true, "failed"),
        ] {
            assert_eq!(told(&endpoint(failing, alerted, false), Health::Fails), expected, "{failing:?}");
        }
        assert_eq!(told(&endpoint(Some(DAY), true, false), Health::Works), "working");
        assert_eq!(told(&endpoint(None, false, false), Health::Works), "nothing");
        assert_eq!(told(&endpoint(None, false, false), Health::Gone), "gone");
        for health in [Health::Works, Health::Fails, Health::Gone] {
            assert_eq!(told(&endpoint(Some(9 * DAY), false, true), health), "nothing", "off is off");
        }
    }

    #[test]
    fn what_a_mail_is_about_is_read_as_it_is_written() {
        let id = EndpointId::from_bytes([1; 8]);
        for news in [News::Failing(id, NOW), News::Gone(id), News::Failed(id)] {
            assert_eq!(News::parse(&news.about()), Some(news));
        }
        for text in ["", "began frm_0", "failing", "gone whe_0", "failing whe_0f3k9m2q7r5tz"] {
            assert_eq!(News::parse(text), None, "{text}");
        }
    }

    #[test]
    fn two_generations_of_secrets_live_while_one_replaces_the_other() {
        let endpoint = endpoint(None, false, false);
        let live = |at: Timestamp| endpoint.generations(at).collect::<Vec<i64>>();
        assert_eq!((live(NOW), live(NOW.plus(HOUR))), (vec![3, 2], vec![3]));
    }
}
