//! What every mail must hold to, in both languages; and one delivery from end to end.

use std::{collections::BTreeSet, time::Duration};

use scraper::{Html, Selector};

use super::{
    Addressing, Capture, Dkim, File, Mailer, Outcome, Rendered, Sender, Transport,
    already_signed_up::{AlreadySignedUp, HeldPurpose},
    confirm::{AskedPurpose, Confirm},
    guardian::Guardian,
    message::{self, Message},
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

fn urls(text: &str) -> BTreeSet<String> {
    text.split_whitespace().filter(|it| it.starts_with("http")).map(str::to_owned).collect()
}

#[test]
fn both_parts_say_the_same() {
    for (name, locale, mail) in all() {
        let page = Html::parse_document(&mail.html);
        let seen = visible(&page);
        let text = squeezed(&mail.text);
        for line in mail.text.lines().map(|it| squeezed(it.trim_start_matches("- "))) {
            let in_html = seen.contains(&line) || mail.links.iter().any(|(_, url)| *url == line);
            assert!(in_html || line.is_empty(), "{name}: {line:?} is in the text only: {seen}");
        }
        let hint = crate::i18n::lang(locale).get("mail-raw-url").into_owned();
        for node in select(&page, "body")[0].text().map(squeezed).filter(|it| *it != hint) {
            assert!(text.contains(&node), "{name}: {node:?} is in the HTML only: {text}");
        }
    }
}

#[test]
fn both_parts_have_the_same_links_and_codes_and_no_others() {
    for (name, _, mail) in all() {
        let page = Html::parse_document(&mail.html);
        let expected: BTreeSet<_> = mail.links.iter().map(|(_, url)| url.clone()).collect();
        let hrefs = select(&page, "a").iter().map(|it| it.attr("href").unwrap().to_owned()).collect();
        assert_eq!(expected, hrefs, "{name}");
        assert_eq!(expected, urls(&mail.text), "{name}");
        assert!(urls(&visible(&page)).is_subset(&expected), "{name}");
        for code in &mail.codes {
            let shown: Vec<String> = select(&page, ".code").iter().map(|it| it.text().collect()).collect();
            assert_eq!(shown.join(" "), *code, "{name}");
            assert!(mail.text.lines().any(|it| it == code), "{name}: {}", mail.text);
        }
    }
}

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
        let seen = visible(&Html::parse_document(&mail.html));
        let mut from = 0;
        for piece in expected {
            let at = seen.get(from..).and_then(|rest| rest.find(piece));
            from += at.unwrap_or_else(|| panic!("{piece:?} is missing or out of order: {seen}"));
            assert!(squeezed(&mail.text).contains(piece), "{piece:?}: {}", mail.text);
        }
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
        let seen = visible(&Html::parse_document(&mail.html));
        let mut from = 0;
        for piece in expected {
            let at = seen.get(from..).and_then(|rest| rest.find(piece));
            from += at.unwrap_or_else(|| panic!("{piece:?} is missing or out of order: {seen}"));
            assert!(squeezed(&mail.text).contains(piece), "{piece:?}: {}", mail.text);
        }
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

#[test]
fn the_html_is_readable_by_every_reader() {
    for (name, locale, mail) in all() {
        let page = Html::parse_document(&mail.html);
        assert_eq!(select(&page, "html")[0].attr("lang"), Some(locale.tag()), "{name}");
        assert_eq!(select(&page, "title")[0].text().collect::<String>(), mail.subject, "{name}");
        assert_eq!(select(&page, "h1").len(), 1, "{name}");
        assert!(select(&page, "table").iter().all(|it| it.attr("role") == Some("presentation")), "{name}");
        assert!(select(&page, "img, script, link, form, iframe, svg, [background]").is_empty(), "{name}");
        assert!(!mail.html.contains("url("), "{name}");
        assert!(!mail.html.contains("display: none"), "{name}: nothing hidden");
        assert!(mail.html.len() < 8_000, "{name}: {} bytes", mail.html.len());
    }
}

/// WCAG 2.2 contrast ratio of two `#rrggbb` colours.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex: &str| {
        let channel = |at| {
            let value = f64::from(u8::from_str_radix(hex.get(at..at + 2).unwrap(), 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_colour_has_its_contrast_in_light_and_dark() {
    let html = confirm(Locale::En).render().unwrap().html;
    let (style, body) = html.split_once("</style>").unwrap();
    let colours = |text: &str| -> Vec<String> {
        let declarations = text.split(['"', ';', '{', '}']).map(str::trim);
        declarations.filter_map(|it| it.strip_prefix("color: ")?.get(..7)).map(str::to_owned).collect()
    };
    let (light, dark) = (colours(body), colours(style));
    assert!(light.len() > 10 && dark.len() >= 4, "{light:?} {dark:?}");
    for colour in &light {
        let (background, least) = match colour.as_str() {
            "#ffffff" => ("#0b5a4c", 7.0),
            "#57606a" => ("#ffffff", 4.5),
            "#1b1f24" => ("#f6f8fa", 7.0),
            _ => ("#ffffff", 7.0),
        };
        assert!(contrast(colour, background) >= least, "{colour} on {background}");
    }
    for colour in &dark {
        let background = match colour.as_str() {
            "#12161c" => "#8fdcc8",
            "#e8eaed" => "#1f252d",
            _ => "#12161c",
        };
        assert!(contrast(colour, background) >= 7.0, "{colour} on {background}");
    }
}

#[test]
fn markup_in_a_name_is_shown_not_obeyed() {
    let mut mail = confirm(Locale::En);
    mail.sender.brand = "<script>alert(1)</script>\" onload=\"x".to_owned();
    mail.purposes[0].text = "</li><img src=x>".to_owned();
    let rendered = mail.render().unwrap();
    let page = Html::parse_document(&rendered.html);
    assert!(select(&page, "script, img, [onload]").is_empty(), "{}", rendered.html);
    assert!(visible(&page).contains("<script>alert(1)</script>\" onload=\"x received a request"));
    assert!(rendered.text.contains("</li><img src=x>"));
}

#[test]
fn what_stays_in_the_language_of_the_organisation_says_so() {
    let mut mail = confirm(Locale::Pl);
    for purpose in &mut mail.purposes {
        purpose.lang = Some(Locale::En);
    }
    let page = Html::parse_document(&mail.render().unwrap().html);
    assert_eq!(select(&page, "li strong[lang=en] ~ span[lang=en]").len(), 2);
    let mut mail = already_signed_up(Locale::De);
    mail.purposes[0].lang = Some(Locale::En);
    let page = Html::parse_document(&mail.render().unwrap().html);
    assert_eq!(select(&page, "li strong[lang=en]").len(), 1);
    let page = Html::parse_document(&confirm(Locale::En).render().unwrap().html);
    assert!(select(&page, "body [lang]").is_empty());
}

fn addressing(from_name: &str, locale: Locale) -> Addressing<'_> {
    Addressing {
        message_id: "<msg_1@acme.example>",
        date: ASKED_AT,
        from_name,
        from_address: "confirm@acme.example",
        reply_to: Some("privacy@acme.example"),
        to: ADDRESS,
        locale,
    }
}

#[test]
fn every_mail_travels_in_short_seven_bit_lines_with_one_of_each_header() {
    for evil in ["Acme", "Acme\r\nBcc: eve@evil.example", "A\0c\u{202e}me\u{2028}X-Evil: 1"] {
        for locale in Locale::ALL {
            let mut mail = confirm(locale);
            mail.sender.brand = evil.to_owned();
            let Rendered { subject, text, html, .. } = &mail.render().unwrap();
            let Addressing { message_id, date, from_name, from_address, reply_to, to, locale } =
                addressing(evil, locale);
            let raw = message::compose(&Message {
                message_id,
                date,
                from_name,
                from_address,
                reply_to,
                to,
                subject,
                text,
                html,
                files: &[],
                locale,
            });
            let raw = String::from_utf8(raw.unwrap()).unwrap();
            let (head, body) = raw.split_once("\r\n\r\n").unwrap();
            assert!(raw.is_ascii());
            assert!(body.split("\r\n").all(|line| line.len() <= 76));
            let names = head.split("\r\n").filter(|it| !it.starts_with([' ', '\t']));
            let names: Vec<_> = names.map(|it| it.split(':').next().unwrap()).collect();
            let expected = [
                "Message-ID",
                "Date",
                "From",
                "To",
                "Reply-To",
                "Subject",
                "Auto-Submitted",
                "X-Auto-Response-Suppress",
                "Content-Language",
                "MIME-Version",
                "Content-Type",
            ];
            assert_eq!(names, expected, "{evil:?}");
        }
    }
}

#[tokio::test]
async fn a_delivered_mail_is_signed_and_the_same_when_sent_again() {
    let inbox = Capture::default();
    let seed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    let dkim = Some(Dkim::new(Some("acme.example"), "s1", seed).unwrap());
    let mailer = Mailer { transport: Transport::Capture(inbox.clone()), dkim };
    let rendered = confirm(Locale::Fr).render().unwrap();
    for expected in ["250 captured as 1", "250 captured as 2"] {
        let outcome = mailer.deliver(&rendered, &addressing("Acme", Locale::Fr)).await;
        assert_eq!(outcome, Outcome::Accepted { reply: expected.to_owned() });
    }
    let mails = inbox.wait(Some(ADDRESS), 0, Duration::ZERO).await;
    let header = |mail: usize, name: &str| {
        mails[mail].headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone()).unwrap()
    };
    assert!(header(0, "DKIM-Signature").contains("d=acme.example"));
    assert_eq!(header(0, "Message-ID"), "<msg_1@acme.example>");
    assert_eq!(header(0, "Message-ID"), header(1, "Message-ID"));
    assert_eq!(header(0, "Content-Language"), "fr");
    assert_eq!(mails[0].links[0], ("confirm", CONFIRM.to_owned()));
    assert_eq!(mails[0].codes, ["482913"]);
}

#[tokio::test]
async fn a_mail_that_cannot_be_written_blames_whom_it_concerns() {
    let mailer = Mailer { transport: Transport::Capture(Capture::default()), dkim: None };
    let rendered = confirm(Locale::En).render().unwrap();
    let to_nobody = Addressing { to: "nobody", ..addressing("Acme", Locale::En) };
    assert!(matches!(mailer.deliver(&rendered, &to_nobody).await, Outcome::Refused { .. }));
    let from_nobody = Addressing { from_address: "nobody", ..addressing("Acme", Locale::En) };
    assert!(matches!(mailer.deliver(&rendered, &from_nobody).await, Outcome::Deferred { .. }));
}
