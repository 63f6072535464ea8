//! `ayeaye apply FILE`: sets tenants up and prints what changed.

use serde_json::{Value, json};

use super::{Exit, Settings, Stop, apply_file, args::Apply, complain, load, say, say_json};
use crate::{
    app::{Clock, apply},
    crypto::Random,
    domain::setup::Setup,
    server,
    webhook::{AllowNets, EndpointUrl},
};

pub(super) async fn run(settings: &Settings, args: &Apply) -> Result<Exit, Stop> {
    let config = load(settings)?.config;
    let nets = AllowNets::from(config.webhook_allow_net.nets.clone());
    let setup = apply_file::read(&args.file, !nets.is_empty()).map_err(Stop::usage)?;
    check_endpoints(&setup, &nets)?;
    warn(&setup);
    let app = server::open(config, Clock::system(), Random::system()).await?;
    let steps = apply::apply(&app, &setup, args.dry_run).await.map_err(|error| match error {
        apply::ApplyError::FormTaken(_)
        | apply::ApplyError::HostTaken(..)
        | apply::ApplyError::Url(..)
        | apply::ApplyError::Mode { .. }
        | apply::ApplyError::Notice { .. } => Stop::usage(error),
        apply::ApplyError::App(_) | apply::ApplyError::Store(_) => Stop::failed(error),
    })?;
    app.store.close().await;
    if args.answer.json {
        let steps: Value = steps.iter().map(|it| step_json(it, args.dry_run)).collect();
        say_json(&json!({ "dry_run": args.dry_run, "steps": steps }));
    } else {
        say(&steps_text(&steps, args.dry_run));
    }
    Ok(if args.dry_run && !steps.is_empty() { Exit::Pending } else { Exit::Done })
}

/// Says what an operator may do and had better not.
fn warn(setup: &Setup) {
    for tenant in setup.tenants.iter().filter(|it| it.theme.as_ref().is_some_and(|it| it.confirmation_logo)) {
        complain(&format!(
            "warning: tenant {}: confirmation_logo puts the logo into the mail that asks for the second yes. German courts \
             have called a logo there advertising, which nobody had agreed to yet (LG Stendal, 12 May 2021, 22 S 87/20): \
             leave it out where German law may apply",
            tenant.slug
        ));
    }
}

/// Whether webhooks may go to each endpoint at all.
pub(super) fn check_endpoints(setup: &Setup, nets: &AllowNets) -> Result<(), Stop> {
    let webhooks = setup.tenants.iter().flat_map(|tenant| tenant.webhooks.iter().map(move |it| (tenant, it)));
    let mut refused = Vec::new();
    for (tenant, webhook) in webhooks {
        if let Err(refusal) = EndpointUrl::parse(webhook.url.as_str(), nets) {
            refused.push(format!("tenant {}: webhook {}: {refusal}", tenant.slug, webhook.url.as_str()));
        }
    }
    if refused.is_empty() { Ok(()) } else { Err(Stop::usage(refused.join("\n"))) }
}

fn step_json(step: &apply::Step, dry_run: bool) -> Value {
    let mut line = json!({ "sign": step.sign.to_string(), "what": step.what });
    // A dry run would name a secret that nothing will ever be signed with.
    if let (Some(secret), Value::Object(line), false) = (&step.secret, &mut line, dry_run) {
        line.insert("secret".to_owned(), json!(secret));
    }
    line
}

fn steps_text(steps: &[apply::Step], dry_run: bool) -> String {
    if steps.is_empty() {
        return "Nothing to change.".to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for step in steps {
        lines.push(format!("{} {}", step.sign, step.what));
        if let Some(secret) = step.secret.as_ref().filter(|_| !dry_run) {
            lines.push(format!("  signing secret, shown this once: {secret}"));
        }
    }
    if dry_run {
        lines.push("Nothing was changed: this was a dry run.".to_owned());
    }
    lines.join("\n")
}
