//! `ayeaye fsck`: derives everything anew from the evidence, and says what differs.

use serde_json::json;

use super::{
    Stop,
    args::{Exit, Json, Settings},
    open_existing, say, say_json,
};
use crate::app::fsck::{self, Report};

pub(super) async fn run(settings: &Settings, answer: Json) -> Result<Exit, Stop> {
    let app = open_existing(settings).await?;
    let report = fsck::examine_and_keep(&app).await?;
    app.store.close().await;
    if answer.json {
        say_json(&as_json(&report));
    } else {
        say(&in_words(&report));
    }
    Ok(if report.is_clean() { Exit::Done } else { Exit::Failed })
}

fn as_json(report: &Report) -> serde_json::Value {
    let Report { entries, facts, erased, texts, waiting, checkpoints, people, bad, findings } = report;
    let findings: Vec<_> = findings.iter().map(|it| json!({ "place": it.place, "what": it.what })).collect();
    json!({
        "clean": report.is_clean(), "entries": entries, "facts": facts, "erased": erased, "texts": texts,
        "waiting": waiting, "checkpoints": checkpoints, "people": people, "bad": bad, "findings": findings,
    })
}

fn in_words(report: &Report) -> String {
    let Report { entries, facts, erased, texts, waiting, checkpoints, people, bad, findings } = report;
    let mut lines = vec![
        format!(
            "{entries} log entries: {facts} facts, {erased} of erased people, {texts} published texts; {waiting} wait"
        ),
        format!("{checkpoints} checkpoints, {people} people"),
    ];
    if report.is_clean() {
        lines.push("All is as it must be.".to_owned());
        return lines.join("\n");
    }
    lines.push(format!("{bad} things are not as they must be:"));
    lines.extend(findings.iter().map(|it| format!("  {it}")));
    if *bad > u64::try_from(findings.len()).unwrap_or_default() {
        lines.push("  …".to_owned());
    }
    lines.join("\n")
}
