//! The receipt of one change, for the person: to read (PDF) and to check (JSON-LD). It holds no link that
//! works for whoever has the file: withdrawal goes through `/p`, which mails a link, or through any mail.

use serde_json::Value;

use super::{
    Controller, DocumentError,
    fact::{Fact, file_stem},
    json_ld,
    layout::Layout,
    pdf::{self, Attachment, Meta},
    words::{self, Facts},
};
use crate::{domain::Timestamp, i18n::Lang};

/// What a receipt is made of.
#[derive(Clone, Copy)]
pub struct Receipt<'a> {
    /// Proof objects: the change itself first, then the request it answers, then the mails between them.
    pub proofs: &'a [Value],
    /// The organisation responsible.
    pub controller: &'a Controller<'a>,
    /// The configured base URL, without a slash at its end.
    pub base_url: &'a str,
    /// When the receipt is made.
    pub made_at: Timestamp,
}

/// The receipt as JSON-LD after ISO/IEC TS 27560, in the terms of the Data Privacy Vocabulary 2.3. Media type
/// `application/ld+json`. `lang` is the language of its few texts for people.
pub fn json_ld(receipt: &Receipt<'_>, lang: &Lang) -> Value {
    json_ld::receipt(receipt, lang)
}

/// The name the JSON-LD file goes by.
pub fn file_name(receipt: &Receipt<'_>) -> String {
    let number = receipt.proofs.first().map_or("", |it| Fact::new(it).text("/receipt"));
    format!("{}.jsonld", file_stem(number))
}

/// The receipt as PDF, with the JSON-LD attached.
///
/// # Errors
/// There is no fact, or the typesetter refused.
pub fn pdf(receipt: &Receipt<'_>, lang: &Lang) -> Result<Vec<u8>, DocumentError> {
    let fact = receipt.proofs.first().map(Fact::new).ok_or(DocumentError::NoFact)?;
    let number = fact.text("/receipt");
    let title = lang.with("doc-receipt-title", &[("number", number.into())]);
    let name = or(fact.text("/controller/name"), receipt.controller.name);
    let mut layout = Layout::new();
    layout.heading(1, &title)?;
    head(&mut layout, receipt, &fact, lang)?;
    what(&mut layout, &fact, lang)?;
    shown(&mut layout, &fact, lang)?;
    steps(&mut layout, receipt, lang)?;
    notice(&mut layout, receipt, &fact, lang)?;
    log(&mut layout, &fact, lang)?;
    check(&mut layout, receipt, &fact, lang)?;
    rights(&mut layout, receipt, &fact, lang)?;
    if layout.replaced() {
        layout.small(&lang.get("doc-replaced"))?;
    }
    let foot = lang.with("doc-receipt-foot", &[("number", number.into()), ("name", name.into())]);
    let meta = Meta {
        title: &title,
        language: lang.locale().tag(),
        made_at: receipt.made_at,
        foot: &foot,
        page: &|n, of| lang.with("doc-page", &[("n", n.into()), ("of", of.into())]),
    };
    let data = serde_json::to_vec_pretty(&json_ld(receipt, lang)).unwrap_or_default();
    let attachment = Attachment {
        name: file_name(receipt),
        media_type: "application/ld+json",
        description: lang.get("doc-file-description").into_owned(),
        data,
    };
    pdf::render(&layout, &meta, Some(attachment))
}

fn or<'a>(first: &'a str, second: &'a str) -> &'a str {
    if first.is_empty() { second } else { first }
}

fn head(
    layout: &mut Layout,
    receipt: &Receipt<'_>,
    fact: &Fact<'_>,
    lang: &Lang,
) -> Result<(), DocumentError> {
    let lead = match fact.kind() {
        "consent.confirmed" => "doc-receipt-lead-confirmed",
        "consent.withdrawn" => "doc-receipt-lead-withdrawn",
        "consent.refused" => "doc-receipt-lead-refused",
        "signup.requested" => "doc-receipt-lead-requested",
        _ => "doc-receipt-lead-other",
    };
    layout.paragraph(&lang.get(lead))?;
    let mut facts = Facts::new(lang);
    facts.add("doc-number", fact.text("/receipt"));
    facts.add_time("doc-when", fact.text("/at"));
    facts.add("doc-address", fact.text("/email"));
    facts.add("doc-controller", or(fact.text("/controller/legal"), receipt.controller.legal));
    facts.add("doc-contact", receipt.controller.contact);
    layout.facts(&facts.list)
}

