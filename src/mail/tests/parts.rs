//! The text and the HTML of a mail: both say the same, and both can be read by everybody.

use std::collections::BTreeSet;

use scraper::Html;

use super::{all, already_signed_up, confirm, select, squeezed, visible};
use crate::domain::Locale;

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

fn urls(text: &str) -> BTreeSet<String> {
    text.split_whitespace().filter(|it| it.starts_with("http")).map(str::to_owned).collect()
}
