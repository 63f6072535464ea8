//! Evidence as the person it is about reads it: receipts, and the lines of their history.

use serde_json::Value;

use super::preferences::{HistoryLine, ReceiptLink};
use crate::{
    domain::{Locale, Timestamp, id::EvidenceId},
    i18n::Lang,
    store::{self, contact::Contact, evidence::Evidence},
    web::{
        Web,
        error::Fault,
        part::{PurposeView, ReceiptView},
    },
};

/// How far back a receipt is looked for among the facts about a person.
const REACH: i64 = 500;

/// One fact, with what its record says; little more than its date once the person is erased.
pub(super) struct Proof {
    id: EvidenceId,
    kind: String,
    method: String,
    at: Timestamp,
    receipt: Option<String>,
    purposes: Vec<Proven>,
}

/// One purpose a fact is about.
struct Proven {
    slug: String,
    name: String,
    /// What was settled by it.
    state: String,
    /// Version and language of the wording.
    wording: Option<(i64, String)>,
}

/// The fact with this receipt number, if the person has one.
pub(super) async fn of_receipt(web: &Web, contact: &Contact, number: &str) -> Result<Option<Proof>, Fault> {
    let mut tx = web.app.store.peek().await?;
    let facts = store::evidence::of_contact(&mut tx, contact.tenant, contact.id, REACH).await?;
    Ok(facts.iter().find(|it| it.receipt.as_deref() == Some(number)).map(Proof::of))
}

impl Proof {
    pub(super) fn of(evidence: &Evidence) -> Self {
        let record = evidence.record.as_deref().and_then(|it| serde_json::from_str(it).ok());
        let record = record.unwrap_or(Value::Null);
        let purposes = record.get("purposes").and_then(Value::as_array);
        Self {
            id: evidence.id,
            kind: evidence.kind.clone(),
            method: text(&record, "method"),
            at: evidence.at,
            receipt: evidence.receipt.clone(),
            purposes: purposes.into_iter().flatten().map(Proven::of).collect(),
        }
    }

    /// Whether the person said no to a purpose by it.
    pub(super) fn says_no_to(&self, slug: &str) -> bool {
        self.purposes.iter().any(|it| it.slug == slug && it.state != "confirmed")
    }

    /// The receipt for `about`, the purposes it is shown for.
    pub(super) fn receipt(&self, t: &Lang, about: &[PurposeView]) -> ReceiptView {
        let of = |view: &PurposeView| {
            let proven = self.purposes.iter().find(|it| it.slug == view.slug && it.state == "confirmed")?;
            let (version, locale) = proven.wording.as_ref()?;
            let facts = [
                ("name", proven.name.as_str().into()),
                ("n", (*version).into()),
                ("locale", locale.as_str().into()),
            ];
            Some(t.with("receipt-version", &facts))
        };
        let wordings: Vec<String> = about.iter().filter_map(of).collect();
        ReceiptView {
            number: self.receipt.clone().unwrap_or_default(),
            when: t.date_time(self.at),
            purposes: about.iter().map(|it| it.name.clone()).collect(),
            wording: (!wordings.is_empty()).then(|| listed(t, &wordings)),
            href: None,
        }
    }

    /// The receipt for everything it is about.
    pub(super) fn whole_receipt(&self, t: &Lang) -> ReceiptView {
        let versions = self.purposes.iter().filter_map(|it| {
            let (version, locale) = it.wording.as_ref()?;
            let name = it.name.as_str().into();
            Some(t.with(
                "receipt-version",
                &[("name", name), ("n", (*version).into()), ("locale", locale.as_str().into())],
            ))
        });
        let versions: Vec<String> = versions.collect();
        ReceiptView {
            number: self.receipt.clone().unwrap_or_default(),
            when: t.date_time(self.at),
            purposes: self.purposes.iter().map(|it| it.name.clone()).collect(),
            wording: (!versions.is_empty()).then(|| listed(t, &versions)),
            href: None,
        }
    }

    /// The line of the history.
    pub(super) fn line(&self, t: &Lang) -> HistoryLine {
        HistoryLine {
            when: t.date_time(self.at),
            what: self.what(t),
            how: self.how(t),
            receipt: self.receipt.clone().map(|number| ReceiptLink { number, href: None }),
        }
    }

