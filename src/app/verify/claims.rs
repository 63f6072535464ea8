//! What a record says, in the parts that a person wants to read.

use serde_json::Value;

/// What a record says happened. Its holder gave the whole record: nothing is masked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// The kind of fact: `consent.confirmed` …
    pub kind: Option<String>,
    /// When, RFC 3339.
    pub at: Option<String>,
    /// The address.
    pub who: Option<String>,
    /// The organisation: legal name and address, or the name people know.
    pub organisation: Option<String>,
    /// The receipt's number.
    pub receipt: Option<String>,
    /// How: `form`, `link`, `code` …
    pub method: Option<String>,
    /// What for.
    pub purposes: Vec<ClaimedPurpose>,
    /// The whole text as it was shown.
    pub shown: Option<String>,
}

/// One purpose of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedPurpose {
    /// The name as it was shown, or the slug.
    pub name: String,
    /// The state it came to.
    pub state: Option<String>,
}

impl Claims {
    /// Reads them from a record; what has another shape is left out.
    pub(super) fn of(record: &Value) -> Self {
        let purposes =
            record.get("purposes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let organisation = |member| text(record, &["controller", member]);
        Self {
            kind: text(record, &["type"]),
            at: text(record, &["at"]),
            who: text(record, &["email"]),
            organisation: organisation("legal").or_else(|| organisation("name")),
            receipt: text(record, &["receipt"]),
            method: text(record, &["method"]),
            purposes: purposes.iter().filter_map(ClaimedPurpose::of).collect(),
            shown: text(record, &["shown"]),
        }
    }
}

impl ClaimedPurpose {
    fn of(purpose: &Value) -> Option<Self> {
        let name = text(purpose, &["wording", "name"]).or_else(|| text(purpose, &["slug"]))?;
        Some(Self { name, state: text(purpose, &["state"]) })
    }
}

fn text(value: &Value, path: &[&str]) -> Option<String> {
    let found = path.iter().try_fold(value, |value, member| value.get(member))?;
    found.as_str().filter(|it| !it.is_empty()).map(str::to_owned)
}
