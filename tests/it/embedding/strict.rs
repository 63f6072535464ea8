//! Pages that let little in.

use super::site::{EMAIL, Site, element};
use crate::support::browser::Setup;

/// Names the service where it must be, and no inline style, no script of the page's own.
const STRICT: &str = "default-src 'none'; script-src 'self' {base}; connect-src {base}; \
                      require-trusted-types-for 'script'; trusted-types aye-form";

async fn under(policy: &str) -> Site {
    Site::with(Setup::new(), policy, "", |base| element(base, "")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_a_strict_policy_the_form_works_and_breaks_no_rule() {
    let site = under(STRICT).await;
    site.becomes("ready").await;
    let hidden = "root.querySelector('.trap').getBoundingClientRect().right < 0";
    assert_eq!(site.inside(0, hidden).await, true, "the style of the form is there");
    site.fill("events").await;
    site.press().await;
    site.becomes("pending").await;
    assert_eq!(site.told().await, ["ready", "submit", "pending"], "{}", site.seen().await);
    assert_eq!(site.app.state("acme", EMAIL, "events").await, "pending");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_the_page_does_not_let_the_form_in_the_link_stays() {
    let no_connection = STRICT.replace("connect-src {base}; ", "");
    let no_policy = STRICT.replace("trusted-types aye-form", "trusted-types 'none'");
    for policy in [no_connection, no_policy] {
        let site = under(&policy).await;
        site.becomes("error").await;
        let link = "return document.querySelector('aye-form a').getBoundingClientRect().height > 0";
        assert_eq!(site.script(link).await, true, "{policy}");
        let told = site.told().await;
        assert!(told.contains(&"error".to_owned()) && !told.contains(&"rejection".to_owned()), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_locked_to_other_sites_leaves_the_link() {
    let site = Site::new(|base| element(base, "")).await;
    site.becomes("ready").await;
    site.app.apply(crate::support::app::SETUP).await;
    site.fill("events").await;
    site.press().await;
    site.becomes("error").await;
    let words = site.inside(0, "root.activeElement?.textContent").await;
    assert!(words.as_str().unwrap_or_default().contains("cannot be used from that site"), "{words}");
    // Another address than the one the browser keeps for a minute.
    site.script(
        "const old = document.querySelector('aye-form'), it = document.createElement('aye-form');
         it.setAttribute('src', old.getAttribute('src'));
         it.setAttribute('purposes', 'events');
         it.innerHTML = '<a href=\"#\">Sign up</a>';
         document.body.append(it);",
    )
    .await;
    site.nth_becomes(1, "error").await;
    assert_eq!(site.inside(1, "root.querySelector('slot') !== null").await, true, "the link stays");
    let reasons = site.script("return seen.filter(it => it[0] === 'error').map(it => it[1].reason)").await;
    assert_eq!(reasons, serde_json::json!(["origin", "origin"]));
    assert_eq!(site.app.state("acme", EMAIL, "events").await, "unknown");
}
