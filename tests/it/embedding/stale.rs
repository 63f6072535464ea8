//! The pages a form is used on, and which of them still show old words.

use serde_json::{Value, json};

use crate::support::{
    app::{SETUP, TestApp, http},
    database::both,
};

async fn send(app: &TestApp, page: &str, more: &[(&str, &str)]) -> u16 {
    let mut fields = vec![("email", "ada@example.org"), ("p", "newsletter"), ("page", page)];
    fields.extend(more);
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request =
        http().post(format!("{}/f/newsletter", app.base())).header("origin", "https://shop.example");
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    request.send().await.unwrap().status().as_u16()
}

async fn pages(app: &TestApp, tenant: &str, form: &str) -> (u16, Value) {
    let key = app.api_key(tenant).await;
    let request = http().get(format!("{}/v1/forms/{form}/pages", app.base())).bearer_auth(key);
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

/// The version of the form as its snippet names it.
async fn version(app: &TestApp) -> String {
    let page = app.visitor().open("/f/newsletter/snippet?lang=en").await;
    let (_, rest) = page
        .html()
        .split_once("name=&quot;v&quot; value=&quot;")
        .or_else(|| page.html().split_once("name=\"v\" value=\""))
        .or_else(|| page.html().split_once("name=&#34;v&#34; value=&#34;"))
        .expect("a version");
    rest.chars().take_while(|it| it.is_ascii_alphanumeric() || "._-".contains(*it)).collect()
}

both! {
    async fn a_page_with_old_words_is_found_by_its_tenant_alone(app: TestApp) {
        let v = version(&app).await;
        assert_eq!(send(&app, "https://shop.example/a?x=ada@example.org", &[("v", &v)]).await, 303);
        assert_eq!(send(&app, "https://shop.example/a", &[("v", &v)]).await, 303);
        assert_eq!(send(&app, "https://evil.example/a", &[("v", &v)]).await, 303);
        let (status, list) = pages(&app, "acme", "newsletter").await;
        assert_eq!((status, &list["object"]), (200, &json!("list")));
        let mut seen: Vec<(String, bool)> = list["data"].as_array().unwrap().iter()
            .map(|it| (it["page"].as_str().unwrap().to_owned(), it["current"] == true)).collect();
        seen.sort();
        assert_eq!(seen, [("https://shop.example/".to_owned(), true), ("https://shop.example/a".to_owned(), true)]);
        assert_eq!(list["data"][0]["version"], v.as_str());

        app.apply(&SETUP.replace("Our monthly news by email.", "Our news and offers by email.")).await;
        let (_, list) = pages(&app, "acme", "newsletter").await;
        assert!(list["data"].as_array().unwrap().iter().all(|it| it["current"] == false), "{list}");
        assert_eq!(send(&app, "https://shop.example/a", &[("v", &v)]).await, 422, "the words are shown again");
        assert_eq!(pages(&app, "beta", "newsletter").await.0, 404);
        assert_eq!(pages(&app, "acme", "nowhere").await.0, 404);
    }

    async fn pages_named_without_end_are_not_noted_without_end(app: TestApp) {
        let v = version(&app).await;
        app.apply(&SETUP.replace("Our monthly news by email.", "Our news and offers by email.")).await;
        for at in 0..70 {
            assert_eq!(send(&app, &format!("https://shop.example/{at}"), &[("v", &v)]).await, 422, "{at}");
        }
        let noted = async || pages(&app, "acme", "newsletter").await.1["data"].as_array().unwrap().len();
        assert_eq!(noted().await, 60);
        app.clock.advance(ayeaye::domain::time::HOUR);
        assert_eq!(send(&app, "https://shop.example/late", &[("v", &v)]).await, 422);
        assert_eq!(noted().await, 61, "an hour later there is room again");
    }
}
