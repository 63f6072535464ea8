//! `ayeaye contact erase`, and what is left of an erased person in the files of a service.

use std::{fs, path::Path};

use serde_json::{Value, json};

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    database::both,
};

const SEED: &str = "erase.me";
/// People who sign up; every other one is erased. Enough for pages of every table to be split and merged.
const PEOPLE: usize = 40;

fn address(number: usize) -> String {
    if number % 2 == 1 {
        format!("{SEED}.{number}@example.org")
    } else {
        format!("keep.{number}@example.org")
    }
}

/// The files under a folder that hold `text`, however it is spelt.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, text));
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.to_ascii_lowercase().windows(text.len()).any(|it| it == text.as_bytes())
        {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found.sort();
    found
}

async fn erase(service: &Running, key: &str, email: &str) -> Value {
    let request = http().post(format!("{}/v1/contacts:erase", service.base)).bearer_auth(key);
    let request =
        request.header("content-type", "application/json").body(json!({ "email": email }).to_string());
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200, "{email}");
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

fn key(home: &Home) -> String {
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "contacts:erase", "--json"]).json();
    made["key"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_erased_address_is_in_no_file_of_the_service() {
    let mut home = Home::new();
    home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set("AYEAYE_LIMITS_NETWORK_PER_HOUR", "100000");
    home.set("AYEAYE_LIMITS_NETWORK_MAILS_PER_HOUR", "100000")
        .set("AYEAYE_LIMITS_DOMAIN_PER_MINUTE", "100000");
    home.set("AYEAYE_LOG", "debug").set_up(SETUP);
    let (key, data) = (key(&home), home.path("ayeaye-data"));
    let service = home.serve().await;
    for number in 0..PEOPLE {
        service.subscribe("newsletter", &address(number), &["newsletter"]).await;
    }
    assert_eq!(holding(&data, SEED), ["ayeaye.db", "ayeaye.db-wal"], "there is something to erase");
    for number in (1..PEOPLE).step_by(2) {
        erase(&service, &key, &address(number)).await;
    }
    assert_eq!(holding(&data, SEED), [""; 0], "while it runs");
    assert!(service.log().contains("a contact was erased"));
    assert!(!service.log().contains(SEED));
    service.stop().await;
    assert_eq!(holding(&data, SEED), [""; 0], "when it has stopped");
    assert_eq!(holding(&data, "keep.2@"), ["ayeaye.db"]);
}

both! {
    async fn support_erases_one_person_once(home: Home) {
        let mut home = home;
        home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set_up(SETUP);
        let service = home.serve().await;
        service.subscribe("newsletter", &address(1), &["newsletter"]).await;
        let by_address = ["contact", "erase", "--tenant", "acme", "--email", "-", "--json"];
        let erased = home.run_with(&by_address, "Erase.me.1@Example.org\n").json();
        assert_eq!(erased["already"], false);
        let contact = erased["contact"].as_str().unwrap();
        let by_id = ["contact", "erase", "--tenant", "acme", "--contact", contact];
        let again = home.run(&by_id);
        again.assert_code(0);
        assert!(again.out.contains(contact) && again.out.contains("already"), "{again:#?}");
        let again = home.run(&[by_id.as_slice(), &["--json"]].concat()).json();
        assert_eq!(json!([again["already"], again["erased_at"]]), json!([true, erased["erased_at"]]));
        home.run_with(&by_address, "erase.me.1@example.org\n").assert_refused(1, &["knows no such contact"]);
        home.run(&["contact", "erase", "--tenant", "beta", "--contact", contact])
            .assert_refused(1, &["knows no such contact"]);
        home.run(&["contact", "erase", "--tenant", "acme", "--contact", "erase"]).assert_refused(2, &["con_"]);
        for table in ["contact", "evidence", "event", "request", "mail", "consent"] {
            let rows = home.database().rows(table).await;
            assert!(rows.iter().all(|it| !it.to_lowercase().contains(SEED)), "{table}: {rows:#?}");
        }
        // The service that runs beside knows it at once.
        let answer = http().post(format!("{}/v1/contacts:erase", service.base)).bearer_auth(key(&home));
        let answer = answer.header("content-type", "application/json");
        let answer = answer.body(json!({ "contact": contact }).to_string()).send().await.unwrap();
        let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        assert_eq!(answer["erased_at"], erased["erased_at"]);
        service.stop().await;
    }
}
