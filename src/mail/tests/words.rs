//! What each mail says, in its order, and what none of them says.

use scraper::Html;

use super::{
    super::{Rendered, receipt::Act, your_code::CodeAllows},
    ADDRESS, ANSWER, ASKED_AT, CONFIRM, all, already_signed_up, confirm, guardian, receipt, select, squeezed,
    visible, your_code, your_link,
};
use crate::domain::{Locale, time};

#[test]
fn no_text_is_missing_in_a_language() {
    for (name, _, mail) in all() {
        for part in [&mail.subject, &mail.text, &mail.html] {
            assert!(!part.contains("mail-"), "{name}: {part}");
            assert!(!part.contains("{ $") && !part.contains("{$"), "{name}: {part}");
        }
        assert!(!mail.subject.is_empty() && !mail.subject.contains('\n'));
    }
}

#[test]
fn french_has_its_spaces_and_apostrophes() {
    for (name, _, mail) in all().into_iter().filter(|(_, locale, _)| *locale == Locale::Fr) {
        for part in [&mail.subject, &mail.text] {
            assert!(!part.contains('\''), "{name}: {part}");
            for mark in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!part.contains(mark), "{name}: a breaking space at {mark:?}: {part}");
            }
        }
    }
}

#[test]
fn what_asks_for_a_yes_holds_nothing_a_court_has_called_advertising() {
    let forbidden = [
        "<img",
        "logo",
        "welcome",
        "willkommen bei",
        "bienvenue chez",
        "discount",
        "rabatt",
        "remise",
        "promo",
        "offre",
        "angebot",
        "facebook.com",
        "instagram.com",
        "linkedin.com",
        "twitter.com",
        "x.com/",
        "tracking pixel",
        "utm_",
    ];
    for locale in Locale::ALL {
        let mails = [confirm(locale).render().unwrap(), guardian(locale).render().unwrap()];
        for part in mails.iter().flat_map(|it| [&it.subject, &it.text, &it.html]) {
            let part = part.to_lowercase();
            for word in forbidden {
                assert!(!part.contains(word), "{word:?} in {locale}: {part}");
            }
        }
    }
}

/// Both parts say each of these, the HTML part in this order; what a reader of it sees.
fn says_in_order(mail: &Rendered, expected: &[&str]) -> String {
    let seen = visible(&Html::parse_document(&mail.html));
    let mut from = 0;
    for piece in expected {
        let at = seen.get(from..).and_then(|rest| rest.find(piece));
        from += at.unwrap_or_else(|| panic!("{piece:?} is missing or out of order: {seen}"));
        assert!(squeezed(&mail.text).contains(piece), "{piece:?}: {}", mail.text);
    }
    seen
}

#[test]
fn the_confirmation_says_everything_in_its_order() {
    let en = [
        "Acme received a request to send emails to ada@example.org",
        "Newsletter (once a month)",
        "Our monthly news by email.",
        "Events",
        "Invitations to our workshops in Paris & Lyon.",
        "Yes, send me these emails",
        "482913",
        CONFIRM,
        "The link and the code work until 28 November 2026, 10:14 UTC.",
        "If this was not you, do nothing: nothing more will be sent",
        "It was not me",
        "Asked on shop.example, 21 November 2026, 10:14 UTC.",
        "consent.example.org sent this email for Acme.",
        "Acme SAS, 1 rue de la Paix, 75002 Paris",
        "privacy@acme.example",
        "Privacy notice",
    ];
    let fr = [
        "Acme a reçu une demande d’envoi d’e-mails à ada@example.org",
        "Lettre d’information (une fois par mois)",
        "Nos nouvelles, par e-mail.",
        "Rencontres",
        "Les invitations à nos ateliers, à Paris & Lyon.",
        "Oui, envoyez-moi ces e-mails",
        "482913",
        CONFIRM,
        "Le lien et le code sont valables jusqu’au 28 novembre 2026 à 10 h 14 (UTC).",
        "Si ce n’était pas vous, ne faites rien\u{a0}: plus rien ne vous sera envoyé",
        "Ce n’était pas moi",
        "Demande faite sur shop.example, le 21 novembre 2026 à 10 h 14 (UTC).",
        "consent.example.org a envoyé cet e-mail pour Acme.",
        "Acme SAS, 1 rue de la Paix, 75002 Paris",
        "privacy@acme.example",
        "Politique de confidentialité",
    ];
    for (locale, expected) in [(Locale::En, en), (Locale::Fr, fr)] {
        let mail = confirm(locale).render().unwrap();
        says_in_order(&mail, &expected);
        let page = Html::parse_document(&mail.html);
        let to_confirm = select(&page, "a").into_iter().filter(|it| it.attr("href") == Some(CONFIRM)).count();
        assert_eq!(to_confirm, 1, "one confirmation link");
    }
    assert_eq!(confirm(Locale::En).render().unwrap().subject, "Confirm your subscription to Acme");
    assert_eq!(confirm(Locale::Fr).render().unwrap().subject, "Acme\u{a0}: confirmez votre inscription");
}

