//! The form as HTML copied into a page: two of them on one page of another site, without a script of ours.

use ayeaye::domain::time::SECOND;
use fantoccini::Locator;
use serde_json::{Value, json};

use super::site::EMAIL;
use crate::{
    forms::STREET_AND_SIZE,
    support::{
        app::{SETUP, TestApp},
        browser::{Browser, Setup},
        database::{Db, both},
        receiver::Answer,
        served::Served,
    },
};

const CLUB: &str = r#"
[[tenant.form]]
slug = "club"
purposes = ["newsletter"]
[tenant.form.minors]
rule = "guardian"
age = 15
"#;

const WINE: &str = r#"
[[tenant.form]]
slug = "wine"
purposes = ["newsletter", "events"]
minors = { rule = "refuse", age = 16 }

[[tenant.form.field]]
slug = "born"
kind = "date-band"
label = { en = "Years of birth", fr = "Années de naissance" }
reason = { en = "To choose fitting events.", fr = "Pour choisir des événements adaptés." }
required = true
options = [{ to = 1979 }, { from = 1980, to = 1999 }, { from = 2000 }]
"#;

async fn set_up(app: &TestApp) {
    let forms = format!("{CLUB}{STREET_AND_SIZE}{WINE}\n[[tenant.form]]");
    app.apply(&SETUP.replacen("[[tenant.form]]", &forms, 1)).await;
}

/// The HTML that the owner of a site copies.
async fn copied(app: &TestApp, form: &str, lang: &str) -> String {
    let page = app.visitor().open(&format!("/f/{form}/snippet?lang={lang}")).await;
    let document = scraper::Html::parse_document(page.html());
    let code = scraper::Selector::parse("#plain-code").unwrap();
    document.select(&code).next().unwrap().text().collect()
}

/// Whether a browser reads these as forms whose every id, label and description is its own.
const OWN: &str = "const ids = [...document.querySelectorAll('[id]')].map(it => it.id);
const named = [...document.querySelectorAll('label[for], [aria-describedby]')]
  .map(it => it.htmlFor ?? it.getAttribute('aria-describedby'));
const forms = [...document.forms];
const lost = named.filter(it => !document.getElementById(it));
const across = [...document.querySelectorAll('label')].filter(it => it.control?.form !== it.closest('form'));
return [forms.length, ids.length === new Set(ids).size, lost, across.length];";

/// A page of another site with both forms on it.
async fn shop(app: &TestApp, lang: &str, setup: Setup) -> (Browser, Served) {
    let forms = copied(app, "club", lang).await + &copied(app, "wine", lang).await;
    let html = format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\">
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Shop</title><h1>Shop</h1>{forms}"
    );
    let page = move |_: &_| Answer::status(200).header("content-type", "text/html").body(html.as_str());
    let served = Served::start(page).await;
    let browser = setup.open().await;
    browser.goto(&format!("{}/club", served.url().replace("127.0.0.1", "localhost"))).await.unwrap();
    (browser, served)
}

async fn fill(browser: &Browser, id: &str, text: &str) {
    browser.find(Locator::Id(id)).await.unwrap().send_keys(text).await.unwrap();
}

async fn press(browser: &Browser, of: &str) {
    let button = format!("form[action$='/f/{of}'] button");
    browser.find(Locator::Css(&button)).await.unwrap().click().await.unwrap();
}

