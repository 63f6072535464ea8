//! `ayeaye contact erase`: nothing of a person stays.

use serde_json::json;

use super::{
    Exit, Settings, Stop,
    args::{Contact, ContactErase},
    key::tenant,
    link::{recipient, unknown},
    open, say, say_json,
};
use crate::app::{
    App,
    erase::{self, By},
};

pub(super) async fn run(settings: &Settings, contact: Contact) -> Result<Exit, Stop> {
    let Contact::Erase(args) = contact;
    let app = open(settings).await?;
    let exit = erase(&app, &args).await;
    app.store.close().await;
    exit
}

async fn erase(app: &App, args: &ContactErase) -> Result<Exit, Stop> {
    let tenant = tenant(app, &args.tenant)?;
    let named = erase::find(app, &tenant, &recipient(&args.who)?).await?.ok_or_else(unknown)?;
    let erased = erase::erase(app, &tenant, named, By::Command).await?.ok_or_else(unknown)?;
    let at = erased.at.rfc3339();
    if args.answer.json {
        say_json(
            &json!({ "contact": erased.contact.to_string(), "erased_at": at, "already": erased.already }),
        );
    } else if erased.already {
        say(&format!("{} was erased at {at} already.", erased.contact));
    } else {
        say(&format!(
            "{} is erased. Nothing brings them back but a new signup of their own.",
            erased.contact
        ));
    }
    Ok(Exit::Done)
}
