//! The page a form's code is copied from, and the live form on it.

use fantoccini::Locator;
use serde_json::json;

use super::site::EMAIL;
use crate::support::{
    app::{SETUP, TestApp},
    browser::{Browser, Setup},
    database::Db,
    wait,
};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
/// The form inside the element.
const ROOT: &str = "const host = document.querySelector('.preview aye-form'), root = host?.shadowRoot;";

async fn holds(browser: &Browser, what: &str) {
    wait::until(what, PATIENCE, async || {
        let now = browser.execute(&format!("{ROOT} return !!({what})"), vec![]).await.ok()?;
        (now == true).then_some(())
    })
    .await;
}

async fn opened(path: &str) -> (TestApp, Browser) {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    app.apply(SETUP).await;
    let browser = Setup::new().open().await;
    browser.goto(&format!("{}{path}", app.base())).await.unwrap();
    holds(&browser, "host.dataset.state === 'ready'").await;
    (app, browser)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_preview_is_the_form_itself_in_every_colour_and_width() {
    let (app, browser) = opened("/f/newsletter/snippet?lang=fr").await;
    let shown = browser
        .execute(&format!("{ROOT} return [root.querySelector('button').textContent, root.querySelector('#p-events') !== null]"), vec![])
        .await
        .unwrap();
    assert_eq!(shown, json!(["M’inscrire", true]));
    for (link, theme) in [("Sombre", "dark"), ("Clair", "light")] {
        browser.find(Locator::LinkText(link)).await.unwrap().click().await.unwrap();
        holds(&browser, &format!("root?.querySelector('.aye.{theme}') && host.dataset.state === 'ready'"))
            .await;
    }
    let width = format!("{ROOT} return host.getBoundingClientRect().width");
    let wide = browser.execute(&width, vec![]).await.unwrap().as_f64().unwrap();
    let phone = app.visitor().open("/f/newsletter/snippet?lang=fr").await;
    assert!(phone.html().contains("width=phone"));
    browser.find(Locator::Css("a[href*='width=phone']")).await.unwrap().click().await.unwrap();
    holds(&browser, "location.search.includes('width=phone') && host?.dataset.state === 'ready'").await;
    let narrow = browser.execute(&width, vec![]).await.unwrap().as_f64().unwrap();
    assert!(narrow <= 400.0 && narrow < wide, "{narrow} of {wide}");
    holds(&browser, "root.querySelector('.aye.light')").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_fills_the_preview_in_has_signed_up_and_each_button_copies_its_code() {
    let (app, browser) = opened("/f/newsletter/snippet?lang=en").await;
    let fill = format!(
        "{ROOT} root.querySelector('#email').value = '{EMAIL}'; root.querySelector('#p-events').checked = true;"
    );
    browser.execute(&fill, vec![]).await.unwrap();
    app.clock.advance(5_000);
    browser.execute(&format!("{ROOT} root.querySelector('form button').click()"), vec![]).await.unwrap();
    holds(&browser, "host.dataset.state === 'pending'").await;
    assert_eq!(app.state("acme", EMAIL, "events").await, "pending");

    let buttons = browser.find_all(Locator::Css("button[data-copy]")).await.unwrap();
    assert_eq!(buttons.len(), 5);
    for button in buttons {
        button.click().await.unwrap();
        let id = button.attr("data-copy").await.unwrap().unwrap();
        let copied = button.attr("data-copied").await.unwrap().unwrap();
        let said = format!("document.querySelector('[data-copy={id}]').textContent === '{copied}'");
        holds(&browser, &said).await;
        holds(&browser, &format!("getSelection().toString() === document.getElementById('{id}').value"))
            .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_script_the_preview_is_a_link_and_no_button_promises_to_copy() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    app.apply(SETUP).await;
    let browser = Setup::new().without_javascript().open().await;
    browser.goto(&format!("{}/f/newsletter/snippet?lang=en", app.base())).await.unwrap();
    for button in browser.find_all(Locator::Css("button[data-copy]")).await.unwrap() {
        assert!(!button.is_displayed().await.unwrap());
    }
    browser.find(Locator::Css(".preview a")).await.unwrap().click().await.unwrap();
    browser.wait_for_heading("Sign up for emails from Acme").await;
}
