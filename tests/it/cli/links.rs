//! `ayeaye link mint` and link keys, beside a running service.

use std::{process::Command, time::Duration};

use serde_json::Value;

use super::home::{Home, Ran};
use crate::support::{app::SETUP, database::both, wait};

const ADA: &str = "ada@example.org";

/// The links our Python sample mints: unsubscribe, then preferences.
fn mint(base: &str, made: &Value, who: &str, purpose: &str) -> Vec<String> {
    let key = made["key"].as_str().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/static/samples/mint_links.py");
    let kid = made["kid"].as_str().unwrap();
    let minted = Command::new("python3").args([sample, base, kid, key, who, purpose]).output().unwrap();
    assert!(minted.status.success(), "{}", String::from_utf8_lossy(&minted.stderr));
    String::from_utf8(minted.stdout).unwrap().lines().map(str::to_owned).collect()
}

both! {
    async fn a_mailing_tool_mints_links_with_its_key_until_the_key_is_revoked(home: Home) {
        let mut home = home;
        home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set_up(SETUP);
        let service = home.serve().await;
        service.subscribe("newsletter", ADA, &["newsletter"]).await;
        let made = home.run(&["key", "link", "new", "--tenant", "acme", "--json"]).json();
        let links = mint(&service.base, &made, ADA, "newsletter");
        let [unsubscribe, preferences] = links.as_slice() else { panic!("{links:?}") };
        wait::until("the service to know the address under the new key", Duration::from_secs(10), async || {
            (service.visitor().open(preferences).await.status() == 200).then_some(())
        })
        .await;
        service.visitor().open(preferences).await.assert_h1("Your email choices");
        service.visitor().open(unsubscribe).await.assert_h1("Unsubscribe from Newsletter?");

        let id = made["kid"].as_str().unwrap();
        let listed = home.run(&["key", "link", "list", "--tenant", "acme"]);
        listed.assert_code(0);
        assert!(listed.out.contains(id) && listed.out.contains("live"), "{listed:#?}");
        assert!(!listed.out.contains(made["key"].as_str().unwrap()), "{listed:#?}");

        home.run(&["key", "link", "revoke", id]).assert_code(0);
        service.visitor().open(preferences).await.assert_h1("We could not read this link");
        home.run(&["key", "link", "revoke", id]).assert_refused(1, &["there is no live key", id]);
        service.stop().await;
    }
}

#[tokio::test]
async fn support_mints_the_links_of_one_person() {
    let mut home = Home::new();
    home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set_up(SETUP);
    let service = home.serve().await;
    home.set("AYEAYE_BASE_URL", &service.base);
    service.subscribe("newsletter", ADA, &["newsletter"]).await;
    let minted = home.run_with(&["link", "mint", "--tenant", "acme", "--email", "-"], "Ada@Example.org\n");
    let preferences = link_of(&minted, "preferences: ");
    assert_eq!(minted.out.lines().count(), 1, "no purpose was named: {minted:#?}");
    service.visitor().open(&preferences).await.assert_says("You receive 1 of 2.");
    let of =
        |purpose: &str| home.run(&["link", "mint", "--tenant", "acme", "--email", ADA, "--purpose", purpose]);
    let unsubscribe = link_of(&of("events"), "unsubscribe: ");
    service.visitor().open(&unsubscribe).await.assert_h1("Unsubscribe from Events?");

    of("news").assert_refused(2, &["there is no purpose \"news\"", "newsletter, events"]);
    let mint = |tenant: &str, email: &str| home.run(&["link", "mint", "--tenant", tenant, "--email", email]);
    mint("acme", "nobody@example.org").assert_refused(1, &["this tenant knows no such contact"]);
    mint("beta", ADA).assert_refused(1, &["this tenant knows no such contact"]);
    mint("acme", "ada").assert_refused(2, &["the address: "]);
    home.run(&["link", "mint", "--tenant", "acme", "--contact", "ada"]).assert_refused(2, &["con_…"]);
}

#[track_caller]
fn link_of(ran: &Ran, label: &str) -> String {
    ran.assert_code(0);
    let found = ran.out.lines().find_map(|it| it.strip_prefix(label));
    found.unwrap_or_else(|| panic!("no {label} in {ran:#?}")).to_owned()
}