#[test]
fn the_question_to_a_guardian_says_everything_in_its_order() {
    let en = [
        "Do you agree to these emails?",
        "Someone younger than 15 asked Acme to send emails to k••••@example.org",
        "two people must agree",
        "Newsletter (once a month)",
        "Invitations to our workshops in Paris & Lyon.",
        "Yes, I agree to these emails",
        ANSWER,
        "The link works until 28 November 2026, 10:14 UTC. On its page you can also say no.",
        "you can also do nothing",
        "It is deleted once the question is settled.",
        "It was not me",
        "Asked on shop.example, 21 November 2026, 10:14 UTC.",
        "Acme SAS, 1 rue de la Paix, 75002 Paris",
        "Privacy notice",
    ];
    let fr = [
        "Êtes-vous d’accord pour ces e-mails\u{a0}?",
        "Une personne de moins de 15 ans a demandé à Acme d’envoyer des e-mails à k••••@example.org",
        "il faut deux accords",
        "Lettre d’information (une fois par mois)",
        "Les invitations à nos ateliers, à Paris & Lyon.",
        "Oui, je suis d’accord pour ces e-mails",
        ANSWER,
        "Le lien est valable jusqu’au 28 novembre 2026 à 10 h 14 (UTC). Sa page permet aussi de dire non.",
        "vous pouvez aussi ne rien faire",
        "Elle est effacée dès que la question est réglée.",
        "Ce n’était pas moi",
        "Demande faite sur shop.example, le 21 novembre 2026 à 10 h 14 (UTC).",
        "Acme SAS, 1 rue de la Paix, 75002 Paris",
        "Politique de confidentialité",
    ];
    for (locale, expected) in [(Locale::En, en), (Locale::Fr, fr)] {
        let mail = guardian(locale).render().unwrap();
        let seen = says_in_order(&mail, &expected);
        assert!(!seen.contains(ADDRESS) && mail.codes.is_empty());
    }
    assert_eq!(guardian(Locale::En).render().unwrap().subject, "A sign-up at Acme needs your answer");
    assert_eq!(
        guardian(Locale::Fr).render().unwrap().subject,
        "Une inscription chez Acme attend votre réponse"
    );
}

#[test]
fn the_other_mails_say_what_they_are_for_and_how_long() {
    let said = |mail: Rendered, expected: &[&str]| {
        let text = squeezed(&mail.text);
        for piece in expected {
            assert!(text.contains(piece), "{piece:?}: {text}");
        }
    };
    let mail = already_signed_up(Locale::En).render().unwrap();
    said(mail, &["nothing changes", "Newsletter, since 1 March 2026", "If this was not you, do nothing."]);
    let mail = already_signed_up(Locale::Fr).render().unwrap();
    said(mail, &["rien ne change", "Lettre d’information, depuis le 1er mars 2026", "ne faites rien."]);
    let mail = your_link(Locale::En).render().unwrap();
    said(mail, &["works for 30 minutes, until 21 November 2026, 10:44 UTC.", "do nothing: nobody can use"]);
    let mail = your_link(Locale::Fr).render().unwrap();
    said(mail, &["valable 30\u{a0}minutes, jusqu’au 21 novembre 2026 à 10 h 44 (UTC)."]);
    let mail = your_code(Locale::En, CodeAllows::Erasure).render().unwrap();
    said(mail, &["071204", "to erase the data Acme holds about ada@example.org. This cannot be undone."]);
    let mail = receipt(Locale::En, Act::Agreed).render().unwrap();
    assert_eq!(mail.subject, "Your receipt R-7Q2M-K4XD from Acme");
    assert_eq!(
        mail.files.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["R-7Q2M-K4XD.pdf", "R-7Q2M-K4XD.jsonld"]
    );
    said(
        mail,
        &[
            "On 21 November 2026, 10:14 UTC, you agreed to emails from Acme to ada@example.org: - Newsletter: yes",
        ],
    );
    let mail = receipt(Locale::Fr, Act::Stopped).render().unwrap();
    said(mail, &["Le 21 novembre 2026 à 10 h 14 (UTC), vous avez mis fin", "Conservez cet e-mail"]);
    let mut short = your_code(Locale::Fr, CodeAllows::Preferences);
    short.expires_at = ASKED_AT.plus(time::MINUTE);
    said(short.render().unwrap(), &["valable 1\u{a0}minute, jusqu’au"]);
}
