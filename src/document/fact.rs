//! A proof object as it is read here: leniently, since it was made by any release of ours. What is missing or
//! of another kind is empty, and the document goes without it.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::domain::{Timestamp, time::SECOND};

/// One fact with its proof.
pub(super) struct Fact<'a> {
    proof: &'a Value,
}

/// What a fact says of one purpose.
#[derive(Clone)]
pub(super) struct Purpose<'a>(&'a Value);

/// Where a fact stands in the log.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    /// The log's name.
    pub(super) origin: &'a str,
    /// The entry's number, from 0.
    pub(super) index: &'a str,
    /// Entries the log had when the proof was made.
    pub(super) size: &'a str,
    /// The root of these entries, in base64.
    pub(super) root: &'a str,
    /// When the log says it signed.
    pub(super) signed_at: Option<Timestamp>,
}

/// The text at this JSON pointer; empty when there is none.
pub(super) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The text or number at this JSON pointer, as text.
pub(super) fn plain(value: &Value, pointer: &str) -> String {
    match value.pointer(pointer) {
        Some(Value::String(it)) => it.clone(),
        Some(Value::Number(it)) => it.to_string(),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => String::new(),
    }
}

/// An instant of RFC 3339.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    text.parse::<jiff::Timestamp>().ok().map(|it| Timestamp::from_millis(it.as_millisecond()))
}

impl<'a> Fact<'a> {
    pub(super) fn new(proof: &'a Value) -> Self {
        Self { proof }
    }

    /// What was recorded; null once the person is erased.
    pub(super) fn record(&self) -> &'a Value {
        self.proof.get("record").unwrap_or(&Value::Null)
    }

    pub(super) fn text(&self, pointer: &str) -> &'a str {
        text(self.record(), pointer)
    }

    pub(super) fn plain(&self, pointer: &str) -> String {
        plain(self.record(), pointer)
    }

    /// What happened: `consent.confirmed` …
    pub(super) fn kind(&self) -> &'a str {
        self.text("/type")
    }

    pub(super) fn at(&self) -> Option<Timestamp> {
        instant(self.text("/at"))
    }

    pub(super) fn purposes(&self) -> Vec<Purpose<'a>> {
        let purposes = self.record().get("purposes").and_then(Value::as_array);
        purposes.into_iter().flatten().map(Purpose).collect()
    }

    /// The commitment that stands in the log.
    pub(super) fn commitment(&self) -> Option<String> {
        let entry: Value = serde_json::from_str(text(self.proof, "/entry")).ok()?;
        Some(text(&entry, "/c").to_owned()).filter(|it| !it.is_empty())
    }

    /// Its place in the log; `None` while it waits for one.
    pub(super) fn place(&self) -> Option<Place<'a>> {
        let (head, checkpoint) = text(self.proof, "/proof").split_once("\n\n")?;
        let index = head.lines().find_map(|it| it.strip_prefix("index "))?;
        let (body, signatures) = checkpoint.split_once("\n\n").unwrap_or((checkpoint, ""));
        let mut lines = body.lines();
        let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
        Some(Place { origin, index, size, root, signed_at: signed_at(origin, signatures) })
    }

    /// The keys of the log that came with the proof.
    pub(super) fn log_keys(&self) -> Vec<&'a str> {
        let keys = self.proof.pointer("/keys/log").and_then(Value::as_array);
        keys.into_iter().flatten().filter_map(Value::as_str).collect()
    }
}

impl<'a> Purpose<'a> {
    pub(super) fn text(&self, pointer: &str) -> &'a str {
        text(self.0, pointer)
    }

    pub(super) fn plain(&self, pointer: &str) -> String {
        plain(self.0, pointer)
    }

    /// What the purpose is called.
    pub(super) fn name(&self) -> &'a str {
        let name = self.text("/wording/name");
        if name.is_empty() { self.text("/slug") } else { name }
    }

    /// What the consent became.
    pub(super) fn state(&self) -> &'a str {
        self.text("/state")
    }
}

