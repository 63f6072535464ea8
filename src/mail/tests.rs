//! What every mail must hold to, in both languages; and one delivery from end to end.

mod delivery;
mod parts;
mod words;

use scraper::{Html, Selector};

use super::{
    File, Rendered, Sender,
    already_signed_up::{AlreadySignedUp, HeldPurpose},
    confirm::{AskedPurpose, Confirm},
    guardian::Guardian,
    receipt::{Act, ChangedPurpose, Receipt},
    rendered::Asked,
    your_code::{CodeAllows, YourCode},
    your_link::YourLink,
};
use crate::domain::{Locale, Timestamp, time};

/// 21 November 2026, 10:14 UTC.
const ASKED_AT: Timestamp = Timestamp::from_millis(1_795_256_040_000);
const ADDRESS: &str = "ada@example.org";
const CONFIRM: &str = "https://consent.example.org/c/ay1.c.k1.AAECAwQFBgcICQoLDA0ODw.mac";
const NOT_ME: &str = "https://consent.example.org/b/ay1.b.k1.AAECAwQFBgcICQoLDA0ODw.mac";
const PREFERENCES: &str = "https://consent.example.org/p/ay1.p.k1.AAECAwQFBgcICQoLDA0ODw.mac?a=1&b=2";
const ANSWER: &str = "https://consent.example.org/g/ay1.g.k1.AAECAwQFBgcICQoLDA0ODw.mac";
const NOTICE: &str = "https://consent.example.org/n/acme";

fn sender() -> Sender {
    Sender {
        brand: "Acme".to_owned(),
        legal: "Acme SAS, 1 rue de la Paix, 75002 Paris".to_owned(),
        contact: "privacy@acme.example".to_owned(),
        notice_url: NOTICE.to_owned(),
        host: "consent.example.org".to_owned(),
        own: None,
    }
}

fn asked() -> Asked {
    Asked { on: "shop.example".to_owned(), at: ASKED_AT }
}

fn asked_purpose(name: &str, text: &str, frequency: &str) -> AskedPurpose {
    AskedPurpose { name: name.to_owned(), text: text.to_owned(), lang: None, frequency: frequency.to_owned() }
}

fn confirm(locale: Locale) -> Confirm {
    let purposes = if locale == Locale::Fr {
        vec![
            asked_purpose("Lettre d’information", "Nos nouvelles, par e-mail.", "une fois par mois"),
            asked_purpose("Rencontres", "Les invitations à nos ateliers, à Paris & Lyon.", ""),
        ]
    } else {
        vec![
            asked_purpose("Newsletter", "Our monthly news by email.", "once a month"),
            asked_purpose("Events", "Invitations to our workshops in Paris & Lyon.", ""),
        ]
    };
    Confirm {
        locale,
        sender: sender(),
        address: ADDRESS.to_owned(),
        purposes,
        confirm_url: CONFIRM.to_owned(),
        code: "482913".to_owned(),
        not_me_url: NOT_ME.to_owned(),
        asked: asked(),
        expires_at: ASKED_AT.plus(7 * time::DAY),
        logo: None,
    }
}

fn guardian(locale: Locale) -> Guardian {
    Guardian {
        locale,
        sender: sender(),
        child: "k••••@example.org".to_owned(),
        than: 15,
        purposes: confirm(locale).purposes,
        answer_url: ANSWER.to_owned(),
        not_me_url: format!("{ANSWER}?not_me"),
        asked: asked(),
        expires_at: ASKED_AT.plus(7 * time::DAY),
    }
}

fn already_signed_up(locale: Locale) -> AlreadySignedUp {
    let names = if locale == Locale::Fr {
        ["Lettre d’information", "Rencontres"]
    } else {
        ["Newsletter", "Events"]
    };
    let since = ASKED_AT.plus(-265 * time::DAY);
    AlreadySignedUp {
        locale,
        sender: sender(),
        address: ADDRESS.to_owned(),
        purposes: names.map(|name| HeldPurpose { name: name.to_owned(), lang: None, since }).to_vec(),
        preferences_url: PREFERENCES.to_owned(),
        asked: asked(),
    }
}

fn your_link(locale: Locale) -> YourLink {
    YourLink {
        locale,
        sender: sender(),
        address: ADDRESS.to_owned(),
        preferences_url: PREFERENCES.to_owned(),
        asked: asked(),
        expires_at: ASKED_AT.plus(30 * time::MINUTE),
    }
}

fn your_code(locale: Locale, allows: CodeAllows) -> YourCode {
    YourCode {
        locale,
        sender: sender(),
        address: ADDRESS.to_owned(),
        code: "071204".to_owned(),
        allows,
        asked: asked(),
        expires_at: ASKED_AT.plus(30 * time::MINUTE),
    }
}

fn receipt(locale: Locale, act: Act) -> Receipt {
    let name = if locale == Locale::Fr { "Lettre d’information" } else { "Newsletter" };
    let state = crate::i18n::lang(locale).get("mail-receipt-yes");
    let file =
        |name: &str, media_type, data: &[u8]| File { name: name.to_owned(), media_type, data: data.to_vec() };
    Receipt {
        locale,
        sender: sender(),
        address: ADDRESS.to_owned(),
        act,
        purposes: vec![ChangedPurpose { name: name.to_owned(), state: state.into_owned() }],
        number: "R-7Q2M-K4XD".to_owned(),
        at: ASKED_AT,
        check_url: "https://consent.example.org/v".to_owned(),
        ask_url: "https://consent.example.org/p".to_owned(),
        paper: file("R-7Q2M-K4XD.pdf", "application/pdf", b"%PDF"),
        proof: file("R-7Q2M-K4XD.jsonld", "application/ld+json", b"{}"),
    }
}

/// Every mail in every language, with a name for failures.
fn all() -> Vec<(String, Locale, Rendered)> {
    let mut mails = Vec::new();
    for locale in Locale::ALL {
        let rendered = [
            ("confirm", confirm(locale).render()),
            ("guardian", guardian(locale).render()),
            ("already_signed_up", already_signed_up(locale).render()),
            ("your_link", your_link(locale).render()),
            ("your_code", your_code(locale, CodeAllows::Preferences).render()),
            ("your_code for export", your_code(locale, CodeAllows::Export).render()),
            ("receipt", receipt(locale, Act::Agreed).render()),
            ("receipt of leaving", receipt(locale, Act::Stopped).render()),
            ("receipt of a no", receipt(locale, Act::Refused).render()),
            ("your_code for erasure", your_code(locale, CodeAllows::Erasure).render()),
        ];
        for (name, mail) in rendered {
            mails.push((format!("{name} {locale}"), locale, mail.unwrap()));
        }
    }
    mails
}

fn select<'a>(page: &'a Html, what: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&Selector::parse(what).unwrap()).collect()
}

/// White space of all kinds but the no-break spaces as one space.
fn squeezed(text: &str) -> String {
    text.split([' ', '\n', '\r', '\t']).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a reader of the HTML part sees.
fn visible(page: &Html) -> String {
    squeezed(&select(page, "body")[0].text().collect::<String>())
}
