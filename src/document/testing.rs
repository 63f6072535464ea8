//! Facts for the tests of this layer: a request, its mail, its confirmation, a withdrawal.

use serde_json::{Value, json};

use super::Controller;

/// A signup of Ada's, in French, on another site.
pub(super) const SHOWN: &str = "Lettre d’information\nNos nouvelles, une fois par mois, par e-mail.\nFréquence : une fois par mois\n\nOui, envoyez-moi ces e-mails";

/// An organisation that has told everything.
pub(super) fn controller() -> Controller<'static> {
    Controller {
        id: "ten_01K9Z5B8QW",
        slug: "acme",
        name: "Acme",
        legal: "Acme SAS, 1 rue de la Paix, 75002 Paris",
        contact: "privacy@acme.example",
        country: Some("FR"),
        storage: Some("FR"),
        retention: Some("P3Y"),
        validity: Some("P2Y"),
        recipients: &[super::Recipient {
            id: "crm",
            name: "MailHost GmbH",
            address: "Musterstr. 1, 10115 Berlin, DE",
            contact: "dpo@mailhost.example",
        }],
    }
}

/// An organisation that has told nothing but its name.
pub(super) fn silent() -> Controller<'static> {
    Controller {
        country: None,
        storage: None,
        retention: None,
        validity: None,
        recipients: &[],
        ..controller()
    }
}

fn wording() -> Value {
    json!({
        "id": "wor_01K9Z5B8QX", "locale": "fr", "version": 3,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "name": "Lettre d’information", "text": "Nos nouvelles, une fois par mois, par e-mail.", "frequency": "monthly",
    })
}

/// A record of this kind, with what all of them have.
pub(super) fn record(kind: &str, at: &str, method: &str, state: &str) -> Value {
    json!({
        "id": format!("evd_{}", kind.replace('.', "_")), "type": kind, "at": at, "receipt": "R-7Q2M-K4XD",
        "controller": {
            "id": "ten_01K9Z5B8QW", "name": "Acme", "legal": "Acme SAS, 1 rue de la Paix, 75002 Paris",
        },
        "contact": "con_01K9Z5B8QV", "email": "ada@example.org", "method": method, "locale": "fr",
        "purposes": [{
            "id": "pur_01K9Z5B8QU", "slug": "newsletter", "state": state, "previous_state": "unknown",
            "wording": wording(),
        }],
        "notice": { "version": 2, "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae" },
        "form": { "id": "frm_01K9Z5B8QT", "slug": "newsletter", "version": 4 },
        "shown": SHOWN,
        "visit": {
            "network": "203.0.113.0/24", "ip_hash": "5f1d",
            "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "origin": "https://shop.example", "sec_fetch": "same-origin navigate ?1",
        },
    })
}

/// A proof object around a record, with a place in the log of this number.
pub(super) fn proof(record: &Value, index: u64) -> Value {
    let mut blob = vec![1, 2, 3, 4];
    blob.extend(1_768_473_068_u64.to_be_bytes());
    blob.extend([7; 64]);
    let blob = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, blob);
    json!({
        "format": "ayeaye-proof/1",
        "record": record,
        "salt": "5a".repeat(32),
        "entry": format!("{{\"c\":\"{}\",\"t\":\"evidence\",\"v\":1}}", "c0".repeat(32)),
        "proof": format!(
            "c2sp.org/tlog-proof@v1\nindex {index}\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n\
             consent.example.org/log\n107\nF3eoBo4nTW9UDqAvvZKC2aB2yOs2VUiWbGTYSTuUnRs=\n\n\
             — consent.example.org/log AAAAAQ==\n— consent.example.org/log {blob}\n"
        ),
        "keys": {
            "log": ["consent.example.org/log+8f0b4a2e+AVLbJx0mZ8kqkGkZ3m0m4v7Rk5yJg0l0Wq3mX1c7o2aB"],
            "witnesses": [], "threshold": 0,
        },
        "timestamps": [],
    })
}

/// Ada's confirmation, the request it answers and the mail between them.
pub(super) fn confirmation() -> Vec<Value> {
    let mut confirmed = record("consent.confirmed", "2026-01-15T10:31:07.042Z", "link", "confirmed");
    confirmed["request"] = json!("req_01K9Z5B8QS");
    confirmed["requested_at"] = json!("2026-01-15T10:29:55.118Z");
    let requested = record("signup.requested", "2026-01-15T10:29:55.118Z", "form", "pending");
    let mut mailed = record("signup.mail_sent", "2026-01-15T10:29:56.400Z", "mail", "");
    for key in ["purposes", "form", "shown", "visit"] {
        mailed.as_object_mut().unwrap().remove(key);
    }
    mailed["mail"] = json!({
        "message_id": "<mai_01K9Z5B8QR@acme.example>", "kind": "confirm", "answer": "250 2.0.0 Ok: queued as 4F1A2",
        "attempts": 1, "queued_at": "2026-01-15T10:29:55.118Z",
    });
    vec![proof(&confirmed, 41), proof(&requested, 38), proof(&mailed, 39)]
}

/// Ada's goodbye.
pub(super) fn withdrawal() -> Vec<Value> {
    let mut record = record("consent.withdrawn", "2026-03-02T18:00:00.000Z", "one_click", "withdrawn");
    record["purposes"][0]["previous_state"] = json!("confirmed");
    record["receipt"] = json!("R-9ZZZ-0ABC");
    for key in ["form", "shown"] {
        record.as_object_mut().unwrap().remove(key);
    }
    vec![proof(&record, 88)]
}

/// What no font has, and what hurts: direction marks, emoji, right-to-left, control characters, one endless word.
pub(super) fn hostile() -> String {
    format!(
        "\u{202E}evil\u{0}\u{7}\u{1B}[31m 😀👨‍👩‍👧 שלום مرحبا 你好 \u{E000}\u{FEFF}\u{FFFE}\r\n\t{} end",
        "W".repeat(10_000)
    )
}
