//! `/v`: a stranger checks a file, in the browser or, without script, on the server.

use std::{fs, path::Path};

use fantoccini::Locator;

use super::person::Person;
use crate::{
    support::{browser::Setup, process::Scratch},
    verify::{path, sample},
};

impl Person {
    async fn choose_file(&self, file: &Path) {
        let input = self.browser.find(Locator::Css("#file")).await.unwrap();
        input.send_keys(file.to_str().unwrap()).await.unwrap();
    }

    /// The class of every step that is shown.
    async fn steps(&self) -> Vec<String> {
        let steps = "return [...document.querySelectorAll('.steps li')].map(it => it.className)";
        serde_json::from_value(self.script(steps).await).unwrap()
    }

    /// The result as text, without the space around its lines.
    async fn result(&self) -> String {
        let text = self.browser.find(Locator::Css("#result")).await.unwrap().text().await.unwrap();
        text.lines().map(str::trim).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
    }

    async fn open_checker(&self, language: &str) {
        self.open(&format!("/v?lang={language}")).await;
    }
}

/// A proof whose address was changed, on disk.
fn changed(scratch: &Scratch) -> std::path::PathBuf {
    let text = String::from_utf8(sample("receipt.json")).unwrap();
    let file = scratch.path().join("changed.json");
    fs::write(&file, text.replacen("ada271@", "eve271@", 1)).unwrap();
    file
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_checked_in_the_browser_and_sent_nowhere() {
    let mut person = Person::new("verify", (1280, 900), Setup::new()).await;
    person.open_checker("en").await;
    person.reads("Your browser checks the file itself").await;
    person.sees("Check a proof", "empty").await;
    person.choose_file(&path("samples/receipt.json")).await;
    person.reads("The proof holds").await;
    person.reads("ada271@example.org").await;
    person.sees("Check a proof", "holds").await;
    assert_eq!(person.steps().await, ["ok"; 14]);
    let scratch = Scratch::new("verify");
    person.choose_file(&changed(&scratch)).await;
    person.reads("The proof does not hold").await;
    person.reads("one of them was changed").await;
    person.sees("Check a proof", "failed").await;
    assert_eq!(person.steps().await[..3], ["ok", "failed", "unchecked"]);
    person.choose_file(&path("samples/dossier.zip")).await;
    person.reads("proofs/0003.json").await;
    assert_eq!(person.steps().await, ["ok"; 21]);
    let large = scratch.path().join("large");
    fs::write(&large, vec![b' '; 17 << 20]).unwrap();
    person.choose_file(&large).await;
    person.reads("larger than 16 MiB").await;
    let posted =
        person.script("return performance.getEntriesByType('resource').map(it => it.initiatorType)").await;
    let kinds: Vec<String> = serde_json::from_value(posted).unwrap();
    assert!(
        kinds.iter().all(|it| ["link", "script", "other", "img", "css"].contains(&it.as_str())),
        "{kinds:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_script_the_server_shows_the_same() {
    let scratch = Scratch::new("verify");
    let with = Person::new("verify-script", (360, 740), Setup::new()).await;
    let mut without = Person::new("verify-plain", (360, 740), Setup::new().without_javascript()).await;
    for (file, words) in [
        (path("samples/receipt.json"), "La preuve est valable"),
        (changed(&scratch), "La preuve n’est pas valable"),
    ] {
        with.open_checker("fr").await;
        with.choose_file(&file).await;
        with.reads(words).await;
        without.open_checker("fr").await;
        without.reads("Aucun script ne fonctionne").await;
        without.press("Vérifier ce fichier").await;
        without.reads("Choisissez le fichier à vérifier.").await;
        without.choose_file(&file).await;
        without.press("Vérifier ce fichier").await;
        without.reads(words).await;
        without.sees("Vérifier une preuve", "result").await;
        assert_eq!(without.result().await, with.result().await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_can_be_dropped_on_the_page() {
    let person = Person::new("verify-drop", (1280, 900), Setup::new()).await;
    person.open_checker("en").await;
    person.reads("Your browser checks the file itself").await;
    let drop = "const [text] = arguments;
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'proof.json'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))";
    let text = String::from_utf8(sample("proof.json")).unwrap();
    person.browser.execute(drop, vec![text.into()]).await.unwrap();
    person.reads("The proof holds").await;
    person.reads("Whose log it is").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_without_ed25519_says_what_it_could_not_do() {
    let person = Person::new("verify-old", (1280, 900), Setup::new()).await;
    person.open_checker("en").await;
    person.reads("Your browser checks the file itself").await;
    let old = "const importKey = crypto.subtle.importKey.bind(crypto.subtle);
        crypto.subtle.importKey = (format, key, algorithm, ...rest) => algorithm.name === 'Ed25519'
            ? Promise.reject(new DOMException('', 'NotSupportedError'))
            : importKey(format, key, algorithm, ...rest)";
    person.script(old).await;
    person.choose_file(&path("samples/proof.json")).await;
    person.reads("The check is not complete").await;
    person.reads("This browser cannot do this step").await;
    assert_eq!(person.steps().await, ["ok", "ok", "ok", "ok", "unchecked", "unchecked", "unchecked"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_result_is_readable_on_a_dark_phone_in_french() {
    let mut person = Person::new("verify-phone", (360, 740), Setup::new().dark().language("fr")).await;
    person.open("/v").await;
    person.choose_file(&path("samples/dossier.zip")).await;
    person.reads("La preuve est valable").await;
    person.sees("Vérifier une preuve", "valable").await;
    let scratch = Scratch::new("verify");
    person.choose_file(&changed(&scratch)).await;
    person.reads("La preuve n’est pas valable").await;
    person.sees("Vérifier une preuve", "non-valable").await;
}
