//! A form that asks for a proof of work: the browser counts, and the person goes all the way.

use std::time::Duration;

use fantoccini::Locator;

use super::site::{Site, element};
use crate::support::{
    app::SETUP,
    browser::{Browser, Setup},
    wait,
};

/// Where a tenant tries things out, a form asks whoever has this address for a proof.
const EMAIL: &str = "ada+aye-attack@example.org";

async fn site(setup: Setup, body: impl Fn(&str) -> String) -> Site {
    let site = Site::with(setup, "", "", body).await;
    let open = SETUP.replace("origins = [\"https://shop.example\"]\n", "");
    site.app.apply(&open.replacen("locale = \"en\"", "locale = \"en\"\ntest = true", 1)).await;
    site
}

async fn was_mailed(site: &Site) -> bool {
    site.app.run_due().await;
    site.app.mails(EMAIL).len() == 1
}

async fn fill_in(browser: &Browser, site: &Site) {
    browser.wait().for_element(Locator::Css("label[for=p-events]")).await.unwrap().click().await.unwrap();
    browser.find(Locator::Id("email")).await.unwrap().send_keys(EMAIL).await.unwrap();
    site.app.clock.advance(5_000);
    press(browser).await;
}

async fn press(browser: &Browser) {
    browser.find(Locator::Css("form button")).await.unwrap().click().await.unwrap();
}

async fn the_element_counts(setup: Setup) {
    let site = site(setup, |base| element(base, "lang=\"en\"")).await;
    site.browser.refresh().await.unwrap();
    site.becomes("ready").await;
    site.inside(0, &format!("(root.querySelector('#email').value = '{EMAIL}')")).await;
    site.inside(0, "(root.querySelector('#p-events').checked = true)").await;
    site.app.clock.advance(5_000);
    site.press().await;
    site.becomes("pending").await;
    assert_eq!(
        site.told().await,
        ["ready", "submit", "pending"],
        "it is submitted once, and nobody is asked"
    );
    assert!(was_mailed(&site).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_element_counts_by_itself_in_chromium() {
    the_element_counts(Setup::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_element_counts_by_itself_in_firefox() {
    the_element_counts(Setup::new().firefox()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_framed_form_counts_once_its_button_is_pressed() {
    let frame = |base: &str| {
        format!(
            "<iframe src=\"{base}/f/newsletter?embed=frame&lang=en\" title=\"Sign up\" style=\"height:40rem\"></iframe>"
        )
    };
    let site = site(Setup::new(), frame).await;
    site.browser.refresh().await.unwrap();
    site.browser.find(Locator::Css("iframe")).await.unwrap().enter_frame().await.unwrap();
    fill_in(&site.browser, &site).await;
    site.browser.wait().for_element(Locator::Id("prove")).await.unwrap();
    press(&site.browser).await;
    site.browser.wait().for_element(Locator::Id("code")).await.unwrap();
    assert!(was_mailed(&site).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_counts_once_its_button_is_pressed_and_says_so() {
    let site = site(Setup::new(), |_| String::new()).await;
    site.browser.goto(&format!("{}/f/newsletter?lang=en", site.app.base())).await.unwrap();
    fill_in(&site.browser, &site).await;
    site.browser.wait().for_element(Locator::Id("prove")).await.unwrap();
    press(&site.browser).await;
    site.browser.wait_for_heading("Check your email").await;
    assert!(was_mailed(&site).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_script_the_button_sends_at_once() {
    let site = site(Setup::new(), |_| String::new()).await;
    let plain = Setup::new().without_javascript().open().await;
    plain.goto(&format!("{}/f/newsletter?lang=en", site.app.base())).await.unwrap();
    fill_in(&plain, &site).await;
    plain.wait().for_element(Locator::Id("prove")).await.unwrap();
    press(&plain).await;
    plain.wait_for_heading("Check your email").await;
    wait::until("the mail", Duration::from_secs(20), async || was_mailed(&site).await.then_some(())).await;
}
