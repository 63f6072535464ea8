//! The OpenAPI document, read by a validator that knows nothing of us.

use std::{fs, path::PathBuf, process::Command};

use ayeaye::web::api::{contents::ALL, openapi::document};

use crate::support::smtp_real::python;

const VALIDATE: &str = "
import json, sys
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
document = json.load(open(sys.argv[1]))
validate(document, cls=OpenAPIV31SpecValidator)
print(sum(len(methods) for methods in document['paths'].values()))
";

fn validated(name: &str, document: &serde_json::Value) -> Result<String, String> {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("openapi-{name}.json"));
    fs::write(&file, document.to_string()).unwrap();
    let output = Command::new(python()).args(["-c", VALIDATE]).arg(&file).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!complaint.contains("ModuleNotFoundError"), "{complaint}\nrun `tests/run prepare`");
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(complaint)
    }
}

#[test]
fn the_document_is_openapi_3_1() {
    let right = document("https://consent.example.org");
    assert_eq!(validated("right", &right), Ok(ALL.len().to_string()));
    let mut wrong = right.clone();
    wrong["paths"]["/v1/checks"]["post"]["responses"] = serde_json::json!([]);
    assert!(validated("wrong", &wrong).is_err(), "the validator validates");
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                found.extend(members.get("$ref").and_then(|it| it.as_str()).map(str::to_owned));
                members.values().for_each(|it| references(it, found));
            }
            serde_json::Value::Array(items) => items.iter().for_each(|it| references(it, found)),
            _ => {}
        }
    }
    let document = document("https://consent.example.org");
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 50);
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

#[test]
fn what_a_strange_name_and_a_blocked_address_are_answered_is_described() {
    let document = document("https://consent.example.org");
    for endpoint in ALL {
        let operation = &document["paths"][endpoint.path][endpoint.method.word().to_lowercase()];
        assert!(operation["responses"]["421"].is_object(), "{}", endpoint.path);
    }
    assert!(document["components"]["responses"]["421"].is_object());
    let refused = &document["paths"]["/v1/contacts"]["post"]["responses"]["409"]["description"];
    assert!(refused.as_str().unwrap().contains("must not be mailed"), "{refused}");
}

#[test]
fn a_link_is_shown_with_an_example_of_its_own_kind() {
    let document = document("https://consent.example.org");
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (field, kind) in [("unsubscribe", "/u/ay1.unsub."), ("preferences", "/p/ay1.prefs.")] {
        let described: Vec<_> = schemas
            .values()
            .filter_map(|it| it["properties"].get(field))
            .filter(|it| it["format"] == "uri")
            .collect();
        assert!(described.len() > 1, "{field}");
        assert!(described.iter().all(|it| it["examples"].to_string().contains(kind)), "{described:?}");
    }
    assert_eq!(schemas["Problem"]["properties"]["line"]["type"], "integer");
}
