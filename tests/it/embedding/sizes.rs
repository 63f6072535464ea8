//! What an embedded form weighs, and what it leaves behind.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use scraper::{Html, Selector};

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
};

fn zipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

both! {
    async fn the_element_and_its_forms_are_light_set_no_cookie_and_load_from_nowhere_else(app: TestApp) {
        let element = http().get(format!("{}/e/1.js", app.base())).send().await.unwrap();
        assert_eq!(element.headers()["access-control-allow-origin"], "*");
        assert_eq!(element.headers()["cross-origin-resource-policy"], "cross-origin");
        let script = element.bytes().await.unwrap();
        assert!(zipped(&script) <= 3_072, "{} bytes", zipped(&script));
        let solver = http().get(format!("{}/e/pow.js", app.base())).send().await.unwrap().bytes().await.unwrap();
        assert!(zipped(&solver) <= 1_024, "{} bytes", zipped(&solver));
        let pinned = ayeaye::web::embed::script::pinned_path();
        let pinned = http().get(format!("{}{pinned}", app.base())).send().await.unwrap();
        assert!(pinned.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        assert_eq!(pinned.bytes().await.unwrap(), script);

        for locale in ayeaye::domain::Locale::ALL {
            for theme in ["auto", "dark", "bare"] {
                for view in ["1", "frame"] {
                    let path = format!("/f/newsletter?embed={view}&lang={locale}&theme={theme}");
                    let answer = http().get(format!("{}{path}", app.base())).send().await.unwrap();
                    assert_eq!(answer.headers().get("set-cookie"), None, "{path}");
                    let html = answer.text().await.unwrap();
                    assert!(zipped(html.as_bytes()) <= 6_144, "{path}: {} bytes", zipped(html.as_bytes()));
                    nothing_from_elsewhere(&path, &html);
                }
            }
        }
    }
}

fn nothing_from_elsewhere(path: &str, html: &str) {
    let page = Html::parse_document(html);
    for element in page.select(&Selector::parse("*").unwrap()) {
        for name in ["src", "href", "action", "srcset", "style", "background", "poster"] {
            let Some(value) = element.attr(name) else { continue };
            assert!(value.starts_with('/') && !value.starts_with("//"), "{path}: {name}={value}");
        }
    }
    assert!(!html.contains("url(") && !html.contains("@import"), "{path}");
}

both! {
    async fn a_form_answers_each_origin_as_it_is_set_up(app: TestApp) {
        let own = SETUP.replace("origins = [\"https://shop.example\"]", "origins = []");
        let any = SETUP.replace("origins = [\"https://shop.example\"]\n", "");
        for (setup, shop, other) in [(SETUP, Some("https://shop.example"), 403), (&own, None, 403), (&any, Some("*"), 200)] {
            app.apply(setup).await;
            let ask = async |origin: &str| {
                let url = format!("{}/f/newsletter?embed=1", app.base());
                http().get(url).header("origin", origin).send().await.unwrap()
            };
            let answer = ask("https://shop.example").await;
            let allowed = answer.headers().get("access-control-allow-origin").and_then(|it| it.to_str().ok());
            assert_eq!(answer.status().as_u16(), if shop.is_some() { 200 } else { 403 });
            assert!(shop.is_none() || allowed == shop, "{allowed:?}");
            assert_eq!(ask("https://other.example").await.status().as_u16(), other);
        }
    }
}
