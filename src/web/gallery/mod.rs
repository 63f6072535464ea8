//! Every page, rendered with sample data in every language and held against the rules for pages.
//!
//! The pages are also written to `target/gallery/`, to be looked at.

mod choose;
mod dev;
mod guardian;
mod leave;
mod prove;
mod sheet;
mod show;
mod source;
mod themed;
mod verify;
mod words;

use std::{collections::BTreeSet, fs, path::Path};

use scraper::{ElementRef, Html, Selector};

use self::show::Sample;
use crate::{domain::Locale, i18n::lang, web::assets};

fn all() -> Vec<Sample> {
    let mut all: Vec<Sample> = Locale::ALL.into_iter().flat_map(show::public).collect();
    all.extend(dev::pages());
    all
}

/// Runs `check` on every page and reports every failure at once.
fn each(check: impl Fn(&Sample, &Html) -> Vec<String>) {
    let mut wrong = Vec::new();
    for sample in all() {
        let page = Html::parse_document(&sample.html);
        let found = check(&sample, &page);
        wrong.extend(found.into_iter().map(|it| format!("{}/{}: {it}", sample.locale, sample.name)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    page.select(&selector).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    squeezed(&element.text().collect::<String>())
}

/// White space of all kinds as one space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_gallery_can_be_looked_at() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery");
    // A page that is no more would be looked at for ever.
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).unwrap();
    for name in ["app.css", "icon.svg"] {
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("static").join(name), root.join(name)).unwrap();
    }
    for (name, file) in ["theme.css", "logo.svg"].into_iter().zip(themed::files()) {
        fs::write(root.join(name), file).unwrap();
    }
    let [theme, logo] = themed::FILES;
    for sample in all() {
        let html =
            sample.html.replace(assets::css_href(), "app.css").replace(assets::icon_href(), "icon.svg");
        let html = html.replace(theme, "theme.css").replace(logo, "logo.svg");
        fs::write(root.join(format!("{}-{}.html", sample.name, sample.locale)), html).unwrap();
    }
    fs::write(root.join("source"), source::hash(Path::new(env!("CARGO_MANIFEST_DIR")))).unwrap();
}

#[test]
fn every_page_says_what_it_is_in_its_language() {
    each(|sample, page| {
        let mut wrong = Vec::new();
        let tag = select(page, "html").first().and_then(|it| it.attr("lang")).map(str::to_owned);
        if tag.as_deref() != Some(sample.locale.tag()) {
            wrong.push(format!("lang is {tag:?}"));
        }
        let headings: Vec<String> = select(page, "h1").iter().map(text).collect();
        let title = select(page, "title").first().map(text).unwrap_or_default();
        match headings.as_slice() {
            [heading] if sample.name.starts_with("dev_") || title.contains(heading.as_str()) => {}
            _ => wrong.push(format!("title {title:?} does not name the one heading {headings:?}")),
        }
        let refused = !select(page, ".errors a").is_empty();
        let error = squeezed(&lang(sample.locale).get("title-error"));
        if refused != title.starts_with(&error) {
            wrong.push(format!("title {title:?} does not say whether there is an error"));
        }
        if select(page, "main").len() != 1 || select(page, "a.skip[href='#main']").len() != 1 {
            wrong.push("no way past the header".to_owned());
        }
        wrong
    });
}

#[test]
fn every_text_of_the_organisation_says_its_language_where_it_is_not_the_page_s() {
    for locale in Locale::ALL {
        let own = show::Show { locale }.own();
        let pages = show::public(locale);
        for name in ["sign_up", "confirm", "confirm_one", "preferences", "notice"] {
            let sample = pages.iter().find(|it| it.name == name).expect("a sample");
            let page = Html::parse_document(&sample.html);
            let marked = select(&page, &format!("main [lang={own}]:not([for^='locale-'])")).len();
            assert_eq!(marked > 0, own != locale, "{locale}/{name}");
        }
    }
}

#[test]
fn every_input_has_a_label_and_every_reference_leads_somewhere() {
    each(|_, page| {
        let mut wrong = Vec::new();
        let ids: Vec<&str> = select(page, "[id]").iter().filter_map(|it| it.attr("id")).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        if ids.len() != unique.len() {
            wrong.push(format!("ids stand twice: {ids:?}"));
        }
        for input in select(page, "input:not([type=hidden]), select, textarea") {
            let id = input.attr("id").unwrap_or_default();
            if select(page, &format!("label[for='{id}']")).len() != 1 {
                wrong.push(format!("no label for {}", input.html()));
            }
        }
        for element in select(page, "[aria-describedby]") {
            let listed = element.attr("aria-describedby").unwrap_or_default();
            wrong.extend(
                listed.split(' ').filter(|it| !unique.contains(it)).map(|it| format!("describedby {it}?")),
            );
        }
        for link in select(page, "a[href^='#']") {
            let target = link.attr("href").unwrap_or_default().trim_start_matches('#');
            if !unique.contains(target) {
                wrong.push(format!("#{target} leads nowhere"));
            }
        }
        wrong
    });
}

