//! The receipt of a choice as a mail: the paper and the proof, made when the log has what they prove.

use serde_json::Value;

use super::letters::{Written, addressed, rendered, sender};
use crate::{
    app::{
        App, Result,
        controller::{self, controller},
        receipt,
    },
    document::{
        self, DocumentError,
        receipt::{file_name, json_ld, pdf},
    },
    domain::{Timestamp, catalog::Tenant, id::PurposeId},
    i18n::{self, Lang},
    mail::{
        File,
        receipt::{Act, ChangedPurpose, Receipt},
    },
    store::{contact::Contact, mail::Mail},
};

/// Writes the receipt of the fact that a row is about.
pub(super) async fn write(app: &App, mail: &Mail, contact: &Contact) -> Result<Written> {
    let catalog = app.catalog();
    let (Some(tenant), Some(to)) = (catalog.tenant(mail.tenant), contact.email.clone()) else {
        return Ok(Written::Nothing);
    };
    let Ok(id) = mail.about.parse() else { return Ok(Written::Nothing) };
    if contact.suppressed_at.is_some() || contact.restricted_at.is_some() {
        return Ok(Written::Nothing);
    }
    let Some(found) = receipt::of(app, tenant, id).await? else { return Ok(Written::Nothing) };
    if !found.is_proven() {
        return Ok(Written::NotYet);
    }
    let Some(told) = Told::read(&found) else { return Ok(Written::Nothing) };
    let t = i18n::of(tenant, mail.locale);
    let papers = Papers {
        controller: controller(&catalog, tenant).about(tenant, &told.concerned),
        proofs: found.proofs,
        base_url: app.url_for(tenant.id, ""),
        made_at: mail.created_at,
        lang: t.clone(),
    };
    // Setting a page takes tens of milliseconds, in which other work would wait.
    let files = tokio::task::spawn_blocking(move || papers.files()).await;
    let [paper, proof] = match files {
        Ok(Ok(files)) => files,
        Ok(Err(error)) => return Ok(failed(mail, &error.to_string())),
        Err(error) => return Ok(failed(mail, &error.to_string())),
    };
    let letter = Receipt {
        locale: mail.locale,
        sender: sender(app, tenant, mail.locale),
        address: to.clone(),
        act: told.act,
        purposes: told.changes(tenant, &t),
        number: told.number,
        at: found.fact.at,
        check_url: app.url_for(tenant.id, &format!("/v?lang={}", mail.locale)),
        ask_url: app.url_for(tenant.id, &format!("/p?lang={}", mail.locale)),
        paper,
        proof,
    };
    let letter = rendered(letter.render()).map(|it| addressed(tenant, to, it));
    Ok(letter.map_or(Written::Nothing, |it| Written::Letter(Box::new(it))))
}

/// Our fault: looked at again later, as the program may be mended by then.
fn failed(mail: &Mail, error: &str) -> Written {
    tracing::error!(mail = %mail.id, error, "a receipt could not be made");
    Written::NotYet
}

/// What the record of a change says that the mail repeats.
struct Told {
    act: Act,
    number: String,
    concerned: Vec<PurposeId>,
    /// Purpose, name as it was worded, state.
    changes: Vec<(PurposeId, Option<String>, String)>,
}

impl Told {
    /// `None` for what is no choice: it has no receipt by mail.
    fn read(receipt: &receipt::Receipt) -> Option<Self> {
        let act = match receipt.fact.kind.as_str() {
            "consent.confirmed" => Act::Agreed,
            "consent.withdrawn" => Act::Stopped,
            "consent.refused" => Act::Refused,
            _other => return None,
        };
        let purposes = receipt.proofs.first()?.pointer("/record/purposes")?.as_array()?;
        let changes: Vec<_> = purposes
            .iter()
            .filter_map(|it| {
                let text = |pointer: &str| it.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
                Some((text("/id")?.parse().ok()?, text("/wording/name"), text("/state")?))
            })
            .collect();
        let concerned = changes.iter().map(|(id, ..)| *id).collect();
        Some(Self { act, number: receipt.fact.receipt.clone()?, concerned, changes })
    }

    fn changes(&self, tenant: &Tenant, lang: &Lang) -> Vec<ChangedPurpose> {
        let named = |(id, name, state): &(PurposeId, Option<String>, String)| {
            let own = || tenant.purpose(*id).map(|it| it.slug.clone());
            Some(ChangedPurpose { name: name.clone().or_else(own)?, state: word(lang, state) })
        };
        self.changes.iter().filter_map(named).collect()
    }
}

/// Where a consent stands, in a word.
fn word(lang: &Lang, state: &str) -> String {
    let key = match state {
        "confirmed" => "mail-receipt-yes",
        "withdrawn" => "mail-receipt-stop",
        "refused" => "mail-receipt-no",
        other => return other.to_owned(),
    };
    lang.get(key).into_owned()
}

/// What both files are made of.
struct Papers {
    controller: controller::Controller,
    proofs: Vec<Value>,
    base_url: String,
    made_at: Timestamp,
    lang: Lang,
}

impl Papers {
    /// To read, and to check.
    fn files(&self) -> std::result::Result<[File; 2], DocumentError> {
        let controller::Controller {
            id,
            slug,
            name,
            legal,
            contact,
            country,
            storage,
            retention,
            validity,
            recipients,
        } = &self.controller;
        let recipients: Vec<document::Recipient<'_>> = recipients
            .iter()
            .map(|it| document::Recipient { id: &it.site, name: &it.host, address: "", contact: &it.site })
            .collect();
        let controller = document::Controller {
            id,
            slug,
            name,
            legal,
            contact,
            country: *country,
            storage: *storage,
            retention: retention.as_deref(),
            validity: validity.as_deref(),
            recipients: &recipients,
        };
        let receipt = document::receipt::Receipt {
            proofs: &self.proofs,
            controller: &controller,
            base_url: &self.base_url,
            made_at: self.made_at,
        };
        let proof = file_name(&receipt);
        let paper = format!("{}.pdf", proof.trim_end_matches(".jsonld"));
        let data = format!("{:#}\n", json_ld(&receipt, &self.lang)).into_bytes();
        Ok([
            File { name: paper, media_type: "application/pdf", data: pdf(&receipt, &self.lang)? },
            File { name: proof, media_type: "application/ld+json", data },
        ])
    }
}