/// The time in the log's own cosignature: 4 bytes of key id, 8 bytes of seconds, 64 bytes of signature, under
/// the log's name.
fn signed_at(origin: &str, signatures: &str) -> Option<Timestamp> {
    let blobs = signatures.lines().filter_map(|it| {
        let (name, blob) = it.strip_prefix("— ")?.split_once(' ')?;
        STANDARD.decode(blob).ok().filter(|_| name == origin)
    });
    let seconds = blobs.filter(|it| it.len() == 76).find_map(|it| it.get(4..12)?.try_into().ok());
    let seconds = i64::try_from(u64::from_be_bytes(seconds?)).ok()?;
    Some(Timestamp::from_millis(seconds.checked_mul(SECOND)?))
}

/// An id of ours as a UUID, for those who want one: version 8 of RFC 9562 (custom), its bits the first 16 bytes
/// of SHA-256(`ayeaye/uuid/` ‖ what ‖ `/` ‖ id) under the version and variant. The same id gives the same
/// UUID for ever; the id does not follow from the UUID.
pub(super) fn uuid(what: &str, id: &str) -> String {
    let hash: [u8; 32] = Sha256::digest(format!("ayeaye/uuid/{what}/{id}")).into();
    let mut bits = hash.first_chunk().map_or(0, |it: &[u8; 16]| u128::from_be_bytes(*it));
    bits = bits & !(0xf << 76) | (0x8 << 76);
    bits = bits & !(0b11 << 62) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    let mut parts = Vec::new();
    let mut rest = hex.as_str();
    for length in [8, 4, 4, 4, 12] {
        let Some((part, more)) = rest.split_at_checked(length) else { break };
        parts.push(part);
        rest = more;
    }
    parts.join("-")
}

/// A receipt number as it may stand in the name of a file.
pub(super) fn file_stem(number: &str) -> String {
    let safe: String =
        number.chars().filter(|it| it.is_ascii_alphanumeric() || *it == '-').take(40).collect();
    if safe.is_empty() { "receipt".to_owned() } else { safe }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_uuid_is_of_version_8_and_the_same_for_ever() {
        assert_eq!(uuid("record", "evd_1"), uuid("record", "evd_1"));
        assert_ne!(uuid("record", "evd_1"), uuid("receipt", "evd_1"));
        let id = uuid("contact", "con_01");
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        assert_eq!(id.as_bytes()[14], b'8');
        assert!(b"89ab".contains(&id.as_bytes()[19]), "{id}");
    }

    #[test]
    fn a_place_is_read_with_the_time_the_log_signed() {
        let mut blob = vec![1, 2, 3, 4];
        blob.extend(1_700_000_000_u64.to_be_bytes());
        blob.extend([7; 64]);
        let proof = format!(
            "c2sp.org/tlog-proof@v1\nindex 41\nAAAA\n\nexample.org/log\n107\nROOT=\n\n— example.org/log {}\n— example.org/log {}\n",
            STANDARD.encode([9; 68]),
            STANDARD.encode(&blob)
        );
        let proof = json!({ "proof": proof });
        let place = Fact::new(&proof).place().unwrap();
        assert_eq!(
            (place.origin, place.index, place.size, place.root),
            ("example.org/log", "41", "107", "ROOT=")
        );
        assert_eq!(place.signed_at, Some(Timestamp::from_millis(1_700_000_000_000)));
    }

    #[test]
    fn what_is_not_there_or_broken_is_empty() {
        for proof in
            [json!(null), json!({}), json!({ "record": 7, "proof": "index 1", "entry": "{" }), json!([])]
        {
            let fact = Fact::new(&proof);
            assert_eq!((fact.kind(), fact.at(), fact.place(), fact.commitment()), ("", None, None, None));
            assert!(fact.purposes().is_empty() && fact.log_keys().is_empty());
        }
    }

    #[test]
    fn the_name_of_a_file_is_safe() {
        assert_eq!(file_stem("R-7Q2M-K4XD"), "R-7Q2M-K4XD");
        assert_eq!(file_stem("../../etc/passwd"), "etcpasswd");
        assert_eq!(file_stem("\0😀"), "receipt");
    }
}
