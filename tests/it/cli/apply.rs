//! `ayeaye apply`.

use super::home::Home;
use crate::support::{app::SETUP, database::both};

const HOOKED: &str = r#"
[[tenant]]
slug = "acme"
name = "Acme"
legal = "Acme SAS, 1 rue de la Paix, 75002 Paris"
contact = "privacy@acme.example"
from = "Acme <confirm@acme.example>"
locale = "en"

[[tenant.purpose]]
slug = "newsletter"
frequency = "monthly"
name = { en = "Newsletter" }
text = { en = "Our monthly news by email." }

[[tenant.form]]
slug = "newsletter"
purposes = ["newsletter"]

[[tenant.webhook]]
url = "https://crm.example/hooks/ayeaye"
events = ["consent.*"]
"#;

both! {
    async fn a_file_applied_twice_changes_nothing_the_second_time(home: Home) {
        home.write("acme.toml", SETUP);
        let first = home.run(&["apply", "acme.toml"]);
        first.assert_code(0);
        for what in ["acme", "beta", "newsletter", "lettre"] {
            assert!(first.out.lines().any(|it| it.starts_with("+ ") && it.contains(what)), "{first:#?}");
        }
        let rows = home.database().rows("purpose").await;
        assert_eq!(rows.len(), 3, "{rows:?}");

        let second = home.run(&["apply", "acme.toml"]);
        second.assert_code(0);
        assert_eq!((second.out.as_str(), second.err.as_str()), ("Nothing to change.\n", ""));
        assert_eq!(home.database().rows("purpose").await, rows);
        let third = home.run(&["apply", "acme.toml", "--dry-run", "--json"]).json();
        assert_eq!(third, serde_json::json!({ "dry_run": true, "steps": [] }));
    }

    async fn a_wrong_file_is_told_by_line_and_key_and_changes_nothing(home: Home) {
        home.set_up(SETUP);
        let before = (home.database().rows("tenant").await, home.database().rows("purpose").await);
        let wrong = SETUP
            .replace("name = \"Acme\"", "name = \"Acme Renamed\"")
            .replace("frequency = \"occasional\"", "frequency = \"sometimes\"")
            .replace("locale = \"fr\"", "locale = \"fr\"\ncolour = \"blue\"");
        home.write("wrong.toml", &wrong);
        let line = |words: &str| 1 + wrong.lines().position(|it| it.starts_with(words)).unwrap();
        let frequency = format!("wrong.toml:{}:13: tenant[0].purpose[1].frequency: ", line("frequency = \"sometimes\""));
        let colour = format!("wrong.toml:{}:1: tenant[1].colour: is not a key here", line("colour"));
        home.run(&["apply", "wrong.toml"]).assert_refused(2, &[&frequency, "occasional", &colour]);
        assert_eq!((home.database().rows("tenant").await, home.database().rows("purpose").await), before);
    }
}

#[test]
fn a_file_that_is_not_toml_names_the_place() {
    let home = Home::new();
    home.write("broken.toml", "[[tenant]]\nslug = acme\n");
    home.run(&["apply", "broken.toml"]).assert_refused(2, &["broken.toml:2:8: this is not TOML: "]);
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_what_to_do() {
    let home = Home::new();
    home.run(&["apply", "nowhere.toml"]).assert_refused(2, &["there is no file nowhere.toml", "its folder"]);
    home.run(&["apply", "."]).assert_refused(2, &[". is a folder; name a file in it"]);
    std::fs::write(home.path("latin.toml"), b"name = \"Caf\xe9\"").unwrap();
    home.run(&["apply", "latin.toml"])
        .assert_refused(2, &["latin.toml is no text in UTF-8; save it as UTF-8"]);
}

#[test]
fn a_database_that_is_not_there_is_told_with_the_reason() {
    let home = Home::new();
    home.write("acme.toml", SETUP);
    let ran = home.run(&["apply", "acme.toml", "--database-url", "postgres://nobody@127.0.0.1:1/none"]);
    ran.assert_refused(1, &["Connection refused", "See whether it runs", "--database-url"]);
}

#[test]
fn a_dry_run_says_what_would_change_and_changes_nothing() {
    let home = Home::new();
    home.write("acme.toml", HOOKED);
    for _ in 0..2 {
        let dry = home.run(&["apply", "acme.toml", "--dry-run"]);
        dry.assert_code(3);
        assert!(
            dry.out.contains("+ ") && dry.out.ends_with("Nothing was changed: this was a dry run.\n"),
            "{dry:#?}"
        );
        let json = home.run(&["apply", "acme.toml", "--dry-run", "--json"]);
        json.assert_code(3);
        assert!(!format!("{dry:?}{json:?}").contains("whsec_"), "a dry run makes no secret: {json:#?}");
    }
}

#[test]
fn the_answer_in_json_holds_each_step_and_the_secret_of_a_new_endpoint_once() {
    let home = Home::new();
    home.write("acme.toml", HOOKED);
    let answer = home.run(&["apply", "acme.toml", "--json"]).json();
    let steps = answer["steps"].as_array().unwrap();
    assert!(steps.iter().all(|it| it["sign"] == "+" && it["what"].is_string()), "{answer:#}");
    let secrets: Vec<&str> = steps.iter().filter_map(|it| it["secret"].as_str()).collect();
    assert!(matches!(secrets.as_slice(), [one] if one.starts_with("whsec_")), "{answer:#}");
    assert_eq!(home.run(&["apply", "acme.toml", "--json"]).json()["steps"], serde_json::json!([]));
}

#[test]
fn a_changed_word_changes_its_text_and_the_notice_that_shows_it() {
    let home = Home::new();
    home.set_up(HOOKED);
    let changed = home.run_with(&["apply", "-"], &HOOKED.replace("Our monthly news", "All our monthly news"));
    changed.assert_code(0);
    assert_eq!(changed.out, "~ wording acme/newsletter en v2\n~ form acme/newsletter\n~ notice acme v2\n");
}

#[test]
fn an_endpoint_inside_a_private_network_is_refused() {
    let mut home = Home::new();
    let inside = HOOKED.replace("https://crm.example", "https://127.0.0.1:9443");
    home.run_with(&["apply", "-"], &inside).assert_refused(2, &["https://127.0.0.1:9443/hooks/ayeaye"]);
    home.set("AYEAYE_WEBHOOK_ALLOW_NET", "127.0.0.1/32").run_with(&["apply", "-"], &inside).assert_code(0);
}

#[test]
fn a_form_of_another_tenant_cannot_be_taken() {
    let home = Home::with_tenants();
    let thief =
        SETUP.replace("slug = \"acme\"", "slug = \"thief\"").replace("slug = \"beta\"", "slug = \"other\"");
    home.run_with(&["apply", "-"], &thief).assert_refused(2, &["newsletter"]);
    assert_eq!(home.run(&["key", "list", "--tenant", "thief"]).code, 2, "nothing of it was done");
}
