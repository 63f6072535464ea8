//! What differs between two versions of a form, place by place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// One place where two versions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where, as a JSON Pointer in which fields, purposes and options go by their names: `/fields/city/label/fr`.
    pub place: String,
    /// What was there; nothing when it was added.
    pub from: Option<Value>,
    /// What is there; nothing when it was taken out.
    pub to: Option<Value>,
}

/// Where the version number stands, which always differs.
const VERSION: &str = "/version";

/// What differs between two texts of a form, by place.
pub fn differences(from: &Value, to: &Value) -> Vec<Difference> {
    let (from, to) = (flat(from), flat(to));
    let places: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let differing = places.into_iter().filter(|it| *it != VERSION && from.get(*it) != to.get(*it));
    differing
        .map(|it| Difference { place: it.clone(), from: from.get(it).cloned(), to: to.get(it).cloned() })
        .collect()
}

fn flat(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    flatten("", value, &mut found);
    found
}

fn flatten(place: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    let slug = |it: &Value| it.get("slug").and_then(Value::as_str).map(str::to_owned);
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members {
                flatten(&format!("{place}/{name}"), value, found);
            }
        }
        Value::Array(items) => match items.iter().map(slug).collect::<Option<Vec<_>>>() {
            Some(slugs) if !slugs.is_empty() => {
                for (slug, value) in slugs.iter().zip(items) {
                    flatten(&format!("{place}/{slug}"), value, found);
                }
                // Their order is shown, too.
                found.insert(place.to_owned(), Value::from(slugs));
            }
            Some(_) | None => {
                found.insert(place.to_owned(), value.clone());
            }
        },
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.insert(place.to_owned(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_told_place_by_place() {
        let city = json!({ "slug": "city", "label": { "en": "City" }, "required": false });
        let size = json!({ "slug": "size", "label": { "en": "Size" } });
        let from = json!({ "version": 1, "closes": null, "origins": ["a"], "fields": [city, size] });
        let city = json!({ "slug": "city", "label": { "en": "Town", "fr": "Ville" }, "required": false });
        let to = json!({ "version": 2, "closes": "2027", "origins": ["a"], "fields": [city] });
        let told: Vec<(String, Option<Value>, Option<Value>)> =
            differences(&from, &to).into_iter().map(|it| (it.place, it.from, it.to)).collect();
        let expected = [
            ("/closes", None, Some(json!("2027"))),
            ("/fields", Some(json!(["city", "size"])), Some(json!(["city"]))),
            ("/fields/city/label/en", Some(json!("City")), Some(json!("Town"))),
            ("/fields/city/label/fr", None, Some(json!("Ville"))),
            ("/fields/size/label/en", Some(json!("Size")), None),
            ("/fields/size/slug", Some(json!("size")), None),
        ];
        assert_eq!(told, expected.map(|(place, from, to)| (place.to_owned(), from, to)));
        assert_eq!(differences(&from, &from), []);
    }

    #[test]
    fn an_order_is_a_difference() {
        let (a, b) = (json!({ "slug": "a" }), json!({ "slug": "b" }));
        let found = differences(&json!({ "fields": [a, b] }), &json!({ "fields": [b, a] }));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "/fields");
    }
}
