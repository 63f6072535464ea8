//! `ayeaye link mint`: the signed links of one contact, for support.

use std::io::Read as _;

use serde_json::json;

use super::{
    Exit, Settings, Stop,
    args::{Link, LinkMint, Who},
    key::tenant,
    open, say, say_json,
};
use crate::{
    app::{App, gate, gate::Recipient, links},
    domain::{EmailAddress, catalog::Tenant, id::ContactId},
};

/// More than any address is long.
const ADDRESS_MAX: u64 = 1_000;

pub(super) async fn run(settings: &Settings, link: Link) -> Result<Exit, Stop> {
    let Link::Mint(args) = link;
    let app = open(settings).await?;
    let exit = mint(&app, &args).await;
    app.store.close().await;
    exit
}

async fn mint(app: &App, args: &LinkMint) -> Result<Exit, Stop> {
    let tenant = tenant(app, &args.tenant)?;
    let contact = find(app, &tenant, args).await?;
    let preferences = links::preferences_url(app, tenant.id, contact);
    let unsubscribe = match &args.purpose {
        None => None,
        Some(slug) => {
            let purpose = tenant.purpose_named(slug).ok_or_else(|| {
                let known: Vec<&str> = tenant.purposes.iter().map(|it| it.slug.as_str()).collect();
                Stop::usage(format!("there is no purpose \"{slug}\"; there are: {}", known.join(", ")))
            })?;
            Some(links::unsubscribe_url(app, tenant.id, contact, purpose.id))
        }
    };
    if args.answer.json {
        say_json(&json!({ "preferences": preferences, "unsubscribe": unsubscribe }));
    } else {
        say(&format!("preferences: {preferences}"));
        if let Some(unsubscribe) = unsubscribe {
            say(&format!("unsubscribe: {unsubscribe}"));
        }
    }
    Ok(Exit::Done)
}

async fn find(app: &App, tenant: &Tenant, args: &LinkMint) -> Result<ContactId, Stop> {
    let found = gate::lookup(app, tenant, &recipient(&args.who)?).await?;
    found.map(|(contact, _)| contact.id).ok_or_else(unknown)
}

/// What is said of a contact that is not there.
pub(super) fn unknown() -> Stop {
    Stop::failed("this tenant knows no such contact")
}

/// Whom the arguments name.
pub(super) fn recipient(who: &Who) -> Result<Recipient<'static>, Stop> {
    Ok(match (&who.contact, &who.email) {
        (Some(id), _) => Recipient::Contact(
            id.parse().map_err(|_not| Stop::usage("this is not the id of a contact: con_…"))?,
        ),
        (None, Some(email)) => {
            let typed = if email == "-" { read_address()? } else { email.clone() };
            let parsed = EmailAddress::parse(&typed);
            Recipient::Email(parsed.map_err(|error| Stop::usage(format!("the address: {error}")))?)
        }
        (None, None) => Recipient::Nobody,
    })
}

fn read_address() -> Result<String, Stop> {
    let mut text = String::new();
    std::io::stdin().lock().take(ADDRESS_MAX).read_to_string(&mut text).map_err(Stop::failed)?;
    Ok(text)
}
