//! The receipt as data, read by a JSON-LD processor that knows nothing of us.

use std::{fs, path::PathBuf, process::Command};

use ayeaye::{
    document::receipt::{Receipt, json_ld},
    domain::{Locale, Timestamp},
    i18n::lang,
};
use serde_json::{Value, json};

use super::{Controller, testing};
use crate::support::smtp_real::python;

/// What the processor says of receipts: the states of each record of each, or why one is not what it should be.
fn processed(name: &str, receipts: &[Value]) -> Result<Vec<Value>, String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("receipt-data");
    fs::create_dir_all(&folder).unwrap();
    let mut files = Vec::new();
    for (number, receipt) in receipts.iter().enumerate() {
        let file = folder.join(format!("{name}-{number}.jsonld"));
        fs::write(&file, serde_json::to_vec(receipt).unwrap()).unwrap();
        files.push(file);
    }
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(python())
        .arg(here.join("tests/it/documents/receipt_data.py"))
        .args(&files)
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!complaint.contains("ModuleNotFoundError"), "{complaint}\nrun `tests/run prepare`");
    if !output.status.success() {
        return Err(complaint);
    }
    let said = String::from_utf8(output.stdout).unwrap();
    Ok(said.lines().map(|it| serde_json::from_str(it).unwrap()).collect())
}

fn receipt(proofs: &[Value], controller: &Controller<'_>, locale: Locale) -> Value {
    let made_at = Timestamp::from_millis(1_768_473_100_000);
    let base_url = "https://consent.example.org";
    json_ld(&Receipt { proofs, controller, base_url, made_at }, lang(locale))
}

/// Ada's answer that left her purposes in these states.
fn answer(kind: &str, states: &[&str]) -> Vec<Value> {
    let mut proofs = testing::confirmation();
    let purpose = proofs[0]["record"]["purposes"][0].clone();
    let purposes = states.iter().map(|state| {
        let mut purpose = purpose.clone();
        purpose["state"] = json!(state);
        purpose
    });
    proofs[0]["record"]["purposes"] = purposes.collect();
    proofs[0]["record"]["type"] = json!(kind);
    proofs
}

#[test]
fn every_kind_of_change_is_a_whole_receipt() {
    let (told, silent) = (testing::controller(), testing::silent());
    let kinds = [
        (testing::confirmation(), json!([["ConsentRequested", "ConsentGiven"]])),
        (testing::withdrawal(), json!([["ConsentWithdrawn"]])),
        (vec![testing::confirmation().remove(1)], json!([["ConsentRequested"]])),
        (answer("consent.refused", &["refused"]), json!([["ConsentRequested", "ConsentRefused"]])),
        (answer("consent.expired", &["expired"]), json!([["ConsentRequested", "ConsentExpired"]])),
        (answer("signup.expired", &["unknown"]), json!([["ConsentRequested", "ConsentUnknown"]])),
        (
            answer("consent.confirmed", &["confirmed", "refused", "confirmed"]),
            json!([["ConsentRequested", "ConsentGiven"], ["ConsentRequested", "ConsentRefused"]]),
        ),
    ];
    let (mut receipts, mut expected) = (Vec::new(), Vec::new());
    for (proofs, states) in &kinds {
        for controller in [&told, &silent] {
            for locale in Locale::ALL {
                receipts.push(receipt(proofs, controller, locale));
                expected.push(states.clone());
            }
        }
    }
    assert_eq!(processed("whole", &receipts), Ok(expected));
}

#[test]
fn what_people_typed_does_not_break_a_receipt() {
    let mut proofs = testing::confirmation();
    for pointer in ["/shown", "/visit/user_agent", "/purposes/0/wording/name", "/purposes/0/wording/text"] {
        *proofs[0]["record"].pointer_mut(pointer).unwrap() = json!(testing::hostile());
    }
    let receipts = [receipt(&proofs, &testing::controller(), Locale::Fr)];
    assert_eq!(processed("hostile", &receipts), Ok(vec![json!([["ConsentRequested", "ConsentGiven"]])]));
}

#[test]
fn the_reader_misses_each_mandatory_field_that_is_taken_out() {
    let whole = receipt(&testing::confirmation(), &testing::controller(), Locale::En);
    let places = [
        ("", "dct:conformsTo"),
        ("", "dct:identifier"),
        ("", "dct:created"),
        ("", "proofs"),
        ("/dpv:hasRecordOfActivity/0", "dct:identifier"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasDataSubject"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasNotice"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasJurisdiction"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasLegalBasis"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasAuthority"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasConsentControl"),
        ("/dpv:hasRecordOfActivity/0", "dpv:hasRight"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasNotice/0", "dct:language"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasProcess/0", "dpv:hasPurpose"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasProcess/0", "dpv:hasPersonalData"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasProcess/0", "dpv:hasRecipient"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasProcess/0", "dpv:hasStorageCondition"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasProcess/0", "dpv:hasNecessity"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasProcess/0", "dpv:hasDataSource"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasConsentStatus/0", "dpv:isIndicatedAtTime"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasConsentStatus/0", "dpv:hasDuration"),
        ("/dpv:hasRecordOfActivity/0/dpv:hasConsentStatus/0", "dpv:isIndicatedBy"),
        ("/dpv:hasEntity/0", "dpv:hasAddress"),
        ("/dpv:hasEntity/0", "dpv:hasContact"),
    ];
    for (number, (place, name)) in places.into_iter().enumerate() {
        let mut broken = whole.clone();
        let node = broken.pointer_mut(place).unwrap().as_object_mut().unwrap();
        assert!(node.remove(name).is_some(), "{place} has no {name}");
        let said = processed(&format!("broken-{number}"), &[broken]);
        assert!(said.is_err(), "the reader did not miss {name} in {place}");
    }
}

#[test]
fn a_receipt_holds_no_link_that_works() {
    let text = receipt(&testing::confirmation(), &testing::controller(), Locale::En).to_string();
    for path in ["/p/", "/u/", "/c/", "/x/", "/r/", "ay1."] {
        assert!(!text.contains(path), "{path} in {text}");
    }
}
