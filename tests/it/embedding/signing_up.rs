//! Signing up inside somebody else's page.

use serde_json::json;

use super::site::{EMAIL, Site, element};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_up_and_types_the_code_with_the_keyboard_alone() {
    let site = Site::new(|base| element(base, "ref=\"footer\"")).await;
    site.becomes("ready").await;
    site.tab_to("it.id === 'p-events'").await;
    site.strike(" ").await;
    site.tab_to("it.id === 'email'").await;
    site.type_in("ada@").await;
    site.app.clock.advance(5_000);
    site.strike("Enter").await;
    site.becomes("invalid").await;
    let focus = site.inside(0, "root.activeElement?.getAttribute('role')").await;
    assert_eq!(focus, "alert", "the focus is on what went wrong");
    let kept =
        site.inside(0, "[root.querySelector('#email').value, root.querySelector('#p-events').checked]").await;
    assert_eq!(kept, json!(["ada@", true]));
    site.strike("Tab").await;
    site.strike("Enter").await;
    assert_eq!(
        site.inside(0, "root.activeElement?.id").await,
        "email",
        "the link of the summary leads there"
    );
    site.inside(0, "root.activeElement.select()").await;
    site.type_in(EMAIL).await;
    site.tab_to("it.matches('button')").await;
    site.app.clock.advance(5_000);
    site.strike("Enter").await;
    site.becomes("pending").await;
    assert_eq!(site.inside(0, "root.activeElement?.textContent").await, "Check your email");

    site.app.run_due().await;
    let code = site.app.newest_mail(EMAIL).codes[0].clone();
    site.tab_to("it.id === 'code'").await;
    site.type_in(&code).await;
    site.strike("Enter").await;
    site.becomes("confirmed").await;
    assert_eq!(site.inside(0, "root.activeElement?.textContent").await, "You are signed up");
    assert_eq!(site.app.state("acme", EMAIL, "events").await, "confirmed");

    assert_eq!(site.told().await, ["ready", "submit", "invalid", "submit", "pending", "confirmed"]);
    let seen = site.seen().await;
    assert!(!seen.to_string().contains("ada"), "no address is told: {seen}");
    assert_eq!(seen[0][1], json!({ "form": "newsletter", "purposes": ["newsletter", "events"] }));
    assert_eq!(seen[2][1], json!({ "form": "newsletter", "fields": ["email"] }));
    assert_eq!(seen[5][1], json!({ "form": "newsletter", "purposes": ["events"] }));
    assert!(site.browser.get_all_cookies().await.unwrap().is_empty());
    let record = site.record().await;
    assert_eq!(record["displayed"], "attested", "{record}");
    assert_eq!(record["page"], format!("{}/contact", site.host), "without its query");
    assert_eq!((&record["way"], &record["ref"]), (&json!("element"), &json!("footer")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_was_changed_on_the_screen_is_told_in_the_evidence() {
    let site = Site::new(|base| element(base, "lang=\"fr\"")).await;
    site.becomes("ready").await;
    let label = "root.querySelector('label[for=p-events]').textContent";
    assert_eq!(site.inside(0, label).await, "Événements");
    site.inside(0, &format!("{label} = 'Un bon de réduction'")).await;
    site.fill("events").await;
    site.press().await;
    site.becomes("pending").await;
    let record = site.record().await;
    assert_eq!((&record["displayed"], &record["locale"]), (&json!("altered"), &json!("fr")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_page_without_web_crypto_the_form_works_and_nothing_is_attested() {
    let site = Site::new(|base| element(base, "")).await;
    site.becomes("ready").await;
    site.script("Object.defineProperty(Crypto.prototype, 'subtle', { get() {} })").await;
    site.fill("events").await;
    site.press().await;
    site.becomes("pending").await;
    assert_eq!(site.record().await["displayed"], "unattested");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_may_keep_a_form_back_and_leads_on_where_the_form_allows() {
    let site = Site::new(|base| element(base, "")).await;
    site.becomes("ready").await;
    site.script("addEventListener('aye:submit', event => event.preventDefault(), { once: true })").await;
    site.fill("events").await;
    site.press().await;
    assert_eq!(site.told().await, ["ready", "submit"]);
    site.script("document.querySelector('aye-form').setAttribute('next', 'https://evil.example/')").await;
    site.press().await;
    site.becomes("pending").await;
    site.holds("location.pathname === '/contact'").await;

    site.browser.refresh().await.unwrap();
    site.becomes("ready").await;
    site.script("document.querySelector('aye-form').setAttribute('next', `${location.origin}/thanks`)").await;
    site.fill("events").await;
    site.press().await;
    site.holds("location.pathname === '/thanks'").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_attribute_ticks_a_box() {
    let attributes =
        "purposes=\"events,newsletter\" p=\"events\" checked ticked theme=\"dark\" ref=\"p=events\"";
    let site = Site::new(|base| {
        element(base, attributes)
            .replace("/f/newsletter\"", "/f/newsletter?p=events&checked=events&do=confirm\"")
    })
    .await;
    site.becomes("ready").await;
    assert_eq!(site.inside(0, "root.querySelectorAll('[type=checkbox]').length").await, 2);
    assert_eq!(site.inside(0, "root.querySelectorAll(':checked').length").await, 0);
}
