//! The mail that asks to confirm names the site on which the form was filled in, if it is one of the form's own.

use crate::support::{
    app::{TestApp, http},
    database::both,
};

/// Signs somebody up from a page, as the browser there would; the lines of their mail that say where.
async fn told(app: &TestApp, email: &str, locale: &str, origin: &str, page: &str) -> Vec<String> {
    let fields = [("email", email), ("p", "newsletter"), ("locale", locale), ("page", page)];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut request = http().post(format!("{}/f/newsletter", app.base()));
    if !origin.is_empty() {
        request = request.header("origin", origin);
    }
    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
    assert_eq!(request.send().await.unwrap().status().as_u16(), 303);
    app.run_due().await;
    lines(app, email)
}

/// What the newest mail says of where it was asked for, in both of its parts.
fn lines(app: &TestApp, email: &str) -> Vec<String> {
    let mail = app.newest_mail(email);
    let says = |it: &&str| it.contains("Asked on") || it.contains("Demande faite sur");
    let lines = mail.text.lines().chain(mail.html.lines()).filter(says);
    lines.map(|it| it.trim().to_owned()).collect()
}

both! {
    async fn the_mail_names_the_site_on_which_the_form_was_filled_in(app: TestApp) {
        let shop = "https://shop.example";
        let page = "https://shop.example/offers?for=ada";
        for (email, locale, begins) in [("ada@example.org", "en", "Asked on shop.example, "),
            ("zoe@example.org", "fr", "Demande faite sur shop.example, le ")] {
            let lines = told(&app, email, locale, shop, page).await;
            assert!(lines.len() == 2 && lines.iter().all(|it| it.contains(begins)), "{lines:?}");
        }
        // Asked for once more on our page, it is still that site.
        let first = app.newest_mail("ada@example.org").links.clone();
        app.clock.advance(11 * ayeaye::domain::time::MINUTE);
        let key = app.api_key("acme").await;
        let ada = app.person("acme", "ada@example.org").await.unwrap().0;
        let record = app.evidence(&ada).await[0].record.clone().unwrap();
        let record: serde_json::Value = serde_json::from_str(&record).unwrap();
        let resend = format!("/v1/signups/{}:resend", record["request"].as_str().unwrap());
        assert_eq!(app.post_json(&resend, &key, &serde_json::json!({})).await.0, 201);
        app.run_due().await;
        assert_ne!(app.newest_mail("ada@example.org").links, first, "another mail");
        assert!(lines(&app, "ada@example.org").iter().all(|it| it.contains("Asked on shop.example, ")));
    }

    async fn no_site_but_one_that_the_form_is_for_is_named(app: TestApp) {
        let ours = format!("Asked on {}/f/newsletter, ", app.base());
        // Whoever is no browser may claim any page; from a page that says nothing, or from ours, it is ours.
        for (email, page) in [("bob@example.org", "https://evil.example/shop.example"), ("cyd@example.org", "")] {
            let lines = told(&app, email, "en", "", page).await;
            assert!(lines.len() == 2 && lines.iter().all(|it| it.contains(&ours)), "{lines:?}");
        }
        app.sign_up("newsletter", "dan@example.org", &["newsletter"]).await;
        app.run_due().await;
        assert!(lines(&app, "dan@example.org").iter().all(|it| it.contains(&ours)));
        // Filled in on the site first and on our page then: what is said is where it was last.
        told(&app, "eve@example.org", "en", "https://shop.example", "https://shop.example/").await;
        app.clock.advance(11 * ayeaye::domain::time::MINUTE);
        app.sign_up("newsletter", "eve@example.org", &["newsletter"]).await;
        app.run_due().await;
        assert!(lines(&app, "eve@example.org").iter().all(|it| it.contains(&ours)));
        // Where any site may show the form, none is known to be the tenant's.
        app.apply(&crate::support::app::SETUP.replace("origins = [\"https://shop.example\"]\n", "")).await;
        let lines = told(&app, "fay@example.org", "en", "https://shop.example", "https://shop.example/").await;
        assert!(lines.iter().all(|it| it.contains(&ours)), "{lines:?}");
    }
}