/// Pages whose ticks restate what the person said: this request, these choices, this very form a moment ago.
const RESTATING: [&str; 6] =
    ["confirm", "confirm_script", "sign_up_kept", "age_alone", "age_same", "age_wrong"];

#[test]
fn nothing_is_ticked_for_anybody() {
    each(|sample, page| {
        let restating = RESTATING.contains(&sample.name.as_str()) || sample.name.starts_with("preferences");
        let ticked = select(page, "[checked], option[selected]").len();
        if ticked > 0 && !restating { vec![format!("{ticked} ticked")] } else { vec![] }
    });
}

#[test]
fn ticks_follow_what_the_person_said_and_are_posted_as_seen() {
    for locale in Locale::ALL {
        let pages = show::public(locale);
        let values = |name: &str, selector: &str| -> Vec<String> {
            let sample = pages.iter().find(|it| it.name == name).expect("a sample");
            let page = Html::parse_document(&sample.html);
            select(&page, selector).iter().filter_map(|it| it.attr("value").map(str::to_owned)).collect()
        };
        assert_eq!(values("preferences", "[name=p][checked]"), ["newsletter", "club"]);
        assert_eq!(values("preferences", "[name=seen]"), ["", "newsletter", "club"]);
        assert_eq!(values("preferences", "[name=locale][checked]"), [locale.tag()]);
        assert_eq!(values("confirm", "[name=p][checked]"), ["newsletter", "events"]);
        assert_eq!(values("confirm_one", "[name=p][type=hidden]"), ["newsletter"]);
        assert_eq!(values("sign_up", "[name=p][type=checkbox]"), ["newsletter", "events", "partners"]);
        assert_eq!(values("sign_up_kept", "[name=p][checked]"), ["newsletter"]);
        assert_eq!(values("sign_up_wrong", "[name=email]"), ["ada@"]);
        assert_eq!(values("age", "[name=age][type=radio]"), ["from-15", "under-15"]);
        assert_eq!(values("age_same", "[name=age][checked]"), ["under-15"]);
    }
}

#[test]
fn saying_no_weighs_the_same_as_saying_yes() {
    each(|sample, page| {
        let class = |value: &str| {
            let found = select(page, &format!("button[name=do][value={value}]"));
            found.first().and_then(|it| it.attr("class")).map(str::to_owned)
        };
        let (yes, no) = match sample.name.as_str() {
            "confirm" | "confirm_one" | "guardian" => (class("confirm"), class("delete")),
            name if name.starts_with("preferences") => (class("save"), class("stop")),
            _ => return vec![],
        };
        if yes.is_some() && yes == no { vec![] } else { vec![format!("yes is {yes:?}, no is {no:?}")] }
    });
}

#[test]
fn a_page_acts_by_post_alone_and_loads_nothing_from_elsewhere() {
    each(|sample, page| {
        let mut wrong = Vec::new();
        for (what, selector) in [
            ("a script of the page's own", "script:not([src]), script:not([type=module])"),
            ("an inline style", "[style], style"),
            ("a refresh", "meta[http-equiv]"),
            ("a form that is not posted", "form:not([method=post])"),
            ("a form inside a form", "form form"),
            ("a placeholder for a label", "[placeholder]"),
        ] {
            if !select(page, selector).is_empty() {
                wrong.push(what.to_owned());
            }
        }
        // These pages work with a script of ours, and without it.
        let may_run = sample.name.starts_with("verify")
            || ["sign_up_prove", "confirm_script", "dev_shop"].contains(&sample.name.as_str());
        if !may_run && !select(page, "script").is_empty() {
            wrong.push("a script".to_owned());
        }
        let handlers =
            select(page, "*").iter().any(|it| it.value().attrs().any(|(name, _)| name.starts_with("on")));
        if handlers {
            wrong.push("an event handler".to_owned());
        }
        // A link to another site is followed by whoever presses it, and tells that site nothing.
        let addresses = select(page, "[href]:not(a[rel=noreferrer]), [src], [action]");
        let elsewhere = addresses
            .iter()
            .flat_map(|it| ["href", "src", "action"].into_iter().filter_map(|name| it.attr(name)))
            .filter(|it| !(it.starts_with(['/', '#']) && !it.starts_with("//") || it.starts_with("mailto:")));
        if !sample.name.starts_with("dev_mail") {
            wrong.extend(elsewhere.map(|it| format!("{it} is elsewhere")));
        }
        wrong
    });
}

#[test]
fn every_page_fits_into_the_first_round_trip() {
    let sheet = sheet::zipped(include_bytes!("../../../static/app.css"));
    assert!(sheet <= 4_096, "the style sheet takes {sheet} bytes");
    each(|sample, _| {
        let scripted = sample.html.contains(assets::confirm_href());
        let script = if scripted { sheet::zipped(include_bytes!("../../../static/confirm.js")) } else { 0 };
        let size = sheet + script + sheet::zipped(sample.html.as_bytes());
        if size > 14_336 { vec![format!("{size} bytes")] } else { vec![] }
    });
}
