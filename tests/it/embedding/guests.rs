//! The element among what else is on a page.

use super::site::{Site, element};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_on_one_page_do_not_get_into_each_others_way() {
    let two = |base: &str| element(base, "") + &element(base, "lang=\"fr\" theme=\"dark\"");
    let site = Site::new(two).await;
    site.nth_becomes(0, "ready").await;
    site.nth_becomes(1, "ready").await;
    assert_eq!(site.inside(1, "root.querySelector('button').textContent").await, "M’inscrire");
    site.fill("events").await;
    site.press().await;
    site.nth_becomes(0, "pending").await;
    let other = "[host.dataset.state, root.querySelector('#email').value]";
    assert_eq!(site.inside(1, other).await, serde_json::json!(["ready", ""]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_is_taken_away_and_put_back_keeps_what_was_typed() {
    let site = Site::new(|base| element(base, "")).await;
    site.becomes("ready").await;
    site.fill("events").await;
    let moved = "const it = document.querySelector('aye-form'); it.remove(); document.body.append(it);";
    site.script(moved).await;
    assert_eq!(site.inside(0, "root.querySelector('#email').value").await, super::site::EMAIL);
    // While it is on its way to the service, too.
    site.script(&format!(
        "document.querySelector('aye-form').shadowRoot.querySelector('button').click(); {moved}"
    ))
    .await;
    site.becomes("pending").await;
    let fresh = "const it = document.querySelector('aye-form'), copy = it.cloneNode(true); it.replaceWith(copy); copy.remove(); document.body.append(copy);";
    site.script(fresh).await;
    site.becomes("ready").await;
    assert!(!site.told().await.contains(&"rejection".to_owned()), "{}", site.seen().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn inside_the_form_of_the_page_it_never_sends_that_one() {
    let inside = |base: &str| {
        format!(
            "<form action=\"/outer\"><input name=\"q\">{}<button>Search</button></form>",
            element(base, "")
        )
    };
    let site = Site::new(inside).await;
    site.becomes("ready").await;
    site.fill("events").await;
    site.inside(0, "root.querySelector('#email').focus()").await;
    site.strike("Enter").await;
    site.becomes("pending").await;
    assert_eq!(site.told().await, ["ready", "submit", "pending"], "no outer form was sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_looks_like_the_page_unless_told_otherwise() {
    let head = "<style>body { font: 23px serif; color: rgb(10, 20, 30); } aye-form { --aye-accent: rgb(200, 0, 100); }
        aye-form::part(button) { text-transform: uppercase; }</style>";
    let both = |base: &str| element(base, "") + &element(base, "theme=\"bare\"");
    let site = Site::with(crate::support::browser::Setup::new(), "", head, both).await;
    site.nth_becomes(0, "ready").await;
    site.nth_becomes(1, "ready").await;
    let style = |what: &str| format!("getComputedStyle(root.querySelector('{what}'))");
    let font = format!("{}.fontSize + {}.fontFamily", style("label"), style("label"));
    assert_eq!(site.inside(0, &font).await, "23pxserif");
    assert_eq!(site.inside(0, &format!("{}.backgroundColor", style("button"))).await, "rgb(200, 0, 100)");
    assert_eq!(site.inside(0, &format!("{}.textTransform", style("button"))).await, "uppercase");
    assert_ne!(site.inside(1, &format!("{}.backgroundColor", style("button"))).await, "rgb(200, 0, 100)");
    for number in [0, 1] {
        let trap = "root.querySelector('.trap').getBoundingClientRect().right < 0";
        assert_eq!(site.inside(number, trap).await, true, "nobody sees the trap");
    }
}
