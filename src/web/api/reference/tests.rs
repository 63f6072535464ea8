use scraper::{Html, Selector};

use super::*;

const BASE: &str = "https://consent.example.org";

fn shown(locale: Locale) -> String {
    let frame = Frame::new(locale, true, "/docs/api", None);
    ReferencePage { frame: &frame, base_url: BASE }.render().unwrap()
}

fn texts(page: &str, selector: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    html.select(&Selector::parse(selector).unwrap()).map(|it| it.text().collect()).collect()
}

#[test]
fn every_endpoint_and_every_field_is_shown() {
    for locale in Locale::ALL {
        let page = shown(locale);
        assert_eq!(texts(&page, "h1").len(), 1);
        assert_eq!(texts(&page, "h2").len(), 1 + ALL.len());
        assert_eq!(texts(&page, "h2#test-mode + p"), [openapi::TEST_MODE]);
        let codes = texts(&page, "code");
        for endpoint in ALL {
            assert!(codes.contains(&format!("{} {}", endpoint.method.word(), endpoint.path)));
            assert_eq!(texts(&page, &format!("h2#{}", endpoint.id())), [endpoint.summary]);
        }
        for name in ["recipients[].external_id", "results[].links.unsubscribe", "data[].wordings.*.sha256"] {
            assert!(codes.iter().any(|it| it == name), "{name}");
        }
    }
}

#[test]
fn the_page_needs_nobody_else_and_says_in_which_language_it_is() {
    for locale in Locale::ALL {
        let page = shown(locale);
        for outside in ["script", "img", "iframe", "[style]", "link:not([href^='/'])"] {
            assert_eq!(texts(&page, outside).len(), 0, "{outside}");
        }
        assert_eq!(texts(&page, &format!("html[lang={locale}]")).len(), 1);
        assert_eq!(texts(&page, "main div[lang=en]").len(), 1);
    }
    assert!(shown(Locale::Fr).contains("La référence est en anglais"));
}
