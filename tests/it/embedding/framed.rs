//! The form in an iframe: as high as it needs, told to the page around it and to nobody else.

use std::time::Duration;

use fantoccini::Locator;

use super::site::{EMAIL, Site};
use crate::support::{app::SETUP, browser::Setup, wait};

fn frame(base: &str) -> String {
    format!(
        "<iframe src=\"{base}/f/newsletter?embed=frame&lang=en\" title=\"Sign up\" style=\"height:9rem\"></iframe>"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_framed_form_tells_its_height_and_goes_all_the_way() {
    let site = Site::with(Setup::new(), "", "", frame).await;
    site.holds("seen.some(it => it[0] === 'message')").await;
    let first = site.script("return seen.find(it => it[0] === 'message')[1]").await;
    assert_eq!(first["origin"], site.app.base());
    assert_eq!(first["data"]["aye"], "height");
    assert!(first["data"]["h"].as_u64().unwrap() > 200, "{first}");

    site.browser.find(Locator::Css("iframe")).await.unwrap().enter_frame().await.unwrap();
    let box_ = site.browser.find(Locator::Css("label[for=p-events]")).await.unwrap();
    box_.click().await.unwrap();
    site.browser.find(Locator::Id("email")).await.unwrap().send_keys(EMAIL).await.unwrap();
    site.app.clock.advance(5_000);
    site.browser.find(Locator::Css("button")).await.unwrap().click().await.unwrap();
    site.browser.wait().for_element(Locator::Id("code")).await.unwrap();
    let record = site.record().await;
    assert_eq!((&record["way"], &record["page"]), (&"frame".into(), &format!("{}/", site.host).into()));
    site.browser.enter_parent_frame().await.unwrap();
    site.holds("seen.filter(it => it[0] === 'message').length > 1").await;

    site.app.run_due().await;
    let code = site.app.newest_mail(EMAIL).codes[0].clone();
    site.browser.find(Locator::Css("iframe")).await.unwrap().enter_frame().await.unwrap();
    site.browser.find(Locator::Id("code")).await.unwrap().send_keys(&code).await.unwrap();
    site.browser.find(Locator::Css("button")).await.unwrap().click().await.unwrap();
    wait::until("the confirmation in the frame", Duration::from_secs(20), async || {
        (site.app.state("acme", EMAIL, "events").await == "confirmed").then_some(())
    })
    .await;
    assert!(site.browser.get_all_cookies().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_that_may_not_embed_the_form_cannot_frame_it() {
    let site = Site::with(Setup::new(), "", "", frame).await;
    site.holds("seen.some(it => it[0] === 'message')").await;
    site.app.apply(SETUP).await;
    site.browser.refresh().await.unwrap();
    site.browser.find(Locator::Css("iframe")).await.unwrap().enter_frame().await.unwrap();
    let address = wait::until("the frame to be refused", Duration::from_secs(20), async || {
        let forms = site
            .browser
            .execute("return document.readyState === 'complete' ? document.forms.length : null", vec![]);
        forms.await.ok().and_then(|it| it.as_u64())
    })
    .await;
    assert_eq!(address, 0);
}
