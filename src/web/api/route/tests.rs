use std::collections::BTreeSet;

use super::*;
use crate::web::api::contents::ALL;

#[test]
fn every_endpoint_has_a_place_a_name_and_words_of_its_own() {
    let mut ids = BTreeSet::new();
    for endpoint in ALL {
        assert!(ids.insert(endpoint.id()), "{}", endpoint.id());
        assert!(endpoint.path.starts_with("/v1/"), "{}", endpoint.path);
        assert!(!endpoint.summary.is_empty() && !endpoint.summary.ends_with('.'), "{}", endpoint.path);
    }
}

#[test]
fn what_stands_in_a_path_is_declared() {
    for endpoint in ALL {
        let parts = endpoint.path.split('/').filter_map(|it| Some(it.strip_prefix('{')?.split_once('}')?.0));
        let declared = endpoint.parameters.iter().filter(|it| it.in_path).map(|it| it.name);
        assert_eq!(parts.collect::<Vec<_>>(), declared.collect::<Vec<_>>(), "{}", endpoint.path);
    }
}

#[test]
fn what_changes_something_takes_a_key_and_is_no_get() {
    for endpoint in ALL {
        match endpoint.method {
            Method::Get => assert!(!endpoint.changes && endpoint.body.is_none(), "{}", endpoint.path),
            Method::Patch => assert!(endpoint.changes && endpoint.body.is_some(), "{}", endpoint.path),
            Method::Post => assert!(endpoint.changes || endpoint.body.is_some(), "{}", endpoint.path),
        }
    }
}

#[test]
fn an_example_has_only_declared_fields() {
    for endpoint in ALL {
        let Some((record, example)) = endpoint.body else { continue };
        let example: serde_json::Value = serde_json::from_str(example).unwrap();
        let names: Vec<&str> = record.fields.iter().map(|it| it.name).collect();
        for (name, _) in example.as_object().unwrap() {
            assert!(names.contains(&name.as_str()), "{}: {name}", endpoint.path);
        }
    }
}