fn what(layout: &mut Layout, fact: &Fact<'_>, lang: &Lang) -> Result<(), DocumentError> {
    let purposes = fact.purposes();
    if purposes.is_empty() {
        return layout.paragraph(&words::kind(lang, fact.kind()));
    }
    layout.heading(2, &lang.get("doc-receipt-what"))?;
    for purpose in purposes {
        layout.heading(3, purpose.name())?;
        let text = purpose.text("/wording/text");
        // The words on the page follow anyway; what stands in them is not said twice.
        if !text.is_empty() && !fact.text("/shown").contains(text) {
            layout.quote(text, Some(purpose.text("/wording/locale")).filter(|it| !it.is_empty()))?;
        }
        let mut facts = Facts::new(lang);
        facts.add("doc-state", &words::state(lang, purpose.state()));
        words::wording(&mut facts, &purpose);
        layout.facts(&facts.list)?;
    }
    Ok(())
}

fn shown(layout: &mut Layout, fact: &Fact<'_>, lang: &Lang) -> Result<(), DocumentError> {
    let shown = fact.text("/shown");
    if shown.is_empty() {
        return Ok(());
    }
    layout.heading(2, &lang.get("doc-receipt-words"))?;
    layout.paragraph(&lang.get("doc-receipt-words-lead"))?;
    layout.quote(shown, Some(fact.text("/locale")).filter(|it| !it.is_empty()))
}

/// What happened, in the order of time.
fn steps(layout: &mut Layout, receipt: &Receipt<'_>, lang: &Lang) -> Result<(), DocumentError> {
    layout.heading(2, &lang.get("doc-receipt-steps"))?;
    let mut facts: Vec<Fact<'_>> = receipt.proofs.iter().map(Fact::new).collect();
    facts.sort_by_key(|it| it.at().map(Timestamp::millis));
    for (number, fact) in (1..).zip(&facts) {
        let what = words::kind(lang, fact.kind());
        let step: i32 = number;
        layout.heading(3, &lang.with("doc-receipt-step", &[("n", step.into()), ("what", what.into())]))?;
        let mut list = Facts::new(lang);
        words::circumstances(&mut list, fact);
        layout.facts(&list.list)?;
    }
    Ok(())
}

fn notice(
    layout: &mut Layout,
    receipt: &Receipt<'_>,
    fact: &Fact<'_>,
    lang: &Lang,
) -> Result<(), DocumentError> {
    let version = fact.plain("/notice/version");
    if version.is_empty() {
        return Ok(());
    }
    layout.heading(2, &lang.get("doc-receipt-notice"))?;
    let mut facts = Facts::new(lang);
    facts.add("doc-version", &version);
    facts.add("doc-sha256", fact.text("/notice/sha256"));
    facts.add("doc-read-at", &notice_url(receipt, &version));
    layout.facts(&facts.list)
}

/// Where this version of the notice can be read.
pub(super) fn notice_url(receipt: &Receipt<'_>, version: &str) -> String {
    format!("{}/n/{}?v={version}", receipt.base_url, receipt.controller.slug)
}

fn log(layout: &mut Layout, fact: &Fact<'_>, lang: &Lang) -> Result<(), DocumentError> {
    layout.heading(2, &lang.get("doc-receipt-log"))?;
    let lead = if fact.place().is_some() { "doc-receipt-log-lead" } else { "doc-receipt-log-waiting" };
    layout.paragraph(&lang.get(lead))?;
    let mut facts = Facts::new(lang);
    words::place(&mut facts, fact);
    layout.facts(&facts.list)
}

fn check(
    layout: &mut Layout,
    receipt: &Receipt<'_>,
    fact: &Fact<'_>,
    lang: &Lang,
) -> Result<(), DocumentError> {
    layout.heading(2, &lang.get("doc-receipt-check"))?;
    let file = file_name(receipt);
    let url = format!("{}/v", receipt.base_url);
    let mut steps = vec![
        lang.with("doc-receipt-check-file", &[("file", file.clone().into())]),
        lang.with("doc-receipt-check-command", &[("file", file.into())]),
        lang.with("doc-receipt-check-page", &[("url", url.into())]),
    ];
    for key in fact.log_keys() {
        steps.push(lang.with("doc-receipt-check-key", &[("key", key.into())]));
    }
    layout.steps(&steps)
}

fn rights(
    layout: &mut Layout,
    receipt: &Receipt<'_>,
    fact: &Fact<'_>,
    lang: &Lang,
) -> Result<(), DocumentError> {
    let ask = format!("{}/p", receipt.base_url);
    let is_on = |it: &super::fact::Purpose<'_>| matches!(it.state(), "confirmed" | "pending");
    let (title, text) = if fact.purposes().iter().any(is_on) {
        ("doc-receipt-leave", "doc-receipt-leave-text")
    } else {
        ("doc-receipt-join", "doc-receipt-join-text")
    };
    layout.heading(2, &lang.get(title))?;
    layout.paragraph(&lang.with(text, &[("url", ask.into())]))?;
    layout.heading(2, &lang.get("doc-receipt-rights"))?;
    let (name, page) = receipt.controller.authority(lang);
    let authority = format!("{name} ({page})");
    let facts = [("contact", receipt.controller.contact.into()), ("authority", authority.into())];
    layout.paragraph(&lang.with("doc-receipt-rights-text", &facts))
}
