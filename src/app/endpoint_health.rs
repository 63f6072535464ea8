//! How an endpoint fares: since when it only fails, when its owner is told, and when it is switched off.

use std::collections::BTreeMap;

use serde_json::json;

use super::{App, Result, attacks::ALERT, notices};
use crate::{
    domain::{
        Timestamp,
        catalog::Endpoint,
        id::{ContactId, EndpointId, EventId, MailId, TenantId},
        time::{DAY, HOUR},
    },
    store::{self, Batch, Tx, event::Event, mail::Mail},
};

/// How long an endpoint may only fail before its owner is told, in milliseconds.
pub const ALERT_AFTER: i64 = DAY;
/// How long it may only fail before it is switched off, in milliseconds.
pub const PATIENCE: i64 = 5 * DAY;
/// How long after a failure nothing is known of it any more, in milliseconds: longer than any wait between two attempts
/// at one delivery ([`crate::domain::backoff`]), so that nothing waits for it then.
const LATELY: i64 = 2 * DAY + HOUR;

/// Why an endpoint that asked for it is switched off.
const GONE: &str = "it answered 410 Gone";

/// What an attempt says of its endpoint; of several the greatest says most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// It did not take the message.
    Fails,
    /// It took it.
    Works,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Works,
    Fails,
    Gone,
    Failed,
}

fn step(endpoint: &Endpoint, health: Health, now: Timestamp) -> Option<Step> {
    if endpoint.disabled_at.is_some() {
        return None;
    }
    match health {
        Health::Works => endpoint.failing_since.map(|_| Step::Works),
        Health::Gone => Some(Step::Gone),
        Health::Fails => {
            let lately = endpoint.failed_at.is_some_and(|it| now.since(it) < LATELY);
            let long = endpoint.failing_since.is_some_and(|since| now.since(since) > PATIENCE);
            Some(if lately && long { Step::Failed } else { Step::Fails })
        }
    }
}

/// Notes how endpoints fare after an attempt at each; true when one was switched off. That they work or fail is noted at
/// each alone: what is set up is read anew by nobody for that. As everywhere what is set up is locked first, then
/// endpoints in the order of their ids, then deliveries.
///
/// # Errors
/// The database failed.
pub async fn fare(
    app: &App,
    tx: &mut Tx,
    told: &BTreeMap<EndpointId, (TenantId, Health)>,
    now: Timestamp,
) -> Result<bool> {
    let wanted = told.iter().map(|(id, (tenant, _))| (*tenant, *id));
    let endpoints = store::endpoint::some(tx, wanted).await?;
    let steps = endpoints.iter().filter_map(|it| Some((it, step(it, told.get(&it.id)?.1, now)?)));
    let steps: Vec<(&Endpoint, Step)> = steps.collect();
    let ends = steps.iter().any(|(_, it)| matches!(it, Step::Gone | Step::Failed));
    if ends {
        store::catalog::raise(tx).await?;
    }
    let mut batch = Batch::default();
    for (endpoint, step) in steps {
        let (tenant, id) = (endpoint.tenant, endpoint.id);
        match step {
            Step::Works => {
                store::endpoint::end_failing(tx, tenant, id).await?;
            }
            Step::Fails => {
                store::endpoint::failed(tx, tenant, id, now, now.plus(-LATELY)).await?;
            }
            Step::Gone => switch_off(app, tx, &mut batch, endpoint, News::Gone(id), now).await?,
            Step::Failed => switch_off(app, tx, &mut batch, endpoint, News::Failed(id), now).await?,
        }
    }
    tx.batch(batch).await?;
    Ok(ends)
}

/// Tells owners of endpoints that only fail for [`ALERT_AFTER`]; how many.
///
/// # Errors
/// The database failed: who was not told is told at the next look.
pub async fn alerts(app: &App) -> Result<usize> {
    let now = app.now();
    let (since, lately) = (now.plus(-ALERT_AFTER), now.plus(-LATELY));
    let untold = store::endpoint::untold(&mut app.store.peek().await?, since, lately).await?;
    for endpoint in &untold {
        let Some(since) = endpoint.failing_since else { continue };
        let mut tx = app.store.begin().await?;
        if store::endpoint::alert(&mut tx, endpoint.tenant, endpoint.id, since, now).await? {
            let mut batch = Batch::default();
            tell(app, &mut batch, endpoint, News::Failing(endpoint.id, since), now);
            tx.batch(batch).await?;
            app.commit(tx).await?;
        }
    }
    Ok(untold.len())
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
    use crate::domain::backoff;

    const NOW: Timestamp = Timestamp::from_millis(1_795_252_472_000);

    fn endpoint(failing: Option<(i64, i64)>, disabled: bool) -> Endpoint {
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
            failing_since: failing.map(|it| NOW.plus(-it.0)),
            failed_at: failing.map(|it| NOW.plus(-it.1)),
            alerted_at: None,
            created_at: NOW,
        }
    }

    #[test]
    fn an_endpoint_ends_that_fails_for_long_and_lately() {
        for (failing, expected) in [
            (None, Step::Fails),
            (Some((DAY, HOUR)), Step::Fails),
            (Some((5 * DAY, HOUR)), Step::Fails),
            (Some((5 * DAY + 1, HOUR)), Step::Failed),
            (Some((5 * DAY + 1, LATELY - 1)), Step::Failed),
            (Some((7 * DAY, LATELY)), Step::Fails),
        ] {
            assert_eq!(step(&endpoint(failing, false), Health::Fails, NOW), Some(expected), "{failing:?}");
        }
        assert_eq!(step(&endpoint(Some((DAY, HOUR)), false), Health::Works, NOW), Some(Step::Works));
        assert_eq!(step(&endpoint(None, false), Health::Works, NOW), None);
        assert_eq!(step(&endpoint(None, false), Health::Gone, NOW), Some(Step::Gone));
        for health in [Health::Works, Health::Fails, Health::Gone] {
            assert_eq!(step(&endpoint(Some((9 * DAY, HOUR)), true), health, NOW), None, "off is off");
        }
    }

    #[test]
    fn after_a_failure_that_is_not_lately_nothing_waits_any_more() {
        let longest = (0..10).filter_map(|it| backoff::webhook(it, Some(i64::MAX), u64::MAX)).max();
        assert!(longest.is_some_and(|it| it < LATELY), "{longest:?}");
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
        let endpoint = endpoint(None, false);
        let live = |at: Timestamp| endpoint.generations(at).collect::<Vec<i64>>();
        assert_eq!((live(NOW), live(NOW.plus(HOUR))), (vec![3, 2], vec![3]));
    }
}
