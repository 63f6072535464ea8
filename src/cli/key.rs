//! `ayeaye key`: API keys, link keys, and the rotation of the keys that sign links.

use serde_json::{Value, json};

use super::{
    Exit, Settings, Stop,
    args::{Key, KeyList, KeyNew, KeyRevoke, LinkKey, LinkKeyNew},
    complain, open, say, say_json,
};
use crate::{
    app::{App, keys},
    domain::{Timestamp, catalog::Tenant, id::TenantId},
    store,
};

pub(super) async fn run(settings: &Settings, key: Key) -> Result<Exit, Stop> {
    let app = open(settings).await?;
    let exit = match key {
        Key::New(args) => new(&app, &args).await,
        Key::List(args) => list(&app, &args).await,
        Key::Revoke(args) => revoke(&app, &args).await,
        Key::RotateLinks(json) => {
            let number = keys::rotate_links(&app).await?;
            if json.json {
                say_json(&json!({ "kid": format!("k{number}") }));
            } else {
                say(&format!("New links are signed with k{number}. Links mailed before keep working."));
            }
            Ok(Exit::Done)
        }
        Key::Link(LinkKey::New(args)) => link_new(&app, &args).await,
        Key::Link(LinkKey::List(args)) => link_list(&app, &args).await,
        Key::Link(LinkKey::Revoke(args)) => link_revoke(&app, &args).await,
    };
    app.store.close().await;
    exit
}

/// The tenant of a slug, or which there are.
pub(super) fn tenant(app: &App, slug: &str) -> Result<std::sync::Arc<Tenant>, Stop> {
    let catalog = app.catalog();
    catalog.tenant_named(slug).cloned().ok_or_else(|| {
        let known: Vec<&str> = catalog.tenants.values().map(|it| it.slug.as_str()).collect();
        let known = if known.is_empty() {
            "none is set up yet: run ayeaye apply FILE".to_owned()
        } else {
            format!("there are: {}", known.join(", "))
        };
        Stop::usage(format!("there is no tenant \"{slug}\"; {known}"))
    })
}

async fn new(app: &App, args: &KeyNew) -> Result<Exit, Stop> {
    let tenant = tenant(app, &args.tenant)?;
    if let Some(unknown) = args.scopes.iter().find(|it| !keys::SCOPES.contains(&it.as_str())) {
        let known = keys::SCOPES.join(", ");
        return Err(Stop::usage(format!("there is no scope \"{unknown}\"; there are: {known}")));
    }
    let (id, text) = keys::new_api_key(app, tenant.id, args.scopes.clone()).await?;
    if args.answer.json {
        say_json(&json!({ "key": text, "id": id.to_string(), "tenant": tenant.slug, "scopes": args.scopes }));
    } else {
        say(&text);
        complain(&format!("This is {id}. It is shown this once: keep it where your tool keeps secrets."));
    }
    Ok(Exit::Done)
}

async fn list(app: &App, args: &KeyList) -> Result<Exit, Stop> {
    let only = args.tenant.as_deref().map(|it| tenant(app, it)).transpose()?.map(|it| it.id);
    let found = store::key::api_keys(&mut app.store.peek().await?).await?;
    let rows = found.iter().filter(|it| only.is_none_or(|only| only == it.tenant)).map(|it| Row {
        id: it.id.to_string(),
        tenant: it.tenant,
        scopes: Some(it.scopes.join(" ")),
        created_at: it.created_at,
        revoked_at: it.revoked_at,
    });
    print_rows(app, rows.collect(), args.answer.json);
    Ok(Exit::Done)
}

async fn revoke(app: &App, args: &KeyRevoke) -> Result<Exit, Stop> {
    let id = args.id.parse().map_err(|_not| Stop::usage("this is not the id of an API key: key_…"))?;
    let mut tx = app.store.begin().await?;
    let done = store::key::revoke_api_key(&mut tx, id, app.now()).await?;
    tx.commit().await?;
    ended(done, &args.id, args.answer.json)
}

async fn link_new(app: &App, args: &LinkKeyNew) -> Result<Exit, Stop> {
    let tenant = tenant(app, &args.tenant)?;
    let (id, text) = keys::new_link_key(app, tenant.id).await?;
    if args.answer.json {
        say_json(&json!({ "kid": id.to_string(), "key": text, "tenant": tenant.slug }));
    } else {
        say(&format!("kid: {id}\nkey: {text}"));
        complain(
            "The key is 32 bytes in base64, shown this once. With it your tool makes footer links by itself: see \
             /docs/links",
        );
    }
    Ok(Exit::Done)
}

async fn link_list(app: &App, args: &KeyList) -> Result<Exit, Stop> {
    let only = args.tenant.as_deref().map(|it| tenant(app, it)).transpose()?.map(|it| it.id);
    let found = store::key::link_keys(&mut app.store.peek().await?).await?;
    let rows = found.iter().filter(|it| only.is_none_or(|only| only == it.tenant)).map(|it| Row {
        id: it.id.to_string(),
        tenant: it.tenant,
        scopes: None,
        created_at: it.created_at,
        revoked_at: it.revoked_at,
    });
    print_rows(app, rows.collect(), args.answer.json);
    Ok(Exit::Done)
}

async fn link_revoke(app: &App, args: &KeyRevoke) -> Result<Exit, Stop> {
    let id = args.id.parse().map_err(|_not| Stop::usage("this is not the id of a link key: lk…"))?;
    let mut tx = app.store.begin().await?;
    let done = store::key::revoke_link_key(&mut tx, id, app.now()).await?;
    tx.commit().await?;
    ended(done, &args.id, args.answer.json)
}

fn ended(done: bool, id: &str, json: bool) -> Result<Exit, Stop> {
    if !done {
        return Err(Stop::failed(format!("there is no live key {id}")));
    }
    if json {
        say_json(&json!({ "revoked": id }));
    } else {
        say(&format!("{id} is revoked from now on."));
    }
    Ok(Exit::Done)
}

struct Row {
    id: String,
    tenant: TenantId,
    scopes: Option<String>,
    created_at: Timestamp,
    revoked_at: Option<Timestamp>,
}

fn print_rows(app: &App, rows: Vec<Row>, json: bool) {
    let catalog = app.catalog();
    let slug = |id| catalog.tenant(id).map_or("", |it| it.slug.as_str()).to_owned();
    if json {
        let rows: Value = rows
            .iter()
            .map(|it| {
                json!({
                    "id": it.id, "tenant": slug(it.tenant), "scopes": it.scopes,
                    "created_at": it.created_at.rfc3339(), "revoked_at": it.revoked_at.map(Timestamp::rfc3339),
                })
            })
            .collect();
        say_json(&rows);
        return;
    }
    for Row { id, tenant, scopes, created_at, revoked_at } in rows {
        let state = revoked_at.map_or("live".to_owned(), |it| format!("revoked {}", it.rfc3339()));
        let scopes = scopes.unwrap_or_default();
        say(&format!("{id}  {}  {}  {state}  {scopes}", slug(tenant), created_at.rfc3339()));
    }
}
