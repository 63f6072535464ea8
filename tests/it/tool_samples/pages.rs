//! The pages the programs stand on: each can be reached, and so can whatever they point to.

use std::collections::BTreeSet;

use scraper::{Html, Selector};

use crate::support::{
    app::{TestApp, http},
    database::Db,
};

/// A page of ours, which must be there.
async fn page(app: &TestApp, path: &str) -> Html {
    let answer = http().get(format!("{}{path}", app.base())).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    Html::parse_document(&answer.text().await.unwrap())
}

/// Where the links of a page lead on this service, without the place within the page.
fn led_to(html: &Html) -> BTreeSet<String> {
    let links = Selector::parse("main a[href]").unwrap();
    let all = html.select(&links).filter_map(|it| it.attr("href")).filter(|it| it.starts_with('/'));
    all.map(|it| it.split('#').next().unwrap_or(it).to_owned()).collect()
}

#[tokio::test]
async fn every_link_of_every_page_about_tools_leads_to_a_page() {
    let app = TestApp::with(Db::Sqlite, &[]).await;
    let code = Selector::parse("pre a").unwrap();
    for language in ["en", "fr"] {
        let is_tool = |it: &&String| it.starts_with("/docs/tools/");
        let index = led_to(&page(&app, &format!("/docs/tools?lang={language}")).await);
        let tools: Vec<&String> = index.iter().filter(is_tool).collect();
        assert_eq!(tools.len(), 10, "{index:?}");
        let mut all = index.clone();
        for tool in tools {
            assert!(tool.ends_with(&format!("?lang={language}")), "{tool}");
            let html = page(&app, tool).await;
            assert_eq!(html.select(&code).count(), 0, "{tool}: what is to be copied is a link");
            all.extend(led_to(&html));
        }
        for path in all {
            page(&app, &path).await;
        }
    }
}
