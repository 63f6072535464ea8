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
        assert_eq!(texts(&page, "h3").len(), ALL.len());
        assert_eq!(texts(&page, "h2#test-mode + p"), [openapi::TEST_MODE.replace('`', "")]);
        let codes = texts(&page, "code");
        for endpoint in ALL {
            assert!(codes.contains(&format!("{} {}", endpoint.method.word(), endpoint.path)));
            assert_eq!(texts(&page, &format!("h3#{}", endpoint.id())), [endpoint.summary]);
        }
        for name in ["recipients[].external_id", "results[].links.unsubscribe", "data[].wordings.*.sha256"] {
            assert!(codes.iter().any(|it| it == name), "{name}");
        }
    }
}

#[test]
fn the_contents_lead_to_every_group_and_to_every_endpoint() {
    let page = shown(Locale::En);
    let html = Html::parse_document(&page);
    let links = Selector::parse("main li > a[href^='#']").unwrap();
    let leads: Vec<&str> = html.select(&links).filter_map(|it| it.attr("href")).collect();
    assert_eq!(leads.len(), GROUPS.len() + ALL.len());
    for anchor in leads {
        assert_eq!(texts(&page, &format!("h2{anchor}, h3{anchor}")).len(), 1, "{anchor}");
    }
}

#[test]
fn what_is_code_is_set_as_code() {
    let page = shown(Locale::En);
    assert!(!texts(&page, "main p, main dd").concat().contains('`'));
    assert!(texts(&page, "dd code").iter().any(|it| it == "list"));
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