    /// The fact.
    pub(super) const fn id(&self) -> EvidenceId {
        self.id
    }

    fn what(&self, t: &Lang) -> String {
        let plain = |key| t.get(key).into_owned();
        match self.kind.as_str() {
            "signup.requested" => self.about(t, "history-asked", |_| true),
            "signup.mail_sent" => plain("history-mailed"),
            "signup.mail_bounced" => plain("history-bounced"),
            "signup.agreed" if self.method == "guardian" => plain("history-agreed-guardian"),
            "signup.agreed" => plain("history-agreed-child"),
            "signup.guardian_asked" => plain("history-guardian-asked"),
            "signup.guardian_unreached" => plain("history-guardian-unreached"),
            "signup.expired" => plain("history-lapsed"),
            "signup.reported" => plain("history-not-me"),
            "pause.started" => plain("history-paused"),
            "pause.ended" => plain("history-resumed"),
            "preference.changed" => plain("history-language"),
            "contact.restricted" => plain("history-restricted"),
            "contact.unrestricted" => plain("history-unrestricted"),
            // With a complaint the person has left, too.
            "suppression.added" => {
                let left = self.about(t, "history-left", |it| it == "withdrawn");
                format!("{} {left}", t.get("history-suppressed")).trim_end().to_owned()
            }
            "suppression.removed" => plain("history-unsuppressed"),
            "signup.cancelled" => plain("history-cancelled"),
            _ if self.purposes.is_empty() => plain("history-again"),
            _ => {
                let sentences = [
                    ("confirmed", "history-yes"),
                    ("withdrawn", "history-left"),
                    ("refused", "history-no"),
                    ("expired", "history-too-old"),
                ];
                let said = sentences.into_iter().map(|(state, key)| self.about(t, key, |it| it == state));
                said.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// The sentence of `key` about the purposes whose state `is` that; empty when there are none.
    fn about(&self, t: &Lang, key: &str, is: impl Fn(&str) -> bool) -> String {
        let names: Vec<&str> =
            self.purposes.iter().filter(|it| is(&it.state)).map(|it| it.name.as_str()).collect();
        if names.is_empty() { String::new() } else { t.with(key, &[("names", names.join(", ").into())]) }
    }

    fn how(&self, t: &Lang) -> String {
        let key = match self.method.as_str() {
            "form" => "history-by-form",
            "link" => "history-by-link",
            "code" => "history-by-code",
            "same-browser" => "history-by-same-browser",
            "preferences" => "history-by-preferences",
            "unsubscribe" => "history-by-unsubscribe",
            "one_click" => "history-by-one-click",
            "undo" => "history-by-undo",
            "not_me" => "history-by-not-me",
            "guardian" => "history-by-guardian",
            "time" => "history-by-time",
            "api" => "history-by-api",
            _ => return String::new(),
        };
        t.get(key).into_owned()
    }
}

impl Proven {
    fn of(purpose: &Value) -> Self {
        let wording = purpose.get("wording").unwrap_or(&Value::Null);
        let version = wording.get("version").and_then(Value::as_i64);
        let (slug, name) = (text(purpose, "slug"), text(wording, "name"));
        Self {
            name: if name.is_empty() { slug.clone() } else { name },
            slug,
            state: text(purpose, "state"),
            wording: version.map(|it| (it, text(wording, "locale"))),
        }
    }
}

/// Several things in a row; French sets a space before the semicolon.
fn listed(t: &Lang, things: &[String]) -> String {
    things.join(if t.locale() == Locale::Fr { "\u{a0}; " } else { "; " })
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::lang;

    #[test]
    fn several_wordings_are_listed_as_their_language_does() {
        let wordings = ["A, version 1 (fr)".to_owned(), "B, version 2 (fr)".to_owned()];
        assert_eq!(listed(lang(Locale::Fr), &wordings), "A, version 1 (fr)\u{a0}; B, version 2 (fr)");
        assert_eq!(listed(lang(Locale::En), &wordings), "A, version 1 (fr); B, version 2 (fr)");
    }
}
