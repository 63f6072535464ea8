//! `/metrics`: figures for a monitoring system, in `OpenMetrics` text. Numbers alone: no address, no name.

use std::net::IpAddr;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::Data,
};
use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

use super::{Web, error::Fault, extract};
use crate::{
    app::{Tally, fsck, log::status, tally::Decision},
    domain::{
        Timestamp,
        time::{DAY, SECOND},
    },
    store,
};

/// `GET /metrics`: for those on this machine and in private networks. To others the page is not there: how many people
/// sign up is nobody else's business.
///
/// # Errors
/// The database failed.
pub async fn get(web: Data<Web>, request: HttpRequest) -> Result<HttpResponse, Fault> {
    if !is_near(extract::ip(&request, &web.app.config)) {
        return Ok(HttpResponse::NotFound().finish());
    }
    let registry = registry(&web).await?;
    let mut text = String::new();
    if let Err(error) = encode(&mut text, &registry) {
        tracing::error!(%error, "metrics could not be written");
        return Ok(HttpResponse::InternalServerError().finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(text))
}

/// Whether an address is of this machine or of a private network.
pub(super) fn is_near(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

async fn registry(web: &Web) -> Result<Registry, Fault> {
    let app = &web.app;
    let (status, last) = (status::status(app).await?, fsck::last(app).await?);
    let mut tx = app.store.peek().await?;
    let day = app.now().plus(-DAY);
    let (mails_waiting, mails_failed) = store::mail::counts(&mut tx, day).await?;
    let (deliveries_waiting, deliveries_failed) = store::delivery::counts(&mut tx, day).await?;
    let late = |first: Timestamp| (app.now().since(first) / SECOND).max(0);
    let (events_waiting, first_event) = store::event::waiting(&mut tx).await?;
    let events_late = first_event.map_or(0, late);
    let mails_late = store::mail::first_due(&mut tx).await?.map_or(0, late);
    let first_delivery = store::delivery::first_due(&mut tx).await?.first().map(|it| it.1);
    let deliveries_late = first_delivery.map_or(0, late);
    let int = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let silent = i64::try_from(status.silent.len()).unwrap_or(i64::MAX);
    let figures = [
        ("log_entries", "Entries of the evidence log", int(status.size)),
        ("log_published_entries", "Entries that a published checkpoint covers", int(status.published)),
        ("log_behind_seconds", "How long the oldest fact waits for its place", status.behind / SECOND),
        ("log_refused", "1 while the log is not signed on", i64::from(status.refused.is_some())),
        ("log_silent_anchors", "Witnesses and time stamp authorities silent for a day", silent),
        ("events_waiting", "Events that wait for their place in the feed", events_waiting),
        ("events_late_seconds", "How long the oldest event waits for its place in the feed", events_late),
        ("mails_waiting", "Mails to be sent", mails_waiting),
        ("mails_late_seconds", "How long the mail that is due the longest waits to be sent", mails_late),
        ("mails_failed_last_day", "Mails refused or given up in 24 hours", mails_failed),
        ("deliveries_waiting", "Webhook deliveries to be made", deliveries_waiting),
        (
            "deliveries_late_seconds",
            "How long the webhook delivery that is due the longest waits to be made",
            deliveries_late,
        ),
        ("deliveries_failed_last_day", "Webhook deliveries given up in 24 hours", deliveries_failed),
    ];
    let attacked = i64::try_from(app.tally.attacked()).unwrap_or(i64::MAX);
    let mut registry = Registry::with_prefix("ayeaye");
    add(&mut registry, "forms_attacked", "Forms that ask for a proof of work as under attack", attacked);
    add_decisions(&mut registry, &app.tally);
    for (name, help, value) in figures {
        add(&mut registry, name, help, value);
    }
    if let Some(last) = last {
        let at = last.at.seconds();
        add(
            &mut registry,
            "fsck_bad",
            "Things the last examination found not as they must be",
            int(last.bad),
        );
        add(&mut registry, "fsck_facts", "Facts the last examination looked at", int(last.facts));
        add(&mut registry, "fsck_ended_timestamp_seconds", "When the last examination ended", at);
    }
    Ok(registry)
}

/// What the gatekeeper of this instance decided since it started.
fn add_decisions(registry: &mut Registry, tally: &Tally) {
    let decisions: Family<[(&'static str, &'static str); 1], Counter> = Family::default();
    for decision in Decision::ALL {
        let counter = decisions.get_or_create(&[("decision", decision.word())]);
        counter.inc_by(tally.of(decision));
    }
    registry.register("decisions", "Decisions about public requests", decisions);
}

fn add(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_for_those_near() {
        let near =
            ["127.0.0.1", "10.1.2.3", "172.20.0.9", "192.168.1.1", "::1", "fd00::1", "::ffff:10.0.0.1"];
        let far = ["192.0.2.1", "172.32.0.1", "100.64.0.1", "2001:db8::1", "::ffff:192.0.2.1", "0.0.0.0"];
        assert!(near.iter().all(|it| is_near(it.parse().unwrap())));
        assert!(!far.iter().any(|it| is_near(it.parse().unwrap())));
    }
}
