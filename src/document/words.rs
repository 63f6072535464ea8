//! What records say in words, for both documents.

use super::fact::{Fact, Purpose, instant};
use crate::{domain::Timestamp, i18n::Lang};

/// Names and values, as a document lists them; what is empty is left out.
pub(super) struct Facts<'a> {
    pub(super) lang: &'a Lang,
    pub(super) list: Vec<(String, String)>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(lang: &'a Lang) -> Self {
        Self { lang, list: Vec::new() }
    }

    /// Adds a value under the name of `key`.
    pub(super) fn add(&mut self, key: &'static str, value: &str) {
        if !value.is_empty() {
            self.list.push((self.lang.get(key).into_owned(), value.to_owned()));
        }
    }

    /// Adds an instant of RFC 3339 in words.
    pub(super) fn add_time(&mut self, key: &'static str, rfc3339: &str) {
        match instant(rfc3339) {
            Some(at) => self.add(key, &exact(self.lang, at)),
            None => self.add(key, rfc3339),
        }
    }
}

/// An instant for people, and to the millisecond.
pub(super) fn exact(lang: &Lang, at: Timestamp) -> String {
    format!("{}\u{a0}· {}", lang.date_time(at), at.rfc3339())
}

/// What happened.
pub(super) fn kind(lang: &Lang, kind: &str) -> String {
    let key = match kind {
        "signup.requested" => "doc-kind-requested",
        "signup.mail_sent" => "doc-kind-mail-sent",
        "signup.mail_bounced" => "doc-kind-mail-bounced",
        "signup.agreed" => "doc-kind-agreed",
        "signup.guardian_asked" => "doc-kind-guardian-asked",
        "signup.guardian_unreached" => "doc-kind-guardian-unreached",
        "signup.expired" => "doc-kind-lapsed",
        "signup.reported" => "doc-kind-reported",
        "consent.confirmed" => "doc-kind-confirmed",
        "consent.withdrawn" => "doc-kind-withdrawn",
        "consent.refused" => "doc-kind-refused",
        "consent.expired" => "doc-kind-expired",
        "pause.started" => "doc-kind-paused",
        "pause.ended" => "doc-kind-resumed",
        "preference.changed" => "doc-kind-language",
        "contact.erased" => "doc-kind-erased",
        "contact.restricted" => "doc-kind-restricted",
        "contact.unrestricted" => "doc-kind-unrestricted",
        "suppression.added" => "doc-kind-suppressed",
        "suppression.removed" => "doc-kind-unsuppressed",
        "signup.cancelled" => "doc-kind-cancelled",
        other => return other.to_owned(),
    };
    lang.get(key).into_owned()
}

/// By which means.
pub(super) fn method(lang: &Lang, method: &str) -> String {
    let key = match method {
        "form" => "doc-how-form",
        "link" => "doc-how-link",
        "code" => "doc-how-code",
        "same-browser" => "doc-how-same-browser",
        "preferences" => "doc-how-preferences",
        "unsubscribe" => "doc-how-unsubscribe",
        "one_click" => "doc-how-one-click",
        "undo" => "doc-how-undo",
        "not_me" => "doc-how-not-me",
        "guardian" => "doc-how-guardian",
        "time" => "doc-how-time",
        "mail" => "doc-how-mail",
        "api" => "doc-how-api",
        "command" => "doc-how-command",
        other => return other.to_owned(),
    };
    lang.get(key).into_owned()
}

/// Whether a person confirmed or a program.
pub(super) fn grade(lang: &Lang, grade: &str) -> String {
    let key = match grade {
        "person" => "doc-grade-person",
        "likely-automated" => "doc-grade-likely-automated",
        other => return other.to_owned(),
    };
    lang.get(key).into_owned()
}

/// What speaks for a person or for a program.
pub(super) fn reason(lang: &Lang, reason: &str) -> String {
    let key = match reason {
        "same-browser" => "doc-reason-same-browser",
        "code-typed" => "doc-reason-code-typed",
        "user-activated" => "doc-reason-user-activated",
        "took-time" => "doc-reason-took-time",
        "pressed-at-once" => "doc-reason-pressed-at-once",
        "page-not-opened" => "doc-reason-page-not-opened",
        "no-activation" => "doc-reason-no-activation",
        "no-fetch-metadata" => "doc-reason-no-fetch-metadata",
        "not-navigated" => "doc-reason-not-navigated",
        "cross-site" => "doc-reason-cross-site",
        "prefetch" => "doc-reason-prefetch",
        "head" => "doc-reason-head",
        "known-scanner" => "doc-reason-known-scanner",
        "library" => "doc-reason-library",
        "no-user-agent" => "doc-reason-no-user-agent",
        "opened-at-once" => "doc-reason-opened-at-once",
        "several-links" => "doc-reason-several-links",
        other => return other.to_owned(),
    };
    lang.get(key).into_owned()
}

/// Where a consent stands.
pub(super) fn state(lang: &Lang, state: &str) -> String {
    let key = match state {
        "unknown" => "doc-state-unknown",
        "pending" => "doc-state-pending",
        "confirmed" => "doc-state-confirmed",
        "withdrawn" => "doc-state-withdrawn",
        "refused" => "doc-state-refused",
        "expired" => "doc-state-expired",
        other => return other.to_owned(),
    };
    lang.get(key).into_owned()
}

/// Version, language and hash of a wording; nothing when the record names none.
pub(super) fn wording(facts: &mut Facts<'_>, purpose: &Purpose<'_>) {
    let version = purpose.plain("/wording/version");
    if !version.is_empty() {
        let named = [("n", version.into()), ("locale", purpose.text("/wording/locale").into())];
        facts.add("doc-wording", &facts.lang.with("doc-wording-version", &named));
        facts.add("doc-sha256", purpose.text("/wording/sha256"));
    }
}

/// The circumstances of one act: how, where from, with what.
pub(super) fn circumstances(facts: &mut Facts<'_>, fact: &Fact<'_>) {
    let lang = facts.lang;
    facts.add_time("doc-when", fact.text("/at"));
    facts.add("doc-how", &method(lang, fact.text("/method")));
    let (slug, version) = (fact.text("/form/slug"), fact.plain("/form/version"));
    if !slug.is_empty() {
        facts
            .add("doc-form", &lang.with("doc-form-version", &[("name", slug.into()), ("n", version.into())]));
    }
    facts.add("doc-page-origin", fact.text("/visit/origin"));
    facts.add("doc-network", fact.text("/visit/ip"));
    facts.add("doc-network", fact.text("/visit/network"));
    facts.add("doc-browser", fact.text("/visit/user_agent"));
    facts.add("doc-message-id", fact.text("/mail/message_id"));
    facts.add("doc-mail-answer", fact.text("/mail/answer"));
}

/// Where it stands in the log.
pub(super) fn place(facts: &mut Facts<'_>, fact: &Fact<'_>) {
    let lang = facts.lang;
    if let Some(place) = fact.place() {
        facts.add("doc-log", place.origin);
        let numbers = [("index", place.index.into()), ("size", place.size.into())];
        facts.add("doc-log-entry", &lang.with("doc-log-entry-of", &numbers));
        if let Some(at) = place.signed_at {
            // The log tells whole seconds: more would seem to be before what was signed.
            facts.add("doc-log-signed", &exact(lang, at).replace(".000Z", "Z"));
        }
        facts.add("doc-log-root", place.root);
    }
    facts.add("doc-log-commitment", &fact.commitment().unwrap_or_default());
}
