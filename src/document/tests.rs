use serde_json::{Value, json};

use super::{
    DocumentError,
    dossier::{self, Checkpoint, Dossier, Keys, Person, Step},
    fact::Fact,
    receipt::{self, Receipt},
    testing,
};
use crate::{
    domain::{Locale, Timestamp},
    i18n::lang,
};

const MADE_AT: Timestamp = Timestamp::from_millis(1_768_473_100_000);
const BASE_URL: &str = "https://consent.example.org";

fn paper(proofs: &[Value], locale: Locale) -> Result<Vec<u8>, DocumentError> {
    let controller = testing::controller();
    let receipt = Receipt { proofs, controller: &controller, base_url: BASE_URL, made_at: MADE_AT };
    receipt::pdf(&receipt, lang(locale))
}

fn steps(proofs: &[Value]) -> Vec<Step<'_>> {
    let at = |it: &Value| Fact::new(it).at().unwrap_or(MADE_AT);
    proofs.iter().map(|it| Step { kind: Fact::new(it).kind(), at: at(it), proof: it }).collect()
}

/// A receipt of an organisation that has told nothing but its name.
fn of_the_silent(proofs: &[Value]) -> Result<Vec<u8>, DocumentError> {
    let controller = testing::silent();
    let receipt = Receipt { proofs, controller: &controller, base_url: BASE_URL, made_at: MADE_AT };
    receipt::pdf(&receipt, lang(Locale::En))
}

fn with_dossier<T>(people: &[Person<'_>], read: impl FnOnce(&Dossier<'_>) -> T) -> T {
    let (controller, keys) = (testing::controller(), ["consent.example.org/log+01020304+AAAA".to_owned()]);
    read(&Dossier {
        asked_by: "CNIL",
        subject: "ada@example.org",
        without_erased: false,
        controller: &controller,
        base_url: BASE_URL,
        since: None,
        until: Some(MADE_AT),
        made_at: MADE_AT,
        people,
        keys: Keys { log: &keys, witnesses: &[], threshold: 0 },
        checkpoints: &[Checkpoint { size: 107, note: "note\n" }],
    })
}

fn names(archive: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    archive.file_names().map(|it| it.unwrap().into_owned()).collect()
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let proofs = testing::confirmation();
    for locale in Locale::ALL {
        let first = paper(&proofs, locale).unwrap();
        assert!(first.starts_with(b"%PDF-1.7"));
        assert_eq!(first, paper(&proofs, locale).unwrap());
    }
    let steps = steps(&proofs);
    let people = [Person { contact: "con_1", steps: &steps }];
    let make = || with_dossier(&people, |it| dossier::zip(it, lang(Locale::En)).unwrap());
    assert_eq!(make(), make());
}

#[test]
fn nothing_that_was_typed_makes_a_document_fail() {
    for pointer in [
        "/email",
        "/receipt",
        "/shown",
        "/type",
        "/at",
        "/locale",
        "/method",
        "/controller/legal",
        "/visit/user_agent",
        "/purposes/0/wording/name",
        "/purposes/0/wording/locale",
        "/purposes/0/state",
        "/form/slug",
        "/id",
        "/contact",
    ] {
        for bad in [json!(testing::hostile()), json!(""), json!(null), json!([1, { "a": [] }]), json!(-1.5)] {
            let mut proofs = vec![testing::confirmation().remove(0)];
            *proofs[0]["record"].pointer_mut(pointer).unwrap() = bad.clone();
            assert!(
                of_the_silent(&proofs).is_ok() && paper(&proofs, Locale::Fr).is_ok(),
                "{pointer}: {}",
                bad.to_string().len()
            );
            let steps = steps(&proofs);
            let people = [Person { contact: "con_1", steps: &steps }];
            with_dossier(&people, |it| assert!(dossier::pdf(it, lang(Locale::En)).is_ok(), "{pointer}"));
        }
    }
    for proof in
        [json!(null), json!({}), json!({ "record": [], "proof": "\n\n\n\n", "entry": 7, "keys": {} })]
    {
        assert!(paper(&[proof], Locale::En).is_ok());
    }
    assert!(matches!(paper(&[], Locale::En), Err(DocumentError::NoFact)));
}

#[test]
fn a_dossier_holds_a_proof_for_each_record_but_the_erased() {
    let (confirmed, mut erased) = (testing::confirmation(), testing::withdrawal());
    erased[0].as_object_mut().unwrap().remove("record");
    let (ada, gone) =
        (steps(&confirmed), [Step { kind: "consent.withdrawn", at: MADE_AT, proof: &erased[0] }]);
    let people = [Person { contact: "con_1", steps: &ada }, Person { contact: "con_2", steps: &gone }];
    let archive = with_dossier(&people, |it| dossier::zip(it, lang(Locale::Fr)).unwrap());
    assert_eq!(
        names(&archive),
        [
            "dossier.pdf",
            "VERIFY.txt",
            "keys.txt",
            "checkpoints/107.txt",
            "proofs/0001.json",
            "proofs/0002.json",
            "proofs/0003.json"
        ]
    );
}

#[test]
fn an_empty_dossier_says_so() {
    let archive = with_dossier(&[], |it| dossier::zip(it, lang(Locale::En)).unwrap());
    assert_eq!(names(&archive), ["dossier.pdf", "VERIFY.txt", "keys.txt", "checkpoints/107.txt"]);
}
