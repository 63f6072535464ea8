//! Configuration: what is listed, what is refused.

use serde_json::Value;

use super::home::Home;

fn setting<'a>(all: &'a Value, name: &str) -> &'a Value {
    let found = all.as_array().unwrap().iter().find(|it| it["name"] == name);
    found.unwrap_or_else(|| panic!("no setting {name} in {all:#}"))
}

#[test]
fn every_setting_is_listed_with_its_value_and_origin_and_no_secret() {
    let mut home = Home::new();
    home.write("ayeaye.toml", "log = \"warn\"\n\n[limits]\nrecipient_gap = \"20m\"\n");
    home.write("secret", "smtps://mailer:hunter2@mail.example.org\n");
    let master = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    let file = home.path("secret").display().to_string();
    home.set("AYEAYE_MASTER_KEY", master)
        .set("AYEAYE_SMTP_URL_FILE", file)
        .set("AYEAYE_DATABASE_URL", "postgres://me:hunter3@db.example.org/ayeaye?password=hunter4")
        .set("AYEAYE_LOG", "error");
    let told = home.run(&["config", "--listen", "127.0.0.1:9000"]);
    told.assert_code(0);
    let listed = home.run(&["config", "--listen", "127.0.0.1:9000", "--json"]);
    for secret in ["hunter2", "hunter3", "hunter4", master] {
        assert!(!told.out.contains(secret) && !listed.out.contains(secret), "{secret} is in {told:#?}");
    }
    let all = listed.json();
    let of = |name: &str| {
        let it = setting(&all, name);
        (it["value"].as_str().unwrap_or_default().to_owned(), it["origin"].as_str().unwrap().to_owned())
    };
    assert_eq!(of("listen"), ("127.0.0.1:9000".to_owned(), "--listen".to_owned()));
    assert_eq!(of("base_url"), ("http://127.0.0.1:9000".to_owned(), "default".to_owned()));
    assert_eq!(
        of("log"),
        ("error".to_owned(), "AYEAYE_LOG".to_owned()),
        "the environment wins over the file"
    );
    let (gap, origin) = of("limits.recipient_gap");
    assert_eq!(gap, "20m");
    assert!(origin.ends_with("ayeaye.toml:4"), "{origin}");
    assert_eq!(of("smtp_url").0, "smtps://mailer:****@mail.example.org");
    assert!(of("smtp_url").1.starts_with("AYEAYE_SMTP_URL_FILE → "), "{}", of("smtp_url").1);
    for it in all.as_array().unwrap() {
        let name = it["name"].as_str().unwrap();
        assert!(told.out.contains(&format!("{name} ")), "{name} is not in {}", told.out);
        assert!(it["doc"].as_str().is_some_and(|it| it.len() > 10), "{name}");
    }
    assert_eq!(setting(&all, "limits.recipient_per_day")["env"], "AYEAYE_LIMITS_RECIPIENT_PER_DAY");
}

#[test]
fn an_unknown_key_is_refused_and_the_nearest_named() {
    let mut home = Home::new();
    home.write("ayeaye.toml", "[limits]\nrecipent_gap = \"20m\"\n");
    let words = ["limits.recipent_gap", "ayeaye.toml:2", "did you mean", "limits.recipient_gap"];
    home.run(&["serve"]).assert_refused(2, &words);
    home.write("ayeaye.toml", "");
    home.set("AYEAYE_LISTN", "127.0.0.1:1");
    home.run(&["serve"]).assert_refused(2, &["AYEAYE_LISTN", "did you mean AYEAYE_LISTEN?"]);
    assert!(!home.path("ayeaye-data").exists(), "a refused configuration leaves nothing");
}

#[test]
fn an_unknown_flag_is_refused_and_the_nearest_named() {
    Home::new().run(&["serve", "--listn", "x"]).assert_refused(2, &["--listn", "--listen"]);
    Home::new().run(&["serve", "--set", "lisen=x"]).assert_refused(2, &["lisen", "listen"]);
}

#[test]
fn every_mistake_is_named_at_once() {
    let mut home = Home::new();
    home.set("AYEAYE_LISTEN", "nowhere").set("AYEAYE_LIMITS_BODY_DEADLINE", "soon");
    home.run(&["config"]).assert_refused(2, &["AYEAYE_LISTEN", "AYEAYE_LIMITS_BODY_DEADLINE", "10m"]);
}

#[test]
fn plain_http_outside_this_machine_is_refused() {
    let mut home = Home::new();
    home.set("AYEAYE_BASE_URL", "http://consent.example.org");
    home.run(&["serve"])
        .assert_refused(2, &["AYEAYE_BASE_URL", "http is for this machine alone", "https://"]);
}

#[test]
fn a_public_address_without_a_mail_relay_is_refused() {
    let mut home = Home::new();
    home.set("AYEAYE_BASE_URL", "https://consent.example.org");
    home.run(&["serve"])
        .assert_refused(2, &["AYEAYE_SMTP_URL", "https://consent.example.org", "AYEAYE_DEV_INBOX=on"]);
}

#[test]
fn a_relay_spoken_to_in_plain_text_outside_this_machine_is_refused() {
    let mut home = Home::new();
    home.set("AYEAYE_SMTP_URL", "smtp://mailer:hunter2@mail.example.org:25");
    let refused = home.run(&["serve", "--listen", "127.0.0.1:0"]);
    refused.assert_refused(2, &["AYEAYE_SMTP_URL", "would send the password in clear", "smtps://"]);
    assert!(!refused.err.contains("hunter2"), "{refused:#?}");
}

#[test]
fn a_verb_that_does_not_exist_ends_with_code_2_and_help_with_0() {
    let home = Home::new();
    home.run(&["serv"]).assert_refused(2, &["serve"]);
    let help = home.run(&["--help"]);
    help.assert_code(0);
    for word in ["demo", "serve", "apply", "Exit codes:", "AYEAYE_"] {
        assert!(help.out.contains(word), "{word} is not in {}", help.out);
    }
}