async fn entered(app: &TestApp) -> Value {
    app.run_due().await;
    app.visitor().open(&app.newest_link(EMAIL, "confirm")).await.press("Yes, send me these emails").await;
    let key = app.api_key("acme").await;
    app.post_json("/v1/contacts:lookup", &key, &json!({ "email": EMAIL })).await.1["fields"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_copies_on_one_page_stand_apart_and_each_sends_what_was_entered() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    set_up(&app).await;
    let (browser, served) = shop(&app, "en", Setup::new()).await;
    assert_eq!(browser.execute(OWN, vec![]).await.unwrap(), json!([2, true, [], 0]));

    // The browser itself asks for what is required, before anything is sent.
    fill(&browser, "aye-wine-email", EMAIL).await;
    press(&browser, "wine").await;
    let wanted = "return [location.pathname, [...document.forms[1].querySelectorAll('input:invalid, select:invalid')].map(it => it.name)]";
    assert_eq!(browser.execute(wanted, vec![]).await.unwrap(), json!(["/club", ["born", "age", "age"]]));

    // Blanks get past it: our page asks, and keeps the rest.
    fill(&browser, "aye-club-email", EMAIL).await;
    fill(&browser, "aye-club-f-street", "   ").await;
    browser.find(Locator::Id("aye-club-f-size")).await.unwrap().select_by_value("l").await.unwrap();
    browser.find(Locator::Css("label[for=aye-club-age]")).await.unwrap().click().await.unwrap();
    press(&browser, "club").await;
    browser.wait().for_element(Locator::Id("f-street-error")).await.unwrap();
    let kept = "return [email.value, document.getElementById('f-size').value, age.checked,
        document.getElementById('f-street').value.trim(), document.querySelectorAll('.errors li').length]";
    assert_eq!(browser.execute(kept, vec![]).await.unwrap(), json!([EMAIL, "l", true, "", 1]));
    browser.find(Locator::Id("f-street")).await.unwrap().clear().await.unwrap();
    fill(&browser, "f-street", "12 rue des Lilas").await;
    app.clock.advance(5 * SECOND);
    browser.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
    browser.wait_for_heading("Check your email").await;
    assert_eq!(entered(&app).await, json!({ "street": "12 rue des Lilas", "size": "l" }));

    // The other one goes through at once, from the other site.
    let site = served.url().replace("127.0.0.1", "localhost");
    browser.goto(&format!("{site}/wine")).await.unwrap();
    let ada = "bob@example.org";
    fill(&browser, "aye-wine-email", ada).await;
    browser.find(Locator::Css("label[for=aye-wine-p-events]")).await.unwrap().click().await.unwrap();
    browser.find(Locator::Id("aye-wine-f-born")).await.unwrap().select_by_value("1980-1999").await.unwrap();
    browser.find(Locator::Css("label[for=aye-wine-age]")).await.unwrap().click().await.unwrap();
    press(&browser, "wine").await;
    browser.wait_for_heading("Check your email").await;
    assert_eq!(app.state("acme", ada, "events").await, "pending");
    assert_eq!(app.state("acme", ada, "newsletter").await, "unknown");
    let (contact, _) = app.person("acme", ada).await.unwrap();
    let record: Value =
        serde_json::from_str(app.evidence(&contact).await[0].record.as_deref().unwrap()).unwrap();
    assert_eq!((&record["way"], &record["page"]), (&json!("plain"), &json!(format!("{site}/"))));
    assert_eq!(record["age"], json!({ "at_least": 16 }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_fits_on_a_phone_without_a_script() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    set_up(&app).await;
    let (browser, _served) = shop(&app, "fr", Setup::new().without_javascript().size(360, 740)).await;
    let widest = "return document.documentElement.scrollWidth";
    assert!(browser.execute(widest, vec![]).await.unwrap().as_u64().unwrap() <= 360);
}

both! {
    async fn a_copy_asks_for_all_that_the_page_of_the_form_asks_for(app: TestApp) {
        set_up(&app).await;
        for form in ["club", "wine", "newsletter"] {
            for lang in ["en", "fr"] {
                let copy = copied(&app, form, lang).await;
                let page = app.visitor().open(&format!("/f/{form}?lang={lang}")).await;
                assert_eq!(asked(&copy), asked(page.html()), "{form} in {lang}");
            }
        }
    }
}

/// What a form asks for: name, kind, whether it must be filled in, what it may hold, its label, and why.
fn asked(html: &str) -> Vec<[String; 6]> {
    let document = scraper::Html::parse_document(html);
    let select = |css: &str| scraper::Selector::parse(css).unwrap();
    let words = |it: scraper::ElementRef<'_>| {
        it.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let of_id =
        |id: &str| document.select(&select(&format!("[id='{id}']"))).next().map(words).unwrap_or_default();
    let mut all = Vec::new();
    for control in document.select(&select("form[action*='/f/'] :is(input:not([type=hidden]), select)")) {
        let attr = |name: &str| control.attr(name).unwrap_or_default().to_owned();
        let name = attr("name");
        if name == ayeaye::web::public::sign_up::HONEYPOT {
            continue;
        }
        let label = document.select(&select(&format!("label[for='{}']", attr("id")))).next().map(words);
        let options: Vec<String> = control
            .select(&select("option"))
            .map(|it| format!("{}={}", it.attr("value").unwrap(), words(it)))
            .collect();
        let may_hold =
            format!("{}{}{}{}", attr("value"), attr("maxlength"), attr("autocomplete"), options.join(" "));
        let is_declared = !["p", "email"].contains(&name.as_str());
        let why = if is_declared { of_id(&attr("aria-describedby")) } else { String::new() };
        let must = control.attr("required").is_some().to_string();
        all.push([name, attr("type"), must, may_hold, label.unwrap(), why]);
    }
    all
}
