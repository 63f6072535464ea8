//! `/docs/forms`: how a form gets onto a site, what keeps abuse out, and what is asked of minors.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;

use crate::{
    app::tally::Decision,
    config::keys::{Key, Preset},
    domain::Locale,
    web::{
        Web,
        page::{self, Frame},
    },
};

/// "Put a form on your site".
#[derive(Template)]
#[template(path = "docs/forms.html")]
pub struct FormsPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where this service is reached, without a slash at the end.
    pub base_url: &'a str,
}

impl FormsPage<'_> {
    /// What the setting of this name is when nobody says; a hyphen for nothing.
    pub fn preset(&self, name: &str) -> &'static str {
        match Key::named(name).map(|it| it.default) {
            Some(Preset::Is(value)) => value,
            Some(Preset::Unset | Preset::Derived) | None => "-",
        }
    }

    /// The words of decisions in `/metrics`.
    pub fn decisions(&self) -> [&'static str; Decision::ALL.len()] {
        Decision::ALL.map(Decision::word)
    }
}

/// `GET /docs/forms`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let frame = super::frame(&request, &web);
    let base_url = web.app.config.base_url.as_str();
    page::html(&frame, StatusCode::OK, &FormsPage { frame: &frame, base_url })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use scraper::{Html, Selector};

    use super::*;
    use crate::{
        app::{Displayed, Way},
        config::keys,
        domain::{EmailAddress, age::Rule, sandbox},
    };

    const ELEMENT: &str = include_str!("../../../static/embed.js");
    const STYLE: &str = include_str!("../../../static/embed.css");

    fn pages() -> Vec<String> {
        let page = |locale| {
            let frame = Frame::new(locale, true, "/docs/forms", None);
            FormsPage { frame: &frame, base_url: "https://consent.example.org" }.render().unwrap()
        };
        [Locale::En, Locale::Fr].map(page).to_vec()
    }

    /// Everything in `code`, as one reads it.
    fn code(page: &str) -> BTreeSet<String> {
        let all = Selector::parse("code").unwrap();
        Html::parse_document(page).select(&all).map(|it| it.text().collect()).collect()
    }

    #[test]
    fn each_setting_that_is_named_is_one_and_shows_its_default() {
        for page in pages() {
            let html = Html::parse_document(&page);
            let rows = Selector::parse("h3#settings ~ table tbody tr").unwrap();
            let cells = Selector::parse("th, td").unwrap();
            let mut named = BTreeSet::new();
            for row in html.select(&rows) {
                let cells: Vec<String> = row.select(&cells).map(|it| it.text().collect()).collect();
                let Some(key) = Key::named(&cells[0]) else { continue };
                let shown = if let Preset::Is(value) = key.default { value } else { "-" };
                assert_eq!(cells[1], shown, "{}", key.name);
                named.insert(key.name);
            }
            assert_eq!(named.len(), 13, "{named:?}");
            for limit in [keys::RECIPIENT_GAP, keys::ATTACK_MODE, keys::DISPOSABLE_DOMAINS_FILE] {
                assert!(named.contains(limit.name), "{}", limit.name);
            }
        }
    }

    #[test]
    fn every_part_an_address_can_act_is_one() {
        for page in pages() {
            let acts = |it: &&String| it.starts_with("you+aye-");
            let shown: Vec<String> =
                code(&page).iter().filter(acts).map(|it| it.replace('…', "x.org")).collect();
            assert_eq!(shown.len(), 5, "{shown:?}");
            for address in shown {
                let parsed = EmailAddress::parse(&address).unwrap();
                assert!(sandbox::part(&parsed).is_some(), "{address}");
            }
        }
    }

    #[test]
    fn words_of_the_element_the_evidence_and_the_rules_are_those_of_the_code() {
        for page in pages() {
            let code = code(&page);
            for state in ["ready", "submit", "invalid", "pending", "confirmed", "error"] {
                assert!(code.contains(&format!("aye:{state}")) && ELEMENT.contains(state), "{state}");
            }
            for attribute in ["lang", "purposes", "theme", "ref", "next"] {
                assert!(
                    code.contains(attribute) && ELEMENT.contains(&format!("'{attribute}'")),
                    "{attribute}"
                );
            }
            let properties: Vec<&String> = code.iter().filter(|it| it.starts_with("--aye-")).collect();
            assert_eq!(properties.len(), 6, "{properties:?}");
            assert!(properties.iter().all(|it| STYLE.contains(&format!("var({it},"))), "{properties:?}");
            let ways = [Way::Page, Way::Element, Way::Frame, Way::Plain, Way::Api].map(Way::word);
            let displayed =
                [Displayed::Attested, Displayed::Altered, Displayed::Unattested].map(Displayed::word);
            let rules = Rule::ALL.map(Rule::as_str);
            for word in ways.iter().chain(&displayed).chain(&rules) {
                assert!(code.contains(*word), "{word}");
            }
        }
    }
}
